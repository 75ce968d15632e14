"""A ladder of models: log evidence, leave-one-out, WAIC and averages against slow ways and published values."""

from functools import cache

import numpy as np
import pytest
from arviz_stats.base import array_stats
from scipy.integrate import quad
from scipy.optimize import minimize
from scipy.stats import halfcauchy, multivariate_normal, norm

from bayes_core.data.synthetic import temperature
from bayes_core.evaluation.complexity import Judged, Ladder, Unseen, average_band, highest, psis, stacking
from bayes_core.numerics import mixture

NOISE = 1.5
WIDTHS = np.array([0.7, 8.0, 300.0])
DEGREES = (0, 1, 3, 6)


@cache
def ladder(noise_known: bool = False, rows: int = 17) -> Ladder:
    """Asymmetric places and an outlier."""
    random = np.random.default_rng(4)
    x = 10 * random.beta(2, 5, rows)
    y = 3 + 0.8 * x - 0.3 * x**2 + 1.2 * random.standard_normal(rows)
    y[3] += 5
    return Ladder(x, y, (0.0, 11.0), DEGREES, NOISE, noise_known)


def dense(of: Ladder, degree: int, width: float, sigma: float) -> float:
    """Return log p(y | sigma) from one dense Gaussian."""
    columns = np.vander((2 * of.x - 11) / 11, degree + 1, increasing=True)
    return multivariate_normal(
        np.zeros(len(of.y)), width**2 * columns @ columns.T + sigma**2 * np.eye(len(of.y))
    ).logpdf(of.y)


def without(of: Ladder, row: int) -> Ladder:
    return Ladder(np.delete(of.x, row), np.delete(of.y, row), of.ends, of.sizes, of.noise, of.noise_known)


# ------------------------------------------------------------------------------------------------------- evidence
def test_with_a_known_noise_the_evidence_is_one_dense_gaussian():
    made = ladder(noise_known=True)
    told = [rung.evidence for rung in made.rungs(WIDTHS)]
    slow = [[dense(made, degree, width, NOISE) for width in WIDTHS] for degree in DEGREES]
    np.testing.assert_allclose(told, slow, rtol=1e-9)


@pytest.mark.parametrize("degree", DEGREES)
def test_with_an_unknown_noise_the_evidence_is_an_integral_over_dense_gaussians(degree):
    made, width = ladder(), 8.0

    def density(at):
        return (
            np.exp(dense(made, degree, width, np.exp(at)) + 40) * halfcauchy(scale=NOISE).pdf(np.exp(at)) * np.exp(at)
        )

    slow = np.log(quad(density, -4, 6, points=[0.5], epsabs=0, epsrel=1e-9, limit=200)[0]) - 40
    [told] = made.rungs(np.array([width]))[DEGREES.index(degree)].evidence
    assert told == pytest.approx(slow, abs=1e-5)


@pytest.mark.parametrize("width", [np.inf, 0.0, -1.0, np.nan])
def test_improper_priors_are_refused_with_the_reason(width):
    with pytest.raises(ValueError, match="needs a proper prior"):
        ladder().rungs(np.array([1.0, width]))
    with pytest.raises(ValueError, match="needs a proper prior"):
        Ladder(np.arange(5.0), np.arange(5.0) ** 2, (0.0, 4.0), (0, 1), width)


def test_rows_that_are_too_few_for_a_degree_are_told_so():
    x = np.array([0.0, 1.0, 1.0, 2.0, 4.0, 4.0])
    assert highest(x) == 1
    with pytest.raises(ValueError, match="largest size here is 1"):
        Ladder(x, x**2, (0.0, 4.0), (0, 1, 2), 1.0)
    assert Ladder(x, x**2, (0.0, 4.0), (9,), 1.0, noise_known=True).rungs(np.ones(1))[0].evidence.shape == (1,)


def test_bumps_are_evenly_spaced_and_narrower_where_there_are_more():
    made = Ladder(np.arange(9.0), np.arange(9.0), (2.0, 8.0), (0, 1, 3), 1.0, family="bumps")
    x = np.array([2.0, 6.5])
    np.testing.assert_allclose(made.columns(x, 1), np.column_stack([np.ones(2), np.exp(-((x - 5) ** 2) / 18)]))
    three = [np.exp(-((x - at) ** 2) / (2 * 1.5**2)) for at in (2, 5, 8)]
    np.testing.assert_allclose(made.columns(x, 3), np.column_stack([np.ones(2), *three]))
    assert made.columns(x, 0).tolist() == [[1], [1]]


