"""Writes a batch's rows: new ones inserted, changed ones updated, unchanged ones left alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from finsam_tui.exchange.matching import stored_columns
from finsam_tui.storage import bulk

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from finsam_tui.exchange.batch import Batch
    from finsam_tui.exchange.matching import Stored
    from finsam_tui.exchange.tables import Column, Table
    from finsam_tui.exchange.work import Tally, Work
    from finsam_tui.forms.field import Value

    Id = int | str


@dataclass(frozen=True, slots=True)
class Values:
    """The table that holds the several values of a column, a row each."""

    name: str  # of the column
    table: str
    owner: str
    columns: tuple[str, ...]

    def rows(self, owner: Id, value: Value) -> list[tuple[object, ...]]:
        """Return the rows of one record's values."""
        return self.all_rows([(owner, value)])

    def all_rows(self, given: Iterable[tuple[Id, Value]]) -> list[tuple[object, ...]]:
        """Return the rows of many records' values."""
        if len(self.columns) > 1:
            pairs = cast("Iterable[tuple[Id, tuple[tuple[object, ...], ...]]]", given)
            return [(owner, *pair) for owner, value in pairs if value for pair in value]
        keys = cast("Iterable[tuple[Id, tuple[str, ...]]]", given)
        return [(owner, key) for owner, value in keys if value for key in value]


def values_of(table: Table, column: Column) -> Values:
    """Return where the register keeps the values of a column that holds several."""
    owner = f"{table.table}_id"
    if column.role == "answers":
        return Values(column.name, "screening_answer", owner, ("item", "answer"))
    extent = ("extent",) if column.field.kind == "extents" else ()
    return Values(column.name, column.field.values_table, owner, (column.name, *extent))


class Writer:
    """Writes the rows of one table, in bulk: new rows get the ids above the highest one."""

    def __init__(self, table: Table, columns: Iterable[Column], work: Work, tally: Tally) -> None:
        self._table = table
        self._conn = work.conn
        self._tally = tally
        own = [c for c in columns if c.role in ("several", "answers")]
        self._several = [values_of(table, column) for column in own]
        given = {c.name for c in columns} | set(table.derived)
        self._columns = tuple(name for name in stored_columns(table) if name in given)
        self._named = any(c.name == "id" for c in table.columns)  # its ids are words
        self._first = self._next = 1 if self._named else work.before(table.table) + 1

    def write(self, batch: Batch, matched: Mapping[int, Stored]) -> None:
        """Write the sound rows of a batch; `matched` are the stored rows by place."""
        sound = batch.sound()
        self._update(batch, {i: matched[i] for i in sound if i in matched})
        self._insert(batch, [i for i in sound if i not in matched])

    def _insert(self, batch: Batch, places: list[int]) -> None:
        if not places:
            return
        self._tally.new += len(places)
        ids = self._new_ids(batch, places)
        names = [name for name in self._columns if name != "id"]
        given = [batch.column(name, places) for name in names]
        rows = zip(ids, *given, strict=True)
        bulk.insert(self._conn, self._table.table, ("id", *names), rows)
        for several in self._several:
            pairs = zip(ids, batch.column(several.name, places), strict=True)
            wanted = several.all_rows(pairs)
            bulk.insert(self._conn, several.table, (several.owner, *several.columns), wanted)
        if self._named:
            self._note([(id_, id_) for id_ in ids])

    def _new_ids(self, batch: Batch, places: list[int]) -> list[Id]:
        if self._named:
            return [cast("Id", batch.values["id"][i]) for i in places]
        first = self._next
        self._next += len(places)
        return list(range(first, self._next))

    @property
    def tables(self) -> list[str]:
        """The tables that rows are inserted into."""
        return [self._table.table, *(several.table for several in self._several)]

    def finish(self) -> None:
        """Tell the audit of the new rows: their ids are one run."""
        if self._next > self._first:
            self._note([(self._first, self._next - 1)])

    def _note(self, runs: list[tuple[Id, Id]]) -> None:
        for table in self.tables:
            for first, last in runs:
                bulk.note_insert(self._conn, table, first, last)

    def _update(self, batch: Batch, matched: Mapping[int, Stored]) -> None:
        old = {several.name: self._stored(several, matched) for several in self._several}
        changed = []
        for index, stored in matched.items():
            row = tuple(batch.values[name][index] for name in self._columns)
            id_ = cast("Id", stored["id"])
            several = self._replace(batch, index, id_, old)
            if several or any(stored[n] != v for n, v in zip(self._columns, row, strict=True)):
                changed.append((*row, id_))
        self._tally.changed += len(changed)
        self._tally.unchanged += len(matched) - len(changed)
        bulk.update(self._conn, self._table.table, self._columns, changed)

    def _stored(
        self, several: Values, matched: Mapping[int, Stored]
    ) -> dict[object, list[tuple[object, ...]]]:
        """Return id → the rows of its values in the register."""
        columns = (several.owner, *several.columns)
        keys = [(stored["id"],) for stored in matched.values()]
        found: dict[object, list[tuple[object, ...]]] = {}
        for row in bulk.find(self._conn, several.table, columns, (several.owner,), keys):
            found.setdefault(row[0], []).append(tuple(row))
        return found

    def _replace(
        self,
        batch: Batch,
        index: int,
        id_: Id,
        old: Mapping[str, Mapping[object, list[tuple[object, ...]]]],
    ) -> bool:
        """Replace the values of a record that the file has otherwise; return whether it had."""
        changed = False
        for several in self._several:
            wanted = several.rows(id_, batch.values[several.name][index])
            stored = old[several.name].get(id_, [])
            if set(wanted) == set(stored):
                continue
            changed = True
            bulk.delete(self._conn, several.table, (several.owner,), [(id_,)])
            names = (several.owner, *several.columns)
            bulk.insert_noted(self._conn, several.table, names, wanted)
        return changed
