"""Positive steps of those who closed, all and per assignment; who was not measured stands apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.domain.shares import share
from finsam_tui.report.model import Column, Row, Section, Table
from finsam_tui.report.sections._common import GROUP, MISSING_KEY, SHARE, check, label, place, some
from finsam_tui.text import number, percent, plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finsam_tui.forms.codes import Codes
    from finsam_tui.report.scope import Record, Rows, Scope

TITLE = "Stegförflyttning"
QUERIES = ("report_closed",)

ALL = "all"

_COLUMNS = (
    GROUP,
    Column("positive", "Steg"),
    Column("measured", "Mätta"),
    SHARE,
    Column("unmeasured", "Utan"),
)


def section(rows: Rows, scope: Scope) -> Section:
    """Share out the measured: a higher step at closure than at start, or a result that counts."""
    base = scope.bases["closed"]
    counted = sorted(
        rows["report_closed"], key=lambda row: place(scope.codes, "assignment", row["assignment"])
    )
    closed, measured, positive, unmeasured_positive = _sums(counted)
    return Section(
        id="steps",
        title=TITLE,
        rule="Avslutade i perioden; mätta vid start och avslut, eller utan. Steg: uppåt på stegen "
        "eller ett resultat som räknas.",
        base=base,
        tables=(
            Table(
                "steps",
                _COLUMNS,
                tuple(_row(row["assignment"], [row], scope.codes) for row in counted),
                total=_row(ALL, counted, scope.codes),
            ),
        ),
        sentences=some(_sentence(positive, measured)),
        notes=some(_note(closed - measured, unmeasured_positive)),
        warnings=check([closed], base.enrolments, "Uppdragen"),
    )


def _sums(counted: Sequence[Record]) -> tuple[int, ...]:
    """Return how many closed, were measured, went up, and went up by a result alone."""
    columns = ("closed", "measured", "positive", "unmeasured_positive")
    return tuple(sum(row[column] for row in counted) for column in columns)


def _row(assignment: str | None, counted: Sequence[Record], codes: Codes) -> Row:
    closed, measured, positive, _ = _sums(counted)
    name = "Alla" if assignment == ALL else label(codes, "assignment", assignment)
    cells = (name, positive, measured, share(positive, measured), closed - measured)
    return Row(assignment or MISSING_KEY, cells)


def _sentence(positive: int, measured: int) -> str:
    if not measured:
        return ""
    return (
        f"Av {plural(measured, 'avslutad', 'avslutade')} och mätta har {number(positive)} "
        f"({percent(positive, measured)}) gjort en positiv stegförflyttning."
    )


def _note(unmeasured: int, positive: int) -> str:
    if not unmeasured:
        return ""
    return f"Utan mätning: {number(unmeasured)}, varav {number(positive)} med resultat."
