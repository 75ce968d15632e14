"""Approximating a posterior by a Gaussian, with everything in sight: targets, divergences, optima, climbs.

>>> from bayes_core.approximation import Exact, Weighings, climb
>>> exact = Exact(Weighings((69.7, 70.5, 75.1, 75.6)))
>>> path = climb(exact, mean=71.6, width=0.8, steps=150, rate=0.06)
>>> round(float(exact.reverse(71.6, 0.8)), 2), round(float(exact.reverse(path.mean[-1], path.width[-1])), 2)
(1.74, 0.83)
"""

from bayes_core.approximation.climb import Path, Recipe, climb, noisy_climb
from bayes_core.approximation.divergence import Exact, elbo
from bayes_core.approximation.estimators import reparameterised, score_function
from bayes_core.approximation.optimum import Best, Landscape, landscape, minima
from bayes_core.approximation.standing import standard_slope
from bayes_core.approximation.targets import LaplaceSlope, LogOdds, Target, Weighings
from bayes_core.approximation.two_dimensions import FAMILIES, Tilted, covariances, outline

__all__ = [
    "FAMILIES",
    "Best",
    "Exact",
    "Landscape",
    "LaplaceSlope",
    "LogOdds",
    "Path",
    "Recipe",
    "Target",
    "Tilted",
    "Weighings",
    "climb",
    "covariances",
    "elbo",
    "landscape",
    "minima",
    "noisy_climb",
    "outline",
    "reparameterised",
    "score_function",
    "standard_slope",
]
