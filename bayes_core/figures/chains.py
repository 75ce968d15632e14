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
        made |= {f"{side}.{name}": rows.reshape(len(along), -1) for name, rows in _rows(along, box, traced).items()}
    return made


def _rows(along: Sequence[Shown], box: tuple[Range, Range], traced: int) -> dict[str, FloatArray]:
    """Return the numbers of V positions (V, ...); all of a kind are placed at once, which is most of the work."""
    kinds = [float(seen.move is not None) * (2.0 if seen.under_way else 1.0) for seen in along]
    ends = _placed(np.array([(seen.start, seen.kept) for seen in along]), box).reshape(-1, 4)
    hops = np.array([_filled(seen.hops, MOVES) for seen in along])
    where = _placed(np.array([seen.where for seen in along]), box)
    return {
        "path": _placed(np.array([_filled(seen.path, _POINTS) for seen in along]), box),
        "chance": np.round(100 * np.array([_filled(s.chance[: len(s.path), None], _POINTS) for s in along])),
        "ends": np.column_stack([ends, kinds]),
        "cross": np.array([_cross(seen, box) for seen in along]),
        "hops": _placed(hops[..., :4].reshape(len(along), -1, 2), box),
        "took": hops[..., 4],
        "time": np.array([(seen.spent, seen.warm) for seen in along]),
        "mean": _placed(np.array([seen.running for seen in along]), box)[..., traced],
        "match": np.round(100 * np.array([seen.matched[:, traced] for seen in along])),
        "x": where[..., 0],
        "y": where[..., 1],
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
