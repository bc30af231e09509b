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
    sign_panel,
)
from convlib.explore.engine import Cells, Explorer

CLASSES = ("cat", "dog", "owl")
MOST = 3
"""The loss whose bar is as long as the panel is wide: no state has a larger one."""


def explore_shares(*, loss=True):
    """Change three scores, and see their powers of 2, their shares, and how far off they are.

    Parameters
    ----------
    loss : bool
        Whether to ask which class is right, and to show the loss.

    Returns
    -------
    Explorer
        Sliders `cat`, `dog` and `owl`, the scores, and `right`, the class that is in the picture.

    Examples
    --------
    >>> explore_shares(loss=False).picture(cat=2, dog=1, owl=1).sentence
    'Scores 2, 1, 1; powers 4, 2, 2, which add up to 8; shares 1/2, 1/4, 1/4.'
    >>> explore_shares().picture(cat=2, dog=1, owl=1, right="dog").sentence
    'Scores 2, 1, 1; powers 4, 2, 2, which add up to 8. The dog, which is right, has 2/8 = 25 %: \
loss 1.39.'
    """

    def frame(right=None, **scores):
        values = np.array([[scores[name] for name in CLASSES]])
        powers = 2**values
        total = powers.sum()
        shares = np.array([[Fraction(power, int(total)) for power in powers[0].tolist()]])
        drawing = _steps(values, powers, shares, right)
        told = f"Scores {listing(values.flat)}; powers {listing(powers.flat)}, which add up to"
        if right is None:
            return drawing, f"{told} {total}; shares {', '.join(map(str, shares.flat))}."
        at = CLASSES.index(right)
        share = powers[0, at] / total
        off = -np.log(share)
        return below(drawing, _loss_panel(off, right)), (
            f"{told} {total}. The {right}, which is right, has {powers[0, at]}/{total} ="
            f" {share:.0%}: loss {off:.2f}.".replace("%", " %")
        )

    scores = dict.fromkeys(CLASSES, (0, 3))
    asks = {"right": list(CLASSES)} if loss else {}
    cells = {name: Cells(also={"right": name}) for name in CLASSES if loss}
    return Explorer(frame, play="cat", cells=cells, **scores, **asks)


def _steps(values, powers, shares, right):
    """Draw the scores, their powers and their shares; the share of the right class is green."""
    paint = {} if right is None else {"output": np.s_[0, CLASSES.index(right)]}
    power_panel = _class_panel(powers, title="powers of 2")
    share_panel = _class_panel(shares, title="shares", paint=paint)
    return below(
        beside(_class_panel(values, title="scores"), sign_panel("→", power_panel), power_panel),
        beside(sign_panel("→", share_panel), share_panel),
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
