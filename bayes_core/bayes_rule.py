"""Bayes' theorem, under the name by which scripts import it: see `bayes_core.foundations`."""

from bayes_core.foundations.diagnosis import Diagnosis, beta_draws, crowd, people, posterior
from bayes_core.foundations.events import (
    QUANTITIES,
    Events,
    Incoherent,
    allowed,
    events,
    probability,
    sweep_events,
    words,
)

__all__ = [
    "QUANTITIES",
    "Diagnosis",
    "Events",
    "Incoherent",
    "allowed",
    "beta_draws",
    "crowd",
    "events",
    "people",
    "posterior",
    "probability",
    "sweep_events",
    "words",
]
