"""A q by hand at every position of a handle: where it began, the steps that Adam took from there, how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from bayes_core.approximation.climb import Path, Recipe, climb, noisy_climb
from bayes_core.approximation.divergence import Exact, elbo
from bayes_core.approximation.estimators import spread
from bayes_core.approximation.optimum import Best
from bayes_core.approximation.targets import LaplaceSlope
from bayes_core.checks import FloatArray

STEPS, RATE = 120, 0.06
"""How many steps of Adam can be watched, and its rate in units of the target."""
_TOP = 1 / np.sqrt(2 * np.pi)


@dataclass(frozen=True, eq=False)
class Followed:
    """Means and widths (V,) of q after some steps (V,) of Adam from starts (V,); `best` are the divergence's minima."""

    exact: Exact
    way: str
    start_mean: FloatArray
    start_width: FloatArray
    step: FloatArray
    best: tuple[Best, ...]

    @classmethod
    def of(
        cls, exact: Exact, way: str, mean: FloatArray, width: FloatArray, step: FloatArray, best: tuple[Best, ...]
    ) -> Followed:
        """Take means, widths and steps that have V positions, or one."""
        mean, width, step = np.broadcast_arrays(mean, width, step)
        return cls(exact, way, mean, width, step, best)

    @cached_property
    def path(self) -> Path:
        """Return every start's whole path (V, T + 1); starts that are one and the same are climbed from once."""
        same = np.ptp(self.start_mean) == 0 and np.ptp(self.start_width) == 0
        some = slice(0, 1) if same else slice(None)
        starts = (tuple(start[some].tolist()) for start in (self.start_mean, self.start_width))
        found = _climbed(self.exact, self.way, *starts)
        size = (len(self.step), STEPS + 1)
        return Path(np.broadcast_to(found.mean, size), np.broadcast_to(found.width, size))

    def _now(self, values: FloatArray) -> FloatArray:
        return np.asarray(values[np.arange(len(self.step)), self.step.astype(int)])

    @cached_property
    def mean(self) -> FloatArray:
        """Return where q is now (V,)."""
        return self._now(self.path.mean)

    @cached_property
    def width(self) -> FloatArray:
        """Return how wide q is now (V,)."""
        return self._now(self.path.width)

    @cached_property
    def elbo(self) -> FloatArray:
        """Return the ELBO of q now (V,)."""
        return elbo(self.exact.target, self.mean, self.width)

    @cached_property
    def reverse(self) -> FloatArray:
        """Return KL(q || p) now (V,)."""
        return self.exact.reverse(self.mean, self.width)

    @cached_property
    def forward(self) -> FloatArray:
        """Return KL(p || q) now (V,)."""
        return self.exact.forward(self.mean, self.width)

    @cached_property
    def held(self) -> FloatArray:
        """Return how much of the posterior (V,) the 90 % interval of q holds."""
        return self.exact.held(self.mean, self.width)

    @cached_property
    def ending(self) -> FloatArray:
        """Return which of the minima (V,) Adam's last step is nearest to."""
        m, s = self.path.mean[:, -1:], self.path.width[:, -1:]
        means, widths = (np.array([getattr(b, name) for b in self.best]) for name in ("mean", "width"))
        return np.asarray(np.argmin(((m - means) / widths) ** 2 + np.log(s / widths) ** 2, axis=1))

    def curves(self, at: FloatArray) -> FloatArray:
        """Return the density (V, X) of q at some places."""
        return _bells(self.mean, self.width, at)

    def first_curves(self, at: FloatArray) -> FloatArray:
        """Return the density (V, X) of q where it began."""
        return _bells(self.start_mean, self.start_width, at)

    def draws(self, e: FloatArray) -> FloatArray:
        """Return what q makes (V, S) of random numbers e (S,)."""
        return self.mean[:, None] + self.width[:, None] * e

    @property
    def now(self) -> FloatArray:
        """Return mean, width and the height of q's top, (V, 3)."""
        return np.stack([self.mean, self.width, _TOP / self.width], 1)

    @property
    def grips(self) -> FloatArray:
        """Return the top of the bell where q began and its shoulder, one width to the right: (V, 4), x and height."""
        m, s = self.start_mean, self.start_width
        return np.stack([m, _TOP / s, m + s, _TOP * np.exp(-0.5) / s], 1)

    def trail(self) -> tuple[FloatArray, FloatArray]:
        """Return means and widths (V, T + 1) as far as q has come; what lies ahead is NaN."""
        ahead = np.arange(STEPS + 1) > self.step[:, None]
        return np.where(ahead, np.nan, self.path.mean), np.where(ahead, np.nan, self.path.width)


