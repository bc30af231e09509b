"""Explorer of runs: how the accuracy grew with one thing changed, beside the network as built."""

from convlib.explore.engine import Explorer
from convlib.explore.train_a_small_network.curves import curves_panel, share_text


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
    >>> import numpy as np
    >>> from convlib.nn.book import Run
    >>> share = np.array([[0.5, 0.9]])
    >>> one = Run(np.zeros((1, 2)), share, 1 - share, share, share[:, 1], 7)
    >>> explore_runs({"as built": one}).picture().sentence
    'As built: 90.0 % of the digits learnt from and 90.0 % of those to decide by.'
    """
    reference = next(iter(runs))
    curves = {
        name: (run.accuracy.mean(axis=0).tolist(), run.valid_accuracy.mean(axis=0).tolist())
        for name, run in runs.items()
    }

    def frame(run):
        learnt, valid = curves[run]
        shown = [
            (f"{run}: learnt from", "window edge", 1.5, learnt),
            (f"{run}: to decide by", "output edge", 3, valid),
        ]
        told = (
            f"{run.capitalize()}: {share_text(learnt[-1])} of the digits learnt from and"
            f" {share_text(valid[-1])} of those to decide by"
        )
        if run != reference:
            before = curves[reference][1]
            shown.insert(0, (f"{reference}: to decide by", "quiet", 3, before))
            told += f"; {reference}, {share_text(before[-1])}"
        return curves_panel(shown, len(valid)), f"{told}."

    return Explorer(frame, run=list(runs))
