"""What an export leaves out because its user may not see it: whole rows, and whole columns.

Nothing is emptied, for an import would empty it in the register: what is not there is left alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from finsam_tui.storage import bulk, export_rights
from finsam_tui.storage.access import PROTECTED, SCREENED, SCREENING
from finsam_tui.text import plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finsam_tui.exchange.tables import Column, Table
    from finsam_tui.forms.field import Value
    from finsam_tui.storage.register import Register

    Rows = list[tuple[Value, ...]]

_PEOPLE = "{} med alla sina rader är inte med: {}"
_SCREENINGS = "{} är inte med: {}"
_ANSWERS = (
    "Svaren i våldsscreeningarna är inte med, bara om någon är utsatt, och för vad: vad någon har "
    "gjort mot andra visas bara för deltagarens egen coach."
)


class Sieve:
    """Lets through what the user may see; of `everybody`, where nobody can be recognised."""

    def __init__(self, register: Register, *, everybody: bool) -> None:
        self._register = register
        self._people = frozenset() if everybody else export_rights.hidden_people(register)
        keys = [(id_,) for id_ in self._people]
        found = bulk.find(register.conn, "enrolment", ("id",), ("participant_id",), keys)
        self._enrolments = frozenset(id_ for (id_,) in found)
        self._answers = export_rights.answers(register)
        self._screenings = 0  # left out

    def lets(self, table: Table, column: Column) -> bool:
        """Return whether a column leaves."""
        if table.table != SCREENING:
            return True
        if column.role == "answers":
            return self._answers == "seen"
        return column.name != export_rights.OF_ALL or self._answers != "hidden"

    def sift(self, table: Table, names: Sequence[str], rows: Rows) -> Rows:
        """Return those of the rows that leave; `names` are their columns."""
        for name, hidden in self._hidden(table):
            if hidden and name in names:
                at = names.index(name)
                rows = [row for row in rows if row[at] not in hidden]
        if table.table == SCREENING:
            at = names.index("enrolment_id")
            asked = {cast("int", row[at]) for row in rows}
            seen = export_rights.screenings_seen(self._register, asked)
            self._screenings += len(rows)
            rows = [row for row in rows if row[at] in seen]
            self._screenings -= len(rows)
        return rows

    def _hidden(self, table: Table) -> tuple[tuple[str, frozenset[int]], ...]:
        own = "id" if table.table == "participant" else "participant_id"
        return (own, self._people), ("enrolment_id", self._enrolments)

    def told(self) -> list[str]:
        """Return what has been left out, a sentence each, once all rows have passed."""
        told = []
        if self._people:
            told.append(
                _PEOPLE.format(plural(len(self._people), "deltagare", "deltagare"), PROTECTED)
            )
        if self._screenings:
            count = plural(self._screenings, "våldsscreening", "våldsscreeningar")
            told.append(_SCREENINGS.format(count, SCREENED))
        if self._answers == "hidden":
            told.append(_ANSWERS)
        return told
