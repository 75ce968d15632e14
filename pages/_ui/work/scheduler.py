"""One scheduler for the whole server: every session's run has a place in one line (`waiting.py`), or is at work.

    with SCHEDULER.run(session, check) as run:     a run; it begins as the *picture* that a reader waits for
        run.becomes(Kind.FOLLOW)                   the picture is sent: what follows it waits for its turn
        run.pause()                                between two steps: gives way to whoever is better entitled
        with run.aside(): ...                      waiting for somebody else's work takes up nobody's place

All sessions share one interpreter lock, so that sixty runs at once are sixty slow ones. `check` raises where a session
no longer wants its run; whoever waits is told to ask (`moved_on`), and leaves no place taken. No Streamlit here.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from .waiting import Kind, Line, Place

LOOK = 0.05  # seconds between looks of those who wait, at what time alone changes; of many each looks less often
_LOOKERS = 4
_SPARE_SECONDS = 40.0  # of what nobody asked for, that a view may cause where its reader is alone
_measures: dict[str, Callable[[], int]] = {}


@dataclass(frozen=True)
class Count:
    """How many of a kind wait and work now, how long the oldest waits, and what all turns have come to."""

    waiting: int = 0
    at_work: int = 0
    oldest_wait: float = 0.0
    turns: int = 0
    wait_seconds: float = 0.0
    work_seconds: float = 0.0


@dataclass(frozen=True)
class Status:
    """What an operator sees: sessions present, each kind of work, turns that were given up, and what is held."""

    sessions: int
    pictures: Count
    follow: Count
    spare: Count
    dropped: int
    held: dict[str, int] = field(default_factory=dict)


@dataclass
class _Sums:
    turns: int = 0
    waited: float = 0.0
    worked: float = 0.0


class Run:
    """The work of one thread for one session."""

    def __init__(self, scheduler: Scheduler, session: str, check: Callable[[], None]) -> None:
        """Begin without a place."""
        self.scheduler, self.session, self.check = scheduler, session, check
        self.news = threading.Event()  # its turn has come, or its session has moved on
        self.place: Place | None = None
        self.cpu = 0.0
        self.asked, self.on = scheduler.clock(), False  # when it was asked for; whether it had a turn after its picture
        self.notes: dict[str, Any] = {}  # what was looked up once for the whole run

    @property
    def kind(self) -> Kind | None:
        """Return what it works on now, None where it rests."""
        return self.place.kind if self.place else None

    def becomes(self, kind: Kind, patience: float = float("inf")) -> bool:
        """Go on as work of a kind when its turn has come; return whether it came within so many seconds."""
        if self.kind is kind:
            return True
        self.rest()
        self.place = self.scheduler.take(self, kind, patience)
        self.cpu = self.scheduler.cpu()
        self.on = self.on or self.kind is Kind.FOLLOW
        return self.place is not None

    def rest(self) -> None:
        """Give its place to others.

        The price of a turn is its thread's processor time, or half of how long it took: whoever lets other threads
        work, as jax does, has little time of its own.
        """
        place, self.place = self.place, None
        if place is not None:
            self.scheduler.give(place, self.scheduler.cpu() - self.cpu)

    def linger(self, seconds: float) -> None:
        """Do nothing for a while, or until the session moves on."""
        self.news.clear()
        self.check()
        self.news.wait(seconds)

    def pause(self) -> None:
        """Hear whether the session has moved on, and let others go first who are better entitled."""
        self.check()
        place, cpu = self.place, self.scheduler.cpu()
        if place is None:
            return
        began = place.began
        if not self.scheduler.goes_on(place, cpu - self.cpu):
            self.rest()
            self.becomes(place.kind)
        elif place.began != began:
            self.cpu = cpu

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Take up no place while somebody else works for this run."""
        kind = self.kind
        self.rest()
        try:
            yield
        except Exception:  # an answer that there is none; whatever ends the run needs no place
            self._back(kind)
            raise
        self._back(kind)

    def _back(self, kind: Kind | None) -> None:
        if kind is not None:
            self.becomes(kind)


