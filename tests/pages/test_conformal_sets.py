"""Sets of classes on the conformal page: what its scenes claim, what it says, and that no handle asks for a fit."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from lessons import LESSONS

from bayes_core.evaluation.conformal import around_classes, calibrate, needed
from pages._ui.sentences import render
from pages._ui.telling import handle_sentence, words_at
from pages._ui.words import words
from pages._ui.work.courier import News, first_of
from pages._ui.work.store import store
from pages.trust._conformal import readouts_sets
from pages.trust._conformal.classifiers import CLASSIFIERS
from pages.trust._conformal.look_sets import SIDE
from pages.trust._conformal.scenes_sets import SET_SCENES

LESSON = LESSONS["trust/conformal"]
pytestmark = pytest.mark.usefixtures("hasty")


def answered(settings) -> News:
    return first_of(LESSON.work(settings), alone=True)


def told(scene: str, **changes) -> dict[str, str]:
    """Return the words where the handles stand, from the film with fewest positions: all say the same there."""
    settings = LESSON.at_start(scene, **changes)
    handle = settings.handles[-1]
    return words_at({handle: LESSON.film(settings, handle, answered(settings))}, settings.home())


def per_cent(text: str) -> float:
    return float(text.split("\u00a0", maxsplit=1)[0])


def test_scenes_show_what_their_words_claim():
    moons, cheap, swapped = told("moons"), told("moons", level=0.7), told("moons", classifier="swapped")
    assert per_cent(moons["expected"]) >= 90
    assert moons["kept.verdict"] == swapped["kept.verdict"] == "✓ keeps its promise"
    assert "both" in moons["sets.key.3"]
    assert moons["sets.key.0"] == ""
    assert per_cent(cheap["empty"]) > 10
    assert float(swapped["size"]) > float(moons["size"]) + 0.4
    rare, each = told("rare"), told("rare", by_class=True)
    assert rare["kept.verdict"] == "✓ only on average"
    assert per_cent(rare["least"]) < 75
    assert rare["least.class"] == "lower moon"
    assert each["kept.verdict"] == "✓ keeps it for each class"
    assert per_cent(each["least"]) >= 90
    assert float(each["size"]) > float(rare["size"]) + 0.1
    mixed = [told("rare", share=0.6, by_class=by) for by in (False, True)]
    assert mixed[0]["kept.verdict"] == "▼ breaks its promise"
    assert mixed[1]["kept.verdict"] == "✓ keeps it for each class"
    blurred = [told("moons", noise=0.9, by_class=by) for by in (False, True)]
    assert {one["kept.verdict"] for one in blurred} == {"▼ breaks its promise"}
    few = told("rare", points=20.0, by_class=True)
    assert "lower moon" in few["scores.words"]
    assert f"takes {needed(0.9)} of a class" in few["scores.words"]


def test_flowers_are_tried_on_the_others_and_counted_over_splits():
    flowers, listed = told("iris"), told("iris", scoring="aps")
    assert "versicolor or virginica" in flowers["sets.key.6"]
    assert flowers["sets.caption"].endswith("hollow ones not") or flowers["sets.caption"].startswith("all 50")
    assert "splits of the same flowers" in flowers["kept.words"]
    assert listed["sets.key.0"] == ""
    assert float(listed["size"]) >= 1
    settings = LESSON.at_start("iris")
    film = LESSON.film(settings, "points", answered(settings))
    for at, n in enumerate(settings.positions("points").astype(int)):
        state = film.row("sets.state", at)
        assert (state[:n] == 1).all()
        assert set(state[n:]) <= {2, 3}
        counted = int((state == 2).sum())
        assert film.word("sets.caption", at).startswith(f"{counted} of {100 - n}" if counted < 100 - n else "all")


@pytest.mark.parametrize(("scene", "score"), [("moons", "lac"), ("iris", "lac"), ("iris", "aps")])
def test_the_sets_are_the_cores_sets_around_the_same_fit(scene, score):
    """The map is read between its places: nearly all points have the set that the fit's own probabilities make."""
    settings = LESSON.at_start(scene, scoring=score, points=40.0)
    news, crowd = answered(settings), settings.crowd
    aside = crowd.aside(settings.seed)
    film = LESSON.film(settings, "points", news)
    state = film.row("sets.state", settings.home()["points"])
    fresh = crowd.new(settings.seed)
    tried = np.arange(40, 100) if fresh is aside else np.arange(100)
    seen = state[-100:][tried] == 2
    if score == "lac":
        want = around_classes(news.fit, aside.head(40), fresh.x[tried], settings.level).holds(fresh.y[tried])
        assert (want == seen).mean() > 0.97
    limit = film.row("sets.limit", settings.home()["points"])
    assert (limit == limit[0]).all()


