"""Tours: what one is, how it travels in a link and in a file, and what becomes of one that anybody made."""

from __future__ import annotations

import base64
import json
import zlib

import pytest
from apps import open_app, sound
from hypothesis import given, settings
from hypothesis import strategies as st

from app import CONTENTS
from pages._ui import thread
from pages._ui.tour import bar
from pages._ui.tour.carrying import LARGEST, LONGEST_LINK, from_file, from_link, to_file, to_link
from pages._ui.tour.desk import answered, example
from pages._ui.tour.nouns import MOST, NOTE, QUERY, TITLE, Step, Tour
from pages._ui.tour.saying import said, titles

PAGES = ("theorem", "posterior")
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>"

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
query = st.dictionaries(st.from_regex("[a-z]{1,8}", fullmatch=True), text, max_size=4).map(
    lambda said: "&".join(f"{name}={base64.urlsafe_b64encode(value.encode()).decode()}" for name, value in said.items())
)
steps = st.builds(Step, st.sampled_from(PAGES), query, text, text)
tours = st.builds(Tour, text, st.lists(steps, min_size=1, max_size=MOST).map(tuple))


def packed(told: object) -> str:
    return "1." + base64.urlsafe_b64encode(zlib.compress(json.dumps(told).encode())).decode().rstrip("=")


@settings(max_examples=30, deadline=None)
@given(tours)
def test_a_link_and_a_file_give_back_exactly_what_was_put_in(tour):
    assert from_link(to_link(tour), PAGES) == tour
    assert from_file(to_file(tour), PAGES) == tour
    assert from_file(to_file(tour).encode("utf-8-sig"), PAGES) == tour


@settings(max_examples=40, deadline=None)
@given(tours.map(to_link), st.data())
def test_a_link_that_was_cut_or_changed_is_refused_in_words_or_says_the_same(link, data):
    at = data.draw(st.integers(0, len(link) - 1))
    sign = data.draw(st.sampled_from("aZ9-_.=<% "))
    for broken in (link[:at], link[:at] + sign + link[at + 1 :], link + sign):
        again, why = read_or_why(broken)
        # the last sign holds bits that mean nothing
        assert again == from_link(link, PAGES) if again else 20 < len(why) < 200


def read_or_why(link: str) -> tuple[Tour | None, str]:
    try:
        return from_link(link, PAGES), ""
    except ValueError as error:
        return None, str(error)


NAMES = st.sampled_from(["tour", "title", "steps", "page", "query", "note"])
plain = st.none() | st.booleans() | st.integers() | text
anything = st.recursive(plain, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=5))


@settings(max_examples=60, deadline=None)
@given(anything)
def test_whatever_else_a_file_or_a_link_holds_is_refused_in_words(told):
    for read in (lambda: from_file(json.dumps(told), PAGES), lambda: from_link(packed(told), PAGES)):
        with pytest.raises(ValueError, match=r".{20}"):
            read()


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: from_link("", PAGES), "no tour"),
        (lambda: from_link("2.abc", PAGES), "version 2.* reads 1"),
        (lambda: from_link("1.ab<c", PAGES), "“<”.*copy the whole link"),
        (lambda: from_link("1." + "a" * (LONGEST_LINK + 1), PAGES), "7,001 signs.*7,000.*file"),
        (lambda: from_link("1.eJyrVg", PAGES), "not whole"),
        (lambda: from_link(packed(["", [["nowhere", "", "", ""]]]), PAGES), "step 1: “nowhere”.*theorem, posterior"),
        (lambda: from_link(packed(["", []]), PAGES), "without steps"),
        (lambda: from_link(packed(["", [["theorem"]] * (MOST + 1)]), PAGES), "31 steps.*30"),
        (lambda: Step("theorem", note="x" * (NOTE + 1)), "note of 601 signs.*600"),
        (lambda: Step("theorem", title="x" * (TITLE + 1)), "title of 121 signs.*120"),
        (lambda: Step("theorem", "x" * (QUERY + 1)), "query of 6,001 signs.*6,000"),
        (lambda: Step("theorem", "a=1&embed=true"), "embed.*leave it out"),
        (lambda: Step("theorem", "a=1 #b"), "share sheet"),
        (lambda: Step("theorem", note="\ud800"), "half a sign"),
        (lambda: Step("theorem", note=3), "3 is not text"),
        (lambda: from_file(b"\xff\xfe", PAGES), "UTF-8"),
        (lambda: from_file("[" * 100_000, PAGES), "not the JSON"),
        (lambda: from_file(" " * (LARGEST + 1), PAGES), "2,000,001 signs"),
        (lambda: from_file('{"tour": 7, "title": "", "steps": []}', PAGES), "version 7"),
        (lambda: from_file('{"tour": 1, "title": "", "steps": [{"note": "a"}]}', PAGES), "step 1 names no page"),
    ],
)
def test_what_a_tour_cannot_be_is_named_with_the_rule_and_the_remedy(make, says):
    with pytest.raises(ValueError, match=says):
        make()


def test_a_link_that_unpacks_to_very_much_is_not_unpacked():
    bomb = "1." + base64.urlsafe_b64encode(zlib.compress(b"[" + b" " * 3_000_000)).decode().rstrip("=")
    assert len(bomb) < LONGEST_LINK
    with pytest.raises(ValueError, match="unpacks to more than"):
        from_link(bomb, PAGES)


