r"""Bayes' theorem on two events: everything that follows from what is known of them.

Two events make four cells: A and B, A without B, B without A, neither. Everything one may know about them
(a marginal, a joint, a conditional) is one linear equation in the four, so any set of inputs leaves a polytope of
joint distributions, and every other quantity lies between its values at the polytope's corners. A point: all is known.
An empty set: the inputs contradict each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bayes_core.checks import FloatArray
from bayes_core.foundations.quantities import QUANTITIES

_TINY = 1e-10  # how far inputs may miss each other before they contradict
_SETTLED = 1e-9  # a range narrower than this is a value
BoolArray = NDArray[np.bool_]


class Incoherent(ValueError):
    """Inputs that no joint distribution has; `nearest` maps each input to the nearest value that would do.

    `allowed` maps each input to the lowest and highest value that the other inputs allow. Where such an end would make
    a given condition impossible, `nearest` is a thousandth of the way inside.
    """

    def __init__(self, message: str, nearest: Mapping[str, float], allowed: Mapping[str, tuple[float, float]]) -> None:
        """Keep the remedy with the message."""
        super().__init__(message)
        self.nearest, self.allowed = dict(nearest), dict(allowed)


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
        return round(0.5 * (low + high), 12) if high - low < _SETTLED else None

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
        return np.where(np.abs(high - low) < _SETTLED, low, np.nan)


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
    found = sweep_events({name: np.array([value]) for name, value in _checked(known).items()})
    if not found.possible[0]:
        raise _contradiction(known)
    low, high = ({name: float(value[0]) for name, value in side.items()} for side in (found.low, found.high))
    return Events(dict(known), low, high, found.joint[0] if found.determined[0] else None)


def allowed(quantity: str, known: Mapping[str, float]) -> tuple[float, float] | None:
    """Return the lowest and highest value of a quantity that the other inputs allow; None if they allow none.

    >>> allowed("A and B", {"A": 0.2, "B": 0.5})
    (0.0, 0.2)
    """
    others = {name: np.array([value]) for name, value in _checked(known).items() if name != quantity}
    low, high, _ = sweep_events(others)
    if np.isnan(low[quantity][0]):
        return None
    return round(float(low[quantity][0]), 12), round(float(high[quantity][0]), 12)


def sweep_events(known: Mapping[str, FloatArray]) -> Bounds:
    """Return what V sets of inputs {quantity: (V,)} say, all at once."""
    size = len(next(iter(known.values()))) if known else 1
    rows = np.ones((size, 1 + len(known), 4))
    right = np.zeros((size, 1 + len(known)))
    right[:, 0] = 1
    for i, (name, value) in enumerate(known.items(), start=1):
        rows[:, i] = _mask(QUANTITIES[name][0]) - value[:, None] * _mask(QUANTITIES[name][1])
    corners, feasible = _corners(rows, right)
    conditions = np.stack([corners @ _mask(QUANTITIES[name][1]) for name in known], -1) if known else None
    if conditions is not None:  # a conditional that is given needs a condition that can happen
        possible = (np.where(feasible[..., None], conditions, 0).max(1) > _TINY).all(-1)
        feasible &= possible[:, None]
    low: dict[str, FloatArray] = {}
    high: dict[str, FloatArray] = {}
    for name, (top, bottom) in QUANTITIES.items():
        below = corners @ _mask(bottom)
        counted = feasible & (below > _TINY)
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.where(counted, corners @ _mask(top) / below, np.nan)
        empty = ~counted.any(1)
        low[name] = np.where(empty, np.nan, np.min(np.where(counted, share, np.inf), 1))
        high[name] = np.where(empty, np.nan, np.max(np.where(counted, share, -np.inf), 1))
    kept = np.expand_dims(feasible, -1)
    spread = np.where(kept, corners, -1).max(1) - np.where(kept, corners, 2).min(1)
    first = corners[np.arange(size), feasible.argmax(1)]
    single = (spread < _SETTLED).all(-1) & feasible.any(1)
    joint = np.where(np.expand_dims(single, -1), first, np.nan)
    return Bounds(low, high, joint)


def _mask(cells: tuple[int, ...]) -> FloatArray:
    mask = np.zeros(4)
    mask[list(cells)] = 1
    return mask


def _corners(rows: FloatArray, right: FloatArray) -> tuple[FloatArray, BoolArray]:
    """Return the basic solutions (V, 15, 4) of rows (V, m, 4) @ p = right (V, m), and which are corners of p >= 0."""
    corners, good = [], []
    for count in range(1, 5):
        for support in combinations(range(4), count):
            part = rows[:, :, support]
            found = np.einsum("vkm,vm->vk", np.linalg.pinv(part, rcond=1e-11), right)
            full = np.zeros((len(rows), 4))
            full[:, support] = found
            misfit = np.abs(np.einsum("vmk,vk->vm", part, found) - right).max(1)
            independent = np.linalg.matrix_rank(part, tol=1e-11) == count
            good.append((misfit < _TINY) & independent & (full > -_TINY).all(1))
            corners.append(np.clip(full, 0, 1))
    return np.stack(corners, 1), np.stack(good, 1)


def _checked(known: Mapping[str, float]) -> Mapping[str, float]:
    for name, value in known.items():
        if name not in QUANTITIES:
            raise ValueError(f"there is no quantity {name!r}: choose from {', '.join(QUANTITIES)}")
        if not 0 <= value <= 1:  # NaN is refused as well
            raise ValueError(f"P({name}) is {value}: a probability lies between 0 and 1")
    return known


def _possible(known: Mapping[str, float]) -> bool:
    return bool(sweep_events({name: np.array([value]) for name, value in known.items()}).possible[0])


def _contradiction(known: Mapping[str, float]) -> Incoherent:
    """Name what cannot be, and the nearest value of each input that could."""
    for name in known:
        _, bar, condition = name.partition("|")
        if not bar:
            continue
        others = {n: np.array([v]) for n, v in known.items() if n != name}
        lowest, highest, _ = sweep_events(others)
        largest = 1 - lowest[condition[-1]][0] if condition.startswith("not") else highest[condition][0]
        if largest < _TINY:
            said = f"P({name}) asks about {condition}, which is impossible here: P({condition}) is 0"
            return Incoherent(said, {}, {})
    ranges = {name: allowed(name, known) for name in known}
    room = {name: bounds for name, bounds in ranges.items() if bounds is not None}
    nearest = {name: float(np.clip(known[name], *bounds)) for name, bounds in room.items()}
    barred = {name: end for name, end in nearest.items() if not _possible({**known, name: end})}
    for name, end in barred.items():
        nearest[name] = end + 1e-3 * (sum(room[name]) - 2 * end)
        if not _possible({**known, name: nearest[name]}):
            del nearest[name], room[name]
    if not room:
        return Incoherent("these probabilities contradict each other: take one of them away", {}, {})
    name = next(reversed(room))
    low, high = room[name]
    span = f"be {low:.4g}" if high - low < _SETTLED else f"lie between {low:.4g} and {high:.4g}"
    if name in barred:
        span += f", but not be {barred[name]:.4g} itself"
    return Incoherent(
        f"P({name}) is {known[name]:.4g}, and with the others it must {span}: the nearest is {nearest[name]:.4g}",
        nearest,
        room,
    )
