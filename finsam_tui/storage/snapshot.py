"""Copies a register in use as it lies there: no page is decrypted, and nobody waits.

What may be torn by that is put right by the log, and that it was is for `contents.verify` to see.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from finsam_tui.errors import CopyError
from finsam_tui.storage import audit, driver, files, place

if TYPE_CHECKING:
    from pathlib import Path

    from finsam_tui.storage.driver import Connection

_HEAD = 32  # bytes of a log, which are others whenever a log is begun anew


def take(source: Connection, register: Path, part: Path) -> dict[str, str]:
    """Copy a register's file to an empty one, and its log beside; return the heads of its logs.

    As long as `source` reads one state, others can write back only what is in the log, and that
    stays there: the log puts right what was copied half written. Where all of it was written back
    before, nothing else is, but a new log may be begun. Its head shows that, and it is copied anew.
    Raises CopyError.
    """
    source.execute("BEGIN")
    heads = audit.head(source)
    copy_file(register, part)
    log, copied = place.log_of(register), place.log_of(part)
    files.new_private(copied, b"")
    while log.exists():
        copy_file(log, copied)
        if _head(log) == _head(copied):
            break
    source.execute("ROLLBACK")
    return heads


def settle(part: Path, raw_key: bytes | bytearray) -> None:
    """Make one file of a copied file and its log, which can be read without making one."""
    with driver.explained(part), closing(driver.connect(part, raw_key, driver.Session(""))) as conn:
        conn.execute("PRAGMA synchronous = OFF")  # nobody reads it before it is synced
        conn.execute("PRAGMA journal_mode = DELETE").fetchall()


def copy_file(path: Path, to: Path) -> None:
    """Copy a file into one that is there, by another process; raises CopyError.

    To close the register's file in this one would drop the locks that SQLite has on it. The other
    is given the open file: left alone by a kill, it makes none that nobody would tidy away.
    """
    import subprocess

    command = ["cat", "--", str(path)]
    with files.told(to), to.open("wb") as file:
        try:
            done = subprocess.run(  # noqa: S603 - a path of our own
                command, check=False, stdout=file, stderr=subprocess.DEVNULL
            )
        except FileNotFoundError as error:
            raise CopyError("cat saknas på PATH; lägg till katalogen där det ligger.") from error
    if done.returncode:
        raise CopyError(
            f"kopian kunde inte skrivas i {to.parent}: disken är full eller svarar med fel; "
            "registret är oskadat."
        )


def _head(log: Path) -> bytes:
    with log.open("rb") as file:
        return file.read(_HEAD)
