r"""Sentences with numbers in them: a template, and the words of the picture before and after, make what is said.

    Head {from.value} → {to.value}: clause {change slope}; clause{grows sd:, less sure}. {shrinks sd:More certain.}

- `{from.x}`, `{to.x}`, `{x}`: the word x of the picture before, after, after; `{change x}`: "1 → 2", or "still 1".
- `{grows x:words}`, `{shrinks x:words}`, `{stays x:words}`, `{moves x:words}`: said if the *number* x does so. It is
  the fact x of the View, or else the first number of the word x; where both words read the same it stays.

A sentence ends in ".", "!" or "?"; its clauses stand behind a colon and are parted by semicolons. A clause with a word
that is not there (none, a dash) is left out, and with all its clauses a sentence, but for the first one's head.
assets/live/sentences.js does the same in the browser; tests/browser/test_modules.py holds the two together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

Word = Callable[[str], str | None]
"""The word of a picture by its name; None if there is none."""

_SPLIT = re.compile(r"&#?\w+;|;\s+|:\s+|[.!?](?:</\w+>)*(?:\s+|$)")
_DASHES = "–—-"
_DASH = re.compile(r"^$|^[–—-](\s|$)|\s[–—-]$|\bnan\b", re.IGNORECASE)
_NUMBER = re.compile(r"[−-]?[0-9][0-9,]*(?:\.[0-9]+)?(?:e[−+-]?[0-9]+)?")
_TAG = re.compile(r"<[^>]*>")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_CONDITIONS = ("grows", "shrinks", "stays", "moves")


@dataclass(frozen=True)
class Node:
    """A piece of a template: plain `text`, a slot ("from", "to", "change"), or a condition on a name with its words."""

    kind: str
    name: str = ""
    inner: tuple[Node, ...] = ()


@dataclass(frozen=True)
class Said:
    """A sentence as HTML, and whether all its words were there."""

    html: str
    complete: bool


def render(template: str, before: Word | None, after: Word) -> Said:
    """Return what a template says of two pictures; without a `before` nothing is told as a change.

    >>> words = {"slope": "3", "sd": "–"}.get
    >>> render("Width 1 → 2: slope {change slope}; sd {change sd}.", {"slope": "4", "sd": "1"}.get, words)
    Said(html='Width 1 → 2: slope 4 → 3.', complete=False)
    """
    told = _Telling(before, after)
    said = [told.sentence(one, first=n == 0) for n, one in enumerate(_parted(template))]
    return Said(" ".join(text for text in said if text), told.complete)


def numbers_in(text: str, count: int) -> tuple[float, ...]:
    """Return the first numbers of a text; NaN for those that are not there.

    >>> numbers_in("−12.5 to 1,050 ms", 2), numbers_in("–", 1)
    ((-12.5, 1050.0), (nan,))
    """
    found = [float(one.replace(",", "").replace("−", "-")) for one in _NUMBER.findall(text)]
    return tuple([*found, *[float("nan")] * count][:count])


def bare(html: str) -> str:
    """Return HTML's text, for those who hear it.

    >>> bare('a <em class="c-map">b</em> &amp; c')
    'a b & c'
    """
    text = _TAG.sub("", html)
    for sign, entity in reversed(_ENTITIES.items()):
        text = text.replace(entity, sign)
    return text


def absent(word: str | None) -> bool:
    """Return whether a word is not there: none, a dash, or no number.

    >>> [absent(word) for word in (None, "", "–", "1.2 ± –", "nan", "-3", "a – b")]
    [True, True, True, True, True, False, False]
    """
    text = (word or "").strip()
    if text and text[0] not in _DASHES and text[-1] not in _DASHES and "nan" not in text.lower():
        return False  # as nearly every word: the pattern would take four times as long
    return bool(_DASH.search(text))


def number_in(word: str | None) -> float | None:
    """Return the first number of a word.

    >>> number_in("−1,234.5 ms"), number_in("3.4 of 10"), number_in("all")
    (-1234.5, 3.4, None)
    """
    found = _NUMBER.search(word or "")
    return float(found[0].replace("−", "-").replace(",", "")) if found else None


def went(name: str, before: Word, after: Word) -> str | None:
    """Return how a number went: "grows", "shrinks", "stays", "differs" (no number tells how), None where it is absent.

    >>> went("x", {"x": "1 : 12", "fact.x": "0.0769"}.get, {"x": "1 : 9", "fact.x": "0.1"}.get)
    'grows'
    """
    words, facts = (before(name), after(name)), (before(f"fact.{name}"), after(f"fact.{name}"))
    shown = words[0] is not None or words[1] is not None
    if shown and (absent(words[0]) or absent(words[1])):
        return None
    if shown and words[0] == words[1]:
        return "stays"
    first, last = (number_in(word if absent(fact) else fact) for word, fact in zip(words, facts, strict=True))
    if first is None or last is None:
        return "differs" if shown else None
    if first == last:
        return "differs" if shown else "stays"
    return "grows" if last > first else "shrinks"


@lru_cache(maxsize=256)  # the same is said at every position of a handle
def _parted(template: str) -> tuple[_Sentence, ...]:
    return tuple(_sentences(parse(template)))


def parse(template: str) -> tuple[Node, ...]:
    """Return a template's pieces.

    >>> parse("a {to.b}{grows c:d}")
    (Node(kind='text', name='a ', inner=()), Node(kind='to', name='b', inner=()), Node(kind='grows', name='c', \
inner=(Node(kind='text', name='d', inner=()),)))
    """
    nodes, _ = _parse(template, 0)
    return nodes


def _parse(text: str, at: int) -> tuple[tuple[Node, ...], int]:
    """Return the pieces from a place to the brace that closes it, and the place behind that."""
    nodes: list[Node] = []
    while at < len(text) and text[at] != "}":
        if text[at] != "{":
            end = min((i for i in (text.find("{", at), text.find("}", at)) if i >= 0), default=len(text))
            nodes.append(Node("text", text[at:end]))
            at = end
            continue
        end = min((i for i in (text.find(":", at), text.find("}", at)) if i >= 0), default=len(text))
        head, colon = text[at + 1 : end], text[end : end + 1] == ":"
        kind, _, name = head.replace(".", " ", 1).partition(" ") if head[:5] == "from." or head[:3] == "to." else (
            head.partition(" ")
        )  # fmt: skip
        if colon:
            inner, at = _parse(text, end + 1)
            nodes.append(Node(kind if kind in _CONDITIONS else "unknown", name, inner))
        else:
            nodes.append(Node(kind, name) if name and kind in ("from", "to", "change") else Node("to", head))
            at = end + 1
    return tuple(nodes), at + 1


@dataclass
class _Sentence:
    head: tuple[Node, ...] | None
    clauses: list[list[Node]]
    end: str = ""


def _sentences(nodes: Sequence[Node]) -> Iterator[_Sentence]:
    """Yield the sentences of a template's pieces, each with its head and its clauses."""
    now = _Sentence(None, [[]])
    for n, node in enumerate(nodes):
        if node.kind != "text":
            now.clauses[-1].append(node)
            continue
        start = 0
        for found in _SPLIT.finditer(node.name):
            mark, behind = found[0], node.name[found.end() :]
            colon = mark[0] == ":" and now.head is None and len(now.clauses) == 1
            ends = mark[0] in ".!?" and (mark[-1].isspace() or (not behind and n == len(nodes) - 1))
            if not (colon or ends or (mark[0] == ";")):
                continue
            now.clauses[-1].append(Node("text", node.name[start : found.start()]))
            start = found.end()
            if colon:
                now = _Sentence(tuple(now.clauses[0]), [[]])
            elif ends:
                now.end = mark.rstrip()
                yield now
                now = _Sentence(None, [[]])
            else:
                now.clauses.append([])
        now.clauses[-1].append(Node("text", node.name[start:]))
    yield now


