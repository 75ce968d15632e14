"""A scene that asks: before there is a guess nothing that is sent or shown tells the answer; then its score stands."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, replace

import numpy as np
import pytest
from apps import open_app, sound
from lessons import LESSONS, SCENES

from bayes_core.figures.view import View
from pages._ui.asking import HIDDEN, SKIPPED, Band, Number, OneOf, Place, offers
from pages._ui.telling import handle_sentence, opening
from pages._ui.words import words
from pages._ui.work.courier import News

SECRET = "the secret answer"
KINDS = ("number", "place", "band", "options")


def asked_at(door: str, scene: str):
    """Return settings of a scene whose question is open; None where it has none."""
    start = LESSONS[door].at_start(scene)
    tests = getattr(start, "tests", ())
    settings = replace(start, test=tests[0]) if tests and not start.asking else start
    return settings.asked_again() if settings.asking else None


ASKED = [(door, scene) for door, scene in SCENES if asked_at(door, scene)]
HIDES = [(door, scene) for door, scene in ASKED if not asked_at(door, scene).asking.own]
EXACT = [one for one in HIDES if one[0].startswith(("bayes/", "linear/")) or one == ("trust/conformal", "good")]


def a_guess(settings) -> str:
    asking = settings.asking
    made = {"number": "40", "place": "1.5", "options": ""}
    if isinstance(asking, OneOf):
        return asking.keys[0]
    return "_".join(["0.5~2"] * len(asking.at)) if isinstance(asking, Band) else made[asking.kind]


def test_every_kind_is_asked_twice_and_every_lesson_asks():
    kinds = {kind: {door for door, scene in ASKED if asked_at(door, scene).asking.kind == kind} for kind in KINDS}
    assert all(len(doors) >= 2 for doors in kinds.values()), kinds
    assert {door for door, _ in ASKED} == set(LESSONS)


# ------------------------------------------------------------------------------------------------- before the guess
@pytest.mark.parametrize(("door", "scene"), HIDES)
def test_an_open_question_sends_what_it_shows_and_tells_and_nothing_else(door, scene):
    lesson, settings = LESSONS[door], asked_at(door, scene)
    asking, handle = settings.asking, settings.handles[0]
    news = News(answer="known", look=lambda *_: full_view(lesson, settings, handle))
    seen = lesson.view(settings, handle, news)
    assert set(seen.said) <= set(asking.tells)
    assert all({name, name.rpartition(".")[0]} & set(asking.shows) for name in seen.numbers)
    assert [panel.kind for panel in seen.panels] == ["ask"]
    assert not seen.badge
    assert not seen.facts
    assert all({trace for trace, _ in label.at} <= set(asking.shows) for label in seen.labels)
    if seen.figure:
        assert {trace["name"] for trace in seen.figure["data"]} <= set(asking.shows)
    assert SECRET not in " ".join([*seen.alt, json.dumps(asdict(seen.picture("")), default=str)])
    assert "{" not in seen.panels[0].question
    assert seen.alt[0].startswith(HIDDEN)


def full_view(lesson, settings, handle) -> View:
    """Return what the lesson shows of these settings, with an answer in every word and number."""
    shown = lesson.look(settings.looked_at(), handle, None)
    figure = shown.figure
    traces = [trace["name"] for trace in figure["data"]] if figure else ["bands", "tint"]
    secret = {f"{name}.y": np.full((1, 6), 7.0) for name in traces}
    return replace(
        shown,
        alt=(f"It is {SECRET}.",),
        badge=("exact",),
        numbers=secret,
        words={"answer": (SECRET,), "mean": (SECRET,)},
        facts={"answer": np.array([7.0])},
    )


@pytest.mark.parametrize(("door", "scene"), EXACT)
def test_neither_the_answers_words_nor_its_sentences_are_on_the_page(door, scene):
    lesson, settings = LESSONS[door], asked_at(door, scene)
    for handle in settings.handles:
        told = lesson.film(settings.guessed(SKIPPED), handle).words["guess.verdict"]
        answer = told[settings.home()[handle]].removeprefix("The answer: ").rstrip(".")
        assert re.search(r"\d", answer)
        film = lesson.film(settings, handle)
        assert set(film.words) <= {"value", "alt", *settings.asking.tells}
        everything = " ".join([*film.words.get("alt", ()), json.dumps(asdict(lesson.picture(settings)), default=str)])
        assert not re.search(rf"(?<![\d.]){re.escape(answer)}(?!\d)", everything)
        assert handle_sentence(words(lesson.page), settings, handle).count(":") == 0  # it names the move alone
    assert opening(words(lesson.page), settings, {}).html == HIDDEN


def test_a_test_of_the_split_is_shown_as_before_until_there_is_a_guess():
    lesson, settings = LESSONS["trust/uncertainty"], asked_at("trust/uncertainty", "gap")
    before = lesson.film(lesson.at_start("gap"), "here").words
    film = lesson.film(settings, "here").words
    assert film == before
    assert film["points.state"] == ("guess first",)
    assert lesson.film(settings.guessed("both"), "here").words["points.epistemic"]


# ------------------------------------------------------------------------------------------------------ the guess
@pytest.mark.parametrize(("door", "scene"), EXACT)
def test_a_guess_stands_beside_the_answer_at_every_position(door, scene):
    lesson, settings = LESSONS[door], asked_at(door, scene)
    guessed = settings.guessed(a_guess(settings))
    assert (guessed.reveal, guessed.asks) == (True, False)
    for handle in guessed.handles:
        told = lesson.film(guessed, handle).words["guess.verdict"]
        assert len(told) == len(guessed.positions(handle))
        assert all(text.startswith("You ") for text in told)
        assert "nan" not in " ".join(told)
    picture = lesson.picture(guessed)
    assert picture.panels[0]["type"] == "guessed"
    asked = set(re.findall(r'data-word="([^"]*)"', picture.panels[0]["html"]))
    assert asked <= set(lesson.film(guessed, guessed.handles[0]).words)
    assert (picture.mark or {}).get("kind") in (None, settings.asking.kind)
    back = lesson.from_link({name: lesson.parsers[name](text) for name, text in guessed.link().items()}, [])
    assert back == guessed


@pytest.mark.parametrize(("door", "scene"), HIDES)
def test_why_names_words_of_the_picture_and_options_are_all_offered(door, scene):
    lesson, settings = LESSONS[door], asked_at(door, scene)
    text = words(lesson.page)
    assert text[f"guessed {settings.asking.name}"]
    if isinstance(settings.asking, OneOf):
        assert tuple(offers(text[f"guess {settings.asking.name}"])) == settings.asking.keys


LINE = View(
    figure={
        "data": [{"name": "band", "x": [0, 2, 2, 0]}],
        "layout": {"xaxis": {"range": [0, 2]}, "yaxis": {"range": [0, 9]}},
    },
    numbers={"band.y": np.array([[2.0, 4.0, 1.0, 0.0], [2.0, 4.0, 3.0, 0.0]])},
    words={"share": ("12 %", "–"), "ends": ("1.5 to 3.5", "–"), "who": ("b", "")},
    facts={"share": np.array([0.12, np.nan])},
)


def test_verdicts_say_guess_answer_and_score():
    number = Number(name="n", of=("share",), label="", unit="%", scale=100)
    assert number.verdict(LINE, "40", {}) == (
        "You said 40\xa0%. Here it is 12 %: too high by 28 points.",
        "You said 40\xa0%.",
    )
    times = Number(name="n", of=("share",), label="", ends=(0, 9))
    assert times.verdict(LINE, "0.03", {})[0] == "You said 0.03. Here it is 12 %: 4 times too low."
    place = Place(
        name="p", curve=lambda v: (np.array([0.0, 1.0, 2.0]), np.array([[1.0, 5.0, 3.0]])), label="", most="more"
    )
    assert place.verdict(LINE, "1.9", {}) == (
        "You pointed at 1.90. The highest is at 1.00: 0.90 too far to the right; more at 33\xa0% of the places.",
    )
    band = Band(name="b", of="band", at={1.0: "there"})  # at 1: from 0.5 to 3 and from 1.5 to 3
    assert band.verdict(LINE, "0~1", {})[0] == (
        "You drew 0 to 1. Here it is 0.5 to 3. Yours covers 20\xa0% of it and is 2.5 times too narrow."
    )
    said = Band(name="b", of="band", at={1.0: "there"}, word="ends")
    assert said.verdict(LINE, "1.5~5.5", {}) == (
        "You drew 1.5 to 5.5. Here it is 1.5 to 3.5. Yours covers 100\xa0% of it and is 2 times too wide.",
        "You drew 1.5 to 5.5.",
    )
    one = OneOf(name="o", keys=("a", "b"), right=lambda view: view.said["who"])
    offered = {"a": "the first", "b": "the second"}
    assert one.verdict(LINE, "a", offered) == ("You said: the first. It is: the second.", "You said: the first.")
    assert one.verdict(LINE, "b", offered)[0] == "You said: the second. That is right."


@pytest.mark.parametrize(
    ("asking", "text", "why"),
    [
        (Number(name="n", of=(), label=""), "101", "outside 0 to 100"),
        (Number(name="n", of=(), label=""), "nan", "outside"),
        (Place(name="p", curve=lambda v: v, label=""), "inf", "outside"),
        (Band(name="b", of="", at={1.0: ""}), "3", "is not 1 × “low~high”"),
        (Band(name="b", of="", at={1.0: ""}), "3~3", "without any width"),
        (OneOf(name="o", keys=("a", "b"), right=lambda v: ()), "c", "is not one of a, b"),
    ],
)
def test_what_is_no_guess_is_refused_with_the_reason(asking, text, why):
    with pytest.raises(ValueError, match=re.escape(why)):
        asking.read(text)
    assert asking.read(SKIPPED) == SKIPPED


def test_a_band_is_read_whichever_end_comes_first():
    assert Band(name="b", of="", at={1.0: "", 2.0: ""}).read("9~3_-1.25~4") == "3~9_-1.25~4"


# ------------------------------------------------------------------------------------------------------- on a page
def memory(app):
    return app.session_state[f"memory.{app.session_state['memory.page']}"]


def press(app, **named) -> None:
    [(name, value)] = named.items()
    next(one for one in app.button if getattr(one, name) == value).click()


def page_text(app) -> str:
    return " ".join(str(getattr(one, "value", "")) for kind in ("markdown", "caption", "html") for one in app.get(kind))


def test_a_link_asks_on_every_scene_and_no_view_try_or_key_shows_the_answer():
    app = open_app("bayes/updating", ask="1", live="0")
    assert memory(app).settings.asks
    assert app.number_input[0].value is None
    for act in (
        lambda: app.session_state,  # as it opens
        lambda: press(app, key="try.1"),
        lambda: app.button_group[0].set_value("scale"),
    ):
        act()
        sound(app.run())
        settings = memory(app).settings
        assert settings.asks
        assert settings.looked_at().view == "belief"
        assert HIDDEN in page_text(app)
        assert "posterior mean" not in page_text(app)
        assert not [one for one in app.expander if one.label != "Share this view"]
        assert not [one for one in app.button_group if one.key == "updating.view"]
    app.number_input[0].set_value(71.0)
    press(app, label="Reveal")
    sound(app.run())
    assert memory(app).settings.guess == "71"
    assert "You pointed at 71.0. Its peak is at 71.5" in page_text(app)
    assert app.query_params["guess"] == "71"
    app.button_group[0].set_value("coin")
    assert memory(sound(app.run())).settings.asks  # another scene is another question
    app.button_group[0].set_value("scale")
    assert not memory(sound(app.run())).settings.asks  # which was answered


def test_a_band_and_one_of_several_have_native_fields_too():
    app = open_app("linear/posterior", ask="1", live="0")
    assert [one.value for one in app.number_input] == [None, None]
    app.number_input[0].set_value(150.0)
    app.number_input[1].set_value(20.0)
    press(app, label="Reveal")
    assert memory(sound(app.run())).settings.guess == "20~150"
    there = open_app("trust/uncertainty", test="points", live="0")
    assert memory(there).settings.asks  # no link shows it without saying so
    assert there.radio[0].value is None
    there.radio[0].set_value("epistemic")
    press(there, label="Reveal")
    assert "That is right." in page_text(sound(there.run()))


def test_without_being_told_a_page_shows_and_offers_to_ask():
    app = open_app("trust/conformal")
    assert not memory(app).settings.asks
    [offer] = [one for one in app.button if one.key == "guess.first"]
    sound(offer.click().run())
    assert memory(app).settings.asks
    assert app.query_params["reveal"] == "0"
    assert not [one for one in app.button if one.key == "guess.first"]
    assert LESSONS["trust/conformal"].can_ask


def test_a_link_that_guesses_where_nothing_is_asked_says_so():
    app = open_app("bayes/theorem", scene="fog", guess="8")
    assert memory(app).notes == ["guess: nothing is asked here"]
