"""From a picture as it stands to a report: which sections there are, and their sentences (assets/words/report.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from bayes_core.figures.film import Film
from bayes_core.intervals import level_words
from bayes_core.report import facts
from bayes_core.report.page import Chart, Code, Folded, Link, Part, Report, Section, Table, as_html
from bayes_core.report.versions import versions
from bayes_core.summaries.summary import percent
from bayes_core.types import Dataset, Fit, Prior
from pages._ui.live.parcel import boot, code, parcel, sheet

from .sentences import bare
from .words import coloured, filled, words

_LEVEL = 0.9
_SHORT = 12  # rows that stand open


def report(taken: Any, home: Mapping[str, int], link: str, account: str, settings_rows: Table, script: str) -> bytes:
    """Return the report of what was taken (taking.py) as HTML; what needs a session comes as an argument.

    `account` says what became of the rows of a reader's own file.
    """
    text = words("report")
    films = taken.shown
    said = {name: film.word(name, home[film.handle]) or "" for film in films for name in film.words}
    parts = [
        _data(text, taken.dataset, account),
        Section("settings", text["settings"], (settings_rows, text["settings link"], Link(link))),
        _prior(text, taken),
        *_answers(text, taken),
        Section("readouts", text["readouts"], facts.readouts(taken.picture, films, home)),
        _checks(text, taken),
        _change(text, taken, home),
        _reading(text, taken),
        _versions(text, script),
    ]
    day = f"{date.today():%-d %B %Y}"
    return as_html(
        Report(
            f"{bare(taken.text['eyebrow'])} · {taken.title}",
            bare(coloured(taken.question)),
            filled(text["made"], {"date": day, "lesson": bare(taken.text["eyebrow"])}),
            tuple(dict.fromkeys(one for one in (said.get("alt", ""),) if one)),
            _chart(text, taken, home),
            tuple(parts),
        )
    ).encode()


def _chart(text: Mapping[str, str], taken: Any, home: Mapping[str, int]) -> Chart:
    """Return the live chart: the picture as it stands, without what would have to ask the server.

    What was found stands above it already: the line under it begins with the first move.
    """
    quiet = {"busy": "", "extra": "", "waits": False, "glide": None, "refused": None, "reveal": False, "keys": ()}
    alone = {"present": False, "draws": None, "pins": {"open": False, "locked": True, "list": []}}
    alone["locks"] = taken.lesson.lockable  # a stage has nobody to tell what is clicked
    picture = replace(taken.picture, said="", told=False, **quiet, **alone)
    packed = parcel(picture, taken.handles, taken.films, home)
    return Chart(packed, code(), sheet(), boot(), text["hint"], text["fallback"])


def _data(text: Mapping[str, str], dataset: Dataset | None, account: str) -> Section:
    if dataset is None:
        return Section("data", text["data"], ())
    told = {"title": dataset.title or "data", "rows": f"{len(dataset.y):,}", "target": dataset.target_name}
    told |= {"inputs": ", ".join(dataset.feature_names), "fingerprint": dataset.fingerprint, "source": dataset.source}
    every = facts.rows_of(dataset)
    parts: list[Part] = [filled(text["data rows"], told)]
    parts += [account] if account else []
    parts += [filled(text["data source"], told)] if dataset.source else []
    listed = [] if every is None else [every if len(every.rows) <= _SHORT else Folded(text["data all"], every)]
    parts += [facts.columns(dataset), *listed, filled(text["data fingerprint"], told)]
    return Section("data", text["data"], tuple(parts))


def _prior(text: Mapping[str, str], taken: Any) -> Section:
    """Return the priors in words: those of the fit, or the handles that stand for one."""
    fit: Fit | None = taken.fit
    if fit is None:
        home = taken.home
        told = [
            filled(text["prior handle"], {"label": "".join(h.label), "text": h.texts[home[h.id]]})
            for h in taken.handles
            if h.concept == "prior"
        ]
        return Section("prior", text["prior"], tuple(told))
    prior: Prior = fit.prior
    laplace = getattr(fit.question.model, "family", "") == "laplace"
    slots = {"model": fit.question.model.name, "width": f"{prior.width:.4g}", "twice": f"{1.96 * prior.width:.3g}"}
    parts = [filled(text["prior laplace" if laplace else "prior weights"], slots)]
    if prior.widths:
        own = ", ".join(f"{site} {width:.4g}" for site, width in dict(prior.widths).items())
        parts.append(filled(text["prior sites"], {"widths": own}))
    if fit.question.likelihood.noisy:
        kind = "prior noise known" if prior.noise_known else "prior noise"
        parts.append(filled(text[kind], {"typical": f"{prior.noise:.4g}"}))
    return Section("prior", text["prior"], tuple(parts))


def level_of(settings: Any) -> float:
    """Return the level of a page's intervals."""
    level = getattr(settings, "level", _LEVEL)
    return float(level) if 0 < float(level) < 1 else _LEVEL