# -------------------------------------------------------------------------------------------------- leave-one-out
@pytest.mark.parametrize("noise_known", [False, True])
def test_leave_one_out_is_what_exact_refits_say(noise_known):
    made = ladder(noise_known)
    told = np.array([rung.left_out for rung in made.rungs(WIDTHS)])
    for row in range(len(made.y)):
        others = without(made, row).rungs(WIDTHS)
        for at, other in enumerate(others):
            new = other.new(made.columns(made.x[row : row + 1], other.size), made.y[row : row + 1, None])
            np.testing.assert_allclose(told[at, :, row], new[:, 0, 0], atol=2e-5)


def test_leave_one_out_is_the_evidence_that_a_row_adds():
    made = ladder()
    every = made.rungs(WIDTHS)
    for row in (0, 3, 11):  # the outlier among them
        rest = without(made, row).rungs(WIDTHS)
        for rung, other in zip(every, rest, strict=True):
            np.testing.assert_allclose(rung.left_out[:, row], rung.evidence - other.evidence, atol=2e-5)


def test_fit_and_waic_are_what_many_draws_say():
    rung = ladder().rungs(np.array([8.0]))[2]
    [draws] = rung.log_likelihood(200_000, 1)
    top = draws.max(0)
    np.testing.assert_allclose(rung.fit[0], top + np.log(np.exp(draws - top).mean(0)), atol=0.01)
    np.testing.assert_allclose(rung.waic[0], rung.fit[0] - draws.var(0), atol=0.03)


def test_waic_equals_leave_one_out_with_many_rows_and_is_too_kind_with_few():
    judged = {n: Judged.of(_day(n, (3,)), np.array([20.0])) for n in (15, 600)}
    gaps = {n: float((one.waic - one.left_out).item()) for n, one in judged.items()}
    assert abs(gaps[600]) < 0.02
    assert gaps[15] > 0.3


@pytest.mark.parametrize("degree", [1, 6])
def test_psis_is_what_arviz_stats_makes_of_the_same_draws(degree):
    rung = ladder().rungs(np.array([300.0]))[DEGREES.index(degree)]
    [draws] = rung.log_likelihood(1000, 2)
    told = psis(draws.T)
    theirs, k, _ = array_stats.loo(draws.T[:, None, :], chain_axis=1, draw_axis=2)  # of log likelihood, not of weights
    np.testing.assert_allclose(told.left_out, theirs, atol=1e-9)
    np.testing.assert_allclose(told.pareto_k, k, atol=1e-9)


def test_psis_is_good_where_its_k_is_small_and_not_where_it_is_large():
    rung = ladder().rungs(np.array([300.0]))[-1]
    told = [psis(rung.log_likelihood(1000, seed)[0].T) for seed in range(20)]
    k = np.mean([one.pareto_k for one in told], axis=0)
    off = np.sqrt(np.mean([(one.left_out - rung.left_out[0]) ** 2 for one in told], axis=0))
    assert off[k < 0.4].max() < 0.1
    assert off[k > 0.7].max() > 0.3


def test_the_eight_schools_give_the_published_leave_one_out():
    """Rubin (1981); the draws are exact, from a grid of tau, so that no chain is to blame."""
    y, sigma = np.array([28.0, 8, -3, 7, -1, 1, 18, 12]), np.array([15.0, 10, 16, 11, 9, 11, 10, 18])
    tau = np.linspace(0.005, 80, 8000)
    variance = sigma**2 + tau[:, None] ** 2
    precision = 1 / 25 + (1 / variance).sum(1)
    mean = (y / variance).sum(1) / precision
    log_density = halfcauchy(scale=5).logpdf(tau) + 0.5 * (mean**2 * precision - np.log(precision))
    log_density -= 0.5 * (np.log(variance) + y**2 / variance).sum(1)
    weight = np.exp(log_density - log_density.max())
    random = np.random.default_rng(0)
    at = random.choice(len(tau), 20_000, p=weight / weight.sum())
    mu = mean[at] + random.standard_normal(len(at)) / np.sqrt(precision[at])
    shrunk = sigma**2 / variance[at]
    theta = (
        shrunk * mu[:, None] + (1 - shrunk) * y + np.sqrt(shrunk) * tau[at, None] * random.standard_normal((len(at), 8))
    )
    told = psis(norm(theta, sigma).logpdf(y).T)
    assert told.left_out.sum() == pytest.approx(-30.78, abs=0.12)
    np.testing.assert_allclose(told.pareto_k, [0.30, 0.50, 0.31, 0.60, 0.57, 0.58, 0.36, 0.27], atol=0.3)


