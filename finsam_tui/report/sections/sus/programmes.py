"""Participants of each programme against what was budgeted, those without a person among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.report.model import Chart, Column, Row, Section, Table, Told
from finsam_tui.report.sections._common import ALL, GROUP, check
from finsam_tui.report.sections._volume import partings
from finsam_tui.report.sections.sus import _programmes
from finsam_tui.report.sections.sus._programmes import PARTS, TOTAL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from finsam_tui.report.scope import Rows, Scope
    from finsam_tui.report.sections.sus._programmes import Programme

TITLE = "Registrerade deltagare i de individinriktade insatserna"
QUERIES = _programmes.QUERIES

_COLUMNS = (
    GROUP,
    Column("budget", "Budget", "number"),
    *PARTS,
    TOTAL._replace(label="Utfall"),
    Column("is_volume", "Volyminsats", "text"),
)


def section(rows: Rows, scope: Scope) -> Section:
    """Count everybody who took part, programme by programme."""
    base = scope.bases["participated"]
    found = _programmes.programmes(rows, scope)
    all_ = _programmes.total(found)
    return Section(
        id="programmes",
        title=TITLE,
        rule="Deltog i perioden, räknade i varje insats; utfallet även med anonyma och volym.",
        base=base,
        tables=(_table(found, all_, base.of),),
        sentences=(_sentence(all_),),
        notes=_programmes.notes(rows, scope),
        warnings=(
            *check([all_.persons.all], base, "Insatserna"),
            *partings(rows[_programmes.QUERIES[0]], scope),
        ),
        charts=(Chart("programmes", (*(["budget"] if all_.budget else []), "count")),),
    )


def _table(found: Iterable[Programme], all_: Programme, of: str) -> Table:
    table = Table(
        "programmes",
        _COLUMNS,
        tuple(_row(each, "Ja" if each.is_volume else "Nej") for each in found),
        total=_row(all_, ""),
        of=of,
        by="programme",
        adds=True,
    )
    return _programmes.without_empty(table, all_)


def _row(each: Programme, is_volume: str) -> Row:
    return Row(each.id, (each.name, each.budget, *each.parts, each.all, is_volume))


def _sentence(all_: Programme) -> Told:
    budget = " mot budgeterade {budget}" if all_.budget else ""
    return Told(f"Utfallet är {{count}} deltagare{budget}.", "programmes", ALL)
