r"""The honesty meter along a handle: what `coverage` counts at every position, all worlds read off few of them.

All positions meet the same worlds, so their probits (`probits.py`) vary smoothly from world to world:

- where the handle stands, all R worlds are asked, and counted;
- at other positions a few of them are. A cubic in what the worlds show (where they lie along the columns, and their
  residual) and in the probit at home says the probits of all R, which are counted;
- between two positions nothing is asked once next to no truth can have come into a band or left one in between.

The error of a share is that of counting R worlds, and a bound on what is read: all the worlds that are as near to an
end of the band as twice what the cubic was off in those that were asked, half a world of the few, and what can have
come or gone between two positions.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bayes_core.checks import FloatArray
from bayes_core.evaluation.coverage import Coverage
from bayes_core.evaluation.probits import Floats, edge, farthest
from bayes_core.evaluation.repeats import Repeats
from bayes_core.numerics.normal import Small

_RIDGE = 1e-6
_OUT = 12.0  # beyond an end of the band a probit counts as no farther out
_DOUBT = 2.0  # times as far off as they were found to be, probits are taken to be
_FLAT = 0.02  # a change of the shares between two positions that needs none in between


@dataclass(frozen=True)
class Effort:
    """How much is asked along a handle: `few` worlds at a position, at first so many positions `apart`."""

    few: int
    apart: int


QUICK = Effort(80, 4)
FULL = Effort(240, 1)


@dataclass(frozen=True, eq=False)
class Along:
    """The shares along a handle, at V positions: where it stands, at `home`, all worlds were counted; elsewhere they
    are read off `few` of them at the positions that were `asked`.
    """

    coverage: Coverage
    home: int
    asked: int
    few: int


@dataclass(frozen=True, eq=False)
class Reader:
    """How all R worlds are read off `some` (n,): by least squares, on F terms of each at every place."""

    some: NDArray[np.intp]
    terms: Small  # (T, F, R)
    picked: FloatArray  # (T, F, n)
    fit: FloatArray  # (T, n, F)

    @classmethod
    def of(cls, shared: FloatArray, probit: FloatArray, some: NDArray[np.intp]) -> Reader:
        """Take terms (F - 2, R) that all places share, and at each the probits (T, R) at home and their squares."""
        own = (probit - probit.mean(1, keepdims=True)) / np.maximum(probit.std(1, keepdims=True), 1e-12)
        terms: Small = np.empty((len(own), len(shared) + 2, own.shape[1]), np.float32)
        terms[:, :-2], terms[:, -2], terms[:, -1] = shared, own, own * np.abs(own)
        picked: FloatArray = terms[:, :, some].astype(np.float64)
        square = picked @ picked.swapaxes(1, 2) + _RIDGE * len(some) * np.eye(terms.shape[1])
        fit: FloatArray = np.asarray(np.linalg.solve(square, picked).swapaxes(1, 2), np.float64)
        return cls(some, terms, picked, fit)

    def all(self, near: FloatArray, end: float) -> tuple[Small, FloatArray]:
        """Return all worlds' probits (T, M, R), given those of some (T, M, n), and how far off they are (M,)."""
        near = np.clip(near, -end - _OUT, end + _OUT)
        found = near @ self.fit  # (T, M, F)
        left = near - found @ self.picked
        weight = 1 / (1 + (np.abs(near) - end) ** 2)  # most where they are near an end of the band
        free = 1 - self.fit.shape[2] / self.fit.shape[1]
        off: FloatArray = np.sqrt((weight * left**2).sum(2) / weight.sum(2) / free).max(0)
        return found.astype(np.float32) @ self.terms, off


