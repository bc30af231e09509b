"""The browser's operations are convlib's: same numbers, same winners, same sentences."""

import json

import numpy as np
import pytest

import convlib
from convlib.draw import number_text
from convlib.samples import KERNELS
from tests.cases import conv_case, pool_case
from tests.torch_answers import committed_answers

RANDOM = 2000
RUN = """calls => {
  const { array, nested, Mistake, ...convlib } = globalThis.convlib;
  const read = (value) => typeof value === "string" && /^-?\\d+$/.test(value) ? BigInt(value)
    : ({ nan: NaN, inf: Infinity, "-inf": -Infinity })[value] ?? value;
  const deep = (value) => Array.isArray(value) ? value.map(deep) : read(value);
  const write = (value) => Array.isArray(value) ? value.map(write)
    : typeof value === "number" && Number.isFinite(value) && !Object.is(value, -0)
      && Math.abs(value) < 2 ** 53 ? value : value === 0 ? 0 : String(value);
  return calls.map(([name, x, second, bias, options]) => {
    try {
      const image = array(deep(x));
      const args = name === "conv2d"
        ? [image, array(deep(second)), bias?.map ? array(deep(bias)) : read(bias), options]
        : [image, second, options];
      const answer = convlib[name](...args);
      return [].concat(answer).map((part) => write(nested(part)));
    } catch (mistake) {
      if (!(mistake instanceof Mistake)) throw mistake;
      return mistake.message;
    }
  });
}"""


def plain(value):
    """Write arrays as lists; what JSON has not, and integers too big for a number, as strings."""
    if isinstance(value, np.ndarray):
        value = value.tolist()
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    if isinstance(value, float) and not np.isfinite(value):
        return str(value)
    if isinstance(value, int) and abs(value) >= 2**53:
        return str(value)
    return value


def as_call(name, x, options):
    """Write one call for the browser."""
    options = dict(options)
    second = options.pop("weight" if name == "conv2d" else "size")
    if name == "maxpool":
        options["return_indices"] = True
    bias = options.pop("bias", None)
    return [name, plain(x), plain(second), plain(bias), plain_options(options)]


def plain_options(options):
    return {name: plain(value) for name, value in options.items()}


def ran(bare, calls):
    """Run calls in the browser, all at once."""
    return bare.evaluate(RUN, [as_call(*call) for call in calls])


def answers(name, x, options):
    """Return what convlib answers: a list of arrays."""
    options = dict(options)
    with np.errstate(all="ignore"):
        if name == "conv2d":
            return [convlib.conv2d(x, options.pop("weight"), **options)]
        size = options.pop("size")
        if name == "maxpool":
            return list(convlib.maxpool(x, size, return_indices=True, **options))
        return [convlib.avgpool(x, size, **options)]


def numbers(nested):
    """Read the browser's answer: integers stay exact."""
    flat = np.array(nested, dtype=object)
    whole = {"NaN": np.nan, "Infinity": np.inf, "-Infinity": -np.inf}
    return np.vectorize(
        lambda v: (
            whole[v]
            if v in whole
            else int(v)
            if isinstance(v, str) and "e" not in v
            else float(v)
            if isinstance(v, str)
            else v
        ),
        otypes=[object],
    )(flat)


def assert_equal(found, expected, call):
    assert not isinstance(found, str), (found, call)
    assert len(found) == len(expected)
    for part, answer in zip(found, expected, strict=True):
        part = numbers(part)
        assert part.shape == answer.shape, call
        if answer.dtype.kind == "i":
            assert part.tolist() == answer.tolist(), call
        else:
            np.testing.assert_allclose(part.astype(float), answer, rtol=1e-12, atol=1e-12)


def integers(seed):
    rng = np.random.default_rng(seed)
    return lambda low, high: int(rng.integers(low, high + 1))


def special(x, kind, rng):
    """Make ties, NaN and infinities, fractions or big integers of an array of whole numbers."""
    if kind == "ties":
        return x // 6
    if kind == "odd":
        values = rng.choice(
            [0, 1, -2, np.nan, np.inf, -np.inf], x.shape, p=[0.3, 0.3, 0.2, 0.1, 0.05, 0.05]
        )
        return values.astype(float)
    if kind == "fractions":
        return x / 7
    if kind == "big":
        return x * 10**13 + x % 7
    return x


