"""The exact answer finds every mode of sigma, and weighs them rightly."""

from __future__ import annotations

import numpy as np
import pytest
from dense import Problem, problem
from scipy import linalg, stats

from bayes_core import Dataset, Linear, Prior
from bayes_core.inference.exact import posterior
from bayes_core.inference.linear_posterior import solve
from bayes_core.inference.sigma import Projection, SigmaDensity, Spectrum
from bayes_core.numerics.peaks import peaks

TOLD = (0.05, 0.25, 0.5, 0.75, 0.95)


def narrow(rows=1000, slope=11.9, noise=0.046, width=0.116, scale=23.2):
    """A line with little noise, under a prior far too narrow for its slope."""
    random = np.random.default_rng(1)
    x = random.standard_normal(rows)
    design = np.column_stack([np.ones(rows), x])
    return Problem(design, slope * x + noise * random.standard_normal(rows), width, scale)


def answer(asked):
    spectrum, one = Spectrum.of(asked.design), np.ones(1)
    return solve(spectrum, asked.y[None], asked.width * one, asked.scale * one, False)


def agrees(asked):
    """Return the largest error in nats and in sds, and how many modes carry more than a thousandth."""
    ours, truth, rows = answer(asked), asked.dense(), len(asked.y)
    mean, sd = (m[0] for m in ours.moments(np.eye(asked.design.shape[1])))
    quantiles = np.log(np.array(ours.sigma_quantiles(TOLD))[:, 0] / truth.sigma_quantiles(TOLD)) / truth.log_spread
    errors = [
        *((mean - truth.mean) / truth.sd),
        *(sd / truth.sd - 1),
        *quantiles,
        ours.log_evidence[0] - truth.evidence,
    ]
    (centre,), (spread,) = ours.sigma_moments()
    true_centre, true_spread = truth.sigma_moments()
    errors += [(centre - true_centre) / true_spread] * (rows > 1) + [spread / true_spread - 1] * (rows > 2)
    alive = ours.sigma_nodes.weight.reshape(ours.sigma_nodes.low.shape[1], -1).sum(1) > 1e-3
    return float(np.abs(errors).max()), int(alive.sum())


def test_random_problems_agree_with_dense_quadrature():
    """3,000 of them (other seeds) were within 9e-4, 341 with several spans; here a sample of those."""
    found = [agrees(problem([3, seed])) for seed in range(60)]
    assert max(error for error, _ in found) < 1e-3
    assert sum(alive > 1 for _, alive in found) >= 3


def test_the_higher_mode_is_211_nats_higher():
    asked = narrow()
    height = {}
    for sigma in (0.046, 10.6):
        cover = sigma**2 * np.eye(1000) + asked.width**2 * asked.design @ asked.design.T
        factor = linalg.cho_factor(cover, lower=True)
        size = 2 * np.log(np.diag(factor[0])).sum() + asked.y @ linalg.cho_solve(factor, asked.y)
        height[sigma] = -0.5 * (1000 * np.log(2 * np.pi) + size) + stats.halfcauchy(0, asked.scale).logpdf(sigma)
    assert height[0.046] - height[10.6] > 150
    told = answer(asked)
    assert told.sigma_moments()[0][0] == pytest.approx(0.046, rel=0.05)
    assert told.moments(np.eye(2))[0][0, 1] == pytest.approx(11.9, abs=0.01)


@pytest.mark.parametrize("rows", [12, 100, 1000, 5000])
@pytest.mark.parametrize("beside", [-1e-3, 0.0, 1e-4])
def test_near_the_transition_both_modes_are_weighed(rows, beside):
    asked = narrow(rows).at_transition()
    error, alive = agrees(asked._replace(width=asked.width * (1 + beside)))
    assert error < 1e-3
    assert beside != 0 or alive == 2


