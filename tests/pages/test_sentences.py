"""Every sentence of every view: rendered as the browser renders it, after every change, and held to its numbers.

A view tells nothing but what its words say, before and after: no slot is open, no number missing, nothing that stays is
told as a change, and a claim of a direction stands only inside a condition on its number (pages/_ui/sentences.py).
"""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as some
from lessons import LESSONS, VIEWS, seen_as

from pages._ui import sentences
from pages._ui.fields import Choice, Fresh, Handle, Typed, fields_of
from pages._ui.sentences import Node, bare, parse, render
from pages._ui.telling import Speaker, Told, handle_sentence, sentence, view_opening, waits, words_at
from pages._ui.words import words
from pages._ui.work.courier import first_of

pytestmark = pytest.mark.usefixtures("hasty")
DIRECTION = re.compile(
    r"\b(wid|narrow|larg|small|high|low|bigg|great|strong|weak|few|loos|tight|clos|sur|long|short|steep|flatt)(er|ers)\b"
    r"|\b(more|less|fewer|up|down|rises?|rose|falls?|fell|grows?|grew|shrinks?|shrank|drops?|gains?|loses?|better|worse|"
    r"widens?|narrows?|increase[sd]?|decrease[sd]?|doubles?|halves?)\b",
    re.IGNORECASE,
)
FAULTS = {
    "an open slot": r"[{}]",
    "a dash where a number belongs": r"(^|[\s(])[–—-]([\s.;,:)]|$)",
    "no number": r"(?i)\bnan\b|\binf\b|\bNone\b",
    "doubled punctuation": r"  |[;,:]\s*[;.,:]|\.\.(?!\.)|\s[.;,:]|→\s*[.;,:]|[;,:]$|\(\)|:\s*→",
}  # fmt: skip


def flaws(html: str) -> list[str]:
    """Return what is wrong with a rendered sentence."""
    text = bare(html)
    found = [fault for fault, pattern in FAULTS.items() if re.search(pattern, text)]
    found += ["nothing is said"] if not text.strip() else []
    found += ["marks do not close"] if html.count("<em") != html.count("</em>") or "[" in html else []
    said = re.findall(r"(?:^|[:;,] )([^:;,→]+) → ([^:;,→.]+)", text)
    return found + [f"{first} is told as a change" for first, last in said if first.strip() == last.strip()]


def bare_text(nodes: tuple[Node, ...]) -> str:
    """Return what a template says whatever the numbers do."""
    return "".join(node.name for node in nodes if node.kind == "text")


def names(nodes: tuple[Node, ...]) -> set[str]:
    """Return the words that a template asks for."""
    return {n.name for n in nodes if n.kind != "text"} | {s for n in nodes for s in names(n.inner)}


def at(film, handle: Handle, position: int) -> dict[str, str]:
    own = {name: texts[min(position, len(texts) - 1)] for name, texts in film.words.items()}
    return own | {"value": handle.texts[position]}


def answered(lesson, settings):
    """Return the news of the complete answer; where that takes a fit, in a lesson's first scene only.

    Elsewhere it is what stands while the fit is under way: that has its sentences too, and the fits take minutes.
    """
    if not lesson.work:
        return None
    news = lesson.work(settings)
    first = next(news)
    if not waits(first) or settings.scene != lesson.first:
        return first
    return first_of(itertools.chain([first], news), alone=True)


def shown(lesson, settings, news) -> dict[str, str]:
    first = settings.handles[0]
    return words_at({first: lesson.film(settings, first, news)}, settings.home())


# --------------------------------------------------------------------------------------------------- the templates
@pytest.mark.parametrize(("door", "view"), sorted({(door, view) for door, _, view in VIEWS}))
def test_a_claim_of_direction_stands_in_a_condition_on_its_number(door, view):
    lesson, text = LESSONS[door], words(LESSONS[door].page)
    for scene in (s for d, s, v in VIEWS if (d, v) == (door, view)):
        settings = seen_as(lesson.at_start(scene), view)
        templates = {name: handle_sentence(text, settings, name) for name in settings.handles}
        templates["opening"] = view_opening(text, settings)
        assert templates["opening"], f"{door} has no section 'opening {settings.telling}'"
        templates |= {name: said for name, said in text.items() if name.startswith("said ")}
        for name, template in templates.items():
            said = bare_text(parse(template))
            assert not DIRECTION.search(said), f"{name}: {DIRECTION.search(said)} is said whatever the numbers do"
            pairs = re.findall(r"\{from[.:]([^}]*)\} → \{to[.:]([^}]*)\}", template)
            assert not [one for one, other in pairs if one == other], f"{name}: say {{change ...}}, it may stay"


