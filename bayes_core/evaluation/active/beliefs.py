"""What is believed of a curve in W worlds at once, and how one more measurement changes it."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from bayes_core.checks import FloatArray

_CLOSE, _TURNS = 1e-9, 60


class Belief(Protocol):
    """A posterior over weights in W worlds, read at all places: mean and sd (W, G) of f, and the bits gained (W,).

    `design` (G, P) are the columns of the places, `covariance` (W, P, P) that of the weights.
    """

    design: FloatArray
    covariance: FloatArray
    mean: FloatArray
    bits: FloatArray

    @property
    def sd(self) -> FloatArray:
        """Return the sd (W, G) of f."""

    def learn(self, places: NDArray[np.intp], y: FloatArray) -> None:
        """Take in one measurement y (W,) at places (W,)."""


class Exact:
    r"""Weights N(0, width^2), measured with known noise: every measurement is a change of rank one.

    With a column :math:`\varphi` of the design and :math:`c = \Sigma \varphi`,

    .. math:: \Sigma \leftarrow \Sigma - \frac{c c^\top}{\varphi^\top c + \sigma^2}, \qquad
        m \leftarrow m + c\,\frac{y - \varphi^\top m}{\varphi^\top c + \sigma^2}

    and the measurement told half the log of 1 + c / sigma^2, all of which is half the log of det(prior) / det(now).
    Source: Bishop (2006), section 3.3; the identity of Sherman and Morrison.
    """

    def __init__(self, design: FloatArray, width: float, noise: FloatArray, worlds: int) -> None:
        """Begin with the prior in every world."""
        self.design, self.noise = design, noise
        self.covariance = np.tile(width**2 * np.eye(design.shape[1]), (worlds, 1, 1))
        self.mean = np.zeros((worlds, len(design)))
        self.variance = np.tile(width**2 * (design**2).sum(1), (worlds, 1))
        self.bits = np.zeros(worlds)

    @property
    def sd(self) -> FloatArray:
        """Return the sd (W, G) of f."""
        spread: FloatArray = np.sqrt(np.maximum(self.variance, 0.0))
        return spread

    def after(self, places: NDArray[np.intp]) -> FloatArray:
        """Return the sd (M, G) that f would have after one measurement at each of M places, in the first world."""
        shared = self.design @ self.covariance[0] @ self.design[places].T
        total = shared[places, np.arange(len(places))] + self.noise[places] ** 2
        left: FloatArray = np.sqrt(np.maximum(self.variance[0] - (shared**2 / total).T, 0.0))
        return left

    def learn(self, places: NDArray[np.intp], y: FloatArray) -> None:
        """Take in one measurement y (W,) at places (W,)."""
        one, rows = np.arange(len(places)), self.design[places]
        c = np.einsum("wpq,wq->wp", self.covariance, rows)
        own, noise = (c * rows).sum(1), self.noise[places] ** 2
        total = (own + noise)[:, None]
        along = c @ self.design.T
        self.mean = self.mean + along * (y - self.mean[one, places])[:, None] / total
        self.variance = self.variance - along**2 / total
        self.covariance = self.covariance - c[:, :, None] * (c / total)[:, None, :]
        self.bits = self.bits + 0.5 * np.log1p(own / noise) / np.log(2)


class Laplace:
    r"""Log odds with weights N(0, width^2): a Gaussian at the posterior's mode, as wide as the curvature there.

    Newton's method, from where the last measurement left it; a step that leads down is halved. The bits are half the
    log of det(prior) / det(now): how much narrower the Gaussian is, more or less than each answer promised.
    """

    def __init__(self, design: FloatArray, width: float, worlds: int) -> None:
        """Begin with the prior in every world."""
        self.design, self.width = design, width
        self.weights = np.zeros((worlds, design.shape[1]))
        self.covariance = np.tile(width**2 * np.eye(design.shape[1]), (worlds, 1, 1))
        self.rows = np.zeros((worlds, 0, design.shape[1]))
        self.y = np.zeros((worlds, 0))
        self.bits: FloatArray = np.zeros(worlds)
        self._read()

    @property
    def sd(self) -> FloatArray:
        """Return the sd (W, G) of f."""
        spread: FloatArray = self._sd
        return spread

    def learn(self, places: NDArray[np.intp], y: FloatArray) -> None:
        """Take in one measurement y (W,), a yes (1) or a no (0), at places (W,)."""
        self.rows = np.concatenate([self.rows, self.design[places][:, None]], axis=1)
        self.y = np.concatenate([self.y, y[:, None]], axis=1)
        self._climb()
        self.covariance = np.asarray(np.linalg.inv(self._curvature(self.weights)), np.float64)
        _, now = np.linalg.slogdet(self.covariance)
        bits = (self.design.shape[1] * np.log(self.width) - 0.5 * now) / np.log(2)
        self.bits = np.asarray(bits, np.float64)
        self._read()

    def _read(self) -> None:
        self.mean = self.weights @ self.design.T
        spread = ((self.design @ self.covariance) * self.design).sum(-1)
        self._sd = np.sqrt(np.maximum(spread, 0.0))

    def _height(self, weights: FloatArray) -> FloatArray:
        f = (self.rows @ weights[..., None])[..., 0]
        fit: FloatArray = (self.y * f - np.logaddexp(0.0, f)).sum(-1) - 0.5 * (weights**2).sum(-1) / self.width**2
        return fit

    def _curvature(self, weights: FloatArray) -> FloatArray:
        p = expit((self.rows @ weights[..., None])[..., 0])
        bent = self.rows.swapaxes(1, 2) @ (self.rows * (p * (1 - p))[..., None])
        whole: FloatArray = bent + np.eye(self.design.shape[1]) / self.width**2
        return whole

    def _climb(self) -> None:
        height = self._height(self.weights)
        share: FloatArray = np.ones(len(self.weights))
        for _ in range(_TURNS):
            p = expit((self.rows @ self.weights[..., None])[..., 0])
            slope = ((self.y - p)[:, None, :] @ self.rows)[:, 0] - self.weights / self.width**2
            step = np.linalg.solve(self._curvature(self.weights), slope[..., None])[..., 0]
            there = self.weights + share[:, None] * step
            up = self._height(there)
            better = up >= height - 1e-12
            self.weights, height = np.where(better[:, None], there, self.weights), np.where(better, up, height)
            share = np.where(better, 1.0, share / 2)
            if better.all() and float(np.abs(step).max()) < _CLOSE:
                return
