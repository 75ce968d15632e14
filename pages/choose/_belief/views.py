"""What is seen of a belief network: its events with their bars, what is known, and what could still be learnt."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.figures.net import net_stage
from bayes_core.figures.panels import Answer, Grid
from bayes_core.figures.view import View
from bayes_core.foundations.belief_network import Elimination, Network, Outlook, Path, clues, separated
from bayes_core.summaries.summary import percent

from . import readouts

_BLOCKED = -1.0
PLAIN, OPEN, SHUT = 0.0, 1.0, 2.0
"""How an arrow is drawn: like any, on the path that is told and open, on one that is blocked."""


def network(
    net: Network,
    found: Outlook,
    values: FloatArray,
    seen: Mapping[str, bool],
    made: Mapping[str, bool],
    rival: str,
    way: Path | None,
    by_hand: bool,
) -> View:
    """Return a network along its handle (V,): what was and is believed of every event, and the path that is told."""
    asked, facts, cut = found.asked, {**seen, **made}, net.made(made)
    names = list(net.names)
    here = names.index(asked)
    blocked = {name: separated(cut, asked, name, facts) for name in found.tells}
    words = {f"after.{n}": readouts.shares(found.after[:, n]) for n in range(len(names))}
    words |= {f"before.{n}": readouts.shares(found.before[:, n]) for n in range(len(names))}
    words |= {f"state.{n}": (readouts.state(name, seen, made),) for n, name in enumerate(names)}
    was = readouts.shares(found.before[:, here])
    return View(
        value=tuple(percent(float(v)) for v in values),
        badge=("exact",),
        stage=net_stage(net.names, net.arrows, asked=here),
        numbers={
            "before": found.before,
            "after": found.after,
            "state": np.array([[_code(name, seen, made) for name in names]]),
            "arrows": np.array([_arrows(net, way)]).reshape(1, -1),
            "cut": np.array([[float(effect in made) for _, effect in net.arrows]]).reshape(1, -1),
            "by hand": np.array([[float(by_hand)]]),
            "shut": np.array([[float(names.index(way.blocked)) if way and way.blocked else _BLOCKED]]),
        },
        words=words
        | {
            "was": was,
            "known": (readouts.known(seen, made),),
            "beside": words[f"after.{names.index(rival)}"],
            "path": readouts.told(readouts.path(way, asked, facts), cut, found.evidence, facts),
        },
        facts={"answer": found.after[:, here], "beside": found.after[:, names.index(rival)]},
        panels=(
            Answer(
                text=f"P({asked} | what is known)",
                value=words[f"after.{here}"],
                share=found.after[:, here],
                sentence=tuple(f"Before anything was known: {one}" for one in was),
            ),
            Grid(
                text="What could you learn next?",
                columns=((f"{asked}, if", ""), ("yes", ""), ("no", "")),
                rows=readouts.news(net, found.tells, blocked),
                badge=False,
            ),
        ),
        parts={"state": "", "arrows": "", "cut": "", "shut": "", "by hand": "", "known": "", "path": ""}
        | {f"state.{n}": "" for n in range(len(names))}
        | {"before": "", "was": ""}
        | {f"before.{n}": "" for n in range(len(names))},
    )


def odds(net: Network, found: Outlook, seen: Mapping[str, bool]) -> Grid:
    """Return naive Bayes as a product: the odds before, a factor for every clue that is known, and the odds after."""
    here = net.names.index(found.asked)
    rows = {"prior": (("before",), readouts.odds(found.before[:, here]))}
    for n, clue in enumerate(clues(net)):
        name = clue.name if seen.get(clue.name, True) else f"not {clue.name}"
        factor = clue.there if seen.get(clue.name, True) else clue.missing
        rows[f"clue.{n}"] = ((name if clue.name in seen else "",), readouts.factors(factor))
    rows["posterior"] = (("after",), readouts.odds(found.after[:, here]))
    return Grid(text="Every clue multiplies the odds", columns=(("", ""), ("odds", "")), rows=rows, badge=False)


def sums(found: Elimination, facts: Mapping[str, bool]) -> Grid:
    """Return how the answer is worked out: event after event summed out, with the factors that know it."""
    lines = {f"sum.{n}": line for n, line in enumerate(readouts.summed(found))}
    (asked,) = found.query
    lines["sum.end"] = (
        (f"P({asked}, known)",),
        ("what is left, multiplied",),
        (f"({asked})",),
        readouts.numbers(found.table),
    )
    lines["sum.whole"] = (("P(known)",), ("its sum: divide by it",), ("a number",), readouts.numbers(found.evidence))
    dropped = ", ".join(found.dropped)
    left_out = (
        f"Neither asked nor known, and no cause of such an event, so left out at once: {dropped}." if dropped else ""
    )
    return Grid(
        text="How it is worked out: one event after another is summed out",
        columns=(
            ("sum out", ""),
            ("multiply the factors of", ""),
            ("leaves one of", ""),
            ("its numbers, yes first", ""),
        ),
        rows=lines,
        badge=False,
        under=True,
        presented=False,
        after=("sum.dropped", (left_out,)),
    )


def _code(name: str, seen: Mapping[str, bool], made: Mapping[str, bool]) -> float:
    """Return what is known of an event: 0 nothing, 1 seen, 2 seen not to, 3 made so, 4 kept from it."""
    if name in made:
        return 3.0 if made[name] else 4.0
    return 0.0 if name not in seen else 1.0 if seen[name] else 2.0


def _arrows(net: Network, way: Path | None) -> list[float]:
    """Return how every arrow is drawn."""
    on = {frozenset(step) for step in zip(way.events, way.events[1:], strict=False)} if way else set()
    mark = OPEN if way and way.open else SHUT
    return [mark if frozenset(arrow) in on else PLAIN for arrow in net.arrows]
