"""The scenes of the network page: curves to learn, and patients with one measurement or five."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bayes_core.data import World, gap, sine, step, swelling
from pages._ui.link import number

FEWEST, MOST, PATIENTS = 3, 500, 442


@dataclass(frozen=True)
class Scene:
    """A curve to learn and how it is seen; a scene without a `world` shows patients, by these `features`."""

    title: str
    world: Callable[..., World] | None
    points: int
    seed: int
    width: float
    noise: float
    x_range: tuple[float, float]
    y_range: tuple[float, float]
    note: str
    x_title: str = "x"
    y_title: str = "y"
    prior_noise: float = 1.0
    features: tuple[str, ...] = ()

    @property
    def sliced(self) -> bool:
        """Return whether the picture can only show a slice: there are several inputs."""
        return len(self.features) > 1

    @property
    def most(self) -> int:
        """Return how many points can be asked for."""
        return MOST if self.world else PATIENTS

    def count(self, text: str) -> int:
        """Read a number of points; the ValueError for one that cannot be had says the limit and why it is there."""
        value = number(text)
        if value != int(value):
            raise ValueError(f"{text[:40]} is not a whole number")
        if value < FEWEST:
            raise ValueError(f"{text[:40]} is too few: a curve and its noise need {FEWEST} points at least")
        if value > self.most:
            reason = "so that everyone’s fit takes about a second" if self.world else "that is everyone in these data"
            raise ValueError(f"{text[:40]} is too many: {self.most} at most, {reason}")
        return int(value)


@dataclass(frozen=True)
class Measurement:
    """One input of the patients: its name, and what is said where nobody's value reaches."""

    title: str
    beyond: str


MEASUREMENTS = {
    "bmi": Measurement("body mass index", "nobody weighed this much"),
    "bp": Measurement("blood pressure", "nobody’s pressure was this high"),
    "s5": Measurement("triglycerides", "nobody’s blood was this fat"),
    "s1": Measurement("cholesterol", "nobody had this much"),
    "age": Measurement("age", "nobody was this old"),
}
_SD = "in sd from the mean"

SCENES = {
    "sine": Scene("The source’s sine", sine, 50, 42, 1.0, 0.3, (-5, 5), (-2.8, 2.8), "no data out here"),
    "gap": Scene("A gap", gap, 40, 4, 1.5, 0.15, (-5, 5), (-2.8, 2.8), "no data out here"),
    "step": Scene("A step", step, 50, 5, 1.0, 0.2, (-5, 5), (-2.8, 2.8), "no data out here"),
    "swelling": Scene("Noise that grows", swelling, 50, 6, 1.0, 0.4, (-5, 5), (-2.8, 2.8), "no data out here"),
    "patients": Scene(
        "Real patients", None, 100, 1, 1.0, 1.0, (-3, 5), (-3.2, 3.6), "nobody weighed this much",
        f"body mass index, {_SD}", f"disease progression, {_SD}", features=("bmi",),
    ),
    "five": Scene(
        "Five measurements", None, 200, 1, 0.5, 1.0, (-4, 5), (-3.2, 3.6), "",
        "in sd", f"disease progression, {_SD}", features=tuple(MEASUREMENTS),
    ),
}  # fmt: skip
