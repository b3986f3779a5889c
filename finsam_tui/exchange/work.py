"""What one import keeps in mind from table to table: the register, the faults, and what is new."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

from finsam_tui.exchange.faults import Faults
from finsam_tui.storage import bulk, code_lists
from finsam_tui.storage.refs import Refs

if TYPE_CHECKING:
    from finsam_tui.exchange.tables import Table
    from finsam_tui.forms.field import Context, Value
    from finsam_tui.storage.driver import Connection

# Code lists that are tables of the format.
_LISTS = {"programme": "insatser", "staff": "medarbetare", "municipality": "kommuner"}
MOST_BROKEN = 100_000  # ids of faulty rows remembered, so that no fault is told twice


@dataclass(slots=True)
class Tally:
    """What became of a table's rows. `removed` are rows that the file no longer has."""

    table: str
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0

    @property
    def rows(self) -> int:
        """How many rows the file has."""
        return self.new + self.changed + self.unchanged


class Seen:
    """Which rows of a table this import has met: a byte of memory for each, not a row.

    Rows above `highest` are new, and met by being inserted.
    """

    def __init__(self, highest: int) -> None:
        self._highest = highest
        self._met = bytearray(highest + 1)

    def add(self, row_id: object) -> None:
        """Remember a row, by the number it has for an id."""
        self._met[cast("int", row_id)] = 1

    def __contains__(self, row_id: object) -> bool:
        number = cast("int", row_id)
        return number > self._highest or bool(self._met[number])


@dataclass
class Work:
    """One import under way, inside its write transaction."""

    conn: Connection
    context: Context
    faults: Faults = field(default_factory=Faults)
    questions: Faults = field(default_factory=Faults)
    facts: dict[str, Value] = field(default_factory=dict)  # of the row that is being checked
    highest: dict[str, int] = field(default_factory=dict)  # table → its highest id before
    broken: dict[str, set[str]] = field(default_factory=dict)  # table → ids of faulty rows
    changed: bool = False  # whether a row that the register had has been changed
    unread: set[str] = field(default_factory=set)  # tables whose file could not be read
    faulty: set[str] = field(default_factory=set)  # tables with a fault in them

    def __post_init__(self) -> None:
        self.refs = Refs(self.conn)
        self.context = replace(self.context, facts=self.facts)

    def renew_codes(self) -> None:
        """Read the code lists again: programmes, staff and municipalities are such lists."""
        self.context = replace(self.context, codes=code_lists.load(self.conn))

    def before(self, table: str) -> int:
        """Return the highest id that the register's `table` had when the import began."""
        if table not in self.highest:
            self.highest[table] = bulk.highest_id(self.conn, table)
        return self.highest[table]

    def break_off(self, table: Table, row_id: str) -> None:
        """Remember the id of a faulty row: rows that refer to it are not faulty for that."""
        ids = self.broken.setdefault(table.name, set())
        if len(ids) < MOST_BROKEN:
            ids.add(row_id)

    def is_lacking(self, codes: str) -> bool:
        """Return whether a code list may lack entries only because their rows are faulty."""
        return _LISTS.get(codes) in self.faulty

    def is_broken(self, table_name: str, row_id: str) -> bool:
        """Return whether an id that was not found is that of a row told to be faulty."""
        return table_name in self.unread or row_id in self.broken.get(table_name, ())
