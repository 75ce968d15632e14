"""How long a sampler that ends by its own judgement has been at work, and how much of it is probably still to come."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import numpy as np

from bayes_core.inference.judge import FEWEST_EFFECTIVE, WORST_R_HAT
from bayes_core.types import Diagnostics


@dataclass
class Pace:
    """The time of equal pieces of work. The first one compiles: it is taken to be as long as the others.

    `patience` is how many seconds of them there may be.
    """

    patience: float
    _pieces: int = 0
    _since: float = field(default_factory=time.perf_counter)

    def piece(self) -> None:
        """Say that a piece of work is done."""
        self._pieces += 1
        if self._pieces == 1:
            self._since = time.perf_counter()

    @property
    def each(self) -> float:
        """Return the seconds that a piece takes, 0 while that is not known."""
        return (time.perf_counter() - self._since) / (self._pieces - 1) if self._pieces > 1 else 0.0

    @property
    def seconds(self) -> float:
        """Return how long the work has taken."""
        return self.each * self._pieces

    @property
    def late(self) -> bool:
        """Return whether patience is at an end."""
        return self.seconds > self.patience

    def expected(self, needed: float) -> int:
        """Return how many pieces there will be, where `needed` of them would do and patience may end before."""
        most = self.patience / self.each if self.each > 0 else np.inf
        return max(int(np.ceil(min(needed, most))), self._pieces + 1)


def more_needed(about: Diagnostics) -> float:
    """Return how many times the draws so far would probably converge: R-hat^2 - 1 falls, and the ESS grows, like them.

    >>> more_needed(Diagnostics("sampled", r_hat={"f": 1.01}, ess_bulk={"f": 100.0}, ess_tail={"f": 500.0}))
    4.0
    """
    if not about.r_hat:
        return np.inf
    excess = (about.largest_r_hat**2 - 1) / (WORST_R_HAT**2 - 1)
    fewest = min(*about.ess_bulk.values(), *about.ess_tail.values())
    return float(max(excess, FEWEST_EFFECTIVE / fewest))
