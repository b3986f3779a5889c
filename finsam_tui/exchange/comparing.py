"""Compares rows of a file with those of the register: what is the same needs nothing more."""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, cast

from finsam_tui.exchange.matching import stored_columns
from finsam_tui.storage import bulk, kept_answers

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from finsam_tui.exchange.batch import Batch
    from finsam_tui.exchange.matching import Stored
    from finsam_tui.exchange.tables import Column, Table
    from finsam_tui.exchange.work import Work
    from finsam_tui.forms.field import Value
    from finsam_tui.storage.driver import Connection

    Id = int | str
    Rows = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Values:
    """The table that holds the several values of a column, a row each."""

    name: str  # of the column
    table: str
    owner: str
    columns: tuple[str, ...]

    def rows(self, given: Iterable[tuple[Id, Value]]) -> list[Rows]:
        """Return the rows of many records' values."""
        if len(self.columns) > 1:
            pairs = cast("Iterable[tuple[Id, tuple[tuple[object, ...], ...]]]", given)
            return [(owner, *pair) for owner, value in pairs if value for pair in value]
        keys = cast("Iterable[tuple[Id, tuple[str, ...]]]", given)
        return [(owner, key) for owner, value in keys if value for key in value]

    def compared(
        self, conn: Connection, batch: Batch, matched: Mapping[int, Stored]
    ) -> tuple[set[Rows], set[Rows]]:
        """Return the rows of the matched records in the file, and those in the register."""
        ids = [cast("Id", stored[0]) for stored in matched.values()]
        given = zip(ids, batch.column(self.name, list(matched)), strict=True)
        columns, keys = (self.owner, *self.columns), [(id_,) for id_ in ids]
        stored = bulk.find(conn, self.table, columns, (self.owner,), keys)
        return set(self.rows(given)), set(stored)


def values_of(table: Table, column: Column) -> Values:
    """Return where the register keeps the values of a column that holds several."""
    owner = f"{table.table}_id"
    if column.role == "answers":
        return Values(column.name, f"{table.table}_answer", owner, ("item", "answer"))
    extent = ("extent",) if column.field.kind == "extents" else ()
    return Values(column.name, column.field.values_table, owner, (column.name, *extent))


def several_of(table: Table, columns: Iterable[Column], conn: Connection) -> list[Values]:
    """Return where the register keeps those of the columns that hold several values."""
    found = [values_of(table, c) for c in columns if c.role in ("several", "answers")]
    return [values for values in found if kept_answers.kept(conn, values.table)]


class Cells:
    """The columns of the register's row that a file fills, in the order of `names`."""

    def __init__(self, table: Table, given: Collection[str]) -> None:
        stored = stored_columns(table)
        self.names = tuple(name for name in stored if name in given)
        self._all = self.names == stored
        self._places = [1 + stored.index(name) for name in self.names]  # the id comes first

    def rows(self, batch: Batch, places: Sequence[int]) -> list[tuple[Value, ...]]:
        """Return the rows of a batch at `places`."""
        return list(zip(*(batch.column(name, places) for name in self.names), strict=True))

    def stored(self, row: Stored) -> tuple[Value, ...]:
        """Return the same columns of a stored row."""
        return row[1:] if self._all else tuple([row[place] for place in self._places])


class Comparer:
    """Passes over rows that are in the register just as they are in the file.

    What is stored has been checked, so it is not checked again: unless this import has changed
    something before, which the rules may ask about.
    """

    def __init__(self, table: Table, columns: Sequence[Column], work: Work) -> None:
        self._work = work
        self._several = several_of(table, columns, work.conn)
        # What is not kept cannot be compared; what follows from it is, as the row is written.
        self._unseen = any(c.role == "answers" for c in columns) and not self._several
        self._cells = Cells(table, {c.name for c in columns})

    def changed(self, batch: Batch, matched: dict[int, Stored]) -> dict[int, Stored]:
        """Return the matched rows without those that are the same: these are `batch.unchanged`."""
        if self._work.changed or self._unseen or not matched:
            return matched
        differ: set[object] = set()
        for several in self._several:
            wanted, stored = several.compared(self._work.conn, batch, matched)
            differ.update(map(itemgetter(0), wanted ^ stored))
        left = {}
        for place, row in zip(matched, self._cells.rows(batch, list(matched)), strict=True):
            old = matched[place]
            if row == self._cells.stored(old) and old[0] not in differ:
                batch.unchanged.add(place)
            else:
                left[place] = old
        return left
