"""Naive Bayes, under the name by which scripts import it: see `bayes_core.foundations.naive_bayes`."""

from bayes_core.foundations.naive_bayes import GaussianClasses, Score, held_out

__all__ = ["GaussianClasses", "Score", "held_out"]
