"""A network as a stage: events in layers below what they depend on, arrows between them, and bars of probability."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise, permutations
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from bayes_core.figures.parts import chart, line

Place = tuple[int, int]
"""An event's layer, and its place in it; what an arrow passes by has a place too."""
_MOST = 720  # orders of a layer that are compared: all, of six


def net_stage(names: Sequence[str], arrows: Sequence[tuple[str, str]], **words: Any) -> dict[str, Any]:
    """Return what stays: every event's name, layer and place, and every arrow with the places that it passes.

    `sizes` are how many places each layer has. `words` go along.
    """
    layers = layered(names, arrows)
    at = {one: (k, i) for k, layer in enumerate(layers) for i, one in enumerate(layer)}
    ways = []
    for n, (cause, effect) in enumerate(arrows):
        passed = [at[f"{n}.{k}"] for k in range(at[cause][0] + 1, at[effect][0])]
        ways.append([list(names).index(cause), list(names).index(effect), [list(place) for place in passed]])
    nodes = [list(at[name]) for name in names]
    return {
        "type": "net",
        "names": list(names),
        "nodes": nodes,
        "sizes": [len(layer) for layer in layers],
        "arrows": ways,
    } | words


def layered(names: Sequence[str], arrows: Sequence[tuple[str, str]]) -> list[list[str]]:
    """Return the events layer by layer, each below all that it depends on, in an order with few crossings.

    An arrow that passes a layer has a place there, called "n.k": the n-th arrow in layer k.

    >>> layered(["a", "b", "c"], [("a", "b"), ("b", "c"), ("a", "c")])
    [['a'], ['b', '2.1'], ['c']]
    """
    depth = depths(names, arrows)
    layers: list[list[str]] = [[] for _ in range(max(depth.values()) + 1)]
    for name in names:
        layers[depth[name]].append(name)
    links: list[tuple[str, str]] = []
    for n, (cause, effect) in enumerate(arrows):
        way = [cause, *(f"{n}.{k}" for k in range(depth[cause] + 1, depth[effect])), effect]
        for k, place in enumerate(way[1:-1], start=depth[cause] + 1):
            layers[k].append(place)
        links += pairwise(way)
    for sweep in range(4):
        for k in range(len(layers)) if sweep % 2 == 0 else reversed(range(len(layers))):
            layers[k] = _ordered(layers, k, links)
    return layers


def depths(names: Sequence[str], arrows: Sequence[tuple[str, str]]) -> Mapping[str, int]:
    """Return each event's layer: what depends on nothing stands right above the first that depends on it."""
    depth = dict.fromkeys(names, 0)
    for _ in names:
        for cause, effect in arrows:
            depth[effect] = max(depth[effect], depth[cause] + 1)
    roots = [name for name in names if all(effect != name for _, effect in arrows)]
    for name in roots:
        below = [depth[effect] for cause, effect in arrows if cause == name]
        depth[name] = min(below) - 1 if below else 0
    return depth


def _ordered(layers: list[list[str]], k: int, links: Sequence[tuple[str, str]]) -> list[str]:
    """Return a layer in the order with the fewest crossings and the shortest arrows."""
    layer = layers[k]
    if len(layer) > 1 and len(layer) <= 6:
        return list(min(permutations(layer), key=lambda order: _cost(layers, k, list(order), links)))
    beside = {one: _middle(layers, k, one, links) for one in layer}
    return sorted(layer, key=beside.__getitem__)


def _cost(layers: list[list[str]], k: int, order: list[str], links: Sequence[tuple[str, str]]) -> float:
    across = {
        one: (i + 0.5) / len(layer)
        for n, layer in enumerate([*layers[:k], order, *layers[k + 1 :]])
        for i, one in enumerate(layer)
    }
    crossed, long = 0, 0.0
    for other in (k - 1, k + 1):
        if not 0 <= other < len(layers):
            continue
        near = [
            (across[a], across[b]) if a in order else (across[b], across[a])
            for a, b in links
            if {a, b} & set(order) and {a, b} & set(layers[other])
        ]
        long += sum((here - there) ** 2 for here, there in near)
        crossed += sum((a - c) * (b - d) < 0 for n, (a, b) in enumerate(near) for c, d in near[n + 1 :])
    return crossed + 0.3 * long


def _middle(layers: list[list[str]], k: int, one: str, links: Sequence[tuple[str, str]]) -> float:
    across = {name: (i + 0.5) / len(layer) for layer in layers for i, name in enumerate(layer)}
    beside = [across[b if a == one else a] for a, b in links if one in (a, b)]
    return sum(beside) / len(beside) if beside else across[one]


def net_figure(after: ArrayLike, names: Sequence[str] = ()) -> Any:
    """Return the probability of every event (N,) as bars, the first at the top, for whoever has none of our JavaScript.

    >>> [trace["name"] for trace in net_figure([0.2, 0.7], ["rain", "wet"])["data"]]
    ['rain', 'wet']
    """
    shares = np.asarray(after, float)
    named = [*names, *(f"event {n + 1}" for n in range(len(names), len(shares)))]
    traces = [
        line(name, [0.0, float(np.nan_to_num(share))], [-n, -n], "posterior", 10)
        for n, (name, share) in enumerate(zip(named, shares, strict=False))
    ]
    heights = [-float(n) for n in range(len(shares))]
    ticks = (0, 0.25, 0.5, 0.75, 1)
    labels = ("0", "25", "50", "75", "100")
    return chart(
        traces, (0, 1), (0.5 - len(shares), 0.5), ticks, heights, "probability, %", "", labels, named[: len(shares)]
    )
