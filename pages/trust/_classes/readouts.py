"""The words of the page of classes: shares, bits, scores."""

from __future__ import annotations

from collections.abc import Mapping

from bayes_core.evaluation.class_map import ClassScore
from bayes_core.figures.panels import Row, Texts
from bayes_core.inference import METHODS
from bayes_core.types import Fit

WAITING = "on its way"


def per_cent(share: float) -> str:
    """Return a share in whole per cent.

    >>> per_cent(0.4349)
    '43 %'
    """
    return f"{100 * share:.0f} %"


def bits(value: float) -> str:
    """Return bits in two decimals.

    >>> bits(0.3)
    '0.30 bits'
    """
    return f"{value:.2f} bits"


def score_cells(scores: Mapping[int, ClassScore], size: int) -> list[Texts]:
    """Return the share named right and the log score with their errors, at every position."""
    right = {v: f"{100 * one.right:.1f} ± {100 * one.right_error:.1f} %" for v, one in scores.items()}
    log = {v: f"{one.log_score:.3f} ± {one.log_error:.3f}".replace("-", "\N{MINUS SIGN}") for v, one in scores.items()}
    return [tuple(some.get(v, "…") for v in range(size)) for some in (right, log)]


def about(fits: Mapping[int, Fit], size: int) -> tuple[Row, ...]:
    """Return how the answer was computed, at every position."""

    def told(say: object, *, otherwise: str = "–") -> Texts:
        assert callable(say)
        return tuple(str(say(fits[v])) if v in fits else otherwise for v in range(size))

    rows = [
        Row("about.method", "method", told(lambda fit: METHODS[fit.method].title)),
        Row("about.draws", "draws", told(lambda fit: f"{len(fit.noise):,}")),
        Row("about.seconds", "at work", told(lambda fit: f"{fit.diagnostics.seconds:.2f} s")),
    ]
    if any(fit.diagnostics.r_hat for fit in fits.values()):
        rows.append(Row("about.rhat", "largest R-hat", told(_r_hat)))
    return tuple(rows)


def _r_hat(fit: Fit) -> str:
    return f"{fit.diagnostics.largest_r_hat:.3f}" if fit.diagnostics.r_hat else "not judged yet"
