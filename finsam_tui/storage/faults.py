"""What the database says about its file, turned into an error with a Swedish line.

A register's connection does so by itself, at a statement and at each row: rows come one by one, and
a damaged page may first be met by the thousandth. Faults of a statement pass through as they are.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import sqlcipher3

from finsam_tui.errors import CopyError, Damaged, FinsamError, Locked, ReadOnly
from finsam_tui.storage import files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from finsam_tui.storage.dbapi import DatabaseError
else:
    from sqlcipher3 import DatabaseError


_NO_TEXT = "Could not decode to UTF-8"  # how the driver begins; it gives no code


class Telling(sqlcipher3.Connection):  # type: ignore[misc] # the driver ships no types
    """A connection that explains what its file does, once it has been told its `path`."""

    path: Path | None = None

    def cursor(self) -> _Cursor:
        """Return a cursor that explains, too; every statement runs through one."""
        return super().cursor(_Cursor)  # type: ignore[no-any-return] # see above


class _Cursor(sqlcipher3.Cursor):  # type: ignore[misc] # see above
    def execute(self, *args: Any) -> _Cursor:  # noqa: ANN401 - as the driver's
        self._told(super().execute, *args)
        return self

    def executemany(self, *args: Any) -> _Cursor:  # noqa: ANN401
        self._told(super().executemany, *args)
        return self

    def fetchone(self) -> Any:  # noqa: ANN401
        return self._told(super().fetchone)

    def fetchmany(self, *args: Any) -> Any:  # noqa: ANN401
        return self._told(super().fetchmany, *args)

    def fetchall(self) -> Any:  # noqa: ANN401
        return self._told(super().fetchall)

    def __iter__(self) -> Iterator[Any]:
        try:
            yield from iter(super().__next__, None)
        except DatabaseError as error:
            self._tell(error)
            raise

    def _told(self, job: Callable[..., Any], *args: Any) -> Any:  # noqa: ANN401
        try:
            return job(*args)
        except DatabaseError as error:
            self._tell(error)
            raise

    def _tell(self, error: DatabaseError) -> None:
        if (path := self.connection.path) is not None:
            _tell(error, path)


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what the database says about its file into a FinsamError; the rest passes through."""
    try:
        yield
    except DatabaseError as error:
        _tell(error, path)
        raise


def _tell(error: DatabaseError, path: Path) -> None:
    """Raise what the error says about the file, if it does."""
    if told := _error(error, path):
        try:
            raise told from error
        finally:
            del told  # it would keep its own frames, and their cursor keep the file open


def _error(error: DatabaseError, path: Path) -> FinsamError | None:
    """Return the error for a (primary) result code of SQLite; None if it is not about the file."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    damaged = code in {sqlcipher3.SQLITE_CORRUPT, sqlcipher3.SQLITE_NOTADB}
    if damaged or str(error).startswith(_NO_TEXT):
        return Damaged(
            f"registret {path} är skadat eller hör inte ihop med sin nyckelfil; "
            "lägg tillbaka den senaste säkerhetskopian."
        )
    if code in {sqlcipher3.SQLITE_BUSY, sqlcipher3.SQLITE_LOCKED}:
        return Locked(
            f"registret {path} är upptaget av ett annat program; försök igen om en stund."
        )
    if code in {sqlcipher3.SQLITE_READONLY, sqlcipher3.SQLITE_CANTOPEN}:
        return ReadOnly(
            f"registret {path} går inte att skriva i; "
            "se till att du får skriva både i filen och i dess katalog."
        )
    full = code == sqlcipher3.SQLITE_IOERR and files.is_full(path.parent)
    if full or code == sqlcipher3.SQLITE_FULL:
        return CopyError(
            f"disken är full vid {path}; inget sparades och registret är oskadat. "
            "Frigör utrymme och försök igen."
        )
    if code == sqlcipher3.SQLITE_IOERR:
        return CopyError(
            f"disken svarar med fel vid {path}; inget sparades. Kontrollera disken och försök igen."
        )
    return None
