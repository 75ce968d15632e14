"""What the operator sees, and who is none."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from loops import apart
from prometheus_client.parser import text_string_to_metric_families
from starlette.requests import Request

from bayes_core.inference import executor
from pages._ui import serving
from pages._ui.operating import access, counted, told


def asked(host: str | None = "127.0.0.1", path: str = "/metrics", **headers: str) -> Request:
    said = [(name.replace("_", "-").encode(), text.encode()) for name, text in headers.items()]
    client = (host, 1) if host else None
    return Request({"type": "http", "path": path, "headers": said, "client": client, "query_string": b""})


@pytest.mark.parametrize("host", ["127.0.0.1", "10.1.2.3", "172.18.0.5", "::1", "::ffff:10.0.0.1"])
def test_ones_own_network_may_see(host):
    assert access.may_see(asked(host))


@pytest.mark.parametrize("host", ["8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8", "testclient", None])
def test_others_may_not(host, monkeypatch):
    monkeypatch.delenv("BAYES_OPERATOR", raising=False)
    assert not access.may_see(asked(host))
    assert not access.may_see(asked(host, authorization="Bearer "))  # no word is no word that one could say


@pytest.mark.parametrize("header", ["x_forwarded_for", "forwarded", "x_real_ip", "via"])
def test_what_came_through_a_proxy_may_not_whatever_it_says_of_itself(header):
    assert not access.may_see(asked("127.0.0.1", **{header: "127.0.0.1"}))


@given(st.text(max_size=20))
def test_only_the_whole_word_opens(said):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BAYES_OPERATOR", "long-and-random")
        seen = access.may_see(asked("8.8.8.8", authorization="Bearer " + said.encode("unicode_escape").decode()))
        assert seen == (said == "long-and-random")
        assert access.may_see(asked("8.8.8.8", authorization="Bearer long-and-random"))


def test_metrics_are_what_prometheus_reads_and_count_what_was_done():
    with counted.run():
        pass
    counted.fitted(fit_of(1.5))
    answer = apart(serving._metrics(asked()))
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    families = {one.name: one for one in text_string_to_metric_families(answer.body.decode())}
    value = {(s.name, tuple(s.labels.values())): s.value for one in families.values() for s in one.samples}
    assert value["bayes_run_seconds_count", ()] >= 1
    assert value["bayes_fit_seconds_total", ("map",)] >= 1.5
    assert value["process_resident_memory_bytes", ()] > 10e6
    assert {"bayes_rooms", "bayes_room_tabs", "bayes_pages_cold"} <= set(families)
    assert {("bayes_held", ("fit_bytes",)), ("bayes_held", ("compiled_sizes",))} <= set(value)
    assert ("bayes_wait_seconds_total", ("picture",)) in value
    assert {label for one in families.values() for s in one.samples for label in s.labels} <= LABELS


LABELS = {"method", "kind", "event", "le", "held"}
"""All that a number is told apart by: each has a few values, and none is about persons."""


def fit_of(seconds: float, detour: str = ""):
    """What is counted of a fit."""
    return SimpleNamespace(method="map", diagnostics=SimpleNamespace(seconds=seconds, detour=detour))


def test_a_person_reads_the_same_in_lines():
    counted.fitted(fit_of(0.25))
    lines = told.for_a_person().splitlines()
    assert any(line.split()[1:] == ["fits_total", "map"] for line in lines)
    assert not any("bucket" in line for line in lines)


def test_an_operator_reads_where_fits_are_made(monkeypatch):
    def said() -> list[str]:
        return [line.strip() for line in told.for_a_person().splitlines()]

    monkeypatch.delenv("BAYES_CLUSTER", raising=False)
    executor._executor.cache_clear()
    assert said()[-1] == "No fit was asked for yet."
    executor.executor()
    assert said()[-1] == "Fits are made in this process."
    before = counted.REGISTRY.get_sample_value("bayes_detours_total")
    counted.fitted(fit_of(1.0, "made here"))
    assert counted.REGISTRY.get_sample_value("bayes_detours_total") == before + 1
    counted.fitted(fit_of(1.0))
    assert counted.REGISTRY.get_sample_value("bayes_detours_total") == before + 1
    assert "0  fit_workers" in said()


def test_to_others_there_is_no_such_page():
    for path in ("/metrics", "/status"):
        answer = apart(serving._metrics(asked("8.8.8.8", path)))
        assert (answer.status_code, answer.body) == (404, b"Not found\n")
