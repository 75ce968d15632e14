"""The script that repeats what the Bayes' theorem page shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .scenes import CLUES, REPEATED
from .settings import ClueSettings, EventSettings, TestSettings

_TEST = '''\
"""A test: prevalence {s.prevalence:g}, sensitivity {s.sensitivity:g}, specificity {s.specificity:g}."""
from bayes_core.bayes_rule import Diagnosis, people

test = Diagnosis(prevalence={s.prevalence!r}, sensitivity={s.sensitivity!r}, specificity={s.specificity!r})
print("P(yes | positive)", test.ppv)
print("P(no | negative) ", test.npv)
print("of 1,000: yes +, yes -, no +, no -", people(test.joint, 1000))
print("test after test  ", test.after("{s.results}"))

# By hand, without this project:
positive = {s.prevalence!r} * {s.sensitivity!r} + (1 - {s.prevalence!r}) * (1 - {s.specificity!r})
print("by hand          ", {s.prevalence!r} * {s.sensitivity!r} / positive if positive else "nobody tests positive")
'''

_EVENTS = """\
# Two events: A is {s.a!r}, B is {s.b!r}.
from bayes_core.bayes_rule import QUANTITIES, Incoherent, events

try:
    answer = events({known!r})
    for name in QUANTITIES:
        print(f"P({{name}})".ljust(12), f"{{answer.low[name]:.6f}} to {{answer.high[name]:.6f}}")
except Incoherent as error:
    print(error)
    print("nearest coherent values", error.nearest)
"""

_CLUES = '''\
"""Naive Bayes on one flower, clue after clue, beside scikit-learn's."""
import numpy as np
from sklearn.naive_bayes import GaussianNB

from bayes_core.data import iris
from bayes_core.naive_bayes import GaussianClasses

data = iris({clues!r})
flower = np.array([{flower!r}])
classes = GaussianClasses.of(data.x, data.y)
print("after 0, 1, ... clues\\n", classes.steps(flower, {copies!r})[0].round(6))
print("correlations known   ", classes.together(flower)[0].round(6))
print("scikit-learn, once   ", GaussianNB().fit(data.x, data.y).predict_proba(flower)[0].round(6))
'''


def script(settings: Any) -> str:
    """Return a runnable script for exactly these settings."""
    return _SCRIPTS[type(settings)](settings)


def _test(settings: TestSettings) -> str:
    return _TEST.format(s=settings)


def _events(settings: EventSettings) -> str:
    return _EVENTS.format(s=settings, known=settings.known())


def _clues(settings: ClueSettings) -> str:
    copies = [settings.copies if clue == REPEATED else 1 for clue in CLUES]
    return _CLUES.format(clues=CLUES, flower=[float(v) for v in settings.flower], copies=copies)


_SCRIPTS: dict[type, Callable[[Any], str]] = {TestSettings: _test, EventSettings: _events, ClueSettings: _clues}
