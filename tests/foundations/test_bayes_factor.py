"""Bayes factors against published values, quadrature, scipy's own tests, and every sequence of tosses there is."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from scipy import integrate, stats

from bayes_core.foundations.bayes_factor import Count, Effect, Hypotheses, mean, proportion, robustness
from bayes_core.foundations.bayes_factor.areas import log_inside
from bayes_core.foundations.bayes_factor.hypotheses import SIDES, Ends, proper
from bayes_core.foundations.bayes_factor.sequential import after_values, along_tosses, along_values, places
from bayes_core.foundations.bayes_factor.stopping import both_rules, log_bayes_factors, shares_stopped, significant
from bayes_core.foundations.conjugate.beta import Beta

SLEEP = [1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4]
POINT = Hypotheses(0.0, 0.0)


def pieces(side: str, low: float, high: float, ends: tuple[float, float]) -> list[tuple[float, float]]:
    below, above = (ends[0], low), (high, ends[1])
    return {"both": [below, above], "above": [above], "below": [below]}[side]


# --------------------------------------------------------------------------------------------------- a proportion
@pytest.mark.parametrize(("heads", "n", "bf01"), [(9, 10, 1 / 9.3090909), (115, 200, 1.1971343)])
def test_a_proportion_has_the_published_bayes_factor(heads, n, bf01):
    found = proportion.compare(Count(heads, n), Hypotheses(0.5, 0.0), 2.0)
    assert found.bf01[0] == pytest.approx(bf01, rel=1e-7)
    assert found.chance[0] == pytest.approx(bf01 / (1 + bf01), rel=1e-7)
    assert found.chance[0] + found.other_chance[0] == pytest.approx(1.0, rel=1e-12)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("margin", [0.0, 0.07])
def test_a_proportion_is_a_ratio_of_integrals(side, margin):
    heads, n, value, worth = 13, 30, 0.25, 5.0
    prior = stats.beta(worth * value, worth * (1 - value))

    def gave(spans):
        areas = [integrate.quad(lambda p: stats.binom.pmf(heads, n, p) * prior.pdf(p), *span)[0] for span in spans]
        return sum(areas) / sum(prior.cdf(high) - prior.cdf(low) for low, high in spans)

    null = gave([(value - margin, value + margin)]) if margin else stats.binom.pmf(heads, n, value)
    other = gave(pieces(side, value - margin, value + margin, (0.0, 1.0)))
    found = proportion.compare(Count(heads, n), Hypotheses(value, margin, side), worth)
    assert np.exp([found.null[0], found.other[0]]) == pytest.approx([null, other], rel=1e-7)


def test_predictions_are_made_before_the_data_so_they_sum_to_one():
    for side in SIDES:
        told = proportion.predicted(40, np.arange(41.0), Hypotheses(0.3, 0.05, side), [0.5, 7.0])
        for logs in told:
            assert np.exp(logs).sum(1) == pytest.approx(1.0, rel=1e-9)


def test_predictions_at_all_positions_are_those_of_each_position_by_itself():
    at, margins, worths = np.array([0.0, 11, 12, 40]), np.array([0.0, 0.05, 0.2]), np.array([0.4, 3.0, 90.0])
    for side in SIDES:
        for some, sizes in ((margins, worths[:1]), (margins[1:2], worths)):
            told = proportion.predicted(40, at, Hypotheses(0.3, some, side), sizes)
            for v, (margin, worth) in enumerate(np.broadcast(some, sizes)):
                for k, heads in enumerate(at):
                    one = proportion.compare(Count(heads, 40), Hypotheses(0.3, margin, side), worth)
                    assert (told[0][v, k], told[1][v, k]) == pytest.approx((one.null[0], one.other[0]), rel=1e-12)


@pytest.mark.parametrize(("n", "a", "b"), [(12, 0.05, 0.3), (200, 1.0, 1.0), (3000, 700.0, 300.0)])
def test_areas_under_beliefs_that_follow_each_other_are_those_of_each_by_itself(n, a, b):
    heads = np.arange(n + 1.0)
    ends = Ends(np.array([[0.0], [0.0], [0.31], [0.4], [0.999]]), np.array([[0.2], [1.0], [0.33], [1.0], [0.99]]))
    each = Beta(a + heads[None], b + n - heads[None])
    told = log_inside(each, ends)
    for v, (low, high) in enumerate(zip(ends.low[:, 0], ends.high[:, 0], strict=True)):
        alone = log_inside(Beta(each.a[0], each.b[0]), Ends(np.array([low]), np.array([high])))
        np.testing.assert_allclose(told[v], alone, rtol=1e-10, atol=1e-9)
    assert np.isneginf(told[4]).all()  # an interval without length
    assert told[0].min() < -15


def test_the_ratio_of_heights_is_the_bayes_factor_and_of_areas_where_h0_is_an_interval():
    some = Hypotheses(0.4, [0.0, 0.1])
    found = proportion.compare(Count(9, 31), some, 3.0)
    assert found.heights[0, 1] / found.heights[0, 0] == pytest.approx(found.bf01[0], rel=1e-12)
    odds = found.posterior[1, 0] / found.posterior[1, 1] / (found.prior[1, 0] / found.prior[1, 1])
    assert odds == pytest.approx(found.bf01[1], rel=1e-12)
    tiny = proportion.compare(Count(9, 31), some.at(1e-6), 3.0)
    assert tiny.bf01[0] == pytest.approx(found.bf01[0], rel=1e-4)  # an interval that shrinks becomes the point


def test_a_count_far_out_keeps_its_digits():
    """8,000 of 10,000 against 0.48 to 0.52: a share of e^-1700 of the posterior, which no number holds."""
    found = proportion.compare(Count(8000, 10_000), Hypotheses(0.5, 0.02), 2.0)
    after = stats.beta(8001, 2001)
    steps = np.linspace(0.519, 0.52, 200_001)
    logs = after.logpdf(steps)
    inside = logs.max() + np.log(np.trapezoid(np.exp(logs - logs.max()), steps))
    exact = inside - np.log(0.04) + np.log(0.96)
    assert -found.log_bf10[0] == pytest.approx(exact, rel=2e-5)
    assert found.log_bf10[0] > 1600


def test_p_values_are_scipys():
    for heads, n, value in ((9, 10, 0.5), (115, 200, 0.5), (3, 20, 0.25), (0, 7, 0.1), (12, 40, 0.75)):
        for side, scipys in (("both", "two-sided"), ("above", "greater"), ("below", "less")):
            exact = stats.binomtest(heads, n, value, scipys).pvalue
            assert proportion.p_value(Count(heads, n), value, side)[0] == pytest.approx(exact, rel=1e-9)
    for side, scipys in (("both", "two-sided"), ("above", "greater"), ("below", "less")):
        exact = stats.ttest_1samp(SLEEP, 0.4, alternative=scipys).pvalue
        assert mean.p_value(Effect.of(SLEEP, 0.4), side)[0] == pytest.approx(exact, rel=1e-9)


# --------------------------------------------------------------------------------------------------------- a mean
@pytest.mark.parametrize(("side", "bf10"), [("both", 17.25888), ("above", 34.41694), ("below", 0.1008246)])
def test_a_mean_has_the_bayes_factors_that_the_package_bayesfactor_prints(side, bf10):
    """Student's sleep data, ttestBF with and without a null interval (Morey and Rouder, BayesFactor's manual)."""
    found = mean.compare(Effect.of(SLEEP), Hypotheses(0.0, 0.0, side), 0.5**0.5)
    assert 1 / found.bf01[0] == pytest.approx(bf10, rel=2e-6)


def test_two_groups_have_the_published_bayes_factor():
    found = mean.compare(Effect.of_groups(3.5, 20, 20), POINT, 0.5**0.5)
    assert 1 / found.bf01[0] == pytest.approx(26.743, abs=1e-3)


def jzs(t: float, nu: float, n: float, width: float) -> float:
    """Return BF01 by Rouder and others' integral over g, which knows nothing of effects."""

    def of(v):
        g = np.exp(v)
        wide = 1 + n * g * width**2
        return g * wide**-0.5 * (1 + t**2 / (wide * nu)) ** (-(nu + 1) / 2) * stats.invgamma.pdf(g, 0.5, scale=0.5)

    other = sum(integrate.quad(of, *ends, epsabs=0, epsrel=1e-11, limit=300)[0] for ends in ((-8, 0), (0, 5), (5, 60)))
    return (1 + t**2 / nu) ** (-(nu + 1) / 2) / other


