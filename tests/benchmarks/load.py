"""A class at work: readers let go of handles, and this tells how long each waited, and what it took.

    python tests/benchmarks/load.py --sessions 60 --every 2 --page /posterior --seconds 60 --own-seeds
    python tests/benchmarks/load.py --sessions 60 --mix closed-form      all lessons whose first scene needs no fit
    python tests/benchmarks/load.py --sessions 60 --mix network:10       ten of them there, the others as --page says

    python tests/benchmarks/load.py --sessions 60 --replicas      before two processes behind the proxy of assets/deploy

It starts a server of its own unless --server gives one (with --pid, or its memory and processor are not told). Readers
wait for their picture before they go on, as people do, not for what follows it (--patient: for that too).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parents[1])]

from benchmarks.watching import Watch, quantiles
from client import Move, Reader, Trouble
from driver import Server
from lessons import DOORS, LESSONS, address
from processes import Processes
from replicas import Proxy, Replicas, redis

from pages._ui.fields import fields_of

REST = 11.0  # seconds: a server gives memory back once it was at rest for two looks of five

FITS = ("neural/regression", "neural/methods", "neural/images", "trust/classes", "trust/uncertainty")
"""Doors whose first scene is answered by a fit; all others have an answer in closed form, or by a sum."""
ALIASES = {"network": "neural/regression", "linear": "linear/posterior"}
assert {*FITS, *ALIASES.values()} <= {*DOORS}


@dataclass
class Heard:
    """What all readers saw."""

    moves: list[Move] = field(default_factory=list)
    joins: list[Move] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    came_back: int = 0


def path_of(door: str, seed: int | None) -> str:
    """Return the link to a lesson's first scene with its answer in sight, on a reader's own data."""
    settings = LESSONS[door].at_start("")
    query = ["reveal=1"] if settings.asks else []
    if seed is not None and "seed" in fields_of(settings):
        query.append(f"seed={seed}")
    return address(door) + ("?" + "&".join(query) if query else "")


def door_of(name: str) -> str:
    """Return the door that a name, or an address, means.

    >>> door_of("network"), door_of("/posterior")
    ('neural/regression', 'linear/posterior')
    """
    name = ALIASES.get(name, name.strip("/"))
    return next(door for door in LESSONS if name in (door, address(door).strip("/")))


def seats(sessions: int, mix: str, page: str) -> Iterator[str]:
    """Yield the door of every reader.

    >>> list(seats(4, "network:1,updating:2", "/posterior"))
    ['neural/regression', 'bayes/updating', 'bayes/updating', 'linear/posterior']
    """
    named = [one.rpartition(":") for one in mix.split(",")] if ":" in mix else []
    first = [door_of(name) for name, _, count in named for _ in range(int(count))]
    rest = [door for door in LESSONS if mix == "all" or (mix == "closed-form" and door not in FITS)] or [door_of(page)]
    yield from first[:sessions]
    yield from (rest[at % len(rest)] for at in range(sessions - len(first)))


async def student(reader: Reader, heard: Heard, until: float, wanted: argparse.Namespace) -> None:
    """Come in within the first pause, let go of handles until the end, and now and then leave and come back."""
    chance, clock = reader.chance, asyncio.get_running_loop().time
    await asyncio.sleep(chance.uniform(0, max(wanted.every, wanted.arrive)))
    while clock() < until:
        try:
            heard.joins.append(await reader.join())
            await _releases(reader, heard, until, wanted)
        except (Trouble, OSError) as trouble:
            heard.errors.append(str(trouble))
            await asyncio.sleep(wanted.every)
        finally:
            await reader.leave()
        heard.came_back += clock() < until


async def _releases(reader: Reader, heard: Heard, until: float, wanted: argparse.Namespace) -> None:
    chance, clock = reader.chance, asyncio.get_running_loop().time
    due = clock() + chance.uniform(0, wanted.every)
    while due < until and chance.random() >= wanted.leave:
        await asyncio.sleep(max(0.0, due - clock()))
        heard.moves.append(await reader.release())
        if wanted.patient:
            await reader.rest()
        if chance.random() < wanted.leave:  # the line drops, and the tab takes the same session up again
            await reader.leave()
            heard.joins.append(await reader.join(session=reader.session))
            heard.came_back += 1
        pause = chance.expovariate(1 / wanted.every) if wanted.pauses == "exponential" else wanted.every
        due = max(due + pause, clock())
    if due >= until:
        await asyncio.sleep(max(0.0, until - clock()))


async def _seen(heard: Heard, watch: Watch, settle: float) -> None:
    """Look at the server from when the class is at work; what was until then does not count."""
    await asyncio.sleep(settle)
    for seen in (heard.moves, heard.joins):
        seen.clear()
    await watch.look()


async def lesson(url: str, watch: Watch, wanted: argparse.Namespace) -> Heard:
    """Let all readers work for a while."""
    heard, chance = Heard(), random.Random(wanted.seed)
    doors = list(seats(wanted.sessions, wanted.mix, wanted.page))
    paths = [path_of(door, chance.randrange(1, 900) if wanted.own_seeds else None) for door in doors]
    readers = [
        Reader(url, path, random.Random(chance.random()), additional_headers={"Cookie": f"bayes_seat={seat}"})
        for seat, path in enumerate(paths)
    ]
    until = asyncio.get_running_loop().time() + wanted.settle + wanted.seconds
    watching = asyncio.create_task(_seen(heard, watch, wanted.settle))
    try:
        await asyncio.gather(*(student(reader, heard, until, wanted) for reader in readers))
    finally:
        watching.cancel()
    heard.errors += [error for reader in readers for error in reader.errors if error not in heard.errors]
    return heard


def summary(heard: Heard, watch: Watch, wanted: argparse.Namespace) -> dict[str, Any]:
    """Return the numbers of a run. A follow-up that a reader's next release cut off waited at least that long."""
    moves = heard.moves
    followed = [move.follow for move in moves if move.follow is not None]
    cut = [wanted.every for move in moves if move.follow is None]
    bands = [move.band for move in moves if move.band is not None]
    return {
        "releases": len(moves),
        "a second": round(len(moves) / wanted.seconds, 1),
        "picture, s": quantiles([move.picture for move in moves if move.picture is not None]),
        "first band, s": quantiles(bands) if any(move.band != move.picture for move in moves) else None,
        "follow-ups, s": quantiles(followed + cut),
        "follow-ups cut off by the next release": len(cut),
        "kB a release": quantiles([move.heard / 1000 for move in moves]),
        "opened": len(heard.joins),
        "open to picture, s": quantiles([move.picture for move in heard.joins if move.picture is not None]),
        "came back": heard.came_back,
        "errors": len(heard.errors),
        **watch.told(len(moves)),
    }


