"""A class room of sixty over the real server: how long a question, the guesses and the reveal take to reach all.

    python tests/benchmarks/bench_rooms.py --members 60 --rounds 10
    python tests/benchmarks/bench_rooms.py --port 8501 --pid 1234      a server that runs already, perhaps at work

Each member and the teacher listen on a line of their own, as browsers do. Told is the time from the teacher's word (or
the first of all members' guesses, sent within --spread seconds) until the last line has heard of it, and the server's
seconds of processor for all of it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parents[1])]

from driver import Server

RATE = {"kind": "number", "text": "P(ill | positive)?", "low": 0, "high": 100, "unit": "%", "answer": 9}


@dataclass
class Person:
    """Somebody in the room, who listens."""

    port: int
    code: str
    credential: str
    told: dict[str, Any] = field(default_factory=dict)
    lines: int = 0

    async def listen(self, heard: asyncio.Condition) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        path = f"/class/rooms/{self.code}/events"
        writer.write(f"GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {self.credential}\r\n\r\n".encode())
        try:
            async for line in reader:
                if line.startswith(b"{"):
                    self.told, self.lines = json.loads(line), self.lines + 1
                    async with heard:
                        heard.notify_all()
        finally:
            writer.close()

    async def say(self, do: str, **said: Any) -> Any:
        return await post(self.port, f"/{self.code}/say", {"do": do, **said}, self.credential)


async def post(port: int, path: str, said: Any = None, credential: str = "") -> Any:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    body = json.dumps(said or {}).encode()
    head = f"POST /class/rooms{path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {credential}\r\nConnection: close\r\n"
    head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    writer.write(head.encode() + body)
    answer = await reader.read()
    writer.close()
    status, told = int(answer.split(b" ", 2)[1]), json.loads(answer.partition(b"\r\n\r\n")[2])
    assert status == 200, (status, told)
    return told


async def until(heard: asyncio.Condition, true: Callable[[], bool]) -> float:
    async with heard:
        await asyncio.wait_for(heard.wait_for(true), 60)
    return time.monotonic()


async def lesson(port: int, members: int, rounds: int, spread: float, seconds: Callable[[], float]) -> None:
    opened = await post(port, "")
    code, heard = opened["code"], asyncio.Condition()
    teacher = Person(port, code, opened["secret"])
    tokens = [(await post(port, f"/{code}/members"))["member"] for _ in range(members)]
    people = [Person(port, code, token) for token in tokens]
    listening = [asyncio.create_task(one.listen(heard)) for one in (teacher, *people)]
    await until(heard, lambda: all(one.told for one in (teacher, *people)))
    waits: dict[str, list[float]] = {"a question reaches all": [], "all guesses are shown": [], "the reveal": []}
    before = seconds()

    async def guess(one: Person) -> None:
        await asyncio.sleep(random.uniform(0, spread))
        await one.say("guess", value=random.randint(0, 100))

    for number in range(1, rounds + 1):
        begun = time.monotonic()
        await teacher.say("ask", question=RATE)
        end = await until(
            heard, lambda n=number: all((one.told["question"] or {}).get("number") == n for one in people)
        )
        waits["a question reaches all"].append(end - begun)
        begun = time.monotonic()
        await asyncio.gather(*(guess(one) for one in people))
        end = await until(heard, lambda: len(teacher.told["guesses"]) == members)
        waits["all guesses are shown"].append(end - begun - spread)
        begun = time.monotonic()
        await teacher.say("reveal")
        end = await until(heard, lambda: all(len(one.told["guesses"]) == members for one in people))
        waits["the reveal"].append(end - begun)
    for what, times in waits.items():
        print(f"{what}: median {statistics.median(times):.3f} s, longest {max(times):.3f} s")
    lines = sum(one.lines for one in (teacher, *people)) / rounds
    print(f"server: {(seconds() - before) / rounds:.3f} s of processor a round, {lines:.0f} lines a round")
    await teacher.say("end")
    await asyncio.gather(*listening)


def processor(pid: int) -> float:
    """Return the seconds of processor that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def main() -> None:
    """Measure a lesson."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--members", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--spread", type=float, default=0.5, help="seconds within which all guess")
    parser.add_argument("--port", type=int, help="of a server that runs already, perhaps under load, with its --pid")
    parser.add_argument("--pid", type=int)
    chosen = parser.parse_args()
    if chosen.port:
        asyncio.run(lesson(chosen.port, chosen.members, chosen.rounds, chosen.spread, lambda: processor(chosen.pid)))
        return
    server = Server()
    try:
        spent = lambda: processor(server.process.pid)  # noqa: E731
        asyncio.run(lesson(server.port, chosen.members, chosen.rounds, chosen.spread, spent))
        own = resource.getrusage(resource.RUSAGE_SELF)
        print(f"this client: {own.ru_utime + own.ru_stime:.2f} s of processor in all")
    finally:
        server.stop()


if __name__ == "__main__":
    main()
