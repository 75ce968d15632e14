"""The scripts that repeat what the integral page shows."""

from __future__ import annotations

from typing import Any

from bayes_core.evaluation.monte_carlo import QUANTITIES
from pages._ui.suiting import in_python

from .settings import LONGEST, STREAMS, DrawsSettings
from .settings_cells import CellsSettings

PRINTS = {
    "draws": {"estimate": r"these draws say +(\S+)", "error": r"error +(\S+)"},
    "cells": {"axis": r"cells an axis for 1 % +(\S+)", "cells": r"cells an axis here +(\S+)"},
}

_DRAWS = '''\
"""{what} of {draws:.0f} draws of a forecast {where}, each with memory {rho:g} of the last."""
import numpy as np

from bayes_core import Dataset, Linear, Prior
from bayes_core.evaluation.ahead import of_line
from bayes_core.evaluation.monte_carlo import QUANTITIES, running, spread_of

{rows}
now = of_line(data, Linear(), {prior}, np.array([{x!r}]), 2).now
spread, noise = spread_of(now), np.random.default_rng([{seed}, 14]).standard_normal(({streams}, {longest}))
told = running(spread, QUANTITIES["{quantity}"], np.array([{draws!r}]), noise, {rho!r})
print("these draws say", told.estimates[0, 0])
print("error          ", told.error[0])
print("exact          ", told.exact)
print("all streams    ", told.estimates[:, 0])
'''

_CELLS = '''\
"""The evidence of {n} parameters, each known to {told:g} of its prior sd: exactly, by cells, by draws."""
import numpy as np

from bayes_core.evaluation.monte_carlo import Evidence

evidence, last = Evidence({told!r}, {n}), {n} - 1
print("log evidence          ", evidence.exact[last])
print("by the grid           ", evidence.by_cells({cells})[last])
print("cells an axis here    ", {cells})
print("cells                 ", evidence.cells({cells})[last])
print("cells an axis for 1 % ", evidence.enough_cells()[last])
print("prior draws for 10 %  ", evidence.enough_draws()[last])

# The same evidence by ten thousand draws of the prior: what it says, and how many of the draws count.
y, variance = evidence.measured
theta = np.random.default_rng(1).standard_normal((10_000, {n}))
log_l = -0.5 * (np.log(2 * np.pi * variance) + (y - theta) ** 2 / variance).sum(1)
weight = np.exp(log_l - log_l.max())
print("by prior draws        ", log_l.max() + np.log(weight.mean()))
print("of 10,000 count       ", weight.sum() ** 2 / (weight**2).sum())
'''


def script(settings: Any) -> str:
    """Return a runnable script for exactly these settings."""
    if isinstance(settings, CellsSettings):
        return _CELLS.format(n=int(settings.parameters), told=settings.told, cells=int(settings.cells))
    assert isinstance(settings, DrawsSettings)
    story, prior = settings.story, settings.story.prior
    rows = (
        f"{in_python(story.rows())}\ndata = Dataset.from_arrays(x, y)"
        if settings.brought
        else "from bayes_core.data import blog\n\ndata = blog(100, 42).dataset()"
    )
    noted = "Share above the 99 % quantile" if QUANTITIES[settings.quantity].tail else f"The {settings.quantity}"
    return _DRAWS.format(
        what=noted, where=story.where, rows=rows, draws=settings.draws, rho=settings.correlation, x=story.x,
        prior=f"Prior(width={prior.width!r}, noise={prior.noise!r})", seed=settings.seed, streams=STREAMS,
        longest=LONGEST, quantity=settings.quantity,
    )  # fmt: skip
