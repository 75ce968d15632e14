"""The live chart: a figure that stays mounted, and films that the browser scrubs through while a handle moves.

    live_chart(picture, handles, films, home, key) -> None      the handles' values arrive in `on_move`
    live_more(films, key)                                       what took longer, for the same picture

A message is a JSON header and uint16 numbers (assets/live/data.js reads it): one code is 1/65534 of the range of its
array, far below a pixel. A film is valid at the positions of the *other* handles for which it was made; the browser
never shows it anywhere else.
"""

from __future__ import annotations

import base64
import json
import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st

from bayes_core.figures.frames import Frames
from bayes_core.figures.theme import LIGHT, in_dark, ink

from .words import asset

_GAP = 65535
_PANELS = ("panels", "tables", "plots")
_SCRIPTS = ("data", "ink", "labels", *_PANELS, "stages", "quick", "player", "pointing", "walk", "live")


@dataclass(frozen=True)
class Handle:
    """A handle under the chart: its positions, the words at its ends and the sentence that a move speaks.

    The second half of its label is left out on a phone. A `player` walks through its positions by itself.
    """

    id: str
    label: tuple[str, str]
    concept: str
    values: tuple[float, ...]
    texts: tuple[str, ...]
    start: int
    ends: tuple[str, str]
    sentence: str
    locked: bool = False
    player: bool = False


@dataclass(frozen=True)
class Label:
    """Words at the chart's right edge, hung at the mean of some traces' edges; `bar` px wide on the gauge."""

    id: str
    text: str
    gloss: str
    concept: str
    at: tuple[tuple[str, str], ...]
    bar: float = 0


@dataclass(frozen=True)
class Picture:
    """A figure (plotly JSON) with its labels, note and side panels; `stamp` names the question it answers.

    A `stage` (assets/live/stages.js) takes the place of the figure where the picture is no chart. `fixed` keeps the
    presenter's arrow keys from leaving the scene. A `walk` {trace, count, concept, ms, label} shows one member line of
    a trace at a time (assets/live/walk.js). While there are words in `busy` the picture is dimmed: what it shows is not
    the answer yet; `extra` tells of work that only adds to it.
    """

    figure: dict[str, Any] | None
    stamp: str
    labels: tuple[Label, ...]
    panels: tuple[dict[str, Any], ...]
    stage: dict[str, Any] | None = None
    fixed: bool = False
    note: dict[str, Any] | None = None
    epoch: int = 0
    said: str = ""
    busy: str = ""
    extra: str = ""
    present: bool = False
    glide: dict[str, Any] | None = None
    reveal: bool = False
    walk: dict[str, Any] | None = None


@dataclass(frozen=True)
class Film:
    """Frames packed for the browser, made where the handles stand at `home` positions."""

    spec: dict[str, Any]
    codes: bytes

    def named(self, stamp: str, home: Mapping[str, int], part: str) -> tuple[dict[str, Any], bytes]:
        """Return header entry and numbers, addressed to a picture."""
        return self.spec | {"stamp": stamp, "home": dict(home), "part": part}, self.codes


def pack(frames: Frames) -> Film:
    """Quantise frames to uint16, name by name; NaN becomes a gap, and what does not move is sent once."""
    numbers, parts, start = {}, [], 0
    for name, rows in frames.numbers.items():
        array = rows[:1] if np.array_equal(rows, np.broadcast_to(rows[:1], rows.shape), equal_nan=True) else rows
        finite = array[np.isfinite(array)]
        low = float(finite.min()) if finite.size else 0.0
        step = (float(finite.max()) - low) / (_GAP - 1) if finite.size else 0.0
        with np.errstate(invalid="ignore", divide="ignore"):
            codes = np.where(np.isfinite(array), np.round((array - low) / (step or 1.0)), _GAP)
        parts.append(codes.astype("<u2").tobytes())
        numbers[name] = {"start": start, "rows": len(array), "size": array.shape[1], "low": low, "step": step}
        start += array.size
    spec = {"handle": frames.handle, "numbers": numbers, "words": frames.words, "trusted": frames.trusted}
    return Film(spec, b"".join(parts))


def message(header: dict[str, Any], films: Sequence[tuple[dict[str, Any], bytes]]) -> bytes:
    """Join a header and films into one byte string, numbers aligned to four bytes."""
    body, specs, offset = [], [], 0
    for spec, codes in films:
        moved = {name: entry | {"start": entry["start"] + offset} for name, entry in spec["numbers"].items()}
        specs.append(spec | {"numbers": moved})
        body.append(codes)
        offset += len(codes) // 2
    text = json.dumps(header | {"films": specs}, separators=(",", ":")).encode()
    text += b" " * (-(4 + len(text)) % 4)
    return struct.pack("<I", len(text)) + text + b"".join(body)


def as_json(value: Any) -> Any:
    """Return a plotly figure's parts as plain JSON: arrays (also plotly's base64 ones) as lists, NaN as null."""
    if isinstance(value, dict) and "bdata" in value:
        return as_json(np.frombuffer(base64.b64decode(value["bdata"]), value["dtype"]))
    if isinstance(value, dict):
        return {name: as_json(part) for name, part in value.items()}
    if isinstance(value, np.ndarray):
        return [float(v) if np.isfinite(v) else None for v in value]
    if isinstance(value, list | tuple):
        return [as_json(part) for part in value]
    return value


@st.cache_resource
def plotly_chunk() -> str:
    """Return the name of Streamlit's own Plotly chunk: importing it in the browser sets window.Plotly."""
    static = Path(st.__file__).parent / "static" / "static" / "js"
    return next((path.name for path in sorted(static.glob("PlotlyChart.*.js"))), "")


