from __future__ import annotations

import threading
from contextvars import copy_context
from types import SimpleNamespace

import jax
import numpy as np
import pytest
from compiles import Compilations

from bayes_core import Dataset, Mlp, Prior, fit
from bayes_core.inference import stopwatch
from bayes_core.inference._jax import at_once
from bayes_core.inference.stopwatch import Stopwatch, compiled


@pytest.fixture
def clock(monkeypatch):
    """A clock that goes only where a test says so."""
    clock = SimpleNamespace(now=100.0)
    monkeypatch.setattr(stopwatch, "time", SimpleNamespace(perf_counter=lambda: clock.now))
    return clock


def test_only_work_counts_not_the_readers_time_and_not_compiling(clock):
    def work():
        clock.now += 1  # 1 s at work,
        clock.now += 3  # 3 s of compiling, 2 of them for a program inside
        compiled(2)
        compiled(3)
        yield "a"
        clock.now += 0.5
        yield "b"

    watch = Stopwatch()
    for _ in watch.timed(work()):
        clock.now += 60  # the reader's own
    assert watch.seconds == 1.5
    assert watch.compiling == 3
    compiled(7)  # after the fit: somebody else's
    assert watch.compiling == 3


def test_compiling_counts_on_threads_of_this_fit_and_on_no_other(clock):
    def elsewhere(work):
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()

    def work():
        clock.now += 5
        elsewhere(lambda: compiled(4))  # a thread without this fit's context
        here = copy_context()
        elsewhere(lambda: here.run(compiled, 2))
        yield "a"

    watch = Stopwatch()
    assert list(watch.timed(work())) == ["a"]
    assert (watch.seconds, watch.compiling) == (3, 2)


def test_two_threads_that_compile_at_once_count_once(clock):
    def work():
        clock.now += 3
        yield at_once(lambda state: compiled(2) or state, [1, 2])

    watch = Stopwatch()
    assert list(watch.timed(work())) == [[1, 2]]
    assert (watch.seconds, watch.compiling) == (1, 2)


@pytest.mark.parametrize("method", ["hmc", "laplace"])
def test_a_size_is_compiled_once_and_said_so_once(method):
    data = Dataset.from_arrays(np.linspace(-2, 1, 7), np.linspace(0, 3, 7) ** 2)
    jax.clear_caches()  # another test of this process may have compiled this size
    first = fit(data, Mlp((4,), "sin"), method, Prior(1, 1), seed=1).diagnostics
    with Compilations() as seen:
        second = fit(data, Mlp((4,), "sin"), method, Prior(1, 1), seed=2).diagnostics
    assert first.compiling > 0 == second.compiling == seen.count
    assert first.seconds > 0 < second.seconds
