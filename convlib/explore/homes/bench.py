"""Show a Bench: on a page mounted by a script, in Jupyter by anywidget where it is installed."""

import json
from html import escape
from importlib.util import find_spec

from convlib.explore.homes import is_for_page, is_in_page
from convlib.explore.homes.page import picture_html


def bundle(bench):
    """Return a bench by its mime type; only the still picture where nothing can run it.

    Parameters
    ----------
    bench : Bench

    Returns
    -------
    dict
    """
    if is_for_page() or is_in_page():
        return {"text/html": bench_html(bench)}
    if find_spec("anywidget") is None:
        return {}
    from convlib.explore.homes.bench_widget import widget_of

    return widget_of(bench)._repr_mimebundle_()[0]


def bench_html(bench):
    """Write a bench: the picture and the sentence of its first state, until the script runs.

    Parameters
    ----------
    bench : Bench

    Returns
    -------
    str
    """
    picture = bench.picture()
    return (
        f'<div class="bench" data-bench="{bench.kind}" data-state="{escape(bench.state)}"'
        f' data-given="{escape(json.dumps(bench.given()))}">{picture_html(picture)}'
        f'<p class="bench-sentence">{escape(picture.sentence)}</p></div>'
    )
