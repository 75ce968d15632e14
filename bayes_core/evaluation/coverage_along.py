r"""The honesty meter along a handle: what `coverage` counts at every position, from few positions and few worlds.

All positions meet the same worlds, so their probits (`probits.py`) vary smoothly from world to world and from position
to position:

- where the handle stands, all R worlds are asked, and counted;
- at some other positions a few of them are, and a cubic in what the worlds show (where they lie along the columns, the
  logarithm of the residual) and in the probit at home says the probit of several hundred;
- between these positions each of these worlds' probits is read off a curve through them, and only then counted; how
  much they differ from all worlds is known at home.

The error of a share is that of counting, that of standing for all worlds, and what it changes by if every probit is as
far off as the fit and the curve were found to be.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicHermiteSpline

from bayes_core.checks import FloatArray
from bayes_core.evaluation.coverage import Coverage
from bayes_core.evaluation.probits import edge, farthest
from bayes_core.evaluation.repeats import Repeats

_RIDGE = 1e-6
_BEND = 2.0  # probits are read between positions as asinh(2 probit), for far out they are powers of a width
_NEAR = 4.0  # probits that say how far a curve is off
_HINT = 4  # one in so many worlds says where another position is needed
_FLAT = 0.02  # a change of the shares between two positions that needs none in between
_STRAIGHT = 1 / 3  # of how far straight lines are from a curve, the curve itself may be off


@dataclass(frozen=True)
class Effort:
    """How much is asked along a handle: `few` worlds, which `shown` worlds are read off (0: all of both), at about
    `first` positions and at `more` where shares change.
    """

    few: int
    shown: int
    first: int
    more: int


QUICK = Effort(112, 400, 6, 5)
FULL = Effort(400, 0, 9, 6)


@dataclass(frozen=True, eq=False)
class Along:
    """The shares along a handle, at V positions: where it stands, at `home`, all worlds were counted; elsewhere the
    shares of so many `worlds` are read off the positions that were `asked`.
    """

    coverage: Coverage
    home: int
    asked: int
    worlds: int


@dataclass(frozen=True, eq=False)
class Terms:
    """What worlds are read off by: `shared` (n, F) by all places, and `own` (T, n, 2) of each."""

    shared: FloatArray
    own: FloatArray

    @property
    def stacked(self) -> FloatArray:
        """Return both, (T, n, F + 2)."""
        places, worlds, _ = self.own.shape
        return np.concatenate([np.broadcast_to(self.shared, (places, worlds, self.shared.shape[1])), self.own], axis=2)


@dataclass(frozen=True, eq=False)
class Home:
    """Where a handle stands: a width and a noise, under a prior of the noise, and what a method's bands do there."""

    repeats: Repeats
    method: str
    width: float
    noise: float
    prior: float

    @cached_property
    def found(self) -> tuple[FloatArray, FloatArray]:
        """Return all worlds' probits (T, R) and leans (T - 1, R), asked once."""
        here = np.array([self.width]), np.array([self.noise])
        probit, lean = self.repeats.probits(self.method, *here, self.prior, slice(None))
        return probit[0], lean[0]

    @cached_property
    def _ordered(self) -> tuple[FloatArray, NDArray[np.intp]]:
        return self.repeats.features(self.noise), self.repeats.order(self.noise)

    def evenly(self, count: int) -> NDArray[np.intp]:
        """Return so many worlds that stand for all, or all (0)."""
        worlds = len(self.repeats.moving)
        if not count:
            return np.arange(worlds)
        chosen: NDArray[np.intp] = self._ordered[1][((np.arange(count) + 0.5) * worlds / count).astype(int)]
        return chosen

    def terms(self, some: NDArray[np.intp]) -> Terms:
        """Return what some of the worlds are read off by."""
        own = self.found[0][:, some]
        return Terms(self._ordered[0][some], np.stack([own, own * np.abs(own)], axis=2))

    def along(
        self, where: FloatArray, width: FloatArray, noise: FloatArray, position: int, level: float, effort: Effort
    ) -> Along:
        """Return the shares at V positions of a handle, of widths and noises (V,), which lie at `where` on its track.

        The handle stands at `position`, with the home's own width and noise.
        """
        track = _Track(self, where, width, noise, position, edge(level), effort)
        track.ask(evenly(position, len(where) - 1, effort.first))
        track.ask(track.wanted(effort.more))
        return track.told(level)


