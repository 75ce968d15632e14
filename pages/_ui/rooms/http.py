"""The class rooms by HTTP: JSON to and fro, from this server's own pages only.

    POST /class/rooms                    -> {"code", "secret"}
    POST /class/rooms/{code}/members     -> {"member": token}; with a token the same seat again
    GET  /class/rooms/{code}/events      -> a line of JSON for every change (told.py), blank lines as heartbeats
    POST /class/rooms/{code}/say         <- {"do": ...}; -> the snapshot after it

Teacher: send {page, query}, freeze {on}, ask {question}, reveal, close, pool, end. Member: guess {value, number?},
leave. Who it is says the header `Authorization: Bearer <secret or token>`, never an address. What is refused is
{"error": words} with a status.
"""

from __future__ import annotations

import asyncio
import ipaddress
import json
import os
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from .refused import Refused, shown
from .room import TEACHER
from .service import rooms
from .streams import lines
from .told import Snapshot, snapshot

MOST_BYTES = 4096
PROXIED = "BAYES_PROXIED"
HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
T = TypeVar("T")


async def _soon(ask: Callable[[], T]) -> T:
    """Return what the rooms answer; a keeper that is far away is asked on a thread, so that the loop goes on."""
    return await asyncio.to_thread(ask) if rooms().keeper.slow else ask()


async def _open(request: Request) -> Response:
    await _body(request)
    code, secret = await _soon(lambda: rooms().open(address(request)))
    return JSONResponse({"code": code, "secret": secret}, headers=HEADERS)


async def _join(request: Request) -> Response:
    await _body(request)
    code = request.path_params["code"]
    token = await _soon(lambda: rooms().join(code, credential(request), address(request)))
    return JSONResponse({"member": token}, headers=HEADERS)


async def _say(request: Request) -> Response:
    said, code = await _body(request), request.path_params["code"]
    told = await _soon(lambda: rooms().say(code, credential(request), said, address(request)))
    return JSONResponse(told, headers=HEADERS)


async def _events(request: Request) -> Response:
    code, held = request.path_params["code"], credential(request)
    _, who = await _soon(lambda: rooms().known(code, held, address(request)))
    keeper = rooms().keeper

    async def beat() -> None:
        if who == TEACHER:
            await _soon(lambda: keeper.touch(code))

    async def tell() -> Snapshot:
        return snapshot(await _soon(lambda: keeper.get(code)), who)

    await beat()
    # "identity": a compressing middleware would hold lines back; a proxy is told not to either
    headers = {**HEADERS, "Content-Encoding": "identity", "X-Accel-Buffering": "no"}
    return StreamingResponse(lines(keeper, code, tell, beat), media_type="application/x-ndjson", headers=headers)


async def _body(request: Request) -> Mapping[str, Any]:
    """Return the JSON object that was posted, or {} for nothing; raises Refused for any other."""
    text = b""
    async for part in request.stream():
        text += part
        if len(text) > MOST_BYTES:
            raise Refused(f"More than {MOST_BYTES} bytes were sent: send less, a shorter text or state.", 413)
    if not text:
        return {}
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
        raise Refused("What was sent is not called JSON: send application/json.")
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        raise Refused("What was sent is no JSON: send an object such as {“do”: …}.") from None
    if not isinstance(said, dict):
        raise Refused(f"{shown(said)} was sent: an object such as {{“do”: …}} is needed.")
    return said


def credential(request: Request) -> str:
    """Return the secret or token that a request carries in its header, or ""."""
    kind, _, held = request.headers.get("authorization", "").partition(" ")
    return held.strip()[:200] if kind.lower() == "bearer" else ""


def address(request: Request) -> str:
    """Return the address that a request is counted by; where a proxy stands in front, the one that it names.

    It is believed only where BAYES_PROXIED=1 says that there is one. uvicorn has replaced the address by the proxy's
    word already if that stands on this machine, which shows in a port of 0.
    """
    host, port = request.client or ("", 0)
    believed, named = os.environ.get(PROXIED) == "1", request.headers.get("x-forwarded-for", "")
    if port == 0 and named:
        return _counted(host) if believed else "a proxy"
    if believed and named and _near(host):
        return _counted(named.rsplit(",", 1)[-1].strip())
    return _counted(host)


def _near(host: str) -> bool:
    try:
        one = ipaddress.ip_address(host)
    except ValueError:
        return False
    return one.is_loopback or one.is_private


def _counted(host: str) -> str:
    """Return an address as it is counted: whoever has one of IPv6 has the 64 bits below it, too."""
    try:
        one = ipaddress.ip_address(host)
    except ValueError:
        return host[:60]
    return str(ipaddress.ip_network((one, 64), strict=False)) if one.version == 6 else host


def _own(request: Request) -> None:
    """Refuse what another site's page sent."""
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site", "same-origin")
    here = request.headers.get("host", "")
    if site not in ("same-origin", "none") or (origin is not None and urlsplit(origin).netloc != here):
        raise Refused("A page of another address asked: rooms answer this server's own pages only.", 403)


def _answered(answer: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    async def answered(request: Request) -> Response:
        try:
            _own(request)
            return await answer(request)
        except Refused as refused:
            return JSONResponse({"error": str(refused)}, refused.status, headers=HEADERS)

    return answered


def routes() -> list[BaseRoute]:
    """Return the routes of the class rooms."""
    return [
        Route("/class/rooms", _answered(_open), methods=["POST"]),
        Route("/class/rooms/{code}/members", _answered(_join), methods=["POST"]),
        Route("/class/rooms/{code}/events", _answered(_events), methods=["GET"]),
        Route("/class/rooms/{code}/say", _answered(_say), methods=["POST"]),
    ]
