"""The rooms over a real server: the story of a lesson, who may do what, and what nobody can do to it."""

from __future__ import annotations

import json
import logging
import re
import socket
import subprocess
import sys
import time

import pytest
from processes import free_ports, until
from room_server import Served
from starlette.requests import Request

from pages._ui.rooms import streams
from pages._ui.rooms.asked import address
from pages._ui.rooms.credentials import LETTERS
from pages._ui.rooms.keeper import Memory
from pages._ui.rooms.room import TEACHER
from pages._ui.rooms.service import Rooms

RATE = {"kind": "number", "text": "P(ill | +)?", "low": 0, "high": 100, "unit": "%", "answer": 9}
FALSE = "BBBBBB"


@pytest.fixture(scope="module")
def server():
    one = Served(Rooms(Memory()))
    yield one
    one.stop()


@pytest.fixture
def served(server):
    """The server with rooms of its own, whose clock stands still."""
    server.now = 0.0
    server.rooms = Rooms(Memory(lambda: server.now), lambda: server.now)
    return server


def test_a_lesson_from_its_opening_to_its_end(served):
    code, secret = served.open()
    assert re.fullmatch(f"[{LETTERS}]{{6}}", code)
    assert len(secret) >= 22  # 128 bits in base 64
    anna, ben = served.join(code), served.join(code)
    teacher, member = served.listen(code, secret), served.listen(code, anna)
    assert (teacher.next()["role"], member.next()["members"]) == ("teacher", 2)
    assert served.say(code, secret, "ask", question=RATE)[0] == 200
    asked = member.until(lambda told: told["question"])
    assert (asked["question"]["text"], asked["question"]["answer"]) == ("P(ill | +)?", None)
    assert served.say(code, anna, "guess", value=80)[1]["mine"] == 80
    assert served.say(code, ben, "guess", value=12)[1]["guesses"] == []
    assert sorted(teacher.until(lambda told: len(told["guesses"]) == 2)["guesses"]) == [12, 80]
    served.say(code, secret, "reveal")
    shown = member.until(lambda told: told["revealed"])
    assert (sorted(shown["guesses"]), shown["mine"], shown["question"]["answer"]) == ([12, 80], 80, 9)
    served.say(code, secret, "send", page="updating", query={"scene": "coin"})
    assert member.until(lambda told: told["at"])["at"] == {"page": "updating", "query": {"scene": "coin"}, "number": 1}
    served.say(code, secret, "end")
    assert member.until(lambda told: told["ended"])
    assert member.next() is None  # the line ends with the room
    assert served.post(f"/{code}/members")[0] == 410
    assert served.say(code, secret, "freeze", on=True)[0] == 410
    until(lambda: not served.desk.ears.count and not served.rooms.keeper.watchers.count)
    for one in (teacher, member):
        one.close()


def test_a_seat_and_the_room_are_found_again_after_a_lost_connection(served):
    code, secret = served.open()
    anna = served.join(code)
    served.say(code, secret, "ask", question=RATE)
    served.say(code, anna, "guess", value=33)
    assert served.post(f"/{code}/members", credential=anna) == (200, {"member": anna})
    again, teacher = served.listen(code, anna), served.listen(code, secret)
    told = again.next()
    assert (told["mine"], told["members"]) == (33, 1)
    assert teacher.next()["guesses"] == [33]
    for one in (again, teacher):
        one.close()


# -------------------------------------------------------------------------------------------------------- refusals
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://["},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ],
)
def test_another_sites_page_is_refused(served, headers):
    code, secret = served.open()
    for path, said in (("", None), (f"/{code}/members", None), (f"/{code}/say", {"do": "end"})):
        status, told = served.post(path, said, secret, **headers)
        assert (status, "another address" in told["error"]) == (403, True)
    assert not served.rooms.keeper.get(code).ended
    assert len(served.rooms.keeper._rooms) == 1


