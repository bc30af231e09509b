"""Every mistake a user can make gets one error that names the argument and shows both values."""

import numpy as np
import pytest

from convlib import avgpool, conv2d, conv_step, flip, maxpool, output_size, pad, pool_step

X = np.arange(16).reshape(4, 4)
K = np.ones((3, 3), dtype=int)
COLOUR = np.ones((3, 4, 4))
FILTERS = np.ones((4, 3, 2, 2))
BIAS = np.ones(4)

NOT_AN_ARRAY = [
    (lambda x: conv_step(x, K), "patch"),
    (lambda x: conv_step(K, x), "kernel"),
    (lambda x: pad(x, 1), "x"),
    (lambda x: flip(x), "kernel"),
    (lambda x: conv2d(x, K), "x"),
    (lambda x: conv2d(X, x), "weight"),
    (lambda x: conv2d(COLOUR, FILTERS, x), "bias"),
    (lambda x: pool_step(x), "patch"),
    (lambda x: maxpool(x, 2), "x"),
    (lambda x: avgpool(x, 2), "x"),
]
CALLS = pytest.mark.parametrize(
    ("call", "name"), NOT_AN_ARRAY, ids=[f"{i}-{name}" for i, (_, name) in enumerate(NOT_AN_ARRAY)]
)


def check(call, error, message):
    with pytest.raises(error) as caught:
        call()
    assert str(caught.value) == message
    assert type(caught.value) is error


@CALLS
def test_not_an_array(call, name):
    check(lambda: call([[1, 2]]), TypeError, f"{name} must be a NumPy array; got list")


@CALLS
@pytest.mark.parametrize("dtype", ["object", "<U1", "S1", "complex128", "datetime64[D]", "V4"])
def test_dtype_that_holds_no_real_numbers(call, name, dtype):
    x = np.zeros((3, 3), dtype=dtype)
    message = f"{name} must hold integers or floats; got dtype {x.dtype}"
    check(lambda: call(x), TypeError, message)


@CALLS
@pytest.mark.parametrize("shape", [(0, 3), (3, 0), (0, 3, 4, 4)])
def test_empty(call, name, shape):
    check(lambda: call(np.ones(shape)), ValueError, f"{name} is empty: its shape is {shape}")


