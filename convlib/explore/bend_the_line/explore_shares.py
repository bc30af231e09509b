"""Explorer of three scores, the shares that they become, and the loss."""

from fractions import Fraction

import numpy as np

from convlib.draw import below, beside, grid_panel, sign_panel
from convlib.explore.engine import Explorer

CLASSES = ("cat", "dog", "owl")


def explore_shares():
    """Change three scores, and see their powers of 2, their shares, and how far off they are.

    Returns
    -------
    Explorer
        Sliders `cat`, `dog` and `owl`, the scores, and `right`, the class that is in the picture.

    Examples
    --------
    >>> explore_shares().picture(cat=2, dog=1, owl=1, right="dog").sentence
    'Scores 2, 1, 1; powers 4, 2, 2, which add up to 8. The dog, which is right, has 2/8 = 25 %: \
loss 1.39.'
    """

    def frame(right, **scores):
        values = np.array([[scores[name] for name in CLASSES]])
        powers = 2**values
        total = powers.sum()
        at = CLASSES.index(right)
        paint = {"output": np.s_[0, at]}
        score_panel = grid_panel(values, title="scores")
        power_panel = grid_panel(powers, title="powers of 2")
        shares = np.array([[Fraction(power, int(total)) for power in powers[0].tolist()]])
        share_panel = grid_panel(shares, title="shares", paint=paint)
        share = powers[0, at] / total
        loss = -np.log(share)
        drawing = below(
            beside(score_panel, sign_panel("→", power_panel), power_panel),
            beside(sign_panel("→", share_panel), share_panel),
        )
        return drawing, (
            f"Scores {_listed(values)}; powers {_listed(powers)}, which add up to {total}."
            f" The {right}, which is right, has {powers[0, at]}/{total} = {share:.0%}:"
            f" loss {loss:.2f}.".replace("%", " %")
        )

    scores = dict.fromkeys(CLASSES, (0, 3))
    return Explorer(frame, play="cat", **scores, right=list(CLASSES))


def _listed(row):
    return ", ".join(map(str, row[0].tolist()))
