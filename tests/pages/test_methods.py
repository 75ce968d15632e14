"""Methods face to face: the film says what the fits say, and the findings it teaches are there."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from apps import open_app
from scipy.stats import wasserstein_distance
from streamlit.testing.v1 import AppTest

from bayes_core import Budget, Prior, fit, predict
from bayes_core.evaluation.compare import between as distance_between
from bayes_core.evaluation.scores import held_out
from bayes_core.inference import METHODS, answer_steps
from bayes_core.summaries.pruning import switched_off
from pages._ui.sentences import bare, render
from pages._ui.telling import handle_sentence
from pages._ui.words import words
from pages._ui.work import store as work_store
from pages._ui.work.courier import News
from pages._ui.work.store import store
from pages.neural import methods
from pages.neural._methods import work as methods_work
from pages.neural._methods.readouts import hint
from pages.neural._methods.settings import COMPARED, SCENES, MethodsSettings
from pages.neural._methods.work import work

LESSON = methods.LESSON
PARSERS, from_link = LESSON.parsers, LESSON.from_link


def film_of(settings, handle: str, fits):
    return LESSON.film(settings, handle, News(fits))


@pytest.fixture(scope="module")
def between():
    settings = MethodsSettings.at_start("between")
    *_, last = work(settings)
    assert (last.busy, last.extra) == ("", "")
    return settings, last.answer


@pytest.mark.parametrize("handle", ["rate", "kl"])
def test_the_film_says_what_the_fits_say(between, handle):
    settings, fits = between
    film = film_of(settings, handle, fits)
    x = settings.places()[:, None]
    at = settings.home()[handle] + 2  # a position that is not the start
    for method in COMPARED:
        own = {"dropout": "rate", "vi_meanfield": "kl"}.get(method)
        one = fits[method][at if own == handle else settings.home()[own] if own else 0]
        far = distance_between(one, fits["hmc"][0], x)
        assert film.word(f"grid.{method}.1", at) == f"{far.wasserstein.mean():.2f}"
        assert (len(film.numbers[f"cost.{method}"]) > 1) == (own == handle)
        band = f"{method}.band"
        f = predict(one, x).f[:, :, 0]
        low, high = np.quantile(f, [0.05, 0.95], axis=0)
        np.testing.assert_allclose(film.row(band, at), np.concatenate([high, low[::-1]]), atol=film.step(band))


@pytest.mark.parametrize(
    ("handle", "method", "name"), [("rate", "dropout", "MC dropout"), ("kl", "vi_meanfield", "mean-field VI")]
)
def test_what_is_told_to_those_who_do_not_see_it_follows_the_handle(between, handle, method, name):
    """Distance and shares are those of the fit where the handle is, in the picture's text and in the chart's."""
    settings, fits = between
    film, x = film_of(settings, handle, fits), settings.places()[:, None]
    for at in (0, settings.home()[handle], len(settings.positions(handle)) - 1):
        far = distance_between(fits[method][at], fits["hmc"][0], x)
        narrow, wide = (far.sd_ratio < 0.8).mean(), (far.sd_ratio > 1.25).mean()
        told = re.search(
            rf"{name}: distance (\S+) sd, (.*?), sd inside × (\S+), outside × (\S+),", film.word("alt", at)
        )
        assert told[1] == f"{far.overall:.2f}"
        assert told[2] == f"too narrow {100 * narrow:.0f} %, too wide {100 * wide:.0f} %"
        assert told[2] == film.word(f"{method}.line", at)
        seen = fits[method][at].question.dataset.x
        inside = ((x >= seen.min()) & (x <= seen.max()))[:, 0]
        assert told[3] == f"{np.median(far.sd_ratio[inside]):.2f}"
        assert told[4] == f"{np.median(far.sd_ratio[~inside]):.2f}"
        assert f"{name} {fits[method][at].diagnostics.seconds:.2f} s and {far.overall:.2f} sd" in film.word(
            "alt.cost", at
        )


@pytest.mark.parametrize(("handle", "method"), [("rate", "dropout"), ("kl", "vi_meanfield")])
def test_a_move_is_told_by_the_numbers_of_its_method(between, handle, method):
    settings, fits = between
    template = handle_sentence(words("neural/methods"), settings, handle)
    film, x, last = film_of(settings, handle, fits), settings.places()[:, None], len(settings.positions(handle)) - 1
    here = settings.home()[handle]

    def at(film, position):
        return {name: texts[min(position, len(texts) - 1)] for name, texts in film.words.items()}

    before, after = (at(film, v) | {"value": f"{settings.positions(handle)[v]:g}"} for v in (here, last))
    said = render(template, before.get, after.get)
    far = [f"{distance_between(fits[method][v], fits['hmc'][0], x).overall:.2f}" for v in (here, last)]
    score = [f"{held_out(fits[method][v], settings.fresh()).log_score:.2f}".replace("-", "−") for v in (here, last)]
    assert said.complete
    assert "sampled posterior {} → {} sd; log score {} → {}".format(*far, *score) in bare(said.html)
    assert (hint(fits[method][last]) in bare(said.html)) == (method == "vi_meanfield")
    alone = {name: some if name != method else (some[here],) for name, some in fits.items()}  # the rest is under way
    there = at(film_of(settings, handle, alone), last) | {"value": after["value"]}
    early = render(template, before.get, there.get)
    assert not early.complete
    assert re.fullmatch(r"[^–:]+ → \S+\.?", bare(early.html))


def test_the_closest_and_the_highest_are_those_of_the_fits(between):
    settings, fits = between
    home, x = settings.home(), settings.places()[:, None]
    own = {"dropout": home["rate"], "vi_meanfield": home["kl"]}
    one = {method: fits[method][own.get(method, 0)] for method in COMPARED}
    far = {METHODS[m].title: distance_between(fit, fits["hmc"][0], x).overall for m, fit in one.items()}
    score = {METHODS[m].title: held_out(fit, settings.fresh()).log_score for m, fit in one.items()}
    film = film_of(settings, "rate", fits)
    near, high = min(far, key=far.get), max(score, key=score.get)
    assert film.words["closest"][home["rate"]] == f"{near} ({far[near]:.2f} sd)"
    assert film.words["highest"][home["rate"]] == f"{high} ({score[high]:.2f})"
    missing = {method: some for method, some in fits.items() if method != "map"}
    assert set(film_of(settings, "rate", missing).words["closest"]) == {""}


def test_chance_is_told_beside_the_ensembles(between):
    """Twenty of the sampled posterior's own draws, by lot: their mean distance, and how often they look too narrow."""
    settings, fits = between
    said = film_of(settings, "rate", fits).words["grid.after"][0]
    told = re.search(
        r"20 exact draws would show a distance of (\S+), and be too narrow on (\d+) % .*too wide on (\d+) %", said
    )
    f = predict(fits["hmc"][0], settings.places()[:, None]).f[:, :, 0]
    random = np.random.default_rng(5)
    sets = [f[random.choice(len(f), 20, replace=False)] for _ in range(200)]
    far = [wasserstein_distance(a, b) / b.std() for one in sets for a, b in zip(one.T[::6], f.T[::6], strict=True)]
    ratio = np.array([one.std(0) / f.std(0) for one in sets])
    assert float(told[1]) == pytest.approx(np.mean(far), abs=0.03)
    assert float(told[2]) == pytest.approx(100 * (ratio < 0.8).mean(), abs=5)
    assert float(told[3]) == pytest.approx(100 * (ratio > 1.25).mean(), abs=4)


