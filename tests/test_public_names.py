"""The names by which the README and the printed scripts import things go on being importable."""

from __future__ import annotations

from importlib import import_module

import pytest

PUBLIC = {
    "bayes_core": "Budget Bumps Dataset Gaussian Heteroscedastic Linear MixtureDensity Mlp Polynomial Predictive Prior "
    "Question Standard answer_steps as_prior ask fit fit_steps predict summary",
    "bayes_core.bayes_rule": "Diagnosis Incoherent QUANTITIES events people posterior",
    "bayes_core.conjugate": "Beta Gamma Normal Seen interval log_likelihood predictions",
    "bayes_core.naive_bayes": "GaussianClasses held_out",
    "bayes_core.ridge": "RidgePath lasso scikit_lasso scikit_ridge",
    "bayes_core.data": "diabetes iris load temperature",
    "bayes_core.types": "Budget Dataset Diagnostics Fit Predictive Prior",
}


@pytest.mark.parametrize(("module", "names"), PUBLIC.items())
def test_a_public_name_is_importable(module, names):
    found = import_module(module)
    missing = [name for name in names.split() if not hasattr(found, name)]
    assert missing == []


def test_an_old_name_is_the_thing_itself():
    from bayes_core.conjugate import Beta
    from bayes_core.foundations.conjugate.beta import Beta as there

    assert Beta is there
