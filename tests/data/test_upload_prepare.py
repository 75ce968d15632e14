"""From a table to a data set: an account of every row, units that come back, samples, links, and harmless CSV."""

from __future__ import annotations

import base64
import csv
import io
import json
import re
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from bayes_core import Dataset, Prior, fit, predict
from bayes_core.data.upload import (
    Account,
    LeftOut,
    Remedy,
    Scaling,
    as_csv,
    as_link,
    dataset_as_csv,
    from_link,
    prepare,
    read,
    sampled,
)

HOUSES = read(
    "area (m²);rooms;colour;built;garden;price [k€]\n"
    "120;4;red;2001-05-01;yes;300\n"
    "80;3;blue;1999-05-01;no;210,5\n"
    "n/a;2;red;2000-05-01;no;120\n"
    "95;3;red;2000-05-02;yes;\n"
    "60;2;green;2000-05-03;no;150\n"
    "60;2;green;2000-05-03;no;150\n"
    "100;3;blue;2000-05-04;yes;250\n"
    "101;3;blue;2000-05-05;yes;-999;extra\n"
    "110;many;red;2000-05-06;yes;280\n",
    title="Houses",
)


def test_every_row_is_accounted_for():
    made = prepare(HOUSES, "price", ["area", "rooms", "garden"], [Remedy("keep one of each")])
    assert made.account.sentence() == (
        "9 rows = 4 used + 5 left out. 1 row: 7 cells where the header names 6 (row 9). "
        "1 row: repeats an earlier row (row 7). 1 row: no value of price (row 5). 1 row: no value of area (row 4). "
        "1 row: rooms is no number (row 10)."
    )
    assert made.numbers.tolist() == [2, 3, 6, 8]
    np.testing.assert_array_equal(made.dataset.y, [300, 210.5, 150, 250])
    np.testing.assert_array_equal(made.dataset.x, [[120, 4, 1], [80, 3, 0], [60, 2, 0], [100, 3, 1]])
    assert made.dataset.feature_names == ("area (m²)", "rooms", "garden = yes")
    assert (made.dataset.target_name, made.dataset.title, made.unit) == ("price (k€)", "Houses", "k€")


def test_remedies_are_applied_when_accepted():
    accepted = [
        Remedy("impute median", "area"),
        Remedy("impute median", "rooms"),
        Remedy("one-hot", "colour"),
        Remedy("as days", "built"),
        Remedy("log", "price"),
    ]
    made = prepare(HOUSES, "price", ["area", "rooms", "colour", "built"], accepted)
    assert made.account.used == 7
    assert made.account.changes == (
        "1 cell of area filled in with the median, 95.",
        "1 cell of rooms filled in with the median, 3.",
        'colour became 2 columns of 0 and 1, against "red".',
        "built is counted in days since 1999-05-01.",
        "price is taken as its natural logarithm.",
    )
    assert made.dataset.feature_names == (
        "area (m²)", "rooms", "colour = blue", "colour = green", "built (days since 1999-05-01)",
    )  # fmt: skip
    np.testing.assert_array_equal(made.dataset.x[:3, 0], [120, 80, 95])
    np.testing.assert_array_equal(made.dataset.x[:3, 2:], [[0, 0, 731], [1, 0, 0], [0, 0, 366]])
    np.testing.assert_allclose(made.own_target(made.dataset.y), [300, 210.5, 120, 150, 150, 250, 280])
    row = {"area": 70.0, "rooms": 2.0, "colour": "green", "built": 10_712.0}
    np.testing.assert_array_equal(made.inputs(row), [70, 2, 0, 1, 0])
    with pytest.raises(ValueError, match="the new row has no 'rooms': give a value for each input"):
        made.inputs({"area": 1.0})


def test_codes_and_far_rows_are_left_out_when_accepted():
    text = "x,y\n" + "".join(f"{k % 7 + 1},{k % 5 + k / 100}\n" for k in range(300)) + "900,3\n2,-999\n"
    table = read(text)
    problems = {p.what: p for one in table.columns for p in one.problems}
    assert problems["far out"].rows == (302,)
    assert problems["missing code"].rows == (303,)
    assert prepare(table, "y", ["x"]).account.used == 302
    made = prepare(table, "y", ["x"], [problems["far out"].remedy, problems["missing code"].remedy])
    assert made.account.sentence() == (
        "302 rows = 300 used + 2 left out. 1 row: x is far out or too large (row 302). 1 row: no value of y (row 303). "
        "−999 counts as missing in y (1 row)."
    )


