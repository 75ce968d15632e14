"""The pure parts of assets/live, module by module, in a blank page of the browser that runs them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlparse
from xml.etree import ElementTree

import numpy as np
import pytest
from templates import AFTER, BEFORE, OPENINGS, TABLE

from bayes_core.figures.between import weights
from bayes_core.figures.film import pack
from bayes_core.figures.frames import Frames
from bayes_core.figures.packing import letter, opened
from pages._ui.sentences import absent, bare, number_in
from pages._ui.terms import terms_in, told

LIVE = Path(__file__).resolve().parents[2] / "assets" / "live"
ORIGIN = "https://modules.test"
Call = Callable[..., Any]


@pytest.fixture(scope="module")
def module(chromium) -> Iterator[Call]:
    """Return `module(name, expression, *args)`: what an expression of m (the module) and a (the arguments) gives."""
    page = chromium.new_page()

    def serve(route) -> None:
        path = urlparse(route.request.url).path.lstrip("/")
        if path:
            route.fulfill(path=LIVE / path, content_type="text/javascript")
        else:
            route.fulfill(body="<!doctype html><title>blank</title>", content_type="text/html")

    page.route(f"{ORIGIN}/**", serve)
    page.goto(ORIGIN)

    def call(name: str, expression: str, *args: Any) -> Any:
        return page.evaluate(f"async ([name, a]) => {{ const m = await import(name); return {expression}; }}", [
            f"{ORIGIN}/{name}.js",
            list(args),
        ])  # fmt: skip

    yield call
    page.close()


# ----------------------------------------------------------------------------------------------------- text, svg
def test_texts_are_escaped_and_numbers_are_short(module):
    assert module("text", "m.safe(a[0])", '<b title="x">R&D</b>') == "&lt;b title=&quot;x&quot;&gt;R&amp;D&lt;/b&gt;"
    assert module("text", "a.map(m.short)", -12.3456, 0.00123456, 1234.5, 0) == ["\u221212.3", "0.00123", "1230", "0"]
    assert module("text", "a.map(m.plain)", 999, 12000, -1.5) == ["999", "12,000", "\u22121.5"]


def test_a_missing_point_lifts_the_pen_or_is_bridged(module):
    x, y = [0, 1, 2, 3, 4], [5, 6.26, None, 7, 8]
    draw = "m.trail(5, i => a[0][i], i => a[1][i] ?? NaN, a[2])"
    assert module("svg", draw, x, y, False) == "M0.0 5.0L1.0 6.3M3.0 7.0L4.0 8.0"
    assert module("svg", draw, x, y, True) == "M0.0 5.0L1.0 6.3L3.0 7.0L4.0 8.0"
    assert module("svg", "m.trail(2, () => NaN, () => 1)") == ""


def test_marks_leave_out_what_is_not_set_and_escape_their_words(module):
    assert module("svg", "m.tag('g', {a: 1, b: undefined, c: 0}, 'in')") == '<g a="1" c="0">in</g>'
    assert (
        module("svg", "m.words(1, 2, '<', {fill: m.colour('map')})")
        == '<text x="1" y="2" fill="var(--c-map)">&lt;</text>'
    )


# ----------------------------------------------------------------------------------------------------- a map
def test_a_plane_is_read_between_its_places_and_held_at_its_sides(module):
    values = [0, 2, 4, 10, 12, 14, 30, 32, 34]  # 2 x across + 10 and 20 up
    read = "m.between([9, ...a[0]], 3, 1, a[1], a[2])"
    assert module("plane", read, values, 0.5, 0.5) == 12
    assert module("plane", read, values, 0.25, 0.75) == pytest.approx(1 + 20)
    assert module("plane", read, values, 1.7, -1) == 4


def test_smoothed_numbers_keep_a_slope_and_lose_a_step(module):
    sloped = module("plane", "[...m.smoothed([9, ...a[0]], 3, 1)]", [0, 2, 4, 10, 12, 14, 20, 22, 24])
    assert sloped[4] == 12
    assert module("plane", "[...m.smoothed(a[0], 3, 0)]", [0, 0, 0, 0, 16, 0, 0, 0, 0]) == [1, 2, 1, 2, 4, 2, 1, 2, 1]


def test_zeros_are_where_a_function_changes_its_sign(module):
    straight = "m.zeros((k) => (k % 5) - 1.5, 5, 40, 20)"  # at x = 1.5 of 4
    assert module("plane", straight) == "M15.0 20.0L15.0 15.0M15.0 15.0L15.0 10.0M15.0 10.0L15.0 5.0M15.0 5.0L15.0 0.0"
    assert module("plane", "m.zeros(() => 1, 5, 40, 20)") == ""


def test_a_tint_comes_back_from_oklab_and_steps_are_those_of_the_key(module):
    for rgb in ([99, 204, 192], [20, 23, 27], [252, 251, 248]):
        np.testing.assert_allclose(module("tints", "m.fromLab(m.toLab(a[0]))", rgb), rgb, atol=0.01)
    np.testing.assert_allclose(module("tints", "m.toLab([255, 0, 0])"), [0.628, 0.2249, 0.1258], atol=1e-3)
    assert module("tints", "a.map(m.step)", 0.4, 0.6, 0.74, 0.9, 0.97, 1) == [0, 1, 1, 3, 4, 4]
    palest, *_, full = module("tints", "m.tintsOf([252, 251, 248], [99, 204, 192], false)")
    np.testing.assert_allclose(palest, [252, 251, 248], atol=0.01)
    assert full[0] < 130
    brightest = module("tints", "m.ramp([20, 23, 27], [229, 140, 196], true)[255]")
    assert max(brightest) <= 255  # beyond it another colour would begin


def test_the_same_doubt_is_as_light_in_every_hue(module):
    ends = module(
        "tints", "[[123, 31, 124], [18, 111, 168]].map((c) => m.toLab(m.ramp([252, 251, 248], c, false)[200]))"
    )
    assert ends[0][0] == pytest.approx(ends[1][0], abs=1e-6)


def test_both_parts_of_a_doubt_are_its_whole(module):
    coin = module("reading", "m.doubtOf([0.5, 0.5], 0.3)")
    assert coin == {"total": 1, "mutual": 0.3, "expected": 0.7}
    assert module("reading", "m.doubtOf([1, 0], 0.01)") == {"total": 0, "mutual": 0, "expected": 0}
    assert module("reading", "a.map(m.perCent)", 0.9951, 0.964, 0.004) == ["> 99", "96", "< 1"]
    assert module("reading", "[-9, 0, 2].map(m.quick)") == pytest.approx([1 / (1 + np.exp(8)), 0.5, 0.8808], abs=1e-4)


# ----------------------------------------------------------------------------------------------------- colours
FIGURE = {
    "data": [
        {"fillcolor": "rgba(1,2,3,0.4)", "line": {"color": "rgba(1,2,3,0.4)", "width": 2.5}},
        {"fillcolor": "rgba(1,2,3,0.9)", "marker": {"color": "rgba(9,9,9,1)"}, "name": "rgba"},
    ],
    "layout": {"paper": "rgba(4,5,6,0)", "title": None},
}  # fmt: skip


@pytest.mark.parametrize(("dark", "fills"), [(False, ["0.4", "0.9"]), (True, ["0.6", "1"])])
def test_a_figure_is_inked_concept_by_concept(module, dark, fills):
    palette = {"prior": "1,2,3", "copy": "1,2,3", "paper": "4,5,6"}
    now = {"prior": "100,101,102", "copy": "7,7,7", "paper": "20,21,22"}
    inked = module("ink", "m.reInk(a[0], a[1], {now: a[2], dark: a[3]})", FIGURE, palette, now, dark)
    alpha = [one["fillcolor"].removeprefix("rgba(100,101,102,").removesuffix(")") for one in inked["data"]]
    np.testing.assert_allclose([float(a) for a in alpha], [float(f) for f in fills])
    assert inked["data"][0]["line"] == {"color": "rgba(100,101,102,0.4)", "width": 2.5}  # lines keep their weight
    assert inked["data"][1]["marker"]["color"] == "rgba(9,9,9,1)"  # no concept's colour
    assert inked["data"][1]["name"] == "rgba"
    assert inked["layout"] == {"paper": "rgba(20,21,22,0)", "title": None}


# ----------------------------------------------------------------------------------------------------- labels
def test_where_a_line_crosses_is_numpys_interpolation(module):
    random = np.random.default_rng(3)
    x, y = np.sort(random.uniform(-4, 9, 17)), random.normal(size=17)
    for at in (*random.uniform(x[0], x[-1], 8), x[5]):
        found = module("labels", "m.crossing({x: a[0], y: a[1]}, a[2])", x.tolist(), y.tolist(), float(at))
        np.testing.assert_allclose([found["low"], found["high"]], np.interp(at, x, y))
    assert module("labels", "m.crossing({x: a[0], y: a[1]}, 9.5)", x.tolist(), y.tolist()) is None


def test_where_an_outline_crosses_are_both_its_edges(module):
    x = np.array([0.0, 1.0, 3.0, 7.0])
    upper, lower = np.array([2.0, 5.0, 4.0, 9.0]), np.array([-1.0, 0.5, -3.0, 1.0])
    outline = {"x": [*x, *x[::-1]], "y": [*upper, *lower[::-1]]}
    for at in (0.25, 2.0, 6.5):
        found = module("labels", "m.crossing(a[0], a[1])", outline, at)
        assert found == {"low": pytest.approx(np.interp(at, x, lower)), "high": pytest.approx(np.interp(at, x, upper))}
    edge = module("labels", "m.crossing(a[0], 7)", outline)  # there the outline runs straight down
    assert edge == {"low": 1.0, "high": 9.0}
    for ends in ([1, 5], [5, 1]):
        assert module("labels", "m.crossing({x: [2, 2], y: a[0]}, 2)", ends) == {"low": 1, "high": 5}


def test_a_gap_is_crossed_nowhere(module):
    line = "{x: [0, 1, 2, 3], y: [4, NaN, 6, 7]}"
    assert module("labels", f"m.crossing({line}, 0.5)") is None
    assert module("labels", f"m.crossing({line}, 2.5)") == {"low": 6.5, "high": 6.5}
    torn = "{x: [0, 1, 0, 1], y: [4, NaN, 6, 8]}"
    assert module("labels", f"m.crossing({torn}, 0.5)") == {"low": 7, "high": 7}


def relaxed(module, wishes, heights, top, bottom) -> np.ndarray:
    """Return the places in the order of the wishes."""
    items = [{"wish": w, "height": h, "order": i} for i, (w, h) in enumerate(zip(wishes, heights, strict=True))]
    moved = module("labels", "(m.relax(a[0], a[1], a[2]), a[0])", items, top, bottom)
    return np.array([item["place"] for item in sorted(moved, key=lambda item: item["order"])])


def test_labels_that_do_not_meet_stay_where_they_wish(module):
    np.testing.assert_allclose(relaxed(module, [130.0, 20.0, 60.0], [20, 30, 25], 0, 200), [130, 20, 60])


def test_two_labels_give_way_by_half_of_what_is_lacking(module):
    np.testing.assert_allclose(relaxed(module, [100.0, 110.0], [20, 30], 0, 300), [92.5, 117.5])  # 25 apart, not 10
    np.testing.assert_allclose(relaxed(module, [100.0, 100.0], [20, 30], 0, 300), [87.5, 112.5])  # the first above


def test_labels_stay_inside(module):
    np.testing.assert_allclose(relaxed(module, [-40.0], [20], 5, 300), [15])
    np.testing.assert_allclose(relaxed(module, [290.0, 299.0], [20, 30], 0, 300), [260, 285], atol=0.3)


def test_many_labels_keep_their_order_and_do_not_overlap(module):
    random = np.random.default_rng(11)
    for _ in range(12):
        wishes, heights = random.uniform(-20, 320, 7), random.uniform(12, 36, 7)
        places = relaxed(module, wishes.tolist(), heights.tolist(), 0, 300)
        order = np.argsort(wishes, kind="stable")
        apart = np.diff(places[order]) - (heights[order][1:] + heights[order][:-1]) / 2
        assert (apart > -1.5).all()  # of 12 and more: sixty rounds bring them within a pixel or so
        assert (places - heights / 2 > -1.5).all()
        assert (places + heights / 2 < 301.5).all()


AXES = {"xRange": [0, 10], "yRange": [0, 5], "left": 100, "right": 300, "top": 50, "bottom": 250}
LINE = {"x": [-1, 1, 2, 4, 6, 12], "y": [9, 3, 7, 4.5, 2, 8]}


@pytest.mark.parametrize(
    ("side", "point"), [("peak", (2, 7)), ("top", (4, 4.5)), ("start", (1, 3)), ("end", (6, 2))]
)  # beyond the axes nothing counts; "top" is the highest that is inside the picture
def test_words_hang_from_a_point_of_the_line_in_view(module, side, point):
    found = module("hanging", "m.anchor(a[0], a[1], a[2])", LINE, side, AXES)
    assert (found["x"], found["y"]) == point


def test_words_hang_from_nothing_where_nothing_is_in_view(module):
    assert module("hanging", "m.anchor(a[0], 'peak', a[1])", {"x": [20, 30], "y": [1, 2]}, AXES) is None
    assert module("hanging", "m.anchor(undefined, 'end', a[0])", AXES) is None


def test_hanging_words_stand_over_their_point_and_climb_over_each_other(module):
    size, point = {"w": 40, "h": 16}, {"x": 200, "y": 150}
    place = "m.place(a[0], a[1], a[2], a[3], a[4])"
    first = module("hanging", place, point, size, "peak", AXES, [])
    assert first == {"x": 180, "y": 129, "w": 40, "h": 16}
    second = module("hanging", place, point, size, "peak", AXES, [first])
    assert second["y"] + 16 <= first["y"]
    high = module("hanging", place, {"x": 200, "y": 55}, size, "peak", AXES, [])
    assert high["y"] > 55  # no room above: below the point
    edge = module("hanging", place, {"x": 299, "y": 150}, size, "end", AXES, [])
    assert edge["x"] + 40 <= 299  # no room to the right: to the left


DIP = {"x": [0, 2, 4, 6, 8, 10], "y": [5, 5, 4, 1, 4, 4.6]}


def test_words_stand_under_a_line_as_near_to_its_lowest_point_as_they_fit(module):
    """Between the line and the bottom of the picture, which no place that covers the dip leaves room for."""
    find = "m.under(a[0], a[1], {...a[2], x: v => 100 + 20 * v, y: v => 250 - 40 * v})"
    low = module("hanging", find, DIP, {"w": 40, "h": 16}, AXES)
    assert (low["x"], low["w"], low["h"]) == (200, 40, 16)
    assert low["y"] == 250 - 40 + 4  # below the lowest point, which lies over the middle of the words
    tall = module("hanging", find, DIP, {"w": 40, "h": 60}, AXES)
    pixels = [
        250 - 40 * up for at, up in zip(DIP["x"], DIP["y"], strict=True) if tall["x"] <= 100 + 20 * at <= tall["x"] + 40
    ]
    assert tall["y"] >= max(pixels)
    assert tall["y"] + 60 <= 250
    assert abs(tall["x"] + 20 - 220) > 20  # beside the dip: under it they do not fit
    assert module("hanging", find, DIP, {"w": 40, "h": 400}, AXES) is None
    assert module("hanging", "m.hangs({at: [['held', 'under']]}) && !m.hangs({at: [['held', 'last']]})")


# ----------------------------------------------------------------------------------------------------- small charts
SCORES = {"low": 0, "high": 10, "ticks": [0, 5, 10], "unit": "min", "most": 6}


def drawn(module, name: str, spec: dict, rows: dict, label: str = "") -> str:
    """Return the SVG that a panel draws of rows."""
    code = (
        "(() => { const el = document.createElement('div'); el.innerHTML = m[a[0]].make(a[1]);"
        "m[a[0]].draw(a[1], el, {row: n => a[2][n] ? Float64Array.from(a[2][n], v => v ?? NaN) : null, word: () => a[3]});"
        "return el.querySelector('svg').innerHTML; })()"
    )
    return module(f"panels/{name}", code, name, spec, rows, label)


def test_scores_are_dots_while_they_can_be_counted_and_bars_beyond(module):
    few = {"scores.inside": [2, 1, 0], "scores.outside": [0, 1, 2], "scores.at": [4.0]}
    svg = drawn(module, "scores", SCORES, few, "3rd smallest of 6")
    assert svg.count("<circle") == 6
    assert svg.count('fill="var(--c-paper)"') == 3  # hollow: beyond the threshold
    assert "M120 108V8" in svg  # the threshold, at 4 of 10
    assert "3rd smallest of 6" in svg
    many = few | {"scores.inside": [9, 1, 0]}
    svg = drawn(module, "scores", SCORES, many)
    assert (svg.count("<circle"), svg.count("<rect")) == (0, 4)
    assert svg.count('fill="var(--c-paper)"') == 2


def test_an_endless_band_has_an_arrow_instead_of_a_threshold(module):
    rows = {"scores.inside": [2, 1, 0], "scores.outside": [0, 0, 0], "scores.at": [None]}
    svg = drawn(module, "scores", SCORES, rows, "no score is far enough")
    assert "M280 56H298" in svg
    assert "V8" not in svg
    assert "no score is far enough" in svg


def test_a_cell_has_the_tint_of_the_class_that_it_names_and_a_wrong_one_a_frame(module):
    spec = {"text": "t", "classes": ["a", "b<"], "sides": ["is", "called"], "words": "w"}
    code = (
        "(() => { const el = document.createElement('div'); el.innerHTML = m.confusion.make(a[0]);"
        "m.confusion.draw(a[0], el, {row: () => a[1] && Float64Array.from(a[1])});"
        "return [...el.querySelectorAll('tbody td')].map(c =>"
        " [c.dataset.word, 'wrong' in c.dataset, c.className, c.style.background]); })()"
    )
    cells = module("panels/confusion", code, spec, [0.75, 0.25, 0, 1])
    assert [cell[0] for cell in cells] == [f"confusion.{i}.{j}" for i in range(2) for j in range(2)]
    assert [cell[1] for cell in cells] == [False, True, True, False]
    assert [cell[2] for cell in cells] == ["", "", "none", ""]
    shown = [("class1", "68%"), ("class2", "23%"), None, ("class2", "90%")]
    for (*_, tint), expected in zip(cells, shown, strict=True):
        assert all(part in tint for part in expected) if expected else not tint
    assert all(cell[2] == "none" for cell in module("panels/confusion", code, spec, None))  # not known yet


def test_worlds_are_counted_under_their_law(module):
    spec = {"text": "kept", "badge": "simulated", "low": 0.5, "names": ["promised", "law"]}
    rows = {"kept.counts": [0, 3, 9, 1, 0], "kept.law": [0, 4, 8, 1, 0], "kept.mean": [0.75], "kept.level": [0.9]}
    svg = drawn(module, "kept", spec, rows)
    assert svg.count("<rect") == 3
    assert 'cx="150"' in svg  # 75 % lies half way from 50 to 100 %
    assert "M240 39V65" in svg
    assert "promised 90 %" in svg
    assert "M60 47H60V27.88" in svg  # the law's first step, 4 of 9 high


def test_a_title_folds_between_words(module):
    fold = "m.folded(a[0], a[1], text => 10 * text.length)"
    assert module("panels/small", fold, "expected log likelihood", 120) == ["expected log", "likelihood"]
    assert module("panels/small", fold, "KL to the prior", 1000) == ["KL to the prior"]
    assert module("panels/small", fold, "incomprehensibilities now", 50) == ["incomprehensibilities", "now"]


def test_a_name_stands_beside_its_mark_and_gives_way_to_what_is_there(module):
    room = {"left": 0, "right": 300, "top": 0, "bottom": 200}
    find = "m.beside(a[0], a[1], a[2], a[3])"
    right = module("panels/small", find, {"x": 100, "y": 100}, 20, room, [])
    assert (right["x"], right["y"]) == (108, 100)
    left = module("panels/small", find, {"x": 290, "y": 100}, 20, room, [{"x": 284, "y": 100, "w": 12, "h": 12}])
    assert (left["x"], left["y"]) == (262, 100)
    long = module("panels/small", find, {"x": 100, "y": 100}, 50, room, [])
    assert (long["x"], abs(long["y"] - 100)) == (75, 12)  # its middle is nearer over the mark than beside it
    taken = [right, {"x": 62, "y": 100, "w": 30, "h": 14}]  # both sides
    other = module("panels/small", find, {"x": 100, "y": 100}, 20, room, taken)
    for box in taken:
        across = min(other["x"] + 20, box["x"] + box["w"]) - max(other["x"], box["x"])
        up = (other["h"] + box["h"]) / 2 - abs(other["y"] - box["y"])
        assert min(across, up) <= 0
    corner = module("panels/small", find, {"x": 1, "y": 1}, 50, room, [])
    assert corner["x"] >= 0
    assert corner["y"] - corner["h"] / 2 >= 0


# ------------------------------------------------------------------------------------------ members, words, motion
def test_a_threshold_steps_round_the_dots_of_its_own_column(module):
    """Whatever the width and the place: right of the line lies what is counted, and no two dots share a place."""
    random = np.random.default_rng(8)
    for width, room, largest in ((700.0, 200.0, 34), (300.0, 180.0, 20), (900.0, 60.0, 46)):
        xs = np.sort(width / 2 + width / 9 * random.standard_normal(50))
        dots = module("dotting", "m.columns(a[0], a[1], a[2], a[3], 500)", xs.tolist(), width / 2, room, largest)
        assert len({(dot["x"], dot["y"]) for dot in dots}) == 50
        assert min(dot["y"] - dot["size"] / 2 for dot in dots) >= 500 - room
        assert all(abs(dot["x"] - x) <= dot["size"] / 2 + 1e-9 for dot, x in zip(dots, xs, strict=True))
        places = np.linspace(xs[0] - 20, xs[-1] + 20, 56).tolist()
        above = [[int(x > here) for x in xs] for here in places]
        lines = module("dotting", "a[1].map((here, i) => m.step(a[0], a[2][i], here, 498))", dots, places, above)
        for drawn, counted in zip(lines, above, strict=True):
            bend = re.fullmatch(r"V([\d.]+)H([\d.]+)V500", drawn["line"])
            for dot, one in zip(dots, counted, strict=True):
                line = float(bend[2]) if bend and dot["y"] > float(bend[1]) else drawn["top"]
                assert (dot["x"] > line) == bool(one)


def test_members_are_told_apart_by_the_gaps_between_them(module):
    trace = "{x: [0, 1, null, 0, 1, null, 0, 1], y: Float64Array.of(1, 2, NaN, 3, 4, NaN, 5, 6)}"
    lines = module("member", f"[0, 1, 2, 3, null].map(i => m.memberLine({trace}, i))")
    assert lines == [{"x": [0, 1], "y": [1, 2]}, {"x": [0, 1], "y": [3, 4]}, {"x": [0, 1], "y": [5, 6]}, None, None]
    assert module("member", "m.memberLine(undefined, 0)") is None


def test_a_handles_move_is_told_in_its_own_words(module):
    handle = {"sentence": "{from.value} → {to.value}: {change edge}; {edge none}.", "texts": ["<1", "2", "3"]}
    tell = "m.sentence(a[0], a[1], a[2], n => ({edge: '0.5'})[n] ?? null, n => ({edge: '0.7 & more'})[n] ?? null)"
    assert module("speech", tell, handle, {"text": "<1"}, 2) == {
        "html": "&lt;1 → 3: 0.5 → 0.7 &amp; more.",
        "complete": False,
    }


def test_the_browser_says_of_every_template_what_python_says(module):
    """One page call for the whole table; tests/pages/test_telling.py holds Python to it."""
    say = "a[0].map(t => m.render(t, n => a[1][n] ?? null, n => a[2][n] ?? null))"
    said = module("sentences", say, [template for template, *_ in TABLE], BEFORE, AFTER)
    assert [(one["html"], one["complete"]) for one in said] == [(html, complete) for *_, html, complete in TABLE]
    open_ = "a[0].map(t => m.render(t, null, n => a[1][n] ?? null).html)"
    assert module("sentences", open_, [one for one, _ in OPENINGS], AFTER) == [html for _, html in OPENINGS]
    words = [None, "", "–", "1.2 ± –", "nan", "-3", "a – b", "−1,234.5 ms", "3.4 of 10", "all", "4e-07"]
    assert module("sentences", "a.map(m.absent)", *words) == [absent(word) for word in words]
    assert module("sentences", "a.map(m.numberIn)", *words) == [number_in(word) for word in words]
    html = '<em class="c-map">a</em> &amp; &lt;b&gt; &quot;c&quot;'
    assert module("sentences", "m.bare(a[0])", html) == bare(html)


def test_a_glide_is_slow_at_both_ends(module):
    u = np.linspace(0, 1, 21)
    way = np.array(module("glide", "a[0].map(m.eased)", u.tolist()))
    np.testing.assert_allclose(way[[0, 10, 20]], [0, 0.5, 1])
    np.testing.assert_allclose(way + way[::-1], 1)
    speed = np.diff(way)
    assert (np.diff(speed[:10]) > 0).all()


# ----------------------------------------------------------------------------------------------------- films
SENT = {"id": "", "handle": "width", "stamp": "s", "home": {"width": 1, "noise": 2}, "part": "picture"}
GAPS = np.array([[7.0, 10.0], [8.0, np.nan]])
FRAMES = Frames(
    "width", np.arange(2.0), {"a": GAPS, "still": np.array([[6.0]])}, {"alt": ("one", "two"), "same": ("β",)}, (0, 1)
)
LATER = Frames("width", np.arange(2.0), {"a": np.array([[1.0], [2.0]])}, {})


def unpacked(frames: Frames, **sent) -> str:
    """Return an expression that makes a film of what Python packed."""
    return f"new m.Film({json.dumps(SENT | sent)}, m.readContent(Uint8Array.from({list(opened(pack(frames).packed))})))"


def films(code: str) -> str:
    """Return an expression with a film in it, a later one of another part, and a reel that begins with the first."""
    return f"""(() => {{ const film = {unpacked(FRAMES)}, later = {unpacked(LATER, part="later")}, reel = new m.Reel(film);
      return {code}; }})()"""


def random_frames(seed: int) -> Frames:
    """Return smooth and jumping numbers, with gaps and without, of one position and of many."""
    random = np.random.default_rng(seed)
    walk = random.normal(size=(9, 40)).cumsum(axis=0).cumsum(axis=1)
    torn = np.where(random.random((9, 13)) < 0.3, np.nan, random.standard_cauchy((9, 13)))
    numbers = {
        "walk.y": walk,
        "torn.y": torn,
        "one.y": walk[:1],
        "none": np.full((9, 2), np.nan),
        "2": np.eye(9)[:, :3],
    }
    return Frames("noise", np.arange(9.0), numbers, {"w": tuple(f"{v} → “{v + 1}” & ±" for v in range(9))})


@pytest.mark.parametrize("seed", range(4))
def test_the_browser_reads_to_the_bit_what_python_packed(module, seed):
    film = pack(random_frames(seed))
    read = """(() => { const content = m.readContent(Uint8Array.from(a[0])), film = new m.Film(a[1], content);
      return Object.fromEntries(Object.keys(content.numbers).map(name => [name, a[2].map(v => [...film.row(name, v)])])); })()"""
    rows = module("film", read, list(opened(film.packed)), SENT, list(range(9)))
    assert set(rows) == set(film.numbers)
    for name in rows:
        np.testing.assert_array_equal(np.array(rows[name], float), [film.row(name, v) for v in range(9)])
    words = "a[2].map(v => new m.Film(a[1], m.readContent(Uint8Array.from(a[0]))).word('w', v))"
    assert module("film", words, list(opened(film.packed)), SENT, list(range(9))) == list(film.words["w"])


def test_what_was_sealed_is_inflated_and_named(module):
    film = pack(random_frames(9))
    read = "(async () => { const seal = m.unseal(Uint8Array.from(a[0])); return [seal.name, [...await seal.content()]]; })()"
    name, content = module("message", f"await {read}", list(film.packed))
    assert name == film.id
    assert bytes(content) == opened(film.packed)


def test_a_letter_is_opened_wherever_it_lies_in_its_buffer(module):
    """Streamlit hands over a view into a larger buffer, at any offset."""
    sent = letter({"key": "β", "n": [1, 2]}, b"xyz")
    read = """(async () => { const buffer = new Uint8Array([9, 9, 9, ...a[0], 8]);
      const { header, rest } = await m.open(buffer.subarray(3, 3 + a[0].length)); return [header, [...rest]]; })()"""
    assert module("message", f"await {read}", list(sent)) == [{"key": "β", "n": [1, 2]}, list(b"xyz")]


def test_a_film_is_read_position_by_position(module):
    rows = module("film", films("[0, 1, 9].map(v => [...film.row('a', v)])"))
    np.testing.assert_allclose(np.array(rows, float), [[7, 10], [8, np.nan], [8, np.nan]], atol=3 / 65534)
    assert module("film", films("[0, 5].map(v => film.row('still', v)[0])")) == [6, 6]
    assert module("film", films("[0, 1].map(v => [film.word('alt', v), film.word('same', v)])")) == [
        ["one", "β"],
        ["two", "β"],
    ]
    assert module("film", films("[film.row('none', 0), film.word('none', 0)]")) == [None, None]
    names = "[film.has('a'), film.has('alt'), film.has('b'), film.names]"
    assert module("film", films(names)) == [True, True, False, ["a", "still", "alt", "same"]]


def test_what_differs_is_read_over_the_film_before_it_in_whatever_order_it_is_heard(module):
    rows = np.random.default_rng(3).normal(size=(6, 40))
    steps = [rows, rows.copy(), rows.copy(), rows[::-1]]
    steps[1][2], steps[2][[2, 4]] = 50.0, [[60.0], [70.0]]
    made = [
        pack(Frames("width", np.arange(6.0), {"a": values}, {"w": (str(n),), "alt": ("x",)}))
        for n, values in enumerate(steps)
    ]
    sent = [made[0], made[1].since(made[0]), made[2].since(made[1]), made[3]]
    assert [film.places for film in sent] == [None, (2,), (2, 4), None]
    read = """(() => { const films = a[0].map(([bytes, count, id]) =>
        new m.Film({ ...a[1], id, count, part: 'answer' }, m.readContent(Uint8Array.from(bytes))));
      const reel = new m.Reel(new m.Film({ ...a[1], part: 'picture' }, { numbers: {}, words: {}, trusted: null, codes: [] }));
      for (const i of a[2]) reel.splice(films[i]);
      return [[0, 1, 2, 3, 4, 5].map(v => reel.row('a', v)[0]), reel.word('w', 0), reel.films.length]; })()"""
    told = [[list(opened(film.packed)), n + 1, film.id] for n, film in enumerate(sent)]
    for order, shows, kept in (
        ((0, 1, 2), 2, 4),
        ((0, 2, 1), 2, 4),  # two elements are drawn in the order in which they stand
        ((0, 1, 1, 2, 1), 2, 4),  # and one may be drawn anew
        ((0, 1, 2, 3), 3, 2),
        ((0, 3, 1, 2), 3, 2),  # what was over an older film is not over a newer one
    ):
        first, word, count = module("film", read, told, SENT, order)
        np.testing.assert_allclose(first, steps[shows][:, 0], atol=2e-3)
        assert word == str(shows)
        assert count == kept


def test_between_places_a_line_is_what_the_core_says(module):
    x, y = np.array([1.0, 1.5, 2.0, 2.5, 3.0]), np.array([-4.0, 0.0, 4.0])
    rows = np.random.default_rng(4).normal(size=(15, 7))
    rows[:, 3] = np.nan
    film = pack(Frames("near", np.arange(15.0), {"line.y": rows, "still.y": rows[:1]}, {}))
    setup = f"""const {{ Film, readContent }} = await import('{ORIGIN}/film.js');
      const film = new Film({json.dumps(SENT)}, readContent(Uint8Array.from(a[0])));
      const near = {{ i: 2, fineness: 0, x: a[1], y: a[2], film }};"""
    for place in ((1.13, 3.2), (2.9, -3.7), (2.0, 0.0)):
        read = f"""await (async () => {{ {setup} const at = m.between(near, a[3], {{ x: a[4][0], y: a[4][1] }});
          return at && ['line.y', 'still.y', 'none'].map(name => at(name) && [...at(name)]); }})()"""
        line, still, none = module("near", read, list(opened(film.packed)), x.tolist(), y.tolist(), 2, place)
        of = np.outer(weights(x, place[0]), weights(y, place[1])).ravel()
        expected = of @ film.numbers["line.y"]
        np.testing.assert_allclose(np.array(line, float), expected, atol=1e-9)
        np.testing.assert_allclose(np.array(still, float), film.row("still.y", 0), atol=1e-9)
        assert none is None
    for i, place in ((1, (2.0, 0.0)), (2, (3.01, 0.0)), (2, (2.0, -4.1))):
        assert module("near", read, list(opened(film.packed)), x.tolist(), y.tolist(), i, place) is None
    alone = "m.amidst({ i: 2, x: [2], y: [0, 1, 2] }, 2, { x: a[0], y: 1.2 })"
    assert [module("near", alone, at) for at in (2, 2.1)] == [True, False]
    wide = "m.amidst({ i: 2, x: [1, 2, 3], y: [0, 1, 2] }, a[0], { x: a[1], y: a[2] })"
    assert [module("near", wide, *at) for at in ((2, 2.4, 1), (2, 2.6, 1), (2, 2, 1.6), (1, 2, 1))] == [
        True, False, False, False,
    ]  # fmt: skip


def test_lines_that_came_finer_are_asked_for_finer_and_after_some_answers_wider_again(module):
    steps = "a[0].reduce((fines, came) => [...fines, m.finer(fines.at(-1), came)], [0]).map(f => Math.ceil(f))"
    came = [{"fineness": 0}, {"fineness": 1}, *[{"fineness": 1}] * 4, {"fineness": 0}, None, {"fineness": 2}]
    assert module("near", steps, came) == [0, 0, 1, 1, 1, 1, 0, 0, 2, 2]


def test_of_several_films_the_latest_counts_and_one_part_is_there_once(module):
    read = "[reel.row('a', 1)[0], reel.row('still', 0)[0], reel.word('alt', 0), reel.films.length]"
    assert module("film", films(f"(reel.splice(later), {read})")) == [2, 6, "one", 2]
    latest = unpacked(Frames("width", np.arange(2.0), {"a": np.array([[4.0], [5.0]])}, {}), part="later")
    both = f"(reel.splice(later), reel.splice({latest}), [reel.row('a', 1)[0], reel.films.length])"
    assert module("film", films(both)) == [5, 2]
    assert module("film", films("(reel.splice(later), reel.trusted)")) == [0, 1]


def test_a_film_fits_only_where_the_other_handles_stood(module):
    fits = "[['s', {width: 9, noise: 2}], ['s', {width: 1, noise: 3}], ['t', {width: 1, noise: 2}]]"
    assert module("film", films(f"{fits}.map(([s, at]) => reel.fits(s, 'width', at))")) == [True, False, False]


def test_a_part_is_at_hand_as_long_as_an_element_shows_it(module):
    """A film that is awaited comes with the element that shows it; one that no element shows any more is forgotten."""
    told = module(
        "parts",
        """await (async () => {
      const log = [], never = new AbortController().signal, given = new AbortController();
      const later = m.part("f1", never).then(v => log.push(v));
      m.show("el", "f1", async () => "first");
      await later;
      m.show("el", "f1", async () => "not read again");
      log.push(await m.part("f1", never));
      m.show("other", "f1", async () => "not read either");
      m.show("el", "f2", async () => "second");
      log.push(await m.part("f1", never), await m.part("f2", never));
      m.forget("other");
      const lost = m.part("f1", given.signal).catch(error => log.push(error.name));
      given.abort();
      await lost;
      return log; })()""",
    )
    assert told == ["first", "first", "first", "second", "AbortError"]


# ------------------------------------------------------------------------------------------------------- terms
TERM_TEXTS = (
    "A 90 % credible band, the posterior predictive, Priors and P(ill | positive) by Bayes' rule.",
    "MAP on the map; λ, σ and R-hat; log p(data) of Beta(2, 2); mean-field VI or full-rank VI, non-VI.",
    "The temperature, its level, weights of 12 networks: half-Cauchy noise², priority, Äther-sd and sds.",
)


@pytest.mark.parametrize("text", TERM_TEXTS)
@pytest.mark.parametrize("here", ["", "calibration", "posterior"])
def test_the_browser_finds_the_terms_that_python_finds(module, text, here):
    names = "m.termsIn(a[0], a[1], a[2]).map(({term}) => a[2].terms[term].name)"
    assert list(dict.fromkeys(module("terms/book", names, text, here, told()))) == [
        term.name for term in terms_in(text, here)
    ]


def test_a_search_forgives_case_hyphens_plurals_and_slips(module):
    terms = told()["terms"]

    def first(query: str) -> str:
        return module("terms/search", "m.found(a[0], a[1])[0]?.name ?? ''", terms, query)

    asked = ["rhat", "P(A|B)", "Mean field", "σ", "priors", "base rate", "highest density"]
    wanted = ["R-hat", "conditional probability", "mean-field VI", "noise", "prior", "prevalence", "HDI"]
    assert [first(query) for query in asked] == wanted
    assert first("xyzzy") == ""
    near = "m.nearest(a[0], a[1]).map(({name}) => name)"
    assert module("terms/search", near, terms, "confidance")[0] == "confidence interval"
    assert module("terms/search", near, terms, "xyzzyxyzzy") == []
    assert module("terms/search", "[m.distance('', 'ab'), m.distance('kitten', 'sitting')]") == [2, 3]


# ----------------------------------------------------------------------------------------------------- the probe
def test_what_a_probe_reads_has_the_digits_of_the_scale_and_of_the_interval(module):
    steps = "a.map(([span, width]) => m.stepOf(span, width))"
    assert module("readout", steps, [1150, 0], [1150, 300], [1150, 60], [1150, 1e-9], [0.8, 0.5]) == pytest.approx(
        [10, 10, 1, 0.1, 0.001]
    )
    assert module("readout", "a.map(([y, step]) => m.written(y, step))", [1048.2, 10], [-0.04, 0.1], [-12.34, 0.1]) == [
        "1,050",
        "0.0",
        "\u221212.3",
    ]


def test_a_probe_reads_the_exact_quantiles_of_the_core_off_the_drawn_bands(module):
    import re

    from lessons import LESSONS

    from bayes_core.predict import predict
    from bayes_core.summaries.summary import band
    from pages._ui.work import store as work

    lesson = LESSONS["linear/posterior"]
    settings = lesson.at_start("houses", noise=30.0)
    film, at, probe = lesson.film(settings, "width"), settings.home()["width"], lesson.view(settings, "width").probe
    traces = {one["name"]: one for one in lesson.view(settings, "width").figure["data"]}
    lines = {
        name: {"x": traces[name]["x"], "y": film.row(f"{name}.y", at).tolist()} for name in ("credible", "predictive")
    }
    found = predict(work.store().answer(settings.question()), [[187.3]])
    readings = [{"trace": one.trace, "text": one.text} for one in probe.readings]
    said = module("readout", "m.reading(a[0], r => a[1][r.trace], 187.3, [-50, 1100], () => null)", readings, lines)
    for kind, words in (("observation", "a new house"), ("function", "the mean of all such houses")):
        exact = band(found, 0.9, kind)
        low, high = (
            float(text.replace(",", "")) for text in re.search(rf"{words} between (\S+) and (\S+)", said).groups()
        )
        assert max(abs(low - exact.lower[0]), abs(high - exact.upper[0])) <= 5.2, said  # it is written in tens
    assert "90 % predictive" in said
    assert "90 % credible" in said
    assert "truth" not in said


def test_what_a_film_cuts_off_is_not_told_as_a_number(module):
    line = {"x": [0, 1, 1, 0], "y": [3400, 3400, -2900, -2900]}
    read = "m.readOff(a[0], a[1], 0.5, [-200, 700], () => null)"
    assert module("readout", read, {"trace": "b", "text": "{low} to {high}"}, line) == (
        "\u22122,900 or less to 3,400 or more"
    )
    assert module("readout", read, {"trace": "b", "text": "{low} {promise}"}, line) == ""
    assert module("readout", read, {"trace": "b", "text": "{low}"}, {"x": [0, 1], "y": [None, None]}) == ""


def test_the_thumb_of_a_probe_makes_room_for_words(module):
    note = {"x": 100, "y": 250, "w": 80, "h": 20}
    assert module("reader", "a.map(x => m.freeAt(x, 280, [a[2]]))", 50, 120, note)[:2] == [267, 237]


# ------------------------------------------------------------------------------------------------- a picture to take
PAGE = """
<div class="bl" style="width:400px;height:200px;position:relative;font:16px sans-serif;color:#000">
  <canvas width="4" height="2" style="width:80px;height:40px"></canvas>
  <svg viewBox="0 0 100 50" width="200" height="100"><path id="thin" vector-effect="non-scaling-stroke"
    d="M0 0H9" stroke="rgb(29,74,191)" stroke-width="3"/><path d="M0 0H1" style="display:none"/></svg>
  <i style="position:absolute;left:300px;top:0;width:20px;height:20px;background:repeating-linear-gradient(135deg,
    rgb(1,2,3) 0px, rgb(1,2,3) 4px, rgb(9,8,7) 4px, rgb(9,8,7) 8px)"></i>
  <p style="width:120px">two & <b>lines</b> of words that break</p><p hidden>unseen</p><p style="position:absolute;clip-path:inset(50%)">heard</p><button>pressed</button><select><option>chosen</option></select>
  <div class="bl-lab"><b></b><span style="display:none">90 % credible</span></div>
