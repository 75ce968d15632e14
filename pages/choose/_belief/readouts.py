"""What the belief network page says in words: what is known, which path that opens or blocks, and what cannot be."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.figures.panels import Texts
from bayes_core.foundations.belief_network import Elimination, Network, Path, clash
from bayes_core.summaries.summary import percent
from bayes_core.summaries.wording import factor_words, odds_words


def shares(values: FloatArray) -> Texts:
    """Return probabilities (V,) in per cent."""
    return tuple(percent(float(v)) for v in values)


def state(name: str, seen: Mapping[str, bool], made: Mapping[str, bool]) -> str:
    """Return what is known of an event."""
    if name in made:
        return "made so" if made[name] else "kept from it"
    return "" if name not in seen else "seen" if seen[name] else "seen: no"


def known(seen: Mapping[str, bool], made: Mapping[str, bool]) -> str:
    """Return all that is known, in a few words.

    >>> known({"rain": True, "wet": False}, {"alarm": False})
    'rain, not wet, alarm prevented'
    """
    told = [name if yes else f"not {name}" for name, yes in seen.items()]
    told += [f"{name} by hand" if yes else f"{name} prevented" for name, yes in made.items()]
    return ", ".join(told) or "nothing"


def path(way: Path | None, asked: str, facts: Mapping[str, bool]) -> str:
    """Return what the path that is drawn says, in a sentence."""
    if asked in facts:
        return f"“{asked}” is known: click it once or twice more to ask about it again."
    if way is None:
        return f"No arrow leads from “{asked}” to anything that is not known."
    last = way.events[-1]
    if way.open and way.opened:
        return f"Knowing “{way.opened[0][1]}” opens the path {way.text}."
    if way.open:
        return f"The path {way.text} is open: “{last}” can tell of “{asked}”."
    if way.meets:
        return f"The path {way.text} is blocked as long as “{way.blocked}” and what follows from it are unknown."
    return f"Knowing “{way.blocked}” blocks the path {way.text}."


def told(said: str, network: Network, evidence: FloatArray, facts: Mapping[str, bool]) -> Texts:
    """Return a sentence, or why nothing follows where what is known (V,) cannot be."""
    told: dict[tuple[str, ...], str] = {(): said}
    texts = []
    for v, chance in enumerate(evidence):
        names = clash(network, facts, v if network.positions > 1 else 0) if chance <= 0 else ()
        both = " and ".join(f"“{name if facts[name] else f'not {name}'}”" for name in names)
        cannot = "cannot happen together" if len(names) > 1 else "cannot happen"
        told.setdefault(names, f"Impossible: {both} {cannot} here. Take one of them back, or change a probability.")
        texts.append(told[names])
    return tuple(texts)


def news(
    network: Network, tells: Mapping[str, FloatArray], blocked: Mapping[str, bool]
) -> dict[str, tuple[Texts, ...]]:
    """Return what every event that is not known would do to the asked one, if it happened and if it did not."""
    rows: dict[str, tuple[Texts, ...]] = {}
    for n, name in enumerate(network.names):
        if name not in tells:
            rows[str(n)] = (("",), ("",), ("",))
        elif blocked[name]:
            rows[str(n)] = ((name,), ("no news",), ("",))
        else:
            rows[str(n)] = ((name,), shares(tells[name][:, 0]), shares(tells[name][:, 1]))
    return rows


def odds(shares_: FloatArray) -> Texts:
    """Return probabilities (V,) as odds."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return tuple(odds_words(float(o)) for o in shares_ / (1 - shares_))


def factors(values: FloatArray) -> Texts:
    """Return Bayes factors (V,)."""
    return tuple(f"× {factor_words(float(f))}" for f in values)


def numbers(table: FloatArray) -> Texts:
    """Return the numbers of a factor (V, 2, ..., 2), yes before no, where they are few, or how many there are."""
    flat = table[(slice(None), *[slice(None, None, -1)] * (table.ndim - 1))].reshape(len(table), -1)
    if flat.shape[1] > 4:
        return (f"{flat.shape[1]} numbers",)
    return tuple(", ".join(f"{v:.3g}" for v in row) for row in flat)


def summed(found: Elimination) -> list[tuple[Texts, ...]]:
    """Return an elimination line by line: the event that is summed out, what is multiplied for it, and what is left."""
    lines: list[tuple[Texts, ...]] = []
    for step in found.steps:
        product = " × ".join(_scope(scope) for scope in step.multiplied)
        lines.append(((step.event,), (product,), (_scope(step.left.scope),), numbers(step.left.table)))
    return lines


def _scope(names: tuple[str, ...]) -> str:
    return f"({', '.join(names)})" if names else "a number"
