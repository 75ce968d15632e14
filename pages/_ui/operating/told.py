"""How a server does at the moment that somebody asks: for Prometheus, and for a person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from streamlit import runtime

from bayes_core.inference.executor import where, workers
from pages._ui.rooms.service import rooms
from pages._ui.work import scheduler
from pages._ui.work.store import store

from . import counted, warming

_QUEUES: dict[str, tuple[str, Callable[[scheduler.Count], float]]] = {
    "bayes_waiting": ("Runs that wait for a turn now", lambda count: count.waiting),
    "bayes_at_work": ("Runs at work now", lambda count: count.at_work),
    "bayes_oldest_wait_seconds": ("How long the oldest of them waits", lambda count: count.oldest_wait),
    "bayes_turns": ("Turns taken, in total", lambda count: count.turns),
    "bayes_wait_seconds": ("Seconds of waiting, in total", lambda count: count.wait_seconds),
    "bayes_work_seconds": ("Seconds at work, in total", lambda count: count.work_seconds),
}


class Now(Collector):
    """What there is at the moment that somebody asks."""

    def collect(self) -> Iterator[Metric]:
        """Yield everything that is held, not counted."""
        yield _gauge("bayes_pages_cold", "Pages that the first visitor has still to open", len(warming.missing()))
        yield from self._sessions()
        yield from self._work()
        there = rooms().keeper.watchers
        yield _gauge("bayes_rooms", "Class rooms with somebody here", there.rooms)
        yield _gauge("bayes_room_tabs", "Tabs here that are in a class room", there.count)

    def _work(self) -> Iterator[Metric]:
        """Yield what waits, works and is held, as the scheduler counts it."""
        store()  # it says what it holds once it is there
        now = scheduler.status()
        yield _gauge("bayes_crowd", "Sessions that asked for something lately", now.sessions)
        yield CounterMetricFamily(
            "bayes_turns_dropped", "Turns given up because nobody wants them any more", now.dropped
        )
        kinds = {"picture": now.pictures, "follow": now.follow, "spare": now.spare}
        for name, (about, reading) in _QUEUES.items():
            family = (CounterMetricFamily if "total" in about else GaugeMetricFamily)(name, about, labels=["kind"])
            for kind, count in kinds.items():
                family.add_metric([kind], reading(count))
            yield family
        held = GaugeMetricFamily("bayes_held", "What is kept for whoever asks next: bytes and numbers", labels=["held"])
        for what, value in now.held.items():
            held.add_metric([what], value)
        yield held
        yield _gauge("bayes_fit_workers", "Workers of the cluster that make fits; 0 in this process", workers())

    def _sessions(self) -> Iterator[Metric]:
        if not runtime.exists():
            return
        counts = runtime.get_instance().stats_mgr.get_stats(["active_sessions", "session_events"])
        yield _gauge("bayes_sessions", "Tabs that are connected", sum(s.value for s in counts["active_sessions"]))  # type: ignore[attr-defined]
        events = CounterMetricFamily("bayes_session_events", "Tabs that came, came back and went", labels=["event"])
        for one in counts["session_events"]:
            events.add_metric([one.labels["type"]], one.value)  # type: ignore[attr-defined]
        yield events


def _gauge(name: str, about: str, value: float) -> Metric:
    return GaugeMetricFamily(name, about, value)


@cache
def _complete() -> CollectorRegistry:
    counted.REGISTRY.register(Now())
    ProcessCollector(registry=counted.REGISTRY)
    return counted.REGISTRY


def for_prometheus() -> bytes:
    """Return all of it as Prometheus reads it."""
    return generate_latest(_complete())


def for_a_person() -> str:
    """Return all of it for a person: a line each, without the shares of the histogram."""
    lines = []
    for metric in _complete().collect():
        for one in metric.samples:
            if not one.name.endswith(("_bucket", "_created")):
                which = " ".join(one.labels.values())
                lines.append(f"{one.value:>16,.10g}  {one.name.removeprefix('bayes_')} {which}".rstrip())
    return "\n".join([*lines, where()]) + "\n"
