"""Follow-up as a comparison: how those who answered the call live, beside how it was at closure.

The whole closed group's value at closure is the one usually printed. The fair one is that of those
who answered, and only those, for the others may have been people of another kind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.domain.shares import share
from finsam_tui.report import scope as scopes
from finsam_tui.report.model import Column, Parting, Row, Section, Table, Told
from finsam_tui.report.sections._common import GROUP, SHARE
from finsam_tui.report.sections.followup import TOLD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finsam_tui.report.model import Cell
    from finsam_tui.report.scope import Record, Rows, Scope

TITLE = "Uppföljning jämförd med avslut"
QUERIES = ("report_due", "report_mal_followup")

# Measure → (the name of its row, what a sentence says of those it is true of).
_MEASURES = {
    "own_livelihood": ("Utan offentlig försörjning", "utan offentlig försörjning"),
    "work_or_studies": ("I arbete eller studier", "i arbete eller studier"),
}
# When it is told → (the ending of its columns in the query, the headings of share and count): at
# the call, at closure of all whose call fell due, and at closure of those who told it at the call.
_WHEN = {
    "after": ("", "Efter", "Antal efter"),
    "closure": ("_closure", "Avslut, alla", "Antal alla"),
    "same": ("_same", "Avslut, samma", "Antal samma"),
}
_RESPONSE = (
    GROUP,
    Column("due", "Avslutade"),
    Column("consented", "Samtyckt", within=("consented",)),
    Column("sample", "Urval", within=(TOLD, "whole")),
    Column("answered", "Svar", within=(TOLD,)),
    SHARE._replace(made_of=("answered", "sample")),
)
_COMPARED = (
    GROUP,
    *(
        Column(f"{when}_share", head, "share", made_of=(when, f"{when}_of"))
        for when, (_, head, _) in _WHEN.items()
    ),
    *(
        column
        for when, (_, _, head) in _WHEN.items()
        for column in (
            Column(when, head, within=(when,)),
            Column(f"{when}_of", "av", within=(when, "whole")),
        )
    ),
)


def section(rows: Rows, _scope: Scope) -> Section:
    """Compare the calls that fell due in the period with closure, per number of months."""
    counted = rows["report_mal_followup"]
    base = scopes.base(rows["report_due"], "enrolments", "persons", of="due")
    months = sorted({int(row["months"]) for row in counted})
    return Section(
        id="followup",
        title=TITLE,
        rule="Avslutade vars samtal förföll i perioden. Efter: de som svarade. Alla och samma: vid "
        "avslut, av alla avslutade och av just dem som svarade.",
        base=base,
        tables=(
            Table("response", _RESPONSE, tuple(_response(m, _of(counted, m)) for m in months)),
            *(_compared(m, _of(counted, m)) for m in months),
        ),
        sentences=tuple(told for m in months for told in _sentences(m)),
        notes=(
            "Utan offentlig försörjning kan också vara utan någon försörjning alls.",
            "Svarsfrekvensen är svar av urvalet: alla utom ej samtycke, avlidna och utflyttade.",
        ),
        warnings=_warnings(rows, counted),
    )


def _of(counted: Sequence[Record], months: int) -> list[Record]:
    return [row for row in counted if int(row["months"]) == months]


def _sum(rows: Sequence[Record], column: str) -> int:
    return sum(row[column] for row in rows)


def _response(months: int, rows: Sequence[Record]) -> Row:
    due, consented, sample, answered = (
        _sum(rows, column) for column in ("due", "consented", "sample", "answered")
    )
    cells = (due, consented, sample, answered, share(answered, sample))
    return Row(str(months), (f"{months} månader efter", *cells), of=f"due_{months}")


def _compared(months: int, rows: Sequence[Record]) -> Table:
    return Table(
        f"compared_{months}",
        _COMPARED,
        tuple(
            Row(measure, (name, *_cells(measure, rows))) for measure, (name, _) in _MEASURES.items()
        ),
        title=f"{months} månader efter avslut",
        of=f"due_{months}",
        by="measure",
    )


def _cells(measure: str, rows: Sequence[Record]) -> tuple[Cell, ...]:
    """Return the shares that a measure has at each time, then what they are shares of what."""
    pairs = [
        (_sum(rows, f"{measure}{end}"), _sum(rows, f"{measure}{end}_told"))
        for end, _, _ in _WHEN.values()
    ]
    return (*(share(*pair) for pair in pairs), *(count for pair in pairs for count in pair))


def _sentences(months: int) -> tuple[Told, ...]:
    response = Told(
        f"Av {{sample}} i urvalet svarade {{answered}} ({{share}}) efter {months} månader.",
        "response",
        str(months),
    )
    compared = (
        Told(
            f"Av dem som svarade efter {months} månader var {{after_share}} {words}; vid avslut "
            "var det {closure_share} av alla och {same_share} av samma personer.",
            f"compared_{months}",
            measure,
        )
        for measure, (_, words) in _MEASURES.items()
    )
    return (response, *compared)


def _warnings(rows: Rows, counted: Sequence[Record]) -> tuple[Parting, ...]:
    """Return where the programmes' calls are not those that the follow-up itself counts."""
    due, others = _sum(counted, "due"), _sum(rows["report_due"], "calls")
    if due == others:
        return ()
    return (Parting("Samtalen", due, "insatsernas summa", others, "förfallna i perioden"),)
