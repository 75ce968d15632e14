"""A reader without a browser: it speaks Streamlit's websocket as a tab does, at little cost, so that hundreds fit.

    async with Reader("http://127.0.0.1:8501", "/posterior?seed=7") as reader:
        move = await reader.release("width")        # ends with the picture
        await reader.rest()                         # ends with what follows it
        print(move.picture, move.follow, move.heard)

It keeps messages by their hash and tells the server which it has, so that its bytes are a browser's.
"""

from __future__ import annotations

import asyncio
import json
import random
import socket
import struct
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.BidiComponent_pb2 import BidiComponent
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from bayes_core.figures.packing import named, opened

SUCCESSFULLY = ForwardMsg.FINISHED_SUCCESSFULLY
FAILED = ForwardMsg.FINISHED_WITH_COMPILE_ERROR
PICTURE, FOLLOWS, STILL, FILM = "bayes_live", "bayes_more", "bayes_still", "bayes_film"
HANDLES: dict[str, dict[str, list[float]]] = {}
"""Handles and their values by the name of the still that tells them, for all readers of this process."""


@dataclass
class Move:
    """What came of a release, or of opening a page: seconds since it was sent, and bytes.

    `picture` is the picture's own message, `band` the first that shows an answer (later where a fit is under way),
    `last` what came last of what follows, `follow` the last element of a run that came to its end, on which a page may
    go on in silence, with what there turns out to be no time for.
    """

    home: Mapping[str, int] | None
    at: float
    picture: float | None = None
    band: float | None = None
    last: float | None = None
    follow: float | None = None
    heard: int = 0
    heard_before: int = 0

    def since(self) -> float:
        return time.perf_counter() - self.at


@dataclass
class Kept:
    """A message that the browser has, and the run in which it last saw it."""

    told: Told
    seen: int


@dataclass(frozen=True)
class Told:
    """What of an element a reader minds: which component it is, and what it says."""

    kind: str
    id: str = ""
    header: Mapping[str, Any] = field(default_factory=dict)
    parts: tuple[str, ...] = ()


class Trouble(Exception):
    """A page that failed, or a server that hung up."""


def told_by(message: ForwardMsg) -> Told:
    """Return what an element says."""
    element = message.delta.new_element
    kind = str(element.WhichOneof("type"))
    if kind == "bidi_component":
        return _told_by_component(element.bidi_component)
    if kind == "exception":
        return Told("error", header={"text": f"{element.exception.type}: {element.exception.message}"})
    if kind == "alert" and element.alert.format == element.alert.ERROR:
        return Told("error", header={"text": element.alert.body})
    return Told(kind)


def _told_by_component(component: BidiComponent) -> Told:
    name, data = component.component_name, component.bytes
    if name in (PICTURE, FOLLOWS):
        return Told(name, component.id, header_of(data))
    if name in (STILL, FILM):
        if name == STILL and named(data) not in HANDLES:
            told = json.loads(opened(data))
            HANDLES[named(data)] = {one["id"]: one["values"] for one in told["handles"] if not one["locked"]}
        return Told(name, component.id, parts=(named(data),))
    return Told(name, component.id)


def header_of(letter: bytes) -> dict[str, Any]:
    """Return the header of a letter, as `bayes_core.figures.packing.letter` writes it."""
    (length,) = struct.unpack_from("<I", letter)
    return json.loads(zlib.decompress(letter[4 : 4 + length]))


