"""Two replicas behind the proxy, as assets/deploy starts them, here by hand on loopback; the last test ends one."""

from __future__ import annotations

import asyncio
import base64
import gzip
import hashlib
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import streamlit
from driver import Visit
from loops import apart
from processes import ROOT, Processes
from replicas import DEPLOY, TOKEN, Proxy, Replicas, ask, compose, redis
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

STATIC = Path(streamlit.__file__).parent / "static"


@pytest.fixture(scope="module")
def served(tmp_path_factory) -> Iterator[SimpleNamespace]:
    processes = Processes()
    try:
        folder = tmp_path_factory.mktemp("proxy")
        replicas = Replicas(processes, redis(processes, folder))
        cold = [ask(port, "/ready") for port in replicas.ports]
        proxy = Proxy(processes, folder, replicas.ports, "/_stcore/health")
        processes.wait(replicas.urls[0] + "/ready")
        yield SimpleNamespace(processes=processes, replicas=replicas, proxy=proxy, cold=cold)
    finally:
        processes.stop()


def test_a_replica_is_ready_once_its_first_pages_were_visited(served):
    first, second = served.cold
    assert (first.status, first.body) == (503, b"warming up: /, /posterior\n")
    assert second.status == 200  # which was told to visit none
    assert ask(served.replicas.ports[0], "/ready").body == b"ready\n"
    counts = served.replicas.counts()[0]
    assert counts["bayes_pages_cold"] == 0
    assert counts["bayes_sessions"] == 0  # the visitor has left


def lines(url: str, seat: str, **headers: str):
    told = {"Cookie": f"bayes_seat={seat}", **headers}
    return connect(url.replace("http", "ws") + "/_stcore/stream", subprotocols=["streamlit"], additional_headers=told)


def test_the_line_of_a_seat_is_always_at_the_same_replica(served):
    async def joined(seat: str) -> list[float]:
        """Return how many sessions each replica has more while this seat has two lines."""

        def now() -> list[float]:
            return [counts["bayes_sessions"] for counts in served.replicas.counts()]

        before = now()
        async with lines(served.proxy.url, seat), lines(served.proxy.url, seat):
            return [after - one for after, one in zip(now(), before, strict=True)]

    found = [apart(joined(str(seat))) for seat in range(8)]
    assert {tuple(one) for one in found} == {(2.0, 0.0), (0.0, 2.0)}


def test_plotly_comes_packed_and_is_kept_for_a_year(served):
    path = next(STATIC.glob("static/js/PlotlyChart.*.js"))
    address = "/" + str(path.relative_to(STATIC))
    said = [ask(served.proxy.port, address, accept_encoding="gzip, deflate, br") for _ in range(2)]
    assert said[1].headers["x-kept"] == "HIT"
    assert "immutable" in said[1].headers["cache-control"]
    assert gzip.decompress(said[1].body) == path.read_bytes()
    assert len(said[1].body) < 0.35 * path.stat().st_size
    page = ask(served.proxy.port, "/posterior", accept_encoding="gzip")
    assert page.headers["cache-control"] == "no-cache"


def test_the_operator_asks_a_replica_and_nobody_asks_through_the_proxy(served):
    port = served.replicas.ports[0]
    for path, word in (("/metrics", b"bayes_sessions"), ("/status", b"sessions")):
        assert word in ask(port, path).body
        assert ask(served.proxy.port, path, authorization=f"Bearer {TOKEN}").status == 404
        assert ask(port, path, x_forwarded_for="127.0.0.1").status == 404  # a proxy that passes all of it on
        assert word in ask(port, path, x_forwarded_for="8.8.8.8", authorization=f"Bearer {TOKEN}").body


