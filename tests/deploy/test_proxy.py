"""The committed proxy before two servers that say what they were told: who sits where, what passes, what is refused."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from processes import Processes
from replicas import Proxy, ask

SCRIPT = b"export const plotly = 1;\n" * 4000


class Told(BaseHTTPRequestHandler):
    """Answers with its number and what it was told; a static file with that file."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        length = int(self.headers.get("Content-Length") or 0)
        self.rfile.read(length)
        heard = {name.lower(): text for name, text in self.headers.items()}
        static = self.path.startswith("/static/")
        body = SCRIPT if static else json.dumps({"at": self.server.server_port, "path": self.path, **heard}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/javascript" if static else "application/json")
        self.send_header("Content-Length", str(len(body)))
        if static:
            self.send_header("Cache-Control", "public, immutable, max-age=31536000")
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_PUT = do_GET

    def log_message(self, *said: object) -> None:
        pass


class House(ThreadingHTTPServer):
    request_queue_size = 500
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Told)
        self.asked: list[str] = []


@pytest.fixture(scope="module")
def houses() -> Iterator[list[House]]:
    both = [House(), House()]
    threads = [threading.Thread(target=house.serve_forever, args=(0.05,)) for house in both]
    for thread in threads:
        thread.start()
    yield both
    for house, thread in zip(both, threads, strict=True):
        house.shutdown()
        thread.join()
        house.server_close()


@pytest.fixture
def proxy(houses, tmp_path) -> Iterator[Proxy]:
    processes = Processes()
    try:
        yield Proxy(processes, tmp_path, [house.server_port for house in houses], "/_stcore/health")
    finally:
        processes.stop()


def heard(proxy, path: str, **headers: str) -> dict[str, str]:
    said = ask(proxy.port, path, **headers)
    assert said.status == 200
    return json.loads(said.body)


def test_a_seat_is_always_at_the_same_replica_and_both_have_some(proxy, houses):
    at = {seat: heard(proxy, "/posterior", cookie=f"bayes_seat={seat}")["at"] for seat in map(str, range(40))}
    assert at == {seat: heard(proxy, "/_stcore/stream", cookie=f"bayes_seat={seat}")["at"] for seat in at}
    assert set(at.values()) == {house.server_port for house in houses}


def test_who_has_no_seat_is_given_one_and_who_has_keeps_it(proxy):
    given = ask(proxy.port, "/").headers["set-cookie"]
    assert given.startswith("bayes_seat=")
    assert given.endswith("Path=/; HttpOnly; SameSite=Lax")
    assert "set-cookie" not in ask(proxy.port, "/", cookie="bayes_seat=7").headers
    # without cookies at all: by address and browser
    assert len({heard(proxy, f"/{k}", user_agent="no cookies")["at"] for k in range(20)}) == 1


def test_the_operators_word_and_false_addresses_do_not_pass(proxy):
    told = heard(proxy, "/posterior", authorization="Bearer word", x_forwarded_for="10.0.0.1", host="here:8080")
    assert "authorization" not in told
    assert (told["x-forwarded-for"], told["host"]) == ("127.0.0.1", "here:8080")
    for path in ("/class/rooms", "/class/rooms/ABCDEF/events"):
        assert heard(proxy, path, authorization="Bearer a-room's")["authorization"] == "Bearer a-room's"
    assert "authorization" not in heard(proxy, "/class/roomsters", authorization="Bearer word")


HIDDEN = (
    "/metrics", "/status", "/ready", "/_stcore/metrics", "/_stcore/script-health-check", "/_stcore/agent/mcp",
    "//metrics", "/%6detrics", "/static/../metrics", "/static/..%2fmetrics", "/a/%2e%2e/status", "/metrics/",
    "/./ready", "/class/rooms/../../metrics", "/class/rooms/..%2f..%2fmetrics", "/_stcore//metrics", "/metrics?x=1",
)  # fmt: skip


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_is_the_operators_is_not_there_for_readers_however_it_is_spelt(proxy, houses, method):
    asked = sum(len(house.asked) for house in houses)
    for path in HIDDEN:
        assert ask(proxy.port, path, method, authorization="Bearer an-operator").status in (400, 404), path
    assert sum(len(house.asked) for house in houses) == asked  # no replica heard of it


