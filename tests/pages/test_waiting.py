"""The order of a crowded server: who is next, with a clock that the tests turn."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages._ui.work.waiting import FEW, HEAVY, LITTLE, LONG, PATIENCE, QUIET, SHARE, SLICE, Kind, Line

PICTURE, FOLLOW, SPARE = Kind


def called(line: Line, now: float) -> list[str]:
    """Return the sessions that begin now."""
    found = []
    while (place := line.call(now)) is not None:
        found.append(place.session)
    return found


def test_pictures_come_in_the_order_in_which_they_were_asked_for_two_at_a_time():
    line = Line()
    places = [line.enter(name, PICTURE, n / 10) for n, name in enumerate("abcd")]
    assert called(line, 0.4) == ["a", "b"]
    line.end(places[1], 0.41, 0.01)
    assert called(line, 0.41) == ["c"]


def test_who_asks_anew_keeps_the_place_that_was_given_up():
    line = Line(pictures=1)
    first, second, _ = (line.enter(name, PICTURE, n / 10) for n, name in enumerate("abc"))
    assert called(line, 0.3) == ["a"]
    line.drop(second, 0.3)
    line.enter("b", PICTURE, 0.31)
    line.end(first, 0.4, 0.1)
    assert called(line, 0.4) == ["b"]


def test_nothing_that_follows_begins_beside_a_picture_before_it_has_waited():
    line = Line()
    picture = line.enter("a", PICTURE, 0.0)
    called(line, 0.0)
    line.enter("b", FOLLOW, 0.0)
    assert called(line, PATIENCE / 2) == []
    line.end(picture, PATIENCE / 2, 0.01)
    assert called(line, PATIENCE / 2) == ["b"]


@pytest.mark.parametrize(("age", "least", "most"), [(0.0, 0.2, SHARE), (1.0, 0.03, LITTLE)])
def test_where_pictures_are_always_waited_for_the_others_have_their_share_of_the_time(age, least, most):
    """A turn that ends beside pictures is followed by none until the others had the rest; where they are late, more."""
    line, now, worked, count = Line(), 0.0, 0.0, 0
    for n in range(1000):
        line.enter(f"follow {n}", FOLLOW, 0.0)
    while now < 10:
        while sum(place.kind is PICTURE for place in line.waiting) < 3:
            line.enter(f"picture {count}", PICTURE, now).since = now - age
            count += 1
        called(line, now)
        for place in [*line.working]:
            if place.kind is FOLLOW:
                worked += 0.01
            line.end(place, now + 0.01, 0.01)
        now += 0.01
    assert least <= worked / 10 <= most + 0.01


def test_a_turn_gives_way_to_a_picture_at_its_next_breath():
    line = Line()
    place = line.enter("a", FOLLOW, 0.0)
    called(line, 0.0)
    assert line.goes_on(place, 5.0, 5.0)  # alone, as long as it likes
    line.enter("b", PICTURE, 5.001)
    assert called(line, 5.001) == ["b"]
    assert not line.goes_on(place, 5.002, 0.001)


def test_a_turn_gives_way_to_others_after_its_slice_and_to_none_before():
    line = Line(cores=1)
    place = line.enter("a", FOLLOW, 0.0)
    called(line, 0.0)
    line.enter("b", FOLLOW, 0.001)
    assert line.goes_on(place, SLICE / 2, 0.01)
    assert not line.goes_on(place, SLICE * 1.01, SLICE)


def test_what_follows_goes_to_who_has_begun_then_to_the_patient_then_to_the_newest_release():
    line = Line(cores=1)
    asked = {"older": 9.0, "old": 1.0, "oldest": 0.5, "newest": 9.8, "begun": 9.1, "heavy": 9.9}
    busy = line.enter("heavy", FOLLOW, 0.0)
    called(line, 0.0)
    for name, at in asked.items():
        line.enter(name, FOLLOW, 9.9, at, on=name in ("begun", "heavy"))
    line.end(busy, 9.9, 2.5 * HEAVY)
    order = []
    while line.waiting:
        order += called(line, 10.0)
        line.end(line.working[0], 10.0, 0.01)
    assert order == ["begun", "oldest", "old", "newest", "older", "heavy"]


def test_a_crowd_that_wants_a_little_more_than_there_is_has_most_of_it_whole():
    """Thirty readers release every two seconds, and what follows takes four turns of 18 ms: 1.08 of a core."""
    line, now, whole, asked = Line(cores=1), 0.0, 0, 0
    due = {n: n / 15 for n in range(30)}
    turns: dict[str, tuple[float, int]] = {}
    while now < 40:
        for n, at in due.items():
            if at <= now:
                due[n], asked = at + 2.0, asked + 1
                for place in [p for p in line.waiting if p.session == f"s{n}"]:
                    line.drop(place, now)
                line.enter(f"s{n}", FOLLOW, now, now)
                turns[f"s{n}"] = now, 4
        place = line.call(now)
        now += 0.018 if place else 0.001
        if place is not None:
            line.end(place, now, 0.018)
            release, left = turns[place.session]
            if release == place.asked and left > 1:
                turns[place.session] = release, left - 1
                line.enter(place.session, FOLLOW, now, release, on=True)
            whole += release == place.asked and left == 1
    assert whole > 0.85 * asked


def test_a_greedy_session_and_ten_modest_ones_are_served_alike():
    """One always wants more, ten want 10 ms of every 200: they get what they want, it gets what is left."""
    line, now, had, late = Line(cores=1), 0.0, Counter(), []
    next_at = dict.fromkeys(range(10), 0.0)
    line.enter("greedy", FOLLOW, now)
    while now < 20:
        for name, at in next_at.items():
            if at <= now and not any(p.session == f"modest {name}" for p in (*line.waiting, *line.working)):
                line.enter(f"modest {name}", FOLLOW, now)
                next_at[name] = now + 0.2
        place = line.call(now)
        assert place is not None
        took = 0.1 if place.session == "greedy" else 0.01
        late.append(now - place.since if place.session != "greedy" else 0.0)
        now += took
        had[place.session] += took
        line.end(place, now, took)
        if place.session == "greedy":
            line.enter("greedy", FOLLOW, now)
    modest = [had[f"modest {name}"] for name in range(10)]
    assert max(modest) < 1.3 * min(modest)
    assert min(modest) > 0.8 * 20 * 0.01 / 0.3  # each waits for the greedy one's turn at most
    assert sorted(late)[int(0.95 * len(late))] < 0.25
    assert had["greedy"] > 5


def test_nobody_waits_for_one_who_compiles():
    line = Line(cores=1, pictures=1)
    line.enter("slow", FOLLOW, 0.0)
    assert called(line, 0.0) == ["slow"]
    line.enter("quick", FOLLOW, 0.1)
    assert called(line, 0.2) == []
    assert called(line, LONG + 0.01) == ["quick"]


def test_spare_work_begins_where_nobody_wants_anything():
    line = Line()
    line.enter("spare", SPARE, 0.0)
    follow = line.enter("a", FOLLOW, 0.0)
    assert called(line, 0.0) == ["a"]
    line.end(follow, 0.1, 0.1)
    assert called(line, 0.1) == ["spare"]
    spare = line.working[0]
    line.enter("b", FOLLOW, 0.2)
    assert called(line, 0.2) == ["b"]
    assert not line.goes_on(spare, 0.3, 0.2)


def test_in_a_crowd_spare_work_begins_when_it_comes_to_rest():
    line = Line()
    for n in range(FEW + 1):
        picture = line.enter(f"s{n}", PICTURE, 0.0)
        called(line, 0.0)
        line.end(picture, 0.01, 0.01)
        line.enter(f"s{n}", SPARE, 0.01)
        assert called(line, 0.02) == (["s0"] if n == 0 else [])
    line.end(line.working[0], 0.05, 0.03)
    assert called(line, 0.05) == []
    assert called(line, 0.02 + QUIET) == ["s1"]


def test_a_quiet_server_works_on_all_cores_and_leaves_one_to_pictures_when_they_come():
    line = Line(cores=2)
    for name in "abc":
        line.enter(name, FOLLOW, 0.0)
    assert called(line, 0.0) == ["a", "b"]
    picture = line.enter("p", PICTURE, 0.1)
    called(line, 0.1)
    line.end(line.working[0], 0.15, 0.1)
    line.end(picture, 0.2, 0.1)
    assert called(line, 0.2) == []  # one is at work still
    assert called(line, 0.2 + QUIET) == ["c"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["enter", "drop", "end", "breathe"]), st.integers(0, 5)), max_size=80))
def test_whatever_happens_nobody_is_lost_and_everybody_is_served_in_the_end(story):
    line, now = Line(), 0.0
    for do, n in story:
        now += 0.03
        everybody = [*line.waiting, *line.working]
        if do == "enter":
            line.enter(f"session {n}", Kind(n % 3), now)
        elif everybody:
            place = everybody[n % len(everybody)]
            if do == "drop":
                line.drop(place, now)
            elif place in line.working and (do == "end" or not line.goes_on(place, now, 0.02)):
                line.end(place, now, 0.02)
        called(line, now)
        assert line._at_work(PICTURE, now) <= line.pictures
        assert sum(place.kind is not PICTURE for place in line.working) <= 2 * line.cores + 1
        assert not {*line.waiting} & {*line.working}
    for _ in range(400):
        now += 0.3
        called(line, now)
        for place in [*line.working]:
            line.end(place, now, 0.01)
    assert not line.waiting
    assert not line.working


def test_what_a_session_was_served_is_forgotten_and_so_is_the_session():
    line, now = Line(), 0.0
    for n in range(3000):
        now += 0.1
        place = line.enter(f"session {n}", PICTURE, now)
        called(line, now)
        line.end(place, now, 0.01)
        place = line.enter(f"session {n}", FOLLOW, now)
        called(line, now + 1)
        line.end(place, now, 0.01)
    assert len(line._served) + len(line._seen) + len(line._given_up) < 2100
    assert line.crowd(now + 11) == 0
