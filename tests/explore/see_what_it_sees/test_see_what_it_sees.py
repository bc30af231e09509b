"""What the chapter shows of a network is what core's loops compute from its weights."""

import re

import numpy as np

from convlib import conv2d, maxpool
from convlib.digits import load_digits
from convlib.explore import (
    explore_best_patches,
    explore_cover,
    explore_excited,
    explore_moves,
    explore_occlusion,
)
from convlib.nn import Conv2D, Dense, Flatten, MaxPool, Network, ReLU, load_stages
from tests.drawn import bytes_of, filled, grids, outlined, photos
from tests.explore.compared import every_state

RNG = np.random.default_rng(3)
IMAGES = RNG.integers(0, 5, (10, 1, 10, 10)) / 4
LARGE = RNG.integers(0, 5, (2, 1, 16, 16)) / 4


def toy(seed):
    """Return a network of two small convolutions."""
    rng = np.random.default_rng(seed)
    return Network(
        Conv2D(1, 2, 3, rng=rng, dtype=np.float64),
        ReLU(),
        MaxPool(2),
        Conv2D(2, 3, 2, rng=rng, dtype=np.float64),
        ReLU(),
        Flatten(),
        Dense(27, 4, rng=rng, dtype=np.float64),
    )


NETWORKS = {"new": toy(1), "old": toy(2)}
STAGES = {stage.name: stage.network for stage in load_stages(dtype=np.float64)}
FEW = {name: STAGES[name] for name in ("before learning", "pass 1", "pass 12")}
LAST = STAGES["pass 12"]
DIGITS = load_digits()
VALID = DIGITS.x_valid.astype(float)
EACH = {digit: VALID[DIGITS.y_valid == digit][0] for digit in range(10)}
GREY = 0.5 + 0.01 * np.sin(np.arange(196.0)).reshape(1, 1, 14, 14)


KNOWN = {}


def by_loops(network, image):
    """Return what the layers make of one image (1, H, W), once for each network and image."""
    key = id(network), image.tobytes()
    if key not in KNOWN:
        KNOWN[key] = network, layer_by_layer(network.parameters, image)
    return KNOWN[key][1]


def layer_by_layer(p, image):
    first = conv2d(image, p["0.weight"], p["0.bias"])
    bent = np.where(first > 0, first, 0)
    pooled = maxpool(bent, 2)
    second = conv2d(pooled, p["3.weight"], p["3.bias"])
    made = {"conv": first, "first filters": bent, "first pool": pooled, "conv 2": second}
    made["second filters"] = np.where(second > 0, second, 0)
    if "7.weight" in p:
        made["second pool"] = maxpool(made["second filters"], 2)
    return made


def shares(network, image):
    """Return the shares of the classes for one image."""
    p = network.parameters
    last = "7" if "7.weight" in p else "6"
    numbers = [*by_loops(network, image).values()][-1].ravel()
    scores = numbers @ p[f"{last}.weight"].T + p[f"{last}.bias"]
    powers = np.exp(scores - scores.max())
    return powers / powers.sum()


@every_state(explore_best_patches, (NETWORKS, IMAGES), (FEW, VALID[:200]))
def test_best_patches(states, networks, images):
    for values, _, says in states:
        network = networks[values["stage"]]
        sizes = (3, 6) if networks is NETWORKS else (5, 14)
        is_first = values["layer"] == "first"
        key, size, step = ("conv", sizes[0], 1) if is_first else ("conv 2", sizes[1], 2)
        answers = np.array([by_loops(network, image)[key][values["filter"]] for image in images])
        assert f"above 0 at {100 * (answers > 0).mean():.0f} % of" in says
        told = float(re.search(r"at most (−?[\d.]*\d)", says)[1].replace("−", "-"))
        assert abs(told - answers.max()) <= 0.051
        best = max(range(len(images)), key=lambda n: answers[n].max())
        i, j = np.unravel_index(answers[best].argmax(), answers[best].shape)
        patch = images[best, 0, i * step : i * step + size, j * step : j * step + size]
        drawn = photos(states.drawing(values))[1][:size, :size]
        np.testing.assert_array_equal(drawn, 255 - bytes_of(patch, 0, 1))


STROKE = np.array([[0, 1, 0, 0], [0, 1, 0, 0], [0, 1, 0, 0], [0, 0, 0, 1]])


def weighed(image):
    return int((image * np.array([0, 1, 0, -1])).sum())


@every_state(explore_cover, (STROKE, weighed), (np.arange(15).reshape(3, 5) % 4, np.sum))
def test_cover(states, image, score):
    for values, markup, says in states:
        row, column = values["row"], values["column"]
        covered = [
            [0 if row <= i <= row + 1 and column <= j <= column + 1 else image[i, j]
             for j in range(image.shape[1])]
            for i in range(image.shape[0])
        ]  # fmt: skip
        shown = grids(markup)
        np.testing.assert_array_equal(shown["covered"], covered)
        left = score(np.array(covered))
        asked = ~np.isnan(shown["score left"])
        across = image.shape[1] - 1
        assert asked.sum() == row * across + column + 1
        assert shown["score left"][row, column] == left
        assert (f"is {left},".replace("-", "−")) in says
        assert outlined(markup, "covered") == {(row, column, 2, 2)}
        assert ((row, column) in filled(markup, "score left", "strong")) == (left < score(image))