def test_this_servers_own_page_is_heard(served):
    own = {"Origin": f"http://127.0.0.1:{served.port}", "Sec_Fetch_Site": "same-origin"}
    assert served.post("", **own)[0] == 200
    assert not {name.lower() for name in served.headers} & {"access-control-allow-origin"}
    assert served.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("raw", "kind", "status", "words"),
    [
        (b"{" + b" " * 4096 + b"}", "application/json", 413, "4096 bytes"),
        (b'{"do": "end"', "application/json", 400, "no JSON"),
        (b"[" * 4000, "application/json", 400, "no JSON"),
        (b'["end"]', "application/json", 400, "an object"),
        (b'{"do": "end"}', "text/plain", 400, "application/json"),
        (b'{"do": 3}', "application/json", 400, "say what"),
        (b'{"do": "dance"}', "application/json", 400, "“dance” is nothing that is done here"),
        (b'{"do": "ask", "question": {"kind": "number", "text": "?", "low": 0, "high": 1e999}}', "application/json",
         400, "finite"),
        (b'{"do": "ask", "question": {"kind": "number", "text": "?", "low": NaN, "high": 1}}', "application/json",
         400, "finite"),
        (b'{"do": "ask", "question": {"kind": "one of", "text": "\\ud800", "options": ["a", "b"]}}',
         "application/json", 400, "control characters"),
        (b'{"do": "send", "page": "../etc/passwd"}', "application/json", 400, "last part of its address"),
        (b'{"do": "send", "page": "updating", "query": {"a b": "1"}}', "application/json", 400, "no name in a link"),
        (b'{"do": "send", "page": "updating", "query": {"a": 1}}', "application/json", 400, "value of a"),
    ],
)  # fmt: skip
def test_what_was_not_meant_to_be_sent_is_refused_in_words(served, raw, kind, status, words):
    code, secret = served.open()
    told = served.post(f"/{code}/say", None, secret, raw, Content_Type=kind)
    assert (told[0], words in told[1]["error"]) == (status, True), told
    assert served.rooms.keeper.get(code).version == 1


def test_only_credentials_of_this_room_do_anything(served):
    code, secret = served.open()
    other, others = served.open()
    anna = served.join(code)
    assert served.say(code, "", "end")[0] == 401
    assert served.say(code, others, "end")[0] == 401
    assert served.say(code, anna, "end")[0] == 403
    assert served.say(code, secret, "guess", value=1)[0] == 403
    assert served.say(FALSE, secret, "end")[0] == 404
    assert served.post(f"/{other}/members", credential=anna)[0] == 401
    stranger = served.listen(code, others)
    assert stranger.answer.status == 401
    stranger.close()
    assert served.say(code, secret, "reveal")[0] == 409
    assert not served.rooms.keeper.get(code).ended


def test_trying_codes_ends_after_thirty_in_a_minute_and_those_inside_go_on(served):
    code, secret = served.open()
    anna = served.join(code)

    def knock(code: str, n: int, credential: str = "") -> int:
        return served.post(f"/{code}/members", None, credential, X_Forwarded_For=f"10.0.0.{n}")[0]

    assert [knock(FALSE, n) for n in range(40)] == 30 * [404] + 10 * [429]  # whatever addresses it invents
    assert knock(code, 41) == 429  # nor does it hear which code is right
    assert knock(code, 42, anna) == 200
    assert served.say(code, secret, "freeze", on=True)[0] == 200
    served.now += 60
    assert knock(code, 43) == 200


def test_wrong_credentials_count_as_wrong_codes_do(served):
    code, _ = served.open()
    assert [served.say(code, f"guess {n}", "end")[0] for n in range(32)] == 30 * [401] + 2 * [429]


def test_behind_a_proxy_everybody_is_counted_alone(served, monkeypatch):
    monkeypatch.setenv("BAYES_PROXIED", "1")
    for n in range(40):
        assert served.post(f"/{FALSE}/members", None, "", None, X_Forwarded_For=f"203.0.113.{n}")[0] == 404


