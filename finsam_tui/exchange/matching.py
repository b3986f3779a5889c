"""Tells which rows of a file the register has already, by their key, and which are new."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, cast

from finsam_tui.exchange.work import Seen
from finsam_tui.storage import bulk

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from finsam_tui.exchange.batch import Batch
    from finsam_tui.exchange.tables import Table
    from finsam_tui.exchange.work import Work
    from finsam_tui.forms.field import Value

    Stored = tuple[Value, ...]  # a row of the register: its id and then `stored_columns`
    Key = tuple[Value, ...]

SAME_ID = "Samma id står på en tidigare rad i filen."
SAME_KEY = "Raden står redan tidigare i filen: samma {headings}."


def stored_columns(table: Table) -> tuple[str, ...]:
    """Return the columns of the register's table, less its id, that a row of the file fills."""
    plain = [c.name for c in table.columns if c.role in ("value", "id", "link")]
    return tuple(name for name in dict.fromkeys([*plain, *table.derived]) if name != "id")


class Matcher:
    """Matches the rows of one file, batch by batch."""

    def __init__(self, table: Table, work: Work) -> None:
        self._table = table
        self._work = work
        self._columns = ("id", *stored_columns(table))
        self._named = table.key == ("id",)
        self._seen: Seen | set[Value] = set()
        if not self._named:
            self._seen = Seen(work.before(table.table))
        self._met: set[Key] = set()

    def match(self, batch: Batch) -> dict[int, Stored]:
        """Return place in the batch → the stored row, for the rows that the register has.

        A row whose key was in the file before is told as a fault, unless the register has another
        row of that key: two of the same day, typed in by hand.
        """
        found = self._stored(batch)
        keys = self._keys(batch.values, len(batch.rows))
        if not self._named:
            self._met = set()  # what earlier batches met is in the register by now
            if not found and len(set(keys)) == len(keys):
                return {}  # the usual case, and the fastest: everything is new
        matched: dict[int, Stored] = {}
        for index, key in enumerate(keys):
            if index not in batch.bad:
                self._match_one(batch, index, key, found.get(key, []), matched)
        return matched

    def _match_one(
        self,
        batch: Batch,
        index: int,
        key: Key,
        rows: list[Stored],
        matched: dict[int, Stored],
    ) -> None:
        row = next((row for row in rows if row[0] not in self._seen), None)
        if row is not None:
            self._seen.add(row[0])
            matched[index] = row
        elif (rows or key in self._met) and not self._comes_again(batch, index):
            self._tell_twice(batch, index)
        self._met.add(key)

    def _comes_again(self, batch: Batch, index: int) -> bool:
        """Return whether a row may have the key of one before it."""
        nth = batch.values.get("nth")
        if not self._table.once or nth is None:
            return not self._table.once
        name, value = self._table.only_for
        several = not name or batch.values[name][index] == value
        return several and cast("int", nth[index] or 1) > 1

    def _stored(self, batch: Batch) -> dict[Key, list[Stored]]:
        """Return key → the register's rows with it, oldest first, for the keys of the batch."""
        by = self._table.found_by or ("id",)
        wanted: list[Key] = [(1,)]  # without a key there is one row in all
        if self._table.found_by:
            wanted = list(dict.fromkeys(zip(*(batch.values[name] for name in by), strict=True)))
        stored: list[Stored] = sorted(self._rows(by, wanted), key=itemgetter(0))
        if not stored:
            return {}
        columns = dict(zip(self._columns, zip(*stored, strict=True), strict=True))
        found: dict[Key, list[Stored]] = {}
        for key, row in zip(self._keys(columns, len(stored)), stored, strict=True):
            found.setdefault(key, []).append(row)
        return found

    def _rows(self, by: tuple[str, ...], wanted: list[Key]) -> Iterator[Stored]:
        if by == ("ref",):
            refs = cast("list[str]", [ref for (ref,) in wanted if ref is not None])
            return self._work.refs.find(self._table.table, self._columns, refs)
        return bulk.find(self._work.conn, self._table.table, self._columns, by, wanted)

    def _keys(self, columns: Mapping[str, Sequence[Value]], count: int) -> list[Key]:
        """Return the key of every row."""
        parts = [columns.get(name) or [None] * count for name in self._table.key]
        if self._table.also:
            name, value = self._table.only_for
            also = zip(columns[name], columns[self._table.also], strict=True)
            parts.append([extra if given == value else None for given, extra in also])
        return list(zip(*parts, strict=True)) if parts else [()] * count

    def _tell_twice(self, batch: Batch, index: int) -> None:
        headings = {c.name: c.heading for c in self._table.columns}
        names = [headings[name] for name in self._table.key]
        if len(names) < 2:  # noqa: PLR2004 - an id, or the only row
            batch.fault(index, "".join(self._table.key), SAME_ID)
        else:
            message = SAME_KEY.format(headings=" och ".join(names))
            batch.fault(index, self._table.key[0], message)
