"""Naive Bayes on the iris data: one measurement after another multiplies in, and what happens when clues repeat."""

from __future__ import annotations

from bayes_core.checks import FloatArray
from bayes_core.figures import bayes
from bayes_core.figures.panels import Bars, Grid, Texts
from bayes_core.figures.picture import Label
from bayes_core.figures.view import View
from bayes_core.summaries.wording import bounded_percent

from .scenes import CLUES, REPEATED, SPECIES

SHADES = (0.1, 0.36, 0.78)  # classes are no concepts: three shades of ink, in a fixed order, with their names
INKS = ("muted", "muted", "data")


def evidence(naive: FloatArray, honest: FloatArray, factors: FloatArray, values: FloatArray, copies: int) -> View:
    """Return the class probabilities (V, F + 1, K) after every clue: multiplied, and with correlations known.

    `factors` (V, K, F) are each clue's likelihoods, the best class 1; the petal's length is counted `copies` times.
    """
    ends = (naive[:, -1], honest[:, -1])
    best, sure = _best(ends[0])
    said = tuple(f"{name} {share}" for name, share in zip(best, sure, strict=True))
    titles = {"naive": "Naive Bayes", "honest": "The same, correlations known"}
    bars = tuple(
        Bars(id=name, text=title, names=SPECIES, concepts=INKS, shares=end, texts=_texts(end))
        for (name, title), end in zip(titles.items(), ends, strict=True)
    )
    return View(
        value=tuple(f"{v:.1f} cm" for v in values),
        badge=("exact",),
        words={"answer": said, "honest": tuple(f"{name} {share}" for name, share in zip(*_best(ends[1]), strict=True))},
        figure=bayes.clue_figure(CLUES, SHADES, "evidence so far"),
        numbers=bayes.clue_numbers(naive, honest),
        labels=tuple(_label(k, name) for k, name in enumerate(SPECIES)),
        panels=(*bars, _table(factors, copies)),
        parts={f"{of}{k}": "answer" for k in range(len(SPECIES)) for of in ("class", "true")},
    )


def _label(k: int, name: str) -> Label:
    hung = ((f"true{k}", "high"), (f"true{k}", "low"))
    return Label(f"true{k}", name, "" if k else "wide: naive, thin: together", INKS[k], hung)


def _table(factors: FloatArray, copies: int) -> Grid:
    columns = [("clue", ""), *[(f"{name[:5]}.", "") for name in SPECIES]]
    rows = {}
    for f, clue in enumerate(CLUES):
        often = f" ×{copies}" if copies > 1 and clue == REPEATED else ""
        cells = [tuple(f"{v:.2g}" if v >= 1e-4 else "≈ 0" for v in factors[:, k, f]) for k in range(len(SPECIES))]
        rows[clue] = ((clue + often,), *cells)
    return Grid(text="Likelihood, best class = 1", columns=tuple(columns), rows=rows, badge=False, presented=False)


def _texts(shares: FloatArray) -> tuple[Texts, ...]:
    return tuple(tuple(bounded_percent(p) for p in shares[:, k]) for k in range(len(SPECIES)))


def _best(shares: FloatArray) -> tuple[Texts, Texts]:
    """Return the likeliest species of shares (V, K), and how likely it is."""
    return tuple(SPECIES[int(k)] for k in shares.argmax(1)), tuple(bounded_percent(p) for p in shares.max(1))
