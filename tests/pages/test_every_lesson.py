"""One contract for every lesson, read from app.py's table: what stands there is tested without being listed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from apps import open_app, sound
from lessons import DOORS, LESSONS, ROOT, SCENES, VIEWS, seen_as, views

from bayes_core.figures.theme import ink
from pages._ui import link, staging
from pages._ui.entry import unit_of, written
from pages._ui.fields import Choice, Field, Fresh, Handle, fields_of
from pages._ui.settings import nearest
from pages._ui.work.courier import first_of

pytestmark = pytest.mark.usefixtures("hasty")
HOSTILE = ["<script>alert(1)</script>", "nan", "1e400", "-1e300", "", "9" * 5000]


def memory(app):
    return app.session_state[f"memory.{app.session_state['memory.page']}"]


def shown(app) -> str:
    bodies = [element.proto.body for element in app.get("html")]
    return " ".join([*bodies, *(e.value for kind in ("markdown", "caption", "error") for e in app.get(kind))])


def answered(lesson, settings):
    """Return the news of the complete answer to these settings."""
    return first_of(lesson.work(settings), alone=True) if lesson.work else None


def words_at(film, position: int) -> dict[str, str]:
    return {name: texts[min(position, len(texts) - 1)] for name, texts in film.words.items()}


def test_every_page_file_is_in_the_table_and_every_entry_is_a_file():
    files = {str(p.relative_to(ROOT / "pages").with_suffix("")) for p in ROOT.glob("pages/[!_]*/[!_]*.py")}
    assert files == set(DOORS)
    names = [door.rpartition("/")[2] for door in DOORS]
    assert len(set(names)) == len(names)  # two doors of one name would share an address


@pytest.mark.parametrize("door", LESSONS)
def test_a_lesson_opens_at_its_defaults(door):
    app, lesson = open_app(door), LESSONS[door]
    assert memory(app).settings == lesson.at_start()
    assert not memory(app).notes
    assert not app.query_params
    assert app.title[0].value.endswith("?")
    tries = lesson.tries[memory(app).settings.kind]
    assert len([b for b in app.button if b.key and b.key.startswith("try.")]) == len(tries) >= 3
    opened = LESSONS[door].at_start()
    assert len(app.expander) >= (1 if opened.asks else 3)  # mathematics and code follow a guess
    assert not app.error


@pytest.mark.parametrize(("door", "scene", "view"), VIEWS)
def test_every_handle_opens_at_both_ends(door, scene, view):
    """In its first view; each of a scene's other views, whose answers are the same, is opened at one of the ends."""
    start = seen_as(LESSONS[door].at_start(scene), view)
    asked = {"scene": scene} | ({"view": view} if view else {})
    later = views(LESSONS[door].at_start(scene)).index(view)
    same = later and set(start.handles) <= set(seen_as(LESSONS[door].at_start(scene), views(start)[0]).handles)
    for end in ((0, -1)[later % 2],) if same else (0, -1):
        values = {handle: link.as_text(float(start.positions(handle)[end])) for handle in start.handles}
        app = open_app(door, **asked, **values)
        assert not memory(app).notes
        assert not app.error
        for handle, value in values.items():
            assert getattr(memory(app).settings, handle) == float(value)


