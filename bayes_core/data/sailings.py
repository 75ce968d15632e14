"""A world of two classes over one input, where the truth is known: does the ferry sail at this wind?"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from bayes_core.checks import FloatArray, assign, floats
from bayes_core.types import Dataset


@dataclass(frozen=True, eq=False)
class Sailings:
    r"""A ferry sails at wind x (N, 1) with a probability that falls with the wind, and some days a coin decides.

    .. math:: p(x) = (1 - e)\,\frac{1}{1 + \exp((x - m) / s)} + e (1 - \ldots)

    with a share e of days that end the other way. uniforms (N, 2) are what is random of each day and stay as they are:
    turning e up spoils more and more of the same days. Raises ValueError for shapes that do not fit.
    """

    x: FloatArray
    uniforms: FloatArray
    middle: float = 14.0
    slope: float = 1.6
    classes: tuple[str, str] = ("stays", "sails")

    def __post_init__(self) -> None:
        """Check the shapes."""
        x, uniforms = floats(self.x, "x", 2), floats(self.uniforms, "uniforms", 2)
        if x.shape[1] != 1 or uniforms.shape != (len(x), 2):
            raise ValueError(f"x is {x.shape} and the uniforms {uniforms.shape}: give (N, 1) and (N, 2)")
        assign(self, x=x, uniforms=uniforms)

    def probability(self, x: FloatArray, spoilt: FloatArray) -> FloatArray:
        """Return the true probability (V, G) that it sails at winds x (G, 1), for each share of spoilt days (V,).

        Raises ValueError for a share outside 0 to 1/2.

        >>> calm = Sailings(np.zeros((1, 1)), np.zeros((1, 2)))
        >>> calm.probability(np.array([[14.0], [0.0]]), np.array([0.1])).round(3)
        array([[0.5, 0.9]])
        """
        share = np.asarray(spoilt, float)[:, None]
        if not ((share >= 0) & (share <= 0.5)).all():
            raise ValueError(f"a share of spoilt days is {share.max():.3g}: give one from 0 to 1/2")
        clean = self._clean(x)
        told: FloatArray = share + (1 - 2 * share) * clean
        return told

    def outcomes(self, spoilt: FloatArray) -> FloatArray:
        """Return what happened, 1 for "sails" (V, N), for each share of spoilt days (V,)."""
        sails = self.uniforms[:, 0] < self._clean(self.x)
        turned = self.uniforms[:, 1] < np.asarray(spoilt, float)[:, None]
        return np.asarray(sails ^ turned, float)

    def dataset(self, spoilt: float) -> Dataset:
        """Return what this world shows."""
        y = self.outcomes(np.array([spoilt]))[0]
        names = ("wind, m/s",), "sails", "Does it sail?", "invented for this page"
        return Dataset(self.x, y, "classification", *names, classes=self.classes)

    def denser(self, place: float, count: int, spread: float, seed: int) -> Sailings:
        """Return the world with `count` more days, evenly from `spread` below a place to as much above."""
        around = place + spread * np.linspace(-1, 1, count)
        drawn = np.random.default_rng([seed, 9]).random((count, 2))
        return replace(
            self, x=np.concatenate([self.x, around[:, None]]), uniforms=np.concatenate([self.uniforms, drawn])
        )

    def _clean(self, x: FloatArray) -> FloatArray:
        clean: FloatArray = 1 / (1 + np.exp((x[:, 0] - self.middle) / self.slope))
        return clean


__all__ = ["Sailings"]
