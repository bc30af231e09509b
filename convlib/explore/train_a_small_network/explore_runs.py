"""Explorer of runs: how the accuracy grew with one thing changed, beside the network as built."""

from convlib.explore.engine import Explorer
from convlib.explore.train_a_small_network.curves import (
    Curve,
    curves_panel,
    pass_cells,
    share_text,
)


def explore_runs(runs):
    """Choose what was changed, and see the accuracy after every pass.

    Parameters
    ----------
    runs : dict of str to Run
        As from `convlib.nn.load_runs`, all of as many passes; means over the seeds are shown, and
        thin each seed. The first run is the reference.

    Returns
    -------
    Explorer
        Sliders `run` and `passes`.

    Examples
    --------
    >>> import numpy as np
    >>> from convlib.nn.book import Run
    >>> share = np.array([[0.5, 0.9]])
    >>> one = Run(np.zeros((1, 2)), share, 1 - share, share, share[:, 1], 7)
    >>> explore_runs({"as built": one}).picture(passes=1).sentence[:48]
    'As built, pass 1: 50.0 % of the digits learnt fr'
    """
    reference = next(iter(runs))
    seeds = {name: run.valid_accuracy.tolist() for name, run in runs.items()}
    curves = {
        name: (run.accuracy.mean(axis=0).tolist(), run.valid_accuracy.mean(axis=0).tolist())
        for name, run in runs.items()
    }
    count = len(curves[reference][0])

    def frame(run, passes):
        learnt, valid = curves[run]
        shown = [Curve("output edge", 0.7, shares) for shares in seeds[run]]
        shown += [
            Curve("window edge", 1.5, learnt, f"{run}: learnt from"),
            Curve("output edge", 3, valid, f"{run}: to decide by"),
        ]
        told = (
            f"{run.capitalize()}, pass {passes}: {share_text(learnt[passes - 1])} of the digits"
            f" learnt from and {share_text(valid[passes - 1])} of those to decide by"
        )
        if run != reference:
            before = curves[reference][1]
            shown.insert(0, Curve("quiet", 3, before, f"{reference}: to decide by"))
            told += f"; {reference}, {share_text(before[passes - 1])}"
        return curves_panel(shown, count, passes), f"{told}."

    return Explorer(
        frame,
        play="passes",
        cells=pass_cells(count),
        opens_at={"passes": count},
        run=list(runs),
        passes=(1, count),
    )
