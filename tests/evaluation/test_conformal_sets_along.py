"""Conformal sets along a handle: what they hold by quadrature and enumeration, by class, in worlds, over splits."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from scipy import stats

from bayes_core.data import moons
from bayes_core.evaluation.class_map import Plane
from bayes_core.evaluation.conformal import (
    Ahead,
    PlaneForecast,
    Scored,
    SetCase,
    calibrate,
    class_thresholds,
    lac,
    law_of_resplits,
    law_of_sets,
    orders,
    rank,
    sets_along,
    sets_in_resplits,
    sets_in_worlds,
)

SHARES = np.array([0.8, 0.2])
ENDS = np.linspace(0.4, 1, 31)
PLANE = Plane((0, 1), (-3.0, 3.0), (-3.0, 3.0), (0.0, 0.0))
WORLD = replace(moons(1, 0, 0.45), shares=(0.8, 0.2))


def chance(x: np.ndarray) -> np.ndarray:
    """A wrong straight forecast of the second class."""
    return 1 / (1 + np.exp(0.4 + 1.1 * x[:, 1] - 0.7 * x[:, 0]))


def scored(rows) -> Scored:
    p = chance(rows.x)
    return Scored(lac(np.stack([1 - p, p], 1)), rows.y.astype(int))


@pytest.fixture(scope="module")
def case() -> SetCase:
    rows = (WORLD.another(120, 3), WORLD.evenly(4000))
    return SetCase(*(scored(one.dataset()) for one in rows), SHARES)


@pytest.fixture(scope="module")
def ahead(case) -> list[Ahead]:
    return [Ahead(scored(WORLD.another(90, 4).dataset()), case.everyone)]


def density(kind: int, side: np.ndarray) -> np.ndarray:
    """The density of one moon's points over a square grid, by a rule of our own: 400 steps along the curve."""
    t = np.pi * (np.arange(400) + 0.5) / 400
    on = (np.cos(t), np.sin(t)) if kind == 0 else (1 - np.cos(t), 0.5 - np.sin(t))
    centre = [(part - middle) / unit for part, middle, unit in zip(on, WORLD.centre, WORLD.scale, strict=True)]
    across, up = (stats.norm.pdf(side[:, None], m, WORLD.noise / u) for m, u in zip(centre, WORLD.scale, strict=True))
    weight = (up @ across.T).ravel()
    return weight / weight.sum()


def test_what_sets_hold_is_an_integral_over_the_known_truth(case, ahead):
    """Held of each moon, size and empty sets, against the midpoint rule on a grid with the density written anew."""
    side = np.linspace(-5, 5, 161)
    x = np.stack([axis.ravel() for axis in np.meshgrid(side, side)], 1)
    p = chance(x)
    level = np.array([0.6, 0.9])
    found = sets_along(case, ahead, level, np.full(2, 120.0), np.tile([0.3, 0.7], (2, 1)))
    for v in (0, 1):
        inside = np.stack([p, 1 - p], 1) <= found.limits.threshold[v]  # 1 - p of the first class is p of the second
        size = 0.0
        for k, share in enumerate((0.3, 0.7)):
            weight = density(k, side)
            assert found.held[v, k] == pytest.approx((inside[:, k] * weight).sum(), abs=0.006)
            size += share * (inside.sum(1) * weight).sum()
        assert found.size[v] == pytest.approx(size, abs=0.01)
    assert found.subsets.sum(1) == pytest.approx([1, 1])
    assert found.share == pytest.approx((found.held * [0.3, 0.7]).sum(1))


def test_thresholds_are_those_of_each_class_or_of_all(case, ahead):
    level, points = np.array([0.9, 0.8]), np.array([40.0, 120.0])
    one, each = (sets_along(case, ahead, level, points, np.tile(SHARES, (2, 1)), by_class=by) for by in (False, True))
    own, labels = case.aside.own, case.aside.labels
    for v, (n, p) in enumerate(zip((40, 120), level, strict=True)):
        assert (one.limits.threshold[v] == calibrate(own[:n], p).threshold).all()
        for k in (0, 1):
            mine = calibrate(own[:n][labels[:n] == k], p)
            assert each.limits.threshold[v, k] == mine.threshold
            assert (each.limits.counts[v, k], each.limits.endless[v, k]) == (mine.n, mine.endless)
    fresh = ahead[0].fresh
    by_hand = fresh.own <= np.where(fresh.labels == 1, *each.limits.threshold[1, ::-1])
    np.testing.assert_array_equal(each.kept[1], by_hand)


