"""New referrers: the party that those who began came from, and its unit where it is known."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from finsam_tui.domain.shares import share
from finsam_tui.report.model import Chart, Row, Section, Table, Told
from finsam_tui.report.sections._common import (
    ALL,
    COUNT,
    GROUP,
    SHARE,
    check,
    code_names,
    label,
    missing,
    place,
)
from finsam_tui.report.sections.referrers import by_referrer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from finsam_tui.forms.codes import Codes
    from finsam_tui.report.scope import Rows, Scope
    from finsam_tui.report.sections.referrers import Referrer

TITLE = "Nya inskrivna per remittent"
QUERIES = ("report_helar_new_referrers",)


def section(rows: Rows, scope: Scope) -> Section:
    """Share out those who began over the parties, all in their order; without one in no share."""
    base = scope.bases["started"]
    counts = by_referrer(rows["report_helar_new_referrers"], scope.codes)
    parties: dict[str | None, int] = {}
    for (party, _), count in counts.items():
        parties[party] = parties.get(party, 0) + count
    largest = max((p for p in parties if p), key=lambda party: parties[party], default="")
    return Section(
        id="new_referrers",
        title=TITLE,
        rule="Startade i perioden, efter den part som aktualiserade dem.",
        base=base,
        tables=(_parties(parties, scope.codes), *_units(counts, scope.codes)),
        sentences=(
            Told("Största remittent: {group}, {count|ny|nya} ({share}).", "parties", largest),
        ),
        warnings=check(parties.values(), base, "Parterna"),
        charts=(Chart("parties", ("count",)),),
    )


def _parties(counts: Mapping[str | None, int], codes: Codes) -> Table:
    known = sum(count for party, count in counts.items() if party)
    lines = [
        Row(party, (name, counts.get(party, 0), share(counts.get(party, 0), known)))
        for party, name in code_names(codes, "referrer_party", counts).items()
    ]
    return Table(
        "parties",
        (GROUP, COUNT, SHARE),
        (*lines, missing(counts.get(None, 0), None)),
        total=Row(ALL, ("Summa", sum(counts.values()), share(known, known))),
        of="started",
        by="party",
        adds=True,
    )


def _units(counts: Mapping[Referrer, int], codes: Codes) -> tuple[Table, ...]:
    """Return the units below their parties; no table where none says more than its party."""
    if not any(unit for _, unit in counts):
        return ()

    def order(referrer: Referrer) -> tuple[object, ...]:
        party, unit = referrer
        return place(codes, "referrer_party", party), place(codes, "referrer_unit", unit)

    total = sum(n for (party, _), n in counts.items() if party)
    lines: list[Row] = []
    for party, own in groupby(sorted(counts, key=order), key=lambda referrer: referrer[0]):
        units = list(own)
        n = sum(counts[referrer] for referrer in units)
        if party is None:
            lines.append(missing(n, None))
            continue
        facts = (f"party={party}",)
        name = label(codes, "referrer_party", party)
        lines.append(Row(party, (name, n, share(n, total)), of="started", within=facts))
        if any(unit for _, unit in units):
            lines += [_unit(referrer, counts[referrer], total, codes) for referrer in units]
    title = "Parterna med enheter"
    return (
        Table(
            "units",
            (GROUP, COUNT, SHARE),
            tuple(lines),
            title=title,
            of="started",
            by="party",
            adds=True,
        ),
    )


def _unit(referrer: Referrer, count: int, total: int, codes: Codes) -> Row:
    """Return the line of a unit, or of those of its party whose unit is not known."""
    party, unit = referrer
    return Row(
        f"{party}/{unit or 'unspecified'}",
        (label(codes, "referrer_unit", unit) if unit else "Utan enhet", count, share(count, total)),
        depth=1,
        of="started",
        within=(f"party={party}", f"unit={unit or 'unspecified'}"),
    )
