"""Makes a copy of the register that can be trusted: encrypted, read through, whole or not there.

The register may be in use meanwhile, and nobody waits for it: its file and its log are copied as
they lie there, encrypted, and only the copy is read, all of it. The copy is a register of its own,
with its key file beside it: whoever can open the one can open the other. For what a killed program
may leave, see `copies`.
"""

from __future__ import annotations

import json
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING, NamedTuple

from finsam_tui import __version__
from finsam_tui.domain import copies as rules
from finsam_tui.errors import CopyError, Damaged, NewerSchema
from finsam_tui.storage import (
    contents,
    copies,
    driver,
    files,
    integrity,
    key_file,
    last_copy,
    manifest,
    migrations,
    opening,
    place,
    snapshot,
)
from finsam_tui.storage.copies import Copy
from finsam_tui.storage.manifest import Manifest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from pyrage.x25519 import Recipient

    from finsam_tui.storage.driver import Connection
    from finsam_tui.storage.keys import Unlocked
    from finsam_tui.storage.manifest import Contents, Print

_KEYS_LIMIT = 1_000_000  # bytes of a key file


class Order(NamedTuple):
    """What is asked for: where copies lie, and for whom they are wrapped (nobody: not at all).

    `allow_shrink` takes it that the rows that are gone are meant to be.
    """

    folder: Path
    to: Sequence[Recipient] = ()
    allow_shrink: bool = False


class Done(NamedTuple):
    """The finished copy, the names of older ones let go, and of such as are not whole.

    `astray` is whether the last copy was put in that folder, and is not there: see `last_copy`.
    """

    path: Path
    manifest: Manifest
    removed: tuple[str, ...]
    odd: tuple[str, ...]
    astray: bool


def back_up(register: Path, unlocked: Unlocked, order: Order, now: datetime) -> Done:
    """Make a copy of the register at a path, verify it, and let go what need not be kept.

    All older copies stay while there are doubts (see Manifest). Raises CopyError, with nothing
    half-made left, and the RegisterErrors of a register that cannot be opened.
    """
    register = register.resolve()
    astray = last_copy.is_astray(register, order.folder)
    with copies.job(order.folder):
        before = copies.finished(order.folder)
        made = copies.free_time(order.folder, now)
        path = order.folder / copies.name(made, copies.PLAIN)
        try:
            told, raw_key = _copy(register, unlocked, path, order, made)
            told = told._replace(doubts=(*told.doubts, *_doubts(before, told, order, now)))
            path, told = _finish(path, told, raw_key, order)
        except BaseException:
            with suppress(CopyError):
                copies.clear(order.folder)
            raise
        removed = [] if told.doubts else copies.rotate([*before, Copy(path, made, told)])
        _tell(register, path, told)
    odd = tuple(copy.path.name for copy in before if not copy.manifest)
    return Done(path, told, tuple(removed), odd, astray)


def latest(folder: Path) -> Copy | None:
    """Return the newest whole copy in a folder; raises UsageError where there is no folder."""
    return next((copy for copy in reversed(copies.finished(folder)) if copy.manifest), None)


def _copy(
    register: Path, unlocked: Unlocked, path: Path, order: Order, made: datetime
) -> tuple[Manifest, bytearray]:
    """Make the copy, still `.part`, and its key file; return what there is to tell, and its key."""
    part = copies.part_of(path)
    with _source(register, unlocked) as (source, raw_key):
        _refuse_full(register, order)
        files.new_private(part, b"")
        content = _copy_keys(register, path, unlocked)
        heads = snapshot.take(source, register, part)
        try:
            snapshot.settle(part, raw_key)
            found, doubts, printed = _verified(part, raw_key, heads)
        except (CopyError, Damaged):
            contents.refuse_spoilt(register, raw_key)  # where the fault is, if it is not the copy's
            raise
    with files.told(part):
        told = Manifest(
            made=made.strftime("%Y-%m-%dT%H:%M:%SZ"),
            finsam=__version__,
            register=content.register,
            contents=found,
            copy=printed,
            keys=manifest.print_of(copies.keys_of(path)),
            doubts=doubts,
        )
    return told, raw_key


