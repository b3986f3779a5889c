"""The texts of a year's report: where one is begun, from this year's text or an earlier one's."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, NamedTuple

from finsam_tui.storage.target import Target

if TYPE_CHECKING:
    from finsam_tui.storage.register import Register

FORM = "report_text"


class Beginning(NamedTuple):
    """A text to write: the form's target, the text to begin from, and the year that is from.

    The year is None where nothing has been written before.
    """

    target: Target
    text: str
    year: int | None


def begin(register: Register, part: str, year: int, programme: str) -> Beginning:
    """Return where the text of a part is begun; `programme` is "" for the association's own."""
    found = register.rows("report_text_latest", part=part, programme=programme, year=year)
    latest = found[0] if found else None
    if latest is not None and latest["year"] == year:
        return Beginning(Target(FORM, record_id=latest["id"]), latest["text"], year)
    # Several texts may be begun before one is saved; each has a draft of its own.
    target = Target(FORM, owner_id=zlib.crc32(f"{programme}/{year}/{part}".encode()))
    if latest is None:
        return Beginning(target, "", None)
    return Beginning(target, latest["text"], latest["year"])
