r"""Bayes' theorem on two events: everything that follows from what is known of them.

Two events make four cells: A and B, A without B, B without A, neither. Everything one may know about them
(a marginal, a joint, a conditional) is one linear equation in the four, so any set of inputs leaves a polytope of
joint distributions, and every other quantity lies between its values at the polytope's corners. A point: all is known.
An empty set: the inputs contradict each other. Every tolerance is a share of what it judges, so an event of one in 1e12
keeps its digits. Source: Motzkin, Raiffa, Thompson, Thrall (1953), The double description method.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bayes_core.checks import FloatArray
from bayes_core.foundations.quantities import QUANTITIES, SETTLED, settled

_TINY = 1e-14  # the share of itself by which an input may be rounded: by more than that they contradict each other
_DIGITS = 15  # that a probability is told with: one fewer than it is computed with
BoolArray = NDArray[np.bool_]


class Incoherent(ValueError):
    """Inputs that no joint distribution has; `nearest` maps each input to the nearest value that would do.

    `allowed` maps each input to the lowest and highest value that the other inputs allow. Where such an end would make
    a given condition impossible, the end itself is in `barred`, and `nearest` is a thousandth of the way inside.
    """

    def __init__(
        self,
        message: str,
        nearest: Mapping[str, float] | None = None,
        allowed: Mapping[str, tuple[float, float]] | None = None,
        barred: Mapping[str, float] | None = None,
    ) -> None:
        """Keep the remedy with the message."""
        super().__init__(message)
        self.nearest, self.allowed, self.barred = dict(nearest or {}), dict(allowed or {}), dict(barred or {})


@dataclass(frozen=True, eq=False)
class Events:
    """What follows from what is known of two events: every quantity's range, and the joint if it is determined.

    low and high map a quantity to its bounds; both are NaN where its condition is impossible. joint (4,) holds the
    cells A and B, A without B, B without A, neither, or is None.
    """

    known: Mapping[str, float]
    low: Mapping[str, float]
    high: Mapping[str, float]
    joint: FloatArray | None

    def value(self, quantity: str) -> float | None:
        """Return a quantity's probability if it is determined; None if it is only bounded, or undefined."""
        low, high = self.low[quantity], self.high[quantity]
        return _told(0.5 * (low + high)) if settled(low, high) else None

    def middle(self, quantity: str) -> float | None:
        """Return the middle of a quantity's range: its value where it is determined; None if it is undefined."""
        low, high = self.low[quantity], self.high[quantity]
        return None if np.isnan(low) else (low + high) / 2


class Bounds(NamedTuple):
    """What V sets of inputs say: bounds {quantity: (V,)} and joints (V, 4).

    Contradictions are NaN throughout; a joint is NaN too where the inputs leave it open, and so are the bounds of a
    quantity whose condition is impossible.
    """

    low: dict[str, FloatArray]
    high: dict[str, FloatArray]
    joint: FloatArray

    @property
    def possible(self) -> BoolArray:
        """Return where (V,) the inputs do not contradict each other."""
        possible: BoolArray = np.isfinite(self.low["A"])
        return possible

    @property
    def determined(self) -> BoolArray:
        """Return where (V,) the inputs leave a single joint."""
        return np.asarray(np.isfinite(self.joint).all(1))

    @property
    def run(self) -> tuple[int, int] | None:
        """Return the first and the last position that is possible; None where all of them are, or none is."""
        held = np.flatnonzero(self.possible)
        return (int(held[0]), int(held[-1])) if 0 < len(held) < len(self.joint) else None

    def settled(self, quantity: str) -> FloatArray:
        """Return a quantity's probability (V,) where it is determined, NaN where it is not."""
        low, high = self.low[quantity], self.high[quantity]
        return np.where(settled(low, high), low, np.nan)


