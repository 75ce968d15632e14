"""What decides everything that the page of classes shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

from bayes_core.checks import FloatArray
from bayes_core.data.source import Source
from bayes_core.evaluation.class_map import Plane
from bayes_core.inference import METHODS, ask, methods_for
from bayes_core.models import Linear, Mlp
from bayes_core.types import Budget, Dataset, Prior, Question
from pages._ui.asking import Asking, Number
from pages._ui.fields import choice, fresh, handle
from pages._ui.settings import PageSettings, Scene, log_spaced

from .scenes import SCENES, Story, fresh_rows, on, plane, rows, titled
from .scenes import chart as chart_of

PAGE = "trust/classes"
MODELS = {"line": "logistic regression", "network": "network"}
UNITS = (5, 10, 20)
WRONG = (0.0, 0.1, 0.2, 0.4)
BUDGET = Budget(draws=500, chains=4, chunk=100, steps=2000, members=20, dropout_rate=0.1)  # each reads its part
_FIRST = ("hmc", "nuts", "map", "prior")


def _offered(model: Linear | Mlp) -> tuple[str, ...]:
    there = methods_for(model, "classification")
    return (*(name for name in _FIRST if name in there), *(name for name in there if name not in _FIRST))


METHODS_HERE = _offered(Mlp())


@dataclass(frozen=True, kw_only=True)
class ClassesSettings(PageSettings):
    """Prior width, logistic regression or a network, its units, who answers, how many labels are wrong, which data."""

    width: float = handle(
        ("prior width", " of every weight"), "prior", lambda s: "{:.3g}".format, ends=("stubborn", "open-minded")
    )
    model: str = choice(tuple(MODELS), "Model", MODELS.__getitem__, "network")
    units: int = choice(
        UNITS,
        "Units",
        start=10,
        offered=lambda s: UNITS if s.model == "network" else (s.units,),
        refused=lambda s, _: "logistic regression has no units",
    )
    method: str = choice(
        METHODS_HERE,
        "Answer by",
        lambda m: METHODS[m].title,
        "hmc",
        offered=lambda s: _offered(s.classifier()),
        refused=lambda s, m: f"{METHODS[m].title} needs a network",
    )
    mislabelled: float = choice(
        WRONG,
        "Wrong labels",
        lambda share: f"{100 * share:g} %",
        0.0,
        offered=lambda s: WRONG if s.story.world else WRONG[:1],
        refused=lambda s, _: "these labels are what they are",
    )
    seed: int = fresh(lambda s: "Other rows" if s.story.own else "New data", most=2**31)
    SCENES: ClassVar[Mapping[str, Scene]] = SCENES
    FIRST: ClassVar[str] = "line"

    @property
    def story(self) -> Story:
        """Return which world is looked at."""
        story = self.spec.story
        assert isinstance(story, Story)
        return story

    @property
    def asking(self) -> Asking:
        """Return the question how sure the most probable classifier is, all over the picture."""
        return Number(name="loud", of=("loud",), label="of the picture, in per cent", unit="%")

    @classmethod
    def on(cls, source: Source) -> Scene:
        """Return a reader's own data as a scene of this page."""
        return on(source)

    @property
    def chart(self) -> Source:
        return chart_of(self.dataset(), self.plane())

    @property
    def opening(self) -> str:
        if self.story.drawn:
            return f"{super().opening} drawn"
        several = self.brought and self.dataset().x.shape[1] > 2
        return f"{super().opening} several" if several else super().opening

    @property
    def who(self) -> str:
        """Return what the one who answers is called: samplers give the posterior itself."""
        method = METHODS[self.method]
        return "posterior" if method.answer == "sampled" else method.title

    @property
    def measure(self) -> Any:
        return self.scene  # maps of one world can be compared, whoever answers

    def spaced(self, handle: str) -> FloatArray:
        return log_spaced(*self.spec.ranges[handle], 33)

    def changed(self, **changes: Any) -> Self:
        there = super().changed(**changes)
        if there.method not in _offered(there.classifier()):
            there = replace(there, method="hmc")
        return there

    def at_position(self, position: int) -> Self:
        """Return the settings with the width at a position."""
        return replace(self, width=float(self.positions("width")[position]))

    # ------------------------------------------------------------------------------------------------ what is asked
    def classifier(self) -> Linear | Mlp:
        """Return the model."""
        return Linear() if self.model == "line" else Mlp((self.units,))

    def dataset(self) -> Dataset:
        """Return the rows that are fitted."""
        return titled(self.story, rows(self.story, self.seed, self.mislabelled))

    def fresh(self) -> Dataset | None:
        """Return rows of the same world that nobody fitted, if there are any."""
        return fresh_rows(self.story, self.seed, self.mislabelled)

    def plane(self) -> Plane:
        """Return the two inputs that are shown."""
        return plane(self.story, self.dataset())

    def question(self, method: str = "") -> Question:
        """Return what a fit answers; how it is looked at plays no part in it."""
        method = method or self.method
        prior, budget = Prior(self.width), BUDGET.only(METHODS[method].reads)
        return ask(self.dataset(), self.classifier(), method, prior, budget, self.seed)
