from __future__ import annotations

import math
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from bayes_core.foundations.events import Incoherent, events, sweep_events
from bayes_core.foundations.quantities import QUANTITIES

CELL = {"A": (1, 1, 0, 0), "B": (1, 0, 1, 0), "A and B": (1, 0, 0, 0), "A or B": (1, 1, 1, 0)}
EVENT = CELL | {"not A": (0, 0, 1, 1), "not B": (0, 1, 0, 1)}
cells = st.one_of(st.just(0.0), st.floats(0.005, 1.0), st.sampled_from([0.005, 0.5, 1.0]))
joints = st.tuples(cells, cells, cells, cells).filter(lambda p: sum(p) > 0.01).map(lambda p: np.array(p) / sum(p))


def by_hand(quantity, joint):
    """Return P(quantity) by adding up worlds; None where its condition has no probability."""
    left, bar, right = quantity.partition("|")
    given_ = np.array(EVENT[right]) if bar else np.ones(4)
    below = float(joint @ given_)
    return float(joint @ (np.array(EVENT[left]) * given_)) / below if below > 0 else None


def matrix(known):
    rows = [np.ones(4)]
    for name, value in known.items():
        left, bar, right = name.partition("|")
        given_ = np.array(EVENT[right]) if bar else np.ones(4)
        rows.append(np.array(EVENT[left]) * given_ - value * given_)
    return np.array(rows)


def programmed(quantity, known):
    """Return the lowest and highest value by a linear program (Charnes and Cooper 1962): p = y / t."""
    left, bar, right = quantity.partition("|")
    given_ = np.array(EVENT[right]) if bar else np.ones(4)
    rows = matrix(known)
    equal = np.vstack([np.column_stack([rows, -np.eye(len(rows))[0]]), np.append(given_, 0)])
    aim = np.append(np.array(EVENT[left]) * given_, 0)
    found = [linprog(s * aim, A_eq=equal, b_eq=np.eye(len(equal))[-1], method="highs") for s in (1, -1)]
    return found[0].fun, -found[1].fun


@settings(max_examples=60, deadline=None)
@given(joints, st.sets(st.sampled_from(list(QUANTITIES))))
def test_what_a_joint_says_is_never_a_contradiction_and_lies_within_the_bounds(joint, chosen):
    truth = {name: value for name in QUANTITIES if (value := by_hand(name, joint)) is not None}
    known = {name: truth[name] for name in sorted(chosen) if name in truth}
    found = events(known)
    for name, value in truth.items():
        assert found.low[name] - 1e-9 <= value <= found.high[name] + 1e-9
    for name in known:
        assert found.value(name) == pytest.approx(truth[name], abs=1e-9)
    if np.linalg.svd(matrix(known), compute_uv=False)[3:].sum() > 1e-5:  # four independent equations
        np.testing.assert_allclose(found.joint, joint, atol=1e-9)


@pytest.mark.parametrize(
    "known",
    [
        {},
        {"A": 0.2, "B": 0.7},
        {"A": 0.7, "B": 0.6},
        {"A": 0.5, "B|A": 0.2},
        {"B|A": 0.2, "B|not A": 0.65},
        {"A|B": 0.3, "A|not B": 0.9},
        {"A or B": 0.4, "A|B": 0.25},
        {"A and B": 0.1, "A|not B": 0.35},
        {"A": 0.01, "B|A": 0.8, "B|not A": 0.096},
    ],
    ids=str,
)
def test_bounds_are_those_of_a_linear_program(known):
    found = events(known)
    for name in QUANTITIES:
        assert (found.low[name], found.high[name]) == pytest.approx(programmed(name, known), abs=1e-9)


@pytest.mark.parametrize(("a", "b"), [(0.2, 0.7), (0.7, 0.6), (0.05, 0.9), (0.0, 0.3), (1.0, 0.3)])
def test_two_marginals_leave_the_frechet_bounds(a, b):
    found = events({"A": a, "B": b})
    assert (found.low["A and B"], found.high["A and B"]) == pytest.approx((max(0, a + b - 1), min(a, b)))
    assert (found.low["A or B"], found.high["A or B"]) == pytest.approx((max(a, b), min(1, a + b)))
    assert (found.joint is None) == (0 < a < 1)


