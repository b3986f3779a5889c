"""Participants: who took part, started, closed and went on; and advice given without a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.report.model import Column, Row, Section, Table, Told
from finsam_tui.report.scope import POPULATIONS
from finsam_tui.report.sections._common import GROUP, everybody

if TYPE_CHECKING:
    from finsam_tui.report.model import Base
    from finsam_tui.report.scope import Rows, Scope

TITLE = "Deltagare"
QUERIES = ("report_population", "report_advice")

_LABELS = {
    "participated": "Har deltagit",
    "started": "Startade",
    "closed": "Avslutade",
    "ongoing": "Pågår vid slutet",
}
_COLUMNS = (
    GROUP,
    Column("count", "Alla"),
    Column("unique", "Unika"),
    Column("anonymous", "Anonyma"),
)


def section(rows: Rows, scope: Scope) -> Section:
    """Count everybody: this is the one section where anonymous participants stand."""
    base = scope.bases["participated"]
    # A call is about no person, so it has a programme but neither home, coach nor sex.
    narrowed = scope.filters.of_some
    calls = None if narrowed else rows["report_advice"][0]["calls"]
    counts = tuple(_row(name, scope.bases[name]) for name in POPULATIONS)
    return Section(
        id="participants",
        title=TITLE,
        rule="Inskrivna minst en dag i perioden. Pågår: öppna dess sista dag.",
        base=base,
        tables=(
            Table("participants", _COLUMNS, counts),
            Table(
                "advice",
                (GROUP, Column("count", "")),
                (Row("advice", ("Rådgivande samtal", calls)),),
            ),
        ),
        sentences=(_sentence(base),),
        notes=_notes(base, narrowed=narrowed),
    )


def _row(name: str, base: Base) -> Row:
    return Row(name, (_LABELS[name], everybody(base), base.unique, base.anonymous))


def _sentence(base: Base) -> Told:
    anonymous = " och {anonymous|anonym|anonyma}" if base.anonymous else ""
    return Told(
        "{count|inskrivning|inskrivningar} av {unique|person|personer}"
        f"{anonymous}: {{started.count}} startade, {{closed.count}} avslutades, "
        "{ongoing.count} pågår.",
        "participants",
        "participated",
    )


def _notes(base: Base, *, narrowed: bool) -> tuple[str, ...]:
    notes = []
    if base.anonymous:
        notes.append("Anonyma ingår bara i Alla.")
    if narrowed:
        notes.append("Rådgivande samtal gäller ingen person och följer bara insatsen.")
    return tuple(notes)
