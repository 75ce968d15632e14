"""What chooses the penalty: errors by hand and by scikit-learn, the evidence by scipy, bias by repetition."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import optimize, stats
from sklearn.linear_model import Ridge

from bayes_core.ridge import Along, BiasVariance, Choice, Errors, Evidence, Problem, bias_and_variance, outermost

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


FINE = np.linspace(-4.0, 3.0, 43)


def left_out(design, y, penalty, folds, seed):
    """Return every row's error by scikit-learn when it is left out."""
    part, wrong = np.random.default_rng(seed).permutation(len(y)) % folds, np.empty(len(y))
    for fold in range(folds):
        out = part == fold
        wrong[out] = peer(design[~out], y[~out], penalty).predict(design[out]) - y[out]
    return wrong


@pytest.mark.parametrize(("degree", "seed"), [(1.0, 2), (3.0, 5), (5.0, 0), (8.0, 2)])
def test_cross_validation_chooses_where_its_error_is_least_between_the_places_of_the_axis(
    curved, columns, degree, seed
):
    y, design = curved.split.train.y, columns(curved.split.train.x, degree)
    found = Errors.of(curved, degree, FINE, 5, seed)
    exact = optimize.minimize_scalar(
        lambda at: (left_out(design, y, 10**at, 5, seed) ** 2).mean(),
        bounds=(found.best - 0.3, found.best + 0.3),
        method="bounded",
        options={"xatol": 1e-9},
    )
    assert found.best == pytest.approx(exact.x, abs=1e-4)
    assert found.folds.min() >= np.sqrt(exact.fun) * (1 - 1e-12)
    assert np.abs(FINE - found.best).min() > 1e-3  # no place of the axis
    assert found.edge == 0


def test_a_best_penalty_at_an_end_of_the_axis_is_known_as_one(curved):
    found = Errors.of(curved, 5.0, np.linspace(1.5, 3.0, 5))
    assert (found.best, found.edge) == (1.5, -1)
    evidence = Evidence.of(curved, TRACK, np.linspace(-9.0, -6.0, 5))
    assert (evidence.edge == 1).all()
    assert (evidence.best == -6).all()


def test_what_a_choice_costs_is_counted_row_by_row_between_the_fitted_rows_and_beyond(curved, columns):
    train, others = curved.split.train, curved.split.held_out
    inside = (others.x[:, 0] >= min(train.x[:, 0])) & (others.x[:, 0] <= max(train.x[:, 0]))
    assert 0 < inside.sum() < len(inside)
    at, degrees = np.array([0.3, -2.2, 1.7]), np.array([5.0, 2.0, 5.0])
    choice = Choice.of(curved, degrees, at)
    np.testing.assert_allclose(choice.penalty, 10**at)
    for v in range(3):
        model = peer(columns(train.x, degrees[v]), train.y, 10 ** at[v])
        squares = (model.predict(columns(others.x, degrees[v])) - others.y) ** 2
        for errors, some in ((choice.held_out, inside | True), (choice.between, inside), (choice.beyond, ~inside)):
            assert errors[v] == pytest.approx(np.sqrt(squares[some].mean()), rel=1e-7)


def test_of_several_inputs_nothing_lies_between_or_beyond(several):
    choice = Choice.of(several, np.ones(2), np.array([0.0, 1.0]))
    assert np.isfinite(choice.held_out).all()
    assert np.isnan([choice.between, choice.beyond]).all()
    rows, share = outermost(several, np.ones(2), np.array([0.0, 1.0]))
    assert rows == 0
    assert np.isnan(share).all()


def test_the_share_of_the_outermost_rows_is_that_of_their_squared_errors(curved, columns):
    x, y = curved.split.train.x[:, 0], curved.split.train.y
    part = np.random.default_rng(2).permutation(13) % 5
    beyond = [not x[part != part[i]].min() <= x[i] <= x[part != part[i]].max() for i in range(13)]
    rows, share = outermost(curved, np.array([5.0, 1.0]), np.array([-2.0, 0.5]), 5, 2)
    assert rows == sum(beyond) >= 2
    for v, (degree, at) in enumerate(((5.0, -2.0), (1.0, 0.5))):
        squares = left_out(columns(x, degree), y, 10**at, 5, 2) ** 2
        assert share[v] == pytest.approx(squares[beyond].sum() / squares.sum(), rel=1e-6)


def test_the_axis_of_the_errors_shows_training_and_half_of_the_others():
    train = np.array([[1.0, 2.0, 4.0], [0.5, 0.6, 3.0]])
    held_out = np.array([[9.0, 3.0, 5.0], [70.0, 6.0, 2.0]])
    folds = np.array([[8.0, 2.5, 2.4], [1.0, 6.0, 5.0]])
    told = Errors(np.array([-2.0, 0.0, 1.0]), train, held_out, folds, np.array([1.0, -2.0]))
    assert told.top == 8  # medians 5.5 and 3.75, training at most 4: 1.25 x 5.5 = 6.875
    alone = Errors(told.log_penalty, told.train * 10, told.held_out, told.folds, told.best)
    assert alone.top == 50


