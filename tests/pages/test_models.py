"""The page on complexity: what it says at every width, what follows, and whose data it takes."""

from dataclasses import replace

import numpy as np
import pytest

from bayes_core.data.source import Source
from bayes_core.evaluation.complexity import TRUSTED
from bayes_core.figures.film import pack
from bayes_core.types import Dataset
from pages._ui import own
from pages._ui.asking import offers
from pages._ui.words import words
from pages.choose._models.look import look, reweighted
from pages.choose._models.settings import PAGE, ModelSettings


@pytest.fixture(autouse=True)
def session(monkeypatch):
    held = own._Held()
    monkeypatch.setattr(own, "_held", lambda: held)


def numbers(texts) -> np.ndarray:
    return np.array([float(text.split(" ")[0].replace("−", "-")) for text in texts])


def test_no_reading_changes_and_one_judge_changes_its_mind():
    settings = ModelSettings.at_start()
    said = look(settings, "width", None).said
    home, end = settings.home()["width"], -1
    assert said["verdict"][home] == "both judges choose degree 5"
    assert said["verdict"][end] == "the evidence chooses degree 0, leave-one-out degree 5"
    width, factor, gap = settings.positions("width"), numbers(said["factor"]), numbers(said["gap"])
    assert factor[end] - factor[home] == pytest.approx(-5 * np.log(width[end] / width[home]), abs=0.5)
    assert abs(gap[end] - gap[home]) < 0.2


@pytest.mark.parametrize("scene", ["few", "bumps"])
def test_what_draws_are_worth_is_counted_as_it_is_drawn(scene):
    settings = ModelSettings.at_start(scene)
    view = reweighted(settings, "width", None)
    found = settings.judged().reweighted(1000, settings.seed)
    bad = (found.pareto_k[settings.top] > TRUSTED).sum(1)
    for text, count, worst in zip(view.said["psis.words"], bad, view.numbers["pareto"][:, settings.top], strict=True):
        assert text.startswith(f"▲ {count} of {settings.points} readings ha") if count else text.startswith("Every")
        assert (worst > TRUSTED) == (count > 0)


def test_a_film_is_light_and_its_scores_stay_on_their_axis():
    settings = ModelSettings.at_start("many")
    view = look(settings, "width", None)
    assert len(pack(view.frames("width", settings.positions("width"))).packed) < 100_000
    axis = view.stage["scores"]
    for name in ("evidence", "left_out", "fit", "true.y"):
        assert view.numbers[name].max() < axis["high"], name
    assert view.numbers["left_out"].min() > axis["low"]  # only evidence may leave it, and says so by a sign


def test_a_guess_is_held_against_what_the_evidence_chooses_at_each_width():
    settings = ModelSettings.at_start("endless")
    view = look(settings, "width", None)
    offered = offers(words(PAGE)["guess choice"])
    told = settings.asking.verdict(view, "none", offered)
    assert told[-1].endswith("That is right.")
    assert told[settings.home()["width"] - 20].endswith("It is: 4 to 7.")
    assert "average" not in view.only(settings.asking.shows).numbers  # it would give the answer away


def test_the_truth_is_told_and_hides():
    settings = ModelSettings.at_start("few")
    view = look(settings, "width", None)
    judged, home = settings.judged(), settings.home()["width"]
    assert view.said["held_out.best"][home] == f"degree {judged.held_out[:, home].argmax()}"
    seen = replace(view, hides=("truth",)).frames("width", settings.positions("width"))
    assert not {"true.y", "truth.y"} & set(seen.numbers)
    assert not {"held_out.best", "grid.true.0", "grid.true.1"} & set(seen.words)
    assert "grid.evidence.1" in seen.words


@pytest.mark.parametrize("asked", [0, 13, "5", None, 2.5])
def test_a_press_beside_the_columns_changes_nothing(asked):
    assert ModelSettings.at_start().acted({"top": asked}) == {}


def mine(y, x=None) -> ModelSettings:
    x = np.arange(len(y)) % 17 + 0.1 * np.arange(len(y)) if x is None else x
    return ModelSettings.at_start(own.keep(Source.of(Dataset.from_arrays(x, y))).scene)


def test_own_numbers_are_counted_from_their_mean():
    y = np.random.default_rng(2).gamma(2.0, 3.0, 24).round(3)
    here, there = (look(mine(y + shift), "width", None).said for shift in (0.0, 1024.0))
    assert here["factor"] == there["factor"]
    assert here["gap"] == there["gap"]


def test_few_places_make_a_short_ladder_and_fewer_none():
    y = np.random.default_rng(3).normal(size=12)
    assert mine(y, np.arange(12) % 6.0).ladder().sizes == (0, 1, 2, 3)
    with pytest.raises(ValueError, match="4 different values, and a ladder of curves needs five"):
        ModelSettings.on(Source.of(Dataset.from_arrays(np.arange(12) % 4.0, y)))
    with pytest.raises(ValueError, match="7 rows, and this lesson needs 8"):
        ModelSettings.on(Source.of(Dataset.from_arrays(np.arange(7.0), y[:7])))
