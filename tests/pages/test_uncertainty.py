"""The page of the split: its tests are refits, its table says which part moved, films stay small."""

from __future__ import annotations

import numpy as np
import pytest
from apps import open_app
from lessons import LESSONS

from bayes_core.evaluation.uncertainty import split_variance
from bayes_core.inference import METHODS, methods_for
from bayes_core.predict import predict
from pages._ui import staging
from pages._ui.work.courier import first_of
from pages.trust._uncertainty.look import look
from pages.trust._uncertainty.scenes import UNITS
from pages.trust._uncertainty.settings import _ELSEWHERE, MODELS, TESTS, methods_of

LESSON = LESSONS["trust/uncertainty"]
ALL = {"tried": ".".join(TESTS)}


def told(settings, handle="here", position=None):
    film = LESSON.film(settings, handle, first_of(LESSON.work(settings), alone=True))
    at = settings.home()[handle] if position is None else position
    return {name: texts[min(at, len(texts) - 1)] for name, texts in film.words.items()}


def refit(settings, test, place):
    """Both parts by draws of the exact answer to the world after a test: another way than the page's."""
    draws = METHODS["exact"]
    assert draws.answer == "exact"
    from bayes_core import Budget, fit

    question = settings.question(test)
    answer = fit(question.dataset, question.model, "exact", question.prior, Budget(draws=20_000, chains=1), seed=9)
    seen = predict(answer, [UNITS.x(place)])
    parts = split_variance(seen.f[:, :, 0] * UNITS.y_unit, seen.noise_at * UNITS.y_unit)
    return float(parts.epistemic[0]), float(parts.aleatoric[0])


@pytest.mark.parametrize("test", TESTS)
def test_every_test_is_a_refit_of_the_world_after_it(test):
    settings = LESSON.at_start("gap", **ALL)
    words = told(settings)
    shared, own = refit(settings, test, settings.story.outside if test == "outside" else settings.here)
    if test == "sensor":
        own = refit(settings, "", settings.here)[1] / 2
    assert float(words[f"{test}.epistemic"]) == pytest.approx(shared, rel=0.06)
    assert float(words[f"{test}.aleatoric"]) == pytest.approx(own, rel=0.06)


def test_the_table_says_which_part_moved():
    words = told(LESSON.at_start("gap", **ALL))
    assert words["points.epistemic.move"].startswith("▼ ÷ 4")
    assert words["points.aleatoric.move"] == "= stays"
    assert words["noise.aleatoric.move"].startswith("▲ × 3.9")
    assert words["noise.epistemic.move"].startswith("▲")  # LOOK2: say it, do not hide it
    assert words["sensor.aleatoric.move"] == "▼ ÷ 2.0"
    assert words["outside.aleatoric"] == words["base.aleatoric"]


def test_a_row_is_a_guess_until_it_is_pressed():
    start = LESSON.at_start("gap")
    words = told(start)
    assert all(words[f"{test}.state"] == "guess first" and f"{test}.epistemic" not in words for test in TESTS)
    pressed = start.changed(**start.acted({"test": "points"})).asked_again()
    assert told(pressed)["points.state"] == "guess first"
    untold = pressed.changed(**pressed.acted({"test": "points"}))
    assert (untold.test, untold.tried) == ("", "")
    guessed = pressed.guessed("epistemic")
    assert told(guessed)["points.state"] == ""
    assert told(guessed)["noise.state"] == "guess first"
    assert told(guessed)["guess.verdict"] == "You said: only the epistemic part. That is right."  # ÷ 4, = stays
    again = guessed.changed(**guessed.acted({"test": "points"}))
    assert (again.test, again.tried) == ("", "points")  # what was seen stays seen
    assert start.acted({"test": "prayer"}) == start.acted({}) == {}


def test_a_locked_test_is_not_pressed(monkeypatch):
    monkeypatch.setattr(staging, "locked", lambda name: name == "test")
    assert LESSON.at_start("gap").acted({"test": "points"}) == {}


