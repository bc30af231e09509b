"""Draw the worked example as the README's moving picture: python tools/moving_picture.py [FILE]"""

import sys
from pathlib import Path

from convlib.draw.canvas import Panel, glue, px, svg_file
from convlib.explore import explore_window
from convlib.samples import IMAGE, KERNEL

FILE = Path(__file__).parents[1] / "book/images/worked_example.svg"
SAYS = (
    "A 3×3 kernel slides over a 5×5 image; at each stop nine products add up to one of the nine"
    " numbers of the output."
)
SECONDS = 1.0
PAUSE = 3  # frames that the last one lasts


def frames():
    """Draw the window at each of its places, as a list of panels."""
    explorer = explore_window(IMAGE, KERNEL)
    return [glue(explorer.picture(**values).drawing) for values in explorer.states()]


def film(drawn, says, *, seconds=SECONDS, pause=PAUSE):
    """Write frames as one SVG file that shows them in turn, for ever.

    Who asked their system for less motion sees the last frame.
    """
    turns = len(drawn) + pause - 1
    shown = 100 / turns
    rules = (
        f"g.frame{{visibility:hidden;animation:show {px(turns * seconds)}s step-end infinite}}"
        f"@keyframes show{{0%{{visibility:visible}}{shown:.3f}%{{visibility:hidden}}}}"
        f"@keyframes stay{{0%{{visibility:visible}}{pause * shown:.3f}%{{visibility:hidden}}}}"
        "g.frame:last-child{animation-name:stay}"
        "@media (prefers-reduced-motion:reduce){g.frame{animation:none}"
        "g.frame:last-child{visibility:visible}}"
    )
    whole = Panel(drawn[0].width, drawn[0].height)
    whole.add(f"<style>{rules}</style>")
    for number, frame in enumerate(drawn):
        whole.add(f'<g class="frame" style="animation-delay:{px(number * seconds)}s">')
        whole.put(frame, at=(0, 0))
        whole.add("</g>")
    return svg_file(whole, says) + "\n"


def markup():
    """Write the film of the worked example."""
    return film(frames(), SAYS)


def write(file):
    """Write the moving picture to a file."""
    Path(file).write_text(markup(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(sys.argv[1] if len(sys.argv) > 1 else FILE)
