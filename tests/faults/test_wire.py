"""What a client can do to the server over its websocket: the others do not notice, and nothing of it is left."""

from __future__ import annotations

import asyncio
import os
import random
import time
from contextlib import suppress
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from benchmarks.watching import memory, processor
from client import Reader
from loops import apart
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus

from .conftest import until, works

PATH = "/theorem?reveal=1"
INSTALL = BackMsg()
INSTALL.backend_operation_request.install_skills.SetInParent()


# ------------------------------------------------------------------------------------------------- what is refused
@pytest.mark.parametrize("origin", ["https://elsewhere.example", "http://127.0.0.1.elsewhere.example", "null"])
def test_a_page_from_elsewhere_may_not_connect(house, origin):
    with pytest.raises(InvalidStatus, match="403"):
        apart(Reader(house.url, PATH, origin=origin).connect())


def test_a_message_beyond_all_measure_is_refused_before_it_is_read(house):
    async def send() -> int | None:
        async with Reader(house.url, PATH) as reader:
            held = memory(house.process.pid)
            with suppress(ConnectionClosed):
                await reader.wire.send(bytes(31_000_000))
            await asyncio.wait_for(reader.wire.wait_closed(), 20)
            assert memory(house.process.pid) < held + 20
            return reader.wire.close_code

    assert apart(send()) == 1009  # message too big


SAID = {
    "text": ("hello", 1003),
    "no protobuf": (b"\xff\xfe\x00garbage", 1003),
    "a script": (b"<script>alert(1)</script>", 1003),
    "nothing": (b"", 1008),
    "empty everybody's caches": (BackMsg(clear_cache=True).SerializeToString(), 1008),
    "stop the server": (BackMsg(debug_shutdown_runtime=True).SerializeToString(), 1008),
    "what repository is this": (BackMsg(load_git_info=True).SerializeToString(), 1008),
    "write files for an assistant": (INSTALL.SerializeToString(), 1008),
}


@pytest.mark.parametrize("what", SAID)
def test_who_says_what_no_browser_says_is_hung_up_on_and_no_other(house, what):
    said, code = SAID[what]

    async def send() -> None:
        async with Reader(house.url, PATH) as other, Reader(house.url, PATH) as reader:
            await reader.wire.send(said)
            await asyncio.wait_for(reader.wire.wait_closed(), 20)
            assert reader.wire.close_code == code
            await other.release()
            await other.rest()
            assert other.errors == []

    apart(send())


class Forgetful(Reader):
    """A tab whose wishes cross the ends of runs: it says that it has what it is about to forget."""

    ever: frozenset[str] = frozenset()

    def message(self, widgets):
        self.ever |= {*self.kept}
        message = BackMsg.FromString(super().message(widgets))
        message.rerun_script.cached_message_hashes[:] = sorted(self.ever)
        return message.SerializeToString()


def test_nothing_is_named_to_a_tab_that_it_forgets_meanwhile(house):
    async def send() -> None:
        async with Forgetful(house.url, "/posterior?seed=77") as reader:
            await reader.rest()
            home, told = reader.live.header["home"]["width"], reader.heard
            for at in (home + 3, home + 5, home - 4, home - 6, home):  # and back to what it had seen at first
                await reader.release("width", at)
                await reader.rest()
                assert reader.errors == []
            assert len(reader.ever) > len(reader.kept)  # it has forgotten something
            again = reader.heard
            await reader.release("width", home + 1)
            await reader.rest()
            assert reader.heard - again < told / 3  # what it cannot have forgotten is still named

    apart(send())


def test_values_that_no_browser_sends_spoil_no_page_but_the_sender_s_own(house):
    async def send() -> None:
        for told in ({"prevalence": 1e300}, {"prevalence": "<script>"}, {"prevalence": None}, {"no handle": 1}, {}):
            async with Reader(house.url, PATH) as reader:
                await reader.rest()
                reader._send({reader.live.id: {"moved": {**told, "epoch": 1, "count": 1}}})
                await until(lambda: reader.finished > 1 or bool(reader.errors))
        await works(house.url)

    apart(send())


# ------------------------------------------------------------------------------------- who is slow, or never listens
def test_a_client_that_never_reads_holds_up_nobody_and_is_not_kept_in_memory(house):
    async def ignore() -> None:
        deaf = Reader(house.url, PATH, pace=1e9)
        await deaf.join()
        deaf.hearing.cancel()
        deaf.wire.transport.pause_reading()
        held = memory(house.process.pid)
        async with Reader(house.url, PATH) as other:
            for at in range(80):  # 2.5 MB of pictures that it does not read
                await deaf.wire.send(deaf.message(deaf.moved(prevalence=at % 60)))
                await asyncio.sleep(0.01)
            await other.release()
            await other.rest()
            assert other.errors == []
        assert memory(house.process.pid) < held + 40
        deaf.wire.transport.abort()
        await deaf.leave()

    apart(ignore())


