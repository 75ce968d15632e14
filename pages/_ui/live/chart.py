"""The live chart: a figure that stays mounted, and films that the browser scrubs through while a handle moves.

    live_chart(picture, handles, films, home, key, still)      the handles' values arrive in `on_move`
    live_more(key, following(stamp, films, ...))                what took longer, for the same picture

What no release changes (the still: figure, labels, panels, handles) and every film are elements of their own, named by
their content, and the picture's message only names them. A film depends on the other handles alone, so a release leaves
the moved handle's film as it is: Streamlit then sends a hash of its element, if the browser said that it has it, and
the element itself if not (after a reload, a lost connection, another page). A film is valid at the positions of the
*other* handles for which it was made; the browser never shows it anywhere else.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from bayes_core.figures.film import Film
from bayes_core.figures.packing import as_text, letter, named, sealed
from bayes_core.figures.picture import Handle, Picture
from bayes_core.figures.theme import LIGHT, ink
from pages._ui.staging import recalled, remember

from .again import again
from .code import component
from .plain import draw_plain, plain

_picture = component("bayes_live", html='<div class="bl"></div>')
_more = component("bayes_more")
_film = component("bayes_film")
_still = component("bayes_still")
_pin = component("bayes_pin")
_MOVING = {
    "stamp",
    "epoch",
    "said",
    "told",
    "waits",
    "busy",
    "extra",
    "glide",
    "refused",
    "reveal",
    "keys",
    "reads",
    "pins",
    "draws",
    "locks",
}
"""What of a picture is told anew with every message; everything else is its still."""
_PLACES = {"values", "texts", "written", "start"}
"""What of a handle may change without the furniture being built anew: a value that was asked for is a position."""


@st.cache_resource
def plotly_chunk() -> str:
    """Return the name of Streamlit's own Plotly chunk: importing it in the browser sets window.Plotly."""
    static = Path(st.__file__).parent / "static" / "static" / "js"
    return next((path.name for path in sorted(static.glob("PlotlyChart.*.js"))), "")


def live_chart(
    picture: Picture,
    handles: Sequence[Handle],
    films: Mapping[str, Film],
    home: Mapping[str, int],
    key: str,
    still: bytes,
    on_move: Callable[[dict[str, float], int], None],
    on_step: Callable[[str, int, int, int], None],
    on_act: Callable[[dict[str, Any]], None] = lambda values: None,
    on_type: Callable[[str, str, dict[str, float], int], None] = lambda handle, text, values, epoch: None,
    on_read: Callable[[dict[str, Any]], None] = lambda told: None,
    on_pin: Callable[[dict[str, Any]], None] = lambda told: None,
    on_draw: Callable[[dict[str, Any]], None] = lambda told: None,
) -> dict[str, DeltaGenerator]:
    """Show the picture; call `on_move(values, epoch)` on release, `on_step(do, by, epoch, at)` on a presenter's keys.

    `still` is `sealed_still` of it.

    `on_act` hears of what a panel of its own asks for, `on_type(handle, text, values, epoch)` of a value typed while
    the handles stood at `values`, `on_read` of a probe that was put somewhere, or away, `on_pin` of pins,
    `on_draw` of points that are drawn. If the browser cannot draw it, native sliders and Streamlit's own chart stand
    in. Returns where films belong that are not among these, by handle: `live_late` brings them.
    """

    def moved() -> None:
        values = dict(st.session_state[key]["moved"])
        epoch = int(values.pop("epoch"))
        values.pop("count", None)
        on_move(values, epoch)

    def stepped() -> None:
        step = st.session_state[key]["step"]
        if step:
            on_step(str(step["do"]), int(step["by"]), int(step["epoch"]), int(step["at"]))

    def failed() -> None:
        st.session_state[f"{key}.failed"] = True  # the component's own state ends with it

    def acted() -> None:
        if st.session_state[key]["act"]:
            on_act(dict(st.session_state[key]["act"]))

    def typed() -> None:
        told = st.session_state[key]["typed"]
        if told:
            on_type(str(told["handle"]), str(told["text"]), dict(told["values"]), int(told["epoch"]))

    def read() -> None:
        if st.session_state[key]["read"]:
            on_read(dict(st.session_state[key]["read"]))

    def pinned() -> None:
        if st.session_state[key]["pin"]:
            on_pin(dict(st.session_state[key]["pin"]))

    def drawn() -> None:
        if st.session_state[key]["drawn"]:
            on_draw(dict(st.session_state[key]["drawn"]))

    def missed() -> None:
        st.session_state[f"{key}.missed"] = _tries(key) + 1

    if plain(key):
        draw_plain(picture, handles, films, home, key, on_move, on_type, on_act)
        return {}
    late: dict[str, DeltaGenerator] = {}
    parts = st.container(key=f"parts-{key}")
    with parts:
        shown = f"{key}.still.{_tries(key)}"
        again(parts, (shown, named(still)), lambda: _still(key=shown, data=still))
        for handle in handles:
            if handle.id in films:
                _show_film(parts, key, films[handle.id])
            else:
                late[handle.id] = st.empty()
    _picture(
        key=key,
        data=letter(header_of(picture, key, still, films, home)),
        on_moved_change=moved,
        on_failed_change=failed,
        on_step_change=stepped,
        on_act_change=acted,
        on_typed_change=typed,
        on_read_change=read,
        on_pin_change=pinned,
        on_drawn_change=drawn,
        on_missed_change=missed,
    )
    values = told_elsewhere(key, {handle.id: handle.values[home[handle.id]] for handle in handles if handle.id in home})
    if values:
        on_move(values, picture.epoch)
        st.rerun()
    return late


