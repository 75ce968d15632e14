"""A page in a class room: a member's is held as lock=all holds it while the teacher has frozen it."""

from __future__ import annotations

import pytest
from apps import open_app, sound

from pages._ui import staging
from pages._ui.rooms import rooms
from pages._ui.rooms.room import TEACHER


@pytest.fixture
def here():
    """A room of this process, with its secret and a member's token."""
    code, secret = rooms().open("a test")
    return code, secret, rooms().join(code, "", "a test")


def test_a_frozen_room_holds_its_members_and_frees_them(here):
    code, secret, anna = here
    app = open_app("bayes/updating", live="0")  # a browser would tell the session its seat
    app.session_state[staging.ROOM] = {"code": code, "credential": anna}
    assert not sound(app.run()).button_group[0].disabled
    rooms().say(code, secret, {"do": "freeze", "on": True}, "a test")
    assert sound(app.run()).button_group[0].disabled
    app.session_state[staging.ROOM] = {"code": code, "credential": secret}
    assert not sound(app.run()).button_group[0].disabled  # the teacher's own page is free
    app.session_state[staging.ROOM] = {"code": code, "credential": anna}
    rooms().say(code, secret, {"do": "freeze", "on": False}, "a test")
    assert not sound(app.run()).button_group[0].disabled


def test_a_state_that_the_teacher_sends_is_shown_though_handles_are_frozen(here):
    code, secret, anna = here
    rooms().say(code, secret, {"do": "freeze", "on": True}, "a test")
    app = open_app("bayes/theorem", live="0")
    app.session_state[staging.ROOM] = {"code": code, "credential": anna}
    app.query_params["prevalence"] = "0.2"
    sound(app.run())
    assert app.session_state["memory.theorem"].settings.prevalence == 0.2


def test_a_session_sees_what_its_browser_does(here):
    code, secret, anna = here
    assert rooms().see(code, secret)["role"] == TEACHER
    assert rooms().see(code, anna)["role"] == "member"
    assert rooms().see(code, "nobody") is rooms().see("BBBBBB", anna) is rooms().see("../x", anna) is None
    rooms().say(code, secret, {"do": "end"}, "a test")
    assert rooms().see(code, anna)["ended"]
    assert not rooms().frozen(code, anna)