# ---------------------------------------------------------------------------------------------------- the drift
@cache
def _day(rows: int, degrees: tuple[int, ...] = tuple(range(13))) -> Ladder:
    data = temperature(rows, 7).dataset()
    return Ladder(data.x[:, 0], data.y, (0.0, 24.0), degrees, NOISE)


@pytest.mark.parametrize("rows", [15, 30, 60])
def test_a_bayes_factor_drifts_with_the_width_for_ever_and_leave_one_out_does_not(rows):
    judged = Judged.of(_day(rows, (0, 2, 5)), np.array([1e4, 1e5, 1e6]))
    for at, degree in ((1, 2), (2, 5)):
        np.testing.assert_allclose(np.diff(judged.bayes_factor(at)), -degree * np.log(10), atol=0.02)
        gap, _ = judged.ahead(at)
        assert np.ptp(gap) < 0.01


def test_the_error_of_a_difference_is_that_of_its_rows():
    judged = Judged.of(ladder(), WIDTHS)
    gap, error = judged.ahead(2, 1)
    rows = judged.rows[2, 1] - judged.rows[1, 1]
    assert gap[1] == pytest.approx(rows.sum())
    assert error[1] == pytest.approx(np.sqrt(17) * rows.std(ddof=1))
    assert judged.error[2, 1] == pytest.approx(np.sqrt(17) * judged.rows[2, 1].std(ddof=1))


def test_new_readings_score_as_simulated_ones_do():
    made, truth = ladder(), lambda x: 3 + 0.8 * x[:, 0] - 0.3 * x[:, 0] ** 2
    judged = Judged.of(made, np.array([8.0]), Unseen.of(truth, 1.2, (0.0, 11.0)))
    random = np.random.default_rng(5)
    x = random.uniform(0, 11, 20_000)
    y = truth(x[:, None]) + 1.2 * random.standard_normal(len(x))
    for at, rung in enumerate(judged.rungs):
        each = rung.new(made.columns(x, rung.size), y[:, None])[0, :, 0]
        assert judged.held_out is not None
        assert judged.held_out[at, 0] == pytest.approx(
            17 * each.mean(), abs=17 * 4 * each.std() / np.sqrt(len(x)) + 0.05
        )


# ------------------------------------------------------------------------------------------------------- averages
def test_probabilities_are_evidence_over_its_sum():
    judged = Judged.of(ladder(), WIDTHS)
    np.testing.assert_allclose(judged.probability.sum(0), 1)
    odds = np.log(judged.probability[2] / judged.probability[1])
    np.testing.assert_allclose(odds, judged.bayes_factor(2, 1), atol=1e-9)


def test_stacking_is_what_a_general_optimiser_finds():
    judged = Judged.of(ladder(), np.array([8.0]))
    density = np.exp(judged.rows[:, 0])
    found = minimize(
        lambda w: -np.log(w @ density).mean(), np.full(4, 0.25), bounds=[(0, 1)] * 4, method="SLSQP",
        constraints={"type": "eq", "fun": lambda w: w.sum() - 1}, options={"ftol": 1e-12},
    )  # fmt: skip
    weight = stacking(judged.rows, tolerance=1e-5)[:, 0]
    assert weight.sum() == pytest.approx(1, abs=1e-3)
    assert np.log(weight @ density).mean() == pytest.approx(-found.fun, abs=1e-4)
    np.testing.assert_allclose(weight, found.x, atol=0.02)


def test_the_band_of_the_average_leaves_its_share_below_and_above():
    made, x = ladder(), np.array([0.5, 4.0, 9.0])
    judged = Judged.of(made, WIDTHS)
    share = np.broadcast_to(np.array([0.1, 0.2, 0.3, 0.4])[:, None], (4, 3))
    ends = average_band(made, judged.rungs, share, x, (0.05, 0.95))
    for end, probability in zip(ends, (0.05, 0.95), strict=True):
        below = 0.0
        for part, rung in zip(share[:, 0], judged.rungs, strict=True):
            centre, spread = rung.posterior.nodes(made.columns(x, rung.size))
            below = below + part * mixture.cdf(end, rung.posterior.node_weight[:, None, :], centre, spread)
        np.testing.assert_allclose(below, probability, atol=1e-3)
