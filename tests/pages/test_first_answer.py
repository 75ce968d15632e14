"""The first answer on the page of a reader's data: what it says is what the core found, in every state of the data."""

from __future__ import annotations

import io
import re
from contextlib import redirect_stdout
from html import unescape

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from bayes_core import Prior, fit
from bayes_core.data.upload import prepare, read
from bayes_core.evaluation.answer import all_inputs, class_inputs, class_line, digits, held_out_rows, line, network
from pages._ui.work.store import store
from pages.yours._data.answer_words import effect

SCRIPT = """
import streamlit as st
from pages.yours._data.answer import show
show(st.session_state["prepared"], st.session_state["table"])
"""


def houses(rows=120, seed=3, slope=-3.1, unit=" (k€)"):
    random = np.random.default_rng(seed)
    area, garden = random.gamma(5, 20, rows), random.choice(["yes", "no"], rows)
    kind = random.choice(["flat", "house", "<b>hut</b>"], rows)
    price = 900 + slope * area + 60 * (garden == "yes") + random.normal(0, 40, rows)
    lines = [f"{a:.0f};{g};{k};{p:.0f}" for a, g, k, p in zip(area, garden, kind, price, strict=True)]
    return read("\n".join([f"area (m²);garden;kind;price{unit}", *lines]), title="houses")


def prepared_of(table, inputs=("area", "garden"), target="price"):
    proposed = [p.remedy for c in table.columns for p in c.problems if p.remedy.action == "one-hot"]
    return prepare(table, target, inputs, [r for r in proposed if r.column in inputs])


def shown(table, prepared):
    app = AppTest.from_string(SCRIPT, default_timeout=60)
    app.session_state["prepared"], app.session_state["table"] = prepared, table
    app.run()
    assert not app.exception, app.exception
    return app


def text_of(app):
    inline = re.sub(r"</?(?:span|b|em)\b[^>]*>", "", _bodies(app))
    plain = re.sub(r"<style>.*?</style>|<[^>]+>", " ", inline, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(plain))


@pytest.fixture(scope="module")
def said():
    table = houses()
    prepared = prepared_of(table, ("area", "garden", "kind"))
    return prepared, shown(table, prepared)


def test_it_says_what_the_core_found(said):
    prepared, app = said
    text = text_of(app)
    found = line(prepared.dataset)
    mean, low, high = found.effect
    assert found.step == 10
    assert f"Per 10 m² of area, price is {-mean:.0f} k€ lower" in text
    assert f"({-high:.0f} to {-low:.0f}, 90 % credible)" in text
    inputs = all_inputs(held_out_rows(prepared.dataset), groups=[one.column for one in prepared.made])
    cover = inputs.forecasts.coverage
    assert f"{cover.inside} of {cover.total}" in text
    assert cover.verdict in text
    assert f"{cover.low} to {cover.high} nine times in ten" in text
    assert inputs.trial.sentence in text
    rows = [unescape(re.sub("<[^>]+>", " ", row)) for row in re.findall(r"<tr><td>.*?</tr>", _bodies(app))]
    assert len(rows) == 8
    first = inputs.forecasts.examples()[0]
    place = inputs.forecasts.places[first]
    assert rows[0].split()[0] == str(prepared.numbers[place])
    assert f"{inputs.forecasts.actual[first]:.0f}" in rows[0].split()
    assert sum("✓ inside" in row for row in rows) == int(inputs.forecasts.covered[inputs.forecasts.examples()].sum())


def test_coefficients_stand_by_their_size_and_a_column_of_words_counts_as_one(said):
    prepared, app = said
    names = re.findall(r'<th scope="row"><span class="as-brought">(.*?)</span><small>', _bodies(app))
    inputs = all_inputs(held_out_rows(prepared.dataset), groups=[one.column for one in prepared.made])
    sizes = {one.name: abs(one.mean) for one in inputs.coefficients}
    shown_names = [unescape(name) for name in names]
    assert shown_names == sorted(sizes, key=lambda name: -sizes[name])
    assert len({one.name for one in inputs.worth}) == 3
    assert "<b>hut</b>" not in _bodies(app)  # the reader's words are no HTML


def test_every_interval_says_level_and_kind_and_every_picture_what_it_shows(said):
    bodies = _bodies(said[1])
    assert "90 % predictive" in bodies
    assert "90 % credible" in bodies
    alts = re.findall(r'role="img" aria-label="([^"]+)"', bodies)
    assert len(alts) == 2
    assert "price (k€) of 120 rows against area (m²)" in unescape(alts[0])
    assert re.search(r"\d+ lie inside their 90 % predictive interval and \d+ outside", alts[1])


def _bodies(app):
    return " ".join(element.proto.body for element in app.get("html"))


def test_a_slope_that_may_go_either_way_is_not_called_one():
    table = houses(rows=40, slope=0.0, seed=9)
    prepared = prepared_of(table, ("area",))
    words = {"effect either": "{interval}", "effect": "wrong"}
    low, high = effect(prepared, line(prepared.dataset), words).split(" to ")
    assert low.startswith("−")
    assert not high.startswith("−")
    assert "may go either way" in text_of(shown(table, prepared))


