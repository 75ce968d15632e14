"""A reader draws: by mouse, by keys and by finger, on one page; what is drawn is the core's answer to what is on screen."""

from __future__ import annotations

from pathlib import Path

import axe_core_python
import numpy as np
import pytest

from bayes_core import Dataset, Prior
from bayes_core.data.upload import from_link
from bayes_core.inference.exact import posterior
from bayes_core.models import Linear

AXE = next(Path(axe_core_python.__file__).parent.rglob("axe.min.js"))
POINTS = "document.querySelector('.bl').__live.pen.points"
TOLD = "document.querySelector('.bl').__live.spec.draws"
WIDTH = "live.spec.handles[0].values[live.positions.width]"
PLACES = """(() => {
  const live = document.querySelector('.bl').__live, box = live.plot.getBoundingClientRect();
  const { xaxis, yaxis } = live.plot._fullLayout, { x, y } = live.pen.points;
  const place = (a, b) => [box.left + xaxis._offset + xaxis.d2p(a), box.top + yaxis._offset + yaxis.d2p(b)];
  return { dots: x.map((value, i) => place(value, y[i])), free: place(8, 25) };
})()"""


def drawn(page, count: int) -> dict:
    """Wait until Python's picture shows so many points, as they are on screen; return them."""
    heard(page, count)
    page.settle()
    return page.js(POINTS)


def heard(page, count: int) -> None:
    page.wait(f"{TOLD}?.x.length === {count} && JSON.stringify([{TOLD}.x, {TOLD}.y]) === "
              f"JSON.stringify([{POINTS}.x, {POINTS}.y])", timeout=15_000)  # fmt: skip


def test_points_are_added_moved_and_taken_away_by_mouse_keys_and_finger(visit):
    page = visit("/posterior", has_touch=True)
    page.settle()
    runs = page.runs
    mouse = page.page.mouse
    page.page.get_by_role("button", name="Draw", exact=True).click()
    mouse.click(*page.js(PLACES)["free"])
    points = drawn(page, 6)
    assert "scene=yours" in page.js("location.search")
    x, y = page.js(PLACES)["dots"][5]
    sent = len(page.components)
    mouse.move(x, y)
    mouse.down()
    mouse.move(x - 60, y - 120, steps=4)
    page.wait("document.querySelector('.bl').__live.pen.shown > 0")  # the answer follows before the drop
    at_once(page, x - 60, y - 120)
    assert {*page.components[sent:]} == {"bayes_held"}
    assert page.live("live.spec.draws.y[5]") == points["y"][5]
    assert page.runs > runs
    mouse.up()
    points = drawn(page, 6)
    assert points["y"][5] > 60
    width, level = page.live("[live.spec.handles[0].values[live.positions.width], 0.9]")
    answer = posterior(Dataset.from_arrays(points["x"], points["y"]), Linear(), Prior(width, 10.0))
    rows = Linear().design(np.linspace(-0.4, 12, 61)[:, None])
    band = answer.band(rows, rows[:, 1], level)
    shown = page.live("Array.from(live.shown.credible.y)")
    assert shown == pytest.approx(np.concatenate([band.upper[0], band.lower[0][::-1]]), abs=0.1)
    data = page.js("new URLSearchParams(location.search).get('rows')")
    assert from_link(data.partition(".")[0]).y.tolist() == points["y"]
    mouse.dblclick(*page.js(PLACES)["dots"][5])
    drawn(page, 5)
    by_keys(page)
    by_finger(page)
    page.page.get_by_role("button", name="The scene’s own points").click()
    page.wait("!location.search.includes('scene=yours')")
    assert drawn(page, 5)["x"] == [0, 1, 2, 4, 5]
    page.page.locator(".bl-cross").focus()
    page.page.keyboard.press("Enter")
    drawn(page, 6)
    assert page.js("document.activeElement.className") == "bl-cross"  # what is around the picture was made anew
    page.page.add_script_tag(path=str(AXE))
    found = page.js("axe.run('.bl', {resultTypes: ['violations']})")["violations"]
    assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []


def at_once(page, x: float, y: float) -> None:
    """While a point is held the lines follow it at every frame, without an answer."""
    page.wait("(pen => pen.near && !pen.asked && !pen.owed)(document.querySelector('.bl').__live.pen)")  # all is heard
    pen, draw = page.live("live.pen.shown"), "document.querySelector('.bl').__live.pen.shown"
    page.live("Object.assign(live.pen, { asked: 1e9, since: performance.now() + 1e6 })")  # nothing is asked or heard
    page.page.mouse.move(x + 3, y + 9)
    page.wait(f"{draw} > {pen}")
    points = page.js(POINTS)
    assert page.live("live.spec.draws.y[5]") != points["y"][5]
    answer = posterior(Dataset.from_arrays(points["x"], points["y"]), Linear(), Prior(page.live(WIDTH), 10.0))
    rows = Linear().design(np.linspace(-0.4, 12, 61)[:, None])
    band = answer.band(rows, rows[:, 1], 0.9)
    axes = page.live("[live.plot._fullLayout.yaxis.range, live.plot._fullLayout.yaxis._length]")
    half = (axes[0][1] - axes[0][0]) / axes[1] / 2
    known, shown = np.concatenate([band.upper[0], band.lower[0][::-1]]), page.live("Array.from(live.shown.credible.y)")
    seen = (known >= axes[0][0]) & (known <= axes[0][1])
    assert np.abs(known - np.array(shown))[seen].max() < half
    page.live("Object.assign(live.pen, { asked: 0, since: 0 })")


