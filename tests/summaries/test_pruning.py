"""Hidden units that a variational fit has switched off."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from bayes_core import Dataset, Diagnostics, Fit, Mlp, Prior, ask, fit
from bayes_core.summaries.pruning import pruned, switched_off, unit_kl


def test_the_kl_of_a_unit_is_that_of_its_gaussians():
    """By torch's formula for two normals, on draws whose moments are exact."""
    steps = stats.norm.ppf((np.arange(1000) + 0.5) / 1000)
    steps = (steps - steps.mean()) / steps.std()
    weight = np.stack([0.5 + 0.2 * steps, 2.0 * steps], axis=1)[:, None, :]  # one input, two units
    bias = np.stack([-1.0 + 1.5 * steps, 2.0 * steps], axis=1)
    sites = {"weight1": weight, "bias1": bias, "weight": bias, "bias": steps}
    data = Dataset.from_arrays([0.0, 1, 2], [0.0, 1, 3])
    question = ask(data, Mlp((2,)), "vi_meanfield", Prior(2.0, 1.0))
    made = Fit(question, sites, np.ones(1000), None, Diagnostics("approximate"))

    def kl(mean, sd):  # of N(mean, sd^2) from N(0, 2^2)
        return np.log(2 / sd) + (sd**2 + mean**2) / 8 - 0.5

    np.testing.assert_allclose(unit_kl(made), [kl(0.5, 0.2) + kl(-1.0, 1.5), 0.0], atol=1e-9)
    assert switched_off(made) == 1
    with pytest.raises(ValueError, match="one draw has no spread"):
        unit_kl(Fit(question, {k: v[:1] for k, v in sites.items()}, np.ones(1), None, made.diagnostics))
    with pytest.raises(ValueError, match="only a network"):
        unit_kl(fit(data, method="exact"))


@pytest.mark.parametrize(("live", "collapsed"), [(0, True), (1, False), (3, False)])
def test_what_the_kl_term_has_done_is_the_end_of_its_trace_and_the_units_left(live, collapsed):
    steps = stats.norm.ppf((np.arange(400) + 0.5) / 400)
    steps = (steps - steps.mean()) / steps.std()
    spread = np.array([0.3] * live + [1.5] * (3 - live))  # the prior's own sd is 1.5
    weight, trace = steps[:, None, None] * spread, np.linspace(90, 10, 1000) ** 1.1
    sites = {"weight1": weight, "bias1": weight[:, 0], "weight": weight[:, 0], "bias": steps}
    about = Diagnostics("approximate", kl=trace)
    data = Dataset.from_arrays([0.0, 1, 2], [0.0, 1, 3])
    made = Fit(ask(data, Mlp((3,)), "vi_meanfield", Prior(1.5, 1.0)), sites, np.ones(400), None, about)
    told = pruned(made)
    assert told.kl == pytest.approx(sum(trace[800:]) / 200)
    assert (told.off, told.units, told.collapsed) == (3 - live, 3, collapsed)
    assert pruned(replace(made, diagnostics=Diagnostics("approximate"))) is None
