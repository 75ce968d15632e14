"""The code behind the view, run as a reader would run it: its numbers are the page's numbers."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from bayes_core.foundations.conjugate.interval import interval
from bayes_core.foundations.events import Incoherent, events
from bayes_core.foundations.people import people
from bayes_core.foundations.quantities import QUANTITIES
from bayes_core.ridge.path import RidgePath
from pages.bayes._theorem import code as theorem_code
from pages.bayes._theorem.look import flowers
from pages.bayes._theorem.scenes import CLUES, FIELDS
from pages.bayes._theorem.settings import ClueSettings, EventSettings, TestSettings
from pages.bayes._updating import code as updating_code
from pages.bayes._updating.settings import UpdatingSettings
from pages.linear._ridge import code as ridge_code
from pages.linear._ridge import look as ridge_look
from pages.linear._ridge.settings import RidgeSettings

ROOT = Path(__file__).resolve().parents[2]
END = "-- end of script --"
NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|nan")


def ran(*scripts: str) -> list[str]:
    """Run scripts in one process of their own, each in a fresh namespace, and return what each of them prints."""
    every = "".join(f"exec({script!r}, {{'__name__': '__main__'}})\nprint({END!r})\n" for script in scripts)
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", every],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=os.environ | {"JAX_PLATFORMS": "cpu"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split(END)[:-1]


def told(out: str, label: str) -> list[float]:
    """Return the numbers that follow a label, up to the next one."""
    found = re.search(rf"^{re.escape(label)}(.*?)(?=^[A-Za-z]|\Z)", out, re.MULTILINE | re.DOTALL)
    assert found, f"{label!r} is not in {out!r}"
    return numbers(found[1])


def numbers(text: str) -> list[float]:
    return [float(found) for found in NUMBER.findall(text)]


TESTS = {
    "mammography": TestSettings.at_start("mammography", results="++-", reveal=True),
    "airport": TestSettings.at_start("airport", prevalence=0.001, specificity=0.99, results=""),
    "perfect": TestSettings.at_start("rare", sensitivity=0.0, specificity=1.0, results="-"),
}
EVENTS = {
    "settled": EventSettings.at_start("fog"),
    "open": EventSettings.at_start("fog", given="A,B|A", a='"""', b="{s.a}"),
    "thirds": EventSettings.at_start("fog", given="A,A and B,B|A", pA=1 / 3, pBA=0.5, pAB=1 / 6),
    "contradiction": EventSettings.at_start("fog", given="A,A and B", pAB=0.7),
}
FLOWERS = {
    "once": ClueSettings.at_start("iris"),
    "eightfold": ClueSettings.at_start("iris", copies=8, pl=4.8, pw=1.7),
}
UPDATES = {
    "typed": UpdatingSettings.at_start("coin", data="HHTHT", seen=5.0),
    "counts": UpdatingSettings.at_start("rivals", data="520:480", level=0.95, how="hdi"),
    "voters": UpdatingSettings.at_start("voters", worth=200.0, seen=100_000.0),
    "digits": UpdatingSettings.at_start("scale", data="72.123456789 123456789 -3.25", seen=3.0),
    "weighings": UpdatingSettings.at_start("scale", points=1000, seen=1000.0),
    "hours": UpdatingSettings.at_start("buses", points=1000, seen=1000.0, worth=10.0),
    "many buses": UpdatingSettings.at_start("buses", data="12345678 0 3", seen=3.0),
    "nothing": UpdatingSettings.at_start("buses", seen=0.0, how="hdi"),
}
RIDGES = {
    "day": RidgeSettings.at_start("day", width=3.0, points=12, loud=4.0),
    "weak": RidgeSettings.at_start("weak"),
    "diabetes": RidgeSettings.at_start("diabetes"),
    "lasso": RidgeSettings.at_start("diabetes", family="laplace", points=20, seed=4),
    "sampled": RidgeSettings.at_start("diabetes", family="laplace", sample=True, points=20),
}


@pytest.fixture(scope="module")
def printed() -> dict[str, str]:
    every = TESTS | EVENTS | FLOWERS | UPDATES | RIDGES
    scripts = [
        module.script(settings)
        for module, some in ((theorem_code, TESTS | EVENTS | FLOWERS), (updating_code, UPDATES), (ridge_code, RIDGES))
        for settings in some.values()
    ]
    return dict(zip(every, ran(*scripts), strict=True))


