"""Rows fitted and rows held out: every row once, targets moved alike, and the world's own noise."""

from __future__ import annotations

import numpy as np
import pytest

from bayes_core.data import diabetes, houses, sleep, temperature
from bayes_core.data.split import Split
from bayes_core.types import Dataset


@pytest.mark.parametrize("seed", [0, 5])
def test_every_row_is_fitted_or_held_out_and_none_is_both(seed):
    data = diabetes(("bmi", "bp"))
    split = Split.of_rows(data, 100, seed)
    back = np.vstack([np.column_stack([part.x, part.y]) for part in (split.train, split.held_out)])
    rows = np.column_stack([data.x, data.y])
    np.testing.assert_array_equal(back[np.lexsort(back.T)], rows[np.lexsort(rows.T)])
    assert (len(split.train.y), len(split.held_out.y)) == (100, 342)
    assert split.train.feature_names == split.held_out.feature_names == ("bmi", "bp")
    assert split.world is None
    assert split.offset == 0


def test_another_seed_holds_out_other_rows():
    data = diabetes(("bmi",))
    one, other = (Split.of_rows(data, 100, seed).train.y for seed in (0, 1))
    assert not np.array_equal(one, other)


def test_centred_targets_lose_the_fitted_mean_on_both_sides():
    data = Dataset.from_arrays(np.arange(9.0), np.random.default_rng(3).gumbel(size=9))
    raw, centred = (Split.of_rows(data, 6, 1, centred=c) for c in (False, True))
    assert centred.offset == pytest.approx(sum(raw.train.y) / 6)
    assert centred.train.y.sum() == pytest.approx(0, abs=1e-12)
    np.testing.assert_allclose(centred.train.y + centred.offset, raw.train.y, rtol=1e-12)
    np.testing.assert_allclose(centred.held_out.y + centred.offset, raw.held_out.y, rtol=1e-12)


@pytest.mark.parametrize("noise", [None, 0.5, 4.0])
def test_a_worlds_two_parts_have_the_same_noise(noise):
    world, fresh = temperature(12, 3), temperature(20_000, 4)
    split = Split.of_world(world, fresh, noise)
    level = 1.5 if noise is None else noise
    np.testing.assert_allclose(split.train.y, world.truth(world.x) + level * world.shock, rtol=1e-12)
    error = split.held_out.y - split.world.truth(split.held_out.x)
    assert abs(error.std() - level) < 4 * level / np.sqrt(2 * 20_000)


@pytest.mark.parametrize("rows", [0, 442, 443, True, 2.5])
def test_one_row_must_stay_on_each_side(rows):
    with pytest.raises(ValueError, match=r"the number of fitted rows is .*: give a whole number from 1 to 441"):
        Split.of_rows(diabetes(("bmi",)), rows, 0)


def test_two_parts_with_different_inputs_are_refused():
    with pytest.raises(ValueError, match="give both the same inputs"):
        Split.of_world(houses(5), sleep(5))


def test_a_row_more_leaves_the_order_of_a_steady_split():
    x = np.arange(40.0)
    one, other = (
        Split.of_rows(Dataset.from_arrays(x[:size], x[:size] ** 2), 15, seed=3, steady=True) for size in (39, 40)
    )
    before, after = (np.concatenate([split.train.x[:, 0], split.held_out.x[:, 0]]).tolist() for split in (one, other))
    assert [value for value in after if value != 39.0] == before
    assert before != sorted(before)
