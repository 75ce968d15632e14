from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.optimize import linprog

from bayes_core.foundations import diagnosis
from bayes_core.foundations.diagnosis import Diagnosis, people, posterior
from bayes_core.foundations.events import QUANTITIES, Incoherent, events, probability, sweep_events

CELL = {"A": (1, 1, 0, 0), "B": (1, 0, 1, 0), "A and B": (1, 0, 0, 0), "A or B": (1, 1, 1, 0)}
EVENT = CELL | {"not A": (0, 0, 1, 1), "not B": (0, 1, 0, 1)}
cells = st.one_of(st.just(0.0), st.floats(0.005, 1.0), st.sampled_from([0.005, 0.5, 1.0]))
joints = st.tuples(cells, cells, cells, cells).filter(lambda p: sum(p) > 0.01).map(lambda p: np.array(p) / sum(p))


def by_hand(quantity, joint):
    """Return P(quantity) by adding up worlds; None where its condition has no probability."""
    left, bar, right = quantity.partition("|")
    given_ = np.array(EVENT[right]) if bar else np.ones(4)
    below = float(joint @ given_)
    return float(joint @ (np.array(EVENT[left]) * given_)) / below if below > 0 else None


def matrix(known):
    rows = [np.ones(4)]
    for name, value in known.items():
        left, bar, right = name.partition("|")
        given_ = np.array(EVENT[right]) if bar else np.ones(4)
        rows.append(np.array(EVENT[left]) * given_ - value * given_)
    return np.array(rows)


def programmed(quantity, known):
    """Return the lowest and highest value by a linear program (Charnes and Cooper 1962): p = y / t."""
    left, bar, right = quantity.partition("|")
    given_ = np.array(EVENT[right]) if bar else np.ones(4)
    rows = matrix(known)
    equal = np.vstack([np.column_stack([rows, -np.eye(len(rows))[0]]), np.append(given_, 0)])
    aim = np.append(np.array(EVENT[left]) * given_, 0)
    found = [linprog(s * aim, A_eq=equal, b_eq=np.eye(len(equal))[-1], method="highs") for s in (1, -1)]
    return found[0].fun, -found[1].fun


@settings(max_examples=60, deadline=None)
@given(joints, st.sets(st.sampled_from(list(QUANTITIES))))
def test_what_a_joint_says_is_never_a_contradiction_and_lies_within_the_bounds(joint, chosen):
    truth = {name: value for name in QUANTITIES if (value := by_hand(name, joint)) is not None}
    known = {name: truth[name] for name in sorted(chosen) if name in truth}
    found = events(known)
    for name, value in truth.items():
        assert found.low[name] - 1e-9 <= value <= found.high[name] + 1e-9
    for name in known:
        assert found.value(name) == pytest.approx(truth[name], abs=1e-9)
    if np.linalg.svd(matrix(known), compute_uv=False)[3:].sum() > 1e-5:  # four independent equations
        np.testing.assert_allclose(found.joint, joint, atol=1e-9)


@pytest.mark.parametrize(
    "known",
    [
        {},
        {"A": 0.2, "B": 0.7},
        {"A": 0.7, "B": 0.6},
        {"A": 0.5, "B|A": 0.2},
        {"B|A": 0.2, "B|not A": 0.65},
        {"A|B": 0.3, "A|not B": 0.9},
        {"A or B": 0.4, "A|B": 0.25},
        {"A and B": 0.1, "A|not B": 0.35},
        {"A": 0.01, "B|A": 0.8, "B|not A": 0.096},
    ],
    ids=str,
)
def test_bounds_are_those_of_a_linear_program(known):
    found = events(known)
    for name in QUANTITIES:
        assert (found.low[name], found.high[name]) == pytest.approx(programmed(name, known), abs=1e-9)


@pytest.mark.parametrize(("a", "b"), [(0.2, 0.7), (0.7, 0.6), (0.05, 0.9), (0.0, 0.3), (1.0, 0.3)])
def test_two_marginals_leave_the_frechet_bounds(a, b):
    found = events({"A": a, "B": b})
    assert (found.low["A and B"], found.high["A and B"]) == pytest.approx((max(0, a + b - 1), min(a, b)))
    assert (found.low["A or B"], found.high["A or B"]) == pytest.approx((max(a, b), min(1, a + b)))
    assert (found.joint is None) == (0 < a < 1)


