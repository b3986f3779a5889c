"""The staff: who they are and how they work, in words; and how many they are in each role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.report.model import Base, Column, Row, Section, Table, Told
from finsam_tui.report.sections._common import ALL, GROUP, code_names, texts

if TYPE_CHECKING:
    from finsam_tui.report.scope import Record, Rows, Scope

TITLE = "Personalen"
QUERIES = ("report_texts", "report_arsrapport_staff")
PARTS = ("staff",)

# Numbers, not counts of participants: nobody hides how many coaches there are.
_COLUMNS = (
    GROUP,
    Column("active", "I tjänst nu", "number"),
    Column("busy", "Med deltagare", "number"),
)


def section(rows: Rows, scope: Scope) -> Section:
    """Count the staff by role, without names; a role nobody has is a nought."""
    passages, notes = texts(rows, scope, *PARTS)
    by_role = {row["role"]: row for row in rows["report_arsrapport_staff"]}
    names = code_names(scope.codes, "staff_role", by_role)
    lines = tuple(Row(key, (name, *_cells(by_role.get(key)))) for key, name in names.items())
    sums = (sum(row[column] for row in by_role.values()) for column in ("active", "busy"))
    return Section(
        id="staff",
        title=TITLE,
        rule="I tjänst nu: aktiva i registret när rapporten togs fram. Med deltagare: coach för "
        "minst en inskrivning i perioden.",
        base=Base(),
        tables=(
            Table(
                "staff",
                _COLUMNS,
                lines,
                total=Row(ALL, ("Summa", *sums)),
            ),
        ),
        sentences=(Told("{busy|medarbetare|medarbetare} hade deltagare i perioden.", "staff"),),
        notes=notes,
        texts=passages,
    )


def _cells(row: Record | None) -> tuple[int, int]:
    return (row["active"], row["busy"]) if row else (0, 0)
