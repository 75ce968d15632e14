"""A problem with its proposed remedy: nothing is applied that the reader did not accept, and everything comes back."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import streamlit as st

from bayes_core.data.upload import Problem
from pages._ui.words import coloured

from .desk import accept, undo
from .study import Study


@cache
def named(listed: str) -> dict[str, str]:
    """Return what lines "- key: words" name.

    >>> named("- log: Use its log")
    {'log': 'Use its log'}
    """
    pairs = (line[2:].partition(": ") for line in listed.splitlines() if line.startswith("- "))
    return {key: words for key, _, words in pairs}


def pill(text: Mapping[str, str], study: Study, problem: Problem, key: str) -> None:
    """Show a problem and the button that accepts its remedy, or takes it back."""
    taken = problem.remedy in study.accepted
    said = problem.sentence[0].upper() + problem.sentence[1:]
    sign = "✓" if taken else "▲"
    st.html(f'<p class="dt-problem"><i aria-hidden="true">{sign}</i> {coloured(said)}</p>', width="stretch")
    label = text["undo"] if taken else named(text["remedies"])[problem.remedy.action]
    act = undo if taken else accept
    shown = "taken" if taken else "open"
    st.button(label, key=f"yours.{key}.{shown}", on_click=act, args=(problem.remedy,))
