"""The foundations and MAP-is-ridge pages by AppTest: defaults, scenes, ends of handles, hostile links, buttons."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import product
from urllib.parse import quote, unquote

import numpy as np
import pytest
from apps import open_app, sound
from hypothesis import given, settings
from hypothesis import strategies as some
from streamlit.testing.v1 import AppTest

from bayes_core.figures.picture import as_json
from bayes_core.foundations.events import Incoherent, events
from pages._ui.sentences import parse
from pages._ui.work import store as work
from pages._ui.work.store import store
from pages.bayes import theorem, updating
from pages.bayes._theorem import scenes as theorem_scenes
from pages.bayes._theorem import settings as theorem_settings
from pages.bayes._theorem.settings import ClueSettings, EventSettings, TestSettings
from pages.bayes._updating import settings as updating_settings
from pages.bayes._updating.readouts import written
from pages.bayes._updating.settings import UpdatingSettings
from pages.linear import map_vs_ridge
from pages.linear._ridge import look as ridge_look
from pages.linear._ridge import settings as ridge_settings
from pages.linear._ridge.settings import RidgeSettings

FILES = {"theorem": "bayes/theorem", "updating": "bayes/updating", "ridge": "linear/map_vs_ridge"}
ROOMS = {"theorem": theorem.LESSON, "updating": updating.LESSON, "ridge": map_vs_ridge.LESSON}
STARTS = {name: lesson.at_start for name, lesson in ROOMS.items()}
FIRST = {
    name: start(scene) for (name, start), scene in zip(STARTS.items(), ("mammography", "coin", "day"), strict=True)
}
SCENES = {
    "theorem": tuple(theorem.LESSON.scenes),
    "updating": tuple(updating_settings.SCENES),
    "ridge": tuple(ridge_settings.SCENES),
}
EVERY_SCENE = [(name, scene) for name, scenes in SCENES.items() for scene in scenes]


def page(name: str, **params: str) -> AppTest:
    return open_app(FILES[name], **params)


def memory(app: AppTest):
    return app.session_state[f"memory.{app.session_state['memory.page']}"]


def now(app: AppTest):
    return memory(app).settings


def shown(app: AppTest) -> str:
    bodies = [element.proto.body for element in app.get("html")]
    return " ".join(
        [*bodies, *(element.value for kind in ("markdown", "caption", "error") for element in app.get(kind))]
    )


def press(app: AppTest, label: str) -> AppTest:
    [button] = [b for b in app.button if b.label == label]
    assert not button.disabled
    return sound(button.click().run())


def pick(app: AppTest, key: str, value) -> AppTest:
    [control] = [c for c in app.button_group if c.key == key]
    return sound(control.set_value(value).run())


def write(app: AppTest, key: str, text: str) -> AppTest:
    [box] = [t for t in app.text_input if t.key == key]
    return sound(box.set_value(text).run())


def box(app: AppTest, key: str) -> str:
    [found] = [t for t in app.text_input if t.key == key]
    return found.value


def follow(app: AppTest) -> AppTest:
    name = app.session_state["memory.page"]
    return page(name, **{key: one(value) for key, value in app.query_params.items()})


def one(value) -> str:
    return value[0] if isinstance(value, list) else value


def film_words(settings, handle: str = "prevalence") -> dict[str, str]:
    told, at = theorem.LESSON.film(settings, handle).words, settings.home()[handle]
    return {name: texts[min(at, len(texts) - 1)] for name, texts in told.items()}


# --------------------------------------------------------------------------------------------- defaults and scenes
@pytest.mark.parametrize("name", FILES)
def test_a_page_at_its_defaults(name):
    app = page(name)
    assert now(app) == FIRST[name]
    assert not memory(app).notes
    assert not app.query_params
    assert app.title[0].value.endswith("?")
    assert len([b for b in app.button if b.key and b.key.startswith("try.")]) == 4


@pytest.mark.parametrize(("name", "scene"), [pair for pair in EVERY_SCENE if pair[1] != FIRST[pair[0]].scene])
def test_every_scene_by_its_pill(name, scene):
    app = pick(page(name), f"{name}.scene", scene)
    assert now(app) == STARTS[name](scene)
    assert one(app.query_params["scene"]) == scene


VIEWED = [
    *(("theorem", {"scene": s, "view": v}) for s, v in product(theorem_scenes.TESTS, theorem_settings.VIEWS)),
    *(("updating", {"scene": s, "view": v}) for s, v in product(updating_settings.SCENES, updating_settings.VIEWS)),
    *(
        ("ridge", {"scene": s, "view": v, "family": f})
        for s, f in product(("day", "weak", "diabetes"), ridge_settings.FAMILIES)
        for v in RidgeSettings.at_start(s, family=f).views
    ),
]


@pytest.mark.parametrize(("name", "asked"), VIEWED)
def test_every_view_of_every_scene(name, asked):
    app = page(name, **asked)
    assert {field: getattr(now(app), field) for field in asked} == asked
    assert not memory(app).notes


# every scene and view is opened at both ends by the contract of all lessons (test_every_lesson.py); these are choices
ENDS = [("ridge", s, e, {"family": "laplace"}) for s, e in product(("day", "diabetes"), (0, -1))]
ENDS += [("theorem", "fog", e, {"given": ",".join(g)}) for e, g in product((0, -1), (("A|B", "B"), ("A", "B|A")))]


@pytest.mark.parametrize(("name", "scene", "end", "more"), ENDS)
def test_both_ends_of_every_handle(name, scene, end, more):
    start = replace(STARTS[name](scene), **more)
    values = {handle: f"{start.positions(handle)[end]:.9g}" for handle in start.handles}
    app = page(name, scene=scene, **more, **values)
    assert not memory(app).notes
    for handle, value in values.items():
        assert getattr(now(app), handle) == float(value)


# --------------------------------------------------------------------------------------------------- hostile links
NUMBERS = ["abc", "nan", "inf", "-3", "1e400", "<script>alert(1)</script>", "1,2", "9" * 5000]
HOSTILE = {
    "theorem": {
        "scene": ["<script>alert(1)</script>", "FOG", ""],
        "prevalence": NUMBERS,
        "specificity": ["0.2", "2"],
        "view": ["bowl", "<img src=x onerror=alert(1)>"],
        "results": ["+-*", "+++++++++", "<b>"],
        "assumed": ["haldane", "<b>"],
        "guess": ["101", "-1", "1~2", "x"],
        "reveal": ["yes", "2"],
        "given": ["A,C", "", "A,B,A|B,B|A,A and B", "<script>alert(1)</script>"],
        "a": ["", "x" * 5000, "<script>alert(1)</script>alert"],
        "pA": ["1.5", "-0.1", "1/0", "<script>alert(1)</script>"],
        "copies": ["3", "0", "1e9"],
        "pl": ["long"],
    },
    "updating": {
        "scene": ["<script>alert(1)</script>", "COIN"],
        "centre": ["nan", "-3"],
        "worth": ["0", "1e9"],
        "seen": ["-1", "2.5", "21"],
        "points": ["7", "1e9", "2.5"],
        "seed": ["-1", "1e99", "x"],
        "level": ["2", "0.91"],
        "how": ["hpd"],
        "view": ["fit"],
        "data": ["HHX", "<script>alert(1)</script>", "900000000000:900000000000", "H" * 401, "H" * 9000, "72.1 x", ","],
        "close": ["yes"],
    },
    "ridge": {
        "scene": ["<script>alert(1)</script>", "DAY"],
        "width": ["inf", "-3"],
        "noise": ["0", "99"],
        "degree": ["0", "16", "x"],
        "points": ["7", "1e9", "2.5"],
        "seed": ["-1", "1e99", "x"],
        "view": ["people"],
        "family": ["cauchy", "__import__('os')"],
        "loud": ["2", "x"],
        "sample": ["2"],
    },
}


@pytest.mark.parametrize(
    ("name", "field", "text"),
    [(name, field, text) for name, fields in HOSTILE.items() for field, texts in fields.items() for text in texts],
)
def test_hostile_links_fall_back_with_a_visible_note(name, field, text):
    app = page(name, **{field: text})
    assert now(app) == FIRST[name]
    [note] = memory(app).notes
    assert note.startswith(f"{field}: ")
    assert len(note) < 250
    assert "The link asked for something that is not there" in shown(app)
    assert f"{field}: " in shown(app)
    assert not re.search(r"<(script|img|b>)", shown(app).replace("<b>", "<b>" if text == "<b>" else ""))


@pytest.mark.parametrize(
    ("name", "params", "note"),
    [
        ("updating", {"scene": "scale", "data": "HHT"}, "data: “HHT” is not a number"),
        ("updating", {"scene": "buses", "data": "3 2.5"}, "data: “2.5” cannot be an observation"),
        ("updating", {"scene": "scale", "data": "1e300"}, "data: “1e300” cannot be an observation"),
        ("updating", {"scene": "voters", "points": "20"}, "points: 20 is not one of 1000"),
        ("ridge", {"scene": "diabetes", "view": "fit"}, "view: fit is not drawn"),
        ("ridge", {"family": "laplace", "view": "error"}, "view: error is not drawn"),
        ("ridge", {"scene": "diabetes", "points": "8"}, "points: 8 is not one of 20"),
        ("theorem", {"scene": "iris", "pw": "9"}, "pw: 9 is outside 0.1 to 2.6"),
        ("theorem", {"scene": "fog", "a": "y" * 25}, "a: “" + "y" * 25 + "” has 25 letters"),
    ],
)
def test_what_a_scene_cannot_take_gives_way(name, params, note):
    app = page(name, **params)
    kept = {field: value for field, value in params.items() if field in ("scene", "family")}
    scene = kept.pop("scene", FIRST[name].scene)
    assert now(app) == STARTS[name](scene, **kept)
    assert memory(app).notes[0].startswith(note)
    assert note in shown(app)


def test_two_bad_fields_are_both_named_and_the_good_one_stays():
    app = page("updating", centre="x", level="7", worth="200")
    assert [note.split(":")[0] for note in memory(app).notes] == ["centre", "level"]
    assert now(app) == UpdatingSettings.at_start("coin", worth=200.0)


@pytest.mark.parametrize("name", ['{" onclick="alert(1)" x', "<img src=x onerror=a()>", "{answer}", '"""', "a\\"])
def test_an_events_name_is_words_and_nothing_else(name):
    from pages.bayes._theorem.code import script
    from pages.bayes._theorem.views_events import formula

    app = page("theorem", scene="fog", a=name, pAB="0.7", given="A,A and B")
    assert now(app).a == name
    assert "<img" not in shown(app)
    home, made = formula("fog", "rain"), formula(now(app).a, now(app).b)
    assert re.findall(r"<[^>]*>", made) == re.findall(r"<[^>]*>", home)
    for handle in theorem.LESSON.handles(now(app)):
        asked = {node.name for node in parse(handle.sentence) if node.kind != "text"}
        assert asked == {"value", "asked", "said.answer", "state"}
        assert "<img" not in handle.sentence
    compile(script(now(app)), "script", "exec")


