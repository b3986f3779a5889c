"""Referrers: the party and unit that those who took part came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.domain.shares import share
from finsam_tui.report.model import Row, Section, Table
from finsam_tui.report.sections._common import COUNT, GROUP, SHARE, check, label, missing, place
from finsam_tui.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from finsam_tui.forms.codes import Codes
    from finsam_tui.report.scope import Record, Rows, Scope

    Referrer = tuple[str | None, str | None]  # party and unit

TITLE = "Aktualisering"
QUERIES = ("report_referrers",)

MOST = 10  # rows on the page, the last of them the rest taken together


def section(rows: Rows, scope: Scope) -> Section:
    """Share out those who took part, the largest first; without a referral is in no share."""
    base = scope.bases["participated"]
    counts = by_referrer(rows["report_referrers"], scope.codes)
    unknown = counts.pop((None, None), 0)
    known = sum(counts.values())
    return Section(
        id="referrers",
        title=TITLE,
        rule="Deltog i perioden. Störst först.",
        base=base,
        tables=(
            Table(
                "referrers",
                (GROUP, COUNT, SHARE),
                (*_lines(counts, known, scope.codes), missing(unknown, None)),
                of=base.of,
                by="largest_referrers",
                adds=True,
            ),
        ),
        warnings=check([known, unknown], base, "Parterna"),
    )


def by_referrer(rows: Sequence[Record], codes: Codes) -> dict[Referrer, int]:
    """Return party and unit → enrolments; without the unit where it says no more than its party."""
    counts: dict[Referrer, int] = {}
    for row in rows:
        party, unit = row["party"], row["unit"]
        if unit and _is_plain(party, unit, codes):
            unit = None
        counts[party, unit] = counts.get((party, unit), 0) + row["enrolments"]
    return counts


def _is_plain(party: str, unit: str, codes: Codes) -> bool:
    """Return whether a unit is called what its party is, or is the only one it has."""
    same = fold(codes.label("referrer_unit", unit)) == fold(codes.label("referrer_party", party))
    return same or [code.key for code in codes.options("referrer_unit", party)] == [unit]


def _lines(counts: dict[Referrer, int], known: int, codes: Codes) -> Iterator[Row]:
    order = sorted(counts, key=lambda referrer: (-counts[referrer], *_place(referrer, codes)))
    rest = order[MOST - 1 :] if len(order) > MOST else []
    for party, unit in order[: len(order) - len(rest)]:
        count = counts[party, unit]
        key = "/".join(filter(None, (party, unit)))
        yield Row(key, (called(party, unit, codes), count, share(count, known)))
    if rest:
        count = sum(counts[referrer] for referrer in rest)
        yield Row("rest", (f"{len(rest)} andra parter", count, share(count, known)))


def called(party: str | None, unit: str | None, codes: Codes) -> str:
    """Return what a referrer is called on screen."""
    name = label(codes, "referrer_party", party)
    return f"{name}: {codes.label('referrer_unit', unit)}" if unit else name


def _place(referrer: Referrer, codes: Codes) -> tuple[object, ...]:
    party, unit = referrer
    return place(codes, "referrer_party", party), place(codes, "referrer_unit", unit)
