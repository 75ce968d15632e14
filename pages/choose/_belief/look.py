"""From the belief network page's settings to what is seen along its handle."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bayes_core.figures.view import View
from bayes_core.foundations.belief_network import eliminate, naive_root, notable, outlook
from pages._ui.telling import finding, view_opening
from pages._ui.words import words

from . import views
from .scenes import PAGE
from .settings import NetSettings


def look(settings: NetSettings, handle: str, _: Any) -> View:
    """Return what is seen along the handle; the alternative text is what the view finds, in the page's words."""
    values, seen, made, asked = settings.positions(handle), settings.seen, settings.made, settings.asked
    net = settings.written.along(settings.moved, values)
    cut, known = net.made(made), {**seen, **made}
    found = outlook(net, seen, made, asked)
    view = views.network(
        net, found, values, seen, made, settings.rival, notable(cut, asked, known), settings.click == "do"
    )
    panels = list(view.panels)
    if naive_root(net) == asked and not made:
        panels.append(views.odds(net, found, seen))
    if settings.factors:
        panels.append(views.sums(eliminate(cut, [asked], known), known))
    opened = view_opening(words(PAGE), settings)
    view = replace(view, panels=tuple(panels))
    return replace(view, alt=finding(opened, view.frames(handle, values).words, len(values)))
