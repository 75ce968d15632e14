"""The belief network page: what a click, a link and a table say, and that its numbers are the core's."""

from __future__ import annotations

import io
from contextlib import redirect_stdout

import numpy as np
import pytest
from apps import open_app, sound

from bayes_core.foundations.belief_network import CHEST, Entry, network_of, posteriors, text_of
from pages._ui import staging
from pages.bayes.theorem import LESSON as THEOREM
from pages.choose._belief.settings import NetSettings, entry_text, entry_words
from pages.choose.belief_network import LESSON

OWN = "cat out: 0.4; rain: 0.3; wet cat | cat out, rain: 0.95, 0.1, 0.02, 0.01"


def clicked(settings: NetSettings, name: str) -> NetSettings:
    """Return the settings after a click, as the browser turns what is known of an event."""
    codes = [int(code) for code in LESSON.film(settings, "p").row("state", 0)]
    at, first = settings.written.names.index(name), 3 if settings.click == "do" else 1
    codes[at] = {first: first + 1, first + 1: 0}.get(codes[at], first)
    return settings.changed(**settings.acted({"known": codes}))


def at_home(settings, name: str) -> str:
    texts = LESSON.film(settings, "p").words[name]
    return texts[min(settings.home()["p"], len(texts) - 1)]


def test_a_click_goes_round_and_a_made_event_is_told_from_a_seen_one():
    settings = LESSON.at_start("lawn")
    known = [settings.known]
    for _ in range(3):
        settings = clicked(settings, "rain")
        known.append(settings.known)
    assert known == ["my grass wet", "rain,my grass wet", "~rain,my grass wet", "my grass wet"]
    made = clicked(settings.changed(click="do"), "my grass wet")
    assert (made.seen, made.made) == ({}, {"my grass wet": True})
    assert clicked(made, "my grass wet").made == {"my grass wet": False}
    for wrong in ({"known": [0]}, {"known": "rain"}, {}):
        assert settings.acted(wrong) == {}


def test_codes_that_there_are_not_say_nothing():
    assert LESSON.at_start("lawn").acted({"known": [7, [], "yes", 4]}) == {"known": "!~my grass wet"}


def test_what_is_locked_or_asked_no_click_changes(monkeypatch):
    settings = LESSON.at_start("alarm")
    assert settings.asked_again().acted({"known": [0, 1, 0, 1, 1]}) == {}
    monkeypatch.setattr(staging, "locked", lambda name: name == "known")
    assert settings.acted({"known": [0, 1, 0, 1, 1]}) == {}


@pytest.mark.parametrize("known", ["", "short of breath", "~smoker,dark X-ray,!bronchitis"])
def test_bars_and_words_are_what_elimination_says(known):
    settings = LESSON.at_start("chest", known=known, p=0.9)
    net = CHEST.along(Entry("smoker"), [0.9])
    facts = {**settings.seen, **settings.made}
    found = posteriors(net.made(settings.made), facts)
    film, at = LESSON.film(settings, "p"), settings.home()["p"]
    after = [float(found[name][0]) for name in net.names]
    np.testing.assert_allclose(film.row("after", at), after, atol=2e-5)
    before = [float(p[0]) for p in posteriors(net, {}).values()]
    np.testing.assert_allclose(film.row("before", at), before, atol=2e-5)


def test_the_script_says_the_pages_numbers_with_what_was_made():
    settings = LESSON.at_start("chest", known="short of breath,!smoker", p=0.2, about="bronchitis")
    said = io.StringIO()
    with redirect_stdout(said):
        exec(LESSON.script(settings), {})
    by_hand = float(said.getvalue().rsplit("by hand: P(bronchitis) ", 1)[1])
    assert by_hand == pytest.approx(LESSON.film(settings, "p").row("after", settings.home()["p"])[4], abs=2e-5)


def test_naive_bayes_says_what_the_page_on_the_theorem_says():
    spam = THEOREM.at_start("spam", reveal=True)
    words = THEOREM.film(spam, "prevalence").words["answer"]
    there = words[min(spam.home()["prevalence"], len(words) - 1)]
    assert at_home(LESSON.at_start("mail"), "answer") == there == "92.9 %"


