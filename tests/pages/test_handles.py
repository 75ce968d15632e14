"""A handle takes exactly the value that a link, a button, the keyboard or a typed number asks for."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from apps import open_app
from lessons import LESSONS, SCENES

from bayes_core.data.source import Source
from bayes_core.types import Dataset
from pages._ui import link, staging
from pages._ui.entry import understood
from pages._ui.fields import fields_of
from pages._ui.settings import log_spaced, placed
from pages._ui.visit import Visit
from pages._ui.words import words
from pages.linear._ridge.scenes import on as ridge_on
from pages.linear.posterior import LESSON as LINEAR

UPDATING, THEOREM, RIDGE = "bayes/updating", "bayes/theorem", "linear/map_vs_ridge"


# ------------------------------------------------------------------------------------------------------- positions
def test_a_value_takes_the_place_of_the_nearest_position():
    spaced = np.array([1.0, 2.0, 4.0, 8.0, 16.0])
    assert placed(spaced, 2.5, 9.0).tolist() == [1.0, 2.5, 4.0, 9.0, 16.0]
    assert placed(spaced, 4.0).tolist() == spaced.tolist()


@pytest.mark.parametrize(("door", "scene"), SCENES)
def test_what_settings_keep_is_what_they_would_make(door, scene):
    start = LESSONS[door].at_start(scene)
    for handle in start.handles:
        at = start.spaced(handle)[1] * 1.0001 + 1e-9
        for settings in (start, replace(start, **{handle: start.usual(handle)[-2]}), replace(start, **{handle: at})):
            kept = [settings.spec.start[handle], *settings.spec.asked.get(handle, ())]
            values = placed(settings.spaced(handle), *kept, getattr(settings, handle))
            assert settings.positions(handle).tolist() == values.tolist()
            assert settings.positions(handle) is settings.positions(handle)
            assert settings.home()[handle] == np.abs(values - getattr(settings, handle)).argmin()
            assert settings.still() == replace(settings).still()
            assert settings.began == type(settings).start(scene)
            field = fields_of(settings)[handle]
            assert field.texts(settings, handle) == field.texts(replace(settings), handle)


def test_what_settings_keep_cannot_be_changed():
    start = LESSONS[THEOREM].at_start()
    handle = start.handles[0]
    with pytest.raises(ValueError, match="read-only"):
        start.positions(handle)[0] = 1.0
    start.home()[handle] = -1
    assert start.home()[handle] != -1


def test_ends_and_other_values_that_are_asked_for_stay():
    spaced = np.array([1.0, 2.0, 4.0, 8.0, 16.0])
    assert placed(spaced, 1.1, 15.0).tolist() == [1.0, 1.1, 2.0, 4.0, 8.0, 15.0, 16.0]
    assert placed(spaced, 4.4, 4.2, 4.6).tolist() == [1.0, 2.0, 4.2, 4.4, 4.6, 8.0, 16.0]
    assert placed(spaced, 0.5, 17.0).tolist() == spaced.tolist()  # beyond its ends it does not go


def test_the_ends_of_a_range_are_positions_with_all_their_digits():
    values = log_spaced(0.123456, 98.7654, 9)
    assert (values[0], values[-1]) == (0.123456, 98.7654)


# ------------------------------------------------------------------------------- the instances that were found wrong
@pytest.mark.parametrize(
    ("door", "asked", "handle", "value", "word", "says"),
    [
        (UPDATING, {"worth": "2"}, "worth", 2.0, "next", "62 %"),  # Beta(1, 1), 4 of 6: (1 + 4) / (2 + 6) = 62.5 %
        (UPDATING, {"worth": "2", "data": "HHH", "seen": "3"}, "worth", 2.0, "next", "80 %"),  # Laplace: 4 of 5
        (UPDATING, {"worth": "200"}, "worth", 200.0, "mean", "0.505"),  # (100 + 4) / 206 = 0.50485
        (UPDATING, {"worth": "4"}, "worth", 4.0, "mean", "0.60"),  # Beta(2, 2): (2 + 4) / (4 + 6)
        (THEOREM, {"prevalence": "0.1", "reveal": "1"}, "prevalence", 0.1, "answer", "48 %"),  # 80 of 80 + 86.4
        (THEOREM, {"specificity": "0.91", "reveal": "1"}, "specificity", 0.91, "answer", "8.2 %"),  # 8 of 8 + 89.1
        (RIDGE, {"noise": "2"}, "noise", 2.0, "value", "2"),
    ],
)
def test_what_a_link_asks_for_is_what_is_shown(door, asked, handle, value, word, says):
    lesson, notes = LESSONS[door], []
    settings = lesson.from_link({name: lesson.parsers[name](text) for name, text in asked.items()}, notes)
    assert (getattr(settings, handle), notes) == (value, [])
    assert settings.link()[handle] == asked[handle]
    at = settings.home()[handle]
    shown = next(h for h in lesson.handles(settings) if h.id == handle)
    assert fields_of(settings)[handle].typed(settings, handle, shown.texts[at]) == value
    told = lesson.film(settings, handle).words[word]
    assert told[min(at, len(told) - 1)] == says
    assert repr(value) in lesson.script(settings) or f"{value:g}" in lesson.script(settings)


def test_a_film_along_another_handle_stands_at_the_exact_value():
    """What is seen along the prior's mean is that of a prior worth 2, also where that handle stands."""
    settings = LESSONS[UPDATING].at_start("coin", worth=2.345)
    along = {handle: LESSONS[UPDATING].film(settings, handle) for handle in settings.handles}
    told = {film.words["mean"][settings.home()[handle]] for handle, film in along.items()}
    assert told == {"0.62"}  # (1.1725 + 4) / 8.345