@pytest.mark.parametrize(("door", "scene", "view"), VIEWS)
def test_every_view_has_its_picture_and_says_what_it_finds(door, scene, view):
    """The traces that move are drawn, panels find their words, the finding is told and changes with the handle."""
    lesson = LESSONS[door]
    settings = seen_as(lesson.at_start(scene), view)
    assert views(settings) == ("",) or settings.view == view
    news = answered(lesson, settings)
    picture = lesson.picture(settings)
    assert (picture.figure is None) != (picture.stage is None)
    drawn = {trace["name"] for trace in picture.figure["data"]} if picture.figure else set()
    for handle in lesson.handles(settings):
        film = lesson.film(settings, handle.id, news)
        moving = {name[:-2] for name in film.numbers if name.endswith((".y", ".x"))}
        assert not drawn or moving <= drawn, moving - drawn
        said = film.words["alt"]
        # who has yet to guess is told no finding that would give the answer away
        assert settings.asks or len(set(said)) > 1, f"the finding stays wherever {handle.id} stands: {said[0]}"
        here = said[min(settings.home()[handle.id], len(said) - 1)]
        assert re.search(r"\d", here)
        assert "{" not in " ".join(said)
        assert len(handle.texts) == len(handle.values) == len(settings.positions(handle.id))
        assert film.words["badge"]
        # a sentence's slots are words of the film, or the position itself
        slots = {name for _, name in re.findall(r"\{(from|to)[:.]([^}]*)\}", handle.sentence)} - {"value"}
        assert slots <= set(film.words), slots - set(film.words)


def others(name: str, field: Field, settings) -> list:
    """Return values of a field that differ from the present one."""
    now = getattr(settings, name)
    if isinstance(field, Choice):
        return [option for option in field.choices(settings) if option != now][:1]
    if isinstance(field, Handle):
        return [v for v in (float(settings.positions(name)[-1]), float(settings.positions(name)[0])) if v != now][:1]
    if isinstance(field, Fresh):
        return [now + 1]
    tried = []
    for text in ("1", "0", "7", "+-", "HHT", "some", "12"):
        try:
            tried.append(field.accept(settings, name, field.read(text)))
        except ValueError:
            continue
    return [value for value in tried if value != now][:1]


@pytest.mark.parametrize(("door", "scene"), SCENES)
def test_a_link_says_the_whole_state(door, scene):
    lesson = LESSONS[door]
    start = lesson.at_start(scene)
    changed = []
    for name, field in fields_of(start).items():
        for value in others(name, field, start):
            if isinstance(field, Handle) and name not in start.handles:
                continue
            settings = replace(start, **{name: value}).in_range()
            asked = {key: lesson.parsers[key](text) for key, text in settings.link().items()}
            notes: list[str] = []
            assert lesson.from_link(asked, notes) == settings, name
            assert notes == []
            changed.append(name)
    assert set(start.handles) <= set(changed)
    assert lesson.at_start(lesson.first).link() == {}


