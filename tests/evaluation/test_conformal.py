"""Split conformal prediction against MAPIE, the exact law of its coverage, enumeration, and repeated worlds."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from scipy import stats

from bayes_core import Dataset, Linear, Predictive, Prior, fit, predict, summary
from bayes_core.evaluation.conformal import (
    SCORES,
    Calibration,
    CoverageDistribution,
    Forecast,
    aps,
    around,
    by_group,
    calibrate,
    edges,
    forecast_of,
    needed,
    of_groups,
    rank,
    scored,
    scored_classes,
    sets,
    share_inside,
    thresholds,
)
from bayes_core.evaluation.conformal.threshold import thresholds_of_first

LEVELS = (0.5, 0.63, 0.8, 0.9, 0.95, 0.99)


def days(random, n):
    """Skewed inputs, a curve, and noise that grows and leans to one side."""
    x = random.gamma(2.0, 3.0, n)
    return x, 3 + 0.5 * x**1.3 + (0.4 + 0.3 * x) * (random.gamma(2.0, 1.0, n) - 2.0)


def told(x):
    """A forecast that is wrong everywhere, with a scale and quantiles that are wrong too."""
    centre = 5 + 0.8 * x
    return Forecast(centre, 0.5 + 0.1 * x, centre - 1 - 0.1 * x, centre + 2 + 0.3 * x)


# ------------------------------------------------------------------------------------------------------ the threshold
@pytest.mark.parametrize("level", LEVELS)
def test_the_rank_is_the_smallest_that_keeps_the_promise(level):
    """Of n + 1 exchangeable scores the last one is among the k smallest with probability k / (n + 1)."""
    for n in (1, 2, 7, 10, 19, 37, 99, 100, 199, 1000):
        k = rank(n, level)
        assert k / (n + 1) >= level - 1e-12
        assert (k - 1) / (n + 1) < level - 1e-12
        assert (k <= n) == (n >= needed(level))


def test_a_threshold_is_one_of_the_scores_in_any_order():
    scores = [0.4, 2.5, 0.1, 1.7]
    for order in permutations(scores):
        np.testing.assert_array_equal(thresholds(order, LEVELS), [1.7, 2.5, 2.5, np.inf, np.inf, np.inf])


def test_many_sets_at_once_are_each_by_itself():
    scores = np.random.default_rng(3).gamma(1.5, size=(4, 5, 33))
    found = thresholds(scores, LEVELS)
    for at in np.ndindex(4, 5):
        np.testing.assert_array_equal(found[at], [calibrate(scores[at], level).threshold for level in LEVELS])


def test_thresholds_of_the_first_points_are_those_of_each_position_by_itself():
    scores = np.random.default_rng(4).gamma(1.5, size=(3, 40))
    points, levels = np.array([40, 7, 40, 0, 7, 12]), np.array([0.9, 0.5, 0.63, 0.9, 0.95, 0.8])
    told = [thresholds(scores[:, :n], [level])[:, 0] for n, level in zip(points, levels, strict=True)]
    np.testing.assert_array_equal(thresholds_of_first(scores, points, levels), told)
    np.testing.assert_array_equal(told[0], np.sort(scores)[:, rank(40, 0.9) - 1])
    assert np.isinf(told[3:5]).all()


def test_too_few_points_have_no_end_and_say_how_many_it_takes():
    few = calibrate([1.0, 3.0, 0.2], 0.9)
    assert few.endless
    assert few.threshold == np.inf
    assert few.needed == 9
    assert "it takes 9" in few.reason
    assert calibrate(np.arange(9.0), 0.9).threshold == 8.0
    assert calibrate([], 0.5).endless
    assert calibrate(np.arange(9.0), 0.9).reason == ""
    lower, upper = edges(told(np.array([1.0, 4.0])), few.threshold, "normalised")
    assert np.isneginf(lower).all()
    assert np.isposinf(upper).all()


def test_equal_scores_are_counted_and_only_raise_the_coverage():
    scores = np.array([0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 2.0, 2.0])
    found = calibrate(scores, 0.6)
    assert (found.threshold, found.ties) == (1.0, 5)
    # every new score is as likely as any of these: the share inside, over all ways to leave one out
    inside = [score <= calibrate(np.delete(scores, i), 0.6).threshold for i, score in enumerate(scores)]
    assert np.mean(inside) == 0.8  # more than 0.6 + 1/10
    assert calibrate(np.arange(10.0), 0.6).ties == 0


@pytest.mark.parametrize("level", [0.0, 1.0, 1.2, np.nan, -0.1])
def test_a_level_lies_between_nothing_and_everything(level):
    for asked in (lambda: rank(5, level), lambda: needed(level), lambda: calibrate([1.0], level)):
        with pytest.raises(ValueError, match=r"number between 0 and 1, such as 0\.9"):
            asked()


def test_scores_that_are_no_numbers_are_refused():
    with pytest.raises(ValueError, match="must be finite"):
        calibrate([1.0, np.nan], 0.5)
    with pytest.raises(ValueError, match="one for every calibration point"):
        thresholds(1.0, [0.5])
    with pytest.raises(ValueError, match="3 groups for 2 scores"):
        by_group([1.0, 2.0], ["a", "b", "b"])


# ----------------------------------------------------------------------------------------------- what it promises
@pytest.mark.parametrize("score", SCORES)
@pytest.mark.parametrize(("n", "level"), [(12, 0.8), (39, 0.9), (60, 0.63)])
def test_the_mean_coverage_over_repeated_worlds_is_what_was_promised(score, n, level):
    """MAPIE's own test design: between level and level + 1 / (n + 1), up to the error of 4,000 worlds."""
    random, worlds, new = np.random.default_rng(5), 4000, 20
    x, y = days(random, worlds * (n + new))
    scores = scored(y, told(x), score).reshape(worlds, n + new)
    inside = scores[:, n:] <= thresholds(scores[:, :n], [level])
    shares = inside.mean(1)
    error = 4 * shares.std(ddof=1) / np.sqrt(worlds)
    assert level - error <= shares.mean() <= level + 1 / (n + 1) + error
    assert shares.mean() == pytest.approx(rank(n, level) / (n + 1), abs=error)


