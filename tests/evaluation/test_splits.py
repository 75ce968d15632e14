"""Splits along a handle, exact and drawn, against dense algebra, quadrature and simulation; tests and verdicts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import integrate, stats

from bayes_core import fit, predict
from bayes_core.data import ferry
from bayes_core.data.interventions import INTERVENTIONS, Intervention
from bayes_core.data.sailings import Sailings
from bayes_core.data.units import Units
from bayes_core.evaluation.split_words import move_words, part_words, which_words
from bayes_core.evaluation.splits import (
    BOTH,
    CLEAN,
    CURVE,
    GUESSED,
    HALF,
    NOISE,
    SINGLE,
    Change,
    Spots,
    change,
    distance,
    drawn,
    exact_splits,
    joined,
    judged,
    judged_classes,
    second_sensor,
    split,
    split_classes,
    split_exact,
    split_weighted,
    true_entropy,
    true_variance,
)
from bayes_core.evaluation.uncertainty import Parts, split_variance
from bayes_core.inference.exact import posterior
from bayes_core.models import Linear
from bayes_core.models.linear import Polynomial
from bayes_core.summaries.answers import Exact
from bayes_core.summaries.curves import log_data_ratio
from bayes_core.types import Budget, Dataset, Prior

X = np.array([0.1, 0.4, 0.45, 1.2, 1.9, 2.0, 3.7, 4.1, 0.9])
Y = np.array([2.1, 1.2, 2.9, 3.3, 2.2, 4.9, 5.0, 8.8, 1.0])
PRIOR, MODEL = Prior(1.7, 0.8), Linear(Polynomial(2, 0.0, 4.0))
DATA = Dataset.from_arrays(X, Y)
AT = np.array([[0.3], [2.6], [6.0]])
UNITS, UNITS_X = Units(1.5, 2.0, 3.0, 2.5), Units(12.0, 7.0)


@pytest.fixture(scope="module")
def answer():
    return posterior(DATA, MODEL, PRIOR)


@pytest.fixture(scope="module")
def draws():
    return fit(DATA, MODEL, "exact", PRIOR, Budget(draws=20_000, chains=1), seed=3)


# ------------------------------------------------------------------------------------------------ the exact split
def test_an_exact_split_is_dense_algebra_integrated_over_sigma(answer):
    design, rows = MODEL.design(DATA.x), MODEL.design(AT)

    def weight(s: float) -> float:
        cov = s**2 * np.eye(len(Y)) + PRIOR.width**2 * design @ design.T
        return float(np.exp(stats.multivariate_normal(np.zeros(len(Y)), cov).logpdf(Y) + 16) / (1 + (s / 0.8) ** 2))

    def given(s: float):
        cov = np.linalg.inv(design.T @ design / s**2 + np.eye(3) / PRIOR.width**2)
        return rows @ cov @ design.T @ Y / s**2, np.einsum("gp,pq,gq->g", rows, cov, rows)

    at, area = np.polynomial.legendre.leggauss(120)
    s = np.exp(0.5 * (at + 1) * (np.log(60) - np.log(0.2)) + np.log(0.2))
    mass = area * s * np.array([weight(one) for one in s])
    mass /= mass.sum()
    mean, variance = (np.array(part) for part in zip(*map(given, s), strict=True))
    centre = mass @ mean
    parts = split_exact(answer, rows)
    np.testing.assert_allclose(parts.aleatoric[0], mass @ s**2, rtol=2e-4)
    np.testing.assert_allclose(parts.epistemic[0], mass @ (variance + (mean - centre) ** 2), rtol=2e-4)
    np.testing.assert_allclose(parts.total, parts.aleatoric + parts.epistemic)
    assert not parts.epistemic_mcse.any()


def test_an_exact_split_is_the_variance_of_its_own_predictive_density(answer):
    """The variance of a new y by integrating its distribution function, which knows nothing of the split."""
    rows = MODEL.design(AT[1:2])
    z = np.linspace(-7.5, 7.5, 301)  # quantiles of y at Phi(z), so that both tails have their places
    quantiles = np.array(answer.quantiles(rows, tuple(stats.norm.cdf(z)), "observation"))[:, 0, 0]
    mean = integrate.simpson(quantiles * stats.norm.pdf(z), x=z)
    variance = integrate.simpson((quantiles - mean) ** 2 * stats.norm.pdf(z), x=z)
    assert split_exact(answer, rows).total[0, 0] == pytest.approx(variance, rel=2e-3)


def test_draws_agree_with_the_exact_split_within_their_error(answer, draws):
    told, seen = split_exact(answer, MODEL.design(AT)), predict(draws, AT)
    parts = split_variance(seen.f[:, :, 0], seen.noise_at)
    for name in ("aleatoric", "epistemic", "total"):
        z = (getattr(parts, name) - getattr(told, name)[0]) / getattr(parts, f"{name}_mcse")
        assert (np.abs(z) < 4).all(), (name, z)


def test_known_noise_and_too_few_rows():
    known = posterior(DATA, MODEL, replace(PRIOR, noise_known=True))
    assert split_exact(known, MODEL.design(AT)).aleatoric[0].tolist() == pytest.approx([0.64] * 3)
    one = posterior(Dataset.from_arrays([1.0], [2.0]), Linear(), PRIOR)
    assert np.isnan(split_exact(one, np.array([[1.0, 2.0]])).aleatoric).all()  # sigma has no second moment


# ----------------------------------------------------------------------------------------------- weighted draws
def test_weights_are_copies_of_draws():
    random = np.random.default_rng(4)
    f, noise = random.gamma(2.0, size=(7, 3)) + 1e4, random.lognormal(size=(7, 3))
    copies = np.array([0, 3, 1, 1, 5, 2, 8])
    parts = split_weighted(f, noise, copies[None] / copies.sum())
    told = split_variance(np.repeat(f, copies, axis=0), np.repeat(noise, copies, axis=0))
    for name in ("aleatoric", "epistemic", "total"):
        np.testing.assert_allclose(getattr(parts, name)[0], getattr(told, name), rtol=1e-10)


def test_equal_weights_are_no_weights_and_their_error_counts_effective_draws():
    random = np.random.default_rng(5)
    f, noise = random.gamma(2.0, size=(80, 2)), random.lognormal(size=(80, 1))
    plain = split_variance(f, noise[:, 0], effective=20.0)
    parts = split_weighted(f, noise, np.full((1, 80), 1 / 80), share=0.25)
    for name in ("aleatoric_mcse", "epistemic_mcse", "total_mcse", "epistemic"):
        np.testing.assert_allclose(getattr(parts, name)[0], getattr(plain, name), rtol=1e-10)


def test_reweighted_draws_give_the_exact_split_of_the_other_data(draws):
    louder = np.stack([Y, Y + 0.25 * np.sin(np.arange(9.0))])
    made = split(drawn(draws, log_data_ratio(draws, DATA.x, DATA.y, louder)), AT[:, 0], Units(), members=3)
    for v in (0, 1):
        told = split_exact(posterior(replace(DATA, y=louder[v]), MODEL, PRIOR), MODEL.design(AT))
        for name in ("aleatoric", "epistemic"):
            z = (getattr(made.parts, name)[v] - getattr(told, name)[0]) / getattr(made.parts, f"{name}_mcse")[v]
            assert (np.abs(z) < 4).all(), (v, name, z)


# ------------------------------------------------------------------------------------------------- at places
def test_units_change_numbers_and_no_answer(answer):
    """A fit of scaled data, told in the data's own units, is the fit of the data with a prior in those units."""
    line, data = Linear(), DATA
    scaled = UNITS.dataset(data)
    wide = 1e4  # so that no prior tells units apart
    ones = np.ones(1)
    asked = (AT[:, 0], UNITS, 0.9, 4)
    told = exact_splits(line, scaled.x, scaled.y[None], wide * ones, 1e3, *asked)
    own = split(Exact(posterior(data, line, Prior(wide * 2.5, 2.5e3)), line), AT[:, 0], Units(), 0.9, 4)
    for name in ("aleatoric", "epistemic"):
        np.testing.assert_allclose(getattr(told.parts, name), getattr(own.parts, name), rtol=1e-4)
    for name in ("credible", "predictive"):
        np.testing.assert_allclose(told.edges[name], own.edges[name], rtol=1e-3)
    np.testing.assert_allclose(told.noise, own.noise, rtol=1e-4)
    np.testing.assert_allclose(told.mean, own.mean, rtol=1e-5)
    assert told.members.shape == (1, 4, 3)


