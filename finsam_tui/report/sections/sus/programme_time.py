"""Time in the programme of those who closed, in bands of begun months, by sex."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.report.model import Chart, Section, Told
from finsam_tui.report.sections._common import Counts, by_sex, check, sex_table
from finsam_tui.text import plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from finsam_tui.report.scope import Rows, Scope

TITLE = "Tid i samverkansinsats"
QUERIES = ("report_sus_closed",)

_NOBODY = Counts()


def section(rows: Rows, scope: Scope) -> Section:
    """Share out those who closed; the first month has begun on the day of the start."""
    base = scope.bases["closed"]
    width = scope.options.month_band
    counts = _banded(by_sex(rows["report_sus_closed"], "months"), width)
    names = _names(counts, width)
    largest = max(names, key=lambda key: counts.get(key, _NOBODY).all)
    return Section(
        id="programme_time",
        title=TITLE,
        rule="Avslutade i perioden. Påbörjade månader från start till avslut.",
        base=base,
        tables=(sex_table("programme_time", counts, names, of=base.of, by="months"),),
        sentences=(Told("Vanligast är {group}: {count} ({share}).", "programme_time", largest),),
        warnings=check((c.all for c in counts.values()), base, "Tiderna"),
        charts=(Chart("programme_time", ("women", "men"), kind="columns"),),
    )


def _banded(months: Mapping[str | None, Counts], width: int) -> dict[str | None, Counts]:
    """Return key of the band → counts."""
    found: dict[str | None, Counts] = {}
    for month, counts in months.items():
        key = _key((int(str(month)) - 1) // width, width)
        found[key] = found.get(key, _NOBODY) + counts
    return found


def _key(place: int, width: int) -> str:
    return f"{place * width + 1}-{(place + 1) * width}"


def _names(keys: Iterable[str | None], width: int) -> dict[str, str]:
    """Return key → label of the bands from the first month to the last that is reached."""
    last = max((int(str(key).partition("-")[2]) for key in keys), default=width)
    return {_key(place, width): _label(place, width) for place in range(last // width)}


def _label(place: int, width: int) -> str:
    first, last = place * width + 1, (place + 1) * width
    return plural(first, "månad", "månader") if width == 1 else f"{first}–{last} månader"
