from __future__ import annotations

import copy
import pickle
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import jax.numpy as jnp
import joblib
import numpy as np
import pandas as pd
import pytest

from bayes_core import METHODS, MODELS, Budget, Dataset, Diagnostics, Fit, Mlp, Predictive, Prior, ask, fit, predict
from bayes_core.foundations.conjugate.belief import Seen
from bayes_core.foundations.naive_bayes import GaussianClasses


def by_joblib(one):
    """Return it as another process sees it and gives it back."""
    return joblib.Parallel(n_jobs=2, prefer="processes")(joblib.delayed(copy.copy)(one) for _ in range(2))[1]


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


DOORS = {
    "dataset y": lambda values: Dataset.from_arrays(np.arange(len(values)), values),
    "dataset x": lambda values: Dataset.from_arrays(values, np.arange(len(values))),
    "seen": Seen.of,
    "classes": lambda values: GaussianClasses.of(np.arange(len(values))[:, None] + 0.5, values),
    "predict": lambda values: predict(FITTED, values),
}
DAYS = np.array(["2024-01-01", "2024-01-05", "NaT"], dtype="datetime64[D]")
MASKED = np.ma.masked_array([1.0, -999.0, 3.0], [False, True, False])


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (MASKED, "masked.*remove or fill in"),
        ([1.0, np.ma.masked, 3.0], "masked"),
        (DAYS, "dates or times.*days or hours"),
        (DAYS[:2] - DAYS[0], "dates or times"),
        (np.array([1, 2, "NaT"], "timedelta64[h]"), "dates or times"),
        ([datetime(2024, 1, 1), datetime(2024, 1, 3)], "dates or times"),
        ([timedelta(days=1), 2.0], "dates or times"),
        ([1.0, 2 + 0j], "complex"),
        (np.array([1, 1j], object), "complex"),
        (np.array([1.0, 2.0], np.complex64), "complex"),
        (["1", "2"], "'1'.*numbers only"),
        ([1.0, "2"], "'2'.*numbers only"),
        ([b"1", b"2"], "numbers only"),
        (np.array([1.0, "2"], object), "numbers only"),
        ([1.0, None], "None.*numbers only"),
        ([1.0, {}], "numbers only"),
        (pd.Series([1, None], dtype="Int64"), "numbers only|finite"),
        (pd.Series(["a", "b"], dtype="category"), "numbers only"),
        (pd.to_datetime(pd.Series(["2024-01-01", None])), "dates or times"),
    ],
)
@pytest.mark.parametrize("asked", DOORS)
def test_what_is_no_real_number_is_refused_wherever_data_come_in(values, words, asked):
    with pytest.raises(ValueError, match=words):
        DOORS[asked](values)


FITTED = fit(Dataset.from_arrays(X, Y), method="exact", budget=Budget(draws=10, chains=1))


@pytest.mark.parametrize(
    "values",
    [
        [True, False, True],
        np.array([1, 2.5, Fraction(1, 2), Decimal("0.25"), np.float32(3), 10**20], object),
        np.ma.masked_array([1.0, 2.0], [False, False]),
        np.arange(3, dtype=np.uint8),
        pd.Series([1, 2], dtype="Int64"),
        jnp.arange(3.0),
    ],
)
def test_all_real_numbers_are_read(values):
    data = Dataset.from_arrays(np.arange(len(values)), values)
    np.testing.assert_array_equal(data.y, [float(value) for value in values])


@pytest.mark.parametrize("value", ["3", np.timedelta64(3, "D"), 3 + 0j, [3.0], np.ma.masked])
def test_a_width_is_a_real_number(value):
    with pytest.raises(ValueError, match="prior width"):
        Prior(value)


@pytest.mark.parametrize("remade", [copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one)), by_joblib])
def test_a_fit_and_its_data_travel(remade):
    """To other processes and back, read-only as before; sites and their draws are the same."""
    for answer in (
        FITTED,
        fit(Dataset.from_arrays(X, Y), "linear", "vi_meanfield", budget=Budget(draws=10, chains=1, steps=20)),
    ):
        back = remade(answer)
        assert back.question == answer.question
        assert back.diagnostics.complaints == answer.diagnostics.complaints
        assert sorted(back.draws) == sorted(answer.draws)
        for array in (back.question.dataset.x, back.question.dataset.y, back.noise, back.draws["coef"]):
            with pytest.raises(ValueError, match="read-only"):
                array[0] = 1.0
        with pytest.raises(TypeError):
            back.draws["coef"] = np.zeros(3)
        np.testing.assert_array_equal(predict(back, [1.0]).f, predict(answer, [1.0]).f)


@pytest.mark.parametrize("seed", [np.int64(7), np.uint32(7)])
def test_a_seed_of_numpys_is_a_seed(seed):
    one, other = (fit(Dataset.from_arrays(X, Y), method="exact", seed=s) for s in (seed, 7))
    assert one.question == other.question
    np.testing.assert_array_equal(one.noise, other.noise)


@pytest.mark.parametrize("hidden", [5, None, 2.5])
def test_hidden_units_are_given_by_layer(hidden):
    with pytest.raises(ValueError, match=r"hidden is .*such as \(5,\)"):
        Mlp(hidden=hidden)


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

    model = "linear" if METHODS[method].suits(MODELS["linear"]) else "mlp"
    budget = Budget(draws=20, warmup=20, chains=1, steps=20).only(METHODS[method].reads)
    answer = fit(Dataset.from_arrays(X, Y), model, method, budget=budget)
    with pytest.raises(ValueError, match="predict with the inputs that were fitted"):
        predict(answer, np.ones((3, 2)))


def test_the_worst_that_chains_say():
    says = Diagnostics("sampled", 4, {"a": 1.02, "b": 1.3, "c": 1.0}, {"a": 900.0, "b": 40.0, "c": 700.0})
    assert (says.largest_r_hat, says.fewest_effective) == (1.3, 40.0)
    assert np.isnan([Diagnostics("exact").largest_r_hat, Diagnostics("exact").fewest_effective]).all()
