"""The page where one's own table comes in: what was understood, corrections, remedies, roles, and who sees the data."""

from __future__ import annotations

import re

import numpy as np
import pytest
from apps import ROOT, open_app, sound

from bayes_core.data.kiosk import kiosk
from bayes_core.data.upload import Reading, Remedy, as_link, from_link
from bayes_core.data.upload.reading import DELIMITERS
from bayes_core.figures import tiny
from bayes_core.types import Dataset
from pages._ui import own
from pages._ui.words import words
from pages.yours._data.cards import ordered
from pages.yours._data.remedies import named
from pages.yours._data.study import NO_TARGET, Study
from pages.yours._data.understood import DECIMALS, ORDERS, THOUSANDS

PAGE = "yours/data"
PASTE = (
    "night;sleep in h;reaction, ms\n0;7,5;3,0\n1;4,1;13,6\n2;3,9;32,2\n4;4,0;45,8\n5;4,3;45,3\n1;n/a;1,5\n3;3,8;51,4\n"
)
FLOWERS = "petal,sepal,kind\n" + "".join(f"{1 + k % 5},{2 + k % 7},{'abc'[k % 3]}\n" for k in range(30))


@pytest.fixture(autouse=True)
def _no_data_yet():
    own.let_go()
    yield
    own.let_go()


def said(app, kind: str) -> str:
    """Return the text of the page's paragraphs of a class."""
    found = [one.proto.body for one in app.get("html") if f'class="{kind}' in one.proto.body]
    return " ".join(re.sub("<[^>]*>", "", one) for one in found)


def study_of(app) -> Study | None:
    return app.session_state["yours.desk"].study


def desk_of(app):
    return app.session_state["yours.desk"]


def kept(app) -> own.Own | None:
    held = app.session_state["own"]
    return held.by_token.get(held.current)


def with_sample():
    app = open_app(PAGE)
    app.button(key="yours.sample").click()
    return sound(app.run())


def pasted(app, text: str):
    app.session_state["yours.desk"].way = "paste"
    sound(app.run())
    app.text_area[0].set_value(text)
    return sound(app.run())


def dropped(app, content: bytes, name: str = "mine.csv"):
    app.file_uploader[0].upload(name, content, "text/csv")
    return sound(app.run())


def pressed(app, words: str):
    next(one for one in app.button if words in one.label).click()
    return sound(app.run())


# ----------------------------------------------------------------------------------------------------- three ways in
def test_the_sample_is_read_aloud_used_and_kept_for_the_lessons_until_it_is_let_go():
    app = with_sample()
    assert "I read 120 rows and 8 columns: semicolon-separated, decimal comma" in said(app, "dt-said")
    account = study_of(app).prepared.account
    assert account.sentence() in said(app, "dt-account")
    assert account.rows == 120 == account.used + sum(len(one.rows) for one in account.left_out)
    data = kept(app)
    assert data.about is study_of(app).prepared
    assert data.source.axes.x_title == "high (°C)"

    app.switch_page(str(ROOT / "pages/start/glossary.py"))
    sound(app.run())
    app.switch_page(str(ROOT / f"pages/{PAGE}.py"))
    sound(app.run())
    assert "120 rows" in said(app, "dt-said")  # it outlives a change of page

    pressed(app, "Let it go")
    assert study_of(app) is None is kept(app)
    assert not said(app, "dt-said")


def test_a_paste_is_read_stays_in_its_field_and_a_wrong_one_leaves_the_page_as_it_was():
    app = pasted(open_app(PAGE), PASTE)
    assert "7 rows and 3 columns" in said(app, "dt-said")
    assert study_of(app).target == "reaction"
    before, data = study_of(app), kept(app)
    pasted(app, "only\n")
    assert study_of(app) is before
    assert kept(app) is data
    assert "a row of names (only) and none of values" in said(app, "linknote")
    assert app.text_area[0].value.startswith("only")
    app.switch_page(str(ROOT / "pages/start/glossary.py"))
    sound(app.run())
    app.switch_page(str(ROOT / f"pages/{PAGE}.py"))
    assert sound(app.run()).text_area[0].value.startswith("only")


def test_a_file_is_read_and_one_that_is_no_table_is_named_under_its_field():
    app = dropped(open_app(PAGE), kiosk().encode("cp1252"), "kiosk 2025.csv")
    assert "120 rows" in said(app, "dt-said")
    assert kept(app).title == "kiosk 2025"
    assert desk_of(app).way is None
    before = study_of(app)
    app.session_state["yours.desk"].way = "file"
    dropped(sound(app.run()), b"%PDF-1.7 \x00\x01\x02", "report.pdf")
    assert "PDF" in said(app, "linknote")
    assert study_of(app) is before
    assert app.file_uploader  # what was dropped stays


def test_two_sessions_never_see_each_others_data():
    one = with_sample()
    other = open_app(PAGE)
    assert study_of(one) is not None
    assert study_of(other) is None is kept(other)
    assert "Saturday" not in "".join(h.proto.body for h in other.get("html"))


