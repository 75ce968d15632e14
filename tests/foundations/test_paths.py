"""How beliefs move while data come in, against loops that learn one observation after another."""

from __future__ import annotations

import math

import numpy as np
import pytest

from bayes_core.conjugate import Beta
from bayes_core.foundations.conjugate.belief import Seen
from bayes_core.foundations.conjugate.families import FAMILIES, around
from bayes_core.foundations.conjugate.paths import evidence_paths, mean_path, means_reached, powers_reached, pull

DATA = {
    "beta": np.array([1, 1, 0, 1, 0, 1, 1.0]),
    "normal": np.array([3.1, -0.4, 5.5, 2.2, 2.9]),
    "gamma": np.array([2, 0, 7, 3, 1.0]),
}
MEANS, WORTHS = np.array([0.3, 0.55, 0.9]), np.array([12.0, 0.4, 3.0])
each = pytest.mark.parametrize("family", FAMILIES)


def steps(family: str, mean: float, worth: float) -> tuple[list[float], list[float]]:
    """Return the log evidence and the mean after 0, 1, ... observations, learnt one at a time."""
    now, total, means = around(family, mean, worth, 2.3), 0.0, []
    evidence = [0.0]
    means.append(float(now.mean))
    for y in DATA[family]:
        total += float(now.log_predictive(np.array([y]))[0])
        now = now.learn(Seen.of([y]))
        evidence.append(total)
        means.append(float(now.mean))
    return evidence, means


@each
def test_a_path_of_means_learns_one_observation_after_another(family):
    places = np.array([0, 1, 3, len(DATA[family])])
    seen = Seen.along(DATA[family]).at(places)
    found = mean_path(around(family, MEANS, WORTHS, 2.3), seen)
    for v, (mean, worth) in enumerate(zip(MEANS, WORTHS, strict=True)):
        np.testing.assert_allclose(found[v], np.array(steps(family, mean, worth)[1])[places], rtol=1e-10)
    alone = mean_path(around(family, MEANS[1], WORTHS[1], 2.3), seen)
    np.testing.assert_allclose(alone, found[1:2])


@each
def test_evidence_over_a_rival_is_a_sum_of_predictions(family):
    seen = Seen.along(DATA[family])
    rivals = {"mine": around(family, MEANS, WORTHS, 2.3), "yours": around(family, 0.7, 5.0, 2.3)}
    found = evidence_paths(rivals, around(family, 0.5, 2.0, 2.3), seen)
    flat = np.array(steps(family, 0.5, 2.0)[0])
    assert [rows.shape for rows in found.values()] == [(3, len(flat)), (1, len(flat))]
    for v, (mean, worth) in enumerate(zip(MEANS, WORTHS, strict=True)):
        exact = (np.array(steps(family, mean, worth)[0]) - flat) / math.log(10)
        np.testing.assert_allclose(found["mine"][v], exact, atol=1e-10)
    np.testing.assert_allclose(
        found["yours"][0], (np.array(steps(family, 0.7, 5.0)[0]) - flat) / math.log(10), atol=1e-10
    )


@each
def test_prior_and_data_share_the_posterior_mean(family):
    prior, seen = around(family, MEANS, WORTHS, 2.3), Seen.of(DATA[family])
    own, rest = pull(prior, seen)
    np.testing.assert_allclose(own + rest, 1)
    np.testing.assert_allclose(prior.learn(seen).mean, own * MEANS + rest * DATA[family].mean(), rtol=1e-12)
    np.testing.assert_array_equal(pull(prior, Seen.of([])).prior, 1)


def test_an_axis_of_evidence_holds_every_path_both_ways():
    paths = {"moving": np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), "still": np.array([[7.0, 8.0, -9.0]])}
    assert powers_reached(paths) == 11.0
    assert powers_reached({"flat": np.zeros((1, 3))}) == 1.0


def test_an_axis_of_means_holds_what_paths_reach_and_stays_where_they_do():
    random = np.random.default_rng(5)
    prior, values = Beta(5.0, 5.0), (random.random(400) < 0.8).astype(float)
    along = Seen.along(values).at(np.array([0, 1, 3, 10, 400]))
    heads = np.array([values[:n].sum() for n in (0, 1, 3, 10, 400)])
    means = (5 + heads) / (10 + np.array([0, 1, 3, 10, 400]))  # by counting
    low, high = means_reached({"one": mean_path(prior, along)}, 0.44, 0.6)
    assert low <= means.min()
    assert means.max() <= high <= means.max() + 0.1
    assert means_reached({"one": mean_path(prior, along)}, 0.0, 1.0) == (0.0, 1.0)
