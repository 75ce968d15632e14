"""Who names the class: a posterior over networks or straight boundaries, one network, and one that swaps the names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bayes_core.inference import METHODS
from bayes_core.models import Linear, Mlp
from bayes_core.types import Budget, Model, Prior

BUDGET = Budget(draws=500, chains=4, chunk=100)


@dataclass(frozen=True)
class Classifier:
    """A forecast of classes by its `title`: a model, who answers it, and a prior. One that is `swapped` is terrible."""

    title: str
    model: Model
    method: str
    prior: Prior
    swapped: bool = False
    at_once: ClassVar[bool] = False
    """No posterior over classes has a closed form."""

    @property
    def reads(self) -> tuple[str, ...]:
        """Return which parts of the budget its method reads, of those that are set here."""
        return tuple(part for part in ("draws", "chains", "chunk") if part in METHODS[self.method].reads)

    @property
    def budget(self) -> Budget:
        """Return the part of the budget that its method reads."""
        return BUDGET.only(METHODS[self.method].reads)


CLASSIFIERS: dict[str, Classifier] = {
    "network": Classifier("Bayes, a network", Mlp((10,)), "hmc", Prior(2.0)),
    "line": Classifier("Bayes, straight", Linear(), "hmc", Prior(2.0)),
    "one": Classifier("One network", Mlp((10,)), "map", Prior(2.0)),
    "swapped": Classifier("Names swapped", Linear(), "hmc", Prior(2.0), swapped=True),
}
SET_SCORES = {"lac": "1 − p of the class", "aps": "p of likelier classes"}
