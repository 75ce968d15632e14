"""Networks that everybody knows, with the probabilities that were published."""

from __future__ import annotations

from bayes_core.foundations.belief_network.naive import naive_network
from bayes_core.foundations.belief_network.network import Network
from bayes_core.foundations.belief_network.text import network_of

LAWN: Network = network_of(
    """
    rain: 0.2
    sprinkler: 0.1
    next door wet | rain: 1, 0.2
    my grass wet | rain, sprinkler: 1, 1, 0.9, 0
    """
)
"""Did it rain, or was the sprinkler left on? Jensen, An Introduction to Bayesian Networks (1996), chapter 2."""

ALARM: Network = network_of(
    """
    burglary: 0.001
    earthquake: 0.002
    alarm | burglary, earthquake: 0.95, 0.94, 0.29, 0.001
    John calls | alarm: 0.9, 0.05
    Mary calls | alarm: 0.7, 0.01
    """
)
"""Pearl's burglar alarm (1988), with the probabilities of Russell and Norvig, Artificial Intelligence."""

CHEST: Network = network_of(
    """
    visit to Asia: 0.01
    smoker: 0.5
    tuberculosis | visit to Asia: 0.05, 0.01
    lung cancer | smoker: 0.1, 0.01
    bronchitis | smoker: 0.6, 0.3
    lung disease | tuberculosis, lung cancer: 1, 1, 1, 0
    dark X-ray | lung disease: 0.98, 0.05
    short of breath | lung disease, bronchitis: 0.9, 0.7, 0.8, 0.1
    """
)
"""“Asia”: Lauritzen and Spiegelhalter, Journal of the Royal Statistical Society B 50 (1988), 157-224."""

MAIL: Network = naive_network(
    "spam", 0.45, {"winner": (0.32, 0.02), "free": (0.4, 0.1), "meeting": (0.03, 0.2), "your name": (0.15, 0.6)}
)
"""A mail filter as naive Bayes; the word winner by itself is the test of the page on Bayes' theorem."""