@pytest.mark.parametrize(("n", "level"), [(20, 0.8), (57, 0.9), (9, 0.9)])
def test_the_coverage_of_calibration_sets_has_the_beta_distribution(n, level):
    """Uniform scores: the threshold is the coverage. Kolmogorov-Smirnov, and the moments written out."""
    law, random = CoverageDistribution(n, level), np.random.default_rng(7)
    seen = thresholds(random.random((20_000, n)), [level])[:, 0]
    assert stats.kstest(seen, law.below).pvalue > 1e-3
    k = rank(n, level)
    assert law.mean == pytest.approx(k / (n + 1))
    assert law.sd == pytest.approx(np.sqrt(k * (n + 1 - k) / (n + 2)) / (n + 1))
    low, high = law.interval(0.9)
    assert np.mean((seen > low) & (seen < high)) == pytest.approx(0.9, abs=0.01)
    np.testing.assert_allclose(law.below(law.quantiles([0.1, 0.7])), [0.1, 0.7])
    u = (np.arange(20_000) + 0.5) / 20_000  # the binomial law, averaged over the beta's
    inside = np.array([stats.binom(30, u).cdf(j) @ stats.beta(k, n + 1 - k).pdf(u) / 20_000 for j in range(31)])
    told = (0.02, 0.2, 0.5, 0.9)
    np.testing.assert_array_equal(law.of_new(30, told), [int((inside < p).sum()) for p in told])


def test_too_few_points_hold_everything():
    law = CoverageDistribution(4, 0.9)
    assert law.endless
    assert (law.mean, law.sd, law.interval()) == (1.0, 0.0, (1.0, 1.0))
    np.testing.assert_array_equal(law.below([0.5, 1.0]), [0.0, 1.0])
    np.testing.assert_array_equal(law.of_new(12, [0.1, 0.9]), [12, 12])


def test_groups_keep_the_promise_within_each():
    random, worlds, n, level = np.random.default_rng(11), 1500, 80, 0.8
    shares: dict[str, dict[bool, list[float]]] = {"one": {}, "each": {}}
    for _ in range(worlds):
        x, y = days(random, n + 40)
        scores, storm = scored(y, told(x)), x > 8
        cal, new = slice(None, n), slice(n, None)
        one = calibrate(scores[cal], level).threshold
        each = of_groups(by_group(scores[cal], storm[cal], level), storm[new])
        for name, limit in (("one", np.full(40, one)), ("each", each)):
            for group in (False, True):
                chosen = storm[new] == group
                shares[name].setdefault(group, []).extend((scores[new] <= limit)[chosen])
    assert np.mean(shares["one"][True]) < level - 0.1 < level + 0.03 < np.mean(shares["one"][False])
    for group in (False, True):
        assert level - 0.01 < np.mean(shares["each"][group]) < level + 0.06