def test_ten_points_have_no_anchored_ensemble_unless_the_noise_is_known_and_the_page_says_why():
    settings = MethodsSettings.at_start("few")
    asked, fresh = settings.question("anchored"), settings.fresh()
    with pytest.raises(ValueError, match="density grows without bound") as told:
        store().answer(asked)
    film = film_of(settings, "rate", {"anchored": str(told.value)})
    said = film.words["grid.after"][0]
    assert said == f"Anchored ensemble has no answer here: {told.value}."
    assert film.words["anchored.line"] == ("no answer here",)
    known = Prior(asked.prior.width, settings.network().noise, noise_known=True)
    mended = fit(asked.dataset, asked.model, "anchored", known, Budget(members=20, steps=2000), seed=asked.seed)
    assert held_out(mended, fresh).coverage > 0.8
    doubtful = replace(mended, diagnostics=replace(mended.diagnostics, complaints=("Raise budget.steps.",)))
    film = film_of(settings, "rate", {"anchored": (doubtful,)})
    assert film.words["grid.after"][0] == "* Anchored ensemble: Raise budget.steps."
    assert film.words["anchored.time"][0].endswith(" s *")


def test_every_method_is_defined_beside_its_picture():
    picture = LESSON.picture(MethodsSettings.at_start("between"))
    told = {one["id"]: one["what"] for one in picture.stage["methods"]}
    assert set(told) == set(COMPARED)
    assert all(10 < len(what) < 70 and "{" not in what for what in told.values())
    legend = next(panel["html"] for panel in picture.panels if panel["text"] == "How to read it")
    assert f"how many of {len(MethodsSettings.at_start('between').fresh().y)} fresh points" in legend


