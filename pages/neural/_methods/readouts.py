"""What the page of methods says in words."""

from __future__ import annotations

from bayes_core import summary
from bayes_core.evaluation.appraisal import Appraisal
from bayes_core.evaluation.compare import Floor
from bayes_core.summaries.pruning import pruned
from bayes_core.types import Fit
from pages.neural._network.readouts import noise_decimals

WAITING = "being worked out"
NOTHING = "no answer here"


def seconds(one: Appraisal) -> str:
    """Return how long a fit was at work."""
    return f"{one.seconds:.2f} s"


def timed(one: Appraisal) -> str:
    """Return how long a fit was at work, with the star of what is said of it under the table."""
    return seconds(one) + (" *" if one.complaints else "")


def line(one: Appraisal) -> str:
    """Return where a method's sd is too small or too large, as a share of the places of the picture."""
    if one.distance is None:
        return ""
    narrow, wide = one.distance.over_confident_share, one.distance.wider_share
    if narrow == wide == 0:
        return "nowhere too narrow or too wide"
    return f"too narrow {share(narrow)}, too wide {share(wide)}"


def ratios(one: Appraisal) -> str:
    """Return how large the sd is, over the sampled one's, inside the data and beyond."""
    return "" if one.distance is None else f"sd inside × {one.inside:.2f}, outside × {one.outside:.2f}"


def share(of: float) -> str:
    """Return a share in per cent."""
    return f"{100 * of:.0f} %"


def spoken(one: Appraisal) -> str:
    """Return the finding for those who do not see it."""
    if one.distance is None:
        return seconds(one)
    return f"distance {one.distance.overall:.2f} sd, {line(one)}, {ratios(one)}, {seconds(one)}"


def cell(one: Appraisal, column: int) -> str:
    """Return one cell of the table: distance, coverage, log score or noise."""
    if column == 1:
        return "–" if one.distance is None else f"{one.distance.overall:.2f}"
    if column == 2:
        return share(one.held_out.coverage)
    if column == 3:
        return f"{one.held_out.log_score:.2f}".replace("-", "−")
    return summary.number(one.noise, noise_decimals(one.noise))


def by_chance(chance: Floor | None) -> str:
    """Return what as many exact draws as an ensemble has members would show."""
    if chance is None:
        return ""
    return (
        f"By chance alone: {chance.draws} exact draws would show a distance of {chance.overall:.2f}, and be too narrow "
        f"on {share(chance.narrower)} of the places, too wide on {share(chance.wider)}. An ensemble of "
        f"{chance.draws} can hardly do better."
    )


def refused(title: str, why: str) -> str:
    """Return why a method has no answer."""
    return f"{title[0].upper()}{title[1:]} has no answer here: {why.rstrip('.')}."


def complained(title: str, one: Appraisal | None) -> str:
    """Return what a fit says against itself."""
    return f"* {title[0].upper()}{title[1:]}: {' '.join(one.complaints)}" if one and one.complaints else ""


def hint(one: Fit | None) -> str:
    """Return what the KL term has done to the units, in words."""
    told = pruned(one) if one else None
    if told is None:
        return "–"
    if told.collapsed:
        return (
            f"▼ Posterior collapse: KL is {told.kl:.1f} nats, every unit went back to the prior, the data count as "
            "noise."
        )
    if told.off:
        return f"▼ KL is {told.kl:.1f} nats: {told.off} of {told.units} units went back to the prior and say nothing."
    return f"KL is {told.kl:.1f} nats, and all {told.units} units are in use."
