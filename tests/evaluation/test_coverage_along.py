"""The meter along a handle, read off few worlds at few positions, against all worlds asked at every position."""

from __future__ import annotations

import numpy as np
import pytest

from bayes_core import Linear
from bayes_core.data import blog, houses, sleep
from bayes_core.evaluation.average import average_coverage
from bayes_core.evaluation.coverage import MAKERS, coverage, coverage_over_prior, held_line
from bayes_core.evaluation.coverage_along import FULL, QUICK, Home, Told
from bayes_core.evaluation.probits import ASKED, edge, farthest, places, probits
from bayes_core.evaluation.repeats import Repeats
from bayes_core.inference.linear_posterior import Spectrum
from bayes_core.inference.sigma import Projection

LINEAR = Linear()
SCENES = {
    "few": (sleep(5, 5), 10.0, (-0.4, 12.0), (0.3, 100.0), (25.0, 14.0)),
    "bad sensor": (sleep(8, 5, ((4, 150.0),)), 10.0, (-0.4, 12.0), (0.3, 100.0), (25.0, 14.0)),
    "many": (blog(60, 3), 5.0, (-3.0, 4.0), (0.3, 100.0), (10.0, 12.0)),
    "houses": (houses(20, 8), 50.0, (0.0, 260.0), (0.1, 1000.0), (100.0, 45.0)),
}


def scene(name):
    world, prior, ends, range_, home = SCENES[name]
    rows = LINEAR.design(np.linspace(*ends, 5)[:, None])
    return world, prior, rows, np.array([world.intercept, *world.coef]), range_, home


def test_repeated_worlds_at_any_noise_are_the_worlds_themselves():
    """The few numbers kept of them are those of the targets, a fault that is in every world included."""
    for name in ("few", "bad sensor"):
        world, _, rows, truth, *_ = scene(name)
        repeats = Repeats.of(world, 30, 4, LINEAR.design(world.x), rows, truth)
        for noise, y in zip((3.0, 20.0), world.repeated(30, np.array([3.0, 20.0]), 4), strict=True):
            seen, own = repeats.at(np.array([noise]), slice(None)), Projection.of(repeats.spectrum, y)
            np.testing.assert_allclose(seen.along, own.along, atol=1e-9)
            np.testing.assert_allclose(seen.residual, own.residual, rtol=1e-7)
            assert seen.rows == own.rows


def test_every_method_with_a_band_is_asked_quickly():
    assert set(ASKED) == set(MAKERS)


@pytest.mark.parametrize("name", SCENES)
@pytest.mark.parametrize("method", ["exact", "vi_meanfield", "vi_fullrank", "prior"])
@pytest.mark.parametrize("level", [0.8, 0.99])
def test_probits_decide_as_the_bands_do(name, method, level):
    """World by world and place by place, where the prior is narrow and where it is wide."""
    world, prior, rows, truth, (low, high), _ = scene(name)
    spectrum = Spectrum.of(LINEAR.design(world.x))
    y = world.repeated(200, np.array([world.noise]), 2)[0]
    every, asked = places(spectrum, rows)
    for width in np.geomspace(low, high, 4):
        inside, whole = held_line(MAKERS[method](spectrum, y, float(width), prior), rows, truth[None], level)
        seen = Projection.of(spectrum, y)
        found = probits(method, spectrum, seen, np.array([width]), prior, every, truth[None] @ every.T)
        end = edge(level)
        assert np.abs((np.abs(found.probit[asked]) < end).mean(0) - inside).mean() < 0.003
        assert ((farthest(found.probit, found.lean) < end) != whole).mean() < 0.012


def test_two_places_say_how_far_out_a_gaussian_is_between_them():
    random = np.random.default_rng(1)
    spectrum = Spectrum.of(LINEAR.design(sleep(8).x))
    rows = LINEAR.design(np.linspace(-0.4, 12.0, 5)[:, None])
    every, asked = places(spectrum, rows)
    np.testing.assert_allclose(every[asked], rows)
    assert (np.diff(every[:, 1]) > 0).all()
    fine = LINEAR.design(np.linspace(-0.4, 12.0, 2001)[:, None])
    root = random.standard_normal((2, 2))
    covariance, off = root @ root.T + 0.1 * np.eye(2), random.standard_normal((300, 2))

    def size(at):
        return np.sqrt(np.einsum("tp,pq,tq->t", at, covariance, at))

    lean = np.einsum("tp,pq,tq->t", every[1:], covariance, every[:-1]) / (size(every)[1:] * size(every)[:-1])
    told = farthest(every @ off.T / size(every)[:, None], lean[:, None])
    np.testing.assert_allclose(told, np.abs(fine @ off.T / size(fine)[:, None]).max(0), rtol=1e-4)


def test_a_truth_farthest_out_between_two_places_is_looked_for_only_where_that_decides():
    random = np.random.default_rng(2)
    probit, lean = random.normal(0, 1.2, (6, 4, 300)), np.full((5, 4, 1), 0.9) - 0.1 * np.arange(4)[:, None]
    whole = farthest(probit, lean)
    low, high = 1.5, 1.6
    told = farthest(probit, lean, (low * np.sqrt(0.5 * (1 + lean.min(0)))), high)
    for end in (low, 1.55, high):
        np.testing.assert_array_equal(told < end, whole < end)
    assert (told != whole).mean() > 0.1


ALONG = [
    ("few", "exact", 0.9, "width"),
    ("few", "exact", 0.99, "noise"),
    ("few", "vi_fullrank", 0.9, "width"),
    ("bad sensor", "exact", 0.8, "noise"),
    ("bad sensor", "vi_meanfield", 0.9, "width"),
    ("many", "exact", 0.9, "width"),
    ("houses", "exact", 0.9, "width"),
    ("houses", "prior", 0.9, "width"),
]


