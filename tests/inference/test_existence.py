"""Where a network has a posterior, hmc answers, however far y is from zero; where it has none, it says so."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import integrate, stats

from bayes_core import Dataset, Mlp, Prior, fit, predict
from bayes_core.inference import _marginal, hmc
from bayes_core.inference._jax import jax
from bayes_core.inference.existence import refuse_without_posterior

NONE = r"the posterior of sigma does not exist; fix the noise with noise_known=True, or give targets that vary"


@pytest.mark.usefixtures("float64")
@pytest.mark.parametrize("rows", [1, 2, 3, 7])
def test_chains_start_at_the_targets_own_scale_however_far_from_zero(rows):
    """sqrt(mean(y^2) - mean(y)^2) is negative by rounding in half of such cases, and its log no number."""
    net, random, wrong = _marginal.Net(Mlp((2,)), 1, False), np.random.default_rng(rows), 0
    start = hmc._start(net)
    for trial in range(200):
        level = random.choice([0.7, -3.3, 1e8, -1e12, 1e-9]) * random.uniform(0.5, 2)
        y = level + (trial % 2) * abs(level) * 1e-7 * random.normal(size=rows)
        data = hmc.traced(net, Dataset.from_arrays(np.arange(rows), y), Prior(abs(level), abs(level)))
        state = start(jax.random.PRNGKey(trial), data)
        wrong += not np.isfinite(np.asarray(state.value)).all()
        told = np.log(0.5 * y.std() + 1e-3 * abs(level))
        np.testing.assert_allclose(np.asarray(state.q)[:, -1], told, atol=1e-5)
    assert wrong == 0


@pytest.mark.parametrize("level", [0.7, -1e8])
def test_one_row_has_the_posterior_of_quadrature(level):
    """Without inputs that vary, y = f + sigma e with f | hidden ~ N(0, w^2 (1 + |h|^2)): sigma by the trapezoid rule.

    A huge width on hidden weights saturates every tanh, so that |h|^2 is the number of units.
    """
    size = abs(level)
    prior = Prior(size, size, widths={"weight1": 1e6, "bias1": 1e6, "weight": size, "bias": size})
    answer = fit(Dataset.from_arrays([1.0], [level]), Mlp((3,)), "hmc", prior, seed=1)
    at = np.linspace(-12, 14, 4001)
    sigma = np.exp(at)
    weight = stats.norm.pdf(1.0, 0, np.sqrt(4 + sigma**2)) * stats.halfcauchy.pdf(sigma) * sigma
    below = integrate.cumulative_trapezoid(weight, at, initial=0.0)
    found = np.interp(np.log(answer.noise / size), at, below / below[-1])
    effective = answer.diagnostics.ess_bulk["sigma"]
    assert abs(found.mean() - 0.5) < 4.5 / np.sqrt(12 * effective)
    assert np.isfinite(predict(answer, [2.0]).f).all()


CONSTANT = Dataset.from_arrays(np.arange(6.0), np.full(6, 0.7))
TWICE = Dataset.from_arrays([0.0, 1, 1, 2, 0], [0.3, 0.9, 0.9, -1.0, 0.3])
LINE = Dataset.from_arrays([[0.0, 1], [1, 3], [2, -1], [3, 0], [4, 4]], [1.0, -1, 9, 9, 3])  # 3 + 2 a - 2 b


@pytest.mark.parametrize(
    ("data", "model", "told"),
    [
        (CONSTANT, Mlp((4,)), "all 6 targets are 0.7, and 5 weights of the network"),
        (CONSTANT, Mlp((1, 9)), "all 6 targets are 0.7, and 2 weights of the network"),  # a first layer of one weight
        (CONSTANT.head(2), Mlp((4,), "relu"), "all 2 targets are 0.7, and one weight of the network"),
        (Dataset.from_arrays([1.0, 1.0], [3e8, 3e8]), Mlp((4,)), "all 2 targets are 3e+08, and one weight"),
        (TWICE, Mlp((2,)), "the 5 rows repeat 3 without any difference"),
        (LINE, Mlp((3, 2), "relu"), "the 5 targets lie on a straight line"),
    ],
)
def test_data_that_are_met_without_error_are_refused(data, model, told):
    for method in ("hmc", "nuts", "map"):
        with pytest.raises(ValueError, match=told.replace("+", r"\+") + ".*" + NONE):
            fit(data, model, method, Prior(1, 1))
    refuse_without_posterior(data, model, Prior(1, 1, noise_known=True))


@pytest.mark.parametrize(
    ("data", "model"),
    [
        (CONSTANT, Mlp((5,))),  # as many rows as weights
        (CONSTANT.head(1), Mlp((1,), "relu")),
        (TWICE, Mlp((1,))),  # three places, two weights
        (replace(TWICE, y=TWICE.y + 1e-6 * (np.arange(5) == 2)), Mlp((2,))),
        (LINE, Mlp((3,))),
        (LINE.head(3), Mlp((3,), "relu")),
    ],
)
def test_others_are_not(data, model):
    refuse_without_posterior(data, model, Prior(1, 1))


@pytest.mark.usefixtures("float64")
def test_the_refused_integral_does_diverge_and_the_others_converge():
    """The marginal density of y given sigma, hidden weights averaged over the prior: sigma^-(N - d) near zero."""
    sigma = np.array([1e-3, 1e-4, 1e-5])
    for data, d in ((CONSTANT, 2), (CONSTANT.head(2), 2)):
        net = _marginal.Net(Mlp((1,)), 1, True)
        q = np.random.default_rng(0).normal(size=(4000, net.size))
        height = []
        for s in sigma:
            value = _marginal.value_and_grad(net, q, hmc.traced(net, data, Prior(1, s, noise_known=True)))[0]
            height.append(np.logaddexp.reduce(np.asarray(value) + 0.5 * (q**2).sum(1)))
        slope = np.diff(height) / np.diff(np.log(sigma))
        np.testing.assert_allclose(slope, -(len(data.y) - d), atol=0.25)
