from __future__ import annotations

import numpy as np
import pytest

from bayes_core.inference.linear_posterior import Spectrum, solve
from bayes_core.inference.prior import unseen
from bayes_core.inference.straight import Line

WIDTHS = np.geomspace(0.02, 300, 9)
TOLD = (0.005, 0.05, 0.25, 0.75, 0.95, 0.995)
ENDS = np.array([[1.0, -2.0, 0.3], [1.0, 9.0, 0.3]])


def answers(points):
    """Return posteriors at several widths of an intercept and two slopes, from skewed data."""
    random = np.random.default_rng(points)
    x = np.column_stack([np.ones(points), random.gamma(1.5, 2.0, points), random.normal(size=points)])
    y = x @ [3.0, 2.0, -1.0] + 4 * random.normal(size=points)
    return solve(Spectrum.of(x), np.tile(y, (len(WIDTHS), 1)), WIDTHS, np.full(len(WIDTHS), 5.0), False)


def line(places=61):
    at = np.linspace(0, 1, places) ** 1.5  # not even
    return ENDS[0] + at[:, None] * (ENDS[1] - ENDS[0])


@pytest.mark.parametrize("kind", ["function", "observation"])
@pytest.mark.parametrize("points", [4, 5, 9, 40])
def test_what_is_read_off_a_line_is_what_each_row_says(points, kind):
    answer, rows = answers(points), line()
    each = np.concatenate([answer.quantiles(rows[g : g + 1], TOLD, kind, 1e-9) for g in range(len(rows))], axis=2)
    sd = answer.moments(rows)[1]
    if kind == "observation":
        sd = np.sqrt(sd**2 + (answer.node_weight * np.exp(2 * answer.log_sigma)).sum(1)[:, None])
    off = np.abs(np.array(answer.quantiles(rows, TOLD, kind, 1e-5)) - each) / sd
    assert off.max() < 1e-5


def test_most_positions_are_read_off_few_places_and_the_others_are_asked_everywhere(monkeypatch):
    asked, plain = [], type(answers(9))._asked

    def counted(self, rows, *rest):
        asked.append((len(self.width), rows.shape[-2]))
        return plain(self, rows, *rest)

    monkeypatch.setattr(type(answers(9)), "_asked", counted)
    answers(9).quantiles(line(), TOLD, tolerance=1e-5)
    (many, few), *rest = asked
    assert (many, few) == (len(WIDTHS), 17)
    assert all(rough < len(WIDTHS) and places == 61 for rough, places in rest)
    asked.clear()
    answers(9).quantiles(line(), TOLD, tolerance=1e-9)
    assert asked == [(len(WIDTHS), 61)]


def test_rows_that_lie_on_no_line_are_no_line():
    rows = line()
    bent = np.column_stack([rows, rows[:, 1] ** 2])
    assert Line.through(rows) is not None
    assert Line.through(rows[::-1]) is not None
    assert Line.through(bent) is None
    assert Line.through(rows[:20]) is None
    assert Line.through(np.concatenate([rows, 2 * rows[-1:] - rows[:1], rows[-1:]])) is None
    assert Line.through(np.ones((61, 3))) is not None  # one place, over and over: its own line


def test_one_place_over_and_over_is_read_as_itself():
    answer, rows = answers(6), np.tile(ENDS[:1], (61, 1))
    np.testing.assert_allclose(
        np.array(answer.quantiles(rows, TOLD, tolerance=1e-5)),
        np.repeat(answer.quantiles(ENDS[:1], TOLD, tolerance=1e-9), 61, axis=2),
        rtol=1e-5,
    )


def test_a_prior_without_a_mean_of_sigma_is_read_as_closely_as_its_quantiles_are_large():
    answer, rows = unseen(3, WIDTHS, np.full(len(WIDTHS), 5.0), False), line()
    told = np.array(answer.quantiles(rows, (0.05, 0.95), "observation", 1e-5))
    each = np.array(answer._asked(rows, (0.05, 0.95), "observation", 1e-9))
    np.testing.assert_allclose(told, each, rtol=2e-5)
