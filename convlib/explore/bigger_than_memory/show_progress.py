"""A progress bar that a reader sees while it runs and that leaves nothing behind to compare."""

from IPython.display import display

from convlib.explore.homes import has_widgets


def show_progress(steps):
    """Go through steps and show how many are done.

    With a kernel the bar is a widget, which no notebook file keeps. What the file keeps is one
    sentence that is the same in every run: a text bar would leave its last state, and Dask's
    own bars the time they took.

    Parameters
    ----------
    steps : sequence

    Yields
    ------
    step : object
        One step after the other.

    Examples
    --------
    >>> sum(show_progress(range(4)))
    A progress bar of 4 steps.
    6
    """
    bar = ProgressBar(len(steps))
    display(bar)
    for step in steps:
        yield step
        bar.advance()


class ProgressBar:
    """Count steps in a widget; without a kernel there is only the sentence.

    Parameters
    ----------
    total : int
    """

    def __init__(self, total):
        self.total = total
        self.widget = _widget(total) if has_widgets() else None
        self.done = -1
        self.advance()

    def advance(self):
        """Count one more step."""
        self.done += 1
        if self.widget:
            self.widget.value = self.done
            self.widget.description = f"{self.done} of {self.total}"

    def __repr__(self):
        return f"A progress bar of {self.total} steps."

    def _repr_mimebundle_(self, include=None, exclude=None):
        bundle = {"text/plain": repr(self)}
        if self.widget:
            bundle = self.widget._repr_mimebundle_() | bundle
        return bundle


def _widget(total):
    import ipywidgets as widgets

    return widgets.IntProgress(max=total)