# ------------------------------------------------------------------------------------------ Bayes' theorem: a test
def test_results_come_one_by_one_and_go_again():
    app = page("theorem", view="again", reveal="1")
    for label, results in (("Test: positive", "++"), ("Test: negative", "++-"), ("Undo", "++"), ("Start over", "")):
        press(app, label)
        assert now(app).results == results
    assert {b.label: b.disabled for b in app.button}["Undo"]
    for _ in range(8):
        press(app, "Test: positive")
    assert now(app).results == "+" * 8
    assert {b.label: b.disabled for b in app.button}["Test: positive"]


@pytest.mark.parametrize("spelled", ["+-+", " - ", "+−+"])
def test_a_plus_may_arrive_as_a_space(spelled):
    assert now(page("theorem", view="again", results=spelled)).results == "+-+"


@pytest.mark.parametrize(
    ("sensitivity", "specificity", "results"), [("0", "0.904", "+"), ("1", "1", "+-"), ("0", "1", "++")]
)
def test_results_that_cannot_happen_are_shown_as_a_gap(sensitivity, specificity, results):
    asked = {"view": "again", "sensitivity": sensitivity, "specificity": specificity, "results": results, "reveal": "1"}
    found = now(page("theorem", **asked))
    answer = film_words(found)["answer"]
    assert answer == ("–" if specificity == "1" else "0 %")


