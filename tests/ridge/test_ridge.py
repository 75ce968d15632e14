from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from sklearn.linear_model import Ridge

from bayes_core import Linear, Polynomial, Standard, ridge
from bayes_core.data import diabetes
from bayes_core.inference.linear_posterior import Spectrum
from bayes_core.numerics.lasso import lasso
from bayes_core.ridge.path import RidgePath

FEW = settings(max_examples=40, deadline=None, derandomize=True)
WIDTH, NOISE = np.array([0.05, 0.7, 3.0, 40.0]), np.array([2.0, 0.4, 1.1, 0.6])


def problem(name):
    random = np.random.default_rng(21)
    design = {
        "tall": lambda: random.gamma(2, 1, (23, 4)) - 0.5,
        "wide": lambda: random.exponential(1, (5, 9)) - 0.3,
        "square": lambda: random.gumbel(size=(6, 6)),
        "collinear": lambda: random.gamma(2, 1, (14, 3)) @ [[1.0, 0, 0, 1], [0, 1, 0, -2], [0, 0, 1, 0]],
        "one row": lambda: np.array([[1.0, 2.5, -0.5]]),
    }[name]()
    return design, 1.5 * design[:, 0] - design[:, -1] + 0.5 * random.gumbel(size=len(design))


NAMES = ("tall", "wide", "square", "collinear", "one row")
every_problem = pytest.mark.parametrize("name", NAMES)


def augmented(design, y, penalty):
    """The ridge weights as least squares on [X; sqrt(lambda) I], by Householder QR: X'X is never formed."""
    size = design.shape[1]
    q, r = np.linalg.qr(np.vstack([design, np.sqrt(penalty) * np.eye(size)]))
    return np.linalg.solve(r, q.T @ np.concatenate([y, np.zeros(size)]))


def eliminated(design, y, penalty):
    """The normal equations by Gaussian elimination with pivots, in extended precision (64-bit mantissa)."""
    x = design.astype(np.longdouble)
    m = np.column_stack([x.T @ x + np.longdouble(penalty) * np.eye(x.shape[1], dtype=np.longdouble), x.T @ y])
    for k in range(len(m)):
        best = k + np.abs(m[k:, k]).argmax()
        m[[k, best]] = m[[best, k]]
        m[k] /= m[k, k]
        others = np.arange(len(m)) != k
        m[others] -= np.outer(m[others, k], m[k])
    return m[:, -1].astype(float)


@every_problem
def test_the_weights_are_ridge_regression_by_three_other_roads(name):
    design, y = problem(name)
    path = RidgePath.of(design, y, WIDTH, NOISE)
    for coef, penalty in zip(path.coef, NOISE**2 / WIDTH**2, strict=True):
        peer = Ridge(alpha=penalty, fit_intercept=False, solver="svd").fit(design, y).coef_
        np.testing.assert_allclose(coef, peer, rtol=1e-8, atol=1e-12)
        np.testing.assert_allclose(coef, eliminated(design, y, penalty), rtol=1e-8, atol=1e-12)
        np.testing.assert_allclose(coef, augmented(design, y, penalty), rtol=1e-8, atol=1e-10)
    np.testing.assert_allclose(path.penalty, NOISE**2 / WIDTH**2, rtol=1e-14)


@every_problem
def test_the_spread_the_effective_weights_and_the_evidence_are_their_definitions(name):
    design, y = problem(name)
    path, one = RidgePath.of(design, y, WIDTH, NOISE), np.eye(design.shape[1])
    for v, (w, s) in enumerate(zip(WIDTH, NOISE, strict=True)):
        covariance = np.linalg.inv(design.T @ design / s**2 + one / w**2)
        hat = design @ covariance @ design.T / s**2
        evidence = stats.multivariate_normal(None, s**2 * np.eye(len(y)) + w**2 * design @ design.T).logpdf(y)
        np.testing.assert_allclose(path.sd[v], np.sqrt(np.diag(covariance)), rtol=1e-8)
        assert path.effective[v] == pytest.approx(np.trace(hat), rel=1e-8)
        assert path.log_evidence[v] == pytest.approx(evidence, rel=1e-9)


@pytest.mark.parametrize("points", [12, 16, 60])
def test_degree_fifteen_stays_right_at_every_penalty(points):
    x = np.random.default_rng(points).uniform(0, 24, (points, 1))
    y = 14 + 5 * np.sin(x[:, 0] / 4) + np.random.default_rng(2).gumbel(size=points)
    design, penalty = Linear(Polynomial(15, 0.0, 24.0)).design(x), np.geomspace(1e-8, 1e2, 11)
    path = RidgePath.of(design, y, 1 / np.sqrt(penalty), np.ones(11))
    for coef, p in zip(path.coef, penalty, strict=True):
        best = augmented(design, y, p)
        np.testing.assert_allclose(coef, best, rtol=1e-6, atol=1e-7 * np.abs(best).max())
        np.testing.assert_allclose(design @ coef, design @ best, rtol=1e-8, atol=1e-8)
    np.testing.assert_allclose(path.coef[-4:], [eliminated(design, y, p) for p in penalty[-4:]], rtol=1e-8)


