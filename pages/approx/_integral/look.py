"""From the integral page's settings to what is seen."""

from __future__ import annotations

from dataclasses import replace
from statistics import NormalDist
from typing import Any

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.evaluation.monte_carlo import QUANTITIES
from bayes_core.figures.panels import Texts
from bayes_core.figures.view import View
from bayes_core.intervals import level_words
from pages._ui.telling import finding, view_opening
from pages._ui.words import coloured_slots, words

from . import readouts, views, views_cells
from .settings import LEVEL, NAMES, PAGE, STREAMS, DrawsSettings
from .settings_cells import MOST, CellsSettings, enough_cells

_Z = NormalDist().inv_cdf(0.5 + LEVEL / 2)
_WIDTHS = 3.0  # of the axis: standard errors of the fewest independent draws, to either side
_WAYS = {"grid": "this grid", "enough": "grid, 1 % off", "prior": "prior draws, 10 %", "posterior": "posterior draws"}
_ENOUGH = 100.0  # posterior draws: their mean is off by a tenth of an sd, whatever the dimension


def look(settings: Any, handle: str, _: Any) -> View:
    """Return what is seen along a handle."""
    seen = _draws(settings, handle) if isinstance(settings, DrawsSettings) else _cells(settings, handle)
    values = settings.positions(handle)
    seen = replace(seen, value=tuple(f"{value:,.6g}" for value in values.tolist()))
    return replace(seen, alt=finding(view_opening(words(PAGE), settings), seen.said, len(values)))


# --------------------------------------------------------------------------------------------------------------- draws
def _draws(settings: DrawsSettings, handle: str) -> View:
    along, spread, text = settings.along(handle), settings.spread(), words(PAGE)
    counts = settings.spaced("draws")
    shown = along["correlation"] if handle == "correlation" else along["correlation"][:1]
    curves = [settings.curves(float(one)) for one in shown]
    told = {name: _told(settings, name, along) for name in NAMES}
    value, error, exact = told[settings.quantity]
    share = QUANTITIES[settings.quantity].tail > 0
    scale, unit = (100.0, "%") if share else (1.0, settings.story.unit)
    one = QUANTITIES[settings.quantity].error(spread, 0.0) / np.sqrt(counts[0])
    low, high = exact - _WIDTHS * one, exact + _WIDTHS * one
    effective = np.array([curve.effective for curve in curves]) * np.ones(len(value))
    near = _inside(settings, along)
    said = {
        "estimate": _with(readouts.estimates(scale * value, scale * error), unit),
        "error": _with(readouts.errors_of(scale * error), unit),
        "exact": (_unit(_exact(settings.quantity, exact, spread.sd), unit),),
        "bound": (_bound(settings),),
        "where": (settings.story.where,),
        "draws": tuple(f"{n:,.0f}" for n in along["draws"].tolist()),
        "memory": tuple(f"{rho:.4g}" for rho in along["correlation"].tolist()),
        "effective": tuple(f"{max(1, round(n)):,}" for n in (effective * along["draws"]).tolist()),
        "inside": tuple(f"{n} of {STREAMS}" for n in near),
        "digit": tuple(f"{100 * n:,.0f}" for n in along["draws"].tolist()),
    }
    rows = {name: _row(settings, name, *told[name]) for name in NAMES}
    return views.draws(
        counts, (max(low, 0.0) if share or settings.quantity == "sd" else low, high), scale, _title(settings),
        np.stack([curve.estimates for curve in curves]), np.stack([curve.error for curve in curves]), exact,
        along["draws"], NAMES[settings.quantity], level_words(LEVEL), said, rows,
        finding(text["what draws say"], said, len(value)), coloured_slots(text["read draws"]), _Z,
    )  # fmt: skip


def _told(settings: DrawsSettings, name: str, along: dict[str, FloatArray]) -> tuple[FloatArray, FloatArray, float]:
    """Return what the first stream says of a quantity at every position (V,), its error (V,), and the exact value."""
    counts, chains = along["draws"], along["correlation"]
    if np.ptp(chains) == 0:
        found = settings.told(name, tuple(counts.tolist()), float(chains[0]))
        return found.estimates[0], found.error, found.exact
    each = [settings.told(name, (float(n),), float(rho)) for n, rho in zip(counts, chains, strict=True)]
    return (
        np.array([one.estimates[0, 0] for one in each]), np.array([one.error[0] for one in each]), each[0].exact,
    )  # fmt: skip


def _inside(settings: DrawsSettings, along: dict[str, FloatArray]) -> list[int]:
    """Return how many streams lie in the cone at every position."""
    counts, chains = along["draws"], along["correlation"]
    if np.ptp(chains) == 0:
        found = [settings.inside(tuple(counts.tolist()), float(chains[0]))]
    else:
        found = [settings.inside((float(n),), float(rho)) for n, rho in zip(counts, chains, strict=True)]
    return [
        int(k) for one in found for k in (np.abs(one.estimates - one.exact) <= _Z * one.error).sum(0).tolist()
    ]  # fmt: skip


