"""What stays in sight while a reader scrolls, within the parts of a page that scroll sideways."""

import pytest

from convlib import web

OUTPUT = "div.cell_output .output { max-width: 100%; overflow-x: auto; }"  # MyST-NB's rule
PAGE = """<!doctype html><html lang="en"><title>t</title><style>{styles}</style>
<article class="bd-article"><div class="cell"><div class="cell_output">{before}
<div class="output text_html">{output}</div></div></div><p style="height: 3000px"></article>"""
NETWORK = """<div class="network"><div class="network-body"><div style="height: 2000px"></div>
<div class="network-side">side</div></div></div>"""
EXPLORER = """<div class="explorer"><div class="picture" style="height: 1500px"></div>
<div class="explorer-controls">slider</div></div>"""


@pytest.fixture
def box_of(browser):
    """Return a function: where an element stands after a page was scrolled by 400 pixels."""
    pages = []

    def box_of(selector, output, width, before="", sheets=("explorer.css", "network.css")):
        page = browser.new_page(viewport={"width": width, "height": 800})
        pages.append(page)
        styles = "".join([OUTPUT, *map(web.source, sheets)])
        page.set_content(PAGE.format(styles=styles, before=before, output=output))
        page.evaluate("scrollBy(0, 400)")
        return page.locator(selector).bounding_box()

    yield box_of
    for page in pages:
        page.close()


@pytest.mark.parametrize("before", ["", "<figure>"])
def test_side_panel_of_a_network_follows(box_of, before):
    assert box_of(".network-side", NETWORK, 1200, before)["y"] == 56


def test_controls_follow_on_a_phone_alone(box_of):
    box = box_of(".explorer-controls", EXPLORER, 390)
    assert box["y"] + box["height"] == 800
    assert box_of(".explorer-controls", EXPLORER, 1200)["y"] > 1000


def test_without_its_rule_nothing_follows(box_of):
    assert box_of(".network-side", NETWORK, 1200, sheets=["explorer.css"])["y"] > 1000
    assert box_of(".explorer-controls", EXPLORER, 390, sheets=["network.css"])["y"] > 1000
