"""What the server answers, and hears, besides Streamlit's own pages: plain HTTP routes of ours."""

from __future__ import annotations

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from .listening import Listening
from .operating import access, told, warming
from .operating.origins import OwnPages
from .rooms import http

_FRESH = {"Cache-Control": "no-store"}


async def _ready(request: Request) -> Response:
    """Say whether readers may come: liveness is Streamlit's own /_stcore/health."""
    missing = warming.missing()
    if missing:
        names = ", ".join(f"/{page}" for page in missing)
        return PlainTextResponse(f"warming up: {names}\n", 503, {**_FRESH, "Retry-After": "2"})
    return PlainTextResponse("ready\n", headers=_FRESH)


async def _metrics(request: Request) -> Response:
    """Tell Prometheus, or a person, how this server does."""
    if not access.may_see(request):
        return PlainTextResponse("Not found\n", 404, _FRESH)
    if request.url.path == "/status":
        return PlainTextResponse(told.for_a_person(), headers=_FRESH)
    return Response(told.for_prometheus(), media_type=CONTENT_TYPE_LATEST, headers=_FRESH)


def routes() -> list[BaseRoute]:
    """Return all routes of ours."""
    return [Route("/ready", _ready), Route("/metrics", _metrics), Route("/status", _metrics), *http.routes()]


def middleware() -> list[Middleware]:
    """Return what stands before all that the server answers."""
    return [Middleware(OwnPages), Middleware(Listening)]
