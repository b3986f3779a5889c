"""Aftercare: the contacts after closure, by purpose and one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from finsam_tui.domain.shares import mean
from finsam_tui.report import scope as scopes
from finsam_tui.report.model import Column, Row, Section, Table, Told
from finsam_tui.report.sections._common import COUNT, GROUP, MISSING_KEY, MISSING_LABEL
from finsam_tui.report.sections.helarsrapport._cases import case_notes, cases
from finsam_tui.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from finsam_tui.report.scope import Record, Rows, Scope

TITLE = "Punktinsatser efter avslut"
QUERIES = ("report_helar_aftercare", "report_helar_aftercare_list")

_OF = "aftercare"  # whom the counts are of
MOST = 15  # purposes with a row of their own; people write them freely

_SUMS = (
    GROUP,
    COUNT,
    Column("noted", "Med tid", within=("minutes=noted",)),
    Column("minutes", "Minuter", "number", 0, made_of=("noted",)),
    Column("mean", "Medel", "number", 0, made_of=("noted",)),
)
_LISTED = (
    Column("months", "Mån", "number", 0),
    Column("purpose", "Syfte", "text"),
    Column("minutes", "Min", "number", 0),
    Column("comment", "Kommentar", "text"),
    Column("result", "Effekt", "text"),
)
SENTENCE = Told(
    "{count|punktinsats|punktinsatser} har gjorts efter {base.enrolments|avslutad inskrivning|"
    "avslutade inskrivningar}.",
    "sums",
    "made",
)


class Contacts(NamedTuple):
    """How many there are, and the minutes of those where they were noted."""

    made: int
    noted: int
    minutes: int

    def row(self, key: str, name: str, *, rare: bool = False) -> Row:
        """Return them as a line of a table."""
        minutes = self.minutes if self.noted else None
        cells = (self.made, self.noted, minutes, mean(self.minutes, self.noted, 0))
        return Row(key, (name, *cells), rare=rare)


def section(rows: Rows, _scope: Scope) -> Section:
    """Add up the contacts, also by purpose, the most common first, and list them without names."""
    counted = rows["report_helar_aftercare"]
    listed = [
        (row["months_after"], row["purpose"], row["minutes"], row["comment"], row["result"])
        for row in rows["report_helar_aftercare_list"]
    ]
    every = _added(counted)
    return Section(
        id="aftercare",
        title=TITLE,
        rule="Gjorda i perioden, även efter avslut före den; underlaget är inskrivningar med "
        "någon punktinsats.",
        base=scopes.base(counted, "enrolments", "persons", of="supported_after"),
        tables=(
            Table("sums", _SUMS, (every.row("made", "Punktinsatser")._replace(of=_OF),)),
            _purposes(counted),
            cases("aftercare", _LISTED, listed, "Varje punktinsats, månader efter avslut"),
        ),
        sentences=(SENTENCE,),
        notes=case_notes(len(listed), every.made, "sums", "made"),
    )


def _added(rows: Iterable[Record]) -> Contacts:
    every = list(rows)
    return Contacts(
        *(sum(row[column] or 0 for row in every) for column in ("contacts", "noted", "minutes"))
    )


def _purposes(counted: Iterable[Record]) -> Table:
    """Return the purposes as people write them, whatever their case; the rarest together.

    What is written freely can be about somebody, so it stays inside as the list does.
    """
    found: dict[str, list[Record]] = {}
    for row in counted:
        found.setdefault(fold(row["purpose"] or ""), []).append(row)
    unknown = found.pop("", [])
    ranked = sorted(found.values(), key=lambda rows: (-_added(rows).made, _called(rows)))
    lines = [
        _added(rows).row(str(place), _called(rows)) for place, rows in enumerate(ranked[:MOST], 1)
    ]
    if rest := ranked[MOST:]:
        together = _added(row for rows in rest for row in rows)
        lines.append(together.row("rest", f"{len(rest)} andra syften"))
    lines.append(_added(unknown).row(MISSING_KEY, MISSING_LABEL, rare=True))
    return Table(
        "purposes",
        _SUMS,
        tuple(lines),
        title="Efter syfte",
        of=_OF,
        by="purpose",
        adds=True,
        cases=True,
    )


def _called(rows: Iterable[Record]) -> str:
    """Return what most call a purpose."""
    return str(max(rows, key=lambda row: int(row["contacts"]))["purpose"])
