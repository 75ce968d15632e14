"""The ways to an answer: `fit`, or `ask` a question and go through its `answer_steps`; `METHODS` lists who answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib import import_module

from bayes_core.inference.modes import unvisited
from bayes_core.inference.registry import METHODS, Method, can_start, checked, methods_for, nearest_start
from bayes_core.inference.separable import about_separable
from bayes_core.inference.stopwatch import Stopwatch
from bayes_core.inference.watch import watched
from bayes_core.likelihoods import Likelihood
from bayes_core.models import model_named
from bayes_core.types import Budget, Dataset, Fit, Model, Prior, Question


@dataclass(frozen=True)
class Step:
    """News of a fit under way: units of work done and in all, and the fit so far (None during warm-up)."""

    done: int
    total: int
    fit: Fit | None


class Cancelled(RuntimeError):
    """Raised by `fit` when its progress callback returned False."""


_FEWEST_ROWS = 8


def padded_size(rows: int) -> int:
    """Return the next of 8, 16, 32, ...: the row counts that are ever compiled for.

    >>> padded_size(5), padded_size(100)
    (8, 128)
    """
    return max(_FEWEST_ROWS, 1 << (rows - 1).bit_length())


def ask(
    dataset: Dataset,
    model: str | Model = "linear",
    method: str = "nuts",
    prior: Prior | None = None,
    budget: Budget | None = None,
    seed: int = 0,
    likelihood: Likelihood | None = None,
) -> Question:
    """Return the question that `fit` answers for the same arguments: equal questions have equal answers.

    Raises ValueError for an unknown model or method, a dataset of another task, an impossible seed, a budget with a
    field that the method does not read, or a likelihood that it has no answer for.

    >>> line = Dataset.from_arrays([0.0, 1, 2], [0.1, 1.9, 4.2])
    >>> ask(line, "linear", "exact") == ask(line.head(3), "linear", "exact"), ask(line, "linear", "exact").seed
    (True, 0)
    """
    return checked(
        Question(dataset, model_named(model), method, prior or Prior(), budget or Budget(), seed, likelihood)
    )


def answer_steps(question: Question, start: Fit | None = None) -> Iterator[Step]:
    """Answer a question step by step: each Step carries progress and, as soon as there are draws, a partial Fit.

    To cancel, stop iterating. The last step holds the complete fit. `start` is an answer to a neighbouring question
    whose chains go on from where they stand (`can_start`): first draws came, and the fit was done, in three quarters of
    the time (ten units on classes, a width x 1.08); the draws are others then, of the same posterior.
    Raises ValueError for a question that the method cannot answer, and for a start that it cannot go on from.
    """
    question = checked(question)
    method = METHODS[question.method]
    if start is not None and not can_start(question, start):
        raise ValueError(
            f"{question.method} cannot go on from an answer by {start.method} of the model {start.model.name!r}: give "
            "a converged answer by the same method to the same kind of data, or leave start out"
        )
    module, compiled = method.home(question.model)
    answer = import_module(module).steps
    work, watch = answer(question) if start is None else answer(question, start), Stopwatch()
    if compiled:
        ours = import_module("bayes_core.inference._jax")
        ours.make_room()
        work = watched(ours.in_float64(work))
    for step in watch.timed(work):
        if step.fit is not None:
            about = replace(step.fit.diagnostics, seconds=watch.seconds, compiling=watch.compiling)
            if about.complete:
                found = (*about_separable(step.fit), *(unvisited(step.fit) if method.answer == "approximate" else ()))
                about = replace(about, notes=(*about.notes, *found))
            step = replace(step, fit=replace(step.fit, diagnostics=about))  # noqa: PLW2901
        yield step


def fit_steps(
    dataset: Dataset,
    model: str | Model = "linear",
    method: str = "nuts",
    prior: Prior | None = None,
    budget: Budget | None = None,
    seed: int = 0,
    likelihood: Likelihood | None = None,
) -> Iterator[Step]:
    """Run a method step by step: `answer_steps` of the question that these arguments ask.

    Raises ValueError as `ask` does, and for a question that the method cannot answer.
    """
    return answer_steps(ask(dataset, model, method, prior, budget, seed, likelihood))


def fit(
    dataset: Dataset,
    model: str | Model = "linear",
    method: str = "nuts",
    prior: Prior | None = None,
    budget: Budget | None = None,
    seed: int = 0,
    progress: Callable[[Step], bool | None] | None = None,
    likelihood: Likelihood | None = None,
) -> Fit:
    """Fit a model to data by a method and return parameter draws with the model that reads them.

    How a target follows from the model's functions is a `likelihood`: by the task `Gaussian()` or `Categorical(K)`;
    networks also take `Heteroscedastic()`, noise that depends on x, and `MixtureDensity(M)`, several answers at one x.
    `progress` is called with every Step; when it returns False the fit stops and Cancelled is raised.
    The same arguments give the same draws, unless `hmc` runs out of patience: a fit that does not converge ends by the
    clock, and says so.
    Raises ValueError as `ask` does, and for a question that the method cannot answer.

    >>> line = Dataset.from_arrays([0.0, 1, 2, 3], [0.1, 1.9, 4.2, 5.8])
    >>> answer = fit(line, "linear", "exact", Prior(width=10, noise=1))
    >>> sorted(answer.draws), answer.diagnostics.badge
    (['coef', 'intercept'], 'exact')
    """
    step = None
    for step in fit_steps(dataset, model, method, prior, budget, seed, likelihood):
        if progress is not None and progress(step) is False:
            raise Cancelled(f"{method} was cancelled after {step.done} of {step.total} steps")
    if step is None or step.fit is None:
        raise RuntimeError(f"{method} ended without a fit")
    return step.fit


__all__ = [
    "METHODS",
    "Cancelled",
    "Method",
    "Step",
    "answer_steps",
    "ask",
    "can_start",
    "fit",
    "fit_steps",
    "methods_for",
    "nearest_start",
    "padded_size",
]
