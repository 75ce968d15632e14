from __future__ import annotations

import numpy as np
import pytest

from bayes_core import METHODS, Budget, Dataset, Diagnostics, Fit, Predictive, Prior, ask, fit

X, Y = [1.0, 2.0, 4.0, 5.0], [1.1, 2.3, 3.9, 5.2]


@pytest.mark.parametrize(
    ("x", "y", "words"),
    [
        ([1.0, np.nan, 3.0], [1.0, 2.0, 3.0], ["x", "nan", "finite"]),
        ([1.0, 2.0], [1.0, np.inf], ["y", "inf", "finite"]),
        ([1.0, 2.0], [1.0], ["2 rows", "1"]),
        (["a", "b"], [1.0, 2.0], ["x", "'a'", "numbers"]),
        ([1.0, 2.0], ["3", "four"], ["y", "four", "numbers"]),
        (np.empty((0, 1)), [], ["0 rows", "at least one"]),
        (np.empty((2, 0)), [1.0, 2.0], ["0 columns"]),
        ([[1.0, 2.0], [3.0]], [1.0, 2.0], ["x", "numbers"]),
        ([1.0, 2.0], [[1.0, 2.0]], ["y", "2 axes"]),
    ],
)
def test_a_bad_dataset_is_named(x, y, words):
    with pytest.raises(ValueError, match=words[0]) as caught:
        Dataset.from_arrays(x, y)
    for word in words:
        assert word in str(caught.value)


@pytest.mark.parametrize("value", [0, -1.0, np.nan, np.inf, "wide", None])
@pytest.mark.parametrize("field", ["width", "noise"])
def test_a_bad_prior_is_named(field, value):
    with pytest.raises(ValueError, match="width" if field == "width" else "noise"):
        Prior(**{field: value})


@pytest.mark.parametrize("field", ["draws", "warmup", "chains", "steps", "chunk"])
@pytest.mark.parametrize("value", [0, -5, 2.5, "many", True, 10**9])
def test_a_bad_budget_is_named(field, value):
    with pytest.raises(ValueError, match=f"budget.{field}"):
        Budget(**{field: value})


def test_arrays_are_read_only():
    data = Dataset.from_arrays(X, Y)
    answer = fit(data, method="exact")
    for array in (data.x, data.y, answer.noise, answer.draws["coef"]):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1.0
    with pytest.raises(TypeError):
        answer.draws["coef"] = np.zeros(3)


def test_a_fit_checks_its_draws():
    question = ask(Dataset.from_arrays(X, Y), method="exact")
    with pytest.raises(ValueError, match="first axis must be S = 3"):
        Fit(question, {"intercept": np.zeros(2)}, np.ones(3), None, Diagnostics("exact"))


def test_a_predictive_checks_its_axes():
    with pytest.raises(ValueError, match=r"\(S, G\) = \(3, 2\)"):
        Predictive(np.zeros((2, 1)), np.zeros((2, 3, 1)), np.ones(3))


@pytest.mark.parametrize("seed", [-1, 2**32, 1.5, "1", True, None])
def test_a_bad_seed_is_named(seed):
    with pytest.raises(ValueError, match="seed"):
        fit(Dataset.from_arrays(X, Y), method="exact", seed=seed)


def test_unknown_names_are_answered_with_the_known_ones():
    data = Dataset.from_arrays(X, Y)
    with pytest.raises(ValueError, match=r"no method 'gibbs'.*exact.*nuts"):
        fit(data, method="gibbs")
    with pytest.raises(ValueError, match=r"no model 'forest'.*linear"):
        fit(data, model="forest")
    with pytest.raises(ValueError, match="the model is 3"):
        fit(data, model=3)
    with pytest.raises(ValueError, match=r"Dataset\.from_arrays"):
        fit([X, Y], method="exact")
    with pytest.raises(ValueError, match="classification"):
        fit(Dataset.from_arrays(X, [0, 1, 0, 1], task="classification"), method="exact")


@pytest.mark.parametrize("method", METHODS)
def test_other_inputs_than_the_fitted_ones_are_refused(method):
    from bayes_core import predict

    model = "mlp" if method in ("hmc", "dropout") else "linear"
    budget = Budget(draws=20, warmup=20, chains=1, steps=20).only(METHODS[method].reads)
    answer = fit(Dataset.from_arrays(X, Y), model, method, budget=budget)
    with pytest.raises(ValueError, match="predict with the inputs that were fitted"):
        predict(answer, np.ones((3, 2)))


def test_the_worst_that_chains_say():
    says = Diagnostics("sampled", 4, {"a": 1.02, "b": 1.3, "c": 1.0}, {"a": 900.0, "b": 40.0, "c": 700.0})
    assert (says.largest_r_hat, says.fewest_effective) == (1.3, 40.0)
    assert np.isnan([Diagnostics("exact").largest_r_hat, Diagnostics("exact").fewest_effective]).all()
