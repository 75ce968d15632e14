"""Conformal sets over two inputs as a stage: a map that is cut by thresholds, and points inside their sets or not."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bayes_core.checks import FloatArray
from bayes_core.evaluation.class_map import Plane
from bayes_core.evaluation.conformal.along import BoolArray
from bayes_core.evaluation.conformal.plane import PlaneForecast
from bayes_core.figures.class_map import plane_axes, plane_points
from bayes_core.types import Dataset

HIDDEN, CALIBRATES, HELD, LOST = range(4)
"""What a point is at a position: not there, one that calibrates, a new one whose set has its class, or has it not."""


def set_stage(
    aside: Dataset, fresh: Dataset, plane: Plane, ring: tuple[float, float], names: tuple[str, ...], score: str
) -> dict[str, Any]:
    """Return what stays: axes, points with their codes, those kept aside first, and where the ring starts.

    From point number `fresh` on they are new.

    `names` (2^K,) are those of sets, by the code 2^a + 2^b + ... of their classes. Points may be kept aside and new.
    """
    rows = [aside] if fresh is aside else [aside, fresh]
    return {
        "type": "sets",
        "classes": list(aside.classes),
        **plane_axes(aside, plane),
        "points": [point for one in rows for point in plane_points(one, plane)],
        "fresh": 0 if fresh is aside else len(aside.y),
        "ring": list(ring),
        "names": list(names),
        "score": score,
    }


def set_numbers(
    forecast: PlaneForecast,
    threshold: FloatArray,
    kept: BoolArray,
    points: NDArray[np.intp],
    aside: int,
    places: FloatArray | None = None,
) -> dict[str, FloatArray]:
    """Return the map's log odds, once, thresholds (V, K) by class, and what each point is at every position (V, P).

    Thresholds without end are left out. `kept` (V, m) says of new points whether their set has their class; of
    `aside` kept aside the first `points` (V,) calibrate. Where these are also the new ones (m = `aside`), the others
    are. `places` (V or 1, m, D) are inputs of new points that move.
    """
    calibrates = np.arange(aside) < points[:, None]
    tried = np.where(kept, HELD, LOST)
    if kept.shape[1] == aside:
        state = np.where(calibrates, CALIBRATES, tried)
    else:
        state = np.concatenate([np.where(calibrates, CALIBRATES, HIDDEN), tried], axis=1)
    moved = {}
    if places is not None:
        moved = {"sets.at": places[:, :, list(forecast.plane.columns)].reshape(len(places), -1)}
    return moved | {
        "sets.p": forecast.odds.reshape(1, -1),
        "sets.limit": np.where(np.isfinite(threshold), threshold, np.nan),
        "sets.state": state.astype(float),
    }
