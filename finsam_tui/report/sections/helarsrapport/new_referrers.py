"""New referrers: the party that those who began came from, and its unit where it is known."""

from __future__ import annotations

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
    missing,
    place,
)
from finsam_tui.report.sections.referrers import by_referrer, called

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
    """Return the units; no table where none says more than its party."""
    if not any(unit for _, unit in counts):
        return ()

    def order(referrer: Referrer) -> tuple[object, ...]:
        party, unit = referrer
        return place(codes, "referrer_party", party), place(codes, "referrer_unit", unit)

    known = [referrer for referrer in sorted(counts, key=order) if referrer[0]]
    total = sum(counts[referrer] for referrer in known)
    return (
        Table(
            "units",
            (GROUP, COUNT, SHARE),
            (
                *(
                    Row(
                        "/".join(filter(None, referrer)),
                        (
                            called(*referrer, codes),
                            counts[referrer],
                            share(counts[referrer], total),
                        ),
                    )
                    for referrer in known
                ),
                missing(counts.get((None, None), 0), None),
            ),
            title="Med enhet",
            of="started",
            by="referrer",
            adds=True,
        ),
    )
