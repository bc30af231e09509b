"""Explorer of groups: which channels feed which filters, and what that saves."""

import numpy as np

from convlib.draw import (
    below,
    beside,
    canvas,
    draw_arrow,
    draw_grid,
    grid_panel,
    listing,
    text_panel,
)
from convlib.draw.placement import EDGE, TITLE, text_width
from convlib.explore.engine import Cells, Explorer

CHANNELS = 0.8
FILTERS = 5.0
"""Columns of the panel where the channels and the filters stand."""


def explore_groups(channels, filters, size=3):
    """Cut channels and filters into groups that do not mix.

    Parameters
    ----------
    channels, filters : int
        How many there are of each.
    size : int
        Rows and columns of every kernel.

    Returns
    -------
    Explorer
        Slider `groups` over every number that divides both, `filter` to follow one filter.

    Examples
    --------
    >>> explore_groups(4, 4).picture(groups=2, filter=3).sentence[:39]
    '2 groups: filter 3 reads channels 2, 3.'
    """

    def frame(groups, filter):
        per_group = channels // groups
        each = per_group * size * size
        parameters = filters * each + filters
        read = channels_read(filter, groups, channels, filters)
        connected = np.zeros((filters, channels), dtype=bool)
        for o in range(filters):
            connected[o, channels_read(o, groups, channels, filters)] = True
        weights = grid_panel(
            np.ma.masked_array(np.full(connected.shape, size * size), ~connected),
            title="weights",
            index=True,
            paint={"outside": ~connected, "kernel": np.s_[filter, read]},
        )
        count = f"{filters}·{each} + {filters} = {parameters} parameters"
        drawing = below(
            beside(_connections(groups, filter, channels, filters), weights),
            text_panel(count, width=8, size="title"),
        )
        reads = f"channels {listing(read)}" if per_group > 1 else f"channel {read[0]}"
        named = "1 group" if groups == 1 else f"{groups} groups"
        return drawing, (
            f"{named}: filter {filter} reads {reads}. Each filter has"
            f" {per_group}·{size}·{size} = {each} weights, all {filters} have"
            f" {filters * each}; with {filters} biases that makes {parameters}"
            " parameters."
        )

    divisors = [g for g in range(1, channels + 1) if channels % g == 0 and filters % g == 0]
    return Explorer(
        frame,
        play=("groups", "filter"),
        cells={"filters": Cells("filter"), "weights": Cells("filter")},
        groups=divisors,
        filter=(0, filters - 1),
    )


def channels_read(filter, groups, channels, filters):
    """List the channels that one filter reads."""
    per_group = channels // groups
    first = filter // (filters // groups) * per_group
    return list(range(first, first + per_group))


def _connections(groups, chosen, channels, filters):
    """Draw channels and filters as two columns, an arrow from each channel to who reads it."""
    ax = canvas(FILTERS + 1 + text_width("filters") / 2, TITLE + max(channels, filters) + EDGE)
    read = channels_read(chosen, groups, channels, filters)
    column = np.arange(channels)[:, np.newaxis]
    draw_grid(ax, column, at=(TITLE, CHANNELS), title="channels", paint={"window": read})
    column = np.arange(filters)[:, np.newaxis]
    draw_grid(ax, column, at=(TITLE, FILTERS), title="filters", paint={"output": chosen})
    others = [o for o in range(filters) if o != chosen]
    for o in [*others, chosen]:
        for c in channels_read(o, groups, channels, filters):
            draw_arrow(
                ax,
                start=(TITLE + c + 0.5, CHANNELS + 1.1),
                end=(TITLE + o + 0.5, FILTERS - 0.1),
                colour="window edge" if o == chosen else "line",
            )
    return ax