def test_words_and_whole_numbers_can_be_classes():
    made = prepare(HOUSES, "colour", ["rooms"])
    assert made.dataset.classes == ("blue", "green", "red")
    assert made.dataset.y.tolist() == [2, 0, 2, 2, 1, 1, 0]
    again = prepare(HOUSES, "rooms", ["price"], [Remedy("as classes", "rooms")])
    assert again.dataset.classes == ("2", "3", "4")
    assert again.account.changes == ("rooms is treated as 3 classes.",)
    assert prepare(HOUSES, "garden", ["price"]).dataset.classes == ("no", "yes")
    with pytest.raises(ValueError, match="the target 'colour' is a class: choose a number"):
        made.source()


@pytest.mark.parametrize(
    ("target", "inputs", "accepted", "says"),
    [
        ("price", [], [], "no column is an input: choose one at least"),
        ("cost", ["area"], [], "there is no column 'cost': choose one of area, rooms"),
        ("price", ["price"], [], "'price' is the target and an input"),
        ("price", ["area", "area"], [], "name a column twice"),
        ("built", ["area"], [], "the target 'built' is of the kind date: choose a column of numbers"),
        (
            "price",
            ["area"],
            [Remedy("impute median", "price")],
            "'price' is the target, and a value filled in would be",
        ),
        ("price", ["colour"], [], "'colour' holds 3 different labels: accept a column for each, or leave it out"),
        ("price", ["built"], [], "'built' holds dates: accept days since the first, or leave it out"),
        ("price", ["area"], [Remedy("polish", "area")], "there is no remedy 'polish': choose one of"),
        ("price", ["area"], [Remedy("log")], "the remedy 'log' names no column: say which one it is for"),
        ("price", ["area"], [Remedy("leave out", "area")], "'area' is to be left out and is chosen"),
        ("price", ["area"], [Remedy("count as missing", "area")], "names no value: say which one it is"),
        ("price", ["garden"], [Remedy("log", "garden")], "'garden' is of the kind yes-no, which has no logarithm"),
    ],
)
def test_a_choice_that_cannot_be_fitted_is_named(target, inputs, accepted, says):
    with pytest.raises(ValueError, match=re.escape(says)):
        prepare(HOUSES, target, inputs, accepted)


@pytest.mark.parametrize(
    ("text", "accepted", "says"),
    [
        (
            "x,y\n1,2\n,3\n4,\n5,6\n",
            [],
            "2 rows can be used, and 3 are needed at least: 1 row: no value of y (row 4); ",
        ),
        ("x,y\n1,2\n0,3\n4,5\n5,6\n", [Remedy("log", "x")], "'x' is 0 in row 3, and only positive numbers have a"),
        ("x,y\n1e200,2\n0,3\n4,5\n5,6\n", [], "'x' is 1e+200 in row 2, and its square is too large for any computer"),
        ("x,y\n5,2\n5,3\n5,5\n6,\n", [], "'x' is 5 in every row that can be used, and tells nothing: leave it out"),
        ("x,y\n5,2\n5,3\n5,5\n", [], "'x' cannot be an input: every row has 5: it can tell nothing; leave it out"),
    ],
)
def test_a_table_that_cannot_be_fitted_is_named(text, accepted, says):
    with pytest.raises(ValueError, match=re.escape(says)):
        prepare(read(text), "y", ["x"], accepted)


def test_an_account_adds_up():
    with pytest.raises(ValueError, match="5 rows are not 3 used and 1 left out"):
        Account(5, 3, (LeftOut("why", (2,)),))
    with pytest.raises(ValueError, match="name every row once"):
        Account(5, 3, (LeftOut("why", (2,)), LeftOut("again", (2,))))


SIZES = st.floats(-1e6, 1e6).map(lambda v: round(v, 6))


@settings(max_examples=60, deadline=None)
@given(arrays(float, (7, 3), elements=SIZES), arrays(float, 7, elements=SIZES), st.sampled_from([1e-9, 1.0, 1e90]))
def test_scaling_comes_back(x, y, size):
    data = Dataset.from_arrays(x * size, y * size)
    scaling = Scaling.of(data)
    there = scaling.dataset(data)
    back = scaling.own_dataset(there)
    limit = 1e-9 * size * 1e6
    np.testing.assert_allclose(back.x, data.x, rtol=1e-9, atol=limit)
    np.testing.assert_allclose(back.y, data.y, rtol=1e-9, atol=limit)
    varies = np.ptp(data.x, axis=0) > 1e-6 * np.abs(data.x).max(0)
    np.testing.assert_allclose(there.x[:, varies].std(0), 1, rtol=1e-6)
    assert np.isfinite(there.x).all()