def test_a_mean_is_the_integral_over_g_at_all_widths_and_sizes():
    cases = [(0.3, 1, 2, 0.2), (5, 3, 4, 10.0), (-2.2, 30, 15.5, 0.05), (1.0, 1999, 2000, 0.7), (2, 9, 10, 0.01),
             (3, 9, 10, 100.0), (40, 9, 10, 0.7), (12, 400, 401, 0.5), (0, 4, 5, 1.0)]  # fmt: skip
    for t, nu, n, width in cases:
        found = mean.compare(Effect(np.array([t]), nu, n), POINT, width)
        assert found.bf01[0] == pytest.approx(jzs(t, nu, n, width), rel=5e-8), (t, nu, n, width)


@pytest.mark.parametrize("side", SIDES)
def test_an_interval_of_effects_is_a_ratio_of_integrals(side):
    t, nu, n, width, margin = 2.3, 11.0, 12.0, 0.6, 0.2

    def gave(low, high):
        ends = np.clip([low, high], -12, 12)
        steps = np.linspace(*ends, 25)
        of = lambda d: stats.nct.pdf(t, nu, d * np.sqrt(n)) * stats.cauchy.pdf(d, 0, width)  # noqa: E731
        share = np.diff(stats.cauchy.cdf([low, high], 0, width))[0]
        return sum(integrate.quad(of, a, b)[0] for a, b in pairwise(steps)), share

    outer = np.sum([gave(*span) for span in pieces(side, -margin, margin, (-np.inf, np.inf))], axis=0)
    inner = gave(-margin, margin)
    found = mean.compare(Effect(np.array([t]), nu, n), Hypotheses(0.0, margin, side), width)
    assert found.bf01[0] == pytest.approx(inner[0] / inner[1] / (outer[0] / outer[1]), rel=1e-6)
    assert np.exp(found.other[0]) == pytest.approx(outer[0] / outer[1], rel=1e-6)