TABLE = [
    # wrong number of dimensions
    (
        lambda: conv2d(np.ones(4), K),
        ValueError,
        "x must be (H, W), (C, H, W) or (N, C, H, W); got shape (4,)",
    ),
    (
        lambda: maxpool(np.ones((1, 1, 1, 4, 4)), 2),
        ValueError,
        "x must be (H, W), (C, H, W) or (N, C, H, W); got shape (1, 1, 1, 4, 4)",
    ),
    (
        lambda: avgpool(np.ones(4), 2),
        ValueError,
        "x must be (H, W), (C, H, W) or (N, C, H, W); got shape (4,)",
    ),
    (
        lambda: conv2d(X, FILTERS),
        ValueError,
        "give x (H, W) with weight (KH, KW), or x (C, H, W) or (N, C, H, W) with weight "
        "(O, C/groups, KH, KW); got x (4, 4) and weight (4, 3, 2, 2)",
    ),
    (
        lambda: conv2d(COLOUR, K),
        ValueError,
        "give x (H, W) with weight (KH, KW), or x (C, H, W) or (N, C, H, W) with weight "
        "(O, C/groups, KH, KW); got x (3, 4, 4) and weight (3, 3)",
    ),
    (lambda: pad(np.ones(4), 1), ValueError, "x must have rows and columns; got shape (4,)"),
    (lambda: flip(np.ones(4)), ValueError, "kernel must have rows and columns; got shape (4,)"),
    (
        lambda: conv_step(np.ones((2, 3)), np.ones((3, 2))),
        ValueError,
        "patch (2, 3) and kernel (3, 2) must have one shape",
    ),
    # kernel larger than the padded image
    (
        lambda: conv2d(X, np.ones((5, 5))),
        ValueError,
        "kernel (5, 5) does not fit image (4, 4); pad each axis by at least 1 in all",
    ),
    (
        lambda: conv2d(X, np.ones((2, 6))),
        ValueError,
        "kernel (2, 6) does not fit image (4, 4); pad each axis by at least 2 in all",
    ),
    (
        lambda: conv2d(X, np.ones((9, 2)), padding=((1, 2), (0, 0))),
        ValueError,
        "kernel (9, 2) does not fit image (4, 4) padded to (7, 4); "
        "pad each axis by at least 2 more in all",
    ),
    (
        lambda: conv2d(X, K, dilation=(2, 1)),
        ValueError,
        "kernel (3, 3) with dilation (2, 1) spans (5, 3) and does not fit image (4, 4); "
        "pad each axis by at least 1 in all",
    ),
    (
        lambda: conv2d(X, K, padding="valid", dilation=3),
        ValueError,
        "kernel (3, 3) with dilation (3, 3) spans (7, 7) and does not fit image (4, 4); "
        "pad each axis by at least 3 in all",
    ),
    (
        lambda: maxpool(X, 5),
        ValueError,
        "pool window (5, 5) does not fit image (4, 4); pad each axis by at least 1 in all",
    ),
    (
        lambda: maxpool(X, 3, dilation=2),
        ValueError,
        "pool window (3, 3) with dilation (2, 2) spans (5, 5) and does not fit image (4, 4); "
        "pad each axis by at least 1 in all",
    ),
    (
        lambda: avgpool(X, (7, 2), stride=2, ceil_mode=True),
        ValueError,
        "pool window (7, 2) does not fit image (4, 4); pad each axis by at least 2 in all",
    ),
    (
        lambda: output_size(4, 5),
        ValueError,
        "kernel 5 does not fit image 4; pad each axis by at least 1 in all",
    ),
    (
        lambda: output_size(4, 3, padding=(1, 0), dilation=3),
        ValueError,
        "kernel 3 with dilation 3 spans 7 and does not fit image 4 padded to 5; "
        "pad each axis by at least 2 more in all",
    ),
    # channels, groups, bias
    (
        lambda: conv2d(COLOUR, np.ones((4, 2, 2, 2))),
        ValueError,
        "x has 3 channels, but weight (4, 2, 2, 2) with groups 1 takes 2",
    ),
    (
        lambda: conv2d(np.ones((4, 4, 4)), np.ones((4, 4, 2, 2)), groups=2),
        ValueError,
        "x has 4 channels, but weight (4, 4, 2, 2) with groups 2 takes 8",
    ),
    (
        lambda: conv2d(COLOUR, FILTERS, groups=2),
        ValueError,
        "groups 2 must divide the 3 channels of x and the 4 filters of weight (4, 3, 2, 2)",
    ),
    (
        lambda: conv2d(COLOUR, np.ones((4, 1, 2, 2)), groups=3),
        ValueError,
        "groups 3 must divide the 3 channels of x and the 4 filters of weight (4, 1, 2, 2)",
    ),
    (
        lambda: conv2d(COLOUR, FILTERS, np.ones(3)),
        ValueError,
        "bias (3,) must hold one number for each of the 4 filters of weight (4, 3, 2, 2)",
    ),
    (
        lambda: conv2d(COLOUR, FILTERS, np.ones((4, 1))),
        ValueError,
        "bias (4, 1) must hold one number for each of the 4 filters of weight (4, 3, 2, 2)",
    ),
    (
        lambda: conv2d(X, K, np.ones(2)),
        ValueError,
        "bias (2,) must hold one number for each of the 1 filters of weight (3, 3)",
    ),
    (lambda: conv2d(COLOUR, FILTERS, 1), TypeError, "bias must be a NumPy array; got int"),
    (lambda: conv2d(X, K, "1"), TypeError, "bias must be a NumPy array; got str"),
    (lambda: conv_step(K, K, "1"), TypeError, "bias must be a number; got '1'"),
    (lambda: conv_step(K, K, 1j), TypeError, "bias must be a number; got 1j"),
    (
        lambda: conv2d(np.full((1, 1), 2**64 - 1, dtype=np.uint64), np.ones((1, 1), int)),
        ValueError,
        "18446744073709551615 in a uint64 array does not fit in int64",
    ),
    # padding of pools, words, value
    (
        lambda: maxpool(X, 3, padding=2),
        ValueError,
        "padding 2 at the top is more than half of the pool window (3, 3)",
    ),
    (
        lambda: maxpool(X, 3, padding=2, dilation=2),
        ValueError,
        "padding 2 at the top is more than half of the pool window (3, 3)",
    ),
    (
        lambda: avgpool(X, (4, 1), padding=(2, 1)),
        ValueError,
        "padding 1 at the left is more than half of the pool window (4, 1)",
    ),
    (
        lambda: avgpool(X, 3, padding=((1, 2), (0, 0))),
        ValueError,
        "padding 2 at the bottom is more than half of the pool window (3, 3)",
    ),
    (
        lambda: maxpool(X, (1, 3), padding=((0, 0), (0, 3)), dilation=4),
        ValueError,
        "padding 3 at the right is more than half of the pool window (1, 3)",
    ),
    (
        lambda: conv2d(X, K, padding="full"),
        ValueError,
        'padding must be "valid", "same" or numbers; got "full"',
    ),
    (
        lambda: output_size(5, 3, padding="SAME"),
        ValueError,
        'padding must be "valid", "same" or numbers; got "SAME"',
    ),
    (
        lambda: pad(X, "same"),
        ValueError,
        'padding must be numbers here; got "same" ("valid" and "same" are for conv2d and the '
        "pools)",
    ),
    (
        lambda: maxpool(X, 2, padding="full"),
        ValueError,
        'padding must be "valid", "same" or numbers; got "full"',
    ),
    (
        lambda: avgpool(X, 5, padding="valid"),
        ValueError,
        "pool window (5, 5) does not fit image (4, 4); pad each axis by at least 1 in all",
    ),
    (
        lambda: avgpool(X, 2, padding=((0, (1, 1)), (0, 1))),
        TypeError,
        "padding must be an integer; got (1, 1)",
    ),
    (
        lambda: maxpool(X, 2, padding=((0, 1, 1), (0, 1))),
        ValueError,
        "padding must be one integer or two; got (0, 1, 1)",
    ),
    (
        lambda: conv2d(X, K, padding=(1, 2, 3)),
        ValueError,
        "padding must be one integer or two; got (1, 2, 3)",
    ),
    (
        lambda: conv2d(X, K, padding=((1, 2, 3), (1, 2))),
        ValueError,
        "padding must be one integer or two; got (1, 2, 3)",
    ),
    (lambda: pad(X, 1, value=0.5), ValueError, "value 0.5 does not fit x of dtype int64"),
    (
        lambda: pad(X.astype("uint8"), 1, value=-1),
        ValueError,
        "value -1 does not fit x of dtype uint8",
    ),
    (lambda: pad(X, 1, value=np.inf), ValueError, "value inf does not fit x of dtype int64"),
    (lambda: pad(X, 1, value="0"), TypeError, "value must be a number; got '0'"),
]


