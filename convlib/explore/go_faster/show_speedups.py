"""Picture of how many times as fast as the loop each method was."""

from convlib.draw import LogAxis, rank_panel
from convlib.explore.engine import Picture
from convlib.explore.measured import multiply_adds, read_table

METHODS = ("windows", "shifts", "im2col", "rows", "PyTorch")
LOOP = "512² image, kernel 3"
WORK = "1024² image, kernel 3"


def show_speedups():
    """Show how many times as fast as the loop each method was, for each output number.

    Returns
    -------
    Picture

    Examples
    --------
    >>> show_speedups().sentence[:43]
    'Times as fast as the loop: loop 1, windows '
    """
    times, counts = read_table("milliseconds"), multiply_adds()
    loop = times[LOOP]["core"] / counts[LOOP]
    ways = times[WORK]
    speedups = {"loop": 1} | {
        name: loop * counts[WORK] / ways[name] for name in METHODS if name in ways
    }
    texts = {name: f"{value:,.0f}" for name, value in speedups.items()}
    axis = LogAxis(1, max(speedups.values()), start=0.3, end=8.8)
    title = "times as fast as the loop"
    panel = rank_panel(axis, speedups, title=title, texts=texts, colour="output edge")
    listed = ", ".join(f"{name} {text}" for name, text in texts.items())
    return Picture(panel, f"Times as fast as the loop: {listed}.")
