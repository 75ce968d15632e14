"""What every page's settings can do: start in a scene, come out of a link, go into one, and place the handles."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any, ClassVar, Self

import numpy as np

from bayes_core.checks import FloatArray

from .link import number_in


@dataclass(frozen=True)
class PageSettings:
    """Everything that decides what a page shows; every field of a subclass is a name in the link."""

    scene: str
    FIRST: ClassVar[str] = ""

    @classmethod
    def start(cls, scene: str) -> Self:
        """Return a scene's own settings."""
        raise NotImplementedError

    @property
    def handles(self) -> tuple[str, ...]:
        """Return the fields that are handles of the chart."""
        raise NotImplementedError

    def positions(self, handle: str) -> FloatArray:
        """Return the values that a handle can take, rising; the scene's start is one of them."""
        raise NotImplementedError

    @classmethod
    def at_start(cls, scene: str = "", **changes: Any) -> Self:
        """Return a scene's own settings, with some of them changed; handles snap to their nearest position."""
        return replace(cls.start(scene or cls.FIRST), **changes).snapped()

    @classmethod
    def from_link(cls, values: dict[str, Any], notes: list[str]) -> Self:
        """Return a link's settings; a handle outside its range stays at its start, with a note."""
        known = {field.name for field in fields(cls)}
        kept = {name: value for name, value in values.items() if name in known}
        scene = kept.pop("scene", cls.FIRST)
        base = replace(cls.start(scene), **kept)
        for handle in base.handles:
            if handle not in kept:
                continue
            positions = base.positions(handle)
            try:
                number_in(float(positions[0]), float(positions[-1]))(as_text(kept[handle]))
            except ValueError as error:
                notes.append(f"{handle}: {error}")
                base = replace(base, **{handle: getattr(cls.start(scene), handle)})
        return base.snapped()

    def snapped(self) -> Self:
        """Return the settings with every handle on one of its positions."""
        return replace(self, **{h: float(self.positions(h)[i]) for h, i in self.home().items()})

    def home(self) -> dict[str, int]:
        """Return the position of each handle."""
        return {h: nearest(self.positions(h), getattr(self, h)) for h in self.handles}

    def others(self, handle: str) -> Self:
        """Return the settings with one handle at its start: all that a film along that handle may depend on."""
        return replace(self, **{handle: getattr(type(self).start(self.scene), handle)})

    def link(self) -> dict[str, str]:
        """Return what the address must say: the scene, and the fields that differ from its start."""
        start = type(self).start(self.scene)
        params = {} if self.scene == self.FIRST else {"scene": self.scene}
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name != "scene" and value != getattr(start, field.name):
                params[field.name] = as_text(value)
        return params

    @property
    def stamp(self) -> str:
        """Return the name of the question apart from where the handles stand."""
        return "|".join(as_text(getattr(self, f.name)) for f in fields(self) if f.name not in self.handles)


def as_text(value: Any) -> str:
    """Return a setting as the link writes it."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        short = f"{value:.9g}"
        return short if float(short) == value else repr(float(value))  # a typed 1/3 needs all its digits
    return str(value)


def nearest(positions: FloatArray, value: float) -> int:
    """Return the index of the position nearest to a value."""
    return int(np.abs(positions - value).argmin())


def through(values: FloatArray, *kept: float) -> FloatArray:
    """Return even positions with the nearest ones moved onto values that must be reachable exactly."""
    moved = values.copy()
    for value in kept:
        if values[0] <= value <= values[-1]:
            moved[nearest(values, value)] = value
    return moved


def spread(low: float, high: float, count: int, start: float) -> FloatArray:
    """Return positions evenly spaced in the logarithm, in three digits, with a start among them."""
    return through(np.array([float(f"{v:.3g}") for v in np.geomspace(low, high, count)]), start)
