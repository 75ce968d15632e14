"""Several answers at one x: regions of highest density against their definition, and what three heads say of a tide."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from bayes_core import Budget, Gaussian, Heteroscedastic, MixtureDensity, Mlp, Prior, fit
from bayes_core.data.tide import HOURS, NOISE, UNITS, tide, tide_density, tide_level
from bayes_core.evaluation.outcome_map import OutcomeMap, held, log_scores, outcome_map

Y = np.linspace(-6.0, 18.0, 481)
HEADS = {"mixture": MixtureDensity(3), "varying": Heteroscedastic(), "gaussian": Gaussian()}


@pytest.fixture(scope="module")
def fits():
    rows = UNITS.dataset(tide(200, 3))
    return {
        name: fit(rows, Mlp((5,)), "ensemble", Prior(2.0, 1.0), Budget(members=8), seed=1, likelihood=head)
        for name, head in HEADS.items()
    }


def test_the_true_density_is_what_readings_near_a_level_are():
    """Of a million readings, those within a centimetre of 2 m; and it integrates to one at every level."""
    many = tide(10_000, 5)
    level, hours = 2.0, np.linspace(0, HOURS, 1201)
    density = tide_density(np.array([0.4, level]), hours)
    assert np.trapezoid(density, hours) == pytest.approx([1, 1])
    near = many.y[np.abs(many.x[:, 0] - level) < 0.08]
    share = [((near > a) & (near < b)).mean() for a, b in ((0, 4.5), (4.5, 7.5), (7.5, 12))]
    exact = [
        np.trapezoid(density[1] * ((hours > a) & (hours < b)), hours) for a, b in ((0, 4.5), (4.5, 7.5), (7.5, 12))
    ]
    assert share == pytest.approx(exact, abs=5 * np.sqrt(0.25 / len(near)))
    assert tide(400, 2).x[:, 0] - tide_level(tide(400, 2).y) == pytest.approx(np.zeros(400), abs=5 * NOISE)


def test_a_region_of_highest_density_is_the_normals_interval():
    told = OutcomeMap(np.zeros(1), Y, stats.norm.pdf(Y, 5.0, 1.3)[None])
    half = stats.norm.ppf(0.95) * 1.3
    [[(low, high)]] = told.pieces(0.9)
    assert (low, high) == pytest.approx((5 - half, 5 + half), abs=2 * told.step)
    assert told.lengths(0.9)[0] == pytest.approx(2 * half, abs=2 * told.step)


def test_two_far_bells_have_two_pieces_the_taller_one_first():
    density = 0.75 * stats.norm.pdf(Y, 2.0, 0.4) + 0.25 * stats.norm.pdf(Y, 9.0, 0.8)
    told = OutcomeMap(np.zeros(1), Y, density[None])
    assert told.humps()[0] == pytest.approx([2.0, 9.0], abs=told.step)
    assert len(told.pieces(0.9)[0]) == 2
    [[(low, high)]] = told.pieces(0.5)  # the taller bell alone
    assert low < 2 < high
    inside = told.region(0.9)[0]
    assert told.density[0][inside].sum() / told.density[0].sum() == pytest.approx(0.9, abs=0.01)
    assert told.density[0][inside].min() >= told.density[0][~inside].max()


def test_three_gaussians_say_what_one_cannot(fits):
    """Morning, noon and evening; a density of one; and a log score that is higher by far more than its error."""
    fresh = tide(1000, 1003)
    maps = {name: outcome_map(one, UNITS, np.linspace(-0.6, 4.6, 105), Y) for name, one in fits.items()}
    for told in maps.values():
        middle = told.density[20:85]
        assert np.trapezoid(middle, Y, axis=1) == pytest.approx(np.ones(len(middle)), abs=0.01)
    here = {name: outcome_map(one, UNITS, np.array([2.0]), Y).humps()[0] for name, one in fits.items()}
    assert {name: len(tops) for name, tops in here.items()} == {"mixture": 3, "varying": 1, "gaussian": 1}
    [truth] = OutcomeMap(np.array([2.0]), Y, tide_density(np.array([2.0]), Y)).humps()
    assert here["mixture"] == pytest.approx(truth[(truth > 0) & (truth < 12)], abs=0.6)
    scores = {name: log_scores(one, UNITS, fresh) for name, one in fits.items()}
    for worse in ("varying", "gaussian"):
        gain = scores["mixture"] - scores[worse]
        assert gain.mean() > 5 * gain.std() / np.sqrt(len(gain))
    for name, told in maps.items():
        assert held(told, fresh, 0.9).mean() == pytest.approx(0.9, abs=0.07), name


def test_log_scores_are_the_densities_of_the_map(fits):
    fresh = tide(50, 77)
    for name, one in fits.items():
        told = [
            outcome_map(one, UNITS, fresh.x[n], np.array([y - 1e-3, y, y + 1e-3])).density[0, 1]
            for n, y in enumerate(fresh.y)
        ]
        assert log_scores(one, UNITS, fresh) == pytest.approx(np.log(told), abs=1e-9), name
