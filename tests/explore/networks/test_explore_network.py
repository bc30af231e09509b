"""The view of a network in Python: what it shows, refuses and tells."""

import re

import numpy as np
import pytest

from convlib.digits import load_digits
from convlib.draw.canvas import svg_panels
from convlib.explore import explore_network
from convlib.explore.homes import PAGE_VARIABLE
from convlib.nn import Conv2D, Dense, Flatten, Network, ReLU, load_stages, softmax


@pytest.fixture(scope="module")
def digit():
    return load_digits().x_test[12]


def test_the_book_s_network_reads_its_first_digit():
    view = explore_network()
    assert view.image.shape == (1, 28, 28)
    expected = load_stages(dtype=np.float64)[-1].network(view.image[np.newaxis])[0][0]
    np.testing.assert_allclose(view.scores, expected, rtol=1e-6)
    assert view.picture().sentence == "It reads 7: 100 %."
    assert repr(view).startswith("Network of 8 layers and 5,994 numbers\nIt reads 7: 100 %.\n")


def test_another_picture_is_read_and_told(digit):
    view, told = explore_network(), []
    view.observe(lambda change: told.append(change.new.argmax()), "scores")
    view.image = digit[0]
    np.testing.assert_array_equal(view.image, digit)
    assert told == [view.scores.argmax()]
    view.load(explore_network().state)
    assert view.scores.argmax() == 7
    assert len(told) == 2


def test_still_shows_the_shares(digit):
    view = explore_network(image=digit)
    shares = softmax(view.scores[np.newaxis].astype(float))[0]
    markup = svg_panels(view.picture().drawing)
    texts = re.findall(r">(\d+) %<", markup)
    assert [int(text) for text in texts] == np.rint(100 * shares).astype(int).tolist()
    assert markup.count("<image") == 3
    assert view.picture().sentence == f"It reads {shares.argmax()}: {shares.max():.0%}.".replace(
        "%", " %"
    )


def test_networks_without_pools_or_shares_have_a_still():
    network = Network(Conv2D(1, 2, 3, rng=0), ReLU())
    view = explore_network(network, np.ones((5, 6)))
    assert view.picture().sentence == "What the network makes of 1×5×6."
    assert explore_network(network).image.shape == (1, 28, 28)
    assert explore_network(network).image.sum() == 0


@pytest.mark.parametrize(
    ("network", "image", "kind", "says"),
    [
        (3, None, TypeError, "network must be a Network of convlib.nn; got int"),
        (None, np.ones(4), ValueError, "image must be (H, W) or (C, H, W); got shape (4,)"),
        (
            Network(ReLU(), Network()),
            None,
            TypeError,
            "network has layer 1, Network(), of a kind that cannot be shown",
        ),
    ],
)
def test_mistakes(network, image, kind, says):
    with pytest.raises(kind) as caught:
        explore_network(network, image)
    assert str(caught.value) == says


def test_an_image_that_does_not_fit_is_refused():
    network = Network(Flatten(), Dense(4, 2, rng=0))
    with pytest.raises(ValueError) as caught:
        explore_network(network, np.ones((3, 3)))
    assert "layer 1, Dense(4, 2), does not fit" in str(caught.value)


def test_the_page_gets_the_book_s_data_once_and_another_network_s_in_place(monkeypatch, digit):
    monkeypatch.setenv(PAGE_VARIABLE, "1")
    html = explore_network(image=digit)._repr_mimebundle_()["text/html"]
    assert 'class="bench network"' in html
    assert "<script" not in html
    own = Network(Flatten(), Dense(784, 2, rng=0))
    html = explore_network(own)._repr_mimebundle_()["text/html"]
    assert html.count('<script type="text/plain">') == 1
