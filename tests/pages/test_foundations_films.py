"""What the films of the foundations and MAP-is-ridge pages say where the handles stand is what the core says there."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from scipy import optimize
from sklearn.linear_model import Ridge

from bayes_core import ridge as core
from bayes_core.foundations.conjugate.belief import Seen
from bayes_core.foundations.conjugate.families import around
from bayes_core.foundations.conjugate.interval import region
from bayes_core.foundations.diagnosis import Diagnosis
from bayes_core.foundations.events import events
from bayes_core.foundations.people import crowd, people
from bayes_core.foundations.quantities import CELLS, QUANTITIES
from bayes_core.foundations.studies import RATE_PRIORS
from bayes_core.summaries.summary import percent
from bayes_core.summaries.wording import bounded_percent, range_words
from pages._ui.sentences import Node, parse
from pages._ui.words import words
from pages.bayes import theorem, updating
from pages.bayes._theorem import look as theorem_look
from pages.bayes._theorem.scenes import CLUES, FIELDS, SPECIES, TESTS
from pages.bayes._theorem.settings import VIEWS as TEST_VIEWS
from pages.bayes._theorem.settings import ClueSettings, EventSettings, TestSettings
from pages.bayes._updating.scenes import SCENES as UPDATES
from pages.bayes._updating.settings import HOWS, LEVELS, SHUFFLES, UpdatingSettings
from pages.bayes._updating.settings import VIEWS as UPDATING_VIEWS
from pages.linear import map_vs_ridge
from pages.linear._ridge import look as ridge_look
from pages.linear._ridge.scenes import SCENES as RIDGES
from pages.linear._ridge.scenes import SIZES
from pages.linear._ridge.settings import FAMILIES, FOLDS, RidgeSettings

LESSON_OF = {
    kind: lesson for lesson in (theorem.LESSON, updating.LESSON, map_vs_ridge.LESSON) for kind in lesson.settings
}
PAGES = {UpdatingSettings: "bayes/updating", RidgeSettings: "linear/map_vs_ridge"}

EVENTS = [
    EventSettings.at_start("fog"),
    EventSettings.at_start("fog", given="A,B|A"),
    EventSettings.at_start("fog", given="A|B"),
    EventSettings.at_start("fog", given="A,B|A,B|not A", pA=1e-7, pBA=1.0, pBnA=1e-9),
    EventSettings.at_start("fog", given="A,A and B", pAB=0.7),
    EventSettings.at_start("fog", given="A|B,B,A|not B", pA=1 / 3, pAgB=1 / 7, a="a & b"),
    EventSettings.at_start("fog", given="A,B|A,B|not A", pA=0.0),
]
ASKING = [TestSettings.at_start(scene) for scene in TESTS]
TESTED = [TestSettings.at_start(scene, view=view, reveal=True) for scene, view in product(TESTS, TEST_VIEWS)]
CLUED = [ClueSettings.at_start("iris", copies=copies) for copies in (1, 8)]
UPDATED = [UpdatingSettings.at_start(scene, view=view) for scene, view in product(UPDATES, UPDATING_VIEWS)]
RIDGED = [
    RidgeSettings.at_start(scene, family=family, view=view)
    for scene, family in product(RIDGES, FAMILIES)
    for view in RidgeSettings.at_start(scene, family=family).views
]
LARGE = [
    TestSettings.at_start("mammography", view="again", results="+-+-+-+-", reveal=True),
    *(UpdatingSettings.at_start("scale", points=1000, view=view) for view in UPDATING_VIEWS),
    *(UpdatingSettings.at_start("voters", points=100_000, view=view, close=True) for view in UPDATING_VIEWS),
    *(UpdatingSettings.at_start("coin", data="H" * 400, view=view) for view in UPDATING_VIEWS),
    *(UpdatingSettings.at_start("buses", data="9000 " * 200, view=view) for view in UPDATING_VIEWS),
    *(UpdatingSettings.at_start("scale", data="71.123456 " * 300, view=view) for view in ("belief", "order")),
    *(UpdatingSettings.at_start("rivals", data="600000000:400000000", view=v) for v in ("belief", "rivals", "predict")),
    *(RidgeSettings.at_start("day", points=200, degree=15.0, view=view) for view in ("weights", "paths", "error")),
]
EVERY = [*ASKING, *TESTED, *EVENTS, *CLUED, *UPDATED, *RIDGED]


def label(settings) -> str:
    return f"{settings.scene}-{getattr(settings, 'view', '')}-{getattr(settings, 'family', '')}"


def film_of(settings, handle: str):
    return LESSON_OF[type(settings)].film(settings, handle)


def handles_of(settings):
    return LESSON_OF[type(settings)].handles(settings)


def picture_of(settings):
    return LESSON_OF[type(settings)].picture(settings)


def numbers(film, name: str, position: int) -> np.ndarray:
    return film.row(name, position)


def step(film, name: str) -> float:
    return film.step(name) + 1e-12 * np.nanmax(np.abs(film.numbers[name]), initial=0.0)


def word(film, name: str, position: int) -> str:
    return film.word(name, position)


def at_home(settings, handle: str = ""):
    """Return (numbers by name, words by name) where the handles stand."""
    handle = handle or settings.handles[0]
    film, at = film_of(settings, handle), settings.home()[handle]
    return {n: numbers(film, n, at) for n in film.numbers}, {n: word(film, n, at) for n in film.words}


def value(text: str) -> float:
    return float(text.replace("−", "-").replace(",", "").split(" ")[0])


def near(text: str, exact: float) -> bool:
    """Return whether a text is a number rounded to the digits that it shows."""
    digits = text.replace("−", "-").replace(",", "").split(" ")[0]
    if "e" in digits:
        return float(digits) == pytest.approx(exact, rel=0.006)
    places = len(digits.partition(".")[2])
    ulp = 10.0**-places if places else max(1.0, 10.0 ** (len(digits) - len(digits.rstrip("0"))))
    return abs(float(digits) - exact) <= 0.501 * ulp


# ------------------------------------------------------------------------------------------------ every film alike
@pytest.mark.parametrize("settings", EVERY, ids=label)
def test_films_of_different_handles_agree_where_they_stand(settings):
    first, *others = settings.handles
    one = film_of(settings, first)
    seen, told = at_home(settings, first)
    for handle in others:
        other = film_of(settings, handle)
        again, words_again = at_home(settings, handle)
        assert set(seen) == set(again)
        for name, row in seen.items():
            room = 2 * (step(one, name) + step(other, name)) + 1e-9
            np.testing.assert_allclose(again[name], row, atol=room, rtol=1e-6, err_msg=f"{name} by {handle}")
        differ = {n for n in told if n not in ("value", "gap", "alt") and told[n] != words_again.get(n)}
        if isinstance(settings, EventSettings):
            differ -= {"why", "answer.words", "state"}  # a contradiction is told from the handle that moves
        assert not differ, {n: (told[n], words_again.get(n)) for n in differ}


@pytest.mark.parametrize("settings", [*EVERY, *LARGE], ids=label)
def test_a_handles_payload_is_small_and_in_step_with_the_handle(settings):
    made = {h.id: h for h in handles_of(settings)}
    assert tuple(made) == settings.handles
    for handle in settings.handles:
        film = film_of(settings, handle)
        assert len(film.packed) <= 100_000
        count = len(settings.positions(handle))
        assert len(made[handle].values) == len(made[handle].texts) == count
        assert {len(rows) for rows in film.numbers.values()} <= {1, count}
        assert {len(texts) for texts in film.words.values()} <= {1, count}
        assert made[handle].values[settings.home()[handle]] == getattr(settings, handle)


# --------------------------------------------------------------------------------------------- words that are asked
def slots(nodes: tuple[Node, ...]) -> set[str]:
    """Return the words that a sentence asks for; a condition may ask for a fact alone."""
    own = {node.name for node in nodes if node.kind in ("from", "to", "change")}
    return own | {name for node in nodes for name in slots(node.inner)}


@pytest.mark.parametrize("settings", EVERY, ids=label)
def test_every_name_that_is_asked_for_is_told(settings):
    picture = picture_of(settings)
    for handle in handles_of(settings):
        told = set(film_of(settings, handle.id).words)
        asked = slots(parse(handle.sentence)) - {"value"} | {"alt"}
        for panel in picture.panels:
            asked |= set(re.findall(r'data-word="([^"]*)"', panel.get("html", "")))
            asked |= {name for _, name in panel["rows"]} if panel["type"] == "rows" else set()
            asked |= {panel["id"]} if panel["type"] == "answer" else set()
            asked |= {panel["after"]} if panel.get("after") else set()
            if panel["type"] == "grid":
                asked |= {f"grid.{row}.{k}" for row in panel["rows"] for k in range(len(panel["columns"]))}
        assert asked - {""} <= told


@pytest.mark.parametrize("settings", EVERY, ids=label)
def test_every_moving_trace_and_label_is_drawn(settings):
    picture = picture_of(settings)
    if picture.figure is None:
        assert picture.stage
        return
    drawn = {trace["name"]: trace for trace in picture.figure["data"]}
    film = film_of(settings, settings.handles[0])
    for name, rows in film.numbers.items():
        trace, _, axis = name.rpartition(".")
        if axis in ("x", "y") and trace in drawn and f"{trace}.{'y' if axis == 'x' else 'x'}" not in film.numbers:
            still = drawn[trace]["y" if axis == "x" else "x"]
            assert len(still) == rows.shape[1], name
    for shown in picture.labels:
        assert {trace for trace, _ in shown.at} <= set(drawn), shown.id


@pytest.mark.parametrize(
    ("page", "scenes", "tries"),
    [
        (
            "bayes/theorem",
            theorem.LESSON.scenes,
            [f"try {kind} {n}" for kind, n in product(("test", "event", "clue"), (1, 2, 3, 4))],
        ),
        ("bayes/updating", UPDATES, [f"try {n}" for n in (1, 2, 3, 4)]),
        ("linear/map_vs_ridge", RIDGES, [f"try {n}" for n in (1, 2, 3, 4)]),
    ],
)
def test_every_section_is_there(page, scenes, tries):
    text = words(page)
    kinds = ("test", "event", "clue") if page == "bayes/theorem" else ("",)
    heads = [f"{part} {kind}".strip() for part, kind in product(("question", "lead"), kinds)]
    for name in [*(f"scene {scene}" for scene in scenes), *tries, *heads, "eyebrow", "mathematics", "code"]:
        assert text[name], name
    there = {name for name in text if name.startswith("scene ") and not name.startswith("scene yours")}
    assert there == {f"scene {scene}" for scene in scenes}
    assert {name for name in text if name.startswith("try ")} == set(tries)


# ---------------------------------------------------------------------------------------------------------- a test
MOVED = [
    TestSettings.at_start("mammography", reveal=True),
    TestSettings.at_start("rare", prevalence=0.02, specificity=0.95, reveal=True),
    TestSettings.at_start("airport", reveal=True),
    TestSettings.at_start("spam", sensitivity=0.0, specificity=1.0, reveal=True),
]


@pytest.mark.parametrize("settings", MOVED, ids=label)
def test_a_tests_words_are_the_cores_numbers(settings):
    test = Diagnosis(settings.prevalence, settings.sensitivity, settings.specificity)
    for handle in settings.handles:
        seen, told = at_home(settings, handle)
        assert told["npv"] == percent(float(test.npv))
        assert told["positive"] == percent(float(test.positive))
        assert told["answer"] == percent(float(test.ppv))
        if np.isfinite(test.ppv):
            assert seen["answer.share"] == pytest.approx([float(test.ppv)], abs=1e-5)
            assert float(told["odds.bf"]) == pytest.approx(float(test.bayes_factors[0]), rel=0.005)
        else:
            assert (told["odds.bf"], told["odds.after"]) == ("–", "–")
        counted = people(test.joint, 1000)
        assert seen["people"] == pytest.approx(counted, abs=0.02)
        assert [told[f"cell.{cell}"] for cell in CELLS] == [f"{int(n):,}" for n in counted]


@pytest.mark.parametrize("scene", TESTS)
def test_people_are_whole_and_sum_to_a_thousand_everywhere(scene):
    settings = TestSettings.at_start(scene, reveal=True)
    for handle in settings.handles:
        film = film_of(settings, handle)
        for at in range(len(settings.positions(handle))):
            cells = numbers(film, "people", at)
            assert np.round(cells).sum() == 1000
            assert np.abs(cells - np.round(cells)).max() < 0.02
            assert sum(int(word(film, f"cell.{cell}", at).replace(",", "")) for cell in CELLS) == 1000


@pytest.mark.parametrize("scene", TESTS)
def test_the_tree_adds_up_everywhere(scene):
    settings = TestSettings.at_start(scene, reveal=True)
    film = film_of(settings, "prevalence")
    for at, prevalence in enumerate(settings.positions("prevalence")):
        tree = {n: int(word(film, f"tree.{n}", at).replace(",", "")) for n in ("all", "A", "notA", *CELLS)}
        assert tree["all"] == tree["A"] + tree["notA"] == crowd(float(prevalence))
        assert tree["A"] == tree["both"] + tree["only"]
        assert tree["notA"] == tree["other"] + tree["neither"]


@pytest.mark.parametrize("results", ["", "+", "+-+", "----"])
@pytest.mark.parametrize("scene", TESTS)
def test_results_move_the_answer_as_the_core_says(scene, results):
    settings = TestSettings.at_start(scene, view="again", results=results, prevalence=0.01, reveal=True)
    path = Diagnosis(settings.prevalence, settings.sensitivity, settings.specificity).after(results)
    seen, told = at_home(settings)
    assert told["answer"] == percent(float(path[-1]))
    drawn = seen["beliefs.y"]
    assert np.isfinite(drawn).sum() == len(path)
    odds = np.log10(path / (1 - path))
    inside = np.abs(odds) < 4
    np.testing.assert_allclose(drawn[: len(path)][inside], odds[inside], atol=1e-3)


@pytest.mark.parametrize("scene", TESTS)
def test_the_curve_passes_through_the_answer(scene):
    settings = TestSettings.at_start(scene, view="curve", reveal=True)
    test = Diagnosis(settings.prevalence, settings.sensitivity, settings.specificity)
    seen, _ = at_home(settings)
    assert seen["now.y"] == pytest.approx([float(test.ppv), float(test.npv)], abs=1e-4)
    grid = settings.prevalences()
    exact = Diagnosis(grid, np.full_like(grid, settings.sensitivity), np.full_like(grid, settings.specificity))
    np.testing.assert_allclose(seen["ppv.y"], exact.ppv, atol=1e-4)
    np.testing.assert_allclose(seen["npv.y"], exact.npv, atol=1e-4)


@pytest.mark.parametrize("assumed", RATE_PRIORS)
@pytest.mark.parametrize("scene", TESTS)
def test_unsure_rates_spread_the_answer(scene, assumed):
    settings = TestSettings.at_start(scene, view="unsure", assumed=assumed, reveal=True)
    rates, size = (settings.prevalence, settings.sensitivity, settings.specificity), settings.studied
    random, imagined = np.random.default_rng(5), RATE_PRIORS[assumed]
    plain = float(Diagnosis(*rates).ppv)
    draws = Diagnosis(*(random.beta(imagined + r * size, imagined + (1 - r) * size, 40_000) for r in rates)).ppv
    for handle in settings.handles:
        _, told = at_home(settings, handle)
        assert told["plain"] == percent(plain)
        low, high = (value(part) / 100 for part in told["answer"].split(" to "))
        assert (draws < low).mean() == pytest.approx(0.05, abs=0.012) or low < 1e-5
        assert (draws < high).mean() == pytest.approx(0.95, abs=0.012)
        inside = "inside" if low < plain < high else "below" if plain < low else "above"
        assert told["where"].startswith(inside)
        assert told["study.decides"].startswith("so the prior") == (settings.prevalence * size < imagined)


def test_a_uniform_prior_swamps_the_rare_and_jeffreys_does_not():
    """Airport: one armed in 100,000, and 5,000 people studied. An unstated uniform prior left out the plain 0.47 %."""
    where = {}
    for assumed in RATE_PRIORS:
        settings = TestSettings.at_start("airport", view="unsure", assumed=assumed, reveal=True)
        where[assumed] = at_home(settings)[1]["where"]
    assert where == {
        "jeffreys": "inside the interval",
        "uniform": "below the interval",
        "none": "inside the interval",
    }


def test_more_people_studied_make_a_narrower_answer():
    ppv = TestSettings.at_start("mammography", view="unsure").studied_ppv("studied")
    widths = ppv.quantile(0.95) - ppv.quantile(0.05)
    assert widths[-1] < widths[20] < widths[0]


# ------------------------------------------------------------------------------------------------- test after test
@pytest.mark.parametrize("scene", TESTS)
@pytest.mark.parametrize("results", ["", "+", "++", "+-", "-", "-++-"])
def test_counts_and_odds_are_those_of_the_state_on_screen(scene, results):
    settings = TestSettings.at_start(scene, view="again", results=results, reveal=True)
    prior, hit, alarm = settings.prevalence, settings.sensitivity, 1 - settings.specificity
    many, few = results.count("+"), results.count("-")
    sick, well = prior * hit**many * (1 - hit) ** few, (1 - prior) * alarm**many * (1 - alarm) ** few
    share = sick / (sick + well)
    for handle in settings.handles:
        _, told = at_home(settings, handle)
        assert near(told["answer"], 100 * share)
        odds = told["odds.after"].replace(",", "").split(" : ")
        assert float(odds[0]) / float(odds[1]) == pytest.approx(share / (1 - share), rel=0.006)
        product = (sick / prior) / (well / (1 - prior))
        assert float(told["odds.bf"].rpartition("= ")[2]) == pytest.approx(product, rel=0.006)
        counts = [int(n.replace(",", "")) for n in re.findall(r"\d[\d,]*", told["answer.words"])]
        crowd_size, *rest = counts
        found, of = (rest[0], crowd_size) if not results else (rest[1], rest[0])
        assert found / of == pytest.approx(share, abs=0.6 / of)
        if of < 10**8:
            assert of / crowd_size == pytest.approx(sick + well, abs=1 / crowd_size)


def test_two_positive_tests_in_numbers():
    settings = TestSettings.at_start("mammography", view="again", results="++", reveal=True)
    _, told = at_home(settings)
    assert (told["answer"], told["odds.after"][:8], told["odds.bf"]) == ("41 %", "1 : 1.42", "8.33 × 8.33 = 69.4")
    assert told["answer.words"] == "Of 10,000 women 155 get “positive, positive”: 64 of these are ill."
    assert told["alt"].startswith("After positive, positive: ill 41 %; the odds are 1 to 1.42")


# ------------------------------------------------------------------------------------------------ events and clues
@pytest.mark.parametrize("settings", [e for e in EVENTS if e.given != "A,A and B" and e.pA > 0], ids=lambda s: s.given)
def test_an_events_words_are_the_cores_ranges(settings):
    answer = events(settings.known())
    for handle in settings.handles:
        seen, told = at_home(settings, handle)
        for q in QUANTITIES:
            assert told[f"q.{q}"] == told[f"grid.{q}.1"] == range_words(answer.low[q], answer.high[q])
            assert told[f"grid.{q}.2"] == ("given" if q in settings.quantities else "")
        shares = [answer.value(q) for q in ("B|A", "A|B", "B|not A", "A|not B")]
        np.testing.assert_allclose(seen["given"], [np.nan if s is None else s for s in shares], atol=1e-4)
        if answer.joint is not None:
            np.testing.assert_allclose(seen["joint"], answer.joint, atol=1e-4)
        else:
            assert np.isnan(seen["joint"]).all()
            missing = "Two more" if len(settings.quantities) == 1 else "One more that does not follow from these"
            assert f"{missing} would settle it" in told["answer.words"].replace("probabilities ", "")


def test_a_contradiction_is_said_at_its_positions_and_nowhere_else():
    settings = EventSettings.at_start("fog", given="A,A and B", pAB=0.7)
    film = film_of(settings, "pAB")
    for at, p in enumerate(settings.positions("pAB")):
        impossible = "P(fog and rain) must lie between 0 % and 50 %" in word(film, "why", at)
        assert impossible == (p > 0.5 + 1e-9)
    assert film.trusted == (0, 50)


def test_an_end_that_cannot_be_reached_is_not_offered():
    """P(rain | fog) is given, so there is fog: the opening scene allows up to 87.5 % of it, and not none at all."""
    film = film_of(EventSettings.at_start("fog"), "pA")
    why = word(film, "why", 0)
    assert why.endswith("P(fog) must be more than 0 % and at most 87.5 %.")
    assert word(film, "why", 1) == ""
    assert film.trusted == (1, 87)


@pytest.mark.parametrize("copies", [1, 2, 8])
def test_a_flowers_words_are_the_cores_classes(copies):
    settings = ClueSettings.at_start("iris", copies=copies, pl=4.8, pw=1.7)
    classes = theorem_look.flowers().classes
    flower = np.array([[getattr(settings, FIELDS[clue]) for clue in CLUES]])
    weights = np.array([1, 1, copies, 1.0])
    naive, honest = classes.steps(flower, weights)[0, -1], classes.together(flower)[0]
    for handle in settings.handles:
        seen, told = at_home(settings, handle)
        np.testing.assert_allclose(seen["naive"], naive, atol=1e-4)
        np.testing.assert_allclose(seen["honest"], honest, atol=1e-4)
        assert [told[f"naive.{k}"] for k in range(3)] == [bounded_percent(float(p)) for p in naive]
        assert told["answer"] == f"{SPECIES[naive.argmax()]} {bounded_percent(float(naive.max()))}"


# ------------------------------------------------------------------------------------------------ updating beliefs
LEARNT = [
    *(UpdatingSettings.at_start(scene) for scene in UPDATES),
    UpdatingSettings.at_start("coin", data="HHTHT", seen=5.0, how="hdi", level=0.5),
    UpdatingSettings.at_start("coin", worth=1.0, seen=0.0, how="hdi"),
    UpdatingSettings.at_start("coin", data="600000000:400000000"),
    UpdatingSettings.at_start("scale", worth=50.0, centre=65.0, seen=12.0),
    UpdatingSettings.at_start("buses", data="3 0 5 2", seen=4.0),
    UpdatingSettings.at_start("voters", seen=100_000.0, worth=1000.0),
]


@pytest.mark.parametrize("settings", LEARNT, ids=lambda s: f"{s.scene}-{s.data[:9]}")
def test_an_updates_words_are_the_posteriors(settings):
    seen = settings.seen_now() if settings.counted else Seen.of(settings.values()[: int(settings.seen)])
    prior = settings.prior()
    after = prior.learn(seen)
    pieces = [ends for ends in zip(*region(after, settings.level, settings.how), strict=True) if np.isfinite(ends[0])]
    for handle in settings.handles:
        _, told = at_home(settings, handle)
        assert near(told["mean"], float(after.mean)), (told["mean"], after.mean)
        assert near(told["sd"], float(after.sd))
        assert near(told["grid.mean.1"], float(prior.mean))
        shown = [part.split(" to ") for part in told["grid.interval.2"].split(" or ")]
        assert len(shown) == len(pieces)
        for (low, high), (first, last) in zip(pieces, shown, strict=True):
            assert near(first, float(low))
            assert near(last, float(high))
        assert value(told["evidence"]) == pytest.approx(float(prior.log_evidence(seen)), abs=0.006)
        assert value(told["grid.worth.2"]) == pytest.approx(settings.worth + float(seen.n), rel=1e-3)
        assert told["seen"].startswith(f"{int(seen.n):,} ")
        assert told["pull"].startswith(percent(settings.worth / (settings.worth + float(seen.n))))


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("how", HOWS)
def test_the_interval_says_its_level_and_kind(level, how):
    _, told = at_home(UpdatingSettings.at_start("coin", level=level, how=how))
    assert f"{100 * level:g} %" in told["grid.interval.0"]
    assert ("highest density" in told["grid.interval.0"]) == (how == "hdi")


@pytest.mark.parametrize("scene", UPDATES)
def test_the_drawn_posterior_peaks_where_the_core_says(scene):
    settings = UpdatingSettings.at_start(scene, view="belief")
    after = settings.prior().learn(settings.seen_now())
    seen, _ = at_home(settings)
    x, y = seen["posterior.x"], seen["posterior.y"]
    exact = after.log_density(x)
    inside = np.isfinite(exact) & (exact > exact.max() - 5)
    np.testing.assert_allclose(np.log(y[inside] / y.max()), (exact - exact.max())[inside], atol=0.02)


@pytest.mark.parametrize("scene", UPDATES)
def test_the_evidence_path_is_the_cores(scene):
    settings = UpdatingSettings.at_start(scene, view="evidence")
    seen, told = at_home(settings)
    places, values = settings.places(), settings.values()
    spec = settings.story
    for name in ("yours", "sceptic", "enthusiast"):
        mean, worth = (settings.centre, settings.worth) if name == "yours" else spec.rivals[name]
        rival, flat = (
            around(spec.family, mean, worth, spec.noise),
            around(spec.family, *spec.rivals[spec.plain], spec.noise),
        )
        for k in (0, len(places) // 2, np.flatnonzero(places <= settings.seen)[-1]):
            if places[k] <= settings.seen:
                data = Seen.of(values[: int(places[k])])
                exact = float(rival.log_evidence(data) - flat.log_evidence(data)) / np.log(10)
                room = 2 * film_of(settings, "centre").step(f"{name}.y") + 1e-6
                assert seen[f"{name}.y"][k] == pytest.approx(exact, abs=room)
        assert np.isnan(seen[f"{name}.y"][places > settings.seen]).all()
    whole = Seen.of(values[: int(settings.seen)])
    assert value(told["evidence"]) == pytest.approx(float(settings.prior().log_evidence(whole)), abs=0.006)


@pytest.mark.parametrize("scene", UPDATES)
def test_every_order_ends_at_the_same_mean(scene):
    settings = UpdatingSettings.at_start(scene, view="order")
    settings = replace(settings, seen=float(settings.positions("seen")[-1])).in_range()
    seen, _ = at_home(settings)
    after = settings.prior().learn(settings.seen_now())
    ends = [seen[f"order{k}.y"][-1] for k in range(SHUFFLES + 1)]
    room = 2 * film_of(settings, "centre").step("order0.y")
    assert ends == pytest.approx([float(after.mean)] * len(ends), abs=room)
    assert len({tuple(np.round(seen[f"order{k}.y"], 6)) for k in range(SHUFFLES + 1)}) > 1


@pytest.mark.parametrize("scene", ["coin", "buses"])
def test_the_drawn_prediction_is_the_cores(scene):
    settings = UpdatingSettings.at_start(scene, view="predict")
    at = settings.next_values()
    after = settings.prior().learn(settings.seen_now())
    log = after.log_predictive_count(at, 10) if scene == "coin" else after.log_predictive(at)
    seen, _ = at_home(settings)
    np.testing.assert_allclose(seen["after.y"] / seen["after.y"].max(), np.exp(log - log.max()), atol=1e-3)


# --------------------------------------------------------------------------------------------------- MAP is ridge
@pytest.mark.parametrize("scene", [scene for scene in RIDGES if RIDGES[scene].story.renewed])
def test_the_red_curve_is_scikit_learns(scene):
    settings = RidgeSettings.at_start(scene, view="fit")
    rows = settings.problem().split.train
    model = settings.problem().model(settings.degree)
    alpha = (settings.noise / settings.width) ** 2
    peer = Ridge(alpha=alpha, fit_intercept=False, solver="svd").fit(model.design(rows.x), rows.y)
    curve = peer.predict(model.design(settings.grid()[:, None]))
    inside = np.abs(curve) < 14
    for handle in settings.handles:
        seen, told = at_home(settings, handle)
        film = film_of(settings, handle)
        for name in ("map.y", "scikit.y"):
            np.testing.assert_allclose(seen[name][inside], curve[inside], atol=step(film, name) + 1e-4)
        assert float(told["lambda"].replace("−", "-")) == pytest.approx(alpha, rel=0.006)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("scene", RIDGES)
def test_the_table_of_weights_is_the_cores(scene, family):
    settings = RidgeSettings.at_start(scene, family=family, view="weights")
    x, y = settings.problem().split.train.x, settings.problem().split.train.y
    design = settings.problem().model(settings.degree, family).design(x)
    if family == "normal":
        path = core.RidgePath.of(design, y, np.array([settings.width]), np.array([settings.noise]))
        coef, count, size = path.coef[0], float(path.effective[0]), design.shape[1]
    else:  # the intercept is no weight that a lasso could leave out
        coef = core.lasso(design, y, np.array([settings.noise**2 / settings.width]))[0]
        count, size = float((coef[1:] != 0).sum()), design.shape[1] - 1
    for handle in settings.handles:
        _, told = at_home(settings, handle)
        for j, exact in enumerate(coef):
            text = told[f"grid.{j}.1"]
            assert near(text, exact), (j, text, exact)
            assert (text == "0") == (exact == 0)
        assert told["effective"].endswith(f" of {size}")
        assert near(told["effective"], count)
        if family == "laplace":
            assert f" {(coef[1:] == 0).sum()} of {size} weights to exactly zero" in told["sparse"]
        else:
            gap = told["gap"]
            assert "Not one bit" in gap or float(re.search(r": (\S+) of the largest", gap)[1]) < 1e-5


@pytest.mark.parametrize("scene", RIDGES)
def test_the_marks_of_the_errors_stand_at_the_minima(scene):
    settings = RidgeSettings.at_start(scene, view="error")
    seen, told = at_home(settings)
    at = settings.penalties()
    penalty = 10**at
    rows, kept_rows = settings.problem().split.train, settings.problem().split.held_out
    y = rows.y
    model = settings.problem().model(settings.degree)
    design = model.design(rows.x)
    folds = core.cross_validated(design, y, penalty, FOLDS, settings.seed)
    path = core.RidgePath.of(design, y, settings.noise / np.sqrt(penalty), np.full_like(penalty, settings.noise))
    kept = core.rms(path.coef, model.design(kept_rows.x), kept_rows.y)
    step = at[1] - at[0]

    def least(function, place):
        """The lowest point near a place of the axis, or the axis' end."""
        ends = max(place - step, at[0]), min(place + step, at[-1])
        return optimize.minimize_scalar(function, bounds=ends, method="bounded", options={"xatol": 1e-8}).x

    def missing(place):
        width = np.array([settings.noise / 10 ** (place / 2)])
        return -core.RidgePath.of(design, y, width, np.array([settings.noise])).log_evidence[0]

    def left_out(place):
        return core.cross_validated(design, y, np.array([10**place]), FOLDS, settings.seed)[0]

    places = {"cv": least(left_out, at[folds.argmin()]), "best": least(missing, at[path.log_evidence.argmax()])}
    places["now"] = 2 * np.log10(settings.noise / settings.width)
    for name, place in places.items():
        assert seen[f"{name}.x"] == pytest.approx(np.clip([place, place], at[0], at[-1]), abs=1e-3)
        shown, error = told[f"{name}.words"].split(": ")
        assert float(shown.removeprefix("≤ ").replace("−", "-")) == pytest.approx(10**place, rel=0.006)
        coef = core.RidgePath.of(design, y, np.array([10 ** (-place / 2)]), np.ones(1)).coef
        assert float(error) == pytest.approx(core.rms(coef, model.design(kept_rows.x), kept_rows.y)[0], rel=0.006)
    np.testing.assert_allclose(seen["kept.y"], kept, rtol=1e-3)
    assert np.argmin(seen["folds.y"]) == folds.argmin()
    assert np.argmax(seen["evidence.y"]) == path.log_evidence.argmax()
    here = core.RidgePath.of(design, y, np.array([settings.width]), np.array([settings.noise]))
    assert near(told["evidence"], float(here.log_evidence[0]))


