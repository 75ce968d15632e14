"""An anchored ensemble: the prior pulls each member to a draw of its own, so that they part where the data are silent.

Source: Pearce, Leibfried and Brintrup (2020), Uncertainty in Neural Networks: Approximately Bayesian Ensembling.
"""

from __future__ import annotations

from collections.abc import Iterator

from bayes_core.inference import Step
from bayes_core.inference.ensemble import members
from bayes_core.types import Question


def steps(question: Question) -> Iterator[Step]:
    """Yield `budget.members` networks while they are trained, each pulled to a prior draw of its own.

    Raises ValueError for a model without a NumPyro program, and where the density has no mode to end at.
    """
    yield from members(question, anchored=True)
