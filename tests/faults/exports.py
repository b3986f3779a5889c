"""Exports that are killed or find no room, and exports of a register whose every text attacks.

What goes by the name that was asked for is whole, and the next export tidies.
"""

from __future__ import annotations

import os
import resource
import zipfile
from collections import Counter
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

import pytest

from finsam_tui.domain.periods import Period
from finsam_tui.errors import CopyError
from finsam_tui.exchange import export_files, screenings
from finsam_tui.storage.register import Register
from tests.backups import KILLED, STEPS, contents_of, dying_at
from tests.exchange.exports import export
from tests.faults import hostile, outputs
from tests.faults.hostile import Passes, Shown
from tests.faults.trials import Count
from tests.register import KEY
from tests.storage.conftest import start, status_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from random import Random

NAMES = ("ut", "ut.xlsx", "våld.csv")
DONE, REFUSED = 0, 7  # how a child ends that had room, and one that was told that it has none
AT_ONCE = 40  # attacks that a pass shows in most files
YEAR = Period.year(hostile.NOW.year - 1)
MADE_AT = "docProps/core.xml"  # in a workbook


def interrupted(folder: Path, times: int, random: Random) -> Count:
    """Kill an export at a step, or give it less room than it needs; then export again."""
    count, ended = Count(), Counter[int]()
    hostile.make(folder / "förbund", programmes=2).close()
    path, once = folder / "förbund" / "register.db", folder / "hel"
    once.mkdir()
    steps = {name: _steps(path, once / name) for name in NAMES}
    for number in range(times):
        name, out = NAMES[number % len(NAMES)], folder / str(number)
        out.mkdir()
        if random.random() < 1 / 2:
            _put(path, out / name)  # and then in its place
        harm = random.choice((_die, _leave))
        most = steps[name] if harm is _die else _largest(once / name)
        at = random.randrange(most)
        fault, told = partial(harm, at), f"{name}: {harm.__name__} {at}"
        ended[status_of(start(partial(_export_amid, path, out / name, fault)))] += 1
        whole = _content(once / name)
        if (out / name).exists() and _content(out / name) != whole:
            count.lost.append(f"{told}: it is there, and not whole")
        _put(path, out / name)
        if _content(out / name) != whole or [file.name for file in out.iterdir()] != [name]:
            count.lost.append(f"{told}: in the end it is not whole, or not alone")
        count.tried += 1
    count.lost += [f"a child ended as {odd}" for odd in ended.keys() - {DONE, REFUSED, KILLED}]
    count.more = {"killed": ended[KILLED], "refused": ended[REFUSED]}
    return count


def attacked(folder: Path, times: int, random: Random) -> Count:
    """Export a register in which every text is an attack, to every kind of file."""
    count = Count()
    shown = Shown(count)
    with closing(hostile.make(folder / "förbund", programmes=5)) as register:
        hostile.fill(register, lambda number: f" snäll{number}")
        tame = {form: outputs.parts(form, file) for _, form, file in _files(register, folder / "0")}
        for number in Passes(times, random).fill(register, 1 + times // AT_ONCE):
            for name, form, file in _files(register, folder / str(number + 1)):
                known = tame[form] | _impossible(form, file)
                wrong = [fault for fault in outputs.faults(form, file, known) if _bad(form, fault)]
                shown.take(name, outputs.marks(form, file), wrong)
    shown.tell(times)
    return count


def _files(register: Register, folder: Path) -> Iterator[tuple[str, str, bytes]]:
    """Export in every way below a new folder; yield its name, and each file's form and content."""
    folder.mkdir()
    for name in NAMES:
        _write(register, folder / name)
        for file in (folder / name, *(folder / name).rglob("*")):
            if file.is_file():
                yield name, file.suffix[1:], file.read_bytes()


def _impossible(form: str, content: bytes) -> set[str]:
    """Return the signs that are no text: no register holds them, so they leave as they are."""
    return {part for part in outputs.parts(form, content) if form == "csv" or " in <" in part}


def _bad(form: str, fault: str) -> bool:
    """Return whether a fault is one: a text of a workbook is one, whatever it begins with."""
    return form == "csv" or not fault.startswith(outputs.BEGINS)


def _put(register: Path, to: Path) -> None:
    with Register.open(register, user=hostile.USER, raw_key=KEY) as opened:
        _write(opened, to)


def _write(register: Register, to: Path) -> None:
    """Export as the command does."""
    if not export_files.is_csv(to):
        export(register, to)
        return
    with register.one_state(room=False):
        made = screenings.compiled(register, YEAR, inflicted=True)
    with export_files.csv_file(to) as put:
        put(made.sheet)


def _steps(register: Path, to: Path) -> int:
    """Export, and return how many steps that took; see `backups.STEPS`."""
    taken = 0

    def counted(usual: Callable[..., object]) -> Callable[..., object]:
        def called(*args: object, **more: object) -> object:
            nonlocal taken
            taken += 1
            return usual(*args, **more)

        return called

    with pytest.MonkeyPatch.context() as patch:
        for name in STEPS:
            patch.setattr(os, name, counted(getattr(os, name)))
        _put(register, to)
    return taken


def _export_amid(register: Path, to: Path, fault: Callable[[], None]) -> None:
    with Register.open(register, user=hostile.USER, raw_key=KEY) as opened:
        fault()
        try:
            _write(opened, to)
        except CopyError:
            os._exit(REFUSED)


def _die(step: int) -> None:
    dying_at(step, pytest.MonkeyPatch())


def _leave(size: int) -> None:
    """Let no file grow beyond so many bytes: what a full disk is, for any user."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def _largest(path: Path) -> int:
    return max(file.stat().st_size for file in (path, *path.rglob("*")) if file.is_file())


def _content(path: Path) -> object:
    """Return what two exports of the same have in common: all but the moment, and an order."""
    if path.is_dir():
        return contents_of(path)
    if export_files.is_csv(path):
        return sorted(path.read_bytes().splitlines())
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name) for name in book.namelist() if name != MADE_AT}
