from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from bayes_core.foundations.diagnosis import Diagnosis
from bayes_core.foundations.studies import RATE_PRIORS, StudiedPpv, ppv_reach

CASES = [(0.01, 0.8, 0.904, 200.0), (0.00001, 0.95, 0.998, 5000.0), (0.45, 0.32, 0.98, 60.0)]


def drawn(case, prior, count=400_000, seed=8):
    """Return draws of a PPV, the three rates by scipy."""
    random = np.random.default_rng(seed)
    *rates, size = case
    parts = [stats.beta(prior + r * size, prior + (1 - r) * size).rvs(count, random_state=random) for r in rates]
    return Diagnosis(*parts).ppv


@pytest.mark.parametrize("prior", [0.5, 1.0])
@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_quantiles_are_those_of_many_draws(case, prior):
    ppv, draws = StudiedPpv.of(*case, prior), drawn(case, prior)
    for probability in (0.05, 0.5, 0.95):
        below = float((draws <= ppv.quantile(probability)).mean())
        error = math.sqrt(probability * (1 - probability) / len(draws))
        assert below == pytest.approx(probability, abs=4 * error + 1e-4)
        assert float(ppv.cdf(ppv.quantile(probability)[:, None])[0, 0]) == pytest.approx(probability, abs=1e-9)


@pytest.mark.parametrize(("case", "at"), [*zip(CASES, (0.07, 0.02, 0.9), strict=True)], ids=str)
def test_the_distribution_function_is_a_double_integral(case, at):
    """By Gauss and Legendre over the two rates themselves, where the page averages at normal scores."""
    *rates, size = case
    p, hit, clear = (stats.beta(0.5 + r * size, 0.5 + (1 - r) * size) for r in rates)
    x, w = np.polynomial.legendre.leggauss(300)

    def rule(rate):
        low, high = rate.ppf(1e-11), rate.isf(1e-11)
        at = low + (high - low) * (x + 1) / 2
        return at, w * (high - low) / 2 * rate.pdf(at)

    (s, s_weight), (c, c_weight) = rule(hit), rule(clear)
    below = p.cdf(1 / (1 + s[:, None] * (1 - at) / ((1 - c) * at)))
    exact = s_weight @ below @ c_weight
    assert float(StudiedPpv.of(*case, 0.5).cdf([at])[0, 0]) == pytest.approx(exact, abs=5e-5)


def test_the_density_is_the_slope_of_the_distribution_function():
    ppv, at = StudiedPpv.of([0.01, 0.2], 0.8, 0.9, [40.0, 400.0]), np.array([0.03, 0.1, 0.5, 0.9])
    slope = (ppv.cdf(at + 1e-5) - ppv.cdf(at - 1e-5)) / 2e-5
    np.testing.assert_allclose(ppv.density(at), slope, rtol=1e-5, atol=1e-7)
    assert np.isnan(ppv.density([0.0, 1.0])).all()


def test_rates_that_are_certain_leave_the_plain_answer():
    plain = Diagnosis(0.01, 0.8, 0.904).ppv
    ends = [float(StudiedPpv.of(0.01, 0.8, 0.904, 1e11).quantile(p)[0]) for p in (0.05, 0.95)]
    assert ends == pytest.approx([plain, plain], rel=1e-3)


def test_the_prior_swamps_a_rate_that_the_study_is_too_small_for():
    """Airport: one armed in 100,000, studied on 5,000 people. The uniform prior is worth more than the study finds."""
    plain = float(Diagnosis(0.00001, 0.95, 0.998).ppv)
    low = {n: float(StudiedPpv.of(*CASES[1], prior=c).quantile(0.05)[0]) for n, c in RATE_PRIORS.items()}
    assert low["none"] < low["jeffreys"] < plain < low["uniform"]


@pytest.mark.parametrize("moved", range(4))
def test_predictive_values_along_a_handle_are_those_one_by_one(moved):
    rates = [0.02, 0.8, 0.9, 150.0]
    handle = np.array([40.0, 300.0, 9000.0]) if moved == 3 else np.array([0.0, 0.4, 1.0])
    along = StudiedPpv.of(*(handle if k == moved else rate for k, rate in enumerate(rates)))
    for v, value in enumerate(handle):
        alone = StudiedPpv.of(*(float(value) if k == moved else rate for k, rate in enumerate(rates)))
        for p in (0.05, 0.95):
            assert along.quantile(p)[v] == pytest.approx(float(alone.quantile(p)[0]), rel=1e-7)
        np.testing.assert_allclose(along.density([0.05, 0.4])[v], alone.density([0.05, 0.4])[0], rtol=1e-9)


def test_without_a_prior_a_rate_never_seen_is_certain():
    nobody_alarmed = StudiedPpv.of(0.02, 0.8, 1.0, 50.0, prior=0.0)
    assert nobody_alarmed.quantile(0.05) == nobody_alarmed.quantile(0.95) == 1
    nobody_found = StudiedPpv.of(0.02, 0.0, 0.9, 50.0, prior=0.0)
    assert nobody_found.quantile(0.05) == nobody_found.quantile(0.95) == 0
    assert np.isnan(StudiedPpv.of(0.02, 0.0, 1.0, 50.0, prior=0.0).quantile(0.5)).all()


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        ({"studied": -1}, "-1 people were studied: give 0 or more"),
        ({"prevalence": 1.2}, "the rate is 1.2: a probability lies between 0 and 1"),
        ({"specificity": math.nan}, "must be finite"),
        ({"prior": -0.5}, "the prior imagines -0.5 cases: give 0 or more"),
    ],
)
def test_impossible_studies_are_refused(bad, says):
    good = {"prevalence": 0.1, "sensitivity": 0.8, "specificity": 0.9, "studied": 50}
    with pytest.raises(ValueError, match=says):
        StudiedPpv.of(**{**good, **bad})


@pytest.mark.parametrize(("scale", "reach"), [(1.0, 1.0), (0.16, 0.5), (0.03, 0.1), (1e-4, 0.01)])
def test_a_picture_reaches_over_three_times_what_is_likely(scale, reach):
    likely = float(np.sort(scale * stats.beta(2, 5).rvs(4000, random_state=3))[3799])
    assert ppv_reach(likely) == reach
    assert reach >= min(3 * likely, 1)
    assert reach == 0.01 or reach / 2.5 < 3 * likely
