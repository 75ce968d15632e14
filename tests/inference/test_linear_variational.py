"""The best Gaussian of the linear model in closed form, against the fits that climb to it and a search of its ELBO."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import optimize, stats

from bayes_core import Budget, Linear, Prior, fit
from bayes_core.data import sleep
from bayes_core.inference.linear_posterior import Spectrum, solve
from bayes_core.inference.linear_variational import best_gaussians

WORLD = sleep(8)
DESIGN = Linear().design(WORLD.x)


def elbo_of(mean, root, y, width, noise, seed=0):
    """Return the ELBO of N(mean, root root') in (intercept, slope, log sigma) by plain averaging over fixed draws."""
    z = stats.qmc.MultivariateNormalQMC(np.zeros(3), rng=seed).random(4096) @ root.T + mean
    weights, sigma = z[:, :2], np.exp(z[:, 2])
    joint = stats.norm(weights @ DESIGN.T, sigma[:, None]).logpdf(y).sum(1)
    joint += stats.norm(0, width).logpdf(weights).sum(1)
    joint += stats.halfcauchy(scale=noise).logpdf(sigma) + z[:, 2]
    return joint.mean() + 1.5 * np.log(2 * np.pi * np.e) + np.log(np.abs(np.diag(root))).sum()


@pytest.mark.parametrize("full_rank", [False, True])
@pytest.mark.parametrize("width", [1.2, 25.0])
def test_it_is_the_top_of_the_elbo(width, full_rank):
    """A general optimiser over mean and (diagonal or triangular) root of the covariance ends at the same place."""
    y = WORLD.dataset().y
    found = best_gaussians(Spectrum.of(DESIGN), y[None], width, 10.0, full_rank=full_rank)
    start = np.array([*found.mean[0], found.log_sigma[0]])
    shape = np.tril_indices(3) if full_rank else np.diag_indices(3)
    scale = np.sqrt([*np.diag(found.covariance[0]), found.spread[0] ** 2])

    def loss(v):
        root = np.zeros((3, 3))
        root[shape] = v[3:]
        return -elbo_of(v[:3] * scale + start, scale[:, None] * root, y, width, 10.0)

    first = np.concatenate([np.zeros(3) + 0.2, np.eye(3)[shape] * 0.8])
    best = optimize.minimize(loss, first, method="BFGS", options={"gtol": 1e-3})
    root = np.zeros((3, 3))
    root[shape] = best.x[3:]
    root = scale[:, None] * root
    np.testing.assert_allclose(best.x[:3], 0, atol=0.02)  # in sds
    np.testing.assert_allclose((root @ root.T)[:2, :2], found.covariance[0], rtol=0.03, atol=0.03 * scale[0] * scale[1])
    assert np.sqrt((root @ root.T)[2, 2]) == pytest.approx(found.spread[0], rel=0.02)
    assert found.elbo[0] == pytest.approx(-best.fun, abs=0.01)
    exact = solve(Spectrum.of(DESIGN), y[None], np.array([width]), np.array([10.0]), False)
    assert found.elbo[0] < exact.log_evidence[0]


@pytest.mark.parametrize("method", ["vi_meanfield", "vi_fullrank"])
def test_it_is_the_band_of_the_page(method):
    prior = Prior(25.0, 10.0)
    fitted = fit(WORLD.dataset(), "linear", method, prior, Budget(draws=4000, chains=2, steps=3000), 1)
    weights = np.column_stack([fitted.draws["intercept"], fitted.draws["coef"]])
    y, full = WORLD.dataset().y[None], method == "vi_fullrank"
    found = best_gaussians(Spectrum.of(DESIGN), y, 25.0, 10.0, full_rank=full)
    sd = np.sqrt(np.diag(found.covariance[0]))
    # 8,000 draws, and Adam leaves widths about 2.5 % short
    assert (np.abs(weights.mean(0) - found.mean[0]) < 0.08 * sd).all()
    np.testing.assert_allclose(weights.std(0) / sd, 1, atol=0.06)
    assert np.corrcoef(weights.T)[0, 1] == pytest.approx(found.covariance[0, 0, 1] / sd.prod(), abs=0.04)
    assert np.log(fitted.noise).mean() == pytest.approx(found.log_sigma[0], abs=0.03)


def test_many_worlds_are_each_its_own():
    y = WORLD.repeat(np.random.default_rng(2).standard_normal((30, 8)), 14.0)
    for full_rank in (False, True):
        spectrum = Spectrum.of(DESIGN)
        together = best_gaussians(spectrum, y, 3.0, 10.0, full_rank=full_rank)
        for r in (0, 11, 29):
            alone = best_gaussians(spectrum, y[r : r + 1], 3.0, 10.0, full_rank=full_rank)
            np.testing.assert_allclose(together.mean[r], alone.mean[0], rtol=1e-3, atol=1e-3)
            np.testing.assert_allclose(together.covariance[r], alone.covariance[0], rtol=2e-3, atol=2e-3)
