"""The decision page: what is counted is what is said, costs are scipy's, and own data are decided about exactly."""

from __future__ import annotations

import io
import re
from contextlib import redirect_stdout

import numpy as np
import pytest
from scipy import stats

from bayes_core.data.source import Source
from bayes_core.inference.exact import posterior
from bayes_core.models import Linear
from bayes_core.types import Dataset, Prior
from pages._ui import own
from pages.yours._decide.scenes import ACTS, SCENES
from pages.yours._decide.settings import COUNTS, DecideSettings
from pages.yours._decide.typed import table
from pages.yours.decide import LESSON

X = np.array([1.0, 2.0, 3.5, 4.0, 6.0, 8.0, 9.5])
Y = np.array([3.1, 4.4, 9.0, 7.2, 13.0, 15.1, 21.4])
ROWS = Dataset.from_arrays(X, Y, feature_names=["dose, mg"], target_name="yield, kg", title="Trial plot")


@pytest.fixture(autouse=True)
def _no_data_yet():
    own.let_go()
    yield
    own.let_go()


def word(film, name: str, at: int) -> str:
    texts = film.words[name]
    return texts[min(at, len(texts) - 1)]


def figure(text: str) -> float:
    return float(re.search(r"[−-]?[0-9][0-9,]*\.?[0-9]*", text)[0].replace(",", "").replace("−", "-"))


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("scene", SCENES)
def test_the_dots_that_are_filled_are_those_that_are_counted(scene, count):
    settings = LESSON.at_start(scene, dots=count)
    film, values = LESSON.film(settings, "action"), settings.positions("action")
    assert len(values) > 50
    for at, value in enumerate(values):
        filled, drawn = film.row("above", at), film.row("dots", at)
        assert len(drawn) == count
        assert word(film, "above", at) == f"{int(filled.sum())} of {count}"
        assert word(film, "below", at) == f"{count - int(filled.sum())} of {count}"
        near = film.step("dots")
        assert (drawn[filled == 1] > value - near).all()
        assert (drawn[filled == 0] <= value + near).all()


def test_a_kiosk_has_scipys_quantile_and_costs():
    settings = LESSON.at_start("kiosk")
    counts = settings.story.basis(settings.seed, settings.where).counts
    shape, rate = 40.0 * 0.5 + counts.sum(), 0.5 + len(counts)
    law, y = stats.nbinom(shape, rate / (rate + 1)), np.arange(400)

    def cost(action, over, under):
        return (over * np.maximum(action - y, 0) + under * np.maximum(y - action, 0)) @ law.pmf(y)

    film = LESSON.film(settings, "under")
    for at in (0, 11, 32):
        under = settings.positions("under")[at]
        best = law.ppf(under / (under + 0.8))
        least = cost(best, 0.8, under)
        assert word(film, "kept", at) == f"{(film.row('dots', at) <= best + 1e-9).sum()} of 50"
        assert figure(word(film, "best", at)) == best
        assert figure(word(film, "least", at)) == pytest.approx(least, abs=0.006)
        own_cost = cost(settings.action, 0.8, under) / least
        assert film.row("times", at)[1] == pytest.approx(min(own_cost, 3.3), abs=1e-3)
        curve = film.row("costs", at)
        assert curve.min() == pytest.approx(1, abs=5e-3)  # the best stock is a place of the curve, or next to one


def test_a_patients_acts_change_where_their_costs_cross():
    settings = LESSON.at_start("patient")
    readings = settings.story.basis(settings.seed, settings.where).readings
    precision = 1 / 36 + len(readings) / 16
    law = stats.norm((42 / 36 + readings.sum() / 16) / precision, precision**-0.5)
    film = LESSON.film(settings, "action")
    seen = set()
    for at, cut in enumerate(settings.positions("action")):
        risk = law.sf(cut)
        costs = [5 * risk, 0.4 * (1 - risk) + 2 * risk, 1 - risk]
        best = ACTS[int(np.argmin(costs))]
        assert word(film, "best.key", at) == best
        assert figure(word(film, "least", at)) == pytest.approx(min(costs), rel=6e-3)
        seen.add(best)
    assert seen == set(ACTS)


def test_the_best_guess_is_dearer_and_nothing_is_cheaper_than_the_best():
    for scene in SCENES:
        film = LESSON.film(LESSON.at_start(scene), "over")
        for at in range(33):
            guess, mine = film.row("times", at)
            assert guess >= 1 - 1e-4
            assert mine >= 1 - 1e-4
            assert figure(word(film, "regret", at)) >= 0