def test_many_tables_at_once_equal_one_by_one():
    given_ = {
        "A": np.array([0.2, 0.5, 0.9, 0.3]),
        "B": np.array([0.6, 0.1, 0.7, 0.2]),
        "A and B": np.array([0.1, 0.25, 0.65, 0.2]),
    }
    low, high, joint = sweep_events(given_)
    for v in range(4):
        try:
            one = events({name: float(value[v]) for name, value in given_.items()})
        except Incoherent:
            assert np.isnan([*joint[v], low["A"][v], high["A|B"][v]]).all()
            continue
        np.testing.assert_allclose(joint[v], one.joint)
        np.testing.assert_allclose([low[n][v] for n in QUANTITIES], [one.low[n] for n in QUANTITIES])
    assert np.isnan(joint).all(1).tolist() == [False, True, False, False]


@pytest.mark.parametrize(
    ("known", "says"),
    [
        ({"A": 0.2, "A and B": 0.3}, r"P\(A and B\) is 0.3.*between 0 and 0.2.*nearest is 0.2"),
        ({"A": 0.5, "B|A": 0.2, "A and B": 0.4}, r"P\(A and B\) is 0.4.*must be 0.1.*nearest is 0.1"),
        ({"A or B": 0.4, "B": 0.7}, r"P\(B\) is 0.7.*between 0 and 0.4"),
        (
            {"B|A": 0.2, "B|not A": 0.3, "B": 0.6},
            r"P\(B\) is 0.6.*between 0.2 and 0.3, but not be 0.3.*nearest is 0.2999",
        ),
        ({"A": 0.3, "B": 0.4, "A|B": 0.9, "B|A": 0.1}, r"P\(A\|B\) is 0.9.*must be 0.075"),
        ({"A or B": 0.3, "B|A": 0.2, "B": 0.5}, r"P\(B\) is 0.5.*between 0.06 and 0.3, but not be 0.3 itself"),
        ({"A|B": 0.05, "A": 0.0}, r"P\(A\) is 0,.*but not be 0 itself: the nearest is 0.001"),
        ({"A": 0.6, "B": 0.2, "A or B": 0.1, "A and B": 0.9}, "contradict each other: take one of them away"),
    ],
    ids=str,
)
def test_a_contradiction_names_value_rule_and_remedy(known, says):
    with pytest.raises(Incoherent, match=says) as caught:
        events(known)
    for name, value in caught.value.nearest.items():
        low, high = caught.value.allowed[name]
        others = {n: v for n, v in known.items() if n != name}
        assert (low, high) == pytest.approx(programmed(name, others), abs=1e-9)
        assert abs(value - np.clip(known[name], low, high)) <= 1.001e-3 * (high - low)
        repaired = events(known | {name: value})
        assert repaired.low[name] == pytest.approx(value, abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(list(QUANTITIES)), st.integers(0, 20).map(lambda i: i / 20), min_size=2))
def test_every_remedy_works(known):
    try:
        events(known)
    except Incoherent as error:
        for name, value in error.nearest.items():
            events(known | {name: value})


@pytest.mark.parametrize(
    ("known", "name", "condition"),
    [
        ({"A": 0.0, "B|A": 0.2}, "B|A", "A"),
        ({"B|not A": 0.2, "A": 1.0}, "B|not A", "not A"),
        ({"A or B": 0.0, "A|B": 0.5}, "A|B", "B"),
    ],
)
def test_asking_about_the_impossible_is_said(known, name, condition):
    with pytest.raises(Incoherent) as caught:
        events(known)
    assert f"P({name}) asks about {condition}, which is impossible" in str(caught.value)
    assert caught.value.nearest == {}


def test_a_rare_disease_keeps_its_digits():
    found = events({"A": 1e-6, "B|A": 0.8, "B|not A": 0.01})
    assert found.value("A|B") == pytest.approx(8e-7 / (8e-7 + 0.01 * (1 - 1e-6)), rel=1e-6)
    assert (found.value("B|A"), found.value("A")) == pytest.approx((0.8, 1e-6))


def test_an_impossible_condition_that_nobody_gave_is_undefined():
    found = events({"A": 0.0, "B": 0.3})
    assert math.isnan(found.low["B|A"])
    assert found.value("B|A") is None
    assert found.value("B|not A") == 0.3


@pytest.mark.parametrize(("name", "value"), [("C", 0.2), ("A", 1.2), ("A", -0.1), ("A", math.nan)])
def test_unknown_names_and_numbers_outside_are_refused(name, value):
    with pytest.raises(ValueError, match="choose from" if name == "C" else "between 0 and 1"):
        events({name: value})


