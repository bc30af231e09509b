"""Picture of a training that grows while it runs."""

from convlib.explore.engine import Picture
from convlib.explore.train_a_small_network.curves import Curve, curves_panel, share_text


def show_training(records, passes):
    """Train, and draw after each pass how much is read rightly.

    Parameters
    ----------
    records : iterator of Pass
        As from `convlib.nn.fit` with `valid`; the training goes on as they are asked for.
    passes : int
        How many are expected.

    Examples
    --------
    >>> from convlib.nn.training import Pass
    >>> show_training(iter([Pass(1, [0.7], 0.7, 0.5, 0.6, 0.75)]), passes=3)
    Pass 1 of 3: 50.0 % of the digits learnt from and 75.0 % of those to decide by.
    [drawing 4ed65ca1]
    """
    from IPython.display import display

    learnt, valid, shown = [], [], None
    for record in records:
        learnt.append(record.accuracy)
        valid.append(record.valid_accuracy)
        picture = _picture(learnt, valid, passes)
        if shown:
            shown.update(picture)
        else:
            shown = display(picture, display_id=True)


def _picture(learnt, valid, passes):
    curves = [
        Curve("window edge", 1.5, learnt, "learnt from"),
        Curve("output edge", 3, valid, "to decide by"),
    ]
    return Picture(
        curves_panel(curves, passes),
        f"Pass {len(valid)} of {passes}: {share_text(learnt[-1])} of the digits learnt from and"
        f" {share_text(valid[-1])} of those to decide by.",
    )