@every_problem
def test_wide_priors_end_in_least_squares_and_narrow_ones_in_nothing(name):
    design, y = problem(name)
    wide, narrow = RidgePath.of(design, y, np.array([1e4, 1e-6]), np.array([1.0, 1.0])).coef
    np.testing.assert_allclose(wide, np.linalg.pinv(design) @ y, rtol=1e-4, atol=1e-6)
    np.testing.assert_allclose(narrow, 1e-12 * design.T @ y, rtol=1e-8)


@FEW
@given(st.floats(1e-3, 1e3), st.floats(1e-2, 1e2), st.floats(1e-2, 1e2), st.sampled_from(NAMES))
def test_the_weights_depend_on_the_ratio_of_noise_and_width_alone_and_the_spread_does_not(width, noise, factor, name):
    path = RidgePath.of(*problem(name), np.array([width, factor * width]), np.array([noise, factor * noise]))
    np.testing.assert_allclose(path.coef[1], path.coef[0], rtol=1e-7, atol=1e-12)
    np.testing.assert_allclose(path.sd[1], factor * path.sd[0], rtol=1e-7)


def exactly(design, y, width, noise):
    """Mean, sd, the fitted curve's sd, effective weights and log evidence, rational until the last step."""
    x, y = [[Fraction(v) for v in row] for row in design.tolist()], [Fraction(v) for v in y.tolist()]
    w, s, size = Fraction(width) ** 2, Fraction(noise) ** 2, len(x[0])
    gram = [[sum(r[i] * r[j] for r in x) + (s / w if i == j else 0) for j in range(size)] for i in range(size)]
    pull = [sum(r[i] * t for r, t in zip(x, y, strict=True)) for i in range(size)]
    rows = [gram[i] + [Fraction(i == j) for j in range(size)] + [pull[i]] for i in range(size)]
    determinant = Fraction(1)
    for k in range(size):  # Gauss-Jordan; the matrix is positive definite, so no pivot is 0
        determinant *= rows[k][k]
        rows[k] = [v / rows[k][k] for v in rows[k]]
        for i in range(size):
            if i != k:
                rows[i] = [a - rows[i][k] * b for a, b in zip(rows[i], rows[k], strict=True)]
    coef, inverse = [row[-1] for row in rows], [row[size:-1] for row in rows]
    misfit = (sum(t * t for t in y) - sum(a * b for a, b in zip(coef, pull, strict=True))) / s
    log_ratio = math.log(determinant.numerator) - math.log(determinant.denominator) - size * math.log(s / w)
    evidence = -0.5 * (len(y) * math.log(2 * math.pi * s) + log_ratio + float(misfit))
    sd = [math.sqrt(float(inverse[j][j] * s)) for j in range(size)]
    fitted = [
        math.sqrt(float(sum(a * inverse[i][j] * b for i, a in enumerate(r) for j, b in enumerate(r)) * s)) for r in x
    ]
    effective = size - float(sum(inverse[j][j] for j in range(size)) * s / w)
    return np.array([float(b) for b in coef]), np.array(sd), np.array(fitted), effective, evidence


DUPLICATED = {
    "a column twice": lambda x: np.column_stack([x, x[:, 1]]),
    "a column and its third": lambda x: np.column_stack([x, x[:, 2] / 4]),
    "three of one": lambda x: np.column_stack([x[:, :1], x[:, :1], x[:, :1], x[:, 1:]]),
    "fewer rows than columns": lambda x: np.column_stack([x[:2], x[:2, 0]]),
}


