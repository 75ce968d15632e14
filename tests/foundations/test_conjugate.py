from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, stats

from bayes_core.foundations.conjugate.belief import Seen
from bayes_core.foundations.conjugate.beta import Beta
from bayes_core.foundations.conjugate.gamma import Gamma
from bayes_core.foundations.conjugate.interval import interval, predictions, region
from bayes_core.foundations.conjugate.normal import Normal

FLIPS = np.array([1, 1, 0, 1, 0, 1, 1.0])
HEIGHTS = np.array([3.1, -0.4, 5.5, 2.2])
COUNTS = np.array([2, 0, 7, 3, 1.0])
CASES = {  # belief, the same belief in scipy, data, their likelihood at a parameter
    "beta": (Beta(2.5, 0.7), stats.beta(2.5, 0.7), FLIPS, lambda p: stats.bernoulli.pmf(FLIPS, p)),
    "normal": (
        Normal(1.5, 0.8, noise=2.3),
        stats.norm(1.5, 0.8),
        HEIGHTS,
        lambda m: stats.norm.pdf(HEIGHTS, m, 2.3),
    ),
    "gamma": (Gamma(2.2, 0.6), stats.gamma(2.2, scale=1 / 0.6), COUNTS, lambda r: stats.poisson.pmf(COUNTS, r)),
}
each = pytest.mark.parametrize(("belief", "truth", "data", "likelihood"), CASES.values(), ids=CASES)


@each
def test_density_quantile_mean_and_sd_are_scipys(belief, truth, data, likelihood):
    grid = truth.ppf(np.array([0.001, 0.2, 0.77, 0.999]))
    np.testing.assert_allclose(belief.log_density(grid), truth.logpdf(grid), rtol=1e-10, atol=1e-12)
    chances = np.array([1e-6, 0.05, 0.5, 0.9, 0.9999])
    np.testing.assert_allclose(belief.quantile(chances), truth.ppf(chances), rtol=1e-9)
    assert (float(belief.mean), float(belief.sd)) == pytest.approx((truth.mean(), truth.std()), rel=1e-12)


@each
def test_learning_is_likelihood_times_prior(belief, truth, data, likelihood):
    def product(at):
        return truth.pdf(at) * np.prod(likelihood(at))

    ends = truth.ppf(0), truth.ppf(1)
    evidence = integrate.quad(product, *ends, epsabs=0, epsrel=1e-11, limit=400)[0]
    assert float(belief.log_evidence(Seen.of(data))) == pytest.approx(math.log(evidence), abs=1e-7)
    after = belief.learn(Seen.of(data))
    for at in truth.ppf([0.1, 0.6, 0.95]):
        assert float(after.log_density(np.array([at]))[0]) == pytest.approx(math.log(product(at) / evidence), abs=1e-7)
    assert float(after.mean) == pytest.approx(
        integrate.quad(lambda at: at * product(at), *ends, epsabs=0, epsrel=1e-11)[0] / evidence, rel=1e-7
    )


@each
def test_evidence_is_the_sum_of_predictions(belief, truth, data, likelihood):
    steps, now = [], belief
    for y in data:
        steps.append(now.log_predictive(np.array([y]))[0])
        now = now.learn(Seen.of([y]))
    np.testing.assert_allclose(predictions(belief, data), steps, atol=1e-10)
    assert float(belief.log_evidence(Seen.of(data))) == pytest.approx(sum(steps), abs=1e-10)
    assert len(predictions(belief, [])) == 0


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(CASES)), st.permutations(range(4)), st.integers(0, 4))
def test_order_and_batches_do_not_matter(family, order, cut):
    belief, _, data, _ = CASES[family]
    moved = data[:4][order]
    there, here = belief.learn(Seen.of(data[:4])), belief.learn(Seen.of(moved[:cut])).learn(Seen.of(moved[cut:]))
    assert vars(there).keys() == vars(here).keys()
    for name, value in vars(there).items():
        assert float(getattr(here, name)) == pytest.approx(float(value), rel=1e-12)
    total = float(predictions(belief, moved).sum())
    assert total == pytest.approx(float(belief.log_evidence(Seen.of(data[:4]))), abs=1e-10)


