"""What four chains say by the time that each has spent so many evaluations, and whether to believe it."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.numerics.convergence import agreement
from bayes_core.samplers.run import CHAINS, Run

R_HAT, ENOUGH = 1.01, 400
"""R-hat and effective draws that converged chains have (Vehtari et al. 2021)."""
FEWEST = 8  # draws a chain, before R-hat is told


@dataclass(frozen=True)
class Account:
    """Draws kept of all chains, how many independent ones they are worth, acceptance, divergences, R-hat, and means.

    `worth` and `r_hat` are those of the worse of the two parameters, NaN where chains are too short or none moves.
    """

    draws: int
    worth: float
    accepted: float
    diverged: int
    r_hat: float
    mean: tuple[float, float]
    error: tuple[float, float]

    @property
    def converged(self) -> bool:
        """Return whether chains agree, are worth enough, and no path diverged."""
        return self.r_hat < R_HAT and self.worth >= ENOUGH and not self.diverged


def warm_until(warm: int, spent: float) -> float:
    """Return the evaluations that are thrown away as warm-up: never more than half of what was spent."""
    return float(min(warm, spent // 2))


def kept(run: Run, spent: float, warm: int) -> FloatArray:
    """Return the draws (2, 4, n) after the warm-up, of every chain as many as the shortest has."""
    begin = warm_until(warm, spent)
    ends = [run.done(k, spent) for k in range(CHAINS)]
    starts = [int(np.searchsorted(run.spent[k], begin, "right")) for k in range(CHAINS)]
    n = max(0, min(end - start + 1 for start, end in zip(starts, ends, strict=True)))
    return np.stack([run.states[k][ends[k] + 1 - n : ends[k] + 1] for k in range(CHAINS)]).transpose(2, 0, 1)


def account(run: Run, spent: float, warm: int = 0) -> Account:
    """Return what the chains say once each has spent so many evaluations.

    >>> from bayes_core.samplers.run import Plan, run
    >>> told = account(run(Plan("banana", "nuts", 0.1, spend=400)), 400, warm=100)
    >>> told.draws > 10, told.diverged
    (True, 0)
    """
    drawn = kept(run, spent, warm)
    n = drawn.shape[2]
    told = run.told(spent)
    accepted = told[1] / told[0] if told[0] else nan
    mean = tuple(drawn.mean((1, 2)).tolist()) if n else (nan, nan)
    worth, r_hat, error = nan, nan, (nan, nan)
    if n >= FEWEST and (drawn.var(2).max(1) > 0).all():
        with np.errstate(divide="ignore", invalid="ignore"):  # half chains that stand still: they never agree
            hats, bulk = agreement(drawn)
        worth, r_hat = float(bulk.min()), float(hats.max())
        error = tuple((drawn.std((1, 2)) / np.sqrt(bulk)).tolist())
    return Account(n * CHAINS, worth, accepted, int(told[2]), r_hat, mean, error)


def autocorrelation(values: FloatArray, lags: int) -> FloatArray:
    """Return the autocorrelation (lags + 1,) of chains (C, n) around their common mean; NaN where there is too little.

    >>> autocorrelation(np.array([[1.0, -1, 1, -1, 1, -1, 1, -1]]), 2).round(2)
    array([ 1.  , -0.88,  0.75])
    """
    n = values.shape[1]
    off = values - values.mean() if n else values
    whole = float((off**2).sum())
    if n <= 2 * lags or not whole > 0:
        return np.full(lags + 1, np.nan)
    return np.array([float((off[:, : n - k] * off[:, k:]).sum()) / whole for k in range(lags + 1)])
