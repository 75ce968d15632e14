from __future__ import annotations

import threading

import numpy as np
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


def test_programs_are_forgotten_before_the_kernel_refuses_more(monkeypatch):
    """A server that has seen many sizes of networks must not end in a segmentation fault."""
    from bayes_core import Dataset, Mlp, Prior, fit
    from bayes_core.inference import _jax

    data = Dataset.from_arrays([0.0, 1, 2, 3], [0.1, 0.9, 2.1, 2.9])

    def ask(units, seed=1):
        return fit(data, Mlp((units,)), "laplace", Prior(1, 0.3, noise_known=True), seed=seed)

    first = ask(4)
    for units in (6, 7):
        ask(units)
    before, most = _jax.maps_in_use()
    if not before:
        pytest.skip("this machine does not count memory maps")
    monkeypatch.setattr(_jax, "_SHARE", 0.0)
    ask(4)  # something was compiled since, so the maps are counted, found too many, and programs forgotten
    assert _jax.maps_in_use()[0] < before - 200
    again = ask(4)
    np.testing.assert_array_equal(again.draws["weight"], first.draws["weight"])
    assert most > 1000