def track(name, method, handle, place, count=25, worlds=800, seed=6):
    """Return where a handle stands, at a place of its track, and the track's widths and noises."""
    world, prior, rows, truth, range_, (width, noise) = scene(name)
    values = np.geomspace(*range_, count) if handle == "width" else noise * np.geomspace(0.25, 4, count)
    widths = values if handle == "width" else np.full(count, width)
    noises = values if handle == "noise" else np.full(count, noise)
    repeats = Repeats.of(world, worlds, seed, LINEAR.design(world.x), rows, truth)
    return Home(repeats, method, float(widths[place]), float(noises[place]), prior), widths, noises


@pytest.mark.parametrize(("name", "method", "level", "handle"), ALONG)
def test_shares_along_a_handle_are_those_of_all_worlds_within_the_error_that_is_said(name, method, level, handle):
    """Whole data sets are the oracle, with nodes of sigma for all of them."""
    world, prior, rows, truth, *_ = scene(name)
    home, widths, noises = track(name, method, handle, 15)
    some = slice(1, None, 2)
    y = world.repeated(800, noises[some], 6)
    oracle = coverage(LINEAR.design(world.x), y, widths[some], prior, rows, truth, level, method)
    expected = np.stack([oracle.pointwise, oracle.whole])
    for effort, near in ((QUICK, 0.01), (FULL, 0.006)):
        told = home.along(widths, noises, 15, level, effort)
        own = told.coverage
        off = np.abs(np.stack([own.pointwise, own.whole])[:, some] - expected)
        said = np.stack([own.pointwise_mcse, own.whole_mcse])[:, some]
        assert (off[:, 7] <= 0.012).all()  # all worlds, where the handle stands
        assert (off <= np.maximum(said, 0.012)).all()
        assert np.sqrt((np.minimum(off, 0.1) ** 2).mean()) < near
        assert (told.home, told.few, own.worlds) == (15, effort.few, 800)


def counted(home, widths, noises, level):
    """Return the shares (2, V) of all worlds, asked at every position."""
    shares = []
    for width, noise in zip(widths, noises, strict=True):
        here = Home(home.repeats, home.method, float(width), float(noise), home.prior)
        shares.append(here.counted(edge(level)).shares[:, 0])
    return np.transpose(shares)


@pytest.mark.parametrize("handle", ["width", "noise"])
@pytest.mark.parametrize("method", ["exact", "vi_meanfield", "vi_fullrank", "prior"])
@pytest.mark.parametrize("name", SCENES)
def test_what_is_said_of_the_error_bounds_it_wherever_the_handles_stand(name, method, handle):
    """Against all worlds asked at every position: seeds, levels, and a handle at either end and in between."""
    for seed, level, place in ((1, 0.8, 0), (2, 0.9, 17), (3, 0.95, 40), (4, 0.99, 30)):
        home, widths, noises = track(name, method, handle, place, 41, 1000, seed)
        expected = counted(home, widths, noises, level)
        for effort in (QUICK, FULL):
            own = home.along(widths, noises, place, level, effort).coverage
            off = np.abs(np.stack([own.pointwise, own.whole]) - expected)
            assert (off <= np.stack([own.pointwise_mcse, own.whole_mcse]) + 1e-9).all()
            np.testing.assert_allclose(off[:, place], 0, atol=1e-12)


def test_positions_are_asked_where_shares_change():
    """A prior that forbids the truth on half of the track: positions gather where it begins to allow it."""
    home, widths, noises = track("many", "exact", "width", 25, 41, 500)
    told = home.along(widths, noises, 25, 0.9, QUICK)
    first = 12  # every fourth, and home
    assert told.asked > first
    wide = np.geomspace(60.0, 100.0, 41)
    calm = Home(home.repeats, "exact", 60.0, home.noise, home.prior)
    assert calm.along(wide, noises, 0, 0.9, QUICK).asked == first - 1


def test_a_truth_that_crosses_a_band_between_two_positions_is_not_missed():
    """Far above the band at one position and far below at the next, with next to no share at either."""
    shares, none = np.zeros((2, 2)), np.zeros((2, 2))
    above, below = np.array([[1.0, 0.0]]), np.array([[0.0, 1.0]])
    np.testing.assert_array_equal(Told(shares, none, none, np.stack([above, below])).change(), 1.0)
    np.testing.assert_array_equal(Told(shares, none, none, np.stack([1 - 0 * above, 0 * below])).change(), 0.0)


@pytest.mark.parametrize("method", ["exact", "vi_meanfield", "prior"])
def test_truths_from_the_prior_are_counted_as_by_drawing_whole_data_sets(method):
    world, prior, rows, *_ = scene("bad sensor")
    design, widths = LINEAR.design(world.x), np.array([1.2, 8.0, 60.0])
    slow = coverage_over_prior(design, widths, prior, rows, 0.9, method, 1000, 3)
    quick = average_coverage(design, widths, prior, rows, 0.9, method, 1000)
    for one in ("pointwise", "whole"):
        error = np.hypot(getattr(slow, f"{one}_mcse"), getattr(quick, f"{one}_mcse"))
        assert (np.abs(getattr(slow, one) - getattr(quick, one)) < 3.5 * error).all()


def test_the_exact_band_keeps_its_promise_over_the_prior():
    world, prior, rows, *_ = scene("few")
    told = average_coverage(LINEAR.design(world.x), np.array([0.5, 5.0, 90.0]), prior, rows, 0.8, "exact", 3000)
    np.testing.assert_allclose(told.pointwise, 0.8, atol=0.025)