def test_nobody_says_more_than_twenty_things_a_second(served):
    code, secret = served.open()
    anna = served.join(code)
    assert [served.say(code, secret, "freeze", on=True)[0] for _ in range(21)] == 20 * [200] + [429]
    served.say(code, anna, "leave")  # is counted by itself
    served.now += 0.05
    assert served.say(code, secret, "freeze", on=False)[0] == 200


def test_text_travels_as_data(served):
    code, secret = served.open()
    script = "<script>alert(1)</script> \u2028 ' \" \\ é"
    listener = served.listen(code, secret)
    served.say(code, secret, "ask", question={"kind": "one of", "text": script, "options": [script, "</script>"]})
    told = listener.until(lambda told: told["question"])["question"]
    assert (told["text"], told["options"]) == (script, [script, "</script>"])
    listener.close()


def test_nothing_that_is_told_or_logged_holds_a_credential(served, caplog):
    with caplog.at_level(logging.DEBUG):
        code, secret = served.open()
        anna, ben = served.join(code), served.join(code)
        teacher, member = served.listen(code, secret), served.listen(code, anna)
        told = [teacher.next(), member.next()]
        told += [served.say(code, secret, "ask", question=RATE), served.say(code, anna, "guess", value=1)]
        told += [served.say(code, secret, "reveal"), served.say(code, "nobody", "end"), served.say(code, anna, "end")]
        told += [member.until(lambda told: told["revealed"]), repr(served.rooms.keeper.get(code))]
        told += [served.rooms.see(code, secret), served.rooms.see(code, anna), dict(served.headers)]
        for one in (teacher, member):
            one.close()
    everything = json.dumps(told) + caplog.text
    assert not [held for held in (secret, anna, ben) if held in everything]
    assert "/class/rooms" in caplog.text  # it was looked at


# ------------------------------------------------------------------------------------------------------- the events
def send(served: Served, code: str, n: int) -> None:
    """Send everybody to a long state, past the limit of how much a teacher may say."""
    said = {"page": f"p{n}", "query": {f"x{k}": 3000 * "x" for k in range(20)}}
    served.rooms.keeper.change(code, lambda room: room.after("send", TEACHER, said))


def test_whoever_does_not_read_gets_the_newest_and_holds_up_nobody(served, monkeypatch):
    monkeypatch.setattr(streams, "PACE", 0.001)
    code, _ = served.open()
    lazy, keen = served.listen(code, served.join(code)), served.listen(code, served.join(code))
    for n in range(100):
        send(served, code, n)
        if n % 10 == 0:
            keen.until(lambda told, n=n: told["at"] and int(told["at"]["page"][1:]) >= n)
    keen.until(lambda told: told["at"]["page"] == "p99")
    read = []
    lazy.until(lambda told: read.append(told) or (told["at"] or {}).get("page") == "p99")
    versions = [told["version"] for told in read]
    assert versions == sorted(set(versions))
    for one in (lazy, keen):
        one.close()


def test_a_client_that_never_reads_is_given_up(served, monkeypatch):
    monkeypatch.setattr(streams, "PACE", 0.001)
    monkeypatch.setattr(streams, "PATIENCE", 0.1)
    code, _ = served.open()
    anna = served.join(code)
    with socket.socket() as deaf:
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        deaf.connect(("127.0.0.1", served.port))
        asked = f"GET /class/rooms/{code}/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {anna}\r\n\r\n"
        deaf.sendall(asked.encode())
        until(lambda: served.desk.ears.count == 1)
        for n in range(1000):  # more than all buffers between here and there hold
            send(served, code, n)
            time.sleep(0.002)
            if not served.desk.ears.count:
                break
    assert served.desk.ears.count == served.rooms.keeper.watchers.count == 0


def test_a_silent_room_beats_and_a_lost_listener_is_forgotten(served, monkeypatch):
    monkeypatch.setattr(streams, "HEARTBEAT", 0.02)
    code, secret = served.open()
    served.now = 10_000.0
    one = served.listen(code, secret)
    one.next()
    assert one.heartbeat() == b"\n"
    served.now = 20_000.0  # three hours after the opening, and the teacher has listened since
    assert one.heartbeat() == b"\n"
    assert served.rooms.keeper.get(code)
    one.close()
    until(lambda: not served.desk.ears.count and not served.rooms.keeper.watchers.count)


