"""The strip of models: a width is dragged under its own chart, and columns, curves and words go with it."""

from __future__ import annotations

WIDTH = "live.spec.handles.find(h => h.id === 'width').values[live.positions.width]"
HAIR = "+document.querySelector('.ld-hair').getAttribute('d').match(/M([\\d.]+)/)[1]"
CHOSEN = "[...document.querySelectorAll('.ld-chosen')].map(text => text.textContent)"
BARS = "[...document.querySelectorAll('.ld-bar')].map(bar => +bar.getAttribute('height'))"


def apart(page) -> float:
    """Return how far the line is from the middle of the thumb below it, in pixels."""
    return page.js(f"""(() => {{
      const input = document.querySelector('[data-handle="width"] input[type=range]').getBoundingClientRect();
      const stage = document.querySelector(".bl-stage").getBoundingClientRect(), live = document.querySelector(".bl").__live;
      const thumb = 1.45 * parseFloat(getComputedStyle(document.documentElement).fontSize);
      const share = live.positions.width / (live.spec.handles[0].values.length - 1);
      return {HAIR} + stage.left - (input.left + thumb / 2 + share * (input.width - thumb));
    }})()""")


def test_the_width_is_dragged_and_the_evidence_changes_its_mind(visit):
    page = visit("/models")
    page.settle()
    page.wait("document.querySelectorAll('.ld-bad').length > 0")  # the draws' verdict follows the picture
    assert page.js(CHOSEN) == ["both choose"]
    before, runs = page.js(BARS), page.runs
    assert before.index(max(before)) == 5
    assert abs(apart(page)) < 1
    box = page.box('[data-handle="width"] input[type=range]')
    y, start = box["y"] + box["height"] / 2, page.js(HAIR) + page.box(".bl-stage")["x"]
    page.page.mouse.move(start, y)
    page.page.mouse.down()
    for share in (0.3, 0.6, 1.0):
        draws = page.live("live.draws")
        page.page.mouse.move(start + share * (box["x"] + box["width"] - start), y)
        page.wait(f"document.querySelector('.bl').__live.draws > {draws}")
        assert abs(apart(page)) < 1
    assert page.runs == runs  # nothing is asked of the server while it moves
    assert page.js(CHOSEN) == ["evidence", "leave-one-out"]
    after = page.js(BARS)
    assert after.index(max(after)) == 0
    page.page.mouse.up()
    page.wait("location.search.includes('width=10000')")
    page.settle()
    said = page.page.inner_text(".bl-said")
    assert "Prior width 100 → 10,000" in said
    assert "15.1 → −7.6" in said


def test_a_press_on_a_column_compares_it_with_the_constant(visit):
    page = visit("/models")
    page.settle()
    page.wait("document.querySelectorAll('.ld-bad').length > 0")  # the draws' verdict draws all columns anew
    box = page.box(page.page.locator(".ld-name").nth(3))
    page.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 60)
    page.wait("location.search.includes('top=3')")
    page.settle()
    assert "nats for degree 3 over degree 0" in page.js("document.querySelector('.ld').textContent")
    assert page.js("[...document.querySelectorAll('.ld-compared')].map(name => name.textContent)") == ["degree 0", "3"]


def test_a_phone_shows_every_column_within_its_width(visit):
    page = visit("/models?scene=bumps", size=(375, 812))
    page.settle()
    boxes = page.js("""[...document.querySelectorAll('.ld-name, .ld-chosen, .ld-label')].map(text => {
      const { left, right } = text.getBoundingClientRect();
      return [text.textContent, left, right];
    })""")
    assert [name for name, *_ in boxes if name.isdigit()] == [*map(str, range(13))]
    assert [name for name, left, right in boxes if left < 0 or right > 375] == []
    assert abs(apart(page)) < 1
    assert page.js("document.documentElement.scrollWidth") <= 375
