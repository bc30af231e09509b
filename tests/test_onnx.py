"""The node tests that ONNX gives to every implementation of its operators, met by ours.

The onnx package computes the cases of Conv, MaxPool and AveragePool and what they should answer.
Most fit the arguments of convlib; those that do not are listed with the reason.
"""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from onnx.backend.test.case import base
from onnx.helper import get_attribute_value

from cases import sides_of
from convlib import core, fast

with pytest.MonkeyPatch.context() as patch:
    # When imported they compute every case, those of three axes slowly; `collect` asks for ours.
    patch.setattr(base._Exporter, "__init__", type.__init__)
    from onnx.backend.test.case.node import averagepool, conv, maxpool

NOT_OF_TWO_AXES = {  # the methods of onnx that make them, some of them several
    "export_maxpool_1d_default",
    "export_maxpool_3d_default",
    "export_maxpool_3d_dilations",
    "export_maxpool_3d_dilations_use_ref_impl",
    "export_maxpool_3d_dilations_use_ref_impl_large",
    "export_averagepool_1d_default",
    "export_averagepool_3d_default",
    "export_averagepool_3d_dilations",
    "export_averagepool_3d_dilations_large",
}
NO_SUCH_ARGUMENT = {
    "test_averagepool_2d_dilations": "avgpool takes no dilation",
    "test_maxpool_2d_pads": "padding is more than half of the window",
    "test_averagepool_2d_pads": "padding is more than half of the window",
    "test_averagepool_2d_pads_count_include_pad": "padding is more than half of the window",
    "test_maxpool_with_argmax_2d_precomputed_strides": "indices count row by row only",
}
ROUNDED = {"test_averagepool_2d_ceil_last_window_starts_on_pad"}  # expects four decimals
OWNERS = {conv: conv.Conv, maxpool: maxpool.MaxPool, averagepool: averagepool.AveragePool}


def collect():
    """Return {name: (node, inputs, outputs)} of every case of two axes."""
    found = {}

    def expect(node, inputs, outputs, name, **_):
        found[name] = node, inputs, outputs

    np.random.seed(0)  # noqa: NPY002, onnx draws its images from here
    with pytest.MonkeyPatch.context() as patch:
        for module, owner in OWNERS.items():
            patch.setattr(module, "expect", expect)
            for name in vars(owner):
                if name.startswith("export") and name not in NOT_OF_TWO_AXES:
                    getattr(owner, name)()
    return found


CASES = collect()
FITTING = sorted(CASES.keys() - NO_SUCH_ARGUMENT.keys())
CONVOLUTIONS = {"core": core.conv2d, "fast": fast.conv2d} | {
    name: lambda *arrays, name=name, **options: fast.conv2d(*arrays, **options, method=name)
    for name in ("windows", "shifts", "im2col", "rows")
}
POOLS = {"core": core, "fast": fast}


def options_of(node, image):
    """Return the attributes of an ONNX node as arguments of convlib, and the size of its window.

    ONNX moves a pool by 1 where convlib moves it by its size, leaves the padding out of a mean
    where convlib counts it, and has the four numbers in another order.
    """
    given = {a.name: get_attribute_value(a) for a in node.attribute}
    size = tuple(given.pop("kernel_shape"))
    options = {
        "stride": tuple(given.pop("strides", (1, 1))),
        "dilation": tuple(given.pop("dilations", (1, 1))),
    }
    top, left, bottom, right = given.pop("pads", (0, 0, 0, 0))
    options["padding"] = (top, bottom), (left, right)
    auto = given.pop("auto_pad", b"NOTSET")
    if auto == b"SAME_UPPER":
        options["padding"] = "same"
    elif auto == b"SAME_LOWER":  # the odd one at the top or left
        sides = sides_of("same", image, size, options["stride"], options["dilation"])
        options["padding"] = tuple(side[::-1] for side in sides)
    if node.op_type != "Conv":
        options["ceil_mode"] = bool(given.pop("ceil_mode", 0))
    if node.op_type == "AveragePool":
        assert options.pop("dilation") == (1, 1)
        options["count_include_pad"] = bool(given.pop("count_include_pad", 0))
    assert given.keys() <= {"storage_order"}
    return size, options


def assert_equals_onnx(name, by):
    """Compare one implementation with what ONNX expects."""
    node, inputs, outputs = CASES[name]
    size, options = options_of(node, inputs[0].shape[2:])
    if node.op_type == "Conv":
        y = CONVOLUTIONS[by](*inputs, **options)
    elif node.op_type == "AveragePool":
        y = POOLS[by].avgpool(*inputs, size, **options)
    else:
        y, indices = POOLS[by].maxpool(*inputs, size, **options, return_indices=True)
        assert_array_equal(POOLS[by].maxpool(*inputs, size, **options), y, strict=True)
        if len(outputs) == 2:
            assert_array_equal(indices, outputs[1], strict=True)
        assert_array_equal(y, outputs[0], strict=True)
    assert y.dtype == outputs[0].dtype
    assert_allclose(y, outputs[0], rtol=0, atol=6e-5 if name in ROUNDED else 1e-6)


PAIRS = [
    (name, by)
    for name in FITTING
    for by in (CONVOLUTIONS if CASES[name][0].op_type == "Conv" else POOLS)
]


@pytest.mark.parametrize(("name", "by"), PAIRS, ids=["-".join(pair) for pair in PAIRS])
def test_equals_onnx(name, by):
    assert_equals_onnx(name, by)


def test_all_that_fit_are_compared():
    assert len(FITTING) == 28
    assert NO_SUCH_ARGUMENT.keys() <= CASES.keys()
    assert all(x.ndim == 4 for _, (x, *_), _ in CASES.values())


@pytest.mark.parametrize("by", POOLS)
def test_indices_that_count_column_by_column(by):
    """ONNX's storage_order 1 counts ``column * H + row``: the transposed image counts so."""
    node, (x,), (y, indices) = CASES["test_maxpool_with_argmax_2d_precomputed_strides"]
    size, options = options_of(node, x.shape[2:])
    turned = POOLS[by].maxpool(x.swapaxes(2, 3), size, **options, return_indices=True)
    assert_array_equal(turned[0].swapaxes(2, 3), y)
    assert_array_equal(turned[1].swapaxes(2, 3), indices)


@pytest.mark.parametrize("name", [name for name, why in NO_SUCH_ARGUMENT.items() if "half" in why])
def test_more_padding_than_half_a_window_is_an_error(name):
    node, (x,), _ = CASES[name]
    size, options = options_of(node, x.shape[2:])
    pool = core.maxpool if node.op_type == "MaxPool" else core.avgpool
    with pytest.raises(ValueError, match="padding 2 at the top is more than half"):
        pool(x, size, **options)
