"""Explorer of the crossing: multiplications with and without the FFT."""

from convlib.draw import LogAxis, below, canvas, draw_axes, draw_dot, draw_label, draw_line, mark
from convlib.explore.engine import Cells, Explorer

COLOURS = {"direct": "window edge", "FFT": "output edge"}
LARGEST = 31


def explore_crossing():
    """Count the multiplications for one pixel of the output, with and without the FFT.

    Returns
    -------
    Explorer
        Sliders `image` and `kernel`: the number of rows and columns of each. Directly a pixel
        takes kernel² multiplications; through the FFT 6·log₂(image) + 2.

    Examples
    --------
    >>> explore_crossing().picture(image=1024, kernel=9).sentence[-67:]
    '9·9 = 81 directly, 6·10 + 2 = 62 through the FFT: the FFT is ahead.'
    """
    sizes = range(1, LARGEST + 1)
    along = LogAxis(1, LARGEST, start=1.3, end=8.8)
    up = LogAxis(1, 1000, start=7, end=1.2)

    def frame(image, kernel):
        log = image.bit_length() - 1
        counts = {"direct": kernel**2, "FFT": 6 * log + 2}
        ends = {"direct": (1, LARGEST**2), "FFT": (counts["FFT"],) * 2}
        ax = canvas(9.6, 8.5)
        draw_axes(
            ax,
            along,
            up,
            along_title="rows and columns of the kernel",
            up_title="multiplications for a pixel",
            marks=[1, 3, 9, 31],
        )
        for size in sizes:
            left, right = max(along(size - 0.5), along.start), along(size + 0.5)
            middle = (up.start + up.end) / 2, (left + right) / 2
            mark(ax, f"kernel {size}", middle=middle, shape=(up.start - up.end, right - left))
        key = canvas(9, 1)
        for name, start in (("direct", 0.4), ("FFT", 5)):
            first, last = map(up, ends[name])
            line = (first, along.start), (last, along(LARGEST))
            draw_line(ax, *line, colour=COLOURS[name], width=2.5)
            draw_dot(ax, at=(up(counts[name]), along(kernel)), colour=COLOURS[name])
            draw_dot(key, at=(0.5, start), colour=COLOURS[name])
            draw_label(key, f"{name}:", at=(0.5, start + 0.5), align="left")
            at = (0.5, start + 2.6)
            draw_label(key, counts[name], at=at, align="right", cell=f"{name}[0,0]")
        ahead = min(counts, key=counts.get)
        ahead = "the direct way" if ahead == "direct" else "the FFT"
        return below(ax, key), (
            f"Image {image}×{image}, kernel {kernel}×{kernel}; multiplications"
            f" for a pixel: {kernel}·{kernel} = {counts['direct']} directly,"
            f" 6·{log} + 2 = {counts['FFT']} through the FFT: {ahead} is ahead."
        )

    cells = {f"kernel {size}": Cells(also={"kernel": size}) for size in sizes}
    return Explorer(
        frame, play="kernel", cells=cells, image=[64, 256, 1024, 4096], kernel=(1, LARGEST)
    )
