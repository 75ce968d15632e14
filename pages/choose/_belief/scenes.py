"""The scenes of the belief network page: a lawn, an alarm, a patient, a mail, and a table of one's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bayes_core.foundations.belief_network import ALARM, CHEST, LAWN, MAIL, Network, network_of, text_of
from pages._ui.asking import Asking, Number
from pages._ui.settings import Scene

PAGE = "choose/belief_network"
FIRST = "lawn"
EVENTS = range(8)
SEPARATOR = "; "


@dataclass(frozen=True)
class Story:
    """What a scene asks about, which probability its handle moves, and whether its table is open to be edited."""

    about: str
    moves: str
    table: bool = False


def _scene(
    title: str,
    network: Network,
    story: Story,
    known: str,
    asked: Mapping[str, tuple[float, ...]] | None = None,
    guess: Asking | None = None,
) -> Scene:
    start: dict[str, Any] = {
        "net": text_of(network, SEPARATOR),
        "known": known,
        "p": float(network[story.moves].yes[0]),
    }
    return Scene(title, start, story=story, asked=asked or {}, guess=guess)


_OPEN = ("before", "state", "cut")
"""What of the stage a question leaves in sight: what was believed before, and what is known."""
_TOLD = tuple(word for n in EVENTS for word in (f"before.{n}", f"state.{n}"))


def _asks(name: str) -> Number:
    label = "your guess, in per cent"
    return Number(name=name, of=("answer",), label=label, unit="%", scale=100, shows=_OPEN, tells=_TOLD)


_OWN = network_of(
    """
    late train: 0.1
    road works: 0.3
    late for work | late train, road works: 0.9, 0.6, 0.4, 0.05
    cold coffee | late for work: 0.7, 0.2
    """
)
_HALF = {"p": (0.5,)}
SCENES = {
    "lawn": _scene("Wet grass", LAWN, Story("sprinkler", "rain"), "my grass wet", _HALF, _asks("lawn")),
    "alarm": _scene(
        "Burglar alarm", ALARM, Story("burglary", "burglary"), "John calls,Mary calls", {"p": (0.01,)}, _asks("alarm")
    ),
    "chest": _scene(
        "Short of breath", CHEST, Story("lung cancer", "smoker"), "short of breath", {"p": (0.9,)}, _asks("chest")
    ),
    "mail": _scene("Naive Bayes", MAIL, Story("spam", "spam"), "winner", {"p": (0.1,)}, _asks("mail")),
    "morning": _scene("Your own events", _OWN, Story("late train", "late train", table=True), "late for work", _HALF),
}
