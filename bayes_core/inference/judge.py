"""What chains say about themselves: R-hat and effective sample sizes, of parameters or of function values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.inference.registry import METHODS
from bayes_core.models.mlp import Mlp
from bayes_core.numerics.convergence import convergence
from bayes_core.types import Diagnostics, Fit

WORST_R_HAT = 1.01
FEWEST_EFFECTIVE = 400.0
MOST_DIVERGED = 0.002
"""Share of transitions that may diverge where R-hat and effective draws hold: far below any Monte-Carlo error shown."""


def judge_any(fit: Fit) -> Diagnostics:
    """Judge a network by its function values, any other model by its parameters."""
    return judge_functions(fit, fit.model.watched(fit.question.dataset)) if isinstance(fit.model, Mlp) else judge(fit)


def judge(fit: Fit) -> Diagnostics:
    """Return rank-normalised split R-hat, bulk and tail ESS of every parameter, and what they complain about."""
    columns = {name: values for name, values in fit.columns().items() if name != "sigma" or not fit.prior.noise_known}
    return _judged(fit, columns)


def judge_functions(fit: Fit, x: FloatArray) -> Diagnostics:
    """Return the same of f at inputs x (G, D) and of sigma: a network's weights can swap places, its values cannot.

    Where noise depends on x it is judged at every x too.
    """
    f = fit.model.functions(fit.draws, x)[:, :, 0]
    at = [f"({', '.join(f'{v:.3g}' for v in row)})" for row in x]
    columns = {f"f{where}": values for where, values in zip(at, f.T, strict=True)}
    factor = fit.model.noise_factor(fit.draws, x)
    if factor.size > 1:
        noise = fit.noise[:, None] * factor
        return _judged(fit, columns | {f"sigma{where}": values for where, values in zip(at, noise.T, strict=True)})
    return _judged(fit, columns if fit.prior.noise_known else columns | {"sigma": fit.noise})


def _judged(fit: Fit, columns: Mapping[str, FloatArray]) -> Diagnostics:
    chains, divergences, reads = fit.diagnostics.chains, fit.diagnostics.divergences, METHODS[fit.method].reads
    blocks = max(chains, 2)  # one chain is judged by its two halves
    length = len(fit.noise) // blocks
    reason = _cannot_be_judged(columns, length, reads)
    if reason:
        return Diagnostics("sampled", chains, divergences=divergences, converged=False, complaints=(reason,))
    drawn = np.stack([values[: blocks * length].reshape(blocks, length) for values in columns.values()])

    r_hat, bulk, tail = (dict(zip(columns, map(float, values), strict=True)) for values in convergence(drawn))
    alarm, note = _about_divergences(divergences, len(fit.noise))
    complaints = (*_complaints(r_hat, bulk, reads), *alarm)
    return Diagnostics(
        "sampled", chains, r_hat, bulk, tail, divergences, converged=not complaints, complaints=complaints, notes=note
    )


def _cannot_be_judged(columns: Mapping[str, FloatArray], length: int, reads: frozenset[str]) -> str:
    if length < 4:
        return "Fewer than four draws a chain (eight if there is one) cannot be judged: raise budget.draws."
    stuck = [name for name, values in columns.items() if np.ptp(values) == 0]
    longer = "raise budget.warmup, or " if "warmup" in reads else ""
    return f"The chains never moved in {stuck[0]}: {longer}give x and y in other units." if stuck else ""


def _complaints(r_hat: dict[str, float], bulk: dict[str, float], reads: frozenset[str]) -> Iterator[str]:
    worst = max(r_hat, key=lambda name: r_hat[name])
    if not r_hat[worst] < WORST_R_HAT:
        yield f"R-hat of {worst} is {r_hat[worst]:.3f}, above {WORST_R_HAT}: run longer, or with more warm-up."
    fewest = min(bulk, key=lambda name: bulk[name])
    if not bulk[fewest] > FEWEST_EFFECTIVE:
        remedy = "raise budget.draws" if "draws" in reads else "try another seed, or a smaller network"
        yield f"Only {bulk[fewest]:.0f} effective draws of {fewest}: {remedy}."


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
