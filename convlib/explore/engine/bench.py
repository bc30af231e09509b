"""What a bench is: a state that readers change where it is shown, and that programs read and set.

It knows no page and no kernel. A whole state is one line of text, the same in Python, in the
browser and in a page's address.
"""

import numpy as np

from convlib.explore.engine.explorer import _bundle


class Change(dict):
    """What an observer is told: `name`, `old`, `new` and `owner`, as keys or as attributes."""

    __getattr__ = dict.__getitem__


class Setting:
    """One value of a bench's state, as an attribute; setting it changes the bench everywhere."""

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, bench, owner=None):
        return self if bench is None else bench.settings[self.name]

    def __set__(self, bench, value):
        bench.change(**{self.name: value})


class Bench:
    """Let the reader change numbers and see at once what follows from them.

    A kind of bench says how settings are checked (`checked`), what follows from them
    (`results`), how they are written and read (`written`, `read`), and draws them (`picture`).

    Parameters
    ----------
    **settings
        Values of the first state.

    Attributes
    ----------
    settings : dict
        The values of the state by name.
    kind : str
        Names the script that shows it.
    state : str
        The whole state as text.
    first : str
        The state that Reset goes back to.
    """

    kind = ""

    def __init__(self, **settings):
        self._observers = []
        self.settings = self.checked(settings)
        self._results = self.results(self.settings)
        self.first = self.state

    def given(self):
        """Return what the script needs besides the state, as plain data by name."""
        return {}

    @property
    def state(self):
        """The whole state as text."""
        return self.written(self.settings)

    def change(self, **settings):
        """Set several values at once.

        Parameters
        ----------
        **settings
            The values by name; the others stay.

        Raises
        ------
        TypeError, ValueError
            What the operation raises if it cannot compute with them; the bench stays as it was.
        """
        checked = self.checked(self.settings | settings)
        self._move(checked, self.results(checked))

    def load(self, state):
        """Take over a state from its text, also one from which nothing follows.

        Parameters
        ----------
        state : str
        """
        self._load(self.checked(self.read(state)))

    def _load(self, settings):
        try:
            results = self.results(settings)
        except (TypeError, ValueError) as error:
            results = dict.fromkeys(self._results) | {"error": str(error)}
        self._move(settings, results)

    def _move(self, settings, results):
        before = self._values()
        self.settings, self._results = settings, results
        after = self._values()
        changed = [name for name in after if not same(before[name], after[name])]
        for handler, names in list(self._observers):
            for name in changed:
                if names is None or name in names:
                    change = {"name": name, "old": before[name], "new": after[name]}
                    handler(Change(change, owner=self, type="change"))

    def _values(self):
        return self.settings | self._results | {"state": self.state}

    def observe(self, handler, names=None):
        """Have a function called after every change.

        Parameters
        ----------
        handler : callable
            Takes a `Change`: `change.name`, `change.old`, `change.new`, `change.owner`.
        names : str or list of str, optional
            The settings and results that matter; all if left out.
        """
        names = [names] if isinstance(names, str) else names
        self._observers.append((handler, names))

    def unobserve(self, handler):
        """Stop calling a function.

        Parameters
        ----------
        handler : callable
        """
        self._observers = [pair for pair in self._observers if pair[0] != handler]

    def __repr__(self):
        return f"{self.title()}\n{self.picture()!r}"

    def _repr_mimebundle_(self, include=None, exclude=None):
        return _bundle(self, self.picture())


def same(a, b):
    """Tell whether two values of a bench are the same, arrays number by number."""
    if isinstance(a, np.ndarray) and isinstance(b, np.ndarray):
        return a.shape == b.shape and np.array_equal(a, b, equal_nan=True)
    return type(a) is type(b) and (a == b or (a != a and b != b))