def test_errors_of_several_positions_are_their_rows(curved):
    each = [Errors.of(curved, degree, LOG_PENALTY) for degree in (1.0, 4.0, 1.0)]
    stacked = Errors.stacked(each)
    for name in ("train", "held_out", "folds", "best"):
        assert getattr(stacked, name).shape == ((3,) if name == "best" else (3, 5))
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
    for v, (noise, degree) in enumerate(zip(TRACK.noise, TRACK.degree, strict=True)):
        design = columns(curved.split.train.x, degree)

        def against(at, design=design, noise=noise):
            covariance = noise**2 * (np.eye(13) + design @ design.T / 10**at)
            return -stats.multivariate_normal(None, covariance).logpdf(y)

        near = found.best[v] + np.array([-0.4, 0.4])
        peak = optimize.minimize_scalar(against, bounds=near, method="bounded", options={"xatol": 1e-9})
        assert found.best[v] == pytest.approx(peak.x, abs=1e-4)
        assert np.abs(LOG_PENALTY - found.best[v]).min() > 1e-3
        assert against(found.best[v]) <= -max(exact[v])
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


GRID = np.linspace(0.2, 8.0, 27)


@pytest.mark.parametrize("noise", [0.3, 2.5])
def test_where_a_prior_pays_is_where_scipys_root_is(curved, columns, noise):
    """Least and even sums by another road: H by solving, the best by scipy's search, the even by its root."""
    x, world = curved.split.train.x, curved.split.world
    inside = GRID[(x.min() <= GRID) & (x.max() >= GRID)]
    found = BiasVariance.of(curved, TRACK, FINE, noise, GRID)
    aim = world.truth(inside[:, None])
    for v, degree in enumerate(TRACK.degree):
        design, rows = columns(x, degree), columns(inside, degree)

        def total(penalty, design=design, rows=rows):
            hat = rows @ np.linalg.solve(design.T @ design + penalty * np.eye(rows.shape[1]), design.T)
            return ((hat @ world.truth(x) - aim) ** 2).mean() + noise**2 * (hat**2).sum(1).mean()

        least = optimize.minimize_scalar(lambda at, total=total: total(10**at), bounds=(-4, 3), method="bounded")
        assert found.best[v] == pytest.approx(least.x, abs=1e-3)
        assert found.least[v] == pytest.approx(least.fun, rel=1e-7)
        assert found.unpenalised[v] == pytest.approx(total(0.0), rel=1e-7)
        for even, other in ((found.even[v], total(0.0)), (found.even_axis[v], found.total[v, 0])):
            if np.isinf(even):
                assert all(total(10**at) < other for at in np.linspace(found.best[v], 12, 60))
            else:
                root = optimize.brentq(lambda at, other=other, total=total: total(10**at) - other, even - 1, even + 1)
                assert even == pytest.approx(root, abs=1e-6)
        np.testing.assert_allclose(found.here[v].sum(), total(TRACK.penalty("normal")[v]), rtol=1e-8)
    assert np.isfinite(found.even).any()


def test_where_no_prior_pays_nothing_is_promised(curved):
    """Without noise in the data there is no variance to save; a line's bias alone may still gain by a penalty."""
    world = curved.split.world
    straight = Problem(replace(curved.split, world=replace(world, bend=lambda x: 0.2 + 0.4 * x[:, 0])), curved.ends)
    found = BiasVariance.of(straight, TRACK, FINE, 1e-9, GRID)
    assert found.even[1] == -np.inf
    assert found.edge[1] == -1


def test_more_weights_than_rows_have_the_shortest_least_squares(columns):
    x = np.array([[0.3], [1.1], [2.0], [6.5]])
    design, rows, truth = columns(x, 7.0), columns(GRID, 7.0), np.array([1.0, -2.0, 0.5, 3.0])
    bias, variance = bias_and_variance(design, truth, rows, 0 * GRID, 0.7, np.zeros(1))
    hat = rows @ np.linalg.pinv(design)
    assert bias[0] == pytest.approx(((hat @ truth) ** 2).mean(), rel=1e-8)
    assert variance[0] == pytest.approx(0.49 * (hat**2).sum(1).mean(), rel=1e-8)


def test_the_axis_of_bias_and_variance_is_told_by_hand():
    bias = np.array([[0.0, 1.0, 6.0], [1.0, 2.0, 3.0]])
    variance = np.array([[9.0, 2.0, 0.5], [1.5, 1.0, 0.5]])
    rest = (*np.zeros((5, 2)), np.zeros((2, 2)))
    found = BiasVariance(np.array([-1.0, 0.0, 2.0]), bias, variance, *rest)
    np.testing.assert_allclose(found.total, [[9, 3, 6.5], [2.5, 3, 3.5]])
    assert found.top == pytest.approx(1.1 * 10)  # four times the least total, 2.5, is above the largest bias, 6
    assert BiasVariance(found.log_penalty, 10 * bias, variance / 100, *rest).top == pytest.approx(1.1 * 60)


def test_without_a_known_truth_there_is_no_bias(several):
    with pytest.raises(ValueError, match="bias is a distance from the truth"):
        BiasVariance.of(several, TRACK, LOG_PENALTY, 1.0, np.linspace(0, 1, 5))


def test_a_grid_beside_the_data_is_refused(curved):
    with pytest.raises(ValueError, match="no place of the grid lies between"):
        BiasVariance.of(curved, TRACK, LOG_PENALTY, 1.0, np.array([-0.5, 8.7]))