@pytest.mark.parametrize("name", ["mammography", "airport"])
def test_a_tests_script_tells_what_the_page_tells(name, printed):
    settings, out = TESTS[name], printed[name]
    at, test = settings.home()["prevalence"], settings.test("prevalence")
    assert told(out, "P(yes | positive)") == pytest.approx([test.ppv[at]], rel=1e-9)
    assert told(out, "P(no | negative)") == pytest.approx([test.npv[at]], rel=1e-9)
    assert told(out, "by hand") == pytest.approx([test.ppv[at]], rel=1e-9)
    assert told(out, "test after test") == pytest.approx(list(test.after(settings.results)[at]), rel=1e-6)
    assert told(out, "of 1,000: yes +, yes -, no +, no -") == list(people(test.joint, 1000)[at])


def test_the_script_of_a_test_that_never_says_yes_says_so(printed):
    assert "nobody tests positive" in printed["perfect"]


@pytest.mark.parametrize("name", ["settled", "open", "thirds"])
def test_an_events_script_tells_what_the_page_tells(name, printed):
    answer = events(EVENTS[name].known())
    for q in QUANTITIES:
        assert told(printed[name], f"P({q})") == pytest.approx([answer.low[q], answer.high[q]], abs=1e-6)


def test_a_contradictions_script_names_the_way_out(printed):
    with pytest.raises(Incoherent) as error:
        events(EVENTS["contradiction"].known())
    assert "must lie between" in printed["contradiction"]
    assert len(error.value.nearest) == 2
    for q, value in error.value.nearest.items():
        assert f"'{q}': {value}" in printed["contradiction"]


@pytest.mark.parametrize("name", FLOWERS)
def test_a_flowers_script_tells_what_the_page_tells(name, printed):
    settings, out = FLOWERS[name], printed[name]
    classes = flowers().classes
    flower = np.array([[getattr(settings, FIELDS[clue]) for clue in CLUES]])
    steps = classes.steps(flower, settings.counts)[0]
    assert told(out, "after 0, 1, ... clues") == pytest.approx(list(steps.ravel()), abs=1e-6)
    assert told(out, "correlations known") == pytest.approx(list(classes.together(flower)[0]), abs=1e-6)
    once = classes.steps(flower, np.ones(4))[0, -1]
    assert told(out, "scikit-learn, once") == pytest.approx(list(once), abs=2e-6)  # it adds 1e-9 of the variance


@pytest.mark.parametrize("name", UPDATES)
def test_an_updates_script_tells_what_the_page_tells(name, printed):
    settings, out = UPDATES[name], printed[name]
    seen, prior = settings.seen_now(), settings.prior()
    after = prior.learn(seen)
    assert told(out, "mean, sd") == pytest.approx([float(after.mean), float(after.sd)], rel=1e-9)
    ends = [float(end) for end in interval(after, settings.level, settings.how)]
    assert told(out, "interval") == pytest.approx(ends, rel=1e-6)
    assert told(out, "evidence") == pytest.approx([float(prior.log_evidence(seen))], rel=1e-9)
    assert told(out, "scipy") == pytest.approx([float(after.mean), float(after.sd)], rel=1e-6)


@pytest.mark.parametrize("name", ["day", "weak", "diabetes", "lasso"])
def test_a_ridges_script_tells_what_the_page_tells(name, printed):
    settings, out = RIDGES[name], printed[name]
    found, at = ridge_look.answers(settings, "width"), settings.home()["width"]
    coef = found.coef[at][np.isfinite(found.coef[at])]
    scale = max(np.abs(coef).max(), 1)
    assert told(out, "MAP") == pytest.approx(list(coef), abs=1e-6 * scale)
    assert told(out, "scikit-learn") == pytest.approx(list(coef), abs=1e-4 * scale)
    assert told(out, "difference")[0] < 1e-4
    if settings.family == "normal":
        x, y = settings.problem().split.train.x, settings.problem().split.train.y
        design = settings.problem().model(settings.degree).design(x)
        path = RidgePath.of(design, y, np.array([settings.width]), np.array([settings.noise]))
        assert told(out, "posterior sd") == pytest.approx(list(path.sd[0]), rel=1e-4, abs=1e-6)
        assert told(out, "log evidence") == pytest.approx([found.log_evidence[at]], abs=1e-5)


def test_a_sampled_lassos_script_has_a_mean_without_zeros(printed):
    mode, mean = (np.array(told(printed["sampled"], label)) for label in ("MAP", "posterior mean"))
    assert len(mode) == len(mean) == 11
    assert (mode == 0).any()
    assert (mean != 0).all()
    assert np.abs(mean - mode).max() < 3 * RIDGES["sampled"].width
