"""What a report tells of a fit and of its data, as tables of text with honest digits."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import unescape
from typing import Any

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.figures.film import Film
from bayes_core.figures.picture import Handle, Picture
from bayes_core.inference import METHODS, answer_steps
from bayes_core.intervals import level_words
from bayes_core.predict import predict
from bayes_core.report.page import Part, Table
from bayes_core.summaries.summary import band, decimals, number, percent, table
from bayes_core.types import Dataset, Fit

MOST = 12
"""Parameters that a table lists: of a network's weights nobody reads one by one, for none means anything alone."""
_PLACES, _ROWS = 7, 8
_EXACT_ROWS = 60
_MOST_ROWS = 5000
_FACTORS = (0.5, 1.0, 2.0)
_SLOT, _TAG = re.compile(r'<b data-word="([^"]+)"></b>'), re.compile(r"<[^>]+>")


def columns(dataset: Dataset) -> Table:
    """Return a data set's columns, the target last: smallest, median and largest value, or how many of each class."""
    rows = [(name, "input", *_spread(dataset.x[:, d])) for d, name in enumerate(dataset.feature_names)]
    if dataset.classes:
        counts = np.bincount(dataset.y.astype(int), minlength=len(dataset.classes))
        told = ", ".join(f"{name}: {count:,}" for name, count in zip(dataset.classes, counts, strict=True))
        rows.append((dataset.target_name, "target", told, "", ""))
    else:
        rows.append((dataset.target_name, "target", *_spread(dataset.y)))
    return Table(("column", "role", "smallest", "median", "largest"), tuple(rows))


def rows_of(dataset: Dataset) -> Table | None:
    """Return all rows of a small data set."""
    if len(dataset.y) > _EXACT_ROWS:
        return None
    y = [dataset.classes[int(v)] for v in dataset.y] if dataset.classes else [f"{v:.6g}" for v in dataset.y]
    cells = [(str(n + 1), *(f"{v:.6g}" for v in row), y[n]) for n, row in enumerate(dataset.x)]
    return Table(("row", *dataset.feature_names, dataset.target_name), tuple(cells))


def _spread(values: FloatArray) -> tuple[str, str, str]:
    found = np.quantile(values, (0.0, 0.5, 1.0))
    found[np.abs(found) < 1e-9 * np.abs(found).max()] = 0.0
    low, middle, high = (f"{v:.5g}" for v in found.tolist())
    return low, middle, high


def names_of(fit: Fit) -> dict[str, str]:
    """Return what parameters are called: a slope by its input where there is one for each, the noise by its sign."""
    dataset = fit.question.dataset
    slopes = [name for name in fit.columns() if name.startswith("coef[")]
    told = {"sigma": "noise σ"}
    if len(slopes) == len(dataset.feature_names):
        told |= {one: f"slope, per {name}" for one, name in zip(slopes, dataset.feature_names, strict=True)}
    return told


def parameters(fit: Fit, level: float) -> Table | None:
    """Return mean or median, interval and Monte-Carlo error of every parameter, with what its chains say; if few."""
    if len(fit.columns()) > MOST:
        return None
    named, rows, about = names_of(fit), table(fit, level), fit.diagnostics
    heads = ["parameter", "mean ± posterior sd, or median", f"{level_words(level)} interval", "Monte-Carlo error"]
    chained = bool(about.r_hat)
    told = []
    for row in rows:
        centre = row.text if row.symmetric else row.text.split(" (")[0]
        cells = [named.get(row.name, row.name), centre, row.interval or "–", f"{row.error:.2g}" if row.error else "–"]
        if chained:
            cells += [_or_dash(row.r_hat, ".3f"), _or_dash(row.ess_bulk, ",.0f"), _or_dash(row.ess_tail, ",.0f")]
        told.append(tuple(cells))
    return Table((*heads, *(("R-hat", "bulk ESS", "tail ESS") if chained else ())), tuple(told))


