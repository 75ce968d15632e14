"""Methods face to face: the film says what the fits say, and the findings it teaches are there."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from apps import open_app
from scipy import stats
from streamlit.testing.v1 import AppTest

from bayes_core import Budget, Dataset, Diagnostics, Fit, Linear, Mlp, Prior, fit, predict
from bayes_core.evaluation.compare import between as distance_between
from bayes_core.evaluation.scores import held_out
from bayes_core.inference import fit_steps
from bayes_core.summaries.pruning import switched_off, unit_kl
from pages._ui.words import words
from pages.neural._methods import films as methods_films
from pages.neural._methods.settings import COMPARED, PARSERS, SCENES, MethodsSettings, from_link


@pytest.fixture(scope="module")
def between():
    settings = MethodsSettings.at_start("between")
    *_, last = methods_films.growing(settings)
    assert (last.busy, last.extra) == ("", "")
    return settings, last.fits


def test_held_out_scores_are_those_of_the_mixture(skewed):
    answer = fit(skewed, Linear(), "exact", Prior(2, 1), seed=1)
    fresh = Dataset.from_arrays(skewed.x[:4] + 0.3, skewed.y[:4])
    told = held_out(answer, fresh, 0.8)
    f = predict(answer, fresh.x).f[:, :, 0]
    density = stats.norm(f, answer.noise[:, None]).pdf(fresh.y).mean(0)
    assert told.log_score == pytest.approx(np.log(density).mean(), rel=1e-9)
    below = stats.norm(f, answer.noise[:, None]).cdf(fresh.y).mean(0)
    assert told.coverage == pytest.approx(((below > 0.1) & (below < 0.9)).mean())


@pytest.mark.parametrize("handle", ["rate", "kl"])
def test_the_film_says_what_the_fits_say(between, handle):
    settings, fits = between
    film = methods_films.film(settings, handle, fits)
    x = methods_films.grid(settings)[:, None]
    at = settings.home()[handle] + 2  # a position that is not the start
    for method in COMPARED:
        own = {"dropout": "rate", "vi_meanfield": "kl"}.get(method)
        one = fits[method][at if own == handle else settings.home()[own] if own else 0]
        far = distance_between(one, fits["hmc"][0], x)
        assert film.word(f"grid.{method}.1", at) == f"{far.wasserstein.mean():.2f} sd"
        assert (len(film.numbers[f"cost.{method}"]) > 1) == (own == handle)
        band = f"{method}.band"
        f = predict(one, x).f[:, :, 0]
        low, high = np.quantile(f, [0.05, 0.95], axis=0)
        np.testing.assert_allclose(film.row(band, at), np.concatenate([high, low[::-1]]), atol=film.step(band))


def test_what_the_page_teaches_is_so(between):
    """Ensemble and MAP close the gap, mean-field is too sure in it, Laplace keeps it open; dropout ignores data."""
    _, fits = between
    middle = np.array([[0.0]])
    sd = {method: predict(some[0], middle).f.std() for method, some in fits.items()}
    true = sd["hmc"]
    assert sd["map"] == 0
    assert sd["ensemble"] < 0.3 * true
    assert sd["vi_meanfield"] < 0.8 * true
    assert sd["laplace"] > 0.8 * true
    spread = {}
    for scene in ("few", "many"):
        asked = MethodsSettings.at_start(scene)
        inside = np.linspace(-2.5, 2.5, 11)[:, None]
        for method, one in {
            "dropout": methods_films.moved(asked, "rate", 0.1),
            "hmc": methods_films.network_fits.finished(asked.network("hmc")),
        }.items():
            spread[scene, method] = predict(one, inside).f.std(0).mean()
    assert spread["many", "hmc"] < 0.5 * spread["few", "hmc"]
    assert spread["many", "dropout"] > 0.6 * spread["few", "dropout"]


def test_the_kl_of_a_unit_is_that_of_its_gaussians():
    """By torch's formula for two normals, on draws whose moments are exact."""
    steps = stats.norm.ppf((np.arange(1000) + 0.5) / 1000)
    steps = (steps - steps.mean()) / steps.std()
    weight = np.stack([0.5 + 0.2 * steps, 2.0 * steps], axis=1)[:, None, :]  # one input, two units
    bias = np.stack([-1.0 + 1.5 * steps, 2.0 * steps], axis=1)
    sites = {"weight1": weight, "bias1": bias, "weight": bias, "bias": steps}
    made = Fit("made", Mlp((2,)), Prior(2.0, 1.0), sites, np.ones(1000), None, Diagnostics("approximate"))

    def kl(mean, sd):  # of N(mean, sd^2) from N(0, 2^2)
        return np.log(2 / sd) + (sd**2 + mean**2) / 8 - 0.5

    np.testing.assert_allclose(unit_kl(made), [kl(0.5, 0.2) + kl(-1.0, 1.5), 0.0], atol=1e-9)
    assert switched_off(made) == 1
    with pytest.raises(ValueError, match="one draw has no spread"):
        unit_kl(
            Fit("made", Mlp((2,)), Prior(), {k: v[:1] for k, v in sites.items()}, np.ones(1), None, made.diagnostics)
        )
    with pytest.raises(ValueError, match="only a network"):
        unit_kl(fit(Dataset.from_arrays([0.0, 1, 2], [0.0, 1, 3]), method="exact"))


