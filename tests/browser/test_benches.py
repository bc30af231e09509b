"""The scripts of the benches on the built pages: fetched late, only those needed, from anywhere."""

import gzip
import re

import pytest

from tests.browser.rendered import SITE, WIDE, opened, pages, wait_until_quiet

BYTES_BUDGET = 40_000
KIND = re.compile(r"/bench_(\w+)\.js\?v=[0-9a-f]{8}$")
BENCHES = [page for page in pages() if 'class="bench"' in (SITE / page).read_text("utf-8")]
CHAPTERS = [page for page in BENCHES if "bench.html" not in page]


def fetched(faults):
    """List the parts of the benches' script that a page has asked for."""
    return [found[1] for url in faults.bytes if (found := KIND.search(url))]


def test_all_benches_together_are_light():
    scripts = [path.read_bytes() for path in (SITE / "_static").glob("bench*.js")]
    assert len(scripts) == 6
    assert sum(len(gzip.compress(script, 6)) for script in scripts) <= BYTES_BUDGET


def test_there_are_benches():
    assert any("03_slide_window" in page for page in CHAPTERS)
    assert any("05_see_in_colour" in page for page in CHAPTERS)


@pytest.mark.parametrize("path", CHAPTERS)
def test_a_chapter_fetches_a_bench_when_the_reader_comes_near(browser, home, path):
    with opened(browser, home, path, viewport=WIDE) as (page, faults):
        wait_until_quiet(page)
        assert fetched(faults) == []
        bench = page.locator(".bench").first
        kind = bench.get_attribute("data-bench")
        bench.scroll_into_view_if_needed()
        bench.and_(page.locator(".mounted")).wait_for()
        kinds = page.locator(".bench").evaluate_all("all => all.map((b) => b.dataset.bench)")
        assert {"shared", kind} <= set(fetched(faults)) <= {"shared", *kinds}
        assert faults.found == []


def test_an_address_fetches_its_bench_at_once(browser, home):
    path = next(page for page in CHAPTERS if "03_slide_window" in page)
    with opened(browser, home, f"{path}#bench2=1;k=1,2;o=3,4", viewport=WIDE) as (page, faults):
        bench = page.locator('.bench[data-bench="picture"]')
        bench.and_(page.locator(".mounted")).wait_for()
        assert bench.locator(".bench-sentence").inner_text().startswith("Row 3, column 4: ")
        assert faults.found == []


def test_a_page_opened_as_a_file_mounts_every_bench(browser):
    context = browser.new_context(viewport=WIDE)
    page = context.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((SITE / "book/bench.html").as_uri())
    for bench in page.locator(".bench").all():
        bench.scroll_into_view_if_needed()
        bench.and_(page.locator(".mounted")).wait_for()
    assert page.locator(".bench").count() >= 4
    assert errors == []
    context.close()
