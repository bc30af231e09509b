"""The editor of Python that a page shows: one markup, for functions and for cells."""

from html import escape

HELP = (
    "Tab indents after you have typed. To leave with Tab, press Escape first. "
    "Ctrl+Enter or Shift+Enter {does} it."
)
EDITOR = """<section class="editor highlight"><div class="editor-sheet">\
<pre aria-hidden="true">{coloured}</pre>\
<textarea rows="{rows}" aria-label="{label}" aria-describedby="{name}-help" autocomplete="off"\
 autocapitalize="off" autocorrect="off" spellcheck="false" wrap="off">
{text}</textarea></div>
<p class="editor-help" id="{name}-help">{help}</p></section>"""


def editor(name, label="", text="", coloured="", does="runs"):
    """Write an editor.

    Parameters
    ----------
    name : str
        It distinguishes the editor on its page.
    label : str
        What is edited.
    text, coloured : str
        The text in it, and the same with its colours, as HTML.
    does : str
        What the keys do that run it.

    Returns
    -------
    str
    """
    return EDITOR.format(
        name=name,
        label=escape(label),
        rows=len(text.splitlines()),
        text=escape(text),
        coloured=coloured,
        help=HELP.format(does=does),
    )


def template():
    """Write the editor that scripts copy for the cells of a page."""
    return f'<template id="cell-editor">{editor("cell-editor")}</template>'