# --------------------------------------------------------------------------------------------------- handles
@pytest.mark.parametrize(("door", "scene", "view"), VIEWS)
def test_every_move_of_every_handle_is_told_by_its_numbers(door, scene, view):
    lesson = LESSONS[door]
    settings = seen_as(lesson.at_start(scene), view)
    news = answered(lesson, settings)
    for handle in lesson.handles(settings):
        film, last, home = lesson.film(settings, handle.id, news), len(handle.values) - 1, settings.home()[handle.id]
        open_slots = {one for one in names(parse(handle.sentence)) if {one, f"fact.{one}"}.isdisjoint(film.words)}
        assert (news and waits(news)) or open_slots <= {"value"}, (
            f"{handle.id} asks for words that the view does not have"
        )
        places = sorted({0, home, last, max(home - 1, 0), min(home + 1, last), home // 2, (home + last + 1) // 2})
        for one, other in itertools.permutations(places, 2):
            before, after = at(film, handle, one), at(film, handle, other)
            said = render(handle.sentence, before.get, after.get)
            assert not flaws(said.html), (handle.id, one, other, bare(said.html), flaws(said.html))
        for position in places:
            told = at(film, handle, position)["alt"]
            assert not flaws(told), (handle.id, position, told, flaws(told))


# --------------------------------------------------------------------------------------------------- other changes
def others(field, settings, name) -> list:
    now = getattr(settings, name)
    if isinstance(field, Choice):
        return [option for option in field.choices(settings) if option != now][:3]
    if isinstance(field, Fresh):
        return [now + 1]
    tried = []
    for text in ("1", "7", "12", "HHT", "+-") if isinstance(field, Typed) else ():
        try:
            tried.append(field.accept(settings, name, field.read(text)))
        except ValueError:
            continue
    return [value for value in tried if value != now][:2]


@pytest.mark.parametrize(("door", "scene", "view"), VIEWS)
def test_every_other_change_is_told_with_before_and_after(door, scene, view):
    lesson, text = LESSONS[door], words(LESSONS[door].page)
    settings = seen_as(lesson.at_start(scene), view)
    before = Told(settings, shown(lesson, settings, answered(lesson, settings)))
    opened = sentence(text, None, settings.changed(), before.words)
    assert not flaws(opened.html or "It waits.")
    for name, field in fields_of(settings).items():
        for value in others(field, settings, name):
            now = settings.changed(**{name: value})
            first = next(lesson.work(now)) if lesson.work else None
            said = sentence(text, before, now, shown(lesson, now, first))
            assert not flaws(said.html), (name, value, bare(said.html), flaws(said.html))
            if now.measure == before.settings.measure:
                label = field.label if isinstance(field.label, str) else field.label(now)
                assert bare(said.html).lower().startswith(label.lower()), (name, bare(said.html))
            else:
                assert "→" not in said.html, (name, bare(said.html))
            if first is None or not waits(first):
                assert said.complete or "lasso" in now.telling, (name, value, bare(said.html))


class _Memory:
    told = before = None
    redrawn = ""


def test_a_sentence_waits_for_a_fit_and_is_completed_when_it_comes():
    lesson = LESSONS["linear/map_vs_ridge"]
    text, memory = words(lesson.page), _Memory()
    start = lesson.at_start("day", view="fit", family="laplace")
    Speaker(text, memory, start).hear(next(lesson.work(start)), lesson.films(start))
    asked = start.changed(sample=True)
    speaker, told = Speaker(text, memory, asked), []
    for news in lesson.work(asked):
        told.append(bare(speaker.hear(news, {"width": lesson.film(asked, "width", news)})))
    assert told[0].startswith("Posterior sampled no → yes: t still 0.225;")
    assert told[0].endswith("The rest is being worked out.")
    assert re.search(r"credible band now \d", [one for one in told if one][-1])
    assert "worked out" not in [one for one in told if one][-1]


@given(some.text("–—- nNaA.1x ", max_size=7))
def test_a_word_is_absent_as_its_pattern_says(word):
    assert sentences.absent(word) == bool(sentences._DASH.search(word.strip()))
