"""The sentence under a picture, in a real browser: after every kind of change, and in the picture's alternative text."""

from __future__ import annotations

PATH = "/map_vs_ridge"


def said(page) -> str:
    return page.page.inner_text(".bl-said")


def alt(page) -> str:
    return page.page.get_attribute(".bl-box", "aria-label")


def test_every_change_is_said_and_stands_in_the_alternative_text(visit):
    page = visit(PATH)
    page.settle()
    assert said(page).startswith("Twenty thermometer readings")
    assert "Twenty" not in alt(page)
    page.release("width", 3)  # a handle
    moved = said(page)
    assert moved.startswith("Prior width 10 →")
    assert alt(page).endswith(moved)
    page.page.get_by_role("radio", name="Weights").click()  # a view
    page.wait("document.querySelector('.bl-said').innerText.startsWith('At λ')")
    page.settle()
    assert said(page) in alt(page)
    page.page.get_by_role("button", name="New data").click()  # the seed
    page.wait("document.querySelector('.bl-said').innerText.startsWith('New data: λ still')")
    page.settle()
    assert alt(page).endswith(said(page))
    at, last = page.live("live.positions.width"), said(page)
    page.handle("width").focus()
    page.page.keyboard.press("ArrowRight")
    page.wait("document.querySelector('.bl-said').innerText.startsWith('Prior width')")
    page.page.keyboard.press("ArrowLeft")  # back where it was: nothing has changed
    page.wait("document.querySelector('.bl-said').innerText.startsWith('New data')")
    assert page.live("live.positions.width") == at
    assert said(page) == last


def test_a_typed_value_is_told_from_where_the_handle_stood_exactly(visit):
    page = visit(f"{PATH}?width=7.3")
    page.settle()
    field = page.page.locator('[data-handle="width"] input[type="text"]')
    field.fill("12.34")
    field.press("Enter")
    page.wait("document.querySelector('.bl-said').innerText.startsWith('Prior width 7.3 → 12.34:')")
    page.settle()
    assert "λ 0.0422 → 0.0148;" in said(page)
    assert alt(page).endswith(said(page))
    page.release("width", -2)  # 12.34 is a position no longer, and still what the sentence begins with
    assert said(page).startswith("Prior width 12.34 →")
    assert "λ 0.0148 →" in said(page)


def test_the_plain_picture_says_what_a_change_did(visit):
    page = visit(f"{PATH}?live=0&scene=day&seed=4")
    page.page.get_by_role("button", name="New data").click()
    page.page.get_by_text("New data: λ still").wait_for(timeout=60_000)
