"""Densities of two parameters to walk on: three classic shapes, and posteriors of the linear page and of a network."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import cosh, exp, log, tanh

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data import houses
from bayes_core.samplers.moves import Density
from bayes_core.types import Prior

Range = tuple[float, float]
Many = Callable[[FloatArray, FloatArray], FloatArray]


@dataclass(frozen=True, eq=False)
class Target:
    """A log density, up to a constant, with its gradient at one point (`log`), and without at many (`many`).

    `box` is what a picture shows, `wide` what holds all but a millionth; `names` are those of the parameters, with
    their units, `short` ones for where there is little room. `fine` is how narrow it gets around x = 0, where a grid
    must be closer than elsewhere.
    """

    name: str
    names: tuple[str, str]
    short: tuple[str, str]
    log: Density
    many: Many
    box: tuple[Range, Range]
    wide: tuple[Range, Range]
    fine: float = 0.0

    def grid(self, count: int) -> tuple[FloatArray, FloatArray]:
        """Return places along both axes that hold all of the target."""
        x, y = (np.linspace(low, high, count) for low, high in self.wide)
        if self.fine:
            low, high = np.arcsinh(np.array(self.wide[0]) / self.fine)
            x = self.fine * np.sinh(np.linspace(low, high, count))
        return x, y


def _banana() -> Target:
    """x ~ N(0, 1), y | x ~ N(x² - 1, 0.4²): a bent ridge (Haario et al. 1999)."""
    bend, sd = 1.0, 0.4

    def value(x: float, y: float) -> tuple[float, float, float]:
        off = (y - bend * (x * x - 1)) / (sd * sd)
        return -x * x / 2 - off * off * sd * sd / 2, -x + 2 * bend * x * off, -off

    def many(x: FloatArray, y: FloatArray) -> FloatArray:
        out: FloatArray = -(x**2) / 2 - (y - bend * (x**2 - 1)) ** 2 / (2 * sd**2)
        return out

    return Target(
        "banana", ("x", "y"), ("x", "y"), value, many, ((-3.2, 3.2), (-2.6, 7.4)), ((-6.0, 6.0), (-4.0, 30.0))
    )


def _funnel() -> Target:
    """y ~ N(0, 1.3²), x | y ~ N(0, exp(y)²): a scale and what it scales (Neal 2003, in two dimensions)."""
    sd = 1.3

    def value(x: float, y: float) -> tuple[float, float, float]:
        precision = exp(-2 * y)
        pull = x * x * precision
        return -y * y / (2 * sd * sd) - y - pull / 2, -x * precision, -y / (sd * sd) - 1 + pull

    def many(x: FloatArray, y: FloatArray) -> FloatArray:
        out: FloatArray = -(y**2) / (2 * sd**2) - y - x**2 * np.exp(-2 * y) / 2
        return out

    names = "effect of one school", "log of how much schools differ"
    return Target(
        "funnel",
        names,
        ("effect", "log spread"),
        value,
        many,
        ((-13.0, 13.0), (-4.0, 3.6)),
        ((-150.0, 150.0), (-6.5, 6.0)),
        0.001,
    )


_HUMPS = (log(0.6), -1.9, -0.9, 0.6, 0.9), (log(0.4), 1.9, 1.1, 0.7, 0.5)  # log share, middle, sds


def _humps() -> Target:
    """0.6 of a Gaussian around (-1.9, -0.9), 0.4 of another around (1.9, 1.1): two humps apart."""

    def value(x: float, y: float) -> tuple[float, float, float]:
        logs = [share - log(s * t) - ((x - a) / s) ** 2 / 2 - ((y - b) / t) ** 2 / 2 for share, a, b, s, t in _HUMPS]
        top = max(logs)
        parts = [exp(one - top) for one in logs]
        whole = sum(parts)
        dx = sum(w * (a - x) / (s * s) for w, (_, a, _, s, _) in zip(parts, _HUMPS, strict=True)) / whole
        dy = sum(w * (b - y) / (t * t) for w, (_, _, b, _, t) in zip(parts, _HUMPS, strict=True)) / whole
        return top + log(whole), dx, dy

    def many(x: FloatArray, y: FloatArray) -> FloatArray:
        one, two = (
            share - log(s * t) - ((x - a) / s) ** 2 / 2 - ((y - b) / t) ** 2 / 2 for share, a, b, s, t in _HUMPS
        )
        return np.logaddexp(one, two)

    box, wide = ((-4.6, 4.8), (-4.2, 3.8)), ((-7.0, 7.0), (-7.0, 6.0))
    return Target("humps", ("x", "y"), ("x", "y"), value, many, box, wide)


PRIOR = Prior(width=100.0, noise=50.0)
SALES, SURFACE = (20, 1), 60.0
"""Twenty house sales of the linear page with their seed, and the surface whose price is the second parameter."""


def _line() -> Target:
    """Slope and the price of a house of 60 m², noise known: the linear page's posterior, a slanting ridge."""
    data = houses(*SALES).dataset()
    x, y = data.x[:, 0] - SURFACE, data.y
    n, sx, sy, sxx, sxy = float(len(y)), float(x.sum()), float(y.sum()), float(x @ x), float(x @ y)
    tau, weak = 1 / PRIOR.noise**2, 1 / PRIOR.width**2

    def value(slope: float, level: float) -> tuple[float, float, float]:
        start = level - SURFACE * slope  # the intercept, at 0 m²
        up = tau * (sxy - level * sx - slope * sxx)
        across = tau * (sy - n * level - slope * sx)
        fit = slope * (tau * sxy + up) + level * (tau * sy + across)  # twice the log likelihood, but for y'y
        prior = slope * slope + start * start
        return (fit - weak * prior) / 2, up - weak * (slope - SURFACE * start), across - weak * start

    def many(slope: FloatArray, level: FloatArray) -> FloatArray:
        cross = 2 * slope * sxy + 2 * level * sy - slope**2 * sxx - 2 * slope * level * sx - n * level**2
        out: FloatArray = (tau * cross - weak * (slope**2 + (level - SURFACE * slope) ** 2)) / 2
        return out

    names = "slope, thousand € per m²", "price of 60 m², thousand €"
    box, wide = ((1.6, 5.8), (150.0, 285.0)), ((-0.8, 8.2), (70.0, 365.0))
    return Target("line", names, ("slope", "price of 60 m²"), value, many, box, wide)


