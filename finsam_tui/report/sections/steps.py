"""Positive steps of those who closed, all and per assignment; who was not measured stands apart."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from finsam_tui.domain.shares import share
from finsam_tui.report.model import Column, Row, Section, Table, Told
from finsam_tui.report.sections._common import ALL, GROUP, MISSING_KEY, SHARE, check, label, place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finsam_tui.forms.codes import Codes
    from finsam_tui.report.scope import Record, Rows, Scope

TITLE = "Stegförflyttning"
QUERIES = ("report_closed",)

_COLUMNS = (
    GROUP,
    Column("positive", "Steg", within=("positive", "measured")),
    Column("measured", "Mätta", within=("measured",)),
    SHARE._replace(made_of=("positive", "measured")),
    Column("unmeasured", "Utan", within=("unmeasured",)),
)
SENTENCE = Told(
    "Av {measured|avslutad|avslutade} och mätta har {positive} ({share}) gjort en positiv "
    "stegförflyttning.",
    "steps",
)


def section(rows: Rows, scope: Scope) -> Section:
    """Share out the measured: a higher step at closure than at start, or a result that counts."""
    base = scope.bases["closed"]
    counted = rows["report_closed"]
    assignments = sorted(
        {row["assignment"] for row in counted},
        key=lambda assignment: place(scope.codes, "assignment", assignment),
    )
    closed, _, _, unmeasured_positive = _sums(counted)
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
                tuple(
                    _row(key, [row for row in counted if row["assignment"] == key], scope.codes)
                    for key in assignments
                ),
                total=_row(ALL, counted, scope.codes),
                of=base.of,
                by="assignment",
                adds=True,
            ),
            _unmeasured(unmeasured_positive),
        ),
        sentences=(SENTENCE,),
        warnings=check([closed], base, "Uppdragen"),
    )


def _sums(counted: Sequence[Record]) -> tuple[int, ...]:
    """Return how many closed, were measured, went up, and went up by a result alone."""
    alike = Counter[tuple[int, int]]()
    for row in counted:
        alike[row["measured"], row["positive"]] += row["closed"]
    return alike.total(), alike[1, 0] + alike[1, 1], alike[1, 1], alike[0, 1]


def _row(assignment: str | None, counted: Sequence[Record], codes: Codes) -> Row:
    closed, measured, positive, _ = _sums(counted)
    name = "Alla" if assignment == ALL else label(codes, "assignment", assignment)
    cells = (name, positive, measured, share(positive, measured), closed - measured)
    return Row(assignment or MISSING_KEY, cells)


def _unmeasured(positive: int) -> Table:
    """Return those without both measurements who went to a result that counts all the same."""
    row = Row("positive", ("Utan mätning, med resultat", positive), rare=True)
    return Table("unmeasured", (GROUP, Column("count", "")), (row,))
