"""Run a page's cells in the Python of its reader's browser; python_worker.js calls this.

Whatever a cell gives is told as text, but for drawings that this library made itself.
"""

import ast
import io
import linecache
import sys
import traceback
from contextlib import redirect_stdout
from html import escape
from importlib.machinery import ModuleSpec
from time import monotonic
from types import ModuleType

OUTPUT_LIMIT = 20_000
"""Letters that a cell may print."""

PAUSE = 0.1
"""Seconds between two messages of printed text."""

LINE = 79
"""Letters of a line, as in a notebook."""

FRAMES = 3
"""Calls of a long traceback that are told at either end."""

ELSEWHERE = ("dask", "distributed")
"""Packages of the book that need threads or processes, which a browser's Python has not."""

NEEDS_THE_REST = (
    "This cell needs what a cell above makes, and that one needs a computer of one's own."
)

_cells = set()


class TooMuch(BaseException):
    """A cell prints more than a page should show; its own `except Exception` lets this pass."""


class NotHere(ImportError):
    """A cell needs a computer of one's own."""

    def _render_traceback_(self):
        return [str(self)]


class Page:
    """Hold the names of a page's cells, and run one cell after the other.

    Parameters
    ----------
    tell : callable
        ``tell(kind, content)`` takes what a cell gives as it comes: ``"text"`` that it prints,
        the ``"value"`` of its last line or its ``"drawing"``, and the text of an ``"error"``.
        A check that runs apart gives a ``"report"`` that all is right, or what it has ``"told"``
        and the ``"case"``.

    Examples
    --------
    >>> told = []
    >>> Page(lambda *message: told.append(message)).run("print(3)\\n4", "cell 1")
    'done'
    >>> told
    [('text', '3\\n'), ('value', '4')]
    """

    def __init__(self, tell):
        self.tell = tell
        self.names = {"__name__": "__main__"}
        self.has_gaps = False  # names are missing that a cell needing another computer makes
        adapt()

    def run(self, source, name, *, quiet=False, apart=False, first=()):
        """Run a cell.

        Parameters
        ----------
        source, name : str
            Its text, and what a traceback calls it.
        quiet : bool
            Leave out the value of the last line.
        apart : bool
            Keep the names that it makes to itself.
        first : list of (str, str)
            Texts and names of cells that run before it, in silence.

        Returns
        -------
        str
            ``"done"`` if it ran to its end, ``"error"``, or ``"elsewhere"`` if it needs a
            computer of one's own.
        """
        output = _CheckOutput(self.tell) if apart else _Output(self.tell)
        names = dict(self.names) if apart else self.names
        before = sys.stdout, sys.stderr, sys.stdin
        sys.stdout = sys.stderr = output
        sys.stdin = None
        names["input"] = _no_input
        try:
            with redirect_stdout(io.StringIO()):
                for text, cell in first:
                    _execute(text, cell, names)
            value = _execute(source, name, names)
            if value is not None and not quiet:
                output.flush()
                self.tell(*_shown(value))
            return "done"
        except BaseException as error:
            output.flush()
            return self._tell_error(error, apart)
        finally:
            output.flush()
            sys.stdout, sys.stderr, sys.stdin = before

    def _tell_error(self, error, apart):
        if type(error).__module__.startswith("convlib.") and getattr(error, "picture", None):
            self.tell("drawing", _picture_html(error.picture))
            if apart:
                self.tell("told", error.told)
                self.tell("case", error.case)
                return "error"
        if isinstance(error, NotHere) or (self.has_gaps and isinstance(error, NameError)):
            self.has_gaps = True
            self.tell("error", str(error) if isinstance(error, NotHere) else NEEDS_THE_REST)
            return "elsewhere"
        self.tell("error", explain(error))
        return "error"


def _picture_html(picture):
    label = escape(picture.sentence)
    return f'<div class="picture" role="img" aria-label="{label}">{picture.panels()}</div>'


def adapt():
    """Let cells import what a browser's Python lacks, and see the numbers of 64 bits."""
    if not any(isinstance(finder, _Elsewhere) for finder in sys.meta_path):
        sys.meta_path.append(_Elsewhere())
    if sys.platform == "emscripten":
        _adapt_numpy()


