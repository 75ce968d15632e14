"""The glossary (assets/words/glossary.md): what a term of the field means, and where a text uses one.

The browser finds terms by the same patterns (assets/live/terms): they keep to what regular expressions of both
languages understand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from .words import CONCEPTS, words

_LETTER = "[0-9A-Za-zÀ-ɏΑ-ω_]"
_SIGNS = re.compile(r"[.*+?^${}()|\[\]\\]")


@dataclass(frozen=True)
class Term:
    """A term of the field: its name, what it is and what it is for, in a line each.

    `colour` is its concept, `taught` the door of the lesson that teaches it. `also` are other spellings, in which an
    underscore stands for any words. A term with `only` means this in these lessons alone.
    """

    name: str
    what: str
    note: str
    taught: str
    colour: str = ""
    also: tuple[str, ...] = ()
    only: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """Return all ways in which a text may write it."""
        return (self.name, *self.also)

    def means_here(self, page: str) -> bool:
        """Return whether the word means this on a page, named by the last part of its address."""
        return not self.only or page in {address(door) for door in self.only}


def address(door: str) -> str:
    """Return the part of a lesson's address that is its own.

    >>> address("chapter/page")
    'page'
    """
    return door.rpartition("/")[2]


@cache
def glossary() -> dict[str, Term]:
    """Return all terms by name, in the order of the file."""
    return {name: _term(name, body) for name, body in words("glossary").items()}


def _term(name: str, body: str) -> Term:
    head, lines = {}, []
    for line in body.splitlines():
        key, found, value = line.partition(": ")
        if found and key in ("colour", "taught", "also", "only"):
            head[key] = value.strip()
        elif line.strip():
            lines.append(line.strip())
    if len(lines) != 2:
        raise ValueError(f"the glossary defines {name} in {len(lines)} lines: write two")
    also, only = (tuple(filter(None, re.split(r",\s+", head.get(key, "")))) for key in ("also", "only"))
    also = _rejoined(also)
    return Term(name, lines[0], lines[1], head.get("taught", ""), head.get("colour", ""), also, only)


def _rejoined(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Return spellings in which a comma inside brackets parts nothing."""
    made: list[str] = []
    for part in parts:
        if made and made[-1].count("(") > made[-1].count(")"):
            made[-1] += f", {part}"
        else:
            made.append(part)
    return tuple(made)


def pattern(spelling: str) -> str:
    """Return the regular expression of a spelling: a word may begin a sentence, and be plural.

    >>> re.findall(pattern("prior"), "Priors, a prior and priority")
    ['Priors', 'prior']
    >>> re.findall(pattern("P(_ | _)"), "P(ill | positive) = 8 %")
    ['P(ill | positive)']
    """
    signs = {"_": "[^()|]+", " ": r"\s+", "’": "[’']"}
    body = "".join(signs.get(sign, _SIGNS.sub(lambda found: "\\" + found[0], sign)) for sign in spelling)
    if re.match("[a-z]", spelling):
        body = f"[{spelling[0]}{spelling[0].upper()}]{body[1:]}"
    if spelling[-1].isalpha():
        body += "(?:s|es)?"
    return f"(?<!{_LETTER}){body}(?!{_LETTER})"


@cache
def spelled() -> tuple[tuple[str, str], ...]:
    """Return (pattern, term) of every spelling, longer ones first: “credible band” before “credible”."""
    every = [(spelling, term.name) for term in glossary().values() for spelling in term.spellings]
    every.sort(key=lambda pair: -len(pair[0]))
    return tuple((pattern(spelling), name) for spelling, name in every)


@cache
def _finder(page: str) -> tuple[re.Pattern[str], tuple[str, ...]]:
    here = [(found, name) for found, name in spelled() if glossary()[name].means_here(page)]
    return re.compile("|".join(f"({found})" for found, _ in here)), tuple(name for _, name in here)


def terms_in(text: str, page: str = "") -> list[Term]:
    """Return the terms that a text uses, each once, in their order.

    >>> [term.name for term in terms_in("A prior, then the posterior mean under that prior.")]
    ['prior', 'posterior mean']
    """
    finder, names = _finder(page)
    found = [names[(match.lastindex or 1) - 1] for match in finder.finditer(text)]
    return [glossary()[name] for name in dict.fromkeys(found)]


def found(asked: str) -> list[Term]:
    """Return the terms in whose names or definitions a text stands, those named so first; all if nothing is asked."""
    plain = " ".join(asked.split()).lower()
    named = [term for term in glossary().values() if plain in " / ".join(term.spellings).lower()]
    return named + [t for t in glossary().values() if t not in named and plain in f"{t.what} {t.note}".lower()]


@lru_cache(maxsize=1024)  # every run asks for the same controls
def help_on(texts: tuple[str, ...]) -> str | None:
    """Return Markdown that defines the terms of a control's words, for Streamlit's own help; None if there are none."""
    found = {term.name: term for text in texts for term in terms_in(text)}
    return "\n\n".join(f"{_in_colour(term)}: {term.what}" for term in found.values()) or None


def _in_colour(term: Term) -> str:
    sign = next((sign for sign, concept in CONCEPTS.items() if concept == term.colour), "")
    return f":{sign}[**{term.name}**]" if sign in _MARKDOWN else f"**{term.name}**"


_MARKDOWN = ("blue", "orange", "green", "red", "violet")
"""Streamlit's own colours that its theme sets to a concept's."""


@cache
def told() -> dict[str, Any]:
    """Return the glossary for the browser: terms with the lesson that teaches each, and where spellings are found."""
    every = list(glossary().values())
    place = {term.name: at for at, term in enumerate(every)}
    return {
        "terms": [
            {
                "name": term.name,
                "colour": term.colour,
                "what": term.what,
                "note": term.note,
                "also": list(term.also),
                "lesson": words(term.taught)["eyebrow"],
                "address": address(term.taught),
                "only": [address(door) for door in term.only],
            }
            for term in every
        ],
        "spellings": [[found, place[name]] for found, name in spelled()],
    }
