"""The mathematics of the samplers page, in the colours of the picture."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from pages._ui.controls import tex

from .settings import ChainSettings
from .trials import TRIALS, TrialSettings

_STEPS = {
    "random_walk": r"x' = x + \varepsilon z,\qquad \alpha = \min\bigl(1,\ {p}(x') / {p}(x)\bigr)",
    "langevin": r"x' = x + \tfrac{\varepsilon^2}{2}\,\nabla \log {p}(x) + \varepsilon z",
    "hmc": r"H(x, r) = -\log {p}(x) + \tfrac12 r^\top r,\qquad \alpha = \min\bigl(1, e^{H - H'}\bigr)",
    "nuts": r"r_- \cdot \bigl(\textstyle\sum_i r_i - \tfrac12 (r_- + r_+)\bigr) \le 0 \;\text{ or so with } r_+",
    "gibbs": r"x_1' \sim {p}(x_1 \mid x_2),\qquad x_2' \sim {p}(x_2 \mid x_1')",
}


def mathematics(text: Mapping[str, str], settings: ChainSettings | TrialSettings) -> None:
    """Show what each of the two samplers does, what leaves the target as it is, and what is counted."""
    st.markdown(text["mathematics"])
    st.latex(rf"{tex('posterior', 'p')}(x)\,T(x \to x') = {tex('posterior', 'p')}(x')\,T(x' \to x)")
    if isinstance(settings, TrialSettings):
        named = tuple(TRIALS[name].plan.sampler for name in settings.order)
    else:
        named = settings.left, settings.right
    for sampler in dict.fromkeys(named):
        st.markdown(text[f"mathematics {sampler}"])
        st.latex(_STEPS[sampler].replace("{p}", tex("posterior", "p")))
    st.markdown(text["mathematics worth"])
    st.latex(r"\text{independent draws} = \frac{C\,n}{1 + 2\sum_{k \ge 1} \rho_k}")
