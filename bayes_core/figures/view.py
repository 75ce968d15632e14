"""One way of looking at an answer: a figure or a stage, what moves it, its labels and panels, in one place."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from math import isfinite
from typing import Any

from bayes_core.checks import FloatArray
from bayes_core.figures.frames import Frames
from bayes_core.figures.hiding import Veil, told
from bayes_core.figures.panels import BADGE, Panel, Texts
from bayes_core.figures.parts import without_strip
from bayes_core.figures.picture import Label, Picture, Probe


@dataclass(frozen=True, eq=False, kw_only=True)
class View:
    """What is seen along one handle: the still part is the same at every position, numbers and words move.

    `figure` is plotly JSON with named traces (or a `stage` takes its place); `numbers` hold "trace.y" and "trace.x"
    (V, n). `alt` states the finding at every position, `value` how the position is written into sentences, `badge` what
    the answer is worth there; `facts` (V,) are the numbers by which a sentence decides whether the word of that name
    grew, where its first number does not say so. `trusted` is the range of positions that existing draws may answer
    for. What `hides` names (the truth, the answer, the numbers) is left out of frames and picture; `parts` say where a
    name belongs of which its colour says it wrong (hiding.py). `drawn` are the traces whose dots are the rows that a
    reader may move.

    >>> import numpy as np
    >>> seen = View(alt=("low", "high"), numbers={"line.y": np.zeros((2, 3))})
    >>> seen.frames("width", np.array([1.0, 2.0])).words["alt"]
    ('low', 'high')
    """

    alt: Texts = ()
    value: Texts = ()
    badge: Texts = ()
    figure: dict[str, Any] | None = None
    stage: dict[str, Any] | None = None
    numbers: Mapping[str, FloatArray] = field(default_factory=dict)
    words: Mapping[str, Texts] = field(default_factory=dict)
    facts: Mapping[str, FloatArray] = field(default_factory=dict)
    labels: tuple[Label, ...] = ()
    panels: tuple[Panel, ...] = ()
    note: dict[str, Any] | None = None
    walk: dict[str, Any] | None = None
    grip: dict[str, str] | None = None
    probe: Probe | None = None
    ghost: tuple[str, ...] = ()
    drawn: tuple[str, ...] = ("data", "held out")
    trusted: tuple[int, int] | None = None
    mark: dict[str, Any] | None = None
    parts: Mapping[str, str] = field(default_factory=dict)
    hides: tuple[str, ...] = ()

    @property
    def said(self) -> dict[str, Texts]:
        """Return the words that a sentence may use: its own and its panels'."""
        return {**self.words, **{name: texts for panel in self.panels for name, texts in panel.words.items()}}

    def only(self, shows: Collection[str], tells: Collection[str] = ()) -> View:
        """Return the view without its answer: a few traces, or numbers of its stage, a few words, and no panels."""
        figure = self.figure
        if figure is not None:
            figure = without_strip(figure | {"data": [one for one in figure["data"] if one["name"] in shows]})
        return replace(
            self,
            alt=(),
            badge=(),
            figure=figure,
            numbers={n: rows for n, rows in self.numbers.items() if {n, n.rpartition(".")[0]} & set(shows)},
            words={name: texts for name, texts in self.said.items() if name in tells},
            facts={},
            labels=tuple(one for one in self.labels if {trace for trace, _ in one.at} <= set(shows)),
            panels=(),
            walk=None,
            grip=None,
            probe=None,
            ghost=(),
        )

    def frames(self, handle: str, values: FloatArray) -> Frames:
        """Return all that moves, at the values (V,) of a handle."""
        veil = self._veil
        seen = [panel for panel in self.panels if not veil.panel(panel)]
        numbers = {name: rows for name, rows in self.numbers.items() if not veil.number(name)}
        words = {"value": self.value, BADGE: self.badge, "alt": told(self.alt, self.hides), **self.words}
        facts = {name: rows for name, rows in self.facts.items() if not veil.fact(name)}
        words |= {f"fact.{name}": tuple(map(_fact, rows)) for name, rows in facts.items()}
        for panel in seen:
            numbers |= {name: rows for name, rows in panel.numbers.items() if not veil.panel_number(name)}
            words |= panel.words
        words = {name: texts for name, texts in words.items() if texts and not veil.word(name, texts)}
        return Frames(handle, values, numbers, words, self.trusted)

    def picture(self, stamp: str, present: bool = False, **state: Any) -> Picture:
        """Return all that stays, with the name of its question and what is to be said of the session."""
        veil = self._veil
        panels = tuple(p.still(present) for p in veil.panels(self.panels) if p.presented or not present)
        labels = tuple(label for label in self.labels if not veil.label(label))
        walk = None if self.walk and veil.trace(self.walk["trace"]) else self.walk
        made = Picture(veil.figure(self.figure), stamp, labels, panels, self.stage, mark=self.mark, hides=self.hides)
        made = replace(
            made, note=self.note, walk=walk, grip=self.grip, probe=self.probe, ghost=self.ghost, drawn=self.drawn
        )
        return replace(made, present=present, **state)

    @property
    def _veil(self) -> Veil:
        return Veil(self.hides, self.parts, self.labels, self.figure)


def _fact(value: float) -> str:
    return f"{value:.9g}" if isfinite(value) else ""
