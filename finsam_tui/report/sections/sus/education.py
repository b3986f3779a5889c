"""Education of those who started, by sex, with every group's share of all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.domain.shares import share
from finsam_tui.report.model import Chart, Column, Row, Section, Table, Told
from finsam_tui.report.sections._common import (
    ALL,
    COUNT,
    GROUP,
    MEN,
    OTHER,
    SEXES,
    SHARE,
    WOMEN,
    Counts,
    by_sex,
    check,
    code_names,
    missing,
    without,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from finsam_tui.forms.codes import Codes
    from finsam_tui.report.model import Cell
    from finsam_tui.report.scope import Rows, Scope

TITLE = "Utbildningsnivå"
QUERIES = ("report_sus_started",)


def _share_of(sex: Column) -> Column:
    return SHARE._replace(key=f"{sex.key}_share", made_of=(sex.key,))


_COLUMNS = (
    GROUP,
    *(column for sex in (WOMEN, MEN, OTHER) for column in (sex, _share_of(sex))),
    COUNT._replace(parts=tuple(SEXES)),
    SHARE,
)


def section(rows: Rows, scope: Scope) -> Section:
    """Share out those who started; a sex's shares are of everybody, as SUS had them."""
    base = scope.bases["started"]
    counts = by_sex(rows["report_sus_started"], "education")
    known = {key: c.all for key, c in counts.items() if key is not None}
    largest = max(known, key=lambda key: known[key], default="")
    return Section(
        id="education",
        title=TITLE,
        rule="Startade i perioden. Högsta slutförda utbildning vid start.",
        base=base,
        tables=(_table(counts, scope.codes, base.of),),
        sentences=(Told("Vanligast är {group}: {count} ({share}).", "education", largest),),
        notes=("Andelarna är av alla med uppgift, inte av kvinnor och män för sig.",),
        warnings=check((c.all for c in counts.values()), base, "Utbildningarna"),
        charts=(Chart("education", ("women", "men")),),
    )


def _table(counts: Mapping[str | None, Counts], codes: Codes, of: str) -> Table:
    names = code_names(codes, "education", counts)
    unknown = counts.get(None, Counts())
    total = sum(counts.values(), Counts())
    answered = sum((c for key, c in counts.items() if key is not None), Counts())
    known = answered.all
    rows = (
        *(
            Row(key, (name, *_cells(counts.get(key, Counts()), known)))
            for key, name in names.items()
        ),
        missing(*_cells(unknown, None)),
    )
    shares = [share(count, known) for count in (*answered, answered.all)]
    sums = [cell for pair in zip((*total, total.all), shares, strict=True) for cell in pair]
    table = Table(
        "education",
        _COLUMNS,
        rows,
        total=Row(ALL, ("Slutsumma", *sums)),
        of=of,
        by="education",
        adds=True,
    )
    return table if total.other else without(table, "other", "other_share")


def _cells(counts: Counts, known: int | None) -> tuple[Cell, ...]:
    """Return each count with its share of those `known`; none of those who are not."""
    pairs = ((n, None if known is None else share(n, known)) for n in (*counts, counts.all))
    return tuple(cell for pair in pairs for cell in pair)