class Reader:
    """One tab: a connection, the page that it is on, and what it has been told."""

    def __init__(
        self, url: str, path: str = "/", chance: random.Random | None = None, pace: float = 0.0, **options: Any
    ) -> None:
        """Take the server, a path with its query, and how many bytes a second it reads (0: whatever comes)."""
        self.url, self.pace, self.options = url.rstrip("/"), pace, options
        self.page, self.query = urlsplit(path).path.strip("/"), urlsplit(path).query
        self.chance = chance or random.Random()
        self.wire: ClientConnection | None = None
        self.hearing: asyncio.Task[None] | None = None
        self.session = ""
        self.heard = 0
        self.runs = self.finished = 0
        self.errors: list[str] = []
        self._forget()

    def _forget(self) -> None:
        """Begin as a tab that was just opened."""
        self.hash, self.kept, self.age = "", {}, 2
        self.kept: dict[str, Kept]
        self.parts: set[str] = set()
        self.live = Told("")
        self.count, self.latest = 0, 0.0
        self.move = Move(None, time.perf_counter())
        self.news = asyncio.Event()

    # --------------------------------------------------------------------------------------------------- connection
    async def __aenter__(self) -> Reader:
        await self.join()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.leave()

    async def join(self, wait: float = 60.0, session: str = "") -> Move:
        """Open the page, and wait for its picture; with a session go on with that one, as after a lost connection."""
        await self.connect(session)
        self._send({})
        await self.picture(wait)
        return self.move

    async def connect(self, session: str = "") -> None:
        """Open the connection alone."""
        self._forget()
        told = ["streamlit", *(["PLACEHOLDER_AUTH_TOKEN", session] if session else [])]
        origin = {"origin": self.url} | self.options
        if self.pace:
            slow = socket.socket()
            slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)  # less than a segment would stall it for long
            slow.connect((urlsplit(self.url).hostname, urlsplit(self.url).port or 80))
            origin |= {"sock": slow, "max_queue": 4}
        address = self.url.replace("http", "ws", 1) + "/_stcore/stream"
        self.wire = await connect(address, subprotocols=told, max_size=None, ping_interval=None, **origin)
        self.hearing = asyncio.create_task(self._hear())

    async def leave(self) -> None:
        """Close the tab: what it has not read yet, it will not read."""
        wire, self.wire = self.wire, None
        if wire and (self.pace or not self.hearing or self.hearing.done()):
            wire.transport.abort()
        if wire:
            await wire.close()  # while it is read to its end: a line that nobody reads cannot be closed in order
        if self.hearing:
            self.hearing.cancel()
            await asyncio.gather(self.hearing, return_exceptions=True)
            self.hearing = None

    # ------------------------------------------------------------------------------------------------------- saying
    def message(self, widgets: Mapping[str, Any]) -> bytes:
        """Return what asks for a run of the page, with the state of the picture."""
        message = BackMsg()
        run = message.rerun_script
        run.query_string, run.page_script_hash = self.query, self.hash
        run.page_name = "" if self.hash else self.page
        run.cached_message_hashes.extend(self.kept)
        run.context_info.url = f"{self.url}/{self.page}"
        run.context_info.timezone = "UTC"
        for name, value in widgets.items():
            run.widget_states.widgets.add(id=name, json_value=json.dumps(value))
        return message.SerializeToString()

    def _send(self, widgets: Mapping[str, Any], home: Mapping[str, int] | None = None) -> None:
        self.move = Move(home, time.perf_counter(), heard_before=self.heard)
        self.news.clear()
        self._sending = asyncio.ensure_future(self._sent(self.message(widgets)))

    async def _sent(self, data: bytes) -> None:
        assert self.wire
        try:
            await self.wire.send(data)
        except ConnectionClosed as closed:
            self._fail(f"closed: {closed}")

    @property
    def handles(self) -> Mapping[str, list[float]]:
        """The handles under the picture, with their values."""
        return HANDLES[self.live.header["still"]]

    def moved(self, **positions: int) -> dict[str, Any]:
        """Return the state of a picture whose handles stand where they do, but for these."""
        home = {**self.live.header["home"], **positions}
        values = {name: self.handles[name][at] for name, at in home.items() if name in self.handles}
        self.count += 1
        return {self.live.id: {"moved": {**values, "epoch": self.live.header["epoch"], "count": self.count}}}

    async def release(self, handle: str = "", position: int | None = None, wait: float = 60.0) -> Move:
        """Let go of a handle at a position, anywhere else where none is given, and wait for the picture."""
        handles, home = self.handles, dict(self.live.header["home"])
        handle = handle or self.chance.choice([name for name in handles if len(handles[name]) > 1])
        others = [at for at in range(len(handles[handle])) if at != home[handle]]
        home[handle] = self.chance.choice(others) if position is None else position
        self._send(self.moved(**{handle: home[handle]}), home)
        await self.picture(wait)
        return self.move

    # ------------------------------------------------------------------------------------------------------ waiting
    async def picture(self, wait: float = 60.0) -> None:
        """Wait until the picture of the last move is here."""
        await self._until(lambda: self.move.picture is not None, wait, "picture")

    async def rest(self, wait: float = 120.0) -> None:
        """Wait until all that follows the picture is here."""
        await self._until(lambda: self.move.follow is not None, wait, "end of what follows")

    async def _until(self, there: Any, wait: float, what: str) -> None:
        try:
            async with asyncio.timeout(wait):
                while not there():
                    if self.errors:
                        raise Trouble(self.errors[-1])
                    self.news.clear()
                    await self.news.wait()
        except TimeoutError:
            here = {name: self.live.header.get(name) for name in ("home", "epoch", "busy")}
            self._fail(f"no {what} of {self.move.home} within {wait:g} s, but {here} after {self.finished} runs")
            raise Trouble(self.errors[-1]) from None

    def _fail(self, text: str) -> None:
        self.errors.append(f"/{self.page}?{self.query}: {text}")
        self.news.set()

    # ------------------------------------------------------------------------------------------------------ hearing
    async def _hear(self) -> None:
        wire = self.wire
        assert wire
        try:
            async for data in wire:
                if self.pace:
                    await asyncio.sleep(len(data) / self.pace)
                self._take(data if isinstance(data, bytes) else data.encode())
            text = "the server closed the connection"
        except ConnectionClosed as closed:
            text = f"closed: {closed}"
        except Exception as error:  # a message that is not understood: whoever waits for it must hear of it
            text = f"{type(error).__name__}: {error}"
        if self.wire is wire:  # the tab is still there
            self._fail(text)

    def _take(self, data: bytes) -> None:
        self.heard += len(data)
        message = ForwardMsg.FromString(data)
        kind = message.WhichOneof("type")
        self.move.heard = self.heard - self.move.heard_before
        if kind in ("delta", "ref_hash"):
            self.latest = self.move.since()
        if kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            told = told_by(message)
            if message.metadata.cacheable:  # one that it has counts as used, too
                self.kept.setdefault(message.hash, Kept(told, self.runs)).seen = self.runs
            self._mind(told)
        elif kind == "ref_hash":
            if message.ref_hash not in self.kept:
                self._fail(f"the server named a message that this tab does not have: {message.ref_hash}")
                return
            kept = self.kept[message.ref_hash]
            kept.seen = self.runs
            self._mind(kept.told)
        elif kind == "new_session":
            self.session = message.new_session.initialize.session_id or self.session
            self.age = message.new_session.config.max_cached_message_age
        elif kind == "navigation":
            self.hash = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "script_finished":
            self._end(message.script_finished)

    def _end(self, status: int) -> None:
        """Hear that a run ended: what was not seen for too long is forgotten, as the browser does it."""
        self.finished += 1
        if status != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            self.runs += 1
            self.kept = {name: one for name, one in self.kept.items() if self.runs - one.seen <= self.age}
        if status == FAILED:
            self._fail("the script failed")
        if status == SUCCESSFULLY and self.move.picture is not None:
            self.move.follow = self.latest
        self.news.set()

    def _mind(self, told: Told) -> None:
        """Hear an element."""
        move = self.move
        if told.kind == "error":
            self._fail(told.header["text"])
        self.parts.update(told.parts)
        if told.kind == PICTURE:
            missing = {told.header["still"], *(film["id"] for film in told.header["films"])} - self.parts
            if missing:
                self._fail(f"the picture names parts that did not come: {missing}")
            self.live = told
            if move.picture is None and move.home in (None, told.header["home"]):
                move.picture = move.since()
                move.band = None if told.header["busy"] else move.picture
                self.news.set()
        if told.kind == FOLLOWS and told.header["stamp"] == self.live.header.get("stamp"):
            move.last = move.since()
            shows = any(film["part"] == "answer" for film in told.header["films"])
            move.band = move.last if move.band is None and shows else move.band