def test_many_tables_at_once_equal_one_by_one():
    given_ = {
        "A": np.array([0.2, 0.5, 0.9, 0.3]),
        "B": np.array([0.6, 0.1, 0.7, 0.2]),
        "A and B": np.array([0.1, 0.25, 0.65, 0.2]),
    }
    low, high, joint = sweep_events(given_)
    for v in range(4):
        try:
            one = events({name: float(value[v]) for name, value in given_.items()})
        except Incoherent:
            assert np.isnan([*joint[v], low["A"][v], high["A|B"][v]]).all()
            continue
        np.testing.assert_allclose(joint[v], one.joint)
        np.testing.assert_allclose([low[n][v] for n in QUANTITIES], [one.low[n] for n in QUANTITIES])
    assert np.isnan(joint).all(1).tolist() == [False, True, False, False]


@pytest.mark.parametrize(
    ("known", "says"),
    [
        ({"A": 0.2, "A and B": 0.3}, r"P\(A and B\) is 0.3.*between 0 and 0.2.*nearest is 0.2"),
        ({"A": 0.5, "B|A": 0.2, "A and B": 0.4}, r"P\(A and B\) is 0.4.*must be 0.1.*nearest is 0.1"),
        ({"A or B": 0.4, "B": 0.7}, r"P\(B\) is 0.7.*between 0 and 0.4"),
        (
            {"B|A": 0.2, "B|not A": 0.3, "B": 0.6},
            r"P\(B\) is 0.6.*between 0.2 and 0.3, but not be 0.3.*nearest is 0.2999",
        ),
        ({"A": 0.3, "B": 0.4, "A|B": 0.9, "B|A": 0.1}, r"P\(A\|B\) is 0.9.*must be 0.075"),
        ({"A or B": 0.3, "B|A": 0.2, "B": 0.5}, r"P\(B\) is 0.5.*between 0.06 and 0.3, but not be 0.3 itself"),
        ({"A|B": 0.05, "A": 0.0}, r"P\(A\) is 0,.*but not be 0 itself: the nearest is 0.001"),
        ({"A": 0.6, "B": 0.2, "A or B": 0.1, "A and B": 0.9}, "contradict each other: take one of them away"),
    ],
    ids=str,
)
def test_a_contradiction_names_value_rule_and_remedy(known, says):
    with pytest.raises(Incoherent, match=says) as caught:
        events(known)
    for name, value in caught.value.nearest.items():
        low, high = caught.value.allowed[name]
        others = {n: v for n, v in known.items() if n != name}
        assert (low, high) == pytest.approx(programmed(name, others), abs=1e-9)
        assert abs(value - np.clip(known[name], low, high)) <= 1.001e-3 * (high - low)
        repaired = events(known | {name: value})
        assert repaired.low[name] == pytest.approx(value, abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(list(QUANTITIES)), st.integers(0, 20).map(lambda i: i / 20), min_size=2))
def test_every_remedy_works(known):
    try:
        events(known)
    except Incoherent as error:
        for name, value in error.nearest.items():
            events(known | {name: value})


@pytest.mark.parametrize(
    ("known", "name", "condition"),
    [
        ({"A": 0.0, "B|A": 0.2}, "B|A", "A"),
        ({"B|not A": 0.2, "A": 1.0}, "B|not A", "not A"),
        ({"A or B": 0.0, "A|B": 0.5}, "A|B", "B"),
    ],
)
def test_asking_about_the_impossible_is_said(known, name, condition):
    with pytest.raises(Incoherent) as caught:
        events(known)
    assert f"P({name}) asks about {condition}, which is impossible" in str(caught.value)
    assert caught.value.nearest == {}


def test_a_rare_disease_keeps_its_digits():
    found = events({"A": 1e-6, "B|A": 0.8, "B|not A": 0.01})
    assert found.value("A|B") == pytest.approx(8e-7 / (8e-7 + 0.01 * (1 - 1e-6)), rel=1e-6)
    assert (found.value("B|A"), found.value("A")) == pytest.approx((0.8, 1e-6))