def test_a_group_that_nobody_has_seen_has_no_end():
    found = by_group([3.0, 1.0, 2.0, 9.0], np.array([1, 1, 1, 2]), 0.6)
    np.testing.assert_array_equal(of_groups(found, [2, 1, 7]), [np.inf, 3.0, np.inf])
    assert found[2].endless
    assert found[2].needed == 2


# --------------------------------------------------------------------------------------------------- scores and bands
@pytest.mark.parametrize("score", SCORES)
def test_a_band_is_all_that_scores_no_more(score):
    x = np.array([0.3, 2.0, 9.0])
    for threshold in (-0.4, 0.0, 0.7, 2.3) if score == "cqr" else (0.0, 0.7, 2.3):
        lower, upper = edges(told(x), threshold, score)
        for y in np.linspace(-20.0137, 40.0291, 1999):
            inside = scored(np.full(3, y), told(x), score) <= threshold
            np.testing.assert_array_equal(inside, (lower <= y) & (y <= upper), err_msg=f"y = {y}")


def test_many_thresholds_make_many_bands():
    x = np.array([0.3, 2.0])
    lower, upper = edges(told(x), np.array([[1.0], [np.inf]]), "normalised")
    np.testing.assert_allclose(upper[0] - lower[0], 2 * told(x).scale)
    assert lower.shape == (2, 2)
    assert np.isinf(upper[1]).all()


def test_a_forecast_that_cannot_be_scored_is_refused():
    with pytest.raises(ValueError, match="must be positive; take the absolute score"):
        Forecast([1.0, 2.0], scale=[1.0, 0.0])
    with pytest.raises(ValueError, match="lies above its upper"):
        Forecast([1.0], lower=[3.0], upper=[2.0])
    with pytest.raises(ValueError, match="scale has 1 entries for 2 points"):
        Forecast([1.0, 2.0], scale=[1.0])
    with pytest.raises(ValueError, match="reads the forecast's scale"):
        scored([1.0], Forecast([1.0]), "normalised")
    with pytest.raises(ValueError, match="y has 2 entries and the forecast 1"):
        scored([1.0, 2.0], Forecast([1.0]))
    with pytest.raises(ValueError, match="choose one of absolute, normalised, cqr"):
        scored([1.0], Forecast([1.0]), "squared")


def test_share_inside_is_what_many_draws_find():
    random = np.random.default_rng(2)
    y = 3 + 2 * random.standard_normal(200_000)
    assert share_inside(1.0, 6.5, 3.0, 2.0) == pytest.approx(np.mean((y > 1) & (y < 6.5)), abs=0.004)
    np.testing.assert_array_equal(share_inside([2.0, -np.inf], [1.0, np.inf], 0.0, 1.0), [0.0, 1.0])


# ------------------------------------------------------------------------------------------------------------- classes
def clouds(random, n):
    """Three overlapping classes, unequally frequent, and probabilities that are too sure."""
    labels = random.choice(3, n, p=[0.6, 0.3, 0.1])
    x = random.standard_normal((n, 2)) * 1.1 + np.array([[0.0, 0], [1.5, 0.5], [0.3, 2.0]])[labels]
    logits = 2.5 * x @ np.array([[0.0, 1.5, 0.3], [0.0, 0.5, 2.0]]) + [2.0, -1.0, -4.0]
    p = np.exp(logits - logits.max(1, keepdims=True))
    return labels, p / p.sum(1, keepdims=True)


@pytest.mark.parametrize("score", ["lac", "aps"])
def test_sets_keep_the_promise_over_repeated_worlds(score):
    random, worlds, n, level = np.random.default_rng(13), 2500, 39, 0.85
    labels, p = clouds(random, worlds * (n + 10))
    u = random.random(len(p))
    scores = scored_classes(p, labels, score, u).reshape(worlds, n + 10)
    limit = thresholds(scores[:, :n], [level])
    shares = (scores[:, n:] <= limit).mean(1)
    error = 4 * shares.std(ddof=1) / np.sqrt(worlds)
    assert level - error <= shares.mean() <= level + 1 / (n + 1) + error
    made = sets(p, np.repeat(limit[:, 0], n + 10), score, u)
    np.testing.assert_array_equal(made[np.arange(len(p)), labels].reshape(worlds, -1), scores <= limit)