def events(known: Mapping[str, float]) -> Events:
    """Return everything that follows from some probabilities of two events A and B.

    `known` maps names of QUANTITIES to probabilities. Raises ValueError for an unknown name or a number outside
    [0, 1], and Incoherent where no joint distribution has them all. Source: Jaynes (2003), chapters 1 and 2.

    >>> fog = events({"A": 0.5, "B|A": 0.2})
    >>> fog.value("A and B"), fog.value("A|B")
    (0.1, None)
    >>> round(events({"A": 0.5, "B|A": 0.2, "B": 0.3}).value("A|B"), 4)
    0.3333
    """
    found = sweep_events(_one(_checked(known)))
    if not found.possible[0]:
        raise _contradiction(known)
    low, high = ({name: float(value[0]) for name, value in side.items()} for side in (found.low, found.high))
    return Events(dict(known), low, high, found.joint[0] if found.determined[0] else None)


def allowed(quantity: str, known: Mapping[str, float]) -> tuple[float, float] | None:
    """Return the lowest and highest value of a quantity that the other inputs allow; None if they allow none.

    >>> allowed("A and B", {"A": 0.2, "B": 0.5})
    (0.0, 0.2)
    """
    low, high, _ = sweep_events(_one({name: value for name, value in _checked(known).items() if name != quantity}))
    if np.isnan(low[quantity][0]):
        return None
    return _told(float(low[quantity][0])), _told(float(high[quantity][0]))


def reached(quantity: str, known: Mapping[str, float]) -> tuple[bool, bool] | None:
    """Return whether a quantity may be either end of what is `allowed`; None if nothing is.

    It may not where that would make the condition of another input impossible.

    >>> reached("A", {"B|A": 0.2, "B": 0.3}), reached("A and B", {"A": 0.2, "B": 0.5})
    ((False, True), (True, True))
    """
    ends = allowed(quantity, known)
    if ends is None:
        return None
    low, high = (_possible({**known, quantity: end}) for end in ends)
    return low, high


def sweep_events(known: Mapping[str, FloatArray]) -> Bounds:
    """Return what V sets of inputs {quantity: (V,)} say, all at once."""
    corners, feasible = _corners(known)
    low: dict[str, FloatArray] = {}
    high: dict[str, FloatArray] = {}
    for name, (top, bottom) in QUANTITIES.items():
        below = corners @ _mask(bottom)
        counted = feasible & (below > 0)
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.where(counted, corners @ _mask(top) / below, np.nan)
        empty = ~counted.any(1)
        low[name] = np.where(empty, np.nan, np.min(np.where(counted, share, np.inf), 1))
        high[name] = np.where(empty, np.nan, np.max(np.where(counted, share, -np.inf), 1))
    kept = np.expand_dims(feasible, -1)
    most, least = np.where(kept, corners, -1).max(1), np.where(kept, corners, 2).min(1)
    first = corners[np.arange(len(corners)), feasible.argmax(1)]
    single = (most - least <= SETTLED * most).all(-1) & feasible.any(1)
    joint = np.where(np.expand_dims(single, -1), first, np.nan)
    return Bounds(low, high, joint)


def _mask(cells: tuple[int, ...]) -> FloatArray:
    mask = np.zeros(4)
    mask[list(cells)] = 1
    return mask


def _corners(known: Mapping[str, FloatArray]) -> tuple[FloatArray, BoolArray]:
    """Return four joints (V, 4, 4) per set of inputs that span all that are possible, and which of them (V, 4) count.

    No joint counts where the inputs contradict each other or a given condition is impossible.
    """
    size = len(next(iter(known.values()))) if known else 1
    every = np.broadcast_to(np.eye(4), (size, 4, 4))
    left = _Left(every, np.zeros_like(every), np.ones((size, 4), bool))
    for name, value in known.items():
        left = _cut(left, name, value)
    feasible = left.feasible
    for name in known:
        happens = np.asarray(left.corners @ _mask(QUANTITIES[name][1]) > 0)
        feasible = feasible & (feasible & happens).any(1, keepdims=True)
    return left.corners, feasible


class _Left(NamedTuple):
    """What is left of a polytope: corners (V, 4, 4), how far off each cell may be, which corners (V, 4) count."""

    corners: FloatArray
    off: FloatArray
    feasible: BoolArray


