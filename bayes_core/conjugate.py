"""Conjugate updating, under the name by which scripts import it: see `bayes_core.foundations.conjugate`."""

from bayes_core.foundations.conjugate.belief import Belief, Seen
from bayes_core.foundations.conjugate.beta import Beta
from bayes_core.foundations.conjugate.families import around
from bayes_core.foundations.conjugate.gamma import Gamma
from bayes_core.foundations.conjugate.interval import How, Region, interval, log_likelihood, predictions, region
from bayes_core.foundations.conjugate.normal import Normal

__all__ = [
    "Belief",
    "Beta",
    "Gamma",
    "How",
    "Normal",
    "Region",
    "Seen",
    "around",
    "interval",
    "log_likelihood",
    "predictions",
    "region",
]
