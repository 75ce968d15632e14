"""From the settings of the page of methods to what is seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    source = settings.network().source()
    return views.methods(
        source.at(settings.network().noise),
        settings.places(),
        ("hmc", *(["nuts"] if settings.nuts else []), *COMPARED),
        COMPARED,
        along,
        _along(settings, handle, "vi_meanfield", found.get("vi_meanfield", ())),
        BUDGET.steps,
        settings.story.nats,
        said(len(settings.fresh().y)),
        tuple(f"{v:g}" for v in settings.positions(handle)),
        by_chance(reference, asked) if reference else None,
        view_opening(words(PAGE), settings),
        {method: why for method, why in (fits or {}).items() if isinstance(why, str)},
    )


def said(rows: int) -> dict[str, str]:
    """Return the page's words as HTML; `rows` points were nobody's to fit."""
    return {name: coloured(text.replace("{rows}", str(rows))) for name, text in words(PAGE).items()} | {
        "legend": "".join(
            f"<p>{coloured(part.replace('{rows}', str(rows)))}</p>" for part in words(PAGE)["legend"].split("\n\n")
        )
    }


@lru_cache(maxsize=20)
def by_chance(reference: Fit, settings: MethodsSettings) -> Floor:
    """Return what as many exact draws as an ensemble has members would show."""
    return floor(reference.model.functions(reference.draws, settings.places()[:, None])[:, :, 0], BUDGET.members)


@lru_cache(maxsize=200)
def judged(one: Fit, reference: Fit | None, settings: MethodsSettings) -> Appraisal:
    """Return what a fit is worth; each pair is judged once, however often the picture is sent."""
    places: FloatArray = settings.places()
    return appraise(one, places[:, None], settings.fresh(), reference, LEVEL)


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
