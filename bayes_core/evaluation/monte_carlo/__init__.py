"""Averages over draws, and what they are worth; why the evidence is not one of them.

running(futures, quantity, draws, correlation)   an estimate as draws come in, and its exact Monte-Carlo error
Evidence(parameters, told)                       one integral over 1 to many parameters: by cells, and by prior draws
"""

from bayes_core.evaluation.monte_carlo.evidence import Evidence
from bayes_core.evaluation.monte_carlo.quantities import QUANTITIES, Quantity, Spread, spread_of
from bayes_core.evaluation.monte_carlo.streams import Running, draws_of, read, running

__all__ = ["QUANTITIES", "Evidence", "Quantity", "Running", "Spread", "draws_of", "read", "running", "spread_of"]
