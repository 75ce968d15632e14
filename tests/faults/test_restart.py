"""The server is killed while a handle is held, and started again: the page comes back by itself, as its link says."""

from __future__ import annotations

from driver import Server, Visit

LOST = ("WebSocket", "ERR_CONNECTION", "when disconnected from server")
"""What Streamlit writes to the console while it has no server."""


def test_a_server_that_is_killed_and_started_again_during_a_drag(chromium):
    server = Server()
    page = Visit(chromium, server.url, "/theorem?reveal=1&sensitivity=0.86")
    try:
        page.settle()
        handle = page.box(page.handle("prevalence"))
        y = handle["y"] + handle["height"] / 2
        page.page.mouse.move(handle["x"] + handle["width"] * 0.2, y)
        page.page.mouse.down()
        server.stop()
        page.page.mouse.move(handle["x"] + handle["width"] * 0.5, y, steps=4)
        held = page.live("live.positions.prevalence")
        page.wait("document.querySelector('[data-testid=stApp]').dataset.testConnectionState !== 'CONNECTED'")
        page.page.mouse.up()  # nobody hears of it
        assert page.live("live.positions.prevalence") == held  # nor is it taken back

        server = Server(server.port)
        page.wait("document.querySelector('[data-testid=stApp]').dataset.testConnectionState === 'CONNECTED'")
        page.settle()
        assert page.live("live.positions.sensitivity") == 43  # from the link
        page.release("prevalence", 5)
        at = page.live("live.positions.prevalence")
        values = page.live("live.spec.handles.find(h => h.id === 'prevalence').values")
        assert page.js("new URLSearchParams(location.search).get('prevalence')") == f"{values[at]:g}"
        assert page.js("new URLSearchParams(location.search).get('sensitivity')") == "0.86"
        assert [text for text in page.trouble if not any(lost in text for lost in LOST)] == []
    finally:
        page.close()
        server.stop()
