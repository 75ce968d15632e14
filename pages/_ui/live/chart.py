"""The live chart: a figure that stays mounted, and films that the browser scrubs through while a handle moves.

    live_chart(picture, handles, films, home, key) -> None      the handles' values arrive in `on_move`
    live_more(films, key)                                       what took longer, for the same picture

A message is a JSON header and uint16 numbers (assets/live/data.js reads it): one code is 1/65534 of the range of its
array, far below a pixel. A film is valid at the positions of the *other* handles for which it was made; the browser
never shows it anywhere else.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import streamlit as st

from bayes_core.figures.film import Film, message
from bayes_core.figures.picture import Handle, Picture
from bayes_core.figures.theme import LIGHT, ink

from .code import component
from .plain import draw_plain, plain

_component = component("bayes_live", html='<div class="bl"></div>')


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
        draw_plain(picture, handles, films, home, key, on_move)
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
