"""What a copy of the register says of itself: what its files are to be, and what was in it.

It is JSON beside the copy, and holds no personal data. A check sum tells damage. A seal keyed by
the register's raw key tells, once that is known, that the manifest was written by finsam and is
that of this register: whoever can write to the folder of copies cannot make one up.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from finsam_tui.errors import CopyError
from finsam_tui.storage import files, sealed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FORMAT = 1
SUFFIX = ".json"
_LIMIT = 1_000_000  # bytes of a manifest; it takes some two thousand
_SEAL = b"finsam manifest 1"


class Print(NamedTuple):
    """A file as it is to be: how many bytes, and their SHA-256."""

    bytes: int
    sha256: str


class Contents(NamedTuple):
    """What a register holds: schema version, table → rows, table → rows that were ever erased.

    `audit` is log → its last entry and seal, as `audit.head` tells them.
    """

    schema: int
    counts: Mapping[str, int]
    erased: Mapping[str, int]
    audit: Mapping[str, str]


class Manifest(NamedTuple):
    """What is told of a copy.

    `made` is UTC, to the second; `register` the id in the key file; `copy` and `keys` are its two
    files, without `keys` where they are wrapped with it; `counts` is table → rows; `doubts` what
    somebody has to look at before older copies may be let go: "shrunk:TABLE", "broken:TABLE",
    "unaudited:TRIGGER" or "clock".
    """

    made: str
    finsam: str
    register: str
    contents: Contents
    copy: Print
    keys: Print | None
    doubts: tuple[str, ...] = ()
    seal: str = ""

    def to_bytes(self, raw_key: bytes | bytearray) -> bytes:
        """Return the manifest's content, sealed by the raw key of the copy."""
        body = self._body()
        return sealed.to_bytes({**body, "seal": sealed.seal(raw_key, _SEAL, body)})

    def sealed_by(self, raw_key: bytes | bytearray) -> bool:
        """Whether this was written by somebody who had the raw key."""
        return sealed.is_seal(self.seal, raw_key, _SEAL, self._body())

    def _body(self) -> dict[str, object]:
        return {
            "finsam_copy": FORMAT,
            "made": self.made,
            "finsam": self.finsam,
            "register": self.register,
            "schema": self.contents.schema,
            "copy": self.copy._asdict(),
            "keys": self.keys and self.keys._asdict(),
            "counts": dict(self.contents.counts),
            "erased": dict(self.contents.erased),
            "audit": dict(self.contents.audit),
            "doubts": list(self.doubts),
        }


def path_of(copy: Path) -> Path:
    """Return the path of the manifest that belongs to a copy."""
    return copy.with_name(copy.name + SUFFIX)


def print_of(path: Path) -> Print:
    """Return the print of a file; raises OSError."""
    with path.open("rb") as file:
        return Print(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


def read(copy: Path) -> Manifest:
    """Return the manifest of the copy at a path; raises CopyError where there is none that holds.

    That it says the truth is for the one who has the raw key to see: `sealed_by`.
    """
    path = path_of(copy)
    try:
        return _parse(files.read_limited(path, _LIMIT))
    except FileNotFoundError:
        raise CopyError(f"kopian {copy} saknar sitt manifest {path.name}; ta en annan.") from None
    except OSError as error:
        raise CopyError(f"manifestet {path} går inte att läsa; ta en annan kopia.") from error
    except sealed.UNREADABLE as error:
        raise CopyError(f"manifestet {path} är skadat; ta en annan kopia.") from error


def _parse(raw: bytes) -> Manifest:
    content = json.loads(raw)
    if content["finsam_copy"] > FORMAT:
        raise CopyError("kopian är gjord av en nyare finsam; installera en nyare finsam.")
    sealed.take_sum(content)
    return Manifest(
        made=str(content["made"]),
        finsam=str(content["finsam"]),
        register=str(content["register"]),
        contents=Contents(
            int(content["schema"]),
            {str(table): int(rows) for table, rows in content["counts"].items()},
            {str(table): int(rows) for table, rows in content["erased"].items()},
            {str(log): str(last) for log, last in content["audit"].items()},
        ),
        copy=_print(content["copy"]),
        keys=content["keys"] and _print(content["keys"]),
        doubts=tuple(map(str, content["doubts"])),
        seal=str(content["seal"]),
    )


def _print(told: Mapping[str, Any]) -> Print:
    return Print(int(told["bytes"]), str(told["sha256"]))