def arguments(given: list[str] | None = None) -> argparse.Namespace:
    """Return what the command line asks for."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--sessions", type=int, default=60)
    ask.add_argument("--every", type=float, default=2.0, help="seconds between a reader's releases")
    ask.add_argument("--pauses", choices=("fixed", "exponential"), default="fixed")
    ask.add_argument("--page", default="/posterior")
    ask.add_argument("--mix", default="", help="closed-form, all, or network:10,updating:5 (the others: --page)")
    ask.add_argument("--seconds", type=float, default=60.0)
    ask.add_argument("--arrive", type=float, default=5.0, help="seconds over which readers come in")
    ask.add_argument("--settle", type=float, default=0.0, help="seconds at the beginning that do not count")
    ask.add_argument("--leave", type=float, default=0.01, help="odds, at a release, to leave and come back")
    ask.add_argument("--own-seeds", action="store_true", help="every reader has data of their own")
    ask.add_argument("--patient", action="store_true", help="readers wait for what follows as well")
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--server", default="", help="an address; without it a server is started")
    ask.add_argument("--pid", type=int, default=0, help="the process of that server")
    ask.add_argument("--port", type=int, default=0, help="the port of the server that is started")
    ask.add_argument("--replicas", action="store_true", help="two processes behind nginx, as assets/deploy has them")
    ask.add_argument("--ahead", action="store_true", help="before all else on a busy machine (Linux, as root)")
    ask.add_argument("--json", default="", help="a file for the numbers and every move")
    return ask.parse_args(given)


@contextmanager
def served(wanted: argparse.Namespace) -> Iterator[tuple[str, list[int]]]:
    """Yield a server's address, and its processes as far as they are known."""
    if wanted.server:
        yield wanted.server, [wanted.pid] if wanted.pid else []
        return
    if not wanted.replicas:
        server = Server(wanted.port, BAYES_SPARE="40")
        try:
            yield server.url, [server.process.pid]
        finally:
            server.stop()
        return
    processes = Processes()
    with TemporaryDirectory() as folder:
        try:
            replicas = Replicas(processes, redis(processes, Path(folder)))
            proxy = Proxy(processes, Path(folder), replicas.ports, "/_stcore/health")
            yield proxy.url, [one.pid for one in replicas.running]
        finally:
            processes.stop()


def main() -> None:
    wanted = arguments()
    with served(wanted) as (url, pids):
        watch = Watch(*pids)
        if wanted.ahead:
            go_ahead(*pids)
        asyncio.run(warm(url))
        heard = asyncio.run(lesson(url, watch, wanted))
    told = summary(heard, watch, wanted)
    for name, value in told.items():
        print(f"{name:42} {value}")
    for error in sorted({error[:300] for error in heard.errors})[:10]:
        print("ERROR", error)
    if wanted.json:
        moves = [asdict(move) for move in heard.moves]
        Path(wanted.json).write_text(json.dumps({"wanted": vars(wanted), "told": told, "moves": moves}))


def go_ahead(*pids: int) -> None:
    """Ask the kernel to serve a server, and this tool, before all else on the machine (Linux, as root)."""
    for one in (*pids, os.getpid()):
        Path(f"/proc/{one}/autogroup").write_text("-18")


async def warm(url: str) -> None:
    """Open a page, once at every replica: the first visit of a process imports; then let it come to rest."""
    for seat in "abcdef":
        async with Reader(url, "/posterior", additional_headers={"Cookie": f"bayes_seat={seat}"}) as reader:
            await reader.rest()
    await asyncio.sleep(REST)


if __name__ == "__main__":
    main()
