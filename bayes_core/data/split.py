"""Rows that are fitted and rows that are held out to judge the fit."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from bayes_core.checks import count
from bayes_core.data.synthetic import World
from bayes_core.types import Dataset


@dataclass(frozen=True, eq=False)
class Split:
    """Rows that are fitted (`train`) and rows held out to judge the fit, with the world behind them where it is known.

    `offset` is what was taken off every target, of both parts alike. Raises ValueError where the parts differ in their
    inputs.
    """

    train: Dataset
    held_out: Dataset
    world: World | None = None
    offset: float = 0.0

    def __post_init__(self) -> None:
        """Check that both parts have the same inputs."""
        if self.train.feature_names != self.held_out.feature_names:
            raise ValueError(
                f"the fitted rows have the inputs {', '.join(self.train.feature_names)} and those held out "
                f"{', '.join(self.held_out.feature_names)}: give both the same inputs"
            )

    @classmethod
    def of_rows(cls, dataset: Dataset, rows: int, seed: int, *, centred: bool = False, steady: bool = False) -> Split:
        """Return `rows` random rows of a dataset to fit, and all others held out.

        A `steady` split puts a row that comes last somewhere between the others, which keep their order.

        `centred` takes the fitted targets' mean off all of them, so that a prior that says "about zero" of the
        intercept too is a fair belief. Raises ValueError unless at least one row stays on each side.

        >>> data = Dataset.from_arrays([1.0, 2, 4, 7], [2.0, 3, 7, 4])
        >>> split = Split.of_rows(data, 3, seed=0, centred=True)
        >>> len(split.train.y), len(split.held_out.y), split.offset
        (3, 1, 4.0)
        """
        rows = count(rows, "the number of fitted rows", 1, len(dataset.y) - 1)
        rng, size = np.random.default_rng(seed), len(dataset.y)
        order = np.argsort(rng.random(size)) if steady else rng.permutation(size)
        fitted, others = order[:rows], order[rows:]
        offset = float(dataset.y[fitted].mean()) if centred else 0.0
        train, held_out = (replace(dataset, x=dataset.x[at], y=dataset.y[at] - offset) for at in (fitted, others))
        return cls(train, held_out, offset=offset)

    @classmethod
    def of_world(cls, world: World, fresh: World, noise: float | None = None) -> Split:
        """Return what a world shows, and what `fresh`, more of the same world, shows at the same noise."""
        return cls(world.dataset(noise), fresh.dataset(noise), world)
