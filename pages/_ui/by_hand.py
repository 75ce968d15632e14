"""The nouns as they were, for the lessons that have not moved yet; it goes when the last one has."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, ClassVar, Self

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.figures.film import Film
from bayes_core.figures.picture import Handle, Picture
from pages._ui.live.chart import live_chart

from . import link
from .controls import page_head, scene_bar
from .link import as_text, number_in
from .settings import nearest
from .words import coloured, words

_LET_GO = 0.05  # seconds


@dataclass(frozen=True)
class PageSettings:
    """Everything that decides what a page shows; every field of a subclass is a name in the link."""

    scene: str
    FIRST: ClassVar[str] = ""

    @classmethod
    def start(cls, scene: str) -> Self:
        """Return a scene's own settings."""
        raise NotImplementedError

    @property
    def handles(self) -> tuple[str, ...]:
        """Return the fields that are handles of the chart."""
        raise NotImplementedError

    def positions(self, handle: str) -> FloatArray:
        """Return the values that a handle can take, rising; the scene's start is one of them."""
        raise NotImplementedError

    @classmethod
    def at_start(cls, scene: str = "", **changes: Any) -> Self:
        """Return a scene's own settings, with some of them changed; handles snap to their nearest position."""
        return replace(cls.start(scene or cls.FIRST), **changes).snapped()

    @classmethod
    def from_link(cls, values: dict[str, Any], notes: list[str]) -> Self:
        """Return a link's settings; a handle outside its range stays at its start, with a note."""
        known = {field.name for field in fields(cls)}
        kept = {name: value for name, value in values.items() if name in known}
        scene = kept.pop("scene", cls.FIRST)
        base = replace(cls.start(scene), **kept)
        for handle in base.handles:
            if handle not in kept:
                continue
            positions = base.positions(handle)
            try:
                number_in(float(positions[0]), float(positions[-1]))(as_text(kept[handle]))
            except ValueError as error:
                notes.append(f"{handle}: {error}")
                base = replace(base, **{handle: getattr(cls.start(scene), handle)})
        return base.snapped()

    def snapped(self) -> Self:
        """Return the settings with every handle on one of its positions."""
        return replace(self, **{h: float(self.positions(h)[i]) for h, i in self.home().items()})

    def home(self) -> dict[str, int]:
        """Return the position of each handle."""
        return {h: nearest(self.positions(h), getattr(self, h)) for h in self.handles}

    def others(self, handle: str) -> Self:
        """Return the settings with one handle at its start: all that a film along that handle may depend on."""
        return replace(self, **{handle: getattr(type(self).start(self.scene), handle)})

    def link(self) -> dict[str, str]:
        """Return what the address must say: the scene, and the fields that differ from its start."""
        start = type(self).start(self.scene)
        params = {} if self.scene == self.FIRST else {"scene": self.scene}
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name != "scene" and value != getattr(start, field.name):
                params[field.name] = as_text(value)
        return params

    @property
    def stamp(self) -> str:
        """Return the name of the question apart from where the handles stand."""
        return "|".join(as_text(getattr(self, f.name)) for f in fields(self) if f.name not in self.handles)


class Lesson:
    """What a page does with its settings; `start(scene, **changes)` makes a scene's own."""

    def __init__(
        self,
        key: str,
        page: str,
        titles: Mapping[str, str],
        parsers: link.Parsers,
        start: Callable[..., PageSettings],
        from_link: Callable[[dict[str, Any], list[str]], PageSettings],
        kept: Sequence[str] = (),
    ) -> None:
        """Read the link; `kept` fields stay as they are when the scene changes."""
        self.key, self.titles, self.parsers, self.start, self.kept = key, titles, parsers, start, kept
        self.text = words(page)
        self.memory = link.memory(key, parsers, from_link)
        self.present = link.presenting()

    @property
    def settings(self) -> Any:
        """Return the settings as they are now."""
        return self.memory.settings

    def change(self, glide: str | None = None, ms: int = 1100, **fields: Any) -> None:
        """Go to new settings; a handle named by `glide` travels there before the reader's eyes."""
        before = self.settings.home()
        self.memory.settings = replace(self.settings, **fields).snapped()
        self.memory.notes, self.memory.glide = [], None
        self.memory.epoch += 1
        self.memory.touched = True
        if glide:
            to = self.memory.settings.home()[glide]
            self.memory.glide = {"handle": glide, "from": before.get(glide, to), "to": to, "ms": ms}

    def to_scene(self, name: str, glide: str | None = None, **fields: Any) -> None:
        """Go to a scene's start, with some of its fields changed."""
        old = self.settings
        new = self.start(name)
        same = {k: getattr(old, k) for k in self.kept if hasattr(old, k) and hasattr(new, k)}
        self.memory.settings = replace(new, **same)
        self.change(glide, **fields)

    def demonstrate(self, name: str, glide: str | None = None, **fields: Any) -> None:
        """Go to a scene and scroll its picture into view."""
        self.to_scene(name, glide, **fields)
        self.memory.reveal = True

    def moved(self, values: dict[str, float], epoch: int) -> None:
        """Hear of a handle's release; one that crossed a change of scene on its way here is void."""
        self.memory.touched = True
        if epoch == self.memory.epoch:
            self.memory.settings = replace(self.settings, **values).snapped()
            self.memory.notes = []

    def stepped(self, step: int) -> None:
        """Hear of the presenter's arrow keys; 0 is Esc."""
        if step == 0:
            link.leave_presenting()
        elif not link.locked("scene"):
            names = list(self.titles)
            self.to_scene(names[(names.index(self.settings.scene) + step) % len(names)])

    def acted(self, values: dict[str, Any]) -> None:
        """Hear of what a panel asked for: a guess, which reveals the answer."""
        self.change(guess=int(np.clip(values.get("guess", 50), 0, 100)), reveal=True)

    def open(self, question: str = "question", lead: str = "lead") -> Any:
        """Write the link, show head and scenes, and return the settings."""
        link.write(self.memory, self.settings.link(), self.parsers)
        head = {"eyebrow": self.text["eyebrow"], "question": self.text[question], "lead": self.text[lead]}
        page_head(head, self.present, self.memory.notes)
        scene_bar(self.titles, self.settings.scene, self.to_scene, self.present)
        return self.settings

    def state(self, **more: Any) -> dict[str, Any]:
        """Return the parts of a Picture that are about the session, not the subject."""
        return {
            "epoch": self.memory.epoch,
            "said": coloured(self.text[f"scene {self.settings.scene}"]),
            "glide": self.memory.glide,
            "reveal": self.memory.reveal,
            "present": self.present,
            "fixed": link.locked("scene"),
        } | more

    def show(self, picture: Picture, handles: Sequence[Handle], films: Mapping[str, Film]) -> None:
        """Show the picture; a glide is shown once."""
        live_chart(picture, handles, films, self.settings.home(), self.key, self.moved, self.stepped, self.acted)
        self.memory.glide, self.memory.reveal = None, False
        time.sleep(_LET_GO)  # lets the server's own thread send the picture before this one takes the interpreter