def test_a_reveal_through_the_link_says_what_was_guessed():
    app = page("theorem", reveal="1", guess="30")
    told = film_words(now(app))
    assert told["guess.verdict"] == "You said 30\xa0%. Here it is 7.8 %: too high by 22 points."  # 30 - 800/10304 %
    assert told["answer.words"] == "8 of 103 positive are ill: 95 of 103 alarms are false."
    assert decoded(theorem.LESSON.film(now(app), "prevalence"), "guess") == 0.3


def test_guessing_again_hides_the_answer():
    app = press(page("theorem", guess="30", view="curve", live="0"), "Guess again")
    assert now(app).asks
    assert film_words(now(app))["answer"] == "?"


def test_before_the_reveal_the_films_hold_no_answer():
    found = now(page("theorem"))
    assert found.asks
    for handle in found.handles:
        film = theorem.LESSON.film(found, handle)
        told = film.words
        assert told["answer"] == ("?",)
        assert told["answer.words"] == ("",)
        assert told["odds.after"] == told["odds.bf"] == ("?",)
        open_words = {"value", "badge", "alt", "odds.prior", "before", "crowd"}
        for name, texts in told.items():
            if name not in open_words:
                assert not any(re.search(r"\d", text) for text in texts), name
        at = told["alt"][min(found.home()[handle], len(told["alt"]) - 1)]
        assert at == "Before the test 10 of 1,000 women are ill. The answer hides until you guess."
        people = decoded(film, "people")
        assert (people[:, [0, 2]] == 0).all()
        assert np.isnan(decoded(film, "answer.share")).all()


