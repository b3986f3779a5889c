"""Whether the register is whole: every page as it was written, every link to something there."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from finsam_tui.errors import Damaged, FinsamError
from finsam_tui.storage.driver import DatabaseError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from finsam_tui.storage.driver import Connection
    from finsam_tui.storage.register import Register


class Integrity(NamedTuple):
    """What is wrong in a file that can be read: nothing, in a register in order.

    `broken` are tables with the number of their rows that refer to something that is not there;
    `unaudited` the audit triggers that are missing.
    """

    broken: Mapping[str, int]
    unaudited: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.broken and not self.unaudited


def check(register: Register) -> Integrity:
    """Read every page of the file and follow every link; it takes minutes in a large register.

    Raises Damaged where a page is not what was written, or its contents do not fit together.
    """
    # A changed page: SQLCipher's own check tells of each, and goes on; the other one would raise.
    settle(register.conn)
    check_pages(register)
    check_contents(register)
    return check_links(register)


def settle(conn: Connection) -> None:
    """Write the log back into the file where that can be done, before `check_pages`.

    That looks at the file alone, where a power cut may have left halves of pages that are whole in
    the log, and are read from there.
    """
    with suppress(DatabaseError, FinsamError):  # a full disk is no damage
        conn.execute("PRAGMA wal_checkpoint").fetchall()


def check_pages(register: Register) -> None:
    """Raise Damaged where a page is not what was written."""
    spoilt = register.sql("PRAGMA cipher_integrity_check").fetchall()
    if spoilt:
        raise _damaged(register, f"{len(spoilt)} av dess sidor är inte som de skrevs")


def check_contents(register: Register) -> None:
    """Raise Damaged where tables and indexes do not fit together."""
    faults = register.sql("PRAGMA integrity_check(1)").fetchall()
    if [fault for (fault,) in faults] != ["ok"]:
        raise _damaged(register, "innehållet hänger inte ihop")


def check_links(register: Register) -> Integrity:
    """Return what refers to something that is not there, and the triggers that are missing."""
    links = register.sql("PRAGMA foreign_key_check").fetchall()
    return Integrity(Counter(link["table"] for link in links), register.unaudited)


def _damaged(register: Register, what: str) -> Damaged:
    return Damaged(
        f"registret {register.path} är skadat: {what}; lägg tillbaka den senaste säkerhetskopian."
    )
