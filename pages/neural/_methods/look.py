"""From the settings of the page of methods to what is seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from bayes_core.checks import FloatArray
from bayes_core.evaluation.appraisal import Appraisal, appraise
from bayes_core.evaluation.compare import Floor, floor
from bayes_core.figures.view import View
from bayes_core.types import Fit
from pages._ui.telling import view_opening
from pages._ui.words import coloured, words
from pages.neural._network.settings import BUDGET

from . import views
from .settings import ACTS_ON, COMPARED, PAGE, MethodsSettings

LEVEL = 0.9


def look(settings: MethodsSettings, handle: str, fits: Mapping[str, tuple[Fit, ...] | str] | None) -> View:
    """Return every method's band and what it is worth, along one handle."""
    found = {method: () if isinstance(some, str) else some for method, some in (fits or {}).items()}
    reference = found["hmc"][0] if found.get("hmc") else None
    asked = settings.still()
    along = {
        method: [judged(one, reference, asked) if one else None for one in _along(settings, handle, method, some)]
        for method, some in found.items()
    }
    source, story = settings.network().source(), settings.story
    seen = views.methods(
        source.at(settings.network().noise),
        settings.places(),
        ("hmc", *(["nuts"] if settings.nuts else []), *COMPARED),
        COMPARED,
        along,
        _along(settings, handle, "vi_meanfield", found.get("vi_meanfield", ())),
        BUDGET.steps,
        story.nats,
        said(len(settings.fresh().y), "yours" if settings.brought else ""),
        tuple(f"{v:g}" for v in settings.positions(handle)),
        by_chance(reference, asked) if reference else None,
        view_opening(words(PAGE), settings),
        {method: why for method, why in (fits or {}).items() if isinstance(why, str)},
    )
    if not story.own:
        return seen
    counts = {"fitted": f"{story.points:,}", "kept": f"{story.kept:,}", "many": story.own.point[1]}
    return replace(seen, words={**seen.words, **{name: (text,) for name, text in counts.items()}})


def said(rows: int, whose: str = "") -> dict[str, str]:
    """Return the page's words as HTML; `rows` points were nobody's to fit, and `whose` they are decides their name."""
    text = words(PAGE)
    fresh = {"fresh": text[f"fresh {whose}".strip()], "judged": text[f"judged {whose}".strip()]}
    fresh["judged"] = fresh["judged"].replace("{rows}", f"{rows:,}")
    legend = text["legend"].replace("{judged}", fresh["judged"]).split("\n\n")
    told = {name: coloured(part) for name, part in (text | fresh).items()}
    return told | {"legend": "".join(f"<p>{coloured(part)}</p>" for part in legend)}


def inputs(settings: MethodsSettings) -> FloatArray:
    """Return the inputs (G, D) at the places of the pictures, all others than the one drawn at their mean."""
    return settings.network().slice(settings.places())


@lru_cache(maxsize=20)
def by_chance(reference: Fit, settings: MethodsSettings) -> Floor:
    """Return what as many exact draws as an ensemble has members would show."""
    return floor(reference.model.functions(reference.draws, inputs(settings))[:, :, 0], BUDGET.members)


@lru_cache(maxsize=200)
def judged(one: Fit, reference: Fit | None, settings: MethodsSettings) -> Appraisal:
    """Return what a fit is worth; each pair is judged once, however often the picture is sent."""
    return appraise(one, inputs(settings), settings.fresh(), reference, LEVEL)


def _along(settings: MethodsSettings, handle: str, method: str, found: tuple[Fit, ...]) -> Sequence[Fit | None]:
    """Return a method's fits along a handle: one that serves all positions, or one for each, None where unknown."""
    if not found:
        return []
    own = next((h for h, acted in ACTS_ON.items() if acted == method), None)
    if own != handle:
        return [found[settings.home()[own]] if own and len(found) > 1 else found[0]]
    if len(found) > 1:
        return list(found)
    here = settings.home()[handle]
    return [found[0] if v == here else None for v in range(len(settings.positions(handle)))]
