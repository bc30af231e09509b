"""An explorer of groups: which channels feed which filters, and what that saves."""

import numpy as np

from convlib.draw import canvas, draw_arrow, draw_grid, draw_label
from convlib.explore.explorer import Explorer
from convlib.explore.words import listing

TOP = 1.6
CHANNELS_LEFT = 0.8
FILTERS_LEFT = 5.0
WEIGHTS_LEFT = 8.0


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
        ax = canvas(WEIGHTS_LEFT + channels + 1.4, TOP + max(channels, filters) + 1.4)
        _draw_connections(ax, groups, filter, channels, filters)
        connected = np.zeros((filters, channels), dtype=bool)
        for o in range(filters):
            connected[o, channels_read(o, groups, channels, filters)] = True
        weights = np.ma.masked_array(np.full(connected.shape, size * size), ~connected)
        draw_grid(ax, weights, at=(TOP, WEIGHTS_LEFT), title="weights", index=True,
                  paint={"outside": ~connected, "kernel": np.s_[filter, read]})
        draw_label(ax, f"{filters}·{each} + {filters} = {parameters} parameters",
                   at=(TOP + filters + 0.7, WEIGHTS_LEFT + channels / 2), size="title")
        reads = f"channels {listing(read)}" if per_group > 1 else f"channel {read[0]}"
        named = "1 group" if groups == 1 else f"{groups} groups"
        return ax.figure, (f"{named}: filter {filter} reads {reads}. Each filter has"
                           f" {per_group}·{size}·{size} = {each} weights, all {filters} have"
                           f" {filters * each}; with {filters} biases that makes {parameters}"
                           " parameters.")

    divisors = [g for g in range(1, channels + 1) if channels % g == 0 and filters % g == 0]
    return Explorer(frame, play=("groups", "filter"), groups=divisors, filter=(0, filters - 1))


def channels_read(filter, groups, channels, filters):
    """List the channels that one filter reads."""
    per_group = channels // groups
    first = filter // (filters // groups) * per_group
    return list(range(first, first + per_group))


def _draw_connections(ax, groups, chosen, channels, filters):
    """Draw channels and filters as two columns, an arrow from each channel to who reads it."""
    read = channels_read(chosen, groups, channels, filters)
    draw_grid(ax, np.arange(channels)[:, np.newaxis], at=(TOP, CHANNELS_LEFT), title="channels",
              paint={"window": read})
    draw_grid(ax, np.arange(filters)[:, np.newaxis], at=(TOP, FILTERS_LEFT), title="filters",
              paint={"output": chosen})
    others = [o for o in range(filters) if o != chosen]
    for o in [*others, chosen]:
        colour = "window edge" if o == chosen else "line"
        for c in channels_read(o, groups, channels, filters):
            draw_arrow(ax, start=(TOP + c + 0.5, CHANNELS_LEFT + 1.1),
                       end=(TOP + o + 0.5, FILTERS_LEFT - 0.1), colour=colour)
