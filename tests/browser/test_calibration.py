"""The calibration page in a browser: a drag asks the server nothing, and the track shows what other points taught."""

from __future__ import annotations

import pytest

PATH = "/calibration?scene=noise"


@pytest.mark.parametrize("size", [(1440, 900), (375, 812)])
def test_the_mark_stands_where_its_value_is_between_the_ends_words(visit, size):
    page = visit(PATH, size=size)
    page.settle()
    page.js("document.fonts.ready.then(() => new Promise(done => requestAnimationFrame(done)))")
    track = page.box('[data-handle="temperature"] input[type="range"]')
    rem = page.js("parseFloat(getComputedStyle(document.documentElement).fontSize)")
    place, last = page.live(
        "[live.get.row('mark.temperature')[0], live.spec.handles.find(h => h.id === 'temperature').values.length - 1]"
    )
    tick = page.box('[data-handle="temperature"] .bl-mark i')
    want = track["x"] + 0.725 * rem + (track["width"] - 1.45 * rem) * place / last
    assert tick["x"] + tick["width"] / 2 == pytest.approx(want, abs=1.5)
    words = page.box('[data-handle="temperature"] .bl-mark span')
    first, end = (page.box(f'[data-handle="temperature"] .bl-ends span:{n}-child') for n in ("first", "last"))
    assert first["x"] + first["width"] < words["x"]
    assert words["x"] + words["width"] < end["x"]


def test_a_drag_redraws_the_curve_and_asks_the_server_nothing(visit):
    page = visit(PATH)
    page.settle()
    before = page.live("Array.from(live.shown.curve.y)")
    alt, runs = page.page.get_attribute(".bl-box", "aria-label"), page.runs
    assert "▼ over-confident" in alt
    x, y, width = page.grab("temperature")
    page.page.mouse.move(x + 0.2 * width, y, steps=20)
    page.js("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.runs == runs
    assert page.live("Array.from(live.shown.curve.y)") != before
    assert page.page.get_attribute(".bl-box", "aria-label") != alt
    assert page.page.inner_text(".bl-said").startswith("Spread of the band × 1 → ×")
    page.page.mouse.up()
    page.wait("location.search.includes('temperature=')")
    page.settle()
    assert page.runs == runs + 1
