"""Which hidden units a variational fit has switched off: their weights went back to the prior."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.models.mlp import Mlp
from bayes_core.types import Fit

OFF_BELOW = 0.2
"""Nats: a unit whose incoming weights moved less than this from the prior has learnt nothing."""


_LAST = 200  # steps whose KL is averaged: a single one's is a rough estimate


@dataclass(frozen=True)
class Pruned:
    """How many nats a fit has moved from the prior in all, and how many of its hidden units did not take part."""

    kl: float
    off: int
    units: int

    @property
    def collapsed(self) -> bool:
        """Return whether every unit went back to the prior: posterior collapse."""
        return self.off == self.units


def pruned(fit: Fit) -> Pruned | None:
    """Return what the KL term has done to the units of the first hidden layer; None for a fit without a KL trace."""
    if fit.diagnostics.kl is None:
        return None
    return Pruned(float(fit.diagnostics.kl[-_LAST:].mean()), switched_off(fit), fit.draws["bias1"].shape[1])


def unit_kl(fit: Fit) -> FloatArray:
    r"""Return KL(q || prior) in nats of the weights and the bias into each unit of the first hidden layer, (H,).

    .. math:: \sum_j \tfrac12 \left(s_j^2 / w^2 + m_j^2 / w^2 - 1 - \log s_j^2 / w^2\right)

    for draws of mean m and sd s under a prior N(0, w^2), as a factorised Gaussian has it. A unit that is switched off
    has weights as the prior made them, and an outgoing weight of nearly zero.
    Source: Trippe and Turner (2018), Overpruning in Variational Bayesian Neural Networks.
    Raises ValueError for a model that is no network, or a fit of one draw.
    """
    if not isinstance(fit.model, Mlp):
        raise ValueError(f"the model is {fit.model.name!r}: only a network has hidden units")
    if len(fit.noise) < 2:
        raise ValueError("one draw has no spread to compare with the prior's: fit with more draws")
    weight, bias = fit.draws["weight1"], fit.draws["bias1"]
    spread = fit.model.spread(weight.shape[1], fit.prior.width, dict(fit.prior.widths))

    def moved(values: FloatArray, width: float) -> FloatArray:
        variance, centre = values.var(0) / width**2, values.mean(0) / width
        kl: FloatArray = 0.5 * (variance + centre**2 - 1 - np.log(np.maximum(variance, 1e-300)))
        return kl

    total: FloatArray = moved(weight, spread["weight1"]).sum(0) + moved(bias, spread["bias1"])
    return total


def switched_off(fit: Fit) -> int:
    """Return how many units of the first hidden layer a fit does not use."""
    return int((unit_kl(fit) < OFF_BELOW).sum())
