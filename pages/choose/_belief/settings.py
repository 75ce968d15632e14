"""What decides everything that the belief network page shows: events, what is known of them, and what is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, ClassVar, Self

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.source import Source
from bayes_core.foundations.belief_network import Entry, Network, network_of, text_of
from bayes_core.summaries.summary import percent
from pages._ui import staging
from pages._ui.fields import choice, handle, hidden, text, yes_no
from pages._ui.link import as_text
from pages._ui.settings import PageSettings, Scene

from .scenes import FIRST, SCENES, SEPARATOR, Story

WHY_NOT = (
    "This lesson turns probabilities that you set yourself into others, and draws its arrows from what you say causes "
    "what: a table of rows tells neither. Updating beliefs counts yes and no in rows."
)
CLICK = {"see": "I saw it", "do": "I made it so"}
LONGEST = 900
SIGNS = {"y": (True, False), "n": (False, False), "Y": (True, True), "N": (False, True)}
"""How a link says what is known of an event: whether it happened, and whether somebody made it so; "." is nothing."""
_PERCENT = np.round(np.linspace(0, 1, 51), 2)
_LOG_ODDS = np.linspace(np.log(1e-4 / (1 - 1e-4)), -np.log(1e-4 / (1 - 1e-4)), 49)
_RARE = np.array([0.0, *(float(f"{v:.3g}") for v in 1 / (1 + np.exp(-_LOG_ODDS))), 1.0])
"""Evenly spaced in the log odds, from one in ten thousand on: for what hardly ever happens, or nearly always."""


@lru_cache(maxsize=256)
def read_network(written: str) -> Network:
    """Return the network that a text says."""
    return network_of(written)


def known_of(word: str) -> str:
    """Return a word of signs, one an event, or say what in it is none."""
    wrong = sorted(set(word) - {".", *SIGNS})
    if wrong or len(word) > 8:
        raise ValueError(
            f"“{word[:20]}” is not one sign for each event: y or n was seen, Y or N was made so, . is open"
        )
    return word.rstrip(".")


def network_text(settings: Any, written: str) -> str:
    """Return a network's text as a link says it; the ValueError for any other says what is wrong, and what would do."""
    return text_of(network_of(written), SEPARATOR)