</div>
"""


def test_a_picture_is_written_down_as_it_is_seen(module):
    made = module(
        "export/picture",
        "(document.body.innerHTML = a[0], m.svgOf(m.sheetOf(document.querySelector('.bl'), { title: 'A < B', source: 'S' })))",
        PAGE,
    )
    root = ElementTree.fromstring(made)
    svg = "{http://www.w3.org/2000/svg}"
    assert root.find(f"{svg}title").text == "A < B"
    words = ["".join(text.itertext()).strip() for text in root.iter(f"{svg}text")]
    assert words[0] == "A < B"
    assert words[-1] == ": 90 % credible · S"  # what a phone leaves out of a label
    assert " ".join(words[1:-1]).split() == ["two", "&", "lines", "of", "words", "that", "break"]
    assert len(words) > 4  # each line at its own place
    (image,) = root.iter(f"{svg}image")
    assert (image.get("width"), image.get("height")) == ("80", "40")
    assert image.get("href").startswith("data:image/png")
    (thin,) = root.iter(f"{svg}path")
    assert thin.get("stroke") == "#1d4abf"
    assert float(thin.get("stroke-width")) == 1.5  # three pixels where a unit is two
    (stripes,) = root.iter(f"{svg}linearGradient")
    assert [stop.get("stop-color") for stop in stripes] == ["#010203", "#010203", "#090807", "#090807"]


def test_a_link_says_what_it_locks_and_hides(module):
    link = "m.linkOf(a[0], { lock: a[1], hide: a[2], ask: a[3] }, a[4])"
    here = "https://example.org/updating?scene=coin&lock=old&present=1#part"
    assert module("share/link", link, here, [], [], False, False) == "https://example.org/updating?scene=coin"
    made = module("share/link", link, here, ["worth", "view"], ["truth", "numbers"], True, True)
    assert made == ("https://example.org/updating?scene=coin&present=1&lock=worth,view&hide=truth,numbers&ask=1")
    assert module("share/link", link, here, ["worth", "all"], [], False, False).endswith("scene=coin&lock=all")
    read = module("share/link", "m.stagingOf(a[0])", made)
    assert read == {"lock": ["worth", "view"], "hide": ["truth", "numbers"], "ask": True}


# ----------------------------------------------------------------------------------------------------- a class room
def test_dots_fall_to_the_lowest_free_place_and_nobody_moves_who_was_there(module):
    random = np.random.default_rng(5)
    xs = [*random.normal(200, 40, 120).round(1), 200.0, 200.0, 200.0]
    places = module("class/swarm", "m.swarm(a[0], 6)", xs)
    at = np.array([[one["x"], one["y"]] for one in places])
    apart = np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1))[np.triu_indices(len(at), 1)]
    assert apart.min() >= 13.5 - 1e-6
    assert at[:, 1].min() == 6
    assert module("class/swarm", "m.swarm(a[0], 6)", xs[:50]) == places[:50]
    assert [one["y"] for one in module("class/swarm", "m.swarm([9, 9, 9, 40], 6)")] == [6, 19.5, 33, 6]


def test_a_cloud_is_as_large_as_fits(module):
    few = module("class/swarm", "m.fitted([10, 200], 300, 2, 12)")
    assert few["radius"] == 12
    many = module("class/swarm", "m.fitted(a[0], 300, 2, 12)", [50.0] * 40)
    assert 2 < many["radius"] < 12
    assert max(one["y"] for one in many["places"]) + many["radius"] <= 300
    assert module("class/swarm", "m.fitted(a[0], 300, 2, 12).radius", [50.0] * 200) == 2
    assert module("class/swarm", "m.rows([[5, 9], [0, 2], [4, 6]])") == [2, 0, 1]  # by their middles


def test_a_beta_is_drawn_as_it_is(module):
    from scipy import stats

    for a, b in ((0.4, 1.7), (1, 1), (12.5, 3), (180, 20)):
        p = [0.01, 0.3, 0.5, 0.92]
        drawn = module("class/beta", "a[0].map((p) => m.density(p, a[1], a[2]))", p, a, b)
        np.testing.assert_allclose(drawn, stats.beta(a, b).pdf(p), rtol=1e-8, atol=1e-300)
    assert module("class/beta", "m.numbersOf(0.25, 8)") == {"a": 2, "b": 6}


def test_an_axis_has_round_ticks_and_a_code_is_read_however_it_is_typed(module):
    assert module("class/axis", "m.ticks(0, 100, 5)") == [0, 20, 40, 60, 80, 100]
    assert module("class/axis", "m.ticks(-0.3, 0.32, 6)") == [-0.2, 0, 0.2]
    assert module("class/axis", "[m.round(0.03), m.round(7), m.stepOf(0, 100)]") == [0.05, 10, 0.5]
    assert module("class/code", "a.map(m.lettersOf)", " kqr-txm ", "KQRTXMZZ", "k q") == ["KQRTXM", "KQRTXM", "KQ"]
    link = module("class/code", "m.linkTo('https://a.test/base/posterior?width=3#x', 'KQRTXM')")
    assert link == "https://a.test/base/room?code=KQRTXM"
    assert module("class/code", "m.codeIn(a[0])", "https://a.test/room?code=kqr%20txm") == "KQRTXM"
    typed = ["1,5", "1,000.5", "−3", "abc", "", "1e3"]
    assert module("class/form", "a.map(m.readNumber)", *typed) == [1.5, 1000.5, -3, "abc", "", 1000]


def test_a_cloud_says_what_it_shows_and_a_guess_what_it_was_worth(module):
    asked = {"kind": "number", "text": "?", "unit": "%", "low": 0, "high": 100, "answer": 8}
    now = {"question": asked, "guesses": [80, 12, 8, 50], "mine": 12, "revealed": True, "pooled": None}
    now |= {"scores": [{"off": off} for off in (72, 4, 0, 42)], "score": {"off": 4}}
    assert module("class/score", "m.finding(a[0])", now) == "2 of 4 were within 5 points of 8\u00a0%."
    assert module("class/score", "m.verdict(a[0])", now) == "You said 12\u00a0%: 4 points too high; 1 was nearer."
    hidden = now | {"question": {**asked, "answer": None}, "revealed": False, "score": None}
    assert "8" not in module("class/score", "m.finding(a[0])", hidden | {"guesses": [30, 40, 50, 60, 70]})
    assert module("class/score", "m.verdict(a[0])", hidden) == ""
    band = {"kind": "band", "text": "?", "unit": "ms", "low": 0, "high": 9, "answer": [2, 6]}
    now = {"question": band, "guesses": [[3, 5], [1, 9]], "revealed": True, "mine": [3, 5]}
    now |= {
        "scores": [{"covers": 0.5, "times": 0.5}, {"covers": 1, "times": 2}],
        "score": {"covers": 0.5, "times": 0.5},
    }
    assert module("class/score", "m.finding(a[0])", now).endswith("1 of 2 were too narrow, 1 too wide.")
    assert module("class/score", "m.verdict(a[0])", now) == "Yours covers 50\u00a0% of it and is 2 times too narrow."


LOST = """new Promise((done) => {
  const told = [], seen = [];
  const answers = [
    () => new Response('{"version":1}\\n\\n{"ver'),
    () => Promise.reject(new TypeError("no network")),
    () => new Response('{"version":2}\\n{"version":3}\\n'),
    () => new Response('{"error":"The room KQRTXM has ended."}', { status: 410 }),
  ];
  window.fetch = (url, { headers }) => { seen.push([url, headers.Authorization]); return Promise.resolve(answers[seen.length - 1]()); };
  const timer = window.setTimeout;
  window.setTimeout = (act, ms, ...rest) => timer(act, ms > 20000 ? ms : 0, ...rest); // nobody waits for a new try here
  m.listen({ code: "KQRTXM", role: "member", token: "t" }, {
    heard: (now) => told.push(now.version), lost: () => told.push("lost"),
    gone: (why) => { window.setTimeout = timer; done({ told: [...told, why], seen }); },
  });
})"""


def test_a_lost_line_comes_back_by_itself_until_the_room_is_gone(module):
    heard = module("class/line", LOST)
    assert heard["told"] == [1, "lost", "lost", 3, "lost", "The room KQRTXM has ended."]
    assert (
        heard["seen"] == [["/class/rooms/KQRTXM/events", "Bearer t"]] * 4
    )  # who it is says the header, not the address
    waits = module("class/line", "[0, 1, 2, 9].map(m.pause)")
    assert waits == [500, 1000, 2000, 10_000]


def test_two_addresses_are_one_place_whatever_the_order(module):
    here = "m.same(m.placeOf(a[0]), m.placeOf(a[1]))"
    assert module("class/here", here, "https://a.test/posterior?b=2&a=1&present=1", "https://a.test/posterior?a=1&b=2")
    assert not module("class/here", here, "https://a.test/posterior?a=1", "https://a.test/posterior?a=2")
    assert module("class/here", "m.placeOf('https://a.test/')") == {"page": "", "query": {}}
