"""What stands beside a picture. A panel carries its own words and rows: what stays (`still`), and what moves.

`words` and `numbers` are what it says at every position of a handle, under the names by which its still part asks for
them; the browser draws each kind by the file of its name in assets/live/panels. A panel that fills up later (a meter, a
distance) is made without its words first, and again with them for the film that follows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.source import Scale

Texts = tuple[str, ...]
BADGE = "badge"
"""The name under which every view says what its answer is worth: exact, sampled, approximate, not converged."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Panel:
    """A heading over something; `presented` says whether a projector shows it too.

    It stands beside the picture, or `under` the sentence where it says more than the room there holds.
    """

    kind: ClassVar[str] = ""
    tells: ClassVar[tuple[str, ...]] = ("answer", "numbers")
    """What it tells of: where one of these is hidden (hiding.py), so is the panel. A drawing is no number."""
    text: str = ""
    presented: bool = True
    under: bool = False

    def still(self, present: bool) -> dict[str, Any]:
        """Return what is sent once with the picture."""
        below = {"under": True} if self.under and not present else {}
        return {"type": self.kind, "text": self.text} | below

    @property
    def words(self) -> Mapping[str, Texts]:
        """Return texts (V,) or (1,) by name."""
        return {}

    @property
    def numbers(self) -> Mapping[str, FloatArray]:
        """Return numbers (V, n) or (1, n) by name."""
        return {}


@dataclass(frozen=True, eq=False, kw_only=True)
class Heading(Panel):
    """A heading with the answer's badge."""

    kind: ClassVar[str] = "heading"
    tells: ClassVar[tuple[str, ...]] = ()

    def still(self, present: bool) -> dict[str, Any]:
        return super().still(present) | {"badge": BADGE}


@dataclass(frozen=True, eq=False, kw_only=True)
class Spark(Panel):
    """One parameter: its estimate in words, its density over its prior's, and the truth where it is known.

    `sd` goes into sentences, `spread` stands beside the estimate and says what it is, `interval` under it.
    """

    kind: ClassVar[str] = "spark"
    tells: ClassVar[tuple[str, ...]] = ("answer",)
    id: str
    name: str
    scale: Scale
    concept: str = "posterior"
    estimate: Texts = ()
    sd: Texts = ()
    spread: Texts = ()
    interval: Texts = ()
    density: FloatArray | None = None
    prior: FloatArray | None = None
    truth: FloatArray | None = None

    def still(self, present: bool) -> dict[str, Any]:
        scale = {"low": self.scale.low, "high": self.scale.high, "ticks": self.scale.ticks, "unit": self.scale.unit}
        return {"type": self.kind, "id": self.id, "name": self.name, "concept": self.concept} | scale

    @property
    def words(self) -> Mapping[str, Texts]:
        told = {self.id: self.estimate, f"{self.id}.sd": self.sd, f"{self.id}.interval": self.interval}
        told[f"{self.id}.spread"] = self.spread or tuple(f"± {sd}" if sd else "" for sd in self.sd)
        return {name: texts for name, texts in told.items() if texts}

    @property
    def numbers(self) -> Mapping[str, FloatArray]:
        drawn = {"density": self.density, "prior": self.prior, "truth": self.truth}
        return {f"{self.id}.{part}": values for part, values in drawn.items() if values is not None}


@dataclass(frozen=True, eq=False, kw_only=True)
class Meter(Panel):
    """How often a band of this level holds the truth in repeated worlds; it fills up a moment after the picture.

    `shares` (V, 4) are named row by row: `rows` are of what is held, `columns` of whose truths. `buttons` show the
    worlds themselves and hide them again.
    """

    kind: ClassVar[str] = "meter"
    badge: str = "simulated"
    level: float
    rows: tuple[str, str]
    columns: tuple[str, str]
    buttons: tuple[str, str]
    shares: FloatArray | None = None
    verdict: Texts = ()
    sentences: Texts = ()

    def still(self, present: bool) -> dict[str, Any]:
        named = {"rows": list(self.rows), "columns": list(self.columns), "level": self.level}
        buttons = [] if present else list(self.buttons)
        return super().still(present) | {"badge": self.badge, "buttons": buttons} | named

    @property
    def words(self) -> Mapping[str, Texts]:
        if self.shares is None:
            return {}
        names = ("share", "share.prior", "whole", "whole.prior")
        shown = {f"meter.{name}": _per_cent(column) for name, column in zip(names, self.shares.T, strict=True)}
        return shown | {"meter.verdict": self.verdict, "meter.words": self.sentences}

    @property
    def numbers(self) -> Mapping[str, FloatArray]:
        return {} if self.shares is None else {"meter.shares": self.shares}


