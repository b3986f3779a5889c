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

    def rows(self, given: Iterable[tuple[Id, Value]]) -> list[tuple[object, ...]]:
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
        stored = ("id", *stored_columns(table))
        self._columns = tuple(name for name in stored[1:] if name in given)
        self._stored = tuple(stored.index(name) for name in self._columns)
        self._named = table.key == ("id",)  # its ids are words
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
        given = [batch.column(name, places) for name in self._columns]
        rows = zip(ids, *given, strict=True)
        bulk.insert(self._conn, self._table.table, ("id", *self._columns), rows)
        for several in self._several:
            pairs = zip(ids, batch.column(several.name, places), strict=True)
            wanted = several.rows(pairs)
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
        """Update the matched rows that differ, in a column or in their several values."""
        if not matched:
            return
        places = list(matched)
        rows = zip(*(batch.column(name, places) for name in self._columns), strict=True)
        differ = self._replace(batch, matched)
        changed = []
        for place, row in zip(places, rows, strict=True):
            stored = matched[place]
            if row != tuple([stored[at] for at in self._stored]) or stored[0] in differ:
                changed.append((*row, stored[0]))
            else:
                batch.unchanged.add(place)
        if "end_date" in self._columns:  # what is closed makes room for what is opened
            end = self._columns.index("end_date")
            changed.sort(key=lambda row: row[end] is None)
        self._tally.changed += len(changed)
        self._tally.unchanged += len(places) - len(changed)
        bulk.update(self._conn, self._table.table, self._columns, changed)

    def _replace(self, batch: Batch, matched: Mapping[int, Stored]) -> set[Value]:
        """Replace the several values that the file has otherwise; return the ids of their rows."""
        places = list(matched)
        ids = [cast("Id", stored[0]) for stored in matched.values()]
        differ: set[Value] = set()
        for several in self._several:
            columns = (several.owner, *several.columns)
            pairs = zip(ids, batch.column(several.name, places), strict=True)
            wanted = _by_owner(several.rows(pairs))
            keys = [(id_,) for id_ in ids]
            found = bulk.find(self._conn, several.table, columns, (several.owner,), keys)
            stored = _by_owner(found)
            if wanted == stored:
                continue
            others = [id_ for id_ in ids if wanted.get(id_) != stored.get(id_)]
            differ.update(others)
            gone = [(id_,) for id_ in others]
            bulk.delete(self._conn, several.table, (several.owner,), gone)
            new = [row for id_ in others for row in sorted(wanted.get(id_, ()), key=str)]
            bulk.insert_noted(self._conn, several.table, columns, new)
        return differ


def _by_owner(
    rows: Iterable[tuple[object, ...]],
) -> dict[object, set[tuple[object, ...]]]:
    """Return id → its rows of values."""
    found: dict[object, set[tuple[object, ...]]] = {}
    for row in rows:
        found.setdefault(row[0], set()).add(row)
    return found