def test_a_sweep_is_its_positions_one_by_one(draws):
    width = np.array([0.4, 1.7, 6.0])
    places = np.array([1.0, 3.0])
    swept = exact_splits(MODEL, DATA.x, DATA.y[None], width, 0.8, places, Units(), members=2)
    asked = (0.8, places, Units())
    each = [exact_splits(MODEL, DATA.x, DATA.y[None], width[v : v + 1], *asked, members=2) for v in (0, 1, 2)]
    again = joined(each)
    np.testing.assert_allclose(swept.parts.epistemic, again.parts.epistemic, rtol=1e-6)
    np.testing.assert_allclose(swept.edges["predictive"], again.edges["predictive"], rtol=1e-5)
    np.testing.assert_allclose(swept.noise, again.noise, rtol=1e-5)
    other = swept.replaced({1: each[2]})
    np.testing.assert_allclose(other.parts.total[1], swept.parts.total[2], rtol=1e-6)
    np.testing.assert_array_equal(other.parts.total[[0, 2]], swept.parts.total[[0, 2]])
    wide = each[0].among(4, 2)
    assert np.isnan(wide.parts.total[[0, 1, 3]]).all()
    np.testing.assert_array_equal(wide.mean[2], each[0].mean[0])


def test_spots_are_read_at_one_place_or_at_one_position():
    places, width = np.array([1.0, 3.0, 5.0]), np.array([0.4, 1.7])
    along = exact_splits(MODEL, DATA.x, DATA.y[None], width[:1], 0.8, places, Units(), members=0)
    swept = exact_splits(MODEL, DATA.x, DATA.y[None], width, 0.8, places[1:2], Units(), members=0)
    for one in (along, swept):
        spots = Spots.of(one)
        v = 1 if one is along else 0
        np.testing.assert_allclose(spots.parts.total[v], along.parts.total[0, 1], rtol=1e-6)
        np.testing.assert_allclose(spots.noise[v], along.noise[0, :, 1], rtol=1e-5)
        np.testing.assert_allclose(spots.credible[v, 1], along.edges["credible"][1][0, 1], rtol=1e-6)
    assert Spots.of(swept).take([0, 0, 1]).mean.shape == Spots.of(along).take([0]).over(3).mean.shape == (3,)
    both = exact_splits(MODEL, DATA.x, DATA.y[None], width, 0.8, places, Units(), members=0)
    with pytest.raises(ValueError, match=r"\(2, 3\) positions and places: give one of either"):
        Spots.of(both)


