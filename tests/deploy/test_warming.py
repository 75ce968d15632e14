"""The first visitor after a start: readers go first, and /ready says what is missing."""

from __future__ import annotations

import threading
from contextlib import suppress
from types import SimpleNamespace

import pytest
from loops import apart
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from pages._ui import serving
from pages._ui.operating import warming


@pytest.fixture
def here(monkeypatch):
    """Return the session of each thread that runs a page."""
    mine = threading.local()
    monkeypatch.setattr(
        warming, "get_script_run_ctx", lambda: SimpleNamespace(session_id=getattr(mine, "session", "reader"))
    )
    return mine


def cold(session: str = "visitor") -> warming.Warming:
    made = warming.Warming()
    made.missing, made._session = ("posterior",), session
    return made


def test_a_reader_who_comes_during_a_visit_ends_it_and_never_runs_beside_it(here):
    house, begun, asked, order = cold(), threading.Event(), threading.Event(), []
    house._leave = asked.set

    def visitor() -> None:
        here.session = "visitor"
        with suppress(SystemExit), house.turn():
            begun.set()
            assert asked.wait(20)
            order.append("visitor leaves")
            raise SystemExit  # as what Streamlit raises where a run is to stop, it is no Exception

    thread = threading.Thread(target=visitor)
    thread.start()
    assert begun.wait(20)
    with house.turn():
        order.append("reader")
    thread.join()
    assert order == ["visitor leaves", "reader"]
    assert not house._whole  # the page is opened anew


def test_the_visitor_waits_until_readers_are_done(here):
    house, order = cold(), []

    def visitor() -> None:
        here.session = "visitor"
        with house.turn():
            order.append("visitor")

    with house.turn():
        thread = threading.Thread(target=visitor)
        thread.start()
        thread.join(0.05)
        order.append("reader")
    thread.join()
    assert order == ["reader", "visitor"]
    assert house._whole


def test_a_page_that_fails_is_not_visited_for_ever(here):
    house = cold()
    here.session = "visitor"
    with pytest.raises(ZeroDivisionError), house.turn():
        raise ZeroDivisionError
    assert house._whole


def test_a_warm_server_asks_nobody_to_wait(here):
    house = warming.Warming()
    with house.turn(), house.turn():
        assert house._readers == 0


def test_ready_names_what_is_missing(monkeypatch):
    def answer():
        return apart(serving._ready(None))

    assert (answer().status_code, answer().body) == (200, b"ready\n")
    monkeypatch.setattr(warming._warming, "missing", ("", "posterior"))
    refused = answer()
    assert (refused.status_code, refused.body) == (503, b"warming up: /, /posterior\n")
    assert refused.headers["retry-after"] == "2"


def test_a_visit_that_goes_wrong_keeps_nobody_from_reading(monkeypatch, caplog):
    house = warming.Warming()
    monkeypatch.setattr(warming, "get_instance", lambda: 1 / 0)
    apart(house.visit(["posterior"]))
    assert house.missing == ()
    assert "missing: ('posterior',)" in caplog.text


class Silent:
    """A server whose pages never come to an end, or at once."""

    def __init__(self, ends: bool) -> None:
        self.ends, self.asked, self.closed = ends, [], []

    def connect_session(self, client, user) -> str:
        self.client = client
        return f"session {len(self.asked)}"

    def handle_backmsg(self, session, message) -> None:
        self.asked.append(message.rerun_script.page_name)
        if self.ends:
            warming._warming._whole = True
            self.client.write_forward_msg(ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY))

    def close_session(self, session) -> None:
        self.closed.append(session)


@pytest.mark.parametrize("ends", [True, False])
def test_every_page_is_visited_once_and_left_again_whether_it_ends_or_not(monkeypatch, ends):
    server, house = Silent(ends), warming.Warming()
    monkeypatch.setattr(warming, "_warming", house)
    monkeypatch.setattr(warming, "get_instance", lambda: server)
    monkeypatch.setattr(warming, "_LONGEST", 60.0 if ends else 0.01)
    apart(house.visit(["", "posterior"]))
    assert server.asked == ["", "posterior"]
    assert len(server.closed) == 2
    assert house.missing == ()