class _Telling:
    """What is said of two pictures, and whether anything had to be left out."""

    def __init__(self, before: Word | None, after: Word) -> None:
        self.before, self.after, self.complete = before, after, True

    def sentence(self, one: _Sentence, first: bool) -> str:
        """Return one sentence; nothing where nothing of it can be said."""
        head = "" if one.head is None else self._words(one.head)
        if head is None:
            return ""
        clauses = [text for nodes in one.clauses if (text := self._words(nodes)) and _TAG.sub("", text).strip()]
        if not clauses:
            return head + (one.end or ".") if first and head else ""
        said = "; ".join(clause.strip() for clause in clauses)
        return (f"{head}: {said}" if head else said) + one.end

    def _words(self, nodes: Sequence[Node]) -> str | None:
        """Return what some pieces say, None if a word is not there."""
        parts = [self._word(node) for node in nodes]
        known = [part for part in parts if part is not None]
        return "".join(known) if len(known) == len(parts) else None

    def _word(self, node: Node) -> str | None:
        if node.kind == "text":
            return node.name
        if node.kind in _CONDITIONS:
            return self._condition(node)
        text = self._slot(node)
        if text is None:
            self.complete = False
        return text

    def _condition(self, node: Node) -> str | None:
        if self.before is None:
            return ""
        how = went(node.name, self.before, self.after)
        if how is None:
            self.complete = False
            return None
        said = how == node.kind or (node.kind == "moves" and how != "stays")
        return self._words(node.inner) if said else ""

    def _slot(self, node: Node) -> str | None:
        if node.kind == "unknown":
            return None
        first = self.before(node.name) if self.before else None
        last = self.after(node.name)
        if node.kind == "from":
            return None if absent(first) else _safe(first or "")
        if absent(last):
            return None
        now = _safe(last or "")
        if node.kind == "to" or self.before is None:
            return now
        if absent(first):
            return f"now {now}"
        return f"still {now}" if first == last else f"{_safe(first or '')} → {now}"


def _safe(text: str) -> str:
    for sign, entity in _ENTITIES.items():
        text = text.replace(sign, entity)
    return text
