"""Rows read together, as columns of values: cells parsed, ids of other tables looked up."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from finsam_tui.exchange.cells import PairReader, Reader, Refusal
from finsam_tui.exchange.faults import Fault, kind_of
from finsam_tui.storage import bulk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finsam_tui.exchange.reading import Chunk, Sheet
    from finsam_tui.exchange.tables import Column
    from finsam_tui.exchange.work import Work
    from finsam_tui.forms.field import Value

_REGISTRATION = "(SELECT registration FROM participant WHERE id = participant_id) AS registration"
# What rules ask of the row that a link leads to: table → its columns.
FACTS = {
    "deltagare": ("participant", ("birth_date", "registration")),
    "aktualiseringar": ("referral", ("participant_id",)),
    "inskrivningar": ("enrolment", ("start_date", "end_date", _REGISTRATION)),
}


@dataclass(slots=True)
class Batch:
    """Rows of a file: their places in it, their values by column, and what is wrong with them."""

    file: str
    rows: list[int]
    raws: dict[str, Sequence[str]]
    columns: dict[str, Column]
    values: dict[str, list[Value]] = field(default_factory=dict)
    linked: dict[str, dict[Value, tuple[Value, ...]]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    questions: list[Fault] = field(default_factory=list)
    bad: set[int] = field(default_factory=set)

    def fault(self, index: int, name: str, message: str, *, question: bool = False) -> None:
        """Tell that a cell is wrong (or, a question, that it may be)."""
        column = self.columns.get(name)
        found = kind_of(self.raws[name][index]) if name in self.raws else ""
        heading = column.heading if column else ""
        fault = Fault(self.file, message, self.rows[index], heading, found)
        if question:
            self.questions.append(fault)
        else:
            self.faults.append(fault)
            self.bad.add(index)

    def sound(self) -> list[int]:
        """Return the places of the rows without faults."""
        return [i for i in range(len(self.rows)) if i not in self.bad]


class Parser:
    """Turns the chunks of a sheet into batches; remembers spellings from chunk to chunk."""

    def __init__(self, sheet: Sheet, work: Work) -> None:
        self._sheet = sheet
        self._work = work
        self._columns = {c.name: c for c in sheet.table.columns}
        context = work.context
        self._readers = {c.name: Reader(c, context) for c in sheet.columns if not _narrowed(c)}
        self._pairs = {c.name: PairReader(c, context) for c in sheet.columns if _narrowed(c)}

    def batch(self, chunk: Chunk) -> Batch:
        """Return the chunk's rows as values, faulty cells told and left None."""
        names = [column.name for column in self._sheet.columns]
        raws: dict[str, Sequence[str]] = {}
        if chunk.rows:
            raws = dict(zip(names, chunk.cells, strict=True))
        batch = Batch(self._sheet.name, chunk.rows, raws, self._columns, faults=chunk.faults)
        for name, reader in self._readers.items():
            if raws:
                batch.values[name] = _refused(batch, name, reader.read(raws[name]))
        for name, pairs in self._pairs.items():
            if raws:
                parent = batch.values.get(_narrowed(self._columns[name]))
                parents = parent or [None] * len(chunk.rows)
                batch.values[name] = _refused(batch, name, pairs.read(raws[name], parents))
        for column in self._sheet.columns:
            if column.role == "link" and raws:
                self._look_up(batch, column)
        return batch

    def _look_up(self, batch: Batch, column: Column) -> None:
        """Put the register's ids in place of a link's; an unknown one is a fault."""
        table, wanted = FACTS[column.links_to]
        refs = batch.values[column.name]
        keys = [(ref,) for ref in dict.fromkeys(refs) if ref is not None]
        rows = bulk.find(self._work.conn, table, ("ref", "id", *wanted), ("ref",), keys)
        found = {row[0]: tuple(row)[1:] for row in rows}
        batch.linked[column.name] = {row[0]: row[1:] for row in found.values()}
        batch.values[column.name] = [found[ref][0] if ref in found else None for ref in refs]
        if len(found) == len(keys):
            return
        for index, ref in enumerate(refs):
            if ref is None or ref in found:
                continue
            batch.bad.add(index)
            if not self._work.is_broken(column.links_to, str(ref)):
                message = f"Id:t finns varken i {column.links_to} eller i registret."
                batch.fault(index, column.name, message)


def _narrowed(column: Column) -> str:
    """Return the field that narrows a column, or nothing."""
    return "instrument" if column.role == "answers" else column.field.parent


def _refused(batch: Batch, name: str, cells: list[Value | Refusal]) -> list[Value]:
    """Tell the refused cells of a column and return its values."""
    if Refusal in set(map(type, cells)):
        for index, cell in enumerate(cells):
            if isinstance(cell, Refusal):
                batch.fault(index, name, cell.message)
                cells[index] = None
    return cast("list[Value]", cells)