@dataclass(frozen=True, eq=False)
class Home:
    """Where a handle stands: a width and a noise, under a prior of the noise, and what a method's bands do there."""

    repeats: Repeats
    method: str
    width: float
    noise: float
    prior: float
    _readers: dict[int, Reader] = field(default_factory=dict)
    _counted: dict[float, Told] = field(default_factory=dict)

    @cached_property
    def found(self) -> tuple[FloatArray, FloatArray]:
        """Return all worlds' probits (T, R) and leans (T - 1, R), asked once."""
        here = np.array([self.width]), np.array([self.noise])
        probit, lean = self.repeats.probits(self.method, *here, self.prior, slice(None))
        return probit[0], lean[0]

    def reader(self, few: int) -> Reader:
        """Return how all worlds are read off a few that stand for them, made once."""
        if few not in self._readers:
            order = self.repeats.order
            some = order[((np.arange(few) + 0.5) * len(order) / few).astype(int)]
            self._readers[few] = Reader.of(self.repeats.features(self.noise), self.found[0], some)
        return self._readers[few]

    def counted(self, end: float) -> Told:
        """Return what is counted of all worlds where the handle stands, once for both handles."""
        if end not in self._counted:
            probit, lean = self.found
            top, sure = farthest(probit, lean), np.zeros((1, 1))
            self._counted[end] = Told.of(probit[self.repeats.asked, None], top[None], end, sure)
        return self._counted[end]

    def read(self, width: FloatArray, noise: FloatArray, end: float, few: int) -> Told:
        """Return what is counted at widths and noises (M,) of all worlds, read off a few."""
        reader = self.reader(few)
        near, leans = self.repeats.probits(self.method, width, noise, self.prior, reader.some)
        probit, off = reader.all(near.swapaxes(0, 1), end)
        lean, spread = leans.mean(2).T[..., None].astype(np.float32), _DOUBT * off[:, None]
        # farther in at the places than this it is not out between them, and what is out at one is out
        room = np.sqrt(0.5 * (1 + lean.min(0)))
        top = farthest(probit, lean, (end - spread) * room, end + spread)
        return Told.of(probit[self.repeats.asked], top, end, spread).less(0.5 / few)

    def along(self, width: FloatArray, noise: FloatArray, position: int, level: float, effort: Effort) -> Along:
        """Return the shares at V positions of a handle, of widths and noises (V,).

        The handle stands at `position`, with the home's own width and noise.
        """
        end, every = edge(level), np.arange(len(width))
        told, asked = self.counted(end), np.array([position])
        known = every == position
        wanted = (every % effort.apart == 0) | (every == every[-1])
        while (new := np.flatnonzero(wanted & ~known)).size:
            known[new] = True
            told = told.and_(self.read(width[new], noise[new], end, effort.few))
            asked = np.append(asked, new)
            order = np.argsort(asked)
            told, asked = told.take(order), asked[order]
            after = np.clip(np.searchsorted(asked, every), 1, len(asked) - 1)
            change = told.change()[:, after - 1]
            wanted = (change > _FLAT).any(0)
        shares, counting = (
            np.stack([np.interp(every, asked, one) for one in part]) for part in (told.shares, told.counting)
        )
        reading = np.maximum(told.reading[:, after], told.reading[:, after - 1]) + change
        reading[:, asked] = told.reading
        errors = np.hypot(counting, reading)
        coverage = Coverage(shares[0], errors[0], shares[1], errors[1], level, self.found[0].shape[1])
        return Along(coverage, position, len(asked), effort.few)


@dataclass(frozen=True, eq=False)
class Told:
    """What is counted of R worlds at M positions: the `shares` of places and of whole lines that bands hold, errors of
    `counting` and of `reading`, (2, M) each; and at each place the shares `beyond` either end of the band, (2, A, M).
    """

    shares: FloatArray
    counting: FloatArray
    reading: FloatArray
    beyond: FloatArray

    @classmethod
    def of(cls, probit: Floats, top: Floats, end: float, spread: FloatArray) -> Told:
        """Count probits at places (A, M, R) and at the farthest (M, R), which may be as far off as `spread` (M, 1).

        A share may be off by all the worlds that are as near to an end of the band.
        """
        worlds, near = top.shape[1], spread.astype(np.float32)
        above, below = (probit > end).view(np.uint8), (probit < -end).view(np.uint8)
        beyond = np.stack([side.sum(2, dtype=np.uint32) for side in (above, below)]) / worlds
        inside = 1 - (above + below).sum(0, dtype=np.uint8) / np.float32(len(probit))  # (M, R)
        whole = (top < end).mean(1)
        shares = np.stack([1 - beyond.sum(0).mean(0), whole])
        variance = np.stack([np.einsum("mr,mr->m", inside, inside) / worlds - shares[0] ** 2, whole * (1 - whole)])
        close = (np.abs(np.abs(probit) - np.float32(end)) < near).view(np.uint8).sum((0, 2), dtype=np.uint32)
        reading = np.stack([close / (len(probit) * worlds), (np.abs(top - end) < near).mean(1)])
        return cls(shares, np.sqrt(np.maximum(variance, 0) / worlds), reading, beyond)

    def less(self, rare: float) -> Told:
        """Return the same, less surely: worlds as `rare` as this may be unlike all that were asked."""
        return replace(self, reading=self.reading + rare)

    def take(self, some: NDArray[np.intp]) -> Told:
        """Return what is counted at some of the positions."""
        return Told(*(part[..., some] for part in vars(self).values()))

    def and_(self, other: Told) -> Told:
        """Return what is counted at these positions and others."""
        pairs = zip(vars(self).values(), vars(other).values(), strict=True)
        return Told(*(np.concatenate(pair, axis=-1) for pair in pairs))

    def change(self) -> FloatArray:
        """Return by how much shares may differ from those at either of two neighbouring positions, (2, M - 1).

        A truth that goes from beyond one end of the band to beyond the other comes through it in between.
        """
        moved: FloatArray = np.abs(np.diff(self.beyond)).max(0).mean(0)
        return np.maximum(np.abs(np.diff(self.shares)), moved)
