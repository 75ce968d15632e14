"""What one answer is worth: its band, its noise, how far it is from a better answer, its score on fresh points."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.synthetic import World
from bayes_core.evaluation.compare import Distance, between
from bayes_core.evaluation.scores import HeldOut, held_out
from bayes_core.intervals import Band
from bayes_core.predict import predict
from bayes_core.summaries.summary import band
from bayes_core.types import Dataset, Fit

_FRESH, _OTHER_SEED = 400, 5000


@dataclass(frozen=True, eq=False)
class Appraisal:
    """A fit's credible band, its distance from a reference (None without one), its held-out score, and its time.

    `inside` and `outside` are the median ratio of the sds at the places within and beyond the rows that were fitted,
    NaN without a reference; `noise` is the median of sigma, `draws` their number, `complaints` the fit's own.
    """

    band: Band
    distance: Distance | None
    held_out: HeldOut
    seconds: float
    inside: float
    outside: float
    noise: float
    draws: int
    complaints: tuple[str, ...] = ()


def appraise(answer: Fit, x: FloatArray, fresh: Dataset, reference: Fit | None = None, level: float = 0.9) -> Appraisal:
    """Return what a fit is worth: seen at inputs x (G, D), and on rows that it was not fitted to.

    A fit is not compared with itself: where the reference is this very fit there is no distance.

    >>> from bayes_core import Prior, fit
    >>> line = Dataset.from_arrays([0.0, 1, 2, 3], [0.1, 0.9, 2.1, 2.9])
    >>> told = appraise(fit(line, method="exact", prior=Prior(5, 1)), line.x, line)
    >>> told.distance is None, told.band.label, told.held_out.coverage
    (True, '90 % credible', 1.0)
    """
    far = between(answer, reference, x) if reference is not None and reference is not answer else None
    rows = answer.question.dataset.x
    within = ((x >= rows.min(0)) & (x <= rows.max(0))).all(1)
    inside, outside = (far.typical_ratio(where) if far else float("nan") for where in (within, ~within))
    told = held_out(answer, fresh, level), answer.diagnostics.seconds, inside, outside
    about = float(np.median(answer.noise)), len(answer.noise), answer.diagnostics.complaints
    return Appraisal(band(predict(answer, x), level), far, *told, *about)


def fresh_rows(make: Callable[..., World], seen: Dataset, noise: float, seed: int, rows: int = _FRESH) -> Dataset:
    """Return up to `rows` rows of another draw of a world, as far as all their inputs lie within those seen.

    `make(n=, seed=)` is the world, `seed` the one that the rows seen came from. Raises ValueError if no row is left.
    """
    other = make(n=rows, seed=seed + _OTHER_SEED).dataset(noise)
    inside = ((other.x >= seen.x.min(0)) & (other.x <= seen.x.max(0))).all(1)
    if not inside.any():
        raise ValueError(f"none of {rows} fresh rows lies among the {len(seen.y)} seen: ask for more rows")
    return Dataset.from_arrays(other.x[inside], other.y[inside])


__all__ = ["Appraisal", "appraise", "fresh_rows"]
