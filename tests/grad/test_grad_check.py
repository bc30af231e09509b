"""The gradient check: it finds what is wrong, and says where there is nothing to find."""

import numpy as np
import pytest

from convlib.grad import check_gradient

X = np.array([[1.0, -2.0], [0.5, 3.0]])


def cubes(x):
    return (x**3).sum()


def test_a_right_gradient_agrees():
    check = check_gradient(cubes, X, 3 * X**2)
    assert check
    assert check.finding == "agrees"
    check = check_gradient(lambda x: (cubes(x), 3 * x**2), X, entries=True)
    assert repr(check) == "4 agrees"
    np.testing.assert_allclose(check.numeric, check.analytic, rtol=1e-6)


@pytest.mark.parametrize("scale", [1e-6, 1, 1e6])
def test_at_any_scale(scale):
    assert check_gradient(lambda x: cubes(x / scale), X * scale, 3 * X**2 / scale, entries=True)


def test_one_wrong_entry_is_found_both_ways():
    wrong = 3 * X**2
    wrong[1, 0] *= 1.001
    assert not check_gradient(cubes, X, wrong)
    check = check_gradient(cubes, X, wrong, entries=True)
    assert not check
    assert repr(check) == (
        "3 agrees, 1 differs\nentry (1, 0): analytic 0.75075, numeric 0.75: differs"
    )


def test_a_kink_is_named():
    x = np.array([0.0, 1.0, -1.0])
    check = check_gradient(lambda x: np.maximum(x, 0).sum(), x, (x > 0) * 1.0, entries=True)
    assert list(check.finding) == ["kink", "agrees", "agrees"]
    assert "left and right slopes differ" in repr(check)
    assert check  # what can be compared agrees
    tie = check_gradient(lambda x: x.max(), np.array([2.0, 2.0]), np.array([1.0, 0.0]))
    assert tie.finding == "kink"
    assert not tie


def test_a_kink_nearby_does_no_harm():
    x = np.array([1e-6, 1.0])
    assert check_gradient(lambda x: np.maximum(x, 0).sum(), x, np.ones(2), entries=True)


def test_float32_has_less_to_say():
    x = np.array([1.0, 2.0, 3.0], np.float32)
    assert check_gradient(lambda x: (x**2).sum(), x, 2 * x, entries=True)
    assert not check_gradient(lambda x: (x**2).sum(), x, 2.1 * x, entries=True)
    hidden = check_gradient(lambda x: x.sum() + np.float32(1e6), x, np.ones(3, np.float32))
    assert hidden.finding == "hidden by rounding"
    assert not hidden
    assert "nothing to compare" in repr(hidden)


def test_a_zero_gradient_agrees_with_nothing():
    assert check_gradient(lambda x: 5.0, X, np.zeros_like(X), entries=True)


def test_the_same_seed_gives_the_same_numbers():
    first, second, other = (check_gradient(cubes, X, 3 * X**2, seed=s) for s in (1, 1, 2))
    assert first.numeric == second.numeric != other.numeric


def test_x_is_not_changed():
    x = X.copy()

    def careless(x):
        x *= 2
        return x.sum()

    check_gradient(careless, x, np.full_like(x, 2))
    np.testing.assert_array_equal(x, X)


def test_many_wrong_entries_are_cut_short():
    lines = repr(check_gradient(cubes, np.ones(9), np.ones(9), entries=True)).splitlines()
    assert len(lines) == 1 + 5 + 1
    assert lines[-1] == "and 4 more"


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda: check_gradient(cubes, np.array([1, 2]), np.ones(2)),
            TypeError,
            "x must hold floats, because a small nudge must fit; got int64",
        ),
        (
            lambda: check_gradient(cubes, X),
            TypeError,
            "give a gradient, or an f that returns a number and its gradient",
        ),
        (
            lambda: check_gradient(cubes, X, np.ones(4)),
            ValueError,
            "gradient (4,) must have the shape of x (2, 2)",
        ),
        (
            lambda: check_gradient(cubes, X, np.full((2, 2), np.nan)),
            ValueError,
            "gradient must be finite; got nan",
        ),
        (
            lambda: check_gradient(lambda x: np.inf, X, X),
            ValueError,
            "f(x) must be finite; got inf",
        ),
    ],
)
def test_wrong_arguments(call, error, message):
    with pytest.raises(error) as caught:
        call()
    assert str(caught.value) == message
