"""What chooses the penalty: errors by hand and by scikit-learn, the evidence by scipy, bias by repetition."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from sklearn.linear_model import Ridge

from bayes_core.ridge import Along, BiasVariance, Errors, Evidence

LOG_PENALTY = np.array([-4.0, -1.5, 0.0, 1.0, 3.0])
TRACK = Along(np.ones(4), np.array([0.4, 2.0, 0.9, 1.3]), np.array([5.0, 1.0, 5.0, 2.0]))


def peer(design, y, penalty):
    return Ridge(alpha=penalty, fit_intercept=False, solver="cholesky").fit(design, y)


@pytest.mark.parametrize(("degree", "folds", "seed"), [(1.0, 5, 0), (5.0, 3, 2)])
def test_the_errors_are_counted_row_by_row(curved, columns, degree, folds, seed):
    train, others = curved.split.train, curved.split.held_out
    design, outside = columns(train.x, degree), columns(others.x, degree)
    found = Errors.of(curved, degree, LOG_PENALTY, folds, seed)
    part = np.random.default_rng(seed).permutation(13) % folds
    for k, penalty in enumerate(10**LOG_PENALTY):
        model = peer(design, train.y, penalty)
        wrong = np.empty(13)
        for fold in range(folds):
            left = peer(design[part != fold], train.y[part != fold], penalty)
            wrong[part == fold] = left.predict(design[part == fold]) - train.y[part == fold]
        for errors, exact in (
            (found.train, model.predict(design) - train.y),
            (found.held_out, model.predict(outside) - others.y),
            (found.folds, wrong),
        ):
            assert errors[k] == pytest.approx(np.sqrt((exact**2).mean()), rel=1e-7)


def test_held_out_rows_are_standardised_like_the_fitted_ones(several):
    train, others = several.split.train, several.split.held_out
    mean, sd = train.x.mean(0), train.x.std(0)
    design, outside = (np.column_stack([np.ones(len(p.y)), (p.x - mean) / sd]) for p in (train, others))
    found = Errors.of(several, 1.0, LOG_PENALTY)
    exact = [np.sqrt(((peer(design, train.y, p).predict(outside) - others.y) ** 2).mean()) for p in 10**LOG_PENALTY]
    np.testing.assert_allclose(found.held_out, exact, rtol=1e-9)


@pytest.fixture
def told():
    train = np.array([[1.0, 2.0, 4.0], [0.5, 0.6, 3.0]])
    held_out = np.array([[9.0, 3.0, 5.0], [70.0, 6.0, 2.0]])
    folds = np.array([[8.0, 2.5, 2.4], [1.0, 6.0, 5.0]])
    return Errors(np.array([-2.0, 0.0, 1.0]), train, held_out, folds)


def test_cross_validation_chooses_where_its_error_is_least(told):
    assert told.best.tolist() == [1.0, -2.0]


def test_what_a_choice_costs_is_read_off_the_held_out_error(told):
    choice = told.judged(np.array([0.25, -0.5]))
    np.testing.assert_allclose(choice.penalty, [10**0.25, 10**-0.5])
    np.testing.assert_allclose(choice.held_out, [3 + 0.25 * 2, 6 + 0.25 * 64])
    np.testing.assert_allclose(told.judged(np.array([7.0, -9.0])).held_out, [5.0, 70.0])  # beyond the ends: the ends


def test_the_axis_of_the_errors_shows_training_and_half_of_the_others(told):
    assert told.top == 8  # medians 5.5 and 3.75, training at most 4: 1.25 x 5.5 = 6.875
    alone = Errors(told.log_penalty, told.train * 10, told.held_out, told.folds)
    assert alone.top == 50


def test_errors_of_several_positions_are_their_rows(curved):
    each = [Errors.of(curved, degree, LOG_PENALTY) for degree in (1.0, 4.0, 1.0)]
    stacked = Errors.stacked(each)
    for name in ("train", "held_out", "folds"):
        assert getattr(stacked, name).shape == (3, 5)
        for v in range(3):
            np.testing.assert_array_equal(getattr(stacked, name)[v], getattr(each[v], name))


def test_the_evidence_is_the_density_of_the_data_with_the_weights_averaged_out(curved, columns):
    found, y = Evidence.of(curved, TRACK, LOG_PENALTY), curved.split.train.y
    exact = np.empty((4, 5))
    for v, (noise, degree) in enumerate(zip(TRACK.noise, TRACK.degree, strict=True)):
        design = columns(curved.split.train.x, degree)
        for k, penalty in enumerate(10**LOG_PENALTY):
            covariance = noise**2 * (np.eye(13) + design @ design.T / penalty)
            exact[v, k] = stats.multivariate_normal(None, covariance).logpdf(y)
    np.testing.assert_allclose(found.value, exact, rtol=1e-8)
    assert found.best.tolist() == [LOG_PENALTY[row.argmax()] for row in exact]
    np.testing.assert_allclose(found.below, [max(row) - row for row in exact], rtol=1e-6, atol=1e-7)


def test_bias_and_variance_are_those_of_repeated_worlds(curved, columns):
    world, noise, repeats = curved.split.world, 1.7, 20_000
    x = curved.split.train.x
    grid = np.array([-0.9, 0.0, 2.5, 3.5, 4.2, 8.9])
    inside = np.array([at for at in grid if min(x[:, 0]) <= at <= max(x[:, 0])])
    assert 0 < len(inside) < len(grid)
    found = BiasVariance.of(curved, TRACK, LOG_PENALTY, noise, grid)
    y = world.repeat(np.random.default_rng(9).standard_normal((repeats, 13)), noise)
    aim = world.truth(inside[:, None])
    for v, degree in enumerate(TRACK.degree):
        design, rows = columns(x, degree), columns(inside, degree)
        for k, penalty in enumerate(10**LOG_PENALTY):
            curves = peer(design, y.T, penalty).predict(rows).T
            expected = rows @ np.linalg.solve(
                design.T @ design + penalty * np.eye(rows.shape[1]), design.T @ world.truth(x)
            )
            assert found.bias[v, k] == pytest.approx(((expected - aim) ** 2).mean(), rel=1e-6)
            for exact, each in (
                (found.variance[v, k], ((curves - expected) ** 2).mean(1)),  # one independent number per world
                (found.total[v, k], ((curves - aim) ** 2).mean(1)),
            ):
                assert abs(each.mean() - exact) < 4.5 * each.std() / np.sqrt(repeats)


def test_the_best_penalty_of_the_total_and_the_axis_are_told_by_hand():
    bias = np.array([[0.0, 1.0, 6.0], [1.0, 2.0, 3.0]])
    variance = np.array([[9.0, 2.0, 0.5], [1.5, 1.0, 0.5]])
    found = BiasVariance(np.array([-1.0, 0.0, 2.0]), bias, variance)
    assert found.best.tolist() == [0.0, -1.0]
    np.testing.assert_allclose(found.total, [[9, 3, 6.5], [2.5, 3, 3.5]])
    assert found.top == pytest.approx(1.1 * 10)  # four times the least total, 2.5, is above the largest bias, 6
    assert BiasVariance(found.log_penalty, 10 * bias, variance / 100).top == pytest.approx(1.1 * 60)


def test_without_a_known_truth_there_is_no_bias(several):
    with pytest.raises(ValueError, match="bias is a distance from the truth"):
        BiasVariance.of(several, TRACK, LOG_PENALTY, 1.0, np.linspace(0, 1, 5))


def test_a_grid_beside_the_data_is_refused(curved):
    with pytest.raises(ValueError, match="no place of the grid lies between"):
        BiasVariance.of(curved, TRACK, LOG_PENALTY, 1.0, np.array([-0.5, 8.7]))
