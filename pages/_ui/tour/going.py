"""Going to a page in exactly the state of a link, inside the session: nothing is loaded anew.

By hand a page is found as it was left, and shown as the one before it; a link that is followed here says all of it.
"""

from __future__ import annotations

from typing import NoReturn

import streamlit as st

from .. import link, staging
from ..terms import address


def go(door: str, query: dict[str, str], present: bool = False) -> NoReturn:
    """Go to a door in the state that its query says, in the presenter view if one is in it or `present` asks for it."""
    asked = {name: text for name, text in query.items() if name != "present"}
    if present or staging.presenting():
        asked = {"present": "1", **asked}
    staging.exactly(address(door), asked)
    link.exactly()
    st.switch_page(f"pages/{door}.py", query_params=asked)