@settings(max_examples=60, deadline=None)
@given(st.floats(0.05, 0.95), st.floats(0.1, 200), st.integers(1, 60), st.data())
def test_the_posterior_mean_weighs_prior_and_data_by_their_worth(mean, worth, n, draw):
    heads = draw.draw(st.integers(0, n))
    for belief in (Beta.around(mean, worth), Gamma.around(mean, worth), Normal(mean, 3 / math.sqrt(worth), noise=3.0)):
        assert float(belief.worth) == pytest.approx(worth)
        after = belief.learn(Seen.sums(n, heads))
        assert float(after.mean) == pytest.approx((worth * mean + heads) / (worth + n), rel=1e-9)
        assert float(after.worth) == pytest.approx(worth + n)
        assert min(mean, heads / n) - 1e-9 <= after.mean <= max(mean, heads / n) + 1e-9


def test_predicted_counts_are_scipys():
    heads, counts = np.arange(13.0), np.arange(30.0)
    np.testing.assert_allclose(
        Beta(2.5, 0.7).log_predictive_count(heads, 12), stats.betabinom(12, 2.5, 0.7).logpmf(heads), rtol=1e-10
    )
    np.testing.assert_allclose(
        Gamma(2.2, 0.6).log_predictive(counts), stats.nbinom(2.2, 0.6 / 1.6).logpmf(counts), rtol=1e-10
    )
    np.testing.assert_allclose(
        Normal(1.5, 0.8, 2.3).log_predictive(HEIGHTS), stats.norm(1.5, math.hypot(0.8, 2.3)).logpdf(HEIGHTS)
    )
    np.testing.assert_allclose(np.exp(Beta(2.5, 0.7).log_predictive(np.array([0.0, 1.0]))), [0.7 / 3.2, 2.5 / 3.2])


SKEWED = {
    "beta(1,9)": (Beta(1, 9), stats.beta(1, 9), "low"),
    "beta(9,1)": (Beta(9, 1), stats.beta(9, 1), "high"),
    "beta(3,8)": (Beta(3, 8), stats.beta(3, 8), "inside"),
    "beta(40,1.5)": (Beta(40, 1.5), stats.beta(40, 1.5), "inside"),
    "gamma(0.6)": (Gamma(0.6, 2), stats.gamma(0.6, scale=0.5), "low"),
    "gamma(1)": (Gamma(1, 3), stats.gamma(1, scale=1 / 3), "low"),
    "gamma(4.5)": (Gamma(4.5, 0.3), stats.gamma(4.5, scale=1 / 0.3), "inside"),
    "normal": (Normal(-2, 5, 1), stats.norm(-2, 5), "inside"),
}


@pytest.mark.parametrize("level", [0.5, 0.9, 0.99])
@pytest.mark.parametrize(("belief", "truth", "where"), SKEWED.values(), ids=SKEWED)
def test_intervals_hold_their_level_and_the_shortest_is_densest(belief, truth, where, level):
    low, high = interval(belief, level)
    assert (truth.cdf(low), truth.sf(high)) == pytest.approx(((1 - level) / 2, (1 - level) / 2), abs=1e-9)
    left, right = interval(belief, level, "hdi")
    assert truth.cdf(right) - truth.cdf(left) == pytest.approx(level, abs=1e-9)
    starts = np.linspace(0, 1 - level, 2001)
    assert right - left <= (truth.ppf(np.minimum(starts + level, 1)) - truth.ppf(starts)).min() * (1 + 1e-9)
    if where == "inside":
        assert truth.pdf(left) == pytest.approx(truth.pdf(right), rel=1e-4)
    else:
        assert (left == truth.support()[0]) if where == "low" else (right == truth.support()[1])


def test_a_flat_belief_has_its_interval_in_the_middle():
    assert [float(end) for end in interval(Beta(1, 1), 0.9, "hdi")] == pytest.approx([0.05, 0.95])


@pytest.mark.parametrize("level", [0.5, 0.9, 0.99])
@pytest.mark.parametrize(("a", "b"), [(0.5, 0.5), (0.8, 0.3), (0.3, 0.9), (0.99, 0.98)])
def test_the_densest_points_of_a_u_shape_are_both_ends(a, b, level):
    truth, found = stats.beta(a, b), region(Beta(a, b), level, "hdi")
    (low, out), (back, high) = zip(found.low, found.high, strict=True)
    assert (low, high) == (0, 1)
    assert out < (1 - a) / (2 - a - b) < back  # where the density is lowest
    assert truth.cdf(out) + truth.sf(back) == pytest.approx(level, abs=1e-9)
    assert truth.logpdf(out) == pytest.approx(truth.logpdf(back), abs=1e-3)


