"""The exercise that sends the gradient of a whole layer back: batches, channels and groups."""

import numpy as np

from convlib.core import conv2d, flip
from convlib.exercises.report import Exercise, check
from convlib.exercises.shared import numbers
from convlib.grad import plain

ORDINARY = {"stride": 1, "padding": 0, "dilation": 1, "groups": 1}


def _right(dy, x, weight, stride=1, padding=0, dilation=1, groups=1):
    return plain.conv2d_backward(
        dy, x, weight, stride=stride, padding=padding, dilation=dilation, groups=groups
    )


def _wrong(dx=None, dweight=None, dbias=None):
    """Return the right function followed by changes of its results."""

    def function(*case):
        changes = dx, dweight, dbias
        return tuple(c(part) if c else part for c, part in zip(changes, _right(*case)))

    return function


def _with_dbias(change):
    """Return the right function, but dbias is a `change` of dy."""
    return lambda dy, *rest: (*_right(dy, *rest)[:2], change(dy))


def _with_dweight(keep):
    """Return the right function, but dweight comes from a part of the batch."""

    def function(dy, x, *rest):
        dx, _, dbias = _right(dy, x, *rest)
        return dx, _right(keep(dy), keep(x), *rest)[1], dbias

    return function


def _fails_with(**options):
    """Return a function that stops where the case has other options than these."""

    def function(dy, x, weight, *given):
        case = ORDINARY | dict(zip(ORDINARY, given))
        if any(case[name] != value for name, value in options.items()):
            raise ValueError("shapes do not fit")
        return _right(dy, x, weight, *given)

    return function


def _with_dx(weight_of):
    """Return the right function, but dx comes from a change of the weights."""

    def function(dy, x, weight, *rest):
        _, dweight, dbias = _right(dy, x, weight, *rest)
        return _right(dy, x, weight_of(weight), *rest)[0], dweight, dbias

    return function


def _regrouped(order_of):
    """Return the right function, but filter o reads the channels of group `order_of(...)[o]`."""

    def function(dy, x, weight, stride=1, padding=0, dilation=1, groups=1):
        per_group = weight.shape[1]
        dx = np.zeros(x.shape)
        dweight = np.zeros(weight.shape)
        for o, group in enumerate(order_of(len(weight), groups)):
            channels = slice(group * per_group, (group + 1) * per_group)
            part = _right(
                dy[:, o : o + 1], x[:, channels], weight[o : o + 1], stride, padding, dilation
            )
            dx[:, channels] += part[0]
            dweight[o] = part[1][0]
        return dx, dweight, dy.sum(axis=(0, 2, 3))

    return function


def _with_ones_for(option):
    """Return the right function, but as if stride or dilation were 1, which leaves windows out."""

    def function(dy, x, weight, *given):
        options = ORDINARY | dict(zip(ORDINARY, given)) | {option: 1}
        every_window = np.zeros(conv2d(x, weight, **options).shape, dy.dtype)
        every_window[:, :, : dy.shape[2], : dy.shape[3]] = dy
        return _right(every_window, x, weight, **options)

    return function


def _last_filter(dy, x, weight, *options):
    """Let each channel hear only the last filter that reads it."""
    groups = (ORDINARY | dict(zip(ORDINARY, options)))["groups"]
    per_group = len(weight) // groups
    heard = dy.copy()
    heard[:, [o for o in range(len(weight)) if (o + 1) % per_group]] = 0
    _, dweight, dbias = _right(dy, x, weight, *options)
    return _right(heard, x, weight, *options)[0], dweight, dbias


def _case(x, weight, *options, share=1):
    given = dict(zip(ORDINARY, options))
    shape = conv2d(x, weight, **given).shape
    return numbers(*shape)[::-1, ::-1] * share, x, weight, *options


