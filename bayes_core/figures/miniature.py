"""A picture of 150 x 70 pixels: a few layers at a few positions of one handle, small enough to send a dozen.

of_view(view, home, picked) -> Miniature       a figure's own traces
Miniature((band(...), line(...), dots(...)), alt, home).packed() -> bytes        assets/live/mini.js draws it
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bayes_core.checks import FloatArray
from bayes_core.figures.packing import as_text, sealed
from bayes_core.figures.theme import LIGHT, ink
from bayes_core.figures.view import View

WIDTH, HEIGHT = 1500, 700
"""Of the miniature, in tenths of a pixel: coordinates travel as whole numbers."""
_MOST = 90  # points of a line
_LONGEST = 500  # beyond it a trace is a bundle of many, which a miniature cannot show
Range = tuple[float, float]


@dataclass(frozen=True, eq=False)
class Layer:
    """One part of the miniature: its kind ("line", "band", "dots", "crowd", "map"), look, and whole numbers."""

    kind: str
    look: dict[str, Any]
    rows: dict[str, list[list[int | None]]]


@dataclass(frozen=True, eq=False)
class Miniature:
    """Layers at V positions, what they show in words, and at which of the positions the lesson opens."""

    layers: tuple[Layer, ...]
    alt: str
    home: int = 0

    def packed(self) -> bytes:
        """Return what the browser draws."""
        layers = [{"kind": layer.kind, **layer.look, **layer.rows} for layer in self.layers]
        return sealed(as_text({"layers": layers, "alt": self.alt, "home": self.home}), level=9)


def picked(size: int, home: int, count: int = 9) -> NDArray[np.intp]:
    """Return positions, rising and evenly spread, among them both ends and the one where the handle stands.

    >>> picked(41, 3, 5)
    array([ 0,  3, 10, 20, 30, 40])
    """
    return np.unique([*np.linspace(0, size - 1, min(count, size)).round().astype(int), home])


class Frame:
    """Where data lie on the miniature: both axes, as the lesson's own picture has them."""

    def __init__(self, x: Range, y: Range) -> None:
        """Take the ranges of both axes."""
        self.x, self.y = x, y

    def line(self, concept: str, x: FloatArray, y: FloatArray, dash: str = "", opacity: float = 1.0) -> Layer:
        """Return a curve through x (n,) or (V, n) and y (V, n)."""
        return Layer("line", {"concept": concept, "dash": dash, "opacity": opacity}, self._placed(x, y))

    def band(self, concept: str, x: FloatArray, lower: FloatArray, upper: FloatArray, opacity: float) -> Layer:
        """Return an area between two curves (V, n) over x (n,)."""
        round_trip = np.concatenate([x, x[::-1]])
        return self.area(concept, round_trip, np.concatenate([lower, upper[:, ::-1]], axis=1), opacity)

    def area(self, concept: str, x: FloatArray, y: FloatArray, opacity: float) -> Layer:
        """Return a filled outline."""
        return Layer("band", {"concept": concept, "opacity": opacity}, self._placed(x, y))

    def dots(self, concept: str, x: FloatArray, y: FloatArray) -> Layer:
        """Return points."""
        return Layer("dots", {"concept": concept}, self._placed(x, y))

    def _placed(self, x: FloatArray, y: FloatArray) -> dict[str, list[list[int | None]]]:
        across = WIDTH * (np.atleast_2d(x) - self.x[0]) / (self.x[1] - self.x[0])
        up = HEIGHT * (self.y[1] - np.atleast_2d(y)) / (self.y[1] - self.y[0])
        kept = _kept(up.shape[1])
        return {"x": _whole(across[:, kept]), "y": _whole(np.clip(up, -HEIGHT, 2 * HEIGHT)[:, kept])}


def crowd(counts: FloatArray) -> Layer:
    """Return a thousand people (V, 4) in the four cells of a test, in the order that the lesson counts them."""
    return Layer("crowd", {}, {"counts": _whole(counts)})


def chances(p: FloatArray, columns: int) -> Layer:
    """Return probabilities of class 1 (V, rows * columns), row by row from the top, as a map in per cent."""
    return Layer("map", {"columns": columns}, {"p": _whole(100 * p)})


def of_view(view: View, at: NDArray[np.intp], home: int, alt: str, axis: str = "y") -> Miniature:
    """Return a view's figure as a miniature, at the positions `at`: the traces of one of its vertical axes."""
    assert view.figure is not None
    layout = view.figure["layout"]
    frame = Frame(tuple(layout["xaxis"]["range"]), tuple(layout[f"{axis[0]}axis{axis[1:]}"]["range"]))
    drawn = (_layer(frame, trace, view, at) for trace in view.figure["data"] if (trace.get("yaxis") or "y") == axis)
    return Miniature(tuple(layer for layer in drawn if layer), alt, int(np.searchsorted(at, home)))


def _layer(frame: Frame, trace: dict[str, Any], view: View, at: NDArray[np.intp]) -> Layer | None:
    x, y = (_rows(view, trace, name, at) for name in ("x", "y"))
    if x is None or y is None or y.shape[1] > _LONGEST or not np.isfinite(y).any():
        return None
    if trace.get("fill") == "toself":
        concept, opacity = _ink(trace.get("fillcolor", ""))
        return frame.area(concept, x, y, opacity) if opacity else None
    if trace.get("mode") == "markers":
        concept, opacity = _ink(str(trace.get("marker", {}).get("color", "")))
        return frame.dots(concept, x, y) if y.shape[1] <= _MOST else None
    concept, opacity = _ink(trace["line"].get("color", ""))
    return frame.line(concept, x, y, _dash(trace["line"].get("dash", "")), opacity) if opacity else None


def _rows(view: View, trace: dict[str, Any], name: str, at: NDArray[np.intp]) -> FloatArray | None:
    """Return a trace's coordinates at the positions, (V, n) or (1, n) where they stand still."""
    moving = view.numbers.get(f"{trace['name']}.{name}")
    if moving is not None:
        return moving[at] if len(moving) > 1 else moving
    still = trace.get(name)
    return None if still is None or not len(still) else np.array([still], dtype=float)


def _ink(colour: str) -> tuple[str, float]:
    """Return the concept that a colour of a figure stands for, and how opaque it is."""
    for concept in LIGHT:
        if colour.startswith(ink(concept).rsplit(",", 1)[0] + ","):
            return concept, float(colour.rsplit(",", 1)[1].rstrip(")"))
    return "data", 1.0


def _dash(pattern: str) -> str:
    return "" if pattern == "solid" else pattern.replace("px", "0")


def _kept(size: int) -> NDArray[np.intp]:
    """Return which of many points a miniature draws: the ends of a line and of an outline's halves are among them."""
    if size <= _MOST:
        return np.arange(size)
    step = -(-size // _MOST)
    ends = [0, size // 2 - 1, size // 2, size - 1]
    return np.unique([*range(0, size, step), *ends])


def _whole(values: FloatArray) -> list[list[int | None]]:
    return [[None if not np.isfinite(v) else round(float(v)) for v in row] for row in values]