def _noise() -> Target:
    """Slope and log noise of house prices, the intercept integrated out: the linear page's posterior, noise unknown."""
    data = houses(*SALES).dataset()
    n, middle, height = len(data.y), float(data.x.mean()), float(data.y.mean())
    x, y = data.x[:, 0] - middle, data.y - height
    sxx, sxy, syy = float(x @ x), float(x @ y), float(y @ y)
    weak, square, broad = 1 / PRIOR.width**2, PRIOR.noise**2, n * PRIOR.width**2

    def value(slope: float, level: float) -> tuple[float, float, float]:
        wide = exp(2 * level)  # the variance of the noise
        rest, off, all_ = syy - 2 * slope * sxy + slope * slope * sxx, height - slope * middle, wide + broad
        apart = n * off * off / all_  # how far the mean lies from what the intercept's prior expects
        whole = (2 - n) * level - rest / (2 * wide) - (log(all_) + apart + weak * slope * slope) / 2
        across = (sxy - slope * sxx) / wide + n * off * middle / all_ - weak * slope
        up = 2 - n + rest / wide - wide * (1 - apart) / all_ - 2 * wide / (square + wide)
        return whole - log(1 + wide / square), across, up

    def many(slope: FloatArray, level: FloatArray) -> FloatArray:
        wide = np.exp(2 * level)
        rest, all_ = syy - 2 * slope * sxy + slope**2 * sxx, wide + broad
        apart = np.log(all_) + n * (height - slope * middle) ** 2 / all_ + weak * slope**2
        out: FloatArray = (2 - n) * level - rest / (2 * wide) - apart / 2 - np.log1p(wide / square)
        return out

    names = "slope, thousand € per m²", "log of the noise sd"
    box, wide_box = ((1.9, 5.6), (2.95, 4.15)), ((-0.5, 8.2), (2.4, 6.0))
    return Target("noise", names, ("slope", "log noise"), value, many, box, wide_box)


SEEN = np.array([-2.0, -1.5, -1.1, -0.6, -0.2, 0.3, 0.8, 1.2, 1.7, 2.1])
ANSWER = np.array([-0.95, -1.2, -0.7, -0.75, 0.1, 0.35, 0.5, 1.15, 0.8, 1.3])
NOISE, WEIGHT = 0.5, 1.5
"""Noise of the network's outcomes, and the prior's width of both weights."""


