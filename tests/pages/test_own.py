from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from apps import ROOT, open_app, sound
from lessons import LESSONS

from bayes_core import Dataset
from bayes_core.data.source import Source
from bayes_core.data.upload import as_link
from bayes_core.figures.thumbnail import thumbnail
from pages._ui import own
from pages._ui.fields import fields_of
from pages.linear._posterior.settings import LinearSettings
from pages.linear.posterior import LESSON

BREAD = Dataset.from_arrays(
    [1990.0, 1994, 1999, 2003, 2010, 2018],
    [12.1, 14, 13.2, 17, 18.9, 25],
    feature_names=["year"],
    target_name="price",
    title="Bread",
)
LINK = as_link(BREAD)


@pytest.fixture(autouse=True)
def _no_data_yet():
    own.let_go()
    yield
    own.let_go()


def scenes(app) -> list[str]:
    return list(app.main.get("button_group")[0].options) if app.main.get("button_group") else []


def kept(app) -> own.Own | None:
    held = app.session_state["own"]
    return held.by_token.get(held.current)


def test_a_link_brings_data_that_go_along_until_they_are_let_go():
    app = open_app("linear/posterior", scene="yours", rows=LINK)
    data = kept(app)
    assert data.source.dataset.fingerprint == BREAD.fingerprint
    assert app.session_state["memory.linear"].settings.scene == data.scene
    assert app.query_params["rows"] == LINK or app.query_params["rows"] == [LINK]

    app.switch_page(str(ROOT / "pages/linear/map_vs_ridge.py"))
    app.query_params.clear()  # as Streamlit empties the address when a reader goes on
    sound(app.run())
    ridge = app.session_state["memory.ridge"].settings
    assert ridge.scene == data.scene
    assert kept(app).scenes[type(ridge)].source().dataset.fingerprint == BREAD.fingerprint

    app.button(key="own.go").click()
    sound(app.run())
    assert app.session_state["memory.ridge"].settings.scene == "day"
    assert "rows" not in app.query_params
    assert all(button.key != "own.go" for button in app.button)


def test_another_session_has_none_of_them():
    open_app("linear/posterior", scene="yours", rows=LINK)
    other = open_app("linear/posterior", scene="yours")
    assert other.session_state["memory.linear"].settings.scene == "five"
    assert "your own data are not in this link" in other.session_state["memory.linear"].notes[0]
    assert kept(other) is None


def test_a_broken_link_is_named_and_the_page_opens_as_ever():
    app = open_app("linear/posterior", scene="yours", rows=LINK[:-9])
    memory = app.session_state["memory.linear"]
    assert memory.settings.scene == "five"
    assert "the link was cut or changed" in memory.notes[0]


def test_who_asks_for_a_scene_gets_it_and_finds_the_own_data_beside():
    app = open_app("linear/posterior", scene="yours", rows=LINK)
    app.query_params.clear()
    app.query_params["scene"] = "houses"
    sound(app.run())
    assert app.session_state["memory.linear"].settings.scene == "houses"
    assert kept(app).title == "Bread"
    assert any(button.key == "own.go" for button in app.button)


def test_classes_are_refused_in_a_sentence_where_a_line_is_fitted():
    pets = Dataset.from_arrays([[9.0, 1], [4, 2], [5, 3], [7, 1]], list("dccd"), task="classification", title="Pets")
    app = open_app("linear/posterior", scene="yours", rows=as_link(pets))
    memory = app.session_state["memory.linear"]
    assert memory.settings.scene == "five"
    assert memory.notes == ["This lesson predicts a number, and “y” names classes: choose a target in numbers"]


def test_names_in_a_link_hold_nothing_that_a_page_would_obey():
    bad = '<img src=x onerror="hacked=1">'
    data = replace(BREAD, feature_names=(bad,), target_name=f"{{slope}} :red[{bad}]", title=f"**{bad}**")
    kept = own.keep(Source.of(data)).source
    shown = [*kept.dataset.feature_names, kept.dataset.target_name, kept.dataset.title]
    shown += [kept.axes.x_title, kept.axes.y_title, *(scale.unit for scale in kept.scales.values())]
    assert not set('<>"{}[]*') & set("".join(shown))
    plain = Source.of(BREAD)
    assert own.keep(plain).source is plain


def test_a_token_tells_data_names_and_axes_apart():
    source = Source.of(BREAD)
    others = [
        Source.of(replace(BREAD, y=BREAD.y * 1.01)),
        Source.of(replace(BREAD, title="Rolls")),
        Source.of(replace(BREAD, feature_names=("decade",))),
        replace(source, axes=replace(source.axes, y_range=(0.0, 40.0))),
    ]
    assert len({own.token_of(one) for one in (source, *others)}) == 5
    assert own.token_of(source) == own.token_of(Source.of(BREAD))


def test_a_session_forgets_the_oldest_of_many():
    first = own.keep(Source.of(BREAD))
    for n in range(40):
        last = own.keep(Source.of(replace(BREAD, title=f"Bread {n}")))
    assert own.current() is last
    assert not own.there(first.scene)
    with pytest.raises(ValueError, match="not here"):
        LinearSettings.at_start(first.scene)


def test_of_many_rows_lessons_see_a_sample_and_say_so():
    x = np.arange(5000.0)
    data = own.keep(Source.of(Dataset.from_arrays(x, x**2, title="Many")))
    seen = data.source.dataset
    assert len(seen.y) == 2000
    assert data.size == "2,000 of 5,000 rows, drawn at random"
    assert [int(((seen.x[:, 0] >= 500 * k) & (seen.x[:, 0] < 500 * (k + 1))).sum()) for k in range(10)] == [200] * 10
    assert data.link == ""


@pytest.mark.parametrize("door", LESSONS)
def test_no_setting_has_the_name_of_what_a_link_says_besides(door):
    """A link names the scene, its rows, the probe and pins by words that a lesson's settings must leave free."""
    taken = {name for kind in LESSONS[door].settings for name in fields_of(kind)}
    assert not taken & {"scene", own.ROWS, "probe", "pin"}


def test_one_token_is_always_the_same_scene():
    data = own.keep(Source.of(BREAD))
    assert LinearSettings.at_start(data.scene).spec is LinearSettings.at_start(data.scene).spec
    assert own.keep(Source.of(BREAD)) is data
    assert LESSON.titles[data.scene] == "Bread"


def test_a_thumbnail_shows_rows_where_they_are():
    drawn = thumbnail(Source.of(Dataset.from_arrays([0.0, 10, 10], [0.0, 0, 5])))
    x, y = (np.array([float(part.split('"')[1]) for part in drawn.split(f" {name}=")[1:]]) for name in ("cx", "cy"))
    assert x[0] < x[1] == x[2]
    assert y[0] == y[1] > y[2]  # upwards is less in an SVG
