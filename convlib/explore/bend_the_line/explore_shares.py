"""Explorer of three scores, the shares that they become, and the loss."""

from fractions import Fraction

import numpy as np

from convlib.draw import (
    bars_panel,
    below,
    beside,
    draw_label,
    grid_panel,
    listing,
    mark,
    number_text,
    sign_panel,
)
from convlib.explore.engine import Cells, Explorer

CLASSES = ("cat", "dog", "owl")
MOST = 4
"""The loss whose bar is as long as the panel is wide: no state has a larger one."""


def explore_shares(*, loss=True):
    """Change three scores, and see their powers, their shares, and how far off they are.

    Parameters
    ----------
    loss : bool
        Whether to ask which class is right, and to show the loss. Powers are those of e then, as
        in a network, else those of 2.

    Returns
    -------
    Explorer
        Sliders `cat`, `dog` and `owl`, the scores, and `right`, the class that is in the picture.

    Examples
    --------
    >>> explore_shares(loss=False).picture(cat=2, dog=1, owl=1).sentence
    'Scores 2, 1, 1; powers 4, 2, 2, which add up to 8; shares 1/2, 1/4, 1/4.'
    >>> explore_shares().picture(cat=2, dog=1, owl=1, right="dog").sentence
    'Scores 2, 1, 1; powers 7.39, 2.72, 2.72, which add up to 12.83. The dog, which is right, has \
2.72/12.83 = 0.21: loss 1.55.'
    """

    def frame(right=None, **scores):
        values = np.array([[scores[name] for name in CLASSES]])
        powers = np.exp(values) if loss else 2**values
        total = number_text(powers.sum())
        steps = f"Scores {listing(values.flat)}; powers {listing(powers.flat)}"
        told = f"{steps}, which add up to {total}"
        if not loss:
            shares = np.array([[Fraction(power, powers.sum()) for power in powers.flat]])
            drawing = _steps(values, powers, shares, "powers of 2")
            return drawing, f"{told}; shares {', '.join(map(str, shares.flat))}."
        shares = powers / powers.sum()
        at = 0, CLASSES.index(right)
        off = -np.log(shares[at])
        drawing = _steps(values, powers, shares, "powers of e", paint={"output": at})
        return below(drawing, _loss_panel(off, right)), (
            f"{told}. The {right}, which is right, has {number_text(powers[at])}/{total} ="
            f" {number_text(shares[at])}: loss {off:.2f}."
        )

    scores = dict.fromkeys(CLASSES, (0, 3))
    asks = {"right": list(CLASSES)} if loss else {}
    cells = {name: Cells(also={"right": name}) for name in CLASSES if loss}
    return Explorer(frame, play="cat", cells=cells, **scores, **asks)


def _steps(values, powers, shares, power_title, paint=None):
    """Draw the scores, their powers and their shares, in one row where the page is wide."""
    power_panel = _class_panel(powers, title=power_title)
    share_panel = _class_panel(shares, title="shares", paint=paint)
    return beside(
        _class_panel(values, title="scores"),
        sign_panel("→", power_panel),
        power_panel,
        sign_panel("→", share_panel),
        share_panel,
    )


def _class_panel(row, *, title, **options):
    """Make a panel of one number for each class, with the names below."""
    panel = grid_panel(row, title=title, room=(2, len(CLASSES)), **options)
    place = panel.grids[title]
    for number, name in enumerate(CLASSES):
        at = (place.row + 1.5, place.column + number + 0.5)
        draw_label(panel, name, at=at, colour="quiet")
        if title == "shares":
            mark(panel, name, middle=(place.row + 0.5, at[1]), shape=(1, 1))
    return panel


def _loss_panel(loss, right):
    name = f"because it is {'an' if right == 'owl' else 'a'} {right}"
    texts = {name: f"{loss:.2f}"}
    return bars_panel({name: loss}, title="loss", texts=texts, most=MOST, colour="strong")
