"""Lopsided problems: hours that crowd at one end, skewed inputs of different sizes, errors with a tail."""

from __future__ import annotations

import numpy as np
import pytest

from bayes_core.data.split import Split
from bayes_core.data.synthetic import World
from bayes_core.ridge.problem import Problem
from bayes_core.types import Dataset

LOW, HIGH = -1.0, 9.0


def world(rows: int, seed: int) -> World:
    random = np.random.default_rng(seed)
    x = 8 * random.beta(1.5, 3, (rows, 1))
    return World(x, 1.0, np.array([0.4]), 0.7, random.standard_normal(rows), bend=lambda x: np.exp(0.3 * x[:, 0]))


@pytest.fixture(scope="session")
def curved() -> Problem:
    """Powers of one input, with the truth known."""
    return Problem(Split.of_world(world(13, 4), world(31, 5)), ends=(LOW, HIGH))


@pytest.fixture(scope="session")
def several() -> Problem:
    """Three skewed inputs, ten, one and a tenth in size, and no truth."""
    random = np.random.default_rng(11)
    x = random.gamma(2, [10.0, 1.0, 0.1], (40, 3))
    y = 0.3 * x[:, 0] - 2 * x[:, 1] + random.gumbel(size=40)
    return Problem(Split.of_rows(Dataset(x, y, feature_names=("age", "dose", "rate")), 17, seed=2, centred=True))


def powers(x, degree):
    """The columns of a polynomial, one number at a time."""
    u = [(2 * at - LOW - HIGH) / (HIGH - LOW) for at in np.ravel(x)]
    return np.array([[at**k for k in range(int(degree) + 1)] for at in u])


@pytest.fixture(scope="session")
def columns():
    return powers
