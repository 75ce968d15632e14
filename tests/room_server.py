"""The rooms behind a real uvicorn on loopback, without the pages, and a client that speaks plain HTTP to them."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Callable

import uvicorn
from processes import until
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

from pages._ui.rooms import http as answers
from pages._ui.rooms.service import Rooms


class Served:
    """A server of some rooms, on a thread of its own; compressing, as Streamlit's is."""

    def __init__(self, rooms: Rooms) -> None:
        self.rooms = rooms
        self.desk = answers.Desk(lambda: self.rooms)
        app = Starlette(routes=answers.routes(self.desk), middleware=[Middleware(GZipMiddleware, 100)])
        config = uvicorn.Config(app, "127.0.0.1", 0, log_level="debug", access_log=True, lifespan="off")
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()
        until(lambda: self.server.started)
        self.port = self.server.servers[0].sockets[0].getsockname()[1]

    def post(self, path: str, said=None, credential: str = "", raw: bytes | None = None, **headers: str):
        """Return the status and the JSON of an answer."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        sent = raw if raw is not None else json.dumps(said).encode() if said is not None else b""
        named = {"Content-Type": "application/json"} if sent else {}
        try:
            line.request("POST", f"/class/rooms{path}", sent, self._headers(credential, {**named, **headers}))
            answer = line.getresponse()
            self.headers = dict(answer.getheaders())
            return answer.status, json.loads(answer.read())
        finally:
            line.close()

    def open(self) -> tuple[str, str]:
        _, told = self.post("")
        return told["code"], told["secret"]

    def join(self, code: str) -> str:
        return self.post(f"/{code}/members")[1]["member"]

    def say(self, code: str, credential: str, do: str, **said):
        return self.post(f"/{code}/say", {"do": do, **said}, credential)

    def listen(self, code: str, credential: str) -> Listener:
        return Listener(self.port, code, self._headers(credential, {"Accept-Encoding": "gzip"}))

    def _headers(self, credential: str, others: dict[str, str]) -> dict[str, str]:
        named = {name.replace("_", "-"): value for name, value in others.items()}
        return {**({"Authorization": f"Bearer {credential}"} if credential else {}), **named}

    def stop(self) -> None:
        self.server.force_exit = self.server.should_exit = True
        self.thread.join(10)


class Listener:
    """One who reads the events of a room, when told to."""

    def __init__(self, port: int, code: str, headers: dict[str, str]) -> None:
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=12)  # less than between two heartbeats
        self.line.request("GET", f"/class/rooms/{code}/events", headers=headers)
        self.answer = self.line.getresponse()

    def next(self) -> dict | None:
        """Return the next snapshot; None at the end."""
        end = time.monotonic() + 20
        while line := self.answer.readline():
            if line.strip():
                return json.loads(line)
            assert time.monotonic() < end, "nothing but heartbeats came"
        return None

    def until(self, true: Callable[[dict], object]) -> dict:
        """Return the first snapshot of which something is so."""
        while (told := self.next()) is not None:
            if true(told):
                return told
        raise AssertionError("the line ended before")

    def heartbeat(self) -> bytes:
        return self.answer.readline()

    def close(self) -> None:
        self.answer.close()
        self.line.close()