def test_on_a_line_of_200_kbit_a_second_the_newest_picture_comes(house):
    async def drag() -> None:
        async with Reader(house.url, PATH, pace=1e9) as reader:
            await reader.rest()
            reader.pace = 25_000
            heard = reader.heard
            for at in (3, 14, 31):
                await reader.wire.send(reader.message(reader.moved(prevalence=at)))
                await asyncio.sleep(0.02)
            await reader.release("prevalence", 40)
            assert reader.live.header["home"]["prevalence"] == 40
            assert reader.heard - heard < 3 * 31_000, "pictures that nobody waits for any more went over the line"
            assert reader.errors == []

    apart(drag())


# ------------------------------------------------------------------------------------------------ who comes and goes
def test_a_hundred_sessions_a_second_that_come_and_go_leave_nothing_running(house):
    pid, chance = house.process.pid, random.Random(5)

    async def passing() -> None:
        reader = Reader(house.url, PATH)
        await reader.connect()
        if chance.random() < 0.5:
            reader._send({})
            await asyncio.sleep(chance.uniform(0, 0.1))
        if chance.random() < 0.5:
            reader.wire.transport.abort()  # without a word of goodbye
        await reader.leave()

    async def burst() -> float:
        await asyncio.gather(*(_later(at / 100, passing()) for at in range(130)))
        await at_rest(pid)
        return memory(pid)

    async def _later(seconds: float, work) -> None:
        await asyncio.sleep(seconds)
        await work

    async def twice() -> None:
        before = len(os.listdir(f"/proc/{pid}/task"))
        first = await burst()
        second = await burst()  # Streamlit keeps 128 sessions for two minutes, for a line that was lost
        assert second < first + 15, (first, second)
        assert len(os.listdir(f"/proc/{pid}/task")) <= before + 2

    apart(twice())


def test_who_comes_back_within_two_minutes_finds_the_page_as_it_was(house):
    async def lose_the_line() -> None:
        reader = Reader(house.url, PATH)
        await reader.join()
        await reader.rest()
        await reader.release("prevalence", 20)
        session = reader.session
        reader.wire.transport.abort()
        await reader.leave()
        await reader.join(session=session)
        assert reader.session == session
        assert reader.live.header["home"]["prevalence"] == 20
        await reader.leave()

    apart(lose_the_line())


def at_work(url: str) -> float:
    """Return how many runs are at work or wait, and tabs are connected."""
    with urlopen(f"{url}/metrics", timeout=10) as page:
        lines = page.read().decode().splitlines()
    named = [line for line in lines if line.startswith(("bayes_at_work{", "bayes_waiting{", "bayes_sessions "))]
    assert len(named) == 7, named
    return sum(float(line.split()[-1]) for line in named)


async def at_rest(pid: int) -> None:
    """Wait until the server does nothing."""
    since, end = processor(pid), time.monotonic() + 30
    while time.monotonic() < end:
        await asyncio.sleep(0.3)
        now = processor(pid)
        if now - since < 0.01:
            return
        since = now
    raise AssertionError("it never came to rest")


ROUNDS = int(os.environ.get("BAYES_ROUNDS", "12"))
PAGE = os.environ.get("BAYES_ROUNDS_PAGE", "/posterior?seed={}")
"""A thousand rounds on a page whose fits take seconds are for the hand: BAYES_ROUNDS_PAGE="/regression?seed={}"."""


def test_refresh_back_and_close_leave_nothing_running(house):
    pid, chance = house.process.pid, random.Random(3)

    async def round_(number: int) -> None:
        reader = Reader(house.url, PAGE.format(number % 900 + 1))
        await reader.connect()
        reader._send({})
        await asyncio.sleep(chance.uniform(0, 0.4))
        if reader.live.id:
            reader._send(reader.moved(width=chance.randrange(5)))
        await asyncio.sleep(chance.uniform(0, 0.4))
        end = ("close", "lose the line", "back", "refresh")[number % 4]
        if end == "lose the line":
            reader.wire.transport.abort()
        if end == "back":
            reader.query = urlsplit(PAGE.format(chance.randrange(1, 900))).query
            reader._send({})
            await asyncio.sleep(chance.uniform(0, 0.4))
        await reader.leave()
        if end == "refresh":
            await reader.connect()
            reader._send({})
            await asyncio.sleep(chance.uniform(0, 0.4))
            await reader.leave()
        assert [error for error in reader.errors if "closed" not in error] == []

    async def rounds() -> None:
        await works(house.url, PAGE.format(901))  # jax starts threads of its own, and keeps them
        before = len(os.listdir(f"/proc/{pid}/task"))
        for start in range(0, ROUNDS, 5):
            await asyncio.gather(*(round_(start + k) for k in range(min(5, ROUNDS - start))))
        await until(lambda: at_work(house.url) == 0)
        await at_rest(pid)
        assert len(os.listdir(f"/proc/{pid}/task")) <= before + 2

    apart(rounds())
