"""What a browser may say over Streamlit's websocket; whoever says anything else is hung up on.

Streamlit also knows messages of developers: one empties the caches of all readers, others write files for coding
assistants or ask for the repository. It takes them from anybody who connects.
"""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

SAID = {"rerun_script", "stop_script", "app_heartbeat", "file_urls_request", "backend_operation_request"}
ASKED = {"deferred_file", "dataframe_chunk"}
"""What a `backend_operation_request` may ask for."""
_UNSUPPORTED, _UNWANTED = 1003, 1008  # RFC 6455, 7.4.1


def refused(data: bytes | None) -> int:
    """Return the code with which a connection that said this is closed; 0 where it may say so.

    >>> refused(BackMsg(clear_cache=True).SerializeToString()), refused(None), refused(b"hello")
    (1008, 1003, 1003)
    """
    if data is None:  # text
        return _UNSUPPORTED
    try:
        message = BackMsg.FromString(data)
    except Exception:  # protobuf's own error, whatever its class: these are no message
        return _UNSUPPORTED
    kind = message.WhichOneof("type")
    if kind == "backend_operation_request":
        return 0 if message.backend_operation_request.WhichOneof("payload") in ASKED else _UNWANTED
    return 0 if kind in SAID else _UNWANTED


class Listening:
    """Middleware around all websockets."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before an application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what may be said."""

        async def heard() -> Message:
            message = await receive()
            code = refused(message.get("bytes")) if message["type"] == "websocket.receive" else 0
            if not code:
                return message
            await send({"type": "websocket.close", "code": code})
            return {"type": "websocket.disconnect", "code": code}

        await self.app(scope, heard if scope["type"] == "websocket" else receive, send)
