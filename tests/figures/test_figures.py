from __future__ import annotations

import numpy as np
import pytest

from bayes_core import Linear
from bayes_core.data import sleep
from bayes_core.data.source import Axes
from bayes_core.figures.elbo import elbo_figure
from bayes_core.figures.frames import Frames, broken
from bayes_core.figures.linear import figure, traces
from bayes_core.figures.theme import DARK, LIGHT, in_dark, ink
from bayes_core.summaries.sweep import Lens, Track, sweep

AXES = Axes((0, 12), (-48, 192), (0, 6, 12), (0, 100), "nights", "ms")
WORLD = sleep(6)
WIDTHS = np.geomspace(0.3, 100, 5)
GRIDS = {"coef[0]": np.linspace(-6, 22, 30), "intercept": np.linspace(-45, 60, 30), "sigma": np.linspace(0.5, 50, 30)}


@pytest.fixture(scope="module")
def swept():
    track = Track("width", WIDTHS, WORLD.x, WORLD.outcomes(np.full(5, 14.0)), WIDTHS, 10.0)
    return sweep(track, Lens(np.linspace(0, 12, 7)[:, None], GRIDS), Linear(), "exact")


@pytest.mark.parametrize("position", [0, 2, 4])
def test_the_figure_is_one_frame(swept, position):
    made = figure(swept, AXES, "exact", WORLD.truth(swept.lens.x), position)
    film = traces(swept, AXES)
    for trace in made["data"]:
        if trace["name"] in film:
            rows = film[trace["name"]]
            np.testing.assert_array_equal(np.asarray(trace["y"], dtype=float), rows[min(position, len(rows) - 1)])
            assert len(trace["x"]) == len(trace["y"])
    assert {t["name"] for t in made["data"]} == {"predictive", "credible", "inner", "members", "truth", "data"}


def test_a_waiting_figure_has_the_traces_and_none_of_their_values(swept):
    empty = {t["name"]: t for t in figure(swept, AXES, "nuts", None, waiting=True)["data"]}
    full = {t["name"]: t for t in figure(swept, AXES, "nuts", None)["data"]}
    for name in ("predictive", "credible", "inner", "members"):
        assert empty[name]["x"] == full[name]["x"]
        assert set(empty[name]["y"]) == {None}
    assert empty["data"] == full["data"]


def test_axes_are_fixed_and_titled(swept):
    style = figure(swept, AXES, "exact", None)["layout"]
    assert tuple(style["xaxis"]["range"]) == AXES.x_range
    assert tuple(style["yaxis"]["range"]) == AXES.y_range
    assert (style["xaxis"]["title"]["text"], style["yaxis"]["title"]["text"]) == ("nights", "ms")


def test_bands_nest(swept):
    inside = swept.intervals
    assert (inside["credible"].upper > inside["inner"].upper).all()
    assert (inside["predictive"].upper > inside["credible"].upper).all()


def test_data_are_sent_once_when_they_do_not_move(swept):
    assert traces(swept, AXES)["data"].shape == (1, 6)


def test_lines_are_broken_by_gaps():
    joined = broken(np.arange(12.0).reshape(1, 4, 3))
    assert joined.shape == (1, 16)
    assert np.isnan(joined[0, 3::4]).all()


def test_frames_check_themselves():
    with pytest.raises(ValueError, match=r"\(1, n\)"):
        Frames("width", np.ones(3), {"a": np.zeros((2, 4))}, {})
    with pytest.raises(ValueError, match="2 entries"):
        Frames("width", np.ones(3), {}, {"a": ("x", "y")})


def test_every_concept_has_both_inks():
    assert set(LIGHT) == set(DARK)
    for concept in LIGHT:
        red, green, blue = (int(DARK[concept][i : i + 2], 16) for i in (1, 3, 5))
        if concept not in ("truth", "data"):
            assert in_dark([ink(concept, 0.5)]) == [f"rgba({red},{green},{blue},0.5)"]


def test_elbo_figure_names_its_ceiling():
    made = elbo_figure(np.linspace(-300, -20, 500), -19.5)
    assert {t.name for t in made.data} == {"ELBO", "log evidence, exact"}
    assert made.layout.annotations[0].text == "log evidence -19.50, exact"
    low, high = made.layout.yaxis.range
    assert low < -20 < -19.5 < high
