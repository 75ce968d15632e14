"""A network as a stage: arrows point down, nothing lies on anything, and what need not cross does not."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest

from bayes_core.figures.net import layered, net_figure, net_stage
from bayes_core.foundations.belief_network import ALARM, CHEST, LAWN, MAIL, network_of

NETS = {"lawn": LAWN, "alarm": ALARM, "chest": CHEST, "mail": MAIL}
LADDER = network_of(
    "a: 0.1; b | a: 0.1, 0.2; c | b: 0.1, 0.2; d | c, a: 0.1, 0.2, 0.3, 0.4; e: 0.3; f | e, d: 1, 0, 0, 0"
)

TWISTED = network_of("a: 0.1; b: 0.1; c: 0.1; d | c: 0.1, 0.2; e | a: 0.1, 0.2; f | b: 0.1, 0.2; g | e, d: 1, 1, 1, 0")
NETS |= {"ladder": LADDER, "twisted": TWISTED}


def crossings(stage) -> int:
    """Return how many pairs of arrows cross between two layers."""
    steps = []
    for cause, effect, by in stage["arrows"]:
        way = [stage["nodes"][cause], *by, stage["nodes"][effect]]
        steps += [(a, b) for a, b in pairwise(way)]
    return sum(a[0] == c[0] and (a[1] - c[1]) * (b[1] - d[1]) < 0 for (a, b), (c, d) in combinations(steps, 2))


@pytest.mark.parametrize("name", NETS)
def test_every_event_lies_below_its_causes_at_a_place_of_its_own(name):
    net = NETS[name]
    stage = net_stage(net.names, net.arrows)
    places = [tuple(place) for place in stage["nodes"]] + [tuple(p) for _, _, by in stage["arrows"] for p in by]
    assert len(set(places)) == len(places) == sum(stage["sizes"])
    for cause, effect, by in stage["arrows"]:
        layers = [stage["nodes"][cause][0], *(layer for layer, _ in by), stage["nodes"][effect][0]]
        assert layers == list(range(layers[0], layers[-1] + 1))
        assert len(layers) > 1
    assert crossings(stage) == 0


def test_two_causes_that_cannot_but_cross_do_so_once():
    net = network_of("a: 0.1; b: 0.1; c | a, b: 0.1, 0.2, 0.3, 0.4; d | a, b: 0.1, 0.2, 0.3, 0.4")
    assert crossings(net_stage(net.names, net.arrows)) == 1
    assert layered(["alone"], []) == [["alone"]]


def test_bars_stand_in_for_whoever_has_none_of_our_javascript():
    made = net_figure([0.25, float("nan")], ["rain", "wet"])
    assert [trace["x"] for trace in made["data"]] == [[0.0, 0.25], [0.0, 0.0]]
    assert made["layout"]["yaxis"]["ticktext"] == ["rain", "wet"]
