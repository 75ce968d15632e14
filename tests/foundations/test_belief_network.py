"""Belief networks against sums over all states, published numbers, independence in tables, and another library."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest

from bayes_core.bayes_rule import Diagnosis
from bayes_core.belief_network import (
    ALARM,
    CHEST,
    LAWN,
    MAIL,
    Entry,
    Event,
    Network,
    clash,
    clues,
    eliminate,
    naive_network,
    network_of,
    paths,
    posteriors,
    separated,
    text_of,
)
from bayes_core.foundations.belief_network import naive_root, notable, outlook

NAMES = tuple("abcdefgh")


def drawn(seed: int, size: int = 6, most: int = 3) -> Network:
    """Return a random network whose names are not in the order of its arrows, with asymmetric tables."""
    rng = np.random.default_rng(seed)
    order = [NAMES[i] for i in rng.permutation(size)]
    events = []
    for n, name in enumerate(order):
        parents = tuple(rng.permutation(order[:n])[: rng.integers(0, min(most, n) + 1)].tolist())
        events.append(Event(name, parents, rng.beta(0.6, 0.9, (2,) * len(parents))))
    return Network(tuple(events[i] for i in rng.permutation(size)))


def by_hand(network: Network, asked: str, known: dict[str, bool]) -> float:
    """Return a posterior by adding up every state of the world, event by event, without any array of the network."""
    total = {True: 0.0, False: 0.0}
    for state in product([True, False], repeat=len(network.events)):
        world = dict(zip(network.names, state, strict=True))
        if any(world[name] != value for name, value in known.items()):
            continue
        p = 1.0
        for event in network.events:
            yes = event.yes[0][tuple(int(world[name]) for name in event.parents)]
            p *= yes if world[event.name] else 1 - yes
        total[world[asked]] += p
    return total[True] / (total[True] + total[False])


@pytest.mark.parametrize("seed", range(6))
def test_elimination_equals_the_sum_over_all_states(seed):
    network, rng = drawn(seed), np.random.default_rng(seed)
    for count in (0, 1, 2, 3):
        known = {str(name): bool(rng.integers(2)) for name in rng.permutation(network.names)[:count]}
        found = posteriors(network, known)
        for name in network.names:
            assert found[name][0] == pytest.approx(by_hand(network, name, known), abs=1e-12)


def test_no_factor_grows_where_another_order_keeps_it_small():
    """A root with six effects, each of which left a trace: summed out first, the root would join all of them."""
    effects = "; ".join(f"e{n} | root: 0.9, 0.2; t{n} | e{n}: 0.8, 0.3" for n in range(6))
    network = network_of(f"root: 0.4; {effects}", most=13)
    found = eliminate(network, ["e0"], {f"t{n}": n % 2 == 0 for n in range(6)})
    assert max(len(step.left.scope) for step in found.steps) == 1
    assert found.dropped == ()
    assert eliminate(network, ["e0"], {}).dropped == tuple(name for name in network.names if name not in ("root", "e0"))


def test_every_position_of_a_handle_is_a_network_of_its_own():
    network, values = drawn(11), np.array([0.0, 0.2, 0.7, 1.0])
    moved = next(entry for event in network.events if len(event.parents) == 2 for entry in list(event.entries())[1:2])
    known = {network.names[0]: True}
    swept = eliminate(network.along(moved, values), [network.names[-1]], known).posterior[:, 1]
    alone = [eliminate(network.along(moved, [v]), [network.names[-1]], known).posterior[0, 1] for v in values]
    np.testing.assert_allclose(swept, alone, rtol=1e-13)
    assert np.ptp(swept) > 1e-3
    yes, no = moved.parents  # the second of four cases: the first parent happened, the second did not
    assert (yes, no) == (True, False)
    assert network.along(moved, [0.123])[moved.event].yes[0, 1, 0] == 0.123


@pytest.mark.parametrize(
    ("network", "known", "asked", "published"),
    [
        (LAWN, {"my grass wet": True}, "rain", 0.74),  # Jensen 1996
        (LAWN, {"my grass wet": True}, "sprinkler", 0.34),
        (LAWN, {"my grass wet": True, "next door wet": True}, "rain", 0.93),
        (LAWN, {"my grass wet": True, "next door wet": True}, "sprinkler", 0.16),
        (ALARM, {"John calls": True, "Mary calls": True}, "burglary", 0.284),  # Russell and Norvig
        (CHEST, {}, "tuberculosis", 0.0104),  # Lauritzen and Spiegelhalter 1988
        (CHEST, {}, "lung cancer", 0.055),
        (CHEST, {}, "bronchitis", 0.45),
        (CHEST, {}, "dark X-ray", 0.1103),
        (CHEST, {}, "short of breath", 0.436),
    ],
)
def test_published_numbers(network, known, asked, published):
    digits = len(str(published)) - 2
    assert round(float(posteriors(network, known)[asked][0]), digits) == published


def test_clouds_sprinkler_and_rain_as_murphy_published_them():
    network = network_of(
        "cloudy: 0.5; sprinkler | cloudy: 0.1, 0.5; rain | cloudy: 0.8, 0.2; wet | sprinkler, rain: 0.99, 0.9, 0.9, 0"
    )
    found = posteriors(network, {"wet": True})
    assert (round(found["sprinkler"][0], 4), round(found["rain"][0], 4)) == (0.4298, 0.7079)
    assert round(posteriors(network, {"wet": True, "rain": True})["sprinkler"][0], 4) == 0.1945  # explained away


def test_one_cause_falls_when_the_other_is_seen():
    alone = posteriors(ALARM, {"alarm": True})["burglary"][0]
    both = posteriors(ALARM, {"alarm": True, "earthquake": True})["burglary"][0]
    assert both == pytest.approx(0.95 * 0.001 / (0.95 * 0.001 + 0.29 * 0.999))
    assert (both < 0.01, alone > 0.37) == (True, True)


# ------------------------------------------------------------------------------------------------------- separation
def moral(network: Network, first: str, last: str, known: tuple[str, ...]) -> bool:
    """Return whether two events are separated, by the moral graph of all that they and what is known depend on."""
    there = network.ancestors([first, last, *known])
    joined = {name: set() for name in there}
    for event in network.events:
        if event.name in there:
            for a, b in combinations((*event.parents, event.name), 2):
                joined[a].add(b)
                joined[b].add(a)
    reached, open_ = {first}, [first]
    while open_:
        new = joined[open_.pop()] - reached - set(known)
        reached |= new
        open_ += new
    return last not in reached


@pytest.mark.parametrize("seed", range(5))
def test_separation_is_independence_in_random_tables(seed):
    """What the arrows separate is independent in any table; what they do not is dependent in a random one."""
    network, rng = drawn(seed, 6, 2), np.random.default_rng(100 + seed)
    seen = set()
    for first, last in combinations(network.names, 2):
        others = [name for name in network.names if name not in (first, last)]
        known = tuple(str(name) for name in rng.permutation(others)[: rng.integers(0, 4)])
        apart = separated(network, first, last, known)
        assert apart == moral(network, first, last, known)
        gap = max(
            abs(both[1, 1] - both[1].sum() * both[:, 1].sum())
            for values in product([True, False], repeat=len(known))
            for both in [eliminate(network, [first, last], dict(zip(known, values, strict=True))).posterior[0]]
        )
        assert (gap < 1e-12) == apart
        seen.add(apart)
    assert seen == {True, False}


def test_paths_are_told_with_what_opens_and_blocks_them():
    (path,) = paths(ALARM, "burglary", "earthquake", ["Mary calls"])
    assert (path.text, path.open, path.opened) == (
        "burglary → alarm ← earthquake",
        True,
        (("alarm", "Mary calls"),),
    )
    (path,) = paths(ALARM, "John calls", "Mary calls", ["alarm"])
    assert (path.text, path.blocked, path.meets) == ("John calls ← alarm → Mary calls", "alarm", False)
    assert notable(CHEST, "lung cancer", ["short of breath"]).text == "lung cancer → lung disease ← tuberculosis"
    assert notable(CHEST, "lung cancer", ["lung cancer"]) is None
    assert notable(LAWN.made({"my grass wet": True}), "sprinkler", ["my grass wet"]) is None


# ------------------------------------------------------------------------------------------------- seeing and doing
def test_doing_is_not_seeing():
    seen = posteriors(LAWN, {"my grass wet": True})["rain"][0]
    done = posteriors(LAWN.made({"my grass wet": True}), {"my grass wet": True})["rain"][0]
    assert (seen > 0.7, done) == (True, pytest.approx(0.2))


def test_doing_equals_the_back_door_formula():
    """A confounder a, a treatment b, an outcome c: do(b) weighs the strata by p(a), seeing b by p(a | b)."""
    network = network_of("a: 0.3; b | a: 0.9, 0.2; c | a, b: 0.7, 0.4, 0.5, 0.1")
    done = posteriors(network.made({"b": True}), {"b": True})["c"][0]
    assert done == pytest.approx(0.3 * 0.7 + 0.7 * 0.5)
    seen = posteriors(network, {"b": True})["c"][0]
    a = 0.3 * 0.9 / (0.3 * 0.9 + 0.7 * 0.2)
    assert seen == pytest.approx(a * 0.7 + (1 - a) * 0.5)


def test_an_outlook_says_what_could_be_learnt_next():
    found = outlook(CHEST, {"short of breath": True}, {"smoker": False}, "lung cancer")
    cut, known = CHEST.made({"smoker": False}), {"short of breath": True, "smoker": False}
    assert set(found.tells) == set(CHEST.names) - {"lung cancer", *known}
    for name, both in found.tells.items():
        for happens, share in zip((True, False), both[0], strict=True):
            assert share == pytest.approx(by_hand(cut, "lung cancer", known | {name: happens}), abs=1e-12)
    np.testing.assert_allclose(found.after[0], [by_hand(cut, name, known) for name in CHEST.names], atol=1e-12)
    assert found.evidence[0] == pytest.approx(eliminate(cut, [], known).evidence[0])


# ------------------------------------------------------------------------------------------------------- naive Bayes
def test_naive_bayes_is_a_network():
    assert posteriors(MAIL, {"winner": True})["spam"][0] == pytest.approx(Diagnosis(0.45, 0.32, 0.98).ppv, rel=1e-13)
    known = {"winner": True, "free": False, "your name": True}
    odds = 0.45 / 0.55
    for clue in clues(MAIL):
        if clue.name in known:
            odds *= float((clue.there if known[clue.name] else clue.missing)[0])
    assert posteriors(MAIL, known)["spam"][0] == pytest.approx(odds / (1 + odds), rel=1e-13)
    assert [naive_root(network) for network in (MAIL, LAWN, CHEST)] == ["spam", "", ""]
    with pytest.raises(ValueError, match="one cause, and clues"):
        clues(LAWN)


def test_naive_bayes_equals_scikit_learns():
    bernoulli = pytest.importorskip("sklearn.naive_bayes").BernoulliNB
    rng = np.random.default_rng(5)
    y = rng.random(400) < 0.35
    x = rng.random((400, 3)) < np.where(y[:, None], [0.8, 0.3, 0.55], [0.2, 0.45, 0.5])
    told = {f"clue {f}": (x[y, f].mean(), x[~y, f].mean()) for f in range(3)}
    network = naive_network("cause", y.mean(), told)
    peer = bernoulli(alpha=1e-10, force_alpha=True).fit(x, y)
    for state in product([True, False], repeat=3):
        ours = posteriors(network, dict(zip(told, state, strict=True)))["cause"][0]
        assert ours == pytest.approx(peer.predict_proba([state])[0, 1], rel=1e-6)


# --------------------------------------------------------------------------------------------------------- bad input
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a | b: 0.1, 0.2; b | c: 0.1, 0.2; c | a: 0.1, 0.2", "a → c → b → a is a cycle|b → a → c → b|c → b → a → c"),
        ("rain: 1.2", "“rain”: “1.2” is outside 0 to 1"),
        ("rain: -0.1", "outside 0 to 1"),
        ("rain: much", "“rain”: “much” is not a probability: write"),
        ("rain 0.2", "no colon: write"),
        ("wet | rain: 0.9, 0.1", "“rain”, which is no event: add it"),
        ("a: 0.1; b: 0.2; wet | a, b: 0.9, 0.1", "needs 4 probabilities .in the order yes yes, yes no.*not 2"),
        ("a: 0.1, 0.2", "no causes, so it needs 1 probability, not 2"),
        ("a: 0.1; a: 0.2", "“a” is there twice"),
        ("a: 0.1; b | a, a: 0.1, 0.2, 0.3, 0.4", "“a” twice"),
        ("; ".join(f"e{n}: 0.1" for n in range(9)), "9 events: at most 8 fit"),
        ("", "no event"),
        (": 0.2", "0 letters"),
        ("a much too long name for this: 0.2", "letters: an event’s name has 1 to 18"),
        ("a{b}: 0.2", "has the sign {"),
        ("e | a, b, c, d, f: 0.1", "5 causes: at most 4"),
    ],
)
def test_what_no_network_is_gets_named_with_a_remedy(text, words):
    with pytest.raises(ValueError, match=words):
        network_of(text)


def test_texts_are_read_as_they_are_written():
    for network in (LAWN, ALARM, CHEST, MAIL, drawn(3)):
        again = network_of(text_of(network))
        assert again.names == network.names
        np.testing.assert_allclose(again.joint(), network.joint(), rtol=1e-10)
    read = network_of("rain: 1 in 5\nwet | rain: 90 % 10 %")
    assert (read["rain"].yes[0], read["wet"].yes[0].tolist()) == (0.2, [0.1, 0.9])


def test_impossible_evidence_is_named_by_its_smallest_part():
    known = {"visit to Asia": True, "lung disease": False, "dark X-ray": True, "lung cancer": True}
    assert set(clash(CHEST, known)) == {"lung disease", "lung cancer"}
    assert np.isnan(posteriors(CHEST, known)["tuberculosis"]).all()
    assert clash(CHEST, {"lung cancer": True, "lung disease": True}) == ()
    moved = LAWN.along(Entry("rain"), [0.0, 0.5])
    assert clash(moved, {"rain": True}, 0) == ("rain",)
    assert clash(moved, {"rain": True}, 1) == ()
    with pytest.raises(ValueError, match="“snow” is no event"):
        eliminate(LAWN, ["snow"], {})


# ------------------------------------------------------------------------------------------------------------- peers
def test_another_library_says_the_same():
    gum = pytest.importorskip("pyagrum", reason="the extra `peers` is not installed: pyAgrum answers the same network")
    for network in (CHEST, drawn(8)):
        at = {name: f"e{n}" for n, name in enumerate(network.names)}
        peer = gum.BayesNet()
        for name in network.names:
            peer.add(gum.LabelizedVariable(at[name], name, 2))
        for cause, effect in network.arrows:
            peer.addArc(at[cause], at[effect])
        for event in network.events:
            for entry in event.entries():
                yes = float(network.entry(entry)[0])
                given = {at[name]: int(on) for name, on in zip(event.parents, entry.parents, strict=True)}
                if given:
                    peer.cpt(at[event.name])[given] = [1 - yes, yes]
                else:
                    peer.cpt(at[event.name]).fillWith([1 - yes, yes])
        known = {network.names[-1]: True, network.names[0]: False}
        inference = gum.LazyPropagation(peer)
        inference.setEvidence({at[name]: int(on) for name, on in known.items()})
        inference.makeInference()
        for name, share in posteriors(network, known).items():
            assert share[0] == pytest.approx(inference.posterior(at[name])[1], abs=1e-9)
