"""One reader in one lesson: the settings as they are now, and how controls, handles and keys change them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from . import drawing, link, own, pinning, staging
from .asking import SKIPPED
from .entry import LONGEST
from .fields import Choice, Handle, fields_of, of
from .probing import Across
from .settings import PageSettings, nearest

TYPED = 500  # ms in which a handle goes to a value that was typed


def _placed(across: Across, x: float | None) -> float | None:
    return None if x is None else across.accept(float(x))


def opened(settings: PageSettings, named: Collection[str]) -> PageSettings:
    """Return a link's settings as a page opens with them, which asks before it shows where it is told to."""
    if asks_first(settings) and not {"guess", "reveal"} & set(named):
        return settings.asked_again()
    return settings


def asks_first(settings: PageSettings) -> bool:
    """Return whether a question is asked before the answer shows: always, or because the link says so."""
    return settings.asking is not None and (settings.asking.always or staging.asked())


@dataclass(frozen=True)
class Stop:
    """A stop on the walk that a presenter's keys take through a page; `go` leads there."""

    name: str
    go: Callable[[], None]


class Visit:
    """What a lesson and its controls do with a reader's settings."""

    def __init__(self, lesson: Any, memory: link.Memory, text: Mapping[str, str]) -> None:
        """Take the lesson's record, what the session remembers of it, and its words."""
        self.lesson, self.memory, self.text = lesson, memory, text
        self.present = staging.presenting()

    def follow(self) -> None:
        """Go to a reader's own data that are new to this page, and away from those that were let go.

        Whoever asks for a scene by a link gets that one.
        """
        if own.is_own(self.settings.scene) and not own.there(self.settings.scene):
            self.memory.settings = self.lesson.at_start()
            self.memory.pins = [
                pin for pin in self.memory.pins if not own.is_own(pin.settings.scene) or own.there(pin.settings.scene)
            ]
            self.memory.epoch += 1
        data = own.current()
        if data is None or self.memory.own == data.token:
            return
        self.memory.own = data.token
        if "scene" not in link.said() and not self.lesson.refuses(data):
            self.to_scene(data.scene)
            self.memory.touched = False  # no control was: the address holds what it held

    @property
    def settings(self) -> Any:
        """Return the settings as they are now."""
        return self.memory.settings

    @property
    def beside(self) -> dict[str, str]:
        """Return what the address says beside the settings."""
        x = self.probe.x
        return ({} if x is None else {"probe": link.as_text(x)}) | pinning.in_link(self.memory.pins)

    @property
    def probe(self) -> link.Probed:
        """Return where the probe stands: nowhere on another axis than the one that it was put on."""
        here = self.memory.probe
        return here if here.across == self.settings.across else link.Probed()

    def _go(self, settings: PageSettings, glide: str | None, ms: int, left: PageSettings | None = None) -> None:
        """Go to settings; `left` are those on the screen, where these are not the ones that a glide leaves from."""
        before = self.settings
        self.memory.settings = self._as_asked(left or before, settings)
        self.memory.notes, self.memory.glide, self.memory.redrawn = [], None, ""
        self.memory.epoch += 1
        self.memory.touched = True
        if glide:
            to = settings.home()[glide]
            at = nearest(settings.positions(glide), getattr(before, glide)) if glide in before.handles else to
            self.memory.glide = {"handle": glide, "from": at, "to": to, "ms": ms}

    def _as_asked(self, before: PageSettings, after: PageSettings) -> PageSettings:
        """Return settings with their question open until it was answered; where it is the same, as it stood before."""
        if after.asked_about == before.asked_about:
            return replace(after, guess=before.guess, reveal=before.reveal)
        closed = asks_first(after) and after.asked_about not in self.memory.answered
        return after.asked_again(open=closed)

    def change(self, glide: str | None = None, ms: int = 1100, **fields: Any) -> None:
        """Go to new settings; a handle named by `glide` travels there before the reader's eyes."""
        self._go(self.settings.changed(**fields), glide, ms)
        self.memory.reveal = "view" in fields  # on a phone its control is far below the picture

    def to_scene(self, name: str, glide: str | None = None, ms: int = 1100, **fields: Any) -> None:
        """Go to a scene's start, with some of its fields changed; what the lesson keeps stays as it is."""
        if self.barred(name, **fields):
            return
        old, new = self.settings, self.lesson.at_start(name)
        held = [k for k in fields_of(old) if staging.locked(k)] if name == old.scene else []
        same = {k: getattr(old, k) for k in (*self.lesson.stays, *held) if hasattr(old, k) and hasattr(new, k)}
        there = replace(new, **same).in_range()  # a glide leaves from where the scene starts
        self.memory.settings = old.carried(there) if type(old) is type(new) else there
        self._go(replace(self.settings, **fields).in_range(), glide, ms, left=old)

    def demonstrate(self, name: str, glide: str | None = None, ms: int = 1100, **fields: Any) -> None:
        """Go to a scene and scroll its picture into view."""
        self.to_scene(name, glide, ms, **fields)
        self.memory.reveal = True

    def barred(self, scene: str, **fields: Any) -> str:
        """Return what keeps a reader from going to a scene with some fields changed: the name of a lock, or nothing.

        A lock holds a field within a scene; another scene begins where it begins, unless `scene` itself is locked.
        """
        if staging.locked("all"):
            return "all"
        if scene != self.settings.scene and staging.locked("scene"):
            return "scene"
        start = self.settings if scene == self.settings.scene else self.lesson.at_start(scene)
        changed = (name for name, value in fields.items() if value != getattr(start, name))
        return next((name for name in changed if staging.locked(name)), "")

    def named(self, lock: str) -> str:
        """Return what a lock holds, as a sentence names it."""
        declared = fields_of(self.settings).get(lock)
        label = of(declared.label, self.settings) if declared else {"scene": "the scene", "all": "everything"}.get(lock)
        words = label if isinstance(label, str) else "".join(label or ())
        return words[:1].lower() + words[1:] or lock

    def moved(self, values: dict[str, float], epoch: int) -> None:
        """Hear of a handle's release; one that crossed a change of scene on its way here is void."""
        self.memory.touched = True
        if epoch == self.memory.epoch:
            free = {name: value for name, value in values.items() if not staging.locked(name)}
            changed = [name for name, value in free.items() if value != getattr(self.settings, name)]
            self.memory.released = changed[0] if len(changed) == 1 else ""
            self.memory.settings = replace(self.settings, **free).in_range()
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

    # ------------------------------------------------------------------------------------------- a presenter's keys
    def stops(self) -> list[Stop]:
        """Return the stops of the walk through this page, in their order: those that the link leaves open."""
        found = []
        for name in self.lesson.titles:
            if not staging.locked("scene"):
                found.append(Stop(name, partial(self.to_scene, name)))
            pins = [pin for pin in self.memory.pins if pin.settings.scene == name and self.reachable(pin)]
            found += [Stop(f"pin {pin.text}", partial(self.to_pin, pin)) for pin in pins]
        return found

    @property
    def stop(self) -> str:
        """Return the name of the stop where the reader is."""
        here = self.pinned_here
        return f"pin {here.text}" if here else str(self.settings.scene)

    def views(self) -> tuple[Any, ...]:
        """Return the views that the page offers now."""
        if self.settings.asks and "view" in self.settings.asking.looks:
            return ()
        rows = self.lesson.controls(self.settings).values()
        declared = fields_of(self.settings).get("view")
        open_ = isinstance(declared, Choice) and any("view" in row for row in rows) and not staging.locked("view")
        return declared.choices(self.settings) if open_ and isinstance(declared, Choice) else ()

    def tries(self) -> list[Callable[[], None]]:
        """Return what the tries do that the link leaves open; none while the reader is asked something."""
        listed = [] if self.settings.asks else self.lesson.tries[self.settings.kind]
        return [partial(self.demonstrate, **one.goal) for one in listed if not self.barred(one.scene, **one.changes)]

    @property
    def offers(self) -> tuple[str, ...]:
        """Return what a presenter's keys may ask for here: what leads nowhere, or is locked, is not offered."""
        stops = [stop.name for stop in self.stops()]
        found = {
            "step": bool({*stops} - {self.stop}),
            "pin": self.pins_more,
            "view": len(self.views()) > 1,
            "try": bool(self.tries()),
        }
        found["guess"] = self.settings.asking is not None and not staging.locked("guess")
        return tuple(do for do, there in found.items() if there)

    def stepped(self, do: str, by: int, epoch: int, at: int) -> None:
        """Hear of a presenter's key that was pressed at a time, in ms.

        `by` counts all presses under the picture of an epoch: of two that are quick, Streamlit may bring only the last,
        or the first once more.
        """
        self.memory.touched = True
        heard = self.memory.pressed
        if at <= heard.at:
            return
        counted = heard.counted if heard.epoch == epoch else {}
        self.memory.pressed = link.Pressed(at, epoch, {**counted, do: by})
        fresh = by - counted.get(do, 0)
        if do == "leave":
            staging.leave_presenting()
        elif do in self.offers and fresh:
            {
                "step": self._walk,
                "pin": lambda _: self.pin(),
                "view": self._look,
                "try": self._try,
                "guess": self._guess,
            }[do](fresh)

    def _walk(self, by: int) -> None:
        stops = self.stops()
        names = [stop.name for stop in stops]
        beside = -1 if by > 0 else 0  # a scene that is locked is no stop itself
        at = names.index(self.stop) if self.stop in names else beside
        stops[(at + by) % len(stops)].go()

    def _look(self, by: int) -> None:
        views = self.views()
        self.change(view=views[(views.index(self.settings.view) + by) % len(views)])

    def _try(self, by: int) -> None:
        tries, (kind, last) = self.tries(), self.memory.tried
        before = last if kind == self.settings.kind else -1 if by > 0 else 0
        at = (before + by) % len(tries)
        tries[at]()
        self.memory.tried = self.settings.kind, at

    def _guess(self, by: int) -> None:
        """Show what a class has guessed aloud, or close the answer and ask."""
        if self.settings.asks:
            self.guessed(None)
        else:
            self.ask()

    # ---------------------------------------------------------------------------------------------------- pins
    @property
    def pinned_here(self) -> pinning.Pin | None:
        """Return the pin that is on screen, if one is."""
        here = pinning.kept(self.settings)
        return next((pin for pin in self.memory.pins if pin.settings == here), None)

    @property
    def pins_more(self) -> bool:
        """Return whether what is on screen can be pinned."""
        pins = self.memory.pins
        if staging.locked("pin") or self.settings.asks or self.pinned_here or len(pins) >= pinning.MOST:
            return False
        return sum(len(pin.text) + 1 for pin in pins) + len(pinning.written(self.settings)) <= pinning.LONGEST

    def reachable(self, pin: pinning.Pin) -> bool:
        """Return whether no lock keeps a reader from going to a pin."""
        names = fields_of(pin.settings)
        return not self.barred(pin.settings.scene, **{name: getattr(pin.settings, name) for name in names})

    def pin(self) -> None:
        """Keep what is on screen, to compare others with it."""
        if self.pins_more:
            self.memory.pins = [*self.memory.pins, pinning.Pin(self.settings)]

    def to_pin(self, pin: pinning.Pin) -> None:
        """Go back to a pin."""
        if self.reachable(pin):
            self._go(pin.settings, None, 0)

    def pinned(self, told: Mapping[str, Any]) -> None:
        """Hear of a pin: `do` is to "pin", to "go" to the one of a `text`, or to "drop" it."""
        self.memory.touched = True
        do, named = told.get("do"), next((pin for pin in self.memory.pins if pin.text == told.get("text")), None)
        if do == "pin" and told.get("epoch") == self.memory.epoch:
            self.pin()
        elif do == "go" and named:
            self.to_pin(named)
        elif do == "drop" and named and not staging.locked("pin"):
            self.memory.pins = [pin for pin in self.memory.pins if pin is not named]

    @property
    def pins_told(self) -> dict[str, Any]:
        """Return what the browser shows of pins, and whether more may be made or unmade."""
        here = self.pinned_here
        told = [
            {"text": pin.text, "words": pinning.label(pin), "here": pin is here, "go": self.reachable(pin)}
            for pin in self.memory.pins
        ]
        return {"open": self.pins_more, "locked": staging.locked("pin"), "list": told}

    def probed(self, told: Mapping[str, Any]) -> None:
        """Hear where the probe was put, in a number or as typed, or that it was put away."""
        self.memory.touched = True
        across, count = self.settings.across, int(told.get("count", 0))
        if across is None or staging.locked("probe") or told.get("epoch") != self.memory.epoch:
            return
        try:
            x = across.typed(str(told["text"])) if told.get("text") else _placed(across, told.get("x"))
        except ValueError as error:
            text = str(told.get("text", ""))[:LONGEST]
            self.memory.probe = link.Probed(self.probe.x, across, text, str(error), count)
            return
        self.memory.probe = link.Probed(x, across, count=count)

    def drew(self, told: Mapping[str, Any]) -> None:
        """Hear of points that a reader drew on the picture."""
        drawing.drew(self, told)

    def acted(self, values: dict[str, Any]) -> None:
        """Hear of what a panel of the picture asks for."""
        if "guess" in values:
            self.guessed(values["guess"])
        elif "again" in values:
            self.ask()
        else:
            self.change(**self.settings.acted(values))

    def guessed(self, guess: Any) -> None:
        """Hear of a guess, None from whoever wants to be shown: it reveals the answer."""
        if not self.settings.asks:
            return
        try:
            after = self.settings.guessed(SKIPPED if guess is None else str(guess))
        except ValueError:
            return  # the browser's form does not send such a one
        self.memory.answered.add(after.asked_about)
        self._go(self.settings, None, 0)
        self.memory.settings = after

    def ask(self) -> None:
        """Close the answer, and ask."""
        self._go(self.settings, None, 0)
        self.memory.settings = self.settings.asked_again()
        self.memory.answered.discard(self.settings.asked_about)

    def state(self, busy: str = "", extra: str = "", said: str = "") -> dict[str, Any]:
        """Return the parts of a Picture that are about the session, not the subject."""
        return {
            "epoch": self.memory.epoch,
            "said": said,
            "glide": self.memory.glide,
            "refused": self.memory.refused,
            "reads": self.probe.told,
            "pins": self.pins_told,
            "draws": drawing.told_of(self),
            "locks": tuple(name for name in self.lesson.lockable if staging.locked(name)),
            "reveal": self.memory.reveal,
            "present": self.present,
            "keys": self.offers if self.present else (),
            "busy": busy,
            "extra": extra,
        }
