"""Copies made while several write and write their log back: each holds all that was told before."""

from __future__ import annotations

import os
import time
from contextlib import ExitStack, closing, contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING

from finsam_tui.errors import FinsamError
from finsam_tui.storage import contents, driver, files, snapshot
from tests.faults import work
from tests.faults.trials import Count
from tests.register import KEY
from tests.storage.conftest import kill, start

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from random import Random

WRITERS = ("Skrivare 1", "Skrivare 2", "Skrivare 3")
OFTEN = 20  # pages in the log before they are written back; usually a thousand
LATER = 0.05  # seconds at most between two copies
COPIES = 10  # of one register: it grows meanwhile, and all of it is read each time


def copied_crowds(folder: Path, times: int, random: Random) -> Count:
    """Copy a register that three write to without a pause, at moments that chance chooses."""
    count = Count()
    for begun in range(0, times, COPIES):
        path = work.make(folder / str(begun))
        with ExitStack() as writers:
            told = {name: writers.enter_context(_writing(path, name)) for name in WRITERS}
            for number in range(min(COPIES, times - begun)):
                time.sleep(random.uniform(0, LATER))  # the moment is what is tried
                part = path.with_name(f"kopia {number}")
                count.lost += _copy(path, part, told)
                count.tried += 1
    return count


def _copy(path: Path, part: Path, told: dict[str, Callable[[], int]]) -> Iterator[str]:
    """Make a copy and yield what is wrong with it, or missing in it."""
    before = {name: steps() for name, steps in told.items()}
    files.new_private(part, b"")
    try:
        with closing(driver.connect(path, KEY, driver.Session(""))) as source:
            heads = snapshot.take(source, path, part)
        after = {name: steps() for name, steps in told.items()}
        snapshot.settle(part, KEY)
        _, doubts = contents.verify(part, KEY, heads)
    except (FinsamError, driver.DatabaseError) as error:
        yield f"{part.name}: {error!r}"
        return
    yield from doubts
    for name in told:
        yield from work.faults(part, name, before[name], after[name] + 1)


@contextmanager
def _writing(path: Path, name: str) -> Iterator[Callable[[], int]]:
    """Give a function that tells how many steps a child has acknowledged; it is killed at last."""
    reader, writer = os.pipe()
    child = start(partial(_write, path, name, writer))
    os.close(writer)
    os.set_blocking(reader, False)
    told = [0]

    def steps() -> int:
        with suppress(BlockingIOError):
            told[0] += len(os.read(reader, 1 << 16))
        return told[0]

    try:
        yield steps
    finally:
        kill(child)
        os.close(reader)


def _write(path: Path, name: str, out: int) -> None:
    with work.opened(path, name) as register:
        register.sql(f"PRAGMA wal_autocheckpoint = {OFTEN}")
        writer = work.Writer(register, name)
        while True:
            writer.step()
            os.write(out, b".")
