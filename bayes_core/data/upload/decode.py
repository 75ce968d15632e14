"""From bytes to text: which encoding, and what is refused because it is no text."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from itertools import islice

from bayes_core.data.upload.markup import as_tabs, is_markup
from bayes_core.data.upload.packed import DAMAGED, Holds, holds, is_locked, is_packed
from bayes_core.data.upload.reading import ENCODINGS
from bayes_core.data.upload.words import number, places

MOST_BYTES = 20_000_000
_MOST_LINES = 1_000_000

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"\x1f\x8b", "a gzip archive: unpack it"),
    (b"BZh", "a bzip2 archive: unpack it"),
    (b"\xfd7zXZ\x00", "an xz archive: unpack it"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive: unpack it"),
    (b"Rar!", "a RAR archive: unpack it"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls): save it as .xlsx or CSV"),
    (b"%PDF", "a PDF document: copy the table out of it"),
    (b"\x89PNG", "a picture: type the numbers, or find the table behind it"),
    (b"\xff\xd8\xff", "a picture: type the numbers, or find the table behind it"),
    (b"GIF8", "a picture: type the numbers, or find the table behind it"),
    (b"PAR1", "a Parquet file: save it as CSV"),
    (b"\x89HDF", "an HDF5 file: save its table as CSV"),
    (b"SQLite format 3", "an SQLite database: save one table as CSV"),
    (b"\x93NUMPY", "a NumPy array: save it with numpy.savetxt(..., delimiter=',')"),
    (b"{\\rtf", "a rich text document: save it as CSV"),
)
_OTHERWISE = ", and drop that"


@dataclass(frozen=True)
class Decoded:
    """A text, the encoding it came in ("" for a text that was pasted), and what there is to say of it."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decoded(content: bytes | str, encoding: str | None = None) -> Decoded:
    r"""Return the text of a file or a paste, its encoding recognised unless it is given.

    Raises ValueError for more than 20 MB, nothing at all, what is packed or no text, and an encoding that does not fit.

    >>> decoded("größe;1\n".encode("cp1252")).encoding, decoded(b"\xff\xfea\x00").text
    ('cp1252', 'a')
    """
    check_size(len(content))
    if isinstance(content, str):
        found = Decoded(content, "")
    else:
        _check_kind(content)
        found = _told(content, encoding) if encoding else _recognised(content)
    text = _checked(found.text)
    if not is_markup(text):
        return Decoded(text, found.encoding, found.notes)
    text, note = as_tabs(text)
    return Decoded(text, found.encoding, (*found.notes, note))


def check_size(size: int) -> None:
    """Raise ValueError for nothing at all, and for more than 20 MB."""
    if size == 0:
        raise ValueError("there is nothing in it: give a table with a row of names and at least three rows of numbers")
    if size > MOST_BYTES:
        raise ValueError(
            f"it is {size / 1e6:.1f} MB large, and at most {MOST_BYTES // 1_000_000} MB can be read: keep fewer rows "
            "or fewer columns"
        )


def _checked(text: str) -> str:
    """Return a text without its byte order mark. Raises ValueError for a blank one, and for one that is no text."""
    text = text.removeprefix("\ufeff")
    if "\x00" in text:
        raise ValueError(f"the character at place {number(text.index(chr(0)) + 1)} is NUL, which is no text: {_SAVE}")
    if not text.strip():
        raise ValueError("there are only blanks in it: give a table with a row of names and at least three rows")
    controls = len(re.findall(r"[\x01-\x08\x0e-\x1a\x1c-\x1f]", text[:20_000]))
    if controls > max(5, 0.01 * min(len(text), 20_000)):
        raise ValueError(f"{number(controls)} of its first characters are control codes, so it is no text: {_SAVE}")
    if re.match(r"\s{0,99}[\[{]\s{0,99}[\"\[{]", text):
        raise ValueError("this is JSON: save the table in it as CSV" + _OTHERWISE)
    return text


_SAVE = "save the table as CSV (UTF-8)" + _OTHERWISE
_LOCKED = "an Excel workbook locked with a password: save it without one"
_PACKED: dict[Holds, str] = {
    "workbook": DAMAGED,
    "binary workbook": "this is a binary Excel workbook (.xlsb): save it as .xlsx or CSV" + _OTHERWISE,
    "OpenDocument": "this is an OpenDocument file: save its table as CSV" + _OTHERWISE,
    "other": "this is a zip archive: unpack it" + _OTHERWISE,
    "damaged": f"this is a damaged zip archive: {_SAVE}",
}


def _check_kind(content: bytes) -> None:
    """Refuse what is known by its first bytes."""
    if is_packed(content):
        raise ValueError(_PACKED[holds(content)])
    for start, what in _SIGNATURES:
        if content.startswith(start):
            locked = what.startswith("an old Excel") and is_locked(content)
            raise ValueError(f"this is {_LOCKED if locked else what}{_OTHERWISE}")


def _told(content: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(content.decode(encoding), encoding)
    except LookupError as error:
        raise ValueError(
            f"there is no encoding {encoding!r}: choose utf-8, utf-16, cp1252 or another that Python knows"
        ) from error
    except (UnicodeError, ValueError, TypeError) as error:
        raise ValueError(
            f"it is not written in {encoding} ({error}): choose another encoding, such as cp1252"
        ) from error


def _recognised(content: bytes) -> Decoded:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            if not _is(content, encoding):
                raise ValueError(f"it begins as {ENCODINGS[encoding].partition(' ')[0]} and does not go on so: {_SAVE}")
            return Decoded(content.decode(encoding), encoding)
    if b"\x00" in content[:2000]:
        return _told(content, _wide(content))
    try:
        return Decoded(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return _line_by_line(content)


def _wide(content: bytes) -> str:
    """Return which UTF-16 it is where every other byte is zero. Raises ValueError where it is no text."""
    sample = content[: min(len(content), 2000) // 2 * 2]
    for encoding, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        if high.count(0) > 0.7 * len(high) and 2 * sample.count(0) < 1.2 * len(sample):
            return encoding
    raise ValueError(f"byte {number(content.index(0) + 1)} is zero, so it is no text: {_SAVE}")


def _line_by_line(content: bytes) -> Decoded:
    """Return a text of which some lines are no UTF-8: all of it as Windows-1252, or those lines where others are."""
    if content.count(b"\n") > _MOST_LINES:
        return Decoded(content.decode("latin-1"), "latin-1")  # no table has as many rows: whoever counts them says so
    lines = content.splitlines(keepends=True)
    odd = [k for k, line in enumerate(lines) if not _is_utf8(line)]
    wide = sum(not line.isascii() for line in lines) - len(odd)
    if wide == 0:
        encoding = "cp1252" if _is(content, "cp1252") else "latin-1"
        return Decoded(content.decode(encoding), encoding)
    apart = set(odd)
    text = "".join(
        line.decode("cp1252" if _is(line, "cp1252") else "latin-1") if k in apart else line.decode("utf-8")
        for k, line in enumerate(lines)
    )
    which = places("line", [k + 1 for k in islice(odd, 4)], len(odd))
    verb = "is" if len(odd) == 1 else "are"
    note = f"{which[0].upper()}{which[1:]} {verb} not UTF-8 as the rest is, and {verb} read as Windows-1252."
    return Decoded(text, "utf-8", (note,))


def _is_utf8(line: bytes) -> bool:
    return line.isascii() or _is(line, "utf-8")


def _is(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


__all__ = ["MOST_BYTES", "Decoded", "check_size", "decoded"]
