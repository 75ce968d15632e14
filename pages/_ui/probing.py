"""The probe: a line across a picture that reads its curves at an x; where it may stand, and what it says of bands."""

from __future__ import annotations

from dataclasses import dataclass

from bayes_core.data.source import Axes
from bayes_core.figures.picture import Probe, Reading
from bayes_core.inference import METHODS
from bayes_core.intervals import level_words

from . import entry
from .link import as_text, number


@dataclass(frozen=True)
class Across:
    """The axis that a probe stands on: its ends, and what is written before and behind a place on it.

    >>> Across.of("surface, m²", (0, 260)).worded(120.0), Across.of("x", (-1, 1)).worded(0.5)
    ('120 m²', 'x = 0.5')
    """

    ends: tuple[float, float]
    before: str = ""
    unit: str = ""

    @classmethod
    def of(cls, title: str, ends: tuple[float, float]) -> Across:
        """Return the axis with a title, "surface, m²"."""
        name, _, unit = title.rpartition(", ") if ", " in title else (title, "", "")
        low, high = (float(end) for end in ends)
        return cls((low, high), "", unit) if unit else cls((low, high), f"{name} = ", "")

    def worded(self, x: float) -> str:
        """Return a place as it is written."""
        return f"{self.before}{as_text(float(x))} {self.unit}".strip()

    def accept(self, x: float) -> float:
        """Return a place on the axis; the ValueError for any other says where it ends."""
        low, high = self.ends
        if not low <= x <= high:
            raise ValueError(f"{as_text(x)} is outside the axis, {low:g} to {high:g}")
        return float(x) + 0.0

    def typed(self, text: str) -> float:
        """Return the place that a reader typed; of two that a text may mean, the one on the axis.

        >>> Across.of("surface, m²", (0, 260)).typed("120,5 m²")
        120.5
        """
        shown, (low, high) = " ".join(text.split())[: entry.LONGEST], self.ends
        fitting = entry.meant(text, self.unit, low, high)
        if len(fitting) == 1:
            return fitting[0] + 0.0
        if fitting:
            raise ValueError(f"“{shown}” may mean {' or '.join(map(as_text, fitting))}: type which")
        raise ValueError(f"“{shown}” is outside the axis: type a value from {low:g} to {high:g}")


def from_link(across: Across | None, x: float | None, notes: list[str]) -> float | None:
    """Return where a link puts the probe; what cannot be becomes a note."""
    if x is None:
        return None
    try:
        if across is None:
            raise ValueError("this picture has no curves over an axis to read")
        return across.accept(x)
    except ValueError as error:
        notes.append(f"probe: {error}")
        return None


READ = number
"""How a link's `probe=` is read."""


def across(axes: Axes) -> Across:
    """Return the horizontal axis of a picture."""
    return Across.of(axes.x_title, axes.x_range)


def reads(axes: Axes, *readings: Reading) -> Probe:
    """Return a probe on the horizontal axis of a picture."""
    here = across(axes)
    return Probe(here.ends, here.before, here.unit, readings)


def measured(axes: Axes) -> str:
    """Return the unit of what a picture shows, behind a number: " thousand €"."""
    return f" {axes.y_title.rpartition(', ')[2]}" if ", " in axes.y_title else ""


TRUE = Reading("truth", "the truth is {y}", part="truth")


def band_probe(
    axes: Axes, method: str, level: float, new: str, middle: str, *, truth: bool, more: tuple[Reading, ...] = ()
) -> Probe:
    """Return the probe of nested bands: what it reads says the level and the kind of every interval.

    `new` is what the predictive band is of ("a new house"), `middle` what the credible one is of ("the curve"); `more`
    is read of lines beside them, and the `truth` where it is drawn.
    """
    unit, shown = measured(axes), level_words(level)
    held = ", the weights taken as certain" if method == "map" else ""
    falls = Reading("predictive", f"{new} between {{low}} and {{high}}{unit} ({shown} predictive{held})")
    if method == "map":
        told: tuple[Reading, ...] = (Reading("credible", f"MAP’s {{y}}{unit}, which has no credible interval"), falls)
    else:
        by = "" if method in ("exact", "prior") else f" by {METHODS[method].title}"
        kind = "prior, before any data" if method == "prior" else f"credible{by}"
        band = Reading("credible", f"{middle} between {{low}} and {{high}} ({shown} {kind})")
        told = (Reading("credible", f"about {{y}}{unit}"), falls, band)
    return reads(axes, *told, *more, *((TRUE,) if truth else ()))
