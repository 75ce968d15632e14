"""What assets/deploy starts in containers, started by hand on loopback: the committed proxy before two replicas."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from processes import ROOT, Processes, free_ports

DEPLOY = ROOT / "assets" / "deploy"
TOKEN = "an-operator"


def rendered(listen: int, packing: int, replicas: list[int]) -> str:
    """Return nginx.conf with other addresses in the lines that are marked HERE, and in no others."""
    here = {
        "server replica1:8501": f"server 127.0.0.1:{replicas[0]}",
        "server replica2:8501": f"server 127.0.0.1:{replicas[1]}",
        "127.0.0.1:8081": f"127.0.0.1:{packing}",
        "listen 8080;": f"listen 127.0.0.1:{listen};",
    }
    lines, found = [], set()
    for line in (DEPLOY / "nginx.conf").read_text().splitlines():
        for old, new in here.items():
            if "# HERE" in line and old in line:
                found.add(old)
                line = line.replace(old, new)  # noqa: PLW2901
        lines.append(line)
    assert found == set(here)
    return "\n".join(lines) + "\n"


def compose() -> dict[str, Any]:
    """Return what compose.yaml says."""
    said: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    return said


def of_a_replica() -> dict[str, str]:
    """Return the environment that compose.yaml gives a replica, but for what leads to other containers."""
    told = {**compose()["services"]["replica1"]["environment"]}
    for name in ("STREAMLIT_SERVER_ADDRESS", "STREAMLIT_SERVER_PORT", "BAYES_ROOMS", "BAYES_CLUSTER"):
        del told[name]
    hosts = told["STREAMLIT_SERVER_ALLOWED_HOSTS"].removeprefix("${BAYES_HOSTS:-").removesuffix("}")
    told["STREAMLIT_SERVER_ALLOWED_HOSTS"] = hosts
    told |= {"STREAMLIT_SERVER_COOKIE_SECRET": "the-same-for-both", "BAYES_OPERATOR": TOKEN}
    assert not any("${" in value for value in told.values()), told
    return told


class Proxy:
    """The committed proxy on loopback, before whatever listens at these ports."""

    def __init__(self, processes: Processes, folder: Path, replicas: list[int], check: str) -> None:
        nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
        if nginx is None:
            pytest.skip("no nginx on this machine")
        self.port, packing = free_ports(2)
        self.url = f"http://127.0.0.1:{self.port}"
        (folder / "nginx.conf").write_text(rendered(self.port, packing, replicas))
        shutil.copy(DEPLOY / "security.conf", folder)
        as_root = ["-g", "user root;"] if os.getuid() == 0 else []
        processes.start([nginx, "-p", f"{folder}/", "-c", f"{folder}/nginx.conf", "-e", "stderr", *as_root])
        processes.wait(self.url + check)


def redis(processes: Processes, folder: Path) -> str:
    """Start Redis as compose.yaml does; return its address, "" where there is none on this machine."""
    if shutil.which("redis-server") is None:
        return ""
    (port,) = free_ports(1)
    command = compose()["services"]["redis"]["command"]
    processes.start([*command, "--bind", "127.0.0.1", "--port", str(port), "--dir", str(folder)])
    for _ in range(400):
        try:
            socket.create_connection(("127.0.0.1", port), 5).close()
            return f"redis://127.0.0.1:{port}/0"
        except OSError:
            time.sleep(0.025)
    raise RuntimeError(f"redis-server did not start:\n{processes.log()}")


class Replicas:
    """Two replicas as compose.yaml has them, but that only the first is visited before its readers come."""

    def __init__(self, processes: Processes, rooms: str) -> None:
        self.processes, self.ports, self.rooms = processes, free_ports(2), rooms
        self._first = len(processes.running)
        self.urls = [f"http://127.0.0.1:{port}" for port in self.ports]
        for port, warm in zip(self.ports, ("1", "0"), strict=True):
            where = ["--server.address", "127.0.0.1", "--server.port", str(port)]
            command = [sys.executable, "-m", "streamlit", "run", "app.py", *where]
            processes.start(command, **of_a_replica(), BAYES_ROOMS=rooms, BAYES_WARM=warm)
        for url in self.urls:
            processes.wait(url + "/_stcore/health")

    @property
    def running(self) -> list[subprocess.Popen[bytes]]:
        """Their processes."""
        return self.processes.running[self._first :][: len(self.ports)]

    def kill(self, number: int) -> None:
        """End one of them."""
        self.processes.kill(self._first + number)

    def counts(self) -> list[dict[str, float]]:
        """Return what each says of itself."""
        return [counted(url) for url in self.urls]


def counted(url: str) -> dict[str, float]:
    """Return what a server counts."""
    with urllib.request.urlopen(url + "/metrics", timeout=10) as answer:
        lines = [line for line in answer.read().decode().splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


@dataclass(frozen=True)
class Answer:
    """What a server said: status, headers by their names in small letters, and body."""

    status: int
    headers: dict[str, str]
    body: bytes


def ask(port: int, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
    """Ask a server on loopback for exactly this path, which nobody tidies on the way."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        line.request(method, path, body, {name.replace("_", "-"): text for name, text in headers.items()})
        said = line.getresponse()
        return Answer(said.status, {name.lower(): text for name, text in said.getheaders()}, said.read())
    finally:
        line.close()
