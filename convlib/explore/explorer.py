"""One drawing, two homes: sliders with a kernel, sliders on the page without one."""

import io
import os

from convlib.explore.live import LiveView
from convlib.explore.page import explorer_html, picture_html
from convlib.explore.svg import drawing_digest, svg_markup

PAGE_VARIABLE = "CONVLIB_PAGE"
"""Environment variable that tells a kernel that it runs for the static page."""

PIXELS_PER_INCH = 144


def is_for_page():
    """Tell whether this kernel runs for the static page, where no kernel will answer."""
    return os.environ.get(PAGE_VARIABLE) == "1"


class Picture:
    """Show one drawing together with the sentence that says what it shows.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
    sentence : str
        Read out in place of the drawing, and compared when the book is tested.
    """

    def __init__(self, figure, sentence):
        self.figure = figure
        self.sentence = sentence

    def __repr__(self):
        return f"{self.sentence}\n[drawing {drawing_digest(svg_markup(self.figure))}]"

    def png(self):
        """Return the drawing as the bytes of a PNG file on white."""
        file = io.BytesIO()
        self.figure.savefig(file, format="png", dpi=PIXELS_PER_INCH, facecolor="white",
                            metadata={"Software": None, "Description": self.sentence})
        return file.getvalue()

    def _repr_mimebundle_(self, include=None, exclude=None):
        bundle = {"text/plain": repr(self), "image/png": self.png()}
        if is_for_page():
            bundle["text/html"] = picture_html(self)
        return bundle


class Explorer:
    """Let the reader move sliders and see the drawing that belongs to them.

    Parameters
    ----------
    frame : callable
        Pure function of the slider values, passed by name; returns a
        `matplotlib.figure.Figure` and one sentence that says what it shows.
    play : str or tuple of str, optional
        The slider that a play button moves, or several that it moves in turn,
        the last one fastest.
    **sliders : (int, int), list or callable
        For each slider the first and last integer, or a list of choices, or a
        function of the earlier sliders' values, passed by name, that returns either.

    Examples
    --------
    >>> from convlib.draw import canvas, draw_grid
    >>> def frame(row):
    ...     ax = draw_grid(canvas(2, 2), [[row]], title="row")
    ...     return ax.figure, f"This is row {row}."
    >>> Explorer(frame, row=(0, 2), play="row").state_count()
    3
    """

    def __init__(self, frame, *, play=None, **sliders):
        self.frame = frame
        self.play = (play,) if isinstance(play, str) else tuple(play or ())
        self.sliders = sliders
        unknown = set(self.play) - set(sliders)
        if unknown:
            raise ValueError(f"play {sorted(unknown)} is not among the sliders {list(sliders)}")

    def choices(self, name, earlier):
        """Return the values, a range or a list, that slider `name` takes after the earlier ones."""
        choices = self.sliders[name]
        if callable(choices):
            choices = choices(**earlier)
        if isinstance(choices, tuple):
            first, last = choices
            return range(first, last + 1)
        return list(choices)

    def states(self):
        """Yield every possible combination of slider values, the last slider fastest."""
        names = list(self.sliders)

        def extend(chosen):
            if len(chosen) == len(names):
                yield chosen
                return
            name = names[len(chosen)]
            for value in self.choices(name, chosen):
                yield from extend({**chosen, name: value})

        yield from extend({})

    def state_count(self):
        """Count the states that the sliders can reach."""
        return sum(1 for _ in self.states())

    def play_states(self, values):
        """List the states that the play button runs through; the other sliders stay put."""
        fixed = {name: value for name, value in values.items() if name not in self.play}
        return [state for state in self.states() if fixed.items() <= state.items()]

    def picture(self, **values):
        """Draw one state as a still picture.

        Parameters
        ----------
        **values : int or str
            Values of some sliders; the others stand at their first value.

        Returns
        -------
        Picture
        """
        unknown = set(values) - set(self.sliders)
        if unknown:
            raise ValueError(f"{sorted(unknown)} are not among the sliders {list(self.sliders)}")
        chosen = {}
        for name in self.sliders:
            choices = self.choices(name, chosen)
            chosen[name] = values.get(name, choices[0])
            if chosen[name] not in choices:
                raise ValueError(f"{name}={chosen[name]!r} is not among {choices}")
        return Picture(*self.frame(**chosen))

    def __repr__(self):
        names = ", ".join(self.sliders).replace("_", " ")
        return f"Explorer with sliders {names}; {self.state_count()} frames\n{self.picture()!r}"

    def _repr_mimebundle_(self, include=None, exclude=None):
        bundle = {"text/plain": repr(self), "image/png": self.picture().png()}
        if is_for_page():
            bundle["text/html"] = explorer_html(self)
        else:
            bundle = LiveView(self).view._repr_mimebundle_() | bundle
        return bundle
