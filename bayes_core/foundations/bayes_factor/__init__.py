"""Bayes factors of a proportion and of a mean: points, intervals and directions, along the data and over the prior."""

from bayes_core.foundations.bayes_factor.hypotheses import SIDES, Compared, Hypotheses, Side, proper
from bayes_core.foundations.bayes_factor.mean import Effect
from bayes_core.foundations.bayes_factor.proportion import Count

__all__ = ["SIDES", "Compared", "Count", "Effect", "Hypotheses", "Side", "proper"]