def test_a_sweep_holds_positions_with_one_mode_and_with_two():
    """Each position of a sweep is the answer on its own, whatever stands beside it."""
    asked = narrow(300).at_transition()
    widths = asked.width * np.array([0.5, 0.9999, 1.0, 1.0001, 1.1, 30.0])
    spectrum = Spectrum.of(asked.design)
    all_at_once = solve(spectrum, np.repeat(asked.y[None], 6, 0), widths, np.full(6, asked.scale), False)
    uniform, normal = (np.arange(400) + 0.5) / 400, np.random.default_rng(0).standard_normal((400, 2))
    rows = np.array([[1.0, -1.0], [1.0, 2.0]])
    swept = all_at_once.quantiles(rows, (0.05, 0.5, 0.9))
    sigma = all_at_once.sigma_draws(uniform)
    for v, width in enumerate(widths):
        one = answer(asked._replace(width=width))
        np.testing.assert_allclose(all_at_once.log_evidence[v], one.log_evidence[0], atol=1e-6)
        scale = one.moments(rows)[1][0]
        for many, single in zip(swept, one.quantiles(rows, (0.05, 0.5, 0.9)), strict=True):
            np.testing.assert_allclose(many[v] / scale, single[0] / scale, atol=1e-5)
        np.testing.assert_allclose(sigma[v], one.sigma_draws(uniform)[0], rtol=1e-4)
        assert (np.diff(sigma[v]) >= 0).all()
    both = sigma[2] < 1
    share = all_at_once.sigma_nodes.weight[2][np.exp(all_at_once.log_sigma[2]) < 1].sum()
    assert both.mean() == pytest.approx(share, abs=0.003)
    weights = all_at_once.weight_draws(sigma, normal)[2]
    assert weights[both, 1].min() > 11
    assert abs(weights[~both, 1]).max() < 5


def test_nodes_that_serve_many_worlds_hold_the_modes_of_each():
    asked = narrow(60).at_transition()
    random = np.random.default_rng(3)
    x, worlds = asked.design[:, 1], 40
    y = 11.9 * x + 0.046 * random.standard_normal((worlds, 60))
    y *= np.linspace(0.97, 1.03, worlds)[:, None]  # so that some prefer little noise and some much
    spectrum, one = Spectrum.of(asked.design), np.ones(worlds)
    each = solve(spectrum, y, asked.width * one, asked.scale * one, False)
    assert 5 < (each.sigma_quantiles([0.5])[0] < 1).sum() < 35
    density = SigmaDensity(spectrum.scale, Projection.of(spectrum, y), asked.width * one, asked.scale * one)
    nodes, log_step = density.take(np.arange(0, worlds, 3)).shared_nodes()
    shared = density(np.broadcast_to(nodes, (worlds, len(nodes)))) + log_step
    np.testing.assert_allclose(np.logaddexp.reduce(shared, axis=1), each.log_evidence, atol=2e-3)


def test_peaks_are_all_found_however_narrow():
    """Three peaks 5e-4 wide over a range of 60, beside a row with a single wide one."""

    def height(at, row):
        sharp = 4e6 * (np.log(sum(np.exp(-2.0 * (at - c) ** 2) for c in (-7.3, 0.11, 9.0))) + 0.0)
        return np.where((row == 0)[:, None], np.where(np.isfinite(sharp), sharp, -1e9), -0.5 * (at / 3) ** 2)

    with np.errstate(divide="ignore"):
        found = peaks(height, np.full(2, -30.0), np.full(2, 30.0), 0.2, 18.0, 36.0)
    np.testing.assert_array_equal(found.row, [0, 0, 0, 1])
    np.testing.assert_allclose(found.at, [-7.3, 0.11, 9.0, 0.0], atol=1e-4)
    np.testing.assert_allclose(found.sd[:3], 1 / np.sqrt(1.6e7), rtol=1e-2)
    inside = 6 * np.append(found.sd[:3], 3.0)
    assert (found.low < found.at - 0.99 * inside).all()
    assert (found.high > found.at + 0.99 * inside).all()


@pytest.mark.parametrize("rows", [1, 2, 3])
def test_few_rows_have_heavy_tails(rows):
    """E[sigma^2] lies far outside the posterior's own mass: against 400,000 nodes; with one row there is no sd."""
    x, y = np.array([0.3, 1.9, -0.7])[:rows], np.array([2.0, -1.0, 0.4])[:rows]
    (mean,), (sd,) = posterior(Dataset.from_arrays(x, y), Linear(), Prior(3.0, 0.8)).sigma_moments()
    asked = Problem(np.column_stack([np.ones(rows), x]), y, 3.0, 0.8)
    at = np.linspace(-45, 60, 400_000)
    height = asked.log_density(at)[0]
    mass = np.exp(height - height.max())
    first, second = (float(mass @ np.exp(k * at) / mass.sum()) for k in (1, 2))
    assert mean == pytest.approx(first, rel=1e-5)
    assert np.isnan(sd) if rows == 1 else sd == pytest.approx(np.sqrt(second - first**2), rel=1e-4)
