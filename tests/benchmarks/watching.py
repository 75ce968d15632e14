"""What a process takes while it serves: processor time, memory, and how much the machine's others took."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

TICK, PAGE = os.sysconf("SC_CLK_TCK"), os.sysconf("SC_PAGE_SIZE")


def quantiles(values: Sequence[float]) -> dict[str, float] | None:
    """Return median, 95 % and largest.

    >>> quantiles([0.1, 0.2, 0.3])
    {'p50': 0.2, 'p95': 0.3, 'max': 0.3}
    """
    ordered = sorted(values)
    if not ordered:
        return None
    at = {"p50": 0.5, "p95": 0.95, "max": 1.0}
    return {name: round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 3) for name, share in at.items()}


def processor(pid: int) -> float:
    """Return the seconds of processor that a process has taken, its ended threads' too, to the nanosecond."""
    return time.clock_gettime((~pid << 3) | 2)  # the kernel's CPU clock of another process (man clock_getcpuclockid)


def memory(pid: int) -> float:
    """Return the megabytes that a process holds."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE / 1e6


def busy() -> float:
    """Return the seconds of processor that the whole machine has taken."""
    user, nice, system, _, _, irq, softirq, *_ = map(int, Path("/proc/stat").read_text().split("\n")[0].split()[1:])
    return (user + nice + system + irq + softirq) / TICK


class Watch:
    """A look at a server's processes every second, and at the time that this process was late by."""

    def __init__(self, *pids: int) -> None:
        self.pids = pids
        self.began = time.perf_counter()
        self.memory: list[tuple[float, float]] = []
        self.late: list[float] = []
        self.threads = 0

    async def look(self) -> None:
        """Look until cancelled."""
        self.began, self.own, self.all = time.perf_counter(), time.process_time(), busy()
        self.server = sum(map(processor, self.pids))
        while True:
            self.memory.append((time.perf_counter() - self.began, sum(map(memory, self.pids))))
            self.threads = max([self.threads, *(len(os.listdir(f"/proc/{pid}/task")) for pid in self.pids)])
            for _ in range(20):
                before = time.perf_counter()
                await asyncio.sleep(0.05)
                self.late.append(time.perf_counter() - before - 0.05)
            self.taken = time.perf_counter() - self.began
            self.now = (sum(map(processor, self.pids)), time.process_time(), busy())

    def told(self, releases: int) -> dict[str, Any]:
        """Return what was seen, per release where that means something."""
        server, own, every = (b - a for a, b in zip((self.server, self.own, self.all), self.now, strict=True))
        seen = {
            "this tool's processor, share of a core": round(own / self.taken, 3),
            "this tool late, s": quantiles(self.late),
            "others on this machine, cores": round((every - server - own) / self.taken, 2),
        }
        if not self.pids:
            return seen
        third = [held for at, held in self.memory if at >= self.taken / 3]
        return seen | {
            "server's processor, s a release": round(server / max(1, releases), 4),
            "server's processor, cores": round(server / self.taken, 2),
            "MB at start, peak, end": [
                round(x) for x in (self.memory[0][1], max(m for _, m in self.memory), third[-1])
            ],
            "growth in the last two thirds, %": round(100 * (third[-1] / third[0] - 1), 1),
            "most threads": self.threads,
        }
