"""The tutorial's loss in units of probability, with the numbers on screen."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages._ui.controls import tex
from pages._ui.words import filled

from .settings_tutorial import WEIGHTS, TutorialSettings


def units_of_the_loss(text: Mapping[str, str], settings: TutorialSettings) -> None:
    """Show how a loss of two means becomes an ELBO, and how often it counts each row."""
    rows, factor = len(settings.dataset().y), settings.factor()
    said = {"rows": str(rows), "weights": str(WEIGHTS), "factor": f"{factor:.3g}", "times": f"{settings.counted:.3g}"}
    kl, log = tex("prior", r"\mathrm{KL}(q \,\|\, p)"), tex("likelihood", r"\sum_n \log p(y_n \mid \theta)")
    mean = tex("likelihood", r"\frac1N \sum_n -\log p(y_n \mid \theta)")
    st.markdown(filled(text["mathematics loss"], said))
    st.latex(rf"\mathbb E_q\Big[{mean}\Big] + \lambda\, \frac{{{kl}}}{{P}}")
    st.markdown(filled(text["mathematics units"], said))
    st.latex(
        rf"= \frac{{\lambda}}{{P}} \Big[ {kl} - c\; \mathbb E_q\,{log} \Big], \qquad c = \frac{{P}}{{\lambda N}}"
        rf" = \frac{{{WEIGHTS}}}{{{factor:.3g} \times {rows}}} = {settings.counted:.3g}"
    )
    st.markdown(filled(text["mathematics power"], said))
    tempered = r"q \approx p(\theta)\, \prod_n p(y_n \mid \theta)^{c}\,/\,Z"
    st.latex(tex("posterior", tempered))
    for section in ("elbo", "even", "draw"):
        st.markdown(filled(text[f"mathematics {section}"], said))