def decoded(film, name: str) -> np.ndarray:
    return film.numbers[name]


@pytest.mark.parametrize("scene", theorem_scenes.TESTS)
@pytest.mark.parametrize("view", theorem_settings.VIEWS)
def test_no_view_and_no_try_gives_the_answer_away_before_a_guess(scene, view):
    app = page("theorem", scene=scene, view=view)
    assert now(app).asks
    assert film_words(now(app))["answer"] == "?"
    assert not [c for c in app.button_group if c.key == "theorem.view"]
    [button] = [b for b in app.button if b.key == "try.1"]
    sound(button.click().run())
    assert (now(app).asks, now(app).view) == (True, "again")
    assert film_words(now(app))["answer"] == "?"


def test_whoever_guessed_is_not_asked_again_by_a_try_of_the_same_scene():
    app = page("theorem", reveal="1", guess="30")
    [button] = [b for b in app.button if b.key == "try.1"]
    sound(button.click().run())
    assert (now(app).reveal, now(app).guess, now(app).results) == (True, "30", "++")
    there = pick(app, "theorem.scene", "spam")
    assert now(there).asks


def test_what_is_asked_is_what_the_view_will_answer():
    def asked(settings: TestSettings) -> str:
        return theorem.LESSON.picture(settings).panels[0]["words"]

    assert asked(TestSettings.at_start("mammography")).startswith("One of these women tests positive.")
    several = asked(TestSettings.at_start("airport", view="again", results="+-"))
    assert several == "The results are, one after another: alarm, no alarm. How likely is “armed” now?"


def test_without_the_live_chart_an_empty_field_asks_for_the_guess():
    app = page("theorem", live="0")
    [field] = app.number_input
    assert field.value is None
    press(app, "Reveal")
    assert now(app).asks  # nothing was guessed
    assert "7.8 %" not in shown(app)
    app.number_input[0].set_value(70)
    press(app, "Reveal")
    assert (now(app).guess, now(app).reveal) == ("70", True)
    assert "You said 70\xa0%. Here it is 7.8 %" in shown(app)
    unsure = press(page("theorem", live="0"), "Show me")
    assert (now(unsure).guess, now(unsure).reveal) == ("-", True)
    assert "7.8 %" in shown(unsure)


@pytest.mark.parametrize(
    ("params", "drawn"),
    [({"reveal": "1"}, [8, 2, 95, 895]), ({}, [0, 10, 0, 990]), ({"scene": "fog"}, [5, 5, 5, 5])],
)
def test_without_the_live_chart_stages_are_charts(params, drawn):
    [chart] = page("theorem", live="0", **params).get("plotly_chart")
    figure = json.loads(chart.proto.spec)
    assert [len(as_json(trace["x"])) for trace in figure["data"]] == drawn
    assert all(trace["showlegend"] and trace["name"] for trace in figure["data"])


@pytest.mark.parametrize("name", FILES)
def test_without_the_live_chart_every_handle_is_a_slider(name):
    app = page(name, live="0", **({"reveal": "1"} if name == "theorem" else {}))
    assert len(app.select_slider) == len(now(app).handles)
    handle = now(app).handles[0]
    [slider] = [s for s in app.select_slider if s.key == f"{name}.plain.{handle}"]
    top = float(now(app).positions(handle)[-1])
    sound(slider.set_value(top).run())
    assert getattr(now(app), handle) == top


# -------------------------------------------------------------------------------------------- Bayes' theorem: events
@pytest.mark.parametrize(
    ("text", "value"), [("1/3", 1 / 3), ("20 %", 0.2), ("1 in 7", 1 / 7), ("0.123456789", 0.123456789), ("1", 1.0)]
)
def test_exact_probabilities_may_be_typed(text, value):
    app = write(page("theorem", scene="fog"), "theorem.typed.pA", text)
    assert now(app).pA == value
    assert value in now(app).positions("pA")
    assert not app.error


@pytest.mark.parametrize("text", ["1/0", "2", "half", "-1", "<b>1</b>"])
def test_a_probability_that_is_none_stays_in_its_box_with_the_reason(text):
    app = write(page("theorem", scene="fog"), "theorem.typed.pA", text)
    assert now(app) == EventSettings.at_start("fog")
    assert box(app, "theorem.typed.pA") == text
    assert text in app.error[0].value
    write(app, "theorem.typed.pA", "0.25")
    assert now(app).pA == 0.25
    assert not app.error


def test_events_may_be_named():
    app = write(page("theorem", scene="fog"), "theorem.typed.a", "  a  strike ")
    assert now(app).a == "a strike"
    assert "P(a strike)" in [text.label for text in app.text_input]