def diagnostics(fit: Fit) -> Table:
    """Return how an answer was got, and what it says about itself."""
    about = fit.diagnostics
    told = [("method", METHODS[fit.method].title), ("answer", about.badge)]
    told += [("draws", f"{len(fit.noise):,}" if len(fit.noise) > 1 else "one point, no draws")]
    if about.r_hat:
        told += [
            ("chains", str(about.chains)),
            ("largest R-hat", f"{about.largest_r_hat:.3f}"),
            ("fewest effective draws (bulk ESS)", f"{about.fewest_effective:,.0f}"),
            ("divergent transitions", f"{about.divergences:,}"),
        ]
    if about.elbo is not None:
        start, end = about.climbed
        told.append(("ELBO, first step to last hundred", f"{number(start, 1)} to {number(end, 2)}"))
    if fit.log_evidence is not None:
        told.append(("log evidence", number(fit.log_evidence, 2)))
    told.append(("time at work", f"{about.seconds:.2g} s"))
    told += [("complaint", text) for text in about.complaints] + [("note", text) for text in about.notes]
    return Table(("what", "value"), tuple(told))


def forecasts(fit: Fit, level: float) -> Table:
    """Return what is predicted: at even places of one input, or at some of the rows, beside what they really are."""
    dataset = fit.question.dataset
    single = dataset.x.shape[1] == 1
    if single and dataset.task == "regression":
        at = np.linspace(dataset.x.min(), dataset.x.max(), _PLACES)[:, None]
        first, actual, heads = [f"{v:.4g}" for v in at[:, 0]], None, (dataset.feature_names[0],)
    else:
        kept = np.argsort(dataset.y, kind="stable")[np.linspace(0, len(dataset.y) - 1, _ROWS).astype(int)]
        kept = np.unique(kept)
        at, first, heads = dataset.x[kept], [f"row {n + 1}" for n in kept], ("",)
        actual = dataset.y[kept]
    found = predict(fit, at)
    if dataset.task == "classification":
        p, names = found.probabilities.mean(axis=0), dataset.classes
        told = [
            (name, *(percent(float(share)) for share in row), names[int(y)])
            for name, row, y in zip(first, p, actual if actual is not None else [], strict=True)
        ]
        return Table((*heads, *(f"p({name})" for name in names), "actual"), tuple(told))
    credible, new = (band(found, level, kind) for kind in ("function", "observation"))
    spread = len(fit.noise) > 1
    titles = ["mean", *([credible.label] if spread else []), new.label]
    mean = credible.mean if credible.mean is not None else credible.median
    rows = []
    for n, name in enumerate(first):
        places = decimals(float(mean[n]), float(new.upper[n] - new.lower[n]) / 3.3)
        ends = [_ends(credible, n, places)] if spread else []
        cells = [name, number(float(mean[n]), places), *ends, _ends(new, n, places)]
        if actual is not None:
            inside = new.lower[n] <= actual[n] <= new.upper[n]
            cells += [number(float(actual[n]), places), "inside" if inside else "outside"]
        rows.append(tuple(cells))
    more = ("actual", "predictive interval") if actual is not None else ()
    return Table((*heads, *titles, *more), tuple(rows))


def _ends(found: Any, n: int, places: int) -> str:
    return f"{number(float(found.lower[n]), places)} to {number(float(found.upper[n]), places)}"


def covered(fit: Fit, level: float) -> tuple[int, int] | None:
    """Return how many of the rows that a fit has seen lie in their predictive interval, and of how many."""
    dataset = fit.question.dataset
    if dataset.task != "regression":
        return None
    found = band(predict(fit, dataset.x), level, "observation")
    return int(((found.lower <= dataset.y) & (dataset.y <= found.upper)).sum()), len(dataset.y)


def held_out(fit: Fit, level: float, folds: int = 5) -> tuple[int, int] | None:
    """Return how many rows lie in their predictive interval where each was left out of the fit, and of how many.

    The rows are dealt into `folds` at random, by the question's seed; each fold is predicted from all others. Only an
    exact answer is quick enough to be worked out that often; None for any other, and for fewer than 20 rows.
    """
    dataset, n = fit.question.dataset, len(fit.question.dataset.y)
    if fit.method != "exact" or not 20 <= n <= _MOST_ROWS:
        return None
    fold = np.random.default_rng(fit.question.seed).permutation(n) % folds
    inside = 0
    for k in range(folds):
        kept, out = fold != k, fold == k
        seen = replace(dataset, x=dataset.x[kept], y=dataset.y[kept])
        answer = list(answer_steps(replace(fit.question, dataset=seen)))[-1].fit
        assert answer is not None
        found = band(predict(answer, dataset.x[out]), level, "observation")
        inside += int(((found.lower <= dataset.y[out]) & (dataset.y[out] <= found.upper)).sum())
    return inside, n


