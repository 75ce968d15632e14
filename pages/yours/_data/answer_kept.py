"""Parts of an answer, kept within this session as long as the choice stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from bayes_core.data.upload import Prepared

_KEY = "yours.answer"
T = TypeVar("T")


def kept(part: str, prepared: Prepared, make: Callable[[], T], *more: object) -> T:
    """Return a part of the answer, worked out once for each choice."""
    data, key = prepared.dataset, f"{_KEY}.{part}"
    name = (data.fingerprint, data.feature_names, data.target_name, *more)
    found: tuple[object, T] | None = st.session_state.get(key)
    if found is None or found[0] != name:
        st.session_state[key] = found = (name, make())
    return found[1]


__all__ = ["kept"]