def test_what_a_fit_says_comes_back_in_the_datas_own_units():
    """A ridge line found in standard deviations is the line found directly, with the prior translated."""
    random = np.random.default_rng(8)
    x = random.normal(size=(40, 2)) * [30, 0.02] + [200, 5]
    y = 3000 + 12 * x[:, 0] - 5000 * x[:, 1] + random.normal(size=40) * 90
    data = Dataset.from_arrays(x, y)
    scaling = Scaling.of(data)
    there = scaling.dataset(data)
    answer = fit(there, method="exact", prior=Prior(width=1e3, noise=1.0), seed=1)
    slopes, start = answer.draws["coef"], answer.draws["intercept"]
    own = scaling.own_slopes(slopes)
    ones = np.column_stack([np.ones(40), x])
    least = np.linalg.lstsq(ones, y, rcond=None)[0]
    np.testing.assert_allclose(own.mean(0), least[1:], rtol=0.02)
    places = np.array([[150.0, 5.1], [260, 4.9]])
    lines = scaling.own_intercept(start, slopes)[:, None] + own @ places.T
    told = predict(answer, scaling.inputs(places)).f[:, :, 0]
    np.testing.assert_allclose(lines, scaling.own_target(told), rtol=1e-8)
    np.testing.assert_allclose(scaling.slopes(own), slopes, rtol=1e-12)
    np.testing.assert_allclose(scaling.intercept(scaling.own_intercept(start, slopes), own), start, atol=1e-6)
    sd = np.array([0.5, 2.0])
    upper = scaling.own_target(1.0 + sd) - scaling.own_target(np.ones(2))
    np.testing.assert_allclose(scaling.own_spread(sd), upper)
    np.testing.assert_allclose(scaling.spread(scaling.own_spread(sd)), sd)


def test_a_sample_looks_like_all_rows():
    y = np.repeat([0.0, 1, 2], [900, 95, 5])
    data = Dataset(np.arange(1000.0)[:, None], y, "classification", classes=("a", "b", "c"))
    taken = sampled(data, 100, seed=3)
    assert taken.rest is not None
    assert np.bincount(taken.train.y.astype(int)).tolist() == [90, 9, 1]
    both = np.sort(np.concatenate([taken.train.x, taken.rest.x])[:, 0])
    np.testing.assert_array_equal(both, np.arange(1000))
    assert (sampled(data, 100, seed=3).rows == taken.rows).all()
    assert (sampled(data, 100, seed=4).rows != taken.rows).any()
    whole = sampled(data, 1000, seed=3)
    assert (whole.rest, whole.sentence) == (None, "All 1,000 rows are fitted.")
    with pytest.raises(ValueError, match="2 rows cannot hold 3 classes"):
        sampled(data, 2, seed=1)


LABELS = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=8)
SHOWN = st.integers(-10_000, 10_000).map(lambda k: k / 100) | st.floats(-1e300, 1e300)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 9).flatmap(
        lambda n: st.tuples(arrays(float, (n, 2), elements=SHOWN), arrays(float, n, elements=SHOWN))
    ),
    st.tuples(LABELS, LABELS),
)
def test_links_come_back_exactly(numbers, names):
    data = Dataset.from_arrays(*numbers, feature_names=names, target_name="größe 🍷", title="t")
    again = from_link(as_link(data))
    assert again.fingerprint == data.fingerprint
    assert (again.feature_names, again.target_name, again.title) == (names, "größe 🍷", "t")


def test_a_link_holds_two_hundred_points_and_says_when_it_cannot():
    random = np.random.default_rng(2)
    x, y = random.uniform(0, 100, 200).round(1), random.normal(size=200).round(2) * 50
    assert len(as_link(Dataset.from_arrays(x, y))) <= 2000
    exact = Dataset.from_arrays(random.normal(size=200), y)
    with pytest.raises(ValueError, match=r"200 rows of 1 input need .* letters, and a link holds 2,000: send the file"):
        as_link(exact)
    np.testing.assert_allclose(from_link(as_link(exact, digits=3)).x, exact.x, rtol=5e-3)
    three = Dataset.from_arrays(random.normal(size=(200, 2)) * [3, 80] + [10, 300], y * 7)
    assert len(as_link(three, digits=3)) <= 2000
    flowers = Dataset.from_arrays([[1.0, 2], [3, 4], [5, 6]], ["a", "b", "a"], task="classification")
    assert from_link(as_link(flowers)).classes == ("a", "b")


