"""What hands do beside the picture's purpose: a finger that scrolls, the way back, a line that breaks."""

from __future__ import annotations

UPDATING = "/updating"
SCROLLED = "document.querySelector('[data-testid=stMain]').scrollTop"
ENTRIES = "history.length"
UNHEARD = "Cannot send rerun backMessage when disconnected from server."
BROKEN = """const Real = WebSocket; window.lines = [];
window.WebSocket = class extends Real { constructor(...told) { super(...told); window.lines.push(this); } };"""


class Hand:
    """One finger on a phone's page."""

    def __init__(self, visit) -> None:
        self.page = visit.page
        self.session = visit.context.new_cdp_session(visit.page)

    def _touch(self, kind: str, *at: float) -> None:
        points = [{"x": at[0], "y": at[1]}] if at else []
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def swipe(self, x: float, y: float, across: float, down: float, steps: int = 8) -> None:
        self._touch("touchStart", x, y)
        for step in range(1, steps + 1):
            self._touch("touchMove", x + across * step / steps, y + down * step / steps)
            self.page.wait_for_timeout(16)  # a frame
        self._touch("touchEnd")


def thumb(visit, handle: str) -> tuple[float, float, float]:
    """Return where a handle's thumb is, and where its track begins, in pixels."""
    box = visit.box(visit.handle(handle))
    at, last = visit.live(
        f"[live.positions['{handle}'], live.spec.handles.find(h => h.id === '{handle}').values.length - 1]"
    )
    size = 1.45 * visit.js("parseFloat(getComputedStyle(document.documentElement).fontSize)")
    return box["x"] + size / 2 + (box["width"] - size) * at / last, box["y"] + box["height"] / 2, box["x"]


def test_a_finger_scrolls_over_a_handle_and_takes_it_by_its_thumb(visit):
    page = visit(UPDATING, size=(375, 812), has_touch=True, is_mobile=True)
    page.settle()
    hand, positions, runs = Hand(page), page.live("live.positions"), page.runs
    for beside in (False, True):
        page.handle("centre").scroll_into_view_if_needed()
        x, y, left = thumb(page, "centre")
        before = page.js(SCROLLED)
        hand.swipe(left + 12 if beside else x, y, 4, -150)
        page.wait(f"{SCROLLED} > {before} + 60")
        assert page.live("live.positions") == positions
    page.handle("centre").scroll_into_view_if_needed()
    x, y, left = thumb(page, "centre")
    hand.swipe(left + 12, y, 60, 3)
    page.page.touchscreen.tap(left + 12, y)
    page.page.touchscreen.tap(x + 12, y)
    assert page.live("live.positions") == positions
    assert page.runs == runs
    assert not page.live("live.holding")
    hand.swipe(x + 8, y, 40, 6)
    page.wait("location.search.includes('centre=')")
    page.settle()
    assert abs(thumb(page, "centre")[0] - x - 40) < 3  # as far as the finger went, wherever it took hold


def test_a_finger_that_scrolls_over_the_line_of_a_picture_leaves_it(visit):
    page = visit("/uncertainty", size=(375, 812), has_touch=True, is_mobile=True)
    page.settle()
    line = page.page.locator(".bl-grip")
    line.scroll_into_view_if_needed()
    box, positions, before = page.box(line), page.live("live.positions"), page.js(SCROLLED)
    Hand(page).swipe(box["x"] + 16, box["y"] + 0.7 * box["height"], 5, -120)
    page.wait(f"{SCROLLED} !== {before}")
    assert page.live("live.positions") == positions
    assert line.evaluate("el => !el.classList.contains('held')")


def test_a_choice_is_one_entry_of_the_history_and_a_drag_is_none(visit):
    page = visit(UPDATING)
    page.settle()
    start = page.js(ENTRIES)
    page.release("worth", 3)
    page.release("centre", 3)
    assert page.js(ENTRIES) == start
    moved, at = page.page.url, page.live("live.positions")
    page.page.locator(".st-key-scenes button").nth(1).click()  # takes two settings out of the address, and puts one in
    page.wait("location.search === '?scene=rivals'")
    page.settle()
    page.release("centre", 3)
    assert page.js(ENTRIES) == start + 1
    there = page.page.url
    page.page.go_back()
    page.stands_at(at)
    assert page.page.url == moved
    page.page.go_forward()
    page.wait("document.querySelector('.bl').__live.spec.stamp.startsWith('rivals|')")
    page.settle()
    assert page.page.url == there


def test_another_page_is_one_entry_with_all_that_goes_along(visit):
    page = visit("/theorem?prevalence=0.2&lock=scene&hide=truth")
    page.settle()
    start, here = page.js(ENTRIES), page.page.url
    page.page.get_by_text("Foundations", exact=True).first.click()
    page.page.locator("a", has_text="Updating beliefs").first.click()
    page.wait("location.pathname === '/updating' && document.querySelector('.bl')?.__live?.spec?.key === 'updating'")
    page.settle()
    assert page.page.url.endswith("/updating?lock=scene&hide=truth")
    assert page.page.locator(".st-key-scenes button").nth(1).is_disabled()
    assert page.js(ENTRIES) == start + 1
    page.page.go_back()
    page.wait("document.querySelector('.bl')?.__live?.spec?.key === 'theorem'")
    page.settle()
    assert page.page.url == here


def test_what_was_released_while_the_line_was_down_is_told_when_it_is_back(visit):
    page = visit("/glossary", fresh=True)
    page.context.add_init_script(BROKEN)
    page.page.goto(page.base + UPDATING)
    page.settle()
    page.context.set_offline(True)
    page.js("window.lines.forEach(line => line.close())")
    page.wait("document.querySelector('[data-testid=stApp]').dataset.testConnectionState !== 'CONNECTED'")
    slider = page.handle("centre")
    slider.focus()
    slider.press("ArrowRight")
    page.page.wait_for_timeout(300)  # the release is told, to nobody
    page.context.set_offline(False)
    page.wait("location.search === '?centre=0.52'", timeout=30_000)
    page.settle()
    assert page.live("live.spec.home.centre") == page.live("live.positions.centre")
    assert {told for told in page.trouble if "WebSocket" not in told and "ERR_" not in told} == {UNHEARD}
    page.trouble = []
    # where nothing was released it runs all the same: another server must know the page before it can hear a change
    runs = page.runs
    page.js("window.lines.forEach(line => line.close())")
    for _ in range(600):
        if page.runs > runs:
            break
        page.page.wait_for_timeout(50)
    page.settle()
    assert page.runs > runs
    assert page.js("location.search") == "?centre=0.52"
    page.trouble = []
