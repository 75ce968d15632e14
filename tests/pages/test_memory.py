"""Memory goes back once after a spell of work, while nobody is at work, and bounded things are bounded."""

from __future__ import annotations

import asyncio
import gc
import weakref
from contextlib import asynccontextmanager

from loops import apart

from pages._ui.work import memory
from pages._ui.work.memory import Returned, returned_after
from pages._ui.work.scheduler import SCHEDULER, Scheduler
from pages._ui.work.waiting import Kind, Line


def worked(scheduler: Scheduler) -> None:
    with scheduler.run("a", lambda: None):
        pass


def test_it_is_due_once_after_a_spell_of_work_and_never_during_one():
    scheduler = Scheduler(Line())
    returned = Returned(scheduler)
    assert not returned.due()  # nothing was done yet
    worked(scheduler)
    assert not returned.due()  # just now
    with scheduler.run("b", lambda: None, Kind.FOLLOW):
        assert not returned.due()
        assert not returned.due()
    worked(scheduler)
    assert not returned.due()
    assert returned.due()
    assert not returned.due()  # nothing since


class Left:
    pass


def circle() -> weakref.ref[Left]:
    one, other = Left(), Left()
    one.other, other.one = other, one
    return weakref.ref(one)


def test_what_is_left_in_circles_is_collected_and_what_stays_is_looked_at_but_once():
    gc.disable()
    try:
        first = circle()
        memory.give_back()
        held = gc.get_freeze_count()
        second = circle()
        memory.give_back()
        assert first() is second() is None
        assert gc.get_freeze_count() == held > 10_000
    finally:
        gc.unfreeze()
        gc.enable()


def test_a_server_gives_back_after_a_spell_and_its_own_lifespan_stands(monkeypatch):
    told = []
    monkeypatch.setattr(memory, "give_back", lambda: told.append("given back"))

    @asynccontextmanager
    async def own(_):
        told.append("begins")
        yield
        told.append("ends")

    async def serve() -> None:
        async with returned_after(own, look=0.001)(None):
            worked(SCHEDULER)
            while "given back" not in told:
                await asyncio.sleep(0.001)

    apart(asyncio.wait_for(serve(), 20))
    assert told == ["begins", "given back", "ends"]