def in_between(settings, handle: str) -> list[float]:
    """Return values of a handle between its positions: next to both ends, inside, and with all the digits there are."""
    values = settings.usual(handle)
    if fields_of(settings)[handle].whole:
        return [v for v in (float(values[-2] + 1), float(values[-1] - 1)) if values[0] < v < values[-1]]
    gaps = [(values[0], values[1]), (values[-2], values[-1]), (values[len(values) // 2], values[len(values) // 2 + 1])]
    return [float(f"{low + (high - low) / 3:.4g}") for low, high in gaps] + [
        float(values[3] + np.pi / 7 * np.ptp(values[3:5]))
    ]


@pytest.mark.parametrize(("door", "scene"), SCENES)
def test_a_handle_stands_where_a_link_says_exactly(door, scene):
    """Address, handle and film say the same value, wherever it is; other positions stay as they are."""
    lesson = LESSONS[door]
    start = lesson.at_start(scene)
    for name in start.handles:
        for value in in_between(start, name):
            notes: list[str] = []
            asked = {key: lesson.parsers[key](text) for key, text in {"scene": scene, name: repr(value)}.items()}
            settings = lesson.from_link(asked, notes)
            assert (getattr(settings, name), notes) == (value, [])
            assert lesson.from_link({k: lesson.parsers[k](t) for k, t in settings.link().items()}, notes) == settings
            positions, at = settings.positions(name), settings.home()[name]
            assert positions[at] == value
            assert (np.diff(positions) > 0).all()
            assert (positions[0], positions[-1]) == (start.positions(name)[0], start.positions(name)[-1])
            assert set(start.usual(name)) - set(positions) <= {start.usual(name)[nearest(start.usual(name), value)]}
            handle = next(h for h in lesson.handles(settings) if h.id == name)
            assert handle.values[at] == value == fields_of(settings)[name].typed(settings, name, handle.texts[at])
            assert all(h.start == start.home()[h.id] for h in lesson.handles(start))
            assert settings.stamp != start.stamp or not settings.unusual(name)  # what follows meets no other positions
            assert settings.alone(name) == settings or not settings.unusual(name)
            if settings.still().positions(name).tolist() == start.positions(name).tolist():
                continue
            assert not settings.unusual(name), "the still part depends on where the handle stands"


@pytest.mark.parametrize(("door", "scene"), SCENES)
def test_what_a_handle_shows_can_be_typed(door, scene):
    """Every position is written as it reads back; what lies beyond is refused with the range."""
    settings = LESSONS[door].at_start(scene)
    for handle in LESSONS[door].handles(settings):
        field = fields_of(settings)[handle.id]
        assert [field.typed(settings, handle.id, text) for text in handle.written] == list(handle.values)
        beyond = handle.written[-1].replace(handle.written[-1].split(" ")[0], "9e9")
        with pytest.raises(ValueError, match=r"9e9.* is outside .+ to .+: type a value between"):
            field.typed(settings, handle.id, beyond)
        with pytest.raises(ValueError, match=r"“much” is not a number: write one such as"):
            field.typed(settings, handle.id, "much")
        if field.whole:
            with pytest.raises(ValueError, match=r"“1\.5” is not a whole number|“1\.5” is outside"):
                field.typed(settings, handle.id, "1.5")


@pytest.mark.parametrize("door", LESSONS)
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:12])
def test_hostile_links_fall_back_with_a_visible_note(door, text):
    lesson = LESSONS[door]
    asked, refused = {}, []
    for name, read in lesson.parsers.items():
        asked[name] = text
        try:
            value = read(text)
            field = fields_of(lesson.settings[0]).get(name)
            if field is not None:
                field.accept(lesson.at_start(), name, value)
        except ValueError:
            refused.append(name)
    app = open_app(door, **asked)
    told = memory(app)
    assert told.settings.scene == lesson.first
    noted = {note.split(":")[0] for note in told.notes}
    assert set(refused) <= noted
    for name in noted & set(fields_of(told.settings)):  # other kinds of scenes have other fields
        assert getattr(told.settings, name) == getattr(lesson.at_start(), name)
    assert "The link asked for something that is not there" in shown(app)
    assert "<script>alert" not in shown(app)


@pytest.mark.parametrize("door", LESSONS)
def test_every_control_can_be_locked(door, monkeypatch):
    lesson = LESSONS[door]
    free, bound = open_app(door), open_app(door, lock="all")
    declared = set(fields_of(lesson.at_start())) | {"pick"}
    for kind in ("button_group", "text_input", "slider", "select_slider"):
        of_settings = [c for c in bound.get(kind) if c.key and c.key.rpartition(".")[2] in declared]
        assert all(control.disabled for control in of_settings), [c.key for c in of_settings if not c.disabled]
        assert len(of_settings) == len([c for c in free.get(kind) if c.key and c.key.rpartition(".")[2] in declared])
    assert any(c.disabled for c in bound.button_group)
    assert not any(h.locked for h in lesson.handles(lesson.at_start()))
    monkeypatch.setattr(staging, "locked", lambda name: True)
    assert all(h.locked for h in lesson.handles(lesson.at_start()))


@pytest.mark.parametrize("door", LESSONS)
def test_the_presenter_view_leaves_out_what_is_below(door):
    app = open_app(door, present="1")
    assert not app.expander
    assert not [b for b in app.button if b.key and b.key.startswith("try.")]
    assert app.title[0].value.endswith("?")


@pytest.mark.parametrize("door", LESSONS)
def test_a_page_works_without_our_javascript(door):
    app, lesson = open_app(door, live="0"), LESSONS[door]
    before = memory(app).settings
    for handle in before.handles:
        assert [s for s in app.select_slider if s.key == f"{lesson.key}.plain.{handle}"], handle
    alt = [c.value for c in app.caption if re.search(r"\d", c.value)]
    assert alt, "the finding is not told"
    handle = before.handles[0]
    [slider] = [s for s in app.select_slider if s.key == f"{lesson.key}.plain.{handle}"]
    slider.set_value(slider.options[-1] if isinstance(slider.value, str) else float(before.positions(handle)[-1]))
    sound(slider.run())
    assert getattr(memory(app).settings, handle) == float(before.positions(handle)[-1])
    [field] = [f for f in app.text_input if f.key == f"{lesson.key}.plain.exact.{handle}"]
    assert field.value == lesson.handles(memory(app).settings)[0].written[-1]
    sound(field.set_value("9e9").run())
    assert [e.value for e in app.error if "9e9" in e.value]
    assert getattr(memory(app).settings, handle) == float(before.positions(handle)[-1])
    [field] = [f for f in app.text_input if f.key == f"{lesson.key}.plain.exact.{handle}"]
    assert field.value == "9e9"  # nothing typed is lost
    value = in_between(before, handle)[0]
    sound(field.set_value(written(value, "", unit_of(lesson.handles(before)[0].texts))).run())
    assert getattr(memory(app).settings, handle) == value
    assert app.query_params[handle] == link.as_text(value)


@pytest.mark.parametrize(
    ("door", "number"),
    [(door, n) for door, lesson in LESSONS.items() for n in range(max(map(len, lesson.tries.values())))],
)
def test_every_try_leads_where_it_says(door, number):
    lesson = LESSONS[door]
    for kind, tries in lesson.tries.items():
        if number >= len(tries):
            continue
        one = tries[number]
        away = next((s for s in lesson.scenes if lesson.kind_of(s).kind == kind), "")
        if not away:  # a kind for a reader's own data has no scene to start from: test_own_data.py
            continue
        app = open_app(door, scene=away)
        [button] = [b for b in app.button if b.key == f"try.{number}"]
        sound(button.click().run())
        now = memory(app).settings
        assert now.scene == one.scene
        for name, value in one.changes.items():
            assert getattr(now, name) == value
            if isinstance(fields_of(now)[name], Handle):
                assert value in now.usual(name), (
                    f"{name} = {value} is no position once it is left: name it in the scene"
                )
        assert one.glide is None or one.glide in now.handles


# ---------------------------------------------------------------------------------------------------------- hiding
# before the scripts, whose whole fits end what this module has kept
TRUE = re.compile(r"(?<![a-z])(truth|true)s?(?![a-z0-9])", re.IGNORECASE)
ANSWERS = ("posterior", "map", "aleatoric", "epistemic", "reference")
NOTE = re.compile(r"Hidden by the link: [^.]*\.")


def worn(trace) -> str:
    return json.dumps([trace.get(part) for part in ("line", "fillcolor", "marker")], default=str)


@pytest.mark.parametrize(("door", "scene", "view"), VIEWS)
def test_nothing_that_is_hidden_is_sent(door, scene, view):
    lesson = LESSONS[door]
    settings = seen_as(lesson.at_start(scene), view)
    handle = settings.handles[0]
    whole = lesson.view(settings, handle, answered(lesson, settings))
    parts = {name for name, part in whole.parts.items() if part == ""}

    def left(*hides):
        seen = replace(whole, hides=hides)
        frames, picture = seen.frames(handle, settings.positions(handle)), seen.picture("")
        assert picture.hides == hides
        assert all(NOTE.search(alt) for alt in frames.words["alt"])
        alone = [NOTE.sub("", alt) for alt in frames.words["alt"]]
        traces = picture.figure["data"] if picture.figure else []
        return frames, picture, {trace["name"]: trace for trace in traces}, alone

    frames, picture, traces, alone = left("truth")
    named = {*traces, *frames.numbers, *frames.words, *(label.id for label in picture.labels)}
    assert [name for name in named if TRUE.search(name)] == []
    assert [label.id for label in picture.labels if label.concept == "truth" and label.id not in parts] == []
    assert [alt for alt in alone if TRUE.search(alt)] == []
    assert not any("truth" in panel for panel in picture.panels)

    frames, picture, traces, alone = left("answer")
    inks = [ink(concept)[5:].rpartition(",")[0] for concept in ANSWERS]
    assert [name for name, one in traces.items() if name not in parts and any(of in worn(one) for of in inks)] == []
    assert [label.id for label in picture.labels if label.concept in ANSWERS and label.id not in parts] == []
    assert "".join(alone).strip() == ""
    labels = {f"{of}.{label.id}" for label in picture.labels for of in ("label", "gloss")}
    assert set(frames.words) <= parts | labels | {"value", "badge", "alt"}
    assert {name for name in frames.numbers if name[-2:] not in (".x", ".y")} <= parts
    assert {panel["type"] for panel in picture.panels} <= {"heading", "prose"}

    frames, picture, traces, alone = left("numbers")
    told = {name: texts for name, texts in frames.words.items() if name not in ("value", "badge", "alt")}
    assert [n for n, texts in told.items() if not n.startswith("label.") and re.search(r"\d", "".join(texts))] == []
    assert not re.search(r"\d", "".join(alone))
    assert not any(name.startswith("fact.") for name in frames.words)
    assert set(traces) == {trace["name"] for trace in (whole.figure or {"data": []})["data"]}  # the picture stays


@pytest.mark.parametrize("door", LESSONS)
def test_a_page_says_what_its_link_hides(door):
    app = open_app(door, live="0", hide="truth,answer,numbers")
    assert "Hidden by the link: the truth, the answer, the numbers." in shown(app)
    assert not app.error
    labels = [expander.label for expander in app.expander]
    assert "The code behind this view" not in labels
    assert LESSONS[door].formulas not in labels


# -------------------------------------------------------------------------------------------------------------- scripts
SCRIPTS = [
    (door, kind)
    for door, lesson in LESSONS.items()
    for kind in lesson.prints
    if any(one.SCENES for one in lesson.settings if one.kind == kind)  # others: test_own_data.py
]


@pytest.mark.usefixtures("whole_fits")
@pytest.mark.parametrize(("door", "kind"), SCRIPTS)
def test_the_code_behind_the_view_gives_the_pages_numbers(door, kind):
    lesson = LESSONS[door]
    settings = lesson.at_start(next(s for s in lesson.scenes if lesson.kind_of(s).kind == kind))
    if settings.asks:  # the answer shows once there is a guess
        settings = settings.asked_again(open=False)
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", lesson.script(settings)],
        capture_output=True, text=True, cwd=ROOT, env=os.environ | {"JAX_PLATFORMS": "cpu"}, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    handle = settings.handles[0]
    told = words_at(lesson.film(settings, handle, answered(lesson, settings)), settings.home()[handle])
    assert lesson.prints[kind]
    for word, pattern in lesson.prints[kind].items():
        found = re.search(pattern, ran.stdout)
        assert found, f"the script prints nothing like {pattern}:\n{ran.stdout}"
        assert near(told[word], float(found[1])), f"{word}: the page says {told[word]}, the script {found[1]}"


def near(text: str, exact: float) -> bool:
    """Return whether a text is a number rounded to the digits that it shows; per cent are hundredths."""
    digits = text.replace("−", "-").replace(",", "").split(" ")[0]
    places = len(digits.partition(".")[2])
    unit = 10.0**-places if places else 10.0 ** (len(digits) - len(digits.rstrip("0")))
    scale = 100 if "%" in text else 1
    return abs(float(digits) - scale * exact) <= 0.501 * max(unit, 10.0**-places)


def test_every_lesson_says_where_its_script_prints_its_numbers():
    for door, lesson in LESSONS.items():
        assert set(lesson.prints) == set(lesson.tries), door
