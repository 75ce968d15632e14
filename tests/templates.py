"""Templates of sentences with what they say: the table that holds pages/_ui/sentences.py and sentences.js together."""

from __future__ import annotations

BEFORE = {"slope": "3.34", "sd": "1.2", "edge": "0.45", "odds": "1 : 12", "fact.odds": "0.0769", "same": "5 of 9"}
AFTER = {"slope": "3.71", "sd": "−0.4", "edge": "–", "odds": "1 : 9", "fact.odds": "0.1", "same": "5 of 9"}
BEFORE |= {"big": "1,234", "tiny": "2e−7", "word": "never", "<": "a & b", "fact.hidden": "2", "only": "nan"}
AFTER |= {"big": "999", "tiny": "3e−7", "word": "always", "<": '"c"', "fact.hidden": "2", "only": "7"}

TABLE: list[tuple[str, str, bool]] = [
    # the template, what it says of BEFORE and AFTER, and whether all its words are there
    ("{from.slope} to {to.slope}, that is {slope}.", "3.34 to 3.71, that is 3.71.", True),
    ("{from.slope} to {to.slope}: {up:up}.", "3.34 to 3.71.", False),
    ("W 1 → 2: {change slope}; {change same} count.", "W 1 → 2: 3.34 → 3.71; still 5 of 9 count.", True),
    ("W: slope {change slope}; edge {change edge}; sd {to.sd}.", "W: slope 3.34 → 3.71; sd −0.4.", False),
    ("W: edge {change edge}.", "W.", False),
    ("W: a. Edge: {change edge}. Sd {sd}!", "W: a. Sd −0.4!", False),
    ("{from.edge} → {to.edge}: slope {slope}.", "", False),
    ("x {change only}; y.", "x now 7; y.", True),
    ("{grows slope:more {change slope}}{shrinks slope:less}{stays slope:same}", "more 3.34 → 3.71", True),
    ("{grows sd:more}{shrinks sd:less}{stays sd:same}.", "less.", True),
    ("{moves same:moved}{stays same:still {same}}.", "still 5 of 9.", True),
    ("{grows odds:likelier}{shrinks odds:less likely}.", "likelier.", True),
    ("{grows hidden:more}{stays hidden:same}.", "same.", True),
    ("{grows big:more}{shrinks big:less} and {grows tiny:more}{shrinks tiny:less}.", "less and more.", True),
    ("{grows word:more}{shrinks word:less}{moves word:{change word}}.", "never → always.", True),
    ("{stays edge:same}{grows edge:more}; sd {sd}.", "sd −0.4.", False),
    ("a {climb.hint}. B {slope}.", "B 3.71.", False),
    ("{<} &amp; b; c {from.<}: d.", "&quot;c&quot; &amp; b; c a &amp; b: d.", True),
    (':red[a {change sd}]. Then.', ":red[a 1.2 → −0.4]. Then.", True),
    ('<em class="c-map">{edge}</em>; <b>{sd}.</b> End', "<b>−0.4.</b> End", False),
    ("alpha 0.5 and e.g.{slope}.", "alpha 0.5 and e.g.3.71.", True),
    ("{if slope:words}; {sd}.", "−0.4.", False),
]  # fmt: skip

OPENINGS: list[tuple[str, str]] = [  # without a picture before, nothing is told as a change
    ("Slope {slope}; {grows slope:more}{moves slope:moved}; {change sd}; edge {edge}.", "Slope 3.71; −0.4."),
    ("Edge {edge}. Sd {sd}.", "Sd −0.4."),
]
