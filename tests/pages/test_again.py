"""What a browser has is named to it, as Streamlit itself would name it, and nothing is made for that."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest
import streamlit as st
from lessons import LESSONS, SCENES
from streamlit.cursor import RunningCursor
from streamlit.delta_generator import DeltaGenerator
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.RootContainer_pb2 import RootContainer
from streamlit.runtime.forward_msg_cache import create_reference_msg, populate_hash_if_needed

from pages._ui.live import again as module
from pages._ui.live.again import again, unchanged
from pages._ui.words import words


class Context:
    """A run, as far as messages go: what it sends in full, and what by its hash."""

    def __init__(self) -> None:
        self.cached_message_hashes: frozenset[str] = frozenset()
        self.sent: list[ForwardMsg] = []
        self._enqueue = self.sent.append

    def enqueue(self, message: ForwardMsg) -> None:
        message.metadata.active_script_hash = "page"
        populate_hash_if_needed(message)
        has = message.metadata.cacheable and message.hash in self.cached_message_hashes
        self._enqueue(create_reference_msg(message) if has else message)


@pytest.fixture
def context(monkeypatch):
    made = Context()
    monkeypatch.setattr(module, "get_script_run_ctx", lambda **_: made)
    monkeypatch.setattr(module, "_elements", {})
    monkeypatch.setattr(module, "_blocks", {})
    return made


def place() -> DeltaGenerator:
    return DeltaGenerator(RootContainer.MAIN, RunningCursor(RootContainer.MAIN, (3,)))


def sender(context: Context, there: DeltaGenerator, asked: list[str], text: str = "x" * 5000):
    """Return what sends an element as Streamlit does."""

    def send() -> None:
        asked.append(text)
        message = ForwardMsg()
        message.delta.new_element.html.body = text
        message.metadata.delta_path[:] = there._cursor.delta_path
        context.enqueue(message)
        there._cursor.lock_element()

    return send


def test_what_the_browser_has_is_named_as_streamlit_names_it(context):
    asked: list[str] = []
    there = place()
    again(there, "a", sender(context, there, asked))
    context.cached_message_hashes = frozenset({context.sent[0].hash})
    for _ in range(2):
        there = place()
        again(there, "a", sender(context, there, asked))
        assert there._cursor.delta_path == [0, 3, 1]
    there = place()
    sender(context, there, [])()  # Streamlit's own way
    assert len(asked) == 1
    assert context.sent[0].WhichOneof("type") == "delta"
    assert context.sent[1] == context.sent[2] == context.sent[3]
    assert context.sent[1].ref_hash == context.sent[0].hash


def test_what_a_browser_does_not_keep_is_sent_as_it_was(context):
    asked: list[str] = []
    for _ in range(3):
        there = place()
        again(there, "a", sender(context, there, asked, "small"))
        assert there._cursor.delta_path == [0, 3, 1]
    assert len(asked) == 1
    assert context.sent[0] == context.sent[1] == context.sent[2]
    deeper = DeltaGenerator(RootContainer.MAIN, RunningCursor(RootContainer.MAIN, (7,)))
    again(deeper, "a", sender(context, deeper, asked, "small"))
    assert list(context.sent[3].metadata.delta_path) == [0, 7, 0]
    assert list(context.sent[0].metadata.delta_path) == [0, 3, 0]


def test_what_the_browser_has_no_more_is_sent_in_full(context):
    asked: list[str] = []
    for has in (frozenset(), frozenset({"another"}), frozenset()):
        context.cached_message_hashes = has
        there = place()
        again(there, "a", sender(context, there, asked))
    assert len(asked) == 3
    assert [one.WhichOneof("type") for one in context.sent] == ["delta"] * 3


def test_a_browser_that_has_what_this_server_never_sent_is_told_by_streamlit(context):
    there = place()
    sender(context, there, [])()
    context.cached_message_hashes = frozenset({context.sent[0].hash})
    asked: list[str] = []
    for _ in range(2):
        there = place()
        again(there, "a", sender(context, there, asked))
    assert len(asked) == 1  # then its hash is known
    assert context.sent[1] == context.sent[2]


def test_what_ends_a_run_leaves_it_as_it_was(context):
    def ends() -> None:
        raise RuntimeError

    enqueue = context._enqueue
    with pytest.raises(RuntimeError):
        again(place(), "a", ends)
    assert context._enqueue is enqueue


def block(context: Context, there: DeltaGenerator, asked: list[str]):
    """Return what sends an element, and a block with two more."""

    def send() -> None:
        sender(context, there, asked, "first")()
        message = ForwardMsg()
        message.delta.add_block.allow_empty = True
        message.metadata.delta_path[:] = there._cursor.delta_path
        context.enqueue(message)
        inner = DeltaGenerator(RootContainer.MAIN, there._cursor.open_block())
        sender(context, inner, asked, "second")()
        sender(context, inner, asked)()

    return send


def test_what_is_in_a_place_is_sent_once_more_wherever_the_place_lies(context):
    asked: list[str] = []
    unchanged(there := place(), "b", block(context, there, asked))
    first, as_sent = list(context.sent), [message.SerializeToString() for message in context.sent]
    assert [list(message.metadata.delta_path) for message in first] == [
        [0, 3, 0],
        [0, 3, 1],
        [0, 3, 1, 0],
        [0, 3, 1, 1],
    ]
    unchanged(there := place(), "b", block(context, there, asked))
    assert context.sent[4:] == first
    assert there._cursor.delta_path == [0, 3, 2]
    context.cached_message_hashes = frozenset({first[3].hash})
    deeper = DeltaGenerator(RootContainer.MAIN, RunningCursor(RootContainer.MAIN, (5, 2)))
    unchanged(deeper, "b", block(context, deeper, asked))
    other: list[ForwardMsg] = context.sent[8:]
    assert len(asked) == 3
    again_by_hand = DeltaGenerator(RootContainer.MAIN, RunningCursor(RootContainer.MAIN, (5, 2)))
    block(context, again_by_hand, asked)()
    assert context.sent[12:] == other
    assert other[3].ref_hash == first[3].hash
    assert [message.SerializeToString() for message in first] == as_sent


def test_what_a_browser_had_when_it_was_first_sent_is_not_kept(context):
    block(context, place(), [])()
    context.cached_message_hashes = frozenset({context.sent[3].hash})
    asked: list[str] = []
    for _ in range(2):
        unchanged(there := place(), "b", block(context, there, asked))
    assert len(asked) == 6
    assert module._blocks == {}


def test_a_place_that_holds_something_is_filled_as_ever(context):
    asked: list[str] = []
    for _ in range(2):
        there = place()
        there._cursor.lock_element()
        unchanged(there, "b", block(context, there, asked))
    assert len(asked) == 6


@pytest.mark.parametrize("run", [None, SimpleNamespace()])
def test_where_there_is_no_such_run_it_is_sent(monkeypatch, run):
    monkeypatch.setattr(module, "get_script_run_ctx", lambda **_: run)
    asked: list[int] = []
    again(place(), "a", lambda: asked.append(1))
    again(st.container(), "a", lambda: asked.append(2))
    unchanged(place(), "a", lambda: asked.append(3))
    assert asked == [1, 2, 3]


def test_what_is_known_does_not_grow_for_ever(context, monkeypatch):
    monkeypatch.setattr(module, "_MOST", 3)
    for name in range(5):
        there = place()
        again(there, name, sender(context, there, [], str(name) * 3000))
    assert list(module._elements) == [2, 3, 4]


# -------------------------------------------------------------------------------------------------- where it is used
def formulas(monkeypatch, lesson, settings) -> list[tuple[str, object]]:
    """Return what a lesson's mathematics sends."""
    sent: list[tuple[str, object]] = []
    with monkeypatch.context() as patched:
        patched.setattr(
            DeltaGenerator, "_enqueue", lambda self, kind, proto, **_: sent.append((kind, proto.SerializeToString()))
        )
        patched.setattr(DeltaGenerator, "_block", lambda self, *_, **__: sent.append(("block", "")))
        patched.setattr(st, "page_link", lambda *told, **more: sent.append(("page_link", (told, str(more)))))
        lesson.mathematics(words(lesson.page), settings)
    return sent


@pytest.mark.parametrize(("door", "scene"), SCENES)
def test_mathematics_depends_on_what_it_is_kept_by(monkeypatch, door, scene):
    lesson = LESSONS[door]
    start = replace(lesson.at_start(scene), reveal=True)
    told = formulas(monkeypatch, lesson, start)
    assert told
    assert {kind for kind, _ in told} <= {"markdown", "page_link"}  # nothing that hears of the browser
    for handle in start.handles:
        values = start.usual(handle).tolist()
        for value in (values[0], values[1], values[len(values) // 2], values[-1]):
            moved = replace(start, **{handle: value})
            assert formulas(monkeypatch, lesson, moved) == told or moved.formulated != start.formulated