def test_a_test_at_another_place_is_another_question():
    settings = LESSON.at_start("gap", test="points", tried="points")
    v = 40  # 20 m/s, where boats did cross
    there = settings.at_position("here", v)
    assert told(settings, position=v)["epistemic"] == told(there)["epistemic"]
    assert told(settings, position=v)["epistemic"] != told(settings)["epistemic"]


@pytest.mark.parametrize("test", ["", *TESTS])
def test_films_stay_small(test):
    settings = LESSON.at_start("gap", test=test, **ALL)
    for handle in settings.handles:
        film = LESSON.film(settings, handle, first_of(LESSON.work(settings), alone=True))
        assert len(film.packed) < 100_000, (handle, len(film.packed))


def test_the_layers_add_up_in_the_picture():
    film = LESSON.film(LESSON.at_start("gap"), "width")
    own, both, layer = film.numbers["own.y"], film.numbers["both.y"], film.numbers["epistemic.y"]
    half = layer.shape[1] // 2
    np.testing.assert_allclose(layer[:, :half], both, atol=2 * film.step("epistemic.y"))
    np.testing.assert_allclose(layer[:, half:][:, ::-1], np.broadcast_to(own, both.shape), atol=0.05)
    assert (both >= own - film.step("both.y")).all()


@pytest.mark.parametrize(
    ("scene", "verdict"), [("gap", "✓ fairly"), ("straight", "▼ no: curve and noise"), ("one", "▼ no: the noise")]
)
def test_a_scene_is_as_clean_as_it_says(scene, verdict):
    assert told(LESSON.at_start(scene))["clean.verdict"].startswith(verdict)


def test_a_wrong_model_is_not_cured():
    words = told(LESSON.at_start("straight", test="points", tried="points"))
    assert words["clean.verdict"] == "▼ no: curve and noise are mistaken"
    assert "curve" in words["alt"]


def test_menus_offer_what_suits_the_model_but_for_what_is_left_out_by_name():
    for task in ("regression", "classification"):
        for model in MODELS:
            assert set(methods_of(model, task)) == set(methods_for(MODELS[model], task)) - set(_ELSEWHERE)
    assert methods_of("bumps")[0] == "exact"
    assert methods_of("noisy")[0] == methods_of("bumps", "classification")[0] == "hmc"


def test_a_model_brings_a_method_that_answers_for_it():
    start = LESSON.at_start("gap")
    assert start.changed(model="noisy").method == "hmc"
    assert start.changed(model="noisy", method="map").method == "map"
    assert LESSON.at_start("sail", test="sensor").test == ""  # a day has no second sensor


def test_without_an_answer_there_are_the_data():
    settings = LESSON.at_start("rough")
    seen = look(settings, "here", None)
    assert seen.alt == ("An answer is being computed.",)
    assert "data.y" in seen.numbers
    assert "own.y" not in seen.numbers
    assert seen.panels[0].words["base.state"] == ("at work",)


def test_a_class_split_is_told_in_bits():
    words = told(LESSON.at_start("sail", test="points", tried="points"))
    total = float(words["epistemic"]) + float(words["aleatoric"])
    assert total == pytest.approx(float(words["total"]), abs=0.02)
    assert 0 < total <= 1
    assert "bits" in words["alt"]
    assert "sensor.epistemic" not in words
    assert words["points.epistemic.move"].startswith("▼")


def test_while_a_test_is_fitted_the_picture_is_dimmed_and_says_nothing_of_it():
    settings = LESSON.at_start("sail", seed=77, test="points", tried="points")
    waiting = "the world after the test is fitted…"
    first = next(news for news in LESSON.work(settings) if news.busy == waiting)
    words = LESSON.film(settings, "here", first).words
    assert words["points.state"] == ("at work",)
    assert "epistemic" not in words
    assert "base.epistemic" in words


def test_a_link_with_tests_that_are_not_there_gets_a_note():
    app = open_app("trust/uncertainty", tried="points.prayer")
    assert "names tests that are not there" in app.session_state["memory.uncertainty"].notes[0]
