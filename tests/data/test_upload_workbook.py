"""Excel workbooks: the sheet with the table, values as they are, and whatever only looks like a workbook refused."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time

import numpy as np
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bayes_core.data.upload import Reading, packed, read, workbook

DAMAGED = "this is a damaged Excel workbook: open it in Excel, save it again as .xlsx or CSV, and drop that"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def book(*sheets: tuple[str, list[list[object]]], before_saved: Callable[..., None] = lambda _: None) -> bytes:
    """Return a workbook of named sheets."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets:
        one = made.create_sheet(name)
        for row in rows:
            one.append(row)
    before_saved(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def remade(content: bytes, name: str, part: bytes | Callable[[bytes], bytes]) -> bytes:
    """Return a workbook with one of its parts replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.namelist():
            was = old.read(one)
            new.writestr(one, was if one != name else part if isinstance(part, bytes) else part(was))
    return out.getvalue()


def cells(xml: str) -> bytes:
    """Return a workbook whose sheet has these rows as XML."""
    whole = f'<worksheet xmlns="{MAIN}"><sheetData>{xml}</sheetData></worksheet>'
    return remade(SMALL, "xl/worksheets/sheet1.xml", whole.encode())


ROWS: list[list[object]] = [["dose (mg)", "effect"], [1, 2.5], [2, 3.75], [4, 0.1]]
SMALL = book(("Trial", ROWS))


def test_a_sheet_is_read_with_its_values_as_they_are():
    rows: list[list[object]] = [
        ["sold", "area (m²)", "price", "kind", "garden", "plot", "note"],
        [date(2021, 4, 3), 80, 1234.5, "flat", True, "007", "1,5"],
        [datetime(2021, 4, 4, 12), 120, 1e308, "house", False, "011", "2,25"],
        [date(2021, 5, 31), 95, -12.3456789012345, "flat", True, "012", "n/a"],
        [date(2021, 6, 1), 70, 2e-7, " house ", True, "007", "4,5"],
    ]
    table = read(book(("Homes", rows)), title="homes.xlsx")
    assert table.sentence == "Excel workbook, sheet “Homes”, header in the first row; 4 rows, 7 columns."
    assert table.notes == ("note has decimal commas, unlike the rest.", '"n/a" counts as missing (1 cell).')
    assert [one.kind for one in table.columns] == [
        "date",
        "number",
        "number",
        "category",
        "yes-no",
        "category",
        "number",
    ]
    assert table.column("sold").values.tolist() == [18720, 18721.5, 18778, 18779]
    assert table.column("area").unit == "m²"
    assert table.column("price").values.tolist() == [1234.5, 1e308, -12.3456789012345, 2e-7]
    assert table.column("kind").levels == ("flat", "house")
    assert table.column("plot").levels == ("007", "011", "012")
    assert table.column("note").known.tolist() == [1.5, 2.25, 4.5]


def test_the_first_sheet_with_a_table_is_chosen_and_another_can_be():
    content = book(("Cover", [["Sales of the north"], [], ["by A. N. Other"]]), ("Data 1", ROWS), ("Old", [["a"], [1]]))
    table = read(content)
    assert table.sentence == "Excel workbook, sheet “Data 1”, header in the first row; 3 rows, 2 columns."
    assert table.notes == ("The sheets “Cover” and “Old” are left aside.",)
    other = read(content, replace(table.reading, sheet="Old"))
    assert (other.names, other.columns[0].values.tolist()) == (("a",), [1.0])
    bare = read(content, replace(table.reading, header=False))
    assert bare.sentence == "Excel workbook, sheet “Data 1”, no header; 4 rows, 2 columns."
    assert read(content, Reading(";", ",", ".")).columns[1].values.tolist() == [2.5, 3.75, 0.1]
    with pytest.raises(ValueError, match=re.escape("there is no sheet “New”: choose “Cover”, “Data 1” or “Old”")):
        read(content, Reading(sheet="New"))
    assert read("a;b\n1,5;2\n2;3\n", Reading(";", ",", sheet="Old")).sentence.startswith("Semicolon-separated")


def test_rows_have_the_sheets_own_numbers():
    rows = [["Sales"], [], ["n", "sold"], *([k, k * 1.5] for k in range(20)), [], [7, "oops"], ["Source: the office"]]
    table = read(book(("S", rows)))
    assert table.sentence == "Excel workbook, sheet “S”, header in row 3; 21 rows, 2 columns; 1 row set aside."
    assert [out.sentence() for out in table.aside] == ["1 row: a note below the table (row 26)"]
    assert table.notes == ("1 row is empty and skipped.",)
    assert [problem.sentence for problem in table.column("sold").problems] == [
        '1 cell is no number, "oops" in row 25: its row is left out, unless filled in with the median, 14.25.'
    ]


def test_odd_cells_are_read_without_harm():
    def formula(made: openpyxl.Workbook) -> None:
        made.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
        made["S"]["C2"] = "=A2+B2"

    rows = [
        ["a", "day", "sum", "at"],
        [1, date(2000, 2, 29), 0, time(9, 30)],
        [2, date(2000, 3, 1), "#N/A", "later\nor"],
    ]
    table = read(book(("S", rows), before_saved=formula))
    assert table.column("day").values.tolist() == [11016, 11017]
    assert (table.column("sum").missing, table.column("sum").kind) == (2, "constant")
    assert table.column("at").levels == ("09:30:00", "later\nor")
    assert read(cells("<row><c><v>1</v></c><c><v>1E999</v></c></row>" * 3)).names == ("column 1", "column 2")


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.floats(-1e99, 1e99).map(lambda v: float(f"{v:.15g}")),  # as many digits as openpyxl writes
            st.integers(-(10**14), 10**14),
            st.dates(date(1900, 3, 1), date(2199, 1, 1)),
        ),
        min_size=3,
        max_size=8,
    )
)
def test_numbers_and_dates_come_back_exactly(rows):
    table = read(book(("S", [["a", "b", "c"], *map(list, rows)])))
    if len({row[2] for row in rows}) > 1:
        assert table.columns[2].kind == "date"
    np.testing.assert_array_equal(table.columns[0].values, [row[0] for row in rows])
    np.testing.assert_array_equal(table.columns[1].values, [row[1] for row in rows])
    np.testing.assert_array_equal(table.columns[2].values, [(row[2] - date(1970, 1, 1)).days for row in rows])


def lying(content: bytes, name: bytes, says: int) -> bytes:
    """Return an archive whose list of contents gives a wrong size for one of its parts."""
    at = content.rindex(name) - 46 + 24
    assert content[at - 24 : at - 20] == b"PK\x01\x02"
    return content[:at] + says.to_bytes(4, "little") + content[at + 4 :]


SHEET = "xl/worksheets/sheet1.xml"
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    + f'<worksheet xmlns="{MAIN}"><sheetData><row><c t="inlineStr"><is><t>&b;</t></is></c></row>'.encode()
    + b"</sheetData></worksheet>"
)
BAD = {
    "empty": (
        book(("S", [])),
        "there is no value in this Excel workbook: give a table with a row of names and at least three rows",
    ),
    "only names": (
        book(("S", [["a", "b"]])),
        "there is a row of names (a, b) and none of values: give at least three rows below it",
    ),
    "wide": (
        book(("S", [["a"] * 201, [1] * 201])),
        "row 1 has 201 cells, and at most 200 columns can be read: keep the columns that matter",
    ),
    "far row": (
        cells('<row r="1"><c r="A1"><v>1</v></c></row><row r="999999999"><c r="A999999999"><v>1</v></c></row>'),
        "there are more than 1,000,000 rows, most of them empty: give the table alone",
    ),
    "far column": (
        cells('<row><c r="A1"><v>1</v></c><c r="ZZZ1"><v>1</v></c></row>' * 3),
        "row 1 has 18,278 cells, and at most 200 columns can be read: keep the columns that matter",
    ),
    "truncated": (SMALL[:-30], "this is a damaged zip archive: save the table as CSV (UTF-8), and drop that"),
    "no sheets": (remade(SMALL, "xl/workbook.xml", b"<x/>"), DAMAGED),
    "broken xml": (remade(SMALL, SHEET, lambda was: was[:-40]), DAMAGED),
    "wrong number": (cells('<row><c r="A1"><v>one</v></c></row>'), DAMAGED),
    "lost text": (cells('<row><c r="A1" t="s"><v>99999</v></c></row>'), DAMAGED),
    "entities": (remade(SMALL, SHEET, LAUGHS), DAMAGED),
    "hidden entities": (remade(SMALL, SHEET, LAUGHS.decode().encode("utf-16")), DAMAGED),
    "more than it says": (lying(SMALL, SHEET.encode(), 10), DAMAGED),
    "declared bomb": (
        lying(SMALL, SHEET.encode(), 4_000_000_000),
        "unpacked it would be 4,000 MB in 9 files, and at most 200 MB in 10,000 files can be read: nothing of it was "
        "kept; give the table alone",
    ),
    "locked": (
        b"\xd0\xcf\x11\xe0" + bytes(99) + "EncryptedPackage".encode("utf-16-le"),
        "this is an Excel workbook locked with a password: save it without one, and drop that",
    ),
    "binary": (
        remade(book(("S", ROWS)), "xl/workbook.xml", b"").replace(b"xl/workbook.xml", b"xl/workbook.bin"),
        "this is a binary Excel workbook (.xlsb): save it as .xlsx or CSV, and drop that",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_workbook_of_a_table_is_refused_by_name(name):
    content, says = BAD[name]
    with pytest.raises(ValueError) as refused:  # noqa: PT011 (the whole message is compared)
        read(content)
    assert str(refused.value) == says


def test_too_many_rows_end_the_reading(monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 30)
    row = "<row><c><v>1</v></c></row>"
    assert len(read(cells(31 * row)).numbers) == 31
    with pytest.raises(ValueError, match="there are more than 100,000 rows, which is the most that can be read"):
        read(cells(32 * row))


def test_a_bomb_is_refused_by_its_real_size_before_it_is_opened(monkeypatch):
    monkeypatch.setattr(packed, "_INFLATED", 1_000_000)
    monkeypatch.setattr(workbook, "_read", None)
    bomb = remade(SMALL, SHEET, lambda was: was + b" " * 5_000_000)
    with pytest.raises(ValueError, match=r"unpacked it would be 5 MB in 9 files, and at most 1 MB in 10,000 files"):
        read(bomb)
    monkeypatch.setattr(packed, "_check_size", lambda size, parts: None if size < 10**6 or parts else 1 / 0)
    monkeypatch.setattr(packed, "_CHUNK", 1000)
    with pytest.raises(ValueError, match=DAMAGED):
        read(lying(bomb, SHEET.encode(), 900))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_workbook_with_any_byte_changed_is_read_or_refused(data):
    content = bytearray(SMALL)
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with suppress(ValueError):
        table = read(bytes(content))
        assert all(len(one.values) == len(table.numbers) for one in table.columns)
