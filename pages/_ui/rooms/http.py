"""The class rooms by HTTP: JSON to and fro, from this server's own pages only.

    POST /class/rooms                    -> {"code", "secret"}
    POST /class/rooms/{code}/members     -> {"member": token}; with a token the same seat again
    GET  /class/rooms/{code}/events      -> a line of JSON for every change (told.py), blank lines as heartbeats
    POST /class/rooms/{code}/say         <- {"do": ...}; -> the snapshot after it

Teacher: send {page, query}, freeze {on}, ask {question}, reveal, close, pool, end. Member: guess {value, number?},
leave. Who it is says the header `Authorization: Bearer <secret or token>`, never an address. What is refused is
{"error": words} with a status; 503 is a Redis out of reach.
"""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from functools import cache
from types import FrameType
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from .asked import address, body, credential, from_here
from .refused import Refused
from .room import TEACHER
from .service import Rooms, rooms
from .streams import Changes, Ears, Lines, lines
from .told import Snapshot, no_snapshot, snapshot

HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
T = TypeVar("T")
Answer = Callable[[Request], Awaitable[Response]]


class Desk:
    """Answers requests to some rooms."""

    def __init__(self, rooms: Callable[[], Rooms]) -> None:
        self._rooms = rooms
        self.ears = Ears()

    async def _soon(self, ask: Callable[[], T]) -> T:
        """Return what the rooms answer; a keeper that is far away is asked on a thread, so that the loop goes on."""
        return await asyncio.to_thread(ask) if self._rooms().keeper.far else ask()

    async def open(self, request: Request) -> Response:
        """Open a room."""
        await body(request)
        code, secret = await self._soon(lambda: self._rooms().open(address(request)))
        return JSONResponse({"code": code, "secret": secret}, headers=HEADERS)

    async def join(self, request: Request) -> Response:
        """Take a seat, or the same again."""
        await body(request)
        code = request.path_params["code"]
        token = await self._soon(lambda: self._rooms().join(code, credential(request), address(request)))
        return JSONResponse({"member": token}, headers=HEADERS)

    async def say(self, request: Request) -> Response:
        """Do something in a room."""
        said, code = await body(request), request.path_params["code"]
        told = await self._soon(lambda: self._rooms().say(code, credential(request), said, address(request)))
        return JSONResponse(told, headers=HEADERS)

    async def events(self, request: Request) -> Response:
        """Tell what happens in a room, for as long as somebody listens."""
        code, held, keeper = request.path_params["code"], credential(request), self._rooms().keeper
        who = await self._soon(lambda: self._rooms().listener(code, held, address(request)))

        async def beat() -> None:
            if who == TEACHER:
                await self._soon(lambda: keeper.touch(code))

        async def tell() -> Snapshot:
            try:
                room = keeper.at_hand(code)
                return snapshot(await self._soon(lambda: keeper.get(code)) if room is None else room, who)
            except Refused as refused:
                last = keeper.last(code) if refused.status != 404 else None
                return snapshot(last, who, str(refused)) if last else no_snapshot(str(refused), refused.status == 404)

        async def listen() -> AsyncGenerator[str, None]:
            with self.ears.listening(f"{code} {who}") as end:
                changes = Changes(keeper, code, end)
                try:
                    async with aclosing(lines(changes, tell, beat)) as told:
                        async for line in told:
                            yield line
                finally:
                    changes.leave()

        await beat()
        end_with_server(self.ears)
        # "identity": a compressing middleware would hold lines back; a proxy is told not to either
        return Lines(listen(), {**HEADERS, "Content-Encoding": "identity", "X-Accel-Buffering": "no"})


@cache
def end_with_server(ears: Ears) -> None:
    """End all lines when the server is told to stop: it waits for every response, and these never end by themselves."""
    if threading.current_thread() is not threading.main_thread():
        return
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        before = signal.getsignal(number)

        def stop(number: int, frame: FrameType | None, before: Any = before) -> None:
            loop.call_soon_threadsafe(ears.end_all)
            before(number, frame)

        if callable(before):
            signal.signal(number, stop)


def _refusing(answer: Answer) -> Answer:
    async def answered(request: Request) -> Response:
        try:
            from_here(request)
            return await answer(request)
        except Refused as refused:
            return JSONResponse({"error": str(refused)}, refused.status, headers=HEADERS)

    return answered


def routes(desk: Desk | None = None) -> list[BaseRoute]:
    """Return the routes of the class rooms: of this server's, without another desk."""
    desk, room = desk or Desk(rooms), "/class/rooms/{code}"
    return [
        Route("/class/rooms", _refusing(desk.open), methods=["POST"]),
        Route(f"{room}/members", _refusing(desk.join), methods=["POST"]),
        Route(f"{room}/events", _refusing(desk.events), methods=["GET"]),
        Route(f"{room}/say", _refusing(desk.say), methods=["POST"]),
    ]
