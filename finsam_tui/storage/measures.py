"""What was measured during an enrolment and after: assessments, steps on the ladder, ORS."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from finsam_tui.storage.driver import Row
    from finsam_tui.storage.register import Register


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An assessment in words: `occasion` is the key, start, month, closure, 6, 18 or 24.

    `level` is the step's place on the ladder, 1 the lowest; an occupation may have its extent:
    "studier 50 %". `hours` in activity a week.
    """

    assessment_id: int
    occasion: str
    occasion_label: str
    date: date
    step: str | None
    level: int | None
    livelihood: tuple[str, ...]
    occupation: tuple[str, ...]
    responsible: str | None
    hours: int | None


@dataclass(frozen=True, slots=True)
class OrsPoint:
    """An ORS that was taken: its total, 0 to 40."""

    ors_id: int
    date: date
    occasion: str
    total: float


def snapshots(register: Register, enrolment_id: int) -> list[Snapshot]:
    """Return an enrolment's assessments in the order of time."""
    rows = register.rows("snapshots", enrolment_id=enrolment_id)
    return [_snapshot(list(own)) for _, own in groupby(rows, key=lambda row: row["id"])]


def steps(register: Register, enrolment_id: int) -> list[Snapshot]:
    """Return the assessments that told a step, in the order of time: the line on the ladder."""
    return [shot for shot in snapshots(register, enrolment_id) if shot.level is not None]


def ors_series(register: Register, enrolment_id: int) -> list[OrsPoint]:
    """Return the ORS totals of an enrolment in the order of time."""
    return [
        OrsPoint(row["id"], date.fromisoformat(row["date"]), row["occasion"], row["total"])
        for row in register.rows("ors_series", enrolment_id=enrolment_id)
    ]


def _snapshot(rows: list[Row]) -> Snapshot:
    row = rows[0]
    return Snapshot(
        assessment_id=row["id"],
        occasion=row["occasion"],
        occasion_label=row["occasion_label"],
        date=date.fromisoformat(row["date"]),
        step=row["step"],
        level=row["level"],
        livelihood=_several(rows, "livelihood"),
        occupation=_several(rows, "occupation"),
        responsible=row["responsible"],
        hours=row["hours"],
    )


def _several(rows: list[Row], field: str) -> tuple[str, ...]:
    return tuple(
        f"{row['label']} {row['extent']} %" if row["extent"] else row["label"]
        for row in rows
        if row["field"] == field
    )
