"""Show the view of a network: on a page mounted by a script, in Jupyter by anywidget."""

from html import escape
from importlib.util import find_spec

from convlib.explore.homes import is_for_page
from convlib.explore.homes.page import picture_html


def bundle(view):
    """Return a view by its mime type; only the still picture where nothing can run it.

    Parameters
    ----------
    view : NetworkView

    Returns
    -------
    dict
    """
    if is_for_page():
        return {"text/html": network_html(view)}
    if find_spec("anywidget") is None:
        return {}
    from convlib.explore.homes.network_widget import widget_of

    return widget_of(view)._repr_mimebundle_()[0]


def network_html(view):
    """Write a view: the picture and the sentence of its first state, until the script runs.

    The book's network is a script beside the page's; another one stands in the page itself.

    Parameters
    ----------
    view : NetworkView

    Returns
    -------
    str
    """
    picture = view.picture()
    data = "" if view.is_book else f'<script type="text/plain">{view.packed()}</script>'
    return (
        f'<div class="bench network" data-image="{view.state}">{data}'
        f"{picture_html(picture)}"
        f'<p class="bench-sentence">{escape(picture.sentence)}</p></div>'
    )