@pytest.mark.parametrize(("call", "error", "message"), TABLE, ids=[row[2][:60] for row in TABLE])
def test_table(call, error, message):
    check(call, error, message)


PAIRS = [  # (call, name, least): one integer or (rows, columns)
    (lambda v: conv2d(X, K, stride=v), "stride", 1),
    (lambda v: conv2d(X, K, dilation=v), "dilation", 1),
    (lambda v: conv2d(X, K, padding=v), "padding", 0),
    (lambda v: pad(X, v), "padding", 0),
    (lambda v: maxpool(X, v), "size", 1),
    (lambda v: maxpool(X, 2, stride=v), "stride", 1),
    (lambda v: maxpool(X, 2, padding=v), "padding", 0),
    (lambda v: maxpool(X, 2, dilation=v), "dilation", 1),
    (lambda v: avgpool(X, v), "size", 1),
    (lambda v: avgpool(X, 2, stride=v), "stride", 1),
    (lambda v: avgpool(X, 2, padding=v), "padding", 0),
]
INTEGERS = PAIRS + [
    (lambda v: conv2d(X, K, padding=((0, 0), (0, v))), "padding", 0),
    (lambda v: maxpool(X, 2, padding=((0, 0), (0, v))), "padding", 0),
    (lambda v: avgpool(X, 2, padding=((v, 0), (0, 1))), "padding", 0),
    (lambda v: conv2d(COLOUR, FILTERS, groups=v), "groups", 1),
    (lambda v: output_size(v, 1), "n", 1),
    (lambda v: output_size(5, v), "k", 1),
    (lambda v: output_size(5, 3, stride=v), "stride", 1),
    (lambda v: output_size(5, 3, padding=v), "padding", 0),
    (lambda v: output_size(5, 3, dilation=v), "dilation", 1),
]


def each(rows):
    ids = [f"{i}-{name}" for i, (_, name, _) in enumerate(rows)]
    return pytest.mark.parametrize(("call", "name", "least"), rows, ids=ids)


@each(INTEGERS)
@pytest.mark.parametrize("below", [1, 3])
def test_too_small(call, name, least, below):
    value = least - below
    check(lambda: call(value), ValueError, f"{name} must be at least {least}; got {value}")


@each(INTEGERS)
@pytest.mark.parametrize("value", [1.5, 1.0, True, False, np.True_, np.float32(2), {1}])
def test_not_an_integer(call, name, least, value):
    check(lambda: call(value), TypeError, f"{name} must be an integer; got {value!r}")


@each(PAIRS)
def test_one_wrong_number_in_a_pair(call, name, least):
    small = least - 1
    message = f"{name} must be at least {least}; got {small}"
    check(lambda: call((1, small)), ValueError, message)
    check(lambda: call((1.5, 1)), TypeError, f"{name} must be an integer; got 1.5")


@each(PAIRS)
def test_too_many_numbers(call, name, least):
    message = f"{name} must be one integer or two; got (1, 1, 1)"
    check(lambda: call((1, 1, 1)), ValueError, message)


@pytest.mark.parametrize("word", ["2", "same", ""])
def test_a_word_is_no_stride(word):
    check(lambda: conv2d(X, K, stride=word), TypeError, f"stride must be an integer; got {word!r}")