@pytest.mark.parametrize("view", ["evidence", "order"])
def test_paths_reach_the_number_of_data_that_was_typed(view):
    settings = LESSONS[UPDATING].at_start("rivals", view=view, seen=87.0)
    film = LESSONS[UPDATING].film(settings, "seen")
    trace = "yours" if view == "evidence" else "order0"
    places, y = settings.places(), film.row(f"{trace}.y", settings.home()["seen"])
    assert y is not None
    assert places[np.isfinite(y)].max() == 87
    assert 87.0 not in settings.usual("seen")


def test_a_handle_ends_where_its_range_ends():
    """Fewer data end the walk through them earlier; nothing else is moved."""
    settings = LESSONS[UPDATING].at_start("coin", seen=17.0, worth=3.3).changed(points=10)
    assert (settings.seen, settings.worth) == (10.0, 3.3)


def test_any_source_opens_at_its_own_noise(monkeypatch):
    x = np.arange(12.0)
    source = Source.of(Dataset(x[:, None], 3.1 * x + np.sin(x), "regression"))
    lesson = LESSONS[RIDGE]
    monkeypatch.setattr(lesson.settings[0], "SCENES", {**lesson.settings[0].SCENES, "own": ridge_on(source)})
    start = lesson.at_start("own")
    for handle in start.handles:
        assert getattr(start, handle) == start.spec.start[handle] in start.usual(handle)


# ---------------------------------------------------------------------------------------------------- typed numbers
@pytest.mark.parametrize(
    ("text", "unit", "values"),
    [
        ("1,5", "", [1.5]),
        ("1/100", "", [0.01]),
        ("1e-3", "", [0.001]),
        ("−3", "", [-3]),
        ("1,500", "", [1500, 1.5]),
        ("0,500", "", [0.5]),
        ("1,500.5", "", [1500.5]),
        ("1.500,5", "", [1500.5]),
        ("10 000", "", [10_000]),
        ("14 ms", "ms", [14]),
        ("91", "%", [0.91]),
        ("91 %", "%", [0.91]),
        ("91.16%", "%", [0.9116]),
        ("0.91 %", "%", [0.0091]),
        ("0.91", "%", [0.91, 0.0091]),
        ("1", "%", [0.01]),
        ("1/100", "%", [0.01]),
        ("1 in 10,000", "%", [0.0001]),
    ],
)
def test_numbers_are_read_as_people_write_them(text, unit, values):
    assert [float(value) for value in understood(text, unit)] == values


@pytest.mark.parametrize("text", ["", "abc", "1/0", "nan", "inf", "1,2,3", "1.2.3", "--1", "1 2", "9" * 50, "1e9999"])
def test_what_is_no_number_is_refused_with_an_example(text):
    with pytest.raises(ValueError, match=r"is not a number: write one such as"):
        understood(text)


@pytest.mark.parametrize(
    ("door", "scene", "handle", "text", "value"),
    [
        (UPDATING, "coin", "worth", "1,5", 1.5),
        (UPDATING, "coin", "worth", "1/8", 0.125),
        (UPDATING, "voters", "seen", "1,500", 1500.0),  # 1.5 voters there are not
        (UPDATING, "scale", "centre", "70,25 kg", 70.25),
        (THEOREM, "mammography", "specificity", "91", 0.91),
        (THEOREM, "mammography", "prevalence", "1 in 1,000", 0.001),
        (THEOREM, "spam", "specificity", "0.98", 0.98),  # 0.98 % is beyond the end
        (RIDGE, "day", "degree", "7", 7.0),
    ],
)
def test_of_two_readings_the_one_in_the_range_is_meant(door, scene, handle, text, value):
    settings = LESSONS[door].at_start(scene)
    assert fields_of(settings)[handle].typed(settings, handle, text) == value