def test_an_average_hides_a_rare_class_and_a_threshold_for_each_does_not(case, ahead):
    """Exact averages over calibration sets; a promise for each class survives another mixture of classes."""
    level, points = np.array([0.9]), np.array([120.0])
    mixed = np.array([[0.2, 0.8]])
    one, each = (sets_along(case, ahead, level, points, SHARES[None], by_class=by) for by in (False, True))
    assert one.expected[0] == pytest.approx(rank(120, 0.9) / 121, abs=2e-3)
    assert one.expected_by[0, 1] < 0.81
    assert one.expected_by[0, 0] > 0.91
    counts = np.bincount(case.aside.labels, minlength=2)
    promised = np.array([rank(int(n), 0.9) / (n + 1) for n in counts])
    np.testing.assert_allclose(each.expected_by[0], promised, atol=2e-3)
    after = [sets_along(case, ahead, level, points, mixed, by_class=by).expected[0] for by in (False, True)]
    assert after[0] < 0.83
    assert after[1] == pytest.approx((mixed[0] * promised).sum(), abs=2e-3)


@pytest.mark.parametrize("by_class", [False, True])
def test_repeated_worlds_follow_the_exact_law(case, ahead, by_class):
    """Worlds drawn point by point, after another mixture of classes too; for each class, with its number of points."""
    level, points = np.array([0.85, 0.9]), np.array([60.0, 60.0])
    shares, worlds = np.array([[0.8, 0.2], [0.35, 0.65]]), 1500
    labels = case.aside.labels[:60]
    rows = (WORLD.labelled(np.tile(labels, worlds), 9) if by_class else WORLD.another(60 * worlds, 9)).dataset()
    scores = scored(rows).own.reshape(worlds, 60)
    seen = sets_in_worlds(case, ahead, scores, level, points, shares, ENDS, by_class=by_class)
    found = sets_along(case, ahead, level, points, shares, by_class=by_class)
    law = law_of_sets(case, ahead, level, points, shares, ENDS, by_class=by_class)
    np.testing.assert_allclose(law.sum(1), 1)
    np.testing.assert_allclose(seen.mean, found.expected, atol=5 * seen.error.max())
    for v in (0, 1):
        reached, exact = (np.cumsum(row) for row in (seen.counts[v] / worlds, law[v]))
        assert np.abs(reached - exact).max() < 1.63 / np.sqrt(worlds) + 0.01  # Kolmogorov's 99 %
    q = class_thresholds(scores[7], labels, 0.9, 2, by_class=by_class)
    assert q.shape == (2,)


@pytest.mark.parametrize("by_class", [False, True])
def test_points_that_are_less_alike_are_held_less_often(case, by_class):
    """More noise after the calibration: exact averages against thresholds of worlds, held of points drawn anew."""
    level, points = np.array([0.9, 0.9]), np.array([80.0, 80.0])
    later = [
        Ahead(scored(WORLD.another(90, 4).dataset(noise)), scored(WORLD.evenly(4000).dataset(noise)))
        for noise in (0.45, 0.9)
    ]
    found = sets_along(case, later, level, points, np.tile(SHARES, (2, 1)), by_class=by_class)
    labels = case.aside.labels[:80]
    rows = WORLD.labelled(np.tile(labels, 400), 5) if by_class else WORLD.another(32_000, 5)
    scores, new = scored(rows.dataset()).own.reshape(400, 80), scored(WORLD.another(6000, 6).dataset(0.9))
    held = []
    for one in scores:
        q = class_thresholds(one, labels, 0.9, 2, by_class=by_class)
        held.append((new.own <= q[new.labels]).mean())
    assert found.expected[1] == pytest.approx(np.mean(held), abs=0.015)
    assert found.expected[1] < 0.88 < found.expected[0]
    assert not np.array_equal(found.kept[0], found.kept[1])


