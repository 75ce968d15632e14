"""What is read of a request to a class room: its JSON, its credential, the address that it is counted by."""

from __future__ import annotations

import ipaddress
import json
import os
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request

from .refused import Refused, shown

MOST_BYTES = 4096
PROXIED = "BAYES_PROXIED"


async def body(request: Request) -> Mapping[str, Any]:
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


def from_here(request: Request) -> None:
    """Refuse what another site's page sent: a browser says so, and nobody else has its readers' credentials."""
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site", "same-origin")
    if site not in ("same-origin", "none") or (origin is not None and not _same(origin, request)):
        raise Refused("A page of another address asked: rooms answer this server's own pages only.", 403)


def _same(origin: str, request: Request) -> bool:
    try:
        return urlsplit(origin).netloc == request.headers.get("host", "") != ""
    except ValueError:
        return False


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
