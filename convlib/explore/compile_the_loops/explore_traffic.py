"""Explorer of registers: how often a loop goes to memory for its multiply-adds."""

from convlib.draw import bars_panel
from convlib.explore.engine import Explorer

KERNELS = [1, 3, 5, 7]
LOOPS = ("sum in memory", "sum in a register", "four filters together")


def explore_traffic():
    """Count reads and writes for every hundred multiply-adds of three loops.

    Returns
    -------
    Explorer
        Slider `kernel`: rows and columns of the kernel.

    Examples
    --------
    >>> explore_traffic().picture(kernel=3).sentence[:66]
    'Kernel 3×3, for 100 multiply-adds: sum in memory 300, sum in a reg'
    """

    def frame(kernel):
        counts = traffic(kernel)
        texts = {name: f"{count:.0f}" for name, count in counts.items()}
        panel = bars_panel(counts, title="reads and writes", texts=texts, most=300, colour="output")
        listed = ", ".join(f"{name} {text}" for name, text in texts.items())
        return panel, f"Kernel {kernel}×{kernel}, for 100 multiply-adds: {listed}."

    return Explorer(frame, play="kernel", opens_at={"kernel": 3}, kernel=KERNELS)


def traffic(kernel):
    """Return reads and writes for 100 multiply-adds of each loop; weights stay in registers.

    Examples
    --------
    >>> traffic(3)["sum in memory"]
    300.0
    """
    cells = kernel**2
    per_output = {
        "sum in memory": 3 * cells,  # pixel and sum are read, the sum is written
        "sum in a register": cells + 1,
        "four filters together": (cells + 4) / 4,
    }
    return {name: 100 * count / cells for name, count in per_output.items()}
