"""The register's tables as the exchange format has them: what the import reads back as the same.

Everything is read a batch at a time and nothing is kept, so memory does not grow with the register.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

from finsam_tui.exchange.batch import FACTS
from finsam_tui.exchange.comparing import values_of
from finsam_tui.exchange.export_cells import Speller
from finsam_tui.exchange.matching import stored_columns
from finsam_tui.exchange.tables import tables
from finsam_tui.forms.instrument import instrument
from finsam_tui.storage import bulk
from finsam_tui.storage.refs import Refs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from finsam_tui.exchange.export_cells import Cell
    from finsam_tui.exchange.export_sieve import Sieve
    from finsam_tui.exchange.tables import Column, Table
    from finsam_tui.forms.field import Value
    from finsam_tui.storage.driver import Connection
    from finsam_tui.storage.register import Register

    Columns = dict[str, Sequence[Value]]
    Row = tuple[Cell, ...]


class Sheet(NamedTuple):
    """A table on its way out: its headings and its rows, one at least, to be read once."""

    name: str
    headings: tuple[str, ...]
    rows: Iterator[Row]


class Manner(Protocol):
    """How the rows leave: as they are, or as nobody's."""

    def columns(self, table: Table) -> tuple[Column, ...]:
        """Return the columns that leave; none where the table stays."""

    def batches(self, table: Table, names: Sequence[str]) -> Iterator[list[tuple[Value, ...]]]:
        """Yield the stored columns `names` of all rows, in the order that they leave in."""

    def ids(self, table: str, rows: Iterable[tuple[int, str | None]]) -> dict[int, str]:
        """Return the id in files of each row, given as (id, ref)."""

    def change(self, table: Table, columns: Columns) -> None:
        """Put other values in the place of those that do not leave."""


class AsTheyAre:
    """Every row with all that it holds."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._refs = Refs(conn)
        self.ids = self._refs.of

    def columns(self, table: Table) -> tuple[Column, ...]:
        """Return all columns."""
        return table.columns

    def batches(self, table: Table, names: Sequence[str]) -> Iterator[list[tuple[Value, ...]]]:
        """Yield the rows in the order they came in, which an import of them keeps."""
        order = table.key if table.whole else ("rowid",)
        return bulk.stream(self._conn, table.table, names, order)

    def change(self, table: Table, columns: Columns) -> None:
        """Change nothing."""


def sheets(register: Register, manner: Manner, sieve: Sieve) -> Iterator[Sheet]:
    """Yield the tables that have rows, in the order they are imported; each is read at once.

    The caller holds one state of the register (`Register.one_state`) meanwhile.
    """
    speller = Speller(register.codes)
    for table in tables():
        columns = tuple(
            column
            for column in manner.columns(table)
            if sieve.lets(table, column)
            and (column.role != "nth" or bulk.repeats(register.conn, table.table, _key(table)))
        )
        if not columns:
            continue
        source = _Source(register.conn, table, columns, manner, speller)
        passed = (sieve.sift(table, source.names, rows) for rows in source.batches())
        cells = chain.from_iterable(source.cells(rows) for rows in passed if rows)
        first = next(cells, None)
        if first is not None:
            headings = tuple(column.heading for column in columns)
            yield Sheet(table.name, headings, chain([first], cells))


class _Source:
    """Reads the rows of one table and writes their cells; `names` are the stored columns."""

    def __init__(
        self,
        conn: Connection,
        table: Table,
        columns: tuple[Column, ...],
        manner: Manner,
        speller: Speller,
    ) -> None:
        self._conn = conn
        self._table = table
        self._columns = columns
        self._manner = manner
        self._speller = speller
        stored = table.key if table.whole else ("id", *stored_columns(table))
        self.names = tuple(name for name in stored if name != "search_key")

    def batches(self) -> Iterator[list[tuple[Value, ...]]]:
        return self._manner.batches(self._table, self.names)

    def cells(self, rows: list[tuple[Value, ...]]) -> Iterable[Row]:
        stored: Columns = dict(zip(self.names, zip(*rows, strict=True), strict=True))
        self._manner.change(self._table, stored)
        return zip(*(self._column(column, stored) for column in self._columns), strict=True)

    def _column(self, column: Column, stored: Columns) -> Sequence[Cell]:
        if column.role == "id":
            ids = cast("Sequence[int]", stored["id"])
            refs = cast("Sequence[str | None]", stored["ref"])
            found = self._manner.ids(self._table.table, zip(ids, refs, strict=True))
            return [found[id_] for id_ in ids]
        if column.role == "link":
            return self._links(column, stored[column.name])
        if column.role in ("several", "answers"):
            return self._several(column, stored)
        if column.role == "nth":
            return self._nth(stored)
        values, field = stored[column.name], column.field
        if field.parent:
            pairs = zip(values, stored[field.parent], strict=True)
            return [self._speller.narrowed(field, value, parent) for value, parent in pairs]
        return list(map(self._speller.of(field), values))

    def _links(self, column: Column, linked: Sequence[Value]) -> Sequence[Cell]:
        table = FACTS[column.links_to][0]
        keys = [(id_,) for id_ in dict.fromkeys(linked) if id_ is not None]
        rows = bulk.find(self._conn, table, ("id", "ref"), ("id",), keys)
        ids = self._manner.ids(table, ((id_, ref) for id_, ref in rows))
        return ["" if id_ is None else ids[cast("int", id_)] for id_ in linked]

    def _nth(self, stored: Columns) -> Sequence[Cell]:
        """Return which one each row is of those with its key, where it is not the first."""
        key = _key(self._table)
        owners = [(id_,) for id_ in dict.fromkeys(stored[key[0]])]
        rows = sorted(bulk.find(self._conn, self._table.table, ("id", *key), key[:1], owners))
        met: Counter[tuple[object, ...]] = Counter()
        nth: dict[Value, int] = {}
        for id_, *own in rows:
            met[tuple(own)] += 1
            nth[id_] = met[tuple(own)]
        return [nth[id_] if nth[id_] > 1 else "" for id_ in stored["id"]]

    def _several(self, column: Column, stored: Columns) -> Sequence[Cell]:
        values = values_of(self._table, column)
        keys = [(id_,) for id_ in stored["id"]]
        columns = (values.owner, *values.columns, "rowid")
        rows = bulk.find(self._conn, values.table, columns, (values.owner,), keys)
        found: dict[Value, list[tuple[object, ...]]] = {}
        for owner, *value, _ in sorted(rows, key=itemgetter(-1)):
            found.setdefault(owner, []).append(tuple(value))
        if column.role != "answers":
            name = column.field.codes
            return [self._speller.several(name, found.get(id_, ())) for id_ in stored["id"]]
        told = stored.get("instrument") or [column.instrument] * len(keys)
        return [
            self._speller.answers(instrument(str(form)).codes, found[id_]) if id_ in found else ""
            for id_, form in zip(stored["id"], told, strict=True)
        ]


def _key(table: Table) -> tuple[str, ...]:
    """Return the columns by which an import knows the rows of a table from each other."""
    return (*table.key, table.also) if table.also else table.key
