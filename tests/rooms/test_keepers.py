"""What every keeper of rooms promises, in this process and in a real Redis alike; and what happens when Redis goes."""

from __future__ import annotations

import re
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest
from processes import until

from pages._ui.rooms import keeper as keepers
from pages._ui.rooms.credentials import digest
from pages._ui.rooms.keeper import MOST_ROOMS, Memory
from pages._ui.rooms.refused import Refused
from pages._ui.rooms.room import MOST_MEMBERS, TEACHER, Room
from pages._ui.rooms.written import as_json

RATE = {"kind": "number", "text": "P(ill | +)?", "low": 0, "high": 100, "unit": "%", "answer": 9}
numbers = count()


def redis_keeper(server):
    from pages._ui.rooms.shared import Redis

    return Redis(server.url, prefix=f"test:{next(numbers)}:", pause=0.05, patience=10)


def twin(keeper):
    """Return the keeper of another server that shares the rooms."""
    if not keeper.far:
        return keeper
    from pages._ui.rooms.shared import Redis

    address = keeper._redis.connection_pool.connection_kwargs
    return Redis(f"redis://{address['host']}:{address['port']}/0", prefix=keeper._prefix, pause=0.05, patience=10)


@pytest.fixture(params=["memory", "redis"])
def both(request):
    """Two servers' keepers of the same rooms."""
    if request.param == "memory":
        memory = Memory()
        yield memory, memory
        return
    first = redis_keeper(request.getfixturevalue("redis_server"))
    second = twin(first)
    yield first, second
    first.close()
    second.close()


def a_room(code: str = "KQRTXM") -> Room:
    return Room(code, digest("secret"), "salt")


def test_what_one_server_does_the_other_sees(both):
    here, there = both
    here.open(a_room())
    there.change("KQRTXM", lambda room: room.joined(digest("anna")))
    here.change("KQRTXM", lambda room: room.after("ask", TEACHER, {"question": RATE}))
    there.change("KQRTXM", lambda room: room.after("guess", digest("anna"), {"value": 80}))
    until(lambda: here.get("KQRTXM") == there.get("KQRTXM"))
    assert here.get("KQRTXM").guesses == {digest("anna"): 80}
    until(lambda: here.at_hand("KQRTXM") is not None)


def test_a_change_wakes_whoever_watches_on_both_servers(both):
    here, there = both
    here.open(a_room())
    there.get("KQRTXM")
    woken = {"here": threading.Event(), "there": threading.Event()}
    leave = [here.watch("KQRTXM", woken["here"].set), there.watch("KQRTXM", woken["there"].set)]
    here.change("KQRTXM", lambda room: room.after("freeze", TEACHER, {"on": True}))
    assert woken["here"].wait(10)
    assert woken["there"].wait(10)
    until(lambda: there.get("KQRTXM").frozen)
    for one in leave:
        one()
    assert here.watchers.count == there.watchers.count == 0


def test_changes_at_the_same_time_all_count(both):
    here, there = both
    here.open(a_room())

    def join(number: int) -> None:
        (here, there)[number % 2].change("KQRTXM", lambda room: room.joined(digest(str(number))))

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(join, range(40)))
    assert sorted(here.get("KQRTXM").members) == sorted(digest(str(n)) for n in range(40))
    assert here.get("KQRTXM").version == 41


def test_the_two_hundredth_member_gets_in_and_the_next_does_not(both):
    here, there = both
    seats = tuple(digest(str(n)) for n in range(MOST_MEMBERS - 1))
    here.open(Room("KQRTXM", digest("secret"), "salt", members=seats))
    here.change("KQRTXM", lambda room: room.joined(digest("last")))
    with pytest.raises(Refused, match="200 members") as refused:
        there.change("KQRTXM", lambda room: room.joined(digest("one more")))
    assert refused.value.status == 409
    assert len(there.get("KQRTXM").members) == MOST_MEMBERS


