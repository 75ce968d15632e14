from __future__ import annotations

import math
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bayes_core.foundations.diagnosis import Diagnosis
from bayes_core.foundations.events import events


@pytest.mark.parametrize(
    ("sick", "found", "alarm", "percent"),
    [("0.01", "0.8", "0.096", 7.764), ("0.01", "0.9", "0.09", 9.174), ("0.008", "0.9", "0.07", 9.395)],
)
def test_published_predictive_values(sick, found, alarm, percent):
    p, s, f = Fraction(sick), Fraction(found), Fraction(alarm)
    test = Diagnosis(float(p), float(s), float(1 - f))
    assert 100 * test.ppv == pytest.approx(percent, abs=6e-4)
    assert test.ppv == pytest.approx(float(p * s / (p * s + (1 - p) * f)), rel=1e-12)
    assert test.npv == pytest.approx(float((1 - p) * (1 - f) / ((1 - p) * (1 - f) + p * (1 - s))), rel=1e-12)
    assert test.positive == pytest.approx(float(p * s + (1 - p) * f), rel=1e-12)
    assert test.bayes_factors == pytest.approx((float(s / f), float((1 - s) / (1 - f))), rel=1e-12)
    table = events({"A": float(p), "B|A": float(s), "B|not A": float(f)})
    np.testing.assert_allclose(table.joint, test.joint, atol=1e-12)


@settings(max_examples=40, deadline=None)
@given(st.text("+-", max_size=12), st.fractions(0.001, 0.9), st.fractions(0.1, 0.99), st.fractions(0.1, 0.99))
def test_several_tests_are_bayes_again_and_again(results, p, sens, spec):
    path = Diagnosis(float(p), float(sens), float(spec)).after(results)
    by = [p]
    for result in results:
        sick, well = (sens, 1 - spec) if result == "+" else (1 - sens, spec)
        by.append(by[-1] * sick / (by[-1] * sick + (1 - by[-1]) * well))
    np.testing.assert_allclose(path, np.array([float(q) for q in by]), rtol=1e-9)


def test_a_thousand_results_stay_finite():
    path = Diagnosis(np.array([0.01, 0.3]), 0.8, 0.904).after("+-" * 400 + "-" * 200)
    assert path.shape == (2, 1001)
    log_odds = np.log([0.01 / 0.99, 0.3 / 0.7]) + 400 * math.log(0.8 / 0.096) + 600 * math.log(0.2 / 0.904)
    np.testing.assert_allclose(path[:, -1], 1 / (1 + np.exp(-log_odds)), rtol=1e-9)
    assert np.isfinite(path).all()


def test_perfect_tests_settle_it_and_impossible_results_are_refused():
    sure = Diagnosis(0.2, 0.7, 1.0)
    assert sure.ppv == 1
    assert sure.bayes_factors[0] == math.inf
    np.testing.assert_allclose(sure.after("-+--"), [0.2, 0.06 / 0.86, 1, 1, 1])
    with pytest.raises(ValueError, match="impossible given this evidence"):
        Diagnosis(0.2, 1.0, 1.0).after("+-")
    nobody = Diagnosis(np.array([0.0, 0.2]), np.array([0.6, 0.0]), 1.0)
    assert np.isnan(nobody.ppv).all()
    assert np.isnan(Diagnosis(1.0, 1.0, 0.3).npv)
    with pytest.raises(ValueError, match=r"the specificity is 1\.5"):
        Diagnosis(0.1, 0.2, 1.5)
    with pytest.raises(ValueError, match="“x” is not a result"):
        sure.after("+x")


rates = st.sampled_from([Fraction(0), Fraction(1, 7), Fraction(4, 5), Fraction(1)])


@settings(max_examples=200, deadline=None)
@given(st.text("+-", max_size=4), rates, rates, rates)
def test_results_that_cannot_happen_leave_a_gap(results, p, sens, spec):
    rows = [(p, sens, spec), (Fraction(1, 3), Fraction(1, 4), Fraction(9, 10))]
    test = Diagnosis(*np.array([[float(rate) for rate in row] for row in rows]).T)
    path, possible = test.chain(results), test.possible(results)
    assert path.shape == (2, 1 + len(results))
    for v, (share, hit, clear) in enumerate(rows):
        worlds = []  # P(the first k results, and sick or well) for k = 0, 1, ...
        sick, well = share, 1 - share
        for result in ("", *results):
            sick *= {"": 1, "+": hit, "-": 1 - hit}[result]
            well *= {"": 1, "+": 1 - clear, "-": clear}[result]
            worlds.append((sick, well))
        total = sum(worlds[-1])
        assert possible[v] == (total > 0)
        by_hand = [float(a / (a + b)) if total or k == 0 else math.nan for k, (a, b) in enumerate(worlds)]
        np.testing.assert_allclose(path[v], by_hand, rtol=1e-12, atol=1e-15)


def test_the_same_test_among_other_people():
    prevalence = np.array([0.0, 1e-6, 0.2, 0.7, 1.0])
    test = Diagnosis(np.array([0.3, 0.01]), np.array([0.8, 0.0]), np.array([0.904, 0.6]))
    asked = test.among(prevalence)
    for v, g in product(range(2), range(5)):
        one = Diagnosis(prevalence[g], test.sensitivity[v], test.specificity[v])
        assert asked.ppv[v, g] == pytest.approx(float(one.ppv), nan_ok=True)
        assert asked.npv[v, g] == pytest.approx(float(one.npv), nan_ok=True)
