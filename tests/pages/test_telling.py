"""What is said of a change: templates, and the sentence that a page makes of the settings before and after."""

from __future__ import annotations

import pytest
from templates import AFTER, BEFORE, OPENINGS, TABLE

from pages._ui.sentences import render, went
from pages._ui.telling import opening, words_at
from pages._ui.words import words
from pages.linear.posterior import LESSON


@pytest.mark.parametrize(("template", "html", "complete"), TABLE)
def test_a_template_says_only_what_the_words_hold(template, html, complete):
    said = render(template, BEFORE.get, AFTER.get)
    assert (said.html, said.complete) == (html, complete)


@pytest.mark.parametrize(("template", "html"), OPENINGS)
def test_without_a_picture_before_nothing_is_told_as_a_change(template, html):
    assert render(template, None, AFTER.get).html == html


def test_a_number_stays_where_its_words_read_the_same():
    assert went("a", {"a": "3.3", "fact.a": "3.31"}.get, {"a": "3.3", "fact.a": "3.34"}.get) == "stays"
    assert went("a", {"a": "3.3", "fact.a": "3.31"}.get, {"a": "3.4", "fact.a": "3.39"}.get) == "grows"
    assert went("a", {"a": "3.3"}.get, {"a": "3.30"}.get) == "differs"
    assert went("a", {"fact.a": "2"}.get, {"fact.a": "1.9"}.get) == "shrinks"
    assert went("a", {}.get, {"a": "1"}.get) is None


def test_a_scenes_own_words_may_name_words_of_its_picture():
    settings, text = LESSON.at_start("houses"), words(LESSON.page)
    shown = words_at(LESSON.films(settings), settings.home())
    said = opening(text, settings, shown)
    assert said.complete
    assert f"{shown['edge.new.ends']} thousand" in said.html
    assert "{" not in said.html
    assert opening(text, LESSON.at_start("five"), {}).complete  # words without names need no picture