@pytest.mark.parametrize("name", DUPLICATED)
@pytest.mark.parametrize(("width", "noise"), [(1e8, 1e-6), (1e5, 1e-3), (3.0, 0.5)])
def test_columns_that_say_the_same_share_their_weight_under_any_prior(name, width, noise):
    """With lambda = 1e-28 rounding of a singular value that is 0 used to be taken for news from the data."""
    random = np.random.default_rng(4)
    x = random.gamma(2, 1, (9, 3)).round(3)
    design = DUPLICATED[name](x)
    y = (design @ np.arange(1, design.shape[1] + 1.0) + 0.01 * random.gumbel(size=len(design))).round(4)
    coef, sd, fitted, effective, evidence = exactly(design, y, width, noise)
    path = RidgePath.of(design, y, np.array([width]), np.array([noise]))
    np.testing.assert_allclose(path.coef[0], coef, rtol=1e-8)
    np.testing.assert_allclose(path.sd[0], sd, rtol=1e-6)
    assert path.effective[0] == pytest.approx(effective, rel=1e-9)
    assert path.log_evidence[0] == pytest.approx(evidence, rel=1e-6)
    np.testing.assert_allclose(path.posterior.moments(design)[1][0], fitted, rtol=1e-6)
    np.testing.assert_allclose(design @ path.coef[0], design @ np.linalg.lstsq(design, y)[0], atol=10 * noise)


@pytest.mark.parametrize("bad", [0.0, -1.0, np.nan, np.inf])
@pytest.mark.parametrize("which", ["width", "noise"])
def test_widths_and_noises_that_are_not_positive_numbers_are_refused(which, bad):
    values = {"width": np.ones(2), "noise": np.ones(2), which: np.array([1.0, bad])}
    with pytest.raises(ValueError, match=rf"a {which} is {bad:g}: every {which} must be a finite number more than 0"):
        RidgePath.of(*problem("tall"), values["width"], values["noise"])


def test_scikit_learns_weights_are_ours():
    design, y = problem("tall")
    penalty = np.array([0.01, 0.3, 20.0])
    ours = RidgePath.of(design, y, np.ones(3), np.sqrt(penalty)).coef
    np.testing.assert_allclose(ridge.scikit_ridge(design, y, penalty), ours, rtol=1e-9)
    each = [Ridge(alpha=p, fit_intercept=False, solver="svd").fit(design, y).coef_ for p in penalty]
    np.testing.assert_allclose(ridge.scikit_ridge(design, y, penalty), each, rtol=1e-12)
    np.testing.assert_allclose(ridge.scikit_ridge(design, y, penalty[:1]), each[:1], rtol=1e-12)
    np.testing.assert_allclose(ridge.scikit_lasso(design, y, 3.0), lasso(design, y, np.array([3.0]))[0], rtol=1e-6)


@pytest.mark.parametrize(("folds", "seed"), [(2, 0), (5, 0), (5, 3), (23, 1)])
def test_cross_validation_is_the_loop_by_hand(folds, seed):
    design, y = problem("tall")
    penalty = np.array([0.02, 1.0, 50.0])
    part = np.random.default_rng(seed).permutation(23) % folds
    wrong = np.empty((3, 23))
    for k in range(folds):
        for v, p in enumerate(penalty):
            peer = Ridge(alpha=p, fit_intercept=False, solver="cholesky").fit(design[part != k], y[part != k])
            wrong[v, part == k] = peer.predict(design[part == k]) - y[part == k]
    found = ridge.cross_validated(design, y, penalty, folds, seed)
    np.testing.assert_allclose(found, np.sqrt((wrong**2).mean(1)), rtol=1e-9)


@pytest.mark.parametrize("folds", [0, 1, 24])
def test_cross_validation_refuses_folds_that_cannot_be(folds):
    with pytest.raises(ValueError, match=rf"{folds} folds of 23 rows: give from 2 to 23 folds"):
        ridge.cross_validated(*problem("tall"), np.ones(1), folds)


def test_the_root_mean_squared_error_is_counted_by_hand():
    rows, y = np.array([[1.0, 0], [2, 1], [0, 3]]), np.array([1.0, 0, 5])
    coef = np.array([[1.0, 1.0], [0, 2.0]])  # errors 0, 3, -2 and -1, 2, 1
    np.testing.assert_allclose(ridge.rms(coef, rows, y), np.sqrt([13 / 3, 2]), rtol=1e-14)


def test_bias_and_variance_are_those_of_repeated_noise():
    random = np.random.default_rng(8)
    design, rows = (np.vander(np.sort(random.uniform(-1, 1, n)), 4) for n in (9, 15))
    truth, aim = (np.exp(1.5 * d[:, 2]) for d in (design, rows))
    penalty, noise, worlds = np.array([1e-3, 0.3, 10.0]), 0.7, 40_000
    bias, variance = ridge.bias_and_variance(design, truth, rows, aim, noise, penalty)
    repeated = truth + noise * random.standard_normal((worlds, 9))
    for v, p in enumerate(penalty):
        curves = Ridge(alpha=p, fit_intercept=False, solver="cholesky").fit(design, repeated.T).predict(rows).T
        mean = np.linalg.solve(design.T @ design + p * np.eye(4), design.T @ truth)
        assert bias[v] == pytest.approx(((rows @ mean - aim) ** 2).mean(), rel=1e-9)
        spread = ((curves - rows @ mean) ** 2).mean(1)  # one independent number per world
        assert abs(spread.mean() - variance[v]) < 4 * spread.std() / np.sqrt(worlds)
        total = ((curves - aim) ** 2).mean(1)
        assert abs(total.mean() - bias[v] - variance[v]) < 4 * total.std() / np.sqrt(worlds)


