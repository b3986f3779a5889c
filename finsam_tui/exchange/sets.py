"""Tables that are sets: what the file has of an enrolment is all that there is of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from finsam_tui.storage import bulk

if TYPE_CHECKING:
    from finsam_tui.exchange.batch import Batch
    from finsam_tui.exchange.tables import Table
    from finsam_tui.exchange.work import Tally, Work

    Pair = tuple[int, str]


class SetWriter:
    """Writes (enrolment, code) pairs; at the end takes away those that the file left out.

    Which codes an enrolment has in the file is kept as a number, a bit for each code.
    """

    def __init__(self, table: Table, work: Work, tally: Tally) -> None:
        self._table = table
        self._work = work
        self._tally = tally
        self._owner, self._value = table.key
        self._bits: dict[str, int] = {}
        self._given: dict[int, int] = {}
        self._old = work.before("enrolment")
        self._recent: list[int] = []  # first and last of the new enrolments with new rows

    def write(self, batch: Batch) -> None:
        """Write the pairs of a batch that the register does not have."""
        sound = batch.sound()
        owners = cast("list[int]", batch.values[self._owner])
        codes = cast("list[str]", batch.values[self._value])
        stored = self._stored({owners[i] for i in sound})
        new = []
        for i in sound:
            owner, code = owners[i], codes[i]
            bit = self._bits.setdefault(code, 1 << len(self._bits))
            before = self._given.get(owner, 0)
            self._given[owner] = before | bit
            if before & bit or (owner, code) in stored:
                self._tally.unchanged += 1
            else:
                new.append((owner, code))
        self._tally.new += len(new)
        self._insert(new)

    def _insert(self, pairs: list[Pair]) -> None:
        table, columns = self._table.table, self._table.key
        recent = [pair for pair in pairs if pair[0] > self._old]
        bulk.insert(self._work.conn, table, columns, recent)
        owners = [owner for owner, _ in recent] + self._recent
        self._recent = [min(owners), max(owners)] if owners else []
        earlier = [pair for pair in pairs if pair[0] <= self._old]
        bulk.insert_noted(self._work.conn, table, columns, earlier)
        self._touch({owner for owner, _ in earlier})

    def _stored(self, owners: set[int]) -> set[Pair]:
        keys = [(owner,) for owner in owners]
        found = bulk.find(self._work.conn, self._table.table, self._table.key, (self._owner,), keys)
        return {(row[0], row[1]) for row in found}

    def _touch(self, owners: set[int]) -> None:
        """Count a change of enrolments: somebody who edits one is told of it."""
        bulk.update(self._work.conn, "enrolment", (), [(owner,) for owner in sorted(owners)])

    def finish(self) -> None:
        """Note the new rows; take away what the file has left out of enrolments that it names."""
        if self._recent:
            bulk.note_insert(self._work.conn, self._table.table, *self._recent)
        earlier = [owner for owner in self._given if owner <= self._old]
        for start in range(0, len(earlier), 4000):
            gone = [
                (owner, code)
                for owner, code in self._stored(set(earlier[start : start + 4000]))
                if not self._given[owner] & self._bits.get(code, 0)
            ]
            bulk.delete(self._work.conn, self._table.table, self._table.key, gone)
            self._touch({owner for owner, _ in gone})
            self._tally.removed += len(gone)
