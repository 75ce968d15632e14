"""The picture of the methods: small multiples, a table, what each costs and is worth, and how mean-field VI climbs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bayes_core.figures.picture import Handle, Picture
from bayes_core.inference import METHODS
from pages._ui.handles import handle
from pages._ui.words import coloured, words
from pages.neural._network.settings import BUDGET

from . import films
from .settings import COMPARED, PAGE, SCENES, MethodsSettings

SHORT = {
    "hmc": "fast HMC", "nuts": "NUTS", "laplace": "Laplace", "ensemble": "ensemble", "anchored": "anchored",
    "dropout": "dropout", "vi_meanfield": "mean-field", "vi_lowrank": "low-rank", "vi_fullrank": "full-rank",
    "map": "MAP",
}  # fmt: skip


def concept(method: str) -> str:
    """Return the colour that a method is drawn in."""
    return {"map": "map", "hmc": "reference", "nuts": "reference"}.get(method, "posterior")


def picture(settings: MethodsSettings, state: dict[str, Any]) -> Picture:
    """Return the picture of these settings."""
    network = settings.network("hmc")
    data = network.dataset()
    stage = {
        "type": "multiples",
        "x": films.grid(settings).tolist(),
        "points": [[float(a), float(b)] for a, b in zip(data.x[:, 0], data.y, strict=True)],
        "x_range": list(network.spec.x_range),
        "y_range": list(network.spec.y_range),
        "data_range": [float(data.x.min()), float(data.x.max())],
        "methods": [{"id": m, "title": METHODS[m].title, "concept": concept(m)} for m in COMPARED],
    }
    return Picture(None, settings.stamp, (), _panels(settings, state["present"]), stage=stage, **state)


def _panels(settings: MethodsSettings, present: bool) -> tuple[dict[str, Any], ...]:
    text = words(PAGE)
    rows = ["hmc", *(["nuts"] if settings.nuts else []), *COMPARED]
    columns = [["", ""], ["distance", ""], ["covers", ""], ["log score", ""]]
    low, high = SCENES[settings.scene].nats
    grid = {"type": "grid", "text": "On fresh points", "columns": columns, "rows": rows, "badge": "badge"}
    cost = {
        "type": "cost",
        "text": "Cost against quality",
        "badge": "badge",
        "points": [{"id": m, "title": SHORT.get(m, METHODS[m].title), "concept": concept(m)} for m in rows],
        "x": {"low": 0.01, "high": 30, "title": "seconds to fit, log scale", "ticks": [0.01, 0.1, 1, 10]},
        "y": {"low": 0, "high": 1.5, "title": "distance, sd", "ticks": [0, 0.5, 1, 1.5]},
        "alt": "alt.cost",
        "under": not present,
    }
    climb = {
        "type": "climb",
        "text": "Mean-field VI, step by step",
        "badge": "badge",
        "steps": BUDGET.steps,
        "left": {"low": low, "high": high, "title": "nats", "ticks": [low, low / 2, 0, high]},
        "lines": [
            {"id": "climb.elbo", "title": "ELBO", "concept": "posterior", "dash": "solid"},
            {"id": "climb.fit", "title": "expected log likelihood", "concept": "likelihood", "dash": "dotted"},
            {"id": "climb.kl", "title": "KL to the prior", "concept": "prior", "dash": "dashed"},
        ],
        "hint": "climb.hint",
        "alt": "alt.climb",
        "under": True,
    }
    legend = {"type": "prose", "text": "How to read it", "html": f"<p>{coloured(text['legend'])}</p>"}
    return (grid, cost) if present else (grid, legend, cost, climb)


def handles(settings: MethodsSettings, is_locked: Callable[[str], bool]) -> tuple[Handle, ...]:
    """Return the handles with their words."""
    text = words(PAGE)
    looks = {
        "rate": (("dropout rate", ", of hidden units"), "posterior", ("hardly any", "most of them")),
        "kl": (("KL weight", " of mean-field VI"), "prior", ("data first", "prior first")),
    }
    return tuple(
        handle(settings, name, label, concept, ends, "{:g}".format, text[f"said {name}"], is_locked)
        for name, (label, concept, ends) in looks.items()
    )