def _row(settings: DrawsSettings, name: str, value: FloatArray, error: FloatArray, exact: float) -> list[Texts]:
    scale, unit = (100.0, "%") if QUANTITIES[name].tail else (1.0, "")
    title = f"P(above {_bound(settings)})" if QUANTITIES[name].tail else NAMES[name]
    return [
        (title,),
        _with(readouts.estimates(scale * value, scale * error), unit),
        readouts.errors_of(scale * error),
        (_unit(_exact(name, exact, settings.spread().sd), unit),),
    ]


def _bound(settings: DrawsSettings) -> str:
    """Return what one outcome in a hundred exceeds."""
    return readouts.exact(settings.spread().at(1 - QUANTITIES["rare"].tail), settings.spread().sd)


def _exact(name: str, value: float, sd: float) -> str:
    return f"{100 * value:.3g}" if QUANTITIES[name].tail else readouts.exact(value, sd)


def _with(texts: Texts, unit: str) -> Texts:
    return tuple(_unit(text, unit) for text in texts)


def _unit(text: str, unit: str) -> str:
    return f"{text} {unit}" if unit else text


def _title(settings: DrawsSettings) -> str:
    story, name = settings.story, NAMES[settings.quantity]
    if settings.quantity == "rare":
        return f"P({story.outcome} above its 99 % quantile), %, {story.where}"
    return f"{name} of {story.outcome}, {story.where}"


# --------------------------------------------------------------------------------------------------------------- cells
def _cells(settings: CellsSettings, handle: str) -> View:
    along, text = settings.along(handle), words(PAGE)
    at = along["parameters"].astype(int) - 1
    tolds = along["told"] if handle == "told" else along["told"][:1]
    fine = along["cells"] if handle == "cells" else along["cells"][:1]
    evidences = [settings.evidence(float(told)) for told in tolds]
    number = np.arange(1, MOST + 1)
    needed = np.stack([enough_cells(float(told)) for told in tolds])
    prior = np.stack([evidence.enough_draws() for evidence in evidences])
    off = np.stack([
        settings.evidence(float(told)).by_cells(int(k)) - settings.evidence(float(told)).exact
        for told, k in zip(*np.broadcast_arrays(tolds, fine), strict=True)
    ])  # fmt: skip
    powers = {
        "grid": number * np.log10(fine)[:, None],
        "enough": number * np.log10(needed),
        "prior": np.log10(np.maximum(prior, 1.0)),
        "posterior": np.full((1, MOST), np.log10(_ENOUGH)),
    }
    size = len(along["parameters"])
    pick = {name: np.broadcast_to(values, (size, MOST))[np.arange(size), at] for name, values in powers.items()}
    error = np.broadcast_to(off, (size, MOST))[np.arange(size), at]
    few = np.broadcast_to(needed, (size, MOST))[np.arange(size), at]
    said = {
        "parameters": tuple(f"{n:.0f}" for n in along["parameters"].tolist()),
        "cells": tuple(f"{n:.0f}" for n in along["cells"].tolist()),
        "told": tuple(f"{v:.4g}" for v in along["told"].tolist()),
        "axis": tuple(f"{n:.0f}" for n in few.tolist()),
        "off": tuple(_off(float(v)) for v in error),
        **{name: tuple(readouts.counted(v) for v in values.tolist()) for name, values in pick.items()},
        "time": tuple(readouts.time_of(v) for v in pick["grid"].tolist()),
    }
    said["count"] = said["grid"]
    rows: dict[str, list[Texts]] = {
        name: [(title,), said[name], tuple(readouts.time_of(v) for v in pick[name].tolist())]
        for name, title in _WAYS.items()
    }
    return views_cells.cells(
        MOST, powers, (along["parameters"], pick["grid"]), said, rows,
        finding(text["what cells say"], said, size), coloured_slots(text["read cells"]),
    )  # fmt: skip


def _off(log_error: float) -> str:
    """Return how far off an evidence is, as people say a factor.

    >>> _off(0.0001), _off(-0.25), _off(7.0)
    ('right to 0.01 %', '22 % too small', '1,100 times too large')
    """
    large = "large" if log_error > 0 else "small"
    if abs(log_error) > np.log(2):
        power = abs(log_error) / np.log(10)
        times = readouts.counted(power) if power >= 6 else f"{float(f'{10**power:.2g}'):,.10g}"
        return f"{times} times too {large}"
    share = abs(np.expm1(log_error))
    if share < 1e-8:
        return "right to eight digits"
    return f"right to {100 * share:.1g} %" if share < 0.01 else f"{100 * share:.2g} % too {large}"