@pytest.mark.parametrize("scene", ["day", "bias", "more"])
def test_the_best_mark_of_the_bias_stands_at_the_least_sum(scene):
    settings = RidgeSettings.at_start(scene, view="bias")
    seen, _ = at_home(settings)
    found = ridge_look.bias_along(settings, settings.here())
    bias, variance = found.bias[0], found.variance[0]
    at = settings.penalties()
    assert seen["least.x"] == pytest.approx([at[(bias + variance).argmin()]] * 2, abs=at[1] - at[0])
    assert seen["least.x"] == pytest.approx([found.best[0]] * 2, abs=1e-3)  # tests/ridge hold the core to scipy's
    room = 2 * film_of(settings, "width").step("total.y")
    np.testing.assert_allclose(seen["total.y"], seen["bias.y"] + seen["variance.y"], atol=3 * room)
    assert bias[0] < bias[-1]
    assert variance[0] > variance[-1]


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("scene", ["day", "diabetes"])
def test_the_paths_pass_through_the_weights(scene, family):
    settings = RidgeSettings.at_start(scene, family=family, view="paths")
    seen, _ = at_home(settings)
    found, at = ridge_look.answers(settings, "width"), settings.home()["width"]
    places, here = settings.penalties(), seen["now.x"][0]
    top = ridge_look.weight_top(settings)
    for j in settings.spec.story.told:
        assert np.interp(here, places, seen[f"path{j}.y"]) == pytest.approx(found.coef[at, j], abs=0.05 * top)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("scene", ["day", "diabetes", "strong"])
def test_the_bowls_lowest_point_is_the_map(scene, family):
    settings = RidgeSettings.at_start(scene, family=family, view="bowl")
    seen, _ = at_home(settings)
    found, at = ridge_look.answers(settings, "width"), settings.home()["width"]
    two = core.drawn_over(settings.spec.story.pair, len(settings.problem().names(settings.degree)))
    film = film_of(settings, "width")
    for axis, j in zip("xy", two, strict=True):
        assert seen[f"map.{axis}"] == pytest.approx([found.coef[at, j]], abs=2 * step(film, f"map.{axis}"))
        loss = seen[f"loss.{axis}"]
        assert np.nanmin(loss) < found.coef[at, j] < np.nanmax(loss)


@pytest.mark.parametrize("points", SIZES)
def test_more_points_narrow_the_band(points):
    settings = RidgeSettings.at_start("day", points=points)
    seen, _ = at_home(settings)
    half = len(settings.grid())
    band, wide = (seen[f"{name}.y"][:half] - seen[f"{name}.y"][: half - 1 : -1] for name in ("credible", "predictive"))
    assert (band > -1e-3).all()
    assert (wide >= band - 1e-2).all()
