r"""The evidence of models with 1 to D parameters: exactly, on a grid of cells, and from draws of the prior.

Each parameter has a prior N(0, 1) and a measurement of its own, so that log p(y) is a sum over parameters and a grid of
:math:`k^d` cells is a product of d sums of k: what such a grid would find is known without visiting its cells.
Data narrow each parameter to a share `told` of its prior sd, at different distances from the prior's middle.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bayes_core.checks import FloatArray

EDGE = 4.0
"""The grid reaches from -4 to 4 prior sds; beyond lie 6e-5 of the prior."""
_MOST_CELLS = 240


@dataclass(frozen=True)
class Evidence:
    """The integrals of prior times likelihood over the first 1, 2, ..., D of `parameters`, each (D,).

    Raises ValueError for no parameter, and for a posterior sd that is not between 0.04 and 1 prior sds.

    >>> both = Evidence(0.5, 2)
    >>> both.exact.round(4), (both.by_cells(6) - both.exact).round(4), both.cells(6)
    (array([-1.0906, -2.2927]), array([-0.0738, -0.0074]), array([ 6., 36.]))
    """

    told: float
    parameters: int

    def __post_init__(self) -> None:
        """Check both."""
        if self.parameters < 1:
            raise ValueError(f"{self.parameters} parameters: an integral needs 1 or more")
        if not 0.04 <= self.told < 1:
            raise ValueError(f"the posterior sd is {self.told:g} of the prior's: give a share from 0.04 to below 1")

    @property
    def measured(self) -> tuple[FloatArray, float]:
        """Return what each parameter (D,) was measured as, and the variance of one measurement's error."""
        variance = self.told**2 / (1 - self.told**2)
        turn = np.arange(1, self.parameters + 1) * (np.sqrt(5) - 1) / 2 % 1  # never twice the same
        return np.asarray((2 * turn - 1) * float(np.sqrt(1 + variance))), variance

    @property
    def exact(self) -> FloatArray:
        """Return log p(y), sums of log N(y_d; 0, 1 + v)."""
        y, variance = self.measured
        return np.cumsum(_log_normal(y, 0.0, 1 + variance))

    def by_cells(self, per_axis: int) -> FloatArray:
        """Return log p(y) by the midpoint rule on `per_axis` cells an axis."""
        y, variance = self.measured
        width = 2 * EDGE / per_axis
        middle = np.asarray(-EDGE + width * (np.arange(per_axis)[:, None] + 0.5), float)
        log_joint = _log_normal(middle, 0.0, 1.0) + _log_normal(y, middle, variance)
        top = log_joint.max(0)
        found: FloatArray = np.cumsum(top + np.log(width * np.exp(log_joint - top).sum(0)))
        return found

    def cells(self, per_axis: float) -> FloatArray:
        """Return how many cells that are."""
        return np.asarray(float(per_axis) ** np.arange(1, self.parameters + 1))

    def enough_cells(self, error: float = 0.01) -> FloatArray:
        """Return the fewest cells an axis from which on p(y) is off by at most a share `error`.

        >>> Evidence(0.1, 6).enough_cells()
        array([40., 37., 41., 42., 37., 40.])
        """
        exact = self.exact
        rows = [np.abs(np.expm1(self.by_cells(k) - exact)) > error for k in range(1, _MOST_CELLS + 1)]
        wrong = np.array(rows)[::-1].argmax(0)  # how far before the end the last wrong one is
        return np.where(np.array(rows).any(0), _MOST_CELLS - wrong + 1.0, 1.0)

    @property
    def effective(self) -> FloatArray:
        r"""Return the share of prior draws that count: :math:`E[L]^2 / E[L^2]`, in closed form."""
        y, variance = self.measured
        square = _log_normal(y, 0.0, 1 + variance / 2) - 0.5 * np.log(4 * np.pi * variance)
        share: FloatArray = np.exp(2 * self.exact - np.cumsum(square))
        return share

    def enough_draws(self, error: float = 0.1) -> FloatArray:
        """Return how many prior draws estimate p(y) with a standard error of that share."""
        return np.asarray((1 / self.effective - 1) / error**2)


def _log_normal(x: FloatArray, mean: FloatArray | float, variance: float) -> FloatArray:
    value: FloatArray = -0.5 * (np.log(2 * np.pi * variance) + (x - mean) ** 2 / variance)
    return value
