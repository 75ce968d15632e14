"""Fits on a real cluster: a scheduler and two workers on loopback. The tests stand in the order of what they end."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from machines import Machines
from processes import until

pytest.importorskip("distributed", reason="the extra `scale` is not installed")

from bayes_core import METHODS, Budget, Dataset, Prior, answer_steps, ask
from bayes_core.data.images import digits
from bayes_core.inference import cluster_link
from bayes_core.inference.cluster import HERE, Cluster
from bayes_core.inference.sizes import Size
from bayes_core.models import Dense


@pytest.fixture(scope="module")
def machines(tmp_path_factory):
    started = Machines(tmp_path_factory.mktemp("cluster"))
    yield started
    started.end()


@pytest.fixture(scope="module")
def pair(machines):
    return [machines.worker() for _ in range(2)]


@pytest.fixture(scope="module")
def cluster(machines, pair):
    made = Cluster(machines.address, machines.tls)
    until(lambda: len(made.link.usable()) == 2)
    yield made
    made.close()


@pytest.fixture(autouse=True)
def _impatient(monkeypatch):
    """Nobody here waits for twenty seconds."""
    monkeypatch.setattr(cluster_link, "_SILENT", 1.0)
    monkeypatch.setattr(cluster_link, "_AGAIN", 0.2)
    monkeypatch.setattr(cluster_link, "_EVERY", 0.1)


LINE = Dataset.from_arrays([1.0, 1.5, 2.0, 4.0, 7.0, 7.5, 11.0], [2.9, 2.6, 4.3, 5.2, 6.2, 9.1, 8.9])


def picture(method: str, steps: int = 60, seed: int = 2):
    budget = Budget(draws=20, chains=2, members=3, steps=steps).only(METHODS[method].reads)
    return ask(digits()[0].head(200), Dense(8), method, Prior(3.0), budget, seed)


def agree(one, other):
    assert one.question == other.question
    assert set(one.draws) == set(other.draws)
    for site, values in other.draws.items():
        np.testing.assert_array_equal(one.draws[site], values)
        assert not one.draws[site].flags.writeable
    np.testing.assert_array_equal(one.noise, other.noise)


def last(steps):
    *_, step = steps
    assert step.fit is not None
    assert step.fit.diagnostics.complete
    return step.fit


@pytest.mark.parametrize(
    "question",
    [
        picture("ensemble"),
        picture("vi_meanfield"),
        picture("laplace_last"),
        ask(LINE, "linear", "nuts", budget=Budget(draws=40, warmup=40, chains=2, chunk=20)),  # as test_nuts compiles it
    ],
    ids=lambda question: f"{question.model.name} {question.method}",
)
def test_the_draws_are_those_of_this_process(cluster, question):
    work = cluster.steps(question)
    assert work.remote
    made = last(work)
    agree(made, last(answer_steps(question)))
    assert not made.diagnostics.detour
    held = [worker for worker in cluster.link.usable() if Size.of(question) in worker.sizes]
    assert len(held) == 1
    assert cluster.words.startswith(f"Fits are made at {cluster.link.address}: workers 2, fits ")


def test_a_worker_of_another_build_is_not_used(cluster, monkeypatch, caplog):
    here = dict(cluster_link.build())
    monkeypatch.setattr(cluster_link, "build", lambda: here | {"numpy": "9.9"})
    other = Cluster(cluster.link.address, cluster.link.tls)
    try:
        assert not other.workers
        assert other.words.startswith(f"Fits are made in this process: no worker of {cluster.link.address} is usable")
        assert f"numpy is {here['numpy']} there and 9.9 here" in other.link.trouble
        assert last(other.steps(picture("map", 5))).diagnostics.detour == HERE
    finally:
        other.close()


def test_two_servers_share_the_workers(cluster):
    other = Cluster(cluster.link.address, cluster.link.tls)
    questions = [picture("vi_meanfield", 400, seed) for seed in range(4)]
    try:
        with ThreadPoolExecutor(4) as pool:
            made = list(
                pool.map(lambda pair: last(pair[0].steps(pair[1])), zip([cluster, other] * 2, questions, strict=True))
            )
    finally:
        other.close()
    for fit, question in zip(made, questions, strict=True):
        agree(fit, last(answer_steps(question)))
        assert not fit.diagnostics.detour


def test_a_fit_that_is_left_is_forgotten_by_its_worker(cluster):
    work = cluster.steps(picture("vi_meanfield", 5000))
    next(work)
    until(lambda: sum(worker.held for worker in cluster.link.usable()) == 1)
    del work
    until(lambda: sum(worker.held for worker in cluster.link.usable()) == 0)
    assert sum(worker.fits for worker in cluster.link.usable()) == 0


def test_whoever_has_no_certificate_is_not_served(machines, cluster, monkeypatch):
    if not machines.tls:
        pytest.skip("openssl is not here")
    monkeypatch.setattr(cluster_link, "_CONNECT", 0.5)
    other = Cluster(machines.address.replace("tls://", "tcp://"))
    try:
        assert not other.workers
        assert "cannot be reached" in other.link.trouble
        assert last(other.steps(picture("map", 5))).diagnostics.detour == HERE
    finally:
        other.close()


def busy_one(cluster, pair):
    """Return the worker that makes a fit, and its process."""
    (busy,) = (worker for worker in cluster.link.usable() if worker.fits)
    number = cluster.link.ask(busy, os.getpid)
    return busy, next(one for one in pair if one.pid == number)


def test_a_fit_outlives_a_worker_that_says_nothing(cluster, pair):
    work = cluster.steps(picture("vi_meanfield", 1500))
    next(work)
    _, process = busy_one(cluster, pair)
    process.send_signal(signal.SIGSTOP)
    made = last(work)
    assert len(cluster.link.usable()) == 1
    process.send_signal(signal.SIGCONT)
    agree(made, last(answer_steps(picture("vi_meanfield", 1500))))
    assert not made.diagnostics.detour
    until(lambda: len(cluster.link.usable()) == 2)


def test_a_fit_outlives_its_worker_and_then_the_scheduler(cluster, machines, pair):
    question = picture("vi_meanfield", 1500)
    truth, work = last(answer_steps(question)), cluster.steps(question)
    before = [next(work) for _ in range(2)]
    _, process = busy_one(cluster, pair)
    process.kill()
    after = [next(work) for _ in range(2)]
    assert work.remote
    assert sum(worker.fits for worker in cluster.link.usable()) == 1
    machines.scheduler.kill()
    machines.scheduler.wait()
    rest = list(work)
    assert not work.remote
    told = [step.done for step in (*before, *after, *rest)]
    assert told == sorted(told)
    agree(rest[-1].fit, truth)
    assert rest[-1].fit.diagnostics.detour == HERE
    assert not cluster.workers


def test_a_cluster_that_is_there_again_is_used_again(cluster, machines):
    machines.start_scheduler()
    machines.worker()
    until(lambda: cluster.workers)
    assert not last(cluster.steps(picture("map", 5))).diagnostics.detour
