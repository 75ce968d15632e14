"""One reader in one lesson: the settings as they are now, and how controls, handles and keys change them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from . import link, staging
from .fields import Handle, fields_of
from .settings import PageSettings, nearest

TYPED = 500  # ms in which a handle goes to a value that was typed


class Visit:
    """What a lesson and its controls do with a reader's settings."""

    def __init__(self, lesson: Any, memory: link.Memory, text: Mapping[str, str]) -> None:
        """Take the lesson's record, what the session remembers of it, and its words."""
        self.lesson, self.memory, self.text = lesson, memory, text
        self.present = staging.presenting()

    @property
    def settings(self) -> Any:
        """Return the settings as they are now."""
        return self.memory.settings

    def _go(self, settings: PageSettings, glide: str | None, ms: int) -> None:
        before = self.settings
        self.memory.settings = settings
        self.memory.notes, self.memory.glide = [], None
        self.memory.epoch += 1
        self.memory.touched = True
        if glide:
            to = settings.home()[glide]
            at = nearest(settings.positions(glide), getattr(before, glide)) if glide in before.handles else to
            self.memory.glide = {"handle": glide, "from": at, "to": to, "ms": ms}

    def change(self, glide: str | None = None, ms: int = 1100, **fields: Any) -> None:
        """Go to new settings; a handle named by `glide` travels there before the reader's eyes."""
        self._go(self.settings.changed(**fields), glide, ms)

    def to_scene(self, name: str, glide: str | None = None, ms: int = 1100, **fields: Any) -> None:
        """Go to a scene's start, with some of its fields changed; what the lesson keeps stays as it is."""
        old, new = self.settings, self.lesson.at_start(name)
        same = {k: getattr(old, k) for k in self.lesson.stays if hasattr(old, k) and hasattr(new, k)}
        there = replace(new, **same).in_range()  # a glide leaves from where the scene starts
        self.memory.settings = old.carried(there) if type(old) is type(new) else there
        self._go(replace(self.settings, **fields).in_range(), glide, ms)

    def demonstrate(self, name: str, glide: str | None = None, ms: int = 1100, **fields: Any) -> None:
        """Go to a scene and scroll its picture into view."""
        self.to_scene(name, glide, ms, **fields)
        self.memory.reveal = True

    def moved(self, values: dict[str, float], epoch: int) -> None:
        """Hear of a handle's release; one that crossed a change of scene on its way here is void."""
        self.memory.touched = True
        if epoch == self.memory.epoch:
            self.memory.settings = replace(self.settings, **values).in_range()
            self.memory.notes = []

    def typed(self, handle: str, text: str, values: dict[str, float], epoch: int) -> None:
        """Hear of a value that was typed while the handles stood at `values`; a refused one is told with the reason."""
        self.moved(values, epoch)
        if epoch != self.memory.epoch or handle not in self.settings.handles or staging.locked(handle):
            return
        declared = fields_of(self.settings)[handle]
        assert isinstance(declared, Handle)
        try:
            value = declared.typed(self.settings, handle, text)
        except ValueError as error:
            self.memory.refused = {"handle": handle, "text": text, "why": str(error)}
            return
        self.change(glide=handle, ms=TYPED, **{handle: value})

    def stepped(self, step: int) -> None:
        """Hear of the presenter's arrow keys; 0 is Esc."""
        if step == 0:
            staging.leave_presenting()
        elif not staging.locked("scene"):
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
            "refused": self.memory.refused,
            "reveal": self.memory.reveal,
            "present": self.present,
            "fixed": staging.locked("scene"),
            "busy": busy,
            "extra": extra,
        }