def _answers(text: Mapping[str, str], taken: Any) -> tuple[Section, ...]:
    """Return what is believed after the data, and what is predicted."""
    fit: Fit | None = taken.fit
    if fit is None:
        return ()
    level, task = level_of(taken.settings), fit.question.dataset.task
    listed = facts.parameters(fit, level)
    many = filled(text["posterior many"], {"count": f"{len(fit.columns()):,}"})
    posterior: tuple[Part, ...] = (listed, text["posterior digits"]) if listed else (many,)
    scaled = taken.dataset is not None and taken.dataset.fingerprint != fit.question.dataset.fingerprint
    told = [text["predictions classes" if task == "classification" else "predictions regression"]]
    told += [text["predictions scaled"]] if scaled else []
    return (
        Section("posterior", text["posterior"], posterior),
        Section("predictions", text["predictions"], (*told, facts.forecasts(fit, level))),
    )


def _checks(text: Mapping[str, str], taken: Any) -> Section:
    fit: Fit | None = taken.fit
    if fit is None:
        return Section("checks", text["checks"], ())
    level = level_of(taken.settings)
    parts: list[Part] = [facts.diagnostics(fit)]
    for name, counted in (("checks held", facts.held_out(fit, level)), ("checks seen", facts.covered(fit, level))):
        if counted:
            inside, rows = counted
            slots = {"inside": f"{inside:,}", "rows": f"{rows:,}", "share": percent(inside / rows)}
            parts.append(filled(text[name], slots | {"level": level_words(level)}))
    parts += _trusted(text, taken)
    return Section("checks", text["checks"], tuple(parts))


def _trusted(text: Mapping[str, str], taken: Any) -> list[Part]:
    """Return for which positions the draws at hand answer, where not for all."""
    told: list[Part] = []
    for handle in taken.handles:
        film: Film | None = taken.films["answer"].get(handle.id)
        if film and film.trusted:
            low, high = (handle.texts[at] for at in film.trusted)
            told.append(filled(text["checks trusted"], {"label": "".join(handle.label), "low": low, "high": high}))
    return told


def _change(text: Mapping[str, str], taken: Any, home: Mapping[str, int]) -> Section:
    """Return the answer at half and twice the prior, where a handle stands for it."""
    films = tuple(taken.films["answer"].values())
    parts: list[Part] = []
    for handle in taken.handles:
        told = facts.moved(taken.picture, films, home, handle) if handle.concept == "prior" else None
        if told:
            film = taken.films["answer"][handle.id]
            reach = "change reach" if film.trusted else "change prior"
            parts += [filled(text[reach], {"label": "".join(handle.label)}), told]
    return Section("change", text["change"], tuple(parts))


def _reading(text: Mapping[str, str], taken: Any) -> Section:
    if taken.fit is None:
        return Section("reading", text["reading"], ())
    level = {"level": level_words(level_of(taken.settings))}
    kinds = ["credible", *(["predictive"] if taken.fit.question.likelihood.noisy else []), "exact"]
    parts = [filled(text[f"reading {kind}"], level) for kind in kinds]
    return Section("reading", text["reading"], tuple(parts))


def _versions(text: Mapping[str, str], script: str) -> Section:
    listed = Table(("package", "version"), tuple(versions().items()))
    scripts = (Code(text["script"], script),) if script else ()
    return Section("versions", text["versions"], (*scripts, listed))


__all__ = ["level_of", "report"]
