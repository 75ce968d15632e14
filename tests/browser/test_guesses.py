"""Guess first in a browser: a place, a band, a number and one of several, by mouse and by keys, and where focus goes."""

from __future__ import annotations

FOCUS = "document.activeElement"


def fields(page) -> list[str]:
    return page.js("[...document.querySelectorAll('.bl-ask input')].map(input => input.value)")


def marks(page) -> int:
    return page.page.locator(".bl-guess-mark").count()


def turned(page, selector: str) -> None:
    """Wait until the question, or its answer, stands."""
    page.page.wait_for_selector(selector)
    page.settle()


def told(page) -> str:
    return page.js("document.querySelector('[data-word=\"guess.verdict\"]').textContent")


def above(page, first: str, second: str) -> bool:
    bottom = page.js(f"document.querySelector('{first}').getBoundingClientRect().bottom")
    return bottom <= page.js(f"document.querySelector('{second}').getBoundingClientRect().top") + 1


def test_a_place_is_pointed_at_or_typed_and_stands_beside_the_answer(visit):
    page = visit("/updating?ask=1")
    page.settle()
    assert (fields(page), marks(page)) == ([""], 0)  # no anchor
    assert page.page.get_by_role("button", name="Reveal").is_disabled()
    assert page.page.locator('[data-label="posterior"]').count() == 0
    box = page.box(".bl-aim")
    page.page.mouse.move(box["x"] + 0.3 * box["width"], box["y"] + 50)
    page.page.mouse.down()
    page.page.mouse.move(box["x"] + 0.4 * box["width"], box["y"] + 90)
    page.page.mouse.up()
    assert (fields(page), marks(page)) == (["0.4"], 1)
    page.release("centre", 4)  # a drag shows nothing, and takes nothing back
    assert (fields(page), marks(page)) == (["0.4"], 1)
    page.page.locator(".bl-ask input").focus()
    page.page.keyboard.press("ArrowUp")
    assert fields(page) == ["0.41"]
    page.page.keyboard.press("Enter")
    turned(page, ".bl-guessed")
    assert page.js(f"{FOCUS}.className") == "bl-guessed"
    assert told(page).startswith("You pointed at 0.41. Its peak is at ")
    assert marks(page) == 1
    page.page.keyboard.press("Tab")
    page.page.keyboard.press("Enter")  # guess again
    turned(page, ".bl-ask")
    assert page.js(f"{FOCUS} === document.querySelector('.bl-ask input')")
    assert (fields(page), marks(page)) == ([""], 0)
    page.page.set_viewport_size({"width": 375, "height": 812})
    page.wait("document.querySelector('.bl').clientWidth < 375")
    assert above(page, ".bl-ask", ".bl-hands")
    assert page.js("document.querySelector('.bl-ask').getBoundingClientRect().top + scrollY") < 812
    assert page.js("document.documentElement.scrollWidth") == 375


def test_a_band_is_drawn_or_typed_and_a_class_reveals_by_a_key(visit):
    page = visit("/posterior?ask=1&present=1", size=(1920, 1080))
    page.settle()
    assert (fields(page), marks(page)) == (["", ""], 0)
    low, high, step = page.live("[live.spec.panels[0].low, live.spec.panels[0].high, live.spec.panels[0].step]")
    box = page.box(".bl-aim")
    top, bottom = box["y"] + 0.25 * box["height"], box["y"] + 0.5 * box["height"]
    page.page.mouse.move(box["x"] + 0.6 * box["width"], bottom)
    page.page.mouse.down()
    page.page.mouse.move(box["x"] + 0.6 * box["width"], top, steps=3)
    page.page.mouse.up()
    drawn = [float(text) for text in fields(page)]
    wished = [high - share * (high - low) for share in (0.5, 0.25)]
    assert all(abs(a - b) < step for a, b in zip(drawn, wished, strict=True))
    assert marks(page) == 1
    page.page.get_by_role("button", name="Reveal").click()
    turned(page, ".bl-guessed")
    assert told(page).startswith("You drew ")
    assert "Yours covers " in told(page)
    assert marks(page) == 1
    page.page.keyboard.press("g")
    turned(page, ".bl-ask")
    assert (fields(page), marks(page)) == (["", ""], 0)
    typed = page.page.locator(".bl-ask input")
    typed.nth(0).fill("150")
    assert page.page.get_by_role("button", name="Reveal").is_disabled()
    typed.nth(1).fill("20")
    assert marks(page) == 1
    page.page.keyboard.press("Escape")  # the field gives the keyboard back
    page.wait("document.activeElement === document.body")
    page.page.keyboard.press("g")
    turned(page, ".bl-guessed")
    assert told(page).startswith("The answer: ")


def test_one_of_several_is_chosen_by_keys_before_a_test_shows(visit):
    page = visit("/uncertainty")
    page.settle()
    page.page.get_by_role("button", name="points here").first.click()
    turned(page, ".bl-ask")
    assert page.js("document.querySelectorAll('.bl-ask :checked').length") == 0
    assert page.page.locator('[data-word="points.epistemic"]').inner_text() == ""
    assert page.page.get_by_role("radiogroup", name="Suppose 20 more boats").is_visible()
    page.page.locator(".bl-ask input").first.focus()
    page.page.keyboard.press("ArrowDown")
    page.page.keyboard.press("ArrowUp")
    page.page.keyboard.press("Enter")
    turned(page, ".bl-guessed")
    assert told(page) == "You said: only the epistemic part. That is right."
    assert page.page.locator('[data-word="points.epistemic"]').inner_text()
