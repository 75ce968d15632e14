"""Whatever teachers and members do, in whatever order: what always holds in a room."""

from __future__ import annotations

from dataclasses import replace

import hypothesis.strategies as st
from hypothesis import given, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from pages._ui.rooms import room as rooms
from pages._ui.rooms.credentials import digest
from pages._ui.rooms.refused import Refused
from pages._ui.rooms.room import TEACHER, Room
from pages._ui.rooms.streams import as_line
from pages._ui.rooms.told import snapshot
from pages._ui.rooms.written import as_json, from_json

FEW = 5
PEOPLE = [digest(str(n)) for n in range(FEW + 2)]
QUESTIONS = [
    {"kind": "number", "text": "?", "low": 0, "high": 100, "answer": 77},
    {"kind": "band", "text": "?", "low": 0, "high": 100, "level": 0.9, "answer": [33, 44]},
    {"kind": "one of", "text": "?", "options": ["a", "b", "c"], "answer": 2},
    {"kind": "prior", "text": "?"},
]
GUESSES = st.one_of(
    st.floats(-10, 110), st.integers(-1, 4), st.lists(st.floats(0, 100), min_size=2, max_size=2), st.none(), st.text()
)


class Lesson(RuleBasedStateMachine):
    """A room of at most five members."""

    def __init__(self) -> None:
        super().__init__()
        self.room = Room("KQRTXM", digest("secret"), "salt")
        self.last: dict[str, object] = {}  # what each has guessed, by the rules of this test

    def step(self, change) -> bool:
        before = self.room
        why = None
        try:
            self.room = change(before)
        except Refused as refused:
            why = refused
        if why is not None:
            assert why.status in (400, 403, 409, 410)
            assert len(str(why)) > 20
            return False
        assert self.room is before or self.room.version == before.version + 1
        return True

    @rule(who=st.sampled_from(PEOPLE))
    def join(self, who) -> None:
        full, ended, before = len(self.room.members) >= FEW, self.room.ended, who in self.room.members
        assert self.step(lambda room: room.joined(who)) == (not ended and (before or not full))

    @rule(asked=st.sampled_from(QUESTIONS))
    def ask(self, asked) -> None:
        if self.step(lambda room: room.after("ask", TEACHER, {"question": asked})):
            self.last = {}

    @rule(do=st.sampled_from(["reveal", "close", "pool"]))
    def go_on(self, do) -> None:
        if self.step(lambda room: room.after(do, TEACHER, {})) and do == "close":
            self.last = {}

    @rule(do=st.sampled_from(["reveal", "close", "pool", "end", "ask", "freeze", "send"]), who=st.sampled_from(PEOPLE))
    def presume(self, do, who) -> None:
        assert not self.step(lambda room: room.after(do, who, {"on": True, "page": "", "question": QUESTIONS[0]}))

    @rule(who=st.sampled_from(PEOPLE), value=GUESSES)
    def guess(self, who, value) -> None:
        if who not in self.room.members:  # who has no seat is nobody to a room
            assert self.room.who(who) == ""
            return
        open_ = self.room.question is not None and not self.room.revealed and not self.room.ended
        if self.step(lambda room: room.after("guess", who, {"value": value})):
            assert open_
            self.last[who] = tuple(value) if isinstance(value, list) else value

    @rule(who=st.sampled_from(PEOPLE))
    def leave(self, who) -> None:
        if who in self.room.members and self.step(lambda room: room.after("leave", who, {})):
            self.last.pop(who, None)

    @rule(page=st.sampled_from(["updating", "posterior"]), scene=st.text("abc<>&\"'", max_size=5))
    def send(self, page, scene) -> None:
        self.step(lambda room: room.after("send", TEACHER, {"page": page, "query": {"scene": scene}}))

    @rule(on=st.booleans())
    def freeze(self, on) -> None:
        self.step(lambda room: room.after("freeze", TEACHER, {"on": on}))

    @rule(really=st.integers(0, 15))
    def end(self, really) -> None:
        if really == 0 and self.step(lambda room: room.after("end", TEACHER, {})):
            self.last = {}

    @invariant()
    def the_last_guess_of_each_counts(self) -> None:
        assert self.room.guesses == self.last
        assert set(self.room.guesses) <= set(self.room.members)
        assert len(self.room.members) == len(set(self.room.members)) <= FEW

    @invariant()
    def members_see_no_others_guess_and_no_answer_before_the_reveal(self) -> None:
        for who in self.room.members:
            told = snapshot(self.room, who)
            if not told["revealed"]:
                assert told["guesses"] == told["scores"] == []
                assert (told["score"], told["pooled"]) == (None, None)
                assert not told["question"] or told["question"]["answer"] is None
            assert told["mine"] == self.room.guesses.get(who)

    @invariant()
    def nothing_tells_whose_a_guess_is(self) -> None:
        for who in (TEACHER, *self.room.members):
            line = as_line(snapshot(self.room, who))
            assert not [one for one in (*PEOPLE, self.room.secret, '"salt"') if one in line]

    @invariant()
    def a_room_is_the_same_after_it_was_kept_elsewhere(self) -> None:
        assert from_json(as_json(self.room)) == self.room


def test_whatever_is_done(monkeypatch):
    from hypothesis.stateful import run_state_machine_as_test

    monkeypatch.setattr(rooms, "MOST_MEMBERS", FEW)
    run_state_machine_as_test(Lesson, settings=settings(max_examples=40, stateful_step_count=30, deadline=None))


@given(st.permutations(PEOPLE))
@settings(max_examples=10, deadline=None)
def test_the_order_of_guesses_does_not_follow_who_came_when(order):
    room = Room("KQRTXM", digest("secret"), "salt", members=tuple(order)).after(
        "ask", TEACHER, {"question": QUESTIONS[0]}
    )
    for who in order:
        room = room.after("guess", who, {"value": PEOPLE.index(who)})
    told = snapshot(room, TEACHER)["guesses"]
    assert told == [PEOPLE.index(who) for who in room.in_order]
    again = room.after("ask", TEACHER, {"question": QUESTIONS[0]})
    for who in PEOPLE:
        again = again.after("guess", who, {"value": PEOPLE.index(who)})
    assert replace(room, guesses=dict(sorted(room.guesses.items()))).in_order == room.in_order
    assert again.in_order != room.in_order  # nor does a place say who it was in the question before
