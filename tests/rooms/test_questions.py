"""What can be asked, what a guess may be, and what it is worth."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from bayes_core.foundations.conjugate import linear_pool
from pages._ui.rooms.pooling import pooled
from pages._ui.rooms.questions import question
from pages._ui.rooms.refused import Refused

NUMBER = {"kind": "number", "text": "?", "low": 0, "high": 100, "unit": "%"}
BAND = {"kind": "band", "text": "?", "low": -5, "high": 5, "level": 0.9}
ONE = {"kind": "one of", "text": "?", "options": ["NUTS", "VI"]}
PRIOR = {"kind": "prior", "text": "?", "label": "share"}


@pytest.mark.parametrize(
    ("asked", "value", "kept"),
    [
        (NUMBER, 80, 80.0),
        (NUMBER, 0.5, 0.5),
        (BAND, [-1, 2], (-1.0, 2.0)),
        (ONE, 1, 1),
        (PRIOR, [2, 0.5], (2.0, 0.5)),
    ],
)
def test_a_guess_is_kept_as_its_question_wants_it(asked, value, kept):
    assert question(asked).read(value) == kept


@pytest.mark.parametrize(
    ("asked", "value", "words"),
    [
        (NUMBER, 101, "101: choose from 0 to 100 %"),
        (NUMBER, "80", "finite number"),
        (NUMBER, True, "finite number"),
        (NUMBER, float("nan"), "finite number"),
        pytest.param(NUMBER, 10**400, "finite number", id="too many digits for a float"),
        (NUMBER, None, "finite number"),
        (BAND, [2, 1], "smaller one"),
        (BAND, [0, 6], "from -5 to 5"),
        (BAND, "01", "two numbers"),
        (ONE, 2, "from 0 to 1"),
        (ONE, "VI", "no option"),
        (ONE, True, "no option"),
        (PRIOR, [0, 1], "from 0.001"),
        (PRIOR, [1], "no Beta"),
    ],
)
def test_any_other_guess_is_refused_in_words(asked, value, words):
    with pytest.raises(Refused, match=words):
        question(asked).read(value)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("?", "an object"),
        ({**NUMBER, "kind": "essay"}, "one of number, band, one of, prior"),
        ({**NUMBER, "kind": ["number"]}, "one of number"),
        ({**NUMBER, "text": " "}, "1 to 300 characters"),
        ({**NUMBER, "text": 301 * "x"}, "1 to 300 characters"),
        ({**NUMBER, "text": "a\x00b"}, "control characters"),
        ({**NUMBER, "low": 100}, "smaller one"),
        ({**NUMBER, "answer": "9"}, "finite number"),
        ({**BAND, "level": 1.0}, "between 0 and 1"),
        ({**BAND, "answer": [1, 1]}, "smaller one"),
        ({**ONE, "options": ["a"]}, "2 to 8"),
        ({**ONE, "options": ["a", "a"]}, "words of its own"),
        ({**ONE, "answer": 2}, "no option"),
        ({**PRIOR, "answer": 1}, "no answer"),
    ],
)
def test_any_other_question_is_refused_in_words(asked, words):
    with pytest.raises(Refused, match=words):
        question(asked)


def test_scores_are_those_of_guess_first():
    assert question({**NUMBER, "answer": 8}).score(20.0) == {"off": 12.0, "times": 2.5}
    assert question({**NUMBER, "answer": 0}).score(20.0) == {"off": 20.0, "times": None}
    assert question({**BAND, "answer": [-1, 3]}).score((0.0, 4.0)) == {"covers": 0.75, "times": 1.0}
    assert question({**ONE, "answer": 0}).score(1) == {"right": False}
    assert question(NUMBER).score(20.0) is question(PRIOR).score((1.0, 1.0)) is None


@pytest.mark.parametrize("priors", [[(2.0, 5.0)], [(1.0, 1.0), (30.0, 3.0)], [(0.5, 0.7), (8.0, 2.0), (3.0, 40.0)]])
def test_a_pool_has_the_mean_and_sd_of_the_mixture(priors):
    """Held against the mixture itself, by probabilities of small cells."""
    edges = np.linspace(0, 1, 200_001)
    mass = np.mean([np.diff(stats.beta.cdf(edges, a, b)) for a, b in priors], axis=0)
    x = (edges[1:] + edges[:-1]) / 2
    mean = (mass * x).sum()
    told = pooled(priors)
    assert told["mean"] == pytest.approx(mean, abs=1e-6)
    assert told["sd"] == pytest.approx(np.sqrt((mass * (x - mean) ** 2).sum()), abs=1e-6)
    assert told["worth"] == pytest.approx(told["a"] + told["b"])
    assert told["of"] == len(priors)


def test_people_who_disagree_are_worth_less_together_than_each_alone():
    agreed, apart = linear_pool([8, 8], [2, 2]).matched, linear_pool([8, 2], [2, 8]).matched
    assert float(agreed.worth) == pytest.approx(10)
    assert float(apart.worth) < 2


def test_nobody_has_no_pool():
    with pytest.raises(ValueError, match="one person is needed"):
        linear_pool([], [])