def test_heights_of_an_effect_and_its_density_agree_with_the_bayes_factor():
    effect = Effect.of(SLEEP, 0.9)
    found = mean.compare(effect, POINT, [0.3, 2.0])
    assert found.heights[:, 1] / found.heights[:, 0] == pytest.approx(found.bf01, rel=1e-12)
    grid = np.linspace(-15, 15, 60_001)
    before, after = mean.density(effect, [0.3, 2.0], grid)
    assert np.trapezoid(np.exp(after), grid) == pytest.approx(1.0, abs=1e-6)
    assert np.exp(after - before)[:, 30_000] == pytest.approx(found.bf01, rel=1e-7)
    t = 40 * np.sinh(np.linspace(-3, 3, 301))
    told = mean.predicted(9.0, 10.0, t, Hypotheses(0.0, 0.1), 0.2)
    assert np.trapezoid(np.exp(told[0][0]), t) == pytest.approx(1.0, abs=1e-4)
    assert np.trapezoid(np.exp(told[1][0]), t) == pytest.approx(1.0, abs=4e-3)  # the Cauchy's tails lie beyond


def test_no_prior_could_say_more_than_the_most():
    effect, count = Effect.of(SLEEP), Count(115, 200)
    over = robustness.over_widths(effect, POINT, np.geomspace(0.01, 10, 60))
    assert over.path.max() < mean.compare(effect, POINT, 1.0).most[0]
    assert over.largest[0] == over.path.max()
    best = stats.nct.pdf(effect.t[0], 9, np.linspace(3, 5, 2001)).max() / stats.t.pdf(effect.t[0], 9)
    assert np.exp(mean.compare(effect, POINT, 1.0).most[0]) == pytest.approx(best, rel=1e-5)
    exact = stats.binom.pmf(115, 200, 0.575) / stats.binom.pmf(115, 200, 0.5)
    assert np.exp(proportion.compare(count, Hypotheses(0.5, 0.0), 2.0).most[0]) == pytest.approx(exact, rel=1e-9)
    wide = robustness.over_worths(count, Hypotheses(0.5, 0.0), np.array([1e-2, 1e-4, 1e-6]))
    assert (np.diff(wide.path[0]) < -4).all()  # Bartlett: the wider the prior, the better H0 looks, without end


# ------------------------------------------------------------------------------------------------------ sequences
def test_toss_by_toss_is_the_batch_and_order_does_not_matter():
    tosses = np.array([1, 1, 0, 1, 0, 0, 1, 1, 1, 0, 1.0])
    at = np.arange(len(tosses) + 1.0)
    path, heads = along_tosses(tosses, at, Hypotheses(0.3, 0.0), 4.0)
    belief, log = Beta.around(0.3, 4.0), 0.0
    for k, toss in enumerate(tosses):  # each toss multiplies by what the rival predicted of it over what H0 did
        log += np.log(belief.mean if toss else 1 - belief.mean) - np.log(0.3 if toss else 0.7)
        belief = Beta(belief.a + toss, belief.b + 1 - toss)
        assert path[0, k + 1] == pytest.approx(log, abs=1e-12)
    assert heads[-1] == tosses.sum()
    again, _ = along_tosses(tosses[::-1], at, Hypotheses(0.3, [0.0, 0.1]), 4.0)
    assert again[0, -1] == pytest.approx(path[0, -1], abs=1e-12)
    assert again[1, -1] == pytest.approx(
        proportion.compare(Count(7, 11), Hypotheses(0.3, 0.1), 4.0).log_bf10[0], abs=1e-12
    )


