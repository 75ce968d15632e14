from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from bayes_core.foundations.events import events
from bayes_core.foundations.quantities import CELLS, QUANTITIES, probability, union, words


@pytest.mark.parametrize(
    ("text", "value"),
    sorted(
        {
            "0.2": 0.2,
            "20 %": 0.2,
            "1/5": 0.2,
            "1 in 5": 0.2,
            "0,2": 0.2,
            " 9,6% ": 0.096,
            "0": 0,
            "1": 1,
            "100 %": 1,
        }.items()
        | {"1 in 1,000": 0.001, "3 in 10.000": 0.0003, "1e-3": 0.001, "2.5 / 10": 0.25, "1 in 1,000,000": 1e-6}.items()
    ),
)
def test_probabilities_are_read_as_people_write_them(text, value):
    assert probability(text) == pytest.approx(value, rel=1e-15)


@pytest.mark.parametrize(
    "text", ["abc", "1/0", "-0.1", "120 %", "", "nan", "inf", "1/inf", "nan %", "5 in 1", "1/2/3", "%", "-1/-5"]
)
def test_what_is_not_a_probability_is_refused(text):
    with pytest.raises(ValueError, match="probability"):
        probability(text)


def test_a_union_adds_up_its_cells():
    joint = np.array([[0.08, 0.02, 0.25, 0.65], [0.4, 0.3, 0.2, 0.1]])
    for picked in product((False, True), repeat=4):
        names = [cell for cell, chosen in zip(CELLS, picked, strict=True) if chosen]
        by_hand = [sum(p for p, chosen in zip(row, picked, strict=True) if chosen) for row in joint]
        np.testing.assert_allclose(union(joint, *names), by_hand, atol=1e-15)
    for name, (top, bottom) in QUANTITIES.items():
        if len(bottom) == 4:
            assert float(union(joint[0], *(CELLS[k] for k in top))) == pytest.approx(
                events({"A": 0.1, "B": 0.33, "A and B": 0.08}).value(name)
            )


@pytest.mark.parametrize(
    ("quantity", "said"),
    [
        ("A", "P(fog)"),
        ("A or B", "P(fog or A B)"),
        ("B|not A", "P(A B | no fog)"),
        ("A|B", "P(fog | A B)"),
    ],
)
def test_a_quantity_wears_the_events_names(quantity, said):
    assert words(quantity, "fog", "A B") == said
