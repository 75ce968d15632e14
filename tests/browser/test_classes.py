"""The map of classes in a real browser: its ring by mouse, touch and keys, and what is read off under it."""

from __future__ import annotations

import pytest

VOTES = "(document.querySelector('.bl-votes p')?.innerText ?? '').startsWith('Of 100 draws')"


def ring(page):
    return page.page.locator(".cm-ring")


def read(page) -> str:
    return page.page.inner_text(".cm-chip")


@pytest.fixture
def opened(visit):
    def go(path="/classes", **settings):
        page = visit(path, **settings)
        page.page.wait_for_selector(".bl[data-ready]", timeout=60_000)
        page.wait(VOTES, timeout=120_000)
        page.wait("document.querySelector('.cm-chip').innerText.includes('MAP')", timeout=120_000)
        return page

    return go


def test_the_ring_is_dragged_by_mouse_and_moved_by_keys_without_the_server(opened):
    page = opened()
    page.settle()
    runs, box = page.begun, page.box(".cm-map")
    before = read(page)
    assert "> 99 % upper moon" in before
    here = page.box(ring(page))
    page.page.mouse.move(here["x"] + here["width"] / 2, here["y"] + here["height"] / 2)
    page.page.mouse.down()
    page.page.mouse.move(box["x"] + 0.9 * box["width"], box["y"] + 0.9 * box["height"], steps=4)
    page.page.mouse.up()
    assert "lower moon" in read(page)
    assert "upper moon" not in read(page)
    assert "100 lower moon" in page.page.inner_text(".bl-votes p")
    label = ring(page).get_attribute("aria-label")
    assert "MAP: > 99 % lower moon" in label
    assert "arrow keys move it" in label
    at = page.page.get_attribute(".cm-map", "data-ring").split()
    for key in ("ArrowLeft", "Shift+ArrowUp"):
        page.page.keyboard.press(key)
    now = page.page.get_attribute(".cm-map", "data-ring").split()
    assert float(now[0].replace("\u2212", "-")) < float(at[0].replace("\u2212", "-"))
    assert float(now[1].replace("\u2212", "-")) > float(at[1].replace("\u2212", "-"))
    assert page.begun == runs


def test_a_finger_drags_the_ring_too(opened):
    page = opened("/classes", size=(375, 812), has_touch=True)
    ring(page).scroll_into_view_if_needed()
    here, box = page.box(ring(page)), page.box(".cm-map")
    start = (here["x"] + here["width"] / 2, here["y"] + here["height"] / 2)
    goal = (box["x"] + 0.8 * box["width"], box["y"] + 0.85 * box["height"])
    session = page.context.new_cdp_session(page.page)
    for kind, (x, y) in (("touchStart", start), ("touchMove", goal), ("touchEnd", goal)):
        points = [] if kind == "touchEnd" else [{"x": x, "y": y}]
        session.send("Input.dispatchTouchEvent", {"type": f"{kind}", "touchPoints": points})
    page.wait("document.querySelector('.cm-chip').innerText.includes('lower moon')", timeout=5_000)
    assert page.js("document.documentElement.scrollWidth <= innerWidth")


def test_the_doubts_add_up_at_the_ring_and_the_finding_is_told(opened):
    page = opened("/classes?scene=twelve")
    parts = {
        part: float(page.page.inner_text(f'[data-part="{part}"] output b')) for part in ("expected", "mutual", "total")
    }
    assert abs(parts["expected"] + parts["mutual"] - parts["total"]) < 0.011
    assert parts["mutual"] > 0.05
    said = page.page.get_attribute(".bl-box", "aria-label")
    assert said.startswith("One class has at least 97 % in ")
    assert "mutual information" in said
    assert page.page.get_attribute(".bl-box", "role") == "group"  # something in it can be moved


KNOWN = """(() => { const { reels, spec } = document.querySelector('.bl').__live;
    return spec.handles[0].values.filter((_, v) => reels.width.word('badge', v) !== 'sampled').length; })()"""
UNKNOWN = """document.querySelector('.bl-stage').classList.contains('unknown')
    || document.querySelector('.bl').classList.contains('stale')"""


def test_all_positions_come_in_the_background_and_a_drag_over_them_asks_nobody(opened):
    """They go on where the last visit left off: this server gives each of them two seconds."""
    for _ in range(8):
        page = opened()
        page.settle()
        if not page.js(KNOWN):
            break
    assert page.js(KNOWN) == 0
    runs, last = page.begun, page.live("live.spec.handles[0].values.length") - 1
    x, y, width = page.grab("width")
    left = x - width * page.live("live.positions.width") / last
    seen = set()
    for v in range(last, -1, -1):
        page.page.mouse.move(left + width * v / last, y)
        page.js("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        seen.add(page.live("live.positions.width"))
        assert not page.js(UNKNOWN), v
    assert len(seen) == last + 1
    assert page.begun == runs
    page.wait("document.querySelector('.bl-votes p').innerText.startsWith('The draws come')", timeout=5_000)
    page.page.mouse.up()
