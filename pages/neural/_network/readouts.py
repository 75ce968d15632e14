"""What the network's picture says in words: half-widths, the noise, alt texts, and what a fit says about itself."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from bayes_core import summary
from bayes_core.inference import METHODS
from bayes_core.intervals import level_words
from bayes_core.summaries.curves import Curves
from bayes_core.types import Fit
from pages._ui.settings import nearest

from .scenes import MEASUREMENTS
from .settings import NetworkSettings, grid


def readouts(settings: NetworkSettings, handle: str, found: Curves, badge: list[str]) -> dict[str, tuple[str, ...]]:
    """Return what every position of a handle says in words and numbers, a dash where nobody can answer."""
    half, middle = found.half_width(), nearest(grid(settings), 0.0)
    edge = tuple("–" if np.isnan(h) else f"{h:.2f}" for h in half[:, -1])
    inside = tuple("–" if np.isnan(h) else f"{h:.2f}" for h in half[:, middle])
    sigma = [
        ("–", "")
        if np.isnan(m)
        else (
            summary.number(float(m), max(2, summary.decimals(0.0, max(float(s), 1e-3)))),
            summary.number(float(s), summary.decimals(0.0, float(s))) if s > 1e-6 else "",
        )
        for m, s in zip(found.sigma_mean, found.sigma_sd, strict=True)
    ]
    level = level_words(settings.level)
    along = f" along {MEASUREMENTS[settings.along].title}, all else at its mean," if settings.spec.sliced else ""
    return {
        "value": tuple(f"{v:g}" for v in settings.positions(handle)),
        "edge": edge,
        "inside": inside,
        **_noise(settings, found, sigma),
        "badge": tuple(badge),
        "alt": tuple(
            "The draws at hand cannot answer here; release the handle to fit anew."
            if e == "–"
            else f"A curve{along} and its {level} credible band: half-width {i} in the middle, {e} at the right edge, "
            f"beyond the data. Noise {s}."
            for e, i, s in zip(edge, inside, _noise(settings, found, sigma)["noise"], strict=True)
        ),
    }


def _noise(settings: NetworkSettings, found: Curves, sigma: list[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Return the noise in words: mean and sd of sigma, or its mean at both ends of the data if it depends on x."""
    if not settings.heteroscedastic:
        return {"noise": tuple(s[0] for s in sigma), "noise.sd": tuple(s[1] for s in sigma)}
    x, seen = grid(settings), settings.dataset().x[:, settings.column]
    ends = [nearest(x, at) for at in (seen.min(), seen.max())]
    left, right = (tuple("–" if np.isnan(v) else f"{v:.2f}" for v in found.noise[:, end]) for end in ends)
    both = tuple(a if a == "–" else f"{a} on the left, {b} on the right" for a, b in zip(left, right, strict=True))
    return {"noise": both, "noise left": left, "noise right": right}


def about(known: Mapping[int, Fit], size: int, home: int) -> dict[str, tuple[str, ...]]:
    """Return what each fit says about itself, a dash where there is none."""
    told = {name: ["–"] * size for name in ("about.rhat", "about.ess", "about.draws", "about.time", "about.method")}
    for v, fit in known.items():
        says = fit.diagnostics
        told["about.method"][v] = METHODS[fit.method].title
        told["about.draws"][v] = f"{len(fit.noise):,}" + (f", {says.chains} chains" if says.chains > 1 else "")
        once = f" + {says.compiling:.1f} s compiling" if says.compiling > 0.1 else ""
        told["about.time"][v] = f"{says.seconds:.2f} s{once}"
        if says.r_hat:
            told["about.rhat"][v] = f"{says.largest_r_hat:.3f}"
            told["about.ess"][v] = f"{says.fewest_effective:,.0f}"
    return {name: tuple(words) for name, words in told.items()}
