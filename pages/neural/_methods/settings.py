"""What decides everything that the page of methods side by side shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data import WORLDS
from bayes_core.data.source import Source, standardised
from bayes_core.data.split import Split
from bayes_core.evaluation.appraisal import fresh_rows
from bayes_core.figures.view import View
from bayes_core.inference import METHODS, methods_for
from bayes_core.models import Mlp
from bayes_core.numerics.rounding import round_up
from bayes_core.types import Dataset, Question
from pages._ui.asking import Asking, OneOf
from pages._ui.fields import choice, fresh, handle, hidden
from pages._ui.link import yes_no
from pages._ui.settings import PageSettings, Scene, log_spaced
from pages._ui.suiting import of_numbers, of_rows
from pages.neural._network.scenes import on as network_on
from pages.neural._network.settings import NetworkSettings

PAGE = "neural/methods"
_BESIDE = ("hmc", "nuts", "prior", "laplace_last")  # what they are compared with, no data, and one for classes
COMPARED = tuple(name for name in methods_for(Mlp()) if name not in _BESIDE)
WIDTHS = (0.5, 1.0, 1.5, 3.0)
ACTS_ON = {"rate": "dropout", "kl": "vi_meanfield"}
"""The method that each handle moves; all others stand still."""
_OPTIONS = {"rate": "dropout_rate", "kl": "kl_weight"}


@dataclass(frozen=True)
class Story:
    """A question put to all methods: which curve, how many points; the axis of the ELBO, in nats.

    Of a reader's `own` rows so many points are fitted, and others judge.
    """

    curve: str
    points: int
    nats: tuple[float, float]
    own: Source | None = None

    @property
    def kept(self) -> int:
        """Return how many of a reader's own rows are not fitted, and judge."""
        return min(len(self.own.dataset.y) - self.points, MOST_KEPT) if self.own else 0


FEWEST, MOST_FITTED, MOST_KEPT = 10, 200, 400  # of a reader's own rows
_START = {"rate": 0.1, "kl": 1.0, "seed": 4}
SCENES: dict[str, Scene] = {
    "between": Scene("In between", _START | {"width": 1.5}, story=Story("gap", 50, (-120, 60))),
    "beyond": Scene("Beyond the data", _START | {"width": 1.0}, story=Story("sine", 50, (-120, 60))),
    "few": Scene("Ten points", _START | {"width": 1.0}, story=Story("sine", 10, (-40, 20))),
    "many": Scene("Two hundred points", _START | {"width": 1.0}, story=Story("sine", 200, (-240, 60))),
}


def _closest(view: View) -> tuple[str, ...]:
    """Return which method a view calls the closest; nothing until all are judged."""
    titles = {METHODS[method].title: method for method in COMPARED}
    return tuple(titles.get(text.rpartition(" (")[0], "") for text in view.said["closest"])


@dataclass(frozen=True, kw_only=True)
class FittedPart(NetworkSettings):
    """The network page's settings for those of a reader's own rows that are fitted here."""

    @classmethod
    def on(cls, source: Source) -> Scene:
        return network_on(source, fitted_of(source))


def fitted_of(source: Source) -> int:
    """Return how many of a reader's own rows are fitted: four fifths, as far as nine methods soon can."""
    return min(len(source.dataset.y) * 4 // 5, MOST_FITTED)


@dataclass(frozen=True, kw_only=True)
class MethodsSettings(PageSettings):
    """The dropout rate and the KL weight are handles; prior width, seed and whether NUTS runs too are choices."""

    rate: float = handle(
        ("dropout rate", ", of hidden units"), "posterior", lambda s: "{:g}".format, ends=("hardly any", "most of them")
    )
    kl: float = handle(
        ("KL weight", " of mean-field VI"), "prior", lambda s: "{:g}".format, ends=("data first", "prior first")
    )
    width: float = choice(WIDTHS, "Prior width", lambda w: f"{w:g}")
    seed: int = fresh(lambda s: "Other rows" if s.story.own else "New data", most=2**31)
    nuts: bool = hidden(yes_no, start=False, label="NUTS on all weights")
    SCENES: ClassVar[Mapping[str, Scene]] = SCENES
    FIRST: ClassVar[str] = "between"

    @classmethod
    def on(cls, source: Source) -> Scene:
        """Return a reader's own data as a scene of this page: most rows are fitted, the others judge."""
        of_numbers(source)
        of_rows(source, FEWEST, "eight are fitted by every method and the others judge")
        fitted = fitted_of(source)
        nats = -round_up(1.6 * fitted + 60), round_up(0.5 * fitted + 20)
        title = source.dataset.title or "Your data"
        return Scene(title, _START | {"width": 1.0, "seed": 1}, story=Story("", fitted, nats, source))

    @property
    def story(self) -> Story:
        """Return the question that is put to all methods."""
        story = self.spec.story
        assert isinstance(story, Story)
        return story

    @property
    def asking(self) -> Asking:
        """Return the question which method comes closest to the sampled posterior."""
        return OneOf(name="closest", keys=COMPARED, shows=("reference",), right=_closest)

    def spaced(self, handle: str) -> FloatArray:
        return log_spaced(0.1, 10.0, 13) if handle == "kl" else np.round(np.linspace(0.02, 0.6, 15), 2)

    # ------------------------------------------------------------------------------------------------ what is asked
    def network(self) -> NetworkSettings:
        """Return the network page's settings for this scene: the fits are shared."""
        if self.brought:
            return replace(FittedPart.start(self.scene), seed=self.seed, width=self.width)
        start = NetworkSettings.start(self.story.curve)
        return replace(start, points=self.story.points, seed=self.seed, width=self.width)

    def question(self, method: str, **moved: float) -> Question:
        """Return what a method is asked; `moved` is where its own handle stands."""
        budget: dict[str, Any] = {_OPTIONS[handle]: value for handle, value in moved.items()}
        return self.network().question(method, **budget)

    def questions(self, method: str) -> tuple[Question, ...]:
        """Return what a method is asked along its own handle, or the one question that serves all positions."""
        for own, acted in ACTS_ON.items():
            if acted == method:
                return tuple(self.question(method, **{own: float(v)}) for v in self.positions(own))
        return (self.question(method),)

    def here(self, method: str) -> int:
        """Return which of a method's questions is asked where the handles stand."""
        return next((self.home()[handle] for handle, acted in ACTS_ON.items() if acted == method), 0)

    def places(self) -> FloatArray:
        """Return the places (G,) of the pictures."""
        return self.network().source().axes.grid(61)

    def fresh(self) -> Dataset:
        """Return points that nobody has fitted, where the data are."""
        if self.story.own:
            every = standardised(self.story.own.dataset)
            return Split.of_rows(every, self.story.points, self.seed).held_out.head(self.story.kept)
        network = self.network()
        return fresh_rows(WORLDS[self.story.curve], network.question("hmc").dataset, network.noise, self.seed)