def _tries(key: str) -> int:
    """Return how often a part was missed: elements with a new key are sent anew, whatever the browser has."""
    return int(recalled(f"{key}.missed") or 0)


def _show_film(place: DeltaGenerator, key: str, film: Film) -> None:
    shown = f"{key}.film.{film.handle}.{_tries(key)}"
    again(place, (shown, film.id), lambda: _film(key=shown, data=film.packed))


def live_late(place: DeltaGenerator, key: str, film: Film, message: bytes) -> None:
    """Send a film that the picture did not wait for as an element of its own, so that it need not be sent again."""
    with place:
        _show_film(place, key, film)
    live_more(key, message)


def told_elsewhere(key: str, standing: Mapping[str, float]) -> dict[str, float]:
    """Return what a reader let go before this session had run: where the page comes from another server, or from this
    one before it was started anew, Streamlit tells no change of a component that it did not know.
    """
    heard = f"{key}.heard"
    first = not recalled(heard)
    remember(heard, True)
    told = dict(st.session_state[key].get("moved") or {}) if first else {}
    values = {name: float(told[name]) for name in standing if name in told}
    return values if set(values) == set(standing) and values != dict(standing) else {}


def header_of(
    picture: Picture, key: str, still: bytes, films: Mapping[str, Film], home: Mapping[str, int]
) -> dict[str, Any]:
    """Return what is told anew with every message of a picture; it names its still and its films."""
    return {name: getattr(picture, name) for name in _MOVING} | {
        "key": key,
        "home": dict(home),
        "still": named(still),
        "films": [film.sent(picture.stamp, home, "picture") for film in films.values()],
    }


def sealed_still(picture: Picture, handles: Sequence[Handle], chunk: str) -> bytes:
    """Return what no release changes; `chunk` is where Plotly comes from.

    The browser builds anew for another `shape`, and mounts another `figure_id`.
    """
    still = {name: value for name, value in asdict(picture).items() if name not in _MOVING}
    still["handles"] = [asdict(handle) for handle in handles]
    parts = ("panels", "stage", "present", "walk", "hides")
    hands = [{name: value for name, value in one.items() if name not in _PLACES} for one in still["handles"]]
    shape = [still[name] for name in parts] + [hands, [label.id for label in picture.labels]]
    return sealed(
        as_text(
            still
            | {
                "shape": _digest(shape),
                "figure_id": _digest(picture.figure),
                "palette": {concept: ink(concept)[5:].rsplit(",", 1)[0] for concept in LIGHT},
                "chunk": chunk,
            }
        )
    )


def _digest(value: Any) -> str:
    return str(hash(json.dumps(value, sort_keys=True)))


def live_more(key: str, message: bytes) -> None:
    """Send what took longer (a meter, draws still arriving) to the picture on screen, as `following` says it."""
    if not plain(key):
        _more(data=message)


def following(
    stamp: str,
    films: Mapping[str, Film],
    home: Mapping[str, int],
    key: str,
    part: str,
    busy: str = "",
    said: str = "",
    extra: str = "",
    waits: bool = False,
    epoch: int = 0,
    count: int = 0,
    *,
    apart: bool = False,
) -> bytes:
    """Return the message of what follows a picture, the count-th.

    `said` is HTML for the spoken sentence; without it the sentence stays. While it `waits`, words may still come. Films
    that are elements of their own, `apart`, are only named.
    """
    told = [
        film.sent(stamp, home, part) | {"count": count} | ({} if apart else {"bytes": len(film.packed)})
        for film in films.values()
    ]
    header = {"follows": True, "key": key, "stamp": stamp, "busy": busy, "extra": extra}
    header |= {"waits": waits, "said": said, "films": told, "epoch": epoch, "count": count}
    return letter(header, *(film.packed for film in films.values() if not apart))


def live_pin(stamp: str, home: Mapping[str, int], key: str, label: str, said: str, ghost: bytes) -> None:
    """Send what a pinned answer looks like beside the one on screen: its lines, its name and what differs, as HTML."""
    if ghost:
        _still(key=f"{key}.ghost", data=ghost)
    header = {"pin": True, "key": key, "stamp": stamp, "home": dict(home), "label": label, "said": said}
    _pin(key=f"{key}.pin", data=letter(header | {"ghost": named(ghost) if ghost else ""}))