def test_while_there_is_no_reference_there_is_no_distance(between):
    settings, fits = between
    film = film_of(settings, "rate", {"laplace": fits["laplace"]})
    seconds, far = film.row("cost.laplace", 0)
    assert seconds == pytest.approx(fits["laplace"][0].diagnostics.seconds)
    assert np.isnan(far)
    assert film.words["grid.laplace.1"] == ("–",)
    assert film.words["laplace.line"] == ("",)
    assert film.words["grid.after"] == ("",)
    together = film_of(settings, "rate", fits)
    assert together.row("cost.hmc", 0)[1] == 0  # the reference is no distance from itself


def test_what_the_page_teaches_is_so(between):
    """Ensemble and MAP close the gap, mean-field is too sure in it, Laplace keeps it open; dropout ignores data."""
    _, fits = between
    middle = np.array([[0.0]])
    sd = {method: predict(some[0], middle).f.std() for method, some in fits.items()}
    true = sd["hmc"]
    assert sd["map"] == 0
    assert sd["ensemble"] < 0.3 * true
    assert sd["vi_meanfield"] < 0.8 * true
    assert sd["laplace"] > 0.5 * true
    spread = {}
    for scene in ("few", "many"):
        asked = MethodsSettings.at_start(scene)
        inside = np.linspace(-2.5, 2.5, 11)[:, None]
        for method, one in {
            "dropout": store().answer(asked.question("dropout", rate=0.1)),
            "hmc": store().answer(asked.question("hmc")),
        }.items():
            spread[scene, method] = predict(one, inside).f.std(0).mean()
    assert spread["many", "hmc"] < 0.5 * spread["few", "hmc"]
    assert spread["many", "dropout"] > 0.6 * spread["few", "dropout"]


def test_a_heavier_kl_term_switches_units_off_until_all_are(between):
    """The lesson of the handle: overpruning at weight one, posterior collapse at ten, and the hint says so."""
    settings, fits = between
    many = fits["vi_meanfield"]
    kl = [one.diagnostics.kl[-200:].mean() for one in many]
    assert all(a > b - 0.5 for a, b in pairwise(kl))
    weights = settings.positions("kl")
    home = int(np.flatnonzero(weights == 1.0)[0])
    assert switched_off(many[0]) < switched_off(many[home]) < switched_off(many[-1]) == 5
    assert hint(many[-1]).startswith("▼ Posterior collapse")
    assert f"{switched_off(many[home])} of 5 units went back" in hint(many[home])
    best = max(one.diagnostics.elbo[-200:].mean() for one in many)
    assert many[home].diagnostics.elbo[-200:].mean() > best - 2  # weight one is what the ELBO itself asks for