@pytest.mark.parametrize(
    ("door", "scene", "handle", "text", "why"),
    [
        (UPDATING, "coin", "worth", "5000", "“5000” is outside 0.1 to 1000: type a value between"),
        (UPDATING, "coin", "seen", "2.5", "“2.5” is not a whole number: type one from 0 to 20"),
        (UPDATING, "coin", "worth", "1,000", "“1,000” may mean 1000 or 1: type which"),
        (THEOREM, "mammography", "prevalence", "0.5", "“0.5” may mean 50 % or 0.5 %: type which"),
        (THEOREM, "mammography", "prevalence", "91", "“91” is outside 1 in 10,000 to 60 %: type a value between"),
        (RIDGE, "day", "degree", "2.5", "“2.5” is not a whole number: type one from 1 to 15"),
    ],
)
def test_a_refusal_says_value_rule_and_remedy(door, scene, handle, text, why):
    settings = LESSONS[door].at_start(scene)
    with pytest.raises(ValueError, match=f"^{re.escape(why)}$"):
        fields_of(settings)[handle].typed(settings, handle, text)


@pytest.mark.parametrize(("handle", "text"), [("seen", "2.5"), ("worth", "0"), ("centre", "1.5")])
def test_links_keep_to_the_same_rules(handle, text):
    app = open_app(UPDATING, **{handle: text})
    memory = app.session_state["memory.updating"]
    assert memory.settings == LESSONS[UPDATING].at_start()
    assert memory.notes[0].startswith(f"{handle}: ")


# ------------------------------------------------------------------------------------------------------- the visit
@pytest.fixture
def visit(monkeypatch):
    monkeypatch.setattr(staging, "presenting", lambda: False)
    return Visit(LINEAR, link.Memory(LINEAR.at_start(), {}, epoch=3), words(LINEAR.page))


STANDING = {"width": 25.0, "noise": 14.0}


def test_a_typed_value_is_gone_to(visit):
    visit.typed("width", "2.345", STANDING | {"noise": 35.0}, 3)
    assert visit.settings.width == 2.345
    assert visit.settings.noise == 35.0  # a release that was still held back came along
    assert visit.memory.glide == {"handle": "width", "from": 30, "to": visit.settings.home()["width"], "ms": 500}
    assert visit.settings.positions("width")[30] == 25.0
    assert visit.memory.refused is None


def test_a_refused_value_is_told_with_its_reason_and_changes_nothing(visit):
    visit.typed("width", "-1", STANDING, 3)
    assert visit.settings == LINEAR.at_start()
    assert visit.memory.refused == {
        "handle": "width", "text": "-1", "why": "“-1” is outside 0.3 to 100: type a value between",
    }  # fmt: skip
    assert visit.memory.epoch == 3


@pytest.mark.parametrize(("handle", "epoch"), [("noise", 3), ("width", 2), ("points", 3)])
def test_a_locked_handle_another_scene_and_no_handle_are_not_typed_into(visit, monkeypatch, handle, epoch):
    monkeypatch.setattr(staging, "locked", lambda name: name == "noise")
    visit.typed(handle, "20", STANDING, epoch)
    assert visit.settings == LINEAR.at_start()


def test_a_glide_leaves_from_where_the_handle_stood(visit):
    visit.memory.settings = replace(visit.settings, width=2.345)
    visit.change(glide="width", width=25.0)
    assert visit.memory.glide["from"] == int(np.abs(visit.settings.positions("width") - 2.345).argmin())


@pytest.mark.parametrize("scene", ["coin", "rivals", "scale", "buses", "voters"])
@pytest.mark.parametrize("view", ["evidence", "order"])
def test_paths_stand_over_the_numbers_of_data_as_the_axis_counts_them(scene, view):
    """An axis may count in logarithms: where a path stands is said by the figure, and no film says it otherwise."""
    lesson = LESSONS[UPDATING]
    settings = lesson.at_start(scene, view=view)
    figure = lesson.picture(settings).figure
    places, ticks = settings.places(), figure["layout"]["xaxis"]
    counted = dict(zip((float(n.replace(",", "")) for n in ticks["ticktext"]), ticks["tickvals"], strict=True))
    for name in lesson.film(settings, "seen").numbers:
        assert not name.endswith(".x")
        at = np.asarray(next(t["x"] for t in figure["data"] if t["name"] == name.removesuffix(".y")))
        assert len(at) == len(places)
        assert at[-1] == pytest.approx(ticks["range"][1])
        for n in set(counted) & set(places):
            assert at[places == n] == pytest.approx(counted[n])
