"""Sizes compiled ahead: afterwards another size compiles nothing, and the thread that did it imported nothing."""

from __future__ import annotations

import sys
import threading
from dataclasses import replace

import pytest
from compiles import Compilations

from bayes_core import fit
from bayes_core.inference.sizes import Size
from bayes_core.likelihoods import Gaussian
from pages._ui.work import ahead as compile_ahead
from pages._ui.work import store as kept
from pages._ui.work.ahead import Ahead
from pages._ui.work.scheduler import SCHEDULER
from pages._ui.work.waiting import Kind
from pages.neural._network import ahead as network_ahead
from pages.neural._network.ahead import neighbours
from pages.neural._network.settings import ACTIVATIONS, LAYERS, UNITS, NetworkSettings


class Importers:
    """Remembers which thread asked for which module, and finds none."""

    def __init__(self):
        self.seen: list[tuple[str, str]] = []

    def find_spec(self, name, path=None, target=None):
        self.seen.append((threading.current_thread().name, name))


@pytest.fixture
def settings() -> NetworkSettings:
    return NetworkSettings.at_start("step", points=12, units=3)


@pytest.fixture
def ahead(monkeypatch) -> Ahead:
    """A thread of our own, which `look_ahead` will use."""
    made = Ahead(set())
    monkeypatch.setattr(compile_ahead, "_ahead", lambda: made)
    monkeypatch.setenv("BAYES_SPARE", "4000")  # however many other tests' sessions are present
    return made


def test_neighbours_differ_by_one_choice(settings):
    near = [other.model() for other in neighbours(settings)]
    assert len(set(near)) == len(near) == len(UNITS) + len(LAYERS) + len(ACTIVATIONS) - 3
    assert settings.model() not in near
    for model in near:
        changed = (model.hidden[0] != 3) + (len(model.hidden) != 1) + (model.activation != "tanh")
        assert changed == 1


def test_another_size_compiles_nothing_after_it_and_nothing_was_imported(settings, ahead, monkeypatch):
    kept.store().answer(settings.question())  # the reader's own fit, which imports what sampling needs
    other = neighbours(settings)[0]
    monkeypatch.setattr(network_ahead, "neighbours", lambda settings: [other])
    importers = Importers()
    monkeypatch.setattr(sys, "meta_path", [importers, *sys.meta_path])
    network_ahead.look_ahead(settings)
    ahead.thread.join(120)
    assert not ahead.thread.is_alive()
    assert Size("hmc", other.model(), 1, 16, Gaussian()) in ahead.ready
    working = {"ahead"} | {name for name, _ in importers.seen if name.startswith("Thread-")}
    assert not [module for thread, module in importers.seen if thread in working]
    with Compilations() as seen:
        answer = fit(settings.question().dataset, other.model(), "hmc", settings.prior(), seed=7)
    assert answer.diagnostics.complete
    assert seen.count == 0
    first = ahead.thread
    network_ahead.look_ahead(settings)  # all there is to do is done
    assert ahead.thread is first


@pytest.mark.parametrize(("method", "wanted"), [("hmc", "4000"), ("laplace", "4000"), ("hmc", "2")])
def test_only_after_a_sampled_fit_and_if_it_is_wanted(settings, ahead, monkeypatch, method, wanted):
    begun = []
    monkeypatch.setattr(ahead, "start", lambda here, others: begun.append([here.model, *(one.model for one in others)]))
    monkeypatch.setenv("BAYES_SPARE", wanted)
    network_ahead.look_ahead(replace(settings, method=method))
    near = [settings.model(), *(other.model() for other in neighbours(settings))]
    assert begun == ([near] if (method, wanted) == ("hmc", "4000") else [])


def test_it_waits_for_readers_and_ends_with_the_process(settings, ahead):
    kept.store().answer(settings.question())
    with SCHEDULER.run("a reader", lambda: None, Kind.FOLLOW):
        network_ahead.look_ahead(settings)
        ahead.thread.join(0.3)
        assert ahead.thread.is_alive()
        assert len(ahead.ready) == 1  # the reader's own size
        ahead.end()
    assert not ahead.thread.is_alive()
    assert SCHEDULER.idle()