def test_a_link_carries_all_that_a_lesson_needs():
    made = prepare(HOUSES, "colour", ["area", "rooms"], title="Houses\nof the north")
    again = from_link(as_link(made.dataset))
    assert (again.task, again.classes, again.target_name) == ("classification", ("blue", "green", "red"), "colour")
    assert (again.feature_names, again.title) == (("area (m²)", "rooms"), "Houses of the north")
    np.testing.assert_array_equal(again.x, made.dataset.x)


@pytest.mark.parametrize(("rows", "inputs"), [(2_001, 1), (5, 50), (100_000, 20), (2_000, 49)])
def test_what_from_link_would_refuse_is_not_written(rows, inputs):
    data = Dataset.from_arrays(np.tile(np.arange(rows)[:, None] % 2, inputs) * 1e12, np.arange(rows) % 2)
    with pytest.raises(ValueError, match=f"{rows:,} rows of .* need .* letters, and a link holds 2,000"):
        as_link(data)


def test_a_name_that_is_no_line_does_not_travel():
    with pytest.raises(ValueError, match=r"'a\\nb' is no line of at most 200 letters, .*: change the name"):
        as_link(Dataset.from_arrays([1.0, 2, 4], [1.0, 2, 3], feature_names=["a\nb"]))


def packed(text: str) -> str:
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return "a" + base64.urlsafe_b64encode(squeezer.compress(text.encode()) + squeezer.flush()).decode().rstrip("=")


GOOD = ["r", "y", "", ["x"], [], [0, [1, 2, 3]], [0, [4, 5, 6]]]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no text of at most 2,000"),
        ("a" * 2001, "no text of at most 2,000"),
        ("a<script>", "no text of at most 2,000"),
        ("zAAAA", "of the kind 'z', which this version does not know"),
        ("aAAAA", "cannot be unpacked"),
        (packed("[" * 90_000), "cannot be unpacked"),
        (packed(json.dumps([0] * 200_000)), "cannot be unpacked"),
        (packed('["r","y","",["x"],[],[0,[NaN]],[0,[1]]]'), "cannot be unpacked"),
        (packed("{}"), "no table of 1 to 50 inputs"),
        (packed(json.dumps(["q", *GOOD[1:]])), "name no task"),
        (packed(json.dumps(["r", "a\nb", *GOOD[2:]])), "have a name that is no line"),
        (packed(json.dumps([*GOOD[:5], [0, [1, 2]], GOOD[6]])), "columns of different lengths"),
        (packed(json.dumps([*GOOD[:5], [0, [1, "2", 3]], GOOD[6]])), "a value that is no number"),
        (packed(json.dumps([*GOOD[:5], [0, [1, True, 3]], GOOD[6]])), "a value that is no number"),
        (packed(json.dumps([*GOOD[:5], [99, [1, 2, 3]], GOOD[6]])), "a column with wrong decimals"),
        (packed(json.dumps([*GOOD[:5], ["", [1, 2, 10**400]], GOOD[6]])), "a number that is too large"),
        (packed(json.dumps([*GOOD[:5], [], GOOD[6]])), "a column without numbers"),
        (packed(json.dumps(["c", "y", "", ["x"], ["a", "b"], GOOD[5], GOOD[6]])), "y holds 4 at row 0"),
    ],
)
def test_a_link_is_not_trusted(text, says):
    with pytest.raises(ValueError, match=re.escape(says)):
        from_link(text)
    assert from_link(packed(json.dumps(GOOD))).y.tolist() == [4, 5, 6]


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-x", "@SUM(A1)", "\t=1", "\r=1", " =1", "|cmd", "＝1", "-2+3+cmd|' /C calc'!A0"]
)
def test_nothing_in_a_csv_is_run(text):
    rows = list(csv.reader(io.StringIO(as_csv([text], [[text]]), newline="")))
    assert rows == [[f"'{text}"], [f"'{text}"]]


@settings(max_examples=40, deadline=None)
@given(arrays(float, (5, 2), elements=st.floats(-1e300, 1e300)))
def test_numbers_come_back_from_csv(x):
    data = Dataset.from_arrays(x[:, 0], x[:, 1])
    rows = np.array([[float(cell) for cell in row] for row in csv.reader(dataset_as_csv(data).splitlines()[1:])])
    np.testing.assert_array_equal(rows, x)


def test_the_source_of_a_preparation_is_in_the_datas_own_units():
    made = prepare(HOUSES, "price", ["area", "rooms"], [Remedy("impute median", "area")])
    source = made.source(0)
    assert source.axes.x_title == "area (m²)"
    low, high = source.axes.x_range
    assert low < 60
    assert high > 120
    assert source.scales["width"].low < 3 < source.scales["width"].high
