"""Referrals: the parties and units that those who took part came from, and the advice given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.report.model import Column, Row, Section, Table, Told
from finsam_tui.report.sections._common import ALL, GROUP, code_names, some, texts
from finsam_tui.report.sections.siffror import referrers

if TYPE_CHECKING:
    from finsam_tui.report.scope import Rows, Scope

TITLE = "Aktualisering av deltagare"
QUERIES = ("report_texts", *referrers.QUERIES, "report_arsrapport_advice")
PARTS = ("referrals", "methods")

NARROWED = "Rådgivande samtal gäller ingen person och kan bara räknas per insats."


def section(rows: Rows, scope: Scope) -> Section:
    """Share out those who took part over all parties; a call for advice is about no person."""
    passages, notes = texts(rows, scope, *PARTS)
    made = referrers.section(rows, scope)
    advice = _advice(rows, scope)
    return made._replace(
        id="referrals",
        title=TITLE,
        rule=f"{made.rule} Rådgivande samtal är utan person.",
        tables=some(made.tables[0]._replace(title=""), advice),
        sentences=some(
            *made.sentences,
            advice and Told("{calls} rådgivande samtal har genomförts.", advice.id),
        ),
        notes=(*notes, *(() if advice else (NARROWED,))),
        texts=passages,
    )


def _advice(rows: Rows, scope: Scope) -> Table | None:
    """Return the calls by who asked; a call has neither home, coach nor sex to narrow it to."""
    if scope.filters.of_some:
        return None
    calls = {row["caller"]: row["calls"] for row in rows["report_arsrapport_advice"]}
    names = code_names(scope.codes, "advice_caller", calls)
    return Table(
        "advice",
        (GROUP, Column("calls", "Antal")),
        tuple(Row(key, (name, calls.get(key, 0))) for key, name in names.items()),
        title="Rådgivande samtal",
        total=Row(ALL, ("Summa", sum(calls.values()))),
        of="advice",
        by="caller",
        adds=True,
    )
