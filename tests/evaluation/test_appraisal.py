"""What an answer is worth, against numpy's quantiles, scipy's distance and sums written out."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from scipy.stats import wasserstein_distance

from bayes_core import Budget, Linear, Prior, fit, predict
from bayes_core.data import World, gap
from bayes_core.evaluation.appraisal import appraise, fresh_rows
from bayes_core.evaluation.compare import Distance, apart, floor
from bayes_core.evaluation.scores import held_out
from bayes_core.types import Dataset


@pytest.fixture(scope="module")
def line():
    x = np.array([1.0, 1.5, 2.0, 4.0, 7.0, 7.5, 11.0])
    return Dataset.from_arrays(x, 2.0 + 0.7 * x + np.array([0.3, -1.1, 0.8, 0.2, -0.4, 1.9, -0.6]))


@pytest.fixture(scope="module")
def fresh():
    return Dataset.from_arrays([1.2, 3.0, 6.0, 10.0, 10.5], [3.0, 3.3, 9.0, 8.5, 4.0])


def answer(line, method, **prior):
    return fit(line, Linear(), method, Prior(**prior), Budget(draws=1500, chains=2), seed=3)


def test_held_out_scores_are_those_of_the_mixture(skewed):
    answer = fit(skewed, Linear(), "exact", Prior(2, 1), seed=1)
    fresh = Dataset.from_arrays(skewed.x[:4] + 0.3, skewed.y[:4])
    told = held_out(answer, fresh, 0.8)
    f = predict(answer, fresh.x).f[:, :, 0]
    density = stats.norm(f, answer.noise[:, None]).pdf(fresh.y).mean(0)
    assert told.log_score == pytest.approx(np.log(density).mean(), rel=1e-9)
    below = stats.norm(f, answer.noise[:, None]).cdf(fresh.y).mean(0)
    assert told.coverage == pytest.approx(((below > 0.1) & (below < 0.9)).mean())


def test_an_appraisal_is_band_distance_score_and_time(line, fresh):
    one, other = answer(line, "laplace", width=0.6, noise=1.0), answer(line, "exact", width=3.0, noise=1.0)
    x = np.linspace(0, 14, 6)[:, None]
    told = appraise(one, x, fresh, other, 0.8)
    f, true = (some.draws["intercept"][:, None] + some.draws["coef"] @ x.T for some in (one, other))
    low, high = np.quantile(f, [0.1, 0.9], axis=0)
    np.testing.assert_allclose([told.band.lower, told.band.upper], [low, high], rtol=1e-9)
    far = [wasserstein_distance(a, b) / b.std() for a, b in zip(f.T, true.T, strict=True)]
    np.testing.assert_allclose(told.distance.wasserstein, far, rtol=0.02)
    assert told.distance.overall == pytest.approx(np.mean(told.distance.wasserstein))
    assert told.held_out == held_out(one, fresh, 0.8)
    assert told.seconds == one.diagnostics.seconds > 0
    assert told.noise == np.median(one.noise)
    assert told.draws == len(one.noise)
    ratio = f.std(0) / true.std(0)
    within = (x[:, 0] >= 1.0) & (x[:, 0] <= 11.0)
    assert within.tolist() == [False, True, True, True, False, False]
    assert told.inside == pytest.approx(np.sort(ratio[within])[1])
    assert told.outside == pytest.approx(np.sort(ratio[~within])[1])


def test_an_answer_is_not_compared_with_itself_nor_with_nobody(line, fresh):
    one = answer(line, "exact", width=3.0, noise=1.0)
    assert appraise(one, line.x, fresh, one).distance is None
    assert appraise(one, line.x, fresh).distance is None
    assert np.isnan(appraise(one, line.x, fresh).inside)


def test_the_over_confident_share_counts_places():
    gaps = Distance(np.array([0.1, -0.9, 0.2, 0.0, 0.3]), np.array([0.5, 0.79, 0.81, 1.4, 0.2]), np.ones(5), 0.8)
    assert gaps.over_confident == (0, 1, 4)
    assert gaps.over_confident_share == pytest.approx(0.6)
    assert gaps.wider_share == pytest.approx(0.2)
    assert (gaps.widths, gaps.largest_gap) == ((0.2, 1.4), 0.9)
    assert np.isnan(gaps.typical_ratio(np.zeros(5, dtype=bool)))


def test_the_floor_is_what_as_many_exact_draws_would_show():
    """Fresh sets of twenty draws of the very same skewed curves, compared by scipy: the mean of what they show."""
    random = np.random.default_rng(8)

    def draws(count: int) -> np.ndarray:
        return random.gamma(2.0, size=(count, 1)) * np.array([1.0, -3.0, 0.2]) + random.normal(size=(count, 3))

    reference = draws(4000)
    told = floor(reference, 20, seed=3)
    assert told == floor(reference, 20, seed=3) != floor(reference, 20, seed=4)
    sets = [draws(20) for _ in range(300)]
    far = [[wasserstein_distance(a, b) / b.std() for a, b in zip(one.T, reference.T, strict=True)] for one in sets]
    ratio = np.array([one.std(0) / reference.std(0) for one in sets])
    assert told.draws == 20
    assert told.overall == pytest.approx(np.mean(far), rel=0.1)
    assert told.narrower == pytest.approx((ratio < 0.8).mean(), abs=0.05)
    assert told.wider == pytest.approx((ratio > 1.25).mean(), abs=0.04)
    assert 0.05 < told.wider < told.narrower < 0.4
    one = floor(reference, 1)
    assert (one.narrower, one.wider) == (1.0, 0.0)  # a single curve has no width, however exact
    assert apart(reference, reference).overall == 0
    with pytest.raises(ValueError, match="the number of draws is 0"):
        floor(reference, 0)


def test_fresh_rows_are_another_draw_inside_the_range_of_those_seen():
    seen = gap(n=15, seed=4).dataset(0.4)
    made = fresh_rows(gap, seen, 0.4, 4, rows=60)
    other = gap(n=60, seed=5004)
    y = np.sin(1.6 * other.x[:, 0]) + 0.4 * other.shock
    inside = [n for n in range(60) if seen.x.min() <= other.x[n, 0] <= seen.x.max()]
    assert 0 < len(inside) < 60
    np.testing.assert_allclose(made.x[:, 0], other.x[inside, 0])
    np.testing.assert_allclose(made.y, y[inside])


def plane(n: int = 20, seed: int = 0) -> World:
    random = np.random.default_rng(seed)
    x = np.column_stack([random.uniform(0, 1, n), random.uniform(5, 9, n)])
    return World(x, 1.0, np.array([2.0, -0.5]), 1.0, random.normal(size=n), feature_names=("a", "b"))


def test_fresh_rows_lie_within_every_input():
    seen = plane(6, 1).dataset()
    made, every = fresh_rows(plane, seen, 1.0, 1, rows=300), plane(300, 5001).x
    kept = [row for row in every if all(seen.x[:, d].min() <= row[d] <= seen.x[:, d].max() for d in (0, 1))]
    np.testing.assert_array_equal(made.x, kept)
    one_way = ((every[:, 0] >= seen.x[:, 0].min()) & (every[:, 0] <= seen.x[:, 0].max())).sum()
    assert 0 < len(kept) < one_way


def test_no_fresh_rows_left_is_said():
    with pytest.raises(ValueError, match="none of 5 fresh rows lies among the 1 seen"):
        fresh_rows(plane, Dataset.from_arrays([[0.5, 7.0]], [1.0]), 1.0, 1, rows=5)
