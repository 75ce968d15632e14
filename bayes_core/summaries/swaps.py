"""Why a network is never judged by its weights: what its chains say about one hidden unit, and about f itself."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.inference.judge import WORST_R_HAT, judge, judge_functions
from bayes_core.models import Mlp
from bayes_core.types import Fit

NEVER_MET = 1.3
"""Above this R-hat, chains have stayed in copies of their own."""


@dataclass(frozen=True, eq=False)
class Chains:
    """One quantity as every chain drew it: values (C, n), chain by chain, and their R-hat."""

    values: FloatArray
    r_hat: float

    @property
    def reach(self) -> tuple[float, float]:
        """Return the smallest and the largest mean of a chain."""
        return float(self.means.min()), float(self.means.max())

    @property
    def means(self) -> FloatArray:
        """Return the mean of every chain, (C,)."""
        mean: FloatArray = self.values.mean(1)
        return mean

    @property
    def ends(self) -> tuple[float, float]:
        """Return where all draws but four in a thousand lie."""
        low, high = np.quantile(self.values, [0.002, 0.998])
        return float(low), float(high)


@dataclass(frozen=True, eq=False)
class Split:
    """A hidden unit (counted from 0), a weight into it, the weight out of it, and f at one input."""

    unit: int
    into: Chains
    out: Chains
    f: Chains

    @property
    def worst(self) -> float:
        """Return the larger R-hat of the two weights."""
        return max(self.into.r_hat, self.out.r_hat)

    @property
    def met(self) -> bool:
        """Return whether chains have visited each other's copies at all, however briefly."""
        return self.worst <= NEVER_MET

    @property
    def agreed(self) -> bool:
        """Return whether chains agree even about the weights."""
        return self.worst < WORST_R_HAT


def most_split(fit: Fit, x: FloatArray, column: int = 0) -> Split:
    r"""Return the unit of the last hidden layer about which chains disagree most, beside f at one input x (D,).

    Units can swap places, and with an odd activation change sign on both sides, without moving

    .. math:: f(x) = \sum_j v_j \tanh(w_j x + b_j) + c

    so every posterior is made of such copies. Chains that stay in different ones have a large R-hat (Vehtari et al.
    2021) of the weights where that of f is 1. `column` chooses the input, or the unit of the layer before. Raises
    ValueError for a model that is no network.

    >>> from bayes_core import Dataset, Prior, fit
    >>> bow = Dataset.from_arrays([0.0, 1, 2, 3], [0.1, 0.9, 0.2, -0.8])
    >>> split = most_split(fit(bow, Mlp(), "hmc", Prior(1, 1)), bow.x[0])
    >>> split.into.values.shape[0], split.f.r_hat < 1.02
    (8, True)
    """
    if not isinstance(fit.model, Mlp):
        raise ValueError(f"the model is {fit.model.name!r}: only a network has hidden units")
    into, out = fit.draws[f"weight{len(fit.model.hidden)}"][:, column], fit.draws["weight"]
    r_hat = judge(replace(fit, draws={"into": into, "out": out})).r_hat
    unit = max(range(out.shape[1]), key=lambda j: max(r_hat[f"into[{j}]"], r_hat[f"out[{j}]"]))
    about_f = next(iter(judge_functions(fit, x[None]).r_hat.values()))
    f = fit.model.functions(fit.draws, x[None])[:, 0, 0]

    def chains(values: FloatArray, told: float) -> Chains:
        count = fit.diagnostics.chains
        return Chains(values[: len(values) // count * count].reshape(count, -1), told)

    drawn = (chains(into[:, unit], r_hat[f"into[{unit}]"]), chains(out[:, unit], r_hat[f"out[{unit}]"]))
    return Split(unit, *drawn, chains(f, about_f))
