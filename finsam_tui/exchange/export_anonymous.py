"""Rows as nobody's: what can be counted leaves, and nothing that tells who it is about.

What stays is told by the columns' kinds, so that a new one stays by itself: long texts, numbers to
find or phone somebody by, hours of the day, and short texts but for those of tables about the
association. So do the names of the staff, and who has protected details. Of a birth date the year
leaves; of where somebody with protected details lives, nothing. Ids are made anew in an order of
chance, others each time, and the rows come in their order.
"""

from __future__ import annotations

import secrets
from array import array
from typing import TYPE_CHECKING, cast

from finsam_tui.storage import bulk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from finsam_tui.exchange.exporting import Columns
    from finsam_tui.exchange.tables import Column, Table
    from finsam_tui.forms.field import Value
    from finsam_tui.storage.driver import Connection

# Tables about the association: their short texts are names and words of its own.
_OWN = {"förbund", "kommuner", "insatser", "insatsår", "mål", "strukturinsatser", "jämförelser"}
_TELLING = {"long_text", "phone", "personal_id", "moment"}  # kinds of fields
_MIDDLE = "07-01"  # of the year: what stands in the place of a birthday
_BATCH = 1000


class Anonymous:
    """The manner of leaving of rows that are nobody's any more."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._prefix = secrets.token_hex(4)
        self._orders: dict[str, _Order] = {}

    def columns(self, table: Table) -> tuple[Column, ...]:
        """Return the columns that tell nobody; none where the table is nothing without others."""
        lost = [column for column in table.columns if _tells(table, column)]
        if any(column.required for column in lost):
            return ()
        return tuple(column for column in table.columns if column not in lost)

    def batches(self, table: Table, names: Sequence[str]) -> Iterator[list[tuple[Value, ...]]]:
        """Yield the rows in the order of the ids that they, or the enrolments they are of, get."""
        by, of = _ordered_by(table)
        if not of:
            yield from bulk.stream(self._conn, table.table, names, ("rowid",))
            return
        order = self._order(of)
        at = names.index(by)
        for olds in order.batches():
            rows = list(bulk.find(self._conn, table.table, names, (by,), [(id_,) for id_ in olds]))
            rows.sort(key=lambda row: (order.new(row[at]), row[0]))
            yield rows

    def ids(self, table: str, rows: Iterable[tuple[int, str | None]]) -> dict[int, str]:
        """Return an id that no file and no other export has."""
        order = self._order(table)
        return {id_: f"{self._prefix}-{order.new(id_)}" for id_, _ in rows}

    def change(self, table: Table, columns: Columns) -> None:
        """Leave the year of the birth dates, and no place of those with protected details."""
        if table.table != "participant":
            return
        known = zip(columns["birth_date"], columns["personal_id"], strict=True)
        columns["birth_date"] = [_year(birth or number) for birth, number in known]
        places = zip(columns["municipality"], columns["protection"], strict=True)
        columns["municipality"] = [
            place if protection == "none" else None for place, protection in places
        ]

    def _order(self, table: str) -> _Order:
        if table not in self._orders:
            self._orders[table] = _Order(bulk.highest_id(self._conn, table))
        return self._orders[table]


class _Order:
    """The numbers of a table's rows in an order of chance: eight bytes a row, and no row."""

    def __init__(self, highest: int) -> None:
        self._olds = array("I", range(1, highest + 1))
        secrets.SystemRandom().shuffle(self._olds)
        self._news = array("I", bytes(self._olds.itemsize * (highest + 1)))
        for new, old in enumerate(self._olds, start=1):
            self._news[old] = new

    def new(self, old: int) -> int:
        """Return the number that a row gets."""
        return self._news[old]

    def batches(self) -> Iterator[array[int]]:
        """Yield the numbers that the rows have, in the order of those that they get."""
        for start in range(0, len(self._olds), _BATCH):
            yield self._olds[start : start + _BATCH]


def _tells(table: Table, column: Column) -> bool:
    """Return whether a column can tell who somebody is, or of whom something is told."""
    if column.role != "value":
        return False
    field = column.field
    written = field.kind == "text" and field.name not in table.derived
    free = written and table.name not in _OWN
    return free or field.kind in _TELLING or field.codes == "staff" or field.name == "protection"


def _ordered_by(table: Table) -> tuple[str, str]:
    """Return the column whose row gives the order, and the table of that row; "" without one."""
    if table.own_id is not None:
        return "id", table.table
    linked = any(link.name == "enrolment_id" for link in table.links)
    return ("enrolment_id", "enrolment") if linked else ("", "")


def _year(known: Value) -> Value:
    return f"{cast('str', known)[:4]}-{_MIDDLE}" if known else None