def test_more_sales_are_worth_less_and_an_edge_is_worth_more():
    """A forecast far from all sales has more to learn from one more than a forecast amid them."""
    worth = {}
    for where in ("near", "far"):
        film = LESSON.film(LESSON.at_start("house", where=where), "action")
        worth[where] = figure(word(film, "waiting", 0))
    assert worth["far"] > 2 * worth["near"] > 0


@pytest.mark.parametrize("scene", SCENES)
def test_the_script_of_every_scene_prints_its_numbers(scene):
    settings, told = LESSON.at_start(scene), io.StringIO()
    with redirect_stdout(told):
        exec(compile(LESSON.script(settings), scene, "exec"), {})
    film, at = LESSON.film(settings, "action"), settings.home()["action"]
    printed = told.getvalue()
    for name, pattern in (("least", r"mean cost +(\S+)"), ("regret", r"regret +(\S+)"), ("waiting", r"waiting +(\S+)")):
        assert figure(word(film, name, at)) == pytest.approx(float(re.search(pattern, printed)[1]), rel=8e-3, abs=6e-3)
    assert f"dots above  {word(film, 'above', at)}" in printed


# ------------------------------------------------------------------------------------------------- a table of pay-offs
TABLE = "Stay: 0, 0\nHedge: -1.5, 2\nGo: -4, 7"


def test_a_table_of_pay_offs_is_decided_by_its_means():
    settings = LESSON.at_start("patient", pays=True, table=TABLE)
    readings = settings.story.basis(settings.seed, settings.where).readings
    precision = 1 / 36 + len(readings) / 16
    law = stats.norm((42 / 36 + readings.sum() / 16) / precision, precision**-0.5)
    film = LESSON.film(settings, "action")
    assert settings.handles == ("action",)
    pays, seen = np.array([[0, 0], [-1.5, 2], [-4, 7]]), set()
    for at, cut in enumerate(settings.positions("action")):
        share = np.array([law.cdf(cut), law.sf(cut)])
        mean, sure = pays @ share, pays[:, int(law.mean() > cut)].argmax()
        best = int(mean.argmax())
        assert word(film, "best", at) == ("Stay", "Hedge", "Go")[best]
        assert word(film, "guess", at) == ("Stay", "Hedge", "Go")[sure]
        assert figure(word(film, "most", at)) == pytest.approx(mean[best], abs=0.06)
        assert figure(word(film, "regret", at)) == pytest.approx(mean[best] - mean[sure], abs=0.06)
        assert figure(word(film, "knowing", at)) == pytest.approx(7 * share[1] - mean[best], abs=0.06)
        assert film.row("heights", at)[[0, 2]] == pytest.approx([mean[sure], mean[best]], abs=0.02)
        seen |= {(best, int(sure))}
    assert seen >= {(0, 0), (2, 0), (2, 2)}


def test_a_table_goes_into_the_link_and_what_cannot_be_one_becomes_a_note():
    settings, notes = LESSON.at_start("kiosk", pays=True, table=TABLE), []
    link = settings.link()
    assert LESSON.from_link({"scene": "kiosk", "pays": True, "table": link["table"]}, notes) == settings
    assert LESSON.from_link({"scene": "kiosk", "table": "Stay: 0"}, notes).table == LESSON.at_start("kiosk").table
    assert notes == ["table: the table has 1 lines: write 2 to 4, one for each action"]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("A: 1, 2\nA: 2, 1", "two lines are called “A”: give every action its own name"),
        ("A: 1, 2\n3 4", "line 2 has no name"),
        ("A: 1, 2\nB: 3", "line 2, “B”, has 1 pay-offs and two are needed"),
        ("A: 1, 2\nB: 3, four", "line 2: “four” is not a number"),
        ("A: 1, 2\nB: 3, 1,500", "line 2: “1,500” may mean 1500 or 1.5: type which"),
        ("A: 1, 2\nB: 3, 1e12", "line 2: “1e12” is outside −1e9 to 1e9"),
        ("A: 1, 2\nB: 3, nan", "line 2: “nan” is not a number"),
        (f"A: 1, 2\n{'b' * 30}: 3, 4", "has 30 letters: a name has at most 24"),
    ],
)
def test_a_table_that_cannot_be_read_says_in_which_line_and_what_would_do(typed, why):
    with pytest.raises(ValueError, match="^" + re.escape(why) if why.startswith(("line", "two")) else re.escape(why)):
        table(typed)


