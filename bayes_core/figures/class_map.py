"""A map of classes as a stage: what stays, and the numbers that move, each a byte.

Log odds are told in 256 levels, a probability's evenly so that lines between its steps are smooth near 97 % too, and
mutual information as a share: the browser mixes colours of them between the places, and reads them off under the ring.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.evaluation.class_map import ClassMap, Plane
from bayes_core.numerics.positions import at_positions
from bayes_core.numerics.rounding import ticks
from bayes_core.types import Dataset

LEVELS = 255
ODDS, FINEST = 16, 4096  # levels of a nat of a draw's log odds, up to eight of them either way; more of a flat draw's
SURE = 21  # the same of the map's, up to six: beyond, it is above 99 % whatever it is
ONE = 84  # the same of the one voice's: where it changes its mind is drawn as a bold line


def class_stage(
    data: Dataset, plane: Plane, ring: tuple[float, float], side: int, who: tuple[str, str], *, voice: bool = True
) -> dict[str, Any]:
    """Return what stays: axes, points with their codes, classes, where the ring starts, and how numbers are laid out.

    The map has side x side places; the one voice and the draws have fewer. `who` answers: a name, and a concept.
    `voice` says whether MAP will stand beside.
    """
    return {
        "type": "map",
        "classes": list(data.classes),
        **plane_axes(data, plane),
        "points": plane_points(data, plane),
        "ring": list(ring),
        "side": side,
        "who": who[0],
        "concept": who[1],
        "levels": LEVELS,
        "sure": SURE,
        "one": ONE,
        "voice": voice,
    }


def plane_axes(data: Dataset, plane: Plane) -> dict[str, Any]:
    """Return ranges, ticks and titles of the two inputs of data that a plane shows."""
    across, up = plane.columns
    return {
        "x_range": list(plane.x_range),
        "y_range": list(plane.y_range),
        "x_ticks": list(ticks(*plane.x_range)),
        "y_ticks": list(ticks(*plane.y_range)),
        "x_title": data.feature_names[across],
        "y_title": data.feature_names[up],
    }


def plane_points(data: Dataset, plane: Plane) -> list[list[float]]:
    """Return where points of data stand on a plane, each with its class's code."""
    across, up = plane.columns
    return [[float(x[across]), float(x[up]), int(code)] for x, code in zip(data.x, data.y, strict=True)]


def tints(maps: Mapping[int, ClassMap], size: int, name: str = "map", levels: int = SURE) -> dict[str, FloatArray]:
    """Return the log odds of all classes but the first, each against all others, (V, (K - 1) G), where known."""
    rows = {v: np.round(levels * _odds(one.probabilities[:, 1:].T.ravel())) for v, one in maps.items()}
    return {f"{name}.p": at_positions(rows, size, (1,))}


def _odds(p: FloatArray) -> FloatArray:
    """Return log(p / (1 - p)), up to six either way."""
    kept = np.clip(p, 1e-9, 1 - 1e-9)
    odds: FloatArray = np.log(kept / (1 - kept))
    return np.clip(odds, -6.0, 6.0)


def doubts(maps: Mapping[int, ClassMap], size: int, classes: int) -> dict[str, FloatArray]:
    """Return the mutual information as a share of log2 K, (V, G)."""
    rows = {v: np.round(LEVELS * one.mutual / np.log2(classes)) for v, one in maps.items()}
    return {"map.mi": at_positions(rows, size, (1,))}


def draws(odds: FloatArray, home: int) -> dict[str, FloatArray]:
    """Return the log odds (S, K - 1, G) of draws at the position where the handle stands, which that is, and S.

    Eight nats either way are told. Where the likeliest class is further above the first, all are lowered alike: what
    lies between the others stays as it is, and with it the boundary between two classes that both rule out the first.
    Each draw has levels of its own (1, S) to the nat, so that the boundaries of a nearly flat one are no staircase.
    """
    told = odds - np.maximum(odds.max(1, keepdims=True) - 127 / ODDS, 0.0)
    finest = np.clip(127 // np.maximum(np.abs(told).max((1, 2)), 1e-9), ODDS, FINEST)
    levels = np.clip(np.round(finest[:, None, None] * told), -128, 127)
    at = np.array([[float(home), float(len(odds))]])
    return {"draws": levels.reshape(1, -1), "draws.levels": finest[None], "draws.at": at}
