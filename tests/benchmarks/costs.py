"""What one release costs, page by page: the numbers that .github/PLANNING.md and simulate.py reckon with.

    python tests/benchmarks/costs.py                         every lesson, every handle of its first scene
    python tests/benchmarks/costs.py posterior updating      those alone; the others stay as they were measured
    python tests/benchmarks/costs.py --ahead                 before all else on a busy machine (Linux, as root)

One reader at a time, on data of their own, lets go of each handle in turn; the server's processor time is read when the
picture is here, when all that follows is here, and when the server has come to rest. Kept in costs.json.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
from pathlib import Path
from statistics import mean
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parents[1])]

from benchmarks.load import FITS, door_of, go_ahead, path_of, warm
from benchmarks.watching import memory, processor
from client import Reader
from driver import Server
from lessons import LESSONS

FILE = Path(__file__).with_name("costs.json")
ROUNDS, SEEDS = 4, 2
STILL, LOOK, PATIENCE = 0.003, 0.2, 20.0  # at rest: less than STILL seconds of processor in LOOK seconds


async def at_rest(pid: int) -> float:
    """Return the processor time of a server once it does nothing any more."""
    before, waited = processor(pid), 0.0
    while waited < PATIENCE:
        await asyncio.sleep(LOOK)
        waited, now = waited + LOOK, processor(pid)
        if now - before < STILL:
            break
        before = now
    return now


async def of_reader(reader: Reader, pid: int, rounds: int) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return what a reader's opening of a page took, and each of their releases."""
    start = await at_rest(pid)
    opened = await reader.join()
    await reader.rest()
    now = await at_rest(pid)
    opening = {"opening": now - start, "opening_kB": reader.heard / 1000, "opening_s": opened.picture}
    moves = []
    for _ in range(rounds):
        for handle in [name for name, values in reader.handles.items() if len(values) > 1]:
            start = await at_rest(pid)
            move = await reader.release(handle)
            pictured = processor(pid)
            await reader.rest()
            followed = processor(pid)
            rested = await at_rest(pid)
            moves.append(
                {
                    "handle": handle,
                    "picture": pictured - start,
                    "follow": followed - pictured,
                    "after": rested - followed,
                    "picture_s": move.picture,
                    "follow_s": move.follow,
                    "kB": move.heard / 1000,
                }
            )
    return opening, moves


async def of_page(url: str, pid: int, door: str) -> dict[str, Any]:
    """Return the mean costs of a page's releases, and its dearest handle."""
    openings, moves, chance = [], [], random.Random(door)
    held = memory(pid)
    for _ in range(SEEDS):
        reader = Reader(url, path_of(door, chance.randrange(1, 900)), chance)
        try:
            opening, made = await of_reader(reader, pid, 1 if door in FITS else ROUNDS)
        finally:
            await reader.leave()
        openings.append(opening)
        moves += made
    whole = {
        handle: mean(sum(m[k] for k in PARTS) for m in moves if m["handle"] == handle) for handle in handles(moves)
    }
    return {
        **{name: round(mean(move[name] for move in moves), 4) for name in (*PARTS, "picture_s", "follow_s", "kB")},
        **{name: round(mean(opening[name] for opening in openings), 4) for name in openings[0]},
        "releases": len(moves),
        "dearest": max(whole, key=lambda handle: whole[handle]),
        "dearest_s": round(max(whole.values()), 4),
        "grown_MB": round(memory(pid) - held, 1),
    }


PARTS = ("picture", "follow", "after")


def handles(moves: list[dict[str, Any]]) -> list[str]:
    return list(dict.fromkeys(move["handle"] for move in moves))


def table(costs: dict[str, Any]) -> str:
    """Return the costs as rows of a Markdown table."""
    rows = ["| page | picture, ms | follows, ms | later, ms | kB | dearest handle, ms | opening, ms | opening, kB |"]
    rows.append("|---|---|---|---|---|---|---|---|")
    for door, one in costs.items():
        ms = [round(1000 * one[name]) for name in PARTS]
        rows.append(
            f"| {door} | {ms[0]} | {ms[1]} | {ms[2]} | {one['kB']:.0f} | {one['dearest']} {1000 * one['dearest_s']:.0f} |"
            f" {1000 * one['opening']:.0f} | {one['opening_kB']:.0f} |"
        )
    return "\n".join(rows)


async def measure(server: Server, doors: list[str]) -> dict[str, Any]:
    known = json.loads(FILE.read_text()) if FILE.exists() else {}
    await warm(server.url)
    for door in doors:
        try:
            known[door] = await of_page(server.url, server.process.pid, door)
        except Exception as error:  # one page that fails must not lose the others' numbers
            print(door, "FAILED", error, flush=True)
            continue
        FILE.write_text(json.dumps({door: known[door] for door in LESSONS if door in known}, indent=1) + "\n")
        print(table({door: known[door]}).splitlines()[-1], flush=True)
    return json.loads(FILE.read_text())


def main() -> None:
    doors = [door_of(name) for name in sys.argv[1:] if name != "--ahead"] or list(LESSONS)
    server = Server(BAYES_SPARE="40")
    try:
        if "--ahead" in sys.argv:
            go_ahead(server.process.pid)
        costs = asyncio.run(measure(server, doors))
    finally:
        server.stop()
    print(table(costs))
    closed = [one for door, one in costs.items() if door not in FITS]
    print("closed-form, mean of pages:", {name: round(mean(one[name] for one in closed), 3) for name in (*PARTS, "kB")})


if __name__ == "__main__":
    main()
