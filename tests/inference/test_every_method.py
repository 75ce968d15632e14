"""One contract for every method and every model, read from the registries."""

from __future__ import annotations

import pickle
from dataclasses import fields, replace
from importlib import import_module

import numpy as np
import pytest
from compiles import Compilations

from bayes_core import (
    METHODS,
    MODELS,
    Budget,
    Bumps,
    Cancelled,
    Dataset,
    Linear,
    Prior,
    answer_steps,
    ask,
    fit,
    fit_steps,
    methods_for,
    predict,
    summary,
)
from bayes_core.inference import Step
from bayes_core.inference.worker import Sent

SMALL = Budget(draws=60, warmup=60, chains=2, steps=60, chunk=25, members=4)
X = np.array([0.5, 1.0, 2.5, 4.0, 4.5, 7.0, 9.0])
DATA = Dataset.from_arrays(X, np.sin(X) + 0.3 * X)
ONLY_NETWORKS = tuple(method for method in METHODS if not METHODS[method].suits(MODELS["linear"]))
PAIRS = [(method, model) for method in METHODS for model in MODELS]
NO_MODE = {("map", "bumps"), ("laplace", "bumps")}  # with noise that is unknown: more bumps than points
SUITED = [(method, model) for method, model in PAIRS if METHODS[method].suits(MODELS[model])]
CASES = [pair for pair in SUITED if pair not in NO_MODE]
OTHER = {"draws": 70, "warmup": 70, "chains": 3, "steps": 900, "chunk": 20, "members": 5}
OTHER |= {"dropout_rate": 0.3, "kl_weight": 2.0, "batch": 3}
SIZES = {"map": 1, "ensemble": 4, "anchored": 4, "dropout": 400}
LINES = [method for method in METHODS if method not in ONLY_NETWORKS]


def run(method, model, seed=3, prior=None, **settings):
    return fit(DATA, model, method, prior or Prior(1.0, 1.0), small(method), seed, **settings)


def small(method):
    return SMALL.only(METHODS[method].reads)


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
    sent, asked = (pickle.loads(pickle.dumps(one)) for one in (Sent.of(answer), answer.question))
    assert (asked, hash(asked)) == (answer.question, hash(answer.question))
    np.testing.assert_array_equal(predict(sent.answering(asked), np.linspace(0, 9, 5)).f, predicted.f)
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


@pytest.mark.parametrize("method", [method for method, model in SUITED if model == "mlp"])
def test_a_site_with_a_width_of_its_own_is_read_by_every_method_and_compiles_nothing(method):
    """Biases that may hardly move, under targets of size three: no method may put them there."""
    known = Prior(2.0, 0.5, noise_known=True)
    run(method, "mlp", prior=known)  # compiled by the test before, unless it is left out
    with Compilations() as seen:
        answer = run(method, "mlp", prior=replace(known, widths={"bias": 1e-3, "bias1": 1e-4}))
    assert seen.count == 0
    assert np.abs(answer.draws["bias"]).max() < 0.02  # a dozen prior sds and more
    assert np.abs(answer.draws["bias1"]).max() < 0.002
    assert np.abs(answer.draws["weight1"]).max() > 0.1


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
    steps = fit_steps(DATA, "linear", "nuts", Prior(2.0, 0.5), small("nuts"))
    next(steps)
    steps.close()


@pytest.mark.parametrize(("method", "model"), PAIRS)
def test_a_method_answers_for_the_models_that_it_says_it_suits_and_for_no_other(method, model):
    known = Prior(1.0, 0.5, noise_known=True)
    suited = METHODS[method].suits(MODELS[model])
    assert (method in methods_for(model)) == suited
    if suited:
        assert run(method, model, prior=known).diagnostics.complete
        return
    with pytest.raises(ValueError, match=r"use method='nuts'|use another method"):
        run(method, model, prior=known)


