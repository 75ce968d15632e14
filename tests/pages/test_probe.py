"""Where a probe may stand: on the axis of a picture, as a link or a reader says; what it reads names level and kind."""

from __future__ import annotations

import pytest
from apps import open_app
from lessons import LESSONS, VIEWS, seen_as

from pages._ui import link
from pages._ui.probing import Across, from_link
from pages._ui.visit import Visit
from pages._ui.words import words

LINEAR = LESSONS["linear/posterior"]
SQUARE = Across.of("surface, m²", (0, 260))


def test_a_typed_place_is_read_with_its_unit_and_either_comma_or_refused_with_the_reason():
    assert [SQUARE.typed(text) for text in ("250", "250 m²", "120,5", "1e2", "1/4")] == [250, 250, 120.5, 100, 0.25]
    assert Across.of("population", (100, 9000)).typed("1,500") == 1500
    with pytest.raises(ValueError, match="outside the axis: type a value from 0 to 260"):
        SQUARE.typed("400")
    with pytest.raises(ValueError, match="is not a number"):
        SQUARE.typed("large")
    with pytest.raises(ValueError, match=r"may mean 1500 or 1\.5: type which"):
        Across.of("x", (0, 2000)).typed("1,500")


def test_a_link_that_puts_it_beside_the_axis_is_told():
    notes: list[str] = []
    assert from_link(SQUARE, 250.0, notes) == 250
    assert not notes
    assert from_link(SQUARE, 261.0, notes) is None
    assert from_link(None, 1.0, notes) is None
    assert notes == [
        "probe: 261 is outside the axis, 0 to 260",
        "probe: this picture has no curves over an axis to read",
    ]


def test_beliefs_are_read_where_no_handle_moves_their_axis():
    lesson = LESSONS["bayes/updating"]
    settings = lesson.at_start("scale").changed(reveal=True)
    drawn, view = settings.across, lesson.view(settings, "worth")
    assert (drawn.ends, drawn.worded(70.0)) == ((62.0, 82.0), "70 kg")
    assert {one.trace for one in view.probe.readings} >= {"prior", "posterior", "likelihood"}
    assert {one.trace for one in view.probe.readings} <= {trace["name"] for trace in view.figure["data"]}
    assert lesson.at_start("scale", close=True).across is None
    assert lesson.at_start("scale", view="predict").across is None


def probing(scene: str) -> Visit:
    return Visit(LINEAR, link.Memory(LINEAR.at_start(scene), {}, epoch=3), words(LINEAR.page))


def test_it_stays_where_the_axis_is_the_same_and_is_in_the_link():
    visit = probing("five")
    visit.probed({"x": 7.5, "count": 1, "epoch": 3})
    assert visit.beside == {"probe": "7.5"}
    assert visit.probe.told == {"x": 7.5, "text": "", "why": "", "count": 1}
    visit.to_scene("stubborn")  # the same axis
    assert visit.beside == {"probe": "7.5"}
    visit.to_scene("houses")
    assert visit.beside == {}
    assert visit.probe.x is None


def test_what_is_refused_leaves_it_where_it_was_and_an_old_message_is_void():
    visit = probing("houses")
    visit.probed({"text": "200 m²", "count": 1, "epoch": 3})
    visit.probed({"text": "2000", "count": 2, "epoch": 3})
    assert visit.probe.x == 200
    assert "outside the axis" in visit.probe.why
    assert visit.probe.text == "2000"
    visit.probed({"x": 10, "count": 3, "epoch": 2})
    assert visit.probe.x == 200
    visit.probed({"x": None, "count": 4, "epoch": 3})
    assert visit.beside == {}


@pytest.mark.parametrize("case", VIEWS, ids=lambda case: "-".join(case).replace("/", "-"))
def test_a_view_that_can_be_read_has_an_axis_and_names_traces_of_its_figure(case):
    door, scene, view = case
    lesson = LESSONS[door]
    settings = seen_as(lesson.at_start(scene), view)
    if settings.across is None:
        return
    seen = lesson.view(settings, settings.handles[0])
    probe, drawn = seen.probe, {trace["name"] for trace in seen.figure["data"]}
    assert (probe.ends, probe.before, probe.unit) == (
        settings.across.ends,
        settings.across.before,
        settings.across.unit,
    )
    assert {reading.trace for reading in probe.readings} <= drawn
    for reading in probe.readings:  # an interval says its level and its kind
        if "{low}" in reading.text:
            assert "%" in reading.text or "{promise}" in reading.text, reading.text
            assert any(kind in reading.text for kind in ("credible", "predictive", "conformal", "prior")), reading.text


def test_map_has_no_credible_interval_and_the_prior_none_either():
    def told(method: str) -> str:
        settings = LINEAR.at_start("houses", method=method)
        return "; ".join(one.text for one in LINEAR.view(settings, "width").probe.readings)

    assert "no credible interval" in told("map")
    assert "% credible" not in told("map")
    assert "90 % prior, before any data" in told("prior")
    assert "credible" not in told("prior")
    assert "90 % credible" in told("exact")


def test_what_is_locked_or_hidden_is_not_read():
    def sent(**params):
        from pages._ui.lesson import Lesson

        seen = []
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Lesson, "sealed", lambda self, settings, picture, hands: seen.append(picture) or b"12345678")
            open_app("linear/posterior", scene="houses", probe="250", **params)
        return seen[-1].probe

    assert sent() is not None
    assert sent(lock="probe") is None
    assert sent(hide="numbers") is None
    assert "truth" not in {one.part for one in sent(hide="truth").readings}
