"""The start page: a way in, three doors that lead where they say, and a map whose miniatures are true."""

from __future__ import annotations

import json

import numpy as np
import pytest
from apps import open_app
from lessons import LESSONS

from app import CONTENTS
from bayes_core.figures.miniature import HEIGHT, picked
from bayes_core.figures.packing import opened
from bayes_core.inference import fit
from bayes_core.models import Linear
from bayes_core.models.frozen import Frozen
from bayes_core.summaries.stand_ins import averaged, dropout_of_outer_layer, logit_mode, outer_layer
from bayes_core.types import Dataset, Prior
from pages._ui import miniature
from pages._ui.words import words

STOPS = [door for chapter, doors in CONTENTS.items() if chapter for door in doors]
PLAIN = [door for door, lesson in LESSONS.items() if lesson.miniature is None]


def sent(door: str) -> dict:
    return json.loads(opened(miniature.made(door).packed()))


@pytest.mark.parametrize("door", STOPS)
def test_every_lesson_has_a_miniature_that_moves_and_is_small(door):
    made = sent(door)
    rows = [rows for layer in made["layers"] for name in ("x", "y", "counts", "p") if (rows := layer.get(name))]
    moving = [positions for positions in rows if len(positions) > 1]
    size = len(moving[0])
    assert {len(positions) for positions in moving} == {size}
    assert any(positions[0] != positions[-1] for positions in moving)
    assert 0 <= made["home"] < size
    assert made["alt"].startswith(words(door)["thread"])
    assert len(miniature.made(door).packed()) < 8000


@pytest.mark.parametrize("door", PLAIN)
def test_a_miniature_shows_what_the_lessons_own_film_shows(door):
    lesson = LESSONS[door]
    settings = lesson.at_start()
    handle = settings.handles[0]
    film, home = lesson.film(settings, handle), settings.home()[handle]
    at, made = picked(len(settings.positions(handle)), home), sent(door)
    assert at[made["home"]] == home
    figure = lesson.picture(settings).figure
    low, high = figure["layout"]["yaxis"]["range"]
    areas = [t for t in figure["data"] if t.get("fill") == "toself" and f"{t['name']}.y" in film.numbers]
    layer = next(layer for layer in made["layers"] if layer["kind"] == "band")
    for row, position in zip(layer["y"], at, strict=True):
        y = film.row(f"{areas[0]['name']}.y", int(position))
        told = np.array([np.nan if v is None else v for v in row], float)
        assert told[0] == pytest.approx(np.clip(HEIGHT * (high - y[0]) / (high - low), -HEIGHT, 2 * HEIGHT), abs=1)
        inside = np.clip(HEIGHT * (high - y) / (high - low), -HEIGHT, 2 * HEIGHT)
        assert np.nanmin(told) == pytest.approx(np.nanmin(inside), abs=0.02 * HEIGHT)


def test_ridges_miniature_is_the_curve_of_its_own_page():
    lesson = LESSONS["linear/map_vs_ridge"]
    settings = lesson.at_start()
    values, home = miniature.along(settings)
    layer = next(layer for layer in sent("linear/map_vs_ridge")["layers"] if layer["kind"] == "line")
    low, high = settings.source().axes.y_range
    for value, row in zip(values, layer["y"], strict=True):
        at = int(np.abs(settings.positions("width") - value).argmin())
        own = lesson.film(settings, "width").row("map.y", at)[::2]
        assert np.abs(np.array(row) - HEIGHT * (high - own) / (high - low)).max() < 1
    assert values[home] == settings.width


def test_the_crowds_are_the_pages_own():
    lesson = LESSONS["bayes/theorem"]
    settings = lesson.at_start()
    counts, made = lesson.film(settings, "prevalence").numbers["people"], sent("bayes/theorem")
    at = picked(len(counts), settings.home()["prevalence"])
    assert made["layers"][0]["counts"] == counts[at].tolist()


