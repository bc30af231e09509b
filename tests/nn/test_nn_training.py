"""Losses, optimisers, the loop, files: right, repeatable, and safe against mistakes."""

import pickle
import sys
import types
import zipfile

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

import same_steps
from bench import train as train_bench
from convlib import grad
from convlib.digits import load_digits
from convlib.nn import (
    SGD,
    Adam,
    Conv2D,
    Dense,
    Flatten,
    MaxPool,
    Network,
    ReLU,
    cosine,
    evaluate,
    fit,
    load,
    predict,
    save,
    shifted,
    softmax,
    softmax_cross_entropy,
)

# PyTorch's losses at every seventh of 50 steps: python tests/same_steps.py
TORCH_LOSSES = {
    "SGD": [
        1.5724387723210245,
        1.3908814851466822,
        1.3245505128387294,
        1.3221829324116707,
        1.3004041878874135,
        1.1622993358693132,
        1.1223825994578684,
        1.1605671817674532,
    ],
    "Adam": [
        1.5724387723210245,
        1.3506785405678896,
        1.302516120679704,
        1.2671456091142024,
        1.2426002330843082,
        1.1659973582119567,
        1.1389802449482795,
        1.0981886292556473,
    ],
}

X = np.random.default_rng(0).standard_normal((60, 1, 6, 6)).astype(np.float32)
LABELS = (X.sum(axis=(1, 2, 3)) > 0).astype(np.int64)


def small(seed=0):
    rng = np.random.default_rng(seed)
    return Network(Conv2D(1, 4, 3, rng=rng), MaxPool(2), ReLU(), Flatten(), Dense(16, 2, rng=rng))


def train(network, optimiser=None, **options):
    options = {"passes": 3, "batch": 16, "seed": 1} | options
    return fit(network, X, LABELS, optimiser=optimiser or SGD(0.1, momentum=0.9), **options)


def weights(network):
    return {name: array.copy() for name, array in network.parameters.items()}


def same(one, other):
    return all(np.array_equal(one[name], other[name]) for name in one)


# ---------------------------------------------------------------- the same steps as PyTorch


@pytest.mark.live_torch
@pytest.mark.parametrize("name", TORCH_LOSSES)
def test_fifty_steps_as_pytorch(name):
    assert_allclose(same_steps.our_losses(name), same_steps.torch_losses(name), rtol=1e-9)


@pytest.mark.parametrize("name", TORCH_LOSSES)
def test_fifty_steps_as_pytorch_answered(name):
    losses = same_steps.our_losses(name)
    assert_allclose(losses[::7], TORCH_LOSSES[name], rtol=1e-9)
    assert losses[-1] < losses[0]


# ---------------------------------------------------------------- loss and optimisers


def test_loss_by_hand():
    scores = np.log(np.array([[1.0, 2.0, 5.0], [1.0, 1.0, 2.0]]))
    loss, dscores = softmax_cross_entropy(scores, np.array([2, 0]))
    assert_allclose(loss, (-np.log(5 / 8) - np.log(1 / 4)) / 2)
    assert_allclose(dscores, [[1 / 16, 2 / 16, 5 / 16 - 1 / 2], [1 / 8 - 1 / 2, 1 / 8, 2 / 8]])
    assert_allclose(softmax(scores).sum(axis=1), 1)


def test_loss_gradient_as_differences():
    scores = np.random.default_rng(0).standard_normal((4, 5))
    labels = np.array([0, 4, 2, 2])
    assert grad.check_gradient(
        lambda scores: softmax_cross_entropy(scores, labels), scores, entries=True
    )


def test_large_scores_do_not_overflow():
    loss, dscores = softmax_cross_entropy(np.array([[1e4, -1e4]]), np.array([1]))
    assert loss == 2e4
    assert_array_equal(dscores, [[1, -1]])


def test_sgd_by_hand():
    p, sgd = {"w": np.array([1.0])}, SGD(0.1, momentum=0.5)
    for gradient, wanted in ((2, 1 - 0.1 * 2), (3, 0.8 - 0.1 * (0.5 * 2 + 3))):
        sgd.step(p, {"w": np.array([gradient])})
        assert_allclose(p["w"], wanted)


def test_adam_by_hand():
    p, adam = {"w": np.array([1.0])}, Adam(0.1, betas=(0.5, 0.75), eps=0)
    adam.step(p, {"w": np.array([2.0])})
    assert_allclose(p["w"], 1 - 0.1)  # the first step is the rate, whatever the gradient
    adam.step(p, {"w": np.array([-4.0])})
    mean, square = 0.5 * 1 - 0.5 * 4, 0.75 * 1 + 0.25 * 16
    assert_allclose(p["w"], 0.9 - 0.1 * (mean / (1 - 0.5**2)) / np.sqrt(square / (1 - 0.75**2)))


