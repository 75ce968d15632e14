"""From draws to the numbers and bands that are shown: intervals, densities, tables with honest digits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.intervals import Band, Kind, tails
from bayes_core.numerics.draws import density, ellipses, weighted_quantiles
from bayes_core.summaries.answers import Equal
from bayes_core.types import Fit, Predictive


def band(predictive: Predictive, level: float = 0.9, kind: Kind = "function") -> Band:
    r"""Return the equal-tailed interval of f(x) ("function") or of a new y at x ("observation").

    The observation interval takes quantiles of the mixture :math:`\frac1S \sum_s N(f_s(x), \sigma_s^2)` itself, so no
    extra Monte-Carlo noise is added. Shapes (G,). Raises ValueError for a level outside (0, 1) or several outputs.

    >>> f = np.array([-1.0, 0.0, 1.0])[:, None, None]
    >>> band(Predictive(np.zeros((1, 1)), f, np.ones(3)), 0.5).label
    '50 % credible'
    """
    if kind not in ("function", "observation"):
        raise ValueError(f"the kind is {kind!r}: choose 'function' or 'observation'")
    found = predictive.exact or _equal(predictive)
    lower, median, upper = (part[0] for part in found.quantiles((tails(level)[0], 0.5, tails(level)[1]), kind))
    x = predictive.x[:, 0] if predictive.x.shape[1] == 1 else np.arange(len(predictive.x), dtype=float)
    return Band(x, lower, upper, level, kind, found.mean()[0], median)


def _equal(predictive: Predictive) -> Equal:
    if predictive.f.shape[2] != 1:
        raise ValueError(f"f has {predictive.f.shape[2]} outputs: a band needs exactly 1")
    return Equal(predictive.f[:, :, 0], predictive.noise_at)


@dataclass(frozen=True)
class Estimate:
    """A number with its posterior sd and its Monte-Carlo standard error (0 for an exact answer)."""

    name: str
    mean: float
    sd: float
    mcse: float = 0.0
    r_hat: float | None = None
    ess_bulk: float | None = None
    ess_tail: float | None = None

    @property
    def decimals(self) -> int:
        """Return how many decimals the Monte-Carlo error allows, and never more than two digits of the sd."""
        return decimals(self.mean, self.sd, self.mcse)

    @property
    def text(self) -> str:
        """Return "mean ± sd" with only the digits that are known."""
        centre = number(self.mean, self.decimals)
        return f"{centre} ± {number(self.sd, self.decimals)}" if self.sd > 0 else centre


def decimals(mean: float, sd: float, mcse: float = 0.0) -> int:
    """Return the number of decimals to print.

    >>> decimals(44.34, 1.19), decimals(44.34, 1.19, mcse=0.2), decimals(1234.0, 250.0)
    (1, 0, -1)
    """
    if sd <= 0:
        sd = abs(mean) or 1.0
        allowed = 2 - int(np.floor(np.log10(sd)))  # a point estimate: three digits
    else:
        allowed = 1 - int(np.floor(np.log10(sd)))
    if mcse > 0:
        allowed = min(allowed, int(np.floor(-np.log10(mcse))))
    return allowed


def number(value: float, places: int) -> str:
    """Return a value rounded to `places` decimals (negative: to tens, hundreds...), with a true minus sign.

    >>> number(-0.04, 1), number(-12.345, 1), number(1234.0, -1)
    ('0.0', '−12.3', '1230')
    """
    rounded = round(value, places)
    if abs(rounded) >= 1e7 or 0 < abs(value) < 1e-5:
        mantissa, exponent = f"{value:.2e}".split("e")
        return f"{mantissa}e{int(exponent)}".replace("-", "−")
    return f"{rounded + 0.0:.{max(places, 0)}f}".replace("-", "−")


def estimates(mean: FloatArray, sd: FloatArray, mcse: FloatArray) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the texts (V,) of a mean and of its sd, each with the digits that their Monte-Carlo error allows.

    >>> estimates(np.array([44.34, np.nan]), np.array([1.19, 1.0]), np.array([0.02, 0.0]))
    (('44.3', '–'), ('1.2', ''))
    """
    centre, spread = [], []
    for m, s, e in zip(mean, sd, mcse, strict=True):
        if not np.isfinite(m):
            centre.append("–")
            spread.append("")
            continue
        places = decimals(float(m), float(s), float(e))
        centre.append(number(float(m), places))
        spread.append(number(float(s), places) if s > 0 else "")
    return tuple(centre), tuple(spread)


def percent(share: float, digits: int = 2) -> str:
    """Return a probability as people read it, with `digits` digits of whichever is smaller, it or its complement.

    >>> percent(0.07764), percent(0.00012), percent(0.99987), percent(1.0), percent(float("nan"))
    ('7.8 %', '0.012 %', '99.987 %', '100 %', '–')
    >>> percent(1e-13)
    '1.00e−11 %'
    """
    if not np.isfinite(share):
        return "–"
    small = min(share, 1 - share)
    if share == 0 or 1 - share < 1e-12:  # what is missing to 1 is known to sixteen decimals
        return f"{100 * round(share):.0f} %"
    places = max(0, digits - 3 - int(np.floor(np.log10(small) + 1e-9)))
    if places > 8:
        return f"{number(100 * share, 12)} %"
    return f"{100 * share:.{places}f} %"


def table(fit: Fit) -> tuple[Estimate, ...]:
    """Return mean, sd, Monte-Carlo error and diagnostics of every scalar parameter.

    The Monte-Carlo standard error is sd / sqrt(ESS); independent draws count fully, a point estimate has none.

    >>> from bayes_core import Dataset, fit
    >>> rows = table(fit(Dataset.from_arrays([0.0, 1, 2], [0.1, 1.2, 1.9]), method="exact"))
    >>> [row.name for row in rows]
    ['intercept', 'coef[0]', 'sigma']
    """
    about = fit.diagnostics
    rows = []
    for name, values in fit.columns().items():
        sd = float(values.std(ddof=1)) if len(values) > 1 else 0.0
        effective = about.ess_bulk.get(name, float(len(values)))
        rows.append(
            Estimate(
                name,
                float(values.mean()),
                sd,
                sd / np.sqrt(max(effective, 1.0)),
                about.r_hat.get(name),
                about.ess_bulk.get(name),
                about.ess_tail.get(name),
            )
        )
    return tuple(rows)


def named(rows: tuple[Estimate, ...]) -> Mapping[str, Estimate]:
    """Return a table's rows by parameter name."""
    return {row.name: row for row in rows}


__all__ = [
    "Estimate",
    "band",
    "decimals",
    "density",
    "ellipses",
    "estimates",
    "named",
    "number",
    "percent",
    "table",
    "weighted_quantiles",
]
