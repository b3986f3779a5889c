"""Who works or studies after the programme, and who of these got that, or more of it, in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.domain.shares import share
from finsam_tui.report.model import Chart, Column, Row, Section, Table, Told
from finsam_tui.report.sections._common import (
    ALL,
    BY_SEX,
    MISSING_KEY,
    MISSING_LABEL,
    Counts,
    by_sex,
    check,
    without,
)
from finsam_tui.report.sections.sus._occupation import BUSY, CLOSURE, QUERY, START

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from finsam_tui.report.scope import Record, Rows, Scope

    BySex = Mapping[str | None, Counts]

TITLE = "Arbetar och/eller studerar efter insats"
QUERIES = (QUERY,)

_NOBODY = Counts()
_OF_CLOSED = Column("closed_share", "Av avslutade", "share", made_of=("count",))
_SENTENCES = (
    Told(
        "{yes.count} av {all.count} avslutade ({yes.closed_share}) arbetar och/eller studerar "
        "efter insatsen; av dem med uppgift vid avslut är det {yes.share}.",
        "after",
    ),
    Told(
        "Av dem som går att jämföra med start har {more.count} ({more.share}) fått eller ökat "
        "arbete eller studier.",
        "gains",
    ),
)
_NOTE = (
    "Fått: varken arbete eller studier vid start. Ökat: större sammanlagd omfattning än vid start. "
    "Uppgift saknas där start eller omfattning inte är känd."
)


def section(rows: Rows, scope: Scope) -> Section:
    """Count those who closed; shares of all of them, as SUS had, and of those with an answer."""
    base = scope.bases["closed"]
    after = _counts(rows[QUERY], _after)
    gains = _counts([row for row in rows[QUERY] if _after(row) == "yes"], _gain)
    return Section(
        id="work_or_studies",
        title=TITLE,
        rule="Avslutade i perioden: arbete, med stöd eller utan, eller studier vid avslut, jämfört "
        "med start.",
        base=base,
        tables=(_after_table(after, base.of), _gains_table(gains, base.of)),
        sentences=_SENTENCES,
        notes=(_NOTE,),
        warnings=check((c.all for c in after.values()), base, "Arbete och studier"),
        charts=(Chart("gains", ("count",), title="Har fått eller ökat arbete eller studier"),),
    )


def _counts(rows: Iterable[Record], told: Callable[[Record], str | None]) -> BySex:
    """Return what is told of a row → the enrolments by sex."""
    named = ({"is": told(row), **{k: row[k] for k in ("sex", "enrolments")}} for row in rows)
    return by_sex(named, "is")


def _after(row: Record) -> str | None:
    if row[CLOSURE] is None:
        return None
    return "yes" if row[CLOSURE] & BUSY else "no"


def _gain(row: Record) -> str | None:
    """Return what became of the work or studies of somebody who has them at closure."""
    if row[START] is None:
        return None
    if not row[START] & BUSY:
        return "got"
    return {1: "increased", 0: "same"}.get(row["more"])


def _after_table(found: BySex, of: str) -> Table:
    yes, no, unknown = (found.get(key, _NOBODY) for key in ("yes", "no", None))
    known, all_ = (yes + no).all, yes + no + unknown
    rows = (
        _row("yes", "Arbetar och/eller studerar", yes, known, all_.all),
        _row("no", "Varken arbetar eller studerar", no, known, all_.all),
        _row(MISSING_KEY, MISSING_LABEL, unknown, None, all_.all),
    )
    total = _row(ALL, "Summa", all_, None, all_.all)
    columns = (*BY_SEX, _OF_CLOSED)
    table = Table("after", columns, rows, total=total, of=of, by="work_or_studies", adds=True)
    return table if all_.other else without(table, "other")


def _gains_table(found: BySex, of: str) -> Table:
    got, increased, same, unknown = (
        found.get(key, _NOBODY) for key in ("got", "increased", "same", None)
    )
    more = got + increased
    known, all_ = (more + same).all, more + same + unknown
    rows = (
        _row("more", "Har fått eller ökat arbete eller studier", more, known),
        _row("got", "därav fått", got, known)._replace(depth=1),
        _row("increased", "därav ökat omfattning", increased, known)._replace(depth=1),
        _row("same", "Samma omfattning eller mindre", same, known),
        _row(MISSING_KEY, MISSING_LABEL, unknown, None),
    )
    table = Table(
        "gains",
        BY_SEX,
        rows,
        title="De som arbetar och/eller studerar efter insats",
        total=_row(ALL, "Summa", all_, None)._replace(of=of, within=("work_or_studies=yes",)),
        of="working_or_studying",
        by="gain",
        adds=True,
    )
    return table if all_.other else without(table, "other")


def _row(key: str, name: str, counts: Counts, *wholes: int | None) -> Row:
    """Return a row with its share of each of `wholes`; none of None."""
    shares = (None if whole is None else share(counts.all, whole) for whole in wholes)
    return Row(key, (name, *counts, counts.all, *shares))
