"""Pictures over ridge's penalty: paths of the weights, errors with the evidence, bias with variance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.figures.frames import loop
from bayes_core.figures.parts import area, chart, line
from bayes_core.numerics.rounding import ticks
from bayes_core.ridge.bias import BiasVariance
from bayes_core.ridge.errors import Errors, Evidence
from bayes_core.ridge.path import Paths

Numbers = dict[str, FloatArray]
Range = tuple[float, float]

_DASHES = ("solid", "dashed", "short", "dotted")
_NATS = 20.0  # of the evidence below its highest value that fill half of the picture


def upright(name: str, at: FloatArray) -> Numbers:
    """Return where an upright mark stands: log10 lambda (V,)."""
    return {f"{name}.x": np.repeat(at[:, None], 2, axis=1)}


# ---------------------------------------------------------------------------------------------------- the paths
def path_numbers(found: Paths, top: float, told: Sequence[int]) -> Numbers:
    """Return every weight over lambda, and a band around those that are `told`, on an axis from -top to top."""
    lines = np.clip(found.coef, -3 * top, 3 * top)
    bands = np.clip(loop(found.lower, found.upper), -3 * top, 3 * top)
    numbers = {f"path{j}.y": lines[:, j] for j in range(lines.shape[1])}
    return numbers | {f"spread{j}.y": bands[:, j] for j in told}


def path_figure(
    log_penalty: FloatArray, weights: int, told: Sequence[int], banded: bool, top: float, titles: tuple[str, str]
) -> Any:
    """Return the figure that path_numbers move: the weights that are `told` are bold and, if banded, have a band."""
    around = np.concatenate([log_penalty, log_penalty[::-1]])
    empty = np.full(len(around), np.nan)
    curves = [area(f"spread{j}", around, empty, "posterior", 0.13, 0.0) for j in told if banded]
    for j in range(weights):
        look = (2.0, "solid", 1.0) if j in told else (1.0, _DASHES[j % 4], 0.5)
        curves.append(line(f"path{j}", log_penalty, _nothing(log_penalty), "map", *look))
    return _over_penalty(log_penalty, curves, [("now", "prior", "dashed")], (-top, top), titles)


# --------------------------------------------------------------------------------------------------- the errors
def error_numbers(errors: Errors, evidence: Evidence, top: float) -> Numbers:
    """Return the errors (V, L) on an axis from 0 to top, the evidence scaled into it, and what each would choose."""
    numbers = {"train.y": errors.train, "kept.y": errors.held_out, "folds.y": errors.folds}
    numbers |= upright("cv", errors.best) | upright("best", evidence.best)
    return numbers | {"evidence.y": top * (0.95 - 0.5 * np.minimum(evidence.below, 2 * _NATS) / _NATS)}


def error_figure(log_penalty: FloatArray, top: float, titles: tuple[str, str]) -> Any:
    """Return the figure that error_numbers move."""
    nothing = _nothing(log_penalty)
    curves = [
        line("evidence", log_penalty, nothing, "posterior", 2.2),
        line("train", log_penalty, nothing, "data", 1.5, "dotted"),
        line("folds", log_penalty, nothing, "data", 1.5, "short"),
        line("kept", log_penalty, nothing, "data", 2.2),
    ]
    marks = [("now", "prior", "dashed"), ("cv", "data", "short"), ("best", "posterior", "dashed")]
    return _over_penalty(log_penalty, curves, marks, (0, top), titles)


# ------------------------------------------------------------------------------------------- bias and variance
def bias_numbers(found: BiasVariance) -> Numbers:
    """Return squared bias, variance and their sum, and where that is least."""
    curves = {"bias.y": found.bias, "variance.y": found.variance, "total.y": found.total}
    return curves | upright("least", found.best)


def bias_figure(log_penalty: FloatArray, top: float, titles: tuple[str, str]) -> Any:
    """Return the figure that bias_numbers move."""
    nothing = _nothing(log_penalty)
    curves = [
        line("variance", log_penalty, nothing, "aleatoric", 2, "solid"),
        line("bias", log_penalty, nothing, "prior", 2, "short"),
        line("total", log_penalty, nothing, "data", 2.6),
    ]
    marks = [("now", "prior", "dashed"), ("least", "data", "short")]
    return _over_penalty(log_penalty, curves, marks, (0, top), titles)


def _nothing(log_penalty: FloatArray) -> FloatArray:
    return np.full(len(log_penalty), np.nan)


def _over_penalty(
    log_penalty: FloatArray,
    curves: Sequence[dict[str, Any]],
    marks: Sequence[tuple[str, str, str]],
    y: Range,
    titles: tuple[str, str],
) -> Any:
    """Return a figure over log10 lambda, with upright marks (name, concept, dash) that numbers place."""
    x = float(log_penalty[0]), float(log_penalty[-1])
    places = np.arange(np.ceil(x[0]), np.floor(x[1]) + 1, max(1, round((x[1] - x[0]) / 6)))
    texts = [f"{10**t:g}" if -4 < t < 5 else f"1e{t:.0f}" for t in places]
    upright = [line(name, [x[0], x[0]], list(y), concept, 1.6, dash) for name, concept, dash in marks]
    return chart([*curves, *upright], x, y, places, ticks(*y), *titles, texts)
