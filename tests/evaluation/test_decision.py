"""Decisions against closed forms, scipy's quantiles and integrals, brute force, and what must hold of any of them."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import integrate, stats

from bayes_core.evaluation.ahead import of_count, of_level, of_line
from bayes_core.evaluation.decision import (
    Ahead,
    Lopsided,
    Table,
    best_guess,
    chosen,
    counted_above,
    simulated,
    waiting,
)
from bayes_core.evaluation.futures import Listed, Mixture, by_quantiles, dots
from bayes_core.foundations.conjugate.gamma import Gamma
from bayes_core.foundations.conjugate.normal import Normal
from bayes_core.models import Linear
from bayes_core.types import Dataset, Prior

SKEWED = Mixture(np.array([0.6, 0.3, 0.1]), np.array([1.0, 4.0, 9.0]), np.array([0.5, 1.0, 3.0]))
HEAVY = Mixture(np.array([0.7, 0.3]), np.array([1.0, 5.0]), np.array([1.0, 2.0]), np.array([3.0, 6.0]))
COUNTS = Listed.of(np.arange(40), stats.nbinom(7, 0.4).pmf(np.arange(40)))


def test_a_normals_newsvendor_has_its_closed_form():
    """The least cost is (over + under) sd phi(z) at the critical quantile: Arrow, Harris and Marschak (1951)."""
    over, under, mean, sd = 1.7, 4.4, 212.0, 31.0
    z = stats.norm.ppf(under / (under + over))
    told = chosen(Lopsided(over, under), Mixture.of(mean, sd))
    assert float(told.best) == pytest.approx(mean + sd * z, rel=1e-9)
    assert float(told.least) == pytest.approx((over + under) * sd * stats.norm.pdf(z), rel=1e-9)
    assert float(told.guess_cost) == pytest.approx((over + under) * sd * stats.norm.pdf(0), rel=1e-9)
    assert float(told.knowing) == float(told.least)


@pytest.mark.parametrize("futures", [SKEWED, HEAVY], ids=["gaussians", "students"])
def test_what_is_missing_is_the_integral_of_what_lies_above(futures):
    for at in (-2.0, 1.3, 6.5):
        area, _ = integrate.quad(lambda y: 1 - float(futures.below(y)), at, np.inf, limit=400)
        assert float(futures.missing(at)) == pytest.approx(area, rel=1e-6)


@pytest.mark.parametrize("futures", [SKEWED, HEAVY], ids=["gaussians", "students"])
def test_quantiles_undo_the_distribution_function(futures):
    p = np.array([0.001, 0.2, 0.5, 0.83, 0.999])
    assert futures.below(futures.quantile(p)) == pytest.approx(p, abs=1e-9)


def test_one_student_is_scipys():
    p = np.array([0.02, 0.4, 0.97])
    assert Mixture.of(3.0, 2.0, 4.5).quantile(p) == pytest.approx(stats.t(4.5, 3.0, 2.0).ppf(p), rel=1e-9)


@pytest.mark.parametrize("futures", [SKEWED, HEAVY, COUNTS], ids=["gaussians", "students", "counts"])
def test_no_action_is_cheaper_than_the_best(futures):
    costs = Lopsided(2.0, 5.0)
    tried = np.linspace(-2, 30, 3001)
    told = chosen(costs, futures)
    paid = costs.expected(futures, tried)
    assert float(told.least) <= paid.min() + 1e-9
    assert tried[paid.argmin()] == pytest.approx(float(told.best), abs=0.02)
    assert float(told.regret) >= 0


def test_costs_are_those_of_a_million_futures():
    kind = np.array([1.0, 4.0, 9.0]), np.array([0.5, 1.0, 3.0])

    def drawn(random, count):
        part = random.choice(3, size=count, p=SKEWED.weight)
        return random.normal(kind[0][part], kind[1][part])

    cost, error = simulated(Lopsided(2, 5), drawn, 4.2, 1_000_000)
    assert abs(cost - float(Lopsided(2, 5).expected(SKEWED, 4.2))) < 4 * error


def test_counts_take_scipys_quantile_and_the_sum():
    law = stats.nbinom(7, 0.4)
    p = np.array([0.05, 0.5, 0.8, 0.97])
    assert COUNTS.quantile(p).tolist() == law.ppf(p).tolist()
    missing = sum((y - 12) * law.pmf(y) for y in range(13, 400))
    whole = Listed.of(np.arange(400), law.pmf(np.arange(400)))
    assert float(whole.missing(12)) == pytest.approx(missing, rel=1e-9)


def test_draws_and_a_quantile_function_come_near_to_the_distribution():
    law = stats.gamma(3.0, scale=2.0)
    near = by_quantiles(law.ppf)
    assert float(near.mean) == pytest.approx(6.0, rel=1e-3)
    drawn = Listed.of(law.rvs(200_000, random_state=np.random.default_rng(3)))
    for futures, error in ((near, 2e-3), (drawn, 2e-2)):
        told = chosen(Lopsided(1, 3), futures)
        assert float(told.best) == pytest.approx(law.ppf(0.75), rel=error)


@pytest.mark.parametrize("count", [20, 50])
def test_the_dots_above_a_threshold_are_the_share_above_to_half_a_dot(count):
    drawn = dots(SKEWED, count)
    assert (np.diff(drawn) >= 0).all()
    for at in np.linspace(-1, 12, 53):
        exact = 1 - float(SKEWED.below(at))
        assert abs(counted_above(drawn, at).sum() / count - exact) <= 0.5 / count + 1e-9


def test_handles_of_costs_are_answered_at_once():
    """Costs may be many: each is answered as if it were alone."""
    over = np.array([0.5, 1.0, 4.0])
    together = chosen(Lopsided(over, 2.0), SKEWED)
    for v, one in enumerate(over):
        alone = chosen(Lopsided(one, 2.0), SKEWED)
        for name in ("best", "least", "guess_cost"):
            assert np.broadcast_to(getattr(together, name), 3)[v] == pytest.approx(float(getattr(alone, name)))


# ----------------------------------------------------------------------------------------------------------- tables
HARM = [[0.0, 3.0, 12.0], [2.0, 1.0, 5.0], [5.0, 3.0, 0.5]]


def test_a_table_is_the_sum_over_its_ranges():
    table = Table(HARM, [2.0, 6.0])
    law = [float(SKEWED.below(2.0)), float(SKEWED.below(6.0))]
    shares = np.array([law[0], law[1] - law[0], 1 - law[1]])
    told = chosen(table, SKEWED)
    assert table.expected(SKEWED) == pytest.approx(np.array(HARM) @ shares)
    assert int(told.best) == (np.array(HARM) @ shares).argmin()
    assert int(told.guess) == np.array(HARM)[:, 1].argmin()  # the mean, 2.7, lies between the cuts
    assert [int(Table(HARM, cuts).guess(SKEWED)) for cuts in ([3.0, 6.0], [1.0, 2.0])] == [0, 2]  # below, above both
    assert float(told.knowing) == pytest.approx((np.array(HARM) @ shares).min() - np.array(HARM).min(0) @ shares)


def test_two_actions_change_where_the_risk_is_the_ratio_of_harms():
    """Treat when P(harmful) > over / (over + under): the threshold probability of Pauker and Kassirer (1975)."""
    over, under = 1.0, 6.0
    cut = float(SKEWED.quantile(under / (over + under))[0])
    for at, action in ((cut - 0.01, 1), (cut + 0.01, 0)):
        assert int(Table([[0.0, under], [over, 0.0]], [at]).best(SKEWED)) == action


def test_tables_differ_along_a_handle():
    cuts = np.array([[1.0], [3.0], [8.0]])
    table = Table([[0.0, 6.0], [1.0, 0.0]], cuts)
    for v, cut in enumerate(cuts):
        alone = Table([[0.0, 6.0], [1.0, 0.0]], cut)
        assert table.expected(SKEWED)[v] == pytest.approx(alone.expected(SKEWED))
        assert table.guess(SKEWED)[v] == alone.guess(SKEWED)
        assert chosen(table, SKEWED).guess_cost[v] == pytest.approx(float(chosen(alone, SKEWED).guess_cost))


# ---------------------------------------------------------------------------------------------------------- waiting
def test_waiting_for_a_level_is_worth_its_closed_form():
    """Linear costs: (over + under) phi(z) (sd before - sd after). Two actions: the unit normal loss of the new mean."""
    before, noise = 2.0, 3.0
    after = before * noise / np.hypot(before, noise)
    ahead = of_level(Normal(10.0, before, noise))
    told = waiting(Lopsided([1.0, 2.0], 5.0), ahead)
    z = stats.norm.ppf(5.0 / np.array([6.0, 7.0]))
    closed = np.array([6.0, 7.0]) * stats.norm.pdf(z) * (before - after)
    assert told.worth == pytest.approx(closed, rel=1e-6)
    assert (np.abs(told.worth - closed) < told.error).all()


def test_waiting_for_two_actions_is_the_mean_of_the_better_one():
    ahead, table = of_level(Normal(4.2, 1.0, 1.0)), Table([[0.0, 4.0], [1.0, 0.0]], [5.0])
    moved, left = np.sqrt(0.5), np.sqrt(0.5)

    def least(y):
        risk = stats.norm.sf(5.0, y, left)
        return min(4 * risk, 1 - risk) * stats.norm.pdf(y, 4.2, moved)

    mean, _ = integrate.quad(least, -5, 14, limit=400)
    told = waiting(table, ahead)
    assert float(told.worth) == pytest.approx(float(table.least(ahead.now)) - mean, abs=2e-4)
    assert abs(float(told.worth) - (float(table.least(ahead.now)) - mean)) < float(told.error) < 2e-3


def test_waiting_for_a_count_is_a_sum():
    """Brute force over every next count, with scipy's negative binomial for what comes after it."""
    costs, shape, rate = Lopsided(1.0, 3.0), 12.0, 2.0
    now = stats.nbinom(shape, rate / (rate + 1))
    y = np.arange(120)

    def least(law):
        best = law.ppf(0.75)
        return (np.maximum(best - y, 0) + 3 * np.maximum(y - best, 0)) @ law.pmf(y)

    later = sum(now.pmf(k) * least(stats.nbinom(shape + k, (rate + 1) / (rate + 2))) for k in range(60))
    told = waiting(costs, of_count(Gamma(shape, rate)))
    assert float(told.worth) == pytest.approx(least(now) - later, rel=1e-6)
    assert float(told.worth) > 0


