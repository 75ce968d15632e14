"""Every page by AppTest: at its defaults, at both ends of every control, with hostile links, as a deep link."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from bayes_core import summary
from bayes_core.summaries.sweep import sweep
from pages._ui.work import store as work
from pages._ui.work.store import store
from pages.linear._posterior.code import script
from pages.linear._posterior.look import look
from pages.linear._posterior.scenes import SCENES
from pages.linear._posterior.settings import ANSWERS, LEVELS, MODEL, POINTS, SAMPLED, LinearSettings

ROOT = Path(__file__).resolve().parents[2]
CLOSED = [name for name in ANSWERS if name not in SAMPLED]


def page(name: str = "pages/linear/posterior.py", **params: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=90)
    for key, value in params.items():
        app.query_params[key] = value
    app.run()
    if name:
        app.switch_page(str(ROOT / name))
        for key, value in params.items():
            app.query_params[key] = value
        app.run()
    assert not app.exception, app.exception
    return app


def settings_of(app: AppTest) -> LinearSettings:
    return app.session_state["memory.linear"].settings


def notes_of(app: AppTest) -> str:
    return " ".join(app.session_state["memory.linear"].notes)


def test_start_page():
    app = page("")
    assert app.title[0].value.startswith("See what a model knows")
    before = app.session_state["home.curve"].points
    app.button[0].click().run()
    assert not app.exception
    assert len(app.session_state["home.curve"].points) == len(before) + 1
    app.button[1].click().run()
    assert app.session_state["home.curve"].points == before


def test_linear_page_at_its_defaults():
    app = page()
    assert app.title[0].value == "One line, or every line that fits?"
    assert settings_of(app) == LinearSettings.at_start("five")
    assert notes_of(app) == ""


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("method", CLOSED)
def test_every_scene_and_method(scene, method):
    app = page(scene=scene, method=method)
    assert settings_of(app).scene == scene
    assert settings_of(app).method == method


@pytest.mark.parametrize("method", SAMPLED)
def test_sampled_methods(method):
    app = page(method=method)
    assert store().get(settings_of(app).question()).diagnostics.badge in ("sampled", "approximate")


def test_a_method_without_an_answer_says_so_and_the_page_goes_on(monkeypatch):
    answer_steps = work.answer_steps

    def refuse(question):
        if question.method == "vi_fullrank":
            raise ValueError("y reaches 1e+300: give y in other units")
        yield from answer_steps(question)

    monkeypatch.setattr(work, "answer_steps", refuse)
    app = page(method="vi_fullrank", seed="77")
    assert app.error[0].value == "full-rank VI has no answer here. y reaches 1e+300: give y in other units"
    assert app.expander


@pytest.mark.parametrize("scene", ["five", "houses"])  # every scene's handles: tests/pages/test_every_lesson.py
@pytest.mark.parametrize("end", [0, -1])
def test_both_ends_of_every_control(scene, end):
    start = LinearSettings.at_start(scene)
    values = {handle: f"{start.positions(handle)[end]:g}" for handle in start.handles}
    app = page(scene=scene, points=str(POINTS[end]), level=str(LEVELS[end]), **values)
    found = settings_of(app)
    assert (found.points, found.level) == (POINTS[end], LEVELS[end])
    assert found.width == pytest.approx(float(values["width"]))
    assert found.noise == pytest.approx(float(values["noise"]))
    assert notes_of(app) == ""


HOSTILE = {
    "width": ["-3", "0", "abc", "nan", "1e400", "99999", "'; drop table", "9" * 5000],
    "noise": ["-1", "inf"],
    "scene": ["<script>alert(1)</script>", "FIVE"],
    "points": ["4", "1e9", "2.5"],
    "level": ["2", "0"],
    "method": ["foo", "__import__('os')"],
    "seed": ["-1", "1e99", "x"],
}


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in HOSTILE.items() for text in texts])
def test_hostile_links_fall_back_with_a_visible_note(name, text):
    app = page(**{name: text})
    assert settings_of(app) == LinearSettings.at_start("five")
    shown = " ".join(element.value for element in app.get("html") if hasattr(element, "value")) or str(app.main)
    assert f"{name}: " in notes_of(app)
    assert "The link asked for something that is not there" in shown
    assert "<script>alert" not in shown


def test_a_link_restores_and_is_written_back():
    app = page(scene="houses", width="11.2", level="0.99", seed="3")
    found = settings_of(app)
    assert (found.scene, found.level, found.seed) == ("houses", 0.99, 3)
    written = app.session_state["memory.linear"].written
    assert written["scene"] == "houses"
    assert float(written["width"]) == found.width == pytest.approx(11.2, rel=0.15)


def test_native_controls_change_the_settings():
    app = page()
    for name, value in (("points", 50), ("level", 0.8), ("method", "map")):
        [control] = [c for c in app.button_group if c.key == f"linear.{name}"]
        control.set_value([value] if False else value).run()
        assert not app.exception
        assert getattr(settings_of(app), name) == value


def test_try_this_sets_its_scene():
    app = page(scene="houses")
    [button] = [b for b in app.button if b.key == "try.0"]
    button.click().run()
    assert settings_of(app).scene == "five"
    assert settings_of(app).width == pytest.approx(0.8, rel=0.1)


def test_new_data_is_another_seed():
    app = page()
    [button] = [b for b in app.button if b.label == "New data"]
    button.click().run()
    assert settings_of(app).seed == LinearSettings.at_start("five").seed + 1


def test_presenting_leaves_out_what_is_below():
    app = page(present="1")
    assert not app.expander
    assert not [b for b in app.button if b.key and b.key.startswith("try.")]


def test_locked_controls_are_disabled():
    app = page(lock="method,scene")
    state = {c.key: c.disabled for c in app.button_group}
    assert state["linear.method"]
    assert state["linear.scene"]
    assert not state["linear.points"]


@pytest.mark.parametrize(
    ("scene", "changes"),
    [("blog", {"width": 3.0}), ("houses", {"method": "map"})],  # and as it opens: test_every_lesson.py
)
def test_the_code_behind_the_view_gives_the_pages_numbers(scene, changes):
    settings = LinearSettings.at_start(scene, **changes)
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", script(settings)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=os.environ | {"JAX_PLATFORMS": "cpu"},
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    told = {line.split()[0]: line.split() for line in ran.stdout.splitlines()}
    page_fit = store().answer(settings.question())
    for row in summary.table(page_fit):
        assert float(told[row.name][1]) == pytest.approx(row.centre, rel=1e-3, abs=1e-3)
        assert row.symmetric == (row.name != "sigma" or settings.method == "map")
    from bayes_core.inference.exact import posterior

    question = settings.question()
    exact = posterior(question.dataset, MODEL, question.prior)
    mean, sd = (m[0] for m in exact.moments(np.array([[0.0, 1.0]])))
    slope = next(line for line in ran.stdout.splitlines() if line.startswith("NumPyro slope")).split()
    # one chain of 2,000 NUTS draws on correlated data: an effective size of 300 or more
    assert float(slope[2]) == pytest.approx(mean[0], abs=5 * sd[0] / np.sqrt(300))
    assert float(slope[4]) == pytest.approx(sd[0], rel=0.25)


def test_words_say_what_the_numbers_say():
    settings = LinearSettings.at_start("five")
    track, lens = settings.track("width"), settings.lens()
    swept = sweep(track, lens, MODEL, "exact")
    seen = look(settings, "width", None).frames("width", track.values)
    slope = swept.marginals["coef[0]"].mean[4]
    assert float(seen.words["slope"][4].replace("−", "-")) == pytest.approx(slope, abs=0.06)
    assert "slope" in seen.words["alt"][4]
    assert "90 % credible" in seen.words["alt"][4]
    assert seen.words["worth"][0].endswith("tests")
    assert seen.numbers["slope.truth"].shape == (1, 1)