def test_a_heavier_kl_term_switches_units_off_until_all_are(between):
    """The lesson of the handle: overpruning at weight one, posterior collapse at ten, and the hint says so."""
    settings, fits = between
    many = fits["vi_meanfield"]
    kl = [one.diagnostics.kl[-200:].mean() for one in many]
    assert all(a > b - 0.5 for a, b in pairwise(kl))
    weights = settings.positions("kl")
    home = int(np.flatnonzero(weights == 1.0)[0])
    assert switched_off(many[0]) < switched_off(many[home]) < switched_off(many[-1]) == 5
    assert methods_films.hint(many[-1]).startswith("▼ Posterior collapse")
    assert f"{switched_off(many[home])} of 5 units went back" in methods_films.hint(many[home])
    best = max(one.diagnostics.elbo[-200:].mean() for one in many)
    assert many[home].diagnostics.elbo[-200:].mean() > best - 2  # weight one is what the ELBO itself asks for


def test_the_climb_is_the_trace_in_windows(between):
    settings, fits = between
    film = methods_films.film(settings, "rate", fits)
    shown, room = film.row("climb.kl", 0), film.step("climb.kl")
    trace = fits["vi_meanfield"][settings.home()["kl"]].diagnostics.kl
    assert len(shown) == 60
    assert shown[0] == pytest.approx(trace[:34].mean(), abs=room)  # 2000 steps: windows of 34 and 33
    assert shown[-1] == pytest.approx(trace[-33:].mean(), abs=room)


def test_what_is_at_hand_is_shown_at_once(between):
    """A release must not empty the picture while the same fits are fetched again."""
    settings, fits = between
    again, *more = methods_films.growing(replace(settings, rate=float(settings.positions("rate")[4])))
    assert (again.busy, again.extra) == ("", "")
    assert more == []
    assert {method: [id(one) for one in some] for method, some in again.fits.items()} == {
        method: [id(one) for one in some] for method, some in fits.items()
    }


def test_nuts_on_request_adds_to_a_picture_that_stands(between, monkeypatch):
    settings, fits = between
    asked, budget = replace(settings, nuts=True), Budget(draws=40, warmup=40, chains=2, chunk=20)

    def quick(network):
        assert network.method == "nuts"
        return fit_steps(network.dataset(), network.model(), "nuts", network.prior(), budget, seed=network.seed)

    monkeypatch.setattr(methods_films.network_fits, "run", quick)
    first, *growing, last = methods_films.growing(asked)
    assert {news.busy for news in (first, *growing, last)} == {""}  # nothing on screen is out of date
    assert first.extra == "NUTS on all weights…"
    told = [news.extra.removeprefix("NUTS on all weights: ").removesuffix(" of 80") for news in growing]
    assert len(told) > 1
    assert all(int(a) < int(b) for a, b in pairwise(told))
    assert last.extra == ""
    assert len(last.fits["nuts"][0].noise) == 80
    assert {method: some for method, some in last.fits.items() if method != "nuts"} == fits


def test_a_method_without_an_answer_says_so_and_the_others_stay(monkeypatch):
    settings = MethodsSettings.at_start("few", seed=9)
    real = methods_films.network_fits.finished

    def refuse(network):
        if network.method == "laplace":
            raise ValueError("no mode was found")
        return real(network)

    monkeypatch.setattr(methods_films.network_fits, "finished", refuse)
    steps = methods_films.growing(settings)
    fits = next(news.fits for news in steps if "laplace" in news.fits)
    assert fits["laplace"] == ()
    film = methods_films.film(settings, "rate", fits)
    assert film.words["laplace.line"] == ("no answer here",)
    assert "cost.hmc" in film.numbers
    *_, last = steps
    assert last.busy == ""
    *_, again = methods_films.growing(settings)  # a release: only the one without an answer is tried once more
    assert again.busy == ""
    assert again.fits["laplace"] == ()


def page(**params: str) -> AppTest:
    return open_app("neural/methods", timeout=180, **params)


@pytest.mark.parametrize("scene", ["between", "few"])
def test_scenes_run(scene):
    app = page(scene=scene)
    assert app.title[0].value == "Eight short cuts to one posterior. Which would you trust?"
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
