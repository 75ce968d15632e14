"""The picture without our JavaScript: Streamlit's own chart and sliders, which answer on release."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from bayes_core.figures.film import Film
from bayes_core.figures.picture import Handle, Picture, as_json
from bayes_core.figures.stages import STAGES
from bayes_core.figures.theme import in_dark
from bayes_core.foundations.quantities import CELLS
from pages._ui.sentences import bare
from pages._ui.staging import recalled, without_code


def plain(key: str) -> bool:
    """Return whether Streamlit's own chart and sliders stand in for the live chart."""
    return bool(without_code() or recalled(f"{key}.failed"))


def draw_plain(
    picture: Picture,
    handles: Sequence[Handle],
    films: Mapping[str, Film],
    home: Mapping[str, int],
    key: str,
    on_move: Callable[[dict[str, float], int], None],
    on_type: Callable[..., None],
    on_act: Callable[[dict[str, Any]], None],
) -> None:
    """Draw without our JavaScript: Streamlit's chart, sliders that answer on release, and fields for exact values."""
    first = next(iter(films.values()))
    at = home[first.handle]
    alt = " ".join(dict.fromkeys(part for part in (first.word("alt", at), bare(picture.said)) if part))
    figure = _plain_figure(picture, picture.figure, first, at) if picture.figure else _plain_stage(picture, first, at)
    if figure and figure["data"]:  # a link may hide every line
        st.plotly_chart(figure, theme=None, key=f"{key}.plain", alt=alt)
    st.caption(alt)
    _question(picture, first, at, key, on_act)
    standing = {h.id: h.values[home[h.id]] for h in handles}
    for column, handle in zip(st.columns(len(handles)), handles, strict=True):
        name = f"{key}.plain.{handle.id}"
        st.session_state[name] = handle.values[home[handle.id]]

        def moved(name: str = name, handle: Handle = handle) -> None:
            on_move(standing | {handle.id: st.session_state[name]}, picture.epoch)

        column.select_slider(
            "".join(handle.label),
            handle.values,
            key=name,
            on_change=moved,
            format_func=dict(zip(handle.values, handle.written, strict=True)).__getitem__,  # no two are the same
            disabled=handle.locked,
        )
        with column:
            _field(
                handle, home[handle.id], picture.refused, key, partial(on_type, values=standing, epoch=picture.epoch)
            )


def _question(picture: Picture, film: Film, at: int, key: str, on_act: Callable[[dict[str, Any]], None]) -> None:
    """Show the fields of a question that is open, empty, or what a guess is worth."""
    for panel in picture.panels:
        if panel["type"] == "guessed":
            st.write(film.word("guess.verdict", at) or "")
            st.button(panel["button"], on_click=on_act, args=({"again": True},), key=f"{key}.plain.again")
        if panel["type"] == "ask":
            _ask(panel, key, on_act)


def _ask(panel: Mapping[str, Any], key: str, on_act: Callable[[dict[str, Any]], None]) -> None:
    with st.form(f"{key}.plain.ask"):
        st.write(bare(panel["words"]))
        read = _fields(panel, key)
        st.form_submit_button(panel["button"], type="primary", on_click=lambda: _tell(read(), on_act))
    st.button(panel["skip"], on_click=on_act, args=({"guess": None},), key=f"{key}.plain.skip")


def _tell(guess: str | None, on_act: Callable[[dict[str, Any]], None]) -> None:
    if guess:
        on_act({"guess": guess})


def _fields(panel: Mapping[str, Any], key: str) -> Callable[[], str | None]:
    """Show the fields of a question; return what reads them once they are sent, nothing while one is empty."""
    state, names = st.session_state, [f"{key}.plain.guess.{n}" for n in range(2 * len(panel.get("places", [1])))]
    if panel["asks"] == "options":
        options = {name: bare(words) for name, words in panel["options"]}
        st.radio("Your guess", options, None, options.__getitem__, key=names[0])
        return lambda: state[names[0]]
    if panel["asks"] == "band":
        labels = [f"{place}, {end}" for place in panel["places"] for end in ("from", "to")]
    else:
        labels, names = [panel["label"]], names[:1]
    for label, name in zip(labels, names, strict=True):
        st.number_input(label, value=None, key=name)

    def read() -> str | None:
        values = [state[name] for name in names]
        if None in values:
            return None
        pairs = ["~".join(f"{v:.6g}" for v in values[n : n + 2]) for n in range(0, len(values), 2)]
        return "_".join(pairs)

    return read


def _plain_stage(picture: Picture, film: Film, position: int) -> Any:
    """Return a stage as a chart, its parts named as the picture names them; nothing for a stage that has no chart."""
    stage = picture.stage or {}
    numbers, figure = STAGES.get(stage.get("type", ""), ("", None))
    if figure is None or film.row(numbers, position) is None:  # hidden by the link
        return None
    named = [film.word(f"point.{cell}", position) or film.word(f"cell.{cell}", position) or cell for cell in CELLS]
    return _themed(figure(film.row(numbers, position), stage.get("names", named)), True)


def _field(
    handle: Handle, at: int, refused: dict[str, str] | None, key: str, on_type: Callable[[str, str], None]
) -> None:
    """Show a field for an exact value; what is refused stays in it, with the reason."""
    name, here = f"{key}.plain.exact.{handle.id}", refused and refused["handle"] == handle.id
    st.session_state[name] = refused["text"] if refused and here else handle.written[at]
    st.text_input(
        f"{''.join(handle.label)}, exact value",
        key=name,
        on_change=lambda: on_type(handle.id, st.session_state[name]),
        disabled=handle.locked,
        max_chars=40,
    )
    if refused and here:
        st.error(refused["why"])


def _plain_figure(picture: Picture, figure: dict[str, Any], film: Film, position: int) -> Any:
    """Return the figure at one position of a film, with a legend that says level and kind, in the theme's colours."""
    named = {label.id: label.text for label in picture.labels}
    traces = []
    for trace in figure["data"]:
        y = as_json(film.row(f"{trace['name']}.y", position))
        shown = {"name": named.get(trace["name"], trace["name"]), "showlegend": trace["name"] in named}
        traces.append(trace | shown | ({"y": y} if y is not None else {}))
    return _themed({"data": traces, "layout": figure["layout"]}, False)


def _themed(figure: dict[str, Any], every: bool) -> Any:
    """Return a figure in the theme's colours with a legend, of every trace or of those that say so."""
    legend = {"showlegend": True, "legend": {"orientation": "h", "y": 1.12}}
    traces = [{**trace, "showlegend": True} for trace in figure["data"]] if every else figure["data"]
    made = {"data": traces, "layout": figure["layout"] | legend}
    return in_dark(made) if st.context.theme.type == "dark" else made
