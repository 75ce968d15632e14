"""Belief networks, under the name by which scripts import them: see `bayes_core.foundations.belief_network`."""

from bayes_core.foundations.belief_network import (
    ALARM,
    CHEST,
    LAWN,
    MAIL,
    Entry,
    Event,
    Network,
    clash,
    clues,
    eliminate,
    naive_network,
    network_of,
    paths,
    posteriors,
    separated,
    text_of,
)

__all__ = [
    "ALARM",
    "CHEST",
    "LAWN",
    "MAIL",
    "Entry",
    "Event",
    "Network",
    "clash",
    "clues",
    "eliminate",
    "naive_network",
    "network_of",
    "paths",
    "posteriors",
    "separated",
    "text_of",
]
