"""A digit that a reader paints: a stroke or a key changes the picture at once, and is answered."""

from __future__ import annotations

PAPER = ".sk-paper canvas"
INKED = f"""() => {{ const at = document.querySelector("{PAPER}").getContext("2d").getImageData(0, 0, 8, 8).data;
  return at.filter((a, i) => i % 4 === 3 && a > 0).length; }}"""
TOLD = "ink => new URLSearchParams(location.search).get('ink') !== ink"


def told(page, before):
    """Wait until the server has heard of another picture, and return it."""
    page.page.wait_for_function(TOLD, arg=before, timeout=20_000)
    page.page.wait_for_function("!document.querySelector('.sk-new')", timeout=20_000)
    return page.page.evaluate("new URLSearchParams(location.search).get('ink')")


def test_a_stroke_and_keys_are_answered(visit):
    page = visit("/images?scene=sketch")
    page.settle()
    page.page.focus(PAPER)
    page.page.keyboard.press("Delete")
    empty = told(page, None)
    assert empty == "0" * 64
    assert page.page.evaluate(INKED) == 0
    for key in ("ArrowRight", "ArrowDown", " "):
        page.page.keyboard.press(key)
    assert page.page.evaluate(INKED) == 1, "the picture waits for nobody"
    one = told(page, empty)
    assert one == "0" * 9 + "g" + "0" * 54
    box = page.box(PAPER)
    for x, act in ((0.5, page.page.mouse.down), (0.9, page.page.mouse.up)):
        page.page.mouse.move(box["x"] + x * box["width"], box["y"] + 0.8 * box["height"], steps=5)
        act()
    line = told(page, one)
    assert line[9] == "g"
    assert sum(level == "g" for level in line) > 3
    assert page.page.inner_text(".sk figcaption b") in page.page.inner_text(".bl-said").replace(" (", ": ")


def test_a_locked_picture_cannot_be_painted(visit):
    page = visit("/images?scene=sketch&lock=all")
    page.settle()
    assert page.page.query_selector_all(".sk button") == []
    assert page.page.get_attribute(PAPER, "tabindex") is None
