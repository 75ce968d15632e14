"""The conformal page: what its scenes claim, what it says, and that no handle compiles or fits."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from apps import open_app
from lessons import LESSONS

from bayes_core import fit
from bayes_core.evaluation.conformal import around
from pages._ui.telling import words_at
from pages._ui.work.courier import first_of
from pages._ui.work.store import store
from pages.trust._conformal import readouts
from pages.trust._conformal.forecasts import FORECASTERS
from pages.trust._conformal.scenes import MOST_DAYS, SCENES
from pages.trust._conformal.settings import ConformalSettings

LESSON = LESSONS["trust/conformal"]
pytestmark = pytest.mark.usefixtures("hasty")


def told(scene: str, handle: str = "level", **changes) -> dict[str, str]:
    settings = LESSON.at_start(scene, **changes)
    news = first_of(LESSON.work(settings), alone=True)
    return words_at({handle: LESSON.film(settings, handle, news)}, settings.home())


def per_cent(text: str) -> float:
    return float(text.split("\u00a0", maxsplit=1)[0])


def test_scenes_show_what_their_words_claim():
    good, terrible, drift = told("good"), told("terrible"), told("drift")
    assert per_cent(good["calm"]) > 95  # too cautious
    assert per_cent(good["storm"]) < 85  # too bold
    assert (good["expected"], terrible["expected"]) == ("90.1\u00a0%", "90.1\u00a0%")
    assert terrible["kept.verdict"] == "✓ keeps its promise"
    assert float(terrible["half"].split()[0]) > 2 * float(good["half"].split()[0])  # it pays in width
    assert per_cent(drift["expected"]) < 80
    assert drift["kept.verdict"] == "▼ breaks its promise"
    assert "exchangeable" in drift["kept.words"]
    right, wrong, few = told("right"), told("wrong"), told("few")
    half, own = (float(right[name].split()[0]) for name in ("half", "own.half"))
    assert abs(half / own - 1) < 0.1
    assert abs(per_cent(right["share"]) - per_cent(right["own.share"])) < 3
    assert per_cent(wrong["own.share"]) < 75
    assert per_cent(wrong["own.storm"]) < per_cent(wrong["own.calm"]) - 50
    assert wrong["expected"] == "90.1\u00a0%"
    assert (few["half"], few["needed"], few["kept.verdict"]) == ("endless", "19", "✓ keeps it, by saying nothing")
    assert few["scores.words"] == "10 calibration days cannot promise 95 %: it would take 19."


@pytest.mark.parametrize("score", ["absolute", "normalised", "cqr"])
def test_the_band_is_the_cores_band_around_the_same_fit(score):
    settings = LESSON.at_start("good", score=score, days=50.0, level=0.85)
    made = fit(settings.dataset(), FORECASTERS["curve"].model, "exact", FORECASTERS["curve"].prior, seed=1)
    aside = settings.story.aside(settings.seed).dataset()
    places = np.array([3.0, 12.0, 21.0])
    level = 0.9 if score == "cqr" else 0.85  # its quantiles are always those of 90 %
    band = around(made, aside.head(50), places, level, score)
    if score == "cqr":
        settings = replace(settings, level=0.9)
    film = LESSON.film(settings, "days")
    row = film.row("conformal edges.y", settings.home()["days"])
    lower, upper = row[:101], row[102:203]
    np.testing.assert_allclose(np.interp(places, np.linspace(0, 25, 101), lower), band.lower, atol=0.02)
    np.testing.assert_allclose(np.interp(places, np.linspace(0, 25, 101), upper), band.upper, atol=0.02)


def test_films_of_one_forecast_ask_for_no_other_fit(monkeypatch):
    start = LESSON.at_start("good")
    LESSON.films(start)
    monkeypatch.setattr(store(), "steps", lambda question: pytest.fail(f"{question.method} is asked again"))
    for changes in ({"level": 0.97}, {"days": 20.0}, {"drift": 4.5}, {"score": "normalised"}):
        LESSON.films(replace(start, **changes))


def test_films_are_small_and_fit_where_they_meet():
    """Where two handles stand, their films say the same; each is far below 100 kB."""
    settings = LESSON.at_start("wrong", level=0.8, days=60.0, drift=3.0)
    films = LESSON.films(settings)
    seen = {handle: words_at({handle: film}, settings.home()) for handle, film in films.items()}
    assert seen["level"] == seen["days"] | {"value": seen["level"]["value"]}
    assert seen["drift"] == seen["days"] | {"value": seen["drift"]["value"]}
    assert max(len(film.packed) for film in films.values()) < 50_000


def test_a_network_is_waited_for_with_the_days_in_sight():
    """No band and no claim before there is a fit, and the same furniture."""
    settings = LESSON.at_start("good", forecaster="ensemble", score="normalised", own=True)
    empty = LESSON.view(settings, "level")
    assert set(empty.numbers) == {"days.y", "inside.y", "outside.y"}
    assert not empty.words
    assert np.ptp(empty.numbers["inside.y"]) > 20
    news = list(LESSON.work(settings))
    assert news[0].busy
    assert news[-1].settled
    full = LESSON.view(settings, "level", news[-1])
    assert full.picture("").panels == empty.picture("").panels
    assert [label.id for label in full.labels] == [label.id for label in empty.labels]
    drawn = [trace["name"] for trace in empty.figure["data"]]
    assert {name.removesuffix(".y") for name in full.numbers} == set(drawn)
    assert full.badge == ("approximate",)
    middle = slice(20, 85)  # 5 to 21 m/s: standardised for the network, and back in minutes here
    far = full.numbers["forecast.y"][0, middle] - full.numbers["truth.y"][0, middle]
    assert np.abs(far).max() < 6


def test_a_forecast_that_says_nothing_of_its_doubt_has_only_its_error():
    notes: list[str] = []
    asked = {"forecaster": "terrible", "score": "cqr", "own": True}
    settings = LESSON.from_link(asked, notes)
    assert (settings.score, settings.own) == ("absolute", False)
    assert len(notes) == 2
    assert "only its error can be scored" in notes[0]
    learns = LESSON.at_start("good", forecaster="learns", score="normalised", own=True)
    turned = learns.changed(forecaster="terrible")
    assert (turned.score, turned.own) == ("absolute", False)


def test_days_are_whole_and_within_what_is_kept_aside():
    for scene in SCENES:
        values = ConformalSettings.at_start(scene).positions("days")
        assert (values == np.round(values)).all()
        assert values[0] >= 4
        assert values[-1] == MOST_DAYS


def test_the_page_shows_code_that_runs_for_every_forecast():
    for name in FORECASTERS:
        script = LESSON.script(LESSON.at_start("good", forecaster=name))
        compile(script, name, "exec")
        assert FORECASTERS[name].method in script
    app = open_app("trust/conformal", scene="few")
    assert not app.error


def test_shares_do_not_claim_more_than_there_is():
    assert readouts.share(0.99996) == "99.9\u00a0%"
    assert readouts.share(0.00004) == "0\u00a0%"
    assert readouts.share(0.0123) == "1.2\u00a0%"
    assert re.fullmatch(r"\d+\.\d min", readouts.minutes(123.44))


def test_fits_are_of_other_days_than_those_that_calibrate():
    for scene in SCENES:
        settings = ConformalSettings.at_start(scene)
        rows = [set(settings.dataset().y.tolist())]
        rows += [set(world(settings.seed).dataset().y.tolist()) for world in (settings.story.aside, settings.story.new)]
        assert len(set.union(*rows)) == sum(map(len, rows))