@pytest.mark.parametrize("pair", [(0, 2), (3, 1)])
def test_the_bowl_is_the_likelihood_of_two_weights_and_with_the_prior_its_lowest_point_is_the_mode(pair):
    design, y = problem("tall")
    coef = RidgePath.of(design, y, WIDTH, NOISE).coef
    centre, precision = ridge.conditional_bowl(design, y, coef, NOISE, pair)
    for v, (w, s) in enumerate(zip(WIDTH, NOISE, strict=True)):
        at = np.array([[0.0, 0], [1.3, -0.4], [-2.0, 5.0], [7.0, 0.1]])
        weights = np.tile(coef[v], (4, 1))
        weights[:, pair] = at
        direct = -stats.norm(weights @ design.T, s).logpdf(y).sum(1)
        bowl = 0.5 * np.einsum("gi,ij,gj->g", at - centre[v], precision[v], at - centre[v])
        np.testing.assert_allclose(np.diff(direct), np.diff(bowl), rtol=1e-8, atol=1e-8)
        lowest = np.linalg.solve(precision[v] + np.eye(2) / w**2, precision[v] @ centre[v])
        np.testing.assert_allclose(lowest, coef[v, list(pair)], rtol=1e-8)


def test_two_weights_alone_have_least_squares_as_centre():
    design, y = problem("tall")
    centre, _ = ridge.conditional_bowl(design[:, :2], y, np.array([[9.0, 9.0]]), np.ones(1), (0, 1))
    np.testing.assert_allclose(centre[0], np.linalg.pinv(design[:, :2]) @ y, rtol=1e-9)


@pytest.mark.parametrize("drop", [0.5, 3.0])
def test_the_ellipse_lies_on_its_level_set_and_goes_round_once(drop):
    centre, precision = np.array([[1.0, -2.0], [0.3, 0.1]]), np.array([[[2.0, 0.9], [0.9, 0.5]], [[7.0, 0], [0, 0.01]]])
    around = ridge.contour(centre, precision, drop)
    off = around - centre[:, None]
    np.testing.assert_allclose(0.5 * np.einsum("vgi,vij,vgj->vg", off, precision, off), drop, rtol=1e-9)
    np.testing.assert_allclose(polygon(off), 2 * np.pi * drop / np.sqrt(np.linalg.det(precision)), rtol=3e-3)


def polygon(points):
    x, y = points[..., 0], points[..., 1]
    return 0.5 * np.abs((x[:, :-1] * y[:, 1:] - x[:, 1:] * y[:, :-1]).sum(1))


@pytest.mark.parametrize("twins", [False, True])
@pytest.mark.parametrize("drop", [0.5, 3.0])
def test_the_laplace_contour_lies_on_its_level_set(drop, twins):
    design, y = problem("tall")
    two = design[:, [0, 0]] if twins else design[:, [0, 3]]
    width, noise = np.array([0.02, 0.5, 30.0]), np.array([1.0, 2.0, 0.5])
    mode = np.concatenate([lasso(two, y, np.array([s**2 / w])) for w, s in zip(width, noise, strict=True)])
    centre, precision = ridge.conditional_bowl(two, y, mode, noise, (0, 1))
    around = ridge.laplace_contour(centre, precision, width, mode, drop)
    for v in range(3):
        points = np.vstack([mode[v], around[v]])
        loss = -stats.norm(points @ two.T, noise[v]).logpdf(y).sum(1) - stats.laplace(0, width[v]).logpdf(points).sum(1)
        np.testing.assert_allclose(loss[1:] - loss[0], drop, rtol=1e-6)
        turned = np.unwrap(np.arctan2(*(around[v] - mode[v]).T[::-1]))
        assert turned[-1] - turned[0] == pytest.approx(2 * np.pi)


def test_the_ten_features_of_the_diabetes_data_are_ridge_too():
    data = diabetes(("age", "sex", "bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6"))
    design = Linear(Standard.of(data.x)).design(data.x)
    path = RidgePath.seen_through(Spectrum.of(design), data.y, np.array([15.0, 900.0]), np.array([55.0, 60.0]))
    for coef, penalty in zip(path.coef, (3025 / 225, 3600 / 810_000), strict=True):
        np.testing.assert_allclose(coef, augmented(design, data.y, penalty), rtol=1e-8)
