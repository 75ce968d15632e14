"""A class of any size, reckoned: events one after the other, from what a release was measured to cost (costs.json).

    python tests/benchmarks/simulate.py --sessions 60 600 6000 --page linear
    python tests/benchmarks/simulate.py --sessions 60 --mix closed-form --replicas 2 --cores 4

A replica is one process: some cores, of which one at a time runs Python (the interpreter lock); numpy and jax let go of
it for a share of their time. Readers belong to one replica, so one is reckoned, with its share of the readers.
"""

from __future__ import annotations

import argparse
import heapq
import json
import math
import random
import sys
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parents[1])]

from benchmarks.watching import quantiles

CROWD = 3.2
"""How many times as much a release takes at sixty readers as its picture takes alone: turns of what follows are in it."""
LET_GO = 0.05  # seconds that a run sleeps after its picture (pages/_ui/lesson.py)


@dataclass(frozen=True)
class Cost:
    """Seconds of processor that a release takes: for its picture, and for what follows it; `held`: under the lock."""

    picture: float
    follow: float = 0.0
    held: float = 1.0


@dataclass(frozen=True)
class Replica:
    """One process: what it runs on, and how it shares that.

    Whoever is at work is asked to step aside after a `quantum`. With `ranked`, background never goes before a picture;
    `pictures` are worked on at once, the others wait in line, as pages/_ui/work/waiting.py has it.
    """

    cores: int = 2
    locks: int = 1
    quantum: float = 0.005
    ranked: bool = True
    pictures: int = 2


@dataclass(frozen=True)
class Habit:
    """How readers behave: seconds between releases, drawn anew each time or always the same; for how long."""

    every: float = 2.0
    seconds: float = 60.0
    pause: Callable[[random.Random, float], float] = lambda chance, every: every
    work: Callable[[random.Random, float], float] = lambda chance, seconds: seconds
    warm: float = 5.0
    waits: bool = True
    """Whether a reader waits for the picture before the next release; else releases come whatever the server does."""
    from_picture: bool = False
    """Whether a pause begins when the picture is there, not at the release before."""


@dataclass(eq=False)
class Job:
    """What is to be done for a reader: the rest of a picture or of what follows, in turns under the lock and not."""

    reader: Reader
    picture: bool
    left: float
    held: float
    begun: float
    under: bool = True
    dropped: bool = False


@dataclass(eq=False)
class Reader:
    """One reader: what their releases cost, when the next is due, and what still follows the last picture."""

    cost: Cost
    due: float = 0.0
    follows: Job | None = None


@dataclass
class Seen:
    """What readers waited for, and how long the replica was at work."""

    pictures: list[float] = field(default_factory=list)
    follows: list[float] = field(default_factory=list)
    cut: int = 0
    worked: float = 0.0
    seconds: float = 0.0
    releases: int = 0

    def told(self, every: float) -> dict[str, Any]:
        """Return the numbers that load.py prints, of the same names."""
        return {
            "a second": round(self.releases / self.seconds, 1),
            "picture, s": quantiles(self.pictures),
            "follow-ups, s": quantiles(self.follows + [every] * self.cut),
            "follow-ups cut off by the next release": self.cut,
            "cores": round(self.worked / self.seconds, 2),
        }


