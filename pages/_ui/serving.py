"""What the server answers besides Streamlit's own pages: plain HTTP routes of ours."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route


async def _ready(request: Request) -> Response:
    return PlainTextResponse("ready")


def routes() -> list[BaseRoute]:
    """Return all routes of ours."""
    return [Route("/ready", _ready)]
