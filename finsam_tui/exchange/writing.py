"""Writes a batch's rows: new ones inserted, changed ones updated, unchanged ones left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from finsam_tui.exchange.comparing import Cells, several_of
from finsam_tui.storage import bulk, kept_answers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from finsam_tui.exchange.batch import Batch
    from finsam_tui.exchange.comparing import Id, Values
    from finsam_tui.exchange.matching import Stored
    from finsam_tui.exchange.tables import Column, Table
    from finsam_tui.exchange.work import Tally, Work


class Writer:
    """Writes the rows of one table, in bulk: new rows get the ids above the highest one."""

    def __init__(self, table: Table, columns: Iterable[Column], work: Work, tally: Tally) -> None:
        self._table = table
        self._conn = work.conn
        self._tally = tally
        self._several = several_of(table, columns, work.conn)
        self._cells = Cells(table, {*(c.name for c in columns), *table.derived})
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
        names = self._cells.names
        rows = zip(ids, *(batch.column(name, places) for name in names), strict=True)
        bulk.insert(self._conn, self._table.table, ("id", *names), rows)
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
        differ: set[object] = set()
        for several in self._several:
            differ |= self._replace(several, batch, matched)
        if self._table.table == kept_answers.OWNER and not kept_answers.kept(self._conn):
            kept_answers.erase(self._conn, [cast("int", row[0]) for row in matched.values()])
        changed = []
        for place, row in zip(matched, self._cells.rows(batch, list(matched)), strict=True):
            stored = matched[place]
            if row != self._cells.stored(stored) or stored[0] in differ:
                changed.append((*row, stored[0]))
            else:
                batch.unchanged.add(place)
        if "end_date" in self._cells.names:  # what is closed makes room for what is opened
            end = self._cells.names.index("end_date")
            changed.sort(key=lambda row: row[end] is None)
        self._tally.changed += len(changed)
        bulk.update(self._conn, self._table.table, self._cells.names, changed)

    def _replace(self, several: Values, batch: Batch, matched: Mapping[int, Stored]) -> set[object]:
        """Replace the several values that the file has otherwise; return the ids of their rows."""
        wanted, stored = several.compared(self._conn, batch, matched)
        differ = {row[0] for row in wanted ^ stored}
        gone = [(id_,) for id_ in differ]
        bulk.delete(self._conn, several.table, (several.owner,), gone)
        new = sorted((row for row in wanted if row[0] in differ), key=str)
        bulk.insert_noted(self._conn, several.table, (several.owner, *several.columns), new)
        return differ
