"""The zip that a workbook is, opened within limits: a small file cannot become an endless one.

What the file says of its own sizes may be a lie. No part is read beyond the size that it says it
has, and what all of them say together is measured against the length of the file itself.
"""

from __future__ import annotations

import io
import struct
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from finsam_tui.errors import InputError
from finsam_tui.text import number, safe

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST_PARTS = 5000
MOST_BYTES = 4 << 30  # unpacked: 100 000 rows of 30 columns are 0.15 of them
MOST_TIMES = 300  # as large as the file; sheets are some 10 to 40 times as large
SMALL = 10 << 20  # bytes unpacked that need no such measure
DAMAGED = "Arbetsboken är skadad; spara den på nytt i Excel eller LibreOffice och försök igen."
_LONGEST_LIST = 1 << 20  # bytes of the list of parts
_BLOCK = 1 << 16
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how an .xls begins, and an encrypted .xlsx
_SAVE_AS = "öppna den i Excel eller LibreOffice och spara den som en ny .xlsx"


# What the zip library raises where a file is not what it says.
_BROKEN = (
    BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    LookupError,
    OverflowError,
    RuntimeError,
    ValueError,
)


class Damaged(Exception):
    """A workbook that is not what it should be; the text says in what way and what to do."""

    row = 0  # of a sheet, that was reached


class _Careful(io.FileIO):
    """A file that is read in small pieces only, as the parts of a sound zip are."""

    def read(self, size: int | None = -1, /) -> bytes:
        """Return at most `size` bytes, and never more than a list of parts may have."""
        most = _LONGEST_LIST if size is None or size < 0 else min(size, _LONGEST_LIST)
        return super().read(most) or b""

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a place in the file; raise BadZipFile where there is no such place."""
        try:
            return super().seek(offset, whence)
        except OSError as error:
            raise BadZipFile from error


class Package:
    """The parts of a zip; raises InputError where it is none, or beyond the limits."""

    def __init__(self, path: Path) -> None:
        self.path = path
        shown = safe(path.name)
        try:
            with _told(path), _Careful(path) as file:
                if file.read(len(_OLD)) == _OLD:
                    raise InputError(
                        f"{shown} är låst med lösenord eller sparad i ett äldre format; "
                        f"{_SAVE_AS} utan lösenord."
                    )
                with ZipFile(file) as parts:
                    too_much = _too_much(parts, path.stat().st_size)
                    self.names = frozenset(parts.namelist())
        except Damaged as error:
            raise InputError(f"{shown} är ingen arbetsbok, eller skadad; {_SAVE_AS}.") from error
        if too_much:
            raise InputError(f"{shown} läses inte: {too_much}; {_SAVE_AS} med bara tabellerna i.")

    def blocks(self, name: str) -> Iterator[bytes]:
        """Yield a part's bytes; raises Damaged where there is none, or not what was put there."""
        with (
            _told(self.path),
            _Careful(self.path) as file,
            ZipFile(file) as parts,
            parts.open(name) as part,
        ):
            while block := part.read(_BLOCK):
                yield block


def _too_much(parts: ZipFile, length: int) -> str:
    """Return in what way the parts are more than a workbook's, or nothing."""
    infos = parts.infolist()
    unpacked = sum(info.file_size for info in infos)
    if len(infos) > MOST_PARTS:
        return f"den har fler än {number(MOST_PARTS)} delar"
    if len(set(parts.namelist())) < len(infos):
        return "den har två delar med samma namn"
    if any(info.flag_bits & 1 for info in infos):
        return "den har krypterade delar"
    if any(info.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for info in infos):
        return "den är packad på ett annat sätt än arbetsböcker är"
    if unpacked > max(SMALL, min(MOST_BYTES, MOST_TIMES * length)):
        return "den blir orimligt stor när den packas upp"
    return ""


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Raise Damaged for whatever is wrong with a zip, InputError where it cannot be got at."""
    try:
        yield
    except _BROKEN as error:
        raise Damaged(DAMAGED) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputError(f"{safe(str(path))} går inte att läsa: {reason}.") from error
