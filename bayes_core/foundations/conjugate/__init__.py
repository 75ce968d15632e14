"""Conjugate updating: Beta-Binomial, Normal-Normal and Gamma-Poisson, exact at ten observations and at a billion."""

from bayes_core.foundations.conjugate.belief import Belief, Seen
from bayes_core.foundations.conjugate.beta import Beta
from bayes_core.foundations.conjugate.families import around
from bayes_core.foundations.conjugate.gamma import Gamma
from bayes_core.foundations.conjugate.interval import How, Region, interval, log_likelihood, predictions, region
from bayes_core.foundations.conjugate.normal import Normal
from bayes_core.foundations.conjugate.pool import Pool, linear_pool

__all__ = [
    "Belief",
    "Beta",
    "Gamma",
    "How",
    "Normal",
    "Pool",
    "Region",
    "Seen",
    "around",
    "interval",
    "linear_pool",
    "log_likelihood",
    "predictions",
    "region",
]