def _cut(left: _Left, name: str, value: FloatArray) -> _Left:
    """Return what is left of a polytope where a quantity has these values (V,).

    Corners on the plane stay, and every two on opposite sides leave the point between them. That is a sum of positive
    terms: no digit of a small cell is lost, and k corners above, m below and 4 - k - m on the plane leave at most four.
    """
    corners, off, feasible = left
    top, bottom = (_mask(cells) for cells in QUANTITIES[name])
    share = value[:, None]
    height = (1 - share) * (corners @ top) - share * (corners @ (bottom - top))
    doubt = (1 - share) * (off @ top) + share * (off @ (bottom - top)) + _TINY * (share % 1) * (corners @ bottom)
    on: BoolArray = np.asarray(np.abs(height) <= doubt)
    found, doubts, counts = [*np.moveaxis(corners, 1, 0)], [*np.moveaxis(off, 1, 0)], [*(feasible & on).T]
    for i, j in combinations(range(4), 2):
        apart: BoolArray = (feasible & ~on)[:, [i, j]].all(1) & (height[:, i] * height[:, j] < 0)
        near, far = (np.abs(height[:, k, None]) for k in (j, i))
        between = near * corners[:, i] + far * corners[:, j]
        unsure = (
            near * off[:, i] + far * off[:, j] + doubt[:, j, None] * corners[:, i] + doubt[:, i, None] * corners[:, j]
        )
        size = np.where(apart, between.sum(1), 1)[:, None]
        found.append(between / size)
        doubts.append(unsure / size)
        counts.append(apart)
    counted = np.stack(counts, 1)
    first = np.argsort(~counted, axis=1, kind="stable")[:, :4]
    kept, hazy = (np.take_along_axis(np.stack(parts, 1), first[..., None], 1) for parts in (found, doubts))
    return _Left(kept, hazy, np.take_along_axis(counted, first, 1))


def _checked(known: Mapping[str, float]) -> Mapping[str, float]:
    for name, value in known.items():
        if name not in QUANTITIES:
            raise ValueError(f"there is no quantity {name!r}: choose from {', '.join(QUANTITIES)}")
        if not 0 <= value <= 1:  # NaN is refused as well
            raise ValueError(f"P({name}) is {value}: a probability lies between 0 and 1")
    return known


def _told(probability: float) -> float:
    return float(f"{probability:.{_DIGITS}g}")


def _one(known: Mapping[str, float]) -> dict[str, FloatArray]:
    return {name: np.array([value]) for name, value in known.items()}


def _possible(known: Mapping[str, float]) -> bool:
    return bool(_corners(_one(known))[1].any())


def _contradiction(known: Mapping[str, float]) -> Incoherent:
    """Name what cannot be, and the nearest value of each input that could."""
    for name in known:
        _, _, condition = name.partition("|")
        corners, feasible = _corners(_one({n: v for n, v in known.items() if n != name}))
        if feasible.any() and not (corners[feasible] @ _mask(QUANTITIES[name][1]) > 0).any():
            said = f"P({name}) asks about {condition}, which is impossible here: P({condition}) is 0"
            return Incoherent(said)
    ranges = {name: allowed(name, known) for name in known}
    room = {name: bounds for name, bounds in ranges.items() if bounds is not None}
    nearest = {name: float(np.clip(known[name], *bounds)) for name, bounds in room.items()}
    barred = {name: end for name, end in nearest.items() if not _possible({**known, name: end})}
    for name, end in barred.items():
        nearest[name] = end + 1e-3 * (sum(room[name]) - 2 * end)
        if not _possible({**known, name: nearest[name]}):
            del nearest[name], room[name]
    if not room:
        return Incoherent("these probabilities contradict each other: take one of them away")
    name = next(reversed(room))
    low, high = room[name]
    span = f"be {low:.4g}" if settled(low, high) else f"lie between {low:.4g} and {high:.4g}"
    if name in barred:
        span += f", but not be {barred[name]:.4g} itself"
    return Incoherent(
        f"P({name}) is {known[name]:.4g}, and with the others it must {span}: the nearest is {nearest[name]:.4g}",
        nearest,
        room,
        {name: end for name, end in barred.items() if name in room},
    )