INCOHERENT = [
    {"given": "A,A and B", "pA": "0.5", "pAB": "0.7"},
    {"given": "A,B,A and B", "pA": "0.9", "pB": "0.9", "pAB": "0.1"},
    {"given": "A,A and B,B|A", "pA": "1/3", "pBA": "1/2", "pAB": "0.3"},
    {"given": "A,B,B|A", "pA": "2/3", "pB": "1/7", "pBA": "0.9"},
]


@pytest.mark.parametrize("asked", INCOHERENT)
def test_a_contradiction_is_named_and_every_button_mends_it(asked):
    app = page("theorem", scene="fog", **asked)
    with pytest.raises(Incoherent) as told:
        events(now(app).known())
    assert "These numbers contradict each other" in shown(app)
    remedies = [b.label for b in app.button if b.label.startswith("Set P(")]
    assert len(remedies) == len(told.value.nearest) >= 1
    for label in remedies:
        mended = press(page("theorem", scene="fog", **asked), label)
        events(now(mended).known())
        assert "These numbers contradict" not in shown(mended)
        events(now(follow(mended)).known())


def test_a_condition_that_cannot_happen_is_named():
    app = page("theorem", scene="fog", given="A,B|A", pA="0")
    assert "asks about A, which is impossible here" in shown(app)


def test_more_and_fewer_things_may_be_known():
    app = page("theorem", scene="fog")
    [pills] = [c for c in app.button_group if c.key == "theorem.given"]
    sound(pills.set_value(["A", "B|A"]).run())
    assert now(app).quantities == ("A", "B|A")
    [pills] = [c for c in app.button_group if c.key == "theorem.given"]
    sound(pills.set_value(["A", "B|A", "B|not A"]).run())
    assert now(app).handles == ("pA", "pBA", "pBnA")
    events(now(app).known())
    [pills] = [c for c in app.button_group if c.key == "theorem.given"]
    sound(pills.set_value([]).run())
    assert now(app).quantities == ("A", "B|A", "B|not A")


def test_a_fifth_given_replaces_an_older_one():
    app = page("theorem", scene="fog", given="A,B,A and B,B|A", pB="0.3", pAB="0.1")
    [pills] = [c for c in app.button_group if c.key == "theorem.given"]
    sound(pills.set_value(["A", "B", "A and B", "B|A", "A|not B"]).run())
    assert len(now(app).quantities) == 4
    assert "A|not B" in now(app).quantities


def test_exact_fractions_travel_in_the_link_without_a_contradiction():
    """1/3, 1/2 and 1/6 agree; nine digits of them do not."""
    asked = {"scene": "fog", "given": "A,A and B,B|A", "pA": "1/3", "pBA": "1/2", "pAB": "1/6"}
    app = page("theorem", **asked)
    assert "These numbers contradict" not in shown(app)
    again = follow(app)
    assert now(again) == now(app)
    assert "These numbers contradict" not in shown(again)


# -------------------------------------------------------------------------------------------- Bayes' theorem: clues
@pytest.mark.parametrize("copies", theorem_settings.COPIES)
def test_a_clue_may_be_counted_often(copies):
    app = pick(page("theorem", scene="iris", copies="2"), "theorem.copies", copies)
    assert now(app) == ClueSettings.at_start("iris", copies=copies)
    assert "On flowers it has not seen (10 folds)" in shown(app)


# ------------------------------------------------------------------------------------------------ updating beliefs
def test_heads_and_tails_are_added_to_what_was_seen():
    app = page("updating")
    seen = "".join(written(now(app).story, now(app).values()[:6]))
    press(app, "+ heads")
    assert (now(app).data, now(app).seen) == (f"{seen}H", 7.0)
    press(app, "+ tails")
    assert (now(app).data, now(app).seen) == (f"{seen}HT", 8.0)
    assert box(app, "updating.typed.data") == f"{seen}HT"


def test_adding_goes_on_from_where_the_handle_stands():
    app = press(page("updating", data="HHTHT", seen="2"), "+ tails")
    assert (now(app).data, now(app).seen) == ("HHT", 3.0)


def test_a_typed_sequence_gives_its_own_posterior():
    app = write(page("updating"), "updating.typed.data", "HHTHT")
    found = now(app)
    assert (found.data, found.seen, found.truth) == ("HHTHT", 5.0, None)
    after = found.prior().learn(found.seen_now())
    assert (float(after.a), float(after.b)) == (5 + 3, 5 + 2)


@pytest.mark.parametrize(
    ("scene", "text", "named"),
    [("coin", "HHXHT", "X"), ("coin", "1e9", "E"), ("scale", "72 heavy", "heavy"), ("buses", "3 -1", "-1")],
)
def test_data_that_cannot_be_read_stay_in_the_box_and_change_nothing(scene, text, named):
    app = write(page("updating", scene=scene), "updating.typed.data", text)
    assert app.error[0].value.startswith(f"“{named}” ")
    assert box(app, "updating.typed.data") == text
    assert now(app) == UpdatingSettings.at_start(scene)
    write(app, "updating.typed.data", "")
    assert not app.error


