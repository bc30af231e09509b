"""The scripts of the benches in a browser, on pages of their own."""

import pytest

from convlib.digits import load_digits
from convlib.explore import bench_numbers, bench_picture, explore_network
from convlib.explore.homes.bench import bench_html
from convlib.explore.homes.network import network_html
from convlib.explore.networks.packing import pack_book
from convlib.samples import IMAGE, KERNEL, KERNELS, portrait
from convlib.web import style
from convlib.web.benches import bench_parts, bench_style
from convlib.web.networks import book_script, network_script, network_style

USUAL = {"viewport": {"width": 1000, "height": 900}}
PAGE = """<!doctype html><html lang="en" data-theme="{theme}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>Bench</title>
<style>{style}</style><script defer src="bench.js"></script>
<style>body{{margin:0;background:var(--draw-paper);color:var(--draw-ink)}}</style></head>
<body><main><h1>Bench</h1><div style="height:{above}px"></div>{benches}
<div style="height:2000px"></div></main></body></html>"""


@pytest.fixture(scope="session")
def bare(browser):
    """An empty page that knows the scripts, for calling them."""
    page = browser.new_page()
    page.add_script_tag(content="\n".join(bench_parts().values()))
    yield page
    page.close()


@pytest.fixture(scope="session")
def write_page(tmp_path_factory):
    """Write a page of benches as a file and return its address."""
    folder = tmp_path_factory.mktemp("pages")
    (folder / "bench.js").write_text("\n".join(bench_parts().values()), encoding="utf-8")
    sheet = style() + bench_style()

    def write(*benches, theme="light", above=0):
        benches = benches or (bench_numbers(IMAGE, KERNEL),)
        file = folder / f"page{len(list(folder.iterdir()))}.html"
        markup = "".join(map(bench_html, benches))
        page = PAGE.format(style=sheet, theme=theme, above=above, benches=markup)
        file.write_text(page, encoding="utf-8")
        return file.as_uri()

    return write


@pytest.fixture(scope="session")
def usual_page(browser):
    """A page of the usual size, for one test after the other."""
    page = browser.new_page()
    yield page
    page.close()


def cleared(page):
    """Leave no size, wish or pointer of another test in a page."""
    page.set_viewport_size(USUAL["viewport"])
    page.emulate_media(reduced_motion="no-preference")
    page.mouse.move(0, 0)
    return page


@pytest.fixture
def open_file(browser, usual_page):
    """Open a page that is a file; nothing may go wrong on it until the test ends."""
    pages, faults = [], []

    def on_error(error):
        faults.append(str(error))

    def on_console(message):
        if message.type in ("error", "warning"):
            faults.append(message.text)

    def open_(address, **options):
        if options or usual_page in pages:
            page = browser.new_context(**USUAL | options).new_page()
        else:
            page = cleared(usual_page)
        pages.append(page)
        page.on("pageerror", on_error)
        page.on("console", on_console)
        page.goto(address)
        return page

    yield open_
    for page in pages:
        page.remove_listener("pageerror", on_error)
        page.remove_listener("console", on_console)
        if page is not usual_page:
            page.context.close()
    assert faults == []


@pytest.fixture
def open_page(open_file, write_page):
    """Open a page of benches."""

    def open_(*benches, hash="", theme="light", above=0, **options):
        return open_file(write_page(*benches, theme=theme, above=above) + hash, **options)

    return open_


@pytest.fixture
def open_bench(open_page):
    """Open a page of benches and wait until they have their pictures."""

    def open_(*benches, **options):
        benches = benches or (bench_picture(portrait(64), KERNELS["sobel x"]),)
        page = open_page(*benches, **options)
        for number in range(len(benches)):
            page.locator(".bench").nth(number).and_(page.locator(".mounted")).wait_for()
        return page

    return open_


@pytest.fixture(scope="session")
def network_folder(tmp_path_factory):
    """A folder with what a page that shows networks loads."""
    folder = tmp_path_factory.mktemp("networks")
    (folder / "network.js").write_text(network_script(), encoding="utf-8")
    (folder / "book_network.js").write_text(book_script(pack_book(load_digits())), "utf-8")
    return folder


@pytest.fixture
def open_network(open_file, network_folder):
    """Open a page with a network."""

    def open_(view=None, theme="light", above=0, **options):
        file = network_folder / f"page{len(list(network_folder.iterdir()))}.html"
        sheet, markup = style() + network_style(), network_html(view or explore_network())
        whole = PAGE.format(style=sheet, theme=theme, above=above, benches=markup)
        file.write_text(whole.replace("bench.js", "network.js"), encoding="utf-8")
        page = open_file(file.as_uri(), **options)
        if options.get("java_script_enabled", True):
            page.locator(".network.mounted").wait_for()
        return page

    return open_
