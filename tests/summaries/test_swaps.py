"""Weights of chains: R-hat against arviz-stats itself, and copies of a network that draw the same curve."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from arviz_stats.base import array_stats

from bayes_core import Dataset, Mlp, Prior, fit
from bayes_core.data import load
from bayes_core.figures.weights import rows
from bayes_core.summaries.swaps import Chains, Split, most_split


@pytest.fixture(scope="module")
def answer():
    return fit(load("sine", n=200, seed=42, noise=0.3), Mlp((3,)), "hmc", Prior(1, 1), seed=42)


def by_chain(values):
    return values.reshape(8, -1)


def test_r_hats_are_arviz_stats_own_and_the_unit_is_the_most_split(answer):
    split = most_split(answer, np.array([0.7]))
    found = {
        (name, j): float(array_stats.rhat(by_chain(draws[:, j]), chain_axis=0, draw_axis=1))
        for name, draws in (("into", answer.draws["weight1"][:, 0]), ("out", answer.draws["weight"]))
        for j in range(3)
    }
    assert split.unit == max(found, key=found.get)[1]
    assert split.into.r_hat == pytest.approx(found["into", split.unit])
    assert split.out.r_hat == pytest.approx(found["out", split.unit])
    np.testing.assert_array_equal(split.into.values, by_chain(answer.draws["weight1"][:, 0, split.unit]))
    w, b, v, c = (answer.draws[site] for site in ("weight1", "bias1", "weight", "bias"))
    f = by_chain((np.tanh(0.7 * w[:, 0] + b) * v).sum(1) + c)
    np.testing.assert_allclose(split.f.values, f, atol=1e-12)
    assert split.f.r_hat == pytest.approx(float(array_stats.rhat(f, chain_axis=0, draw_axis=1)), abs=1e-4)


def test_three_units_and_many_points_part_the_chains_and_not_the_curve(answer):
    split = most_split(answer, np.array([0.0]))
    assert max(split.into.r_hat, split.out.r_hat) > 1.5
    assert split.f.r_hat < 1.01


@pytest.mark.parametrize(
    ("into", "out", "agreed", "met"),
    [
        (1.002, 1.009, True, True),
        (1.02, 1.0, False, True),
        (1.0, 1.29, False, True),
        (2.1, 1.0, False, False),
        (1.0, 1.4, False, False),
    ],
)
def test_two_weights_are_judged_by_the_worse(into, out, agreed, met):
    values = np.array([[1.0, 2.0, 6.0], [-4.0, 0.0, 1.0], [2.0, 2.0, 2.5]])
    split = Split(1, Chains(values, into), Chains(values, out), Chains(values, 5.0))
    assert (split.worst, split.agreed, split.met) == (max(into, out), agreed, met)
    assert split.f.reach == (-1.0, 3.0)


def test_swapping_units_and_signs_by_hand_leaves_f_and_moves_the_weights(answer):
    """Units change places in every other chain, and their signs in the first: the curve does not notice."""
    draws = {site: values.copy() for site, values in answer.draws.items()}
    each = len(answer.noise) // 8
    for chain in range(0, 8, 2):
        here = slice(chain * each, (chain + 1) * each)
        for site in ("weight1", "bias1", "weight"):
            draws[site][here] = draws[site][here][..., [2, 0, 1]] * (-1 if chain == 0 else 1)
    copy = replace(answer, draws=draws)
    x = np.linspace(-5, 5, 31)[:, None]
    np.testing.assert_allclose(copy.model.functions(draws, x), answer.model.functions(answer.draws, x), atol=1e-12)
    before, after = (most_split(some, np.array([1.0])) for some in (answer, copy))
    assert after.f.r_hat == pytest.approx(before.f.r_hat)
    assert after.into.r_hat != pytest.approx(before.into.r_hat, abs=0.01)


def test_of_two_layers_the_last_one_is_looked_at():
    two = fit(load("sine", n=10, seed=1), Mlp((2, 3)), "prior", Prior(1, 1), seed=1)
    two = replace(two, diagnostics=replace(two.diagnostics, chains=4))
    split = most_split(two, np.zeros(1), column=1)
    np.testing.assert_array_equal(
        split.into.values.ravel(), two.draws["weight2"][: split.into.values.size, 1, split.unit]
    )


def test_a_line_has_no_units():
    line = fit(Dataset.from_arrays([0.0, 1, 2], [0.0, 1.1, 1.9]), "linear", "exact", Prior(1, 1))
    with pytest.raises(ValueError, match="only a network has hidden units"):
        most_split(line, np.zeros(1))


def test_every_chain_has_its_row_and_its_mean(answer):
    chains = most_split(answer, np.array([0.0])).out
    figure = rows(chains)
    dots, strokes = figure["data"]
    row = np.round(9 - np.array(dots["y"])).astype(int) - 1  # chain 1 on top
    for chain in range(8):
        assert set(np.array(dots["x"])[row == chain]) <= set(chains.values[chain])
        assert strokes["x"][3 * chain] == pytest.approx(chains.values[chain].mean())
        assert strokes["y"][3 * chain] + strokes["y"][3 * chain + 1] == pytest.approx(2 * (8 - chain))
    assert figure["layout"]["yaxis"]["ticktext"] == [f"chain {c}" for c in range(1, 9)]
    assert list(figure["layout"]["yaxis"]["tickvals"]) == list(range(8, 0, -1))