@dataclass(frozen=True, eq=False, kw_only=True)
class Worlds(Panel):
    """Small multiples of R repeated worlds, hidden until they come: band, truth and points of each, and a sign.

    `x` (T,) are the places of the bands (V, R, 2, T) and of the `truth` (T,), `points` (n,) those of the data
    (V or 1, R, n). `signs` name the R signs of a position in one text, `names` what a sign means. `entered` is the
    world that stands in the picture, 0 for none; `enter` is how a world is named to those who do not see it.
    """

    kind: ClassVar[str] = "worlds"
    tells: ClassVar[tuple[str, ...]] = ("truth", "answer")
    count: int
    x: FloatArray
    truth: FloatArray
    points: FloatArray
    ranges: tuple[tuple[float, float], tuple[float, float]]
    concept: str = "posterior"
    names: Mapping[str, str]
    enter: str
    entered: int = 0
    bands: FloatArray | None = None
    data: FloatArray | None = None
    signs: Texts = ()
    sentences: Texts = ()

    def still(self, present: bool) -> dict[str, Any]:
        drawn = {"x": self.x.tolist(), "truth": self.truth.tolist(), "points": self.points.tolist()}
        named = {"names": dict(self.names), "enter": self.enter, "concept": self.concept}
        ranges = {"x_range": list(self.ranges[0]), "y_range": list(self.ranges[1])}
        return super().still(present) | {"count": self.count, "under": True} | drawn | named | ranges

    @property
    def words(self) -> Mapping[str, Texts]:
        told = {"worlds.signs": self.signs, "worlds.words": self.sentences}
        return {name: texts for name, texts in told.items() if texts}

    @property
    def numbers(self) -> Mapping[str, FloatArray]:
        drawn = {"worlds.bands": self.bands, "worlds.data": self.data}
        told = {name: values.reshape(len(values), -1) for name, values in drawn.items() if values is not None}
        return told | ({"worlds.entered": np.array([[float(self.entered)]])} if told else {})


@dataclass(frozen=True, eq=False, kw_only=True)
class Joint(Panel):
    """Two parameters at once: outlines (V, L, 2) by level, one dot (V, M, 2) for every member drawn in the picture."""

    kind: ClassVar[str] = "joint"
    tells: ClassVar[tuple[str, ...]] = ("answer",)
    x: tuple[str, Scale]
    y: tuple[str, Scale]
    levels: tuple[float, ...]
    concept: str = "posterior"
    hint: str = ""
    alt: str = ""
    outlines: Mapping[float, FloatArray] = field(default_factory=dict)
    dots: FloatArray | None = None

    def still(self, present: bool) -> dict[str, Any]:
        sides = {}
        for side, (name, scale) in (("x", self.x), ("y", self.y)):
            title = f"{name}, {scale.unit}".rstrip(", ")
            sides[side] = {"id": name, "low": scale.low, "high": scale.high, "ticks": scale.ticks, "title": title}
        outlines = [f"joint.{level:g}" for level in self.levels]
        said = {"concept": self.concept, "hint": self.hint, "alt": self.alt}
        return super().still(present) | {"outlines": outlines} | said | sides

    @property
    def numbers(self) -> Mapping[str, FloatArray]:
        drawn = {f"joint.{level:g}": _flat(outline) for level, outline in self.outlines.items()}
        return drawn if self.dots is None else drawn | {"joint.dots": _flat(self.dots)}


@dataclass(frozen=True)
class Row:
    """One line of a panel of rows: its name in the film, what is written, and its words at every position."""

    id: str
    name: str
    texts: Texts = ()


@dataclass(frozen=True, eq=False, kw_only=True)
class Rows(Panel):
    """Names and values, line by line."""

    kind: ClassVar[str] = "rows"
    rows: tuple[Row, ...]

    def still(self, present: bool) -> dict[str, Any]:
        return super().still(present) | {"badge": BADGE, "rows": [[row.name, row.id] for row in self.rows]}

    @property
    def words(self) -> Mapping[str, Texts]:
        return {row.id: row.texts for row in self.rows if row.texts}