def test_evidence_that_cannot_be_is_named():
    settings = LESSON.at_start("chest", known="lung cancer,~lung disease")
    assert at_home(settings, "path").startswith(
        "Impossible: “lung cancer” and “not lung disease” cannot happen together here."
    )
    assert at_home(settings, "answer") == "–"
    film = LESSON.film(LESSON.at_start("lawn", known="rain"), "p")  # where it never rains, rain was not seen
    assert film.words["path"][0].startswith("Impossible: “rain” cannot happen here.")
    assert not film.words["path"][1].startswith("Impossible")


def test_the_moved_probability_can_be_any_and_the_others_keep_what_they_were():
    start = LESSON.at_start("lawn", p=0.5)
    wet = Entry("my grass wet", (False, True))
    moved = start.changed(entry=entry_text(wet))
    assert (moved.moved, moved.p, moved.moved_words) == (wet, 0.9, "P(my grass wet | not rain, sprinkler)")
    assert moved.network["rain"].yes[0] == 0.5  # the handle was there
    again = LESSON.from_link({k: LESSON.parsers[k](t) for k, t in moved.link().items()}, notes := [])
    assert (again, notes) == (moved, [])
    assert entry_words(moved.written, wet) in LESSON.handles(moved)[0].label


def test_a_text_of_ones_own_is_a_network_and_a_link_to_it_needs_no_more():
    notes: list[str] = []
    asked = {"scene": "morning", "net": OWN, "known": "wet cat", "about": "rain"}
    settings = LESSON.from_link({k: LESSON.parsers[k](t) for k, t in asked.items()}, notes)
    assert notes == []
    assert (settings.moved, settings.p, settings.asked) == (Entry("cat out"), 0.4, "rain")
    found = posteriors(network_of(OWN), {"wet cat": True})
    row = LESSON.film(settings, "p").row("after", settings.home()["p"])
    np.testing.assert_allclose(row, [float(p[0]) for p in found.values()], atol=2e-5)
    edited = settings.changed(net="rain: 0.6; snow: 0.1")
    assert (edited.known, edited.asked, edited.p) == ("", "rain", 0.6)


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"net": "a | b: 0.1, 0.2; b | a: 0.1, 0.2"}, "is a cycle"),
        ({"net": "a: 1.5"}, "outside 0 to 1"),
        ({"known": "snow"}, "“snow” is no event here"),
        ({"entry": "snow"}, "“snow” is not there"),
        ({"about": "snow"}, "“snow” is not there"),
    ],
)
def test_a_link_that_cannot_be_is_told_why(asked, why):
    notes: list[str] = []
    settings = LESSON.from_link({"scene": "morning"} | asked, notes)
    assert why in notes[0]
    assert settings == LESSON.at_start("morning")


def test_a_table_is_edited_and_a_cycle_stays_in_its_field_with_the_reason():
    app = open_app("choose/belief_network", scene="morning")
    field = app.text_area(key="belief.typed.net")
    field.set_value("hen | egg: 0.1, 0.2\negg | hen: 0.1, 0.2")
    sound(app.run())
    assert "is a cycle" in app.error[0].value
    app.text_area(key="belief.typed.net").set_value(text_of(network_of(OWN)))
    sound(app.run())
    assert not app.error
    memory = app.session_state["memory.belief"]
    assert memory.settings.written.names == ("cat out", "rain", "wet cat")
    app.selectbox(key="belief.about").set_value("wet cat")
    sound(app.run())
    assert memory.settings.asked == "wet cat"


def test_elimination_is_shown_on_request_event_by_event():
    settings = LESSON.at_start("alarm", factors=True)
    words = LESSON.film(settings, "p").words
    assert [words[f"grid.sum.{n}.0"][0] for n in (0, 1)] == ["earthquake", "alarm"]
    whole = float(words["grid.sum.whole.3"][settings.home()["p"]])
    assert whole == pytest.approx(0.002084, rel=2e-3)  # Russell and Norvig: 0.00059224 + 0.0014919
    assert "grid.sum.0.0" not in LESSON.film(LESSON.at_start("alarm"), "p").words