def test_a_room_that_expires_tells_those_who_listen(served, monkeypatch):
    monkeypatch.setattr(streams, "HEARTBEAT", 0.02)
    code, _ = served.open()
    one = served.listen(code, served.join(code))
    assert not one.next()["ended"]
    served.now = 3 * 3600.0
    told = one.until(lambda told: told["ended"])
    assert "No room is open" in told["trouble"]
    assert one.next() is None
    one.close()


def test_of_many_windows_of_one_person_the_newest_are_told(served):
    code, _ = served.open()
    anna = served.join(code)
    windows = []
    for _ in range(streams.MOST_LISTENERS + 2):
        windows.append(served.listen(code, anna))
        windows[-1].next()
    assert [one.next() for one in windows[:2]] == [None, None]
    until(lambda: served.desk.ears.count == streams.MOST_LISTENERS)
    for one in windows:
        one.close()


def test_others_guesses_move_no_members_line(served, monkeypatch):
    """Sixty guesses that only the teacher sees would else be sent to sixty members."""
    monkeypatch.setattr(streams, "PACE", 0.0)
    code, secret = served.open()
    anna, ben = served.join(code), served.join(code)
    served.say(code, secret, "ask", question=RATE)
    member = served.listen(code, ben)
    assert member.next()["version"] == 4
    teacher = served.listen(code, secret)  # is woken after the member, and so tells when that one had its turn
    teacher.next()
    served.say(code, anna, "guess", value=3)
    teacher.until(lambda told: told["guesses"])
    served.say(code, secret, "freeze", on=True)
    assert member.next()["frozen"]
    for one in (member, teacher):
        one.close()


STOPPING = """
import uvicorn
from starlette.applications import Starlette
from pages._ui.rooms.http import routes
uvicorn.run(Starlette(routes=routes()), host="127.0.0.1", port={port}, log_level="warning")
"""


def test_a_server_that_is_told_to_stop_stops_though_somebody_listens():
    (port,) = free_ports(1)
    process = subprocess.Popen([sys.executable, "-c", STOPPING.format(port=port)])
    try:

        def answers() -> bool:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
            except OSError:
                return False
            return True

        until(answers)
        served = Served.__new__(Served)
        served.port = port
        code, secret = served.open()
        listener = served.listen(code, secret)
        assert listener.next()["role"] == "teacher"
        process.terminate()
        assert listener.next() is None
        listener.close()
        assert process.wait(20) is not None
    finally:
        process.kill()
        process.wait()


# ---------------------------------------------------------------------------------------------- who is counted together
@pytest.mark.parametrize(
    ("client", "named", "proxied", "counted"),
    [
        (("203.0.113.7", 5000), "", "", "203.0.113.7"),
        (("8.8.8.8", 5000), "10.0.0.1", "1", "8.8.8.8"),  # no proxy of ours: what it names is not believed
        (("172.18.0.2", 5000), "6.6.6.6, 203.0.113.7", "", "172.18.0.2"),
        (("172.18.0.2", 5000), "6.6.6.6, 203.0.113.7", "1", "203.0.113.7"),  # the last one is the proxy's own word
        (
            ("203.0.113.7", 0),
            "203.0.113.7",
            "",
            "a proxy",
        ),  # uvicorn believed it, and nobody has said that there is one
        (("203.0.113.7", 0), "203.0.113.7", "1", "203.0.113.7"),
        (("2001:db8::1:2", 5000), "", "", "2001:db8::/64"),
        (("172.18.0.2", 5000), "x" * 1000, "1", "x" * 60),
        (None, "", "", ""),
    ],
)
def test_the_address_that_somebody_is_counted_by(client, named, proxied, counted, monkeypatch):
    monkeypatch.setenv("BAYES_PROXIED", proxied)
    headers = [(b"x-forwarded-for", named.encode())] if named else []
    assert address(Request({"type": "http", "client": client, "headers": headers})) == counted
