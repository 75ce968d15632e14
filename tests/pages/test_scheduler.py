"""The line with its threads: what is dropped leaves no place taken, and who waits hears of what its session wants."""

from __future__ import annotations

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from streamlit.runtime.scriptrunner import RerunData
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequests

from pages._ui.work import scheduler as module
from pages._ui.work import turns
from pages._ui.work.scheduler import Scheduler
from pages._ui.work.waiting import Kind, Line


class Left(BaseException):
    """What Streamlit ends a run by: no Exception, so that nothing on the way takes it for an answer."""


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr(module, "LOOK", 0.002)


def quiet(scheduler: Scheduler) -> bool:
    return not scheduler.line.waiting and not scheduler.line.working


def test_a_run_begins_as_a_picture_and_what_follows_waits_for_the_others_pictures():
    scheduler, order = Scheduler(Line(pictures=1)), []

    def one(name: str, shown: threading.Event) -> None:
        with scheduler.run(name, lambda: None) as run:
            shown.wait(10)
            order.append(f"picture {name}")
            run.becomes(Kind.FOLLOW)
            order.append(f"follow {name}")

    events = [threading.Event() for _ in "ab"]
    threads = [threading.Thread(target=one, args=pair) for pair in zip("ab", events, strict=True)]
    for n, thread in enumerate(threads):
        thread.start()
        while len(scheduler.line.waiting) + len(scheduler.line.working) <= n:
            time.sleep(0.001)
    events[1].set()
    events[0].set()
    for thread in threads:
        thread.join(10)
    assert order[:2] == ["picture a", "picture b"]
    assert {*order[2:]} == {"follow a", "follow b"}
    assert quiet(scheduler)


@pytest.mark.parametrize("kind", list(Kind))
def test_who_no_longer_wants_its_turn_leaves_the_line_as_its_session_moves_on(kind, monkeypatch):
    monkeypatch.setattr(module, "LOOK", 1000.0)  # nobody finds out by looking
    scheduler, wanted, told = Scheduler(Line(cores=1, pictures=1)), threading.Event(), []

    def check() -> None:
        if wanted.is_set():
            raise Left

    def wait() -> None:
        try:
            with scheduler.run("b", check, kind):
                told.append("served")
        except Left:
            told.append("left")

    with scheduler.run("a", lambda: None, Kind.PICTURE if kind is Kind.PICTURE else Kind.FOLLOW):
        thread = threading.Thread(target=wait)
        thread.start()
        while not scheduler.line.waiting:
            time.sleep(0.001)
        scheduler.moved_on("b")  # something was asked for that needs no other run: its check passes
        wanted.set()
        scheduler.moved_on("b")
        thread.join(10)
        assert told == ["left"]
        assert not scheduler.line.waiting
    assert quiet(scheduler)
    assert scheduler.status().dropped == 1


def test_a_moment_after_a_picture_ends_as_soon_as_streamlit_is_asked_for_another_run():
    scheduler, requests, told = turns.SCHEDULER, ScriptRequests(), []

    def check() -> None:
        if requests.on_scriptrunner_yield() is not None:
            raise Left

    def picture() -> None:
        try:
            with scheduler.run("asked for", check) as run:
                turns.tell_of(requests, "asked for")
                turns.tell_of(requests, "asked for")  # by every run of the session: the same
                run.rest()
                told.append("sent")
                run.linger(1000.0)
                run.becomes(Kind.FOLLOW)
        except Left:
            told.append("left")

    thread = threading.Thread(target=picture)
    thread.start()
    while not told:
        time.sleep(0.001)
    assert requests.request_rerun(RerunData())
    thread.join(10)
    assert told == ["sent", "left"]