@pytest.mark.parametrize(
    ("scene", "text", "values"),
    [
        ("scale", "71,2 70,8", [71.2, 70.8]),
        ("scale", "71,2; 70,8, 72", [71.2, 70.8, 72.0]),
        ("scale", "71.2,70.8", [71.2, 70.8]),
        ("scale", "71, 72, 73", [71.0, 72.0, 73.0]),
        ("scale", "71,72,73", [71.0, 72.0, 73.0]),
        ("scale", "−71,5 70", [-71.5, 70.0]),
        ("buses", "3,0,5,2", [3.0, 0.0, 5.0, 2.0]),
        ("voters", "YYN", [1.0, 1.0, 0.0]),
    ],
)
def test_commas_are_understood_where_they_can_be(scene, text, values):
    app = write(page("updating", scene=scene), "updating.typed.data", text)
    assert not app.error
    assert now(app).values().tolist() == values


@pytest.mark.parametrize(
    ("scene", "text", "says"),
    [
        ("scale", "71,2", "“71,2” may be one number or two: write 71.2, or 71 2"),
        ("scale", "71,2 70.8", "“71,2” may be one number or two"),
        ("scale", "1,2,3 4,5", "“4,5” may be one number or two"),
        ("buses", "1,000 2", "“1,000” may be one count or several: write 1000, or spaces between"),
    ],
)
def test_a_comma_that_may_mean_two_things_is_refused(scene, text, says):
    app = write(page("updating", scene=scene), "updating.typed.data", text)
    assert app.error[0].value.startswith(says)
    assert now(app) == UpdatingSettings.at_start(scene)


def test_voters_say_yes_and_no():
    app = page("updating", scene="voters", data="YYNY", seen="4")
    told, at = updating.LESSON.film(now(app), "seen").words, now(app).home()["seen"]
    assert told["strip"][at] == "YYNY"
    press(app, "+ no")
    assert now(app).data == "YYNYN"


@pytest.mark.parametrize(("heads", "tails"), [(520, 480), (600_000_000, 400_000_000), (0, 0), (1, 0)])
@pytest.mark.parametrize("view", ["belief", "predict"])
def test_counts_may_be_typed(heads, tails, view):
    app = write(page("updating", view=view), "updating.typed.data", f"{heads}:{tails}")
    found = now(app)
    assert found.counted == (heads, tails)
    assert (found.handles, found.view, found.close) == (("centre", "worth"), view, True)
    after = found.prior().learn(found.seen_now())
    assert (float(after.a), float(after.b)) == (5 + heads, 5 + tails)
    assert now(follow(app)) == found


@pytest.mark.parametrize("view", ["evidence", "order"])
def test_counts_have_no_order_so_the_view_gives_way(view):
    app = write(page("updating", view=view), "updating.typed.data", "520:480")
    assert now(app).view == "belief"
    linked = page("updating", view=view, data="520:480")
    assert now(linked).view == "belief"
    assert memory(linked).notes[0].startswith(f"view: {view} ")


@pytest.mark.parametrize("view", updating_settings.VIEWS)
@pytest.mark.parametrize(("scene", "data"), [("scale", "72.1 -1e9 1e9"), ("buses", "3 1000000000 0"), ("scale", "5")])
def test_typed_numbers_of_any_size_are_drawn(view, scene, data):
    found = now(page("updating", scene=scene, data=data, view=view))
    assert len(found.values()) == len(data.split())


def test_typed_data_end_with_new_data():
    app = press(page("updating", data="HHTHT"), "New data")
    assert (now(app).data, now(app).seed) == ("", UpdatingSettings.at_start("coin").seed + 1)


@pytest.mark.parametrize(
    ("field", "value"),
    [("view", "order"), ("level", 0.5), ("how", "hdi"), ("close", True), ("points", 1000)],
)
def test_the_choices_of_the_updating_page(field, value):
    app = pick(page("updating"), f"updating.{field}", value)
    assert now(app) == UpdatingSettings.at_start("coin", **{field: value})
    assert now(follow(app)) == now(app)


def test_level_and_kind_of_interval_stay_when_the_scene_changes():
    app = pick(page("updating", level="0.5", how="hdi", data="HHH", worth="200"), "updating.scene", "buses")
    assert now(app) == UpdatingSettings.at_start("buses", level=0.5, how="hdi")


