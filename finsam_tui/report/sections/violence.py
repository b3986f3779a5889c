"""The violence screening: how many new participants were asked, and how many were exposed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.domain.shares import share
from finsam_tui.report.model import Column, Row, Section, Table
from finsam_tui.report.sections._common import COUNT, GROUP, SHARE, check, some
from finsam_tui.report.sections.sex import LABELS as SEXES
from finsam_tui.text import number, percent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from finsam_tui.report.scope import Record, Rows, Scope

TITLE = "Våldsscreening"
QUERIES = ("report_violence",)

ALL = "all"

# What to hold one's own figure against: it changes when a newer one is published, not otherwise.
REFERENCES = (("alla förbund", 66.0), ("befolkningen", 20.0))
REFERENCE_SOURCE = "Sydnärkes årsrapport 2024; Brå"

_STATUSES = {
    "answered": "Besvarat",
    "declined": "Avböjt",
    "no_occasion": "Inget tillfälle",
    "not_asked": "Inte tillfrågade",
}
_COUNTED = (*_STATUSES, "told", "exposed", "any_yes")
_NOBODY = dict.fromkeys(_COUNTED, 0)
_BY_SEX = (
    GROUP,
    Column("told", "Svar"),
    Column("told_share", "Andel", "share"),
    Column("exposed", "Utsatta"),
    Column("exposed_share", "Andel", "share"),
)
# Without headings: it stands under the table above and has its columns.
_ANY_YES = (GROUP, Column("count", ""), Column("share", "", "share"))


def section(rows: Rows, scope: Scope) -> Section:
    """Follow those who started from being asked to what they answered; declined is not a no."""
    base = scope.bases["started"]
    by_sex = {row["sex"]: row for row in rows["report_violence"]}
    counts = {column: sum(row[column] for row in by_sex.values()) for column in _COUNTED}
    told, any_yes = counts["told"], counts["any_yes"]
    statuses = tuple(
        Row(key, (name, counts[key], share(counts[key], base.enrolments)))
        for key, name in _STATUSES.items()
    )
    any_row = Row("any_yes", ("Ja på någon av frågorna", any_yes, share(any_yes, told)))
    return Section(
        id="violence",
        title=TITLE,
        rule="Startade i perioden. Utsatta av svaren.",
        base=base,
        tables=(
            Table("status", (GROUP, COUNT, SHARE), statuses),
            Table(
                "exposed", _BY_SEX, _by_sex(by_sex, told), total=_row("all", "Alla", counts, told)
            ),
            Table("any_yes", _ANY_YES, (any_row,)),
        ),
        sentences=some(_sentence(counts, by_sex.get("woman", _NOBODY)["told"])),
        notes=_notes(counts),
        warnings=check((counts[key] for key in _STATUSES), base.enrolments, "Utfallen"),
    )


def _by_sex(by_sex: Mapping[str, Record], told: int) -> tuple[Row, ...]:
    return tuple(_row(sex, name, by_sex.get(sex, _NOBODY), told) for sex, name in SEXES.items())


def _row(sex: str, name: str, counts: Record, told: int) -> Row:
    answered, exposed = counts["told"], counts["exposed"]
    cells = (name, answered, share(answered, told), exposed, share(exposed, answered))
    return Row(sex, cells, rare=sex in {"other", "unknown"})


def _sentence(counts: Mapping[str, int], women: int) -> str:
    told, exposed = counts["told"], counts["exposed"]
    if not told:
        return ""
    return (
        f"Av {number(told)} svar om våld berättar {number(exposed)} ({percent(exposed, told)}) om "
        f"utsatthet; {percent(women, told)} kom från kvinnor."
    )


def _notes(counts: Mapping[str, int]) -> tuple[str, ...]:
    compared = ", ".join(f"{whom} {number(share)} %" for whom, share in REFERENCES)
    notes = [f"Jämför: {compared} ({REFERENCE_SOURCE})."]
    if empty := counts["answered"] - counts["told"]:
        notes.append(f"{number(empty)} besvarade utan svar på om de varit utsatta, i ingen andel.")
    return tuple(notes)
