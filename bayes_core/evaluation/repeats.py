"""Repeated worlds of one truth, as the few numbers of their data that a linear model knows, at any noise at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bayes_core.checks import FloatArray
from bayes_core.data.synthetic import World
from bayes_core.evaluation.probits import places, probits
from bayes_core.inference.sigma import Projection, Spectrum

_STRATA = 8
_DEGREE = 3
Some = NDArray[np.intp] | slice


@dataclass(frozen=True, eq=False)
class Repeats:
    """R repeated worlds of one truth, seen through a spectrum: at noise s, along = still + s moving (R, P), and the
    residual is a parabola in s with coefficients `rest` (R, 3). At `rows` (T, P) the truth is `truth` (T,); `asked` are
    those where the share is counted.
    """

    spectrum: Spectrum
    still: FloatArray
    moving: FloatArray
    rest: FloatArray
    count: int
    rows: FloatArray
    asked: NDArray[np.intp]
    truth: FloatArray

    @classmethod
    def of(
        cls, world: World, worlds: int, seed: int, design: FloatArray, rows: FloatArray, weights: FloatArray
    ) -> Repeats:
        """See the worlds of `World.repeated` with this seed through a design (N, P); rows (T, P) are asked."""
        spectrum = Spectrum.of(design)
        still, moving = world.parts(worlds, seed)
        along, push = still @ spectrum.left, moving @ spectrum.left
        left, over = still - spectrum.left @ along, moving - push @ spectrum.left.T
        rest = np.column_stack([np.full(worlds, left @ left), 2 * over @ left, np.einsum("rn,rn->r", over, over)])
        every, asked = places(spectrum, rows)
        return cls(spectrum, along, push, rest, len(still), every, asked, every @ weights)

    def at(self, noise: FloatArray, some: Some) -> Projection:
        """Return what some of the worlds show at every noise (M,), noise by noise."""
        level, powers = noise[:, None], np.stack([noise**0, noise, noise**2])
        along = self.still + level[..., None] * self.moving[some]
        residual = np.maximum((self.rest[some] @ powers).T, 0.0)
        return Projection(along.reshape(-1, along.shape[2]), residual.ravel(), self.count)

    def probits(
        self, method: str, width: FloatArray, noise: FloatArray, prior: float, some: Some
    ) -> tuple[FloatArray, FloatArray]:
        """Return probits (M, T, R) at every width and noise (M,), and leans (M, T - 1, R)."""
        seen = self.at(noise, some)
        found = probits(method, self.spectrum, seen, width, prior, self.rows, self.truth[None])
        probit, lean = (part.reshape(len(part), len(width), -1).swapaxes(0, 1) for part in (found.probit, found.lean))
        return probit, lean

    def features(self, noise: float) -> FloatArray:
        """Return a cubic's terms (F, R) in what the worlds show, all on one footing.

        A residual's cube root is nearly normal: no world is so far from all others that a cubic goes astray there.
        """
        seen = np.vstack([self.moving.T, np.cbrt(self.at(np.array([noise]), slice(None)).residual)])
        seen = (seen - seen.mean(1, keepdims=True)) / np.maximum(seen.std(1, keepdims=True), 1e-12)
        terms = [np.ones(seen.shape[1])]
        before = [(terms[0], 0)]
        for _ in range(_DEGREE):
            before = [(term * seen[j], j) for term, least in before for j in range(least, len(seen))]
            terms += [term for term, _ in before]
        return np.stack(terms)

    @cached_property
    def order(self) -> NDArray[np.intp]:
        """Return the worlds in strata of their residual, and within each by direction: neighbours are alike."""
        left = self.rest[:, 2]  # of a noise so large that nothing else counts
        angle = np.arctan2(self.moving[:, -1], self.moving[:, 0])
        strata = np.array_split(np.argsort(left, kind="stable"), _STRATA)
        return np.concatenate([stratum[np.argsort(angle[stratum], kind="stable")] for stratum in strata])
