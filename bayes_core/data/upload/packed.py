"""What a packed file holds, told from its list of contents, and unpacked only after its real size is known."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Literal

from bayes_core.data.upload.words import several

_INFLATED = 200_000_000  # bytes that a packed file may unpack to: 20 MB as a table are some 150 MB as XML
_PARTS = 10_000
_CHUNK = 1_000_000
_MARKS = (b"PK\x03\x04", b"PK\x05\x06")
_LOCKED = "EncryptedPackage".encode("utf-16-le")
DAMAGED = "this is a damaged Excel workbook: open it in Excel, save it again as .xlsx or CSV, and drop that"

Holds = Literal["workbook", "binary workbook", "OpenDocument", "other", "damaged"]


def is_packed(content: bytes) -> bool:
    """Return whether a file is a zip archive, as an Excel workbook is."""
    return content.startswith(_MARKS)


def is_locked(content: bytes) -> bool:
    """Return whether a file is an Excel workbook locked with a password, which looks like an old one from outside."""
    return _LOCKED in content


def holds(content: bytes) -> Holds:
    """Return what a zip archive holds; nothing is unpacked. Raises ValueError for one that would be too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return "damaged"
    _check_size(sum(part.file_size for part in parts), len(parts))
    names = {part.filename for part in parts}
    if "xl/workbook.xml" in names:
        return "workbook"
    if "xl/workbook.bin" in names:
        return "binary workbook"
    return "OpenDocument" if "content.xml" in names else "other"


def check_unpacks(content: bytes) -> None:
    """Unpack an archive piece by piece, keeping nothing.

    Raises ValueError where a part is not as large as it says, or defines words of its own, which could grow without
    end.
    """
    size = 0
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            for part in parts:
                with archive.open(part) as stream:
                    begin = stream.read(_CHUNK)
                    if b"<!DOCTYPE" in begin or (part.filename.endswith((".xml", ".rels")) and b"\x00" in begin):
                        raise ValueError(DAMAGED)
                    size += len(begin)
                    while piece := stream.read(_CHUNK):
                        size += len(piece)
                        _check_size(size, len(parts))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise ValueError(DAMAGED) from error


def _check_size(size: int, parts: int) -> None:
    if size > _INFLATED or parts > _PARTS:
        raise ValueError(
            f"unpacked it would be {size / 1e6:,.0f} MB in {several(parts, 'file')}, and at most "
            f"{_INFLATED // 1_000_000} MB in {_PARTS:,} files can be read: nothing of it was kept; give the table alone"
        )


__all__ = ["DAMAGED", "Holds", "check_unpacks", "holds", "is_locked", "is_packed"]