def test_data_let_go_on_another_page_are_gone_here_too():
    app = with_sample()
    app.switch_page(str(ROOT / "pages/bayes/theorem.py"))
    sound(app.run()).button(key="own.go").click()
    sound(app.run())
    app.switch_page(str(ROOT / f"pages/{PAGE}.py"))
    assert study_of(sound(app.run())) is None


def test_data_that_came_by_a_link_or_were_drawn_can_be_opened_as_a_table():
    data = Dataset.from_arrays([1.0, 2, 3, 5], [2.0, 4.5, 5.5, 9], feature_names=["dose"], target_name="cured")
    app = open_app("bayes/theorem", scene="yours", rows=as_link(data))  # which cannot use them, and keeps them
    app.switch_page(str(ROOT / f"pages/{PAGE}.py"))
    sound(app.run()).button(key="yours.open_drawn").click()
    assert "4 rows and 2 columns" in said(sound(app.run()), "dt-said")
    assert (study_of(app).target, study_of(app).inputs) == ("cured", ("dose",))
    assert kept(app).source.dataset.fingerprint == data.fingerprint


# ------------------------------------------------------------------------------------------ corrections and remedies
def test_a_correction_is_read_at_once_and_one_that_makes_no_table_is_refused_where_it_was_chosen():
    app = with_sample()
    app.selectbox(key="yours.how.header").set_value(False)
    assert "no header" in said(sound(app.run()), "dt-said")
    account = study_of(app).prepared.account
    assert account.rows == 121 == account.used + sum(len(one.rows) for one in account.left_out)
    app.selectbox(key="yours.how.header").set_value(True)
    before = study_of(sound(app.run()))
    app.selectbox(key="yours.how.delimiter").set_value(",")
    assert "choose another delimiter" in said(sound(app.run()), "linknote")
    assert study_of(app) is before
    assert app.selectbox(key="yours.how.delimiter").value == ";"


def test_nothing_is_applied_unasked_and_every_remedy_comes_back():
    app = with_sample()
    first = study_of(app).prepared
    assert "5 proposals open, none accepted yet" in said(app, "dt-count")
    pressed(app, "Keep one of each")
    pressed(app, "Fill in the median")
    assert "3 proposals open, 2 accepted" in said(app, "dt-count")
    account = study_of(app).prepared.account
    assert (account.rows, account.used) == (120, 118)  # one more, and one less
    assert kept(app).about is study_of(app).prepared
    pressed(app, "Undo")
    pressed(app, "Undo")
    again = study_of(app).prepared
    assert again.dataset.fingerprint == first.dataset.fingerprint
    assert again.account == first.account


def test_a_column_that_the_others_tell_is_left_out_and_comes_back_with_its_reason():
    rows = "\n".join(f"{k},{2 * k + k % 3 / 50:.3f},{(7 * k) % 11},{3 * k + k % 5}" for k in range(40))
    study = Study.brought(f"a,twice,other,y\n{rows}\n", "told", "paste")
    (problem,) = (p for _, p in study.open() if p.what == "told by others")
    without = study.accept(problem.remedy)
    assert without.role(problem.remedy.column) == "left out"
    assert without.accepted == {problem.remedy: problem}  # what it was stays to be read
    assert without.undo(problem.remedy).inputs == study.inputs


def test_roles_are_chosen_on_the_cards_and_what_cannot_be_fitted_is_said():
    app = with_sample()
    names = study_of(app).table.names
    app.selectbox(key=f"yours.role.{names.index('high')}").set_value("left out")
    assert "high" not in study_of(sound(app.run())).inputs
    assert study_of(app).look_along == "helpers"
    app.selectbox(key="yours.target").set_value("rain")
    sound(app.run())
    assert study_of(app).target == "rain"
    assert "sales" in study_of(app).inputs
    before = kept(app)
    app.selectbox(key=f"yours.role.{names.index('rain')}").set_value("left out")
    assert NO_TARGET in said(sound(app.run()), "linknote")
    assert kept(app) is before


def test_classes_are_taken_along_and_doors_say_what_cannot_use_them():
    app = pasted(open_app(PAGE), FLOWERS)
    pressed_target = app.selectbox(key="yours.target")
    pressed_target.set_value("kind")
    sound(app.run())
    data = kept(app)
    assert data.source.dataset.task == "classification"
    assert data.source.dataset.classes == ("a", "b", "c")
    assert "class" in said(app, "dt-gloss")
    links = {one.proto.label: one.proto.query_string for one in app.get("page_link")}
    assert "scene=yours" in links["classes"]
    assert "scene=yours" not in links["line"]


# --------------------------------------------------------------------------------------------------------- the study
def test_whoever_makes_words_an_input_asks_for_their_columns_and_undo_leaves_them_out_again():
    study = Study.brought(kiosk(), "kiosk", "paste").with_role("sky", "input")
    assert "sky = rain" in study.prepared.dataset.feature_names
    (remedy,) = study.accepted
    assert remedy == Remedy("one-hot", "sky")
    assert study.undo(remedy).role("sky") == "left out"
    with_days = study.accept(Remedy("as days", "Saturday"))
    assert with_days.role("Saturday") == "input"
    assert with_days.with_role("Saturday", "left out").accepted.keys() == {remedy}


