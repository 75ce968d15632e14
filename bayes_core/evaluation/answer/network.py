"""A network on the same rows: what is asked, and what its draws say of rows that it has not seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.upload.scaling import Scaling
from bayes_core.evaluation.answer.forecasts import Forecasts, range_of
from bayes_core.evaluation.answer.trial import Trial
from bayes_core.inference import ask
from bayes_core.models import Mlp
from bayes_core.predict import predict
from bayes_core.summaries.answers import thinned
from bayes_core.summaries.summary import band
from bayes_core.types import Fit, Prior, Question

MODEL = Mlp((8, 8))
"""The tutorial's own network: two hidden layers of eight units."""

MOST = 256
"""Rows that a reader waits for: of the tutorial's wine the first band takes two seconds of a processor.

The mean of rows held out misses by 0.72 then. Fewer do not converge any sooner: 128 rows have an R-hat of 2.3 after all
draws, 200 and 256 one of 1.14, 500 one of 1.5. Chains of a network of 8 and 8 units stay in different modes.
"""

_DRAWS = 240  # draws of the curve that an interval needs beside the noise: its ends stand to 0.03 sds
_AT_ONCE = 1 << 22


@dataclass(frozen=True, eq=False)
class Asked:
    """A question about standardised rows, the scaling back, and the trial of which its rows are a part.

    Its `trial` fits the rows of the sample and tests on all others, so that a line may be fitted to the same.
    """

    question: Question
    scaling: Scaling
    trial: Trial


def network(trial: Trial, model: Mlp = MODEL, most: int = MOST, seed: int = 0) -> Asked:
    """Return the question put to a network: every weight ~ N(0, 1), HMC, at most `most` of the rows to be fitted.

    Rows that are not fitted test the fit, with those held out. Raises ValueError for classes.

    >>> from bayes_core.evaluation.answer.trial import held_out_rows
    >>> from bayes_core.types import Dataset
    >>> x = np.linspace(0, 9, 1000)
    >>> asked = network(held_out_rows(Dataset.from_arrays(x, np.sin(x))), most=100)
    >>> len(asked.question.dataset.y), len(asked.trial.held.y), asked.trial.sentence
    (100, 900, '100 of 1,000 rows are fitted, drawn at random in every tenth of y; the other 900 test the fit.')
    """
    train = trial.train
    if train.task == "classification":
        raise ValueError(f"the target {train.target_name!r} is a class: this network answers for a number")
    small = trial.at_most(most, seed)
    scaling = Scaling.of(small.train)
    question = ask(scaling.dataset(small.train), model, "hmc", Prior(1.0, 1.0), seed=seed)
    return Asked(question, scaling, small)


def forecasts_of(fit: Fit, asked: Asked, level: float = 0.9) -> Forecasts | None:
    """Return what a fit says of the rows that it has not seen, in the data's own units; None where there are none."""
    held = asked.trial.held
    if held is None:
        return None
    told = predict(_few_draws(fit), asked.scaling.inputs(held.x))
    found = band(told, level, "observation")
    ends = [range_of(f[:, :, 0]) for f, _ in told.blocks(_AT_ONCE)]
    least, most = (np.concatenate(part) for part in zip(*ends, strict=True))
    own: list[FloatArray] = [asked.scaling.own_target(v) for v in (found.mean, found.lower, found.upper, least, most)]
    mean, lower, upper, least, most = own
    draws, usual = min(100, told.size), float(asked.trial.train.y.mean())
    return Forecasts(asked.trial.held_places, held.y, mean, lower, upper, level, least, most, draws, usual)


def _few_draws(fit: Fit, most: int = _DRAWS) -> Fit:
    """Return a fit with at most so many of its draws, evenly spaced."""
    size = len(fit.noise)
    if size <= most:
        return fit
    return thinned(fit, np.linspace(0, size - 1, most).round().astype(int))


__all__ = ["MODEL", "MOST", "Asked", "forecasts_of", "network"]
