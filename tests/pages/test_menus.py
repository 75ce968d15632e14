"""Menus of methods are filters on the registry: all that suits a model, but for what the page leaves out by name."""

from __future__ import annotations

import re

import pytest

from bayes_core import METHODS, methods_for
from pages.linear._posterior import settings as linear
from pages.neural._methods import settings as compared
from pages.neural._network import settings as network
from pages.neural._network.code import script

NETWORK = network.NetworkSettings.at_start("sine")
MENUS = {
    "posterior": (linear.ANSWERS, linear.MODEL, linear._ELSEWHERE),
    "network": (network.METHODS_HERE, NETWORK.model(), network._ELSEWHERE),
    "methods": (compared.COMPARED, NETWORK.model(), compared._BESIDE),
}


@pytest.mark.parametrize("menu", MENUS)
def test_a_menu_offers_what_suits_its_model(menu):
    offered, model, left_out = MENUS[menu]
    assert len(set(offered)) == len(offered)
    assert set(left_out) <= set(methods_for(model))
    assert set(offered) == set(methods_for(model)) - set(left_out)
    assert all(METHODS[name].suits(model) for name in offered)


def test_menus_begin_with_what_all_others_are_measured_by():
    assert linear.ANSWERS[0] == "exact"
    assert network.METHODS_HERE[0] == "hmc"


@pytest.mark.parametrize("method", network.METHODS_HERE)
def test_the_printed_script_says_of_the_budget_what_the_method_reads(method):
    text = script(network.NetworkSettings.at_start("sine", method=method))
    said = re.findall(r"^budget = Budget\((.+)\)$", text, re.MULTILINE)
    (told,) = re.findall(r"^answer = fit\(.*\)$", text, re.MULTILINE)
    assert bool(said) == (", budget, " in told) == bool(METHODS[method].reads)
    for name, value in (pair.split("=") for one in said for pair in one.split(", ")):
        assert name in METHODS[method].reads
        assert float(value) == getattr(network.BUDGET, name)
