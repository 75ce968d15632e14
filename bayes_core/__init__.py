"""Bayesian inference to learn from and to build on: real posteriors, fast enough to follow a hand.

>>> from bayes_core import Dataset, Prior, fit, predict, summary
>>> data = Dataset.from_arrays([0.0, 1, 2, 4], [0.2, 1.1, 1.8, 4.1])
>>> answer = fit(data, method="exact", prior=Prior(width=10, noise=1), seed=1)
>>> band = summary.band(predict(answer, [[3.0]]), level=0.9)
>>> bool(band.lower[0] < 3 < band.upper[0])
True
"""

from bayes_core.inference import METHODS, Cancelled, answer_steps, ask, fit, fit_steps, methods_for
from bayes_core.inference.exact import as_prior
from bayes_core.likelihoods import Categorical, Gaussian, Heteroscedastic, MixtureDensity
from bayes_core.models import MODELS, Bumps, Linear, Mlp, Polynomial, Standard
from bayes_core.predict import predict
from bayes_core.summaries import summary
from bayes_core.types import Budget, Dataset, Diagnostics, Fit, Predictive, Prior, Question

__all__ = [
    "METHODS",
    "MODELS",
    "Budget",
    "Bumps",
    "Cancelled",
    "Categorical",
    "Dataset",
    "Diagnostics",
    "Fit",
    "Gaussian",
    "Heteroscedastic",
    "Linear",
    "MixtureDensity",
    "Mlp",
    "Polynomial",
    "Predictive",
    "Prior",
    "Question",
    "Standard",
    "answer_steps",
    "as_prior",
    "ask",
    "fit",
    "fit_steps",
    "methods_for",
    "predict",
    "summary",
]
