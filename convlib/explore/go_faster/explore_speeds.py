"""Explorer of what was measured: the speed and the memory of each method."""

from convlib.draw import LogAxis, beside, draw_label, draw_line, rank_panel
from convlib.explore.engine import Explorer
from convlib.explore.measured import multiply_adds, read_machine, read_table

METHODS = ("windows", "shifts", "im2col", "rows", "PyTorch")
WORKS = (
    "1024² image, kernel 3",
    "1024² image, kernel 5",
    "1024² image, kernel 9",
    "1024² image, kernel 15",
    "1024² image, kernel 31",
    "64 to 64 channels, 56×56, kernel 3",
    "64 to 64 channels, 56×56, kernel 5",
    "256 to 256 channels, 28×28, kernel 3",
    "128 channels, depthwise, 56×56, kernel 3",
)
END = 8  # of an axis; two panels beside each other fit a page


def explore_speeds():
    """Compare the speed and the memory of each method, from work to work.

    Returns
    -------
    Explorer
        Slider `work`: an image and a kernel, or a layer.

    Examples
    --------
    >>> work = "64 to 64 channels, 56×56, kernel 3"
    >>> explore_speeds().picture(work=work).sentence[:61]
    '64 to 64 channels, 56×56, kernel 3: 115,605,504 multiply-adds'
    """
    counts = multiply_adds()
    roof = read_machine()["rates"]["PRODUCTS"] / 1e9
    speeds = {
        work: {name: counts[work] / time / 1e6 for name, time in ways.items()}
        for work, ways in _chosen("milliseconds").items()
    }
    memory = _chosen("extra megabytes")
    speed_axis = _axis(roof, *(speed for ways in speeds.values() for speed in ways.values()))
    memory_axis = _axis(*(size for ways in memory.values() for size in ways.values()))

    def frame(work):
        fast = {name: f"{speed:.3g}" for name, speed in speeds[work].items()}
        large = {name: f"{size:g}" for name, size in memory[work].items()}
        speed_panel = rank_panel(
            speed_axis,
            speeds[work],
            title="billion multiply-adds a second",
            texts=fast,
            colour="output edge",
        )
        _draw_roof(speed_panel, speed_axis(roof), roof)
        memory_panel = rank_panel(
            memory_axis, memory[work], title="megabytes held", texts=large, colour="kernel edge"
        )
        memory_panel.height = speed_panel.height
        return beside(speed_panel, memory_panel), (
            f"{work}: {counts[work]:,} multiply-adds. Billions a second:"
            f" {_listed(fast)}. Megabytes held: {_listed(large)}."
        )

    return Explorer(frame, play="work", work=list(WORKS))


def _chosen(column):
    """Read a column for the works and methods that are shown."""
    table = read_table(column)
    return {
        work: {name: table[work][name] for name in METHODS if name in table[work]} for work in WORKS
    }


def _draw_roof(panel, column, roof):
    """Mark the speed of large matrix products, and name it below the axis."""
    bottom = panel.height - 1
    draw_line(panel, (1.1, column), (bottom, column), colour="strong edge", width=2)
    panel.height += 0.7
    text = f"roof of NumPy's product: {roof:.3g}"
    at = (panel.height - 0.4, column + 0.3)
    draw_label(panel, text, at=at, align="right", colour="strong edge")


def _axis(*values):
    return LogAxis(min(filter(None, values)), max(values), start=0.3, end=END)


def _listed(texts):
    return ", ".join(f"{name} {text}" for name, text in texts.items())
