"""What finsam uses of sqlcipher3, typed, for the driver ships no types; never loaded at run time.

`driver` hands these names on: to mypy they are the classes below, in a running program the
driver's own.
"""

# ruff: noqa: D102 - the DB-API (PEP 249) and sqlite3 of the standard library tell what each does

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Protocol, Self, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

    Params: TypeAlias = Sequence[object] | Mapping[str, object]


class Row(Protocol):
    """One row, by column name or place; `dict(row)` makes a mapping of it."""

    def keys(self) -> list[str]: ...
    def __getitem__(self, key: str | int, /) -> Any: ...  # noqa: ANN401 - the column decides
    def __iter__(self) -> Iterator[Any]: ...
    def __len__(self) -> int: ...


class Cursor(Protocol):
    """A statement under way, and its rows."""

    @property
    def rowcount(self) -> int: ...
    @property
    def lastrowid(self) -> int: ...
    @property
    def description(self) -> Sequence[Sequence[object]]: ...
    def fetchone(self) -> Row | None: ...
    def fetchmany(self, size: int = ..., /) -> list[Row]: ...
    def fetchall(self) -> list[Row]: ...
    def __iter__(self) -> Iterator[Row]: ...


class Connection(Protocol):
    """A connection to one database file; used in the thread that made it.

    Given its `path`, it tells what the file does as a FinsamError (`faults`).
    """

    row_factory: object
    path: Path | None

    @property
    def in_transaction(self) -> bool: ...
    @property
    def total_changes(self) -> int: ...
    def set_key(self, key: bytes | bytearray, /) -> None: ...
    def reset_key(self, key: bytes | bytearray, /) -> None: ...
    def cursor(self) -> Cursor: ...
    def execute(self, sql: str, params: Params = ..., /) -> Cursor: ...
    def executemany(self, sql: str, params: Iterable[Params], /) -> Cursor: ...
    def executescript(self, sql: str, /) -> Cursor: ...
    def create_function(
        self, name: str, arguments: int, function: Callable[..., object], /
    ) -> None: ...
    def backup(
        self,
        target: Connection,
        *,
        pages: int = ...,
        progress: Callable[[int, int, int], object] | None = ...,
    ) -> None: ...
    def set_progress_handler(self, handler: Callable[[], object] | None, steps: int, /) -> None: ...
    def set_trace_callback(self, callback: Callable[[str], object] | None, /) -> None: ...
    def interrupt(self) -> None: ...
    def close(self) -> None: ...
    def __enter__(self) -> Self: ...
    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
        /,
    ) -> Literal[False]: ...


class Error(Exception):
    """Anything the database refuses; `sqlite_errorcode` is SQLite's own (extended) number."""

    sqlite_errorcode: int
    sqlite_errorname: str


class DatabaseError(Error):
    """The file or the statement is at fault."""


class OperationalError(DatabaseError):
    """The disk, a lock, or a statement that does not fit the tables."""


class IntegrityError(DatabaseError):
    """A constraint or a trigger refused a row."""


class ProgrammingError(DatabaseError):
    """A closed connection, or parameters that do not fit the statement."""