def random_calls():
    integer, rng = integers(9), np.random.default_rng(9)
    kinds = ["plain", "ties", "odd", "fractions", "big"]
    for n in range(RANDOM):
        kind = kinds[n % 5]
        if n % 2:
            x, weight, options = conv_case(integer)
            weight = special(weight, "plain" if kind == "big" else kind, rng)
            if kind == "big":
                weight = weight * 1009
            yield "conv2d", special(x, kind, rng), {"weight": weight, **options}
            continue
        x, options = pool_case(integer)
        name = ["maxpool", "avgpool"][n // 2 % 2]
        if name == "avgpool":
            del options["dilation"]
            options["count_include_pad"] = bool(integer(0, 1))
        yield name, special(x, kind, rng), options


def test_committed_answers(bare):
    calls = committed_answers()
    assert len(calls) > 300
    for found, (name, x, options, answer) in zip(
        ran(bare, [call[:3] for call in calls]), calls, strict=True
    ):
        assert_equal(found, answers(name, x, options), (name, options))
        theirs = answer if name == "maxpool" else [np.array(answer)]
        mine = numbers(found[0]).astype(float)
        mine[mine == -(2.0**63)] = -np.inf
        np.testing.assert_allclose(mine, np.asarray(theirs[0], dtype=float), rtol=1e-9, atol=1e-9)


def test_random_calls(bare):
    calls = list(random_calls())
    assert len(calls) == RANDOM
    for start in range(0, RANDOM, 500):
        batch = calls[start : start + 500]
        for found, call in zip(ran(bare, batch), batch, strict=True):
            assert_equal(found, answers(*call), call)


def test_big_integers_wrap_like_64_bits(bare):
    x = np.array([[2**53 - 1, -(2**53 - 1)]])
    call = "conv2d", x, {"weight": np.array([[4093]]), "bias": 5}
    with np.errstate(over="ignore"):
        assert_equal(ran(bare, [call])[0], answers(*call), call)


X = np.arange(16).reshape(4, 4)
K = np.ones((3, 3), dtype=int)
COLOUR, FILTERS = np.ones((3, 4, 4)), np.ones((4, 3, 2, 2))
MISTAKES = [
    ("conv2d", X, {"weight": np.ones((5, 5))}),
    ("conv2d", X, {"weight": np.ones((2, 6))}),
    ("conv2d", X, {"weight": np.ones((9, 2)), "padding": ((1, 2), (0, 0))}),
    ("conv2d", X, {"weight": K, "dilation": (2, 1)}),
    ("conv2d", X, {"weight": K, "dilation": 3, "padding": "valid"}),
    *(
        ("conv2d", X, {"weight": K, "padding": p})
        for p in (
            -1,
            1.5,
            "full",
            "",
            (1, 2, 3),
            (1, -2),
            (0.5, 1),
            ((1, 2), (3, -4)),
            ((1, 2, 3), 0),
            "it's",
        )
    ),
    *(
        ("conv2d", X, {"weight": K, "stride": s})
        for s in (0, -2, 1.5, "abc", "", (1, 2, 3), (1, 0), (1,), 1e-5, 2.5e-7, True, None)
    ),
    *(("conv2d", X, {"weight": K, "dilation": d}) for d in (0, 2.5, "x", (1, 2, 3), (0, 1))),
    ("conv2d", COLOUR, {"weight": K}),
    ("conv2d", X, {"weight": FILTERS}),
    ("conv2d", np.ones(4), {"weight": K}),
    ("conv2d", COLOUR, {"weight": np.ones((4, 2, 2, 2))}),
    ("conv2d", np.ones((4, 4, 4)), {"weight": np.ones((4, 4, 2, 2)), "groups": 2}),
    ("conv2d", COLOUR, {"weight": FILTERS, "groups": 2}),
    ("conv2d", COLOUR, {"weight": np.ones((4, 1, 2, 2)), "groups": 3}),
    ("conv2d", COLOUR, {"weight": FILTERS, "groups": 0}),
    ("conv2d", COLOUR, {"weight": FILTERS, "bias": np.ones(3)}),
    ("maxpool", X, {"size": 5}),
    ("maxpool", X, {"size": 3, "dilation": 2}),
    ("avgpool", X, {"size": (7, 2), "stride": 2, "ceil_mode": True}),
    *(("maxpool", X, {"size": s}) for s in (0, 1.5, (1, 2, 3), "two")),
    *(("maxpool", X, {"size": 2, "stride": s}) for s in (0, (1, 0), "x")),
    *(
        ("maxpool", X, {"size": (2, 3), "padding": p})
        for p in (2, (1, 2), ((0, 2), (0, 0)), ((0, 0), (0, 2)), "full", -1, "x")
    ),
    ("avgpool", X, {"size": 2, "padding": ((0, 0), (2, 0))}),
    ("maxpool", X, {"size": 2, "dilation": 0}),
]


@pytest.mark.parametrize(
    "call", MISTAKES, ids=lambda call: f"{call[0]}-{list(call[2].values())[-1]}"[:40]
)
def test_mistakes_have_the_same_sentence(bare, call):
    with pytest.raises((TypeError, ValueError)) as caught:
        answers(*call)
    assert ran(bare, [call]) == [str(caught.value)]


@pytest.mark.parametrize("ceil_mode", [False, True])
@pytest.mark.parametrize("padding", [0, [1, 2], "same", "valid"])
def test_output_size(bare, padding, ceil_mode):
    cases = [
        (n, k, s, d) for n in range(1, 7) for k in range(1, 4) for s in (1, 2, 3) for d in (1, 2)
    ]
    found = bare.evaluate(
        """([cases, padding, ceil_mode]) => cases.map(([n, k, stride, dilation]) => {
        try { return convlib.outputSize(n, k, { stride, padding, dilation, ceil_mode }); }
        catch (mistake) { return mistake.message; }
    })""",
        [cases, padding, ceil_mode],
    )
    if isinstance(padding, list):
        padding = tuple(padding)
    for answer, (n, k, s, d) in zip(found, cases, strict=True):
        try:
            expected = convlib.output_size(n, k, s, padding, d, ceil_mode)
        except ValueError as error:
            expected = str(error)
        assert answer == expected


def test_relu_dense_softmax(bare):
    rng = np.random.default_rng(3)
    x, weight, bias = rng.normal(size=(4, 5)), rng.normal(size=(3, 5)), rng.normal(size=3)
    found = bare.evaluate(
        """([x, weight, bias]) => {
        const { array, nested, relu, dense, softmax } = convlib;
        const y = dense(array(x), array(weight), array(bias));
        return [nested(relu(array(x))), nested(y), nested(softmax(y))];
    }""",
        [x.tolist(), weight.tolist(), bias.tolist()],
    )
    y = x @ weight.T + bias
    powers = np.exp(y - y.max(axis=1, keepdims=True))
    np.testing.assert_allclose(found[0], np.maximum(x, 0))
    np.testing.assert_allclose(found[1], y, rtol=1e-12)
    np.testing.assert_allclose(found[2], powers / powers.sum(axis=1, keepdims=True), rtol=1e-12)


def test_typed_arrays_give_what_plain_ones_give(bare):
    x, k = np.arange(64).reshape(8, 8) * 4 % 251, np.array([[1, -2], [3, 4]])
    found = bare.evaluate(
        """([x, k]) => {
        const { array, nested, conv2d, maxpool, avgpool } = convlib;
        const typed = { shape: [8, 8], data: Uint8Array.from(x.flat()) };
        const weight = { shape: [2, 2], data: Float32Array.from(k.flat()) };
        const y = conv2d(typed, weight, 1, { padding: 1 });
        return [y, maxpool(typed, 2), avgpool(typed, 2)].map(nested);
    }""",
        [x.tolist(), k.tolist()],
    )
    expected = [convlib.conv2d(x, k, 1, padding=1), convlib.maxpool(x, 2), convlib.avgpool(x, 2)]
    for answer, array in zip(found, expected, strict=True):
        np.testing.assert_array_equal(answer, array)


def test_numbers_are_written_like_those_of_drawings(bare):
    values = [
        0,
        3,
        -3,
        0.5,
        0.125,
        0.375,
        0.625,
        -0.875,
        2.675,
        1.005,
        0.145,
        1 / 3,
        -1 / 3,
        1e-9,
        -1e-9,
        123456.789,
        12.345,
        2.0,
        -0.0,
        *np.random.default_rng(0).normal(size=200).tolist(),
    ]
    expected = [number_text(int(v) if v == int(v) else v) for v in values]
    assert bare.evaluate("values => values.map(convlib.numberText)", values) == expected


def test_named_kernels_are_the_library_s(bare):
    texts = json.loads(
        json.dumps(
            {n: "/".join(",".join(map(repr, r)) for r in k.tolist()) for n, k in KERNELS.items()}
        )
    )
    found = bare.evaluate("texts => convlib.readKernels(texts)", texts)
    assert {n: k.tolist() for n, k in KERNELS.items()} == found