def readouts(picture: Picture, films: Sequence[Film], home: Mapping[str, int]) -> tuple[Part, ...]:
    """Return the numbers of the panels beside a picture, in the words in which they stand there."""
    said = {name: film.word(name, home[film.handle]) or "" for film in films for name in film.words}
    rows: list[tuple[str, str]] = []
    for panel in picture.panels:
        kind, title = panel.get("type"), str(panel.get("text", ""))
        if kind == "rows":
            rows += [(f"{title}: {name}", said.get(id, "")) for name, id in panel["rows"]]
        elif kind == "meter":
            rows += [(title, f"{said.get('meter.verdict', '')} {said.get('meter.words', '')}".strip())]
            shares = ("share", "share.prior", "whole", "whole.prior")
            cells = [f"{row}, {column}" for row in panel["rows"] for column in panel["columns"]]
            rows += [(f"{title} {cell}", said.get(f"meter.{n}", "")) for n, cell in zip(shares, cells, strict=True)]
        elif kind == "answer":
            rows += [(title, f"{said.get(panel['id'], '')}. {said.get(panel['id'] + '.words', '')}".strip(". "))]
    told = tuple((name, text) for name, text in rows if text)
    listed = (Table(("what", "value"), told),) if told else ()
    return (*listed, *(part for panel in picture.panels for part in _panel(panel, said)))


def _panel(panel: Mapping[str, Any], said: Mapping[str, str]) -> tuple[Part, ...]:
    """Return a panel that is a table itself, or words with numbers in them."""
    if panel.get("type") == "grid":
        columns = range(len(panel["columns"]))
        cells = [(row, *(said.get(f"grid.{row}.{k}", "") for k in columns)) for row in panel["rows"]]
        rows = tuple(row for row in cells if row[1])
        heads = (str(panel.get("text", "")), *(title for title, _ in panel["columns"]))
        return (Table(heads, rows),) if rows else ()
    if panel.get("type") == "prose":
        words = _SLOT.sub(lambda found: said.get(found[1], ""), panel["html"])
        text = unescape(_TAG.sub("", words.replace("</p>", "</p> "))).strip()
        return (f"{panel['text']}: {text}",) if text else ()
    return ()


def moved(picture: Picture, films: Sequence[Film], home: Mapping[str, int], handle: Handle) -> Table | None:
    """Return the answer at half and at twice a handle's value, from its film; None where it goes to neither.

    A value stands for one if it is within a tenth of it; draws that reach less far answer as far as they reach.
    """
    film = next((one for one in films if one.handle == handle.id), None)
    values, here = np.array(handle.values), handle.values[home[handle.id]]
    if film is None or here <= 0:
        return None
    at = {factor: int(np.abs(values - factor * here).argmin()) for factor in _FACTORS}
    near = [v for factor, v in at.items() if abs(values[v] - factor * here) <= 0.1 * factor * here]
    low, high = film.trusted or (0, len(values) - 1)
    near = sorted({min(max(v, low), high) for v in near})
    if len(near) < 2:
        return None
    sparks = [panel for panel in picture.panels if panel.get("type") == "spark" and film.word(panel["id"], near[0])]
    label = "".join(handle.label)
    if not sparks:
        told = tuple((handle.texts[v], film.word("alt", v) or "–") for v in near)
        return Table((label, "what is found"), told) if len({text for _, text in told}) > 1 else None
    heads = (label, *(", ".join(filter(None, (panel["name"], panel["unit"]))) for panel in sparks))
    rows = [(handle.texts[v], *(_spark(film, panel["id"], v) for panel in sparks)) for v in near]
    if len(sparks) > 1:
        return Table(heads, tuple(rows))
    return Table(
        (*heads, "what is found"), tuple((*row, film.word("alt", v) or "–") for row, v in zip(rows, near, strict=True))
    )


def _spark(film: Film, id: str, at: int) -> str:
    centre, spread, interval = (film.word(f"{id}{part}", at) or "" for part in ("", ".spread", ".interval"))
    return " ".join(part for part in (centre, spread, f"({interval})" if interval else "") if part)


def _or_dash(value: float | None, form: str) -> str:
    return "–" if value is None or not np.isfinite(value) else format(value, form)


__all__ = ["columns", "covered", "diagnostics", "forecasts", "held_out", "moved", "parameters", "readouts", "rows_of"]
