"""A room as a value: what follows from what is done in it, and who may do it."""

from __future__ import annotations

import pytest

from pages._ui.rooms.credentials import digest
from pages._ui.rooms.refused import Refused
from pages._ui.rooms.room import TEACHER, Room
from pages._ui.rooms.told import snapshot

ANNA, BEN = digest("anna"), digest("ben")
RATE = {"kind": "number", "text": "P(ill | positive)?", "low": 0, "high": 100, "unit": "%", "answer": 9}


@pytest.fixture
def room() -> Room:
    return Room("KQRTXM", digest("secret"), "salt").joined(ANNA).joined(BEN)


def ask(room: Room, question: dict) -> Room:
    return room.after("ask", TEACHER, {"question": question})


def guess(room: Room, who: str, value) -> Room:
    return room.after("guess", who, {"value": value})


def test_members_see_neither_answer_nor_others_guesses_before_the_reveal(room):
    room = guess(guess(ask(room, RATE), ANNA, 80), BEN, 12)
    open_ = snapshot(room, ANNA)
    assert (open_["guesses"], open_["mine"], open_["question"]["answer"], open_["guessed"]) == ([], 80, None, 1)
    assert sorted(snapshot(room, TEACHER)["guesses"]) == [12, 80]
    shown = snapshot(room.after("reveal", TEACHER, {}), ANNA)
    assert sorted(shown["guesses"]) == [12, 80]
    assert shown["question"]["answer"] == 9
    assert shown["score"] == {"off": 71, "times": pytest.approx(80 / 9)}


def test_the_last_guess_counts_and_none_after_the_reveal(room):
    room = guess(guess(ask(room, RATE), ANNA, 80), ANNA, 20).after("reveal", TEACHER, {})
    assert snapshot(room, TEACHER)["guesses"] == [20]
    with pytest.raises(Refused, match="guesses are closed") as refused:
        guess(room, BEN, 5)
    assert refused.value.status == 409


def test_a_guess_at_a_question_that_is_closed_is_no_guess_at_the_next(room):
    room = ask(ask(room, RATE), RATE)
    with pytest.raises(Refused, match="Question “1” is closed") as refused:
        room.after("guess", ANNA, {"value": 80, "number": 1})
    assert refused.value.status == 409
    assert room.after("guess", ANNA, {"value": 80, "number": 2}).guesses


def test_only_the_secret_controls(room):
    assert (room.who(digest("secret")), room.who(ANNA), room.who(digest("else"))) == (TEACHER, ANNA, "")
    for do in ("send", "freeze", "ask", "reveal", "close", "pool", "end"):
        with pytest.raises(Refused, match="Only the teacher") as refused:
            room.after(do, ANNA, {})
        assert refused.value.status == 403


def test_who_is_sent_to_the_same_page_again_is_sent_again(room):
    place = {"page": "theorem", "query": {"prevalence": "0.1"}}
    once = room.after("send", TEACHER, place)
    assert snapshot(once, ANNA)["at"] == {**place, "number": 1}
    frozen = once.after("freeze", TEACHER, {"on": True})
    assert snapshot(frozen, ANNA)["at"]["number"] == 1
    assert snapshot(frozen.after("send", TEACHER, place), ANNA)["at"] == {**place, "number": 2}
