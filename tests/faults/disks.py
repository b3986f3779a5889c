"""A disk that fills up while people save: each save says one line, and all or nothing is there."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

from finsam_tui.crash import explain
from finsam_tui.errors import CopyError, FinsamError
from tests.faults import work
from tests.faults.trials import Count, Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from random import Random

NAME = "Skrivare"
AGAIN = 6  # saves that are tried on a full disk


def no_pages_left(folder: Path, times: int, random: Random) -> Count:
    """Let the register not grow: what a full disk is to the database, for any user."""
    path, count = work.make(folder), Count()
    for _ in range(times):
        with work.opened(path, NAME) as register:
            (pages,) = register.sql("PRAGMA page_count").fetchall()[0]
            writer = work.Writer(register, NAME)
            most = int(pages) + random.randrange(12)
            register.sql(f"PRAGMA max_page_count = {most}").fetchall()
            count.lost += _until_full(writer)
        count.lost += _goes_on(path, writer.saved)
        count.tried += 1
    return count


def full_file_systems(folder: Path, times: int, random: Random) -> Count:
    """Fill a real file system under the register and its log."""
    at, count, opened_full = folder / "disk", Count(), 0
    for _ in range(times):
        with file_system(at, "4m"):
            path = work.make(at)
            ballast = at / "annat"
            with work.opened(path, NAME) as register:
                writer = work.Writer(register, NAME)
                free = shutil.disk_usage(at).free
                ballast.write_bytes(bytes(free - random.randrange(400_000)))
                count.lost += _until_full(writer)
            try:
                work.opened(path, NAME).close()
                opened_full += 1
            except FinsamError as error:
                count.lost += _unlike_a_full_disk(error)
            ballast.unlink()
            count.lost += _goes_on(path, writer.saved)
        count.tried += 1
    count.more = {"opened_while_full": opened_full}
    return count


def _until_full(writer: work.Writer) -> Iterator[str]:
    """Save until the disk is full, and some more; yield what is not said as it should be."""
    for _ in range(1000):
        try:
            writer.step()
        except Exception as error:  # noqa: BLE001 - any other is what is looked for
            yield from _unlike_a_full_disk(error)
            break
    else:
        yield "the disk was never full"
    for _ in range(AGAIN):
        try:
            writer.step()  # what needs less room may still find it
        except Exception as error:  # noqa: BLE001 - as above
            yield from _unlike_a_full_disk(error)


def _unlike_a_full_disk(error: Exception) -> Iterator[str]:
    line, status = explain(error)
    told = isinstance(error, CopyError) and "disken" in line and "\n" not in line
    if not told or status != CopyError.exit_code:
        yield f"told as {status}: {line} ({error!r})"


def _goes_on(path: Path, saved: int) -> Iterator[str]:
    """Yield what is wrong once there is room again."""
    yield from work.faults(path, NAME, saved, saved)
    with work.opened(path, NAME) as register:
        work.Writer(register, NAME).step()
    yield from work.faults(path, NAME, saved + 1, saved + 1)


@contextmanager
def file_system(at: Path, size: str) -> Iterator[None]:
    """Mount a small file system; raises Unavailable where that may not be done."""
    mount, unmount = shutil.which("mount"), shutil.which("umount")
    at.mkdir(exist_ok=True, mode=0o700)
    if os.geteuid() != 0 or not mount or not unmount:
        raise Unavailable("only root may mount a file system")
    told = [mount, "-t", "tmpfs", "-o", f"size={size},mode=700", "tmpfs", str(at)]
    if subprocess.run(told, check=False, capture_output=True).returncode:
        raise Unavailable("no file system may be mounted here")
    try:
        yield
    finally:
        subprocess.run([unmount, at], check=True)