def test_a_target_takes_no_remedy_that_makes_values_up():
    study = Study.brought(kiosk(), "kiosk", "paste")
    assert all(problem.remedy.action != "impute median" for name, problem in study.open() if name == "sales")
    filled = study.accept(Remedy("impute median", "high")).with_role("high", "target")
    assert not filled.accepted
    assert filled.prepared.account.used == 118
    assert study.notes_on(study.table.column("sales")) == ["1 of 120 rows has no value: it is left out."]
    with pytest.raises(ValueError, match="cannot be target"):
        study.with_role("remark", "target")


def test_another_reading_keeps_choices_only_where_columns_are_the_same():
    study = Study.brought(kiosk(), "kiosk", "paste").with_role("rain", "left out")
    assert study.read_as(dates="day first").role("rain") == "left out"
    assert study.read_as(decimal=".", thousands=",").table.reading.decimal == "."
    bare = study.read_as(header=False)
    assert bare.table.names[:2] == ("column 1", "column 2")
    assert bare.accepted == {}


def test_the_strongest_columns_come_first_by_numpys_own_correlation():
    study = Study.brought(kiosk(), "kiosk", "paste")
    data, y = study.prepared.dataset, study.prepared.dataset.y
    r = {name: abs(np.corrcoef(data.x[:, k], y)[0, 1]) for k, name in enumerate(study.inputs)}
    assert ordered(study)[1:5] == sorted(r, key=lambda name: -r[name])
    assert study.strengths["high"] == pytest.approx(r["high"], abs=0.01)  # over all rows that have both


def test_every_correction_on_offer_is_one_that_a_reading_knows_and_every_remedy_has_words():
    for sign in DECIMALS:
        assert Reading(";", sign, thousands="").decimal == sign
    for sign in THOUSANDS:
        assert Reading(";", "," if sign == "." else ".", thousands=sign).thousands == sign
    assert {Reading(dates=order).dates for order in ORDERS} == set(ORDERS)
    assert set(DELIMITERS) == {Reading(sign).delimiter for sign in DELIMITERS}
    from typing import get_args

    from bayes_core.data.upload.problems import Action

    assert set(named(words(PAGE)["remedies"])) == set(get_args(Action))


def typed(app, name: str, unit: str):
    next(one for one in app.text_input if one.label == f"Unit of {name}").set_value(unit)
    return sound(app.run())


def test_a_unit_is_typed_never_guessed_and_goes_into_axes_sentences_and_the_link():
    app = pasted(open_app(PAGE), PASTE.replace("night;sleep in h", "sleep;night").replace("reaction, ms", "reaction"))
    assert [one.value for one in app.text_input] == ["", "", ""]
    typed(app, "sleep", " h ")
    typed(app, "reaction", "ms")
    data = kept(app)
    assert (data.source.axes.x_title, data.source.axes.y_title) == ("sleep (h)", "reaction (ms)")
    assert "Per 1 h of sleep, reaction is " in said(app, "an-said")
    assert " ms " in said(app, "an-said")
    assert from_link(data.link).feature_names[data.source.along] == "sleep (h)"
    numbers = study_of(app).prepared.dataset.x
    before = study_of(app)
    typed(app, "sleep", "h (local)")  # refused where it was typed, and stays there
    assert study_of(app) is before
    assert 'the unit "h (local)" holds "(": give letters and signs without brackets' in said(app, "linknote")
    assert next(one for one in app.text_input if one.label == "Unit of sleep").value == "h (local)"
    typed(app, "sleep", "")
    assert kept(app).source.axes.x_title == "sleep"
    np.testing.assert_array_equal(study_of(app).prepared.dataset.x, numbers)
    typed(app, "sleep", "h")
    again = study_of(app).read_as(header=True)  # another reading keeps what was typed
    assert again.table.column("sleep").unit == "h"


def test_names_that_are_code_are_shown_as_they_are():
    app = pasted(open_app(PAGE), "dose <b>x,*y*\n1,2\n2,3\n3,5\n4,4\n")
    faces = "".join(one.proto.body for one in app.get("html"))
    assert "dose &lt;b&gt;x" in faces
    assert "dose <b>x" not in faces


def test_bars_stand_at_their_places():
    places = [float(v) for v in re.findall(r"left:([\d.]+)%", tiny.bars([0.0, 5.0, 10.0], [1, 2, 1], (0.0, 10.0), ""))]
    widths = [float(v) for v in re.findall(r"width:([\d.]+)%", tiny.bars([0.0, 5.0, 10.0], [1, 2, 1], (0.0, 10.0), ""))]
    assert places[1] + widths[1] / 2 == pytest.approx(50, abs=0.1)
    assert tiny.bars([1e308], [3], (-1e308, 1e308), "").count("nan") == 0
