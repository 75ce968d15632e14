"""Words at the edge of a chart that several lessons hang there."""

from __future__ import annotations

from bayes_core.figures.picture import Label
from bayes_core.figures.theme import CONCEPT
from bayes_core.intervals import level_words


def band_labels(
    method: str, level: float, falls: str, middle: str, point: str, reference: tuple[str, str] | None, *, truth: bool
) -> tuple[Label, ...]:
    """Return the labels of nested bands: predictive, credible (or MAP, or the prior's), inner, a reference, the truth.

    `falls` glosses the predictive band, `middle` the credible one, `point` a MAP; `reference` is (name, gloss).
    """
    shown, colour = level_words(level), CONCEPT.get(method, "posterior")
    kind = "prior" if method == "prior" else "credible"
    labels = [Label("predictive", f"{shown} predictive", falls, "aleatoric", (("predictive", "high"),), 1.5)]
    if method == "map":
        labels.append(Label("credible", "MAP", point, colour, (("credible", "high"),)))
    else:
        both = (("credible", "high"), ("inner", "high"))
        labels.append(Label("credible", f"{shown} {kind}", middle, colour, both, 4))
        labels.append(Label("inner", f"50 % {kind}", "even odds", colour, (("inner", "high"), ("inner", "low")), 8))
    if reference:
        labels.append(Label("reference", *reference, "reference", (("reference", "low"),)))
    if truth:
        labels.append(Label("truth", "truth", "hidden in real life", "truth", (("truth", "high"),)))
    return tuple(labels)
