from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from bayes_core import MODELS, Dataset, Prior
from bayes_core.inference.exact import posterior
from bayes_core.summaries.knowledge import Knowledge, turns

NOISE, WIDTH = 0.3, 0.8
MODEL = MODELS["bumps"]
X = np.array([0.4, 1.0, 1.1, 2.5, 6.5, 7.0, 9.4])
Y = np.array([0.1, 0.9, 1.2, -0.4, 0.3, 0.2, 1.5])
GRID = np.linspace(0, 10, 41)


def by_hand() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return mean and covariance of the weights (P,), the design at the data and at the grid."""
    seen, rows = MODEL.design(X[:, None]), MODEL.design(GRID[:, None])
    precision = seen.T @ seen / NOISE**2 + np.eye(seen.shape[1]) / WIDTH**2
    covariance = np.linalg.inv(precision)
    return covariance @ seen.T @ Y / NOISE**2, covariance, seen, rows


@pytest.fixture(scope="module")
def known() -> Knowledge:
    answer = posterior(Dataset.from_arrays(X, Y), MODEL, Prior(WIDTH, NOISE, noise_known=True))
    return Knowledge.of(answer, MODEL.design(GRID[:, None]), (0.9, 0.5))


def test_bands_are_those_of_a_multivariate_normal(known):
    mean, covariance, _, rows = by_hand()
    centre, sd = rows @ mean, np.sqrt(np.diag(rows @ covariance @ rows.T))
    np.testing.assert_allclose(known.mean, centre, atol=1e-9)
    np.testing.assert_allclose(known.sd, sd, rtol=1e-9)
    for level, (lower, upper) in known.bands.items():
        np.testing.assert_allclose(lower, stats.norm(centre, sd).ppf((1 - level) / 2), atol=1e-9)
        np.testing.assert_allclose(upper, stats.norm(centre, sd).ppf((1 + level) / 2), atol=1e-9)
        np.testing.assert_allclose(known.width(level), upper - lower)


def test_the_factor_is_a_root_of_the_covariance(known):
    _, covariance, _, rows = by_hand()
    np.testing.assert_allclose(known.factor @ known.factor.T, rows @ covariance @ rows.T, atol=1e-9)


def test_a_measurement_at_the_most_informative_place_leaves_least_unknown(known):
    _, covariance, seen, rows = by_hand()
    gained = []
    for row in rows:
        more = np.vstack([seen, row])
        precision = more.T @ more / NOISE**2 + np.eye(seen.shape[1]) / WIDTH**2
        before, after = (np.linalg.slogdet(part)[1] for part in (np.linalg.inv(covariance), precision))
        gained.append(0.5 * (after - before))
    assert known.most_informative == int(np.argmax(gained))
    np.testing.assert_allclose(0.5 * np.log1p(known.sd**2 / NOISE**2), gained, atol=1e-9)


@pytest.mark.parametrize("margin", [0, 3, 9])
def test_the_surest_and_the_least_sure_place_lie_inside_the_margins(known, margin):
    inside = range(margin, len(GRID) - margin)
    assert known.surest(margin) == min(inside, key=lambda k: known.sd[k])
    assert known.least_sure(margin) == max(inside, key=lambda k: known.sd[k])


def test_an_unknown_noise_has_no_factor():
    answer = posterior(Dataset.from_arrays(X, Y), MODEL, Prior(WIDTH, NOISE))
    with pytest.raises(ValueError, match="noise_known"):
        Knowledge.of(answer, MODEL.design(GRID[:, None]), (0.9,))


def test_turning_shows_one_exact_draw_after_another():
    start, end = np.moveaxis(turns(3000, 7, seed=3), 1, 0)
    for angle in (0.0, 0.4, 2.0, 5.5):
        z = np.cos(angle) * start + np.sin(angle) * end
        assert stats.kstest(z.ravel(), "norm").pvalue > 0.01
    np.testing.assert_array_equal(turns(2, 7, seed=3), turns(3, 7, seed=3)[:2])
