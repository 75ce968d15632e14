"""What chains say about themselves: R-hat and effective sample sizes, of parameters or of function values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.inference.registry import METHODS
from bayes_core.likelihoods import Categorical, one_gaussian
from bayes_core.models.mlp import Mlp
from bayes_core.numerics.convergence import convergence
from bayes_core.types import Diagnostics, Fit

WORST_R_HAT = 1.01
FEWEST_EFFECTIVE = 400.0
WORST_SPREAD = 0.3
"""Monte-Carlo error of a function value's variance, as a share of it, above which chains disagree about its scale."""
MOST_DIVERGED = 0.002
"""Share of transitions that may diverge where R-hat and effective draws hold: far below any Monte-Carlo error shown."""


def judge_any(fit: Fit) -> Diagnostics:
    """Judge a network by its function values, any other model by its parameters."""
    if not isinstance(fit.model, Mlp):
        return judge(fit)
    data = fit.question.dataset
    return judge_functions(fit, np.concatenate([fit.model.watched(data), fit.model.watched_between(data)]))


def judge(fit: Fit) -> Diagnostics:
    """Return rank-normalised split R-hat, bulk and tail ESS of every parameter, and what they complain about."""
    columns = {name: values for name, values in fit.columns().items() if name != "sigma" or not fit.prior.noise_known}
    if isinstance(fit.question.dataset.likelihood, Categorical):  # ranks need no more digits
        columns = {name: values.astype(np.float32) for name, values in columns.items()}
    return _judged(fit, columns, spread=False)


def judge_functions(fit: Fit, x: FloatArray) -> Diagnostics:
    """Return the same of f at inputs x (G, D) and of log sigma: a network's weights can swap places, its values cannot.

    Of classes the log odds are judged, which have no ties where probabilities are all but 0 or 1. Where noise depends
    on x it is judged at every x too; of a mixture mean and sd, which do not change when components swap places, and the
    log likelihood. Chains must agree about the variance as well, which ranks do not see: a spike between two data that
    one chain visits once may be most of it.
    """
    at, likelihood = _places(x), fit.question.likelihood
    if isinstance(likelihood, Categorical):
        single: dict[str, Any] = {
            site: values.astype(np.float32) for site, values in fit.draws.items()
        }  # ranks need no more
        odds = likelihood.log_odds(fit.model.functions(single, x.astype(np.float32)))
        return _judged(fit, dict(_log_odds(fit, odds, at)), spread=True)
    f, noise = fit.moments(x)
    columns = {f"f{where}": values for where, values in zip(at, f.T, strict=True)}
    if len(likelihood.heads) > 1:
        columns |= {f"sigma{where}": values for where, values in zip(at, np.log(noise).T, strict=True)}
        if not one_gaussian(likelihood):
            columns["the log likelihood"] = _log_likelihood(fit)
    elif not fit.prior.noise_known:
        columns["sigma"] = np.log(fit.noise)  # its own mean and variance need not exist
    return _judged(fit, columns, spread=True)


def _log_likelihood(fit: Fit) -> FloatArray:
    """Return the log likelihood (S,) of the rows that were fitted."""
    data, f = fit.question.dataset, fit.model.functions(fit.draws, fit.question.dataset.x)
    total: FloatArray = fit.question.likelihood.log_density(data.y, f, fit.noise[:, None]).sum(1)
    return total


def _log_odds(fit: Fit, odds: FloatArray, at: list[str]) -> Iterator[tuple[str, FloatArray]]:
    """Yield log odds (S, G, K') one by one, each with its name."""
    classes = fit.question.dataset.classes
    for k, name in enumerate(classes[1:] if odds.shape[2] == 1 else classes):
        for where, values in zip(at, odds[:, :, k].T, strict=True):
            yield f"the log odds of {name}{where}", values


def _places(x: FloatArray) -> list[str]:
    """Return a name for each of the inputs (G, D), with as many digits as tell them apart: years are not all 2e+03."""
    distinct, named = len(np.unique(x, axis=0)), [""]
    for digits in (3, 5, 8, 17):
        named = [f"({', '.join(f'{v:.{digits}g}' for v in row)})" for row in x]
        if len(set(named)) == distinct:
            break
    return named


