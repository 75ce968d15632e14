"""Log evidences and slopes of the targets against adaptive quadrature, published closed forms and differences."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from scipy import integrate, stats

from bayes_core.approximation import Exact, LaplaceSlope, LogOdds, Weighings, elbo

TARGETS = {
    "weighings": Weighings((69.7, 70.5, 75.1, 75.6)),
    "slope": LaplaceSlope((1.0, -2.0, 0.5), (0.3, -0.2, 0.9), noise=0.8, scale=0.4),
    "steep": LaplaceSlope((1.0, 2.0, 3.0), (-2.3, -3.6, -6.4), noise=0.7, scale=0.9),
    "rare": LogOdds(0, 20),
    "odds": LogOdds(3, 11, a=0.5, b=2.0),
}
KINKS = {"weighings": (69.7, 70.5, 75.1, 75.6), "slope": (0.0,), "steep": (0.0,), "rare": (), "odds": ()}


def quadrature(name: str, integrand, ends=None) -> float:
    low, high = ends or TARGETS[name].ends
    inside = [low, *(k for k in KINKS[name] if low < k < high), high]
    parts = (integrate.quad(integrand, a, b, limit=300, epsabs=0, epsrel=1e-11)[0] for a, b in pairwise(inside))
    return sum(parts)


@pytest.mark.parametrize("name", TARGETS)
def test_log_evidence_is_the_integral_of_prior_times_likelihood(name):
    target = TARGETS[name]
    area = quadrature(
        name, lambda t: float(np.exp(target.log_prior(np.float64(t)) + target.log_likelihood(np.float64(t))))
    )
    assert target.log_evidence == pytest.approx(np.log(area), abs=1e-7)


def test_a_count_under_a_flat_prior_is_as_likely_as_any_other():
    for hits in (0, 3, 20):
        assert LogOdds(hits, 20).log_evidence == pytest.approx(-np.log(21), abs=1e-12)
    assert LogOdds(3, 11, 0.5, 2.0).log_evidence == pytest.approx(stats.betabinom(11, 0.5, 2.0).logpmf(3), abs=1e-12)


def test_likelihoods_are_scipys():
    theta = np.array([-2.0, 0.3])
    expected = stats.binom(11, 1 / (1 + np.exp(-theta))).logpmf(3)
    assert TARGETS["odds"].log_likelihood(theta) == pytest.approx(expected)
    line = TARGETS["slope"]
    expected = [stats.norm(t * np.array(line.x), line.noise).logpdf(line.y).sum() for t in theta]
    assert line.log_likelihood(theta) == pytest.approx(expected)
    assert line.log_prior(theta) == pytest.approx(stats.laplace(0, line.scale).logpdf(theta))
    scales = TARGETS["weighings"]
    expected = [stats.cauchy(t, scales.scale).logpdf(scales.readings).sum() for t in theta + 71]
    assert scales.log_likelihood(theta + 71) == pytest.approx(expected)


@pytest.mark.parametrize("name", TARGETS)
def test_slopes_are_derivatives(name):
    target, h = TARGETS[name], 1e-6
    low, high = target.ends
    at = np.linspace(low, high, 14)[1:-1] + 0.013
    for value, slope in ((target.log_prior, target.prior_slope), (target.log_likelihood, target.likelihood_slope)):
        assert slope(at) == pytest.approx((value(at + h) - value(at - h)) / (2 * h), rel=1e-4, abs=1e-5)


def test_some_rows_add_up_to_all():
    line, theta = TARGETS["slope"], np.array([-1.0, 0.4])
    parts = line.row_slopes(theta, np.array([0])) + line.row_slopes(theta, np.array([1, 2]))
    assert parts == pytest.approx(line.likelihood_slope(theta))


@pytest.mark.parametrize("name", TARGETS)
def test_elbo_and_reverse_kl_add_up_to_the_log_evidence(name):
    """Both by adaptive quadrature of their own definitions, with neither our nodes nor our evidence."""
    target, exact = TARGETS[name], Exact(TARGETS[name])
    q = stats.norm(exact.mean + 0.3 * exact.sd, 0.7 * exact.sd)
    log_p = lambda t: float(target.log_joint(np.float64(t)))  # noqa: E731
    under = q.mean() - 9 * q.std(), q.mean() + 9 * q.std()
    bound = quadrature(name, lambda t: q.pdf(t) * (log_p(t) - q.logpdf(t)), under)
    area = np.log(quadrature(name, lambda t: np.exp(log_p(t))))
    reverse = quadrature(name, lambda t: q.pdf(t) * (q.logpdf(t) - log_p(t) + area), under)
    forward = quadrature(name, lambda t: np.exp(log_p(t) - area) * (log_p(t) - area - q.logpdf(t)))
    assert elbo(target, q.mean(), q.std()) == pytest.approx(bound, abs=1e-6)
    assert exact.reverse(q.mean(), q.std()) == pytest.approx(reverse, abs=1e-6)
    assert bound + reverse == pytest.approx(area, abs=1e-8)
    assert exact.forward(q.mean(), q.std()) == pytest.approx(forward, abs=2e-4)


def test_what_an_interval_of_q_holds_is_beta_probability():
    exact = Exact(LogOdds(0, 20))
    mean, width = -3.6, 0.9
    ends = 1 / (1 + np.exp(-(mean + np.array([-1, 1]) * 1.6448536 * width)))
    inside = np.diff(stats.beta(1, 21).cdf(ends))[0]
    assert exact.held(mean, width, 0.9) == pytest.approx(inside, abs=1e-5)


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: LaplaceSlope((1.0,), (1.0, 2.0), 1.0, 1.0), "as many of each"),
        (lambda: LaplaceSlope((0.0,), (1.0,), 1.0, 1.0), "not 0"),
        (lambda: LaplaceSlope((1.0,), (1.0,), 0.0, 1.0), "positive"),
        (lambda: LogOdds(4, 3), "4 of 3"),
    ],
)
def test_what_has_no_posterior_is_refused(make, why):
    with pytest.raises(ValueError, match=why):
        make()
