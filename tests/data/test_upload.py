"""Reading in any dialect gives the same table back; readings can be corrected; the numbers are the file's own."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from bayes_core.data.upload import Reading, read
from bayes_core.data.upload.columns import Column
from bayes_core.data.upload.problems import skewness
from bayes_core.data.upload.together import shares_told

NUMBERS = st.integers(-10_000_000, 10_000_000).map(lambda k: k / 100)
WORDS = st.text("abcXYZäß ,;|\"'\n", min_size=1, max_size=9).map(lambda s: f"w{s}w")
TABLES = st.integers(3, 12).flatmap(
    lambda n: st.tuples(
        st.lists(st.lists(NUMBERS, min_size=n, max_size=n), min_size=1, max_size=4),
        st.lists(st.lists(WORDS, min_size=n, max_size=n), min_size=1, max_size=2),
    )
)
SPELLINGS = [(".", ""), (",", ""), (".", ","), (",", "."), (",", " "), (".", "'")]


def spelled(value: float, decimal: str, thousands: str) -> str:
    return f"{value:,.2f}".replace(",", "T").replace(".", decimal).replace("T", thousands)


@settings(max_examples=80, deadline=None)
@given(
    TABLES,
    st.sampled_from(",;\t|"),
    st.sampled_from(SPELLINGS),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.booleans(),
)
def test_any_dialect_reads_back_the_same(table, delimiter, spelling, encoding, line_end, quoting, header):
    numbers, words = table
    cells = [[spelled(v, *spelling) for v in one] for one in numbers] + words
    names = [f"n{k}" for k in range(len(numbers))] + [f"t{k}" for k in range(len(words))]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=line_end, quoting=quoting)
    writer.writerows(([names] if header else []) + [list(row) for row in zip(*cells, strict=True)])
    found = read(out.getvalue().encode(encoding))
    assert (found.reading.delimiter, found.reading.header) == (delimiter, header)
    assert len(found.numbers) == len(words[0])
    assert found.numbers.tolist() == list(range(1 + header, 1 + header + len(words[0])))
    for one, values in zip(found.columns, numbers, strict=False):
        np.testing.assert_array_equal(one.values, values)
    for one, texts in zip(found.columns[len(numbers) :], words, strict=True):
        assert [one.levels[int(v)] for v in one.values] == [text.strip() for text in texts]
    if header:
        assert list(found.names) == names


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=300) | st.text("1,;.\n\"'# \tab%-", max_size=200))
def test_whatever_it_is_it_is_read_or_refused(content):
    with suppress(ValueError):
        table = read(content)
        assert all(len(one.values) == len(table.numbers) for one in table.columns)
        assert len(set(table.names)) == len(table.names)
        assert all(np.isnan(v) or np.isfinite(v) for one in table.columns for v in one.values)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("p;n\n1.234,50;1\n12.345,00;2\n999,9;3\n", [1234.5, 12345, 999.9]),
        ("p;n\n1 234,5;1\n12\u00a0345,25;2\n9\u202f999;3\n", [1234.5, 12345.25, 9999]),
        ("p;n\n1'234.5;1\n12’345.25;2\n9;3\n", [1234.5, 12345.25, 9]),
        ("p;n\n1.234.567;1\n2.345;2\n3.456;3\n", [1234567, 2345, 3456]),
        ("p,n\n$5,1\n-$6.50,2\n($7),3\n", [5, -6.5, -7]),
        ("p,n\n12%,1\n13.5 %,2\n0,3\n", [12, 13.5, 0]),
        ("p,n\n−5,1\n+6.5,2\n.5,3\n", [-5, 6.5, 0.5]),
        ("p,n\n1.5e-3,1\n2E5,2\n3e0,3\n", [0.0015, 200000, 3]),
        ("d,n\n31.12.2020,1\n01.01.2021,2\n1.3.2021,3\n", [18627, 18628, 18687]),
        ("d,n\n12/31/2020,1\n01/01/2021,2\n3/1/2021,3\n", [18627, 18628, 18687]),
        ("d,n\n2020-12-31 06:00,1\n2021-01-01T12:00:00Z,2\n2021-03-01,3\n", [18627.25, 18628.5, 18687]),
        ("d,n\n31/12/69,1\n31/12/68,2\n", [-1, 36159]),
        ("y,n\nja,1\nNein,2\nJA,3\n", [1, 0, 1]),
        ("p;n\n1.234,5 €;1\n12.345 €;2\n,5 €;3\n", [1234.5, 12345, 0.5]),
        ("p;n\n1.234,5;1\n;2\n12.345,25;3\n", [1234.5, np.nan, 12345.25]),
        ("a,n\n007.5,1\n012.25,2\n3.0,4\n", [7.5, 12.25, 3]),
    ],
)
def test_cells_become_these_numbers(text, values):
    np.testing.assert_array_equal(read(text).columns[0].values, values)


@pytest.mark.parametrize("cell", ["1_000", "0x10", "١٢", "1,2,3.4.5", "12-13", "1 2 3", "nan5", "--5", "e5", "5%%%x-"])
def test_what_is_no_number_stays_text(cell):
    column = read(f"a;b\n{cell};1\n{cell}0;2\n{cell};3\n").columns[0]
    assert column.levels == (cell, f"{cell}0")


def test_a_line_end_within_a_number_makes_it_no_number():
    column = read('a;b\n"1\n2";1,5\n3,5;2\n4,5;3\n5,5;4\n').columns[0]
    assert (column.unread, column.known.tolist()) == (((0, "1\n2"),), [3.5, 4.5, 5.5])


@pytest.mark.parametrize("unit", ["", " €", "%"])
def test_quick_ways_read_what_the_slow_one_reads(unit):
    random = np.random.default_rng(1)
    cells = [spelled(v, ",", ".") + unit for v in random.lognormal(6, 2, 200)]
    one, two = (
        read("\n".join(["p;n", *(f"{cell};{k}" for k, cell in enumerate([*cells, *more]))])) for more in ([], ["x"])
    )
    np.testing.assert_array_equal(one.columns[0].values, two.columns[0].values[:200])
    assert (one.columns[0].unit, two.columns[0].unread) == (unit.strip(), ((200, "x"),))


def test_a_reading_can_be_corrected():
    text = "a;b\n1,234;1\n2,345;2\n3,456;4\n"
    table = read(text)
    assert table.columns[0].values[0] == 1.234
    again = read(text, replace(table.reading, decimal=".", thousands=","))
    assert again.columns[0].values.tolist() == [1234, 2345, 3456]
    assert again.sentence == "Semicolon-separated, thousands commas, header in the first row; 3 rows, 2 columns."
    assert read(text, replace(table.reading, header=False)).names == ("column 1", "column 2")
    dates = "d,n\n01/02/2021,1\n03/04/2021,2\n05/06/2021,3\n"
    first = read(dates)
    other = read(dates, replace(first.reading, dates="month first"))
    assert [read(dates).columns[0].order, other.columns[0].order] == ["day first", "month first"]
    assert first.columns[0].values[0] - other.columns[0].values[0] == 30  # 1 February against 2 January
    assert read("a,b\nNA,1\nx,2\nNA,4\n", Reading(missing=())).columns[0].levels == ("NA", "x")
    assert read("a,b\n1,2\n3,4\n".encode("utf-16"), Reading(encoding="utf-16")).names == ("a", "b")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"delimiter": "x"}, "the reading's delimiter is 'x': choose one of"),
        ({"decimal": ",", "thousands": ","}, "',' cannot part decimals and thousands: change one of the two"),
        ({"quote": "'", "thousands": "'"}, "cannot part thousands and quote cells"),
        ({"encoding": "rot13"}, "the reading's encoding is 'rot13': choose one of"),
        ({"skipped": -1}, "the reading's skipped rows is -1: give a whole number from 0 to 100000"),
        ({"dates": "sideways"}, "the reading's dates is 'sideways': choose one of"),
    ],
)
def test_a_wrong_correction_is_named(change, says):
    with pytest.raises(ValueError, match=re.escape(says)):
        replace(Reading(), **change)


def test_a_told_encoding_must_fit():
    with pytest.raises(ValueError, match=r"it is not written in utf-8 .*: choose another encoding, such as cp1252"):
        read("größe,b\n1,2\n".encode("cp1252"), Reading())


def test_a_card_shows_every_row_once():
    values = np.random.default_rng(1).gamma(2, size=500)
    card = Column("x", "", "number", np.append(values, np.nan))
    counts = [n for _, n in card.bars]
    np.testing.assert_array_equal(counts, np.histogram(values, 30)[0])
    assert (card.missing, card.distinct, card.range) == (1, 500, (values.min(), values.max()))
    few = Column("x", "", "number", np.array([3.0, 1, 3, 3, 2]))
    assert few.bars == ((1.0, 1), (2.0, 1), (3.0, 3))
    with pytest.raises(ValueError, match="read-only"):
        card.values[0] = 1


def test_numbers_that_problems_rest_on_have_an_oracle():
    random = np.random.default_rng(3)
    x = random.gamma(1.5, size=300)
    assert skewness(x) == pytest.approx(stats.skew(x))
    assert skewness(x * 1e200) == pytest.approx(stats.skew(x))
    a, b = random.normal(size=(2, 300))
    c = a - 2 * b + random.normal(size=300)
    inputs = [Column(name, "", "number", v * 1000 + 7) for name, v in zip("abc", (a, b, c), strict=True)]
    design = np.column_stack([np.ones(300), a, b])
    rest = c - design @ np.linalg.lstsq(design, c, rcond=None)[0]
    assert shares_told(inputs)[2] == pytest.approx(1 - rest.var() / c.var(), abs=1e-5)


def test_strengths_are_correlations():
    random = np.random.default_rng(4)
    x = random.normal(size=(40, 2))
    y = x @ [0.2, -3.0] + random.normal(size=40)
    text = "a,b,y\n" + "".join(f"{p},{q},{r}\n" for (p, q), r in zip(x, y, strict=True)) + "1,,2\n"
    strengths = read(text).strengths("y")
    assert list(strengths) == ["b", "a"]
    assert strengths["b"] == pytest.approx(np.corrcoef(x[:, 1], y)[0, 1])


def test_reading_a_text_imports_nothing_heavy():
    read_one = "from bayes_core.data.upload import read; read('a,b\\n1,2\\n3,4\\n')"
    code = f"{read_one}; import sys; print({{'pandas', 'openpyxl'}} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"