def test_a_table_is_read_as_it_is_written_and_its_names_obey_nothing():
    assert table("Wait\t0\t-5\nTreat; −1; 0,5") == "Wait: 0, -5\nTreat: -1, 0.5"
    named = table("<b>{best}$x$</b>: 1, 2\n:red[x]: 3 4")
    assert not set("<>{}[]$") & set(named)
    assert table(named) == named


@pytest.mark.parametrize("scene", ["house", "kiosk"])
def test_the_script_of_a_table_prints_its_numbers(scene):
    settings, told = LESSON.at_start(scene, pays=True), io.StringIO()
    with redirect_stdout(told):
        exec(compile(LESSON.script(settings), scene, "exec"), {})
    film, at = LESSON.film(settings, "action"), settings.home()["action"]
    for name, pattern in (("most", r"mean pay +(\S+)"), ("regret", r"regret +(\S+)"), ("knowing", r"knowing +(\S+)")):
        assert figure(word(film, name, at)) == pytest.approx(float(re.search(pattern, told.getvalue())[1]), abs=0.06)


# ---------------------------------------------------------------------------------------------------------- own data
def test_the_futures_are_a_slice_of_the_band_that_is_drawn():
    data = own.keep(Source.of(ROWS))
    settings = LESSON.at_start(data.scene, where="far")
    drawn = next(panel for panel in LESSON.picture(settings).panels if panel["type"] == "slice")
    prior = Prior(width=data.source.scales["width"].start, noise=data.source.noise_prior)
    exact = posterior(ROWS, Linear(), prior).quantiles(
        Linear().design(np.array(drawn["places"])[:, None]), (0.05, 0.95), "observation"
    )
    assert np.array(drawn["band"])[[0, 2]] == pytest.approx(np.stack([row.ravel() for row in exact]), rel=1e-4)
    assert drawn["xs"] == X.tolist()
    assert drawn["ys"] == Y.tolist()
    assert drawn["at"] == data.source.axes.x_range[1]
    assert drawn["dots"] == pytest.approx(LESSON.film(settings, "action").row("dots", 0), rel=1e-3)


def test_own_rows_are_decided_about_exactly():
    data = own.keep(Source.of(ROWS))
    source = data.source
    for where, x in (("near", float(f"{X.mean():.4g}")), ("far", source.axes.x_range[1])):
        settings = LESSON.at_start(data.scene, where=where, under=4.0)
        prior = Prior(width=source.scales["width"].start, noise=source.noise_prior)
        design = Linear().design(np.array([[x]]))
        (exact,) = posterior(ROWS, Linear(), prior).quantiles(design, (0.8,), "observation")
        film = LESSON.film(settings, "action")
        assert figure(word(film, "best", 0)) == pytest.approx(float(exact[0, 0]), abs=0.06)
        assert word(film, "quantile", 0) == "80 %"
        assert LESSON.picture(settings).stage["title"][0] == f"yield, kg, where dose is {x:g} mg"
    assert settings.link()["scene"] == "yours"


@pytest.mark.parametrize(
    ("dataset", "why"),
    [
        (
            Dataset.from_arrays(X, np.array(list("aabbabb")), task="classification"),
            "This lesson decides about a number, and your target is a class.",
        ),
        (
            Dataset.from_arrays(X, 2 * X + 1),
            "Your target lies on a line without any error, which leaves nothing unsure to decide about; bring values "
            "that vary.",
        ),
    ],
    ids=["classes", "certain"],
)
def test_rows_that_leave_nothing_to_decide_are_refused_in_a_sentence(dataset, why):
    assert LESSON.refuses(own.keep(Source.of(dataset))) == why


# ---------------------------------------------------------------------------------------------------------- the guess
def test_costs_are_out_of_sight_until_one_has_guessed():
    asked = DecideSettings.at_start("house").asked_again()
    assert asked.asks
    film = LESSON.film(asked, "action")
    assert set(film.numbers) == {"dots", "centre", "above", "action"}
    assert not {"best", "least", "regret"} & set(film.words)
    guessed = asked.guessed("475")
    told = LESSON.film(guessed, "action").words["guess.verdict"]
    assert "right, within a twentieth" in told[0]


def test_a_guess_of_an_act_is_held_against_the_best_one():
    asked = DecideSettings.at_start("patient").asked_again()
    at = asked.home()["action"]
    told = {act: LESSON.film(asked.guessed(act), "action").words["guess.verdict"][at] for act in ACTS}
    assert told["full"] == "You said: a full dose. That is right."
    assert told["wait"] == "You said: no treatment. It is: a full dose."
