"""What decides everything that the belief network page shows: events, what is known of them, and what is asked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, ClassVar, Self

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.source import Source
from bayes_core.foundations.belief_network import Entry, Network, network_of, text_of
from bayes_core.summaries.summary import percent
from pages._ui import staging
from pages._ui.fields import Hidden, Typed, choice, declare, handle, yes_no
from pages._ui.link import as_text
from pages._ui.settings import PageSettings, Scene

from . import readouts
from .scenes import FIRST, SCENES, SEPARATOR, Story

WHY_NOT = (
    "This lesson turns probabilities that you set yourself into others, along arrows that you draw yourself: a table "
    "of rows tells neither, and Updating beliefs counts yes and no in one."
)
CLICK = {"see": "I saw it", "do": "I made it so"}
LONGEST = 900
NOT, BY_HAND = "~", "!"
CODES = {1: (True, False), 2: (False, False), 3: (True, True), 4: (False, True)}
"""What is known of an event as the picture codes it: whether it happened, and whether by hand; 0 is nothing."""
_PERCENT = np.round(np.linspace(0, 1, 51), 2)
_SMALL = [float(f"{1 / (1 + np.exp(one)):.3g}") for one in np.linspace(np.log(9999), 0, 25)]
_RARE = np.array([0.0, *_SMALL, *(round(1 - one, 9) for one in _SMALL[-2::-1]), 1.0])
"""Evenly spaced in the log odds, from one in ten thousand on: for what hardly ever happens, or nearly always."""


@lru_cache(maxsize=256)
def read_network(written: str) -> Network:
    """Return the network that a text says."""
    return network_of(written)


def known_of(listed: str) -> dict[str, tuple[bool, bool]]:
    """Return what a link says is known: by event whether it happened, and whether by somebody's hand.

    >>> known_of("wet,~rain,!sprinkler")
    {'wet': (True, False), 'rain': (False, False), 'sprinkler': (True, True)}
    """
    found = {}
    for one in (part.strip() for part in listed.split(",")):
        if one:
            by_hand = one.startswith(BY_HAND)
            name = one.removeprefix(BY_HAND)
            found[name.removeprefix(NOT)] = (not name.startswith(NOT), by_hand)
    return found


def known_text(known: Mapping[str, tuple[bool, bool]]) -> str:
    """Return what is known as a link says it."""
    return ",".join(f"{BY_HAND * hand}{NOT * (not yes)}{name}" for name, (yes, hand) in known.items())


def known_words(listed: str) -> str:
    """Return what is known as a sentence says it."""
    known = known_of(listed)
    seen, made = ({name: yes for name, (yes, hand) in known.items() if hand == by} for by in (False, True))
    return readouts.known(seen, made)


@dataclass(frozen=True, kw_only=True)
class Table(Typed):
    """The network's text, which is too long for a sentence."""

    def worded(self, settings: Any, value: Any) -> str:
        return ""


@dataclass(frozen=True, kw_only=True)
class Evidence(Hidden):
    """What is known of the events: only of those that there are."""

    def accept(self, settings: Any, name: str, value: Any) -> Any:
        known, there = known_of(value), settings.written.names
        for event in known:
            if event not in there:
                raise ValueError(f"“{event[:40]}” is no event here: there are {', '.join(there)}")
        return known_text({event: known[event] for event in there if event in known})


@dataclass(frozen=True, kw_only=True)
class OneOfThem(Hidden):
    """An event of the network, or one of its probabilities; nothing is the scene's own."""

    of: Callable[[Any], Collection[str]]

    def accept(self, settings: Any, name: str, value: Any) -> Any:
        there = self.of(settings)
        if value and value not in there:
            raise ValueError(f"“{value[:40]}” is not there: there are {', '.join(there)}")
        return value


def network_text(settings: Any, written: str) -> str:
    """Return a network's text as a link says it; the ValueError for any other says what is wrong, and what would do."""
    return text_of(network_of(written), SEPARATOR)


@dataclass(frozen=True, kw_only=True)
class NetSettings(PageSettings):
    """A network of yes/no events as text, what is known of each, the event that is asked, and one moved probability.

    `entry` is the probability under the hand, `p` its value; what the text says of it counts where no link says p.
    """

    net: str = declare(
        Table(read=str, check=network_text, label="Events, causes and probabilities", longest=LONGEST, tall=True), None
    )
    entry: str = declare(OneOfThem(read=str, label="the handle moves", of=lambda s: s.entries), "")
    known: str = declare(Evidence(read=str, label="known", words=known_words), "")
    about: str = declare(OneOfThem(read=str, label="asked about", of=lambda s: s.written.names), "")
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
        there = self.entries
        return there.get(self.entry) or there.get(self.story.moves) or Entry(self.written.roots[0])

    @property
    def entries(self) -> dict[str, Entry]:
        """Return the probabilities that the handle may move, by their text in a link."""
        return self.kept(
            "entries", "", lambda: {entry_text(one): one for event in self.written.events for one in event.entries()}
        )

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
        """Return the event that is told beside the asked one: another cause of what it causes, where there is one."""
        net, asked = self.written, self.asked
        below = [event for event in net.events if asked in net.ancestors([event.name]) and event.name != asked]
        causes = (name for event in below for name in event.parents if asked not in net.ancestors([name]))
        return next((name for name in (*causes, *reversed(net.names)) if name != asked), asked)

    @property
    def seen(self) -> dict[str, bool]:
        """Return what was seen, by event."""
        return self._known(made=False)

    @property
    def made(self) -> dict[str, bool]:
        """Return what somebody made happen, or kept from it, by event."""
        return self._known(made=True)

    def _known(self, made: bool) -> dict[str, bool]:
        return {name: yes for name, (yes, by_hand) in known_of(self.known).items() if by_hand == made}

    # ------------------------------------------------------------------------------------------------------- changes
    def spaced(self, handle: str) -> FloatArray:
        value = float(self.written.entry(self.moved)[0])
        return _RARE if 0 < min(value, 1 - value) < 0.02 else _PERCENT

    def acted(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return what clicks on events ask for: a code for each event (CODES)."""
        codes, names = values.get("known"), self.written.names
        if not isinstance(codes, list) or len(codes) != len(names) or self.asks or staging.locked("known"):
            return {}
        told = {name: CODES[code] for name, code in zip(names, codes, strict=True) if code in (1, 2, 3, 4)}
        return {"known": known_text(told)}

    def changed(self, **changes: Any) -> Self:
        """Return the settings after a choice: another text keeps what is known, another moved probability its value."""
        if {"net", "entry"} & set(changes):
            made = replace(self, net=text_of(self.network, SEPARATOR))
            made = replace(made, **changes)
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
        """Return the settings with what is known of events that there are."""
        known, names = known_of(self.known), self.written.names
        about = self.about if self.about in names else ""
        kept = known_text({name: known[name] for name in names if name in known})
        return super(NetSettings, replace(self, known=kept, about=about)).in_range()

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
    'P(wet | not rain)'
    """
    given = [
        name if yes else f"not {name}" for name, yes in zip(network[entry.event].parents, entry.parents, strict=True)
    ]
    return f"P({entry.event}{' | ' if given else ''}{', '.join(given)})"