@dataclass(frozen=True, kw_only=True)
class NetSettings(PageSettings):
    """A network of yes/no events as text, what is known of each, the event that is asked, and one moved probability.

    `entry` is the probability under the hand, `p` its value; what the text says of it counts where no link says p.
    """

    net: str = text(network_text, "Events, causes and probabilities", longest=LONGEST, tall=True)
    entry: str = hidden(str, "", "the handle moves")
    known: str = hidden(known_of, "", "known")
    about: str = hidden(str, "", "asked about")
    click: str = choice(tuple(CLICK), "A click on an event means", CLICK.__getitem__, "see")
    factors: bool = yes_no("How it is worked out", {False: "hidden", True: "shown"})
    p: float = handle(
        lambda s: s.moved_words,
        lambda s: "likelihood" if s.moved.parents else "prior",
        lambda s: percent,
        ends=("never", "always"),
    )
    SCENES: ClassVar[Mapping[str, Scene]] = SCENES
    FIRST: ClassVar[str] = FIRST

    @classmethod
    def on(cls, source: Source) -> Scene:
        """Say why a table of rows is nothing that this lesson reads."""
        raise ValueError(WHY_NOT)

    # --------------------------------------------------------------------------------------------------- the network
    @property
    def story(self) -> Story:
        """Return what the scene asks about and moves."""
        story: Story = self.spec.story
        return story

    @property
    def written(self) -> Network:
        """Return the network of the text; its moved probability may be another than p."""
        return read_network(self.net)

    @property
    def network(self) -> Network:
        """Return the network as it is on the screen."""
        return self.written.along(self.moved, [self.p])

    @property
    def moved(self) -> Entry:
        """Return the probability under the hand: the one that was chosen, the scene's, or that of the first root."""
        net = self.written
        there = {entry_text(one): one for event in net.events for one in event.entries()}
        return there.get(self.entry) or there.get(self.story.moves) or Entry(net.roots[0])

    @property
    def moved_words(self) -> str:
        """Return the probability under the hand as people write it."""
        return entry_words(self.written, self.moved)

    @property
    def asked(self) -> str:
        """Return the event that is asked about."""
        names = self.written.names
        return next(name for name in (self.about, self.story.about, names[0]) if name in names)

    @property
    def rival(self) -> str:
        """Return the event that is told beside the asked one: another cause, where there is one."""
        net = self.written
        causes = [name for name in net.roots if name != self.asked and name not in net.ancestors([self.asked])]
        return next((name for name in (*causes, *net.names) if name != self.asked), self.asked)

    @property
    def seen(self) -> dict[str, bool]:
        """Return what was seen, by event."""
        return self._known(made=False)

    @property
    def made(self) -> dict[str, bool]:
        """Return what somebody made happen, or kept from it, by event."""
        return self._known(made=True)

    def _known(self, made: bool) -> dict[str, bool]:
        signs = zip(self.written.names, self.known, strict=False)
        return {name: SIGNS[sign][0] for name, sign in signs if sign in SIGNS and SIGNS[sign][1] == made}

    # ------------------------------------------------------------------------------------------------------- changes
    def spaced(self, handle: str) -> FloatArray:
        value = float(self.written.entry(self.moved)[0])
        return _RARE if 0 < min(value, 1 - value) < 0.02 else _PERCENT

    def acted(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return what a click on an event asks for: nothing known → yes → no → nothing known."""
        event = values.get("event")
        if (
            self.asks
            or not isinstance(event, int)
            or not 0 <= event < len(self.written.names)
            or staging.locked("known")
        ):
            return {}
        return {"known": self.turned(event)}

    def turned(self, event: int) -> str:
        """Return what is known after a click on an event."""
        signs = list(self.known.ljust(len(self.written.names), "."))
        yes, no = "yn" if self.click == "see" else "YN"
        signs[event] = {yes: no, no: "."}.get(signs[event], yes)
        return "".join(signs).rstrip(".")

    def changed(self, **changes: Any) -> Self:
        """Return the settings after a choice: another text keeps what is known, another moved probability its value."""
        if "net" in changes or "entry" in changes:
            old = self.network
            text_now = changes.get("net", text_of(old, SEPARATOR))
            signs = dict(zip(old.names, self.known, strict=False))
            known = "".join(signs.get(name, ".") for name in read_network(text_now).names).rstrip(".")
            made = replace(self, **{"known": known} | changes | {"net": text_now})
            return replace(made, p=float(made.written.entry(made.moved)[0])).in_range()
        return super().changed(**changes)

    @classmethod
    def from_link(cls, values: Mapping[str, Any], notes: list[str]) -> Self:
        """Return a link's settings; a text of its own says its probabilities itself, where the link does not."""
        settings = super().from_link(values, notes)
        if "p" not in values and {"net", "entry"} & set(values):
            settings = replace(settings, p=float(settings.written.entry(settings.moved)[0])).in_range()
        return settings

    def link(self) -> dict[str, str]:
        """Return what the address must say; beside a text or a moved probability of its own, always p."""
        params = super().link()
        return params | ({"p": as_text(self.p)} if {"net", "entry"} & set(params) else {})

    def in_range(self) -> Self:
        """Return the settings without signs for events that there are not."""
        known = self.known[: len(self.written.names)].rstrip(".")
        return super(NetSettings, replace(self, known=known)).in_range()

    @property
    def asked_about(self) -> Any:
        return type(self).__name__, self.scene

    def slots(self, handle: str) -> Mapping[str, str]:
        return {"asked": self.asked, "rival": self.rival, "moved": self.moved_words}

    @property
    def measure(self) -> Any:
        return *super().measure, self.asked, self.rival


def entry_text(entry: Entry) -> str:
    """Return a moved probability as a link says it.

    >>> entry_text(Entry("wet", (True, False)))
    'wet|yn'
    """
    return entry.event + ("|" + "".join("yn"[not one] for one in entry.parents) if entry.parents else "")


def entry_words(network: Network, entry: Entry) -> str:
    """Return a probability as people write it.

    >>> entry_words(network_of("rain: 0.2; wet | rain: 1, 0.1"), Entry("wet", (False,)))
    'P(wet | no rain)'
    """
    given = [
        name if yes else f"no {name}" for name, yes in zip(network[entry.event].parents, entry.parents, strict=True)
    ]
    return f"P({entry.event}{' | ' if given else ''}{', '.join(given)})"
