"""What a page asks its reader, as a teacher asks a class."""

from __future__ import annotations

import pytest
from lessons import LESSONS, SCENES

from pages._ui.posing import posed, revealed
from pages._ui.rooms.questions import question
from pages._ui.words import words

ASKING = [(door, scene) for door, scene in SCENES if LESSONS[door].at_start(scene).asking]
SLOW = "approx/samplers"  # its runs take seconds, and are told as others are


def posed_by(door: str, scene: str, **changes):
    lesson = LESSONS[door]
    settings = lesson.at_start(scene, **changes)
    seen, handle = revealed(settings), settings.handles[0]
    answer = None if lesson.work else lesson.answered(settings).answer
    return posed(settings, lesson.look(seen, handle, answer), seen.home()[handle], words(lesson.page))


@pytest.mark.parametrize(("door", "scene"), [one for one in ASKING if not LESSONS[one[0]].work and one[0] != SLOW])
def test_what_a_page_asks_can_be_asked_of_a_class(door, scene):
    said = posed_by(door, scene)
    if said is None:
        return  # a band at several places
    asked = question(said)
    assert "{" not in asked.text
    assert len(said["text"]) > 20
    if said["kind"] == "number":
        assert said["low"] <= said["answer"] <= said["high"]
        assert asked.score(asked.read(said["answer"]))["off"] == 0


def test_the_answer_is_the_one_where_the_handles_stand():
    common, rare = (posed_by("bayes/theorem", "mammography", prevalence=p) for p in (0.1, 0.01))
    assert common["answer"] == pytest.approx(100 * 0.08 / (0.08 + 0.9 * 0.096), rel=2e-3)
    assert rare["answer"] == pytest.approx(7.764, rel=2e-3)
    assert (rare["low"], rare["high"], rare["unit"]) == (0, 100, "%")
