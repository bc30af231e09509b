"""The weights and the curves that the book keeps are those that its command makes."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

import train_digits
from convlib.digits import load_digits
from convlib.nn import book_network, load_runs, load_stages, predict
from convlib.nn.book import DATA

DIGITS = load_digits()
STAGES = load_stages(dtype=np.float64)
RUNS = load_runs()
KEPT = RUNS[train_digits.KEPT]


def test_the_network_and_its_shapes():
    network = book_network(rng=0)
    assert network.shapes((1, 28, 28)) == [
        (8, 28 - 4, 28 - 4),
        (8, 24, 24),
        (8, 24 // 2, 24 // 2),
        (16, 12 - 4, 12 - 4),
        (16, 8, 8),
        (16, 8 // 2, 8 // 2),
        (16 * 4 * 4,),
        (10,),
    ]
    weights = 8 * (1 * 5 * 5 + 1) + 16 * (8 * 5 * 5 + 1) + 10 * (256 + 1)
    assert network.count() == RUNS["as built"].weights == weights


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("without pooling", 8 * 26 + 16 * 201 + 10 * (16 * 20 * 20 + 1)),
        ("with padding", 8 * 26 + 16 * 201 + 10 * (16 * 7 * 7 + 1)),
        ("one filter", 1 * 26 + 1 * 26 + 10 * (1 * 4 * 4 + 1)),
    ],
)
def test_the_other_networks(name, count):
    network = book_network(**train_digits.RUNS[name])
    assert network.count() == RUNS[name].weights == count
    assert network.output_shape((1, 28, 28)) == (10,)


def test_the_stages():
    assert [(stage.name, stage.step) for stage in STAGES] == [*train_digits.STEPS.items()]
    assert STAGES[0].step == 0
    assert STAGES[-1].step == KEPT.losses.shape[1] == 12 * 8000 // 100
    assert (DATA / "network.npz").stat().st_size < 150_000


def test_every_stage_reads_as_many_digits_as_it_says():
    for stage in STAGES:
        scores = [predict(stage.network, x.astype(float)) for x in DIGITS[2:6:2]]
        right = [int((s.argmax(axis=1) == y).sum()) for s, y in zip(scores, DIGITS[3:6:2])]
        assert right == [stage.valid_right, stage.test_right], stage.name
        best = np.sort(np.concatenate(scores), axis=1)
        assert (best[:, -1] - best[:, -2]).min() > 1e-6  # no rounding changes an answer


def test_what_the_chapter_says_of_the_stages():
    rights = {stage.name: stage.test_right for stage in STAGES}
    assert (rights["10 batches"], rights["pass 1"]) == (686, 956)
    assert rights["pass 12"] - rights["pass 1"] == 29
    assert {stage.name: stage.valid_right for stage in STAGES}["pass 1"] == 915
    images, labels = DIGITS.x_test[:200].astype(float), DIGITS.y_test[:200]
    silent = load_stages(dtype=np.float64)[-1].network
    assert (predict(silent, images).argmax(axis=1) == labels).sum() == 199
    for name in ("0.weight", "0.bias"):
        silent.parameters[name][1] = 0
    assert (predict(silent, images).argmax(axis=1) == labels).sum() == 147


@pytest.mark.parametrize(("by", "right"), [(1, 0.98), (5, 0.44)])
def test_moved_digits_are_read_as_the_page_says(by, right):
    images, labels = DIGITS[4:6]
    around = np.pad(images, [(0, 0), (0, 0), (by, by), (by, by)])
    found = []
    for down, across in [(0, by), (2 * by, by), (by, 0), (by, 2 * by)]:
        moved = around[:, :, down : down + 28, across : across + 28]
        found.append((predict(STAGES[-1].network, moved).argmax(axis=1) == labels).mean())
    assert round(np.mean(found), 2) == right


def test_bytes_are_enough():
    """What one byte a weight loses is at most three digits of a thousand at the stored passes."""
    for stage in STAGES[2:]:
        number = stage.step // 80
        assert abs(stage.valid_right / 1000 - KEPT.valid_accuracy[0, number - 1]) < 0.0035
    assert abs(STAGES[-1].test_right / 1000 - KEPT.test_accuracy[0]) < 0.0015
    assert STAGES[-1].test_right > 980


def test_the_first_weights_are_those_of_the_seed():
    for name, array in book_network(rng=0).parameters.items():
        numbers, scale = train_digits.in_bytes(array)
        assert_allclose(numbers * scale, STAGES[0].network.parameters[name], rtol=1e-6)
        assert np.abs(numbers * scale - array).max() <= scale / 2 * 1.0001


def test_the_command_takes_the_stored_steps():
    _, optimiser, passes = train_digits.start(DIGITS, 0, **train_digits.RUNS[train_digits.KEPT])
    record = next(passes)
    assert_allclose(record.losses[:20], KEPT.losses[0, :20], rtol=0.01)
    assert_allclose(record.accuracy, KEPT.accuracy[0, 0], atol=0.02)
    for name, array in optimiser.kept[10].items():
        step = np.abs(array).max() / 127
        assert_allclose(array, STAGES[1].network.parameters[name], atol=0.6 * step)


def test_runs_are_those_of_the_command():
    assert [*RUNS] == [*train_digits.RUNS]
    for run in RUNS.values():
        assert run.losses.shape == (train_digits.SEEDS, 80 * train_digits.PASSES)
        assert np.isfinite(run.losses).all()
        assert ((run.valid_accuracy >= 0) & (run.valid_accuracy <= 1)).all()


def test_bytes_by_hand():
    numbers, scale = train_digits.in_bytes(np.array([-2.54, 0.02, 1.27], np.float32))
    assert_array_equal(numbers, [-127, 1, 64])  # 1.27 / 0.02 = 63.5
    assert_allclose(scale, 0.02)
    numbers, scale = train_digits.in_bytes(np.zeros(3, np.float32))
    assert_array_equal(numbers * scale, [0, 0, 0])


@pytest.mark.parametrize(("load", "file"), [(load_stages, "network"), (load_runs, "runs")])
def test_foreign_files_are_refused(load, file, tmp_path):
    with pytest.raises(FileNotFoundError, match=r"is missing; tools/train_digits\.py makes it"):
        load(tmp_path / "nowhere.npz")
    with np.load(DATA / f"{file}.npz") as kept:
        arrays = dict(kept)
    first = "0.weight" if file == "network" else "losses"
    changed = {
        "less": {name: array for name, array in arrays.items() if name != first},
        "shape": arrays | {first: arrays[first][:, :2]},
        "count": arrays | {"names": arrays["names"][:3]},
        "objects": arrays | {first: np.array([print])},
    }
    (tmp_path / "text.npz").write_bytes(b"text")
    (tmp_path / "cut.npz").write_bytes((DATA / f"{file}.npz").read_bytes()[:900])
    for name, content in changed.items():
        np.savez(tmp_path / f"{name}.npz", **content)
    for name in ("text", "cut", *changed):
        with pytest.raises(ValueError, match=r"is not what tools/train_digits\.py makes"):
            load(tmp_path / f"{name}.npz")