def test_an_impossible_condition_that_nobody_gave_is_undefined():
    found = events({"A": 0.0, "B": 0.3})
    assert math.isnan(found.low["B|A"])
    assert found.value("B|A") is None
    assert found.value("B|not A") == 0.3


@pytest.mark.parametrize(("name", "value"), [("C", 0.2), ("A", 1.2), ("A", -0.1), ("A", math.nan)])
def test_unknown_names_and_numbers_outside_are_refused(name, value):
    with pytest.raises(ValueError, match="choose from" if name == "C" else "between 0 and 1"):
        events({name: value})


def test_rain_and_fog():
    fog = events({"A": 0.5, "B|A": 0.2})
    assert fog.value("A and B") == 0.1
    assert (fog.low["B"], fog.high["B"]) == pytest.approx((0.1, 0.6))
    assert (fog.low["A|B"], fog.high["A|B"]) == pytest.approx((1 / 6, 1))
    assert fog.joint is None


@pytest.mark.parametrize(
    ("moved", "others"),
    [
        ("A and B", {"A": 0.5}),
        ("B", {"A": 0.3, "B|A": 0.2}),
        ("A", {"B|A": 0.3, "B|not A": 0.8, "B": 0.35}),
        ("B", {}),
        ("A|B", {"A": 0.2, "B": 0.4, "A and B": 0.3}),
    ],
    ids=str,
)
def test_along_a_handle_every_position_is_what_it_is_alone(moved, others):
    values = np.linspace(0, 1, 21)
    found = sweep_events({moved: values} | {name: np.full(21, value) for name, value in others.items()})
    fine = []
    for v, value in enumerate(values):
        try:
            one = events({moved: float(value)} | others)
        except Incoherent:
            assert not found.possible[v]
            assert not found.determined[v]
            assert all(np.isnan(found.settled(name)[v]) for name in QUANTITIES)
            continue
        fine.append(v)
        assert found.possible[v]
        assert found.determined[v] == (one.joint is not None)
        for name in QUANTITIES:
            settled = one.value(name)
            assert found.settled(name)[v] == pytest.approx(
                math.nan if settled is None else settled, abs=1e-9, nan_ok=True
            )
    assert found.run == ((fine[0], fine[-1]) if 0 < len(fine) < 21 else None)


def test_the_middle_of_a_range_lies_between_its_ends():
    known = {"A": 0.2, "B": 0.7}
    found = events(known)
    for name in QUANTITIES:
        low, high = programmed(name, known)
        assert found.middle(name) == pytest.approx((low + high) / 2)
    assert events({"A": 0.0, "B": 0.3}).middle("B|A") is None


# ----------------------------------------------------------------------------------- rare events, by exact fractions
def solved(rows, right):
    """Return the one solution of a consistent system of Fractions by Gauss, or None."""
    table = [[*row, value] for row, value in zip(rows, right, strict=True)]
    size, rank = len(table[0]) - 1, 0
    for column in range(size):
        pivot = next((r for r in range(rank, len(table)) if table[r][column]), None)
        if pivot is None:
            return None
        table[rank], table[pivot] = table[pivot], table[rank]
        table[rank] = [v / table[rank][column] for v in table[rank]]
        for r in range(len(table)):
            if r != rank and table[r][column]:
                table[r] = [a - table[r][column] * b for a, b in zip(table[r], table[rank], strict=True)]
        rank += 1
    return None if any(row[-1] for row in table[rank:]) else [row[-1] for row in table[:size]]


def exactly(known):
    """Return the corners of all joints that have these Fractions: every support, solved exactly."""
    rows = [[Fraction(1)] * 4]
    for name, value in known.items():
        left, bar, right = name.partition("|")
        given_ = EVENT[right] if bar else (1,) * 4
        rows.append([Fraction(e * g) - value * g for e, g in zip(EVENT[left], given_, strict=True)])
    corners = []
    for count in range(1, 5):
        for support in combinations(range(4), count):
            found = solved([[row[k] for k in support] for row in rows], [Fraction(1)] + [Fraction(0)] * len(known))
            if found is not None and min(found) >= 0:
                corners.append([found[support.index(k)] if k in support else Fraction(0) for k in range(4)])
    return corners


