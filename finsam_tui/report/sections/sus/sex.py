"""Women and men in each programme, and beside them the anonymous and those without a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.report.model import Chart, Row, Section, Table, Told
from finsam_tui.report.sections._common import ALL, GROUP, MEN, OTHER, WOMEN, check
from finsam_tui.report.sections.sus import _programmes
from finsam_tui.report.sections.sus._programmes import PARTS, TOTAL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from finsam_tui.report.scope import Rows, Scope
    from finsam_tui.report.sections.sus._programmes import Programme

TITLE = "Könsfördelning"
QUERIES = _programmes.QUERIES

_PARTS = (WOMEN, MEN, OTHER, *PARTS[1:])
_TOTAL = TOTAL._replace(parts=tuple(part.key for part in _PARTS))
_SENTENCE = Told(
    "Av {count} deltagare, räknade i varje insats, är {women} kvinnor och {men} män.", "sex", ALL
)


def section(rows: Rows, scope: Scope) -> Section:
    """Count those who took part; anonymous ones are in the total and nowhere else."""
    base = scope.bases["participated"]
    found = _programmes.programmes(rows, scope)
    all_ = _programmes.total(found)
    return Section(
        id="sex",
        title=TITLE,
        rule="Deltog i perioden, räknade i varje insats. Anonyma och volym står utan kön.",
        base=base,
        tables=(_table(found, all_, base.of),),
        sentences=(_SENTENCE,),
        notes=_programmes.notes(rows, scope),
        warnings=check([all_.persons.all], base, "Könen"),
        charts=(Chart("sex", ("women", "men")),),
    )


def _table(found: Iterable[Programme], all_: Programme, of: str) -> Table:
    table = Table(
        "sex",
        (GROUP, *_PARTS, _TOTAL),
        tuple(_row(each) for each in found if each.all),
        total=_row(all_),
        of=of,
        by="programme",
        adds=True,
    )
    return _programmes.without_empty(table, all_)


def _row(each: Programme) -> Row:
    return Row(each.id, (each.name, *each.persons, *each.parts[1:], each.all))