@pytest.mark.parametrize(
    "said", [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Origin": "http://localhost:1"}], ids=str
)
def test_a_page_of_another_address_opens_no_line(served, said):
    async def refused(url: str) -> int:
        try:
            async with lines(url, "1", **said):
                return 101
        except InvalidStatus as answer:
            return answer.response.status_code

    urls = [served.proxy.url, *served.replicas.urls]
    assert [apart(refused(url)) for url in urls] == [403] * 3


def test_a_name_that_is_not_its_own_opens_no_line(served):
    """As a name does that its owner lets point here (DNS rebinding)."""

    async def refused(url: str, host: str) -> int:
        _, writer = opened = await asyncio.open_connection("127.0.0.1", int(url.rpartition(":")[2]))
        key = base64.b64encode(bytes(16)).decode()
        head = f"GET /_stcore/stream HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nUpgrade: websocket\r\n"
        writer.write(
            f"{head}Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n".encode()
        )
        line = await opened[0].readline()
        writer.close()
        await writer.wait_closed()
        return int(line.split()[1])

    for url in (served.proxy.url, served.replicas.urls[0]):
        assert apart(refused(url, "rebound.example")) == 403
        assert apart(refused(url, "localhost")) == 101


SECRETS = (b"root:x:", b"set_page_config", b"postScriptGC", b"the-same-for-both", b"What a model knows", b"def routes")
PATHS = (
    "/static/../../app.py", "/static/..%2f..%2f..%2fapp.py", "/static/%2e%2e/%2e%2e/index.html/../app.py",
    "/..%2fapp.py", "/%2e%2e/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd", "/static//etc/passwd", "/static/..%5capp.py",
    "/media/../app.py", "/media/..%2f..%2fapp.py", "/media/%2fetc%2fpasswd", "/component/../app.py",
    "/component/x/..%2f..%2f..%2fetc%2fpasswd", "/_stcore/bidi-components/bayes_code/..%2f..%2fapp.py",
    "/_stcore/bidi-components/..%2f..%2f..%2f..%2fetc%2fpasswd", "/app/static/app.py", "/app.py",
    "/.streamlit/config.toml", "/.git/config", "/pages/_ui/serving.py", "/requirements.txt", "/pyproject.toml",
    "/assets/deploy/compose.yaml", "/static/app.py%00.js", "/_stcore/upload_file/..%2f..%2fapp.py/x",
    "/class/rooms/..%2f..%2fapp.py/events", "/file:%2f%2f%2fetc%2fpasswd",
)  # fmt: skip


@pytest.mark.parametrize("proxied", [True, False])
def test_no_file_of_the_server_is_readable(served, proxied):
    port = served.proxy.port if proxied else served.replicas.ports[1]
    for path in PATHS:
        said = ask(port, path)
        assert said.status < 500, path
        assert not [secret for secret in SECRETS if secret in said.body], path


def opened(port: int) -> tuple[str, str]:
    """Open a room at a server; return its code and secret."""
    said = json.loads(ask(port, "/class/rooms", "POST", b"{}", content_type="application/json").body)
    return said["code"], said["secret"]


async def heard(port: int, code: str, credential: str, frozen: bool = False) -> dict:
    """Listen to a room's events at a server until it is frozen or not, while the answer goes on."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = f"GET /class/rooms/{code}/events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
    writer.write(f"{head}Authorization: Bearer {credential}\r\n\r\n".encode())
    async with asyncio.timeout(20):
        while line := await reader.readline():
            told = json.loads(line) if line.startswith(b"{") else {}
            if told.get("frozen") == frozen:
                break
    writer.close()
    await writer.wait_closed()
    return told


def test_a_rooms_events_come_as_they_happen(served):
    """Through the proxy nothing is held back: the first line is here while the answer goes on."""
    code, secret = opened(served.proxy.port)
    assert apart(heard(served.proxy.port, code, secret))["role"] == "teacher"
    wrong = ask(served.proxy.port, f"/class/rooms/{code}/events", authorization="Bearer guess")
    assert wrong.status in (401, 403)


def test_a_room_is_the_same_at_both_replicas(served):
    if not served.replicas.rooms:
        pytest.skip("redis-server is not on this machine: apt-get install redis-server")
    first, second = served.replicas.ports
    code, secret = opened(first)
    token = json.loads(ask(second, f"/class/rooms/{code}/members", "POST").body)["member"]
    said = {"authorization": f"Bearer {secret}", "content_type": "application/json"}
    assert ask(first, f"/class/rooms/{code}/say", "POST", b'{"do": "freeze", "on": true}', **said).status == 200
    told = apart(heard(second, code, token, frozen=True))
    assert (told["role"], told["frozen"]) == ("member", True)


LET_GO = """(input, at) => { const say = (kind, Kind = Event) => input.dispatchEvent(new Kind(kind, { bubbles: true }));
say("pointerdown", PointerEvent); input.value = at; say("input"); say("pointerup", PointerEvent); say("change"); }"""


class Guarded(Visit):
    """A visit under a policy that forbids to evaluate text, which is Playwright's own way of waiting."""

    def wait(self, condition: str, timeout: int = 60_000) -> None:
        for _ in range(timeout // 50):
            if self.js(f"Boolean({condition})"):
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"it never came to {condition}")


def test_a_lost_replicas_readers_come_back_at_the_other_with_what_their_link_says(served, chromium):
    visit = Guarded(chromium, served.proxy.url, "/posterior?scene=houses&width=4")
    visit.settle()
    assert visit.page.locator(".bl-plot .main-svg").count()  # under the policy of security.conf
    assert visit.trouble == []
    here = [counts["bayes_sessions"] for counts in served.replicas.counts()].index(1.0)
    visit.release("noise", 3)
    before, runs = (visit.live("live.spec.home"), visit.js("location.search")), visit.runs
    served.replicas.kill(here)
    visit.wait("document.querySelector('[data-testid=stApp]').dataset.testConnectionState !== 'CONNECTED'")
    visit.handle("width").evaluate(LET_GO, before[0]["width"] + 2)  # nobody hears of it, yet
    visit.wait(f"document.querySelector('.bl').__live.spec.home.width === {before[0]['width'] + 2}")
    visit.settle()
    assert visit.runs > runs
    assert visit.live("[live.spec.home.noise, live.positions.width]") == [before[0]["noise"], before[0]["width"] + 2]
    assert "scene=houses" in visit.js("location.search")
    assert visit.js("location.search") != before[1]  # the link has it, too
    visit.release("noise", 2)  # and is heard at once
    assert visit.live("live.spec.home.noise") == before[0]["noise"] + 2
    visit.close()


# ------------------------------------------------------------------------------- what the files say, without a server
def test_the_policy_knows_the_one_line_of_script_in_streamlits_page():
    inline = re.findall(r"<script>(.*?)</script>", (STATIC / "index.html").read_text(), re.DOTALL)
    hashes = {"sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in inline}
    assert hashes == set(re.findall(r"'(sha256-[^']+)'", (DEPLOY / "security.conf").read_text()))


def test_limits_of_files_are_the_same_everywhere():
    most = tomllib.loads((ROOT / ".streamlit/config.toml").read_text())["server"]["maxUploadSize"]
    told = compose()["services"]["replica1"]["environment"]
    assert told["STREAMLIT_SERVER_MAX_UPLOAD_SIZE"] == str(most)
    assert f"client_max_body_size {most + 1}m;" in (DEPLOY / "nginx.conf").read_text()


def test_only_the_proxy_can_be_reached_and_nothing_runs_as_root_or_writes():
    services = compose()["services"]
    assert [name for name, one in services.items() if "ports" in one] == ["proxy"]
    for name, one in services.items():
        assert one["read_only"], name
        assert one["mem_limit"], name
        assert one["cap_drop"] == ["ALL"], name
        assert one.get("user") or "build" in one, name
    assert compose()["networks"]["inside"] == {"internal": True}
    users = re.findall(r"^USER (\S+)", (DEPLOY / "Containerfile").read_text(), re.MULTILINE)
    assert users
    assert users[-1] not in ("0", "root")


def test_names_that_the_files_share_are_the_same():
    services, nginx = compose()["services"], (DEPLOY / "nginx.conf").read_text()
    assert set(re.findall(r"server (\w+):8501", nginx)) == {"replica1", "replica2"} <= set(services)
    replicas = [services[name]["environment"] for name in ("replica1", "replica2")]
    assert replicas[0] == replicas[1]  # the secret of cookies above all
    for name in re.findall(r"//(\w+):", " ".join(replicas[0].values())):
        assert name in services
