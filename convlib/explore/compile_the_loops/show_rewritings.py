"""Picture of how many times as fast as Python's loop each compiled one was."""

from convlib.draw import LogAxis, rank_panel
from convlib.explore.engine import Picture
from convlib.explore.measured import read_rewritings, read_table

WORK = "512² image, kernel 3"


def show_rewritings():
    """Show how many times as fast as the loop in Python each rewriting was.

    Returns
    -------
    Picture

    Examples
    --------
    >>> show_rewritings().sentence[:42]
    'Times as fast as the loop in Python: in Py'
    """
    times = read_rewritings()[WORK]
    loop = read_table("milliseconds")[WORK]["core"]
    speedups = {"in Python": 1} | {name: loop / time for name, time in times.items()}
    texts = {name: f"{value:,.0f}" for name, value in speedups.items()}
    axis = LogAxis(1, max(speedups.values()), start=0.3, end=8.8)
    title = "times as fast as the loop"
    panel = rank_panel(axis, speedups, title=title, texts=texts, colour="output edge")
    listed = ", ".join(f"{name} {text}" for name, text in texts.items())
    return Picture(panel, f"Times as fast as the loop in Python: {listed}.")
