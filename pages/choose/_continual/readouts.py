"""What the page of learning in turns says in words: errors by task, and how far in turns is from at once."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.river import DAYS
from bayes_core.evaluation.continual import Along
from bayes_core.figures.panels import Texts
from bayes_core.intervals import level_words

from .settings import LEVEL

NOTHING = "–"
TABLE = "Distance of the mean from the truth where each task was measured, m (root mean square)."
_EXACT = 1e-9  # m: what arithmetic leaves


def metres(value: float) -> str:
    """Return a distance in two digits.

    >>> metres(0.0843), metres(4.567), metres(12.3), metres(3e-15)
    ('0.08', '4.6', '12', '3e-15')
    """
    if 0 < value < 0.005:
        return f"{value:.0e}"
    return f"{value:.2f}" if value < 1 else f"{value:.2g}"


def nats(value: float, digits: int) -> str:
    """Return a log evidence, never "−0.0".

    >>> nats(-13.24, 1), nats(-1e-15, 10)
    ('−13.2', '0.0000000000')
    """
    return f"{round(value, digits) + 0.0:.{digits}f}".replace("-", "−")


def told(found: Along, track: Mapping[str, FloatArray], digits: int) -> dict[str, Texts]:
    """Return the words of sentences and rows, at every position; evidences have so many `digits`."""
    seen = track["seen"].astype(int)
    now, then = _task_one(found, seen)
    bayes = track["trust"] == 1.0
    return {
        "value": _values(track),
        "tasks": tuple(f"{s} of {DAYS} tasks" for s in seen),
        "error": tuple(metres(v) if s else NOTHING for v, s in zip(now, seen, strict=True)),
        "then": tuple(metres(v) if s else NOTHING for v, s in zip(then, seen, strict=True)),
        "grown": tuple(f"{v:.2g}" if s else NOTHING for v, s in zip(now / then, seen, strict=True)),
        "last": tuple(metres(float(e[s, s - 1])) if s else NOTHING for e, s in zip(found.errors, seen, strict=True)),
        "gap": tuple(f"{metres(float(v))} m" for v in found.gap),
        "share": tuple(f"{v:.3g}" for v in found.widths),
        "evidence": tuple(nats(float(v), digits) if b else NOTHING for v, b in zip(found.evidence, bayes, strict=True)),
        "evidence.once": tuple(nats(float(v), digits) for v in found.evidence_together),
    }


def names(seen: FloatArray) -> dict[str, Texts]:
    """Return what the bands are called: before any task they are the prior's."""
    kinds = ["prior" if s == 0 else "credible" for s in seen]
    return {
        "label.credible": tuple(f"{level_words(LEVEL)} {kind}" for kind in kinds),
        "label.inner": tuple(f"50 % {kind}" for kind in kinds),
        "gloss.credible": tuple("before any task" if s == 0 else "learnt in turns" for s in seen),
    }


def _values(track: Mapping[str, FloatArray]) -> Texts:
    moving = next((values for values in track.values() if np.ptp(values) > 0), track["seen"])
    return tuple(f"{v:.3g}" for v in moving)


def facts(found: Along, track: Mapping[str, FloatArray]) -> dict[str, FloatArray]:
    """Return the numbers by which sentences decide."""
    now, then = _task_one(found, track["seen"].astype(int))
    return {"grown": now / then, "error": now, "gap": found.gap, "share": found.widths}


def _task_one(found: Along, seen: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the error (V,) on the first task now, and when it had just been learnt."""
    at = np.arange(len(seen))
    return found.errors[at, seen, 0], found.errors[:, 1, 0]


def badges(found: Along, track: Mapping[str, FloatArray], *, exact: bool, straight: bool) -> Texts:
    """Return what each answer is worth: `exact` only where the old answer is trusted as Bayes' rule does.

    A network's prior is drawn from; that of a `straight` curve is a Gaussian over its values.
    """
    return tuple(
        _badge(
            ended=bool(ended), exact=straight if seen == 0 else exact and (trust == 1.0 or seen < 2), drawn=seen == 0
        )
        for ended, trust, seen in zip(found.ended, track["trust"], track["seen"], strict=True)
    )


def _badge(*, ended: bool, exact: bool, drawn: bool) -> str:
    if not ended:
        return "not converged"
    return "exact" if exact else "sampled" if drawn else "approximate"


def table(errors: FloatArray, seen: FloatArray) -> dict[str, list[Texts]]:
    """Return the rows of the table: after t tasks the error on each; a sign stands where the handle does."""
    size = len(errors)
    rows: dict[str, list[Texts]] = {}
    for t in range(1, DAYS + 1):
        name = tuple(f"▸ {t}" if t == s else f"{t}" for s in seen)
        cells = [tuple(metres(float(errors[v, t, k])) if k < t else "·" for v in range(size)) for k in range(DAYS)]
        rows[f"after{t}"] = [name, *cells]
    return rows