def test_the_arcsine_law_is_two_equal_pieces():
    found = region(Beta(0.5, 0.5), 0.5, "hdi")
    cut = math.sin(math.pi / 8) ** 2
    np.testing.assert_allclose([found.low, found.high], [[0, 1 - cut], [cut, 1]], atol=1e-7)


def test_regions_along_a_handle_are_one_piece_or_two():
    found = region(Beta([0.5, 3.0, 0.7], [0.5, 2.0, 1.5]), 0.9, "hdi")
    assert np.isfinite(found.low).tolist() == [[True, True], [True, False], [True, False]]
    assert np.isnan(region(Beta([0.5, 3.0], [0.5, 2.0]), 0.9).low[:, 1]).all()


@pytest.mark.parametrize(("heads", "tails"), [(520, 480), (3, 1), (0, 0), (0, 7)])
def test_counts_of_flips_are_the_flips_themselves(heads, tails):
    told, counted = Seen.of([1.0] * heads + [0.0] * tails), Seen.flips(heads, tails)
    for name in ("n", "total", "scatter", "log_factorials"):
        assert float(getattr(counted, name)) == pytest.approx(float(getattr(told, name)), abs=1e-9), name


def test_arrays_of_sliders_equal_one_by_one():
    a, b, n, y = np.array([0.5, 2, 30]), np.array([4, 1.5, 9]), np.array([5, 40, 0]), np.array([5, 11, 0])
    makers = (Beta, Gamma, lambda p, q: Normal(p, q, noise=1.7))
    grid = np.array([0.1, 0.35, 0.8])
    for make in makers:
        many, data = make(a, b), Seen.sums(n, y, scatter=y**2)
        after, ends = many.learn(data), np.array(interval(many, 0.8, "hdi"))
        for v in range(3):
            one, seen = make(a[v], b[v]), Seen.sums(n[v], y[v], scatter=y[v] ** 2)
            np.testing.assert_allclose(after.mean[v], one.learn(seen).mean, rtol=1e-12)
            np.testing.assert_allclose(after.sd[v], one.learn(seen).sd, rtol=1e-12)
            np.testing.assert_allclose(many.log_density(grid)[v], one.log_density(grid), rtol=1e-12)
            np.testing.assert_allclose(many.log_evidence(data)[v], one.log_evidence(seen), rtol=1e-12)
            np.testing.assert_allclose(
                many.log_predictive(np.array([0.0, 1.0]))[v], one.log_predictive(np.array([0, 1]))
            )
            np.testing.assert_allclose(ends[:, v], interval(one, 0.8, "hdi"), rtol=1e-7)
            np.testing.assert_allclose(many.quantile(0.3)[v], one.quantile(0.3), rtol=1e-12)


@pytest.mark.parametrize("n", [1e5, 1e9])
def test_a_billion_observations_are_gaussian(n):
    share = 0.3
    after = Beta(2.0, 5.0).learn(Seen.sums(n, share * n))
    rate = Gamma(3.0, 1.0).learn(Seen.sums(n, 4.2 * n))
    level = Normal(0.0, 10.0, noise=2.0).learn(Seen.sums(n, 4.2 * n))
    sds = (math.sqrt(share * (1 - share) / n), math.sqrt(4.2 / n), 2 / math.sqrt(n))
    for belief, mean, sd in zip((after, rate, level), (share, 4.2, 4.2), sds, strict=True):
        assert float(belief.mean) == pytest.approx(mean, abs=20 / n)
        assert float(belief.sd) == pytest.approx(sd, rel=20 / n)
        for how in ("equal-tailed", "hdi"):
            ends = (np.array(interval(belief, 0.9, how)) - mean) / sd
            np.testing.assert_allclose(ends, stats.norm.ppf([0.05, 0.95]), atol=20 / math.sqrt(n) + 1e-4)
        density = belief.log_density(np.array([mean - sd, mean, mean + 2 * sd]))
        np.testing.assert_allclose(density, stats.norm.logpdf([-1, 0, 2]) - math.log(sd), atol=30 / math.sqrt(n) + 1e-5)