def both(first: Diagnostics, second: Diagnostics) -> Diagnostics:
    """Return what two judgements of one fit, of different quantities, say together."""
    complaints = tuple(dict.fromkeys((*first.complaints, *second.complaints)))
    return replace(
        first,
        r_hat={**first.r_hat, **second.r_hat},
        ess_bulk={**first.ess_bulk, **second.ess_bulk},
        ess_tail={**first.ess_tail, **second.ess_tail},
        converged=not complaints,
        complaints=complaints,
        notes=tuple(dict.fromkeys((*first.notes, *second.notes))),
    )


def _judged(fit: Fit, columns: Mapping[str, FloatArray], *, spread: bool) -> Diagnostics:
    chains, divergences, reads = fit.diagnostics.chains, fit.diagnostics.divergences, METHODS[fit.method].reads
    blocks = max(chains, 2)  # one chain is judged by its two halves
    length = len(fit.noise) // blocks
    reason = _cannot_be_judged(columns, length, reads)
    if reason:
        return Diagnostics("sampled", chains, divergences=divergences, converged=False, complaints=(reason,))
    drawn = np.stack([values[: blocks * length].reshape(blocks, length) for values in columns.values()])

    r_hat, bulk, tail, error = (dict(zip(columns, map(float, values), strict=True)) for values in convergence(drawn))
    alarm, note = _about_divergences(divergences, len(fit.noise))
    complaints = (*_complaints(r_hat, bulk, tail, error if spread else {}, reads), *alarm)
    return Diagnostics(
        "sampled", chains, r_hat, bulk, tail, divergences, converged=not complaints, complaints=complaints, notes=note
    )


def _cannot_be_judged(columns: Mapping[str, FloatArray], length: int, reads: frozenset[str]) -> str:
    if length < 4:
        return "Fewer than four draws a chain (eight if there is one) cannot be judged: raise budget.draws."
    stuck = [name for name, values in columns.items() if np.ptp(values) == 0]
    longer = "raise budget.warmup, or " if "warmup" in reads else ""
    return f"The chains never moved in {stuck[0]}: {longer}give x and y in other units." if stuck else ""


def _complaints(
    r_hat: dict[str, float],
    bulk: dict[str, float],
    tail: dict[str, float],
    error: dict[str, float],
    reads: frozenset[str],
) -> Iterator[str]:
    worst = max(r_hat, key=lambda name: r_hat[name])
    longer, remedy = "run longer, or with more warm-up", "raise budget.draws"
    if "draws" not in reads:
        longer = remedy = "try a narrower prior, a smaller network, fewer rows, or method='nuts' with many draws"
    if not r_hat[worst] < WORST_R_HAT:
        yield f"R-hat of {worst} is {r_hat[worst]:.3f}, above {WORST_R_HAT}: {longer}."
    for effective, where in ((bulk, ""), (tail, "the tails of ")):
        fewest = min(effective, key=lambda name: effective[name])
        if not effective[fewest] > FEWEST_EFFECTIVE:
            yield f"Only {effective[fewest]:.0f} effective draws of {where}{fewest}: {remedy}."
    loosest = max(error, key=lambda name: error[name], default="")
    if loosest and not error[loosest] < WORST_SPREAD:
        yield (
            f"Chains disagree about the spread of {loosest}, whose variance is known to {100 * error[loosest]:.0f} %: "
            "give points there, a narrower prior, or a smaller network."
        )


def _about_divergences(divergences: int, draws: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return a complaint if too many transitions diverged, or a note if a few did.

    >>> _about_divergences(0, 8000)
    ((), ())
    >>> _about_divergences(3, 8000)[1][0][:48]
    '3 of 8,000 transitions diverged (0.037 %): the p'
    """
    if not divergences:
        return (), ()
    share = f"{divergences:,} of {draws:,} transitions diverged ({100 * divergences / draws:.2g} %)"
    if divergences <= MOST_DIVERGED * draws:
        return (), (f"{share}: the path was too curved for the step there. So few change nothing that is shown.",)
    return (
        f"{share}: the path was too curved for the step, so corners of the posterior may be missing: "
        "give more points, or fix the noise with noise_known=True.",
    ), ()
