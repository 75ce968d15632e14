"""Hostile files, each with every sentence that must be said of it."""

from __future__ import annotations

import io
import zipfile

import pytest

from bayes_core.data.upload import Table, markup, read


def zipped(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def bomb() -> bytes:
    """Return a zip archive that says of itself that it unpacks to 4 GB."""
    whole = zipped("a.csv", b"a,b\n1,2\n")
    at = whole.rindex(b"PK\x01\x02") + 24
    return whole[:at] + b"\xf0\xff\xff\xff" + whole[at + 4 :]


def told(table: Table) -> list[str]:
    return [
        table.sentence,
        *table.notes,
        *(out.sentence() for out in table.aside),
        *(problem.sentence for problem in table.problems),
        *(f"{one.name}: {problem.sentence}" for one in table.columns for problem in one.problems),
    ]


FILES = {
    "empty": (b"", ["there is nothing in it: give a table with a row of names and at least three rows of numbers"]),
    "blank": (b"  \n\n \n", ["there are only blanks in it: give a table with a row of names and at least three rows"]),
    "binary": (
        bytes(range(256)) * 4,
        ["byte 1 is zero, so it is no text: save the table as CSV (UTF-8), and drop that"],
    ),
    "nul": (b"a,b\n1,\x002\n3,4\n", ["byte 7 is zero, so it is no text: save the table as CSV (UTF-8), and drop that"]),
    "png": (b"\x89PNG\r\n\x1a\n", ["this is a picture: type the numbers, or find the table behind it, and drop that"]),
    "pdf": (b"%PDF-1.7", ["this is a PDF document: copy the table out of it, and drop that"]),
    "xls": (b"\xd0\xcf\x11\xe0aaaa", ["this is an old Excel workbook (.xls): save it as .xlsx or CSV, and drop that"]),
    "gz": (b"\x1f\x8b\x08", ["this is a gzip archive: unpack it, and drop that"]),
    "parquet": (b"PAR1xx", ["this is a Parquet file: save it as CSV, and drop that"]),
    "xlsx": (
        zipped("xl/workbook.xml", b"<x/>"),
        ["this is a damaged Excel workbook: open it in Excel, save it again as .xlsx or CSV, and drop that"],
    ),
    "zip": (zipped("a.csv", b"a,b\n1,2\n"), ["this is a zip archive: unpack it, and drop that"]),
    "bomb": (
        bomb(),
        [
            (
                "unpacked it would be 4,295 MB in 1 file, and at most 200 MB in 10,000 files can be read: nothing of "
                "it was kept; give the table alone"
            )
        ],
    ),
    "badzip": (b"PK\x03\x04garbage", ["this is a damaged zip archive: save the table as CSV (UTF-8), and drop that"]),
    "page without a table": (
        "<!DOCTYPE html><p>Prices: 1, 2, 3</p><script>'<table><tr><td>1</td></tr></table>'</script>",
        ["this is the source of a web page without a table: open it, mark the numbers, copy them and paste them here"],
    ),
    "page": (
        "<meta charset='utf-8'><table class=menu><tr><td><a href='/'>Home</a></td></tr></table>\n"
        "<TABLE><thead><tr><th>Area<br>(m&sup2;)<th>Price</thead>\n<!-- <tr><td>0<td>0 -->"
        "<tr><td>80</td><td><b>1.234,50</b>&nbsp;&euro;</td></tr><tr><td>120<td>2.000 &euro;<tr><td>95<td>900,5 &euro;",
        [
            "Tab-separated, decimal comma, thousands points, header in the first row; 3 rows, 2 columns.",
            "It is read from the fullest of 2 tables of a web page.",
        ],
    ),
    "page as bytes": (
        "<html><table><tr><td colspan=2>größe</td></tr><tr><td>1</td><td>2</td></tr><tr><td>3<td>4</table>".encode(
            "cp1252"
        ),
        [
            "Tab-separated, header in the first row, Windows-1252; 2 rows, 2 columns.",
            "It is read from the table of a web page.",
            "Column 2 has no name and has been given one.",
        ],
    ),
    "table in a table": (
        "<table><tr><td>menu<td><table><tr><td>a<td>b<tr><td>1<td>2<tr><td>3<td>4</table></table>",
        [
            "Tab-separated, header in the first row; 2 rows, 2 columns.",
            "It is read from the fullest of 2 tables of a web page.",
        ],
    ),
    "page without an end": (
        "<table><tr><td>1<td><!--" + "<!--<script><td" * 100_000,
        ["Tab-separated, no header; 1 row, 1 column.", "It is read from the table of a web page."],
    ),
    "markdown": (
        "| area | price |\n|------|------:|\n| 80 | 210.5 |\n| 120 | 300 |\n| 95 | oops |\n",
        [
            "Separated by bars, decimal point, header in the first row; 3 rows, 2 columns.",
            "1 row is empty and skipped.",
            (
                'price: 1 cell is no number, "oops" in row 5: its row is left out, unless filled in with the median, '
                "255.25."
            ),
        ],
    ),
    "drawn table": (
        "+------+-------+\n| area | price |\n+======+=======+\n|   80 |   210 |\n|  120 |   300 |\n+------+-------+\n",
        ["Separated by bars, header in row 2; 2 rows, 2 columns.", "2 rows are empty and skipped."],
    ),
    "bars with empty cells": (
        "a|b|c\n|2|3\n4|5|\n|7|8\n",
        [
            "Separated by bars, header in the first row; 3 rows, 3 columns.",
            "a: every row has 4: it can tell nothing.",
            "c: 1 of 3 rows has no value: it is left out, unless filled in with the median, 5.5.",
        ],
    ),
    "spreadsheet paste": (
        "Name\tArea (m²)\tSold\tPrice\r\nFlat, old\t80\t03.04.2021\t1.234,50 €\r\n"
        '"two\nlines"\t95\t31.12.2021\t250,00 €\r\n',
        [
            "Tab-separated, decimal comma, thousands points, header in the first row; 2 rows, 4 columns.",
            "Name: 2 different texts: too many for a column each.",
            "Sold: dates, day first, from 2021-04-03 to 2021-12-31: counted in days they can be an input.",
        ],
    ),
    "paste with gaps": (
        "a\tb\tc\n1\t\t3\n\t2\t\n4\t5\t6\n",
        [
            "Tab-separated, header in the first row; 3 rows, 3 columns.",
            "a: 1 of 3 rows has no value: it is left out, unless filled in with the median, 2.5.",
            "b: 1 of 3 rows has no value: it is left out, unless filled in with the median, 3.5.",
            "c: 1 of 3 rows has no value: it is left out, unless filled in with the median, 4.5.",
        ],
    ),
    "two typed": ("1 2\n3 4", ["Separated by spaces, no header; 2 rows, 2 columns."]),
    "typed with names": ("x y\n1 2\n3 4\n5 7", ["Separated by spaces, header in the first row; 3 rows, 2 columns."]),
    "half a character": (
        "a,b\n1\ud800,2\n3,4\n5,6\n7,8\n",
        [
            "Comma-separated, header in the first row; 4 rows, 2 columns.",
            'a: 1 cell is no number, "1" in row 2: its row is left out, unless filled in with the median, 5.',
        ],
    ),
    "million categories": (
        "a,b\n" + "".join(f"c{k},1\n" for k in range(1_000_000)),
        ["there are more than 100,000 rows, which is the most that can be read: keep a random part of them"],
    ),
    "lines and lines": (
        "a,b\n1,2\n" + "\n" * 1_000_001,
        ["there are more than 1,000,000 rows, most of them empty: give the table alone"],
    ),
    "largest int64": (
        "a,b\n9223372036854775807,1\n-9223372036854775808,2\n9223372036854775806,3\n1,4\n",
        ["Comma-separated, header in the first row; 4 rows, 2 columns."],
    ),
    "no names at all": (",,\n1,2,3\n4,5,6\n", ["Comma-separated, no header, data from row 2; 2 rows, 3 columns."]),
    "name over two lines": (
        '"area\n(m²)",b\n1,2\n3,4\n',
        ["Comma-separated, header in the first row; 2 rows, 2 columns."],
    ),
    "short years": (
        "d,b\n31.12.68,1\n01.01.69,2\n",
        [
            "Comma-separated, header in the first row; 2 rows, 2 columns.",
            "d: dates, day first, from 1969-01-01 to 2068-12-31: counted in days they can be an input.",
        ],
    ),
    "utf16 big end": (
        "a;b\n1,5;2\n3;4\n".encode("utf-16-be"),
        ["Semicolon-separated, decimal comma, header in the first row, UTF-16; 2 rows, 2 columns."],
    ),
    "two halves of a mark": (
        b"\xff\xfea",
        ["it begins as UTF-16 and does not go on so: save the table as CSV (UTF-8), and drop that"],
    ),
    "cut utf8": (
        "a,ä\n1,2\n".encode()[:3] + b"\n1,2\n",
        ["Comma-separated, header in the first row, Windows-1252; 1 row, 2 columns."],
    ),
    "signs alone": (
        "+,-\n-,+\n+,-\n",
        [
            "Comma-separated, no header; 3 rows, 2 columns.",
            '"-" counts as missing (3 cells).',
            "1 row repeats an earlier row.",
            'column 1: every row has "+": it can tell nothing.',
            'column 2: every row has "+": it can tell nothing.',
        ],
    ),
    "very small": (
        "a,b\n1e-320,1\n2e-320,2\n0,3\n",
        ["Comma-separated, decimal point, header in the first row; 3 rows, 2 columns."],
    ),
    "all empty": (
        "a,b\n,\n,\n",
        ["there is a row of names (a, b) and none of values: give at least three rows below it"],
    ),
    "quotes alone": ('""\n""\n', ["there is a row of names and none of values: give at least three rows below it"]),
    "gzip bomb": (b"\x1f\x8b" + bytes(1000), ["this is a gzip archive: unpack it, and drop that"]),
    "json": ('[{"a": 1}]', ["this is JSON: save the table in it as CSV, and drop that"]),
    "one column": ("price\n1\n2\n3\n", ["One value a line, header in the first row; 3 rows, 1 column."]),
    "one number col": ("1\n2\n3.5\n", ["One value a line, decimal point, no header; 3 rows, 1 column."]),
    "only header": ("a,b\n", ["there is a row of names (a, b) and none of values: give at least three rows below it"]),
    "prose": (
        "This is no table.\nIt is two lines, of prose.\n",
        [
            "One value a line, header in the first row; 1 row, 1 column.",
            'This is no table.: every row has "It is two lines, of prose.": it can tell nothing.',
        ],
    ),
    "wide": (
        ",".join(str(i) for i in range(100_000)) + "\n",
        ["row 1 has 100,000 cells, and at most 200 columns can be read: keep the columns that matter"],
    ),
    "wide empty": ("," * 100000 + "\n1,2\n", ["Comma-separated, no header, data from row 2; 1 row, 2 columns."]),
    "comma": (
        "a,b\n1,2.5\n3,4\n5,6\n",
        ["Comma-separated, decimal point, header in the first row; 3 rows, 2 columns."],
    ),
    "semi": (
        "a;b\n1,5;2\n3;4,25\n5;6\n",
        ["Semicolon-separated, decimal comma, header in the first row; 3 rows, 2 columns."],
    ),
    "tab": ("a\tb\n1\t2\n3\t4\n", ["Tab-separated, header in the first row; 2 rows, 2 columns."]),
    "bar": ("a|b\n1|2\n3|4\n", ["Separated by bars, header in the first row; 2 rows, 2 columns."]),
    "spaces": ("a   b\n1   2\n 30  4\n", ["Separated by spaces, header in the first row; 2 rows, 2 columns."]),
    "bom": (
        "a,b\n1,2\n3,4\n".encode("utf-8-sig"),
        ["Comma-separated, header in the first row, UTF-8 with a byte order mark; 2 rows, 2 columns."],
    ),
    "utf16": (
        "a\tb\n1\t2\n3\t4\n".encode("utf-16"),
        ["Tab-separated, header in the first row, UTF-16; 2 rows, 2 columns."],
    ),
    "utf16le nobom": (
        "a,b\n1,2\n3,4\n".encode("utf-16-le"),
        ["Comma-separated, header in the first row, UTF-16; 2 rows, 2 columns."],
    ),
    "utf32": (
        "a,b\n1,2\n3,4\n".encode("utf-32"),
        ["Comma-separated, header in the first row, UTF-32; 2 rows, 2 columns."],
    ),
    "cp1252": (
        "größe;preis €\n1;2\n3;4\n".encode("cp1252"),
        ["Semicolon-separated, header in the first row, Windows-1252; 2 rows, 2 columns."],
    ),
    "latin": (
        "gr\xf6\x81,b\n1,2\n".encode("latin-1"),
        ["Comma-separated, header in the first row, Latin-1; 1 row, 2 columns."],
    ),
    "mixed": (
        "ä,b\n1,2\n".encode() + "é,4\n".encode("cp1252") + b"5,6\n",
        [
            "Comma-separated, header in the first row, UTF-8; 3 rows, 2 columns.",
            "Line 3 is not UTF-8 as the rest is, and is read as Windows-1252.",
            'ä: 1 cell is no number, "é" in row 3: its row is left out, unless filled in with the median, 3.',
        ],
    ),
    "sep": ("sep=;\na;b\n1,5;2\n3;4\n", ["Semicolon-separated, decimal comma, header in row 2; 2 rows, 2 columns."]),
    "no header": ("1,2\n3,4\n5,6\n", ["Comma-separated, no header; 3 rows, 2 columns."]),
    "years": (
        "country,1990,2000\nA,1,2\nB,3,4\n",
        [
            "Comma-separated, header in the first row; 2 rows, 3 columns.",
            "country: every row has a value of its own: it names rows and measures nothing.",
        ],
    ),
    "title": ("Results of 2020\n\na,b,c\n1,2,3\n4,5,6\n", ["Comma-separated, header in row 3; 2 rows, 3 columns."]),
    "title padded": (
        "Results;;\n;;\na;b;c\n1;2;3\n4;5;6\n",
        ["Semicolon-separated, header in row 3; 2 rows, 3 columns."],
    ),
    "quotes": (
        'name,x\n"Doe, John",1\n"She said ""hi""",2\nc,3\n',
        [
            "Comma-separated, header in the first row; 3 rows, 2 columns.",
            "name: 3 different texts: too many for a column each.",
        ],
    ),
    "newline": (
        'name,x\n"a\nb",1\nc,2\nd,oops\n',
        [
            "Comma-separated, header in the first row; 3 rows, 2 columns.",
            "name: every row has a value of its own: it names rows and measures nothing.",
            ('x: 1 cell is no number, "oops" in row 4: its row is left out, unless filled in with the median, 1.5.'),
        ],
    ),
    "single quotes": (
        "'a','b'\n'1,5','x'\n'2','y'\n'3','x'\n",
        [
            "Comma-separated, decimal comma, header in the first row, single quotes; 3 rows, 2 columns.",
            "b: 2 different labels: as an input they become 1 column of 0 and 1.",
        ],
    ),
    "unclosed": (
        'a,b\n1,2\n"3,4\n5,6\n7,8\n',
        [
            "Comma-separated, header in the first row; 4 rows, 2 columns.",
            "The quote that opens in row 3 never closes: quotes are read as letters.",
            'a: 1 cell is no number, ""3" in row 3: its row is left out, unless filled in with the median, 5.',
        ],
    ),
    "inch": ('size,x\n5" pipe,1\n6" pipe,2\n', ["Comma-separated, header in the first row; 2 rows, 2 columns."]),
    "dup": (
        "a,a,,a\n1,2,3,4\n5,6,7,8\n",
        [
            "Comma-separated, header in the first row; 2 rows, 4 columns.",
            "Column 3 has no name and has been given one.",
            '1 name stood twice or more, such as "a": later ones are numbered.',
        ],
    ),
    "ragged long": (
        "a,b\n1,2\n3,4,5\n6,7\n8,9\n",
        [
            "Comma-separated, header in the first row; 3 rows, 2 columns; 1 row set aside.",
            "1 row: 3 cells where the header names 2 (row 3)",
        ],
    ),
    "ragged short": (
        "a,b,c\n1,2,3\n4,5\n6,7,8\n",
        [
            "Comma-separated, header in the first row; 3 rows, 3 columns.",
            "Row 3 has fewer than 3 cells: its last ones count as missing.",
            "c: 1 of 3 rows has no value: it is left out, unless filled in with the median, 5.5.",
        ],
    ),
    "trailing": ("a,b,\n1,2,\n3,4,\n", ["Comma-separated, header in the first row; 2 rows, 2 columns."]),
    "footer": (
        "a,b\n1,2\n3,4\n5,7\nSource: the office\n",
        [
            "Comma-separated, header in the first row; 3 rows, 2 columns; 1 row set aside.",
            "1 row: a note below the table (row 5)",
        ],
    ),
    "rnames": (
        "x y z\nr1 1 2 3\nr2 4 5 6\n",
        [
            "One value a line, header in the first row; 2 rows, 1 column.",
            "x y z: 2 different texts: too many for a column each.",
        ],
    ),
    "comments": (
        "# made today\n# by me\na,b\n1,2\n# middle\n3,4\n",
        ["Comma-separated, header in row 3; 2 rows, 2 columns.", "1 comment is skipped."],
    ),
    "numpy": ("# x y\n1 2\n3 4\n", ["Separated by spaces, header in the first row; 2 rows, 2 columns."]),
    "german": (
        "Preis;n\n1.234,50;1\n12.345,00;2\n999,9;3\n",
        ["Semicolon-separated, decimal comma, thousands points, header in the first row; 3 rows, 2 columns."],
    ),
    "english": (
        'price,n\n"1,234.50",1\n"12,345.00",2\n999.9,3\n',
        ["Comma-separated, decimal point, thousands commas, header in the first row; 3 rows, 2 columns."],
    ),
    "swiss": (
        "p;n\n1'234.5;1\n12'345.25;2\n9;3\n",
        [("Semicolon-separated, decimal point, thousands apostrophes, header in the first row; 3 rows, 2 columns.")],
    ),
    "french": (
        "p;n\n1 234,5;1\n12\u00a0345,25;2\n9;3\n",
        ["Semicolon-separated, decimal comma, thousands spaces, header in the first row; 3 rows, 2 columns."],
    ),
    "french one": (
        "price\n1 234,5\n12 345,25\n1 000\n",
        ["One value a line, decimal comma, thousands spaces, header in the first row; 3 rows, 1 column."],
    ),
    "ambiguous": (
        "a;b\n1,234;1\n2,345;2\n3,456;3\n",
        [
            "Semicolon-separated, decimal comma, header in the first row; 3 rows, 2 columns.",
            '"1,234" is read as 1.234; it could also be 1234.',
        ],
    ),
    "ambiguous dot": (
        "a;b\n1.234;1\n2.345;2\n3.456;3\n",
        [
            "Semicolon-separated, decimal point, header in the first row; 3 rows, 2 columns.",
            '"1.234" is read as 1.234; it could also be 1234.',
        ],
    ),
    "ints thousand": (
        "a;b\n1.234.567;1\n2.345;2\n3.456;3\n",
        ["Semicolon-separated, thousands points, header in the first row; 3 rows, 2 columns."],
    ),
    "percent": (
        "share,b\n12%,1\n13.5 %,2\n0,3\n",
        ["Comma-separated, decimal point, header in the first row; 3 rows, 2 columns."],
    ),
    "currency": (
        "p,b\n$5,1\n-$6.50,2\n($7),3\n",
        ["Comma-separated, decimal point, header in the first row; 3 rows, 2 columns."],
    ),
    "euro": (
        "p;b\n5,20 €;1\n6 €;2\n7 €;3\n",
        ["Semicolon-separated, decimal comma, header in the first row; 3 rows, 2 columns."],
    ),
    "mixed units": (
        "p,b\n" + "".join(f"{i} kg,{i}\n" for i in range(12)) + "5 lb,3\n",
        [
            "Comma-separated, header in the first row; 13 rows, 2 columns.",
            ('p: 1 cell is no number, "5 lb" in row 14: its row is left out, unless filled in with the median, 5.5.'),
        ],
    ),
    "units": (
        "area (m²),price [k$],temp_C\n1,2,3\n4,5,6\n",
        ["Comma-separated, header in the first row; 2 rows, 3 columns."],
    ),
    "missing": (
        "a,b\nNA,1\nn/a,2\nnull,3\n-,4\n.,5\n1,6\n2,7\n",
        [
            "Comma-separated, header in the first row; 7 rows, 2 columns.",
            '"NA", "n/a", "null", "-" and "." count as missing (5 cells).',
            "a: 5 of 7 rows have no value: they are left out, unless filled in with the median, 1.5.",
        ],
    ),
    "nan only": (
        "a,b\nNaN,1\nNaN,2\nNaN,3\n",
        [
            "Comma-separated, header in the first row; 3 rows, 2 columns.",
            '"NaN" counts as missing (3 cells).',
            "a: no row has a value: it can tell nothing.",
        ],
    ),
    "-999": (
        "a,b\n" + "".join(f"{i},{i * 1.5}\n" for i in range(10)) + "-999,3\n",
        [
            "Comma-separated, decimal point, header in the first row; 11 rows, 2 columns.",
            "a: −999 stands in 1 row, far from all others (0 to 9): it may mean that there is no value.",
        ],
    ),
    "yes no": ("ok,b\nyes,1\nno,2\nYES,3\n", ["Comma-separated, header in the first row; 3 rows, 2 columns."]),
    "janein": ("ok;b\nja;1\nnein;2\nja;3\n", ["Semicolon-separated, header in the first row; 3 rows, 2 columns."]),
    "zeroone": ("t,b\n0,1\n1,2\n1,3\n", ["Comma-separated, header in the first row; 3 rows, 2 columns."]),
    "iso": (
        "d,b\n2021-01-31,1\n2021-02-28,2\n2021-03-31 12:00,3\n",
        [
            "Comma-separated, header in the first row; 3 rows, 2 columns.",
            "d: dates from 2021-01-31 to 2021-03-31 12:00: counted in days they can be an input.",
        ],
    ),
    "dmy": (
        "d;b\n31.01.2021;1\n01.02.2021;2\n05.06.2021;3\n",
        [
            "Semicolon-separated, header in the first row; 3 rows, 2 columns.",
            "d: dates, day first, from 2021-01-31 to 2021-06-05: counted in days they can be an input.",
        ],
    ),
    "mdy": (
        "d,b\n01/31/2021,1\n02/01/2021,2\n03/02/2021,3\n",
        [
            "Comma-separated, header in the first row; 3 rows, 2 columns.",
            "d: dates, month first, from 2021-01-31 to 2021-03-02: counted in days they can be an input.",
        ],
    ),
    "ambdate": (
        "d,b\n01/02/2021,1\n03/04/2021,2\n05/06/2021,3\n",
        [
            "Comma-separated, header in the first row; 3 rows, 2 columns.",
            (
                'd: "01/02/2021" is read as 1 February 2021; no date of the column settles which part is the '
                "day. Dates, day first, from 2021-02-01 to 2021-06-05: counted in days they can be an input."
            ),
        ],
    ),
    "baddate": (
        "d,b\n31/02/2021,1\n03/04/2021,2\n05/06/2021,3\n",
        [
            "Comma-separated, header in the first row; 3 rows, 2 columns.",
            (
                'd: 1 cell is no date, "31/02/2021" in row 2: its row is left out, unless filled in with the '
                "median, 2021-05-04 12:00."
            ),
            (
                'd: "03/04/2021" is read as 3 April 2021; no date of the column settles which part is the day. '
                "Dates, day first, from 2021-04-03 to 2021-06-05: counted in days they can be an input."
            ),
        ],
    ),
    "int64": (
        "id,b\n9007199254740993,1\n9007199254740994,2\n9007199254740995,3\n",
        [
            "Comma-separated, header in the first row; 3 rows, 2 columns.",
            "id: every row has a value of its own: it names rows and measures nothing.",
        ],
    ),
    "int64 b": (
        "k,b\n12345678901234567,1\n12345678901234568,2\n12345678901234568,3\n",
        [
            "Comma-separated, header in the first row; 3 rows, 2 columns.",
            "k: 2 different labels: as an input they become 1 column of 0 and 1.",
        ],
    ),
    "zip codes": (
        "zip,b\n01234,1\n98765,2\n01234,3\n",
        [
            "Comma-separated, header in the first row; 3 rows, 2 columns.",
            "zip: 2 different labels: as an input they become 1 column of 0 and 1.",
        ],
    ),
    "1e308": (
        "a,b\n1e308,1\n-1e308,2\n3,3\n4,4\n",
        [
            "Comma-separated, header in the first row; 4 rows, 2 columns.",
            "a: 1e+308 in rows 2 and 3 is too large to be squared: such rows cannot be used.",
        ],
    ),
    "1e999": (
        "a,b\n" + "".join(f"{i},{i}\n" for i in range(20)) + "1e999,1\n",
        [
            "Comma-separated, header in the first row; 21 rows, 2 columns.",
            ('a: 1 cell is no number, "1e999" in row 22: its row is left out, unless filled in with the median, 9.5.'),
        ],
    ),
    "inf": (
        "a,b\n" + "".join(f"{i},{i}\n" for i in range(20)) + "inf,1\n",
        [
            "Comma-separated, header in the first row; 21 rows, 2 columns.",
            ('a: 1 cell is no number, "inf" in row 22: its row is left out, unless filled in with the median, 9.5.'),
        ],
    ),
    "constant": (
        "a,b\n5,1\n5,2\n5,3\n",
        ["Comma-separated, header in the first row; 3 rows, 2 columns.", "a: every row has 5: it can tell nothing."],
    ),
    "unique text": (
        "a,b\n" + "".join(f"text no {i * i},{i}\n" for i in range(30)),
        [
            "Comma-separated, header in the first row; 30 rows, 2 columns.",
            "a: 30 different texts: too many for a column each.",
        ],
    ),
    "codes": (
        "a,b\n" + "".join(f"K{i * i},{i}\n" for i in range(30)),
        [
            "Comma-separated, header in the first row; 30 rows, 2 columns.",
            "a: every row has a value of its own: it names rows and measures nothing.",
        ],
    ),
    "category": (
        "a,b\nred,1\nblue,2\nred,3\ngreen,3\n",
        [
            "Comma-separated, header in the first row; 4 rows, 2 columns.",
            "a: 3 different labels: as an input they become 2 columns of 0 and 1.",
        ],
    ),
    "million": (
        "a,b\n" + "".join(f"t{i} x,{i % 7}\n" for i in range(50_000)),
        [
            "Comma-separated, header in the first row; 50,000 rows, 2 columns.",
            "a: 50,000 different texts: too many for a column each.",
        ],
    ),
    "rows": (
        "a,b\n" + "1,2\n" * 100_001,
        ["there are more than 100,000 rows, which is the most that can be read: keep a random part of them"],
    ),
    "oops": (
        "a,b\n" + "".join(f"{i},{i}\n" for i in range(20)) + "n.v.,1\n",
        [
            "Comma-separated, header in the first row; 21 rows, 2 columns.",
            ('a: 1 cell is no number, "n.v." in row 22: its row is left out, unless filled in with the median, 9.5.'),
        ],
    ),
    "formula": (
        "=cmd()|x,b\n@SUM(A1),1\n+x,2\n-y,3\n",
        [
            "Comma-separated, header in the first row; 3 rows, 2 columns.",
            "=cmd()|x: every row has a value of its own: it names rows and measures nothing.",
        ],
    ),
    "cr": ("a,b\r1,2\r3,4\r", ["Comma-separated, header in the first row; 2 rows, 2 columns."]),
    "crlf": ("a,b\r\n1,2\r\n3,4\r\n", ["Comma-separated, header in the first row; 2 rows, 2 columns."]),
    "hugecell": (
        'a,b\n"' + "x" * 200_000 + '",1\n2,3\n',
        ["row 2 has a cell of more than 131,072 letters: no table has such cells; choose another delimiter"],
    ),
    "bigquote": (
        'a,b\n1,2\n"' + "x,1\n" * 60_000,
        [
            "Comma-separated, header in the first row; 60,001 rows, 2 columns.",
            "59,998 rows repeat an earlier row.",
            "a: 3 different labels: as an input they become 2 columns of 0 and 1.",
            "b: one row lies over 12 standard deviations from the mean, 2 as far as 245.",
        ],
    ),
    "underscore": (
        "a,b\n1_000,1\n2_000,2\n",
        [
            "Comma-separated, header in the first row; 2 rows, 2 columns.",
            "a: every row has a value of its own: it names rows and measures nothing.",
        ],
    ),
    "arabic": (
        "a,b\n١٢,1\n٣,2\n",
        [
            "Comma-separated, header in the first row; 2 rows, 2 columns.",
            "a: every row has a value of its own: it names rows and measures nothing.",
        ],
    ),
    "minus": ("a,b\n−5,1\n−6.5,2\n", ["Comma-separated, decimal point, header in the first row; 2 rows, 2 columns."]),
    "sci": ("a,b\n1.5e-3,1\n2E5,2\n", ["Comma-separated, decimal point, header in the first row; 2 rows, 2 columns."]),
    "emoji": ("🍷,b\n1,2\n3,4\n", ["Comma-separated, header in the first row; 2 rows, 2 columns."]),
    "control": ("a\x01,b\n1,2\n3,4\n", ["Comma-separated, header in the first row; 2 rows, 2 columns."]),
    "tabs in html paste": (
        "Wine\tPrice\nA\t$5\nB\t$6\n",
        [
            "Tab-separated, header in the first row; 2 rows, 2 columns.",
            "Wine: every row has a value of its own: it names rows and measures nothing.",
        ],
    ),
    "typed": ("1 2\n3 4\n5 6.5\n", ["Separated by spaces, decimal point, no header; 3 rows, 2 columns."]),
    "typed comma": ("1, 2\n3, 4\n5, 6.5\n", ["Comma-separated, decimal point, no header; 3 rows, 2 columns."]),
    "typed german": ("1,5 2\n3,25 4\n5 6,5\n", ["Separated by spaces, decimal comma, no header; 3 rows, 2 columns."]),
    "repeat": (
        "a,b\n1,2\n1,2\n3,4\n",
        ["Comma-separated, header in the first row; 3 rows, 2 columns.", "1 row repeats an earlier row."],
    ),
    "mixed spelling": (
        "a;b\n1.5;2,5\n1.25;3,5\n7.75;3,25\n",
        [
            "Semicolon-separated, decimal point, header in the first row; 3 rows, 2 columns.",
            "b has decimal commas, unlike the rest.",
        ],
    ),
    "bad col wise": (
        "a,b\n1,2\n,,\n3,4\n\n5,6\n",
        ["Comma-separated, header in the first row; 3 rows, 2 columns.", "2 rows are empty and skipped."],
    ),
    "time": (
        "d,b\n2021-01-01T10:00:00Z,1\n2021-01-01T11:30:00Z,2\n",
        [
            "Comma-separated, header in the first row; 2 rows, 2 columns.",
            "d: dates from 2021-01-01 10:00 to 2021-01-01 11:30: counted in days they can be an input.",
        ],
    ),
    "phones": (
        "p,b\n+49 30 1234,1\n+49 30 2345,2\n",
        [
            "Comma-separated, header in the first row; 2 rows, 2 columns.",
            "p: 2 different texts: too many for a column each.",
        ],
    ),
    "only years": ("1990,2000,2010\n1,2,3\n4,5,6\n", ["Comma-separated, no header; 3 rows, 3 columns."]),
    "dates year": (
        "d,b\n2021/01/31,1\n2021/02/28,2\n2021/03/31,3\n",
        [
            "Comma-separated, header in the first row; 3 rows, 2 columns.",
            "d: dates from 2021-01-31 to 2021-03-31: counted in days they can be an input.",
        ],
    ),
    "big": (
        b"1,2\n" * 5_000_001,
        ["it is 20.0 MB large, and at most 20 MB can be read: keep fewer rows or fewer columns"],
    ),
    "control codes": (
        "a,b\n" + "\x02\x03,1\n" * 20,
        [
            (
                "40 of its first characters are control codes, so it is no text: save the table as CSV (UTF-8), "
                "and drop that"
            )
        ],
    ),
    "backslash": (
        "a,b\n\\N,1\n2,2\n3,4\n4,8\n",
        [
            "Comma-separated, header in the first row; 4 rows, 2 columns.",
            '"\\N" counts as missing (1 cell).',
            "a: 1 of 4 rows has no value: it is left out, unless filled in with the median, 3.",
        ],
    ),
    "all missing row": (
        "a,b\nNA,NA\n1,2\n3,4\n5,7\n",
        [
            "Comma-separated, header in the first row; 4 rows, 2 columns.",
            '"NA" counts as missing (2 cells).',
            "a: 1 of 4 rows has no value: it is left out, unless filled in with the median, 3.",
            "b: 1 of 4 rows has no value: it is left out, unless filled in with the median, 4.",
        ],
    ),
    "minus 99 among": (
        "a,b\n-99,1\n-50,2\n0,3\n50,4\n99,5\n",
        ["Comma-separated, header in the first row; 5 rows, 2 columns."],
    ),
    "two spellings of yes": (
        "ok,b\ntrue,1\nFALSE,2\nTrue,3\n",
        ["Comma-separated, header in the first row; 3 rows, 2 columns."],
    ),
    "excel errors": (
        "a,b\n#N/A,1\n#DIV/0!,2\n1,3\n2,4\n",
        [
            "Comma-separated, header in the first row; 4 rows, 2 columns.",
            '"#N/A" and "#DIV/0!" count as missing (2 cells).',
            "a: 2 of 4 rows have no value: they are left out, unless filled in with the median, 1.5.",
        ],
    ),
    "index": (
        ",x,y\n0,5,1\n1,3,2\n2,4,4\n",
        [
            "Comma-separated, header in the first row; 3 rows, 3 columns.",
            "Column 1 has no name and has been given one.",
            "column 1: every row has a value of its own: it names rows and measures nothing.",
        ],
    ),
    "named after rows": (
        "id,x\n101,5\n107,3\n103,4\n",
        [
            "Comma-separated, header in the first row; 3 rows, 2 columns.",
            "id: every row has a value of its own: it names rows and measures nothing.",
        ],
    ),
    "long name": (
        "a" * 300 + ",b\n1,2\n3,4\n",
        ["Comma-separated, header in the first row; 2 rows, 2 columns.", "Names of more than 80 letters are cut."],
    ),
    "same after units": (
        "temp (C),temp (F)\n1,34\n2,36\n3,37\n",
        ["Comma-separated, header in the first row; 3 rows, 2 columns."],
    ),
    "tail": (
        "x,y\n" + "".join(f"{2.0 ** (k / 3):.4f},{k}\n" for k in range(60)),
        [
            "Comma-separated, decimal point, header in the first row; 60 rows, 2 columns.",
            "x: a long tail to the right: its logarithm is spread more evenly.",
        ],
    ),
    "far": (
        "x,y\n" + "".join(f"{k % 7},{k % 5 + k / 100}\n" for k in range(300)) + "900,3\n",
        [
            "Comma-separated, decimal point, header in the first row; 301 rows, 2 columns.",
            "x: one row lies over 12 standard deviations from the mean, 900 as far as 17.",
        ],
    ),
    "zeros before decimals": (
        "x,y\n007.5,1\n012.25,2\n3.0,4\n",
        ["Comma-separated, decimal point, header in the first row; 3 rows, 2 columns."],
    ),
    "ratio unit": (
        "v;b\n12 km/h;1\n15,5 km/h;2\n9 km/h;3\n",
        ["Semicolon-separated, decimal comma, header in the first row; 3 rows, 2 columns."],
    ),
}
REFUSED = {
    "empty", "blank", "binary", "nul", "png", "pdf", "xls", "gz", "parquet", "xlsx", "zip", "bomb", "badzip",
    "page without a table", "two halves of a mark", "all empty", "quotes alone", "million categories",
    "lines and lines", "gzip bomb", "json", "only header", "wide", "rows", "hugecell", "big", "control codes",
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_all_that_is_said_of_a_file(name):
    content, sentences = FILES[name]
    if name in REFUSED:
        with pytest.raises(ValueError) as refused:  # noqa: PT011 (the whole message is compared)
            read(content)
        assert [str(refused.value)] == sentences
    else:
        assert told(read(content)) == sentences


def test_a_web_page_with_millions_of_cells_is_refused(monkeypatch):
    monkeypatch.setattr(markup, "_MOST_CELLS", 100)
    page = "<table><tr>" + "<td colspan=20>7" * 5
    assert len(markup.tables(page)[0][0]) == 100
    with pytest.raises(ValueError, match="the web page has more than 100 cells: give one table alone, as CSV"):
        markup.tables(page + "<td>")


def test_there_are_many_hostile_files():
    assert len(FILES) > 100