def test_shifts():
    x = np.zeros((200, 2, 5, 5), np.float32)
    x[:, :, 2, 2] = 1
    y = shifted(x, np.random.default_rng(0), by=1)
    assert y.dtype == x.dtype
    places = np.argwhere(y)
    assert len(places) == 400
    assert_array_equal(places[::2, 2:], places[1::2, 2:])  # channels move together
    moves, counts = np.unique(places[::2, 2:], axis=0, return_counts=True)
    assert_array_equal(moves, [[i, j] for i in (1, 2, 3) for j in (1, 2, 3)])
    assert counts.min() > 8


# ---------------------------------------------------------------- the loop


def test_it_learns():
    net = small()
    records = list(train(net, passes=40, valid=(X, LABELS), schedule=cosine))
    assert [record.number for record in records] == [*range(1, 41)]
    assert records[-1].loss < 0.3 * records[0].loss
    assert records[-1].valid_accuracy > 0.95
    assert evaluate(net, X, LABELS) == (records[-1].valid_loss, records[-1].valid_accuracy)


def test_a_record_tells_what_happened():
    net = small()
    first = evaluate(net, X, LABELS)[0]
    record = next(train(net, batch=60))
    assert record.losses.shape == (1,)
    assert_allclose(record.loss, first, rtol=1e-5)
    record = next(train(small(), batch=16))
    assert record.losses.shape == (4,)
    assert_allclose(record.loss, record.losses @ [16, 16, 16, 12] / 60)
    assert record.valid_loss is None
    assert record.valid_accuracy is None


@pytest.mark.parametrize("make", [lambda: SGD(0.1, momentum=0.9), lambda: Adam(0.01)])
def test_seeds_make_a_run_repeatable(make):
    runs = []
    for seed in (5, 5, 6):
        net = small()
        list(train(net, make(), seed=seed, change=shifted))
        runs.append(weights(net))
    assert same(runs[0], runs[1])
    assert not same(runs[0], runs[2])


def test_the_schedule_ends_and_the_rate_is_as_before():
    rates, sgd = [], SGD(0.5)

    def schedule(part):
        rates.append(part)
        return 1 - part

    list(train(small(), sgd, passes=2, schedule=schedule))
    assert_allclose(rates, np.arange(8) / 8)
    assert sgd.lr == 0.5


def test_predict_in_batches():
    net = small()
    assert_allclose(predict(net, X, batch=7), net(X)[0], rtol=1e-5, atol=1e-6)


# ---------------------------------------------------------------- interruptions


def test_an_interruption_keeps_the_last_finished_pass():
    net, seen = small(), 0
    sgd = SGD(0.1, momentum=0.9)

    def change(images, rng):
        nonlocal seen
        seen += 1
        if seen == 7:  # in the middle of the second pass
            raise KeyboardInterrupt
        return images

    records = train(net, sgd, change=change)
    next(records)
    finished, velocity = weights(net), sgd.state["0.weight"].copy()
    with pytest.raises(KeyboardInterrupt):
        next(records)
    assert same(finished, weights(net))
    assert_array_equal(sgd.state["0.weight"], velocity)
    assert sgd.lr == 0.1


def test_an_interruption_in_the_first_pass_leaves_the_start():
    net = small()
    start = weights(net)

    def stop(images, rng):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        next(train(net, change=stop))
    assert same(start, weights(net))


def test_leaving_the_loop_keeps_the_pass():
    net = small()
    for _ in train(net):
        finished = weights(net)
        break
    assert same(finished, weights(net))


@pytest.mark.filterwarnings("error")
def test_a_loss_that_is_no_number_stops_and_names_step_and_rate():
    net = small()
    records = train(net, SGD(1e30), passes=50)
    start = weights(net)
    with pytest.raises(FloatingPointError) as caught:
        list(records)
    message = str(caught.value)
    assert message.startswith("the loss is ")
    assert "at step 2 (pass 1) with the rate 1e+30" in message
    assert same(start, weights(net))


def test_nan_in_the_last_step_of_a_pass_is_found():
    net = small()
    start = weights(net)
    with pytest.raises(FloatingPointError, match=r"at step 1 \(pass 1\)"):
        list(train(net, SGD(1e39), batch=60, passes=1))
    assert same(start, weights(net))


# ---------------------------------------------------------------- mistakes


