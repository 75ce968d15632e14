"""The thread through the lessons: what each answers, where one goes from it, and what goes along."""

from __future__ import annotations

import re

import pytest
from apps import open_app
from lessons import DOORS, LESSONS

from app import CONTENTS
from pages._ui import thread
from pages._ui.words import words

TAUGHT = [door for chapter, doors in CONTENTS.items() if chapter for door in doors]


@pytest.fixture(autouse=True)
def _laid():
    thread.lay(CONTENTS)


def links(app) -> dict[str, tuple[str, str]]:
    """Return where each link of a page leads, by what it says: (the page, what the link takes along)."""
    return {one.proto.label: (one.proto.page, one.proto.query_string) for one in app.get("page_link")}


def test_every_lesson_is_a_stop_and_no_other_page_is():
    assert [stop.door for stop in thread.stops()] == TAUGHT
    assert [door for door in TAUGHT if door in LESSONS] == list(LESSONS)
    assert all(lesson.page == door for door, lesson in LESSONS.items())  # the foot finds its own place by it


@pytest.mark.parametrize("door", TAUGHT)
def test_every_lesson_says_what_it_answers_what_one_knows_after_it_and_where_it_is_used(door):
    text = words(door)
    assert 40 <= len(text["thread"]) <= 130
    assert "\n" not in text["thread"]
    for part, longest in (("known", 280), ("used", 230)):
        assert 60 <= len(text[part]) <= longest
        assert text[part].endswith(".")
    assert "evidence" not in " ".join(text[part] for part in ("thread", "known", "used")).lower()


def test_one_way_leads_through_all_lessons_and_back_to_the_map():
    ahead = [thread.around(door)[1] for door in TAUGHT]
    behind = [thread.around(door)[0] for door in TAUGHT]
    assert [stop.door for stop in ahead if stop] == TAUGHT[1:]
    assert [stop.door for stop in behind if stop] == TAUGHT[:-1]
    assert ahead[-1] is None is behind[0]
    assert thread.start() == DOORS[0]


def test_the_foot_takes_along_how_a_page_is_shown_and_a_projector_has_none():
    titles = CONTENTS["Foundations"]
    found = links(open_app("bayes/updating", lock="scene", hide="truth"))
    page, query = found[titles["bayes/theorem"]]
    assert page.endswith("theorem")
    assert sorted(re.split("[&?]", query)) == ["hide=truth", "lock=scene"]
    assert CONTENTS["From ridge to posterior"]["linear/map_vs_ridge"] in found
    assert not links(open_app("bayes/updating", present="1"))
