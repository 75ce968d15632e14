"""Fits on a cluster's workers, chunk by chunk, with the draws that this process would make.

A fit stays on the worker where it began, which holds its generator; the next chunk is sent when somebody wants it. What
a lost worker had made is made again by another, since equal questions have equal answers, and what was told already is
not told again. Where there is no cluster any more the fit goes on in this process, and says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from threading import Lock
from uuid import uuid4

from bayes_core.inference import METHODS, Step, answer_steps
from bayes_core.inference import worker as there
from bayes_core.inference.cluster_link import Link, Lost, tls_files
from bayes_core.inference.cluster_workers import Worker, chosen
from bayes_core.inference.registry import checked
from bayes_core.inference.sizes import Size
from bayes_core.types import Fit, Question

LIVES = 2  # workers that one fit may lose: whatever ends them must not end this process too
HERE = (
    "The machines that make fits cannot be reached, so this one was made by the server that shows the page: "
    "the answer is the same, and may take longer."
)


@dataclass
class _Place:
    """Where the next step of a fit is computed, and how far it has been told."""

    remote: bool
    done: int = -1
    total: int = 1

    @property
    def nothing_new(self) -> Step:
        return Step(max(self.done, 0), self.total, None)

    def told(self, step: Step) -> Step:
        """Note a step that is new."""
        self.done, self.total = step.done, step.total
        return step


class Work:
    """The steps of one fit; `remote` says where the next one is computed."""

    def __init__(self, steps: Iterator[Step], place: _Place) -> None:
        """Go through steps, which move from place to place."""
        self._steps, self._place = steps, place

    @property
    def remote(self) -> bool:
        """Return whether the next step is computed somewhere else."""
        return self._place.remote

    def __iter__(self) -> Iterator[Step]:
        """Return itself."""
        return self

    def __next__(self) -> Step:
        """Return the next step."""
        return next(self._steps)


class Cluster:
    """Makes fits on the workers of the scheduler at an address."""

    def __init__(self, address: str, tls: tuple[str, ...] = ()) -> None:
        """Connect, and wait a little for it."""
        self.link = Link(address, tls)
        self._counting = Lock()

    @property
    def workers(self) -> int:
        """Return how many workers make fits by now."""
        return len(self.link.usable())

    @property
    def words(self) -> str:
        """Return in a sentence where fits are made, for an operator."""
        return self.link.words

    def steps(self, question: Question, start: Fit | None = None) -> Iterator[Step]:
        """Answer a question step by step. Answers in closed form take less time than the way there: they stay here."""
        if _quick(question):
            return answer_steps(question, start)
        place = _Place(self.workers > 0)
        return Work(self._steps(question, start, place), place)

    def close(self) -> None:
        """End the connection."""
        self.link.close()

    def _steps(self, question: Question, start: Fit | None, place: _Place) -> Iterator[Step]:
        question, lost = checked(question), set[Worker]()
        while worker := chosen([one for one in self.link.usable() if one not in lost], Size.of(question)):
            try:
                yield from self._by(worker, question, start, place)
                return
            except Lost as error:
                if not self.link.answers():
                    break
                lost.add(worker)
                if len(lost) == LIVES:
                    raise ValueError(
                        f"{LIVES} machines were lost one after another while they made this fit ({error}), so it was "
                        "given up: ask for less, or look at what the machines say"
                    ) from error
        if place.remote:
            place.remote = False
            yield place.nothing_new  # so that whoever waits takes a turn for what is computed here
        yield from here(question, start, place)

    def _count(self, worker: Worker, fits: int) -> None:
        with self._counting:
            worker.fits += fits

    def _by(self, worker: Worker, question: Question, start: Fit | None, place: _Place) -> Iterator[Step]:
        """Yield what a worker makes of a question, from the start; what was told already brings nothing new."""
        token, before, ended = uuid4().hex, place.done, False
        first: tuple[Question, Fit | None] | tuple[()] = (question, start)
        self._count(worker, 1)
        try:
            while not ended:
                for chunk in self.link.asking(worker, there.advance, token, *(first or (None, None)), before):
                    if chunk is None:
                        yield place.nothing_new  # whoever waits in a long line may leave it
                assert chunk is not None
                first, worker.waiting, ended = (), chunk.waiting, chunk.ended
                if chunk.refused:
                    ended = True
                    raise ValueError(chunk.refused)
                if chunk.failed or chunk.unknown:
                    raise Lost(f"{worker.address}: {chunk.failed or 'it has forgotten the fit'}")
                if chunk.fit is not None:
                    worker.sizes |= {Size.of(question)}
                    yield place.told(Step(chunk.done, chunk.total, chunk.fit.answering(question)))
                elif not ended:
                    new = Step(chunk.done, chunk.total, None)
                    yield place.told(new) if chunk.done > before else place.nothing_new
        finally:
            self._count(worker, -1)
            if not ended:
                self.link.tell(worker, there.leave, token)


def _quick(question: Question) -> bool:
    return question.method not in METHODS or METHODS[question.method].answer == "exact"


def here(question: Question, start: Fit | None, place: _Place) -> Iterator[Step]:
    """Yield the steps of a fit that nobody else makes; what was told already brings nothing new."""
    before = place.done
    for step in answer_steps(question, start):
        ended = step.fit is not None and step.fit.diagnostics.complete
        if step.done <= before and not ended:
            yield place.nothing_new
            continue
        if step.fit is not None:
            about = replace(step.fit.diagnostics, detour=HERE)
            step = replace(step, fit=replace(step.fit, diagnostics=about))  # noqa: PLW2901
        yield place.told(step)


__all__ = ["HERE", "Cluster", "Work", "chosen", "here", "tls_files"]
