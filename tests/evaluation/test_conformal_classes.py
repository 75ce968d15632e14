"""Conformal sets around fits of classes: two moons with their truth, and iris."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bayes_core import Budget, Dataset, Linear, Prior, fit, predict
from bayes_core.data import iris, moons
from bayes_core.data.source import standardised
from bayes_core.data.split import Split
from bayes_core.evaluation.conformal import CoverageDistribution, around_classes, calibrate, lac, scored_classes, sets


@pytest.fixture(scope="module")
def flowers():
    rows = standardised_inputs(iris())
    split = Split.of_rows(rows, 70, seed=3)
    return fit(split.train, Linear(), "laplace", Prior(3.0), Budget(draws=50, chains=1)), split.held_out


def standardised_inputs(dataset: Dataset) -> Dataset:
    return replace(dataset, x=standardised(replace(dataset, y=dataset.x[:, 0], task="regression", classes=())).x)


@pytest.fixture(scope="module")
def crescents():
    world = moons(60, seed=1)
    return world, fit(world.dataset(), Linear(), "laplace", Prior(3.0), Budget(draws=50, chains=1), seed=2)


@pytest.mark.parametrize("score", ["lac", "aps"])
def test_sets_on_moons_keep_the_promise_under_a_straight_boundary(crescents, score):
    """The model is wrong, the sets keep their level over calibration sets: 200 of them, and the exact mean."""
    world, line = crescents
    n, new, level, shares = 40, 60, 0.85, []
    for seed in range(200):
        rows = world.another(n + new, 100 + seed).dataset()
        cal, ahead = (replace(rows, x=rows.x[at], y=rows.y[at]) for at in (slice(n), slice(n, None)))
        told = around_classes(line, cal, ahead.x, level, score, seed=seed)
        shares.append(told.holds(ahead.y).mean())
    error = 4 * np.std(shares) / np.sqrt(200)
    assert np.mean(shares) == pytest.approx(CoverageDistribution(n, level).mean, abs=error)


def test_sets_on_iris_are_those_by_hand(flowers):
    """The score is the average probability of the draws; no flower of the calibration half was fitted."""
    model, rest = flowers
    cal, new = (replace(rest, x=rest.x[at], y=rest.y[at]) for at in (slice(50), slice(50, None)))
    told = around_classes(model, cal, new.x, 0.95)
    seen, ahead = (predict(model, rows.x).probabilities.mean(0) for rows in (cal, new))
    limit = calibrate(1 - seen[np.arange(50), cal.y.astype(int)], 0.95).threshold
    np.testing.assert_array_equal(told.inside, lac(ahead) <= limit)
    assert told.classes == iris().classes
    assert told.named()[0] == tuple(np.array(told.classes)[told.inside[0]])
    assert told.holds(new.y).mean() > 0.85
    assert told.sizes.mean() < 1.6


def test_two_classes_as_one_logit_or_as_a_softmax_give_the_same_sets():
    p = np.random.default_rng(3).random(60)
    both = np.stack([1 - p, p], 1)
    labels = (np.random.default_rng(4).random(60) < p).astype(float)
    limit = calibrate(scored_classes(both, labels), 0.8).threshold
    turned = calibrate(scored_classes(both[:, ::-1], 1 - labels), 0.8).threshold
    assert limit == turned
    np.testing.assert_array_equal(sets(both, limit), sets(both[:, ::-1], turned)[:, ::-1])


def test_a_class_absent_from_the_calibration_rows_may_be_in_a_set(flowers):
    model, rest = flowers
    kept = rest.y != 2
    told = around_classes(model, replace(rest, x=rest.x[kept], y=rest.y[kept]), rest.x[~kept], 0.9)
    assert told.inside[:, 2].any()


def test_a_promise_within_groups_and_too_few_rows(flowers):
    model, rest = flowers
    long = lambda x: (x[:, 2] > 0).tolist()  # noqa: E731
    told = around_classes(model, rest, rest.x, 0.9, groups=long)
    assert set(told.calibrations) == {False, True}
    few = around_classes(model, rest.head(5), rest.x, 0.9)
    assert few.inside.all()
    assert few.calibrations[""].needed == 9
    assert (around_classes(model, rest, rest.x, 0.5).sizes == 0).any()
    assert (around_classes(model, rest, rest.x, 0.5, filled=True).sizes > 0).all()


def test_rows_of_other_classes_and_fitted_rows_are_refused(flowers):
    model, rest = flowers
    with pytest.raises(ValueError, match="keep other rows aside"):
        around_classes(model, model.question.dataset, rest.x)
    other = replace(rest, classes=("a", "b", "c"))
    with pytest.raises(ValueError, match=r"classes a, b, c and setosa.* were fitted"):
        around_classes(model, other, rest.x)
    line = fit(Dataset.from_arrays([1.0, 2, 4], [1.0, 2, 5]), method="exact")
    with pytest.raises(ValueError, match="no classes"):
        around_classes(line, Dataset.from_arrays([1.0, 2, 5], [1.0, 2, 5]), [[1.0]])