def test_the_law_of_two_promises_is_the_law_of_a_sum():
    """Against draws of two independent beta variables, where each class's scores are uniform."""
    even = np.linspace(0, 1, 5001)[1:]
    labels = np.repeat([0, 1], 5000)
    everyone = Scored(np.tile(np.concatenate([even, even])[:, None], 2), labels)
    codes = np.array([0] * 30 + [1] * 12)
    aside = Scored(np.random.default_rng(1).random((42, 2)), codes)
    ahead, case = [Ahead(aside, everyone)], SetCase(aside, everyone, np.array([0.7, 0.3]))
    shares, level = np.array([[0.55, 0.45]]), np.array([0.8])
    law = law_of_sets(case, ahead, level, np.array([42.0]), shares, ENDS, by_class=True)[0]
    random = np.random.default_rng(2)
    drawn = sum(
        share * random.beta(rank(n, 0.8), n + 1 - rank(n, 0.8), 200_000)
        for share, n in zip(shares[0], (30, 12), strict=True)
    )
    counted = np.histogram(np.clip(drawn, 0.4, 1), ENDS)[0] / 200_000
    np.testing.assert_allclose(law, counted, atol=0.006)


def test_equal_scores_hold_more_than_was_promised():
    """Half of all scores are 0: below one half the threshold is 0 more often than not, and holds them all."""
    own = np.concatenate([np.zeros(5000), np.linspace(0, 1, 5001)[1:]])
    everyone = Scored(np.tile(own[:, None], 2), np.tile([0, 1], 5000))
    aside = Scored(np.tile(np.array([0, 0, 0, 0.2, 0.6])[:, None], 2), np.array([0, 1, 0, 1, 0]))
    ahead, case = [Ahead(aside, everyone)], SetCase(aside, everyone, np.array([0.5, 0.5]))
    found = sets_along(case, ahead, np.array([0.4]), np.array([5.0]), np.array([[0.5, 0.5]]))
    assert found.limits.equal[0] == 2
    u = np.random.default_rng(3).beta(3, 3, 400_000)
    assert found.promised[0] == 0.5
    assert found.expected[0] == pytest.approx(np.maximum(u, 0.5).mean(), abs=0.003)


def test_a_class_with_too_few_points_is_in_every_set(case, ahead):
    found = sets_along(
        case, ahead, np.array([0.99, 0.95]), np.array([4.0, 30.0]), np.tile(SHARES, (2, 1)), by_class=True
    )
    assert found.limits.endless[0].all()
    assert (found.share[0], found.expected[0], found.size[0]) == (1, 1, 2)
    assert found.limits.endless[1].tolist() == [False, True]
    assert found.held[1, 1] == found.expected_by[1, 1] == 1
    assert found.subsets[1, :2].sum() == 0  # neither none nor the first alone


# ------------------------------------------------------------------------------------------------------------ splits
LOT = np.array([0.1, 0.4, 0.4, 0.4, 0.5, 0.9, 0.9, 1.3])


@pytest.mark.parametrize(("n", "level"), [(3, 0.5), (4, 0.75), (5, 0.5), (3, 0.9)])
def test_the_law_over_all_splits_is_that_of_every_split(n, level):
    """Equal scores included: all splits of eight points, one by one."""
    held = []
    for chosen in combinations(range(len(LOT)), n):
        rest = np.setdiff1d(np.arange(len(LOT)), chosen)
        held.append((LOT[rest] <= calibrate(LOT[list(chosen)], level).threshold).sum())
    counted = np.bincount(held, minlength=len(LOT) - n + 1) / len(held)
    np.testing.assert_allclose(law_of_resplits(LOT, n, level), counted, atol=1e-12)


def test_without_equal_scores_the_law_is_the_beta_binomial():
    law = law_of_resplits(np.random.default_rng(5).random(97), 55, 0.9)
    np.testing.assert_allclose(law, stats.betabinom(42, 51, 5).pmf(np.arange(43)), atol=1e-10)


