"""Measuring by hand: it goes on from where a rule has come to, and a link may hold the places."""

from __future__ import annotations

import numpy as np
import pytest
from lessons import LESSONS
from scipy.stats import norm

from bayes_core.evaluation.active import FIELDS, GRID, MOST
from pages.choose._active.settings import HAND, read_places

LESSON = LESSONS["choose/active"]


def test_by_hand_goes_on_from_where_the_rule_has_come_to():
    ruled = LESSON.at_start("noise", seen=4.0, here=2.5)
    there = ruled.so_far
    assert len(there) == 4
    by_hand = ruled.changed(strategy=HAND)
    assert by_hand.chosen == there == by_hand.so_far
    measured = ruled.changed(strategy=HAND, own=ruled.with_here, seen=5.0)
    assert measured.so_far == (*there, 25)
    assert GRID[measured.run().places[0, 8]] == 2.5
    seen = LESSON.view(measured, "seen")
    assert seen.said["error"][4] == LESSON.view(ruled, "seen").said["error"][4]  # what was before stays
    assert measured.changed(seen=2.0).with_here == LESSON.at_start("noise", here=2.5, seen=2.0).with_here


def test_a_link_holds_places_that_are_there():
    assert read_places("54.071.3") == "54.71.3"
    for text in ("101", "3.x", "-1", ".".join(["1"] * (MOST + 1))):
        with pytest.raises(ValueError, match="are no places"):
            read_places(text)


def test_standing_somewhere_shows_what_a_measurement_there_would_leave():
    settings = LESSON.at_start("gap")
    seen, size = LESSON.view(settings, "here"), len(GRID)
    after, now = seen.numbers["after.y"], seen.numbers["credible.y"][0]
    own = np.arange(size)
    left = after[own, size + 1 + own] - after[own, own]
    before = now[:size] - now[size:][::-1]
    noise, sd = FIELDS["gap"].noise, before / (2 * norm.ppf(0.95))
    np.testing.assert_allclose(left / before, noise / np.hypot(noise, sd), rtol=1e-9)
    assert left[38] < 0.3 * before[38]


def test_fifty_worlds_have_one_handle_and_no_place():
    assert LESSON.at_start("gap", view="many").handles == ("seen",)
    assert LESSON.at_start("gap").handles == ("seen", "here")
