"""What a worker of a cluster does: it holds fits that stand still between two chunks, and computes one chunk at a time.

    dask worker tcp://scheduler:8786 --nthreads 1 --preload bayes_core.inference.worker

A fit is a generator, and lives where it began; its chunk is one step of it. Nothing is computed that was not asked for,
so that a fit which is left costs one chunk at most; one that nobody asks about for `PATIENCE` seconds is forgotten.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from bayes_core.checks import FloatArray
from bayes_core.inference import Step, answer_steps
from bayes_core.inference.builds import build
from bayes_core.inference.sizes import Size
from bayes_core.types import Diagnostics, Fit, Model, Question

PATIENCE = 600.0


@dataclass(frozen=True)
class Sent:
    """A fit on its way, without the question: who asked it has it."""

    draws: dict[str, FloatArray]
    noise: FloatArray
    log_evidence: float | None
    diagnostics: Diagnostics
    reader: Model | None
    stats: dict[str, FloatArray]

    @classmethod
    def of(cls, fit: Fit) -> Sent:
        """Pack a fit."""
        return cls(dict(fit.draws), fit.noise, fit.log_evidence, fit.diagnostics, fit.reader, dict(fit.stats))

    def answering(self, question: Question) -> Fit:
        """Return the fit, as the answer to its question."""
        return Fit(question, self.draws, self.noise, self.log_evidence, self.diagnostics, self.reader, self.stats)


@dataclass(frozen=True)
class Chunk:
    """What came of one step: units done and in all, and the fit so far; or why there is none.

    `unknown` says that this worker does not hold such a fit, `refused` why the question has no answer, `failed` what
    went wrong that should not have. `waiting` is how many chunks wait or are computed here by now.
    """

    done: int = 0
    total: int = 1
    fit: Sent | None = None
    ended: bool = False
    unknown: bool = False
    refused: str = ""
    failed: str = ""
    waiting: int = 0


@dataclass(frozen=True)
class Standing:
    """What a worker has compiled, how many chunks wait or are computed there, and how many fits it holds."""

    sizes: frozenset[Size]
    waiting: int
    held: int


@dataclass
class _Held:
    """A fit that stands still, and when it was last asked about."""

    work: Iterator[Step]
    question: Question
    asked: float


@dataclass
class Bench:
    """The fits that a worker holds, and its one thread of work."""

    patience: float = PATIENCE
    held: dict[str, _Held] = field(default_factory=dict)
    sizes: set[Size] = field(default_factory=set)
    waiting: int = 0
    left: set[str] = field(default_factory=set)
    pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "fits"))

    async def advance(self, token: str, question: Question | None, start: Fit | None, after: int) -> Chunk:
        """Return the next chunk of a fit, when its turn has come; with a question the fit begins.

        Draws that belong to the first `after` units are not sent: somebody has them.
        """
        self.waiting += 1
        try:
            work = asyncio.get_running_loop().run_in_executor(self.pool, self._advance, token, question, start, after)
            return await work
        finally:
            self.waiting -= 1

    def leave(self, token: str) -> None:
        """Forget a fit; a chunk of it that waits is not computed."""
        self.left.add(token)
        self.pool.submit(self._forget, token)

    def _forget(self, token: str) -> None:
        self.held.pop(token, None)
        self.left.discard(token)

    def _sweep(self) -> None:
        now = time.monotonic()
        for token in [token for token, one in self.held.items() if now - one.asked > self.patience]:
            del self.held[token]

    def _advance(self, token: str, question: Question | None, start: Fit | None, after: int) -> Chunk:
        self._sweep()
        if token in self.left:
            return Chunk(unknown=True, waiting=self.waiting)
        if question is not None:
            work = answer_steps(question, start)
            self.held[token] = _Held(work, question, time.monotonic())
        one = self.held.get(token)
        if one is None:
            return Chunk(unknown=True, waiting=self.waiting)
        chunk = self._step(one, after)
        one.asked = time.monotonic()
        if chunk.ended or chunk.refused or chunk.failed:
            del self.held[token]
        return chunk

    def _step(self, one: _Held, after: int) -> Chunk:
        try:
            step = next(one.work, None)
        except ValueError as error:
            return Chunk(refused=str(error), waiting=self.waiting)
        except Exception as error:  # told to the one who asked, whom this worker cannot help
            logging.getLogger(__name__).exception("a fit failed")
            return Chunk(failed=f"{type(error).__name__}: {error}", waiting=self.waiting)
        if step is None:
            return Chunk(ended=True, waiting=self.waiting)
        ended = step.fit is not None and step.fit.diagnostics.complete
        if step.fit is not None:
            self.sizes.add(Size.of(one.question))
        fit = Sent.of(step.fit) if step.fit is not None and (ended or step.done > after) else None
        return Chunk(step.done, step.total, fit, ended, waiting=self.waiting)


BENCH = Bench()


async def advance(token: str, question: Question | None = None, start: Fit | None = None, after: int = 0) -> Chunk:
    """Return the next chunk of a fit of this worker."""
    return await BENCH.advance(token, question, start, after)


async def leave(token: str) -> None:
    """Forget a fit of this worker."""
    BENCH.leave(token)


async def about() -> dict[str, str]:
    """Return what this worker computes with: plain words, which any other build can read."""
    return dict(_BUILD)


async def standing() -> Standing:
    """Return what this worker has compiled, and how busy it is."""
    return Standing(frozenset(BENCH.sizes), BENCH.waiting, len(BENCH.held))


_BUILD: Mapping[str, str] = build()  # as the sources were when this process read them


def dask_setup(worker: Any) -> None:
    """Import what most fits need before anybody waits for it, and be quiet about chunks: dask calls this at a start."""
    import_module("bayes_core.inference.hmc")
    logging.getLogger("distributed.worker").addFilter(lambda record: "out-of-band" not in str(record.msg))


__all__ = ["BENCH", "Bench", "Chunk", "Sent", "Standing", "about", "advance", "dask_setup", "leave", "standing"]
