"""What the page of methods says in words."""

from __future__ import annotations

from bayes_core.evaluation.appraisal import Appraisal
from bayes_core.summaries.pruning import pruned
from bayes_core.types import Fit


def line(one: Appraisal) -> str:
    """Return over-confidence and time in a few words."""
    if one.distance is None:
        return f"{one.seconds:.2f} s"
    share = one.distance.over_confident_share
    sure = "nowhere over-confident" if share == 0 else f"▼ over-confident on {100 * share:.0f} %"
    return f"{sure}, {one.seconds:.2f} s"


def cell(one: Appraisal, column: int) -> str:
    """Return one cell of the table: distance, coverage or log score."""
    if column == 1:
        return "–" if one.distance is None else f"{one.distance.overall:.2f} sd"
    if column == 2:
        return f"{100 * one.held_out.coverage:.0f} %"
    return f"{one.held_out.log_score:.2f}".replace("-", "−")


def hint(one: Fit | None) -> str:
    """Return what the KL term has done to the units, in words."""
    told = pruned(one) if one else None
    if told is None:
        return "…"
    if told.collapsed:
        return (
            f"▼ Posterior collapse: KL is {told.kl:.1f} nats, every unit went back to the prior, the data count as "
            "noise."
        )
    if told.off:
        return f"▼ KL is {told.kl:.1f} nats: {told.off} of {told.units} units went back to the prior and say nothing."
    return f"KL is {told.kl:.1f} nats, and all {told.units} units are in use."