CONV2D_BACKWARD_LAYER = Exercise(
    "conv2d_backward",
    ("dy", "x", "weight", "stride", "padding", "dilation", "groups"),
    tuple,
    [
        _case(np.array([[[[2]]]]), np.array([[[[3]]]])),
        _case(np.array([[[[2]]], [[[4]]]]), np.array([[[[3]]]])),
        _case(np.array([[[[2]], [[4]]]]), np.array([[[[3]], [[5]]]])),
        _case(np.array([[[[2]], [[4]]]]), np.array([[[[3]], [[5]]], [[[7]], [[9]]]])),
        _case(numbers(2, 2, 1, 1), numbers(2, 1, 1, 1), 1, 0, 1, 2),
        _case(numbers(1, 4, 1, 1), numbers(4, 2, 1, 1), 1, 0, 1, 2),
        _case(numbers(1, 1, 2, 2), numbers(1, 1, 2, 2), 1, 1),
        _case(numbers(1, 1, 3, 4), numbers(1, 1, 2, 2), 1, 0, 2),
        _case(numbers(1, 1, 2, 3), numbers(2, 1, 2, 2)),
        _case(numbers(1, 1, 4, 4), numbers(1, 1, 2, 2), 2),
        _case(numbers(2, 2, 3, 3), numbers(3, 2, 2, 2)),
        _case(numbers(2, 2, 3, 4), numbers(2, 2, 2, 3), share=1 / 4),
        _case(numbers(2, 4, 5, 4), numbers(4, 2, 2, 2), 2, 1, 1, 2),
        _case(numbers(3, 4, 6, 5), numbers(6, 2, 2, 3), 1, 1, 2, 2),
    ],
    _right,
    {
        "dweight hears only the last image of the batch": _with_dweight(lambda a: a[-1:]),
        "dweight hears only the first image of the batch": _with_dweight(lambda a: a[:1]),
        "dweight is the mean over the batch, not the sum": lambda dy, *rest: (
            _right(dy, *rest)[0],
            _right(dy, *rest)[1] / len(dy),
            _right(dy, *rest)[2],
        ),
        "dbias is the mean of dy, not its sum": _with_dbias(lambda dy: dy.mean(axis=(0, 2, 3))),
        "dbias has a row for each image; add over the batch, too": _with_dbias(
            lambda dy: dy.sum(axis=(2, 3))
        ),
        "dbias is one number; each filter has its own": _with_dbias(np.sum),
        "dx hears only the last filter; filters add up with +=": _last_filter,
        "groups are mixed: every filter reads the channels of the first group": _regrouped(
            lambda filters, groups: [0] * filters
        ),
        "groups are mixed: filter o is of group o // (filters / groups), not o % groups": (
            _regrouped(lambda filters, groups: [o % groups for o in range(filters)])
        ),
        "the groups are ignored": _fails_with(groups=1),
        "the dilation is ignored": _with_ones_for("dilation"),
        "windows start at i and j, not at i * stride and j * stride": _with_ones_for("stride"),
        "the padding is ignored": _fails_with(padding=0),
        "the padding is not removed from dx": lambda dy, x, weight, stride=1, padding=0, *rest: (
            _right(
                dy,
                np.pad(x, [(0, 0), (0, 0), (padding, padding), (padding, padding)]),
                weight,
                stride,
                0,
                *rest,
            )
        ),
        "dx is stamped with flipped kernels; stamp them as they are": _with_dx(flip),
        "the dweight of every kernel is flipped": _wrong(dweight=flip),
        "dy is ignored: every output counts as 1": lambda dy, *rest: (
            *_right(np.ones_like(dy), *rest)[:2],
            dy.sum(axis=(0, 2, 3)),
        ),
        "dweight is returned before dx": lambda *case: tuple(
            _right(*case)[place] for place in (1, 0, 2)
        ),
    },
    ("dx", "dweight", "dbias"),
)


def check_conv2d_backward_layer(conv2d_backward):
    """Check a function that sends the gradient of a whole layer back.

    Parameters
    ----------
    conv2d_backward : callable
        ``conv2d_backward(dy, x, weight, stride=1, padding=0, dilation=1, groups=1)`` takes arrays
        (N, O, HO, WO), (N, C, H, W) and (O, C/groups, KH, KW), and returns
        ``(dx, dweight, dbias)``, arrays of the shapes of `x`, of `weight` and (O,).

    Raises
    ------
    Mistake
        If an answer is wrong. The text shows the smallest case that fails.

    Examples
    --------
    >>> from convlib import grad
    >>> def conv2d_backward(dy, x, weight, stride=1, padding=0, dilation=1, groups=1):
    ...     options = dict(stride=stride, padding=padding, dilation=dilation, groups=groups)
    ...     return grad.conv2d_backward(dy, x, weight, **options)
    >>> check_conv2d_backward_layer(conv2d_backward)
    conv2d_backward: all 14 cases agree with convlib.
    Covered: dy 1×1×1×1 to 3×6×6×3; x 1×1×1×1 to 3×4×6×5; weight 1×1×1×1 to
    6×2×2×3; stride 1 to 2 or left out; padding 0 to 1 or left out;
    dilation 1 to 2 or left out; groups 2 or left out; shapes that are not
    square; numbers below 0; fractions.
    """
    check(CONV2D_BACKWARD_LAYER, conv2d_backward)
