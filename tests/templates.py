"""Templates of sentences with what they say: the table that holds pages/_ui/sentences.py and sentences.js together."""

from __future__ import annotations

BEFORE = {"slope": "3.34", "sd": "1.2", "edge": "0.45", "odds": "1 : 12", "fact.odds": "0.0769", "same": "5 of 9"}
AFTER = {"slope": "3.71", "sd": "−0.4", "edge": "–", "odds": "1 : 9", "fact.odds": "0.1", "same": "5 of 9"}
BEFORE |= {"big": "1,234", "tiny": "2e−7", "word": "never", "<": "a & b", "fact.hidden": "2", "only": "nan"}
AFTER |= {"big": "999", "tiny": "3e−7", "word": "always", "<": '"c"', "fact.hidden": "2", "only": "7"}

TABLE: list[tuple[str, bool | None, str, bool]] = [
    # the template, the handle's direction, what it says of BEFORE and AFTER, and whether all its words are there
    ("{from.slope} to {to.slope}, that is {slope}.", True, "3.34 to 3.71, that is 3.71.", True),
    ("{from:slope} to {to:slope}: {up:up}{down:down}.", False, "3.34 to 3.71: down.", True),
    ("W 1 → 2: {change slope}; {change same} count.", True, "W 1 → 2: 3.34 → 3.71; still 5 of 9 count.", True),
    ("W: slope {change slope}; edge {change edge}; sd {to.sd}.", None, "W: slope 3.34 → 3.71; sd −0.4.", False),
    ("W: edge {change edge}.", None, "W.", False),
    ("W: a. Edge: {change edge}. Sd {sd}!", None, "W: a. Sd −0.4!", False),
    ("{from.edge} → {to.edge}: slope {slope}.", None, "", False),
    ("x {change only}; y.", None, "x now 7; y.", True),
    ("{grows slope:more {change slope}}{shrinks slope:less}{stays slope:same}", None, "more 3.34 → 3.71", True),
    ("{grows sd:more}{shrinks sd:less}{stays sd:same}.", None, "less.", True),
    ("{moves same:moved}{stays same:still {same}}.", None, "still 5 of 9.", True),
    ("{grows odds:likelier}{shrinks odds:less likely}.", None, "likelier.", True),
    ("{grows hidden:more}{stays hidden:same}.", None, "same.", True),
    ("{grows big:more}{shrinks big:less} and {grows tiny:more}{shrinks tiny:less}.", None, "less and more.", True),
    ("{grows word:more}{shrinks word:less}{moves word:{change word}}.", None, "never → always.", True),
    ("{stays edge:same}{grows edge:more}; sd {sd}.", None, "sd −0.4.", False),
    ("a {climb.hint}. B {slope}.", None, "B 3.71.", False),
    ("{<} &amp; b; c {from.<}: d.", None, "&quot;c&quot; &amp; b; c a &amp; b: d.", True),
    (':red[a {change sd}]. Then.', None, ":red[a 1.2 → −0.4]. Then.", True),
    ('<em class="c-map">{edge}</em>; <b>{sd}.</b> End', None, "<b>−0.4.</b> End", False),
    ("alpha 0.5 and e.g.{slope}.", None, "alpha 0.5 and e.g.3.71.", True),
    ("{if slope:words}; {sd}.", None, "−0.4.", False),
]  # fmt: skip

OPENINGS: list[tuple[str, str]] = [  # without a picture before, nothing is told as a change
    ("Slope {slope}; {grows slope:more}{moves slope:moved}; {change sd}; edge {edge}.", "Slope 3.71; −0.4."),
    ("Edge {edge}. Sd {sd}.", "Sd −0.4."),
]
