"""The code lists of a register: put there at its making, read as `Codes` at every start.

Programmes, staff and municipalities are chosen in forms like any code, so they are lists too, with
their ids as keys.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.forms.codes import Code, Codes, default_codes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from finsam_tui.storage.driver import Connection

_READ = """
SELECT list, key, label, sort, parent, positive, level, active FROM code
UNION ALL SELECT 'programme', id, name, 0, NULL, 0, NULL, 1 FROM programme
UNION ALL SELECT 'staff', id, name, 0, NULL, 0, NULL, active FROM staff
UNION ALL SELECT 'municipality', id, name, 0, NULL, 0, NULL, 1 FROM municipality
ORDER BY 1, 4, 3
"""


def install(conn: Connection, codes: Iterable[Code] = ()) -> None:
    """Add codes that the register lacks, the default ones if none are given; change none it has."""
    conn.executemany(
        "INSERT INTO code (list, key, label, sort, parent, positive, level, active)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [
            (c.list, c.key, c.label, c.sort, c.parent, int(c.positive), c.level, int(c.active))
            for c in codes or default_codes()
        ],
    )


def load(conn: Connection) -> Codes:
    """Return every list of the register, in the order of the screen."""
    return Codes(
        Code(name, key, label, sort, parent, bool(positive), level, bool(active))
        for name, key, label, sort, parent, positive, level, active in conn.execute(_READ)
    )