@pytest.mark.parametrize("n", [10**5, 10**9])
def test_evidence_of_a_billion_observations_is_laplaces(n):
    p, lam = 0.3, 4.2  # Laplace's method: log L(peak) + log prior(peak) + log(2 pi) / 2 + log sd, error of order 1/n
    loss = n * (p * math.log(p) + (1 - p) * math.log(1 - p))
    beta = loss + stats.beta(2, 5).logpdf(p) + 0.5 * math.log(2 * math.pi * p * (1 - p) / n)
    assert float(Beta(2.0, 5.0).log_evidence(Seen.sums(n, p * n))) == pytest.approx(beta, rel=1e-14, abs=50 / n)
    loss = n * (lam * math.log(lam) - lam)
    gamma = loss + stats.gamma(3).logpdf(lam) + 0.5 * math.log(2 * math.pi * lam / n)
    assert float(Gamma(3.0, 1.0).log_evidence(Seen.sums(n, lam * n))) == pytest.approx(gamma, rel=1e-14, abs=50 / n)
    scatter, total = n * 4.0, lam * n
    loss = -0.5 * n * (math.log(2 * math.pi * 4.0) + 1)
    normal = loss + stats.norm(1, 10).logpdf(lam) + 0.5 * math.log(2 * math.pi * 4.0 / n)
    found = Normal(1.0, 10.0, noise=2.0).log_evidence(Seen.sums(n, total, scatter))
    assert float(found) == pytest.approx(normal, rel=1e-13, abs=50 / n)


@pytest.mark.parametrize("worth", [1e5, 1e9])
def test_a_firm_belief_predicts_as_if_it_knew(worth):
    counts = np.array([0, 1, 4, 11.0])
    np.testing.assert_allclose(
        Gamma.around(4.2, worth).log_predictive(counts), stats.poisson(4.2).logpmf(counts), atol=60 / worth + 1e-9
    )
    np.testing.assert_allclose(
        Beta.around(0.3, worth).log_predictive_count(counts, 11),
        stats.binom(11, 0.3).logpmf(counts),
        atol=300 / worth + 1e-6,
    )
    rare = Beta(worth * 1e5, 3.0).log_predictive(np.array([0.0, 1.0]))
    np.testing.assert_allclose(rare, [math.log(3 / worth / 1e5), -3 / worth / 1e5], rtol=1e-9, atol=1e-15)


@pytest.mark.parametrize(
    ("act", "says"),
    [
        (lambda: Beta(-1.5, 2), "imagined heads, is -1.5: it must be more than 0"),
        (lambda: Beta([1, 2], [3, 0]), "imagined tails, is 0: it must be more than 0"),
        (lambda: Gamma(1, -0.1), "the rate is -0.1: it must be more than 0"),
        (lambda: Normal(0, 1, noise=0), "the noise is 0: it must be more than 0"),
        (lambda: Normal(math.nan, 1, 1), "the mean holds nan"),
        (lambda: Beta(1, math.inf), "every value must be finite"),
        (lambda: Beta(1, 1).learn(Seen.sums(3, 4)), "4.0 heads in 3.0 flips: heads must lie between"),
        (lambda: Beta(5, 5).log_evidence(Seen.sums(3, 4)), "4.0 heads in 3.0 flips: heads must lie between"),
        (lambda: Gamma(1, 1).learn(Seen.of([1, -3])), "the counts sum to -2.0: counts must be 0 or more"),
        (lambda: Gamma(1, 1).learn(Seen.of([5, -3])), "one of the counts is negative"),
        (lambda: interval(Beta(1, 2), 1.0), "the interval level is 1.0: give a number between 0 and 1"),
        (lambda: interval(Beta(1, 2), math.nan, "hdi"), "the interval level is nan"),
        (lambda: interval(Beta([3, 0.5], [2, 0.7]), 0.9, "hdi"), r"Beta\(0.5, 0.7\) rises at both ends.*ask `region`"),
        (lambda: Seen.flips(3, -1), "3 heads and -1 tails were seen: counts must be 0 or more"),
        (lambda: interval(Beta(1, 2), 0.9, "shortest"), "choose 'equal-tailed' or 'hdi'"),
    ],
)
def test_bad_input_is_refused_in_words(act, says):
    with pytest.raises(ValueError, match=says):
        act()


@pytest.mark.parametrize(("sums", "words"), [((-1, 0.0), "n is -1"), ((3, 1.0, -0.5), "scatter is -0.5")])
def test_sums_of_fewer_than_no_observations_are_refused(sums, words):
    with pytest.raises(ValueError, match=words):
        Seen.sums(*sums)
