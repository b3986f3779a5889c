"""Bits turned, blocks lost and ends cut off in every file beside and around a register.

Whatever is done to a file, finsam says so in one line and ends as it should, or it shows what was
stored. Of the log it may lose the end: a log that breaks off is what a power cut leaves, and the
state before is whole. Each try runs in a process of its own, which a fault may bring down.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from finsam_tui import cli
from finsam_tui.errors import FinsamError
from finsam_tui.storage import audit, driver, key_file, opening
from finsam_tui.storage.keys import unlock_key_file
from finsam_tui.storage.place import PAGE
from tests.backups import NIGHT, Site
from tests.faults.trials import Count
from tests.storage.conftest import start, status_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from random import Random

    Harm = Callable[[bytearray, Random], str]

OPENED = {0, 1}  # exit statuses of a command that has read what it was to read
REFUSED = {3, 4, 5}
OWN = {"access", "seal"}  # tables in which a report itself leaves a trace
LONG = "å" * 9_000  # a text that takes pages of its own


class Place:
    """A register, its log, a copy of it and settings, harmed in a twin of their folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "hel"
        site = Site(self.folder)
        site.note("före", LONG)
        self.states = [_content(site.path, site.service)]
        copy = site.back_up(NIGHT).path
        self.copy = copy.relative_to(self.folder)
        (self.folder / "finsam.toml").write_text('colours = "finsam-ljus"\n', encoding="ascii")
        self._write_log(site)

    def _write_log(self, site: Site) -> None:
        """Write a few texts and die, so that the log stays."""
        for number in range(4):
            texts = [f"{number} {n}" for n in range(8)]
            status_of(start(partial(_note_and_die, site.path, site.service, texts)))
            twin = self.folder.with_name("tillstånd")
            shutil.copytree(self.folder, twin)
            self.states.append(_content(twin / site.path.name, twin / site.service.name))
            shutil.rmtree(twin)

    def twin(self) -> Path:
        to = self.folder.with_name("harmed")
        shutil.rmtree(to, ignore_errors=True)
        shutil.copytree(self.folder, to)
        return to


def harms(folder: Path, times: int, random: Random) -> Count:
    """Harm each kind of file so many times."""
    place, count = Place(folder), Count()
    copy = place.copy
    kinds = {
        "register": Path("register.db"),
        "log": Path("register.db-wal"),
        "index of the log": Path("register.db-shm"),
        "key file": Path("register.db.nycklar"),
        "service key": Path("natt.nyckel"),
        "copy": copy,
        "keys of the copy": copy.with_name(copy.name + key_file.SUFFIX),
        "manifest": copy.with_name(copy.name + ".json"),
        "settings": Path("finsam.toml"),
    }
    for kind, file in kinds.items():
        told: dict[str, int] = {}
        for _ in range(times):
            twin = place.twin()
            how = _harm(twin / file, random)
            wrong, what = _look(place, twin, kind, random)
            told[what] = told.get(what, 0) + 1
            count.tried += 1
            count.lost += [f"{kind}, {how}: {line}" for line in wrong]
        count.more[kind] = told
    return count


def _harm(file: Path, random: Random) -> str:
    content = bytearray(file.read_bytes())
    ways = [_turn_a_bit, _turn_a_bit, _cut_off, _lose_a_block]
    how = random.choice([*ways, _repeat_a_block] if len(content) > PAGE else ways)
    told = how(content, random)
    file.write_bytes(content)
    return told