class _Output(io.TextIOBase):
    """Hands on what a cell prints, a little at a time and up to a limit."""

    def __init__(self, tell):
        self._tell, self._waiting, self._left, self._last = tell, [], OUTPUT_LIMIT, monotonic()

    def writable(self):
        return True

    def write(self, text):
        part = text[: max(self._left, 0)]
        self._left -= len(text)
        self._waiting.append(part)
        if self._left < 0:
            raise TooMuch(f"Stopped: a cell may print {OUTPUT_LIMIT:,} letters.")
        if monotonic() > self._last + PAUSE:
            self.flush()
        return len(text)

    def flush(self):
        text = "".join(self._waiting)
        self._waiting.clear()
        self._last = monotonic()
        if text:
            self._tell("text", text)


class _CheckOutput(_Output):
    def take_report(self, sentences):
        self.flush()
        self._tell("report", "\n".join(sentences))


class _Elsewhere:
    """Lets cells import what is missing here, so that only its use is an error."""

    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ELSEWHERE:
            return ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec):
        return _Missing(spec.name)

    def exec_module(self, module):
        """Leave the module empty."""


class _Missing(ModuleType):
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        package = self.__name__.partition(".")[0]
        raise NotHere(
            f"This cell needs {package}, and {package} needs a computer of one's own: "
            "a browser's Python has no threads and no processes."
        )


def _adapt_numpy():
    """Make NumPy show int64 as on a computer with 64 bits, and say what it can't do here.

    In a browser Python has 32 bits: NumPy's own default is int32, and it would name the other.
    """
    import numpy as np
    from numpy._core import arrayprint

    if np.int64 not in arrayprint._typelessdata:
        arrayprint._typelessdata.append(np.int64)
    np.memmap.flush = _no_mapped_files


def _no_mapped_files(array):
    raise NotHere(
        "This cell works on a mapped file, and that needs a computer of one's own: "
        "a browser's Python keeps every file in memory."
    )


def _no_input(prompt=""):
    raise RuntimeError("input() cannot ask here: write the answer into the cell")


def _execute(source, name, names):
    """Run the statements; return the value of the last one if it is an expression."""
    _cells.add(name)
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
    body = ast.parse(source, name).body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    if source.rstrip().endswith(";") and last:
        body.append(last)
        last = None
    exec(compile(ast.Module(body, []), name, "exec"), names)
    if last:
        return eval(compile(ast.Expression(last.value), name, "eval"), names)
    return None


def _shown(value):
    """Return the kind of a value and what to show of it."""
    if type(value).__module__.startswith("convlib.") and hasattr(value, "_repr_mimebundle_"):
        bundle = value._repr_mimebundle_()
        if "text/html" in bundle:
            return "drawing", bundle["text/html"]
    return "value", as_notebook(value)


def as_notebook(value):
    """Write a value as a notebook does: what does not fit in a line, one part a line.

    Parameters
    ----------
    value : object

    Returns
    -------
    str

    Examples
    --------
    >>> as_notebook((1, 2))
    '(1, 2)'
    """
    text = repr(value)
    brackets = {tuple: "()", list: "[]"}.get(type(value))
    if brackets is None or not value or ("\n" not in text and len(text) <= LINE):
        return text
    parts = [as_notebook(part).replace("\n", "\n ") for part in value]
    comma = "," if type(value) is tuple and len(value) == 1 else ""
    return brackets[0] + ",\n ".join(parts) + comma + brackets[1]


def explain(error):
    """Write a traceback of the reader's own lines alone.

    Parameters
    ----------
    error : BaseException

    Returns
    -------
    str

    Examples
    --------
    >>> explain(ValueError("too small"))
    'ValueError: too small'
    """
    if hasattr(error, "_render_traceback_"):
        return "\n".join(error._render_traceback_())
    if isinstance(error, TooMuch):
        return str(error)
    if isinstance(error, SystemExit):
        return "The cell asked Python to exit. Python goes on."
    calls = [
        f"{frame.filename}, line {frame.lineno}"
        + (f", in {frame.name}" if frame.name != "<module>" else "")
        + f"\n    {frame.line}\n"
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename in _cells
    ]
    if len(calls) > 2 * FRAMES:
        left_out = len(calls) - 2 * FRAMES
        calls[FRAMES:-FRAMES] = [f"… and {left_out} calls more …\n"]
    last = "".join(traceback.format_exception_only(error)).rstrip()
    if isinstance(error, SyntaxError):
        last = last.removeprefix('  File "').replace('", line', ", line", 1)
    elif isinstance(error, ModuleNotFoundError):
        last = f"{error.name} is not in this page's Python."
    return "".join(calls) + last
