"""Explorer of runs: how the accuracy grew with one thing changed, beside the network as built."""

import numpy as np

from convlib.draw import below, canvas, draw_dot, draw_label, draw_line
from convlib.explore.engine import Explorer

LEFT, TOP, ACROSS, DOWN = 1.8, 0.5, 7, 5


def explore_runs(runs):
    """Choose what was changed, and see the accuracy after every pass.

    Parameters
    ----------
    runs : dict of str to Run
        As from `convlib.nn.load_runs`; means over the seeds are shown. The first one is the
        reference.

    Returns
    -------
    Explorer
        Slider `run`.

    Examples
    --------
    >>> from convlib.nn.book import Run
    >>> share = np.array([[0.5, 0.9]])
    >>> one = Run(np.zeros((1, 2)), share, 1 - share, share, share[:, 1], 7)
    >>> explore_runs({"as built": one}).picture().sentence
    'As built: 90.0 % of the digits learnt from and 90.0 % of those to decide by; as built, 90.0 %.'
    """
    reference = next(iter(runs))
    curves = {
        name: (run.accuracy.mean(axis=0).tolist(), run.valid_accuracy.mean(axis=0).tolist())
        for name, run in runs.items()
    }

    def frame(run):
        learnt, valid = curves[run]
        ax = _axes(len(valid))
        _curve(ax, curves[reference][1], "quiet", 3)
        _curve(ax, learnt, "window edge", 1.5)
        _curve(ax, valid, "output edge", 3)
        key = canvas(9.4, 2.7)
        for line, (colour, text) in enumerate(
            [
                ("window edge", f"{run}: learnt from"),
                ("output edge", f"{run}: to decide by"),
                ("quiet", f"{reference}: to decide by"),
            ]
        ):
            draw_dot(key, at=(line * 0.85 + 0.45, 0.5), colour=colour)
            draw_label(key, text, at=(line * 0.85 + 0.45, 1), align="left")
        return below(ax, key), (
            f"{run.capitalize()}: {_share(learnt[-1])} of the digits learnt from and"
            f" {_share(valid[-1])} of those to decide by; {reference},"
            f" {_share(curves[reference][1][-1])}."
        )

    return Explorer(frame, run=list(runs))


def _share(value):
    return f"{100 * value:.1f} %"


def _axes(passes):
    ax = canvas(LEFT + ACROSS + 0.6, TOP + DOWN + 1.6)
    for percent in (0, 25, 50, 75, 100):
        row = TOP + DOWN * (1 - percent / 100)
        draw_line(ax, (row, LEFT), (row, LEFT + ACROSS), colour="line", width=1)
        draw_label(ax, f"{percent} %", at=(row, LEFT - 0.8))
    for number in (1, passes // 2, passes):
        draw_label(ax, number, at=(TOP + DOWN + 0.45, _column(number - 1, passes)))
    draw_label(ax, "passes", at=(TOP + DOWN + 1.15, LEFT + ACROSS / 2))
    return ax


def _column(number, passes):
    return LEFT + 0.3 + (ACROSS - 0.6) * number / (passes - 1)


def _curve(ax, values, colour, width):
    points = [
        (float(np.round(TOP + DOWN * (1 - value), 3)), _column(number, len(values)))
        for number, value in enumerate(values)
    ]
    draw_line(ax, *points, colour=colour, width=width)