def test_a_promise_for_each_class_has_a_threshold_for_each():
    settings = LESSON.at_start("rare", by_class=True, points=60.0)
    film = LESSON.film(settings, "level", answered(settings))
    labels = settings.crowd.aside(settings.seed).y[:60]
    at = settings.home()["level"]
    assert film.row("scores.at", at).shape == (2,)
    piled = film.row("scores.inside", at).sum()
    ranks = [min(calibrate(np.arange(float((labels == k).sum())), 0.9).rank, (labels == k).sum()) for k in (0, 1)]
    assert piled == sum(ranks)


def test_films_of_one_forecast_ask_for_no_other_fit_and_are_small(monkeypatch):
    start = LESSON.at_start("rare")
    news = answered(start)
    monkeypatch.setattr(store(), "steps", lambda question: pytest.fail(f"{question.method} is asked again"))
    for changes in ({"level": 0.97}, {"points": 20.0}, {"share": 0.5}, {"scoring": "aps"}, {"by_class": True}):
        settings = replace(start, **changes)
        films = LESSON.films(settings, answered(settings))
        seen = {handle: words_at({handle: film}, settings.home()) for handle, film in films.items()}
        for handle in ("points", "share"):
            assert seen[handle] | {"value": ""} == seen["level"] | {"value": ""}
        assert max(len(film.packed) for film in films.values()) < 40_000
    assert news.settled


def test_points_are_waited_for_with_the_same_furniture():
    settings = LESSON.at_start("iris")
    empty, full = LESSON.view(settings, "level"), LESSON.view(settings, "level", answered(settings))
    assert not empty.numbers
    assert set(empty.words) == {"fitted", "aside", "many", "across", "up"}  # what is known before any answer
    assert full.picture("").panels == empty.picture("").panels
    assert full.stage == empty.stage
    assert len(full.stage["points"]) == 100


def test_sets_have_names():
    assert readouts_sets.set_names(("a", "b", "c"))[0b110] == "b or c"
    assert readouts_sets.set_names(("a", "b"))[0b11] == "both"


def test_a_share_that_no_handle_moves_stays():
    notes: list[str] = []
    assert LESSON.from_link({"scene": "moons", "share": 0.9}, notes).share == 0.5
    assert LESSON.from_link({"scene": "rare", "share": 0.9}, notes).share == 0.9


def test_no_point_is_fitted_and_calibrated():
    for scene in SET_SCENES:
        settings = LESSON.at_start(scene)
        crowd, seed = settings.crowd, settings.seed
        rows = [{*map(tuple, some(seed).x.tolist())} for some in (crowd.fitted, crowd.aside, crowd.new)]
        if crowd.repeats:
            assert len(set.union(*rows)) == sum(map(len, rows))
        else:
            assert len(crowd.fitted(seed).y) + len(crowd.aside(seed).y) == 150
    assert set(SIDE) == {2, 3}


def test_the_page_shows_code_for_every_classifier():
    for name in CLASSIFIERS:
        for scene in ("rare", "iris"):
            script = LESSON.script(LESSON.at_start(scene, classifier=name, by_class=True))
            compile(script, name, "exec")
            assert CLASSIFIERS[name].method in script


@pytest.mark.parametrize(
    ("scene", "handle", "home", "away"), [("moons", "noise", 0.5, 0.9), ("rare", "share", 0.15, 0.6)]
)
def test_a_sentence_says_whether_new_points_become_less_alike(scene, handle, home, away):
    settings = LESSON.at_start(scene)
    text = handle_sentence(words(LESSON.page), settings, handle)
    film, values = LESSON.film(settings, handle, answered(settings)), settings.positions(handle)
    at = [
        {name: one[min(int(np.abs(values - v).argmin()), len(one) - 1)] for name, one in film.words.items()}
        for v in (home, away)
    ]
    assert "are less like those that calibrated" in render(text, at[0].get, at[1].get).html
    assert "are more like those that calibrated" in render(text, at[1].get, at[0].get).html