@contextmanager
def _source(register: Path, unlocked: Unlocked) -> Iterator[tuple[Connection, bytearray]]:
    """Open the register as it is, of whatever schema: what a migration would spoil is copied."""
    raw_key = unlocked.raw_keys[opening.find_generation(register, unlocked)]
    with driver.explained(register):
        conn = driver.connect(register, raw_key, driver.Session(unlocked.slot.name))
    with closing(conn), driver.explained(register):
        schema, known = migrations.version(conn), len(migrations.MIGRATIONS)
        if schema > known:
            raise NewerSchema(
                f"registret har schemaversion {schema}, men finsam {__version__} klarar högst "
                f"{known}; installera en nyare finsam."
            )
        if schema == 0:
            raise Damaged(f"registret {register} är tomt; lägg tillbaka den senaste kopian.")
        integrity.settle(conn)
        yield conn, raw_key


def _refuse_full(register: Path, order: Order) -> None:
    size = sum(path.stat().st_size for path in (register, place.log_of(register)) if path.exists())
    needed = size * (2 if order.to else 1)
    files.refuse_full(order.folder, needed, "kopian")


def _copy_keys(register: Path, path: Path, unlocked: Unlocked) -> key_file.KeyFile:
    """Copy the key file; the open register keeps a rotation from going on meanwhile."""
    raw = files.read_private(key_file.path_of(register), _KEYS_LIMIT)
    files.new_private(copies.keys_of(path), raw)
    content = key_file.load(path)
    content.verify(unlocked.raw_keys)
    return content


def _verified(
    part: Path, raw_key: bytearray, heads: Mapping[str, str]
) -> tuple[Contents, tuple[str, ...], Print]:
    """Read all of a copy that is to hold at least what `heads` tell; return as `contents.verify`.

    Last comes its print, taken once it is on the disk.
    """
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as beside:
        print_ = beside.submit(_synced, part)
        found, doubts = contents.verify(part, raw_key, heads)
        return found, doubts, print_.result()


def _synced(part: Path) -> Print:
    """Make a copy that nobody writes to any more durable, and return its print."""
    with files.told(part):
        files.sync(part)
        return manifest.print_of(part)


def _doubts(before: list[Copy], told: Manifest, order: Order, now: datetime) -> Iterator[str]:
    """Yield what speaks against letting older copies go; raises CopyError for another's folder."""
    if any(copy.manifest and copy.manifest.register != told.register for copy in before):
        raise CopyError(
            f"i {order.folder} ligger kopior av ett annat register; ange en annan katalog."
        )
    if rules.went_back((copy.made for copy in before), now):
        yield "clock"
    good = next((copy.manifest for copy in reversed(before) if copy.good), None)
    if good and not order.allow_shrink:
        before_, after = good.contents, told.contents
        meant = {t: n - before_.erased.get(t, 0) for t, n in after.erased.items()}
        shrunk = rules.shrunk(before_.counts, after.counts, meant)
        yield from (f"shrunk:{table}" for table in shrunk)


def _finish(path: Path, told: Manifest, raw_key: bytearray, order: Order) -> tuple[Path, Manifest]:
    """Give the copy its manifest and whole name; return its path, and what is told of that file."""
    files.new_private(manifest.path_of(path), told.to_bytes(raw_key))
    if order.to:
        path, told = _wrap(path, told, raw_key, order.to)
    part = copies.part_of(path)
    with files.told(path):
        files.sync_folder(path.parent)
        part.rename(path)
        files.sync_folder(path.parent)
    copies.clear(path.parent)  # what was wrapped
    return path, told


def _wrap(
    path: Path, told: Manifest, raw_key: bytearray, to: Sequence[Recipient]
) -> tuple[Path, Manifest]:
    """Wrap a copy with its manifest and key file, with a manifest of the whole beside it."""
    from finsam_tui.storage import age

    keys, inner = copies.keys_of(path), manifest.path_of(path)
    wrapped = path.with_name(path.name.removesuffix(copies.PLAIN) + copies.WRAPPED)
    part = copies.part_of(wrapped)
    age.wrap({path.name: copies.part_of(path), keys.name: keys, inner.name: inner}, part, to)
    outer = told._replace(copy=_synced(part), keys=None)
    files.new_private(manifest.path_of(wrapped), outer.to_bytes(raw_key))
    return wrapped, outer


def _tell(register: Path, path: Path, told: Manifest) -> None:
    """Note where the last copy is: among the copies, and beside the register."""
    last = {"copy": path.name, "made": told.made, **told.copy._asdict()}
    last |= {"schema": told.contents.schema, "doubts": list(told.doubts)}
    files.replace_private(path.parent / copies.LAST, json.dumps(last).encode("ascii") + b"\n")
    note = {"folder": str(path.parent.resolve()), **last}
    files.replace_private(last_copy.note_of(register), json.dumps(note).encode("ascii") + b"\n")
