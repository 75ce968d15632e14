from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from bayes_core.figures.film import Film
from bayes_core.figures.picture import as_json
from pages._ui import link
from pages._ui.words import coloured, words
from pages._ui.work.courier import News
from pages._ui.work.store import store
from pages.linear._posterior.scenes import SCENES
from pages.linear._posterior.settings import ANSWERS, LinearSettings
from pages.linear.posterior import LESSON


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("method", ["exact", "map", "prior"])
@pytest.mark.parametrize("points", [8, 500])
def test_a_handles_payload_is_small(scene, method, points):
    settings = LinearSettings.at_start(scene, method=method, points=points)
    for handle in settings.handles:
        film = LESSON.film(settings, handle)
        assert len(film.packed) <= 100_000


def test_a_film_at_home_is_the_answer_itself():
    """What the page shows at a position is what the core says there, in numbers and in words."""
    from bayes_core import Linear
    from bayes_core.inference.exact import posterior

    settings = LinearSettings.at_start("houses", width=20.0, noise=80.0)
    question = settings.question()
    answer = posterior(question.dataset, Linear(), question.prior)
    mean, sd = (m[0] for m in answer.moments(np.eye(2)))
    for handle in settings.handles:
        film: Film = LESSON.film(settings, handle)
        at = settings.home()[handle]
        assert float(film.words["slope"][at].replace("−", "-")) == pytest.approx(mean[1], abs=0.05 * sd[1])
        assert float(film.words["intercept"][at].replace("−", "-")) == pytest.approx(mean[0], abs=0.05 * sd[0])


@pytest.mark.parametrize("scene", SCENES)
def test_a_link_says_the_whole_state(scene):
    settings = LinearSettings.at_start(scene, points=20, seed=7, level=0.95, method="nuts")
    positions = settings.positions("width")
    moved = replace(settings, width=float(positions[3])).in_range()
    asked = {name: LESSON.parsers[name](text) for name, text in moved.link().items()}
    notes: list[str] = []
    assert LinearSettings.from_link(asked, notes) == moved
    assert notes == []
    assert LinearSettings.at_start("five").link() == {}


@pytest.mark.parametrize("scene", SCENES)
def test_handles_start_on_a_position(scene):
    settings = LinearSettings.at_start(scene)
    for handle, start in (("width", settings.width), ("noise", settings.noise)):
        values = settings.positions(handle)
        assert start in values
        assert (np.diff(values) > 0).all()
        assert len(values) == 41


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("scene", "<script>"),
        ("width", "abc"),
        ("width", "nan"),
        ("width", "1e999"),
        ("points", "4"),
        ("points", "2.5"),
        ("points", "-5"),
        ("level", "2"),
        ("level", "0.91"),
        ("method", "gibbs"),
        ("seed", "-1"),
        ("seed", "1e99"),
        ("seed", ""),
    ],
)
def test_bad_link_values_are_refused_in_words(name, text):
    with pytest.raises(ValueError, match=r"not|outside"):
        LESSON.parsers[name](text)


def test_handles_outside_their_scene_stay_at_the_start_with_a_note():
    notes: list[str] = []
    settings = LinearSettings.from_link({"scene": "blog", "width": 5000.0, "noise": 3.0}, notes)
    assert settings.width == 10.0
    assert settings.noise == pytest.approx(3.0, rel=0.1)
    assert notes == ["width: 5000 is outside 0.3 to 100"]


def test_words_are_escaped_and_coloured():
    assert coloured(":orange[prior] **b** <script>") == ('<em class="c-prior">prior</em> <b>b</b> &lt;script&gt;')
    assert coloured(":smile[x]") == ":smile[x]"


def test_every_text_a_page_asks_for_exists():
    text = words("linear/posterior")
    for scene in SCENES:
        assert text[f"scene {scene}"]
    for method in ANSWERS:
        assert text[f"method {method}"]
    for name in ("eyebrow", "question", "lead", "said width", "said noise", "try 1", "try 4", "code"):
        assert text[name]


def test_plotly_arrays_become_lists():
    import plotly.graph_objects as go

    made = as_json(go.Figure(go.Scatter(x=np.arange(3.0), y=np.array([1.0, np.nan, 2.0]))).to_plotly_json())
    assert made["data"][0]["x"] == [0.0, 1.0, 2.0]
    assert made["data"][0]["y"] == [1.0, None, 2.0]
    json.dumps(made)


def test_number_parsers():
    assert link.number_in(0, 2)("1.5") == 1.5
    assert link.whole_in(0, 9)("7") == 7
    assert link.one_of(("a", "b"))("a") == "a"


@pytest.mark.parametrize("method", ["exact", "nuts", "vi_meanfield"])
def test_reweighted_and_closed_form_films_share_their_names(method):
    settings = LinearSettings.at_start("five", method=method)
    answer = None if method == "exact" else store().answer(settings.question())
    film = LESSON.film(settings, "width", News(answer))
    drawn = {"credible.y", "inner.y", "predictive.y", "members.y", "slope.density", "joint.dots"}
    assert drawn <= set(film.numbers)
    assert {"slope", "slope.sd", "alt", "worth", "badge", "value"} <= set(film.words)