@pytest.mark.parametrize(
    ("labels", "error", "message"),
    [
        (LABELS + 1, ValueError, "labels must be 0 to 1, one of 2 scores; got 2"),
        (LABELS - 1, ValueError, "labels must be 0 to 1, one of 2 scores; got -1"),
        (LABELS + 0.5, TypeError, "labels must be whole numbers; got dtype float64"),
        (LABELS[1:], ValueError, "labels (59,) must hold one for each of the 60 images"),
        (list(LABELS), TypeError, "labels must be a NumPy array; got list"),
    ],
)
def test_wrong_labels(labels, error, message):
    for call in (
        lambda: fit(small(), X, labels, optimiser=SGD(0.1), passes=1),
        lambda: fit(small(), X, LABELS, optimiser=SGD(0.1), passes=1, valid=(X, labels)),
        lambda: softmax_cross_entropy(np.zeros((60, 2)), labels),
    ):
        with pytest.raises(error) as caught:
            call()  # at once, not when the first record is asked for
        assert str(caught.value) == message


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: fit(small(), X[:0], LABELS[:0], optimiser=SGD(0.1), passes=1),
            "x is empty: its shape is (0, 1, 6, 6)",
        ),
        (
            lambda: fit(small(), X, LABELS, optimiser=SGD(0.1), passes=0),
            "passes must be at least 1; got 0",
        ),
        (
            lambda: fit(small(), X, LABELS, optimiser=SGD(0.1), passes=1, batch=0),
            "batch must be at least 1; got 0",
        ),
        (lambda: SGD(0), "lr must be above 0; got 0"),
        (lambda: Adam(float("nan")), "lr must be above 0; got nan"),
        (lambda: SGD(0.1, momentum=1), "momentum must be from 0 to below 1; got 1"),
        (lambda: save("weights.txt", small()), "path must end in .npz; got weights.txt"),
    ],
)
def test_wrong_values(call, message):
    with pytest.raises(ValueError) as caught:
        call()
    assert str(caught.value) == message


# ---------------------------------------------------------------- files


def test_save_and_load(tmp_path):
    net, other = small(), small(seed=9)
    save(tmp_path / "net.npz", net)
    load(tmp_path / "net.npz", other)
    assert same(net.parameters, other.parameters)
    assert_array_equal(net(X)[0], other(X)[0])


class Bomb:
    def __reduce__(self):
        return exec, ("raise SystemExit('executed')",)


def foreign(tmp_path):
    """Yield files that are not the weights of the small network."""
    good = tmp_path / "good.npz"
    save(good, small())
    data = good.read_bytes()
    arrays = small().parameters

    def file(name, content):
        (tmp_path / name).write_bytes(content)
        return tmp_path / name

    yield file("empty.npz", b"")
    yield file("text.npz", b"hello")
    yield file("pickle.npz", pickle.dumps(Bomb()))
    for part in (0.2, 0.6, 0.95):
        yield file(f"cut{part}.npz", data[: int(part * len(data))])
    broken = bytearray(data)
    middle = data.index(arrays["4.weight"].tobytes())
    broken[middle + 3] ^= 0x10
    yield file("bit.npz", bytes(broken))
    for name, changed in [
        ("missing", {n: a for n, a in arrays.items() if n != "4.bias"}),
        ("more", arrays | {"5.weight": np.ones(3)}),
        ("shape", arrays | {"4.weight": np.ones((2, 15), np.float32)}),
        ("large", arrays | {"4.weight": np.ones((2000, 16), np.float32)}),
        ("dtype", arrays | {"4.bias": np.ones(2)}),
        ("objects", arrays | {"4.bias": np.array([Bomb(), Bomb()], dtype=object)}),
    ]:
        np.savez(tmp_path / f"{name}.npz", **changed)
        yield tmp_path / f"{name}.npz"
    with zipfile.ZipFile(tmp_path / "notes.npz", "w") as archive:
        for name in arrays:
            archive.writestr(f"{name}.npy", b"not an array")
    yield tmp_path / "notes.npz"


def test_a_foreign_file_is_refused_and_changes_nothing(tmp_path):
    net = small(seed=3)
    before = weights(net)
    for count, path in enumerate(foreign(tmp_path), start=1):  # noqa: B007  (counted after the loop)
        with pytest.raises(ValueError, match=r"\.npz cannot be loaded: "):
            load(path, net)
        assert same(before, weights(net)), path
    assert count == 14
    with pytest.raises(FileNotFoundError):
        load(tmp_path / "nowhere.npz", net)


# ---------------------------------------------------------------- real digits


def test_a_tiny_network_learns_digits():
    digits = load_digits()
    rng = np.random.default_rng(0)
    net = Network(Conv2D(1, 6, 5, rng=rng), MaxPool(3), ReLU(), Flatten(), Dense(384, 10, rng=rng))
    x, y = digits.x_train[:2000], digits.y_train[:2000]
    list(fit(net, x, y, optimiser=Adam(1e-2), passes=3, batch=50, schedule=cosine))
    assert evaluate(net, digits.x_valid, digits.y_valid)[1] > 0.85


def test_a_step_of_the_books_network_needs_little_memory():
    assert train_bench.step_memory(load_digits()) < 64


def test_the_bar_moves_with_every_step(monkeypatch):
    class Bar:
        steps, total, closed, told = 0, None, False, None

        def __call__(self, total, unit):
            self.total = total
            return self

        def update(self):
            self.steps += 1

        def set_postfix(self, **told):
            self.told = told["loss"]

        def close(self):
            self.closed = True

    bar = Bar()
    monkeypatch.setitem(sys.modules, "tqdm", types.ModuleType("tqdm"))
    monkeypatch.setitem(sys.modules, "tqdm.auto", types.SimpleNamespace(tqdm=bar))
    records = list(train(small(), progress=True))
    assert bar.steps == bar.total == 3 * 4
    assert bar.closed
    assert bar.told == f"{records[-1].losses[-1]:.3f}"