@every_state(
    explore_occlusion,
    (NETWORKS["old"], {1: IMAGES[0], 3: IMAGES[1]}),
    (LAST, {3: EACH[3], 7: EACH[7]}),
)
def test_occlusion(states, network, digits):
    for values, markup, says in states:
        image = digits[values["digit"]].copy()
        top, left = 3 * values["row"], 3 * values["column"]
        image[0, top : top + 7, left : left + 7] = {"paper": 0, "grey": 0.5}[values["cover"]]
        found = shares(network, image)
        percent = round(100 * found[values["digit"]])
        title = f"share of {values['digit']} that is left, in %"
        place = values["row"], values["column"]
        assert grids(markup)[title][place] == percent
        other = found.argmax()
        assert (place in filled(markup, title, "strong")) == (other != values["digit"])
        end = "" if other == values["digit"] else f", and the network says {other}"
        assert says.endswith(f"its share is {percent} %{end}.")


@every_state(explore_moves, (NETWORKS["new"], IMAGES[:3], 1, 3), (LAST, VALID[::10], 0, 8))
def test_moves(states, network, images, filter, shifts):
    for values, _, says in states:
        shift = values["shift"]
        moved = np.array(
            [[[[0] * shift + row.tolist()[: len(row) - shift] for row in image[0]]]
             for image in images]
        )  # fmt: skip
        told = [int(number) for number in re.findall(r"by (\d+) %", says)]
        pairs = [(by_loops(network, a), by_loops(network, b)) for a, b in zip(images, moved)]
        expected = [100 * abs(moved - images).sum() / images.sum()]
        for name in [name for name in pairs[0][0] if not name.startswith("conv")]:
            apart = sum(abs(a[name] - b[name]).sum() for a, b in pairs)
            expected.append(100 * apart / sum(a[name].sum() for a, _ in pairs))
        np.testing.assert_allclose(told, expected, atol=0.51)
        same = sum(
            shares(network, a).argmax() == shares(network, b).argmax()
            for a, b in zip(images, moved)
        )
        assert says.endswith(f"{same} of {len(images)} digits are still called what they were.")


@every_state(
    explore_excited,
    (NETWORKS["old"][:4], [0, 2], IMAGES, np.full((1, 1, 6, 6), 0.5) + IMAGES[:1, :, :6, :6] / 50),
    (LAST[:4], [11, 0, 3], VALID[:200], GREY),
)
def test_excited(states, layers, filters, images, start):
    """The answer is that of the picture drawn, and it grows from step to step while free."""
    earlier = {}
    for values, _, says in states:
        numbers = re.findall(r"−?\d+\.?\d*", says.split("steps: ")[1])
        answer, low, high, best = (float(number.replace("−", "-")) for number in numbers)
        if values["steps"] == 0:
            expected = by_loops(layers, start[0])["conv 2"][values["filter"]].item()
            assert abs(answer - expected) <= 0.051
        elif values["pixels"] == "free":
            assert answer > earlier[values["filter"]]
        else:
            assert 0 <= low <= high <= 1
        if values["pixels"] == "free":
            earlier[values["filter"]] = answer
        most = max(by_loops(layers, x)["conv 2"][values["filter"]].max() for x in images)
        assert abs(best - most) <= 0.051


def best_answers(stage, key):
    """Return the best answer of each filter to the chapter's digits."""
    answers = np.array([by_loops(FEW[stage], image)[key] for image in VALID[:200]])
    return answers.max(axis=(0, 2, 3))


def likeness(stage, key, size, step):
    """Return for each filter the mean correlation between two of its nine best patches."""
    answers = np.array([by_loops(FEW[stage], image)[key] for image in VALID[:200]])
    found = []
    for one in answers.swapaxes(0, 1):
        digits = np.argsort(-one.max(axis=(1, 2)))[:9]
        places = [np.unravel_index(one[n].argmax(), one[n].shape) for n in digits]
        patches = [
            VALID[n, 0, step * i : step * i + size, step * j : step * j + size].ravel()
            for n, (i, j) in zip(digits, places, strict=True)
        ]
        found.append(np.corrcoef(patches)[np.triu_indices(9, 1)].mean())
    return np.array(found)


def test_what_the_chapter_says_of_the_best_patches():
    """Patches that look alike are no sign of learning; strong answers of the second layer are."""
    first = likeness("before learning", "conv", 5, 1)
    assert first.min() > 0.65
    assert round(first.mean(), 2) == 0.8
    second = [likeness(stage, "conv 2", 14, 2)[9] for stage in ("before learning", "pass 12")]
    assert second[0] < 0.3
    assert second[1] > 0.6
    strongest = [best_answers(stage, "conv")[3] for stage in ("before learning", "pass 12")]
    np.testing.assert_allclose(strongest, [1.5, 2.1], atol=0.05)
    grown = best_answers("pass 12", "conv 2") / best_answers("before learning", "conv 2")
    assert (grown > 2).sum() == 12
    assert (grown < 0.6).sum() == 4
    np.testing.assert_allclose(grown[[7, 8]], [0, 0.5], atol=0.05)
