"""What is looked at in a workbook's zip before a library reads it: that it cannot become endless.

What the file says of its own sizes may be a lie, but no part is read beyond what it says.
"""

from __future__ import annotations

import io
from contextlib import suppress
from typing import TYPE_CHECKING
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from finsam_tui.errors import InputError
from finsam_tui.text import number, safe

if TYPE_CHECKING:
    from pathlib import Path
    from zipfile import ZipInfo

SAVE_AS = "öppna den i Excel eller LibreOffice och spara den som en ny .xlsx"
MOST_PARTS = 1000
MOST_BYTES = 1 << 30  # unpacked: 100 000 rows of 30 columns are 0.15 of them
MOST_TIMES = 100  # as large as the file; sheets are some 10 to 40 times as large
SMALL = 1 << 20  # bytes unpacked that need no such measure
MOST_ABOUT = 1 << 20  # bytes of a part that is about the others: the library makes a tree of it
_ABOUT = ("].xml", ".rels", "workbook.xml", "styles.xml", "core.xml", "custom.xml", "theme1.xml")
_STYLES = "xl/styles.xml"
_BLOCK = 1 << 14
_PIECE = 1 << 17  # bytes: more than the list of so many parts
_LONGEST_TAG = 1 << 16  # bytes
_LONGEST_FORMAT = 255  # characters, as Excel has it; the library takes long for long ones
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how an .xls begins, and an encrypted .xlsx


class Pieces(io.FileIO):
    """A file read in pieces: what a lie about a size unpacks to, or a list of parts, is no more."""

    def read(self, size: int | None = -1, /) -> bytes:
        """Return at most `size` bytes, and at most a piece."""
        most = _PIECE if size is None or size < 0 else min(size, _PIECE)
        return super().read(most) or b""


def check(path: Path) -> None:
    """Raise InputError where a workbook is beyond the limits, and as zipfile where it is no zip."""
    shown = safe(path.name)
    try:
        with path.open("rb") as file:
            head = file.read(len(_OLD))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputError(f"{safe(str(path))} går inte att läsa: {reason}.") from error
    if head == _OLD:
        what = "är låst med lösenord eller sparad i ett äldre format"
        raise InputError(f"{shown} {what}; {SAVE_AS} utan lösenord.")
    with Pieces(path) as pieces, ZipFile(pieces) as parts:
        too_much = _too_much(parts, path.stat().st_size)
    if too_much:
        raise InputError(f"{shown} läses inte: {too_much}; {SAVE_AS} med bara tabellerna i.")


def _too_much(parts: ZipFile, length: int) -> str:
    """Return in what way the parts are more than a workbook's, or nothing."""
    infos = parts.infolist()
    if len(infos) > MOST_PARTS:
        return f"den har fler än {number(MOST_PARTS)} delar"
    if len(set(parts.namelist())) < len(infos):
        return "den har två delar med samma namn"
    if any(info.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for info in infos):
        return "den är packad på ett annat sätt än arbetsböcker är"
    unpacked = sum(info.file_size for info in infos)
    about = [info.file_size for info in infos if info.filename.endswith(_ABOUT)]
    most = max(SMALL, min(MOST_BYTES, MOST_TIMES * length))
    if unpacked > most or max(about, default=0) > MOST_ABOUT:
        return "den blir orimligt stor när den packas upp"
    if not all(_is_plain(parts, info) for info in infos):
        return "den har en del som är skriven på ett annat sätt än i arbetsböcker"
    return ""


def _is_plain(parts: ZipFile, info: ZipInfo) -> bool:
    """Return whether a part, if it is XML, has no entities of its own, and no tags without end.

    Of a little of the first a parser makes much text, and it takes very long for the second.
    """
    odd: list[object] = []

    def styled(_: str, given: dict[str, str]) -> None:
        odd.extend(text for text in given.values() if len(text) > _LONGEST_FORMAT)

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = lambda *_: odd.append("DOCTYPE")
    if info.filename == _STYLES:
        parser.StartElementHandler = styled
    fed = 0
    with suppress(expat.ExpatError), parts.open(info) as part:
        while not odd and (block := part.read(_BLOCK)):
            parser.Parse(block)
            fed += len(block)
            if fed - parser.CurrentByteIndex > _LONGEST_TAG:
                odd.append("tag")
    return not odd