@pytest.fixture(scope="module")
def line():
    random = np.random.default_rng(11)
    x = np.array([1.0, 2.0, 2.5, 4.0, 6.0, 7.5])
    return Dataset.from_arrays(x, 3 + 2 * x + random.normal(0, 2, len(x)))


def test_a_line_of_known_noise_has_the_closed_form_of_one_more_row(line):
    """Known noise: the futures after one more y at x have one sd whatever it is: the value is a difference of sds."""
    prior, x = Prior(width=10.0, noise=2.0, noise_known=True), np.array([5.0])
    design = np.column_stack([np.ones(6), line.x[:, 0]])
    row = np.array([1.0, 5.0])

    def sd(rows):
        return np.sqrt(row @ np.linalg.inv(rows.T @ rows / 4 + np.eye(2) / 100) @ row + 4)

    ahead = of_line(line, Linear(), prior, x)
    assert float(ahead.now.sd[0]) == pytest.approx(sd(design), rel=1e-9)
    assert ahead.later.sd[:, 0] == pytest.approx(sd(np.vstack([design, row])), rel=1e-9)
    told = waiting(Lopsided(1.0, 4.0), ahead)
    closed = 5 * stats.norm.pdf(stats.norm.ppf(0.8)) * (sd(design) - sd(np.vstack([design, row])))
    assert float(told.worth) == pytest.approx(closed, rel=1e-4)
    assert abs(float(told.worth) - closed) < float(told.error) < 0.01 * closed


