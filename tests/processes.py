"""Processes that a test starts on loopback, and waiting for what others do."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def free_ports(count: int) -> list[int]:
    """Return ports that were free just now, all different."""
    held = [socket.socket() for _ in range(count)]
    try:
        for one in held:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in held]
    finally:
        for one in held:
            one.close()


def until(true: Callable[[], object], seconds: float = 60.0) -> None:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came to be"
        time.sleep(0.01)


class Processes:
    """Processes of a test, with what they said; none outlives it."""

    def __init__(self) -> None:
        self.output = tempfile.TemporaryFile()  # noqa: SIM115 (closed with the processes)
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self, command: list[str], **environment: str) -> None:
        self.running.append(
            subprocess.Popen(
                command,
                cwd=ROOT,
                env={**os.environ, **environment},
                stdout=self.output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        )

    def wait(self, url: str) -> None:
        """Wait until somebody answers there with 200."""
        for _ in range(600):
            try:
                urllib.request.urlopen(url, timeout=5).close()
                return
            except OSError:
                time.sleep(0.05)
        log = self.log()
        self.stop()
        raise RuntimeError(f"{url} does not answer:\n{log}")

    def kill(self, number: int) -> None:
        """End one as a lost machine does."""
        os.killpg(self.running[number].pid, signal.SIGKILL)
        self.running[number].wait()

    def log(self) -> str:
        self.output.seek(0)
        return self.output.read().decode()

    def stop(self) -> None:
        for number, process in enumerate(self.running):
            if process.poll() is None:
                self.kill(number)
        self.output.close()