def evenly(position: int, last: int, count: int) -> list[int]:
    """Return about so many positions from 0 to the last, evenly on either side of one that is known.

    >>> evenly(24, 40, 5)
    [0, 8, 16, 32, 40]
    """
    left = int(np.ceil(count * position / last))
    sides = np.linspace(0, position, left + 1)[:-1], np.linspace(position, last, max(count - left, 1) + 1)[1:]
    return sorted({int(v) for v in np.concatenate(sides).round()} - {position})


class _Track:
    """The positions of a handle that were asked so far, and what is read off them."""

    def __init__(
        self, home: Home, where: FloatArray, width: FloatArray, noise: FloatArray, position: int, end: float,
        effort: Effort,
    ) -> None:  # fmt: skip
        self.home, self.where, self.width, self.noise = home, where, width, noise
        self.position, self.end, self.effort = position, end, effort
        self.shown = home.evenly(effort.shown)
        probit, lean = home.found
        self.probit = {position: probit[:, self.shown]}  # (T, S) each
        self.lean = {position: lean.mean(1)}  # (T - 1,) each
        self.spread = {position: 0.0}

    @property
    def at(self) -> list[int]:
        """Return the positions that were asked, in order."""
        return sorted(self.probit)

    def ask(self, positions: list[int]) -> None:
        """Ask positions that were not asked yet."""
        new = [v for v in positions if v not in self.probit]
        if not new:
            return
        home, shown = self.home, self.shown
        some = home.evenly(self.effort.few)
        near, lean = home.repeats.probits(home.method, self.width[new], self.noise[new], home.prior, some)
        spread = np.zeros(len(new))
        if self.effort.few:
            near, spread = read_off(near, home.terms(some), home.terms(shown), self.end)
        self.probit |= dict(zip(new, near, strict=True))
        self.lean |= dict(zip(new, lean.mean(2), strict=True))
        self.spread |= dict(zip(new, spread.tolist(), strict=True))

    def curve(self) -> FloatArray:
        """Return how the positions (V,) are read off those that were asked (K,), on a curve through them, (V, K)."""
        knots = self.where[self.at]
        one = np.eye(len(knots))
        curve: FloatArray = CubicHermiteSpline(knots, one, np.gradient(one, knots, axis=0))(self.where)
        return curve

    def bent(self, worlds: slice) -> FloatArray:
        """Return some worlds' probits (T, K, S) where they were asked, on the scale on which they are read off."""
        return np.arcsinh(_BEND * np.stack([self.probit[v][:, worlds] for v in self.at], axis=1))

    def read(self, curve: FloatArray, worlds: slice) -> tuple[FloatArray, FloatArray]:
        """Return some worlds' probits (T, V, S) and leans (T - 1, V, 1) as a curve says them."""
        lean = np.clip(curve @ np.stack([self.lean[v] for v in self.at]), -0.999, 0.999).T
        return np.sinh(curve @ self.bent(worlds)) / _BEND, lean[:, :, None]

    def off(self, curve: FloatArray) -> FloatArray:
        """Return how far off probits may be that are read off a curve, (V,): a share of what straight lines say."""
        at, hint = self.at, slice(None, None, _HINT)
        straight = np.stack([np.interp(self.where, self.where[at], one) for one in np.eye(len(at))], axis=1)
        curved, lines = (np.sinh(one @ self.bent(hint)) / _BEND for one in (curve, straight))
        weight = near_end(curved, self.end) * (np.abs(curved) < _NEAR)
        square = (weight * (curved - lines) ** 2).sum((0, 2)) / np.maximum(weight.sum((0, 2)), 1e-9)
        spread = np.interp(self.where, self.where[at], [self.spread[v] for v in at])
        off: FloatArray = np.sqrt((_STRAIGHT**2) * square + spread**2)
        return off

    def out(self, probit: FloatArray, lean: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return how far every world's truth (T, V, S) is out at the places that are asked, and at its farthest."""
        return np.abs(probit[self.home.repeats.asked]), farthest(probit, lean)

    def held(self, out: tuple[FloatArray, FloatArray], wider: FloatArray | float = 0.0) -> FloatArray:
        """Return of every world the share of places in a `wider` band, and whether all of the line, (2, V, S)."""
        end = self.end + wider
        return np.stack([(out[0] < end).mean(0), out[1] < end])

    def wanted(self, more: int) -> list[int]:
        """Return up to so many positions between those that were asked: where half of the largest change is done."""
        shares = self.held(self.out(*self.read(self.curve(), slice(None, None, _HINT)))).mean(2)
        steps = np.append(0.0, np.abs(np.diff(shares)).max(0).cumsum())
        at, new = self.at, []
        for _ in range(more):
            gaps = [(float(steps[b] - steps[a]), a, b) for a, b in pairwise(at) if b > a + 1]
            change, a, b = max(gaps, default=(0.0, 0, 0))
            if change < _FLAT:
                break
            middle = int(np.searchsorted(steps, steps[a] + change / 2))
            new.append(min(max(middle, a + 1), b - 1))
            at = sorted([*at, new[-1]])
        return new

    def told(self, level: float) -> Along:
        """Return the shares with their errors."""
        here, curve = self.position, self.curve()
        out = self.out(*self.read(curve, slice(None)))
        held = self.held(out)  # (2, V, S)
        shares = held.mean(2)
        reading = self.held(out, self.off(curve)[:, None]).mean(2) - shares
        all_held = self.held(self.out(*self.home.found))  # (2, R)
        counting = all_held.std(1, ddof=1, keepdims=True) / np.sqrt(all_held.shape[1])
        change = (held - held[:, [here]]).std(2) / np.sqrt(len(self.shown))
        chance = shares * (1 - shares)
        moved = np.divide(chance, chance[:, [here]], out=np.zeros_like(chance), where=chance[:, [here]] > 0)
        gap = all_held.mean(1, keepdims=True) - shares[:, [here]]
        shares = np.clip(shares + gap * np.minimum(moved, 1.0), 0.0, 1.0)
        own = np.minimum(counting * np.sqrt(moved), 0.5)
        errors = np.sqrt(own**2 + (change**2 if self.effort.shown else 0.0) + reading**2)
        coverage = Coverage(shares[0], errors[0], shares[1], errors[1], level, all_held.shape[1])
        return Along(coverage, here, len(self.at), len(self.shown))


def read_off(near: FloatArray, some: Terms, every: Terms, end: float) -> tuple[FloatArray, FloatArray]:
    """Return every world's probits (M, T, S), given those of some (M, T, n), and the sd of what a fit leaves (M,).

    Least squares on the worlds' terms; those near an end of the band, where it counts, weigh most.
    """
    terms = some.stacked
    weight = near_end(near, end)
    pulled = terms.swapaxes(1, 2) * weight[:, :, None]  # (M, T, F + 2, n)
    square = pulled @ terms
    square += _RIDGE * near.shape[2] * np.eye(square.shape[-1])
    found = np.linalg.solve(square, pulled @ near[..., None])[..., 0]  # (M, T, F + 2)
    left = near - (terms @ found[..., None])[..., 0]
    free = 1 - square.shape[-1] / near.shape[2]
    spread: FloatArray = np.sqrt((weight * left**2).sum(2) / weight.sum(2) / free).max(1)
    read = (found[..., :-2].reshape(-1, every.shared.shape[1]) @ every.shared.T).reshape(*found.shape[:2], -1)
    read += every.own[..., 0] * found[..., -2, None]
    read += every.own[..., 1] * found[..., -1, None]
    return read, spread


def near_end(probit: FloatArray, end: float) -> FloatArray:
    """Return how much probits count: most where they are near an end of the band."""
    weight: FloatArray = 1 / (1 + (np.abs(probit) - end) ** 2)
    return weight