# --------------------------------------------------------------------------------------------------- tests
def test_two_sensors_have_half_the_variance():
    random = np.random.default_rng(6)
    sigma = random.lognormal(0.5, 0.3, size=50)
    readings = sigma[:, None, None] * random.standard_normal((50, 2, 40_000))
    before = split_variance(np.zeros((50, 1)), sigma)
    refit = split_variance(random.standard_normal((50, 1)), sigma)
    after = second_sensor(before, refit)
    assert after.aleatoric[0] == before.aleatoric[0] / 2 == pytest.approx(readings.mean(1).var(1).mean(), rel=0.01)
    np.testing.assert_array_equal(after.epistemic, refit.epistemic)
    np.testing.assert_allclose(after.total, after.aleatoric + after.epistemic)
    assert after.aleatoric_mcse[0] == before.aleatoric_mcse[0] / 2
    with pytest.raises(ValueError, match="0 sensors"):
        second_sensor(before, refit, 0)


def test_more_rows_leave_the_old_ones_alone():
    world = ferry(12, 3)
    more = world.denser(13.0, 5, 0.8, 3)
    assert more.x[12:, 0].tolist() == pytest.approx([12.2, 12.6, 13.0, 13.4, 13.8])
    np.testing.assert_array_equal(more.dataset().y[:12], world.dataset().y)
    elsewhere = world.denser(20.0, 5, 0.8, 3)
    np.testing.assert_array_equal(elsewhere.shock, more.shock)
    assert not np.array_equal(world.denser(13.0, 5, 0.8, 4).shock[12:], more.shock[12:])
    with pytest.raises(ValueError, match="2 inputs"):
        replace(world, x=np.ones((12, 2)), coef=np.zeros(2)).denser(1.0, 2, 0.1, 0)


