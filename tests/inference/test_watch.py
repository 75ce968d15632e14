from __future__ import annotations

import threading

import pytest

from bayes_core.inference.watch import Stuck, watched


def test_work_that_never_returns_is_given_up():
    never = threading.Event()

    def work():
        yield 1
        never.wait()
        yield 2

    steps = watched(work(), patience=0.2)
    assert next(steps) == 1
    with pytest.raises(Stuck, match=r"0\.2 seconds.*try again"):
        next(steps)
    never.set()


def test_errors_come_through_as_they_are():
    def work():
        yield 1
        raise KeyError("x")

    with pytest.raises(KeyError, match="x"):
        list(watched(work()))
