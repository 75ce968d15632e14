"""What both kinds of evidence are looked at by: ways of looking, sides, and why an improper prior is refused."""

from __future__ import annotations

from collections.abc import Callable

from bayes_core.foundations.bayes_factor.hypotheses import IMPROPER
from pages._ui import link

PAGE = "choose/bayes_factor"
VIEWS = {
    "predict": "Predictions",
    "heights": "Savage–Dickey",
    "along": "As it comes in",
    "width": "Prior’s width",
}
SIDES = {"both": "anywhere else", "above": "more only", "below": "less only"}
UNBOUNDED = ("inf", "infinity", "∞", "+inf", "infinite")


def improper(*texts: str) -> Callable[[str], str]:
    """Return why a text among these is no size of a prior; nothing for any other.

    >>> improper("0")("0")[:22], improper("0")("2")
    ('a prior that spreads o', '')
    """
    return lambda text: IMPROPER if text.strip().lower() in texts else ""


def size_of(*texts: str) -> Callable[[str], float]:
    """Return how a link's size of a prior is read: an improper one is refused with the reason."""
    why = improper(*texts)

    def read(text: str) -> float:
        if why(text):
            raise ValueError(f"{text[:10]}: {why(text)}")
        return link.number(text)

    return read
