"""The posterior mode: one setting of the parameters, and no band at all."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.inference import Step
from bayes_core.inference.exact import linear_model
from bayes_core.inference.sigma import Projection, Spectrum, log_half_cauchy, refuse_perfect_fit
from bayes_core.likelihoods import Categorical
from bayes_core.models import Linear, Mlp
from bayes_core.numerics.lasso import lasso
from bayes_core.numerics.peaks import Height, Rows, peaks
from bayes_core.numerics.softmax import softmax_mode
from bayes_core.types import Diagnostics, Fit, Question

_SCAN = 0.2  # in log sigma
_DROP, _LOWEST = 2.0, 20.0  # nats: how far a maximum is zoomed into, and below which it is not looked at
_STARTS = 8  # of a network's search


def modes(
    spectrum: Spectrum, y: FloatArray, width: FloatArray, noise: FloatArray, noise_known: bool
) -> tuple[FloatArray, FloatArray]:
    r"""Return the jointly most probable weights (V, P) and sigma (V,) for targets y (V, N).

    Given sigma the mode is ridge regression with lambda = sigma^2 / width^2; sigma maximises

    .. math:: -N \log\sigma - \min_\beta \tfrac12 \left(|y - X\beta|^2/\sigma^2 + |\beta|^2/w^2\right)
        - \log(1 + \sigma^2/c^2)

    which may have several maxima, little noise or weights near zero: the highest is taken. Raises ValueError where
    that has no maximum: data that the weights can fit without any error at all.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        seen = Projection.of(spectrum, y)
    sigma = noise if noise_known else _most_probable_sigma(spectrum, seen, width, noise, y)
    reach, _ = spectrum.given_sigma(width[:, None], sigma[:, None] ** 2)
    weights: FloatArray = (reach * seen.along) @ spectrum.right
    return weights, sigma


def _most_probable_sigma(
    spectrum: Spectrum, seen: Projection, width: FloatArray, noise: FloatArray, y: FloatArray
) -> FloatArray:
    """Return argmax over sigma (V,), the highest of all maxima."""
    _refuse_without_mode(spectrum, seen, y)
    reach = (width[:, None] * spectrum.scale) ** 2

    def height(log_sigma: FloatArray, row: Rows) -> FloatArray:
        precise = np.exp(-2 * log_sigma)
        variance = 1 / precise[..., None] + reach[row][:, None, :]
        misfit = (seen.along[row][:, None, :] ** 2 / variance).sum(-1) + seen.residual[row][:, None] * precise
        # the density is over sigma itself, so the Jacobian of log sigma is taken out again
        prior = log_half_cauchy(log_sigma, noise[row][:, None]) - log_sigma
        value: FloatArray = -seen.rows * log_sigma - 0.5 * misfit + prior
        return value

    # below rest / (N + 2) and above |y|^2 / N the slope has one sign
    low = 0.5 * np.log(seen.unexplained(spectrum.scale) / (seen.rows + 2)) - 0.5
    return np.exp(_highest(height, low, 0.5 * np.log(seen.total / seen.rows) + 0.5))


def _refuse_without_mode(spectrum: Spectrum, seen: Projection, y: FloatArray) -> None:
    """Raise ValueError where the weights fit every point: there may be a posterior, but its density has no maximum."""
    refuse_perfect_fit(spectrum, seen, y)
    if seen.rows <= spectrum.rank:
        raise ValueError(
            f"{seen.rows} points are fitted without error by {spectrum.rank} weights, so the density grows without "
            "bound as sigma -> 0 and has no mode: add points, or fix the noise with noise_known=True"
        )


def _highest(height: Height, low: FloatArray, high: FloatArray) -> FloatArray:
    """Return where functions (V,) are highest: all maxima are found, and the highest is zoomed into."""
    found = peaks(height, low, high, _SCAN, _DROP, _LOWEST)
    low, high, row = found.low, found.high, found.row
    best = found.highest(int(row.max()) + 1)
    low, high, row = low[best], high[best], row[best]
    for _ in range(40):
        at = np.linspace(low, high, 25, axis=1)
        top = height(at, row).argmax(1)
        cell = (high - low) / 24
        low, high = low + np.maximum(top - 1, 0) * cell, low + np.minimum(top + 1, 24) * cell
        if float(cell.max()) < 1e-12:
            break
    middle: FloatArray = 0.5 * (low + high)
    return middle


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

    def weights(sigma: FloatArray) -> FloatArray:
        return lasso(design, y, sigma**2 / prior.width)

    sigma = prior.noise
    if not prior.noise_known:
        spectrum = Spectrum.of(design)
        seen = Projection.of(spectrum, y[None])
        _refuse_without_mode(spectrum, seen, y[None])

        def height(log_sigma: FloatArray, _: Rows) -> FloatArray:
            at = log_sigma.ravel()
            beta = weights(np.exp(at))
            misfit = ((y - beta @ design.T) ** 2).sum(1) * np.exp(-2 * at) / 2
            density = log_half_cauchy(at, np.asarray(prior.noise)) - at
            value = -len(y) * at - misfit - np.abs(beta).sum(1) / prior.width + density
            return np.reshape(value, log_sigma.shape)

        low = 0.5 * np.log(seen.unexplained(spectrum.scale) / (len(y) + 2)) - 0.5
        sigma = float(np.exp(_highest(height, low, 0.5 * np.log(seen.total / len(y)) + 0.5))[0])
    beta = weights(np.array([sigma]))[0]
    sites = {"intercept": beta[:1], "coef": beta[None, 1:]}
    return Fit(question, sites, np.array([sigma]), None, Diagnostics("approximate"))


def _class_fit(question: Question, model: Linear, likelihood: Categorical) -> Fit:
    """Return the mode of a logistic or softmax regression: its penalty is on the intercept too."""
    data = question.dataset
    mode = softmax_mode(model.design(data.x), data.y, likelihood, question.prior.width)
    weights = mode.weights[:, 0] if likelihood.outputs == 1 else mode.weights
    told = () if mode.there else ("Newton's method did not get to the mode: give x in other units.",)
    about = Diagnostics("approximate", converged=mode.there, complaints=told)
    return Fit(question, {"intercept": weights[None, 0], "coef": weights[None, 1:]}, np.ones(1), None, about)


def steps(question: Question) -> Iterator[Step]:
    """Yield the posterior mode as a Fit of one draw (S = 1): its credible band has no width, which is the lesson.

    Raises ValueError for a model that is not linear, or where the mode does not exist.
    """
    if isinstance(question.model, Mlp):
        yield from _network_steps(question)
        return
    linear = linear_model(question.model, "map")
    likelihood = question.dataset.likelihood
    if isinstance(likelihood, Categorical):
        yield Step(1, 1, _class_fit(question, linear, likelihood))
        return
    if linear.family == "laplace":
        yield Step(1, 1, _lasso_fit(question, linear))
        return
    dataset, prior, one = question.dataset, question.prior, np.ones(1)
    spectrum, width, noise = Spectrum.of(linear.design(dataset.x)), prior.width * one, prior.noise * one
    weights, sigma = modes(spectrum, dataset.y[None, :], width, noise, prior.noise_known)
    sites = {"intercept": weights[:, 0], "coef": weights[:, 1:]}
    yield Step(1, 1, Fit(question, sites, sigma, None, Diagnostics("approximate")))
