"""Every lesson in every window, by geometry: presenter view at eight sizes and on three phones, paper, zoom, forced colours."""

from __future__ import annotations

from pathlib import Path

import pytest
from lessons import LESSONS, address

GEOMETRY = (Path(__file__).parent / "geometry.js").read_text()
HALLS = ((1280, 720), (1366, 768), (1440, 900), (1536, 864), (1920, 1080), (2560, 1440), (3840, 2160))
SMALL = ((900, 450), (375, 812), (390, 844), (812, 375))
PLOT = 16  # rem, at least
EVERY_SIZE = ("bayes/theorem", "linear/posterior", "trust/classes")
"""A stage, a chart and a map; letters follow the window, so that 16 : 9 is one layout, and 4K takes long to paint."""
STANDS = """(() => {
  const root = document.querySelector('.bl'), live = root.__live, box = root.querySelector('.bl-box');
  const now = [innerWidth, innerHeight, root.clientWidth, root.scrollHeight, box.clientHeight, live.draws].join();
  const size = live.spec.stage ? true : live.size === `${root.clientWidth} x ${box.clientHeight}`;
  window.times = window.stood === now && innerWidth === SIZE ? window.times + 1 : 0;
  window.stood = now;
  return window.times > 3 && size;
})()"""


def resized(page, size):
    """Give the window another size, wait until nothing moves any more, and return what is wrong with the page."""
    page.page.set_viewport_size({"width": size[0], "height": size[1]})
    page.page.wait_for_function(STANDS.replace("SIZE", str(size[0])), polling=60, timeout=20_000)
    return page.js(GEOMETRY)


def faults(found, *, whole: bool) -> dict[str, object]:
    """Return what a window may not show; a whole page does not scroll."""
    wrong = {name: found[name] for name in ("overlaps", "cut", "small", "unsigned") if found[name]}
    if found["plot"] < PLOT - 0.05:
        wrong["plot"] = found["plot"]
    if found["sideways"] > 1:
        wrong["sideways"] = found["sideways"]
    if whole and found["scrolls"] > 1:
        wrong["scrolls"] = found["scrolls"]
    return wrong


@pytest.mark.parametrize("door", LESSONS)
def test_a_lesson_stands_whole_in_every_hall_and_on_phones(visit, door):
    page = visit(f"{address(door)}?present=1", size=HALLS[0])
    page.settle()
    every = door in EVERY_SIZE
    wrong = {size: faults(resized(page, size), whole=True) for size in (HALLS if every else HALLS[0:3:2])}
    wrong |= {size: faults(resized(page, size), whole=False) for size in (SMALL if every else SMALL[:2])}
    assert not {size: found for size, found in wrong.items() if found}


SHEET = 688  # px of A4 between its margins


def test_paper_shows_the_picture_in_ink_with_its_words(visit):
    page = visit("/posterior", size=(1440, 900), dark=True)
    page.settle()
    page.page.set_viewport_size({"width": SHEET, "height": 1017})
    page.page.emulate_media(media="print")
    page.wait("document.querySelector('.bl').__live.theme.includes('\"data\":\"28,32,39\"')")
    found = page.js(GEOMETRY)
    assert not found["overlaps"]
    assert not found["cut"]
    assert found["sideways"] <= 1
    shown = page.js(
        "[...document.querySelectorAll('.bl input[type=range], header, .st-key-scenes, .st-key-try')]"
        ".filter(el => el.checkVisibility()).length"
    )
    assert shown == 0
    assert page.page.locator('[data-handle="width"] .bl-top').is_visible()
    assert page.js("getComputedStyle(document.querySelector('.stApp')).backgroundColor") == "rgb(255, 255, 255)"
    page.page.emulate_media(media="screen")
    page.wait("document.querySelector('.bl').__live.theme.includes('\"data\":\"236,235,230\"')")


@pytest.mark.parametrize("size", [(720, 450), (580, 640), (900, 450)])  # 1440 x 900 at 200 %, and where names were cut
def test_a_page_is_whole_in_a_small_window(visit, size):
    page = visit("/posterior", size=size)
    page.settle()
    wrong = faults(resized(page, size), whole=False)
    assert wrong.pop("plot", PLOT) > 14  # on a phone handles share the first screen
    assert not wrong


def test_colours_of_the_system_leave_tracks_thumbs_and_lines_in_sight(visit):
    page = visit("/posterior", forced_colors="active")
    page.settle()
    track = "getComputedStyle(document.querySelector('.bl [type=range]')).getPropertyValue('--track')"
    assert "CanvasText" in page.js(track)
    thumb = "getComputedStyle(document.querySelector('.bl [type=range]')).forcedColorAdjust"
    assert page.js(thumb) == "none"
    ink, paper = page.js(
        "(() => { const el = document.createElement('i'); document.body.append(el); const read = c => { el.style.color = c;"
        " el.style.forcedColorAdjust = 'none'; return getComputedStyle(el).color; }; return [read('CanvasText'), read('Canvas')]; })()"
    )
    assert ink != paper
    edges = page.js(
        "[...document.querySelectorAll('.bl .js-line')].map(el => getComputedStyle(el)).filter(s => s.stroke !== 'none')"
        ".map(s => s.stroke)"
    )
    assert edges
    assert paper not in edges
    page.handle("width").focus()
    assert page.js("getComputedStyle(document.activeElement).outlineStyle") == "solid"
