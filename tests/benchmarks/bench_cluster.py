"""What a cluster costs and brings, in processor seconds: of the server, which a class shares, and of the workers."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from machines import Machines
from processes import until

from bayes_core import Budget, Dataset, Mlp, Prior, ask
from bayes_core.inference import worker as there
from bayes_core.inference.cluster import Cluster
from bayes_core.inference.executor import Executor, InProcess

X = np.linspace(-3, 3, 40)
DATA = Dataset.from_arrays(X, np.sin(X) + 0.3 * np.random.default_rng(0).normal(size=40))
QUESTIONS = {
    "hmc, 10 units": lambda seed: ask(DATA, Mlp((10,)), "hmc", Prior(1.0, 1.0), seed=seed),
    "hmc, 10 + 10 units": lambda seed: ask(DATA, Mlp((10, 10)), "hmc", Prior(1.0, 1.0), seed=seed),
    "nuts, a line": lambda seed: ask(DATA, "linear", "nuts", Prior(2.0, 1.0), Budget(chunk=100), seed=seed),
}


@pytest.fixture
def clusters(tmp_path: Path) -> Iterator[list[Cluster]]:
    """Clusters of one and of two workers."""
    made, every = [], []
    for count in (1, 2):
        folder = tmp_path / str(count)
        folder.mkdir()
        machines = Machines(folder)
        every.append(machines)
        for _ in range(count):
            machines.worker()
        cluster = Cluster(machines.address, machines.tls)
        until(lambda cluster=cluster, count=count: len(cluster.link.usable()) == count)
        made.append(cluster)
    yield made
    for cluster in made:
        cluster.close()
    for machines in every:
        machines.end()


def busy(cluster: Cluster) -> float:
    """Return the processor seconds that a cluster's workers have used."""
    return sum(cluster.link.ask(worker, time.process_time) for worker in cluster.link.usable())


def last(made: Executor, question) -> tuple[int, object]:
    every = list(made.steps(question))
    return len(every), every[-1].fit


def test_what_a_chunk_costs(clusters):
    one, *_ = clusters
    (worker,) = one.link.usable()
    wall, cpu, there_cpu = time.perf_counter(), time.process_time(), busy(one)
    for _ in range(200):
        one.link.ask(worker, there.standing)
    spent = time.perf_counter() - wall, time.process_time() - cpu, busy(one) - there_cpu
    print(
        "\na round trip:",
        ", ".join(f"{1e3 * s / 200:.2f} ms {w}" for s, w in zip(spent, ("", "here", "there"), strict=True)),
    )


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_fit_here_and_there(clusters, name):
    question = QUESTIONS[name]
    for title, made in (("here", InProcess()), ("1 worker", clusters[0]), ("2 workers", clusters[1])):
        for seed in (90, 91):  # each worker compiles
            with ThreadPoolExecutor(2) as pool:
                list(pool.map(lambda s, made=made: last(made, question(s)), (seed, seed + 2)))
        wall, cpu = time.perf_counter(), time.process_time()
        others = busy(made) if isinstance(made, Cluster) else 0.0
        with ThreadPoolExecutor(4) as pool:
            found = list(pool.map(lambda s, made=made: last(made, question(s)), range(8)))
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        others = busy(made) - others if isinstance(made, Cluster) else 0.0
        chunks, size = (
            np.mean([n for n, _ in found]),
            np.mean([fit.noise.nbytes + sum(v.nbytes for v in fit.draws.values()) for _, fit in found]),
        )
        print(
            f"\n{name}, {title}: {cpu / 8:.3f} s of the server a fit, {others / 8:.3f} s of workers; eight by four readers in {wall:.1f} s; {chunks:.0f} chunks, {size / 1e3:.0f} kB"
        )
