"""A decision's threshold is moved on its axis, by mouse, finger and keys, and steps round exactly what is counted."""

from __future__ import annotations

import re

ACTION = "live.spec.handles.find(h => h.id === 'action').values[live.positions.action]"
FILLED = (
    "[...document.querySelectorAll('.dd-dot.counted')].map(dot => [+dot.getAttribute('cx'), +dot.getAttribute('cy')])"
)
OPEN = (
    "[...document.querySelectorAll('.dd-dot:not(.counted)')].map(dot => [+dot.getAttribute('cx'), "
    "+dot.getAttribute('cy')])"
)
COUNTS = "[...document.querySelectorAll('.dd-count')].map(text => text.textContent)"
LINE = "document.querySelector('.dd-line').getAttribute('d')"


def thumb(page) -> tuple[float, float]:
    """Return the middle of the thumb, in pixels."""
    box = page.box(".dd-thumb")
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def right_of(line: str, y: float) -> float:
    """Return where the line stands at a height, in pixels: it goes down, right, and down."""
    x = float(re.match(r"M([\d.]+)", line)[1])
    for kind, value in re.findall(r"([VH])([\d.]+)", line):
        if kind == "V" and y <= float(value):
            return x
        if kind == "H":
            x = float(value)
    return x


def agrees(page) -> int:
    """Check that filled dots lie right of the line, open ones left of it, and that words say how many; return that."""
    filled, left, line, counts = (page.js(what) for what in (FILLED, OPEN, LINE, COUNTS))
    assert len(filled) + len(left) == 50
    assert counts[-1] == f"{len(filled)} of 50"
    assert all(x > right_of(line, y) for x, y in filled)
    assert all(x < right_of(line, y) for x, y in left)
    return len(filled)


def crossed(page) -> list[str]:
    """Return the names that the reader's own line crosses, at any of its places."""
    return page.js("""(() => {
      const root = document.querySelector(".bl"), input = root.querySelector('[data-handle="action"] input[type=range]');
      const found = [], was = input.value;
      const at = (value) => { input.value = value; input.dispatchEvent(new Event("input", { bubbles: true })); };
      const last = root.__live.spec.handles.find(h => h.id === "action").values.length;
      return (async () => {
        for (let i = 0; i < last; i += 3) {
          at(i);
          await new Promise(requestAnimationFrame);
          await new Promise(requestAnimationFrame);
          const line = root.querySelector(".dd-line"), end = line.getPointAtLength(line.getTotalLength());
          for (const name of root.querySelectorAll(".dd-t-guess, .dd-t-best")) {
            const { x, y, width, height } = name.getBBox();
            const top = +root.querySelector(".dd-thumb").style.transform.match(/, ([\\d.]+)px/)[1];
            if (end.x > x && end.x < x + width && y < end.y && y + height > top) found.push(`${name.textContent} ${i}`);
          }
        }
        at(was);
        return found;
      })();
    })()""")


def test_the_threshold_is_dragged_round_the_dots_that_it_counts(visit):
    page = visit("/decide")
    page.settle()
    x, y = thumb(page)
    runs, seen = page.runs, {agrees(page)}
    page.page.mouse.move(x, y)
    page.page.mouse.down()
    for step in range(1, 13):
        draws = page.live("live.draws")
        page.page.mouse.move(x + 11.3 * step, y)
        page.wait(f"document.querySelector('.bl').__live.draws > {draws}")
        seen.add(agrees(page))
    assert page.runs == runs  # nothing is asked of the server while it moves
    assert len(seen) > 8
    assert abs(thumb(page)[0] - (x + 12 * 11.3)) < 5
    page.page.mouse.up()
    there = page.live(ACTION)
    page.wait(f"location.search.includes('action={there:g}')")
    page.page.keyboard.press("ArrowLeft")  # whoever takes the thumb has the keyboard
    page.wait(f"location.search.includes('action={there - 5:g}')")
    agrees(page)

    assert crossed(page) == []
    lowest = "+document.querySelector('.dd-mark.dd-best').getAttribute('cx')"
    before, y = page.js(lowest), page.js("+document.querySelector('.dd-mark.dd-best').getAttribute('cy')")
    page.js("document.querySelector('[data-handle=\"under\"] input[type=range]').focus()")
    page.page.keyboard.press("End")
    page.wait("location.search.includes('under=5000')")
    page.settle()
    assert page.js(lowest) > before + 20  # too little is dearer: the best action is more
    assert page.js("+document.querySelector('.dd-mark.dd-best').getAttribute('cy')") == y  # its axis stays
    agrees(page)


def test_a_finger_moves_the_threshold_on_a_phone(visit):
    page = visit("/decide?scene=kiosk", size=(375, 812), has_touch=True)
    page.settle()
    page.page.locator(".dd-thumb").scroll_into_view_if_needed()
    before, (x, y) = agrees(page), thumb(page)
    session = page.context.new_cdp_session(page.page)
    for kind, at in (("touchStart", x), *(("touchMove", x + 9 * step) for step in range(1, 9)), ("touchEnd", None)):
        points = [] if at is None else [{"x": at, "y": y}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    page.wait("/action=[56]/.test(location.search)")
    assert agrees(page) < before
    assert page.js("document.documentElement.scrollWidth") <= 375