def test_a_full_tour_in_plain_words_goes_into_a_link():
    note = "What does the band say here, and what does it not say? Look at the left edge, then drag the handle."
    full = Tour(
        "A long afternoon", tuple(Step("posterior", f"width={n}&seed={n}", f"{n}: {note}") for n in range(MOST))
    )
    assert len(to_link(full)) < 2_000


# -------------------------------------------------------------------------------------------------- on the pages
@pytest.fixture(autouse=True)
def _laid():
    thread.lay(CONTENTS)


def told(app) -> dict:
    """Return what the page of tours tells its browser."""
    sent = [one.proto for one in app.get("bidi_component")]
    return next(json.loads(one.bytes) for one in sent if one.component_name.endswith("desk"))


def test_the_example_opens_here_and_says_what_each_step_shows():
    tour = from_file(example(), titles())
    assert 6 <= len(tour.steps) <= 8
    assert [notes for _, notes in map(said, tour.steps) if notes] == []
    assert said(tour.steps[1])[0] == "A bent coin: data seen 0"


def test_a_step_says_what_it_asks_for_in_vain():
    shown, notes = said(Step("posterior", "scene=stubborn&width=many&level=0.8"))
    assert shown.startswith("A stubborn prior: ")
    assert "80 %" in shown
    assert notes == ("width: “many” is not a number",)
    assert said(Step("posterior", "scene=yours&rows=abc"))[0] == "Data of one’s own"


def test_python_answers_with_a_link_or_says_why_there_is_none():
    tour = Tour("T", (Step("posterior", "scene=stubborn", SCRIPT),))
    answer = answered({"n": 7, "text": to_file(tour)})
    assert (answer["n"], answer["trouble"]) == (7, "")
    assert from_link(answer["token"], titles()) == tour
    for wrong in ({"n": 8, "text": "{}"}, {"n": 8, "text": to_file(Tour("", (Step("nowhere"),)))}, {"n": 8}, None, 3):
        refused = answered(wrong)
        assert refused["token"] == ""
        assert refused["trouble"]


def test_the_page_opens_with_the_tour_of_its_address_or_says_why_it_cannot():
    tour = Tour(SCRIPT, (Step("posterior", "scene=stubborn", SCRIPT), Step("theorem")))
    page = told(open_app("start/tour", steps=to_link(tour)))
    assert from_file(page["arrived"]["file"], titles()) == tour
    app = open_app("start/tour", steps="1.<b>")
    assert told(app)["arrived"] is None
    assert any("“&lt;” is no sign" in one.proto.body for one in app.get("html"))
    assert not any("<b>”" in one.proto.body for one in app.get("html"))


def test_without_our_javascript_a_tour_is_a_list_of_links():
    tour = Tour("**T**", (Step("posterior", "scene=stubborn", SCRIPT, "[a](b)"), Step("theorem", "", "second")))
    app = open_app("start/tour", steps=to_link(tour), live="0")
    links = [(one.proto.label, one.proto.page, one.proto.query_string) for one in app.get("page_link")]
    assert links[0] == (r"1\. \[a\]\(b\)".replace(r"1\.", "1."), "posterior", "scene=stubborn&live=0")
    assert [one.value for one in app.text] == [SCRIPT, "second"]
    assert app.subheader[0].value == r"\*\*T\*\*"


@pytest.fixture
def go(monkeypatch):
    """Return a function that says once where the browser's bar wants to go, and runs the app."""
    asked: list[dict] = []
    monkeypatch.setattr(bar, "_bar", lambda **_: {"go": asked.pop() if asked else None})

    def now(app, page: str, query: str = "", present: bool = False) -> dict[str, str]:
        asked.append({"page": page, "query": query, "present": present, "n": 1})
        sound(app.run())
        return dict(app.query_params)

    return now


def test_a_step_opens_exactly_its_view_whatever_the_session_left_there(go):
    app = open_app("linear/posterior", scene="stubborn", lock="width", present="1")
    assert go(app, "updating", "seen=3&hide=truth") == {"present": "1", "seen": "3", "hide": "truth"}
    assert go(app, "posterior") == {"present": "1"}  # neither the lock of before, nor the scene that was left here
    assert app.session_state["memory.linear"].settings.scene == "five"
    assert go(app, "posterior", "scene=houses&lock=all") == {"present": "1", "scene": "houses", "lock": "all"}
    assert "is not one of" in notes_of(go_and(app, go, "posterior", "lock=no+such"))


def go_and(app, go, *asked):
    go(app, *asked)
    return app


def notes_of(app) -> str:
    return " ".join(html.proto.body for html in app.get("html") if "linknote" in html.proto.body)


def test_what_is_no_page_of_a_tour_is_not_gone_to(go):
    app = open_app("linear/posterior", scene="stubborn")
    for page, query in (("nowhere", ""), ("posterior", "embed=true"), ("../app", ""), ("home", "")):
        assert go(app, page, query) == {"scene": "stubborn"}
    assert go(app, "tour", present=True) == {}
    assert go(app, "posterior", "scene=houses", present=True) == {"present": "1", "scene": "houses"}