# --------------------------------------------------------------------------------------------------- MAP is ridge
@pytest.mark.parametrize(
    ("field", "value"),
    [("view", "bowl"), ("family", "laplace"), ("points", 8), ("loud", 4.0)],
)
def test_the_choices_of_the_ridge_page(field, value):
    app = pick(page("ridge"), f"ridge.{field}", value)
    assert now(app) == RidgeSettings.at_start("day", **{field: value})
    assert now(follow(app)) == now(app)


def test_a_view_that_the_lasso_lacks_gives_way():
    app = pick(page("ridge", view="error"), "ridge.family", "laplace")
    assert (now(app).family, now(app).view) == ("laplace", "fit")
    assert "Sample the posterior" in [b.label for b in app.button]


def test_other_patients_are_another_seed():
    app = press(page("ridge", scene="diabetes"), "Other patients")
    assert now(app).seed == 2
    assert not [c for c in app.button_group if c.key == "ridge.loud"]


def test_the_posterior_is_sampled_on_request():
    app = press(page("ridge", scene="diabetes", family="laplace", points="20"), "Sample the posterior")
    assert now(app).sample
    assert store().get(now(app).question()) is not None
    assert any("Posterior by NUTS, sampled" in caption.value for caption in app.caption)
    assert "Sample the posterior" not in [b.label for b in app.button]


def test_a_posterior_without_an_answer_says_so_and_the_page_goes_on(monkeypatch):
    def refuse(*_args, **_more):
        raise ValueError("y reaches 1e+300: give y in other units")
        yield

    monkeypatch.setattr(work, "answer_steps", refuse)
    app = page("ridge", family="laplace", sample="1", seed="77")
    assert app.error[0].value == "NUTS has no answer here. y reaches 1e+300: give y in other units"
    assert app.expander


# ------------------------------------------------------------------------------------------------ what all pages do
TRIES = [("theorem", scene) for scene in ("mammography", "rare", "fog", "iris")] + [
    ("updating", "coin"),
    ("ridge", "strong"),
]


@pytest.mark.parametrize(("name", "scene"), TRIES)
@pytest.mark.parametrize("number", range(4))
def test_every_try_this_leads_somewhere(name, scene, number, monkeypatch):
    monkeypatch.setattr(ridge_look, "growing", lambda *_: iter(()))  # the sampling itself has its own test
    app = page(name, scene=scene)
    before = now(app)
    [button] = [b for b in app.button if b.key == f"try.{number}"]
    sound(button.click().run())
    assert now(app) != before
    assert now(follow(app)) == now(app)


@pytest.mark.parametrize(
    ("name", "params", "keys"),
    [
        ("theorem", {"reveal": "1"}, ["theorem.view", "theorem.scene"]),
        ("theorem", {"reveal": "1", "view": "unsure"}, ["theorem.assumed"]),
        ("theorem", {"scene": "fog"}, ["theorem.given", "theorem.scene"]),
        ("theorem", {"scene": "iris"}, ["theorem.copies", "theorem.scene"]),
        ("updating", {}, ["updating.view", "updating.level", "updating.how", "updating.points", "updating.scene"]),
        ("ridge", {}, ["ridge.view", "ridge.family", "ridge.points", "ridge.loud", "ridge.scene"]),
    ],
)
def test_locked_controls_are_disabled(name, params, keys):
    for key in keys:
        field = key.split(".")[1]
        state = {c.key: c.disabled for c in page(name, lock=field, **params).button_group}
        assert [k for k, off in state.items() if off] == [key]
    assert all(c.disabled for c in page(name, lock="all", **params).button_group)


@pytest.mark.parametrize(
    ("name", "params", "labels"),
    [
        (
            "theorem",
            {"view": "again", "reveal": "1", "lock": "results"},
            {"Test: positive", "Test: negative", "Undo", "Start over"},
        ),
        (
            "theorem",
            {"scene": "fog", "given": "A,A and B", "pAB": "0.7", "lock": "pAB"},
            {"Set P(fog and rain) to 50 %"},
        ),
        ("updating", {"lock": "data"}, {"+ heads", "+ tails"}),
        ("updating", {"lock": "seed"}, {"New data"}),
        ("ridge", {"family": "laplace", "lock": "sample"}, {"Sample the posterior"}),
    ],
)
def test_a_lock_also_stops_the_buttons(name, params, labels):
    barred = {b.label for b in page(name, **params).button if b.disabled and not (b.key or "").startswith("try.")}
    assert barred == labels  # which tries a lock bars: test_locks.py


@pytest.mark.parametrize(("name", "scene"), EVERY_SCENE)
def test_presenting_leaves_out_what_is_below(name, scene):
    app = page(name, scene=scene, present="1")
    assert now(app).scene == scene
    assert "Share this view" not in [e.label for e in app.expander]
    assert not [b for b in app.button if b.key and b.key.startswith("try.")]
    assert app.button_group[0].key == f"{name}.scene"  # the others are behind a button


