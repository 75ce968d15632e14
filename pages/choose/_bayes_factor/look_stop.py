"""From the settings of stopping to what is seen."""

from __future__ import annotations

from bayes_core.figures import bayes_factor as figures
from bayes_core.figures.picture import Label
from bayes_core.figures.view import View
from bayes_core.foundations.bayes_factor import stopping
from bayes_core.numerics.rounding import ticks
from pages._ui.words import words

from . import views
from .settings import PAGE
from .settings_stop import NULL, StopSettings
from .views import Drawn


def look_stop(s: StopSettings, handle: str) -> View:
    """Return what two people who stop when they like find, along a handle."""
    real, demand, worth = (s.at(name, handle) for name in ("real", "demand", "worth"))
    found = stopping.both_rules(s.looks, NULL, s.level, worth, demand, real)
    labels = (
        Label("p", f"p < {s.level:g}", "at some look", "likelihood", (("by p", "last"),)),
        Label("bf", "Bayes factor", "at some look", "posterior", (("by bf", "last"),)),
        Label("bound", "its bound", "if fair", "posterior", (("bound", "last"),)),
    )
    title = "tosses, with a look after every one"
    drawn = Drawn(
        figures.stops_figure(s.looks, ticks(0.0, float(s.looks)), title),
        figures.stops_numbers({"by p": found.by_p, "by bf": found.by_bf}, found.bound),
        labels,
        ghost=("by p", "by bf"),
    )
    ends = {"p": found.by_p[:, -1], "bf": found.by_bf[:, -1], "once p": found.once_p, "once bf": found.once_bf}
    texts = tuple(f"{v:g}" for v in s.positions(handle))
    demands = tuple(f"{v:g}" for v in demand)
    return views.stop_view(
        drawn, ends, found.bound, real == NULL, words(PAGE), texts, f"{s.level:g}", demands
    )  # fmt: skip
