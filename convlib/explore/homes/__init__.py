"""Where explorers live: on the static page, in its Python, or in Jupyter with a kernel behind.

This is the one place that chooses between them.
"""

import os
from importlib.util import find_spec

from convlib.explore.engine import show_with
from convlib.explore.engine.bench import Bench

PAGE_VARIABLE = "CONVLIB_PAGE"
"""Environment variable that tells a kernel that it runs for the static page."""


WORKER = "worker"
"""What it says to the Python that a page starts for its reader."""


def is_for_page():
    """Tell whether this kernel runs for the static page, where no kernel will answer."""
    return os.environ.get(PAGE_VARIABLE) == "1"


def is_in_page():
    """Tell whether this is the Python of a page, which answers the page's scripts."""
    return os.environ.get(PAGE_VARIABLE) == WORKER


def has_widgets():
    """Tell whether sliders can be shown that a kernel answers."""
    has_kernel = not (is_for_page() or is_in_page())
    return has_kernel and all(map(find_spec, ("ipywidgets", "anywidget")))


def _home(thing):
    if isinstance(thing, Bench) and thing.kind == "network":
        from convlib.explore.homes.network import bundle
    elif isinstance(thing, Bench):
        from convlib.explore.homes.bench import bundle
    elif is_for_page():
        from convlib.explore.homes.page import bundle
    elif is_in_page():
        from convlib.explore.homes.browser import bundle
    elif has_widgets():
        from convlib.explore.homes.kernel import bundle
    else:
        return {}
    return bundle(thing)


show_with(_home)
