"""The script that repeats one row of the page of methods: Laplace's."""

from __future__ import annotations

from dataclasses import replace

from pages.neural._network.code import script as network_script

from .settings import MethodsSettings

_FRESH = """
# How good it is on points that nobody has fitted.
from bayes_core.data import WORLDS
from bayes_core.evaluation.appraisal import fresh_rows
from bayes_core.evaluation.scores import held_out

score = held_out(answer, fresh_rows(WORLDS["{curve}"], data, {noise!r}, {seed}), {level:g})
print("covers              ", score.coverage)
print("log score           ", score.log_score)
"""

_KEPT = """
# How good it is on rows that were not fitted.
from bayes_core.evaluation.scores import held_out

every = standardised(Dataset.from_arrays(x, y))
score = held_out(answer, Split.of_rows(every, {points}, {seed}).held_out.head({kept}), {level:g})
print("covers              ", score.coverage)
print("log score           ", score.log_score)
"""


def script(settings: MethodsSettings) -> str:
    """Return a runnable script for Laplace's approximation on these data."""
    network = replace(settings.network(), method="laplace")
    if settings.story.own:
        kept, points, seed = settings.story.kept, settings.story.points, settings.seed
        return network_script(network) + _KEPT.format(points=points, seed=seed, kept=kept, level=network.level)
    more = _FRESH.format(curve=settings.story.curve, noise=network.noise, seed=settings.seed, level=network.level)
    return network_script(network) + more