def test_interventions_do_what_they_are_called():
    world, noise = ferry(12, 3), np.array([4.0])
    assert INTERVENTIONS["noise"].noise(noise) == 8.0
    assert INTERVENTIONS["sensor"].noise(noise) ** 2 == pytest.approx(8.0)  # half of 16
    assert len(INTERVENTIONS["points"].world(world, 13.0, 3).shock) == 32
    assert INTERVENTIONS["outside"] == Intervention()
    assert Intervention().world(world, 1.0, 0) is world
    assert true_variance(world, np.array([10.0, 20.0]), np.array([2.0]))[0] == pytest.approx([4.0, 4 * 1.75**2])


@pytest.mark.parametrize("unit", [0.0, -1.0])
def test_a_unit_is_positive(unit):
    with pytest.raises(ValueError, match=f"y_unit is {unit}"):
        Units(y_unit=unit)


def test_a_change_is_told_with_its_sign_and_its_error():
    before, none = np.array([33.0, 10.0, 10.0, 0.0, 10.0]), np.zeros(5)
    after, error = np.array([1.2, 18.0, 14.0, 2.0, 17.0]), np.array([0.0, 0.5, 0.0, 0.0, 6.0])
    told = change(before, after, none, error)
    np.testing.assert_array_equal(told.sign, [-1, 1, 0, np.nan, 0])  # the last could be chance
    assert move_words(told) == ("▼ ÷ 28", "▲ × 1.8 ± 0.05", "= stays", "–", "= stays")
    random = np.random.default_rng(7)
    heap = (18 + 0.5 * random.standard_normal(40_000)) / (10 + 0.3 * random.standard_normal(40_000))
    near = change(np.array([10.0]), np.array([18.0]), np.array([0.3]), np.array([0.5]))
    assert near.log_error[0] == pytest.approx(np.log(heap).std(), rel=0.02)


def test_which_part_moves():
    def factor(value):
        return Change(np.array([value]), np.zeros(1))

    assert which_words(factor(0.1), factor(0.9))[0].startswith("the epistemic part moves")
    assert which_words(factor(1.2), factor(4.0))[0].startswith("the aleatoric part moves")
    assert which_words(factor(2.0), factor(4.0)) == ("both parts move",)
    assert which_words(factor(1.0), factor(1.0))[0].startswith("neither")
    assert which_words(factor(np.nan), factor(1.0)) == ("",)


def test_no_digit_is_told_that_the_error_does_not_allow():
    assert part_words(np.array([39.74, 39.74, 391.0]), np.array([0.0, 4.0, 30.0])) == ("40", "40", "400")
    assert part_words(np.array([0.0864]), np.zeros(1)) == ("0.086",)


# ------------------------------------------------------------------------------------------------- verdicts
def _spots(rows):
    """Spots of (noise low, noise high, credible low, credible high, epistemic)."""
    low, high, below, above, shared = (np.array(column, float) for column in zip(*rows, strict=True))
    none = np.zeros(len(low))
    parts = Parts(none + 1, shared, shared + 1, none, none, none)
    noise = np.stack([low, 0.5 * (low + high), high], axis=1)
    return Spots(parts, noise, np.stack([below, above], axis=1), 0.5 * (below + above))


def test_a_split_is_judged_by_truth_and_by_how_well_the_noise_is_known():
    spots = _spots(
        [
            (3, 5, 10, 20, 1),
            (3, 7.3, 10, 20, 1),
            (5, 6, 10, 20, 1),
            (3, 5, 16, 20, 1),
            (5, 6, 16, 20, 1),
            (4.4, 4.4, 16, 16, 0),
            (np.nan, np.nan, 10, 20, 1),
            (2, 3, 10, 14, 1),
        ]
    )
    told = judged(spots, np.full(8, 15.0), np.full(8, 4.0))
    assert told == (CLEAN, GUESSED, NOISE, CURVE, BOTH, SINGLE, "", BOTH)
    assert distance(spots, np.full(8, 15.0))[:4].tolist() == [0, 0, 0, 3]