def exact_bounds(name, corners):
    left, bar, right = name.partition("|")
    given_ = EVENT[right] if bar else (1,) * 4
    shares = []
    for corner in corners:
        below = sum(p * g for p, g in zip(corner, given_, strict=True))
        if below:
            shares.append(sum(p * e * g for p, e, g in zip(corner, EVENT[left], given_, strict=True)) / below)
    return (min(shares), max(shares)) if shares else None


RARE = [
    {"A": "1e-7", "B|A": "1", "B|not A": "1e-9"},
    {"A": "1e-8", "B|A": "0.9", "B|not A": "1e-10"},
    {"A": "1e-10", "B|A": "0.8", "B|not A": "0.01"},
    {"A": "1e-11", "B|A": "0.8"},
    {"A": "1e-11", "B|not A": "0.5"},
    {"A": "1e-10"},
    {"A or B": "3e-12", "A|B": "0.2"},
    {"A or B": "3e-12", "A|B": "0.2", "B|A": "0.6"},
    {"A and B": "2e-13", "A|B": "1e-6", "A|not B": "1e-9"},
    {"A|B": "1e-9", "A|not B": "3e-12", "B": "1e-5"},
    {"A": "0.9999", "B": "1e-10"},
    {"A": "1e-30", "B": "1e-25", "A|B": "2e-7"},
]


@pytest.mark.parametrize("known", RARE, ids=str)
def test_rare_events_keep_their_digits(known):
    found = events({name: float(value) for name, value in known.items()})
    corners = exactly({name: Fraction(value) for name, value in known.items()})
    for name in QUANTITIES:
        low, high = exact_bounds(name, corners)
        assert found.low[name] == pytest.approx(float(low), rel=1e-9, abs=0)
        assert found.high[name] == pytest.approx(float(high), rel=1e-9, abs=0)
        assert (found.value(name) is not None) == (high - low <= min(high, 1 - low) / 10**9)
        if low == high:
            assert found.value(name) == pytest.approx(float(low), rel=1e-12, abs=0)
    assert (found.joint is not None) == (len({tuple(corner) for corner in corners}) == 1)
    if found.joint is not None:
        np.testing.assert_allclose(found.joint, [float(p) for p in corners[0]], rtol=1e-9, atol=0)


def test_a_certain_match_stays_certain():
    found = events({"A": 1e-7, "B|A": 1.0, "B|not A": 1e-9})
    assert (found.low["B|A"], found.high["B|A"]) == (1.0, 1.0)
    assert found.value("A|B") == pytest.approx(float(Fraction(10**9) / (10**9 + 10**7 - 1)), rel=1e-12)


digits = st.builds(Fraction, st.integers(1, 99), st.sampled_from([100, 10**4, 10**7]))


@settings(max_examples=150, deadline=None)
@given(st.tuples(digits, digits, digits, digits), st.sets(st.sampled_from(list(QUANTITIES)), min_size=1, max_size=4))
def test_what_a_rare_joint_says_is_what_fractions_say(parts, chosen):
    joint = [part / sum(parts) for part in parts]
    known = {name: exact_bounds(name, [joint])[0] for name in sorted(chosen)}
    found = events({name: float(value) for name, value in known.items()})
    corners = exactly(known)
    for name in QUANTITIES:
        low, high = exact_bounds(name, corners)
        assert (found.low[name], found.high[name]) == pytest.approx((float(low), float(high)), rel=1e-4, abs=0)


def test_three_settle_the_rest_unless_one_follows_and_two_never_do():
    """The page lets seven be given: enumerate every pair and every triple of them on twenty random joints."""
    given_ = [name for name in QUANTITIES if name != "A or B"]
    joints_ = np.random.default_rng(3).dirichlet([0.7, 1.3, 0.9, 2.0], 20)
    follows = {("A", "A and B", "B|A"), ("B", "A and B", "A|B")}
    for count, settles in ((2, lambda names: False), (3, lambda names: names not in follows)):
        for names in combinations(given_, count):
            known = {name: np.array([by_hand(name, joint) for joint in joints_]) for name in names}
            found = sweep_events(known)
            assert found.possible.all(), names
            assert (found.determined == settles(names)).all(), names
