"""One contract for every method and every model, read from the registries."""

from __future__ import annotations

import numpy as np
import pytest

from bayes_core import METHODS, MODELS, Budget, Cancelled, Dataset, Prior, fit, fit_steps, predict, summary
from bayes_core.inference import Step

SMALL = Budget(draws=60, warmup=60, chains=2, steps=60, chunk=25, members=4)
X = np.array([0.5, 1.0, 2.5, 4.0, 4.5, 7.0, 9.0])
DATA = Dataset.from_arrays(X, np.sin(X) + 0.3 * X)
ONLY_NETWORKS = ("hmc", "dropout")
NO_ANSWER = {("map", "bumps"), ("laplace", "bumps")}  # no mode without noise
NO_ANSWER |= {("exact", "laplace"), ("exact", "mlp"), ("laplace", "laplace")}  # no closed form; a prior with a kink
NO_ANSWER |= {(method, model) for method in ONLY_NETWORKS for model in MODELS if model != "mlp"}
CASES = [(method, model) for method in METHODS for model in MODELS if (method, model) not in NO_ANSWER]
SIZES = {"map": 1, "ensemble": 4, "anchored": 4, "dropout": 400}
LINES = [method for method in METHODS if method not in ONLY_NETWORKS]


def run(method, model, seed=3, prior=None, **settings):
    return fit(DATA, model, method, prior or Prior(1.0, 1.0), SMALL, seed, **settings)


@pytest.mark.parametrize(("method", "model"), CASES)
def test_contract(method, model):
    answer = run(method, model)
    size = SIZES.get(method, len(answer.noise) if method == "hmc" else SMALL.draws * SMALL.chains)
    assert size > 0
    assert answer.method == method
    tangent = (method, model) == ("laplace", "mlp")
    assert (answer.model.network if tangent else answer.model) is MODELS[model]
    sites = set(MODELS["mlp"].shapes(1)) if model == "mlp" else {"intercept", "coef"}
    assert set(answer.draws) == (sites | {"mode"} if tangent else sites)
    assert answer.noise.shape == (size,)
    assert (answer.noise > 0).all()
    assert answer.diagnostics.complete
    assert answer.diagnostics.badge in ("exact", "sampled", "approximate", "not converged")
    assert answer.diagnostics.seconds > 0
    predicted = predict(answer, np.linspace(0, 9, 5))
    assert predicted.f.shape == (size, 5, 1)
    band = summary.band(predicted, 0.9, "observation")
    assert (band.lower < band.upper).all()
    rows = summary.named(summary.table(answer))
    assert ({"bias", "weight[0]", "sigma"} if model == "mlp" else {"intercept", "coef[0]", "sigma"}) <= set(rows)


@pytest.mark.parametrize(("method", "model"), CASES)
def test_the_seed_decides(method, model):
    first, again, other = run(method, model), run(method, model), run(method, model, seed=4)
    site = "weight" if model == "mlp" else "coef"
    np.testing.assert_array_equal(first.draws[site], again.draws[site])
    np.testing.assert_array_equal(first.noise, again.noise)
    if method != "map":
        assert not np.array_equal(first.draws[site], other.draws[site])


@pytest.mark.parametrize(("method", "model"), CASES)
def test_known_noise_is_kept(method, model):
    answer = run(method, model, prior=Prior(2.0, 0.5, noise_known=True))
    np.testing.assert_array_equal(answer.noise, 0.5)


@pytest.mark.parametrize("method", METHODS)
def test_progress_rises_and_ends_with_the_fit(method):
    seen: list[Step] = []
    answer = run(method, "mlp" if method in ONLY_NETWORKS else "linear", progress=seen.append)
    assert [step.done for step in seen] == sorted({step.done for step in seen})
    assert seen[-1].done == seen[-1].total
    assert seen[-1].fit is answer
    assert all(step.fit is None or not step.fit.diagnostics.complete for step in seen[:-1])


@pytest.mark.parametrize("method", METHODS)
def test_false_cancels(method):
    with pytest.raises(Cancelled, match=method):
        run(method, "mlp" if method in ONLY_NETWORKS else "linear", progress=lambda step: False)


def test_steps_can_be_abandoned():
    steps = fit_steps(DATA, "linear", "nuts", Prior(2.0, 0.5), SMALL)
    next(steps)
    steps.close()


@pytest.mark.parametrize("method", ONLY_NETWORKS)
def test_methods_of_networks_refuse_lines_and_say_what_to_use(method):
    with pytest.raises(ValueError, match=r"use (method='nuts'|another method)"):
        run(method, "linear")


@pytest.mark.parametrize("method", LINES)
@pytest.mark.parametrize("scale", [1e12, 1e-12])
def test_extreme_units_scale_the_answer(method, scale):
    """Multiplying y, width and noise by a number multiplies every parameter by it."""
    plain = run(method, "linear", prior=Prior(2.0, 0.5))
    scaled = fit(Dataset.from_arrays(X, DATA.y * scale), "linear", method, Prior(2.0 * scale, 0.5 * scale), SMALL, 3)
    np.testing.assert_allclose(scaled.draws["coef"].mean(), plain.draws["coef"].mean() * scale, rtol=0.02)
    np.testing.assert_allclose(np.median(scaled.noise), np.median(plain.noise) * scale, rtol=0.02)


@pytest.mark.parametrize("method", [m for m in LINES if m not in ("map", "laplace", "ensemble")])
def test_one_row_constant_x_and_collinear_columns_have_an_answer(method):
    for data in (
        Dataset.from_arrays([2.0], [3.0]),
        Dataset.from_arrays([1.0, 1.0, 1.0, 1.0], [2.0, 2.5, 1.9, 2.2]),
        Dataset.from_arrays(np.column_stack([X, 2 * X]), DATA.y),
    ):
        answer = fit(data, "linear", method, Prior(2.0, 0.5), SMALL, 1)
        assert np.isfinite(answer.draws["coef"]).all()
        assert np.isfinite(answer.noise).all()
