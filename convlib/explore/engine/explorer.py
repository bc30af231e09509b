"""What an explorer is: a pure function of some sliders' values that draws and says one thing.

It knows no page and no kernel. Whoever shows explorers registers with `show_with`.
"""

from convlib.draw.canvas import digest, svg_file

MOST_BUTTONS, MOST_LETTERS = 8, 65
"""Words that can be read at a glance, all at once, on two lines of a page."""

_homes = []


def show_with(home):
    """Let `home` show every explorer and picture from now on.

    Parameters
    ----------
    home : callable
        Takes an `Explorer` or a `Picture` and returns a dict of mime type to data, beside the
        text and the still that each has of its own.

    Examples
    --------
    >>> show_with(_homes[-1]) if _homes else None
    """
    _homes[:] = [home]


def _bundle(thing, still):
    bundle = {"text/plain": repr(thing), "image/svg+xml": still.svg()}
    for home in _homes:
        bundle = home(thing) | bundle
    return bundle


class Picture:
    """Show one drawing together with the sentence that says what it shows.

    Parameters
    ----------
    drawing : Panel or Panels
    sentence : str
        Read out in place of the drawing, and compared when the book is tested.

    Examples
    --------
    >>> from convlib.draw import grid_panel
    >>> Picture(grid_panel([[1]], title="one"), "The number 1.").sentence
    'The number 1.'
    """

    def __init__(self, drawing, sentence):
        self.drawing = drawing
        self.sentence = sentence

    def __repr__(self):
        return f"{self.sentence}\n[drawing {digest(self.drawing)}]"

    def svg(self):
        """Return the drawing as the text of an SVG file."""
        return svg_file(self.drawing, self.sentence)

    def _repr_mimebundle_(self, include=None, exclude=None):
        return _bundle(self, self)


class Explorer:
    """Let the reader move sliders and see the drawing that belongs to them.

    Parameters
    ----------
    frame : callable
        Pure function of the slider values, passed by name; returns a drawing, made with
        `convlib.draw`, and one sentence that says what it shows.
    play : str or tuple of str, optional
        The slider that a play button moves, or several that it moves in turn, the last one
        fastest.
    cells : dict of str to Cells or callable, optional
        For each grid that can be pointed at, the sliders that its cells set; or a function of
        all sliders' values, passed by name, that returns such a dict. A grid need not be there
        in every state.
    opens_at : dict of str to int or str, optional
        Where sliders stand at first that do not stand at their first value.
    **sliders : (int, int), list or callable
        For each slider the first and last integer, or a list of choices, or a function of the
        earlier sliders' values, passed by name, that returns either.

    Raises
    ------
    ValueError
        If `play`, `cells` or `opens_at` name no slider.

    Examples
    --------
    >>> from convlib.draw import grid_panel
    >>> def frame(row):
    ...     return grid_panel([[row]], title="row"), f"This is row {row}."
    >>> Explorer(frame, play="row", row=(0, 2)).state_count()
    3
    """

    def __init__(self, frame, *, play=None, cells=None, opens_at=None, **sliders):
        self.frame = frame
        self.play = (play,) if isinstance(play, str) else tuple(play or ())
        self.cells = cells or {}
        self.opens_at = opens_at or {}
        self.sliders = sliders
        for what, names in (("play", self.play), ("opens_at", self.opens_at)):
            if unknown := set(names) - set(sliders):
                raise ValueError(
                    f"{what} {sorted(unknown)} is not among the sliders {list(sliders)}"
                )
        for grid, cells in self.cells_at(self.settle({})).items():
            unknown = cells.names() - set(sliders)
            if unknown:
                raise ValueError(
                    f"cells of {grid!r} set {sorted(unknown)}, not among the sliders"
                    f" {list(sliders)}"
                )

    def choices(self, name, earlier):
        """Return the values, a range or a list, that slider `name` takes after the earlier ones."""
        choices = self.sliders[name]
        if callable(choices):
            choices = choices(**earlier)
        if isinstance(choices, tuple):
            first, last = choices
            return range(first, last + 1)
        return list(choices)

    def choices_at(self, values):
        """Return the choices of every slider in one state, by name."""
        before = {}
        choices = {}
        for name in self.sliders:
            choices[name] = self.choices(name, before)
            before[name] = values[name]
        return choices

    def cells_at(self, values):
        """Return what the cells of each grid stand for in one state, by the grid's name."""
        return self.cells(**values) if callable(self.cells) else self.cells

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

    def words(self, name):
        """List the words that slider `name` can show in any state; nothing if it shows numbers."""
        values = dict.fromkeys(state[name] for state in self.states())
        return [] if any(not isinstance(value, str) for value in values) else list(values)

    def buttons(self, name):
        """List the words of slider `name` if they can stand side by side as buttons."""
        words = self.words(name)
        fits = 1 < len(words) <= MOST_BUTTONS and sum(map(len, words)) <= MOST_LETTERS
        return words if fits else []

    def settle(self, wanted):
        """Return the state closest to what is wanted of each slider.

        A value that the earlier sliders make impossible gives way to the nearest number, or, if
        it is a word, to the first that is possible.

        Parameters
        ----------
        wanted : dict of str to int or str
            Sliders that are left out stand where they stand at first.

        Returns
        -------
        dict of str to int or str
        """
        chosen = {}
        for name in self.sliders:
            choices = self.choices(name, chosen)
            opening = self.opens_at.get(name, choices[0])
            chosen[name] = nearest(wanted.get(name, opening), choices)
        return chosen

    def play_states(self, values):
        """List the states that the play button runs through; the other sliders stay put."""
        fixed = {name: value for name, value in values.items() if name not in self.play}
        return [state for state in self.states() if fixed.items() <= state.items()]

    def picture(self, **values):
        """Draw one state as a still picture.

        Parameters
        ----------
        **values : int or str
            Values of some sliders; the others stand where they stand at first.

        Returns
        -------
        Picture
        """
        unknown = set(values) - set(self.sliders)
        if unknown:
            raise ValueError(f"{sorted(unknown)} are not among the sliders {list(self.sliders)}")
        chosen = self.settle(values)
        for name, value in values.items():
            if value != chosen[name]:
                choices = self.choices_at(chosen)[name]
                raise ValueError(f"{name}={value!r} is not among {choices}")
        return Picture(*self.frame(**chosen))

    def __repr__(self):
        names = ", ".join(self.sliders).replace("_", " ")
        return f"Explorer with sliders {names}; {self.state_count()} frames\n{self.picture()!r}"

    def _repr_mimebundle_(self, include=None, exclude=None):
        return _bundle(self, self.picture())


def nearest(value, choices):
    """Return the choice that stands for a value: itself, the nearest number, or the first word.

    Parameters
    ----------
    value : int or str
    choices : range or list

    Returns
    -------
    int or str

    Examples
    --------
    >>> nearest(7, range(0, 3)), nearest(5, [1, 4, 8]), nearest("kept", ["none"])
    (2, 4, 'none')
    """
    if value in choices or isinstance(value, str) or isinstance(choices[0], str):
        return value if value in choices else choices[0]
    return min(choices, key=lambda choice: abs(choice - value))