def by_keys(page) -> None:
    keyboard = page.page.keyboard
    cross = page.page.locator(".bl-cross")
    cross.focus()
    assert "Enter adds a point here" in cross.get_attribute("aria-label")
    for _ in range(3):
        keyboard.press("ArrowUp")
    keyboard.press("Enter")
    points = drawn(page, 6)
    dot = page.page.locator(".bl-dot").nth(5)
    dot.focus()
    keyboard.press("ArrowRight")
    keyboard.press("ArrowRight")
    moved = drawn(page, 6) if page.live("live.pen.told === live.spec.draws.count") else points
    page.wait(f"{TOLD}.x[5] > {points['x'][5]}")
    moved = drawn(page, 6)
    assert moved["y"] == points["y"]
    assert f"Point 6 of 6: nights of four hours' sleep = {moved['x'][5]:.2f}" in dot.get_attribute("aria-label")
    page.page.locator(".bl-dot").nth(5).focus()
    keyboard.press("Delete")
    drawn(page, 5)
    keyboard.press("Control+z")
    drawn(page, 6)
    page.page.locator(".bl-dot").nth(5).focus()
    keyboard.press("Escape")
    page.wait("document.querySelector('.bl-pad').hidden")
    assert page.js("document.activeElement.dataset.tool") == "draw"
    keyboard.press("Enter")


def by_finger(page) -> None:
    session = page.context.new_cdp_session(page.page)

    def touch(kind: str, *at: float) -> None:
        points = [{"x": at[0], "y": at[1]}] if at else []
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    page.page.touchscreen.tap(*page.js(PLACES)["free"])
    before = drawn(page, 7)
    x, y = page.js(PLACES)["dots"][6]
    touch("touchStart", x, y)
    for step in range(1, 6):
        touch("touchMove", x, y - 12 * step)
    touch("touchEnd")
    page.wait(f"{TOLD}.y[6] > {before['y'][6]}")
    drawn(page, 7)
    for _ in range(2):
        page.page.touchscreen.tap(*page.js(PLACES)["dots"][6])
    drawn(page, 6)


def test_a_handle_that_is_dragged_while_one_draws_asks_nothing(visit):
    page = visit("/posterior?scene=houses")
    page.settle()
    page.page.get_by_role("button", name="Draw", exact=True).click()
    runs, draws = page.begun, page.live("live.draws")
    x, y, width = page.grab("width")
    page.page.mouse.move(x - width / 3, y, steps=5)
    page.wait(f"document.querySelector('.bl').__live.draws > {draws}")
    assert page.begun == runs
    page.page.mouse.up()


ON_MAP = """(() => {
  const live = document.querySelector('.bl').__live, { x, y } = live.pen.points, s = live.spec.stage;
  const box = document.querySelector('.cm-map').getBoundingClientRect();
  const share = (v, [low, high]) => (v - low) / (high - low);
  const place = (a, b) => [box.left + share(a, s.x_range) * box.width, box.bottom - share(b, s.y_range) * box.height];
  return { dots: x.map((at, i) => place(at, y[i])), from: place(-2.8, -2.9), to: place(-1.2, -2.5) };
})()"""
CODES = "live.pen.points.k"


def answered(page, count: int) -> dict:
    """Wait until Python's map of so many points is the answer to those on screen; return them."""
    heard(page, count)
    page.wait("!document.querySelector('.bl-stage').classList.contains('unknown')")
    assert page.live("live.spec.stage.points.map((point) => point[2])") == page.live(CODES)
    return page.js(POINTS)


def test_a_brush_paints_points_of_its_class_on_the_map_and_a_number_gives_a_point_another(visit):
    page = visit("/classes?model=line", has_touch=True)
    page.settle()
    mouse, keyboard = page.page.mouse, page.page.keyboard
    page.page.get_by_role("button", name="Draw", exact=True).click()
    brush = page.page.get_by_role("radio", name="lower moon")
    brush.press(" ")
    assert brush.is_checked()
    codes = page.live(CODES)
    (x, y), (to_x, to_y) = page.js(ON_MAP)["from"], page.js(ON_MAP)["to"]
    mouse.move(x, y)
    mouse.down()
    mouse.move(to_x, to_y, steps=7)
    many = len(page.live(CODES))
    assert page.js("document.querySelectorAll('.cm-dots path').length") == many >= len(codes) + 4
    mouse.up()
    points = answered(page, many)
    assert page.live(CODES) == [*codes, *[1] * (many - len(codes))]
    apart = np.diff(np.array(page.js(ON_MAP)["dots"][len(codes) :]), axis=0)
    assert np.hypot(*apart.T) == pytest.approx(32, abs=1.5)
    assert "A straight boundary, changed" in page.page.locator("body").inner_text()
    x, y = page.js(ON_MAP)["dots"][-1]
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + 30, y - 40, steps=3)
    mouse.up()
    assert answered(page, many)["y"][-1] > points["y"][-1]
    mouse.dblclick(*page.js(ON_MAP)["dots"][-1])
    answered(page, many - 1)
    dot = page.page.locator(".bl-dot").nth(len(codes))
    dot.focus()
    keyboard.press("1")
    page.wait(f"{TOLD}.k[{len(codes)}] === 0")
    answered(page, many - 1)
    assert f"Point {len(codes) + 1} of {many - 1}, upper moon: first measurement" in dot.get_attribute("aria-label")
    assert page.js("document.activeElement.dataset.i") == str(len(codes))
    page.page.touchscreen.tap(*page.js(ON_MAP)["to"])
    assert answered(page, many)["k"][-1] == 1
    for _ in range(5):
        page.page.get_by_role("button", name="Undo").click()
        page.wait(f"{TOLD}.count === document.querySelector('.bl').__live.pen.told")
    answered(page, len(codes))
    assert "scene=yours" not in page.js("location.search")
    page.page.add_script_tag(path=str(AXE))
    found = page.js("axe.run('.bl', {resultTypes: ['violations']})")["violations"]
    assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
