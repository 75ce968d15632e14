"""Pins: the link holds them, their ghost is the film's, what differs is told as after any change, keys walk them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from apps import open_app
from hypothesis import given, settings
from hypothesis import strategies as st
from lessons import LESSONS, VIEWS, seen_as

from pages._ui import lesson as running
from pages._ui import link, pinning, staging, telling
from pages._ui.visit import Visit
from pages._ui.words import words

LINEAR, UPDATING = LESSONS["linear/posterior"], LESSONS["bayes/updating"]


def back(lesson, kept):
    """Return what a link reads of pins that it was given, and what it says of them."""
    notes: list[str] = []
    return [pin.settings for pin in pinning.read(lesson, pinning.in_link(kept)["pin"], notes)], notes


@settings(max_examples=60, deadline=None)
@given(
    scene=st.sampled_from(sorted(LINEAR.scenes)),
    width=st.floats(1, 90),
    seed=st.integers(0, 2**32 - 1),
    method=st.sampled_from(["exact", "map", "prior", "nuts"]),
    level=st.sampled_from([0.8, 0.95]),
)
def test_a_pin_comes_out_of_a_link_as_it_went_in(scene, width, seed, method, level):
    pin = pinning.Pin(LINEAR.at_start(scene, width=width, seed=seed, method=method, level=level))
    assert back(LINEAR, [pin]) == ([pin.settings], [])


@pytest.mark.parametrize("data", ["HHTH", "520:480", "H;T~H:T", "72.1 73,4 % &ü"])
def test_what_a_reader_typed_survives_whatever_its_signs_are(data):
    pin = pinning.Pin(replace(UPDATING.at_start("coin"), data=data))
    assert pin.text.count(";") == 0
    name, _, value = pin.text.split("~")[1].partition(":")
    assert (name, pinning.unquote(value)) == ("data", data)


@pytest.mark.parametrize("case", VIEWS, ids=lambda case: "-".join(case).replace("/", "-"))
def test_every_view_can_be_pinned_and_its_ghost_is_of_lines_that_it_has(case):
    door, scene, view = case
    lesson = LESSONS[door]
    pin = pinning.Pin(seen_as(lesson.at_start(scene), view))
    assert back(lesson, [pin]) == ([pin.settings], [])
    still = lesson.still(pin.settings, present=False)
    drawn = {trace["name"] for trace in still.figure["data"]} if still.figure else set()
    assert not still.ghost or set(still.ghost) & drawn


def test_a_bad_pin_is_told_and_the_others_stay():
    notes: list[str] = []
    text = "nowhere;houses~width:3;houses~wdth:3;houses~width:1e9;five~method:guess;five"
    assert [pin.text for pin in pinning.read(LINEAR, text, notes)] == ["houses~width:3", "five"]
    assert [note.partition(":")[0] for note in notes] == ["pin 1", "pin 3", "pin 4", "pin 5"]
    assert "“wdth” is no setting" in notes[1]


def test_there_are_only_so_many_and_a_link_only_so_long():
    notes: list[str] = []
    text = ";".join(f"houses~width:{n}" for n in range(1, 9))
    assert len(pinning.read(LINEAR, text, notes)) == pinning.MOST
    assert notes == [f"pin {pinning.MOST + 1}: there are at most {pinning.MOST}"]
    assert pinning.read(LINEAR, "five~width:3" * 400, notes) == []
    visit = visiting()
    for n in range(7):
        visit.memory.settings = LINEAR.at_start("houses", width=float(n + 1))
        visit.pin()
        visit.pin()  # what is pinned already is not pinned again
    assert len(visit.memory.pins) == pinning.MOST
    assert "pin" not in visit.offers
    visit.memory.pins = []
    visit.memory.settings = LINEAR.at_start("houses")
    assert "pin" in visit.offers


def visiting(scene: str = "houses", **changes) -> Visit:
    return Visit(LINEAR, link.Memory(LINEAR.at_start(scene, **changes), {}, epoch=3), words(LINEAR.page))


def test_pagedown_walks_scenes_and_their_pins_in_order_and_all_the_way_round():
    visit = visiting("stubborn", width=2.0)
    visit.pin()
    visit.memory.settings = LINEAR.at_start("five", noise=30.0)
    visit.pin()
    visit.to_scene("five")
    seen = []
    for n in range(7):
        seen.append((visit.settings.scene, visit.settings.width, visit.settings.noise))
        visit.stepped("step", 1, visit.memory.epoch, 10 + n)
    first, second = (LINEAR.at_start(name) for name in ("five", "stubborn"))
    assert seen[:4] == [
        ("five", first.width, first.noise),
        ("five", first.width, 30.0),
        ("stubborn", second.width, second.noise),
        ("stubborn", 2.0, second.noise),
    ]
    assert seen[6][0] == "houses"
    assert (visit.settings.scene, visit.settings.noise) == ("five", first.noise)


def test_a_locked_pin_is_neither_made_nor_unmade_and_no_lock_is_passed_by_going_to_one(monkeypatch):
    visit = visiting(width=3.0)
    visit.pin()
    text = visit.memory.pins[0].text
    visit.to_scene("houses")
    for lock in ("all", "width"):
        monkeypatch.setattr(staging, "locked", lambda name, lock=lock: lock in (name, "all") or name == lock)
        visit.pinned({"do": "go", "text": text})
        assert visit.settings.width == 100.0
        assert not visit.pins_told["list"][0]["go"]
    monkeypatch.setattr(staging, "locked", lambda name: name == "pin")
    visit.pinned({"do": "pin", "epoch": 3})
    visit.pinned({"do": "drop", "text": text})
    assert [pin.text for pin in visit.memory.pins] == [text]
    visit.pinned({"do": "go", "text": text})
    assert visit.settings.width == 3.0
    monkeypatch.setattr(staging, "locked", lambda name: False)
    visit.pinned({"do": "drop", "text": text})
    assert visit.memory.pins == []


def sent(page: str, **params):
    """Return what is told of pins when a page is opened by a link."""
    told = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(running, "live_pin", lambda *parts: told.append(parts))
        open_app(page, **params)
    return told


def test_a_link_shows_the_ghost_of_the_film_and_tells_what_differs_as_after_a_change():
    import json

    from bayes_core.figures.packing import opened

    before, after = LINEAR.at_start("houses", width=3.0), LINEAR.at_start("houses")
    stamp, home, key, label, said, ghost = sent("linear/posterior", scene="houses", pin="five;houses~width:3")[-1]
    assert (stamp, home, key, label) == (after.stamp, after.home(), LINEAR.key, "prior width 3")
    film = LINEAR.film(before, "width")
    lines = {line["name"]: line for line in json.loads(opened(ghost))["lines"]}
    assert list(lines) == ["predictive", "credible"]
    for name, line in lines.items():
        row = film.row(f"{name}.y", before.home()["width"])
        np.testing.assert_allclose(line["y"], row, rtol=1e-4, atol=0.05)
    first, second = (telling.words_at({"width": LINEAR.film(s, "width")}, s.home()) for s in (before, after))
    whole = telling.sentence(words(LINEAR.page), telling.Told(before, first), after, second)
    assert said == whole.html
    assert "slope 3.71 → 3.34" in said


def test_pins_without_a_picture_to_compare_are_steps_only():
    assert sent("linear/posterior", scene="houses", pin="five") == []  # another scene
    assert sent("linear/posterior", scene="houses", pin="houses") == []  # what is on screen
    assert sent("linear/posterior", scene="houses", pin="houses~width:3", hide="answer") == []


def test_where_nothing_is_worked_out_and_where_an_answer_is_sampled_the_ghost_comes_too():
    assert "prior worth 50" in sent("bayes/updating", pin="coin~worth:50")[-1][3]
    *_, label, said, ghost = sent("linear/posterior", scene="houses", pin="houses~method:vi_meanfield")[-1]
    assert label == "Answer by mean-field VI"
    assert "mean-field VI → exact" in said
    assert ghost


def test_another_axis_has_no_ghost_but_the_line_that_tells_what_differs():
    *_, said, ghost = sent("bayes/updating", scene="scale", close="1", pin="scale")[-1]
    assert said
    assert ghost == b""
