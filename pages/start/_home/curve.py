"""The start page's living picture: an exact posterior over curves, fitted anew for every click."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from bayes_core.data.observations import measured, wave
from bayes_core.inference.exact import posterior
from bayes_core.inference.linear_posterior import LinearPosterior
from bayes_core.models import MODELS, Linear
from bayes_core.summaries.knowledge import Knowledge, turns
from bayes_core.types import Dataset, Prior
from pages._ui.live.chart import plotly_chunk
from pages._ui.live.code import component

GRID = np.linspace(0, 10, 73)
WORLD = wave()
PRIOR = Prior(width=0.55, noise=WORLD.noise, noise_known=True)
MODEL = MODELS["bumps"]
_MOST = 24
_MEMBERS = 9
_MARGIN = 6  # places at either edge where words would be cut
_UNIT = 0.23  # heights of the picture per unit of y


@dataclass(frozen=True)
class Curve:
    """The measurements so far, (x, y) each, and how many of them the reader asked for."""

    points: tuple[tuple[float, float], ...]

    @classmethod
    def at_start(cls) -> Curve:
        """Return eight measurements with a gap between them."""
        data = WORLD.dataset()
        return cls(tuple(zip(data.x[:, 0].tolist(), data.y.tolist(), strict=True)))

    @property
    def full(self) -> bool:
        """Return whether no further measurement is taken."""
        return len(self.points) >= _MOST

    def with_point(self, x: float, y: float) -> Curve:
        """Return the curve with one more measurement, the oldest making room."""
        inside = (float(np.clip(x, GRID[0], GRID[-1])), float(np.clip(y, -2.4, 2.4)))
        return Curve((*self.points, inside)[-_MOST:])

    def with_answer(self) -> Curve:
        """Return the curve after a measurement at the most informative place."""
        x = float(GRID[self.knowledge().most_informative])
        return self.with_point(x, float(measured(WORLD, np.array([[x]]), seed=len(self.points))[0]))

    def answer(self) -> LinearPosterior:
        """Return the exact posterior over curves."""
        x, y = np.array(self.points).T
        assert isinstance(MODEL, Linear)
        return posterior(Dataset.from_arrays(x, y), MODEL, PRIOR)

    def knowledge(self) -> Knowledge:
        """Return what is known along the grid."""
        assert isinstance(MODEL, Linear)
        return Knowledge.of(self.answer(), MODEL.design(GRID[:, None]), (0.9, 0.5))


def drawing(curve: Curve) -> dict[str, Any]:
    """Return everything the browser needs: bands, a factor of the covariance, and where it is sure and unsure."""
    known = curve.knowledge()
    (lower, upper), (low, high) = known.bands[0.9], known.bands[0.5]
    unsure, sure, width = known.least_sure(_MARGIN), known.surest(_MARGIN), known.width(0.9)
    return {
        "x": GRID.tolist(),
        "low": float(GRID[0]),
        "high": float(GRID[-1]),
        "unit": _UNIT,
        "mean": known.mean.round(4).tolist(),
        "lower90": lower.round(4).tolist(),
        "lower50": low.round(4).tolist(),
        "upper50": high.round(4).tolist(),
        "upper90": upper.round(4).tolist(),
        "factor": known.factor.round(4).tolist(),
        "turns": turns(_MEMBERS, known.factor.shape[1], seed=3).round(4).tolist(),
        "points": [list(point) for point in curve.points],
        "knows": {"x": float(GRID[sure]), "y": float(upper[sure])},
        "unsure": {"x": float(GRID[unsure]), "y": float(upper[unsure])},
        "alt": f"{len(curve.points)} measurements and the curves that fit them. The 90 % credible band is narrowest, "
        f"{width[sure]:.2f} wide, near {GRID[sure]:.1f} and widest, {width[unsure]:.2f} wide, near {GRID[unsure]:.1f}.",
    }


_component = component(
    "bayes_home",
    html='<div class="hm"><div class="hm-pic" role="img"><svg preserveAspectRatio="none"><g class="hm-bands"></g>'
    '<g class="hm-lines"></g><g class="hm-points"></g></svg><span class="hm-tag hm-knows"></span>'
    '<span class="hm-tag hm-unsure"></span></div><p></p></div>',
)


def living_curve(curve: Curve, text: Mapping[str, str], key: str, on_click: Callable[[float, float], None]) -> None:
    """Show the picture; a click anywhere calls `on_click(x, y)`."""

    def clicked() -> None:
        at = st.session_state[key]["click"]
        if at:
            on_click(float(at["x"]), float(at["y"]))

    spoken = {name: text[name] for name in ("knows", "unsure", "caption")}
    # bytes, because for a dict Streamlit would first import pandas and pyarrow: a whole second of the first visit
    data = json.dumps(drawing(curve) | {"words": spoken, "chunk": plotly_chunk()}).encode()
    _component(key=key, data=data, on_click_change=clicked)
