"""Networks of pictures against convolutions and slopes that know nothing of them."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.signal import correlate

from bayes_core import Dataset, Prior, ask
from bayes_core.inference.pictures import Problem
from bayes_core.models import Convolutional, Dense
from bayes_core.models.pictures import LastLayer, pictures


def drawn(model, seed=3):
    random = np.random.default_rng(seed)
    return {site: random.normal(0, 0.4, (1, *shape)) for site, shape in model.shapes().items()}


def lopsided(rows=5):
    return np.random.default_rng(1).gamma(0.5, 0.4, (rows, 64))


def test_filters_are_correlations_with_every_place():
    model, x = Convolutional(3), lopsided()
    draws = drawn(model)
    kernel, bias = draws["kernel"][0], draws["bias1"][0]
    hidden = np.empty((5, 4, 4, 3))
    for n, picture in enumerate(x.reshape(5, 8, 8)):
        for c in range(3):
            seen = np.maximum(correlate(picture, kernel[:, c].reshape(3, 3), "same") + bias[c], 0)
            hidden[n, :, :, c] = seen.reshape(4, 2, 4, 2).mean((1, 3))
    f = hidden.reshape(5, -1) @ draws["weight"][0] + draws["bias"][0]
    np.testing.assert_allclose(model.functions(draws, x)[0], f, atol=2e-5)


def test_one_layer_is_what_it_says():
    model, x = Dense(4), lopsided()
    draws = drawn(model)
    h = np.maximum(x @ draws["weight1"][0] + draws["bias1"][0], 0)
    np.testing.assert_allclose(model.functions(draws, x)[0], h @ draws["weight"][0] + draws["bias"][0], atol=2e-5)


def test_a_last_layer_reads_its_own_draws_over_fixed_filters():
    model, x = Convolutional(3), lopsided()
    draws = drawn(model)
    inner = {site: draws[site][0].astype(np.float32) for site in ("kernel", "bias1")}
    last = LastLayer(model, inner).functions({site: draws[site] for site in ("weight", "bias")}, x)
    np.testing.assert_allclose(last, model.functions(draws, x), atol=2e-5)


@pytest.mark.parametrize("model", [Dense(3), Convolutional(2)], ids=lambda m: m.name)
def test_the_slope_by_hand_is_that_of_the_loss(model):
    data = Dataset(lopsided(150), np.arange(150) % 10 * 1.0, "classification", classes=tuple("0123456789"))
    problem = Problem.of(ask(data, model, "map", Prior(2.0)))
    random = np.random.default_rng(5)
    z = random.normal(0, 0.6, problem.size).astype(np.float32)
    way = random.normal(0, 1, problem.size).astype(np.float32)
    slope = problem.loss(z)[1] @ way
    step = np.float32(3e-3)
    ahead, behind = (problem.loss(z + sign * step * way)[0] for sign in (1, -1))
    assert slope == pytest.approx((ahead - behind) / (2 * float(step)), rel=0.02)


def test_other_pictures_and_other_classes_are_refused():
    with pytest.raises(ValueError, match="63 columns"):
        pictures(np.ones((1, 63)))
    three = Dataset(lopsided(3), np.arange(3.0), "classification")
    with pytest.raises(ValueError, match="3 classes and the network has 10"):
        Problem.of(ask(three, Dense(), "map"))
    with pytest.raises(ValueError, match="does not answer"):
        ask(three, Dense(), "nuts")