_component = st.components.v2.component(
    "bayes_live",
    html='<div class="bl"></div>',
    css=asset("live/live.css") + asset("live/tables.css"),
    js="\n".join(asset(f"live/{name}.js") for name in _SCRIPTS),
    isolate_styles=False,
)


def live_chart(
    picture: Picture,
    handles: Sequence[Handle],
    films: Mapping[str, Film],
    home: Mapping[str, int],
    key: str,
    on_move: Callable[[dict[str, float], int], None],
    on_step: Callable[[int], None],
    on_act: Callable[[dict[str, Any]], None] = lambda values: None,
) -> None:
    """Show the picture; call `on_move(values, epoch)` on release and `on_step(±1)` on presenter arrow keys, 0 on Esc.

    `on_act` hears of what a panel of its own asks for.
    If the browser cannot draw it, native sliders and Streamlit's own chart stand in.
    """

    def moved() -> None:
        values = dict(st.session_state[key]["moved"])
        epoch = int(values.pop("epoch"))
        values.pop("count", None)
        on_move(values, epoch)

    def stepped() -> None:
        step = st.session_state[key]["step"]
        if step:
            on_step(int(step["by"]))

    def failed() -> None:
        st.session_state[f"{key}.failed"] = True  # the component's own state ends with it

    def acted() -> None:
        if st.session_state[key]["act"]:
            on_act(dict(st.session_state[key]["act"]))

    if plain(key):
        _plain(picture, handles, films, home, key, on_move)
        return
    header = asdict(picture) | {
        "key": key,
        "handles": [asdict(handle) for handle in handles],
        "home": dict(home),
        "shape": json.dumps(
            [
                [asdict(h) for h in handles],
                [label.id for label in picture.labels],
                picture.panels,
                picture.stage,
                picture.present,
                picture.walk,
            ]
        ),
        "figure_id": str(hash(json.dumps(picture.figure, sort_keys=True))),
        "palette": {concept: ink(concept)[5:].rsplit(",", 1)[0] for concept in LIGHT},
        "chunk": plotly_chunk(),
    }
    parts = [film.named(picture.stamp, home, "picture") for film in films.values()]
    _component(
        key=key,
        data=message(header, parts),
        on_moved_change=moved,
        on_failed_change=failed,
        on_step_change=stepped,
        on_act_change=acted,
    )


def plain(key: str) -> bool:
    """Return whether Streamlit's own chart and sliders stand in for the live chart."""
    return bool(st.session_state.get(f"{key}.failed") or st.query_params.get("live") == "0")


def live_more(
    stamp: str,
    films: Mapping[str, Film],
    home: Mapping[str, int],
    key: str,
    part: str,
    busy: str = "",
    said: str = "",
    extra: str = "",
) -> None:
    """Send what took longer (an honesty meter, draws still arriving) to the picture already on screen.

    `said` is HTML for the spoken sentence; without it the sentence stays.
    """
    if plain(key):
        return
    parts = [film.named(stamp, home, part) for film in films.values()]
    header = {"follows": True, "key": key, "stamp": stamp, "busy": busy, "extra": extra, "said": said}
    _component(data=message(header, parts))


def _plain(
    picture: Picture,
    handles: Sequence[Handle],
    films: Mapping[str, Film],
    home: Mapping[str, int],
    key: str,
    on_move: Callable[[dict[str, float], int], None],
) -> None:
    """Draw without our JavaScript: Streamlit's chart and sliders, which answer on release."""
    first = next(iter(films.values()))
    at = home[first.spec["handle"]]
    alt = first.spec["words"]["alt"]
    alt = alt[min(at, len(alt) - 1)]
    if picture.figure:
        st.plotly_chart(_plain_figure(picture, first, at), theme=None, key=f"{key}.plain", alt=alt)
    st.caption(alt)
    for column, handle in zip(st.columns(len(handles)), handles, strict=True):
        name = f"{key}.plain.{handle.id}"
        st.session_state[name] = handle.values[home[handle.id]]

        def moved(name: str = name, handle: Handle = handle) -> None:
            standing = {h.id: h.values[home[h.id]] for h in handles}
            on_move(standing | {handle.id: st.session_state[name]}, picture.epoch)

        column.select_slider(
            "".join(handle.label),
            handle.values,
            key=name,
            on_change=moved,
            format_func=dict(zip(handle.values, handle.texts, strict=True)).__getitem__,
            disabled=handle.locked,
        )


def _plain_figure(picture: Picture, film: Film, position: int) -> dict[str, Any]:
    """Return the figure at one position of a film, with a legend that says level and kind, in the theme's colours."""
    named = {label.id: label.text for label in picture.labels}
    traces = []
    for trace in picture.figure["data"]:
        y = _row(film, f"{trace['name']}.y", position)
        shown = {"name": named.get(trace["name"], trace["name"]), "showlegend": trace["name"] in named}
        traces.append(trace | shown | ({"y": y} if y is not None else {}))
    legend = {"showlegend": True, "legend": {"orientation": "h", "y": 1.12}}
    figure = {"data": traces, "layout": picture.figure["layout"] | legend}
    return in_dark(figure) if st.context.theme.type == "dark" else figure


def _row(film: Film, name: str, position: int) -> list[float | None] | None:
    entry = film.spec["numbers"].get(name)
    if entry is None:
        return None
    codes = np.frombuffer(film.codes, "<u2")[entry["start"] : entry["start"] + entry["rows"] * entry["size"]]
    row = codes.reshape(entry["rows"], entry["size"])[min(position, entry["rows"] - 1)]
    return [None if code == _GAP else entry["low"] + float(code) * entry["step"] for code in row]


__all__ = ["Film", "Handle", "Label", "Picture", "as_json", "live_chart", "live_more", "message", "pack"]
