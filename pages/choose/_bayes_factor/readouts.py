"""What the Bayes factor's page says in words: how many times as probable, how strong that is, and p beside it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.figures.panels import Texts
from bayes_core.foundations.bayes_factor.hypotheses import Compared, Hypotheses
from bayes_core.summaries.summary import percent
from bayes_core.summaries.wording import raised

_LN10 = float(np.log(10))
_STRENGTHS = (("hardly anything", 3.0), ("moderate", 10.0), ("strong", 30.0), ("very strong", 100.0))


def times(log: float) -> str:
    """Return exp(log) in three digits, as a power of ten where it is far from one.

    >>> times(0.18), times(-9.3), times(30.0), times(7.0)
    ('1.20', '0.0000914', '1.07 × 10¹³', '1,097')
    """
    if not np.isfinite(log):
        return "–"
    power = int(np.floor(log / _LN10 + 1e-12))
    if -5 <= power <= 5:
        value = float(np.exp(log))
        return f"{value:,.0f}" if power > 2 else f"{value:.{max(0, 2 - power)}f}"
    return f"{np.exp(log - power * _LN10):.2f} × 10{raised(power)}"


def odds(log_bf10: FloatArray) -> Texts:
    """Return Bayes factors (V,) as odds, and whom they favour."""
    return tuple(
        f"{times(abs(log))} to 1 {'against' if log > 0 else 'for'} H₀" if abs(log) >= 0.005 else "1 to 1, no evidence"
        for log in log_bf10.tolist()
    )


def short(log_bf10: FloatArray) -> Texts:
    """Return Bayes factors (V,) as they stand under their name: how many times, and for or against.

    >>> short(np.log([9.31, 0.25]))
    ('9.31 against H₀', '4.00 for H₀')
    """
    return tuple(f"{times(abs(log))} {'against' if log > 0 else 'for'} H₀" for log in log_bf10.tolist())


def strength(log_bf10: float) -> str:
    """Return how strong evidence is, by Jeffreys’s steps.

    >>> strength(np.log(9.3)), strength(np.log(1 / 40)), strength(0.1)
    ('moderate evidence against H₀', 'very strong evidence for H₀', 'hardly anything, for or against')
    """
    size = float(np.exp(min(abs(log_bf10), 700.0)))
    name = next((name for name, most in _STRENGTHS if size < most), "extreme")
    if name == _STRENGTHS[0][0]:
        return f"{name}, for or against"
    return f"{name} evidence {'against' if log_bf10 > 0 else 'for'} H₀"


def level(log_bf10: float) -> str:
    """Return which of the answers that a reader is offered is right.

    >>> level(np.log(12)), level(np.log(4)), level(-0.18), level(-2.0)
    ('strong', 'some', 'none', 'fair')
    """
    if log_bf10 >= np.log(10):
        return "strong"
    return "some" if log_bf10 >= np.log(3) else "fair" if log_bf10 <= -np.log(3) else "none"


def p_words(p: FloatArray) -> Texts:
    """Return p-values in words.

    >>> p_words(np.array([0.0400372, 2e-7, 1.0]))
    ('0.040', '2.0e−7', '1.00')
    """
    return tuple(_p(value) for value in p.tolist())


def _p(value: float) -> str:
    if value < 1e-300:
        return "under 1e−300"
    if value < 1e-4:
        return f"{value:.1e}".replace("e-0", "e−").replace("e-", "e−")
    return f"{value:.2f}" if value >= 0.1 else f"{value:.{1 - int(np.floor(np.log10(value)))}f}"


def verdicts(p: FloatArray, log_bf10: FloatArray) -> Texts:
    """Return what a p-value and a Bayes factor say side by side."""
    return tuple(
        _verdict(one < 0.05, other) for one, other in zip(*map(np.ndarray.tolist, np.broadcast_arrays(p, log_bf10)),
                                                         strict=True)
    )  # fmt: skip


def _verdict(small: bool, log: float) -> str:
    if small and log <= 0:
        return "p is below 0.05, and yet H₀ predicted these data better than H₁ did"
    if small and log < np.log(3):
        return "p is below 0.05, and yet the odds hardly move"
    if small:
        return "Here both speak against H₀"
    if log <= -np.log(3):
        return "p is above 0.05, which never speaks for H₀; the Bayes factor does"
    if log >= np.log(3):
        return "p is above 0.05, and yet the data speak against H₀"
    return "Here neither says much"


def allowed(hypotheses: Hypotheses) -> tuple[Texts, Texts]:
    """Return what H0 and H1 say of the number, (V,) each."""
    value, margins = hypotheses.value, hypotheses.margin.tolist()
    null = tuple(_span(value, margin) for margin in margins)
    if hypotheses.side == "both":
        return null, ("another",)
    ends = [value + margin if hypotheses.side == "above" else value - margin for margin in margins]
    sign = "over" if hypotheses.side == "above" else "under"
    return null, tuple(f"{sign} {_number(end)}" for end in ends)


def _span(value: float, margin: float) -> str:
    return f"{_number(value) if value else ''} ± {_number(margin)}".strip() if margin else f"exactly {_number(value)}"


def _number(value: float) -> str:
    return f"{value:.6g}".replace("-", "−")


def told(compared: Compared, p: FloatArray, hypotheses: Hypotheses) -> dict[str, Texts]:
    """Return all that is said of two hypotheses, by the names that sentences use."""
    logs = compared.log_bf10
    null, other = allowed(hypotheses)
    return {
        "odds": odds(logs),
        "bf01": tuple(times(-log) for log in logs.tolist()),
        "bf10": tuple(times(log) for log in logs.tolist()),
        "strength": tuple(map(strength, logs.tolist())),
        "level": tuple(map(level, logs.tolist())),
        "chance": tuple(map(percent, compared.chance.tolist())),
        "p": p_words(p),
        "verdict": verdicts(p, logs),
        "most": tuple(times(log) for log in compared.most.tolist()),
        "null.says": null,
        "other.says": other,
        "heights": heights_words(compared),
    }


def heights_words(compared: Compared) -> Texts:
    """Return the ratio of heights, or of areas, by which the Bayes factor can be read off prior and posterior."""
    told = []
    for heights, held in zip(compared.cut_heights.tolist(), held_words(compared), strict=True):
        before, after = heights
        points = np.isfinite(before)  # no height is told of an interval
        told.append(f"at H₀ the prior is {_tall(before)} high, the posterior {_tall(after)}" if points else held)
    return tuple(told)


def held_words(compared: Compared) -> Texts:
    """Return which shares of prior and posterior either hypothesis holds."""
    return tuple(
        f"H₀ holds {percent(first[0])} of the prior and {percent(last[0])} of the posterior; "
        f"H₁ holds {percent(first[1])} and {percent(last[1])}"
        for first, last in zip(compared.prior.tolist(), compared.posterior.tolist(), strict=True)
    )


def held(compared: Compared) -> Texts:
    """Return the shares that H0 holds where it is an interval, as they stand in the picture."""
    return tuple(
        f"{percent(first[0])} of the prior, {percent(last[0])} of the posterior" if first[0] else ""
        for first, last in zip(compared.prior.tolist(), compared.posterior.tolist(), strict=True)
    )


def gaps(compared: Compared) -> Texts:
    """Return how many times as high the posterior stands at H0, where that is the Bayes factor."""
    return tuple(
        "" if not np.isfinite(heights[0]) else f"{times(abs(log))} times {'lower' if log > 0 else 'higher'}"
        for heights, log in zip(compared.cut_heights.tolist(), compared.log_bf10.tolist(), strict=True)
    )


def _tall(height: float) -> str:
    return f"{height:.3g}" if height >= 1e-4 else f"{height:.1e}".replace("e-", "e−")


def gave(logs: Sequence[float], *, density: bool) -> Texts:
    """Return how probable either hypothesis called the data: a probability, or a density."""
    if density:
        return tuple(times(log) for log in logs)
    return tuple(percent(float(np.exp(log))) if log > -18 else times(log) for log in logs)
