"""Age at the start of the enrolment, in bands of the reader's choice, by sex."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.report.model import Chart, Section, Told
from finsam_tui.report.sections._common import Counts, by_sex, check, sex_table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from finsam_tui.report.scope import Rows, Scope

    Band = tuple[int, int | None]

TITLE = "Åldersfördelning"
QUERIES = ("report_sus_age",)

_UNDER, _OVER = "under", "over"


def section(rows: Rows, scope: Scope) -> Section:
    """Share out those who started over the bands; ages outside all of them have rows of theirs."""
    base = scope.bases["started"]
    bands = scope.options.age_bands
    counts = _banded(by_sex(rows["report_sus_age"], "age"), bands)
    table = sex_table("age", counts, _names(bands, counts), of=base.of, by="age")
    return Section(
        id="age",
        title=TITLE,
        rule="Startade i perioden. Ålder i hela år vid start.",
        base=base,
        tables=(table,),
        sentences=(_sentence(counts),),
        warnings=check((c.all for c in counts.values()), base, "Åldrarna"),
        charts=(Chart("age", ("count",)),),
    )


def _banded(ages: Mapping[str | None, Counts], bands: Sequence[Band]) -> dict[str | None, Counts]:
    """Return key of the band → counts; None for those without a date of birth."""
    found: dict[str | None, Counts] = {}
    for age, counts in ages.items():
        key = None if age is None else _band(int(age), bands)
        found[key] = found.get(key, Counts()) + counts
    return found


def _band(age: int, bands: Sequence[Band]) -> str:
    for first, last in bands:
        if age >= first and (last is None or age <= last):
            return _key((first, last))
    return _UNDER if age < bands[0][0] else _OVER


def _key(band: Band) -> str:
    first, last = band
    return f"{first}-" if last is None else f"{first}-{last}"


def _names(bands: Sequence[Band], counts: Mapping[str | None, Counts]) -> dict[str, str]:
    """Return key → label of the bands, and of ages outside them where there are any."""
    names = {_key(band): _label(band) for band in bands}
    under = {_UNDER: f"Under {bands[0][0]}"} if _UNDER in counts else {}
    over = {_OVER: "Övriga åldrar"} if _OVER in counts else {}
    return under | names | over


def _label(band: Band) -> str:
    first, last = band
    return f"{first} och äldre" if last is None else f"{first}–{last}"


def _sentence(counts: Mapping[str | None, Counts]) -> Told:
    """Tell the largest band."""
    known = {key: c.all for key, c in counts.items() if key is not None}
    largest = max(known, key=lambda key: known[key], default="")
    return Told("Störst är gruppen {group}: {count} ({share}).", "age", largest)
