r"""How well each standardised effect explains a t statistic, in closed form up to one integral over the noise.

With the noise's prior p(sigma) = 1 / sigma, which both hypotheses share, a t statistic with nu degrees of freedom of n
effective observations has the likelihood

.. math:: \frac{p(t \mid \delta)}{p(t \mid 0)} = e^{-n \delta^2 / 2} \, E[e^{c u}], \qquad
    c = \sqrt{n}\, \delta \, \frac{t}{\sqrt{t^2 + \nu}}, \quad u \sim \chi_{\nu + 1},

the ratio of a noncentral t density to the central one. log E[exp(c u)] is one smooth function of c: it is integrated at
knots by the trapezoid rule in log u, which converges exponentially, with its slope, and read between them.
Source: Rouder et al. (2009), Bayesian t tests for accepting and rejecting the null hypothesis.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln

from bayes_core.checks import FloatArray

_STEP = 0.125
_NODES = 96


@dataclass(frozen=True, eq=False)
class Growth:
    """log E[exp(c u)] of u from a chi distribution with nu + 1 degrees of freedom, for c from -`reach` to `reach`.

    >>> one = Growth.of(7.0, 3.0)
    >>> [float(v) + 0.0 for v in one.at(np.array([0.0, 1.3])).round(6)]
    [0.0, 4.005912]
    """

    knots: FloatArray
    value: FloatArray
    slope: FloatArray

    @classmethod
    def of(cls, nu: float, reach: float) -> Growth:
        """Return the function, at knots as close as its curve needs."""
        count = int(np.ceil(max(reach, 1.0) / _STEP))
        knots = np.arange(-count, count + 1) * _STEP
        power = nu + 1
        peak = (knots + np.sqrt(knots**2 + 4 * power)) / 2
        width = 1 / np.sqrt(peak**2 + power)
        slow = np.clip(1 - np.maximum(knots, 0) ** 2 / 80, 0, 1)  # towards u = 0 it falls as slowly as u^power,
        left, right = 8 * width + 18 / power * slow, 8 * width  # unless a large c has drawn it far from there
        v = (np.log(peak) - left)[:, None] + (left + right)[:, None] * np.linspace(0.0, 1.0, _NODES)
        u = np.exp(v)
        log = power * v - u**2 / 2 + knots[:, None] * u
        top = log.max(1, keepdims=True)
        weight = np.exp(log - top) * (v[:, 1:2] - v[:, :1])
        total = weight.sum(1)
        norm = (power / 2 - 1) * np.log(2) + gammaln(power / 2)
        return cls(np.asarray(knots, float), np.log(total) + top[:, 0] - norm, (weight * u).sum(1) / total)

    def at(self, c: FloatArray) -> FloatArray:
        """Return its values by cubic Hermite interpolation."""
        x = (c - self.knots[0]) / _STEP
        k = np.clip(x.astype(int), 0, len(self.knots) - 2)
        s = x - k
        r = 1 - s
        a, b = self.value[k], self.value[k + 1]
        found: FloatArray = (
            (1 + 2 * s) * r**2 * a
            + s**2 * (3 - 2 * s) * b
            + _STEP * s * r * (r * self.slope[k] - s * self.slope[k + 1])
        )
        return found
