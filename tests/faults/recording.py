"""Notes all that SQLCipher does to its files: a layer of our own under it, in this process.

SQLite reaches the disk through tables of functions (a VFS). Here the usual ones are copied, and
those that change a file note it.
"""

from __future__ import annotations

import ctypes
from contextlib import contextmanager
from ctypes import CFUNCTYPE, POINTER, c_char_p, c_int, c_int64, c_void_p, string_at
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from finsam_tui.storage import driver
from tests.faults.trials import Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator

# Words of sqlite3_vfs and of sqlite3_io_methods, and where in them the functions stand.
VFS_WORDS, NEXT, NAME, OPEN, DELETE = 21, 2, 3, 5, 6
FILE_WORDS, WRITE, TRUNCATE, SYNC = 19, 3, 4, 5

# A path is passed on as the address it is: options of the file stand behind its end.
OPENED = CFUNCTYPE(c_int, c_void_p, c_void_p, POINTER(c_void_p), c_int, POINTER(c_int))
DELETED = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int)
WRITTEN = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
CUT = CFUNCTYPE(c_int, c_void_p, c_int64)
SYNCED = CFUNCTYPE(c_int, c_void_p, c_int)


class Op(NamedTuple):
    """Something done to a file; `saved` is none: it says that somebody was told so."""

    kind: Literal["create", "write", "truncate", "sync", "delete", "saved"]
    file: str = ""
    offset: int = 0  # of a write; the new size of a truncate; whether a delete is durable at once
    data: bytes = b""


class Recorder:
    """`ops` is what was done, in order, while this was the VFS of SQLCipher."""

    def __init__(self, library: ctypes.CDLL) -> None:
        self.ops: list[Op] = []
        library.sqlite3_vfs_find.restype = c_void_p
        self.usual = int(library.sqlite3_vfs_find(None))
        self._vfs = _words(self.usual, VFS_WORDS)
        self._open, self._delete = OPENED(self._vfs[OPEN] or 0), DELETED(self._vfs[DELETE] or 0)
        self._name = c_char_p(b"recording")
        self._hooks: list[object] = []  # what C calls must live as long as it may
        self._methods: dict[int, ctypes.Array[c_void_p]] = {}  # the usual ones' address → ours
        self._files: dict[int, str] = {}
        self._vfs[NEXT] = None
        self._vfs[NAME] = ctypes.cast(self._name, c_void_p)
        self._vfs[OPEN] = self._hook(OPENED(self._opened))
        self._vfs[DELETE] = self._hook(DELETED(self._deleted))
        self.address = ctypes.addressof(self._vfs)

    def _hook(self, function: ctypes._CFunctionType) -> c_void_p:
        self._hooks.append(function)
        return ctypes.cast(function, c_void_p)

    def _opened(
        self, vfs: int, path: int | None, file: ctypes._Pointer[c_void_p], flags: int, told: object
    ) -> int:
        there = Path(string_at(path).decode()) if path else None  # else a temporary file
        new = there is not None and not there.exists()
        status = int(self._open(vfs, path, file, flags, told))
        methods = file[0]
        if status == 0 and methods:
            name = there.name if there else ""
            if new:
                self.ops.append(Op("create", name))
            self._files[ctypes.addressof(file.contents)] = name
            if methods not in self._methods:
                self._methods[methods] = self._noting(methods)
            file[0] = ctypes.addressof(self._methods[methods])
        return status

    def _noting(self, usual: int) -> ctypes.Array[c_void_p]:
        """Return a copy of a file's functions, where those that change it note so."""
        methods = _words(usual, FILE_WORDS)
        write, cut, sync = (
            WRITTEN(methods[WRITE] or 0),
            CUT(methods[TRUNCATE] or 0),
            SYNCED(methods[SYNC] or 0),
        )

        def written(file: int, data: int, length: int, offset: int) -> int:
            content = string_at(data, length)
            self.ops.append(Op("write", self._files[file], offset, content))
            return int(write(file, data, length, offset))

        def truncated(file: int, size: int) -> int:
            self.ops.append(Op("truncate", self._files[file], size))
            return int(cut(file, size))

        def synced(file: int, flags: int) -> int:
            status = int(sync(file, flags))
            self.ops.append(Op("sync", self._files[file]))
            return status

        methods[WRITE] = self._hook(WRITTEN(written))
        methods[TRUNCATE] = self._hook(CUT(truncated))
        methods[SYNC] = self._hook(SYNCED(synced))
        return methods

    def _deleted(self, vfs: int, path: int, durable: int) -> int:
        self.ops.append(Op("delete", Path(string_at(path).decode()).name, durable))
        return int(self._delete(vfs, path, durable))


@contextmanager
def recording() -> Iterator[Recorder]:
    """Note what is done to the files of registers opened, and closed, in the block."""
    import sqlcipher3

    assert driver.KEY_BYTES  # its module has loaded the library
    (path,) = Path(sqlcipher3.__file__).parent.glob("_sqlite3*.so")
    library = ctypes.CDLL(str(path))
    if not hasattr(library, "sqlite3_vfs_register") or ctypes.sizeof(c_void_p) != 8:
        raise Unavailable("SQLCipher hides its inside here")
    recorder = Recorder(library)
    library.sqlite3_vfs_register(c_void_p(recorder.address), 1)
    try:
        yield recorder
    finally:
        library.sqlite3_vfs_register(c_void_p(recorder.usual), 1)
        library.sqlite3_vfs_unregister(c_void_p(recorder.address))


def _words(address: int, count: int) -> ctypes.Array[c_void_p]:
    return (c_void_p * count).from_buffer_copy(string_at(address, 8 * count))
