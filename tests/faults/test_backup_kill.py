"""Killed at any moment, a job leaves no bad copy, and a restore no register that is neither."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from finsam_tui.errors import FinsamError
from finsam_tui.storage import contents, copies, key_file, manifest, opening
from tests.backups import KILLED, Site, dying_at, nights
from tests.conftest import PROJECT
from tests.faults.counting import chance, times, told
from tests.storage.conftest import start, status_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

EVERY = 3  # of the steps; the long run dies at each of them
SEEN = set[str]()  # the manifests of copies that were read and are whole: they tell of every byte


def wrong(site: Site, *more: str) -> Iterator[str]:
    """Yield what is wrong with the copies that go by a whole name, and with the register.

    That holds a note that it was copied, and those that are named.
    """
    for copy in site.copies():
        try:
            found = manifest.read(copy)
            assert found.copy == manifest.print_of(copy)
            assert found.keys == manifest.print_of(copies.keys_of(copy))
            if repr(found) not in SEEN:
                unlocked = site.by_code(copy)
                seen, doubts = contents.verify(copy, unlocked.raw_keys[1])
                assert (seen, doubts) == (found.contents, ())
                SEEN.add(repr(found))
        except (AssertionError, FinsamError, OSError) as error:
            yield f"{copy.name}: {error!r}"
    if site.notes() != sorted(["kopierat", *more]):
        yield "the register has lost a note"


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A register with so many copies that a job has some to let go."""
    site = Site(tmp_path_factory.mktemp("förlaga"))
    site.note("kopierat")
    for night in nights(9)[:-1]:
        site.back_up(night)
    return site


def twin(pattern: Site, folder: Path) -> Site:
    """Return a site of its own, like another one."""
    shutil.copytree(pattern.path.parent, folder)
    site = object.__new__(Site)
    vars(site).update(vars(pattern), path=folder / "register.db", folder=folder / "kopior")
    return site


def steps() -> Iterator[int]:
    """Yield the steps to die at, until the loop is left."""
    yield from range(1, 10_000, EVERY if times(1) == 1 else 1)


def killed(work: Callable[[], object], step: int, patch: pytest.MonkeyPatch) -> bool:
    """Do some work in a process that dies at a step; return whether it came that far."""

    def doomed() -> None:
        dying_at(step, patch)
        work()

    status = status_of(start(doomed))
    assert status in {0, KILLED}
    return status == KILLED


def test_a_job_killed_at_any_step_leaves_no_bad_copy_and_the_next_one_tidies(
    pattern: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried, lost = 0, list[str]()
    made = removed = 0
    for step in steps():
        site = twin(pattern, tmp_path / str(step))
        let_go = site.copies()[0]
        if not killed(lambda: site.back_up(nights(9)[-1]), step, monkeypatch):  # noqa: B023
            break
        tried += 1
        made += any("0323" in copy.name for copy in site.copies())
        removed += not let_go.exists()
        lost += wrong(site)
        site.back_up(nights(9)[-1])
        lost += [*wrong(site), *site.half_made()]
        shutil.rmtree(tmp_path / str(step))
    assert made, "no job was killed after its copy was finished"
    assert removed, "no job was killed while it let copies go"
    told("jobs killed at a step", tried, lost)


def test_a_job_killed_by_the_clock_leaves_no_bad_copy(pattern: Site, tmp_path: Path) -> None:
    site, random = twin(pattern, tmp_path / "r"), chance()
    bulk = [f"{n:06}" * 300 for n in range(min(times(1000), 12_000))]  # 2 MB, and up to 24
    site.note(*bulk)
    command = (sys.executable, "-m", "finsam_tui", "backup", site.folder, "--db", site.path)
    words = [*map(str, command), "--key-file", str(site.service)]
    began = time.monotonic()
    subprocess.run(words, cwd=PROJECT, check=True, stdout=subprocess.DEVNULL)
    usual = time.monotonic() - began
    tried, lost, under_way = 0, list[str](), 0
    for _ in range(times(4)):
        job = subprocess.Popen(words, cwd=PROJECT, stdout=subprocess.DEVNULL)
        try:
            job.wait(timeout=usual * random.uniform(0.2, 1))
        except subprocess.TimeoutExpired:
            job.send_signal(signal.SIGKILL)
            job.wait()
        if job.returncode not in {0, -signal.SIGKILL}:
            lost.append(f"a job ended with {job.returncode}")
        tried += 1
        under_way += bool(site.half_made())
        lost += wrong(site, *bulk)
    print(f"{under_way} of {tried} left something half-made")  # noqa: T201 - for the long run
    subprocess.run(words, cwd=PROJECT, check=True, stdout=subprocess.DEVNULL)
    lost += [*wrong(site, *bulk), *site.half_made()]
    told("jobs killed by the clock", tried, lost)


OLD = ["i loggen", "kopierat", "senare"]


def left_open(site: Site) -> None:
    """Write something, and something more that a kill leaves in the log: then there is OLD."""
    site.note("senare")

    def work() -> None:
        register = opening.open_register(site.path, site.unlock())
        with register.write() as conn:
            conn.execute("INSERT INTO setting VALUES ('i loggen', '')")
        os._exit(KILLED)

    assert status_of(start(work)) == KILLED


def found(site: Site, path: Path) -> list[str]:
    """Return the notes in what may be a register; none where it cannot be opened."""
    log = path.with_name(path.name + "-wal")
    try:
        return site.notes(path) if path.exists() and key_file.path_of(path).exists() else []
    except FinsamError:
        return []
    finally:
        assert not log.exists() or path.exists()


def test_a_restore_killed_at_any_step_loses_neither_register(
    pattern: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried, lost = 0, list[str]()
    absent = 0
    for step in steps():
        site = twin(pattern, tmp_path / str(step))
        copy = site.copies()[-1]
        left_open(site)
        if not killed(lambda: site.restore(copy), step, monkeypatch):  # noqa: B023
            break
        tried += 1
        absent += not site.path.exists()
        site.restore(copy)
        if site.notes() != ["kopierat"]:
            lost.append(f"step {step}: the copy is not in place")
        kept = list(site.path.parent.glob("register.db.2*Z"))
        if not any(found(site, p) == OLD for p in kept):
            lost.append(f"step {step}: what was there is in none of {kept}")
        if site.path.with_name("register.db.restore").exists():
            lost.append(f"step {step}: half of a restore is left")
        shutil.rmtree(tmp_path / str(step))
    assert absent, "no restore was killed between the old register and the new"
    told("restores killed at a step", tried, lost)


def test_a_register_is_at_every_step_the_old_one_or_the_new_or_none(
    pattern: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried, lost = 0, list[str]()
    for step in steps():
        site = twin(pattern, tmp_path / str(step))
        left_open(site)
        if not killed(lambda: site.restore(site.copies()[-1]), step, monkeypatch):  # noqa: B023
            break
        tried += 1
        if site.path.exists() and site.notes() not in (["kopierat"], OLD):
            lost.append(f"step {step}: {site.notes()}")
        shutil.rmtree(tmp_path / str(step))
    told("registers looked at after a killed restore", tried, lost)