def test_aps_adds_up_by_hand():
    p = [[0.2, 0.5, 0.3], [0.1, 0.1, 0.8]]
    np.testing.assert_allclose(aps(p), [[1.0, 0.5, 0.8], [0.9, 1.0, 0.8]])
    np.testing.assert_allclose(aps(p, [0.0, 0.5]), [[0.8, 0.0, 0.5], [0.85, 0.95, 0.4]])


def test_sets_may_be_empty_or_filled():
    p = [[0.5, 0.3, 0.2], [0.9, 0.06, 0.04]]
    assert sets(p, 0.2).sum(1).tolist() == [0, 1]
    assert sets(p, 0.2, filled=True).tolist() == [[True, False, False], [True, False, False]]
    assert sets(p, [0.75, np.inf]).sum(1).tolist() == [2, 3]
    assert sets([[1.0, 0.0]], 0.0).tolist() == [[True, False]]  # a probability of exactly 0 and 1


def test_probabilities_that_are_none_are_refused():
    with pytest.raises(ValueError, match="sum to 1 in every row"):
        sets([[0.5, 0.6]], 0.5)
    with pytest.raises(ValueError, match="whole numbers from 0 to 1"):
        scored_classes([[0.5, 0.5]], [2])
    with pytest.raises(ValueError, match="choose one of lac, aps"):
        sets([[0.5, 0.5]], 0.5, "raps")
    with pytest.raises(ValueError, match="outside 0 to 1"):
        aps([[0.5, 0.5]], [1.5])
    with pytest.raises(ValueError, match="2 labels for 1 rows"):
        scored_classes([[0.5, 0.5]], [0, 1])


# --------------------------------------------------------------------------------------------------------------- MAPIE
class Told:
    """A fitted estimator, as scikit-learn has them."""

    def __init__(self, predict, classes=None):
        self.predict, self.fitted_ = predict, True
        if classes is not None:
            self.classes_ = np.arange(classes)

    def fit(self, x, y):
        return self

    def predict_proba(self, x):
        return x

    def __sklearn_is_fitted__(self):
        return True

    def get_params(self, deep=True):
        return {}


@pytest.mark.parametrize("n", [45, 200])
def test_mapie_makes_the_same_absolute_band(n):
    peer = pytest.importorskip("mapie.regression")
    x, y = days(np.random.default_rng(17), n + 15)
    made = peer.SplitConformalRegressor(Told(lambda x: told(x[:, 0]).centre), confidence_level=LEVELS[1:5])
    made.conformalize(x[:n, None], y[:n])
    _, theirs = made.predict_interval(x[n:, None])
    for v, level in enumerate(LEVELS[1:5]):
        limit = calibrate(scored(y[:n], told(x[:n])), level).threshold
        np.testing.assert_allclose(np.stack(edges(told(x[n:]), limit), 1), theirs[:, :, v], rtol=1e-12)


def test_mapie_makes_the_same_band_of_quantiles():
    peer = pytest.importorskip("mapie.regression")
    x, y = days(np.random.default_rng(19), 150)
    parts = [lambda x, name=name: getattr(told(x[:, 0]), name) for name in ("lower", "upper", "centre")]
    made = peer.ConformalizedQuantileRegressor([Told(part) for part in parts], 0.85, prefit=True)
    made.conformalize(x[:120, None], y[:120])
    _, theirs = made.predict_interval(x[120:, None], symmetric_correction=True)
    limit = calibrate(scored(y[:120], told(x[:120]), "cqr"), 0.85).threshold
    np.testing.assert_allclose(np.stack(edges(told(x[120:]), limit, "cqr"), 1), theirs[:, :, 0], rtol=1e-12)