# ------------------------------------------------------------------------------------------------------- stand-ins
ROWS = Dataset.from_arrays(np.array([-2.0, -1.0, 0.3, 0.4, 2.5]), np.array([1.0, -0.5, 0.2, 0.9, 2.0]))
GRID = np.array([[-1.5], [0.0], [3.0]])


def test_an_outer_layer_is_bayesian_regression_on_its_hidden_units():
    basis, prior = Frozen(6, 1.3), Prior(1.3, 0.4, noise_known=True)
    ((lower, upper),) = outer_layer(ROWS, basis, prior, GRID, (0.9,))
    drawn = np.random.default_rng(basis.seed).standard_normal((2, 6))
    phi, there = (np.c_[np.ones(len(x)), np.tanh(1.3 * (x @ drawn[:1] + drawn[1]))] for x in (ROWS.x, GRID))
    cover = np.linalg.inv(phi.T @ phi / 0.16 + np.eye(7) / 1.69)
    mean, sd = there @ cover @ phi.T @ ROWS.y / 0.16, np.sqrt(np.einsum("gp,pq,gq->g", there, cover, there))
    np.testing.assert_allclose((lower, upper), (mean - 1.644853627 * sd, mean + 1.644853627 * sd), rtol=1e-7)


def test_dropout_of_an_outer_layer_is_what_many_masks_give():
    """The weights are least where the loss over masks is: nudging any makes it worse. Masks then scatter as said."""
    basis, rate = Frozen(5, 1.0), 0.3
    mean, sd = dropout_of_outer_layer(ROWS, basis, rate, GRID)
    every = np.array(np.meshgrid(*[[0, 1]] * 5)).reshape(5, -1).T  # all 32 masks, and how often each comes
    often = np.prod(np.where(every, 1 - rate, rate), axis=1)
    phi, there = basis(ROWS.x), basis(GRID)
    columns = np.concatenate([np.c_[np.ones(5), phi * mask / (1 - rate)] for mask in every])
    weight = np.sqrt(np.repeat(often, 5))
    best, *_ = np.linalg.lstsq(columns * weight[:, None], np.tile(ROWS.y, len(every)) * weight, rcond=None)
    f = best[0] + (there[None] * every[:, None] / (1 - rate)) @ best[1:]
    np.testing.assert_allclose(mean, often @ f, rtol=1e-6)
    np.testing.assert_allclose(sd, np.sqrt(often @ (f - often @ f) ** 2), rtol=1e-6)


def test_a_probability_around_the_mode_is_near_the_sampled_one():
    lesson = LESSONS["trust/classes"]
    settings = lesson.at_start()
    data, places = settings.dataset(), np.array([[-2.0, 1.0], [0.5, 0.3], [2.0, -1.0]])
    told = averaged(*logit_mode(data, Linear(), settings.width, places))
    sampled = fit(data, Linear(), "hmc", Prior(settings.width))
    p = 1 / (1 + np.exp(-sampled.model.functions(sampled.draws, places)[:, :, 0]))
    np.testing.assert_allclose(told, p.mean(0), atol=0.03)


# ---------------------------------------------------------------------------------------------------- the page itself
def test_doors_and_stops_lead_where_they_say():
    app = open_app("start/home", lock="scene")
    found = {one.proto.label: (one.proto.page, one.proto.query_string) for one in app.get("page_link")}
    first = next(iter(LESSONS)).rpartition("/")[2]
    for label in ("Start here", "Begin with the first lesson", "Open it on the projector"):
        assert found[label][0].endswith(first)
        assert "lock=scene" in found[label][1]
    assert "present=1" in found["Open it on the projector"][1]
    page, query = found["Ask what a house costs"]
    assert page.endswith("posterior")
    assert "scene=houses" in query
    for chapter, doors in CONTENTS.items():
        for door, title in doors.items():
            assert not chapter or found[title][0].endswith(door.rpartition("/")[2])
