"""The connection to a cluster: which workers there are, which of them compute as we do, and how one is asked.

One thread looks after it: it connects, again and again where there is nobody, and looks at the workers every second.
Whoever asks a worker hears within a second that it is gone.
"""

from __future__ import annotations

import asyncio
import logging
import os
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future, wait
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, TypeVar, cast

from bayes_core.inference import worker as there
from bayes_core.inference.builds import build, differences
from bayes_core.inference.cluster_workers import Worker
from bayes_core.inference.sizes import Size

T = TypeVar("T")

_EVERY = 1.0  # seconds between looks at the workers
_AGAIN = 5.0  # seconds between attempts to connect
_CONNECT = 5.0  # seconds that an attempt may take
_SILENT = 20.0  # seconds after which a worker that says nothing is taken for lost
_SOON = 0.5  # seconds that a look waits for what workers say
_LISTEN = 0.5  # seconds after which one who waits hears whether it has been left, and who was asked lost
_log = logging.getLogger(__name__)


class Lost(Exception):
    """Raised where a worker, or the whole cluster, is gone."""


@dataclass
class Link:
    """The connection to the scheduler at an address; `tls` are files: authority, certificate and key."""

    address: str
    tls: tuple[str, ...] = ()
    workers: dict[str, Worker] = field(default_factory=dict)
    trouble: str = "nobody has looked yet"

    def __post_init__(self) -> None:
        """Begin to connect, and wait a little for it."""
        self._distributed = import_module("distributed")  # here, not on the thread: imports of two threads may wait
        logging.getLogger("distributed.client").setLevel(logging.CRITICAL)  # what is lost is told here, in one line
        self._client: Any = None
        self._end, self._tried = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._keep, name="cluster", daemon=True)
        self._thread.start()
        self._tried.wait(2 * _CONNECT)

    def usable(self) -> list[Worker]:
        """Return the workers that compute as we do."""
        every = list(self.workers.values()) if _up(self._client) else []
        return [worker for worker in every if worker.usable]

    @property
    def words(self) -> str:
        """Return in a sentence who makes fits, and who does not and why."""
        workers, apart = self.usable(), [w for w in list(self.workers.values()) if w.refused]
        if not workers:
            return f"Fits are made in this process: {self.trouble}."
        held, sizes = sum(one.held for one in workers), len(frozenset[Size]().union(*(one.sizes for one in workers)))
        told = f"Fits are made at {self.address}: workers {len(workers)}, fits {held}, sizes compiled {sizes}"
        return "; ".join([told, *(f"not used: {one.address}, {one.refused}" for one in apart)]) + "."

    def asking(
        self, worker: Worker, function: Callable[..., Coroutine[Any, Any, T]], *given: Any
    ) -> Iterator[T | None]:
        """Yield what a function says there, and None now and then while it does not.

        Raises Lost as soon as the worker is known to be gone.
        """
        client = self._client
        answer: Future[T] = self._sent(client, worker.address, function, *given)
        while not wait([answer], _LISTEN).done:
            if worker.gone or worker.silent or not _up(client):
                answer.cancel()
                raise Lost(f"{worker.address} is gone")
            yield None
        try:
            yield answer.result()
        except Exception as error:
            raise Lost(f"{worker.address}: {error or type(error).__name__}") from error

    def ask(self, worker: Worker, function: Callable[..., Coroutine[Any, Any, T]], *given: Any) -> T:
        """Return what a function says there. Raises Lost as soon as the worker is known to be gone."""
        *_, said = self.asking(worker, function, *given)
        return cast(T, said)

    def tell(self, worker: Worker, function: Callable[..., Coroutine[Any, Any, None]], *given: Any) -> None:
        """Say something to a worker, and wait for nothing."""
        if not worker.gone:
            with suppress(Lost):
                self._sent(self._client, worker.address, function, *given)

    def answers(self) -> bool:
        """Return whether the scheduler is there, and note which workers are not."""
        client = self._client
        with suppress(Exception):
            present = self._present(client)
            while _up(client) and not wait([present], _LISTEN).done:
                pass
            self._miss(set(present.result(0)))
            return True
        return False

    def close(self) -> None:
        """End the connection."""
        self._end.set()
        self._thread.join(4 * _CONNECT)

    def _sent(self, client: Any, address: str, function: Any, *given: Any) -> Future[Any]:
        if not _up(client):
            raise Lost("the cluster is gone")

        async def sent() -> Any:
            return (await client.run(function, *given, workers=[address], asynchronous=True))[address]

        try:
            return asyncio.run_coroutine_threadsafe(sent(), client.loop.asyncio_loop)
        except RuntimeError as error:  # the loop has ended
            raise Lost("the cluster is gone") from error

    # ------------------------------------------------------------------------------------------------ on its own thread
    def _keep(self) -> None:
        while not self._end.is_set():
            try:
                if self._client is None:
                    self._client = self._connected()
                if not _up(self._client):
                    raise Lost("the connection broke")
                self._look(self._client)
            except Exception as error:  # whatever it is, fits are made here, and it is tried again
                self._lose(f"{error or type(error).__name__}")
            self._tried.set()
            self._end.wait(_EVERY if self._client is not None else _AGAIN)
        self._lose("closed")

    def _connected(self) -> Any:
        return self._distributed.Client(
            self.address, timeout=_CONNECT, set_as_default=False, name="bayes", security=self._security()
        )

    def _security(self) -> Any:
        if not self.tls:
            return None
        authority, certificate, key = self.tls
        return self._distributed.Security(
            tls_ca_file=authority, tls_client_cert=certificate, tls_client_key=key, require_encryption=True
        )

    def _present(self, client: Any) -> Future[Any]:
        """Return what will tell the addresses of all workers that the scheduler knows."""
        return asyncio.run_coroutine_threadsafe(client.scheduler.ncores(), client.loop.asyncio_loop)

    def _miss(self, present: set[str]) -> None:
        for address in set(self.workers) - present:
            gone = self.workers.pop(address, None)
            if gone is not None:
                gone.gone = True

    def _look(self, client: Any) -> None:
        """See who came, who left and how busy they are; a worker that says nothing keeps nobody waiting."""
        present, now = set(self._present(client).result(_SILENT)), time.monotonic()
        self._miss(present)
        for address in present - set(self.workers):
            self.workers[address] = Worker(address)
        every = [worker for worker in self.workers.values() if not worker.refused]
        for worker in every:
            if worker.saying is None:
                function = there.standing if worker.known else there.about
                worker.saying, worker.since = self._sent(client, worker.address, function), now
        wait([worker.saying for worker in every if worker.saying], _SOON)
        for worker in every:
            self._hear(worker)
        self.trouble = "" if self.usable() else self._why()

    def _hear(self, worker: Worker) -> None:
        """Take what a worker said by now. Who never said what it computes with is not used, nor who is silent."""
        if worker.saying is None or not worker.saying.done():
            if time.monotonic() - worker.since > _SILENT and not worker.silent:
                worker.silent = True
                _log.warning("worker %s says nothing, and is not used until it does", worker.address)
            return
        said, worker.saying, worker.silent = worker.saying, None, False
        error = said.exception()
        if worker.known:
            if error is None:
                standing = said.result()
                worker.sizes, worker.waiting, worker.held = standing.sizes, standing.waiting, standing.held
            return  # who is gone, the scheduler will miss
        worker.known = True
        worker.refused = (
            differences(build(), said.result())
            if error is None
            else f"it cannot say what it computes with: {type(error).__name__}: {error}"
        )
        if worker.refused:
            _log.warning("worker %s is not used: %s", worker.address, worker.refused)

    def _why(self) -> str:
        apart = [f"{one.address}: {one.refused or 'it says nothing'}" for one in list(self.workers.values())]
        return f"no worker of {self.address} is usable ({'; '.join(apart) or 'there is none'})"

    def _lose(self, why: str) -> None:
        client, self._client = self._client, None
        if not self._end.is_set() and (client is not None or not self._tried.is_set()):
            _log.warning("the cluster at %s is not there, fits are made in this process: %s", self.address, why)
        self.trouble = f"{self.address} cannot be reached: {why}"
        for worker in self.workers.values():
            worker.gone = True
        self.workers = {}
        if client is not None:
            try:
                client.close(timeout=_CONNECT)
            except Exception as error:
                _log.info("the connection did not close: %s", error)


def _up(client: Any) -> bool:
    return client is not None and client.status == "running"


def tls_files() -> tuple[str, ...]:
    """Return the files of BAYES_CLUSTER_TLS: authority, certificate and key, parted by commas. Raises ValueError."""
    files = tuple(part.strip() for part in os.environ.get("BAYES_CLUSTER_TLS", "").split(",") if part.strip())
    if len(files) not in (0, 3):
        raise ValueError(f"BAYES_CLUSTER_TLS names {len(files)} files: give three, authority,certificate,key")
    return files


__all__ = ["Link", "Lost", "Worker", "tls_files"]