@dataclass(frozen=True, eq=False, kw_only=True)
class Answer(Panel):
    """One large answer, as a bar where it is a share (V,), with what was guessed, and a sentence under it.

    A number that can be no share has no `bar`. Where a share was `promised` (V,) it is marked on the bar, and `promise`
    names the mark.
    """

    kind: ClassVar[str] = "answer"
    id: str = "answer"
    concept: str = "posterior"
    value: Texts = ()
    sentence: Texts = ()
    share: FloatArray | None = None
    guess: float | None = None
    promised: FloatArray | None = None
    promise: str = ""
    bar: bool = True

    def still(self, present: bool) -> dict[str, Any]:
        named = {"id": self.id, "badge": BADGE, "concept": self.concept} | ({} if self.bar else {"bar": False})
        return super().still(present) | named | ({"promise": self.promise} if self.promise else {})

    @property
    def words(self) -> Mapping[str, Texts]:
        told = {self.id: self.value, f"{self.id}.words": self.sentence}
        return {name: texts for name, texts in told.items() if texts}

    @property
    def numbers(self) -> Mapping[str, FloatArray]:
        drawn = {} if self.share is None else {f"{self.id}.share": np.reshape(self.share, (-1, 1))}
        if self.promised is not None:
            drawn |= {f"{self.id}.promised": np.reshape(self.promised, (-1, 1))}
        return drawn if self.guess is None else drawn | {"guess": np.array([[self.guess]])}


@dataclass(frozen=True, eq=False, kw_only=True)
class Ask(Panel):
    """A guess to be made before the answer shows; nothing stands in its fields, for that would be a hint.

    `asks` is a number, a place, a band, or one of several, `form` what its fields need to know; `question` is HTML.
    """

    kind: ClassVar[str] = "ask"
    tells: ClassVar[tuple[str, ...]] = ()
    question: str
    asks: str = "number"
    form: Mapping[str, Any] = field(default_factory=dict)
    button: str = "Reveal"
    skip: str = "Show me"

    def still(self, present: bool) -> dict[str, Any]:
        asked = {"words": self.question, "asks": self.asks, "button": self.button, "skip": self.skip}
        return super().still(present) | asked | dict(self.form)


@dataclass(frozen=True, eq=False, kw_only=True)
class Guessed(Panel):
    """What a guess is worth beside the answer, at every position (V,), and why (HTML); a button asks once more."""

    kind: ClassVar[str] = "guessed"
    html: str = ""
    button: str
    verdict: Texts = ()

    def still(self, present: bool) -> dict[str, Any]:
        return super().still(present) | {"html": self.html, "button": self.button}

    @property
    def words(self) -> Mapping[str, Texts]:
        return {"guess.verdict": self.verdict} if self.verdict else {}


@dataclass(frozen=True, eq=False, kw_only=True)
class Prose(Panel):
    """Words (HTML) with live readouts in them, `<b data-word="name">`, and what these say."""

    kind: ClassVar[str] = "prose"
    html: str
    slots: Mapping[str, Texts] = field(default_factory=dict)

    def still(self, present: bool) -> dict[str, Any]:
        return super().still(present) | {"html": self.html}

    @property
    def words(self) -> Mapping[str, Texts]:
        return self.slots


@dataclass(frozen=True, eq=False, kw_only=True)
class Cells(Panel):
    """A table of two by two that lights up with the picture; counts and what a pointer is told, by cell."""

    kind: ClassVar[str] = "cells"
    columns: tuple[str, str]
    rows: tuple[str, str]
    inside: tuple[str, str, str, str]
    hint: str
    counts: Mapping[str, Texts] = field(default_factory=dict)
    pointed: Mapping[str, Texts] = field(default_factory=dict)

    def still(self, present: bool) -> dict[str, Any]:
        named = {"columns": list(self.columns), "rows": list(self.rows), "inside": list(self.inside)}
        return super().still(present) | named | {"hint": self.hint}

    @property
    def words(self) -> Mapping[str, Texts]:
        counted = {f"cell.{cell}": texts for cell, texts in self.counts.items()}
        return counted | {f"point.{cell}": texts for cell, texts in self.pointed.items()}


@dataclass(frozen=True, eq=False, kw_only=True)
class Tree(Panel):
    """Whole people, branch by branch; `alt` tells it to those who do not see it."""

    kind: ClassVar[str] = "tree"
    names: Mapping[str, str]
    counts: Mapping[str, Texts] = field(default_factory=dict)
    alt: Texts = ()

    def still(self, present: bool) -> dict[str, Any]:
        return super().still(present) | {"names": dict(self.names)}

    @property
    def words(self) -> Mapping[str, Texts]:
        counted = {f"tree.{branch}": texts for branch, texts in self.counts.items()}
        return counted | ({"tree.alt": self.alt} if self.alt else {})


