"""What the server answers, and hears, besides Streamlit's own pages: plain HTTP routes of ours."""

from __future__ import annotations

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from . import warming
from .listening import Listening
from .rooms import http

_FRESH = {"Cache-Control": "no-store"}


async def _ready(request: Request) -> Response:
    """Say whether readers may come: liveness is Streamlit's own /_stcore/health."""
    missing = warming.missing()
    if missing:
        names = ", ".join(f"/{page}" for page in missing)
        return PlainTextResponse(f"warming up: {names}\n", 503, {**_FRESH, "Retry-After": "2"})
    return PlainTextResponse("ready\n", headers=_FRESH)


def routes() -> list[BaseRoute]:
    """Return all routes of ours."""
    return [Route("/ready", _ready), *http.routes()]


def middleware() -> list[Middleware]:
    """Return what stands before all that the server answers."""
    return [Middleware(Listening)]
