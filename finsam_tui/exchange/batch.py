"""Rows read together, as columns of values: cells parsed, ids of other tables looked up."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from finsam_tui.exchange.cells import PairReader, Reader, Refusal, of_empty
from finsam_tui.exchange.faults import Fault, kind_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finsam_tui.exchange.reading import Chunk, Sheet
    from finsam_tui.exchange.tables import Column
    from finsam_tui.exchange.work import Work
    from finsam_tui.forms.field import Value

# What rules ask of the row that a link leads to: table → the register's, its columns.
FACTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "deltagare": ("participant", ("birth_date",)),
    "aktualiseringar": ("referral", ()),
    "inskrivningar": ("enrolment", ("start_date", "end_date", "participant_id")),
}


@dataclass(slots=True)
class Batch:
    """Rows of a file: their places in it, their values by column, and what is wrong with them."""

    file: str
    rows: list[int]
    raws: dict[str, Sequence[str]]
    columns: dict[str, Column]
    values: dict[str, list[Value]] = field(default_factory=dict)
    # Column of a link → the id that it leads to → what rules ask of the row there.
    linked: dict[str, dict[Value, dict[str, Value]]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    questions: list[tuple[int, Fault]] = field(default_factory=list)
    bad: set[int] = field(default_factory=set)
    unchanged: set[int] = field(default_factory=set)  # places of rows stored just like that

    def fault(self, index: int, name: str, message: str, *, question: bool = False) -> None:
        """Tell that a cell is wrong (or, a question, that it may be)."""
        column = self.columns.get(name)
        found = kind_of(self.raws[name][index]) if name in self.raws else ""
        heading = column.heading if column else ""
        fault = Fault(self.file, message, self.rows[index], heading, found)
        if question:
            self.questions.append((index, fault))
        else:
            self.faults.append(fault)
            self.bad.add(index)

    def sound(self) -> list[int]:
        """Return the places of the rows that have no fault and are not known to be unchanged."""
        done = self.bad | self.unchanged
        return [i for i in range(len(self.rows)) if i not in done]

    def column(self, name: str, places: Sequence[int]) -> Sequence[Value]:
        """Return a column's values at `places`, which are in order."""
        values = self.values[name]
        return values if len(places) == len(values) else [values[i] for i in places]


class Parser:
    """Turns the chunks of a sheet into batches; remembers spellings from chunk to chunk."""

    def __init__(self, sheet: Sheet, work: Work) -> None:
        self._sheet = sheet
        self._work = work
        self._columns = {c.name: c for c in sheet.table.columns}
        context = work.context
        self._readers = {c.name: Reader(c, context) for c in sheet.columns if not _narrowed(c)}
        absent = [c for c in sheet.table.columns if c.name in sheet.table.key]
        self._absent = {c.name: of_empty(c, context) for c in absent if c not in sheet.columns}
        self._pairs = {c.name: PairReader(c, context) for c in sheet.columns if _narrowed(c)}

    def batch(self, chunk: Chunk) -> Batch:
        """Return the chunk's rows as values, faulty cells told and left None."""
        names = [column.name for column in self._sheet.columns]
        raws: dict[str, Sequence[str]] = {}
        if chunk.rows:
            raws = dict(zip(names, chunk.cells, strict=True))
        batch = Batch(self._sheet.name, chunk.rows, raws, self._columns, faults=chunk.faults)
        if not raws:
            return batch
        for name, reader in self._readers.items():
            cells = reader.read(raws[name])
            batch.values[name] = self._values(batch, name, cells, refused=reader.refused)
        for name, pairs in self._pairs.items():
            parents = batch.values.get(_narrowed(self._columns[name])) or [None] * len(chunk.rows)
            cells = pairs.read(raws[name], parents)
            batch.values[name] = self._values(batch, name, cells, refused=pairs.refused)
        for name, value in self._absent.items():  # parts of the key that the file leaves out
            batch.values[name] = [value] * len(chunk.rows)
        for column in self._sheet.columns:
            if column.role == "link":
                self._look_up(batch, column)
        return batch

    def _values(
        self, batch: Batch, name: str, cells: list[Value | Refusal], *, refused: bool
    ) -> list[Value]:
        """Return a column's values; refused cells are told, and None."""
        if refused:
            lacking = self._work.is_lacking(self._columns[name].field.codes)
            for index, cell in enumerate(cells):
                if isinstance(cell, Refusal):
                    cells[index] = None
                    batch.bad.add(index)
                    if not lacking:
                        batch.fault(index, name, cell.message)
        return cast("list[Value]", cells)

    def _look_up(self, batch: Batch, column: Column) -> None:
        """Put the register's ids in place of a link's; an unknown one is a fault."""
        table, wanted = FACTS[column.links_to]
        refs = batch.values[column.name]
        keys = cast("list[str]", [ref for ref in dict.fromkeys(refs) if ref is not None])
        rows = self._work.refs.find(table, ("ref", "id", *wanted), keys)
        ids: dict[Value, Value] = {None: None}
        linked = batch.linked[column.name] = {}
        for ref, id_, *facts in rows:
            ids[ref] = id_
            linked[id_] = dict(zip(wanted, facts, strict=True))
        batch.values[column.name] = list(map(ids.get, refs))
        if len(linked) == len(keys):
            return
        for index, ref in enumerate(refs):
            if ref in ids:
                continue
            batch.bad.add(index)
            if not self._work.is_broken(column.links_to, str(ref)):
                message = f"Id:t finns varken i {column.links_to} eller i registret."
                batch.fault(index, column.name, message)


def _narrowed(column: Column) -> str:
    """Return the field that narrows a column, or nothing."""
    told_beside = column.role == "answers" and not column.instrument
    return "instrument" if told_beside else column.field.parent
