"""Bands of a curve f(x) along a handle: from draws, and reweighted to nearby priors and data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bayes_core.checks import FloatArray
from bayes_core.models import Mlp
from bayes_core.numerics.positions import unbroken
from bayes_core.summaries.answers import Draws, intervals, placed, refuse_several, thinned
from bayes_core.summaries.answers.protocol import told_at
from bayes_core.types import Fit

MEMBERS = 24
_MOST = 2000  # draws that a picture needs
_INNER = 0.5  # level of the inner band


@dataclass(frozen=True, eq=False)
class Curves:
    """What draws say at V positions: edges {name: (lower, upper)} (V, G), members (V, M, G).

    noise (V, 3, G) is the noise at every x: the lower end, the median and the upper end of its equal-tailed interval,
    since neither a half-Cauchy prior nor what few data make of it has a mean worth telling. trusted is the unbroken run
    of positions that the draws may answer for; pareto_k and effective (V,) say why it ends where it does.
    """

    edges: Mapping[str, tuple[FloatArray, FloatArray]]
    members: FloatArray
    trusted: tuple[int, int]
    noise: FloatArray
    pareto_k: FloatArray
    effective: FloatArray

    @property
    def known(self) -> NDArray[np.bool_]:
        """Return at which positions there is an answer, (V,)."""
        return np.isfinite(self.noise[:, 1, 0])

    def answered(self, home: int) -> tuple[int, int]:
        """Return the first and last position of the unbroken run around `home` where there is an answer."""
        return unbroken(self.known, home)

    def half_width(self, name: str = "credible") -> FloatArray:
        """Return half the width of a band at every x, (V, G)."""
        lower, upper = self.edges[name]
        half: FloatArray = 0.5 * (upper - lower)
        return half

    def replaced(self, others: Mapping[int, Curves]) -> Curves:
        """Return the same with other curves (V = 1), each in the place of what stood at its position.

        So a fit made at a position takes the place of draws that were only reweighted to it. `trusted` still says how
        far those reach.
        """
        if not others:
            return self
        at, new = list(others), others.values()

        def put(old: FloatArray, parts: Iterable[FloatArray]) -> FloatArray:
            made = old.copy()
            made[at] = np.concatenate(list(parts))
            return made

        edges = {
            name: (put(lower, (c.edges[name][0] for c in new)), put(upper, (c.edges[name][1] for c in new)))
            for name, (lower, upper) in self.edges.items()
        }
        return replace(
            self,
            edges=edges,
            members=put(self.members, (c.members for c in new)),
            noise=put(self.noise, (c.noise for c in new)),
        )

    def among(self, size: int, first: int) -> Curves:
        """Return these V positions as those from `first` on among `size`; at all others there is no answer (NaN)."""

        def wide(values: FloatArray) -> FloatArray:
            return placed(values, size, first)

        edges = {name: (wide(lower), wide(upper)) for name, (lower, upper) in self.edges.items()}
        trusted = (first, first + len(self.noise) - 1)
        worth = wide(self.pareto_k), wide(self.effective)
        return Curves(edges, wide(self.members), trusted, wide(self.noise), *worth)


def curves(
    fit: Fit,
    x: FloatArray,
    level: float = 0.9,
    log_ratio: FloatArray | None = None,
    home: int = 0,
    seed: int = 0,
) -> Curves:
    """Return bands of f and of a new y at x (G, 1); log_ratio (V, S) says how each position reweights the draws.

    Positions that the draws cannot answer for (Pareto k, effective draws) are NaN. A fit of one draw has bands of no
    width. A new y is f plus noise from fixed random numbers, so that it glides.
    """
    keep = np.unique(np.linspace(0, len(fit.noise) - 1, min(len(fit.noise), _MOST)).astype(int))
    few, lot = thinned(fit, keep), (seed, 62)
    shock = np.random.default_rng([seed, 61]).standard_normal(len(keep))
    if log_ratio is None:
        answer = Draws(few, np.full((1, len(keep)), 1 / len(keep)), shock, lot=lot)
    else:
        answer = Draws.reweighted(few, log_ratio[:, keep], home, shock, lot)
    found = answer.at(x)
    edges = {name: (part.lower, part.upper) for name, part in intervals(found, x, level, _INNER).items()}
    noise = found.noise(told_at(level))
    return Curves(edges, answer.members(x, MEMBERS), answer.trusted, noise, answer.pareto_k, answer.effective)


def log_prior_ratio(fit: Fit, widths: FloatArray) -> FloatArray:
    r"""Return log p(weights | width_v) - log p(weights | width of the fit), (V, S), for a network's draws.

    .. math:: \tfrac12 \sum_j \theta_j^2 (1/s_j^2 - 1/s_{jv}^2) - \sum_j \log(s_{jv} / s_j)
    """
    if not isinstance(fit.model, Mlp):
        raise ValueError(f"the model is {fit.model.name!r}: only a network's own draws can be reweighted here")
    inputs = fit.draws["weight1"].shape[1]
    own = dict(fit.prior.widths)  # these do not follow the handle
    heads = fit.question.likelihood.heads
    here, there = (fit.model.spread(inputs, width, own, heads) for width in (fit.prior.width, widths[:, None]))
    ratio: FloatArray = np.zeros((len(widths), len(fit.noise)))
    for site, values in fit.draws.items():
        flat = values.reshape(len(values), -1)
        less = 1 / here[site] ** 2 - 1 / there[site] ** 2
        ratio += 0.5 * (flat**2).sum(1) * less - flat.shape[1] * np.log(there[site] / here[site])
    return ratio


def log_data_ratio(fit: Fit, x: FloatArray, y: FloatArray, others: FloatArray) -> FloatArray:
    """Return log p(others_v | draw) - log p(y | draw), (V, S), for targets y (N,) and others (V, N) at x (N, D)."""
    refuse_several(fit)
    f, sd = fit.moments(x)
    here = (((y - f) / sd) ** 2).sum(1)
    there = np.stack([(((other - f) / sd) ** 2).sum(1) for other in others])
    value: FloatArray = -0.5 * (there - here)
    return value
