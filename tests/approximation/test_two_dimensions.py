"""Two weights: the evidence, the bound and the best q against scipy, numerical search and draws."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import optimize, stats

from bayes_core.approximation import Tilted, covariances, outline

LINE = Tilted((0.0, 1.0, 2.0, 4.0, 5.0, 3.5), (12.0, -1.7, 7.9, 52.9, 41.2, 20.0), noise=12.0, prior=(20.0, 15.0))


def test_the_posterior_is_the_tutorials():
    x = np.stack([np.array(LINE.x), np.ones(6)], 1)
    y = stats.multivariate_normal(np.zeros(6), 144 * np.eye(6) + x @ np.diag([400.0, 225.0]) @ x.T)
    assert LINE.log_evidence == pytest.approx(y.logpdf(LINE.y))
    assert LINE.mean == pytest.approx(np.linalg.solve(x.T @ x / 144 + np.diag([1 / 400, 1 / 225]), x.T @ LINE.y / 144))


def test_elbo_and_kl_add_up_to_the_log_evidence():
    q = covariances(np.array([1.0, 3.0]), np.array([4.0, 9.0]), np.array([0.0, -0.8]))
    assert LINE.elbo(q) + LINE.reverse(q) == pytest.approx(LINE.log_evidence)
    draws = np.random.default_rng(0).multivariate_normal(LINE.mean, q[1], 200_000)
    p, about = (stats.multivariate_normal(LINE.mean, c) for c in (LINE.covariance, q[1]))
    logs = about.logpdf(draws) - p.logpdf(draws)
    assert LINE.reverse(q)[1] == pytest.approx(logs.mean(), abs=4 * logs.std() / np.sqrt(len(logs)))
    assert LINE.forward(LINE.covariance[None])[0] == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("way", ["reverse", "forward"])
def test_the_best_q_of_a_family_is_what_a_search_finds(way):
    divergence = getattr(LINE, way)

    def far(at, free):
        return float(divergence(covariances(np.exp(at[0]), np.exp(at[1]), np.tanh(at[2]) if free else 0.0)))

    for family, free in (("meanfield", False), ("full", True), ("lowrank", True)):
        begin, options = [0.0, 1.0, 0.0][: 2 + free], {"xatol": 1e-7, "fatol": 1e-11, "maxiter": 4000}
        found = optimize.minimize(far, begin, (free,), "Nelder-Mead", options=options)
        best = LINE.best(family, way)
        assert float(divergence(best)) == pytest.approx(found.fun, abs=1e-6)
        assert np.sqrt(np.diag(best)) == pytest.approx(np.exp(found.x[:2]), rel=1e-3)


def test_mean_field_is_narrower_by_the_correlation():
    """Backward each width is the exact one times sqrt(1 - r^2), and the KL is -log(1 - r^2) / 2."""
    r = LINE.correlation
    assert np.sqrt(np.diag(LINE.best("meanfield"))) == pytest.approx(LINE.sd * np.sqrt(1 - r * r))
    assert LINE.reverse(LINE.best("meanfield")) == pytest.approx(-0.5 * np.log(1 - r * r))
    centred = Tilted(LINE.x, LINE.y, LINE.noise, LINE.prior, origin=float(np.mean(LINE.x)))
    assert centred.correlation == pytest.approx(0, abs=1e-12)
    assert LINE.line_sd(LINE.covariance, 3.0) == pytest.approx(np.sqrt(np.array([3, 1]) @ LINE.covariance @ [3, 1]))


def test_an_outline_holds_what_it_says():
    q = covariances(2.0, 5.0, -0.7)
    draws = np.random.default_rng(0).multivariate_normal([1.0, 2.0], q, 100_000)
    rim = outline(np.array([1.0, 2.0]), q, 0.9)
    far = np.einsum("ni,ij,nj->n", rim - [1, 2], np.linalg.inv(q), rim - [1, 2])
    assert far == pytest.approx(far[0])
    inside = np.einsum("ni,ij,nj->n", draws - [1, 2], np.linalg.inv(q), draws - [1, 2]) < far[0]
    assert inside.mean() == pytest.approx(0.9, abs=0.004)


def test_no_other_family():
    with pytest.raises(ValueError, match="choose one of"):
        LINE.best("banana")