@pytest.fixture(scope="module")
def lot() -> Scored:
    random = np.random.default_rng(6)
    labels = random.permutation(np.repeat([0, 1, 2], [20, 17, 23]))
    p = random.dirichlet([1.5, 1, 1], 60).round(2)
    p = p + 1.2 * np.eye(3)[labels]
    return Scored(lac(p / p.sum(1, keepdims=True)), labels)


@pytest.mark.parametrize("by_class", [False, True])
def test_splits_are_each_calibrated_on_their_own(lot, by_class):
    splits = orders(lot.labels, 1200, 3, by_class=by_class)
    level, points = np.array([0.8, 0.9]), np.array([30.0, 41.0])
    found, seen = sets_in_resplits(lot, level, points, splits, ENDS, by_class=by_class)
    np.testing.assert_allclose(seen.law.sum(1), 1)
    np.testing.assert_allclose(seen.mean, found.expected, atol=5 * seen.error.max())
    own, labels, row = lot.own, lot.labels, splits[11]
    for v, (n, p) in enumerate(zip((30, 41), level, strict=True)):
        chosen, rest = row[:n], row[n:]
        q = [calibrate(own[chosen][labels[chosen] == k] if by_class else own[chosen], p).threshold for k in range(3)]
        one = (level[v : v + 1], points[v : v + 1], splits[[11, 11]])
        told = sets_in_resplits(lot, *one, ENDS, by_class=by_class)[1]
        assert told.mean[0] == pytest.approx((own[rest] <= np.array(q)[labels[rest]]).mean())
        mine = own[n:][labels[n:] == 1] <= found.limits.threshold[v, 1]
        assert found.held[v, 1] == mine.mean()
        assert found.share[v] == pytest.approx((own[n:] <= found.limits.threshold[v, labels[n:]]).mean())
    if by_class:
        np.testing.assert_array_equal(labels[splits], np.tile(labels, (1200, 1)))


# ---------------------------------------------------------------------------------------------------------- forecasts
def test_a_map_is_read_between_its_places():
    """Log odds lie on straight lines, so a forecast with straight log odds is read exactly; three classes add up."""
    plane = Plane((1, 0), (-2.0, 2.0), (0.0, 5.0), (0.0, 0.0))
    places = plane.places(33)
    odds = np.stack([0.3 * places[:, 1] - 0.2 * places[:, 0] - 1, -0.4 * places[:, 1] - 0.1 * places[:, 0] - 1], 1)
    p = 1 / (1 + np.exp(-odds))
    forecast = PlaneForecast.of(plane, np.column_stack([1 - p.sum(1), p]))
    x = np.random.default_rng(7).uniform([0, -2], [5, 2], (50, 2))
    told = forecast.at(x)
    want = 1 / (1 + np.exp(-(0.3 * x[:, 1] - 0.2 * x[:, 0] - 1)))
    np.testing.assert_allclose(told[:, 1], want, atol=1e-9)
    np.testing.assert_allclose(told.sum(1), 1)
    rough = np.random.default_rng(8).dirichlet([1, 2, 3], 33 * 33)
    np.testing.assert_allclose(PlaneForecast.of(plane, rough).at(places), rough, atol=1e-5)


def test_evenly_spread_points_are_the_worlds():
    """Moments of each moon against closed forms; means on the page's scale."""
    rows = WORLD.evenly(3000).dataset()
    raw = rows.x * WORLD.scale + WORLD.centre
    upper, lower = (raw[rows.y == k] for k in (0, 1))
    np.testing.assert_allclose(upper.mean(0), [0, 2 / np.pi], atol=2e-3)
    np.testing.assert_allclose(lower.mean(0), [1, 0.5 - 2 / np.pi], atol=2e-3)
    np.testing.assert_allclose(upper.var(0), [0.5 + 0.45**2, 0.5 - 4 / np.pi**2 + 0.45**2], atol=4e-3)
    codes = np.array([1, 0, 0, 1, 1])
    assert WORLD.labelled(codes, 2).dataset().y.tolist() == codes.tolist()
