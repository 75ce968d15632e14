"""What is seen of one run once it has spent so much: its last move, where chains were, their means, how they agree."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.samplers.account import FEWEST, Account, account, autocorrelation, warm_until
from bayes_core.samplers.moves import Move
from bayes_core.samplers.registry import SAMPLERS
from bayes_core.samplers.run import CHAINS, Plan, Run, run

LAST, FINE = 1600, 60
"""Evaluations that a chain may spend, and until when every single one of them is shown."""
TIMES: FloatArray = np.concatenate([np.arange(0.0, FINE), np.arange(FINE, LAST + 1.0, 5)])
GROWN: FloatArray = np.round(np.geomspace(20, LAST, 15))
LAGS, APART = 20, 5
"""Lags of the autocorrelation, and the evaluations from one to the next."""
LENGTHS = (FINE, 400, LAST)
MOVES = 12
"""Moves of a walk that are drawn."""


@dataclass(frozen=True, eq=False)
class Shown:
    """One run by `spent` evaluations a chain; T times, P points of a path, in the target's own units.

    `where` (4, T, 2) are the chains' places, `running` (T, 2) their common running mean after the warm-up, `matched`
    (LAGS + 1, 2) the autocorrelation. Of chain 1 the last move: a `path` (P, 2), each point with its `chance`, from
    `start` to `kept`, `thrown` points at its end that a doubling threw away; or the last `hops` (M, 5) of a walk: from,
    to, and whether accepted. `cross` is where a divergent path was last inside the picture. `growth` (2, G) are R-hat
    and the worth of draws at GROWN.
    """

    run: Run
    spent: float
    warm: float
    move: Move | None
    under_way: bool
    path: FloatArray
    chance: FloatArray
    start: FloatArray
    kept: FloatArray
    hops: FloatArray
    account: Account
    where: FloatArray
    running: FloatArray
    matched: FloatArray
    growth: FloatArray


def long_enough(spent: float) -> int:
    """Return the length of the run that shows what was spent: runs of a few lengths are kept, not one of each."""
    return next(length for length in LENGTHS if length >= spent)


@lru_cache(maxsize=512)  # 40 MB: four films
def shown(plan: Plan, spent: float, warm: int) -> Shown:
    """Return what is seen of a plan's run once each chain has spent so much.

    >>> seen = shown(Plan("banana", "hmc", 0.2, spend=400), 200, warm=100)
    >>> seen.path.shape, seen.account.draws, seen.where.shape == (4, len(TIMES), 2)
    ((11, 2), 40, True)
    """
    made = _grown(plan)
    index, under_way = _now(made, spent)
    move = made.moves[0][index] if index >= 0 else None
    path, chance = _drawn(made, index, spent if under_way else None)
    start = made.states[0][max(index, 0)]
    kept = start if under_way else made.states[0][index + 1]
    where = np.where((spent >= TIMES)[:, None], _everywhere(made), np.nan)
    begin = warm_until(warm, spent)
    is_path = SAMPLERS[plan.sampler].path
    return Shown(
        made,
        spent,
        begin,
        move,
        under_way,
        path if is_path else np.empty((0, 2)),
        chance,
        start,
        kept,
        np.empty((0, 5)) if is_path else _hops(made, index),
        _told(made, spent, warm),
        where,
        _running(where, begin),
        _matched(made, spent, begin),
        _growth(made, spent, warm),
    )


def _grown(plan: Plan) -> Run:
    """Return the run of a plan, continued from the shorter one that shows less of it."""
    shorter = [length for length in LENGTHS if length < plan.spend]
    return run(plan, _grown(replace(plan, spend=shorter[-1])) if shorter else None)


@lru_cache(maxsize=32)
def _everywhere(made: Run) -> FloatArray:
    """Return where the chains of a run are (4, T, 2) at all TIMES."""
    return made.at(TIMES)


def _now(made: Run, spent: float) -> tuple[int, bool]:
    """Return the index of chain 1's last move, -1 for none, and whether it is still under way.

    Only as long as single evaluations are shown a path is seen as it grows.
    """
    done = made.done(0, spent)
    if spent <= FINE and made.spent[0][done] < spent and done < len(made.moves[0]):
        return done, True
    return done - 1, False


def _drawn(made: Run, index: int, spent: float | None) -> tuple[FloatArray, FloatArray]:
    """Return the points of a move, and the chance of each to be kept; of one under way those that are there by now."""
    if index < 0:
        return np.empty((0, 2)), np.empty(0)
    move, path = made.moves[0][index], made.path(0, index)
    if spent is None:
        return path, np.array(move.chance)
    left = right = 0
    todo = int(spent - made.spent[0][index])
    for at, way in enumerate(move.way or "→" * len(path)):
        size = min(2**at if move.way else 1, todo)
        left, right, todo = left + size * (way == "←"), right + size * (way == "→"), todo - size
    seen = path[move.start - left : move.start + right + 1]
    return seen, np.zeros(len(seen))


def _hops(made: Run, index: int) -> FloatArray:
    """Return the last moves of a walk (M, 5): from, to, and whether accepted; a move of two legs is two."""
    rows: list[list[float]] = []
    for k in range(max(0, index - MOVES + 1), index + 1):
        path = made.path(0, k)
        took = made.moves[0][k].accepted
        rows += [[*a, *b, took] for a, b in zip(path[:-1].tolist(), path[1:].tolist(), strict=True)]
    return np.array(rows[-MOVES:]).reshape(-1, 5)


def _running(where: FloatArray, begin: float) -> FloatArray:
    """Return the running mean (T, 2) of all chains since the warm-up."""
    counted = begin <= TIMES
    mean = np.full(where.shape[1:], np.nan)
    steps = np.diff(TIMES, append=TIMES[-1] + 5)[counted, None]
    mean[counted] = np.cumsum(where[:, counted].mean(0) * steps, 0) / np.cumsum(steps, 0)
    return mean


def _matched(made: Run, spent: float, begin: float) -> FloatArray:
    """Return the autocorrelation (LAGS + 1, 2) over evaluations since the warm-up, lags APART apart."""
    where = made.at(np.arange(begin, spent + 1, APART))
    return np.stack([autocorrelation(where[:, :, k], LAGS) for k in range(2)], axis=1)


@lru_cache(maxsize=1024)  # 40 MB
def _told(made: Run, spent: float, warm: int) -> Account:
    return account(made, spent, warm)


def _growth(made: Run, spent: float, warm: int) -> FloatArray:
    growth = np.full((2, len(GROWN)), np.nan)
    for k, time in enumerate(GROWN[spent >= GROWN].tolist()):
        told = _told(made, time, warm)
        growth[:, k] = told.r_hat, told.worth
    return growth


__all__ = ["CHAINS", "FEWEST", "FINE", "LAST", "Shown", "long_enough", "shown"]
