"""The table of contents: page settings, the style and the navigation."""

import streamlit as st

from pages._ui.controls import style, wake
from pages._ui.link import presenting
from pages._ui.live.code import send_code

st.set_page_config(
    page_title="What a model knows",
    page_icon="assets/img/icon.svg",
    layout="wide",
    initial_sidebar_state="collapsed",
)
style(presenting())
send_code()

CONTENTS = {
    "": [st.Page("pages/start/home.py", title="Start", default=True)],
    "Foundations": [
        st.Page("pages/bayes/theorem.py", title="Bayes’ theorem"),
        st.Page("pages/bayes/updating.py", title="Updating beliefs"),
    ],
    "From ridge to posterior": [
        st.Page("pages/linear/map_vs_ridge.py", title="MAP is ridge"),
        st.Page("pages/linear/posterior.py", title="Bayesian linear regression"),
    ],
    "Neural networks": [
        st.Page("pages/neural/regression.py", title="Bayesian neural network"),
        st.Page("pages/neural/methods.py", title="Methods face to face"),
    ],
}
page = st.navigation(CONTENTS, position="hidden" if presenting() else "top")
wake()
page.run()
