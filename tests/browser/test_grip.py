"""The line across the picture of a split moves its handle: by mouse, by finger and by keys, and a table presses tests."""

from __future__ import annotations

HERE = "live.spec.handles.find(h => h.id === 'here').values[live.positions.here]"


def line(visit) -> tuple[float, float]:
    """Return a place on the line, in pixels."""
    box = visit.box(".bl-grip")
    return box["x"] + box["width"] / 2, box["y"] + 0.6 * box["height"]


def width_of_the_plot(visit) -> float:
    return visit.live("live.plot._fullLayout.xaxis._length / 27")  # pixels of 1 m/s


def test_the_line_is_dragged_with_the_mouse_and_python_hears_the_release(visit):
    page = visit("/uncertainty")
    page.settle()
    x, y = line(page)
    one, runs = width_of_the_plot(page), page.runs
    page.page.mouse.move(x, y)
    page.page.mouse.down()
    for step in range(1, 7):
        page.page.mouse.move(x + step * one, y)
        page.page.wait_for_timeout(40)
    assert page.live(HERE) == 19.5
    assert page.runs == runs  # nothing is asked of the server while it moves
    assert "13.5 m/s → 19.5 m/s" in page.js("document.querySelector('.bl-said').textContent")
    page.page.mouse.up()
    page.wait("location.search.includes('here=19.5')")
    page.settle()
    assert abs(line(page)[0] - (x + 6 * one)) < 2
    page.page.keyboard.press("ArrowLeft")  # whoever takes the line has the keyboard
    page.wait("location.search.includes('here=19')")


def test_a_finger_moves_the_line_sideways(visit):
    page = visit("/uncertainty", size=(375, 812), has_touch=True)
    page.settle()
    page.page.locator(".bl-grip").scroll_into_view_if_needed()
    x, y = line(page)
    one = width_of_the_plot(page)
    session = page.context.new_cdp_session(page.page)

    def touch(kind: str, at: float | None) -> None:
        points = [] if at is None else [{"x": at, "y": y}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", x)
    for step in range(1, 9):
        touch("touchMove", x - step * one)
    touch("touchEnd", None)
    page.wait("location.search.includes('here=5.5')")
    page.settle()
    assert page.live(HERE) == 5.5


def test_a_test_is_a_button_that_says_whether_it_is_pressed(visit):
    page = visit("/uncertainty")
    page.settle()
    row = page.page.locator('[data-row="points"]')
    assert "guess first" in row.inner_text()
    row.get_by_role("button", name="+20 points here").click()
    page.wait("location.search.includes('test=points')")
    page.settle()
    page.page.get_by_role("button", name="Show me").click()  # it asks first: test_guesses.py
    page.wait("location.search.includes('guess=')")
    page.settle()
    row = page.page.locator('[data-row="points"]')
    assert row.get_by_role("button", pressed=True).count() == 1
    assert "▼ ÷ 45" in row.inner_text()
    alt = page.js("document.querySelector('.bl-box').getAttribute('aria-label')")
    assert "0.87 epistemic and 17 aleatoric" in alt
    assert alt.count("0.87 epistemic") == 1  # what is found is not told a second time as what is said
