"""The picture of a conformal band: what each trace shows, and the strip under it."""

from __future__ import annotations

import numpy as np
import pytest

from bayes_core.data.source import Axes
from bayes_core.evaluation.conformal import Forecast, Population
from bayes_core.evaluation.conformal.along import Case, Days, along
from bayes_core.figures.conformal import STRIP, figure, numbers
from bayes_core.figures.parts import chart, line, with_strip

X = np.linspace(0, 10, 21)
AXES = Axes((0, 10), (-5, 20), (0, 5, 10), (0, 10, 20), "wind", "delay")
COMMON = (X > 1) & (X < 8)


@pytest.fixture(scope="module")
def found():
    forecast = Forecast(1 + 0.5 * X)
    world = Population(X, np.ones(21), forecast, 1 + 0.6 * X, 0.5 + 0.2 * X, 0.1 * X)
    x = np.array([0.5, 3.0, 9.0, 4.0, 6.5, 2.0])
    y = np.array([1.0, 4.9, 3.1, 3.0, 14.0, 1.5])
    days = Days(x, y, Forecast(1 + 0.5 * x), 0.1 * x)
    case = Case(world, days, days, {}, {0.5: (X - 1, X + 2), 0.9: (X - 3, X + 4)})
    return case, along(case, np.array([0.5, 0.9]), np.array([4.0, 6.0]), np.array([0.0, 30.0]))


def test_every_trace_that_moves_is_in_the_figure(found):
    case, told = found
    moving = numbers(told, case.calibration.y, COMMON, AXES)
    days = (case.calibration.x, case.calibration.y)
    made = figure(X, 1 + 0.5 * X, "posterior", X, days, days, COMMON, AXES, "inside", own=True)
    sizes = {trace["name"]: len(trace["y"]) for trace in made["data"]}
    assert {f"{name}.y" for name in sizes} - {"forecast.y"} == set(moving)
    for name, rows in moving.items():
        assert rows.shape[1] == sizes[name.removesuffix(".y")], name
        assert len(rows) in (1, 2)
    assert {t["name"] for t in made["data"] if t.get("yaxis") == "y2"} == {"above", "below", "promised", "held"}
    assert made["layout"]["yaxis2"]["range"] == list(STRIP)


def test_points_are_where_they_are_or_out_of_the_picture(found):
    case, told = found
    rows = numbers(told, case.calibration.y, COMMON, AXES)
    seen = {name: rows[f"{name}.y"] for name in ("days", "inside", "outside")}
    away = seen["days"][0, 5]
    assert away > AXES.y_range[1] + 20
    assert (seen["days"][0] == away).tolist() == [False] * 4 + [True] * 2  # four days calibrate
    for v in range(2):
        kept = told.kept[v]
        np.testing.assert_array_equal(seen["inside"][v], np.where(kept, told.fresh[v], away))
        np.testing.assert_array_equal(seen["outside"][v], np.where(kept, away, told.fresh[v]))
    assert 0 < told.kept[0].sum() < 6


def test_the_strip_is_filled_between_promise_and_what_is_held(found):
    case, told = found
    rows = numbers(told, case.calibration.y, COMMON, AXES)
    n = int(COMMON.sum())
    inside = told.band.inside[0, COMMON]
    np.testing.assert_array_equal(rows["held.y"][0], inside)
    np.testing.assert_array_equal(rows["above.y"][0, :n], np.maximum(inside, 0.5))
    np.testing.assert_array_equal(rows["above.y"][0, n:], np.full(n, 0.5))
    np.testing.assert_array_equal(rows["below.y"][0, n:], np.minimum(inside, 0.5)[::-1])
    np.testing.assert_array_equal(rows["promised.y"], [[0.5, 0.5], [0.9, 0.9]])


def test_an_endless_band_fills_the_picture(found):
    case, told = found
    assert told.endless.tolist() == [False, True]
    band = numbers(told, case.calibration.y, COMMON, AXES)["conformal.y"][1]
    assert np.isfinite(band).all()
    assert band[:21].min() > AXES.y_range[1]
    assert band[21:].max() < AXES.y_range[0]


def test_a_strip_shares_the_x_axis_and_leaves_the_upper_plot_its_own():
    upper = chart([line("a", [0, 1], [0, 1], "data")], (0, 1), (0, 9), (0, 1), (0, 9), "x", "up")
    made = with_strip(upper, [line("b", [0, 1], [0, 1], "data")], (0.4, 1), (0.5, 1), "down", ("50", "100"), share=0.3)
    layout = made["layout"]
    assert [trace.get("yaxis") for trace in made["data"]] == [None, "y2"]
    assert layout["xaxis"]["anchor"] == "y2"
    assert layout["yaxis2"]["domain"] == [0.0, 0.3]
    assert layout["yaxis"]["domain"][0] > 0.3
    assert (layout["yaxis"]["title"]["text"], layout["yaxis2"]["title"]["text"]) == ("up", "down")
    assert (layout["yaxis"]["range"], layout["yaxis2"]["ticktext"]) == ([0, 9], ["50", "100"])
    assert "yaxis2" not in upper["layout"]