def test_a_model_of_ones_own_suits_what_it_can_be_run_by():
    class Bare:
        name = "bare"

        def functions(self, draws, x):
            return np.zeros((1, len(x), 1))

    assert methods_for(Bare()) == ()
    assert set(methods_for(Linear(Bumps(0.0, 9.0, 5), name="mine"))) == set(methods_for("linear"))
    assert methods_for(Bare(), "classification") == ()


@pytest.mark.parametrize("method", METHODS)
def test_a_budget_with_a_field_that_is_not_read_is_refused_by_name(method):
    model = "mlp" if method in ONLY_NETWORKS else "linear"
    reads = METHODS[method].reads
    assert reads <= {field.name for field in fields(Budget)}
    for field in fields(Budget):
        one = Budget(**{field.name: OTHER[field.name]})
        if field.name in reads:
            assert ask(DATA, model, method, budget=one).budget == one
            continue
        with pytest.raises(
            ValueError, match=rf"^{method} does not read budget\.{field.name}: .*; leave it out$"
        ) as told:
            fit(DATA, model, method, budget=one)
        for name in reads:
            assert f"budget.{name}" in str(told.value)
        with pytest.raises(ValueError, match="does not read"):
            next(answer_steps(replace(ask(DATA, model, method), budget=one)))


def test_what_ends_a_method_that_reads_nothing_is_said():
    with pytest.raises(
        ValueError, match=r"^hmc does not read budget\.draws and budget\.batch: it draws until .* converge;"
    ):
        fit(DATA, "mlp", "hmc", budget=Budget(draws=10, batch=3))
    assert all(method.reads or method.ends for method in METHODS.values())


LOOKED_AT: set[str] = set()


class Overheard(Budget):
    """A budget that remembers which of its fields were looked at."""

    def __getattribute__(self, name):
        LOOKED_AT.add(name)
        return super().__getattribute__(name)


@pytest.mark.usefixtures("float64")
@pytest.mark.parametrize("method", METHODS)
def test_a_method_reads_what_it_says_and_nothing_else(method):
    seen = set()
    for model in (model for name, model in SUITED if name == method):
        question = ask(DATA, model, method, Prior(1.0, 1.0, noise_known=True), small(method))
        overheard = Overheard(**vars(question.budget))
        LOOKED_AT.clear()
        *_, last = import_module(METHODS[method].module).steps(replace(question, budget=overheard))
        assert last.fit is not None
        seen |= LOOKED_AT
    assert seen & {field.name for field in fields(Budget)} == METHODS[method].reads


@pytest.mark.parametrize("method", ONLY_NETWORKS)
def test_methods_of_networks_refuse_lines_and_say_what_to_use(method):
    with pytest.raises(ValueError, match=r"use (method='nuts'|another method)"):
        run(method, "linear")


@pytest.mark.parametrize("method", LINES)
@pytest.mark.parametrize("scale", [1e12, 1e-12])
def test_extreme_units_scale_the_answer(method, scale):
    """Multiplying y, width and noise by a number multiplies every parameter by it."""
    plain = run(method, "linear", prior=Prior(2.0, 0.5))
    scaled = fit(
        Dataset.from_arrays(X, DATA.y * scale), "linear", method, Prior(2.0 * scale, 0.5 * scale), small(method), 3
    )
    np.testing.assert_allclose(scaled.draws["coef"].mean(), plain.draws["coef"].mean() * scale, rtol=0.02)
    np.testing.assert_allclose(np.median(scaled.noise), np.median(plain.noise) * scale, rtol=0.02)


@pytest.mark.parametrize("method", [m for m in LINES if m not in ("map", "laplace", "ensemble")])
def test_one_row_constant_x_and_collinear_columns_have_an_answer(method):
    for data in (
        Dataset.from_arrays([2.0], [3.0]),
        Dataset.from_arrays([1.0, 1.0, 1.0, 1.0], [2.0, 2.5, 1.9, 2.2]),
        Dataset.from_arrays(np.column_stack([X, 2 * X]), DATA.y),
    ):
        answer = fit(data, "linear", method, Prior(2.0, 0.5), small(method), 1)
        assert np.isfinite(answer.draws["coef"]).all()
        assert np.isfinite(answer.noise).all()