def test_a_thousand_rounds_of_refresh_back_and_close_during_fits_leave_nothing_running():
    """Sessions that are ended at any check: while they wait, between steps, in another's work, as their turn comes."""
    scheduler, dice = Scheduler(Line(cores=2)), random.Random(5)
    most = 0

    def rounds(name: str, chance: random.Random) -> None:
        def check() -> None:
            if chance.random() < 0.2:
                raise Left

        for _ in range(100):
            try:
                with scheduler.run(name, check) as run:
                    time.sleep(chance.random() / 2000)
                    run.pause()
                    run.becomes(Kind.FOLLOW)
                    for _ in range(4):
                        time.sleep(chance.random() / 2000)
                        run.pause()
                    with run.aside():
                        check()
                    run.becomes(Kind.SPARE)
                    run.pause()
                    if chance.random() < 0.3:
                        raise ValueError("no answer here")
            except (Left, ValueError):
                pass
            assert scheduler.here is None

    sessions = [threading.Thread(target=rounds, args=(f"s{n}", random.Random(dice.random()))) for n in range(10)]
    for session in sessions:
        session.start()
    while any(session.is_alive() for session in sessions):
        most = max(most, scheduler.status().follow.at_work)
        time.sleep(0.002)
    assert not any(session.is_alive() for session in sessions)
    assert quiet(scheduler)
    assert 0 < most <= 2
    seen = scheduler.status()
    assert seen.dropped > 0
    assert seen.pictures.turns > 500
    assert seen.pictures.waiting == seen.pictures.at_work == seen.follow.waiting == seen.follow.at_work == 0


def test_who_waits_no_longer_than_it_said_leaves_the_line_without_a_place():
    scheduler = Scheduler(Line(cores=1))
    with scheduler.run("a", lambda: None, Kind.FOLLOW):

        def spare() -> bool:
            with scheduler.run("b", lambda: None) as run:
                return run.becomes(Kind.SPARE, 0.02)

        with ThreadPoolExecutor() as others:
            assert not others.submit(spare).result(10)
        assert not scheduler.line.waiting
    with scheduler.run("c", lambda: None) as run:
        assert run.becomes(Kind.SPARE, 0.02)
        assert run.becomes(Kind.SPARE, 0.0)  # has it
    assert quiet(scheduler)


def test_a_run_within_another_is_that_one_and_aside_it_takes_no_place():
    scheduler = Scheduler(Line())
    with scheduler.run("a", lambda: None) as run, scheduler.run("b", lambda: None, Kind.FOLLOW) as inner:
        assert inner is run
        assert not scheduler.idle()
        with run.aside():
            assert scheduler.idle()
        assert run.kind is Kind.PICTURE
        with pytest.raises(ValueError, match="none"), run.aside():
            raise ValueError("none")
        assert run.kind is Kind.PICTURE
        with pytest.raises(Left), run.aside():
            raise Left
        assert run.kind is None
    assert quiet(scheduler)


def test_the_price_of_a_turn_is_its_processor_time_or_half_of_how_long_it_took():
    now, cpu = [0.0], [0.0]
    scheduler = Scheduler(Line(), clock=lambda: now[0], cpu=lambda: cpu[0])
    with scheduler.run("own", lambda: None, Kind.FOLLOW):
        now[0], cpu[0] = 0.1, 0.1
    with scheduler.run("others", lambda: None, Kind.FOLLOW):
        now[0] = 0.3  # jax worked, this thread waited
    assert scheduler.line.served("own", 0.1) == pytest.approx(0.1)
    assert scheduler.line.served("others", 0.3) == pytest.approx(0.1)
    assert scheduler.status().follow.work_seconds == pytest.approx(0.1)


def test_a_crowded_server_has_little_time_to_spare(monkeypatch):
    monkeypatch.delenv("BAYES_SPARE", raising=False)
    scheduler = Scheduler(Line(pictures=100))
    assert scheduler.spare_seconds() == 40
    for n in range(60):
        with scheduler.run(f"s{n}", lambda: None):
            pass
    assert scheduler.spare_seconds() == pytest.approx(40 / 60)
