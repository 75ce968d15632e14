"""The class's prior: every member's Beta pooled."""

from __future__ import annotations

from collections.abc import Sequence

from bayes_core.foundations.conjugate import linear_pool


def pooled(priors: Sequence[tuple[float, float]]) -> dict[str, float]:
    """Return the Beta with the mean and sd of all priors' even mixture, as the updating page takes it (mean, worth)."""
    pool = linear_pool([a for a, _ in priors], [b for _, b in priors])
    beta = pool.matched
    told = {"a": beta.a, "b": beta.b, "mean": beta.mean, "sd": beta.sd, "worth": beta.worth}
    return {**{name: float(value) for name, value in told.items()}, "of": len(priors)}
