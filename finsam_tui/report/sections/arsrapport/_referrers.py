"""Referring parties and their units as the headings and rows of tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.domain.shares import share
from finsam_tui.report.model import Column, Row, Table
from finsam_tui.report.sections._common import (
    ALL,
    COUNT,
    GROUP,
    MISSING_KEY,
    MISSING_LABEL,
    SHARE,
    missing,
)
from finsam_tui.report.sections.referrers import by_referrer, called

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from finsam_tui.forms.codes import Codes
    from finsam_tui.report.scope import Record

Referrer = tuple[str | None, str | None]  # party and unit

NOBODY: Referrer = (None, None)
# What the parties' own staff call them; a heading has no room for more.
_SHORT = {
    "employment_service": "AF",
    "social_insurance": "FK",
    "social_services": "Soc",
    "psychiatry": "Psyk",
    "primary_care": "Vc",
}
_PLAIN = "plain"  # the unit of those whose unit says no more than their party
_HEADING = 8  # letters of a heading


def ranked(rows: Sequence[Record], codes: Codes) -> dict[Referrer, Column]:
    """Return referrer → its column, those who referred most first, without a referral last."""
    counts = by_referrer(rows, codes)
    order = sorted(counts, key=lambda r: (r == NOBODY, -counts[r], called(r[0], r[1], codes)))
    return {
        referrer: Column(key, short(referrer, codes), within=(f"party={key}",))
        for referrer, key in ((each, _key(each, counts)) for each in order)
    }


def key_table(id: str, rows: Sequence[Record], codes: Codes, *, of: str, title: str = "") -> Table:
    """Return count and share of each referrer by its full name, with its heading beside it."""
    counts = by_referrer(rows, codes)
    known = sum(counts.values()) - counts.get(NOBODY, 0)
    lines = [
        Row(column.key, (_explained(referrer, codes), n := counts[referrer], share(n, known)))
        for referrer, column in ranked(rows, codes).items()
        if referrer != NOBODY
    ]
    return Table(
        id,
        (GROUP, COUNT, SHARE),
        (*lines, missing(counts.get(NOBODY, 0), None)),
        title=title,
        total=Row(ALL, ("Summa", sum(counts.values()), share(known, known))),
        of=of,
        by="party",
        adds=True,
    )


def short(referrer: Referrer, codes: Codes) -> str:
    """Return the heading of a referrer: what everybody calls it, else how its name begins."""
    party, unit = referrer
    if party is None:
        return MISSING_LABEL
    key = unit or party
    name = codes.label("referrer_unit" if unit else "referrer_party", key)
    whole = _SHORT.get(key, name[:1].upper() + name[1:])
    return whole if len(whole) <= _HEADING else f"{whole[: _HEADING - 1]}."


def _explained(referrer: Referrer, codes: Codes) -> str:
    """Return the name of a referrer, with its heading where that is another word."""
    name, heading = called(*referrer, codes), short(referrer, codes)
    plain = name.rpartition(": ")[2].casefold()
    return name if heading.casefold() == plain else f"{name} ({heading})"


def _key(referrer: Referrer, counts: Mapping[Referrer, int]) -> str:
    """Return "party/unit"; of a party without units, its own key."""
    party, unit = referrer
    if party is None:
        return MISSING_KEY
    alone = sum(other == party for other, _ in counts) == 1
    return party if unit is None and alone else f"{party}/{unit or _PLAIN}"
