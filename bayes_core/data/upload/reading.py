"""How a text became a table: what was recognised, said in one sentence, corrected and given back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from bayes_core.checks import assign, count, shortened
from bayes_core.data.upload.words import called

DELIMITERS = {
    ",": "comma-separated",
    ";": "semicolon-separated",
    "\t": "tab-separated",
    "|": "separated by bars",
    " ": "separated by spaces",
    "": "one value a line",
}
ENCODINGS = {
    "": "",
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 with a byte order mark",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32": "UTF-32",
    "cp1252": "Windows-1252",
    "latin-1": "Latin-1",
    "iso-8859-15": "Latin-9",
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "mac-roman": "Mac Roman",
    "cp437": "DOS 437",
    "cp850": "DOS 850",
    "shift_jis": "Shift JIS",
    "gb18030": "GB 18030",
    "big5": "Big5",
    "euc_kr": "EUC-KR",
}
_DECIMALS = {".": "decimal point", ",": "decimal comma"}
_THOUSANDS = {
    "": "",
    ",": "thousands commas",
    ".": "thousands points",
    " ": "thousands spaces",
    "'": "thousands apostrophes",
}
Dates = Literal["", "year first", "day first", "month first"]
_DATES = ("", "year first", "day first", "month first")
MISSING = (
    "na", "n/a", "#n/a", "nan", "null", "none", "nil", "-", "--", "---", "–", "—", ".", "..", "...", "?", "missing",
    "<na>", "#value!", "#div/0!", "#ref!", "#num!", "#null!", "#name?", "\\n", "k. a.", "k.a.", "n.a.",
)  # fmt: skip
"""What stands for "no value", in small letters; an empty cell does always."""


def _camel(word: str) -> str:
    return "NaN" if word == "nan" else word


@dataclass(frozen=True)
class Reading:
    """How a text is cut into cells, and cells are read.

    `skipped` rows stand before the table; then comes the `header`, if there is one. `missing` are the words, in any
    case, that stand for no value beside empty cells. `dates` is the order of a date's parts ("": as each column tells
    it), `quote` the sign around cells ("": none), `comment` the sign that begins a row which is no data ("": none).
    `sheet` is that of an Excel workbook, whose cells need neither signs nor an encoding ("": the first with a table).
    A Reading that was recognised can be corrected by `dataclasses.replace` and given back.
    Raises ValueError for signs that are not offered, and where two of them are the same.

    >>> Reading(";", ",").sentence(), Reading(sheet="Prices").sentence()
    ('Semicolon-separated, decimal comma, header in the first row, UTF-8', \
'Excel workbook, sheet “Prices”, header in the first row')
    """

    delimiter: str = ","
    decimal: str = "."
    thousands: str = ""
    encoding: str = "utf-8"
    header: bool = True
    skipped: int = 0
    quote: str = '"'
    comment: str = ""
    missing: tuple[str, ...] = MISSING
    dates: Dates = ""
    sheet: str = ""

    def __post_init__(self) -> None:
        """Check every part, and that signs differ."""
        for name, known in (
            ("delimiter", tuple(DELIMITERS)),
            ("decimal", tuple(_DECIMALS)),
            ("thousands", tuple(_THOUSANDS)),
            ("encoding", tuple(ENCODINGS)),
            ("quote", ('"', "'", "")),
            ("comment", ("", "#", "%")),
            ("dates", _DATES),
            ("header", (True, False)),
        ):
            value = getattr(self, name)
            if not isinstance(value, str | bool) or value not in known:
                raise ValueError(
                    f"the reading's {name} is {shortened(value)}: choose one of {', '.join(map(repr, known))}"
                )
        assign(self, skipped=count(self.skipped, "the reading's skipped rows", 0, 100_000))
        if not isinstance(self.sheet, str):
            raise ValueError(f"the reading's sheet is {shortened(self.sheet)}: give its name")
        if not all(isinstance(word, str) for word in self.missing):
            raise ValueError(f"the reading's missing words are {shortened(self.missing)}: give words such as ('n/a',)")
        assign(self, missing=tuple(word.strip().lower() for word in self.missing))
        if self.decimal == self.thousands:
            raise ValueError(f"{self.decimal!r} cannot part decimals and thousands: change one of the two")
        if self.thousands and self.thousands == self.quote:
            raise ValueError(f"{self.quote!r} cannot part thousands and quote cells: change one of the two")

    @cached_property
    def spelled(self) -> tuple[str, ...]:
        """Return the missing words as they are usually written: small, large, or with a large first letter."""
        ways = (str.lower, str.upper, str.capitalize, str.title, _camel)
        return tuple(dict.fromkeys(way(word) for word in self.missing for way in ways if word))

    def sentence(self, *, decimals: bool = True) -> str:
        """Say how the text was read; the decimal sign only where a number has `decimals`."""
        dates = {"year first": "", "": ""}.get(self.dates, f"dates {self.dates}")
        if self.sheet:
            parts = ["Excel workbook", f"sheet {called(self.sheet)}", self._header(), dates]
        else:
            parts = [
                DELIMITERS[self.delimiter],
                _DECIMALS[self.decimal] if decimals else "",
                _THOUSANDS[self.thousands],
                self._header(),
                dates,
                {"'": "single quotes"}.get(self.quote, ""),
                ENCODINGS[self.encoding],
            ]
        said = ", ".join(part for part in parts if part)
        return said[0].upper() + said[1:]

    def _header(self) -> str:
        if not self.header:
            return "no header" if self.skipped == 0 else f"no header, data from row {self.skipped + 1}"
        return "header in the first row" if self.skipped == 0 else f"header in row {self.skipped + 1}"


__all__ = ["DELIMITERS", "ENCODINGS", "MISSING", "Dates", "Reading"]
