"""A register whose every text is an attack, put there past all forms and checks, pass after pass.

In each pass another attack stands in each place, so that after some every attack has been in every
kind of place. What a surface has shown is told by the marks that are found in it (`Shown`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import TYPE_CHECKING

from finsam_tui.demo.build import build
from finsam_tui.storage import bulk
from finsam_tui.storage.register import Register
from tests.faults.attacks import attacks, seen
from tests.register import KEY
from tests.tui.hostile import text_columns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path
    from random import Random

    from finsam_tui.storage.driver import Connection
    from tests.faults.trials import Count

NOW = datetime(2025, 1, 15, 9)
PEOPLE = 40
USER = "sam"
NAMED = ("programme", "municipality", "staff")  # their ids are typed


def make(folder: Path, programmes: int) -> Register:
    """Make a register with a bit of everything, and many programmes; its user coordinates."""
    folder.mkdir(mode=0o700, exist_ok=True)
    register = Register.create(folder / "register.db", user=USER, raw_key=KEY)
    furnish(register, programmes)
    return register


def furnish(register: Register, programmes: int) -> None:
    """Put all that into an empty register; who opened it coordinates."""
    build(register, now=NOW, size=PEOPLE, seed=1)
    with register.write() as conn:
        conn.executemany(
            "INSERT INTO programme (id, name, type) VALUES (?, ?, 'individual')",
            [(f"P{n}", f"Insats {n}") for n in range(programmes)],
        )
        conn.execute("UPDATE enrolment SET programme = 'P' || (id % ?)", (programmes,))
        conn.execute("UPDATE referral SET programme = 'P' || (id % ?)", (programmes,))
        conn.execute(
            "UPDATE staff SET slot = ? WHERE id ="
            " (SELECT min(id) FROM staff WHERE role = 'coordinator')",
            (register.user,),
        )


def fill(register: Register, text: Callable[[int], str], *, noted: bool = False) -> None:
    """Put `text` of another number into every place that holds what somebody typed.

    Where that is not `noted`, the log stays as long as it is.
    """
    conn = register.conn
    for pragma in ("ignore_check_constraints = ON", "foreign_keys = OFF"):
        conn.execute(f"PRAGMA {pragma}")
    number = 0
    left = [] if noted else _tables(conn)
    with register.write(), bulk.unnoted(conn, left, "update"):
        for table, column in text_columns(conn):
            rows = conn.execute(f"SELECT rowid FROM {table} WHERE {column} IS NOT NULL").fetchall()
            new = [(_stored(f"{text(number + n)}~{n}"), row) for n, (row,) in enumerate(rows)]
            conn.executemany(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", new)
            number += len(rows)
        for table in NAMED:
            number += _rename(conn, table, lambda n, at=number: text(at + n))  # type: ignore[misc] # a default


def _rename(conn: Connection, table: str, text: Callable[[int], str]) -> int:
    """Give the rows of a table other ids, also where others refer to them; return how many."""
    referring = [
        (name, row["from"])
        for name in _tables(conn)
        for row in conn.execute(f"PRAGMA foreign_key_list({name})").fetchall()
        if (row["table"], row["to"]) == (table, "id")
    ]
    ids = [id for (id,) in conn.execute(f"SELECT id FROM {table} ORDER BY rowid").fetchall()]
    new = [(_stored(f"{text(n)}~{n}"), id) for n, id in enumerate(ids)]
    for name, column in ((table, "id"), *referring):
        conn.executemany(f"UPDATE {name} SET {column} = ? WHERE {column} = ?", new)
    return len(ids)


def _tables(conn: Connection) -> list[str]:
    sql = "SELECT name FROM sqlite_master WHERE type = 'table'"
    return [name for (name,) in conn.execute(sql).fetchall()]


def _stored(text: str) -> str:
    """Return a text as it can be stored at all: half of a pair of surrogates cannot."""
    return text.encode("utf-8", "replace").decode()


@dataclass
class Shown:
    """Which attacks each surface has shown."""

    count: Count
    by: dict[str, set[int]] = field(default_factory=dict)

    def take(self, surface: str, text: str, faults: Iterable[str] = ()) -> None:
        """Note the marks in what a surface has put out, and what is wrong with it."""
        self.by.setdefault(surface, set()).update(seen(text))
        self.count.lost += [f"{surface}: {fault}" for fault in faults]

    def tell(self, times: int) -> None:
        """Count an attack on a surface as one try, and name the surfaces that have seen few."""
        self.count.tried += sum(map(len, self.by.values()))
        self.count.more["surfaces"] = len(self.by)
        self.count.more["of all"] = times * len(self.by)
        few = {surface: len(found) for surface, found in self.by.items() if len(found) < times}
        if few:
            self.count.more["not all"] = few


class Passes:
    """The attacks of a trial, put into a register pass after pass."""

    def __init__(self, times: int, random: Random) -> None:
        self._texts = [attack.text for attack in attacks(times, random)]
        self._at = 0

    def fill(self, register: Register, many: int) -> Iterator[int]:
        """Fill the register again and again, so many times; yield the number of each pass."""
        for number in range(many):
            fill(register, self._text, noted=number == 0)
            self._at += max(1, len(self._texts) // many)
            yield number

    def texts(self) -> Iterator[str]:
        """Yield one attack after another, without end."""
        for number in count(self._at):
            yield self._text(number)

    def _text(self, number: int) -> str:
        return self._texts[(number + self._at) % len(self._texts)]
