"""A Bayesian neural network: every curve that a small network may draw through the data."""

from __future__ import annotations

import streamlit as st

from pages._ui.by_hand import Lesson
from pages._ui.controls import code_and_share, tex, try_this
from pages._ui.link import locked
from pages._ui.words import coloured
from pages.neural._network import ahead as network_ahead
from pages.neural._network import changes as network_changes
from pages.neural._network import picture as network_picture
from pages.neural._network import stream as network_stream
from pages.neural._network import weights as network_weights
from pages.neural._network.code import script
from pages.neural._network.controls import KEY, controls
from pages.neural._network.settings import PAGE, PARSERS, SCENES, NetworkSettings, from_link

titles = {name: scene.title for name, scene in SCENES.items()}
lesson = Lesson(KEY, PAGE, titles, PARSERS, NetworkSettings.at_start, from_link, ("level",))
text, go = lesson.text, lesson.demonstrate
settings: NetworkSettings = lesson.open()

known = network_stream.known_fits(settings)
steps = network_stream.begin(settings, known)
here = network_stream.at_home(settings, known)
films = network_stream.films(settings, known)
complete = here is not None and here.diagnostics.complete
here_said = {"said": coloured(text["scene heteroscedastic"])} if settings.heteroscedastic else {}
news = network_changes.heard(settings, films) if complete else ""  # an answer still to come speaks when it is there
state = lesson.state(busy=network_stream.busy(settings, here), **({"said": news} if news else here_said))
lesson.show(network_picture.picture(settings, state), network_picture.handles(settings, locked), films)
told = st.container()

doubt = None
if not lesson.present:
    controls(lesson, settings)
    try_this(
        {
            text["try 1"]: (go, {"name": "gap"}),
            text["try 2"]: (go, {"name": "sine", "method": "prior"}),
            text["try 3"]: (go, {"name": "gap", "method": "ensemble"}),
            text["try 4"]: (go, {"name": "sine", "activation": "relu"}),
            text["try 5"]: (go, {"name": "swelling", "heteroscedastic": True, "points": 100}),
        }
    )
    with st.expander("The mathematics, in the same colours"):
        st.markdown(text["mathematics"])
        weights = tex("prior", r"w, b \sim \mathcal N(0, w_0^2)")
        noise = tex("aleatoric", r"\sigma\, \varepsilon")
        st.latex(r"f(x) = w_2^\top \tanh(x\, w_1 + b_1) + b_2, \qquad " + weights + r", \qquad y = f(x) + " + noise)
        st.markdown(text["mathematics options"])
        st.markdown(text["mathematics posterior"])
        before = rf"\mathcal N(w, b \mid 0, w_0^2)\ \mathrm{{HalfCauchy}}(\sigma \mid {settings.spec.prior_noise:g})"
        fits = tex("likelihood", r"\prod_i \mathcal N(y_i \mid f(x_i), \sigma^2)")
        after = tex("posterior", r"p(w, b, \sigma \mid y)")
        st.latex(after + r"\;\propto\;" + fits + r"\;\cdot\;" + tex("prior", before))
        st.markdown(text["mathematics sampler"])
        st.markdown(text["mathematics swap"])
    if settings.method == "hmc":
        doubt = st.expander("Why not look at the weights?", on_change="rerun", key="network.weights")
        doubt.markdown(text["weights"])
    code_and_share(text, script(settings))
answer = network_stream.follow(lesson, settings, known, steps)
if answer is not None:
    for complaint in answer.diagnostics.complaints:
        told.warning(complaint)
    if doubt is not None and doubt.open:
        with doubt:
            network_weights.warning(lesson, answer, settings)
    network_ahead.look_ahead(settings)
    if settings.method != "nuts":  # half a minute each: nobody waits for those
        network_stream.neighbours(lesson, settings, known)
