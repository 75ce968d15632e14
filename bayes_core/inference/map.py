"""The posterior mode: one setting of the parameters, and no band at all."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.inference import Step
from bayes_core.inference.exact import linear_model
from bayes_core.inference.linear_posterior import Projection, Spectrum, log_half_cauchy
from bayes_core.models import Linear, Mlp
from bayes_core.numerics.lasso import lasso
from bayes_core.types import Diagnostics, Fit, Question

_STARTS = 8  # of a network's search


def modes(
    spectrum: Spectrum, y: FloatArray, width: FloatArray, noise: FloatArray, noise_known: bool
) -> tuple[FloatArray, FloatArray]:
    r"""Return the jointly most probable weights (V, P) and sigma (V,) for targets y (V, N).

    Given sigma the mode is ridge regression with lambda = sigma^2 / width^2; sigma maximises

    .. math:: -N \log\sigma - \min_\beta \tfrac12 \left(|y - X\beta|^2/\sigma^2 + |\beta|^2/w^2\right)
        - \log(1 + \sigma^2/c^2)

    Raises ValueError where that has no maximum: data that the weights can fit without any error at all.
    """
    seen = Projection.of(spectrum, y)
    sigma = noise if noise_known else _most_probable_sigma(spectrum.scale, seen, width, noise)
    shrunk = sigma[:, None] ** 2 + (width[:, None] * spectrum.scale) ** 2
    weights: FloatArray = (width[:, None] ** 2 * spectrum.scale * seen.along / shrunk) @ spectrum.right
    return weights, sigma


def _most_probable_sigma(scale: FloatArray, seen: Projection, width: FloatArray, noise: FloatArray) -> FloatArray:
    """Return argmax over sigma (V,), by zooming a grid in log sigma around the highest value."""
    total = seen.residual + (seen.along**2).sum(1)
    rank = int((scale > 1e-10 * max(scale.max(), 1e-300)).sum())
    exact_fit = seen.residual <= 1e-20 * np.maximum(total, 1e-300)
    if seen.rows <= rank or bool(exact_fit.any()):
        raise ValueError(
            f"{seen.rows} points are fitted without error by {rank} weights, so the density grows without bound as "
            "sigma -> 0 and has no mode: add points, or fix the noise with noise_known=True"
        )

    def height(log_sigma: FloatArray) -> FloatArray:
        variance = np.exp(2 * log_sigma)[..., None] + (width[:, None] * scale)[:, None, :] ** 2
        misfit = (seen.along[:, None, :] ** 2 / variance).sum(-1) + seen.residual[:, None] * np.exp(-2 * log_sigma)
        # the density is over sigma itself, so the Jacobian of log sigma is taken out again
        prior = log_half_cauchy(log_sigma, noise[:, None]) - log_sigma
        value: FloatArray = -seen.rows * log_sigma - 0.5 * misfit + prior
        return value

    low = np.log(np.minimum(noise, np.sqrt(seen.residual / seen.rows))) - 6.0
    high = np.log(np.maximum(noise, np.sqrt(total / seen.rows))) + 6.0
    for _ in range(40):
        at = np.linspace(low, high, 25, axis=1)
        best = height(at).argmax(1)
        cell = (high - low) / 24
        low, high = low + np.maximum(best - 1, 0) * cell, low + np.minimum(best + 1, 24) * cell
        if float(cell.max()) < 1e-12:
            break
    sigma: FloatArray = np.exp(0.5 * (low + high))
    return sigma


def _network_steps(question: Question) -> Iterator[Step]:
    """Yield the best of several modes of a network's posterior: training with weight decay 1 / width^2."""
    from bayes_core.inference._jax import constrained, prepare  # noqa: PLC0415 (jax is paid for only by networks)
    from bayes_core.inference._train import no_mode, only, search  # noqa: PLC0415

    dataset, steps, seed = question.dataset, question.budget.steps, question.seed
    shape, traced, scaffold = prepare(question)
    for now in search(dataset, shape, traced, scaffold, _STARTS, steps, seed):
        complete = now.done == now.total
        real = ~now.spike & np.isfinite(now.loss) & np.isfinite(now.z).all(1)
        if not real.any():
            if complete:
                raise ValueError(no_mode(now, len(dataset.y)))
            yield Step(now.done, now.total, None)
            continue
        best = int(np.argmin(np.where(real, now.loss, np.inf)))
        sites, noise = constrained(scaffold, now.z[[best]], question.prior)
        about = only(now, best).about(complete=complete)
        yield Step(now.done, now.total, Fit(question, sites, noise, None, about))


def _lasso_fit(question: Question, model: Linear) -> Fit:
    """Return the mode under a Laplace prior: the lasso with threshold sigma^2 / width, sigma itself known or sought."""
    design, y, prior = model.design(question.dataset.x), question.dataset.y, question.prior

    def weights(sigma: float) -> FloatArray:
        found: FloatArray = lasso(design, y, np.array([sigma**2 / prior.width]))[0]
        return found

    sigma = prior.noise
    if not prior.noise_known:
        rest = y - design @ np.linalg.lstsq(design, y, rcond=None)[0]
        if rest @ rest <= 1e-20 * (y @ y):
            raise ValueError(
                f"{len(y)} points are fitted without error, so the density grows without bound as sigma -> 0 and has "
                "no mode: add points, or fix the noise with noise_known=True"
            )
        low = np.log(min(prior.noise, float(np.sqrt(rest @ rest / len(y))))) - 6.0
        high = np.log(max(prior.noise, float(np.sqrt(y @ y / len(y))))) + 6.0
        for _ in range(30):  # zoom in on the highest of a grid, as for the Gaussian prior
            at = np.linspace(low, high, 25)
            height = []
            for log_sigma in at:
                beta = weights(float(np.exp(log_sigma)))
                misfit = float(((y - design @ beta) ** 2).sum()) * np.exp(-2 * log_sigma) / 2
                density = float(log_half_cauchy(log_sigma, np.asarray(prior.noise))) - log_sigma
                height.append(-len(y) * log_sigma - misfit - np.abs(beta).sum() / prior.width + density)
            best, cell = int(np.argmax(height)), (high - low) / 24
            low, high = low + max(best - 1, 0) * cell, low + min(best + 1, 24) * cell
            if cell < 1e-8:
                break
        sigma = float(np.exp(0.5 * (low + high)))
    beta = weights(sigma)
    sites = {"intercept": beta[:1], "coef": beta[None, 1:]}
    return Fit(question, sites, np.array([sigma]), None, Diagnostics("approximate"))


def steps(question: Question) -> Iterator[Step]:
    """Yield the posterior mode as a Fit of one draw (S = 1): its credible band has no width, which is the lesson.

    Raises ValueError for a model that is not linear, or where the mode does not exist.
    """
    if isinstance(question.model, Mlp):
        yield from _network_steps(question)
        return
    linear = linear_model(question.model, "map")
    if linear.family == "laplace":
        yield Step(1, 1, _lasso_fit(question, linear))
        return
    dataset, prior, one = question.dataset, question.prior, np.ones(1)
    spectrum, width, noise = Spectrum.of(linear.design(dataset.x)), prior.width * one, prior.noise * one
    weights, sigma = modes(spectrum, dataset.y[None, :], width, noise, prior.noise_known)
    sites = {"intercept": weights[:, 0], "coef": weights[:, 1:]}
    yield Step(1, 1, Fit(question, sites, sigma, None, Diagnostics("approximate")))
