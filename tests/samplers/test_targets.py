"""Targets: gradients against differences, moments against closed forms and the house's exact posterior."""

from __future__ import annotations

import numpy as np
import pytest

from bayes_core.data import houses
from bayes_core.inference.linear_posterior import solve
from bayes_core.inference.sigma import Spectrum
from bayes_core.models import Linear
from bayes_core.samplers.reference import reference, rings
from bayes_core.samplers.targets import BEGINNINGS, PRIOR, SALES, SURFACE, TARGETS, target


@pytest.mark.parametrize("name", TARGETS)
def test_gradients_are_differences_and_one_point_is_as_many(name):
    aim = target(name)
    for x, y in [*BEGINNINGS[name][0], *BEGINNINGS[name][1][:1]]:
        value, *slopes = aim.log(x, y)
        other = aim.log(*BEGINNINGS[name][2][0])[0]
        far = aim.many(np.array([x, BEGINNINGS[name][2][0][0]]), np.array([y, BEGINNINGS[name][2][0][1]]))
        assert value - other == pytest.approx(far[0] - far[1], rel=1e-9, abs=1e-9)  # both up to the same constant
        for k, (slope, (low, high)) in enumerate(zip(slopes, aim.box, strict=True)):
            h = 1e-6 * (high - low)
            step = np.array([h, 0.0]) if k == 0 else np.array([0.0, h])
            ahead, behind = (aim.log(x + s * step[0], y + s * step[1])[0] for s in (1, -1))
            assert slope == pytest.approx((ahead - behind) / (2 * h), rel=1e-4, abs=1e-4)


def test_moments_of_shapes_are_those_of_their_formulas():
    assert reference("banana").mean == pytest.approx([0, 0], abs=1e-5)
    assert np.diag(reference("banana").cov) == pytest.approx([1, 2 + 0.4**2], rel=1e-4)
    assert reference("funnel").cov[1, 1] == pytest.approx(1.3**2, rel=2e-3)
    low, high = np.array([-1.9, -0.9]), np.array([1.9, 1.1])
    assert reference("humps").mean == pytest.approx(0.6 * low + 0.4 * high, abs=1e-6)
    apart = 0.24 * np.outer(high - low, high - low)
    within = 0.6 * np.diag([0.6**2, 0.9**2]) + 0.4 * np.diag([0.7**2, 0.5**2])
    assert reference("humps").cov == pytest.approx(apart + within, rel=1e-6)


def test_a_line_is_the_linear_pages_posterior():
    data, one = houses(*SALES).dataset(), np.ones(1)
    spectrum = Spectrum.of(Linear().design(data.x))
    for name, known in (("line", True), ("noise", False)):
        exact = solve(spectrum, data.y[None], PRIOR.width * one, PRIOR.noise * one, known)
        mean, sd = exact.moments(np.array([[0.0, 1.0], [1.0, SURFACE]]))
        places = 2 if known else 1
        assert reference(name).mean[:places] == pytest.approx(mean[0, :places], rel=1e-4)
        assert reference(name).sd[:places] == pytest.approx(sd[0, :places], rel=1e-4)
        if not known:
            sigma = exact.sigma_density(grid := np.linspace(15, 200, 4000))[0]
            told = np.average(np.log(grid), weights=sigma)
            assert reference(name).mean[1] == pytest.approx(told, rel=1e-3)


def test_a_networks_posterior_is_the_same_with_both_signs_turned():
    aim = target("weights")
    assert aim.log(1.3, -0.7)[0] == pytest.approx(aim.log(-1.3, 0.7)[0])
    assert reference("weights").mean == pytest.approx([0, 0], abs=1e-9)


@pytest.mark.parametrize("name", TARGETS)
def test_regions_hold_what_they_say(name):
    """Draw from the target on a grid, and count inside the outlines by the parity of crossings."""
    aim, rng = target(name), np.random.default_rng(3)
    (x0, x1), (y0, y1) = aim.box
    x, y = rng.uniform(x0, x1, 60_000), rng.uniform(y0, y1, 60_000)
    weight = np.exp((log := aim.many(x, y)) - log.max())
    for level, each in reference(name).outlines.items():
        inside = np.zeros(len(x), int)
        for ring in each:
            a, b = ring, np.roll(ring, -1, 0)
            for (ax, ay), (bx, by) in zip(a.tolist(), b.tolist(), strict=True):
                if ay != by:
                    inside += ((ay > y) != (by > y)) & (x < ax + (y - ay) * (bx - ax) / (by - ay))
        share = weight[inside % 2 == 1].sum() / weight.sum()
        assert share == pytest.approx(level, abs=0.05 if name == "funnel" else 0.025)  # its tail leaves the picture


def test_a_ring_with_a_hole_is_two_rings():
    u, v = np.meshgrid(np.linspace(-1, 1, 61), np.linspace(-1, 1, 61), indexing="ij")
    found = rings(-np.abs(np.hypot(u, v) - 0.6), -0.2, (-1.0, 1.0), (-1.0, 1.0))
    assert sorted(round(float(np.hypot(*ring.T).mean()), 2) for ring in found) == [0.4, 0.8]
