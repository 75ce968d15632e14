"""What a page shows, for a browser, a notebook or a report: a figure or a stage, its labels, panels and handles."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Handle:
    """A handle under the chart: its positions, the words at its ends and the sentence that a move speaks.

    `texts` word the positions, `written` are the positions as a reader would type them: exact, while words may round.
    The second half of its label is left out on a phone. A `player` walks through its positions by itself.
    """

    id: str
    label: tuple[str, str]
    concept: str
    values: tuple[float, ...]
    texts: tuple[str, ...]
    written: tuple[str, ...]
    start: int
    ends: tuple[str, str]
    sentence: str
    locked: bool = False
    player: bool = False


@dataclass(frozen=True)
class Label:
    """Words at the chart's right edge, hung at the mean of some traces' edges; `bar` px wide on the gauge.

    With `caps` the bar has an end wherever the trace has one in the picture. Words of a film called "label.<id>" and
    "gloss.<id>" take the place of text and gloss where these move with a handle; a label without text is not there.
    """

    id: str
    text: str
    gloss: str
    concept: str
    at: tuple[tuple[str, str], ...]
    bar: float = 0
    caps: bool = False


@dataclass(frozen=True)
class Reading:
    """What a probe reads off a trace: words with {y}, or {low} and {high}; a `part` of the picture may be hidden."""

    trace: str
    text: str
    part: str = ""


@dataclass(frozen=True)
class Probe:
    """A line that a reader puts across the picture to read its curves: the ends of its axis, and what it says.

    `before` and `unit` stand around its place: "x = 0.3", "250 m²".
    """

    ends: tuple[float, float]
    before: str
    unit: str
    readings: tuple[Reading, ...]


@dataclass(frozen=True)
class Picture:
    """A figure (plotly JSON) with its labels, note and side panels; `stamp` names the question it answers.

    A `stage` (assets/live/stages.js) takes the place of the figure where the picture is no chart. `keys` are what a
    presenter's keys may ask for (assets/live/keys.js). A `walk` {trace, count, concept, ms, label} shows one member
    line of a trace at a time (assets/live/walk.js). A `grip` {handle, text} stands across the picture where a
    handle is, and moves it (assets/live/grip.js). A `probe` reads the curves where it stands
    (assets/live/reader.js): `reads` {x, text, why, count} says where, or what was typed and refused. A `mark`
    {kind, x, low, high, open} is where a guess lies, or, `open`, is to be made (assets/live/mark.js). While there
    are words in `busy` the picture is dimmed: what it shows is not the answer yet; `extra` tells of work that only
    adds to it; `waits` says that words may still come. `said` is the sentence under it, `told` whether that says
    what a change did. `refused` {handle, text, why} was typed, and is none of a handle's values. What it `hides`
    ("truth", "answer", "numbers") is left out of it already.
    `ghost` names the traces that stay in sight of a picture that is pinned; `pins` {open, list} are those that a reader
    has (assets/live/pins.js); `draws` {open, x, y, ...} are points that may be changed (assets/live/pen.js): the dots
    of the traces `drawn`. `locks` are the settings that the link locks.
    """

    figure: dict[str, Any] | None
    stamp: str
    labels: tuple[Label, ...]
    panels: tuple[dict[str, Any], ...]
    stage: dict[str, Any] | None = None
    keys: tuple[str, ...] = ()
    note: dict[str, Any] | None = None
    epoch: int = 0
    said: str = ""
    told: bool = False
    waits: bool = False
    busy: str = ""
    extra: str = ""
    present: bool = False
    glide: dict[str, Any] | None = None
    refused: dict[str, str] | None = None
    reveal: bool = False
    walk: dict[str, Any] | None = None
    grip: dict[str, str] | None = None
    mark: dict[str, Any] | None = None
    probe: Probe | None = None
    reads: dict[str, Any] | None = None
    hides: tuple[str, ...] = ()
    ghost: tuple[str, ...] = ()
    drawn: tuple[str, ...] = ()
    pins: dict[str, Any] | None = None
    draws: dict[str, Any] | None = None
    locks: tuple[str, ...] = ()


def as_json(value: Any) -> Any:
    """Return a plotly figure's parts as plain JSON: arrays (also plotly's base64 ones) as lists, NaN as null."""
    if isinstance(value, dict) and "bdata" in value:
        return as_json(np.frombuffer(base64.b64decode(value["bdata"]), value["dtype"]))
    if isinstance(value, dict):
        return {name: as_json(part) for name, part in value.items()}
    if isinstance(value, np.ndarray):
        return [float(v) if np.isfinite(v) else None for v in value]
    if isinstance(value, list | tuple):
        return [as_json(part) for part in value]
    return value
