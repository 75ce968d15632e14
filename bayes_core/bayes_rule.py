"""Bayes' theorem, under the name by which scripts import it: see `bayes_core.foundations`."""

from bayes_core.foundations.diagnosis import Diagnosis
from bayes_core.foundations.events import Events, Incoherent, allowed, events, reached, sweep_events
from bayes_core.foundations.hypotheses import posterior
from bayes_core.foundations.people import crowd, people
from bayes_core.foundations.quantities import QUANTITIES, probability, words
from bayes_core.foundations.studies import RATE_PRIORS, StudiedPpv

__all__ = [
    "QUANTITIES",
    "RATE_PRIORS",
    "Diagnosis",
    "Events",
    "Incoherent",
    "StudiedPpv",
    "allowed",
    "crowd",
    "events",
    "people",
    "posterior",
    "probability",
    "reached",
    "sweep_events",
    "words",
]