def test_the_climb_is_the_trace_in_windows(between):
    settings, fits = between
    film = film_of(settings, "rate", fits)
    shown, room = film.row("climb.kl", 0), film.step("climb.kl")
    trace = fits["vi_meanfield"][settings.home()["kl"]].diagnostics.kl
    assert len(shown) == 60
    assert shown[0] == pytest.approx(trace[:34].mean(), abs=room)  # 2000 steps: windows of 34 and 33
    assert shown[-1] == pytest.approx(trace[-33:].mean(), abs=room)


def test_what_is_at_hand_is_shown_at_once(between):
    """A release must not empty the picture while the same fits are fetched again."""
    settings, fits = between
    again, *more = work(replace(settings, rate=float(settings.positions("rate")[4])))
    assert (again.busy, again.extra) == ("", "")
    assert more == []
    assert {method: [id(one) for one in some] for method, some in again.answer.items()} == {
        method: [id(one) for one in some] for method, some in fits.items()
    }


def test_nuts_on_request_adds_to_a_picture_that_stands(between, monkeypatch):
    settings, fits = between
    asked, budget = replace(settings, nuts=True), Budget(draws=40, warmup=40, chains=2, chunk=20)

    def quick(question):
        assert question.method == "nuts"
        return answer_steps(replace(question, budget=budget))

    monkeypatch.setattr(work_store, "answer_steps", quick)
    monkeypatch.setattr(methods_work, "_PACE", 0.0)
    monkeypatch.setattr(store(), "keep", lambda question, fit: None)  # it answers another budget
    first, *growing, last = work(asked)
    assert {news.busy for news in (first, *growing, last)} == {""}  # nothing on screen is out of date
    assert first.extra == "NUTS on all weights…"
    told = [news.extra.removeprefix("NUTS on all weights: ").removesuffix(" of 80") for news in growing]
    assert len(told) > 1
    assert all(int(a) < int(b) for a, b in pairwise(told))
    assert last.extra == ""
    assert len(last.answer["nuts"][0].noise) == 80
    assert {method: some for method, some in last.answer.items() if method != "nuts"} == fits


def test_a_method_without_an_answer_says_so_and_the_others_stay(monkeypatch):
    settings = MethodsSettings.at_start("few", seed=9)

    def refuse(question):
        if question.method == "laplace":
            raise ValueError("no mode was found")
        return answer_steps(question)

    monkeypatch.setattr(work_store, "answer_steps", refuse)
    steps = work(settings)
    fits = next(news.answer for news in steps if "laplace" in news.answer)
    assert fits["laplace"] == "no mode was found"
    film = film_of(settings, "rate", fits)
    assert film.words["laplace.line"] == ("no answer here",)
    assert film.words["grid.laplace.1"] == ("–",)  # nothing that a sentence could take for a number
    assert "Laplace: no answer here" in film.words["alt"][0]
    assert "cost.hmc" in film.numbers
    *_, last = steps
    assert last.busy == ""
    *_, again = work(settings)  # a release: only the one without an answer is tried once more
    assert again.busy == ""
    assert again.answer["laplace"] == "no mode was found"
    assert (
        "Laplace has no answer here: no mode was found."
        in film_of(settings, "rate", again.answer).words["grid.after"][0]
    )


def page(**params: str) -> AppTest:
    return open_app("neural/methods", timeout=180, **params)


@pytest.mark.parametrize("scene", ["between", "few"])
def test_scenes_run(scene):
    app = page(scene=scene)
    assert app.title[0].value == "Eight methods, one posterior. Which would you trust?"
    assert app.session_state["memory.methods"].settings.scene == scene


@pytest.mark.parametrize(
    ("name", "text"), [("rate", "2"), ("kl", "50"), ("nuts", "yes"), ("width", "7"), ("scene", "<i>"), ("seed", "-1")]
)
def test_hostile_links_fall_back_with_a_note(name, text):
    notes: list[str] = []
    values = {}
    try:
        values[name] = PARSERS[name](text)
    except ValueError as error:
        notes.append(f"{name}: {error}")
    assert from_link(values, notes) == MethodsSettings.at_start("between")
    assert notes
    assert notes[0].startswith(f"{name}: ")


def test_every_scene_has_its_words():
    assert {f"scene {name}" for name in SCENES} <= set(words("neural/methods"))
