"""Tables by home municipality: how many live where, and which party they came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.domain.shares import share
from finsam_tui.report.model import Column, Row, Table
from finsam_tui.report.sections._common import ALL, COUNT, GROUP, SHARE, missing
from finsam_tui.report.sections.arsrapport._referrers import ranked
from finsam_tui.report.sections.referrers import by_referrer
from finsam_tui.text import alphabetic

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from finsam_tui.forms.codes import Codes
    from finsam_tui.report.scope import Record
    from finsam_tui.report.sections.arsrapport._referrers import Referrer

POPULATION = Column("population_share", "Kommunens storlek", "share")


def homes(rows: Sequence[Record]) -> list[Record]:
    """Return the municipalities of report_municipality by name."""
    return sorted(rows, key=lambda home: alphabetic(home["name"]))


def place_table(
    id: str,
    counts: Mapping[str | None, int],
    places: Sequence[Record],
    *,
    of: str,
    title: str = "",
) -> Table:
    """Return how many live in each of the municipalities, beside its share of the population.

    The key None counts those without one: they have a row of their own and are in no share.
    """
    known = sum(count for key, count in counts.items() if key is not None)
    lines = [
        Row(
            home["id"],
            (home["name"], n := counts.get(home["id"], 0), share(n, known), home["share"]),
            rare=home["share"] is None,
        )
        for home in places
    ]
    unknown = counts.get(None, 0)
    return Table(
        id,
        (GROUP, COUNT, SHARE, POPULATION),
        (*lines, missing(unknown, None, None)),
        title=title,
        total=Row(ALL, ("Summa", known + unknown, share(known, known), None)),
        of=of,
        by="municipality",
        adds=True,
    )


def by_place(rows: Sequence[Record]) -> dict[str | None, int]:
    """Return municipality, or None → enrolments, of rows that have both."""
    counts: dict[str | None, int] = {}
    for row in rows:
        home = row["municipality"]
        counts[home] = counts.get(home, 0) + row["enrolments"]
    return counts


def cross_table(  # noqa: PLR0913 - what tells one such table from another
    id: str,
    rows: Sequence[Record],
    places: Sequence[Record],
    codes: Codes,
    *,
    of: str,
    title: str = "",
) -> Table:
    """Return a municipality a row and a referrer a column, those who referred most first.

    `rows` have municipality, party, unit and enrolments.
    """
    headed = ranked(rows, codes)
    heads = tuple(headed.values())
    names = {home["id"]: home["name"] for home in places}
    found = {
        key: by_referrer([row for row in rows if row["municipality"] == key], codes)
        for key in (*names, None)
    }

    def cells(counts: Mapping[Referrer, int]) -> tuple[int, ...]:
        each = [counts.get(referrer, 0) for referrer in headed]
        return (*each, sum(each))

    lines = [
        Row(home["id"], (home["name"], *cells(found[home["id"]])), rare=home["share"] is None)
        for home in places
    ]
    total = Column("count", "Summa", parts=tuple(head.key for head in heads))
    return Table(
        id,
        (GROUP, *heads, total),
        (*lines, missing(*cells(found[None]))),
        title=title,
        total=Row(ALL, ("Summa", *cells(by_referrer(rows, codes)))),
        of=of,
        by="municipality",
        adds=True,
    )
