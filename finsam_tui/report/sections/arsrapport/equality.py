"""Equality: women and men among those who took part, by assignment and by programme."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from finsam_tui.domain.shares import share
from finsam_tui.report.model import Column, Row, Section, Table, Told
from finsam_tui.report.sections._common import (
    ALL,
    GROUP,
    MEN,
    MISSING_KEY,
    MISSING_LABEL,
    WOMEN,
    check,
    code_names,
    texts,
    without,
)
from finsam_tui.report.sections.sex import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finsam_tui.report.scope import Record, Rows, Scope

TITLE = "Jämställdhetsanalys"
QUERIES = ("report_texts", "report_arsrapport_equality")
PARTS = ("equality",)

_KNOWN = ("woman", "man", "other")
_COLUMNS = (
    GROUP,
    WOMEN,
    Column("women_share", "Andel", "share", made_of=("women", "known")),
    MEN,
    Column("men_share", "Andel", "share", made_of=("men", "known")),
    # Elsewhere "other" holds unknown, too; here they are told apart, for shares are of the known.
    Column("other", "Annat", within=("sex=other", "known")),
    Column("known", "Summa", within=("known",), parts=("women", "men", "other")),
    Column("unknown", "Okänt", within=("sex=other", "unknown")),
)
# Where every sex is known, the known are everybody.
_ALL_KNOWN = tuple(
    column._replace(within=tuple(fact for fact in column.within if fact != "known"))
    for column in _COLUMNS
)


def section(rows: Rows, scope: Scope) -> Section:
    """Share out those whose sex is known, in all and in each assignment and programme."""
    passages, notes = texts(rows, scope, *PARTS)
    base = scope.bases["participated"]
    counted = rows["report_arsrapport_equality"]
    tables = [_table(counted, "assignment", scope, "Efter uppdrag")]
    if len({row["programme"] for row in counted}) > 1:
        tables.append(_table(counted, "programme", scope, "Efter insats"))
    return Section(
        id="equality",
        title=TITLE,
        rule="Deltog i perioden. Andelar av dem vars kön är känt.",
        base=base,
        tables=tuple(tables),
        sentences=(
            Told(
                "Av deltagarna är {women_share} kvinnor och {men_share} män ({women} och {men}).",
                "assignment",
            ),
        ),
        notes=notes,
        warnings=check((row["enrolments"] for row in counted), base, "Könen"),
        texts=passages,
    )


def _table(counted: Sequence[Record], by: str, scope: Scope, title: str) -> Table:
    groups: dict[str, Counter[str]] = {}
    for row in counted:
        sex = row["sex"] if row["sex"] in _KNOWN else UNKNOWN
        groups.setdefault(row[by] or MISSING_KEY, Counter())[sex] += row["enrolments"]
    total = sum(groups.values(), Counter())
    names = code_names(scope.codes, by, set(groups) - {MISSING_KEY}) | {MISSING_KEY: MISSING_LABEL}
    table = Table(
        by,
        _COLUMNS if total[UNKNOWN] else _ALL_KNOWN,
        tuple(
            Row(key, (name, *_cells(groups.get(key, Counter()))), rare=True)
            for key, name in names.items()
        ),
        title=title,
        total=Row(ALL, ("Alla", *_cells(total))),
        of="participated",
        by=by,
        adds=True,
    )
    return without(table, *(sex for sex in ("other", UNKNOWN) if not total[sex]))


def _cells(counts: Counter[str]) -> tuple[int | float | None, ...]:
    women, men, other = (counts[sex] for sex in _KNOWN)
    known = women + men + other
    return women, share(women, known), men, share(men, known), other, known, counts[UNKNOWN]