def test_a_single_network_has_no_epistemic_part():
    one = fit(DATA, MODEL, "map", PRIOR)
    found = split(drawn(one), AT[:, 0], Units(), members=2)
    assert not found.parts.epistemic.any()
    assert judged(Spots.of(found), np.zeros(3), np.zeros(3)) == (SINGLE,) * 3
    np.testing.assert_allclose(found.parts.aleatoric, one.noise[0] ** 2)


# ------------------------------------------------------------------------------------------------- two classes
DAYS = Sailings(np.array([[2.0], [5.0], [8.0], [11.0], [15.0], [18.0], [21.0]]), np.full((7, 2), 0.5))


@pytest.fixture(scope="module")
def sails():
    return fit(UNITS_X.dataset(DAYS.dataset(0.05)), Linear(), "laplace", Prior(3.0, 1.0), seed=1)


def test_the_split_of_classes_is_that_of_its_draws_in_bits(sails):
    places = np.array([3.0, 13.0, 26.0])
    found = split_classes(drawn(sails), places, UNITS_X)
    seen = predict(sails, UNITS_X.x(places))
    keep = np.unique(np.linspace(0, seen.size - 1, min(seen.size, 2000)).astype(int))
    p = 1 / (1 + np.exp(-seen.f[keep, :, 0]))
    mean = p.mean(0)
    total = stats.entropy(np.stack([mean, 1 - mean]), base=2)
    own = stats.entropy(np.stack([p, 1 - p]), base=2).mean(0)
    np.testing.assert_allclose(found.parts.total[0], total, rtol=1e-10)
    np.testing.assert_allclose(found.parts.aleatoric[0], own, rtol=1e-10)
    np.testing.assert_allclose(found.parts.epistemic[0], total - own, atol=1e-12)
    np.testing.assert_allclose(found.noise[0], np.quantile(p, [0.05, 0.5, 0.95], axis=0))
    np.testing.assert_allclose(found.mean[0], mean)
    assert found.members.shape == (1, 24, 3)
    assert set(found.edges) == {"credible"}
    assert ((found.members >= 0) & (found.members <= 1)).all()
    assert split_classes(drawn(sails), places, UNITS_X, members=0).members.shape == (1, 0, 3)


def test_a_sum_near_one_bit_is_said_to_be_stuck():
    none = np.zeros(4)
    parts = Parts(none, np.array([0.2, 0.2, 0.0, 0.2]), np.array([0.96, 0.5, 0.99, 0.5]), none, none, none)
    spots = Spots(parts, np.zeros((4, 3)), np.array([[0.2, 0.6]] * 4), none)
    assert judged_classes(spots, np.array([0.5, 0.5, 0.5, 0.7])) == (HALF, CLEAN, SINGLE, CURVE)


def test_a_ferry_sails_as_often_as_it_says():
    random = np.random.default_rng(8)
    world = Sailings(np.full((60_000, 1), 12.3), random.random((60_000, 2)))
    spoilt = np.array([0.0, 0.1, 0.3])
    told = world.probability(world.x[:1], spoilt)[:, 0]
    np.testing.assert_allclose(world.outcomes(spoilt).mean(1), told, atol=0.008)
    assert told[0] == pytest.approx(1 / (1 + np.exp((12.3 - 14) / 1.6)))
    more = DAYS.denser(13.0, 3, 0.5, 2)
    np.testing.assert_array_equal(more.dataset(0.2).y[:7], DAYS.dataset(0.2).y)
    assert more.x[7:, 0].tolist() == [12.5, 13.0, 13.5]
    assert more.dataset(0.0).classes == ("stays", "sails")


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: DAYS.probability(DAYS.x, np.array([0.6])), "0.6: give one from 0 to 1/2"),
        (lambda: Sailings(np.ones((3, 1)), np.ones((2, 2))), r"x is \(3, 1\) and the uniforms \(2, 2\)"),
    ],
)
def test_a_ferry_refuses_what_it_cannot_be(call, words):
    with pytest.raises(ValueError, match=words):
        call()


def test_entropy_is_scipys_in_bits():
    p = np.array([0.03, 0.5, 0.81, 0.0])
    np.testing.assert_allclose(true_entropy(p), stats.entropy(np.stack([p, 1 - p]), base=2))
