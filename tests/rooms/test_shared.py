"""Two servers whose rooms are in one Redis: a teacher at one of them, members at the other."""

from __future__ import annotations

import pytest
from room_server import Served

from pages._ui.rooms.service import Rooms, keeper

RATE = {"kind": "number", "text": "P(ill | +)?", "low": 0, "high": 100, "unit": "%", "answer": 9}


@pytest.fixture
def replicas(redis_server):
    from pages._ui.rooms.shared import Redis

    both = [Served(Rooms(Redis(redis_server.url, prefix="replicas:", pause=0.05, patience=10))) for _ in range(2)]
    yield both
    for one in both:
        one.stop()
        one.rooms.keeper.close()


def test_a_lesson_across_servers_outlives_its_redis(replicas, redis_server):
    here, there = replicas
    code, secret = here.open()
    anna = there.join(code)
    member, teacher = there.listen(code, anna), here.listen(code, secret)
    here.say(code, secret, "ask", question=RATE)
    assert member.until(lambda told: told["question"])["question"]["answer"] is None
    there.say(code, anna, "guess", value=80)
    assert teacher.until(lambda told: told["guesses"])["guesses"] == [80]

    redis_server.stop()
    try:
        told = member.until(lambda told: told["trouble"])
        assert "pages go on" in told["trouble"]
        assert told["mine"] == 80  # what was known stays on the screen
        status, refused = here.say(code, secret, "reveal")
        assert (status, "cannot be reached" in refused["error"]) == (503, True)
        assert there.rooms.see(code, anna)["trouble"]
        assert not there.rooms.frozen(code, anna)
    finally:
        redis_server.start()
    assert not member.until(lambda told: not told["trouble"])["revealed"]
    assert not teacher.until(lambda told: not told["trouble"])["ended"]
    assert here.say(code, secret, "reveal")[0] == 200
    assert member.until(lambda told: told["revealed"])["guesses"] == [80]
    here.say(code, secret, "end")
    assert member.until(lambda told: told["ended"])
    for one in (member, teacher):
        one.close()


def test_an_address_that_is_none_is_refused_without_being_quoted():
    with pytest.raises(ValueError, match="BAYES_ROOMS names no Redis") as refused:
        keeper("http://user:password@host")
    assert "password" not in str(refused.value)
