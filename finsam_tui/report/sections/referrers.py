"""Referrers: the party and unit that those who took part came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.domain.shares import share
from finsam_tui.report.model import Row, Section, Table
from finsam_tui.report.sections._common import COUNT, GROUP, SHARE, check, label, missing, place
from finsam_tui.text import fold

if TYPE_CHECKING:
    from finsam_tui.forms.codes import Codes
    from finsam_tui.report.scope import Record, Rows, Scope

TITLE = "Aktualisering"
QUERIES = ("report_referrers",)


def section(rows: Rows, scope: Scope) -> Section:
    """Share out those who took part, the largest first; without a referral is in no share."""
    base = scope.bases["participated"]
    unknown = sum(row["enrolments"] for row in rows["report_referrers"] if row["party"] is None)
    referred = [row for row in rows["report_referrers"] if row["party"] is not None]
    known = sum(row["enrolments"] for row in referred)
    referred.sort(key=lambda row: _order(row, scope.codes))
    lines = (
        *(
            Row(
                "/".join(filter(None, (row["party"], row["unit"]))),
                (_name(row, scope.codes), row["enrolments"], share(row["enrolments"], known)),
            )
            for row in referred
        ),
        missing(unknown, None),
    )
    return Section(
        id="referrers",
        title=TITLE,
        rule="Deltog i perioden. Störst först.",
        base=base,
        tables=(Table("referrers", (GROUP, COUNT, SHARE), lines),),
        warnings=check([known, unknown], base.enrolments, "Parterna"),
    )


def _name(row: Record, codes: Codes) -> str:
    """Return "Kommun: socialtjänst"; only the party where the unit says no more."""
    party = label(codes, "referrer_party", row["party"])
    unit = codes.label("referrer_unit", row["unit"])
    return f"{party}: {unit}" if unit and fold(unit) != fold(party) else party


def _order(row: Record, codes: Codes) -> tuple[object, ...]:
    return (
        -row["enrolments"],
        place(codes, "referrer_party", row["party"]),
        place(codes, "referrer_unit", row["unit"]),
    )