class Scheduler:
    """The line with its threads. The clocks are handed in, so that tests can turn them."""

    def __init__(
        self,
        line: Line | None = None,
        clock: Callable[[], float] = time.monotonic,
        cpu: Callable[[], float] = time.thread_time,
    ) -> None:
        """Start with nobody in line."""
        self.line, self.clock, self.cpu = line or Line(os.cpu_count() or 1), clock, cpu
        self.lock = threading.Lock()
        self.sums = {kind: _Sums() for kind in Kind}
        self._thread = threading.local()
        self._runs: set[Run] = set()

    @property
    def here(self) -> Run | None:
        """Return the run of this thread, if it has one."""
        run: Run | None = getattr(self._thread, "run", None)
        return run

    @contextmanager
    def run(self, session: str, check: Callable[[], None], kind: Kind = Kind.PICTURE) -> Iterator[Run]:
        """Work for a session on this thread, when its turn has come; a run within another is that one."""
        if self.here is not None:
            yield self.here
            return
        run = Run(self, session, check)
        self._thread.run = run
        with self.lock:
            self._runs.add(run)
        try:
            run.becomes(kind)
            yield run
        finally:
            self._thread.run = None
            run.rest()
            with self.lock:
                self._runs.discard(run)

    def moved_on(self, session: str) -> None:
        """Let the runs of a session ask at once whether they are still wanted."""
        with self.lock:
            for run in self._runs:
                if run.session == session:
                    run.news.set()

    def take(self, run: Run, kind: Kind, patience: float = float("inf")) -> Place | None:
        """Return a place that is at work, when its turn has come; None where it has not within so many seconds.

        Whatever `check` raises leaves nothing behind.
        """
        with self.lock:
            place = self.line.enter(run.session, kind, self.clock(), run.asked, on=run.on)
            until = place.since + patience
            place.wake = run.news.set
            self._call()
        try:
            while True:
                run.news.clear()
                run.check()
                with self.lock:
                    self._call()
                    now = self.clock()
                    if place.began is not None:
                        return place
                    if now >= until:
                        self.line.drop(place, now)
                        return None
                    look = LOOK * max(1.0, len(self.line.waiting) / _LOOKERS)
                run.news.wait(min(look, until - now))
        except BaseException:
            with self.lock:
                self.line.drop(place, self.clock())
                self._call()
            raise

    def give(self, place: Place, cpu: float) -> None:
        """End a turn that took so much processor time of its thread."""
        with self.lock:
            now = self.clock()
            self.line.end(place, now, self._price(place, cpu, now))
            self.sums[place.kind].worked += max(cpu, 0.0)
            self._call()

    def goes_on(self, place: Place, cpu: float) -> bool:
        """Return whether a turn may go on between two of its steps."""
        with self.lock:
            now, began = self.clock(), place.began
            stays = self.line.goes_on(place, now, self._price(place, cpu, now))
            if place.began != began:
                self.sums[place.kind].worked += cpu
            self._call()
            return stays

    def _price(self, place: Place, cpu: float, now: float) -> float:
        return max(cpu, (now - (place.began or now)) / 2)

    def _call(self) -> None:
        now = self.clock()
        while (place := self.line.call(now)) is not None:
            sums = self.sums[place.kind]
            sums.turns += 1
            sums.waited += max(0.0, now - place.since)
            place.wake()

    # -------------------------------------------------------------------------------------------- what there is to see
    def idle(self) -> bool:
        """Return whether nobody is at work just now."""
        with self.lock:
            return not self.line.working

    def turns(self) -> int:
        """Return how many turns there were."""
        with self.lock:
            return sum(sums.turns for sums in self.sums.values())

    def crowded(self) -> bool:
        """Return whether somebody waits for a picture."""
        with self.lock:
            return any(place.kind is Kind.PICTURE for place in self.line.waiting)

    def spare_seconds(self) -> float:
        """Return for how long a view may go on with what nobody asked for; BAYES_SPARE says it for tests."""
        with self.lock:
            crowd = self.line.crowd(self.clock())
        return float(os.environ.get("BAYES_SPARE", _SPARE_SECONDS)) / max(1, crowd)

    def status(self) -> Status:
        """Return what there is to see."""
        held = {name: measure() for name, measure in _measures.items()}
        with self.lock:
            now = self.clock()
            counts = {kind: self._count(kind, now) for kind in Kind}
            crowd, dropped = self.line.crowd(now), self.line.dropped
        return Status(crowd, counts[Kind.PICTURE], counts[Kind.FOLLOW], counts[Kind.SPARE], dropped, held)

    def _count(self, kind: Kind, now: float) -> Count:
        waits = [now - place.since for place in self.line.waiting if place.kind is kind]
        at_work = sum(place.kind is kind for place in self.line.working)
        sums = self.sums[kind]
        return Count(len(waits), at_work, max(waits, default=0.0), sums.turns, sums.waited, sums.worked)


SCHEDULER = Scheduler()


def measured(name: str, measure: Callable[[], int]) -> None:
    """Let a count be part of the status: bytes of shared results, sizes compiled."""
    _measures[name] = measure


def status() -> Status:
    """Return what an operator sees of this server."""
    return SCHEDULER.status()
