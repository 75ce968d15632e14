"""The meter along a handle, read off few worlds at few positions, against all worlds asked at every position."""

from __future__ import annotations

import numpy as np
import pytest

from bayes_core import Linear
from bayes_core.data import blog, houses, sleep
from bayes_core.evaluation.average import average_coverage
from bayes_core.evaluation.coverage import MAKERS, coverage, coverage_over_prior, held_line
from bayes_core.evaluation.coverage_along import FULL, QUICK, Home, evenly
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
        one = np.ones(len(y))
        seen = Projection.of(spectrum, y)
        found = probits(method, spectrum, seen, width * one, prior * one, every, truth[None] @ every.T)
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


@pytest.mark.parametrize(("name", "method", "level", "handle"), ALONG)
def test_shares_along_a_handle_are_those_of_all_worlds_within_the_error_that_is_said(name, method, level, handle):
    world, prior, rows, truth, range_, (width, noise) = scene(name)
    values = np.geomspace(*range_, 25) if handle == "width" else noise * np.geomspace(0.25, 4, 25)
    position = 15
    values = np.sort(np.append(np.delete(values, position), width if handle == "width" else noise))
    position = int(np.searchsorted(values, width if handle == "width" else noise))
    widths = values if handle == "width" else np.full(25, width)
    noises = values if handle == "noise" else np.full(25, noise)
    design, worlds = LINEAR.design(world.x), 800
    home = Home(Repeats.of(world, worlds, 6, design, rows, truth), method, width, noise, prior)
    every = slice(None, None, 2) if position % 2 == 0 else slice(1, None, 2)
    y = world.repeated(worlds, noises[every], 6)
    oracle = coverage(design, y, widths[every], prior, rows, truth, level, method)
    expected = np.stack([oracle.pointwise, oracle.whole])
    for effort, near, share in ((QUICK, 0.02, 0.85), (FULL, 0.01, 0.85)):
        told = home.along(np.log(values), widths, noises, position, level, effort)
        own = told.coverage
        off = np.abs(np.stack([own.pointwise, own.whole])[:, every] - expected)
        said = np.stack([own.pointwise_mcse, own.whole_mcse])[:, every]
        assert (off[:, position // 2] <= 0.012).all()  # all worlds, where the handle stands
        assert (off <= np.maximum(said, 0.002)).mean() > share  # standard errors
        assert (off <= np.maximum(2.5 * said, 0.012)).all()
        assert np.sqrt((np.minimum(off, 0.1) ** 2).mean()) < near
        assert told.home == position
        assert told.worlds == (QUICK.shown if effort is QUICK else worlds)
        assert own.worlds == worlds


def test_positions_are_asked_where_shares_change():
    """A prior that forbids the truth on half of the track: positions gather where it begins to allow it."""
    world, prior, rows, truth, range_, (width, noise) = scene("many")
    widths = np.geomspace(*range_, 41)
    widths[25] = width
    home = Home(Repeats.of(world, 500, 6, LINEAR.design(world.x), rows, truth), "exact", width, noise, prior)
    told = home.along(np.log(widths), widths, np.full(41, noise), 25, 0.9, QUICK)
    assert told.asked > QUICK.first
    calm = Home(home.repeats, "exact", 60.0, noise, prior)
    wide = np.geomspace(60.0, 100.0, 16)
    flat = calm.along(np.log(wide), wide, np.full(16, noise), 0, 0.9, QUICK)
    assert flat.asked <= QUICK.first + 1


@pytest.mark.parametrize("position", [0, 1, 20, 39, 40])
def test_the_first_positions_hold_both_ends_and_leave_home_to_itself(position):
    first = evenly(position, 40, 6)
    assert {0, 40} <= {*first, position}
    assert position not in first
    assert max(np.diff(sorted([*first, position]))) <= 10


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
