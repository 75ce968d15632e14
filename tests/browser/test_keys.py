"""A presenter's keys, after whatever was done before them: one page of the projector, many hands."""

from __future__ import annotations

UPDATING = "/updating?present=1"
SCENES = ("coin", "rivals", "scale", "buses", "voters")
LINE = "document.querySelector('.keys').textContent"


def press(page, key: str, then: str) -> None:
    """Press a key and wait until the stamp of the picture begins as it must, and holds the rest."""
    page.page.keyboard.press(key)
    scene, *more = then.split(" ")
    stamp = "document.querySelector('.bl').__live.spec.stamp"
    held = [f"{stamp}.startsWith('{scene}')", *(f"{stamp}.includes('|{part}|')" for part in more)]
    page.wait(" && ".join(held), timeout=15_000)
    page.settle()


def drag(page, handle: str) -> None:
    x, y, width = page.grab(handle)
    page.page.mouse.move(x + 0.2 * width, y, steps=3)
    page.page.mouse.up()
    page.wait(f"location.search.includes('{handle}=')")
    page.settle()


def test_keys_work_after_drags_clicks_fields_and_quick_presses(visit):
    page = visit(UPDATING, size=(1440, 900))
    page.settle()
    keys = page.page.keyboard
    press(page, "ArrowRight", "rivals|")
    drag(page, "centre")
    positions = page.live("live.positions")
    press(page, "PageDown", "scale|")  # the handle that was dragged has given the keyboard back
    press(page, "ArrowLeft", "rivals|")
    assert page.live("live.positions") != positions
    page.page.locator(".st-key-scenes button").nth(3).click()
    page.wait("document.querySelector('.bl').__live.spec.stamp.startsWith('buses|')")
    page.settle()
    press(page, "ArrowRight", "voters|")  # not the next pill: the one after the scene that was clicked
    keys.press("ArrowRight")
    press(page, "ArrowRight", "rivals|")  # two at once are two
    page.page.locator("[data-handle] .bl-num-field").first.click()
    keys.press("ArrowLeft")
    keys.type("b")  # a field keeps what is typed in it
    assert page.page.locator(".bk-blank").count() == 0
    while page.js("document.activeElement !== document.body"):  # the card of a term may be open, and closes first
        keys.press("Escape")
        page.page.wait_for_timeout(50)
    press(page, "ArrowDown", "rivals| predict")
    press(page, "V", "rivals| rivals")
    press(page, "t", "coin| 1000")
    press(page, "t", "coin| HHH predict")
    press(page, "T", "coin| 1000 belief")
    assert page.js("document.querySelector('.bl').__live.gliding") is None


def test_a_handle_reached_by_tab_keeps_its_arrows_until_it_gives_them_back(visit):
    page = visit(UPDATING, size=(1440, 900))
    page.settle()
    keys, slider = page.page.keyboard, page.handle("worth")
    page.page.locator('[data-handle="worth"] .bl-num-field').focus()
    keys.press("Tab")
    assert slider.evaluate("el => el === document.activeElement")
    at = page.live("live.positions.worth")
    keys.press("ArrowRight")
    assert page.live("live.positions.worth") == at + 1
    page.wait("location.search.includes('worth=')")
    page.settle()
    press(page, "PageDown", "rivals|")
    press(page, "PageUp", "coin|")
    assert slider.evaluate("el => el === document.activeElement")  # the run has not thrown the keyboard out
    keys.press("Escape")
    page.wait("document.activeElement === document.body")
    assert "present=1" in page.page.url
    press(page, "ArrowRight", "rivals|")
    keys.press("Escape")
    page.wait("!location.search.includes('present')")
    page.settle()
    assert page.page.locator("header.stAppHeader").is_visible()
    keys.press("b")  # nobody presents
    assert page.page.locator(".bk-blank").count() == 0


def test_what_lies_over_the_page_ends_with_the_next_key(visit):
    page = visit(UPDATING + "&lock=scene", size=(1440, 900))
    page.settle()
    keys = page.page.keyboard
    assert page.js(LINE).startswith("↑↓ views")  # what is locked is not offered
    stamp = page.live("live.spec.stamp")
    keys.press("ArrowRight")
    keys.press("b")
    assert page.box(".bk-blank") == {"x": 0, "y": 0, "width": 1440, "height": 900}
    keys.press("ArrowDown")  # it brings the page back, and does nothing else
    assert page.page.locator(".bk-blank").count() == 0
    keys.press("w")
    page.page.mouse.click(700, 400)
    assert page.page.locator(".bk-blank").count() == 0
    keys.press("?")
    listed = page.page.locator(".bk-card dd").all_inner_texts()
    assert "scenes" not in listed
    assert "full screen" in listed
    keys.press("Escape")
    assert page.page.locator(".bk-card").count() == 0
    keys.press("l")
    page.page.mouse.move(500, 300)
    box = page.box(".bk-ring")
    assert abs(box["x"] + box["width"] / 2 - 500) < 1 > abs(box["y"] + box["height"] / 2 - 300)
    keys.press("L")
    assert page.page.locator(".bk-ring").count() == 0
    keys.press("F5")
    page.wait("document.fullscreenElement !== null")
    keys.press("f")
    page.wait("document.fullscreenElement === null")
    page.settle()
    assert page.live("live.spec.stamp") == stamp
    assert "present=1" in page.page.url
