"""Any lesson of regression can be opened on any source of its task: scikit-learn's diabetes and a plain array."""

from __future__ import annotations

from importlib import import_module

import numpy as np
import pytest
from apps import open_app
from lessons import LESSONS

from bayes_core import Dataset
from bayes_core.data import diabetes
from bayes_core.data.source import Source
from bayes_core.inference.exact import posterior
from bayes_core.models import Linear
from pages._ui.work.courier import first_of

ROOMS = {
    "linear/posterior": "pages.linear._posterior.scenes",
    "linear/map_vs_ridge": "pages.linear._ridge.scenes",
    "neural/regression": "pages.neural._network.scenes",
}
HOURS = np.array([3.0, 4.5, 7.0, 7.5, 12.0, 9.0, 4.0, 11.0])
PRICES = np.array([210.0, 180.0, 120.0, 131.0, 20.0, 77.0, 205.0, 31.0])
SOURCES = {
    "diabetes": diabetes(("bmi",)),
    "array": Dataset.from_arrays(HOURS, PRICES, feature_names=["hours"], target_name="price"),
}


@pytest.fixture
def opened(monkeypatch):
    def open_on(door: str, dataset: Dataset):
        lesson, scenes = LESSONS[door], import_module(ROOMS[door])
        monkeypatch.setitem(scenes.SCENES, "own", scenes.on(Source.of(dataset)))
        return lesson, lesson.at_start("own")

    return open_on


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize("door", [door for door in ROOMS if door in LESSONS])
def test_a_lesson_opens_on_any_source(opened, door, name):
    dataset = SOURCES[name]
    lesson, settings = opened(door, dataset)
    news = first_of(lesson.work(settings), alone=True) if lesson.work else None
    picture = lesson.picture(settings)
    traces = {trace["name"]: trace for trace in picture.figure["data"]}
    assert "truth" not in traces
    assert picture.figure["layout"]["xaxis"]["title"]["text"].startswith(dataset.feature_names[0])
    for handle in lesson.handles(settings):
        film = lesson.film(settings, handle.id, news)
        assert "data.y" in film.numbers
        assert film.words["alt"]
    compile(lesson.script(settings), door, "exec")


def test_the_line_of_a_plain_array_is_its_exact_posterior(opened):
    lesson, settings = opened("linear/posterior", SOURCES["array"])
    question = settings.question()
    mean, sd = (m[0] for m in posterior(question.dataset, Linear(), question.prior).moments(np.eye(2)))
    film, at = lesson.film(settings, "width"), settings.home()["width"]
    told = {name: float(film.words[name][at].replace("−", "-")) for name in ("slope", "intercept")}
    assert told["intercept"] == pytest.approx(mean[0], abs=0.05 * sd[0])
    assert told["slope"] == pytest.approx(mean[1], abs=0.05 * sd[1])
    least = np.polyfit(HOURS, PRICES, 1)
    assert abs(mean[1] - least[0]) < 2 * sd[1]


def test_data_without_a_posterior_are_refused_in_words(monkeypatch):
    """A perfect line and constant targets: the page says why where the picture would be, and keeps its controls."""
    scenes = import_module(ROOMS["linear/posterior"])
    for y in (2 + 3 * HOURS, np.full(8, 0.7)):
        made = scenes.on(Source.of(Dataset.from_arrays(HOURS, y, feature_names=["hours"], target_name="price")))
        monkeypatch.setitem(scenes.SCENES, "own", made)
        app = open_app("linear/posterior", scene="own")
        (said,) = [error.value for error in app.error]
        assert "no posterior exists" in said
        assert "noise_known=True, or give targets that vary more" in said
        assert app.selectbox or app.segmented_control