def test_a_static_file_is_packed_and_asked_for_once(proxy, houses):
    path = "/static/js/Plotly.js"
    first, second = (ask(proxy.port, path, accept_encoding="gzip, br") for _ in range(2))
    assert gzip.decompress(first.body) == gzip.decompress(second.body) == SCRIPT
    assert [one.headers["x-kept"] for one in (first, second)] == ["MISS", "HIT"]
    assert second.headers["cache-control"] == "public, immutable, max-age=31536000"
    plain = ask(proxy.port, path)
    assert (plain.body, "content-encoding" in plain.headers) == (SCRIPT, False)
    assert sum(house.asked.count(path) for house in houses) == 2  # once packed, once for whoever cannot unpack


@pytest.mark.parametrize(
    ("origin", "status"),
    [("http://here:8080", 200), ("https://here:8080", 200), (None, 200)]
    + [(other, 403) for other in ("https://evil.example", "http://here:8080.evil.example", "http://here", "null", "x")],
)
def test_only_pages_of_this_server_open_a_line(proxy, origin, status):
    said = {"origin": origin} if origin else {}
    assert ask(proxy.port, "/_stcore/stream", host="here:8080", **said).status == status


def test_what_is_too_large_is_refused_before_it_is_sent(proxy):
    def said(path: str, length: int) -> int:
        return ask(proxy.port, path, "PUT", **{"content_length": str(length), "connection": "close"}).status

    assert said("/_stcore/upload_file/a/b", 22_100_000) == 413
    assert said("/class/rooms", 70_000) == 413
    assert ask(proxy.port, "/_stcore/upload_file/a/b", "PUT", bytes(100_000)).status == 200


def test_a_class_comes_in_at_once_from_one_address_and_a_flood_does_not(proxy):
    def arrive(student: int) -> list[int]:
        seat = f"bayes_seat={student}"
        files = [f"/static/js/{k}.js" for k in range(12)]
        paths = ["/posterior", *files, "/_stcore/health", "/_stcore/host-config", "/_stcore/stream", "/_stcore/stream"]
        return [ask(proxy.port, path, cookie=seat).status for path in paths]

    with ThreadPoolExecutor(8) as several:
        assert {status for all_of_one in several.map(arrive, range(60)) for status in all_of_one} == {200}
        joins = list(several.map(lambda _: ask(proxy.port, "/_stcore/stream").status, range(600)))
        assert joins.count(429) > 100
        rooms = list(several.map(lambda _: ask(proxy.port, "/class/rooms", "POST").status, range(40)))
        assert rooms.count(429) >= 15


def test_a_replica_that_is_gone_is_passed_over(houses, tmp_path):
    gone = House()
    gone.server_close()
    processes = Processes()
    try:
        proxy = Proxy(processes, tmp_path, [gone.server_port, houses[0].server_port], "/_stcore/health")
        assert {heard(proxy, "/", cookie=f"bayes_seat={k}")["at"] for k in range(20)} == {houses[0].server_port}
    finally:
        processes.stop()


EVERYWHERE = ("content-security-policy", "x-content-type-options", "referrer-policy", "permissions-policy")


STATUS = {"/": 200, "/static/js/a.js": 200, "/class/rooms/A": 200, "/media/a.html": 200}
STATUS |= {"/metrics": 404, "/_stcore/stream": 403, "/%": 400}


@pytest.mark.parametrize(("path", "status"), STATUS.items())
def test_headers_stand_on_every_answer_errors_included(proxy, path, status):
    said = ask(proxy.port, path, origin="https://evil.example")
    assert said.status == status
    if status != 400:  # what is no request at all is answered before there is a place
        assert set(EVERYWHERE) <= set(said.headers)
    assert said.headers["server"] == "nginx"


def test_nothing_about_persons_is_written_down(houses, tmp_path):
    processes = Processes()
    try:
        proxy = Proxy(processes, tmp_path, [house.server_port for house in houses], "/_stcore/health")
        for _ in range(40):
            ask(proxy.port, "/class/rooms?code=KQRTXM", "POST")
        assert "127.0.0.1" not in processes.log()
        assert "KQRTXM" not in processes.log()
    finally:
        processes.stop()
