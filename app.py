"""The table of contents: the only list of lessons, with the style and the navigation."""

import streamlit as st

from pages._ui import classroom, staging, terms, thread
from pages._ui.controls import style
from pages._ui.live.code import send_code
from pages._ui.live.had import only_what_is_had
from pages._ui.operating import counted, spared, warming
from pages._ui.serving import middleware, routes
from pages._ui.tour import bar
from pages._ui.words import picture_url
from pages._ui.work.memory import returned_after
from pages._ui.work.turns import at_work

CONTENTS: dict[str, dict[str, str]] = {
    "": {
        "start/home": "Start",
        "start/glossary": "Words",
        "start/tour": "Tour",
        "start/room": "Class",
    },
    "Foundations": {
        "bayes/theorem": "Bayes’ theorem",
        "bayes/updating": "Updating beliefs",
    },
    "From ridge to posterior": {
        "linear/map_vs_ridge": "MAP is ridge",
        "linear/posterior": "Bayesian linear regression",
    },
    "Neural networks": {
        "neural/regression": "Bayesian neural network",
        "neural/methods": "Methods face to face",
        "neural/images": "From images",
    },
    "How inference works": {
        "approx/by_hand": "Be the approximation",
        "approx/samplers": "How a chain finds its way",
        "approx/integral": "The integral you cannot do",
    },
    "Trusting uncertainty": {
        "trust/classes": "Class probabilities",
        "trust/uncertainty": "Aleatoric and epistemic",
        "trust/calibration": "Calibration",
        "trust/conformal": "Conformal prediction",
    },
    "Choosing": {
        "choose/models": "Model complexity",
        "choose/bayes_factor": "Is it fair?",
        "choose/active": "Where to look next",
        "choose/continual": "Learning without forgetting",
        "choose/belief_network": "What causes what",
    },
    "Yours": {
        "yours/data": "Your numbers",
        "yours/decide": "Decide",
    },
}
"""Chapters, and in each the doors of its lessons: pages/<door>.py. The first of all is the start page."""

WARM = ("start/home", "linear/posterior")
"""Doors that a server opens itself before readers come; the start page brings what most lessons import."""

WHOLE = "What a model knows"


def main() -> None:
    """Show the page that the address asks for, when this session's turn has come."""
    with at_work(), only_what_is_had():
        show()


def show() -> None:
    """Show the page that the address asks for."""
    chapters = thread.laid(CONTENTS)
    page = st.navigation(chapters, position="top")  # the presenter view hides it: its page has to be known first
    st.set_page_config(
        page_title=f"{page.title} · {WHOLE}" if page.url_path else WHOLE,
        page_icon=picture_url("icon.svg"),
        layout="wide",
        initial_sidebar_state="collapsed",
    )
    classroom.strip({address(door): door for doors in CONTENTS.values() for door in doors})
    staging.arrive(page.url_path)
    thread.lay(CONTENTS)
    style(staging.presenting())
    send_code()
    bar.lead()
    page.run()


def address(door: str) -> str:
    """Return a page's path in an address; the first page of all has none."""
    return "" if door == next(iter(CONTENTS[""])) else terms.address(door)


if __name__ == "__main__":
    with warming.turn(), counted.run():
        main()  # what Streamlit runs for every reader
else:
    spared.spare()
    every = [address(door) for doors in CONTENTS.values() for door in doors]
    first = warming.first_visit([address(door) for door in WARM], every)
    # What `streamlit run app.py` serves.
    app = st.App("app.py", routes=routes(), middleware=middleware(), lifespan=returned_after(first))
