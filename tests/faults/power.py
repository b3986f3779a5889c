"""What a power cut may leave of a register, built from what was done to its files, and opened.

What was synced is on the disk. Of what was written since, anything may be: all, nothing, some
writes, some sectors of 512 bytes, noise where one was being written, in any order, in each file
by itself; a new file or its name may be missing, a removed one still be there.
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from tests.faults import work
from tests.faults.recording import Op, recording
from tests.faults.trials import Count

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from random import Random

SECTOR = 512
NAME = "Skrivare"
SESSIONS, STEPS = 3, 24  # openings of the register, and steps in each
OFTEN = 40  # pages in the log before they are written back; usually a thousand


def with_full(folder: Path, times: int, random: Random) -> Count:
    """Cut the power of a register as finsam uses it: nothing acknowledged may be missing."""
    return _cut(folder, times, random, "FULL")


def with_normal(folder: Path, times: int, random: Random) -> Count:
    """Show that the trial bites: with less syncing a cut loses steps, though it breaks nothing."""
    count = _cut(folder, times, random, "NORMAL")
    if not count.more["older"]:
        count.lost.append("no cut was one that loses anything")
    return count


def _cut(folder: Path, times: int, random: Random, sync: Literal["FULL", "NORMAL"]) -> Count:
    path = work.make(folder)
    disk = Disk({path.name: path.read_bytes()})
    ops = _record(path, sync)
    count = Count(more={"operations": len(ops)})
    older = saved = done = 0
    for cut in sorted(random.randrange(len(ops)) for _ in range(times)):
        for op in ops[done:cut]:
            disk.do(op)
            saved += op.kind == "saved"
        done = cut
        _put(folder / "image", disk.image(random))
        image = folder / "image" / path.name
        count.tried += 1
        least = saved if sync == "FULL" else 0
        wrong = list(work.faults(image, NAME, least, saved + 1))
        count.lost += [f"cut at {cut}: {line}" for line in wrong]
        if sync == "NORMAL" and not wrong:
            with work.opened(image, NAME) as register:
                older += work.done(register, NAME) < saved
    if sync == "NORMAL":
        count.more["older"] = older
    return count


def _record(path: Path, sync: str) -> list[Op]:
    """Work in the register, and return what was done to its files."""
    with recording() as recorder:
        for _ in range(SESSIONS):
            with work.opened(path, NAME) as register:
                register.sql(f"PRAGMA synchronous = {sync}")
                register.sql(f"PRAGMA wal_autocheckpoint = {OFTEN}").fetchall()
                writer = work.Writer(register, NAME)
                for _ in range(STEPS):
                    writer.step()
                    recorder.ops.append(Op("saved"))
    return recorder.ops


@dataclass
class Disk:
    """Files as they surely are, and `loose`: what was done to each since it was synced."""

    files: dict[str, bytes]
    loose: dict[str, list[Op]] = field(default_factory=lambda: defaultdict(list))

    def do(self, op: Op) -> None:
        """Take note of what a program does."""
        if op.kind == "saved":
            return
        self.loose[op.file].append(op)
        if op.kind == "sync" or (op.kind == "delete" and op.offset):
            self._keep(op.file, Survivor(self.files.get(op.file)))

    def _keep(self, name: str, survivor: Survivor) -> None:
        content = survivor.after(self.loose.pop(name))
        self.files.pop(name, None)
        if content is not None:
            self.files[name] = content

    def image(self, random: Random) -> dict[str, bytes]:
        """Return what may be found after a power cut."""
        twin = Disk(dict(self.files), defaultdict(list, self.loose))
        for name in list(self.loose):
            twin._keep(name, Unlucky(self.files.get(name), random))
        return twin.files


class Survivor:
    """A file's content (None: there is none), and what it is after some operations: all of them."""

    def __init__(self, content: bytes | None) -> None:
        self.content = None if content is None else bytearray(content)

    def after(self, ops: list[Op]) -> bytes | None:
        """Return the content after operations, as far as they came about."""
        there = True  # whether it is this file that is written to
        for op in ops:
            if op.kind == "create":
                there = self.kept()
                self.content = bytearray() if there else self.content
            elif op.kind == "delete":
                there = False
                self.content = None if self.kept() else self.content
            elif there and self.content is not None:
                self._change(self.content, op)
        return None if self.content is None else bytes(self.content)

    def _change(self, content: bytearray, op: Op) -> None:
        if op.kind == "truncate" and self.kept():
            del content[op.offset :]
            content += bytes(op.offset - len(content))
        elif op.kind == "write":
            for offset, data in self.pieces(op):
                content += bytes(max(0, offset + len(data) - len(content)))
                content[offset : offset + len(data)] = data

    def kept(self) -> bool:
        """Whether the next operation came about."""
        return True

    def pieces(self, op: Op) -> Iterator[tuple[int, bytes]]:
        """Yield the pieces of a write that came about."""
        yield op.offset, op.data


class Unlucky(Survivor):
    """A file in a power cut: a share of the operations came about, or left noise."""

    def __init__(self, content: bytes | None, random: Random) -> None:
        super().__init__(content)
        self._random = random
        self._share = random.choice((0, 0.1, 0.5, 0.9, 1))
        self._torn, self._noise = random.random() < 0.5, random.random() < 0.2

    def kept(self) -> bool:
        return self._random.random() < self._share

    def pieces(self, op: Op) -> Iterator[tuple[int, bytes]]:
        start, end = op.offset, op.offset + len(op.data)
        sectors = range(start // SECTOR * SECTOR + SECTOR, end, SECTOR) if self._torn else ()
        edges = [start, *sectors, end]
        for first, last in pairwise(edges):
            if self.kept():
                yield first, op.data[first - start : last - start]
            elif self._noise and self.kept():
                yield first, self._random.randbytes(last - first)


def _put(folder: Path, files: Mapping[str, bytes]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    for name, content in files.items():
        (folder / name).touch(0o600)
        (folder / name).write_bytes(content)
