"""Two samplers side by side as a stage: where their chains are, their last moves, traces and autocorrelations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.numerics.rounding import ticks
from bayes_core.samplers.reference import LEVELS, reference
from bayes_core.samplers.shown import APART, LAGS, MOVES, TIMES, Shown
from bayes_core.samplers.targets import Range, Target

SIDES = ("a", "b")
WHOLE = 1000
"""Places are told in thousandths of the picture's sides, as whole numbers: fine enough, and a third of the bytes."""
_OUT, _POINTS = 1.0, 128  # sides that a path may leave the picture by before it is cut; points that a path has at most


def chains_stage(aim: Target, names: Sequence[tuple[str, str]], traced: int) -> dict[str, Any]:
    """Return what stays: both axes, regions of highest density, samplers' names, and which parameter traces show.

    A sampler is named twice, the second time for a phone.
    """
    told = reference(aim.name)
    rings = {
        f"{100 * level:g} %": [_placed(ring, aim.box).T.tolist() for ring in told.outlines[level]] for level in LEVELS
    }
    truth = _placed(told.mean[None], aim.box)[0, traced]
    return {
        "type": "chains",
        "names": [list(name) for name in names],
        "x": _axis(aim.names[0], aim.box[0]),
        "y": _axis(aim.names[1], aim.box[1]),
        "rings": rings,
        "times": TIMES.tolist(),
        "traced": traced,
        "title": aim.short[traced],
        "truth": truth,
        "lags": LAGS * APART,
    }


def _axis(title: str, box: Range) -> dict[str, Any]:
    marks = [mark for mark in ticks(*box) if box[0] <= mark <= box[1]]
    places = [WHOLE * (mark - box[0]) / (box[1] - box[0]) for mark in marks]
    return {"title": title, "places": places, "texts": [f"{mark:,.10g}".replace("-", "−") for mark in marks]}


def _placed(where: FloatArray, box: tuple[Range, Range]) -> FloatArray:
    """Return places (..., 2) in thousandths of a box's sides; what is far outside is put a side away, NaN stays."""
    low, high = np.array(box).T
    with np.errstate(over="ignore", invalid="ignore"):
        share = (where - low) / (high - low)
        placed: FloatArray = np.round(WHOLE * np.clip(share, -_OUT, 1 + _OUT))
    return placed


def chains_numbers(sides: Sequence[Sequence[Shown]], box: tuple[Range, Range], traced: int) -> dict[str, FloatArray]:
    """Return the stage's numbers of both sides, each at every position or once."""
    made: dict[str, FloatArray] = {}
    for side, along in zip(SIDES, sides, strict=True):
        rows = [_rows(seen, box, traced) for seen in along]
        made |= {f"{side}.{name}": np.stack([row[name] for row in rows]) for name in rows[0]}
    return made


def _rows(seen: Shown, box: tuple[Range, Range], traced: int) -> dict[str, FloatArray]:
    path = _filled(_placed(seen.path, box), _POINTS)
    ends = _placed(np.stack([seen.start, seen.kept]), box).ravel()
    hops = _filled(_placed(seen.hops[:, :4].reshape(-1, 2), box).reshape(-1, 4), MOVES)
    kind = 2.0 if seen.under_way else 1.0
    return {
        "path": path.ravel(),
        "chance": _filled(np.round(100 * seen.chance[: len(seen.path), None]), _POINTS).ravel(),
        "ends": np.append(ends, kind if seen.move else 0.0),
        "cross": _cross(seen, box),
        "hops": hops.ravel(),
        "took": _filled(seen.hops[:, 4:], MOVES).ravel(),
        "time": np.array([seen.spent, seen.warm]),
        "mean": _placed(seen.running, box)[:, traced],
        "match": np.round(100 * seen.matched[:, traced]),
        "x": _placed(seen.where, box)[..., 0].ravel(),
        "y": _placed(seen.where, box)[..., 1].ravel(),
    }


def _filled(rows: FloatArray, count: int) -> FloatArray:
    whole = np.full((count, rows.shape[1]), np.nan)
    whole[: len(rows)] = rows[:count]
    return whole


def _cross(seen: Shown, box: tuple[Range, Range]) -> FloatArray:
    """Return where a divergent path was last inside the picture, NaN where none is."""
    if seen.move is None or not seen.move.diverged or seen.under_way:
        return np.full(2, np.nan)
    places = _placed(seen.run.path(0, seen.run.moves[0].index(seen.move)), box)
    inside = np.all((places >= 0) & (places <= WHOLE), axis=1)
    order = np.arange(len(places))
    if seen.move.way.endswith("←"):
        order = order[::-1]
    kept = order[inside[order]]
    return places[kept[-1]] if len(kept) else np.full(2, np.nan)


def runs_stage(names: Sequence[str], truths: Sequence[float]) -> dict[str, Any]:
    """Return what stays of several runs' traces: their names, and where the exact means are, beyond 0 to 1000 too."""
    return {"type": "runs", "names": list(names), "times": TIMES.tolist(), "truths": list(truths)}


def runs_places(runs: Sequence[Shown], traced: Sequence[int], exact: Sequence[float]) -> tuple[FloatArray, list[float]]:
    """Return the places (R, 4 T) of runs that are complete, in thousandths of what each spans, and of exact means."""
    rows, truths = [], []
    for seen, k, mean in zip(runs, traced, exact, strict=True):
        values = seen.where[..., k]
        low, high = float(np.nanmin(values)), float(np.nanmax(values))
        room = 0.08 * (high - low)
        rows.append(np.round(WHOLE * (values - low + room) / (high - low + 2 * room)).ravel())
        truths.append(float(np.round(WHOLE * (mean - low + room) / (high - low + 2 * room))))
    return np.stack(rows), truths
