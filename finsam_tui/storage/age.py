"""Wraps a copy so that only those who hold an age identity can read it, and unwraps it again.

What is wrapped is a tar archive, so that `age -d` and `tar` alone get at it too. pyrage, which does
the work, is loaded when it is asked for.
"""

from __future__ import annotations

import os
import tarfile
from typing import TYPE_CHECKING

from finsam_tui.errors import CopyError, UsageError, WrongKey
from finsam_tui.storage import files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from pyrage.x25519 import Identity, Recipient

SUFFIX = ".age"
_MARK = b"age-encryption.org/"
_MOST = 100  # recipients; each takes some hundred bytes
_HEAD, _HEAD_ENDS = 20_000, b"\n---"  # the age library takes hours over the head of a bad joke
_CHUNK = 1 << 20
_BLOCK = 512  # bytes; a member of an archive fills whole ones
_IDENTITY_LIMIT = 100_000  # bytes of an identity file
_IDENTITY = "AGE-SECRET-KEY-"


def is_wrapped(path: Path) -> bool:
    """Return whether a file was wrapped, by its name or, should that have changed, its content."""
    with path.open("rb") as file:
        return path.suffix == SUFFIX or file.read(len(_MARK)) == _MARK


def recipients(keys: Iterable[str]) -> list[Recipient]:
    """Return the recipients that public keys, "age1…", stand for; raises UsageError."""
    from pyrage import RecipientError
    from pyrage.x25519 import Recipient

    distinct = list(dict.fromkeys(keys))
    if len(distinct) > _MOST:
        raise UsageError(f"en kopia kan ha högst {_MOST} mottagare.")
    try:
        return [Recipient.from_str(key) for key in distinct]
    except RecipientError as error:
        raise UsageError(
            "en mottagare är ingen publik nyckel från age; den börjar med age1 och skrivs av "
            "age-keygen."
        ) from error


def identities(path: Path) -> list[Identity]:
    """Return the identities in a file that is its owner's alone, as age-keygen writes it.

    Raises WrongKey where there is none, RegisterMissing and LooseMode.
    """
    from pyrage import IdentityError
    from pyrage.x25519 import Identity

    text = files.read_private(path, _IDENTITY_LIMIT).decode("ascii", "replace")
    try:
        found = [Identity.from_str(w) for w in text.split() if w.startswith(_IDENTITY)]
    except IdentityError:
        found = []
    if not found:
        raise WrongKey(f"{path} är ingen fil från age-keygen; kontrollera --identity.")
    return found


def wrap(members: Mapping[str, Path], target: Path, to: Sequence[Recipient]) -> None:
    """Write the files, by the names they get, to a new file at `target`; raises CopyError."""
    from pyrage import EncryptError, encrypt_io

    with files.told(target):
        files.new_private(target, b"")
        with target.open("wb") as file:
            writer = _Writer(file)
            try:
                encrypt_io(_Archive(members), writer, to)
            except EncryptError:
                if writer.failed:
                    raise writer.failed from None
                raise


def unwrap(source: Path, paths: Sequence[Path], by: Sequence[Identity]) -> None:
    """Put the files that were wrapped at `paths`, in their order; there is nothing there yet.

    Raises WrongKey where the identities do not open it, and CopyError where it is not whole or does
    not hold that many files.
    """
    archive = paths[0].with_name(paths[0].name + ".tar")
    with files.told(archive):
        files.new_private(archive, b"")
        try:
            _decrypt(source, archive, by)
            _unpack(archive, paths)
        except (tarfile.TarError, ValueError) as error:
            raise CopyError(f"kopian {source} håller inte det den ska; ta en annan.") from error
        finally:
            archive.unlink()


def _decrypt(source: Path, target: Path, by: Sequence[Identity]) -> None:
    from pyrage import DecryptError, decrypt_io

    damaged = f"kopian {source} är skadad; ta en annan."
    try:
        with source.open("rb") as wrapped, target.open("wb") as plain:
            if _HEAD_ENDS not in wrapped.read(_HEAD):
                raise CopyError(damaged)
            wrapped.seek(0)
            decrypt_io(wrapped, plain, by)
    except DecryptError as error:
        if "No matching keys" not in str(error):
            raise CopyError(damaged) from error
        raise WrongKey(
            f"identiteten öppnar inte {source}; ta en av dem som kopian gjordes för."
        ) from None
    except OSError as error:
        if error.errno is None:  # what pyrage makes of a part that is not what was written
            raise CopyError(damaged) from error
        raise


def _unpack(archive: Path, paths: Sequence[Path]) -> None:
    """Raise ValueError or TarError for anything but as many plain files.

    Anybody can wrap for a public key. So no name in there is looked at, and nothing that is not a
    plain file: to read about long names and the like takes as much memory as they say.
    """
    with archive.open("rb") as tar:
        for path in paths:
            member = tarfile.TarInfo.frombuf(tar.read(_BLOCK), "utf-8", "replace")
            if member.type != tarfile.REGTYPE or member.size < 0:
                raise ValueError("no plain file")
            files.new_private(path, b"")
            with path.open("wb") as file:
                _copy(tar, file, member.size)
            tar.seek(-member.size % _BLOCK, os.SEEK_CUR)
        if tar.read(_BLOCK).strip(b"\0"):
            raise ValueError("one file too many")


def _copy(source: BinaryIO, target: BinaryIO, size: int) -> None:
    while size:
        read = source.read(min(size, _CHUNK))
        if not read:
            raise ValueError("less than it says")
        target.write(read)
        size -= len(read)


class _Archive:
    """The files as a tar archive that is read, never written: the copy may be large."""

    def __init__(self, members: Mapping[str, Path]) -> None:
        self._parts = _parts(members)
        self._left = memoryview(b"")

    def read(self, size: int) -> bytes:
        """Return up to `size` bytes, none at the end."""
        if not self._left:
            self._left = memoryview(next(self._parts, b""))
        read, self._left = self._left[:size], self._left[size:]
        return bytes(read)


def _parts(members: Mapping[str, Path]) -> Iterator[bytes]:
    for name, path in members.items():
        member = tarfile.TarInfo(name)
        member.size, member.mode = path.stat().st_size, 0o600
        yield member.tobuf(tarfile.GNU_FORMAT)  # in one block, however large the file
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                yield chunk
        if member.size % _BLOCK:  # nothing at all would be taken for the end
            yield bytes(-member.size % _BLOCK)
    yield bytes(2 * _BLOCK)


class _Writer:
    """A file that remembers what failed: pyrage tells it in words only."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.failed: OSError | None = None

    def write(self, data: bytes) -> int:
        """Write and return how much was written."""
        try:
            return self._file.write(data)
        except OSError as error:
            self.failed = error
            raise

    def flush(self) -> None:
        """Write out what is held."""
        self._file.flush()