def test_the_fifty_first_room_waits_until_one_has_ended(both):
    here, there = both
    codes = [f"BBBB{a}{b}" for a in "BCDFHJKL" for b in "BCDFHJK"][: MOST_ROOMS + 1]
    for number, code in enumerate(codes[:-1]):
        both[number % 2].open(a_room(code))
    with pytest.raises(Refused, match="50 rooms are open") as refused:
        there.open(a_room(codes[-1]))
    assert refused.value.status == 429
    here.change(codes[0], lambda room: room.after("end", TEACHER, {}))
    there.open(a_room(codes[-1]))
    assert here.get(codes[-1]).code == codes[-1]
    assert there.get(codes[0]).ended


def test_a_room_that_nobody_uses_makes_way(both):
    """Else whoever opened fifty rooms and went away would keep all classes out for three hours."""
    here, there = both
    codes = [f"BBBB{a}{b}" for a in "BCDFHJKL" for b in "BCDFHJK"][: MOST_ROOMS + 1]
    for code in codes[:-1]:
        here.open(a_room(code))
    if here.far:
        for code in codes[:2]:
            here._redis.expire(here.key(code), 10_199)
    else:
        for code in codes[:2]:
            here._rooms[code].until -= 601
    here.change(codes[0], lambda room: room.joined(digest("anna")))
    there.open(a_room(codes[-1]))
    assert here.get(codes[0]).members
    with pytest.raises(Refused, match="50 rooms are open"):
        there.open(a_room("CCCCCC"))
    if here.far:
        here.hearing._clock = lambda: time.monotonic() + 11
    with pytest.raises(Refused, match="No room is open"):
        here.get(codes[1])


def test_a_code_that_is_taken_is_not_given_again(both):
    here, there = both
    here.open(a_room())
    here.change("KQRTXM", lambda room: room.joined(digest("anna")))
    with pytest.raises(KeyError):
        there.open(a_room())
    assert there.get("KQRTXM").members


def test_what_a_step_refuses_changes_nothing(both):
    here, there = both
    here.open(a_room())
    with pytest.raises(Refused):
        here.change("KQRTXM", lambda room: room.after("reveal", TEACHER, {}))
    assert there.get("KQRTXM") == a_room()
    with pytest.raises(Refused, match="No room is open under “BBBBBB”"):
        there.change("BBBBBB", lambda room: room)


def test_a_room_expires_three_hours_after_its_teacher_was_seen(both, monkeypatch):
    here, there = both
    now = [0.0]
    if here.far:  # by Redis itself: what matters is what it was told
        here.open(a_room())
        assert 10_790 < here._redis.ttl(here.key("KQRTXM")) <= 10_800
        here._redis.expire(here.key("KQRTXM"), 5)
        there.change("KQRTXM", lambda room: room.joined(digest("anna")))
        assert here._redis.ttl(here.key("KQRTXM")) <= 5  # a member does not keep it
        there.touch("KQRTXM")
        assert here._redis.ttl(here.key("KQRTXM")) > 10_790
        here._redis.delete(here.key("KQRTXM"))
        here.hearing._clock = lambda: time.monotonic() + 11  # what it has heard is asked for again by then
    else:
        here = there = Memory(lambda: now[0])
        here.open(a_room())
        now[0] = 10_799
        here.touch("KQRTXM")
        now[0] = 2 * 10_799
        assert here.get("KQRTXM")
        now[0] += 1
    with pytest.raises(Refused, match="No room is open"):
        here.get("KQRTXM")


def test_a_room_that_has_ended_says_so_for_ten_minutes(monkeypatch):
    now = [0.0]
    memory = Memory(lambda: now[0])
    memory.open(a_room())
    memory.change("KQRTXM", lambda room: room.after("end", TEACHER, {}))
    memory.touch("KQRTXM")
    now[0] = keepers.AFTERWARDS - 1
    assert memory.get("KQRTXM").ended
    now[0] += 1
    with pytest.raises(Refused, match="No room is open"):
        memory.get("KQRTXM")


