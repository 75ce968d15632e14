"""Calibration: the film says what the fits say, and the findings that the scenes teach are there."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from apps import open_app, sound

from bayes_core import fit
from bayes_core.evaluation.calibration import best_temperature, predictive_logits, reliability, tempered
from bayes_core.evaluation.scores import brier_score
from bayes_core.predict import predict
from pages.trust import calibration
from pages.trust._calibration import found as calibration_found
from pages.trust._calibration import work as calibration_work
from pages.trust._calibration.found import known
from pages.trust._calibration.settings import CalibrationSettings
from pages.trust._calibration.work import work

LESSON = calibration.LESSON


def at_start(scene: str, **changes) -> CalibrationSettings:
    return CalibrationSettings.at_start(scene, **changes)


def answered(settings):
    news = list(work(settings))
    assert not any(one.trouble for one in news)
    return news[-1]


@pytest.fixture(scope="module")
def loud():
    settings = at_start("loud")
    return settings, answered(settings)


def word(film, name: str, at: int) -> str:
    told = film.word(name, at)
    assert told is not None
    return told


def marks(film, axis: str, at: int) -> np.ndarray:
    """Return the marks (B,) of all sizes, NaN where a bin is empty."""
    every = np.stack([film.row(f"marks {size}.{axis}", at) for size in ("few", "some", "many")])
    assert (np.isfinite(every).sum(0) <= 1).all()
    return np.where(np.isfinite(every).any(0), np.nansum(every, axis=0), np.nan)


def share(text: str) -> float:
    return float(text.split(" ", maxsplit=1)[0]) / 100


def test_the_film_says_what_the_fit_says(loud):
    settings, news = loud
    test, others = settings.days("test"), settings.days("others")
    question = settings.question("map")
    answer = fit(question.dataset, question.model, "map", question.prior, seed=settings.seed)
    logits = predictive_logits(predict(answer, test.x).f)
    film = LESSON.film(settings, "temperature", news)
    values = settings.positions("temperature")
    for at in (0, settings.home()["temperature"], len(values) - 1):
        p = tempered(logits, float(values[at]))
        found = reliability(p[:, 1], test.y, 10)
        assert float(word(film, "ece", at).split(" ")[0]) == pytest.approx(found.ece, abs=0.006)
        brier = brier_score(p, test.y).mean
        assert float(word(film, "grid.brier.2", at).split(" ")[0]) == pytest.approx(brier, abs=0.001)
        filled = np.flatnonzero(found.filled)
        np.testing.assert_allclose(marks(film, "y", at)[filled], 100 * found.observed[filled], atol=0.02)
        np.testing.assert_allclose(marks(film, "x", at)[filled], 100 * found.forecast[filled], atol=0.02)
    best = best_temperature(predictive_logits(predict(answer, others.x).f), others.y).value
    place = float(film.numbers["mark.temperature"][0, 0])
    assert values[int(place)] <= best <= values[int(place) + 1]


def test_the_over_trained_network_is_told_and_a_temperature_mends_the_average(loud):
    settings, news = loud
    film, values = LESSON.film(settings, "temperature", news), settings.positions("temperature")
    home, best = settings.home()["temperature"], int(np.abs(values - known(settings).own.best).argmin())
    assert word(film, "sign", home) == "▼ over-confident"
    assert share(word(film, "promised", home)) - share(word(film, "kept", home)) > 0.1
    assert abs(share(word(film, "promised", best)) - share(word(film, "kept", best))) < 0.03
    assert len(set(film.words["kept"])) == 1  # temperature never changes who is right
    scores = [float(text.split(" ")[0].replace("−", "-")) for text in film.words["log"]]
    assert scores[best] == pytest.approx(max(scores), abs=0.011)
    assert scores[best] > scores[home] + 0.1


def test_before_is_the_forecast_as_it_was_made(loud):
    settings, news = loud
    film, home = LESSON.film(settings, "temperature", news), settings.home()["temperature"]
    last = len(settings.positions("temperature")) - 1
    for row in ("ece", "log", "brier"):
        assert word(film, f"grid.{row}.1", last) == word(film, f"grid.{row}.2", home).partition(" ±")[0]
    filled = np.isfinite(marks(film, "y", home))
    drawn = film.row("before.y", last)
    np.testing.assert_allclose(drawn[np.isfinite(drawn)], marks(film, "y", home)[filled], atol=0.01)
    assert np.isnan(film.row("before.y", home)).all()


def test_where_no_temperature_is_best_there_is_no_mark_and_no_way_to_it(monkeypatch):
    def none(*_):
        raise ValueError("the likeliest class is right in all rows")

    monkeypatch.setattr(calibration_found, "best_temperature", none)
    settings = at_start("loud", seed=99)
    news = next(one for one in work(settings) if one.answer is not None)
    film = LESSON.film(settings, "temperature", news)
    assert np.isnan(film.numbers["mark.temperature"]).all()
    app = open_app("trust/calibration", seed="99")
    [button] = [b for b in app.button if b.label == "Take what is best on other points"]
    assert button.disabled


def test_the_posterior_stands_beside_the_network_and_wants_less_temperature(loud):
    found, news = known(loud[0]), loud[1]
    assert (found.own.fit.method, found.other.fit.method) == ("map", "hmc")
    assert 1 < found.other.best < 0.6 * found.own.best
    settings = at_start("loud", method="hmc")
    turned = answered(settings)
    film = LESSON.film(settings, "bins", turned)
    assert known(settings).own.fit is found.other.fit
    assert word(film, "grid.log.3", 0) == word(LESSON.film(loud[0], "bins", news), "grid.log.1", 0)


def test_once_both_are_known_a_film_is_kept_and_says_what_it_said_as_they_came(loud):
    settings, news = loud
    came = LESSON.film(settings, "cases", replace(news, answer=known(settings), look=None))
    [there] = work(settings)
    kept = LESSON.film(settings, "cases", there)
    assert (there.answer, there.settled) == (None, True)
    assert kept.id == came.id
    assert LESSON.film(settings.changed(cases=60.0), "cases", there) is kept
    assert LESSON.film(settings, "cases", replace(there, look=None)).words["alt"] == ("Forecasts are being made.",)


def test_a_stiff_prior_is_too_cautious():
    settings = at_start("meek")
    film = LESSON.film(settings, "temperature", answered(settings))
    assert word(film, "sign", settings.home()["temperature"]).startswith("▲")
    assert float(film.word("best", 0)) < 0.6


def test_what_other_points_taught_does_not_travel():
    settings = at_start("shift")
    news = answered(settings)
    assert known(settings).own.best == pytest.approx(1, abs=0.15)
    film = LESSON.film(settings, "temperature", news)
    assert word(film, "sign", settings.home()["temperature"]) == "▼ over-confident"


def test_understated_noise_is_mended_by_twice_the_spread():
    settings = at_start("noise", temperature=2.0)
    news = answered(settings)
    assert known(settings).own.best == pytest.approx(2, abs=0.1)
    film, home = LESSON.film(settings, "temperature", news), settings.home()["temperature"]
    start = int(np.abs(settings.positions("temperature") - 1).argmin())
    assert share(word(film, "kept", start)) == pytest.approx(0.59, abs=0.05)  # 2 Phi(1.645 / 2) - 1
    assert word(film, "sign", home) == "✓ keeps its word"
    assert np.isnan(film.row("before.y", start)).all()
    assert np.isfinite(film.row("before.y", home)).all()


def test_few_days_convict_nobody_and_their_band_is_wide():
    settings = at_start("fine", temperature=0.5)
    film = LESSON.film(settings, "cases", answered(settings))
    width = [np.ptp(film.row("bar band.y", at)) for at in (0, len(film.words["cases"]) - 1)]
    assert width[0] > 3 * width[1]
    assert word(film, "sign", len(film.words["cases"]) - 1) == "▼ over-confident"
    last = word(film, "tell", len(film.words["tell"]) - 1)
    assert re.match(r"About \d+ days: in half", last)
    kept = LESSON.film(at_start("fine"), "cases", answered(at_start("fine")))
    assert "do not tell it from" in word(kept, "tell", 0)


def test_another_forecaster_starts_at_its_own_temperature():
    settings = at_start("loud", temperature=3.0)
    assert settings.changed(method="hmc").temperature == 1.0
    notes: list[str] = []
    refused = CalibrationSettings.from_link({"scene": "noise", "method": "map"}, notes)
    assert refused.method == "exact"
    assert notes == ["method: map does not forecast in this scene: choose exact"]


def test_a_fit_under_way_is_seen_and_not_called_the_answer(monkeypatch):
    monkeypatch.setattr(calibration_work, "_PACE", 0.0)
    settings = at_start("meek", seed=12, method="hmc")
    news = list(work(settings))
    grown = [one for one in news if one.busy and one.answer is not None]
    assert grown
    assert all(re.match(r"fast HMC: [\d,]+ draws so far", one.busy) and not one.settled for one in grown)
    assert news[0].answer is None
    assert news[0].busy
    first = next(one for one in news if one.settled)
    assert not first.busy
    assert first.fit.diagnostics.complete
    film = LESSON.film(settings, "temperature", news[0])
    assert film.words["alt"] == ("Forecasts are being made.",)


def test_a_button_takes_what_other_days_taught():
    app = open_app("trust/calibration", scene="noise")
    [button] = [b for b in app.button if b.label == "Take what is best on other days"]
    sound(button.click().run())
    assert float(app.query_params["temperature"]) == pytest.approx(2, abs=0.1)
