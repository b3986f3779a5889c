"""The ids by which files know people, referrals and enrolments: made and found here alone.

A row that came from a file keeps the id it had there. One typed in by hand has an id made of what
tells it from all others: which register it is in, its number, and when it was put there, for a
number can be given again where a row was erased, or in a copy put back. Read where the row is not,
such an id is as foreign as any, so no row is ever taken for another one.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import TYPE_CHECKING, Any

from finsam_tui.storage import audit, bulk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from finsam_tui.storage.driver import Connection

_PURPOSE = b"ids in files"
_MARK = 8  # characters that tell one register from another


class Refs:
    """The ids in files of one register's rows; `table` is one that has the column `ref`."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        identity = audit.secret(conn, audit.IDENTITY)
        mark = hmac.new(identity, _PURPOSE, hashlib.sha256).hexdigest()[:_MARK]
        self._prefix = f"finsam-{mark}-"
        self._made = re.compile(rf"{self._prefix}(\d{{1,18}})(?:-\d+)?", re.ASCII)

    def of(self, table: str, rows: Iterable[tuple[int, str | None]]) -> dict[int, str]:
        """Return the id in files of each row, given as (id, ref)."""
        found = dict(rows)
        stamps = self._stamps(table, [id_ for id_, ref in found.items() if ref is None])
        return {
            id_: f"{self._prefix}{id_}{stamps.get(id_, '')}" if ref is None else ref
            for id_, ref in found.items()
        }

    def find(
        self, table: str, columns: Sequence[str], refs: Iterable[str]
    ) -> Iterator[tuple[Any, ...]]:
        """Yield the `columns`, among them id and ref, of the rows that files know by one of `refs`.

        Each row has the id that it is known by for its ref.
        """
        wanted = list(refs)
        yield from bulk.find(self._conn, table, columns, ("ref",), [(ref,) for ref in wanted])
        matches = [self._made.fullmatch(r) for r in wanted if r.startswith(self._prefix)]
        numbers = [(int(match[1]),) for match in matches if match]
        at, own = columns.index("ref"), columns.index("id")
        found = bulk.find(self._conn, table, columns, ("id",), numbers)
        typed = {row[own]: row for row in found if row[at] is None}
        made = self.of(table, dict.fromkeys(typed).items())
        given = set(wanted)
        for id_, row in typed.items():
            if made[id_] in given:
                yield (*row[:at], made[id_], *row[at + 1 :])

    def _stamps(self, table: str, ids: Iterable[int]) -> dict[int, str]:
        """Return when each of the rows was put in, as "-20240315133005", where it was alone."""
        keys = [(table, str(id_)) for id_ in ids]
        columns = ("id", "row_id", "at", "action", "last_row_id")
        entries = bulk.find(self._conn, "audit", columns, ("table_name", "row_id"), keys)
        alone = sorted(entry for entry in entries if entry[3:] == ("insert", None))
        return {int(row): "-" + re.sub(r"\D", "", at) for _, row, at, *_ in alone}
