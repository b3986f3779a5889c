"""The violence screening: how many new participants were asked, and how many were exposed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.domain.shares import share
from finsam_tui.report.model import Column, Row, Section, Table, Told
from finsam_tui.report.sections._common import ALL, COUNT, GROUP, SHARE, check
from finsam_tui.report.sections.sex import LABELS as SEXES
from finsam_tui.text import number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from finsam_tui.report.model import Base
    from finsam_tui.report.scope import Record, Rows, Scope

TITLE = "Våldsscreening"
QUERIES = ("report_violence",)

# What to hold one's own figure against: it changes when a newer one is published, not otherwise.
REFERENCES = (("alla förbund", 66.0), ("befolkningen", 20.0))
REFERENCE_SOURCE = "Sydnärkes årsrapport 2024; Brå"

_STATUSES = {
    "answered": "Besvarat",
    "declined": "Avböjt",
    "no_occasion": "Inget tillfälle",
    "not_asked": "Inte tillfrågade",
}
_COUNTED = (*_STATUSES, "told", "exposed", "any_told", "any_yes")
_NOBODY = dict.fromkeys(_COUNTED, 0)
_BY_SEX = (
    GROUP,
    Column("told", "Svar", within=("told",)),
    Column("told_share", "Andel", "share", made_of=("told",)),
    Column("exposed", "Utsatta", within=("told", "exposed")),
    Column("exposed_share", "Andel", "share", made_of=("exposed", "told")),
)
SENTENCE = Told(
    "Av {told} svar om våld berättar {exposed} ({exposed_share}) om utsatthet; {woman.told_share} "
    "kom från kvinnor.",
    "exposed",
)
# Without headings: it stands under the table above and has its columns.
_ANY_YES = (GROUP, Column("count", ""), Column("share", "", "share"))


def section(rows: Rows, scope: Scope) -> Section:
    """Follow those who started from being asked to what they answered; declined is not a no."""
    base = scope.bases["started"]
    by_sex = {row["sex"]: row for row in rows["report_violence"]}
    counts = {column: sum(row[column] for row in by_sex.values()) for column in _COUNTED}
    told = counts["told"]
    any_row = Row("any_yes", ("Ja på någon av frågorna", *any_yes(counts)))
    return Section(
        id="violence",
        title=TITLE,
        rule="Startade i perioden. Utsatta av svaren.",
        base=base,
        tables=(
            _statuses(counts, base),
            Table(
                "exposed",
                _BY_SEX,
                _by_sex(by_sex, told),
                total=_row(ALL, "Alla", counts, told),
                of=base.of,
                by="sex",
                adds=True,
            ),
            Table("any_yes", _ANY_YES, (any_row,)),
            _untold(counts),
        ),
        sentences=(SENTENCE,),
        notes=(compared(),),
        warnings=check((counts[key] for key in _STATUSES), base, "Utfallen"),
    )


def any_yes(counts: Mapping[str, int] | Record) -> tuple[int | None, float | None]:
    """Return how many said yes to any of all questions, and their share of those it is known of.

    Nothing where it is known of nobody who answered, as where a file has left it out.
    """
    yes, known = counts["any_yes"], counts["any_told"]
    return (yes if known or not counts["told"] else None), share(yes, known)


def _statuses(counts: Mapping[str, int], base: Base) -> Table:
    """Return how far the asking came."""
    rows = tuple(
        Row(key, (name, counts[key], share(counts[key], base.enrolments)))
        for key, name in _STATUSES.items()
    )
    return Table("status", (GROUP, COUNT, SHARE), rows, of=base.of, by="screening", adds=True)


def _by_sex(by_sex: Mapping[str, Record], told: int) -> tuple[Row, ...]:
    return tuple(_row(sex, name, by_sex.get(sex, _NOBODY), told) for sex, name in SEXES.items())


def _row(sex: str, name: str, counts: Record, told: int) -> Row:
    answered, exposed = counts["told"], counts["exposed"]
    cells = (name, answered, share(answered, told), exposed, share(exposed, answered))
    return Row(sex, cells, rare=sex in {"other", "unknown"})


def _untold(counts: Mapping[str, int]) -> Table:
    """Return those who answered, but nothing on being exposed; they are in no share."""
    untold = counts["answered"] - counts["told"]
    row = Row("untold", ("Besvarat, inte om utsatthet", untold), rare=True)
    return Table("untold", (GROUP, Column("count", "")), (row,))


def compared() -> str:
    """Return what others' figures are, and where they are from."""
    others = ", ".join(f"{whom} {number(share)} %" for whom, share in REFERENCES)
    return f"Jämför: {others} ({REFERENCE_SOURCE})."