@pytest.mark.parametrize(("score", "options"), [("lac", {}), ("aps", {"include_last_label": "randomized"})])
def test_mapie_makes_the_same_sets(score, options):
    """MAPIE's "randomized" sets of a seed take the same uniform numbers for calibration and new points alike."""
    peer = pytest.importorskip("mapie.classification")
    labels, p = clouds(np.random.default_rng(23), 400)
    cal, new = slice(None, 250), slice(250, None)
    levels = (0.7, 0.8, 0.9, 0.95)
    told = Told(lambda p: p.argmax(1), 3)
    made = peer.SplitConformalClassifier(told, levels, conformity_score=score, random_state=5)
    made.conformalize(p[cal], labels[cal])
    _, theirs = made.predict_set(p[new], conformity_score_params=options)
    left, there = (1 - np.random.RandomState(5).uniform(size=size) for size in (250, 150))
    for v, level in enumerate(levels):
        limit = calibrate(scored_classes(p[cal], labels[cal], score, left), level).threshold
        np.testing.assert_array_equal(sets(p[new], limit, score, there), theirs[:, :, v])


# ---------------------------------------------------------------------------------------------------------- any fit
@pytest.fixture(scope="module")
def line():
    x = np.array([1.0, 1.5, 2.0, 4.0, 7.0, 7.5, 11.0])
    shock = np.array([0.3, -1.1, 0.8, 0.2, -0.4, 1.9, -0.6])
    return fit(Dataset.from_arrays(x, 2.0 + 0.7 * x + shock), Linear(), "exact", Prior(2, 1), seed=1)


@pytest.mark.parametrize("score", SCORES)
def test_a_band_around_a_fit_is_the_one_by_hand(line, score):
    x, y = days(np.random.default_rng(29), 60)
    asked = np.array([[0.5], [6.0], [20.0]])
    band = around(line, Dataset.from_arrays(x, y), asked, 0.8, score, "median")
    seen, ahead = (summary.band(predict(line, at), 0.8, "observation") for at in (x[:, None], asked))
    one, other = (summary.band(predict(line, at), 0.68268949, "observation") for at in (x[:, None], asked))
    scale, there = (one.upper - one.lower) / 2, (other.upper - other.lower) / 2
    if score == "cqr":
        q = np.sort(np.maximum(seen.lower - y, y - seen.upper))[48]  # ceil(61 x 0.8) = 49
        by_hand = ahead.lower - q, ahead.upper + q
    else:
        by, at = (scale, there) if score == "normalised" else (np.ones(60), np.ones(3))
        q = np.sort(np.abs(y - seen.median) / by)[48]
        by_hand = ahead.median - q * at, ahead.median + q * at
    np.testing.assert_allclose([band.lower, band.upper], by_hand, rtol=1e-6)
    assert band.label == "80 % conformal"
    assert band.holds(np.array([band.lower[0], band.upper[1] + 1e-6, ahead.median[2]])).tolist() == [True, False, True]


def test_the_scale_is_the_sd_of_a_normal_predictive_and_exists_for_the_prior(line):
    f = 3 + 0.001 * np.random.default_rng(1).standard_normal((400, 2, 1))
    told = forecast_of(Predictive(np.zeros((2, 1)), f, np.full(400, 1.7)))
    np.testing.assert_allclose(told.scale, 1.7, rtol=1e-3)
    prior = fit(line.question.dataset, Linear(), "prior", Prior(2, 1), seed=1)
    assert (forecast_of(predict(prior, [[3.0]])).scale < 20).all()


def test_groups_around_a_fit_and_too_few_points(line):
    x, y = days(np.random.default_rng(31), 40)
    storm = lambda x: (x[:, 0] > 8).tolist()  # noqa: E731
    data, asked = Dataset.from_arrays(x, y), np.array([[2.0], [3.0], [15.0]])
    band = around(line, data, asked, 0.8, groups=storm)
    widths = band.upper - band.lower
    scores = scored(y, forecast_of(predict(line, x)))
    for at, group in ((0, x <= 8), (2, x > 8)):
        assert widths[at] == pytest.approx(2 * Calibration(scores[group], 0.8).threshold)
    assert widths[0] == pytest.approx(widths[1])
    assert widths[2] > widths[0]
    few = around(line, data.head(5), asked, 0.9)
    assert np.isinf(few.upper).all()
    assert few.calibrations[""].needed == 9


def test_the_fitted_points_cannot_calibrate(line):
    with pytest.raises(ValueError, match="keep other rows aside"):
        around(line, line.question.dataset, [[3.0]])