def test_few_rows_many_rows_and_a_mark():
    few = houses(rows=9)
    text = text_of(shown(few, prepared_of(few, ("area",))))
    assert "9 rows are too few to spare any" in text
    many = houses(rows=900)
    text = text_of(shown(many, prepared_of(many)))
    assert "The largest dot: " in text
    mark = houses(rows=60)
    assert "Where garden = yes holds" in text_of(shown(mark, prepared_of(mark, ("garden",))))


def flowers():
    """Three invented kinds; the last two nearly alike."""
    random = np.random.default_rng(8)
    kind = random.integers(0, 3, 150)
    long, wide = random.normal([14, 31, 36], 4)[kind] + random.normal(0, 3, 150), random.gamma(4, 2, 150)
    names = ["bell", "cup", "<i>star</i>"]
    lines = [f"{a:.1f};{b:.1f};{names[k]}" for a, b, k in zip(long, wide, kind, strict=True)]
    return read("\n".join(["petal (mm);leaf (mm);kind", *lines]), title="flowers")


def test_classes_are_answered_in_full_and_the_script_prints_the_pages_numbers():
    table = flowers()
    prepared = prepare(table, "kind", ["petal", "leaf"])
    app = shown(table, prepared)
    text, bodies, data = text_of(app), _bodies(app), prepared.dataset
    found = class_line(data)
    assert found.weights.way == "weighed"
    assert "near-exact" in text
    assert f"the probability of {found.ends[0].label} is {100 * found.ends[0].mean:.1f} %" in text
    assert bodies.count('role="img"') == 4  # a chart for each class, and the calibration
    inputs = class_inputs(held_out_rows(data))
    told = inputs.forecasts
    assert f"right for {told.accuracy.right} of {told.accuracy.total} rows" in text
    for score in (told.log_score, told.usual_log_score):
        assert digits.with_error(score.mean, score.error)[0] in text
    rows = [unescape(re.sub("<[^>]+>", " ", row)) for row in re.findall(r"<tr><td>.*?</tr>", bodies)]
    assert len(rows) == 8
    assert sum("✓ right" in row for row in rows) == int(told.right[told.examples()].sum())
    assert "<i>star</i>" not in bodies
    with redirect_stdout(io.StringIO()) as printed:
        exec(compile(app.code[0].value, "script", "exec"), {})
    ran = printed.getvalue()
    assert f"right: {told.accuracy.right} of {told.accuracy.total}" in ran
    assert f"log score: {told.log_score.mean:.4f}, always the shares: {told.usual_log_score.mean:.4f}" in ran
    one = inputs.coefficients[0][2]
    assert f"petal (mm), {one.label}: {one.mean:.3f}" in ran


def test_two_classes_have_one_picture_and_few_rows_say_so():
    table = houses(rows=60)
    app = shown(table, prepared_of(table, ("area", "kind"), "garden"))
    text = text_of(app)
    assert _bodies(app).count('role="img"') == 2
    assert "the log odds of yes against no" in text
    assert "all of kind" in text  # a column of words counts as one
    assert "hardly any promise could be refuted" in text
    few = houses(rows=9)
    text = text_of(shown(few, prepared_of(few, ("area",), "garden")))
    assert "9 rows are too few to spare any" in text


def test_perfect_fits_say_one_sentence():
    told = read("a;b;c\n" + "\n".join(f"{k};{2 * k};{k * k % 7}" for k in range(30)))
    text = text_of(shown(told, prepare(told, "b", ["a", "c"])))
    assert "No answer with these inputs: " in text
    assert "a gives b without any error" in text


def test_a_networks_answer_stands_beside_the_lines(monkeypatch):
    """Draws of a line through the network's rows take the network's place in the store: nothing is compiled."""
    table = houses(rows=200)
    prepared = prepared_of(table)
    asked = network(held_out_rows(prepared.dataset))
    exact = fit(asked.question.dataset, "linear", "exact", Prior(1, 1), seed=1)
    assert "Fit the network too" in [button.label for button in shown(table, prepared).button]
    store().keep(asked.question, exact)
    app = shown(table, prepared)
    assert not app.button
    text = text_of(app)
    known = all_inputs(asked.trial).forecasts
    network_rmse, line_rmse = re.search(r"RMSE of the mean (\S+) ± .* has (\S+) ±", text).groups()
    assert float(network_rmse) == pytest.approx(known.rmse, rel=0.03)
    assert float(line_rmse) == pytest.approx(known.rmse, rel=0.01)
    assert f"of {known.coverage.total}" in text


def test_the_script_runs_and_prints_the_pages_numbers():
    table = houses(rows=60)
    prepared = prepared_of(table)
    app = shown(table, prepared)
    code = app.code[0].value
    with redirect_stdout(io.StringIO()) as printed:
        exec(compile(code, "script", "exec"), {})
    ran = printed.getvalue()
    found = all_inputs(held_out_rows(prepared.dataset), groups=[one.column for one in prepared.made])
    assert found.forecasts.coverage.sentence() in ran
    mean, low, high = line(prepared.dataset).slope
    assert f"slope, low, high: {mean:.4g} {low:.4g} {high:.4g}" in ran
    assert f"{found.coefficients[0].name}: {found.coefficients[0].mean:.3f}" in ran
    long = houses(rows=2000)
    assert not shown(long, prepared_of(long)).code
