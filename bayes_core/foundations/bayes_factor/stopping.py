r"""What happens to those who look after every toss and stop when they like what they see: exact, without a simulation.

The count of heads is a random walk. The share of worlds that have not stopped is carried on from toss to toss, count by
count; what lies where a rule says "stop" is taken out. Under H0 a Bayes factor of B against it is ever reached in at
most 1 / B of all worlds, however often one looks (Ville's inequality); a p-value has no such bound.
Source: Armitage, McPherson and Rowe (1969) for p; Ville (1939), Robbins (1970) for the bound.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bayes_core.checks import FloatArray
from bayes_core.foundations.bayes_factor.proportion import Count, log_binomial, p_value, prior_around


class Stopped(NamedTuple):
    """Shares of worlds (V, N + 1) that have said "not H0" after so many tosses: for p, and for the Bayes factor.

    `once_p` and `once_bf` (V,) are those that say so who look but once, at the end; of fair worlds at most `bound` (V,)
    can ever reach the Bayes factor.
    """

    by_p: FloatArray
    by_bf: FloatArray
    once_p: FloatArray
    once_bf: FloatArray
    bound: FloatArray


def both_rules(
    most: int, value: float, level: float, worth: ArrayLike, demand: ArrayLike, chance: ArrayLike
) -> Stopped:
    """Return what becomes of two rules: stop at p below a level, or at a Bayes factor as large as is demanded.

    >>> found = both_rules(100, 0.5, 0.05, 2.0, 10.0, 0.5)
    >>> float(found.by_p[0, -1].round(3)), float(found.by_bf[0, -1].round(3)), found.bound.tolist()
    (0.227, 0.058, [0.1])
    """
    by_p = significant(most, value, level)
    wanted = np.atleast_1d(np.asarray(demand, float))
    by_bf = log_bayes_factors(most, value, worth) >= np.log(wanted)[:, None, None] - 1e-12
    rules = [shares_stopped(rule, chance) for rule in (by_p, by_bf)]
    once = [_at_the_end(rule, chance) for rule in (by_p, by_bf)]
    return Stopped(rules[0], rules[1], once[0], once[1], 1 / wanted)


def _at_the_end(rule: NDArray[np.bool_], chance: ArrayLike) -> FloatArray:
    """Return the share of worlds (V,) in which a rule holds after the last toss, whatever held before."""
    p = np.atleast_1d(np.asarray(chance, float))
    k = np.arange(rule.shape[1], dtype=float)
    shares = np.exp(log_binomial(Count(k, np.asarray(k[-1])), p[:, None]))
    return np.asarray((shares * rule[:, -1]).sum(1))


@lru_cache(maxsize=8)
def significant(most: int, value: float, level: float) -> NDArray[np.bool_]:
    """Return at which counts (1, N + 1, N + 1), by tosses and heads, the two-sided p-value is below a level."""
    stop = np.zeros((1, most + 1, most + 1), bool)
    for n in range(1, most + 1):
        stop[0, n, : n + 1] = p_value(Count(np.arange(n + 1.0), np.asarray(n)), value) < level
    stop.setflags(write=False)
    return stop


def log_bayes_factors(most: int, value: float, worth: ArrayLike) -> FloatArray:
    """Return log BF10 (V, N + 1, N + 1) of a point, by tosses and heads; where heads are too many it means nothing.

    >>> np.exp(log_bayes_factors(2, 0.5, 2.0)[0, 2]).round(4).tolist()
    [1.3333, 0.6667, 1.3333]
    """
    from scipy.special import betaln, gammaln  # noqa: PLC0415

    prior = prior_around(value, worth)
    k = np.arange(most + 1.0)
    heads, tails, both = (gammaln(np.asarray(part)[:, None] + k) for part in (prior.a, prior.b, prior.worth))
    over = np.maximum(k[:, None] - k, 0).astype(int)  # tails by tosses and heads
    gained = heads - k * np.log(value), tails - k * np.log1p(-value)
    found: FloatArray = (
        gained[0][:, None, :] + gained[1][:, over] - both[..., None] - betaln(prior.a, prior.b)[:, None, None]
    )
    return found


def shares_stopped(stop: NDArray[np.bool_], chance: ArrayLike) -> FloatArray:
    """Return the share of worlds (V, N + 1) that have stopped after 0, 1, ... N tosses whose heads come with a chance.

    Where to `stop` (V or 1, N + 1, N + 1) is told by tosses and heads.

    >>> stop = np.array([[[False, False, False], [False, False, False], [True, False, True]]])
    >>> shares_stopped(stop, [0.5, 0.9]).round(2).tolist()
    [[0.0, 0.0, 0.5], [0.0, 0.0, 0.82]]
    """
    p = np.atleast_1d(np.asarray(chance, float))[:, None]
    most, size = stop.shape[1] - 1, max(len(stop), len(p))
    alive = np.zeros((size, most + 2))
    alive[:, 0] = 1.0
    stopped = np.zeros((size, most + 1))
    for n in range(1, most + 1):
        ways = alive[:, : n + 1] * (1 - p)
        ways[:, 1:] += alive[:, :n] * p
        gone = np.where(stop[:, n, : n + 1], ways, 0.0)
        stopped[:, n] = stopped[:, n - 1] + gone.sum(1)
        alive[:, : n + 1] = ways - gone
    return stopped
