"""Whose pages may open a line to this server: its own.

Streamlit decides that too, but for a foreign page it first asks the internet for its own address, on the thread that
serves everybody: where there is no internet, every such request stopped the whole server for two seconds.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import config


class OwnPages:
    """Refuses websockets that another site's page opens, before anybody else looks at them."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before an application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what may come in."""
        if scope["type"] == "websocket":
            headers = Headers(scope=scope)
            if not own(headers.get("origin"), headers.get("host", "")):
                await receive()
                await send({"type": "websocket.close", "code": 1008})
                return
        await self.app(scope, receive, send)


def own(origin: str | None, host: str) -> bool:
    """Return whether a page of this origin may talk to the server that it calls `host`.

    None is what no browser says. Others must be named in `server.corsAllowedOrigins`.
    """
    if origin is None or not config.get_option("server.enableCORS"):
        return True
    allowed = [one.strip().rstrip("/") for one in config.get_option("server.corsAllowedOrigins") or ()]
    return urlsplit(origin).netloc == host or origin in allowed