def test_value_by_value_is_the_batch():
    at = np.arange(11.0)
    for hypotheses in (POINT, Hypotheses(0.0, 0.15, "above")):
        path, t = along_values(SLEEP, 0.5, at, hypotheses, [0.4, 1.5])
        found, again, p = after_values(SLEEP, 0.5, at, hypotheses, 1.5)
        assert path[1] == pytest.approx(found.log_bf10, abs=1e-12)
        assert t == pytest.approx(again)
        whole = mean.compare(Effect.of(SLEEP, 0.5), hypotheses, [0.4, 1.5])
        assert path[:, -1] == pytest.approx(whole.log_bf10, abs=1e-12)
        assert (path[:, :2] == 0).all()
        assert (p[:2] == 1).all()
    same, _ = along_values([2.0, 2.0, 3.0], 0.0, np.arange(4.0), POINT, 0.7)
    assert np.isnan(same[0, 2])
    assert np.isfinite(same[0, 3])
    assert places(200).max() == 200


def test_stopping_is_what_all_sequences_of_ten_tosses_do():
    n, chance = 10, 0.37
    found = both_rules(n, 0.5, 0.12, 2.0, 2.5, [0.5, chance])
    counts = [(h, k) for k in range(1, n + 1) for h in range(k + 1)]
    small = {(h, k): stats.binomtest(h, k, 0.5).pvalue < 0.12 for h, k in counts}
    large = {(h, k): stats.betabinom.pmf(h, k, 1, 1) / stats.binom.pmf(h, k, 0.5) >= 2.5 - 1e-12 for h, k in counts}
    exact = np.zeros((2, 2, n + 1))
    for tosses in product((0, 1), repeat=n):
        seen = [(int(h), k + 1) for k, h in enumerate(np.cumsum(tosses))]
        for rule, stops in enumerate((small, large)):
            stop = [stops[one] for one in seen]
            ever = np.concatenate([[0], np.maximum.accumulate(stop)])
            for world, p in enumerate((0.5, chance)):
                exact[rule, world] += ever * p ** sum(tosses) * (1 - p) ** (n - sum(tosses))
    assert found.bound.tolist() == [1 / 2.5]
    assert found.by_p == pytest.approx(exact[0], abs=1e-12)
    assert found.by_bf == pytest.approx(exact[1], abs=1e-12)
    last = [stats.binom.pmf(np.arange(n + 1), n, p) @ significant(n, 0.5, 0.12)[0, n] for p in (0.5, chance)]
    assert found.once_p == pytest.approx(last, abs=1e-12)


def test_bayes_factors_of_all_counts_are_those_of_each():
    every = log_bayes_factors(9, 0.3, [4.0, 0.5])
    for n, heads in ((0, 0), (4, 4), (7, 2), (9, 0)):
        one = proportion.compare(Count(heads, n), Hypotheses(0.3, 0.0), [4.0, 0.5])
        assert every[:, n, heads] == pytest.approx(one.log_bf10, abs=1e-12)


def test_a_fair_coin_seldom_reaches_a_bayes_factor_however_often_one_looks():
    for worth in (0.3, 2.0, 60.0):
        logs = log_bayes_factors(300, 0.5, worth)
        for demand in (2.0, 3.0, 10.0, 30.0):
            assert shares_stopped(logs >= np.log(demand), 0.5)[0, -1] <= 1 / demand
    found = both_rules(300, 0.5, 0.05, 2.0, 10.0, 0.5)
    assert found.by_p[0, -1] > 0.3
    assert found.by_bf[0, -1] < 0.1


# -------------------------------------------------------------------------------------------------------- refusals
def test_an_improper_prior_is_refused_with_the_reason():
    for ask in (
        lambda: proportion.compare(Count(9, 10), Hypotheses(0.5, 0.0), 0.0),
        lambda: mean.compare(Effect.of(SLEEP), POINT, np.inf),
        lambda: proper([1.0, np.inf], "the prior's width"),
    ):
        with pytest.raises(ValueError, match="may be multiplied by any number, and the Bayes factor with it"):
            ask()
    with pytest.raises(ValueError, match="it must be more than 0"):
        proper(-1.0, "the prior's width")


def test_what_is_no_record_is_refused_by_name():
    with pytest.raises(ValueError, match="whole numbers"):
        Count(1.5, 3)
    with pytest.raises(ValueError, match="0 to n heads"):
        Count(5, 3)
    with pytest.raises(ValueError, match="two at least"):
        Effect.of([1.0])
    with pytest.raises(ValueError, match="no spread"):
        Effect.of([2.0, 2.0, 2.0])
    with pytest.raises(ValueError, match=r"margin is -0\.1"):
        Hypotheses(0.5, -0.1)
    with pytest.raises(ValueError, match="leaves H1 no share"):
        proportion.compare(Count(1, 3), Hypotheses(0.1, 0.1, "below"), 2.0)
    with pytest.raises(ValueError, match="between 0 and 1"):
        proportion.prior_around(1.0, 2.0)
