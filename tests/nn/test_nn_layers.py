"""Layers: each is the function it is named after, and its way back is the gradient."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from convlib import avgpool, conv2d, grad, maxpool
from convlib.grad import places
from convlib.nn import AvgPool, Conv2D, Dense, Flatten, MaxPool, Network, ReLU

RNG = np.random.default_rng(0)
X = RNG.standard_normal((3, 4, 9, 8))
CONV = [
    ({}, "plain"),
    ({"padding": "same", "stride": 2}, "same"),
    ({"padding": ((0, 1), (2, 0)), "dilation": (1, 2), "groups": 2}, "groups"),
]


def conv(**options):
    return Conv2D(4, 6, (3, 2), rng=0, dtype=np.float64, **options)


LAYERS = [
    conv(),
    conv(padding="same", stride=(1, 2)),
    conv(padding=1, dilation=2, groups=2),
    MaxPool(2),
    MaxPool(3, stride=2, padding=1, ceil_mode=True),
    AvgPool(2),
    AvgPool((3, 2), stride=1, padding=1, count_include_pad=False),
    ReLU(),
    Flatten(),
    Network(conv(), ReLU(), MaxPool(2), Flatten(), Dense(54, 5, rng=1, dtype=np.float64)),
]
names = [repr(layer) for layer in LAYERS]


def loss_of(layer):
    """Return a function of x: a number that depends on every output, and its gradient."""

    def loss(x):
        y, back = layer(x)
        weigh = np.cos(np.arange(y.size)).reshape(y.shape)
        return (y * weigh).sum(), back(weigh)[0]

    return loss


@pytest.mark.parametrize("layer", LAYERS, ids=names)
def test_the_way_back_is_the_gradient(layer):
    assert grad.check_gradient(loss_of(layer), X)
    y, back = layer(X)
    weigh = np.cos(np.arange(y.size)).reshape(y.shape)
    _, gradients = back(weigh)
    assert [*gradients] == [*layer.parameters] or {*gradients} == {*layer.parameters}
    for name, parameter in layer.parameters.items():
        kept = parameter.copy()

        def loss(value):
            parameter[...] = value
            return (layer(X)[0] * weigh).sum()

        check = grad.check_gradient(loss, kept, gradients[name])
        parameter[...] = kept
        assert check, (name, check)


@pytest.mark.parametrize("layer", LAYERS, ids=names)
def test_output_shape(layer):
    assert layer.output_shape(X.shape[1:]) == layer(X)[0].shape[1:]


@pytest.mark.parametrize("layer", LAYERS, ids=names)
def test_memory_order_makes_no_difference(layer):
    turned = X.transpose(1, 2, 3, 0).copy().transpose(3, 0, 1, 2)
    (y, back), (z, back_turned) = layer(X), layer(turned)
    assert_allclose(y, z, rtol=1e-12)
    dy = np.cos(np.arange(y.size)).reshape(y.shape)
    assert_allclose(back(dy)[0], back_turned(np.asfortranarray(dy))[0], rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize(("options", "name"), CONV, ids=[name for _, name in CONV])
@pytest.mark.parametrize("many", [1, 100])
def test_conv_layer_is_conv2d(options, name, many, monkeypatch):
    monkeypatch.setattr(places, "MANY", many)
    layer = Conv2D(4, 6, 3, rng=0, dtype=np.float64, **options)
    layer.parameters["bias"][...] = np.arange(6)
    weight, bias = layer.parameters.values()
    y, back = layer(X)
    assert_allclose(y, conv2d(X, weight, bias, **options), atol=1e-12)
    dx, gradients = back(y)
    wanted = grad.conv2d_backward(np.ascontiguousarray(y), X, weight, **options)
    for got, want in zip((dx, gradients["weight"], gradients["bias"]), wanted):
        assert_allclose(got, want, atol=1e-10)


def test_pools_are_the_pools():
    assert_array_equal(MaxPool(3, stride=2)(X)[0], maxpool(X, 3, stride=2))
    assert_array_equal(AvgPool(3, stride=2)(X)[0], avgpool(X, 3, stride=2))


def test_two_calls_do_not_disturb_each_other():
    layer = Network(conv(), ReLU(), MaxPool(2))
    y, back = layer(X)
    wanted = back(np.ones(y.shape))[0].copy()
    _, back = layer(X)
    layer(-2 * X)[1](np.zeros(y.shape))
    assert_array_equal(back(np.ones(y.shape))[0], wanted)


def test_relu_sends_nothing_back_at_zero():
    _, back = ReLU()(np.array([[-1.0, 0.0, 2.0]]))
    assert_array_equal(back(np.array([[3.0, 3.0, 3.0]]))[0], [[0, 0, 3]])


def test_float32_stays_float32():
    network = Network(Conv2D(1, 2, 3, rng=0), MaxPool(2), ReLU(), Flatten(), Dense(8, 3, rng=0))
    y, back = network(np.ones((2, 1, 6, 6), np.float32))
    dx, gradients = back(y)
    assert {y.dtype, dx.dtype, *(g.dtype for g in gradients.values())} == {np.dtype("float32")}


def test_a_seed_makes_weights_repeatable():
    one, two, other = (Conv2D(4, 64, 3, rng=seed).parameters["weight"] for seed in (7, 7, 8))
    assert_array_equal(one, two)
    assert (one != other).any()
    assert abs(one.std() / np.sqrt(2 / 36) - 1) < 0.1


def test_nobody_asks_for_the_first_dx():
    network = Network(conv(), ReLU())
    y, back = network(X)
    dx, gradients = back(y, to_x=False)
    assert dx is None
    assert {*gradients} == {"0.weight", "0.bias"}


def test_a_part_of_a_network_shares_its_weights():
    network = Network(conv(), ReLU(), MaxPool(2))
    assert network[:2].parameters["0.weight"] is network[0].parameters["weight"]
    assert_array_equal(network[:2](X)[0], network.outputs(X)[1])


def test_layers_that_do_not_fit_are_both_named():
    network = Network(Conv2D(1, 8, 3, rng=0), Flatten(), Dense(100, 10, rng=0))
    with pytest.raises(ValueError) as caught:
        network(np.ones((2, 1, 6, 6), np.float32))
    assert str(caught.value) == (
        "layer 2, Dense(100, 10), does not fit layer 1, Flatten(), which gives (128,): "
        "takes 100 numbers in one line, not (128,)"
    )
    with pytest.raises(ValueError) as caught:
        Network(Conv2D(1, 8, 3, rng=0), Conv2D(4, 8, 3, rng=0)).shapes((1, 9, 9))
    assert str(caught.value) == (
        "layer 1, Conv2D(4, 8, 3), does not fit layer 0, Conv2D(1, 8, 3), which gives (8, 7, 7): "
        "x has 8 channels, but weight (8, 4, 3, 3) with groups 1 takes 4"
    )
    with pytest.raises(ValueError, match="does not fit the input, which gives"):
        Network(MaxPool(9)).shapes((1, 6, 6))


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda: Conv2D(3, 8, 3, groups=2),
            ValueError,
            "groups 2 must divide channels 3 and filters 8",
        ),
        (lambda: Conv2D(0, 8, 3), ValueError, "channels must be at least 1; got 0"),
        (lambda: Dense(2.5, 8), TypeError, "inputs must be an integer; got 2.5"),
        (
            lambda: Network(ReLU())(np.ones((0, 1, 4, 4))),
            ValueError,
            "x is empty: its shape is (0, 1, 4, 4)",
        ),
        (lambda: Network(ReLU())([[1.0]]), TypeError, "x must be a NumPy array; got list"),
    ],
)
def test_wrong_arguments(call, error, message):
    with pytest.raises(error) as caught:
        call()
    assert str(caught.value) == message