@dataclass(frozen=True, eq=False, kw_only=True)
class Grid(Panel):
    """A table whose cells move: by row its texts, column by column; columns are (title, concept).

    `after` stands under it. A row without a first text is hidden.
    """

    kind: ClassVar[str] = "grid"
    columns: tuple[tuple[str, str], ...]
    rows: Mapping[str, Sequence[Texts]]
    badge: bool = True
    after: tuple[str, Texts] | None = None

    def still(self, present: bool) -> dict[str, Any]:
        rows = list(self.rows)
        made = {"columns": [list(c) for c in self.columns], "rows": rows, "badge": BADGE if self.badge else ""}
        return super().still(present) | made | ({"after": self.after[0]} if self.after else {})

    @property
    def words(self) -> Mapping[str, Texts]:
        cells = {f"grid.{row}.{k}": texts for row, columns in self.rows.items() for k, texts in enumerate(columns)}
        told = {name: texts for name, texts in cells.items() if texts}
        return told | ({self.after[0]: self.after[1]} if self.after else {})


@dataclass(frozen=True, eq=False, kw_only=True)
class Bars(Panel):
    """Shares (V, n) as bars, each with its name, colour and words."""

    kind: ClassVar[str] = "bars"
    tells: ClassVar[tuple[str, ...]] = ("answer",)
    id: str
    names: tuple[str, ...]
    concepts: tuple[str, ...]
    shares: FloatArray | None = None
    texts: Sequence[Texts] = ()

    def still(self, present: bool) -> dict[str, Any]:
        named = {"id": self.id, "names": list(self.names), "concepts": list(self.concepts)}
        return super().still(present) | named | {"badge": BADGE}

    @property
    def words(self) -> Mapping[str, Texts]:
        return {f"{self.id}.{k}": texts for k, texts in enumerate(self.texts)}

    @property
    def numbers(self) -> Mapping[str, FloatArray]:
        return {} if self.shares is None else {self.id: self.shares}


@dataclass(frozen=True, eq=False, kw_only=True)
class Cost(Panel):
    """What each answer costs and is worth: points (id, title, concept), each at (V, 2) across and up.

    The axis across is logarithmic.
    """

    kind: ClassVar[str] = "cost"
    tells: ClassVar[tuple[str, ...]] = ("answer",)
    points: tuple[tuple[str, str, str], ...]
    x: tuple[str, Scale]
    y: tuple[str, Scale]
    at: Mapping[str, FloatArray] = field(default_factory=dict)
    alt: Texts = ()
    under: bool = True

    def still(self, present: bool) -> dict[str, Any]:
        points = [{"id": name, "title": title, "concept": concept} for name, title, concept in self.points]
        axes = {
            side: {"low": scale.low, "high": scale.high, "title": title, "ticks": list(scale.ticks)}
            for side, (title, scale) in (("x", self.x), ("y", self.y))
        }
        under = self.under and not present
        return super().still(present) | {"badge": BADGE, "points": points, "alt": "alt.cost", "under": under} | axes

    @property
    def words(self) -> Mapping[str, Texts]:
        return {"alt.cost": self.alt} if self.alt else {}

    @property
    def numbers(self) -> Mapping[str, FloatArray]:
        return {f"cost.{name}": values for name, values in self.at.items()}


@dataclass(frozen=True, eq=False, kw_only=True)
class Slice(Panel):
    """Data (x, y) under a band over places, cut at one of them: what lies on the cut is drawn there, dot by dot.

    `band` is (low, middle, high); `x` and `y` are the titles of the axes, `hint` stands under them.
    """

    kind: ClassVar[str] = "slice"
    tells: ClassVar[tuple[str, ...]] = ("answer",)
    data: tuple[FloatArray, FloatArray]
    places: FloatArray
    band: FloatArray
    at: float
    dots: FloatArray
    x: str
    y: str
    hint: str
    alt: str

    def still(self, present: bool) -> dict[str, Any]:
        seen = {"xs": self.data[0].tolist(), "ys": self.data[1].tolist(), "places": self.places.tolist()}
        cut = {"at": self.at, "dots": self.dots.tolist(), "band": [_rounded(row) for row in self.band]}
        return super().still(present) | seen | cut | {"x": self.x, "y": self.y, "hint": self.hint, "alt": self.alt}


def _rounded(values: FloatArray) -> list[float]:
    return [float(f"{value:.5g}") for value in values]