@pytest.mark.parametrize(
    ("text", "value"),
    sorted(
        {
            "0.2": 0.2,
            "20 %": 0.2,
            "1/5": 0.2,
            "1 in 5": 0.2,
            "0,2": 0.2,
            " 9,6% ": 0.096,
            "0": 0,
            "1": 1,
            "100 %": 1,
        }.items()
        | {"1 in 1,000": 0.001, "3 in 10.000": 0.0003, "1e-3": 0.001, "2.5 / 10": 0.25, "1 in 1,000,000": 1e-6}.items()
    ),
)
def test_probabilities_are_read_as_people_write_them(text, value):
    assert probability(text) == pytest.approx(value, rel=1e-15)


@pytest.mark.parametrize(
    "text", ["abc", "1/0", "-0.1", "120 %", "", "nan", "inf", "1/inf", "nan %", "5 in 1", "1/2/3", "%", "-1/-5"]
)
def test_what_is_not_a_probability_is_refused(text):
    with pytest.raises(ValueError, match="probability"):
        probability(text)


def test_rain_and_fog():
    fog = events({"A": 0.5, "B|A": 0.2})
    assert fog.value("A and B") == 0.1
    assert (fog.low["B"], fog.high["B"]) == pytest.approx((0.1, 0.6))
    assert (fog.low["A|B"], fog.high["A|B"]) == pytest.approx((1 / 6, 1))
    assert fog.joint is None


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


def test_a_posterior_is_prior_times_likelihood_and_order_does_not_matter():
    prior, likelihood = np.array([0.5, 0.3, 0.2]), np.array([[0.1, 0.0, 0.9], [0.7, 0.2, 0.4]])
    with np.errstate(divide="ignore"):
        share = posterior(np.log(prior), np.log(likelihood))
    np.testing.assert_allclose(share, [[5 / 23, 0, 18 / 23], [35 / 49, 6 / 49, 8 / 49]], atol=1e-15)
    steps = np.log(np.random.default_rng(3).random((1000, 3))) * 5
    there, back = posterior(np.log(prior), steps.sum(0)), posterior(np.log(prior) + steps[::-1].sum(0), np.zeros(3))
    np.testing.assert_allclose(there, back, rtol=1e-8)


@settings(max_examples=60, deadline=None)
@given(st.lists(joints, min_size=1, max_size=4), st.integers(0, 10**7))
def test_people_are_whole_and_sum_to_the_crowd(rows, total):
    joint = np.array(rows).reshape(len(rows), 1, 4)
    heads = people(joint, total)
    assert heads.shape == joint.shape
    np.testing.assert_array_equal(heads.sum(-1), total)
    np.testing.assert_array_equal(heads, heads.round())
    assert (np.abs(heads - joint * total) < 1 + 1e-6).all()
    assert (heads >= 0).all()


def test_a_crowd_holds_ten_sick():
    assert [diagnosis.crowd(p) for p in (0.5, 0.01, 0.008, 0.0001)] == [1000, 1000, 10_000, 100_000]
    assert diagnosis.crowd(0.0, most=10**6) == 10**6


@pytest.mark.parametrize(("rate", "size"), [(0.8, 98), (0.03, 1500), (0.0, 20), (1.0, 7), (0.4, 0)])
def test_measured_rates_are_drawn_from_their_beta(rate, size):
    draws = diagnosis.beta_draws(rate, size, 3000, seed=5)
    truth = stats.beta(1 + rate * size, 1 + (1 - rate) * size)
    assert stats.kstest(draws, truth.cdf).pvalue > 0.01
    assert abs(np.corrcoef(draws[1:], draws[:-1])[0, 1]) < 0.06  # they are not sorted


def test_draws_rise_with_the_rate_in_the_same_ranks():
    draws = diagnosis.beta_draws(np.linspace(0.2, 0.9, 71).reshape(71, 1), np.array([40.0, 400.0]), 500, seed=2)
    assert draws.shape == (71, 2, 500)
    assert (np.diff(draws, axis=0) > 0).all()
    order = np.argsort(draws, axis=-1)
    assert (order == order[0, 0]).all()


@pytest.mark.parametrize(("rate", "size"), [(0.5, -1), (1.2, 2), (-0.1, 3), (math.nan, 4)])
def test_impossible_studies_are_refused(rate, size):
    with pytest.raises(ValueError, match=r"people were studied|between 0 and 1|must be finite"):
        diagnosis.beta_draws(rate, size, 10, seed=1)
