"""The target group: who those who began are, and the typical one of them in a few sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.domain.shares import mean, share
from finsam_tui.report.model import Column, Row, Section, Table, Told
from finsam_tui.report.sections._common import (
    ALL,
    BY_SEX,
    COUNT,
    GROUP,
    MISSING_KEY,
    Counts,
    by_sex,
    check,
    code_names,
    missing,
    sex_table,
    some,
    without,
)
from finsam_tui.report.sections.sus import age, education, public_support_time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finsam_tui.forms.codes import Codes
    from finsam_tui.report.model import Base
    from finsam_tui.report.scope import Record, Rows, Scope

TITLE = "Målgruppen: nya deltagare"
_PARTS = (education, age, public_support_time)
_OWN = "report_helar_target_group"
QUERIES = (*dict.fromkeys(query for part in _PARTS for query in part.QUERIES), _OWN)

_INTERPRETER = {"yes": "Behöver tolk", "no": "Behöver inte tolk"}
_HOURS = (
    GROUP,
    COUNT._replace(within=("hours=noted",)),
    *(
        Column(key, name, "number", decimals, made_of=("count",))
        for key, name, decimals in (
            ("mean", "Medel", 1),
            ("lowest", "Minst", 0),
            ("highest", "Mest", 0),
        )
    ),
)
# Table → what its most common rows are called in the summary.
_COMMON = {
    "age": "Åldersgrupp",
    "education": "Högsta utbildning",
    "public_support_time": "Tid i offentlig försörjning före start",
    "livelihood": "Försörjning vid start",
}
_UNKNOWN = (MISSING_KEY, "unknown")  # an education that is not known is an answer, as in SUS
_NEEDS = (
    Told("{yes.count} behöver tolk ({yes.share} av dem med uppgift).", "interpreter"),
    Told(
        "Vid start var de i aktivitet i medel {mean} timmar i veckan ({count} med uppgift).",
        "hours",
        "hours",
    ),
)
_NOTES = (
    "Det vanligaste i varje tabell för sig behöver inte gälla samma deltagare.",
    "En deltagare kan ha flera försörjningar; raderna är då fler än deltagarna.",
)


def section(rows: Rows, scope: Scope) -> Section:
    """Tell of those who began what the tables of SUS do, their livelihoods and what they need."""
    base = scope.bases["started"]
    begun, lived_on = (
        [row for row in rows[_OWN] if row["asked"] == asked]
        for asked in ("interpreter", "livelihood")
    )
    parts = [part.section(rows, scope) for part in _PARTS]
    interpreter = by_sex(begun, "answer")
    tables = (
        *(table._replace(title=part.title) for part in parts for table in part.tables),
        _livelihood(lived_on, sum(interpreter.values(), Counts()), scope.codes),
        sex_table(
            "interpreter", interpreter, _INTERPRETER, of=base.of, by="interpreter", title="Tolk"
        ),
        _hours(begun),
    )
    common = [_common(table) for table in tables if table.id in _COMMON]
    return Section(
        id="target_group",
        title=TITLE,
        rule="Startade i perioden, efter det som var känt vid start.",
        base=base,
        tables=tables,
        sentences=some(_sexes(base), *common, *_NEEDS),
        notes=_NOTES,
        warnings=check((c.all for c in interpreter.values()), base, "Målgruppen"),
        charts=tuple(chart for part in parts for chart in part.charts),
    )


def _sexes(base: Base) -> Told:
    other = ", {base.other} annat eller okänt" if base.other else ""
    words = "Av {base.enrolments} startade är {base.women} kvinnor och {base.men} män"
    return Told(f"{words}{other}.", "age")


def _livelihood(told: Sequence[Record], started: Counts, codes: Codes) -> Table:
    """Return the livelihoods at start, of which one can have several, with shares of people."""
    counts = by_sex(told, "answer")
    known = sum(by_sex(told, "answer", "firsts").values(), Counts())
    unknown = Counts(*(every - some for every, some in zip(started, known, strict=True)))
    lines = [
        Row(
            key,
            (name, *(c := counts.get(key, Counts())), c.all, share(c.all, known.all)),
            rare=True,
        )
        for key, name in code_names(codes, "livelihood", counts).items()
    ]
    total = ("Startade", *started, started.all, share(known.all, known.all))
    table = Table(
        "livelihood",
        BY_SEX,
        (*lines, missing(*unknown, unknown.all, None)),
        title="Försörjning vid start",
        total=Row(ALL, total),
        of="started",
        by="livelihood_start",
    )
    return table if started.other else without(table, "other")


def _hours(told: Sequence[Record]) -> Table:
    noted = [row for row in told if row["noted"]]
    count = sum(row["noted"] for row in noted)
    figures = (
        count,
        mean(sum(row["hours"] for row in noted), count),
        min((row["least"] for row in noted), default=None),
        max((row["most"] for row in noted), default=None),
    )
    line = Row("hours", ("Timmar i veckan", *figures))
    return Table("hours", _HOURS, (line,), title="Aktivitet vid start", of="started", by="activity")


def _common(table: Table) -> Told | None:
    """Tell the most common row and the next; nothing where nobody is counted."""
    place = [column.key for column in table.columns].index("count")
    known = [row for row in table.rows if row.key not in _UNKNOWN and row.cells[place]]
    ranked = sorted(known, key=lambda row: -_count(row, place))[:2]
    if not ranked:
        return None
    named = [f"{{{row.key}.group}} {{{row.key}.count}} ({{{row.key}.share}})" for row in ranked]
    return Told(f"{_COMMON[table.id]}, vanligast först: {', '.join(named)}.", table.id)


def _count(row: Row, place: int) -> int:
    count = row.cells[place]
    assert isinstance(count, int)  # noqa: S101 - a count of a table just made
    return count