@dataclass(frozen=True, eq=False, kw_only=True)
class Climb(Panel):
    """How a fit climbs: lines (id, title, concept, dash) over its steps, each with its values (V, n), and a hint."""

    kind: ClassVar[str] = "climb"
    tells: ClassVar[tuple[str, ...]] = ("answer",)
    steps: int
    left: tuple[str, Scale]
    lines: tuple[tuple[str, str, str, str], ...]
    values: Mapping[str, FloatArray] = field(default_factory=dict)
    hint: Texts = ()
    alt: Texts = ()

    def still(self, present: bool) -> dict[str, Any]:
        title, scale = self.left
        left = {"low": scale.low, "high": scale.high, "title": title, "ticks": list(scale.ticks)}
        lines = [{"id": i, "title": name, "concept": concept, "dash": dash} for i, name, concept, dash in self.lines]
        names = {"badge": BADGE, "hint": "climb.hint", "alt": "alt.climb", "under": True}
        return super().still(present) | {"steps": self.steps, "left": left, "lines": lines} | names

    @property
    def words(self) -> Mapping[str, Texts]:
        told = {"climb.hint": self.hint, "alt.climb": self.alt}
        return {name: texts for name, texts in told.items() if texts}

    @property
    def numbers(self) -> Mapping[str, FloatArray]:
        return self.values


def _per_cent(shares: FloatArray) -> Texts:
    return tuple(f"{100 * share:.0f}\u00a0%" for share in shares)


def _flat(pairs: FloatArray) -> FloatArray:
    return pairs[:, :, :2].reshape(len(pairs), -1)


@dataclass(frozen=True, eq=False, kw_only=True)
class Votes(Panel):
    """What one voice and each of the draws say where a map's ring is: the browser reads it off the map's numbers."""

    kind: ClassVar[str] = "votes"
    classes: tuple[str, ...]
    who: str
    concept: str = "posterior"

    def still(self, present: bool) -> dict[str, Any]:
        return super().still(present) | {"badge": BADGE, "who": self.who, "concept": self.concept}


@dataclass(frozen=True, eq=False, kw_only=True)
class Agreement(Panel):
    """How chains come to agree: values (V, G) of lines (id, title, dash) at `times` (G,), on a logarithmic scale.

    The scale goes from `marks[0]` to `marks[-1]`, of what a value is above `base`; `good` is the line to pass.
    """

    kind: ClassVar[str] = "agreement"
    tells: ClassVar[tuple[str, ...]] = ("answer",)
    id: str
    times: FloatArray
    marks: tuple[float, ...]
    good: float
    base: float = 0.0
    lines: tuple[tuple[str, str, str], ...]
    values: Mapping[str, FloatArray] = field(default_factory=dict)
    hint: str = ""
    alt: Texts = ()

    def still(self, present: bool) -> dict[str, Any]:
        lines = [{"id": i, "title": title, "dash": dash} for i, title, dash in self.lines]
        scale = {"marks": list(self.marks), "good": self.good, "base": self.base}
        named = {"hint": self.hint, "alt": f"alt.{self.id}"}
        return super().still(present) | {"times": self.times.tolist(), "lines": lines} | scale | named

    @property
    def words(self) -> Mapping[str, Texts]:
        return {f"alt.{self.id}": self.alt} if self.alt else {}

    @property
    def numbers(self) -> Mapping[str, FloatArray]:
        return self.values


@dataclass(frozen=True, eq=False, kw_only=True)
class Along(Panel):
    """Curves over the positions of a handle, with a hairline where it stands: lines are (id, name, concept, dash).

    `at` (n,) are the handle's values, `values` (n,) or (V, n) go by the names of the lines; the axes stay.
    """

    kind: ClassVar[str] = "along"
    tells: ClassVar[tuple[str, ...]] = ("answer",)
    handle: str
    at: FloatArray
    x: tuple[str, Scale]
    y: tuple[str, Scale]
    lines: tuple[tuple[str, str, str, str], ...]
    values: Mapping[str, FloatArray] = field(default_factory=dict)
    hint: Texts = ()
    alt: Texts = ()

    def still(self, present: bool) -> dict[str, Any]:
        axes = {
            name: {"low": scale.low, "high": scale.high, "title": title, "ticks": list(scale.ticks)}
            for name, (title, scale) in (("x", self.x), ("y", self.y))
        }
        lines = [{"id": i, "title": name, "concept": concept, "dash": dash} for i, name, concept, dash in self.lines]
        names = {"badge": BADGE, "hint": "along.hint", "alt": "alt.along"}
        return super().still(present) | {"handle": self.handle, "lines": lines} | axes | names

    @property
    def words(self) -> Mapping[str, Texts]:
        told = {"along.hint": self.hint, "alt.along": self.alt}
        return {name: texts for name, texts in told.items() if texts}

    @property
    def numbers(self) -> Mapping[str, FloatArray]:
        return {"along.at": self.at[None]} | {name: np.atleast_2d(rows) for name, rows in self.values.items()}
