"""The script that repeats what the page of learning in turns shows."""

from __future__ import annotations

from bayes_core.data.river import NOISE

from .scenes import EACH, ORDERS, UNITS
from .settings import LEVEL, TurnSettings

_TEMPLATE = '''\
"""{title}: {seen} of 5 tasks learnt, trust {trust:g}, prior width {width:g}, kept: {keeps}."""
import numpy as np
{imports}from bayes_core.data.river import river, river_bed
from bayes_core.evaluation.continual import {names}, along

data = river({each}, seed={seed}{whole}).dataset()
x, y = (part.reshape(5, -1)[{order}] for part in (data.x[:, 0], data.y))
tasks = [Task(*rows) for rows in zip(x, y)]
curve = {curve}

# Task after task: what is believed after one is the prior of the next, and its rows are not looked at again.
plan = Plan(curve, tasks, [river_bed(rows) for rows in x], {noise}, "{keeps}", {seed})
sd, trust = np.full((1, curve.size), {width!r}), np.array([{trust!r}])
found = along(plan, sd, trust, np.array([{seen}]), np.linspace(-5, 5, 61), {level})

print("error on each task (column) after each task (row), m")
print(found.errors[0, 1:].round(3))
print("task 1 now     ", found.errors[0, {seen}, 0])
print("means apart by ", found.gap[0])
print("log evidence   ", found.evidence[0], "in turns")
print("log evidence   ", found.evidence_together[0], "at once")
{house}'''

_HOUSE = """
# The same by the package's exact answer: each one is the prior of the next.
prior, total = Prior({width!r}, {noise}, noise_known=True), 0.0
for task in tasks[:{seen}]:
    answer = fit(Dataset.from_arrays(task.x, task.y), curve.model, "exact", prior)
    prior, total = as_prior(answer), total + answer.log_evidence
print("log evidence   ", total, "each answer the prior of the next")
"""


def script(settings: TurnSettings) -> str:
    """Return a runnable script for exactly these settings."""
    story = settings.story
    house = _HOUSE.format(width=settings.width, noise=NOISE, seen=int(settings.seen)) if story.straight else ""
    return _TEMPLATE.format(
        title=settings.spec.title,
        seen=int(settings.seen),
        trust=settings.trust,
        width=settings.width,
        keeps=settings.keeps,
        each=EACH,
        seed=settings.seed,
        whole=", whole=True" if story.whole else "",
        order=list(ORDERS[settings.order][1]),
        curve="Columns(Linear(Bumps(-6, 6, 9, 1.6)))" if story.straight else f"Tanh({UNITS})",
        noise=NOISE,
        level=LEVEL,
        house=house,
        names="Columns, Plan, Task" if story.straight else "Plan, Tanh, Task",
        imports="from bayes_core import Bumps, Dataset, Linear, Prior, as_prior, fit\n" if story.straight else "",
    )
