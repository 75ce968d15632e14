"""Where fits are made: every fit that a page asks for goes through one executor, which is chosen once.

The draws are the same wherever they are made. What an executor returns may be asked whether its next step is computed
somewhere else (`elsewhere`): then waiting for it takes no core of this machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Protocol

from bayes_core.inference import Step, answer_steps
from bayes_core.types import Fit, Question


class Executor(Protocol):
    """Makes fits."""

    @property
    def remote(self) -> bool:
        """Return whether fits that begin now are made somewhere else."""
        ...

    def steps(self, question: Question, start: Fit | None = None) -> Iterator[Step]:
        """Answer a question step by step, as `answer_steps` does; to cancel, stop iterating."""
        ...


class InProcess:
    """Makes fits in this process."""

    remote = False

    def steps(self, question: Question, start: Fit | None = None) -> Iterator[Step]:
        """Answer a question step by step."""
        return answer_steps(question) if start is None else answer_steps(question, start)


@cache
def executor() -> Executor:
    """Return the executor of this process."""
    return InProcess()


def steps(question: Question, start: Fit | None = None) -> Iterator[Step]:
    """Answer a question step by step, by this process's executor."""
    return executor().steps(question, start)


def elsewhere(work: Iterator[Step]) -> bool:
    """Return whether the next step of a fit is computed somewhere else, so that waiting for it takes no turn here.

    It may change from step to step: a fit whose machine is lost goes on in this process.
    """
    return bool(getattr(work, "remote", False))


__all__ = ["Executor", "InProcess", "elsewhere", "executor", "steps"]