@lru_cache(maxsize=128)  # the same starts are climbed from wherever a third handle stands
def _climbed(exact: Exact, way: str, mean: tuple[float, ...], width: tuple[float, ...]) -> Path:
    return climb(exact, mean, width, STEPS, RATE, way)


def _bells(mean: FloatArray, width: FloatArray, at: FloatArray) -> FloatArray:
    z = (at - mean[:, None]) / width[:, None]
    bells: FloatArray = np.exp(-0.5 * z * z) / width[:, None] * _TOP
    return bells


@dataclass(frozen=True, eq=False)
class Both:
    """Two noisy climbs (V, T + 1), reparameterised and by the score function, to step (V,); what they should reach."""

    exact: Exact
    best: Best
    recipe: Recipe
    moved: Path
    weighed: Path
    step: FloatArray

    @classmethod
    def of(
        cls, exact: Exact, best: Best, start: tuple[float, float], rates: FloatArray, step: FloatArray,
        recipe: Recipe, steps: int,
    ) -> Both:  # fmt: skip
        """Climb by both ways at every rate (V,) or one, and look at step (V,) or one."""
        target = exact.target
        assert isinstance(target, LaplaceSlope)
        size = (max(len(rates), len(step)), steps + 1)

        def path(way: str) -> Path:
            one = noisy_climb(target, *start, steps, rates, recipe, way)
            return Path(np.broadcast_to(one.mean, size), np.broadcast_to(one.width, size))

        return cls(exact, best, recipe, path("reparameterised"), path("score"), np.broadcast_to(step, size[0]))

    def _cut(self, values: FloatArray) -> FloatArray:
        ahead = np.arange(values.shape[1]) > self.step[:, None]
        return np.where(ahead, np.nan, values)

    @cached_property
    def come(self) -> FloatArray:
        """Return the steps (V, T + 1) that were taken by then: beyond where one is they stay."""
        return np.minimum(np.arange(self.moved.mean.shape[1]), self.step[:, None]).astype(float)

    def edges(self, path: Path) -> tuple[FloatArray, FloatArray]:
        """Return mean minus and plus one width (V, T + 1) of a climb after the steps that it has come."""
        k = self.come.astype(int)
        mean, width = (np.take_along_axis(values, k, 1) for values in (path.mean, path.width))
        return mean - width, mean + width

    def trail(self, path: Path) -> FloatArray:
        """Return means and widths (V, T + 1, 2) of a climb, as far as it has come."""
        return np.stack([self._cut(path.mean), self._cut(path.width)], -1)

    def divergence(self, path: Path) -> FloatArray:
        """Return KL(q || p) (V, T + 1) of a climb from the right posterior, as far as it has come."""
        return self._cut(self.exact.reverse(path.mean, path.width))

    def now(self, path: Path) -> FloatArray:
        """Return mean and width (V, 2) of a climb where it has come to."""
        rows = np.arange(len(self.step)), self.step.astype(int)
        return np.stack([path.mean[rows], path.width[rows]], 1)

    @cached_property
    def noise(self) -> FloatArray:
        """Return the sd (V, 2) of one draw's gradient in the mean, both ways, where the first climb has come to."""
        mean, width = self.now(self.moved).T
        found = spread(self.exact.target, mean, width, self.recipe.weight, self.recipe.baseline)
        return found[:, :, 0]

    @cached_property
    def dearer(self) -> FloatArray:
        """Return how many draws (V,) the score function needs for what one reparameterised draw says of the mean."""
        return np.asarray((self.noise[:, 1] / self.noise[:, 0]) ** 2)

    @cached_property
    def settled(self) -> FloatArray:
        """Return whether the reparameterised climb is within a twentieth of a nat of the best q, (V,)."""
        now = self.now(self.moved)
        return np.asarray(self.exact.reverse(now[:, 0], now[:, 1]) < self.best.kl + 0.05)


def frozen(count: int = 24, seed: int = 11) -> FloatArray:
    """Return random numbers (S,), sorted, whose mean is 0 and sd 1 exactly: q's draws are mean + width times these.

    >>> e = frozen()
    >>> abs(round(float(e.mean()), 9)), round(float(e.std()), 9)
    (0.0, 1.0)
    """
    e = np.sort(np.random.default_rng(seed).standard_normal(count))
    return np.asarray((e - e.mean()) / e.std())
