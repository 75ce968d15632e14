"""How a link wants a page shown: it goes along from page to page, and says what it cannot be."""

from __future__ import annotations

import pytest
from apps import ROOT, open_app, sound

from pages._ui import staging
from pages._ui.staging import Staging, notes, recalled, remember
from pages._ui.work.scheduler import SCHEDULER

THEOREM, UPDATING = "bayes/theorem", "bayes/updating"


def to(app, door: str, **params: str):
    """Go to another page as the navigation does: under an address that says nothing but `params`."""
    app.query_params.clear()
    app.query_params.update(params)
    app.switch_page(str(ROOT / f"pages/{door}.py"))
    return sound(app.run())


def notes_of(app) -> str:
    return " ".join(html.proto.body for html in app.get("html") if "linknote" in html.proto.body)


def test_a_run_looks_up_but_once_what_a_session_remembers(monkeypatch):
    asked = []

    class State(dict):
        def get(self, name):
            asked.append(name)
            return super().get(name)

    state = State(room={"code": "a"})
    monkeypatch.setattr(staging.st, "session_state", state)
    with SCHEDULER.run("recalls", lambda: None):
        assert [recalled("room") for _ in range(3)] == [{"code": "a"}] * 3
        assert asked == ["room"]
        remember("room", {"code": "b"})
        assert recalled("room") == state["room"] == {"code": "b"}
        remember("room", None)
        assert recalled("room") is None
        assert "room" not in state
        remember("room", None)  # which it has not
        assert asked == ["room"]
    state["room"] = 1
    assert recalled("room") == 1  # another run looks anew


def test_what_a_link_says_goes_along_and_is_written_into_the_address():
    app = open_app(THEOREM, present="1", lock="scene", hide="truth", ask="1", prevalence="0.2")
    to(app, UPDATING)
    said = {"present": "1", "lock": "scene", "hide": "truth", "ask": "1"}
    assert {name: value for name, value in app.query_params.items() if name in said} == said
    assert not app.expander  # the presenter view
    assert app.button_group[0].disabled
    to(app, THEOREM, lock="prevalence")
    assert app.query_params["lock"] == "prevalence"
    assert app.query_params["present"] == "1"


def test_the_reader_may_take_it_away_on_the_same_page():
    app = open_app(THEOREM, lock="all")
    del app.query_params["lock"]
    sound(app.run())
    assert not app.button_group[0].disabled
    assert "lock" not in app.query_params


def test_a_slow_browser_does_not_lose_it():
    there = Staging("a", {"lock": "all"}).at("b", {})
    assert (there.said, there.seen, there.fresh) == ({"lock": "all"}, False, False)
    slow = there.at("b", {})
    assert slow.said == {"lock": "all"}
    assert slow.at("b", {"lock": "all"}).at("b", {}).said == {}


@pytest.mark.parametrize(
    ("asked", "note"),
    [
        ({"lock": "wdith,scene"}, "lock: “wdith” is not one of scene, "),
        ({"hide": "truht"}, "hide: “truht” is not one of truth, answer, numbers"),
        ({"ask": "yes"}, "ask: “yes” is not 0 or 1"),
        ({"present": "<script>alert(1)</script>"}, "present: “&lt;script&gt;"),
    ],
)
def test_what_there_is_not_is_said(asked, note):
    app = open_app(THEOREM, **asked)
    assert note in notes_of(app)
    to(app, UPDATING)
    assert note not in notes_of(app)  # another page has other controls: nobody asked it for this


def test_what_there_is_needs_no_note():
    assert notes({"lock": "all,", "hide": "", "present": "0", "ask": "1"}, ("scene", "all")) == []