def test_a_line_of_unknown_noise_is_worth_what_a_finer_rule_says(line):
    asked = Linear(), Prior(width=10.0, noise=2.0), np.array([9.0])
    coarse, fine = (waiting(Lopsided(1.0, 4.0), of_line(line, *asked, count)) for count in (48, 600))
    assert float(coarse.worth) > 0
    assert abs(float(coarse.worth - fine.worth)) < float(coarse.error)
    assert float(coarse.error) < 0.03 * float(coarse.worth)


def test_drawn_values_say_their_standard_error():
    random = np.random.default_rng(5)
    before, noise, count = 2.0, 3.0, 4000
    after, moved = before * noise / np.hypot(before, noise), before**2 / np.hypot(before, noise)
    later = Mixture.of(moved * random.standard_normal(count), after)
    table = Table([[0.0, 4.0], [1.0, 0.0]], [1.0])
    weight = np.full(count, 1 / count)
    told = waiting(table, Ahead(Mixture.of(0.0, before), later, weight, drawn=True))
    exact = waiting(table, of_level(Normal(0.0, before, noise)))
    assert 0 < float(told.error) < 0.1
    assert abs(float(told.worth - exact.worth)) < 4 * float(told.error)


# -------------------------------------------------------------------------------------------------------- bad input
@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: Lopsided(0, 1), "the smallest cost over is 0: give costs above 0"),
        (lambda: Lopsided(1, -2), "the smallest cost under is -2: give costs above 0"),
        (lambda: Table([[0, 1]], [3]), "give two to four rows"),
        (lambda: Table([[0, 1], [1, 0]], [3, 4]), "2 cuts make 3 ranges and the table has 2 columns"),
        (lambda: Table([[0, 1, 2], [1, 0, 2]], [4, 3]), "the cuts do not rise: give them in order"),
        (lambda: Listed.of([]), "there are no values: give one or more"),
        (lambda: Listed.of([1, 2], [0, 0]), "give numbers of 0 or more, and one above 0"),
        (lambda: Mixture(np.array([0.5, 0.4]), np.zeros(2), np.ones(2)), "numbers of 0 or more that sum to 1"),
        (lambda: Mixture.of(0, 0), "the smallest sd is 0: give sds above 0"),
        (lambda: Mixture.of(0, 1, 1), "a Student with 1 degrees of freedom has no mean: give more than 1"),
        (lambda: SKEWED.quantile(1.0), "a quantile needs a probability between 0 and 1"),
        (lambda: dots(SKEWED, 0), "0 futures were asked for: ask for 1 or more"),
    ],
)
def test_bad_input_is_named_with_the_remedy(make, why):
    with pytest.raises(ValueError, match=why):
        make()


def test_the_best_guess_is_the_mean_or_the_median():
    assert float(best_guess(SKEWED)) == pytest.approx(2.7)
    assert float(SKEWED.below(best_guess(SKEWED, "median"))) == pytest.approx(0.5)
