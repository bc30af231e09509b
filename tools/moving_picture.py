"""Draw the worked example as the README's moving picture: python tools/moving_picture.py [FILE]"""

import io
import sys
from pathlib import Path

from PIL import Image

from convlib.explore import explore_window
from convlib.samples import IMAGE, KERNEL

FILE = Path(__file__).parents[1] / "book/images/worked_example.gif"
WIDTH = 720
COLOURS = 64
MILLISECONDS = 800
LAST_MILLISECONDS = 3200


def frames():
    """Draw the window at each of its places, as a list of RGB images of WIDTH pixels across."""
    explorer = explore_window(IMAGE, KERNEL)
    return [shrink(explorer.picture(**values).png()) for values in explorer.states()]


def shrink(png):
    image = Image.open(io.BytesIO(png)).convert("RGB")
    height = round(image.height * WIDTH / image.width)
    return image.resize((WIDTH, height), Image.Resampling.LANCZOS)


def write(file):
    """Write all frames, in the colours of the last one, as a GIF that plays for ever."""
    drawn = frames()
    palette = drawn[-1].quantize(COLOURS, Image.Quantize.MAXCOVERAGE)
    first, *rest = [frame.quantize(palette=palette, dither=Image.Dither.NONE) for frame in drawn]
    durations = [MILLISECONDS] * len(rest) + [LAST_MILLISECONDS]
    first.save(file, save_all=True, append_images=rest, duration=durations, loop=0)


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else FILE)