def _weights() -> Target:
    """Two weights of a network with one hidden unit, f(x) = v tanh(w x): both signs turned round, it is the same f."""
    points = list(zip(SEEN.tolist(), ANSWER.tolist(), strict=True))

    def value(w: float, v: float) -> tuple[float, float, float]:
        whole, dw, dv = -(w * w + v * v) / (2 * WEIGHT**2), -w / WEIGHT**2, -v / WEIGHT**2
        for x, y in points:
            bent = tanh(w * x)
            off = (y - v * bent) / NOISE**2
            whole -= off * off * NOISE**2 / 2
            dv += off * bent
            dw += off * v * x / cosh(min(abs(w * x), 300.0)) ** 2
        return whole, dw, dv

    def many(w: FloatArray, v: FloatArray) -> FloatArray:
        w, v = np.broadcast_arrays(w, v)
        off = ANSWER - v[..., None] * np.tanh(w[..., None] * SEEN)
        out: FloatArray = -(off**2).sum(-1) / (2 * NOISE**2) - (w**2 + v**2) / (2 * WEIGHT**2)
        return out

    names = "weight into the unit", "weight out of it"
    return Target(
        "weights",
        names,
        ("weight in", "weight out"),
        value,
        many,
        ((-4.4, 4.4), (-3.9, 3.9)),
        ((-8.0, 8.0), (-8.0, 8.0)),
    )


TARGETS: Mapping[str, Callable[[], Target]] = {
    "line": _line,
    "noise": _noise,
    "weights": _weights,
    "banana": _banana,
    "funnel": _funnel,
    "humps": _humps,
}
"""By name; `target` makes each once."""


@lru_cache(maxsize=len(TARGETS))
def target(name: str) -> Target:
    """Return a target by its name.

    >>> target("weights").log(0.0, 0.0)[1:]
    (0.0, 0.0)
    """
    return TARGETS[name]()


Starts = tuple[tuple[float, float], ...]
BEGINNINGS: Mapping[str, tuple[Starts, Starts, Starts]] = {
    "line": (
        ((3.1, 240.0), (5.2, 185.0), (4.6, 212.0), (3.6, 208.0)),
        ((1.8, 145.0), (1.9, 150.0), (1.7, 140.0), (2.0, 152.0)),
        ((3.2, 240.0), (3.4, 238.0), (3.3, 235.0), (3.1, 243.0)),
    ),
    "noise": (
        ((3.1, 3.3), (5.2, 3.7), (3.6, 3.75), (4.8, 3.3)),
        ((2.4, 4.05), (2.45, 4.1), (2.5, 4.0), (2.35, 4.08)),
        ((3.5, 3.5), (3.6, 3.45), (3.4, 3.55), (3.55, 3.5)),
    ),
    "weights": (
        ((1.3, 1.2), (-1.3, -1.1), (1.9, 1.0), (-0.8, -1.5)),
        ((4.0, -3.4), (4.1, -3.2), (3.8, -3.5), (4.2, -3.3)),
        ((1.3, 1.2), (1.1, 1.3), (1.5, 1.1), (1.0, 1.4)),
    ),
    "banana": (
        ((-1.8, 2.4), (1.9, 2.5), (0.0, -1.2), (0.8, 0.2)),
        ((2.9, 6.9), (2.8, 7.1), (2.7, 6.6), (2.95, 7.2)),
        ((1.5, 1.3), (1.6, 1.5), (1.4, 1.0), (1.7, 1.8)),
    ),
    "funnel": (
        ((-4.0, 2.0), (5.0, 1.9), (0.6, 0.0), (-0.4, -0.8)),
        ((11.0, 3.1), (11.5, 3.3), (10.5, 3.0), (12.0, 3.2)),
        ((2.0, 1.2), (1.8, 1.0), (2.2, 1.3), (1.5, 1.1)),
    ),
    "humps": (
        ((-2.2, -1.3), (2.3, 1.3), (-1.5, -0.4), (1.4, 0.8)),
        ((4.2, -3.6), (4.3, -3.4), (4.0, -3.7), (4.4, -3.5)),
        ((-2.0, -1.2), (-1.8, -0.8), (-2.2, -0.6), (-1.6, -1.0)),
    ),
}
"""Where four chains start: apart from each other within the target, far out, or together in one place."""
