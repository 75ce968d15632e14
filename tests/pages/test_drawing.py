"""Drawing on a picture: a set of points becomes the reader's own data on the scene's axes, and can be taken back."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from apps import open_app
from lessons import LESSONS

from bayes_core.data.source import standardised
from bayes_core.data.upload import from_link
from bayes_core.figures.between import weights
from bayes_core.inference.exact import posterior
from bayes_core.models import Linear
from bayes_core.types import Dataset, Prior
from pages._ui import drawing, link, own, staging, telling
from pages._ui.visit import Visit
from pages._ui.words import words
from pages._ui.work.courier import News

LINEAR, NETWORK, RIDGE = (LESSONS[door] for door in ("linear/posterior", "neural/regression", "linear/map_vs_ridge"))
CLASSES, CONFORMAL = LESSONS["trust/classes"], LESSONS["trust/conformal"]
X, Y = [1.0, 3.0, 6.0, 9.5], [20.0, 35.0, 80.0, 60.0]


@pytest.fixture
def visiting(monkeypatch):
    """Return a reader in a session of its own, in which a link may say something."""
    held = own._Held()
    monkeypatch.setattr(own, "_held", lambda: held)

    def visit(scene: str = "five", said: dict[str, str] | None = None, lesson=LINEAR, **changes) -> Visit:
        monkeypatch.setattr(staging, "_said", lambda name: (said or {}).get(name, ""))
        monkeypatch.setattr(own, "set_aside", lambda: setattr(held, "current", ""))
        return Visit(lesson, link.Memory(lesson.at_start(scene, **changes), {}, epoch=3), words(lesson.page))

    return visit


def told(visit: Visit, x=X, y=Y, **more) -> dict:
    draws = drawing.told_of(visit)
    return {"do": "set", "x": list(x), "y": list(y), "of": draws["of"], "count": draws["count"] + 1, **more}


def test_a_set_of_points_becomes_the_data_and_everything_else_stays_as_it_was(visiting):
    visit = visiting("stubborn", width=3.0, level=0.8)
    before = visit.settings.chart
    visit.drew(told(visit))
    after = visit.settings
    assert after.brought
    assert (after.width, after.level, after.method) == (3.0, 0.8, "exact")
    assert after.chart.dataset.x[:, 0].tolist() == X
    assert after.chart.dataset.y.tolist() == Y
    assert after.chart.axes == before.axes
    assert after.chart.world is None
    assert after.chart.noise_prior == before.noise_prior
    assert after.chart.dataset.feature_names == ("nights of four hours' sleep",)
    assert after.spec.title == "A stubborn prior, changed"
    assert own.current().scene == after.scene == f"yours.{visit.memory.own}"
    assert visit.memory.epoch == 4


def test_what_is_shown_while_a_point_is_held_is_the_picture_of_the_drop_and_the_cores_answer(visiting):
    visit = visiting("five", width=8.0)
    film = drawing.answer(visit, told(visit)).film
    visit.drew(told(visit))
    settings = visit.settings
    dropped, home = LINEAR.film(settings, "width"), settings.home()["width"]
    for name in ("predictive.y", "credible.y", "slope.density"):
        assert film.row(name, 0) == pytest.approx(dropped.row(name, home), abs=2 * dropped.step(name))
    rows = Linear().design(settings.chart.axes.grid(61)[:, None])
    known = posterior(Dataset.from_arrays(X, Y), Linear(), Prior(8.0, 10.0)).band(rows, rows[:, 1], 0.9, "observation")
    seen = np.concatenate([known.upper[0], known.lower[0][::-1]])
    assert film.row("predictive.y", 0) == pytest.approx(settings.chart.axes.clip(seen), abs=0.05)


@pytest.mark.parametrize(
    ("x", "y", "why"),
    [
        ([1, 2, 3], [1, 2, float("nan")], "point 3 has y = nan"),
        ([1, 2, 3], [1, 2, "7"], "point 3 has y = 7, which is no number"),
        ([1, 2, True], [1, 2, 3], "point 3 has x = True"),
        ([1, 2, 1e9], [1, 2, 3], "point 3 has x = 1e+09, which is outside -37.6 to 49.2"),
        ([1, 2, 3], [1, -769, 3], "point 2 has y = -769, which is outside -768 to 912"),
        ([1, 2, 3], [1, 2], "not as many x as y"),
        ("123", [1, 2, 3], "not as many x as y"),
        ([1] * 201, [1] * 201, "201 points, and 200 are the most"),
    ],
)
def test_what_is_no_drawing_is_refused_with_its_point_and_changes_nothing(visiting, x, y, why):
    visit = visiting()
    visit.drew({"do": "set", "x": x, "y": y, "of": "five", "count": 1})
    assert why in drawing.told_of(visit)["refused"]
    assert visit.settings == LINEAR.at_start("five")
    assert own.current() is None
    assert drawing.answer(visit, {"x": x, "y": y, "of": "five", "count": 2}) is None
    visit.drew(told(visit))
    assert drawing.told_of(visit)["refused"] == ""


def test_the_sentence_says_which_point_became_what_and_what_that_did(visiting):
    visit = visiting("five")
    visit.drew(told(visit))
    before, words_before = visit.settings, telling.words_at(LINEAR.films(visit.settings), visit.settings.home())
    for x, y, head in (
        (X, [*Y[:3], 120.0], "Point 4 (9.5, 60) → (9.5, 120)"),
        ([*X, 2.0], [*Y[:3], 120.0, -8.5], "Point (2, −8.5) added"),
        ([*X[:1], *X[2:], 2.0], [Y[0], Y[2], 120.0, -8.5], "Point (3, 35) taken away"),
    ):
        visit.drew(told(visit, x, y))
        speaker = telling.Speaker(visit.text, visit.memory, visit.settings)
        visit.memory.before = telling.Told(before, words_before)
        said = speaker.hear(News(), LINEAR.films(visit.settings))
        assert said.startswith(f"{head}: <em")
        assert "ms per night" in said
        assert " → " in said.partition(": ")[2]
    visit.change(level=0.8)
    assert visit.memory.redrawn == ""


def test_too_few_points_show_the_prior_until_there_are_enough(visiting):
    visit = visiting("houses", width=7.0)
    visit.drew(told(visit, [], []))
    for n in range(1, 3):
        assert (visit.settings.method, visit.settings.scene) == ("prior", "houses")
        assert drawing.told_of(visit)["few"]
        assert "3 points at least" in drawing.told_of(visit)["rule"]
        visit.drew(told(visit, [50.0, 100.0][:n], [100.0, 300.0][:n]))
        assert drawing.told_of(visit)["x"] == [50.0, 100.0][:n]
    visit.drew(told(visit, [50.0, 100.0, 150.0], [100.0, 300.0, 480.0]))
    assert (visit.settings.method, visit.settings.width, visit.settings.spec.title) == ("exact", 7.0, "Your drawing")
    assert not drawing.told_of(visit)["few"]


def test_points_without_an_answer_say_why_and_stay(visiting):
    visit = visiting("five")
    visit.drew(told(visit))
    visit.drew(told(visit, [1.0, 2.0, 3.0], [10.0, 20.0, 30.0]))  # the line fits them without any error
    draws = drawing.told_of(visit)
    assert "no answer yet" in draws["rule"]
    assert (draws["x"], draws["few"], visit.settings.method) == ([1.0, 2.0, 3.0], True, "prior")
    visit.drew(told(visit, [1.0, 2.0, 3.0], [10.0, 20.0, 31.0]))
    assert (drawing.told_of(visit)["rule"], visit.settings.method) == ("", "exact")


def test_the_last_change_and_all_changes_are_taken_back(visiting):
    visit = visiting("five", width=2.0)
    first = visit.settings
    visit.drew(told(visit))
    visit.drew(told(visit, X[:3], Y[:3]))
    assert len(visit.settings.chart.dataset.y) == 3
    visit.drew(told(visit, do="undo"))
    assert visit.settings.chart.dataset.y.tolist() == Y
    assert own.current().scene == visit.settings.scene
    visit.memory.settings = visit.settings.changed(width=4.0)
    visit.drew(told(visit, do="reset"))
    assert visit.settings == first.changed(width=4.0)
    assert own.current() is None
    visit.drew(told(visit, do="undo"))  # the reset, too
    assert visit.settings.chart.dataset.y.tolist() == Y
    visit.drew(told(visit, do="undo"))
    assert visit.settings == first
    assert not drawing.told_of(visit)["undo"]


def test_a_drawing_on_the_readers_own_data_leads_back_to_them_and_changes_no_other_number(visiting):
    visit = visiting()
    exact = [1 / 3, 2 / 3, 4 / 3, 5 / 3]
    mine = own.keep(drawing.Source.of(Dataset.from_arrays(exact, Y, feature_names=["dose"], title="Mine")))
    visit.to_scene(mine.scene)
    visit.drew(told(visit, exact, [*Y[:3], 61.0]))
    assert visit.settings.chart.dataset.x[:, 0].tolist() == exact
    assert visit.settings.chart.dataset.feature_names == ("dose",)
    assert visit.settings.spec.title == "Mine, changed"
    visit.drew(told(visit, do="reset"))
    assert own.current().token == mine.token
    assert visit.settings.scene == mine.scene


def test_a_set_that_crosses_a_change_of_scene_is_void_and_one_that_crosses_an_answer_counts(visiting):
    visit = visiting("five")
    early = told(visit)
    visit.drew(early)
    visit.drew(early | {"y": [*Y[:3], 10.0], "count": 2})  # told before the answer to the first was there
    assert visit.settings.chart.dataset.y[-1] == 10.0
    visit.to_scene("houses")
    visit.drew(early | {"count": 3})
    assert visit.settings.scene == "houses"


@pytest.mark.parametrize("said", [{"lock": "draw"}, {"lock": "all"}, {"hide": "answer"}])
def test_what_a_link_locks_or_hides_is_not_drawn(visiting, said):
    visit = visiting("five")
    asked = told(visit)
    visit = visiting("five", said)
    visit.drew(asked)
    assert visit.settings.scene == "five"
    assert drawing.told_of(visit) is None


def test_where_there_is_no_drawing_the_reason_is_told(visiting):
    assert "at most 200 points, and these are 500" in drawing.told_of(visiting("blog", points=500))["why"]
    assert drawing.told_of(visiting("blog", points=200))["open"]
    visit = visiting()
    several = Dataset.from_arrays(np.arange(8.0).reshape(4, 2) ** 2, Y)
    visit.to_scene(own.keep(drawing.Source.of(several)).scene)
    assert "These data have 2 inputs" in drawing.told_of(visit)["why"]
    assert not drawing.told_of(visit)["open"]


def test_the_link_of_a_drawing_opens_the_same_points_and_the_same_answer_in_another_session(visiting, monkeypatch):
    visit = visiting("houses", width=20.0)
    visit.drew(told(visit, [50.0, 90.0, 140.0, 200.0], [200.0, 310.0, 480.0, 600.0]))
    mine = visit.settings
    mine = mine.changed(width=30.0)
    address, before = mine.link(), LINEAR.film(mine, "width")
    app = open_app("linear/posterior", **address)
    memory = app.session_state["memory.linear"]
    assert memory.notes == []
    assert memory.settings.scene.startswith("yours.")
    assert "House prices, changed" in [option for pill in app.get("button_group") for option in pill.options]
    other = own._Held()
    monkeypatch.setattr(own, "_held", lambda: other)  # as that session has it
    opened = LINEAR.from_link({name: LINEAR.parsers[name](text) for name, text in address.items()}, [])
    assert opened.chart.dataset.fingerprint == from_link(address["rows"].partition(".")[0]).fingerprint
    assert opened.width == 30.0
    assert LINEAR.film(opened, "width").numbers["predictive.y"] == pytest.approx(before.numbers["predictive.y"])


@pytest.mark.parametrize("text", ["", "x", "%%", "A" * 1300, "A" * 1100])
def test_axes_that_were_cut_in_a_link_are_told(visiting, text):
    visit = visiting()
    visit.drew(told(visit))
    rows, _, placing = visit.settings.link()["rows"].partition(".")
    for wrong in (text, placing[:-4]):
        notes: list[str] = []
        own._held().current = ""
        LINEAR.from_link({"scene": "yours", "rows": f"{rows}.{wrong}"}, notes)
        why = "scene: the axes in the link were cut or changed: open the whole link again"
        assert notes == ([why] if wrong else [])


def test_a_network_fits_what_is_drawn_in_the_pictures_own_units_unless_they_are_far_from_it(visiting):
    visit = visiting("gap", lesson=NETWORK)
    assert drawing.told_of(visit)["open"]
    assert not drawing.told_of(visit)["live"]
    x, y = [-2.0, -1.0, 1.0, 2.5], [0.5, 1.0, -1.0, 2.0]
    before = visit.settings.chart.axes
    visit.drew(told(visit, x, y))
    assert visit.settings.chart.axes == before
    assert visit.settings.question().dataset.y.tolist() == y
    assert "standardised" not in NETWORK.script(visit.settings)
    assert drawing.told_of(visit)["open"]
    far = visiting("five")
    far.drew(told(far))
    there = Visit(NETWORK, link.Memory(NETWORK.at_start("gap"), {}, epoch=3), words(NETWORK.page))
    there.to_scene(far.settings.scene)
    assert "standardised" in NETWORK.script(there.settings)
    assert "in standard deviations" in drawing.told_of(there)["why"]


def test_on_the_ridge_page_every_point_that_is_drawn_is_seen_and_those_held_out_are_hollow(visiting):
    visit = visiting("day", lesson=RIDGE, width=3.0, degree=4.0)
    x, y = [1.0, 5.0, 9.0, 13.0, 17.0, 21.0], [-5.0, -6.0, 1.0, 8.0, 5.0, -2.0]
    film = drawing.answer(visit, told(visit, x, y)).film
    visit.drew(told(visit, x, y))
    settings = visit.settings
    assert (settings.width, settings.noise, settings.degree) == (3.0, 1.5, 4.0)
    still = RIDGE.still(settings, present=False)
    dots = {trace["name"]: list(zip(trace["x"], trace["y"], strict=True)) for trace in still.figure["data"]}
    assert len(dots["held out"]) == 1
    every = np.array(sorted(dots["data"] + dots["held out"]))
    assert every == pytest.approx(np.array([x, y]).T)
    dropped = RIDGE.film(settings, "width")
    band = dropped.row("credible.y", settings.home()["width"])
    assert film.row("credible.y", 0) == pytest.approx(band, abs=2 * dropped.step("credible.y"))
    assert "Hollow" in drawing.told_of(visit)["rule"]
    visit.drew(told(visit, x[:2], y[:2]))
    assert drawing.told_of(visit)["refused"] == "An answer needs 3 points at least: the last one stays."
    assert drawing.told_of(visit)["x"] == x
    assert drawing.told_of(visiting("day", lesson=RIDGE, view="paths")) is None


# ------------------------------------------------------------------------------------------------------- of classes
def painted(visit: Visit, x, y, k, **more) -> dict:
    return told(visit, x, y, k=list(k), **more)


def test_points_with_classes_become_the_data_on_the_maps_own_axes_and_go_into_a_link(visiting, monkeypatch):
    visit = visiting("moons", lesson=CLASSES, width=0.8, model="line", mislabelled=0.2)
    before, offered = visit.settings.chart, drawing.told_of(visit)
    assert offered["k"] == before.dataset.y.tolist()
    assert offered["y"] == before.dataset.x[:, 1].tolist()
    x, y, k = [-2.0, -1.0, 1.5, 2.0], [-0.1, 0.1, 0.2, -0.3], [1, 1, 0, 0]  # the first input parts them
    visit.drew(painted(visit, y, x, k))
    settings = visit.settings
    assert (settings.width, settings.model, settings.spec.title) == (0.8, "line", "Two moons, changed")
    assert settings.chart.axes == before.axes
    assert settings.plane() == visiting("moons", lesson=CLASSES).settings.plane()
    fitted = settings.question().dataset
    assert fitted.x.T.tolist() == [y, x]
    assert fitted.y.tolist() == k
    assert fitted.classes == before.dataset.classes
    assert settings.link()["model"] == "line"
    assert "standardised" not in CLASSES.script(settings)
    address = settings.link()
    other = own._Held()
    monkeypatch.setattr(own, "_held", lambda: other)  # as another session has it
    notes: list[str] = []
    opened = CLASSES.from_link({name: CLASSES.parsers[name](text) for name, text in address.items()}, notes)
    assert notes == []
    assert opened.question() == settings.question()
    assert opened.chart.axes == before.axes
    assert all(abs(place) <= 2.56 for place in opened.story.ring)  # of 3.2: it is seen whole
    assert (opened.chart.along, opened.chart.across) == (0, 1)  # though the second parts the classes better


def test_a_link_holds_two_hundred_points_with_classes(visiting):
    visit = visiting("moons", lesson=CLASSES)
    rng, low, high = np.random.default_rng(0), *visit.settings.chart.axes.x_range
    x, y = rng.uniform(low, high, (2, 200)).tolist()
    visit.drew(painted(visit, x, y, rng.integers(0, 2, 200).tolist()))
    assert len(visit.settings.link()["rows"]) <= 2000
    assert len(visit.settings.dataset().y) == 200


@pytest.mark.parametrize(
    ("k", "why"),
    [
        ([1, 1, 1, 1], "“upper moon” would have no point left, and every class keeps one at least: add another first."),
        ([0, 1, 2, 0], "point 3 has class 2, which is none of 0 to 1"),
        ([0, 1, True, 0], "point 3 has class True"),
        ([0, 1, 1], "not as many classes as points"),
        (None, "not as many classes as points"),
    ],
)
def test_a_class_without_a_point_and_what_is_no_class_are_refused(visiting, k, why):
    visit = visiting("moons", lesson=CLASSES)
    start = visit.settings
    visit.drew(told(visit, X, [0.1, 0.2, 0.3, 0.4], **({} if k is None else {"k": k})))
    assert why in drawing.told_of(visit)["refused"]
    assert visit.settings == start
    assert drawing.told_of(visit)["x"] == start.dataset().x[:, 0].tolist()


def test_a_drawing_of_classes_begins_with_points(visiting):
    visit = visiting("twelve", lesson=CLASSES, model="line")
    assert not drawing.told_of(visit)["empty"]
    for k in ([], [0, 1]):
        visit.drew(painted(visit, [1.0] * len(k), [0.5] * len(k), k))
        assert drawing.told_of(visit)["refused"] != ""
        assert (visit.settings.method, len(drawing.told_of(visit)["k"])) == ("hmc", 12)


def test_own_classes_are_drawn_on_in_standard_deviations_and_the_way_back_leads_to_them(visiting):
    visit = visiting(lesson=CLASSES, scene="moons")
    rows = [[150.0, 8.0], [170.0, 7.0], [110.0, 20.0], [90.0, 31.0], [100.0, 22.0]]
    data = Dataset.from_arrays(
        rows, ["pear"] * 2 + ["plum"] * 3, task="classification", feature_names=["g", "mm"], title="Fruit"
    )
    mine = own.keep(drawing.Source.of(data))
    visit.to_scene(mine.scene)
    before, offered = visit.settings.chart, drawing.told_of(visit)
    shown = standardised(data).x[:, [before.along, before.across]]
    assert pytest.approx(shown) == np.array([offered["x"], offered["y"]]).T
    visit.drew(painted(visit, [*offered["x"], 0.5], [*offered["y"], 0.25], [*offered["k"], 1]))
    assert visit.settings.chart.axes == before.axes
    assert visit.settings.dataset().x[:5] == pytest.approx(shown)
    assert visit.settings.spec.title == "Fruit, changed"
    visit.drew(told(visit, do="reset"))
    assert visit.settings.scene == mine.scene


def test_where_a_map_shows_two_of_more_inputs_the_reason_is_told_and_a_view_without_points_has_no_pen(visiting):
    offered = drawing.told_of(visiting("iris", lesson=CLASSES))
    assert "These data have 4 inputs: a point drawn along two of them" in offered["why"]
    assert offered["x"] == offered["k"] == []
    assert drawing.told_of(visiting("tutorial", lesson=CLASSES)) is None


# ------------------------------------------------------------------------------------------------ of a conformal band
def doses(size: int = 40) -> Dataset:
    x = np.round(np.linspace(0.3, 9.7, size) + 0.1 * np.sin(np.arange(size)), 2)
    return Dataset.from_arrays(
        x,
        np.round(3 + x + np.cos(7.0 * np.arange(size)), 2),
        feature_names=["dose"],
        target_name="effect",
        title="Dose",
    )


def test_a_conformal_band_follows_a_held_point_and_the_parts_of_the_rows_stay(visiting):
    visit, data = visiting("good", lesson=CONFORMAL), doses()
    assert drawing.told_of(visit) is None  # the ferry's days come from its world
    visit.to_scene(own.keep(drawing.Source.of(data)).scene, seed=5, score="normalised", points=9.0)
    x, y = data.x[:, 0].tolist(), data.y.tolist()
    before = [part.x[:, 0].tolist() for part in visit.settings.rows.parts(5)]
    i = x.index(before[1][2])  # a row that calibrates
    moved = [*y[:i], y[i] + 2.5, *y[i + 1 :]]
    film = drawing.answer(visit, told(visit, x, moved)).film
    visit.drew(told(visit, x, moved))
    settings = visit.settings
    assert (settings.seed, settings.points, settings.score, settings.spec.title) == (
        5,
        9,
        "normalised",
        "Dose, changed",
    )
    assert [part.x[:, 0].tolist() for part in settings.rows.parts(5)] == before
    fitted = [x.index(value) for value in before[0]]
    assert settings.rows.train(5).x[:, 0] == pytest.approx(standardised(data).x[fitted, 0])  # none of those calibrates
    still, seen = CONFORMAL.still(settings, present=False), CONFORMAL.film(settings, "level")
    assert film.row("conformal.y", 0) == pytest.approx(
        seen.row("conformal.y", settings.home()["level"]), abs=2 * seen.step("conformal.y")
    )
    assert set(still.drawn) <= {trace["name"] for trace in still.figure["data"]}
    crosses = next(trace for trace in still.figure["data"] if trace["name"] == "fitted")
    assert sorted(crosses["x"]) == sorted(before[0])
    visit.drew(told(visit, [*x, 5.05], [*moved, 9.0]))
    after = [part.x[:, 0].tolist() for part in visit.settings.rows.parts(5)]
    for one, other in zip(before, after, strict=True):
        assert len({*one} ^ {*other}) <= 2  # one row more, and at most one that changes sides


def test_below_the_rows_that_a_conformal_band_needs_the_last_point_stays(visiting):
    visit, data = visiting("good", lesson=CONFORMAL), doses(20)
    visit.to_scene(own.keep(drawing.Source.of(data)).scene)
    visit.drew(told(visit, data.x[1:, 0].tolist(), data.y[1:].tolist()))
    assert "The data have 19 rows, and this lesson needs 20 at least" in drawing.told_of(visit)["refused"]
    assert len(drawing.told_of(visit)["x"]) == 20


# --------------------------------------------------------------------------------------- around a point that is held
HALF_A_PIXEL = 1 / 668
"""Of the axis: the chart is 334 pixels high in a window of 1440."""
UNEVEN = [0.7, 2.9, 3.3, 6.1, 9.4], [11.0, 44.0, 20.0, 71.0, 52.0]


def moved(x, y, i, place) -> tuple[list[float], list[float]]:
    return [*x[:i], place[0], *x[i + 1 :]], [*y[:i], place[1], *y[i + 1 :]]


@pytest.mark.parametrize(
    ("lesson", "scene", "changes", "points", "i"),
    [
        (LINEAR, "five", {"width": 8.0}, UNEVEN, 1),
        (LINEAR, "five", {"method": "map"}, UNEVEN, 3),
        (RIDGE, "day", {"degree": 4.0}, ([1.0, 5.0, 6.5, 13.0, 17.0, 21.0], [-5.0, -6.0, 1.0, 8.0, 5.0, -2.0]), 3),
    ],
)
def test_between_places_around_a_held_point_lies_the_answer_to_a_set_with_that_point_there(
    visiting, lesson, scene, changes, points, i
):
    visit = visiting(scene, lesson=lesson, **changes)
    near = drawing.answer(visit, told(visit, *points, i=i, fineness=0)).near
    axes = visit.settings.chart.axes
    low, high = axes.y_range
    assert len(near.x) == 5
    for share in ((0.07, 0.93), (0.61, 0.22), (0.98, 0.55)):
        place = [ends[0] + part * (ends[-1] - ends[0]) for ends, part in zip((near.x, near.y), share, strict=True)]
        known = drawing.answer(visit, told(visit, *moved(*points, i, place))).film
        of = np.outer(weights(near.x, place[0]), weights(near.y, place[1])).ravel()
        assert {"credible.y", "map.y"} & near.film.numbers.keys() or changes.get("method") == "map"
        for name, rows in near.film.numbers.items():
            line = known.row(name, 0)
            here = of @ np.broadcast_to(rows, (len(of), rows.shape[1]))
            seen = (line >= low) & (line <= high)
            assert np.abs(here - line)[seen].max() < HALF_A_PIXEL * (high - low), name


def test_where_lines_bend_too_much_they_are_known_closer_together_or_at_one_place_alone(visiting):
    visit = visiting("weak", lesson=RIDGE, degree=15.0)
    draws = drawing.told_of(visit)
    found = [drawing.answer(visit, told(visit, draws["x"], draws["y"], i=i, fineness=0)).near for i in (0, 3)]
    for near in found:
        assert near is None or near.fineness > 0
    assert {None if near is None else len(near.x) for near in found} <= {None, 5, 1}
    begun = drawing.answer(visit, told(visit, draws["x"], draws["y"], i=6, fineness=2)).near
    assert begun is None or len(begun.x) == 1


@pytest.mark.parametrize("more", [{}, {"i": 9}, {"i": -1}, {"i": "0"}, {"i": 0, "fineness": None}])
def test_no_lines_around_a_point_that_is_none(visiting, more):
    visit = visiting("five")
    answer = drawing.answer(visit, told(visit, **{"fineness": 0} | more))
    assert answer.near is None
    assert answer.film.row("credible.y", 0) is not None
    prior = visiting("five", method="prior")
    assert drawing.answer(prior, told(prior, i=0, fineness=0)).near is None


@pytest.mark.parametrize(
    ("lesson", "changes"),
    [(LINEAR, {}), (LINEAR, {"method": "map"}), (RIDGE, {"degree": 7.0}), (RIDGE, {"family": "laplace"})],
)
def test_what_stays_of_a_picture_is_seen_at_one_position_as_at_all(lesson, changes):
    settings = lesson.at_start(**changes).still()
    handle = settings.handles[0]
    glanced = settings.glanced()
    assert (len(glanced.positions(handle)), len(settings.positions(handle))) == (1, 41)
    one, all_ = (lesson.view(seen, handle).picture("", False) for seen in (glanced, settings))
    assert replace(one, figure=None) == replace(all_, figure=None)
    assert one.figure["layout"] == all_.figure["layout"]
    for trace, other in zip(one.figure["data"], all_.figure["data"], strict=True):
        assert trace["y"] == pytest.approx(other["y"], abs=1e-6, nan_ok=True)
        assert trace | {"y": None} == other | {"y": None}
