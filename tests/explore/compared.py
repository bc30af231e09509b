"""The list of all explorers whose every state is compared with an independent computation.

`every_state` is how a test gets on this list, and what it asks in return: that the test really
walks to the last state. The tests of the browser hold the built book against the list, so that
no page shows an explorer that nothing was compared with.
"""

import functools
import importlib
import inspect
from pathlib import Path

import pytest

from tests.drawn import shown

HERE = Path(__file__).parent
COMPARED = []


class States:
    """All states of one explorer, as the page shows them.

    Iterating gives values, markup and sentence of each.
    """

    def __init__(self, make, arguments):
        self.name = make.__name__
        self._make, self._arguments = make, arguments
        self.were_walked = False

    @functools.cached_property
    def explorer(self):
        if isinstance(self._arguments, dict):
            return self._make(**self._arguments)
        return self._make(*self._arguments)

    def drawing(self, values):
        """Return the drawing of one state, not yet written as markup."""
        return self.explorer.frame(**values)[0]

    def __iter__(self):
        yield from shown(self.explorer)
        self.were_walked = True

    def __repr__(self):
        return f"{self.name}({self._arguments})"


def every_state(make, *cases):
    """Run a test once for each case, with the states of its explorer.

    Parameters
    ----------
    make : callable
        Returns an explorer.
    *cases : tuple or dict
        Arguments of `make`. The test gets them after `states`: those of a tuple one by one, a
        dict whole.
    """

    def decorate(test):
        @functools.wraps(test)
        def walk_all(states, **arguments):
            test(states, **arguments)
            assert states.were_walked, f"the test left states of {states} out"

        all_states = [States(make, case) for case in cases]
        COMPARED.extend(all_states)
        names = list(inspect.signature(test).parameters)
        values = [
            (states, *([case] if isinstance(case, dict) else case))
            for states, case in zip(all_states, cases, strict=True)
        ]
        ids = map(str, range(len(cases)))
        return pytest.mark.parametrize(names, values, ids=ids)(walk_all)

    return decorate


def all_compared():
    """Import every test of an explorer and list the states that they compare."""
    for path in sorted(HERE.glob("*/test_*.py")):
        importlib.import_module(f"tests.explore.{path.parent.name}.{path.stem}")
    return COMPARED
