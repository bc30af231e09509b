"""Explorer of what each method costs beside its arithmetic: calls and memory."""

from convlib.draw import LogAxis, beside, rank_panel
from convlib.explore.engine import Explorer

KERNELS = [3, 5, 7, 9, 11, 15]
BYTES = 4
END = 8  # of an axis; two panels beside each other fit a page


def explore_costs(size):
    """Compare the calls and the memory of five methods as the kernel grows.

    Parameters
    ----------
    size : int
        Rows and columns of the image, of float32 numbers.

    Returns
    -------
    Explorer
        Slider `kernel`: rows and columns of the kernel.

    Examples
    --------
    >>> explore_costs(1024).picture(kernel=3).sentence[:53]
    'Kernel 3×3, image 1024×1024. Calls: loop 1,044,484, e'
    """
    most = costs(size, max(KERNELS))
    axes = {
        "calls": LogAxis(1, size**2, start=0.3, end=END),
        "bytes": LogAxis(1, max(most["bytes"].values()), start=0.3, end=END),
    }
    colours = {"calls": "window edge", "bytes": "kernel edge"}

    def frame(kernel):
        cost = costs(size, kernel)
        texts = {
            what: {name: f"{value:,}" for name, value in of_each.items()}
            for what, of_each in cost.items()
        }
        drawing = beside(
            *(
                rank_panel(
                    axes[what], cost[what], title=what, texts=texts[what], colour=colours[what]
                )
                for what in cost
            )
        )
        listed = {
            what: ", ".join(f"{name} {text}" for name, text in of_each.items())
            for what, of_each in texts.items()
        }
        return drawing, (
            f"Kernel {kernel}×{kernel}, image {size}×{size}."
            f" Calls: {listed['calls']}. Bytes: {listed['bytes']}."
        )

    return Explorer(frame, play="kernel", kernel=KERNELS)


def costs(n, k):
    """Count the calls that compute, and the bytes beside image and output, of each method.

    Parameters
    ----------
    n, k : int
        Rows and columns of the image and of the kernel.

    Returns
    -------
    dict of str to dict
        `"calls"` and `"bytes"`, each by the name of the method.

    Examples
    --------
    >>> costs(5, 3)["calls"]
    {'loop': 9, 'einsum windows': 1, 'shifts': 9, 'patches': 1, 'row products': 3}
    """
    m = n - k + 1
    calls = {"loop": m**2, "einsum windows": 1, "shifts": k**2, "patches": 1, "row products": k}
    held = {
        "loop": k**2,
        "einsum windows": 0,
        "shifts": m**2,
        "patches": k**2 * m**2,
        "row products": k * n * m + m**2,
    }
    return {"calls": calls, "bytes": {name: BYTES * count for name, count in held.items()}}
