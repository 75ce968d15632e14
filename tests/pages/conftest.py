"""What the tests of pages share: fits of a few steps where a test looks at what a page does, not at what it answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest
from streamlit.components.v2 import manifest_scanner

from bayes_core.inference import METHODS, answer_steps
from pages._ui.work import store as work
from pages._ui.work import turns
from pages._ui.work.shared import SHARED

STEPS = 200


@pytest.fixture(scope="session", autouse=True)
def _at_once() -> Iterator[None]:
    """Nothing is sent here that would need a moment, and a run looks for other packages' components but once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(turns, "LET_GO", 0.0)
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


def hasty_steps(question, start=None):
    """Yield the steps of a fit whose optimiser ends early, as the answer to the question that was asked."""
    budget = question.budget
    small = replace(question, budget=replace(budget, steps=min(budget.steps, STEPS)))
    for step in answer_steps(small if "steps" in METHODS[question.method].reads else question, start):
        yield step if step.fit is None else replace(step, fit=replace(step.fit, question=question))


def forget() -> None:
    """Keep no fit, and no picture of one."""
    work.store.clear()
    SHARED.clear()


@pytest.fixture(scope="module")
def hasty():
    """Optimisers end early in this module; nothing of it is kept for others."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(work, "answer_steps", hasty_steps)
        forget()
        yield
    forget()


@pytest.fixture
def whole_fits(hasty, monkeypatch):
    """For one test in such a module: fits as readers get them."""
    monkeypatch.setattr(work, "answer_steps", answer_steps)
    forget()
    yield
    forget()
