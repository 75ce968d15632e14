"""Questions as keys: equal for the same numbers and settings, whatever the data are called and wherever they lie."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest

from bayes_core import Budget, Bumps, Dataset, Linear, Mlp, Predictive, Prior, answer_steps, ask, fit, predict

X = np.array([[1.0, 7.0], [2.5, -3.0], [4.0, 0.5]])
Y = np.array([0.3, 2.0, -1.5])
DATA = Dataset.from_arrays(X, Y)
ASKED = ask(DATA, "linear", "nuts", Prior(2.0, 0.5), Budget(draws=50, warmup=40, chains=2), seed=3)


def test_the_same_numbers_asked_the_same_are_one_question():
    other = Dataset.from_arrays(
        np.asfortranarray(X), Y.tolist(), feature_names=["a", "b"], target_name="z", title="other", source="elsewhere"
    )
    again = ask(other, Linear(), "nuts", Prior(2, 0.5), Budget(draws=50, warmup=40, chains=2), seed=3)
    assert again == ASKED
    assert hash(again) == hash(ASKED)
    assert {ASKED: "kept"}[again] == "kept"
    assert other.fingerprint is other.fingerprint  # worked out once


def differing():
    yield ask(DATA)
    for data in (
        Dataset.from_arrays(X, Y + np.array([0, 0, 1e-12])),
        Dataset.from_arrays(X[::-1], Y),
        Dataset.from_arrays(X[:, ::-1], Y),
        DATA.head(2),
    ):
        yield replace(ASKED, dataset=data)
    yield replace(ASKED, dataset=Dataset.from_arrays(X, Y, task="classification"))
    for model in (Mlp(), Mlp((5, 5)), Linear(Bumps()), Linear(family="laplace")):
        yield replace(ASKED, model=model)
    yield replace(ASKED, method="exact")
    yield replace(ASKED, prior=Prior(2.0, 0.6))
    yield replace(ASKED, prior=Prior(2.0, 0.5, noise_known=True))
    yield replace(ASKED, budget=Budget(draws=51, warmup=40, chains=2))
    yield replace(ASKED, seed=4)


def test_every_part_tells_questions_apart():
    every = [ASKED, *differing()]
    assert len(set(every)) == len(every) == 16
    assert all(other != ASKED for other in every[1:])
    assert ASKED.dataset.fingerprint != ASKED


def test_shapes_are_part_of_the_fingerprint():
    """One row of five columns, two rows of two and three of one hold the same bytes."""
    numbers = np.arange(6.0)
    marks = {Dataset.from_arrays(numbers[: 6 - n].reshape(n, -1), numbers[6 - n :]).fingerprint for n in (1, 2, 3)}
    assert len(marks) == 3


def test_a_question_is_frozen_and_checked():
    with pytest.raises(FrozenInstanceError):
        ASKED.seed = 1
    with pytest.raises(ValueError, match="the seed is -1"):
        replace(ASKED, seed=-1)
    with pytest.raises(ValueError, match=r"the dataset is a list: make one with Dataset\.from_arrays"):
        replace(ASKED, dataset=[1, 2])


def test_a_question_is_answered_as_fit_answers_its_parts():
    *_, last = answer_steps(ASKED)
    whole = fit(DATA, "linear", "nuts", Prior(2.0, 0.5), Budget(draws=50, warmup=40, chains=2), seed=3)
    assert last.fit.question is ASKED
    assert whole.question == ASKED
    assert (whole.method, whole.model, whole.prior) == ("nuts", Linear(), Prior(2.0, 0.5))
    np.testing.assert_array_equal(last.fit.draws["coef"], whole.draws["coef"])


@pytest.mark.parametrize("remade", [copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one))])
@pytest.mark.parametrize(("model", "method"), [("linear", "exact"), ("mlp", "laplace")])
def test_nouns_travel(remade, model, method):
    """A copy says the same and is read-only too."""
    answer = fit(DATA, model, method, Prior(1, 1, noise_known=True), Budget(draws=20, chains=1), seed=5)
    other = remade(answer)
    assert other.question == answer.question
    assert other.diagnostics.badge == answer.diagnostics.badge
    assert other.log_evidence == answer.log_evidence
    at = np.array([[0.5, 1.0], [9.0, -2.0]])
    one, same = predict(answer, at), remade(predict(other, at))
    assert isinstance(same, Predictive)
    np.testing.assert_array_equal(one.f, same.f)
    for array in (other.noise, *other.draws.values(), other.question.dataset.x, same.f, remade(DATA).y):
        with pytest.raises(ValueError, match="read-only"):
            array[:] = 1.0
    with pytest.raises(TypeError):
        other.draws["more"] = np.zeros(3)
