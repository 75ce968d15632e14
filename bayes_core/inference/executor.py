"""Where fits are made: every fit that a page asks for goes through one executor, which is chosen once.

`BAYES_CLUSTER=tcp://scheduler:8786` sends them to the workers of dask.distributed (`cluster`); without it they are made
in this process. The draws are the same. What an executor returns may be asked whether its next step is computed
somewhere else (`elsewhere`): then waiting for it takes no core of this machine.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from threading import Lock
from typing import Protocol

from bayes_core.checks import shortened
from bayes_core.inference import Step, answer_steps
from bayes_core.types import Fit, Question


class Executor(Protocol):
    """Makes fits."""

    @property
    def workers(self) -> int:
        """Return how many others make fits; none do in this process."""
        ...

    @property
    def words(self) -> str:
        """Return in a sentence where fits are made, for an operator."""
        ...

    def steps(self, question: Question, start: Fit | None = None) -> Iterator[Step]:
        """Answer a question step by step, as `answer_steps` does; to cancel, stop iterating."""
        ...


class InProcess:
    """Makes fits in this process."""

    workers = 0
    words = "Fits are made in this process."

    def steps(self, question: Question, start: Fit | None = None) -> Iterator[Step]:
        """Answer a question step by step."""
        return answer_steps(question, start)


_CHOOSING = Lock()


def executor() -> Executor:
    """Return the executor of this process. Raises ValueError where the cluster that is named cannot be one."""
    with _CHOOSING:  # two threads that ask at the same time would connect twice
        return _executor()


@cache
def _executor() -> Executor:
    address = os.environ.get("BAYES_CLUSTER", "").strip()
    return _cluster(address) if address else InProcess()


def _cluster(address: str) -> Executor:
    """Return the cluster at an address. Raises ValueError for one that is none, and where dask is not installed."""
    if not address.startswith(("tcp://", "tls://")):
        raise ValueError(f"BAYES_CLUSTER is {shortened(address)}: give a scheduler, such as tcp://localhost:8786")
    if find_spec("distributed") is None:
        raise ValueError(
            f"BAYES_CLUSTER is {shortened(address)} and distributed is not installed: pip install "
            "'bayes-dashboard[scale]', or leave BAYES_CLUSTER out"
        )
    there = import_module("bayes_core.inference.cluster")
    cluster: Executor = there.Cluster(address, there.tls_files())
    return cluster


def steps(question: Question, start: Fit | None = None) -> Iterator[Step]:
    """Answer a question step by step, by this process's executor."""
    return executor().steps(question, start)


def workers() -> int:
    """Return how many others make this process's fits by now, without connecting to anybody."""
    return _executor().workers if _executor.cache_info().currsize else 0


def where() -> str:
    """Return in a sentence where fits are made, for an operator, without connecting to anybody."""
    return _executor().words if _executor.cache_info().currsize else "No fit was asked for yet."


def elsewhere(work: Iterator[Step]) -> bool:
    """Return whether the next step of a fit is computed somewhere else, so that waiting for it takes no turn here.

    It may change from step to step: a fit whose machine is lost goes on in this process.
    """
    return bool(getattr(work, "remote", False))


__all__ = ["Executor", "InProcess", "elsewhere", "executor", "steps", "where", "workers"]
