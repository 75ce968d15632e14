"""Belief networks of yes/no events: what they say, what is seen, what is done, and which events tell of which."""

from bayes_core.foundations.belief_network.contradiction import clash
from bayes_core.foundations.belief_network.elimination import Elimination, Step, eliminate, posteriors
from bayes_core.foundations.belief_network.known import ALARM, CHEST, LAWN, MAIL
from bayes_core.foundations.belief_network.naive import Clue, clues, naive_network, naive_root
from bayes_core.foundations.belief_network.network import Entry, Event, Network
from bayes_core.foundations.belief_network.outlook import Outlook, outlook
from bayes_core.foundations.belief_network.separation import Path, notable, paths, separated
from bayes_core.foundations.belief_network.text import network_of, text_of

__all__ = [
    "ALARM",
    "CHEST",
    "LAWN",
    "MAIL",
    "Clue",
    "Elimination",
    "Entry",
    "Event",
    "Network",
    "Outlook",
    "Path",
    "Step",
    "clash",
    "clues",
    "eliminate",
    "naive_network",
    "naive_root",
    "network_of",
    "notable",
    "outlook",
    "paths",
    "posteriors",
    "separated",
    "text_of",
]
