"""The samplers by name. A new one is one file with a `step`, and one word here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bayes_core.samplers import gibbs, hmc, langevin, nuts, random_walk
from bayes_core.samplers.moves import Move

Step = Callable[..., Move]


@dataclass(frozen=True)
class Sampler:
    """A sampler: its transition, which options it reads, and whether a transition is a path that one end is kept of.

    Gibbs has no step of its own before it knows the density: `on(lines, across, up)` makes it.
    """

    step: Step | None
    reads: tuple[str, ...]
    path: bool = False
    on: Callable[..., Step] | None = None


SAMPLERS: Mapping[str, Sampler] = {
    "nuts": Sampler(nuts.step, ("size", "metric"), path=True),
    "hmc": Sampler(hmc.step, ("size", "metric", "leaps"), path=True),
    "random_walk": Sampler(random_walk.step, ("size", "metric")),
    "langevin": Sampler(langevin.step, ("size", "metric")),
    "gibbs": Sampler(None, (), on=gibbs.stepper),
}
