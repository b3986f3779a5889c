"""Writes the made-up association into a new register."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

from finsam_tui.demo.association import YEARS
from finsam_tui.demo.generate import batches
from finsam_tui.demo.rows import NUMBERED, columns, table_name
from finsam_tui.storage import bulk

if TYPE_CHECKING:
    from datetime import datetime

    from finsam_tui.demo.rows import Batch
    from finsam_tui.storage.driver import Connection
    from finsam_tui.storage.register import Register

SIZE, SEED = 180, 1

_AT_ONCE = 20  # batches in a transaction: few waits for the disk, and a log file that stays small


def build(
    register: Register,
    *,
    now: datetime,
    size: int = SIZE,
    seed: int = SEED,
    years: int = YEARS,
) -> None:
    """Fill an empty register with the association and `size` participants over so many years.

    The same size, seed, years and moment give the same register. The audit gets an entry a table
    and batch, as for an import.
    """
    made = batches(size=size, seed=seed, now=now, years=years)
    with register.write() as conn:
        _insert(conn, next(made))
    with bulk.room(register.conn):
        for batch in made:
            with register.write() as conn, bulk.unnoted(conn, [table_name(k) for k in batch]):
                for each in chain((batch,), islice(made, _AT_ONCE - 1)):
                    _insert_noted(conn, each)


def _insert(conn: Connection, batch: Batch) -> None:
    for kind, rows in batch.items():
        if rows:
            bulk.insert(conn, table_name(kind), columns(kind), rows)


def _insert_noted(conn: Connection, batch: Batch) -> None:
    """Insert a batch of participants' rows, each numbered table's as one entry in the audit."""
    numbered = [table_name(kind) for kind in batch if kind in NUMBERED and batch[kind]]
    before = {table: bulk.highest_id(conn, table) for table in numbered}
    _insert(conn, batch)
    for table, last in before.items():
        bulk.note_insert(conn, table, last + 1, bulk.highest_id(conn, table))
