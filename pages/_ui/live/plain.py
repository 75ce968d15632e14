"""The picture without our JavaScript: Streamlit's own chart and sliders, which answer on release."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from bayes_core.figures.film import Film
from bayes_core.figures.picture import Handle, Picture, as_json
from bayes_core.figures.theme import in_dark
from pages._ui.sentences import bare


def plain(key: str) -> bool:
    """Return whether Streamlit's own chart and sliders stand in for the live chart."""
    return bool(st.session_state.get(f"{key}.failed") or st.query_params.get("live") == "0")


def draw_plain(
    picture: Picture,
    handles: Sequence[Handle],
    films: Mapping[str, Film],
    home: Mapping[str, int],
    key: str,
    on_move: Callable[[dict[str, float], int], None],
) -> None:
    """Draw without our JavaScript: Streamlit's chart and sliders, which answer on release."""
    first = next(iter(films.values()))
    at = home[first.handle]
    alt = " ".join(dict.fromkeys(part for part in (first.word("alt", at), bare(picture.said)) if part))
    if picture.figure:
        st.plotly_chart(_plain_figure(picture, picture.figure, first, at), theme=None, key=f"{key}.plain", alt=alt)
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


def _plain_figure(picture: Picture, figure: dict[str, Any], film: Film, position: int) -> Any:
    """Return the figure at one position of a film, with a legend that says level and kind, in the theme's colours."""
    named = {label.id: label.text for label in picture.labels}
    traces = []
    for trace in figure["data"]:
        y = as_json(film.row(f"{trace['name']}.y", position))
        shown = {"name": named.get(trace["name"], trace["name"]), "showlegend": trace["name"] in named}
        traces.append(trace | shown | ({"y": y} if y is not None else {}))
    legend = {"showlegend": True, "legend": {"orientation": "h", "y": 1.12}}
    made = {"data": traces, "layout": figure["layout"] | legend}
    return in_dark(made) if st.context.theme.type == "dark" else made
