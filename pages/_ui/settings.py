"""What every page's settings can do: start in a scene, come out of a link, go into one, and place the handles."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from typing import Any, ClassVar, Self, TypeVar

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.source import Source

from . import fields as declared
from . import own
from .asking import Asking
from .link import as_text, yes_no
from .probing import Across

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Scene:
    """A named beginning: where the settings start, how far handles reach, and the source that is looked at.

    `source(**settings)` makes the data; `story` holds whatever else the room's words need to know of the scene.
    `asked` are the values that the lesson's buttons and words ask its handles for: they are always positions. `guess`
    is what a reader may be asked before the scene shows it (asking.py).
    """

    title: str
    start: Mapping[str, Any] = field(default_factory=dict)
    ranges: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    source: Callable[..., Source] | None = None
    story: Any = None
    asked: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    guess: Asking | None = None


@dataclass(frozen=True)
class PageSettings:
    """Everything that decides what a page shows; every field of a subclass is a Field and a name in the link."""

    scene: str
    guess: str = declared.guess()
    reveal: bool = declared.hidden(yes_no, start=True)
    SCENES: ClassVar[Mapping[str, Scene]] = {}
    FIRST: ClassVar[str] = ""
    scaled: ClassVar[Mapping[str, str]] = {}
    """Handles, and the scales of a source that say how far each reaches where a reader's own data are looked at."""
    kind: ClassVar[str] = ""
    """What the page's words call this kind of settings, where a lesson has several."""

    @classmethod
    def on(cls, source: Source) -> Scene:
        """Return a reader's own data as a scene; a lesson that takes them overrides this.

        Raises ValueError with the reason, in one sentence, where it cannot take them.
        """
        raise ValueError("This lesson shows an invented world whose truth is known, which your data do not tell.")

    @classmethod
    def scene_of(cls, name: str) -> Scene:
        """Return a scene by its name: one of the lesson's, or a reader's own data, always as the same scene."""
        if not own.is_own(name):
            return cls.SCENES[name]
        data = own.named(name)
        if cls not in data.scenes:
            data.scenes[cls] = cls.on(data.source)
        made: Scene = data.scenes[cls]
        return made

    @property
    def brought(self) -> bool:
        """Return whether a reader's own data are looked at."""
        return own.is_own(self.scene)

    @classmethod
    def start(cls, scene: str) -> Self:
        """Return a scene's own settings."""
        made = cls(scene=scene, **cls.scene_of(scene).start)
        return replace(made, reveal=False) if made.asking and made.asking.always else made

    @property
    def began(self) -> Self:
        """Return how the scene starts."""
        return self.kept("began", "", lambda: type(self).start(self.scene))

    @property
    def spec(self) -> Scene:
        """Return the scene itself."""
        return self.scene_of(self.scene)

    @property
    def handles(self) -> tuple[str, ...]:
        """Return the fields that are handles of the picture on screen."""
        every = declared.fields_of(self)
        return tuple(name for name, one in every.items() if isinstance(one, declared.Handle))

    def kept(self, name: str, of: str, make: Callable[[], T]) -> T:
        """Return what `make()` makes of these settings, made once: a run asks some of it twenty times.

        It is no field: settings that are equal need not have it, and those that are made of these begin without.
        """
        found: dict[tuple[str, str], T] = self.__dict__.setdefault("_kept", {})
        if (name, of) not in found:
            found[name, of] = make()
        return found[name, of]

    def spaced(self, handle: str) -> FloatArray:
        """Return the evenly spaced values, rising, that a handle moves over; its ends are its range."""
        raise NotImplementedError

    def usual(self, handle: str) -> FloatArray:
        """Return the positions that a handle always has: what is evenly spaced, the start, and what buttons ask for."""
        return self.kept("usual", handle, lambda: placed(self.spaced(handle), *self._asked(handle)))

    def positions(self, handle: str) -> FloatArray:
        """Return the values that a handle can take, rising; where it stands is one of them, exactly."""
        return self.kept("positions", handle, lambda: self._positions(handle))

    def _positions(self, handle: str) -> FloatArray:
        stands = getattr(self, handle)
        return placed(self.spaced(handle), *self._asked(handle), stands) if self.unusual(handle) else self.usual(handle)

    def _asked(self, handle: str) -> tuple[float, ...]:
        return self.spec.start[handle], *self.spec.asked.get(handle, ())

    def unusual(self, handle: str) -> bool:
        """Return whether a handle stands where a link or a reader asked for, and where it is no position otherwise."""
        return self.kept("unusual", handle, lambda: getattr(self, handle) not in self.usual(handle))

    def slots(self, handle: str) -> Mapping[str, str]:
        """Return what stands for {name} in the sentence that a handle's move speaks."""
        return {}

    @property
    def opening(self) -> str:
        """Return the section of the page's words that is spoken when the scene opens."""
        return f"scene {own.NAME if self.brought else self.scene}"

    @property
    def telling(self) -> str:
        """Return what the page's words call the view: "said <view>" is what it tells (telling.py)."""
        return f"{self.kind} {getattr(self, 'view', '')}".strip()

    @property
    def measure(self) -> Any:
        """Return what two pictures must have in common for their words to be compared: kind, scene and view."""
        return type(self), self.scene, self.telling

    @property
    def across(self) -> Across | None:
        """Return the axis that a probe can stand on, where the picture has curves over one (probing.py)."""
        return None

    @property
    def chart(self) -> Source | None:
        """Return the source whose rows are dots of the picture, in its own axes: points can be drawn on it."""
        return None

    @property
    def drawn_as(self) -> str:
        """Return what has to be known of points that are drawn, in a sentence."""
        return ""

    @property
    def exact(self) -> bool:
        """Return whether the answer depends on the settings alone, and follows a point that is held."""
        return False

    @property
    def near(self) -> int:
        """Return at how many heights lines are worked out around a point that is held, 0 for none (nearby.py).

        Three are enough where lines follow a target straight.
        """
        return 0

    @property
    def together(self) -> bool:
        """Return whether a look along a handle reads a source's outcomes at every position."""
        return False

    @property
    def asks(self) -> bool:
        """Return whether the reader has yet to guess: nothing that is shown or said may give the answer away."""
        return self.kept("asks", "", lambda: self.asking is not None and not self.reveal)

    @property
    def asking(self) -> Asking | None:
        """Return what a reader may be asked before the picture shows it."""
        return self.spec.guess

    def looked_at(self) -> Self:
        """Return the settings that the picture shows: while a question is open, those that it looks at."""
        return replace(self, **self.asking.looks) if self.asks and self.asking else self

    @property
    def asked_about(self) -> Any:
        """Return the name of the question, the same as long as it is the same question."""
        return type(self).__name__, self.scene, self.asking and self.asking.name

    def changed(self, **changes: Any) -> Self:
        """Return the settings after a choice, with all that follows from it."""
        return replace(self, **changes).in_range()

    def carried(self, new: Self) -> Self:
        """Return the start of a scene of the same kind as one comes to it from here."""
        return new

    def acted(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the changes that a panel of the picture asks for."""
        return {}

    def guessed(self, text: str) -> Self:
        """Return the settings after a guess, which reveals the answer."""
        looks = self.asking.looks if self.asking else {}
        view = {"view": looks["view"]} if "view" in looks else {}  # the answer shows in it, the rest is as it was
        return replace(self, **view, guess=self.asking.read(text) if self.asking else "", reveal=True)

    def asked_again(self, *, open: bool = True) -> Self:
        """Return the settings with the question open, or shown without a guess."""
        return replace(self, guess="", reveal=self.asking is None or not open)

    @classmethod
    def at_start(cls, scene: str = "", **changes: Any) -> Self:
        """Return a scene's own settings, with some of them changed."""
        return replace(cls.start(scene or cls.FIRST), **changes).in_range()

    @classmethod
    def from_link(cls, values: Mapping[str, Any], notes: list[str]) -> Self:
        """Return a link's settings; what the scene cannot have stays as it starts, with a note."""
        settings = cls.start(values.get("scene", cls.FIRST))
        every = declared.fields_of(cls)
        for name in sorted(every, key=("reveal", "guess").__contains__):  # which question it is depends on the others
            one = every[name]
            if name not in values:
                continue
            try:
                settings = replace(settings, **{name: one.accept(settings, name, values[name])})
            except ValueError as error:
                notes.append(f"{name}: {error}")
        return settings.in_range()

    def in_range(self) -> Self:
        """Return the settings with every handle where it was asked to be, or at the end of its range beyond that.

        A guess reveals the answer, and where nothing is asked nothing hides.
        """
        ends = {h: self.spaced(h)[[0, -1]] for h in self.handles}
        held: dict[str, Any] = {h: float(np.clip(getattr(self, h), *ends[h])) + 0.0 for h in self.handles}
        guess = self.guess if self.asking else ""
        return replace(self, **held, guess=guess, reveal=self.reveal or guess != "" or self.asking is None)

    def home(self) -> dict[str, int]:
        """Return the position of each handle."""
        return dict(self.kept("home", "", self._home))

    def _home(self) -> dict[str, int]:
        return {h: nearest(self.positions(h), getattr(self, h)) for h in self.handles}

    def others(self, handle: str) -> Self:
        """Return the settings with one handle at its start: all that a film along that handle may depend on.

        A handle that stands where it has no position otherwise stays: there the film has a position more.
        """
        if self.unusual(handle):
            return self
        return replace(self, **{handle: getattr(self.began, handle)})

    def alone(self, handle: str) -> Self:
        """Return what a film along a handle depends on: everything but the handle, unless a room knows better."""
        return self.others(handle)

    def still(self) -> Self:
        """Return what the still part of a picture depends on: everything but the handles."""
        return self.kept(
            "still", "", lambda: replace(self, **{h: getattr(self.began, h) for h in self.handles}).in_range()
        )

    @property
    def formulated(self) -> Self:
        """Return what the mathematics below the picture depends on: nothing that a release changes, as a rule."""
        return self.still()

    def glanced(self) -> Self:
        """Return settings that are enough to see what stays of a picture, where it takes less than every position."""
        return self

    def link(self) -> dict[str, str]:
        """Return what the address must say: the scene, and the fields that differ from its start."""
        start = self.began
        params = {} if self.scene == self.FIRST else self._scene_in_link()
        if self.asking and not self.guess and self.reveal == self.asking.always:
            params["reveal"] = as_text(self.reveal)
        for one in fields(self):
            value = getattr(self, one.name)
            if one.name not in ("scene", "reveal") and value != getattr(start, one.name):
                params[one.name] = as_text(value)
        return params

    def _scene_in_link(self) -> dict[str, str]:
        if not self.brought:
            return {"scene": self.scene}
        text = own.named(self.scene).link
        return {"scene": own.NAME, **({own.ROWS: text} if text else {})}

    @property
    def stamp(self) -> str:
        """Return the name of the question apart from where the handles stand, and of the positions that they have.

        What follows a picture is kept by the numbers of positions, so that it must not meet a picture with others.
        """
        named = (f for f in fields(self) if f.name not in self.handles or self.unusual(f.name))
        return "|".join(as_text(getattr(self, f.name)) for f in named)


def nearest(positions: FloatArray, value: float) -> int:
    """Return the index of the position nearest to a value."""
    return int(np.abs(positions - value).argmin())


def between(positions: FloatArray, value: float) -> float:
    """Return where a value lies among rising positions, as an index with its fraction; an end for what is beyond.

    >>> between(np.array([1.0, 2.0, 4.0]), 3.0)
    1.5
    """
    return float(np.interp(value, positions, np.arange(len(positions))))


def placed(spaced: FloatArray, *asked: float) -> FloatArray:
    """Return positions, rising, with every value in their range that is asked for among them, exactly; read-only.

    A value takes the place of the position nearest to it, so that films do not grow; where that is an end of the range
    or was asked for itself, it is put in beside it.

    >>> placed(np.array([0.0, 1.0, 2.0, 3.0]), 1.2, 0.1, 1.1)
    array([0. , 0.1, 1.1, 1.2, 2. , 3. ])
    """
    low, high = float(spaced[0]), float(spaced[-1])
    values, keep = [float(v) for v in spaced], {low, high}
    for value in asked:
        if not low <= value <= high or value in keep:
            continue
        at = nearest(np.array(values), value)
        if values[at] in keep:
            values.insert(at + (values[at] < value), float(value))
        else:
            values[at] = float(value)
        keep.add(float(value))
    made = np.array(values)
    made.flags.writeable = False
    return made


@lru_cache(maxsize=256)  # a run asks forty times
def log_spaced(low: float, high: float, count: int) -> FloatArray:
    """Return values evenly spaced in the logarithm, in three digits between their ends; read-only.

    >>> log_spaced(0.1, 10.0, 4)
    array([ 0.1  ,  0.464,  2.15 , 10.   ])
    """
    values = np.array([low, *(float(f"{v:.3g}") for v in np.geomspace(low, high, count)[1:-1]), high])
    values.flags.writeable = False
    return values
