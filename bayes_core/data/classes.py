"""Worlds of classes where the truth is known: points scattered around curves, one curve a class, some labels wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bayes_core.checks import FloatArray, assign, count, floats, positive
from bayes_core.types import Dataset

Codes = NDArray[np.intp]
Curve = Callable[[FloatArray], FloatArray]
"""From shares of the way (n,), 0 to 1, to places (n, D) on it."""

_MOST_ROWS = 100_000
_BLOCK = 1 << 22  # numbers at a time


@dataclass(frozen=True, eq=False)
class ClassWorld:
    r"""A point's class has probability `shares`; it starts anywhere on its class's curve and is pushed off by noise.

    .. math:: x = (c_k(t) + \sigma e - \text{centre}) / \text{scale}, \quad t \sim U(0, 1), \quad
        e \sim \mathcal N(0, I)

    A label is then replaced by one of the others with probability `mislabelled`. `draws` (N, 4 + D) hold what is random
    of each row and stays as it is: uniforms for class, place, whether the label goes wrong and how, and D normal
    pushes; so turning the noise up moves the same points farther, turning `mislabelled` up spoils more and more of the
    same labels, and more rows never change the first. `noise` is in the curves' units, before `centre` and `scale`
    (D,).
    Raises ValueError for shares that are no probabilities, and where curves, classes and shares differ in number.
    """

    curves: tuple[Curve, ...]
    shares: tuple[float, ...]
    noise: float
    draws: FloatArray
    centre: FloatArray
    scale: FloatArray
    mislabelled: float = 0.0
    classes: tuple[str, ...] = ("0", "1")
    feature_names: tuple[str, ...] = ("x1", "x2")
    title: str = ""
    source: str = "invented for this page"

    def __post_init__(self) -> None:
        """Check that the parts fit together."""
        kinds = len(self.curves)
        if not kinds == len(self.shares) == len(self.classes) or kinds < 2:
            raise ValueError(
                f"{kinds} curves, {len(self.shares)} shares and {len(self.classes)} classes: give one of each for "
                "every class, and two classes at least"
            )
        shares = np.array(self.shares, float)
        if not (np.isfinite(shares).all() and (shares > 0).all() and abs(shares.sum() - 1) < 1e-9):
            raise ValueError(f"the classes' shares are {self.shares}: give positive ones that add up to 1")
        assign(
            self,
            noise=positive(self.noise, "the noise", "give the size of a typical push"),
            draws=floats(self.draws, "draws", 2),
            centre=floats(self.centre, "centre", 1),
            scale=floats(self.scale, "scale", 1),
            mislabelled=_share(self.mislabelled),
        )

    def dataset(self, noise: float | None = None, mislabelled: float | None = None) -> Dataset:
        """Return what this world shows, its noise and its share of wrong labels turned to a value (its own if None)."""
        kind = self._kinds()
        x = self._places(kind, self._noise(noise))
        y = self._labels(kind, self.mislabelled if mislabelled is None else _share(mislabelled))
        return Dataset(
            x, y.astype(float), "classification", self.feature_names, "class", self.title, self.source, self.classes
        )

    def probabilities(self, x: FloatArray, noise: float | None = None, mislabelled: float | None = None) -> FloatArray:
        r"""Return the true probability (G, K) of every class's label at inputs x (G, D).

        .. math:: p(k \mid x) \propto \pi_k \int_0^1 \mathcal N(x \mid c_k(t), \sigma^2 I) \, dt

        by Gauss and Legendre's rule on as many places as the noise asks for, and labels that go wrong mixed in:
        :math:`(1 - e) p_k + e (1 - p_k) / (K - 1)`.
        Raises ValueError for inputs with another number of columns, and without noise, where there is no density.

        >>> moons(n=2).probabilities(np.array([[0.0, 3.0]])).round(3)
        array([[1., 0.]])
        """
        sigma, wrong = self._noise(noise), self.mislabelled if mislabelled is None else _share(mislabelled)
        if sigma == 0:
            raise ValueError("the noise is 0, and points on a curve have no density: give a positive noise")
        inputs = np.asarray(x, float)
        if inputs.ndim != 2 or inputs.shape[1] != len(self.scale):
            raise ValueError(f"x has shape {inputs.shape} and the world {len(self.scale)} inputs: give (G, that many)")
        places = inputs * self.scale + self.centre
        log = np.stack([_log_density(curve, places, sigma) for curve in self.curves], 1) + np.log(self.shares)
        weight = np.exp(log - log.max(1, keepdims=True))
        clean = weight / weight.sum(1, keepdims=True)
        told: FloatArray = (1 - wrong) * clean + wrong * (1 - clean) / (len(self.curves) - 1)
        return told

    def another(self, n: int, seed: int) -> ClassWorld:
        """Return the same world with n other rows."""
        return replace(self, draws=_random(n, seed, len(self.centre)))

    def labelled(self, codes: Codes, seed: int) -> ClassWorld:
        """Return the same world with other rows, of classes `codes` (n,) before any label goes wrong."""
        draws = _random(len(codes), seed, len(self.centre))
        draws[:, 0] = (np.cumsum(self.shares) - np.array(self.shares) / 2)[codes]
        return replace(self, draws=draws)

    def evenly(self, n: int) -> ClassWorld:
        r"""Return the same world with n rows of every class, spread so evenly that averages over them are integrals.

        Places along a curve are the middles of n equal steps, pushes follow Roberts' sequence: of D numbers the d-th is
        :math:`\{1/2 + i / \phi^d\}`, with :math:`\phi^{D + 1} = \phi + 1`. The error of an average falls nearly as
        1 / n. Source: Roberts (2018), The unreasonable effectiveness of quasirandom sequences.
        """
        from scipy.special import ndtri  # noqa: PLC0415 (slow to import, and the start page does without)

        n, size = count(n, "n", 1, _MOST_ROWS), len(self.centre)
        phi = 1.5
        for _ in range(60):
            phi = (1 + phi) ** (1 / (size + 1))
        steps = (0.5 + np.arange(1, n + 1)[:, None] / phi ** np.arange(1, size + 1)) % 1
        middles = np.cumsum(self.shares) - np.array(self.shares) / 2
        one = np.column_stack([np.zeros(n), (np.arange(n) + 0.5) / n, np.ones(n), np.zeros(n), ndtri(steps)])
        draws = np.tile(one, (len(middles), 1))
        draws[:, 0] = np.repeat(middles, n)
        return replace(self, draws=draws)

    def _kinds(self) -> Codes:
        ends = np.cumsum(self.shares)[:-1]
        return np.searchsorted(ends, self.draws[:, 0], side="right")

    def _places(self, kind: Codes, noise: float) -> FloatArray:
        place = np.empty((len(kind), len(self.centre)))
        for k, curve in enumerate(self.curves):
            place[kind == k] = curve(self.draws[kind == k, 1])
        pushed: FloatArray = (place + noise * self.draws[:, 4:] - self.centre) / self.scale
        return pushed

    def _labels(self, kind: Codes, mislabelled: float) -> Codes:
        """Return codes (N,): where the label goes wrong, which other one it becomes does not depend on how many do."""
        others = len(self.curves) - 1
        other = (kind + 1 + (self.draws[:, 3] * others).astype(int)) % len(self.curves)
        return np.where(self.draws[:, 2] < mislabelled, other, kind)

    def _noise(self, noise: float | None) -> float:
        level = self.noise if noise is None else float(noise)
        if not (np.isfinite(level) and level >= 0):
            raise ValueError(f"the noise is {level}: it must be zero or more, and finite")
        return level


def _share(share: float) -> float:
    value = float(share)
    if not 0 <= value < 1:
        raise ValueError(f"the share of wrong labels is {share}: give one from 0 to below 1")
    return value


def _log_density(curve: Curve, places: FloatArray, sigma: float) -> FloatArray:
    """Return the log density (G,), up to a constant that all curves share, of points scattered around a curve."""
    along = curve(np.linspace(0, 1, 257))
    length = float(np.sqrt((np.diff(along, axis=0) ** 2).sum(1)).sum())
    nodes, weights = np.polynomial.legendre.leggauss(16 + min(int(4 * length / sigma), 4000) if length else 1)
    on = curve((nodes + 1) / 2)
    size = max(_BLOCK // (len(on) * places.shape[1]), 1)
    parts = [_mixed(places[start : start + size], on, weights / 2, sigma) for start in range(0, len(places), size)]
    return np.concatenate(parts) if parts else np.empty(0)


def _mixed(places: FloatArray, on: FloatArray, weights: FloatArray, sigma: float) -> FloatArray:
    fall = -0.5 * ((places[:, None, :] - on) ** 2).sum(2) / sigma**2
    top = fall.max(1)
    log: FloatArray = top + np.log(np.exp(fall - top[:, None]) @ weights)
    return log


def _random(n: int, seed: int, inputs: int) -> FloatArray:
    """Return what is random of n rows (N, 4 + D), row by row, so that more rows keep the first ones."""
    n = count(n, "n", 1, _MOST_ROWS)
    uniform = np.random.default_rng([seed, 13]).random((n, 4))
    return np.concatenate([uniform, np.random.default_rng([seed, 14]).standard_normal((n, inputs))], axis=1)


# ------------------------------------------------------------------------------------------------------ the worlds
def _upper(t: FloatArray) -> FloatArray:
    return np.column_stack([np.cos(np.pi * t), np.sin(np.pi * t)])


def _lower(t: FloatArray) -> FloatArray:
    return np.column_stack([1 - np.cos(np.pi * t), 0.5 - np.sin(np.pi * t)])


def moons(n: int = 200, seed: int = 0, noise: float = 0.3) -> ClassWorld:
    """Return two half circles that reach into each other, as scikit-learn's `make_moons` has them.

    Inputs are in standard deviations from their mean, over all points that there could be at this noise.
    """
    noise = positive(noise, "the noise", "give the size of a typical push, such as 0.3")
    # half a circle's x has variance 1/2 and its y 1/2 - 4/pi^2; the two means are 1 and 4/pi - 1/2 apart
    between = np.array([1.0, 4 / np.pi - 0.5])
    spread = np.array([0.5, 0.5 - 4 / np.pi**2]) + between**2 / 4
    return ClassWorld(
        (_upper, _lower),
        (0.5, 0.5),
        noise,
        _random(n, seed, 2),
        np.array([0.5, 0.25]),
        np.sqrt(spread + noise**2),
        classes=("upper moon", "lower moon"),
        title="Two moons",
    )


def twelve(n: int = 12, seed: int = 9, noise: float = 0.2) -> ClassWorld:
    """Return the moons again, with so few points that much may be true."""
    return replace(moons(n, seed, noise), title="Twelve points")


def _circle(radius: float) -> Curve:
    def curve(t: FloatArray) -> FloatArray:
        return radius * np.column_stack([np.cos(2 * np.pi * t), np.sin(2 * np.pi * t)])

    return curve


def circles(n: int = 200, seed: int = 0, noise: float = 0.2) -> ClassWorld:
    """Return a ring around a smaller one, of radii 1 and 0.4: no straight line parts them.

    Inputs are in standard deviations, over all points that there could be at this noise.
    """
    noise = positive(noise, "the noise", "give the size of a typical push, such as 0.2")
    spread = np.full(2, (1 + 0.4**2) / 4 + noise**2)
    return ClassWorld(
        (_circle(1.0), _circle(0.4)),
        (0.5, 0.5),
        noise,
        _random(n, seed, 2),
        np.zeros(2),
        np.sqrt(spread),
        classes=("outer ring", "inner ring"),
        title="Two rings",
    )


_CENTRES = np.array([[-1.5, -0.5], [0.3, 1.4], [1.5, -0.6]])


def _dot(place: FloatArray) -> Curve:
    def curve(t: FloatArray) -> FloatArray:
        return np.repeat(place[None], len(t), axis=0)

    return curve


def blobs(n: int = 200, seed: int = 0, noise: float = 1.0) -> ClassWorld:
    """Return three round clouds that overlap; the logarithm of any two classes' odds is a straight line's."""
    noise = positive(noise, "the noise", "give the size of a typical push, such as 1")
    return ClassWorld(
        tuple(_dot(place) for place in _CENTRES),
        (1 / 3, 1 / 3, 1 / 3),
        noise,
        _random(n, seed, 2),
        _CENTRES.mean(0),
        np.sqrt(_CENTRES.var(0) + noise**2),
        classes=("left", "top", "right"),
        title="Three clouds",
    )


CLASS_WORLDS: dict[str, Callable[..., ClassWorld]] = {
    "moons": moons,
    "twelve": twelve,
    "circles": circles,
    "blobs": blobs,
}

__all__ = ["CLASS_WORLDS", "ClassWorld", "blobs", "circles", "moons", "twelve"]
