"""Maps of classes against the draws themselves, scipy's entropies, and a plane laid by hand."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from scipy import special, stats

from bayes_core import Budget, Dataset, Mlp, Prior, fit, predict
from bayes_core.data import blobs, moons
from bayes_core.evaluation.class_map import ClassMap, Plane, class_map, class_score, draws_over, entropy
from bayes_core.figures.class_map import ODDS, SURE, doubts, draws, tints
from bayes_core.figures.film import pack
from bayes_core.figures.frames import Frames

PLANE = Plane((0, 1), (-3.0, 2.0), (-1.0, 4.0), (0.0, 0.0))


@cache
def answer(make=moons):
    data = make(n=30, seed=2).dataset()
    return fit(data, Mlp((3,)), "prior", Prior(2.0), Budget(draws=120, chains=1), seed=4)


def test_a_plane_turns_two_inputs_and_holds_the_rest():
    plane = Plane((2, 0), (0.0, 4.0), (10.0, 11.0), (7.0, 8.0, 9.0))
    made = plane.places(3)
    assert made.shape == (9, 3)
    np.testing.assert_array_equal(made[:, 1], 8.0)
    np.testing.assert_array_equal(made[:3, 2], [0, 2, 4])
    np.testing.assert_array_equal(made[::3, 0], [10, 10.5, 11])
    np.testing.assert_array_equal(plane.at(1.5, 10.25), [[10.25, 8.0, 1.5]])


@pytest.mark.parametrize("make", [moons, blobs])
def test_a_map_is_the_mean_of_the_draws_and_its_doubt_adds_up(make):
    found, places = class_map(answer(make), PLANE.places(9)), PLANE.places(9)
    p = predict(answer(make), places).probabilities
    np.testing.assert_allclose(found.probabilities, p.mean(0), atol=2e-6)
    np.testing.assert_allclose(found.expected, stats.entropy(p, base=2, axis=-1).mean(0), atol=1e-5)
    np.testing.assert_allclose(found.total, stats.entropy(p.mean(0), base=2, axis=-1), atol=1e-5)
    np.testing.assert_allclose(found.expected + found.mutual, found.total, atol=1e-12)
    apart = special.rel_entr(p, p.mean(0)).sum(-1).mean(0) / np.log(2)
    np.testing.assert_allclose(found.mutual, apart, atol=1e-5)
    assert found.share_surer(0.6) == (p.mean(0).max(-1) > 0.6).mean()


def test_one_draw_has_no_mutual_information():
    one = fit(answer().question.dataset, Mlp((3,)), "prior", Prior(2.0), Budget(draws=1, chains=1))
    np.testing.assert_allclose(class_map(one, PLANE.places(5)).mutual, 0, atol=1e-6)


def test_a_map_in_blocks_is_the_map_in_one_piece(monkeypatch):
    whole = class_map(answer(blobs), PLANE.places(9))
    monkeypatch.setattr("bayes_core.evaluation.class_map._BLOCK", 12_000)  # ten places at a time
    np.testing.assert_allclose(class_map(answer(blobs), PLANE.places(9)).probabilities, whole.probabilities, atol=1e-7)


def test_few_draws_are_spread_over_all():
    kept = draws_over(answer(), PLANE.places(4), 7)
    f = predict(answer(), PLANE.places(4)).f[:, :, 0]
    rows = np.linspace(0, 119, 7).round().astype(int)
    np.testing.assert_allclose(kept[:, 0], f[rows], atol=1e-4)
    three = draws_over(answer(blobs), PLANE.places(4), 7)
    assert three.shape == (7, 2, 16)
    p = predict(answer(blobs), PLANE.places(4)).probabilities[rows]
    np.testing.assert_allclose(three, np.log(p[:, :, 1:] / p[:, :, :1]).swapaxes(1, 2), atol=1e-4)


def test_the_score_is_that_of_the_averaged_probabilities():
    fresh = moons(n=30, seed=2).another(200, 7).dataset()
    found = class_score(answer(), fresh)
    p = predict(answer(), fresh.x).probabilities.mean(0)
    own = np.log(p[np.arange(200), fresh.y.astype(int)])
    right = (p.argmax(1) == fresh.y).mean()
    assert found.right == right
    assert found.right_error == pytest.approx(np.sqrt(right * (1 - right) / 200))
    assert found.log_score == pytest.approx(own.mean(), rel=1e-4)
    assert found.log_error == pytest.approx(own.std() / np.sqrt(200), rel=1e-4)


def test_numbers_have_no_map():
    line = Dataset.from_arrays([0.0, 1.0, 2.0], [0.0, 1.0, 2.1])
    with pytest.raises(ValueError, match="a map of classes needs classes"):
        class_map(fit(line, method="exact"), np.zeros((1, 1)))


def test_entropy_is_scipys():
    p = np.random.default_rng(1).dirichlet([0.3, 1, 2], 50)
    np.testing.assert_allclose(entropy(p), stats.entropy(p, base=2, axis=1), rtol=1e-12)


# ---------------------------------------------------------------------------------------------- what the browser gets
def some(k, seed=3):
    p = np.random.default_rng(seed).dirichlet(np.ones(k), 20)
    return ClassMap(p, 0.6 * entropy(p))


@pytest.mark.parametrize("classes", [2, 3])
def test_a_film_of_maps_is_bytes_and_says_what_it_was_made_of(classes):
    maps = {1: some(classes), 3: some(classes, 4)}
    film = pack(Frames("width", np.ones(5), {**tints(maps, 5), **doubts(maps, 5, classes)}, {}))
    assert film.step("map.p") == film.step("map.mi") == 1.0  # whole numbers are sent as they are
    for v, one in maps.items():
        odds = film.row("map.p", v).reshape(classes - 1, -1) / SURE
        wanted = np.clip(special.logit(one.probabilities[:, 1:].T), -6, 6)
        np.testing.assert_allclose(odds, wanted, atol=0.51 / SURE)
        np.testing.assert_allclose(film.row("map.mi", v) / 255 * np.log2(classes), one.mutual, atol=0.01)
    assert np.isnan(film.row("map.p", 0)).all()


def test_a_probability_of_one_is_told_as_the_largest_there_is():
    sure = ClassMap(np.array([[0.0, 1.0], [1.0, 0.0]]), np.zeros(2))
    np.testing.assert_array_equal(tints({0: sure}, 1)["map.p"], [[6 * SURE, -6 * SURE]])


def sent(odds):
    """Return the log odds (S, K - 1, G) that the browser reads."""
    told = draws(odds, 3)
    np.testing.assert_array_equal(told["draws.at"], [[3, len(odds)]])
    assert np.abs(told["draws"]).max() <= 128
    return told["draws"].reshape(odds.shape) / told["draws.levels"][0][:, None, None]


def test_draws_are_told_where_the_handle_stands_only():
    odds = np.random.default_rng(5).normal(0, 6, (4, 2, 9))
    mild = odds.max(1) < 127 / ODDS
    assert 0 < mild.sum() < mild.size
    told, clipped = (v.swapaxes(1, 2)[mild] for v in (sent(odds), np.clip(odds, -8, 127 / ODDS)))
    np.testing.assert_allclose(told, clipped, atol=0.5 / ODDS)


def test_two_classes_that_both_rule_out_the_first_keep_their_boundary():
    """What is sent is a byte; log odds of 30 and 29 against the first class are still one nat apart."""
    odds = np.array([[[30.0, 3.0, -2.0, 9.0], [29.0, 4.5, -40.0, -1.0]]])
    told = sent(odds)
    np.testing.assert_allclose(told[0, 0] - told[0, 1], [1.0, -1.5, 6.0, 10.0], atol=1 / ODDS)
    np.testing.assert_allclose(told[0, :, 1], odds[0, :, 1])
    assert told[0, 0, 0] == pytest.approx(127 / ODDS)


def test_a_draw_that_is_nearly_flat_is_told_as_finely_as_a_byte_can():
    steep, flat = np.array([[-7.0, 5.0, 1.0]]), np.array([[0.013, -0.02, 0.001]])
    told = sent(np.stack([steep, flat, 0 * flat]))
    np.testing.assert_allclose(told[1], flat, atol=0.5 * 0.02 / 100)
    np.testing.assert_allclose(told[0], steep, atol=0.5 / ODDS)
    np.testing.assert_array_equal(told[2], 0.0)