def _turn_a_bit(content: bytearray, random: Random) -> str:
    bit = random.randrange(8 * len(content))
    content[bit // 8] ^= 1 << bit % 8
    return f"bit {bit} turned"


def _cut_off(content: bytearray, random: Random) -> str:
    length = random.randrange(len(content))
    del content[length:]
    return f"cut to {length}"


def _lose_a_block(content: bytearray, random: Random) -> str:
    start_at = random.randrange(len(content)) // 512 * 512
    length = min(512, len(content) - start_at)
    content[start_at : start_at + length] = bytes(length)
    return f"{length} noughts at {start_at}"


def _repeat_a_block(content: bytearray, random: Random) -> str:
    """Put an older page where another one is, as a disk does that writes to the wrong place."""
    pages = len(content) // PAGE
    a, b = random.randrange(pages) * PAGE, random.randrange(pages) * PAGE
    block = content[a : a + PAGE]
    content[b : b + len(block)] = block
    return f"page at {b} is that at {a}"


def _look(place: Place, twin: Path, kind: str, random: Random) -> tuple[list[str], str]:
    """Return what is wrong with how finsam takes it, and in a word how it does."""
    by = ["--db", str(twin / "register.db"), "--key-file", str(twin / "natt.nyckel")]
    if kind in {"copy", "keys of the copy", "manifest"}:
        by[1] = str(twin / "nytt" / "register.db")
        words = ["restore", str(twin / place.copy), *by]
        path, whole = twin / "nytt" / "register.db", place.states[:1]
    elif kind == "settings":
        return _settings(twin)
    else:
        readers = (["kontroll"], ["rapport", "oversikt"], ["backup", str(twin / "fler")])
        words = [*random.choice(readers), *by]
        path, whole = twin / "register.db", place.states
    status, said = ran(words)
    wrong = list(_badly_told(status, said))
    if status in REFUSED:
        return wrong + _wrong_data(place, path, twin / "natt.nyckel"), f"refused {status}"
    found = _content(path, twin / "natt.nyckel")
    if words[0] == "rapport" and not found:
        return wrong, "not seen"  # a report does not read all
    if found not in whole:
        wrong.append("what is shown is not what was stored")
    at_once = kind not in {"log", "index of the log"}
    if at_once and found != whole[-1]:
        wrong.append("the last is lost, and nothing said so")
    return wrong, "whole" if found == whole[-1] else "an earlier state"


def _settings(twin: Path) -> tuple[list[str], str]:
    from finsam_tui.settings import read_colours

    try:
        read_colours(str(twin))
    except FinsamError as error:
        return (["more than a line"] if "\n" in str(error) else []), f"refused {error.exit_code}"
    return [], "whole"


def _badly_told(status: int, said: str) -> Iterator[str]:
    if status not in OPENED | REFUSED:
        yield f"ended as {status}: {said}"
    if "Traceback" in said or (status in REFUSED and said.count("\n") != 1):
        yield f"said {said}"


def _wrong_data(place: Place, path: Path, service: Path) -> list[str]:
    """Return whether a register that was refused can be opened, and shows what was never stored."""
    found = _content(path, service) if path.exists() else ""
    return (
        [] if found in {"", *place.states} else ["what can still be opened is not what was stored"]
    )


def ran(words: Sequence[str]) -> tuple[int, str]:
    """Run finsam in a child of this process; return its exit status and all that it said."""
    reader, writer = os.pipe()
    child = start(partial(_run, words, writer))
    os.close(writer)
    with os.fdopen(reader, "rb") as said:
        text = said.read().decode("utf-8", "replace")
    return status_of(child), text


def _run(words: Sequence[str], out: int) -> None:
    """Give the pipe what goes to stderr, by whatever way, and throw away what goes to stdout."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.dup2(out, 2)
    sys.stdout, sys.stderr = (
        io.TextIOWrapper(io.FileIO(1, "w")),
        io.TextIOWrapper(io.FileIO(2, "w")),
    )
    status = cli.main(list(words))
    sys.stderr.flush()
    os._exit(status)


def _content(path: Path, service: Path) -> str:
    """Return a digest of all that a register shows, "" where it says no; read by a child."""
    reader, writer = os.pipe()
    child = start(partial(_tell_content, path, service, writer))
    os.close(writer)
    with os.fdopen(reader, "rb") as told:
        digest = told.read().decode("ascii")
    return digest if status_of(child) == 0 else "the reader fell"


def _tell_content(path: Path, service: Path, out: int) -> None:
    try:
        with opening.open_register(path, unlock_key_file(path, service)) as register:
            tables = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
            names = [name for (name,) in register.sql(tables).fetchall() if name not in OWN]
            rows = {n: [tuple(r) for r in register.sql(f'SELECT * FROM "{n}"')] for n in names}
            text = json.dumps([rows, *audit.verify(register.conn)], default=repr)
        os.write(out, hashlib.sha256(text.encode()).hexdigest().encode("ascii"))
    except (FinsamError, driver.DatabaseError):
        pass


def _note_and_die(path: Path, service: Path, texts: Sequence[str]) -> None:
    register = opening.open_register(path, unlock_key_file(path, service))
    with register.write() as conn:
        rows = [(text, text + LONG) for text in texts]
        conn.executemany("INSERT INTO setting VALUES (?, ?)", rows)
    os._exit(0)
