"""What a forecast rests on: the data, the exact answer to them, and the lines of a script that repeat it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.evaluation.ahead import of_count, of_level, of_line
from bayes_core.evaluation.decision import Ahead
from bayes_core.evaluation.origin import Origin, origin_of_level, origin_of_line
from bayes_core.foundations.conjugate.belief import Seen
from bayes_core.foundations.conjugate.gamma import Gamma
from bayes_core.foundations.conjugate.normal import Normal
from bayes_core.models import Linear
from bayes_core.types import Dataset, Prior

MODEL = Linear()
_SEEN = "from bayes_core.foundations.conjugate.belief import Seen"


class Basis(Protocol):
    """Data with a model that has a closed form."""

    def ahead(self) -> Ahead:
        """Return the futures, now and after one more measurement."""

    def origin(self) -> Origin:
        """Return what was seen, and the band of which the futures are a slice."""

    def code(self) -> tuple[str, str]:
        """Return the imports and the lines of a script that make the same."""


@dataclass(frozen=True, eq=False)
class Line:
    """A line through data of one input, and a new outcome at x."""

    dataset: Dataset
    prior: Prior
    x: float

    def ahead(self) -> Ahead:
        """Return the futures of one new outcome at x."""
        return of_line(self.dataset, MODEL, self.prior, np.array([self.x]))

    def origin(self) -> Origin:
        """Return the data with the line's band."""
        return origin_of_line(self.dataset, MODEL, self.prior, self.x)

    def code(self) -> tuple[str, str]:
        """Return the exact posterior's call, with the data in numbers."""
        imports = "from bayes_core import Dataset, Prior\nfrom bayes_core.evaluation.ahead import of_line\n"
        data = f"{_array('x', self.dataset.x[:, 0])}\n{_array('y', self.dataset.y)}"
        prior = f"Prior(width={self.prior.width!r}, noise={self.prior.noise!r})"
        call = f"ahead = of_line(Dataset.from_arrays(x, y), Linear(), {prior}, np.array([{self.x!r}]))"
        return f"{imports}from bayes_core.models import Linear", f"{data}\n{call}"


@dataclass(frozen=True, eq=False)
class Counts:
    """Counts, with a Gamma belief about their mean from before."""

    before: Gamma
    counts: FloatArray

    def ahead(self) -> Ahead:
        """Return the futures of the next count."""
        return of_count(self.before.learn(Seen.of(self.counts)))

    def origin(self) -> Origin:
        """Return the counts in their order."""
        return origin_of_level(self.counts, self.ahead().now)

    def code(self) -> tuple[str, str]:
        """Return the Gamma's update."""
        imports = f"from bayes_core.evaluation.ahead import of_count\n{_SEEN}"
        gamma = f"Gamma({float(self.before.shape)!r}, {float(self.before.rate)!r})"
        lines = f"{_array('counts', self.counts)}\nahead = of_count({gamma}.learn(Seen.of(counts)))"
        return f"{imports}\nfrom bayes_core.foundations.conjugate.gamma import Gamma", lines


@dataclass(frozen=True, eq=False)
class Level:
    """Measurements of one level with a known error, and what is known of such levels from before."""

    before: Normal
    readings: FloatArray

    def ahead(self) -> Ahead:
        """Return what is believed of the level itself."""
        return of_level(self.before.learn(Seen.of(self.readings)))

    def origin(self) -> Origin:
        """Return the readings in their order."""
        return origin_of_level(self.readings, self.ahead().now)

    def code(self) -> tuple[str, str]:
        """Return the Normal's update."""
        imports = f"from bayes_core.evaluation.ahead import of_level\n{_SEEN}"
        known = ", ".join(repr(float(part)) for part in (self.before.mean, self.before.sd, self.before.noise))
        lines = f"{_array('readings', self.readings)}\nahead = of_level(Normal({known}).learn(Seen.of(readings)))"
        return f"{imports}\nfrom bayes_core.foundations.conjugate.normal import Normal", lines


def _array(name: str, values: FloatArray) -> str:
    lines = np.array2string(values, separator=", ", max_line_width=96, threshold=10**6, floatmode="unique")
    return f"{name} = np.array({lines})"
