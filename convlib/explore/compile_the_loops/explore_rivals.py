"""Explorer of where compiled loops are ahead, and where other methods are."""

from convlib.draw import LogAxis, rank_panel
from convlib.explore.engine import Explorer
from convlib.explore.measured import read_rewritings

WORKS = ("64 to 64 channels, 56×56, kernel 3", "128 channels, depthwise, 56×56, kernel 3")


def explore_rivals():
    """Compare the times of compiled loops with products of matrices on two layers.

    Returns
    -------
    Explorer
        Slider `work`: the layer.

    Examples
    --------
    >>> explore_rivals().picture(work="128 channels, depthwise, 56×56, kernel 3").sentence[:54]
    '128 channels, depthwise, 56×56, kernel 3: milliseconds'
    """
    times = {work: read_rewritings()[work] for work in WORKS}
    every = [time for ways in times.values() for time in ways.values()]
    axis = LogAxis(min(every), max(every), start=0.3, end=8.8)

    def frame(work):
        texts = {name: f"{time:.3g}" for name, time in times[work].items()}
        panel = rank_panel(
            axis, times[work], title="milliseconds", texts=texts, colour="output edge"
        )
        listed = ", ".join(f"{name} {text}" for name, text in texts.items())
        return panel, f"{work}: milliseconds: {listed}."

    return Explorer(frame, play="work", work=list(WORKS))
