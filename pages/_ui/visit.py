"""One reader in one lesson: the settings as they are now, and how controls, handles and keys change them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from . import link
from .settings import PageSettings


class Visit:
    """What a lesson and its controls do with a reader's settings."""

    def __init__(self, lesson: Any, memory: link.Memory, text: Mapping[str, str]) -> None:
        """Take the lesson's record, what the session remembers of it, and its words."""
        self.lesson, self.memory, self.text = lesson, memory, text
        self.present = link.presenting()

    @property
    def settings(self) -> Any:
        """Return the settings as they are now."""
        return self.memory.settings

    def _go(self, settings: PageSettings, glide: str | None, ms: int) -> None:
        before = self.settings.home()
        self.memory.settings = settings
        self.memory.notes, self.memory.glide = [], None
        self.memory.epoch += 1
        self.memory.touched = True
        if glide:
            to = settings.home()[glide]
            self.memory.glide = {"handle": glide, "from": before.get(glide, to), "to": to, "ms": ms}

    def change(self, glide: str | None = None, ms: int = 1100, **fields: Any) -> None:
        """Go to new settings; a handle named by `glide` travels there before the reader's eyes."""
        self._go(self.settings.changed(**fields), glide, ms)

    def to_scene(self, name: str, glide: str | None = None, ms: int = 1100, **fields: Any) -> None:
        """Go to a scene's start, with some of its fields changed; what the lesson keeps stays as it is."""
        old, new = self.settings, self.lesson.at_start(name)
        same = {k: getattr(old, k) for k in self.lesson.stays if hasattr(old, k) and hasattr(new, k)}
        there = replace(new, **same).snapped()  # a glide leaves from where the scene starts
        self.memory.settings = old.carried(there) if type(old) is type(new) else there
        self._go(replace(self.settings, **fields).snapped(), glide, ms)

    def demonstrate(self, name: str, glide: str | None = None, ms: int = 1100, **fields: Any) -> None:
        """Go to a scene and scroll its picture into view."""
        self.to_scene(name, glide, ms, **fields)
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
            names = list(self.lesson.scenes)
            self.to_scene(names[(names.index(self.settings.scene) + step) % len(names)])

    def acted(self, values: dict[str, Any]) -> None:
        """Hear of what a panel of the picture asks for: a guess, which reveals the answer."""
        self.change(**self.settings.acted(values))

    def state(self, busy: str = "", extra: str = "", said: str = "") -> dict[str, Any]:
        """Return the parts of a Picture that are about the session, not the subject."""
        return {
            "epoch": self.memory.epoch,
            "said": said,
            "glide": self.memory.glide,
            "reveal": self.memory.reveal,
            "present": self.present,
            "fixed": link.locked("scene"),
            "busy": busy,
            "extra": extra,
        }