class House:
    """The events of one replica."""

    def __init__(self, replica: Replica, habit: Habit, seed: int) -> None:
        self.replica, self.habit, self.chance = replica, habit, random.Random(seed)
        self.events: list[tuple[float, int, Callable[[], None]]] = []
        self.order = 0
        self.cores, self.locks = replica.cores, replica.locks
        self.ready: dict[tuple[bool, bool], deque[Job]] = {
            (a, b): deque() for a in (True, False) for b in (True, False)
        }
        self.line: deque[Job] = deque()
        self.places = replica.pictures if replica.ranked else sys.maxsize
        self.now, self.seen = 0.0, Seen(seconds=habit.seconds)

    def at(self, when: float, do: Callable[[], None]) -> None:
        self.order += 1
        heapq.heappush(self.events, (when, self.order, do))

    def run(self, costs: Sequence[Cost]) -> Seen:
        """Let readers come in within the first pause, and work until the end."""
        for cost in costs:
            reader = Reader(cost, self.chance.uniform(0, self.habit.every))
            self.at(reader.due, lambda reader=reader: self.release(reader))
        end = self.habit.warm + self.habit.seconds
        while self.events and self.events[0][0] < end:
            self.now, _, do = heapq.heappop(self.events)
            do()
        return self.seen

    # ----------------------------------------------------------------------------------------------------- readers
    @property
    def counts(self) -> bool:
        return self.now >= self.habit.warm

    def release(self, reader: Reader) -> None:
        """A reader lets go: what still follows the last picture is no longer wanted."""
        if reader.follows is not None:
            reader.follows.dropped, reader.follows = True, None
            self.seen.cut += self.counts
        self.seen.releases += self.counts
        work = self.habit.work(self.chance, reader.cost.picture)
        self.line.append(Job(reader, True, work, reader.cost.held, self.now))
        self.call()
        if not self.habit.waits:
            self.next(reader)

    def next(self, reader: Reader) -> None:
        since = self.now if self.habit.from_picture else reader.due
        reader.due = max(since + self.habit.pause(self.chance, self.habit.every), self.now)
        self.at(reader.due, lambda: self.release(reader))

    def done(self, job: Job) -> None:
        """A picture is there, or all that follows one."""
        waited, reader = self.now - job.begun, job.reader
        if not job.picture:
            reader.follows = None
            if self.counts:
                self.seen.follows.append(waited)
            return
        self.places += 1
        self.call()
        if self.counts:
            self.seen.pictures.append(waited)
        if reader.cost.follow:
            work = self.habit.work(self.chance, reader.cost.follow)
            follows = reader.follows = Job(reader, False, work, reader.cost.held, job.begun)
            self.at(self.now + LET_GO, lambda: self.admit(follows))
        if self.habit.waits:
            self.next(reader)

    # --------------------------------------------------------------------------------------------------- processor
    def call(self) -> None:
        """Let pictures begin, in the order in which they were asked for."""
        while self.line and self.places:
            self.places -= 1
            self.admit(self.line.popleft())

    def admit(self, job: Job) -> None:
        """Put a job in its queue, at the end of it."""
        if not job.dropped:
            self.ready[job.picture or not self.replica.ranked, job.under].append(job)
        self.start()

    def start(self) -> None:
        """Give free cores to whoever is first: pictures before the rest, and under the lock only if it is free."""
        while self.cores:
            job = next((self.ready[key].popleft() for key in self.ready if self.ready[key] and self.may(key[1])), None)
            if job is None:
                return
            if job.dropped:
                continue
            share = job.held if job.under else 1 - job.held
            size = (
                min(self.replica.quantum, job.left) * share if math.isfinite(self.replica.quantum) else job.left * share
            )
            self.cores -= 1
            self.locks -= job.under
            self.at(self.now + size, lambda job=job, size=size: self.pause(job, size))

    def may(self, under: bool) -> bool:
        return self.locks > 0 or not under

    def pause(self, job: Job, size: float) -> None:
        """A job has had its turn: it goes on after the others of its kind."""
        self.cores += 1
        self.locks += job.under
        self.seen.worked += size * self.counts
        ends = not job.under or job.held == 1
        job.under = not job.under if job.held < 1 else True
        if ends:
            job.left -= min(self.replica.quantum, job.left)
        if ends and job.left <= 1e-12:
            self.done(job)
            self.start()
        else:
            self.admit(job)


def reckon(costs: Sequence[Cost], replica: Replica = Replica(), habit: Habit = Habit(), seed: int = 1) -> Seen:
    """Return what these readers of one replica wait for."""
    return House(replica, habit, seed).run(costs)


def enough(costs: Callable[[int], list[Cost]], sessions: int, replica: Replica, habit: Habit, most: float) -> int:
    """Return how many replicas keep 95 % of pictures within `most` seconds."""
    fewest = 1
    while True:
        each = math.ceil(sessions / fewest)
        times = reckon(costs(each), replica, habit).pictures
        if times and (quantiles(times) or {})["p95"] <= most:
            return fewest
        fewest = max(fewest + 1, math.ceil(fewest * 1.15))


def measured(mix: str, page: str, held: float, crowd: float = CROWD) -> Callable[[int], list[Cost]]:
    """Return what the releases of n readers cost, as costs.json has it."""
    from benchmarks.costs import FILE
    from benchmarks.load import seats

    known = json.loads(FILE.read_text())

    def costs(readers: int) -> list[Cost]:
        pages = (known[door] for door in seats(readers, mix, page))
        return [Cost(crowd * one["picture"], crowd * one["follow"], held) for one in pages]

    return costs


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--sessions", type=int, nargs="+", default=[60, 600, 6000])
    ask.add_argument("--page", default="linear")
    ask.add_argument("--mix", default="")
    ask.add_argument("--every", type=float, default=2.0)
    ask.add_argument("--pauses", choices=("fixed", "exponential"), default="fixed")
    ask.add_argument("--cores", type=int, default=2)
    ask.add_argument("--held", type=float, default=0.9, help="share of the processor time under the interpreter lock")
    ask.add_argument("--crowd", type=float, default=CROWD, help="times as much as costs.json says")
    ask.add_argument("--replicas", type=int, default=0, help="0: as many as keep 95 %% of pictures within --within")
    ask.add_argument("--within", type=float, default=0.15)
    ask.add_argument("--unranked", action="store_true", help="background beside pictures, not after them")
    wanted = ask.parse_args()
    habit = Habit(wanted.every)
    if wanted.pauses == "exponential":
        habit = replace(habit, pause=lambda chance, every: chance.expovariate(1 / every))
    replica, costs = (
        Replica(wanted.cores, ranked=not wanted.unranked),
        measured(wanted.mix, wanted.page, wanted.held, wanted.crowd),
    )
    for sessions in wanted.sessions:
        replicas = wanted.replicas or enough(costs, sessions, replica, habit, wanted.within)
        each = math.ceil(sessions / replicas)
        print(f"{sessions} readers, {replicas} replicas of {wanted.cores} cores, {each} readers each")
        for name, value in reckon(costs(each), replica, habit).told(wanted.every).items():
            print(f"    {name:42} {value}")


if __name__ == "__main__":
    main()
