"""Methods face to face: the film says what the fits say, and the findings it teaches are there."""

from __future__ import annotations

import numpy as np
import pytest
from apps import open_app
from scipy import stats
from streamlit.testing.v1 import AppTest

from bayes_core import Dataset, Linear, Prior, fit, predict
from bayes_core.curves import gap
from bayes_core.scores import held_out
from pages._ui import methods_films
from pages._ui.methods_settings import COMPARED, PARSERS, SCENES, MethodsSettings, from_link
from pages._ui.words import words


@pytest.fixture(scope="module")
def between():
    settings = MethodsSettings.at_start("between")
    *_, fits = methods_films.growing(settings)
    return settings, fits


def test_held_out_scores_are_those_of_the_mixture(skewed):
    answer = fit(skewed, Linear(), "exact", Prior(2, 1), seed=1)
    fresh = Dataset.from_arrays(skewed.x[:4] + 0.3, skewed.y[:4])
    told = held_out(answer, fresh, 0.8)
    f = predict(answer, fresh.x).f[:, :, 0]
    density = stats.norm(f, answer.noise[:, None]).pdf(fresh.y).mean(0)
    assert told.log_score == pytest.approx(np.log(density).mean(), rel=1e-9)
    below = stats.norm(f, answer.noise[:, None]).cdf(fresh.y).mean(0)
    assert told.coverage == pytest.approx(((below > 0.1) & (below < 0.9)).mean())


def test_the_film_says_what_the_fits_say(between):
    settings, fits = between
    film = methods_films.film(settings, fits)
    x = methods_films.grid(settings)[:, None]
    for method in COMPARED:
        at = settings.home()["rate"] if method == "dropout" else 0
        one = fits[method][at]
        far = gap(one, fits["hmc"][0], x)
        assert film.spec["words"][f"grid.{method}.1"][at] == f"{far.wasserstein.mean():.2f} sd"
        entry = film.spec["numbers"][f"{method}.band"]
        codes = np.frombuffer(film.codes, "<u2")[entry["start"] :][: entry["rows"] * entry["size"]]
        shown = entry["low"] + codes.reshape(entry["rows"], -1)[min(at, entry["rows"] - 1)] * entry["step"]
        f = predict(one, x).f[:, :, 0]
        low, high = np.quantile(f, [0.05, 0.95], axis=0)
        np.testing.assert_allclose(shown, np.concatenate([high, low[::-1]]), atol=entry["step"])


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
            "dropout": methods_films.dropped(asked, 0.1),
            "hmc": methods_films.timed(asked, "hmc"),
        }.items():
            spread[scene, method] = predict(one, inside).f.std(0).mean()
    assert spread["many", "hmc"] < 0.5 * spread["few", "hmc"]
    assert spread["many", "dropout"] > 0.6 * spread["few", "dropout"]


def page(**params: str) -> AppTest:
    return open_app("neural/methods", timeout=180, **params)


@pytest.mark.parametrize("scene", ["between", "few"])
def test_scenes_run(scene):
    app = page(scene=scene)
    assert app.title[0].value == "Six short cuts to one posterior. Which would you trust?"
    assert app.session_state["memory.methods"].settings.scene == scene


@pytest.mark.parametrize(("name", "text"), [("rate", "2"), ("width", "7"), ("scene", "<i>"), ("seed", "-1")])
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
