r"""A logistic or softmax regression whose posterior is nearly round: independent proposals from around its mode.

.. math:: \theta' = c + A z, \quad z \sim t_7(0, I), \qquad
    w = p(y \mid \theta')\, p(\theta') \,/\, t_7(z)

with c the mode and A A' the inverse curvature there. Metropolis's rule makes chains of them, which are judged as any
others; there is no gradient, and nothing to compile. They are good for it where more than half of the proposals are
effective and the weights have no heavy tail; a t has heavier ones than the posterior of Gaussian weights can have.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.inference import Step
from bayes_core.inference._chees import CHAINS
from bayes_core.inference.judge import judge
from bayes_core.likelihoods import Categorical
from bayes_core.models.base import Scaffold
from bayes_core.models.linear import Linear
from bayes_core.numerics.importance import effective, metropolis, pareto_k
from bayes_core.numerics.softmax_density import weighed
from bayes_core.types import Diagnostics, Fit, Question

_DEGREES = 7
_EACH, _FORGOTTEN = 625, 25  # draws of a chain, and how many of them it needs to get used to the posterior
_APART = (1, 4)  # steps between two draws: where chains do not agree yet, they are made longer once
_WORST_K, _SHARE = 0.7, 0.5


def steps(question: Question, model: Linear) -> Iterator[Step]:
    """Yield progress and, where the proposals are good enough, the fit."""
    random, scaffold = np.random.default_rng([question.seed, 41]), model.scaffold(question.dataset, question.prior)
    design, total = model.design(question.dataset.x), CHAINS * sum(_APART)
    for n, apart in enumerate(_APART):
        weights, draws = [], []
        for chain in range(CHAINS):
            weight, theta = _weighed(question, design, scaffold, _EACH * apart, random)
            if not (n or chain or _good(weight)):  # the first chain's tell that there is a better way
                return
            weights.append(weight)
            draws.append(theta[metropolis(weight, random)[_FORGOTTEN * apart :: apart]])
            yield Step(n * CHAINS + (chain + 1) * apart, total + 1, None)
        every = np.concatenate(weights)
        if not _good(every):
            return
        drawn, about = np.concatenate(draws), Diagnostics("sampled", CHAINS, complete=False)
        fit = Fit(question, scaffold.unflatten(drawn), np.ones(len(drawn)), None, about)
        about = judge(fit)
        if about.converged:
            note = (
                f"Drawn without gradients: of {len(every):,} proposals around the mode {effective(every):,.0f} are "
                f"effective, and Pareto k of their weights is {pareto_k(every):.2f}."
            )
            yield Step(total + 1, total + 1, replace(fit, diagnostics=replace(about, notes=(note,))))
            return


def _weighed(
    question: Question, design: FloatArray, scaffold: Scaffold, count: int, random: np.random.Generator
) -> tuple[FloatArray, FloatArray]:
    """Return the logs of so many proposals' weights (n,), and the proposals (n, P)."""
    dataset, size, likelihood = question.dataset, len(scaffold.centre), question.dataset.likelihood
    assert isinstance(likelihood, Categorical)
    z = random.standard_normal((count, size)) * np.sqrt(_DEGREES / random.chisquare(_DEGREES, (count, 1)))
    mode = scaffold.centre, scaffold.axes
    return weighed(design, dataset.y, likelihood, *mode, z, _DEGREES, question.prior.width)


def _good(log_weight: FloatArray) -> bool:
    """Return whether chains of such proposals are worth their while; not where a weight is no number."""
    return bool(
        np.isfinite(log_weight).all()
        and effective(log_weight) > _SHARE * len(log_weight)
        and pareto_k(log_weight) < _WORST_K
    )