# ------------------------------------------------------------------------------------------------------ Redis itself
@pytest.fixture
def shared(redis_server):
    keeper = redis_keeper(redis_server)
    yield keeper
    keeper.close()


def test_redis_holds_digests_only(shared):
    shared.open(a_room())
    shared.change("KQRTXM", lambda room: room.joined(digest("anna's token")))
    held = shared._redis.get(shared.key("KQRTXM"))
    assert "anna's token" not in held
    assert '"secret":"secret"' not in held
    assert re.findall(r'"secret":"(\w+)"', held) == [digest("secret")]


def test_rooms_say_so_while_redis_is_gone_and_are_back_with_it(shared, redis_server):
    shared.open(a_room())
    shared.change("KQRTXM", lambda room: room.joined(digest("anna")))
    woken = threading.Event()
    leave = shared.watch("KQRTXM", woken.set)
    redis_server.stop()
    try:
        until(lambda: not shared.hearing.there)
        assert woken.wait(10)  # whoever listens is told
        with pytest.raises(Refused, match="pages go on") as refused:
            shared.get("KQRTXM")
        assert refused.value.status == 503
        assert shared.at_hand("KQRTXM") is None
        for ask in (lambda: shared.change("KQRTXM", lambda room: room), lambda: shared.open(a_room("BBBBBB"))):
            with pytest.raises(Refused, match="cannot be reached"):
                ask()
        woken.clear()
    finally:
        redis_server.start()
    assert woken.wait(10)
    until(lambda: shared.hearing.there)
    assert shared.get("KQRTXM").members == (digest("anna"),)
    shared.change("KQRTXM", lambda room: room.after("freeze", TEACHER, {"on": True}))
    leave()


def test_a_redis_that_hangs_is_left_alone_until_it_answers(redis_server):
    from pages._ui.rooms.shared import Redis

    keeper = Redis(redis_server.url, prefix=f"test:{next(numbers)}:", pause=0.05, patience=0.3)
    keeper.open(a_room())
    redis_server.process.send_signal(signal.SIGSTOP)
    try:
        with pytest.raises(Refused, match="cannot be reached"):
            keeper.change("KQRTXM", lambda room: room.joined(digest("anna")))
        assert not keeper.hearing.there  # nobody waits a second time
    finally:
        redis_server.process.send_signal(signal.SIGCONT)
    until(lambda: keeper.hearing.there)
    assert keeper.change("KQRTXM", lambda room: room.joined(digest("anna"))).members == (digest("anna"),)
    keeper.close()


def test_a_server_that_starts_without_redis_finds_it_later(redis_server):
    redis_server.stop()
    keeper = redis_keeper(redis_server)
    try:
        with pytest.raises(Refused, match="cannot be reached"):
            keeper.open(a_room())
    finally:
        redis_server.start()
    until(lambda: keeper.hearing.there)
    keeper.open(a_room())
    keeper.close()


def test_nothing_that_was_heard_before_a_lost_line_counts_after_it(shared):
    """What was asked before the line was lost may answer after it: it must not be taken for what is so now."""
    shared.open(a_room())
    era = shared.hearing.era
    shared.hearing._found()
    shared.hearing.hear("KQRTXM", "9 {}", era)
    assert shared.get("KQRTXM").version == 1


def test_what_changed_while_nobody_listened_is_known_once_the_line_is_back(shared):
    shared.open(a_room())
    later = a_room().joined(digest("anna"))
    shared._redis.set(shared.key("KQRTXM"), f"{later.version} {as_json(later)}")  # and nobody was told
    assert shared.get("KQRTXM") == a_room()
    shared.hearing._found()
    assert shared.get("KQRTXM") == later


def test_an_older_word_never_replaces_a_newer_one(shared):
    shared.open(a_room())
    now = shared.change("KQRTXM", lambda room: room.joined(digest("anna")))
    shared.hearing.hear("KQRTXM", "1 {}", shared.hearing.era)
    assert shared.at_hand("KQRTXM") == now