# ----------------------------------------------------------------------------------------------------- random links
def _anywhere(draw, start):
    places = {handle: start.positions(handle) for handle in start.handles}
    moved = {handle: float(draw(some.sampled_from(list(values)))) for handle, values in places.items()}
    return replace(start, **moved).in_range()


@some.composite
def theorems(draw):
    scene = draw(some.sampled_from(SCENES["theorem"]))
    if scene == "fog":
        known = draw(some.sets(some.sampled_from(list(theorem_scenes.GIVEN)), min_size=1, max_size=4))
        ordered = ",".join(q for q in theorem_scenes.GIVEN if q in known)
        name = some.text(min_size=1, max_size=24).map(lambda t: " ".join(t.split())).filter(bool)
        typed = {field: draw(some.floats(0, 1)) for field in theorem_scenes.GIVEN.values()}
        return EventSettings.at_start(scene, given=ordered, a=draw(name), b=draw(name), **typed)
    if scene == "iris":
        return _anywhere(draw, ClueSettings.at_start(scene, copies=draw(some.sampled_from(theorem_settings.COPIES))))
    view = draw(some.sampled_from(list(theorem_settings.VIEWS)))
    revealed = draw(some.booleans())  # a guess reveals
    more = {"guess": str(draw(some.integers(0, 100))) if revealed and draw(some.booleans()) else "", "reveal": revealed}
    results = draw(some.text("+-", max_size=theorem_settings.MOST_TESTS))
    return _anywhere(draw, TestSettings.at_start(scene, view=view, results=results, **more))


@some.composite
def updatings(draw):
    scene = draw(some.sampled_from(SCENES["updating"]))
    spec = updating_settings.SCENES[scene].story
    flips = some.one_of(some.text("HT", min_size=1, max_size=400), some.just("520:480"))
    numbers = some.lists(some.integers(0, 10**9), min_size=1, max_size=30).map(lambda v: " ".join(map(str, v)))
    data = draw(some.one_of(some.just(""), flips if spec.family == "beta" else numbers))
    views = [v for v in updating_settings.VIEWS if ":" not in data or v not in ("evidence", "order")]
    changes = {
        "points": draw(some.sampled_from(spec.sizes)),
        "seed": draw(some.integers(0, 2**32 - 1)),
        "view": draw(some.sampled_from(views)),
        "level": draw(some.sampled_from(updating_settings.LEVELS)),
        "how": draw(some.sampled_from(list(updating_settings.HOWS))),
        "close": draw(some.booleans()),
        "data": data,
    }
    return _anywhere(draw, UpdatingSettings.at_start(scene, **changes))


@some.composite
def ridges(draw):
    scene = draw(some.sampled_from(SCENES["ridge"]))
    family = draw(some.sampled_from(list(ridge_settings.FAMILIES)))
    start = RidgeSettings.at_start(scene, family=family)
    changes = {
        "points": draw(some.sampled_from(start.spec.story.sizes)),
        "seed": draw(some.integers(0, 2**31)),
        "loud": draw(some.sampled_from(list(ridge_settings.LOUD))),
        "sample": draw(some.booleans()),
        "view": draw(some.sampled_from(start.views)),
    }
    return _anywhere(draw, replace(start, **changes))


def returned(name: str, found):
    asked = {field: ROOMS[name].parsers[field](unquote(quote(text))) for field, text in found.link().items()}
    notes: list[str] = []
    back = ROOMS[name].from_link(asked, notes)
    assert notes == []
    assert back.link() == found.link()
    return back


@settings(max_examples=40, deadline=None)
@given(theorems())
def test_any_theorem_comes_back_from_its_link(found):
    assert returned("theorem", found) == found


@settings(max_examples=40, deadline=None)
@given(updatings())
def test_any_update_comes_back_from_its_link(found):
    assert returned("updating", found) == found


@settings(max_examples=40, deadline=None)
@given(ridges())
def test_any_ridge_comes_back_from_its_link(found):
    assert returned("ridge", found) == found


@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("theorem", {"scene": "spam", "view": "unsure", "studied": "1000", "prevalence": "0.2"}),
        ("theorem", {"scene": "fog", "a": "a & b", "given": "A,B", "pA": "1/3"}),
        ("updating", {"scene": "scale", "data": "72.123456789 -71", "view": "order", "level": "0.5"}),
        ("ridge", {"scene": "diabetes", "view": "paths", "seed": "5", "width": "3"}),
    ],
)
def test_the_address_restores_the_page(name, params):
    app = page(name, **params)
    assert not memory(app).notes
    assert now(follow(app)) == now(app)
