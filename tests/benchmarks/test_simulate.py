"""The reckoning of a class against queues whose answers are known in closed form."""

from __future__ import annotations

from dataclasses import replace
from math import comb, factorial
from statistics import mean

import pytest
from benchmarks.simulate import Cost, Habit, Replica, enough, reckon

WHOLE = Replica(cores=1, locks=1, quantum=float("inf"), pictures=99)
ANY = Habit(seconds=4000.0, warm=50.0, pause=lambda chance, every: chance.expovariate(1 / every), waits=False)


def random_work(chance, seconds):
    return chance.expovariate(1 / seconds)


@pytest.mark.parametrize("load", [0.5, 0.8])
def test_one_server_and_steady_work_wait_as_pollaczek_and_khinchin_say(load):
    readers, work = 200, 0.05
    seen = reckon([Cost(work)] * readers, WHOLE, replace(ANY, every=readers * work / load, seconds=2500.0))
    assert mean(seen.pictures) == pytest.approx(work + load * work / (2 * (1 - load)), rel=0.05)
    assert seen.worked / seen.seconds == pytest.approx(load, rel=0.02)


def test_several_servers_and_random_work_wait_as_erlang_says():
    readers, work, cores, load = 200, 0.1, 3, 0.8
    offered = cores * load
    last = offered**cores / factorial(cores) / (1 - load)
    waits = last / (sum(offered**k / factorial(k) for k in range(cores)) + last)
    habit = replace(ANY, every=readers * work / offered, work=random_work)
    seen = reckon([Cost(work)] * readers, replace(WHOLE, cores=cores, locks=cores), habit)
    assert mean(seen.pictures) == pytest.approx(work + waits * work / (cores * (1 - load)), rel=0.05)


def test_readers_who_wait_for_their_picture_are_served_as_a_workshop_repairs_machines():
    readers, work, every, cores = 12, 0.5, 2.0, 2
    ratio = work / every  # work and pauses of chance, and a reader at the workshop breaks nothing
    weights = [
        comb(readers, k) * ratio**k * (1 if k <= cores else factorial(k) / factorial(cores) / cores ** (k - cores))
        for k in range(readers + 1)
    ]
    rate = sum(w * min(k, cores) for k, w in enumerate(weights)) / sum(weights) / work
    habit = Habit(every, 6000.0, work=random_work, pause=lambda chance, every: chance.expovariate(1 / every))
    seen = reckon([Cost(work)] * readers, replace(WHOLE, cores=cores, locks=cores), replace(habit, from_picture=True))
    assert seen.releases / seen.seconds == pytest.approx(rate, rel=0.03)
    assert mean(seen.pictures) == pytest.approx(readers / rate - every, rel=0.05)


def test_only_one_thread_holds_the_lock_whatever_the_cores():
    costs, habit = [Cost(0.1)] * 40, Habit(2.0, 100.0)
    seen = reckon(costs, Replica(cores=8), habit)
    assert seen.worked / seen.seconds == pytest.approx(1.0, abs=0.02)
    freer = reckon([replace(cost, held=0.5) for cost in costs], Replica(cores=8), habit)
    assert 1.8 < freer.worked / freer.seconds <= 2.02  # half under the lock: two at work at most


def test_background_delays_a_picture_by_a_turn_at_most_where_pictures_go_first():
    alone = reckon([Cost(0.02)] * 30, Replica(cores=1))
    ranked = reckon([Cost(0.02, follow=1.0)] * 30, Replica(cores=1))
    beside = reckon([Cost(0.02, follow=1.0)] * 30, Replica(cores=1, ranked=False))
    assert max(ranked.pictures) <= max(alone.pictures) + 4 * 0.005
    assert mean(beside.pictures) > 3 * mean(alone.pictures)
    assert ranked.cut > 0.9 * ranked.releases  # thirty seconds of work a second: hardly any comes to its end


def test_all_work_is_accounted_for():
    seen = reckon([Cost(0.03, follow=0.1, held=0.7)] * 10, Replica(cores=2), Habit(seconds=200.0))
    assert seen.cut == 0
    assert seen.worked == pytest.approx(seen.releases * 0.13, rel=0.02)
    assert len(seen.pictures) == pytest.approx(seen.releases, abs=10)


def test_replicas_are_added_until_pictures_come_in_time():
    def costs(n):
        return [Cost(0.05)] * n

    assert enough(costs, 10, Replica(), Habit(seconds=30.0), 0.15) == 1
    needed = enough(costs, 400, Replica(), Habit(seconds=30.0), 0.15)
    assert 10 <= needed <= 20  # 400 / 2 s * 0.05 s are ten processes, each busy all the time
