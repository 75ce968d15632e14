from __future__ import annotations

from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from bayes_core.foundations.diagnosis import Diagnosis
from bayes_core.foundations.people import crowd, people, tree, untested
from bayes_core.foundations.quantities import CELLS

cells = st.one_of(st.just(0.0), st.floats(0.005, 1.0), st.sampled_from([0.005, 0.5, 1.0]))
joints = st.tuples(cells, cells, cells, cells).filter(lambda p: sum(p) > 0.01).map(lambda p: np.array(p) / sum(p))


@settings(max_examples=60, deadline=None)
@given(st.lists(joints, min_size=1, max_size=4), st.integers(0, 10**7))
def test_people_are_whole_and_sum_to_the_crowd(rows, total):
    joint = np.array(rows).reshape(len(rows), 1, 4)
    heads = people(joint, total)
    assert heads.shape == joint.shape
    np.testing.assert_array_equal(heads.sum(-1), total)
    np.testing.assert_array_equal(heads, heads.round())
    assert (np.abs(heads - joint * total) < 1 + 1e-6).all()
    assert (heads >= 0).all()


def test_a_crowd_holds_ten_sick():
    assert [crowd(p) for p in (0.5, 0.01, 0.008, 0.0001)] == [1000, 1000, 10_000, 100_000]
    assert crowd(0.0, most=10**6) == 10**6


RATES = [
    (0.2, 0.9, 0.75),
    (0.01, 0.8, 0.904),
    (0.004, 0.99, 0.5),
    (1e-5, 0.97, 0.998),
    (0.0, 0.7, 0.9),
    (1.0, 0.3, 0.9),
]


def counted(p: Fraction, sens: Fraction, spec: Fraction, total: int) -> list[int]:
    """Return people per cell by largest remainders, in whole numbers only."""
    ideal = [total * q for q in (p * sens, p * (1 - sens), (1 - p) * (1 - spec), (1 - p) * spec)]
    whole = [int(n) for n in ideal]
    nearest = sorted(range(4), key=lambda k: whole[k] - ideal[k])
    for k in nearest[: total - sum(whole)]:
        whole[k] += 1
    return whole


def test_a_tree_counts_whole_people():
    found = tree(Diagnosis(*np.array(RATES).T))
    for v, row in enumerate(RATES):
        p, sens, spec = (Fraction(str(rate)) for rate in row)
        size = next((10**k for k in range(3, 9) if p * 10**k >= Fraction(19, 2)), 10**9)
        cells = counted(p, sens, spec, size)
        assert [int(found[cell][v]) for cell in CELLS] == cells
        assert int(found["all"][v]) == size == int(found["A"][v] + found["notA"][v])
        assert int(found["A"][v]) == cells[0] + cells[1]
        assert int(found["positive"][v]) == cells[0] + cells[2]


def test_crowds_of_different_sizes_are_counted_at_once():
    joint = Diagnosis(*np.array(RATES).T).joint
    sizes = np.array([10, 1000, 77, 10**6, 3, 0])
    for row, size, many in zip(joint, sizes, people(joint, sizes), strict=True):
        np.testing.assert_array_equal(people(row, int(size)), many)


def test_before_the_test_nobody_is_positive():
    before = untested(people(Diagnosis(*np.array(RATES).T).joint, 1000))
    np.testing.assert_array_equal(before[:, [0, 2]], 0)
    np.testing.assert_array_equal(before.sum(1), 1000)
    np.testing.assert_array_equal(before[:, 1], [200, 10, 4, 0, 0, 1000])
