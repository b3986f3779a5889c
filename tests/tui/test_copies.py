"""The register is left, and a copy is made; the status line tells how old the last one is."""

from __future__ import annotations

import os
import re
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pexpect
import pytest

from finsam_tui.storage import copies, keys, last_copy, opening
from finsam_tui.tui.app import FinsamApp
from finsam_tui.tui.copying import Copies
from tests import memory
from tests.backups import PASSPHRASE, Site
from tests.conftest import PROJECT
from tests.tui.walk import Walk, walking

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from finsam_tui.storage.register import Register

PATIENCE = 60.0
F9, CTRL_Q = "\x1b[20~", "\x11"
NOW = datetime.now(UTC)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Return a register that has had a copy two days ago, and has been written since."""
    site = Site(tmp_path)
    site.back_up(NOW - timedelta(days=2, hours=1))
    site.note("sedan dess")
    return site


@pytest.fixture
def app(site: Site) -> Iterator[FinsamApp]:
    def unlock(passphrase: str) -> Callable[[], Register]:
        unlocked = keys.unlock_passphrase(site.path, passphrase)
        return lambda: opening.open_register(site.path, unlocked)

    app = FinsamApp(opening.open_register(site.path, site.unlock()), unlock=unlock)
    app.copies = Copies(site.path)
    yield app
    app.release()


async def made(walk: Walk) -> None:
    """Wait for the copy that is being made, and let the house have a look."""
    copies = walk.app.copies
    assert copies
    if copies.making:
        copies.making._child.wait(PATIENCE)  # noqa: SLF001 - the house asks how it ended
    walk.app.watch_copies()
    await walk.settle()


def status(walk: Walk) -> str:
    return walk.text.split("\n")[-3].strip()


async def test_locking_makes_a_copy_and_tells_of_it(site: Site, app: FinsamApp) -> None:
    async with walking(app) as walk:
        assert status(walk) == "! kopia 2 dygn sedan"
        await walk.press("f9")
        assert walk.place == "Unlock"
        assert app.locked
        assert status(walk) in {"kopia görs …", "kopia nyss"}
        await made(walk)
        assert status(walk) == "kopia nyss"
        assert site.notes(site.copies()[-1]) == ["sedan dess"]
        site.note("mer")
        await walk.press(f"'{PASSPHRASE}'", "enter", "f9")  # so soon that no other is due
        assert status(walk) == "kopia nyss"
        assert len(site.copies()) == 2


async def test_a_copy_that_fails_is_told_and_the_register_is_locked(
    site: Site, app: FinsamApp
) -> None:
    async with walking(app) as walk:
        site.folder.rename(site.folder.with_name("urdragen"))
        await walk.press("f9")
        await made(walk)
        assert app.locked
        assert "! Säkerhetskopian: det går inte att nå" in walk.text
        assert "anslut disken, så görs en kopia nästa gång." in " ".join(walk.text.split())
        assert not site.folder.exists()


async def test_the_nightly_job_at_work_is_no_fault(site: Site, app: FinsamApp) -> None:
    async with walking(app) as walk:
        with copies.job(site.folder):
            await walk.press("f9")
            await made(walk)
        assert status(walk) == "! kopia 2 dygn sedan"


def left(site: Site, copies: Copies) -> bool:
    """Return whether a copy is begun as the register is left."""
    with site.opened() as register:
        copies.begin(register)
    if copies.making:
        copies.making.ended(PATIENCE)
    return copies.making is not None


def test_none_is_made_where_nobody_has_asked_for_any(site: Site, tmp_path: Path) -> None:
    assert not left(site, Copies(site.path, wanted=False))
    last_copy.note_of(site.path).unlink()
    assert not left(site, Copies(site.path))
    chosen = tmp_path / "vald"
    chosen.mkdir(mode=0o700)
    assert left(site, Copies(site.path, chosen))
    assert len(list(chosen.glob("finsam-*.db"))) == 1


def test_none_in_clear_is_put_among_those_made_for_others_to_read(site: Site) -> None:
    note = last_copy.note_of(site.path)
    note.write_text(note.read_text().replace('.db"', '.tar.age"'))
    assert not left(site, Copies(site.path))


def test_a_process_that_does_not_begin_keeps_nobody(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    copies = Copies(site.path)
    monkeypatch.setattr(sys, "executable", "/finns/inte")
    assert not left(site, copies)
    assert "gick inte" in copies.look()
    assert copies.look() == ""


@pytest.mark.parametrize(
    ("passed", "text", "warning"),
    [
        (timedelta(hours=-1), "kopia från framtiden", True),
        (timedelta(minutes=-1), "kopia nyss", False),
        (timedelta(seconds=59), "kopia nyss", False),
        (timedelta(minutes=59), "kopia 59 min sedan", False),
        (timedelta(hours=3, minutes=59), "kopia 3 tim sedan", False),
        (timedelta(hours=26), "kopia 26 tim sedan", False),
        (timedelta(hours=26, minutes=1), "kopia 26 tim sedan", True),
        (timedelta(days=9), "kopia 9 dygn sedan", True),
    ],
)
def test_the_age_in_words(site: Site, passed: timedelta, text: str, *, warning: bool) -> None:
    last = last_copy.read(site.path)
    assert last
    copies = Copies(site.path, clock=lambda: last.made + passed)
    copies.look()
    assert (copies.text, copies.warning) == (text, warning)


async def test_what_is_told_goes_before_it_and_a_demo_has_none(site: Site, app: FinsamApp) -> None:
    last_copy.note_of(site.path).unlink()
    async with walking(app) as walk:
        assert status(walk) == "! ingen kopia"
        app.tell("Sparat.")
        await walk.settle()
        assert re.fullmatch(r"Sparat\. +! ingen kopia", status(walk))
        app.tell("a" * 65)
        await walk.settle()
        assert status(walk) == "a" * 65
        app.copies = None
        app.tell("")
        await walk.settle()
        assert status(walk) == ""


# The real program in a terminal


def program(site: Site, *command: str) -> pexpect.spawn:
    opened = ["--db", str(site.path), "--key-file", str(site.service)]
    return pexpect.spawn(
        sys.executable,
        ["-m", "finsam_tui", *command, *opened],
        cwd=str(PROJECT),
        env={**os.environ, "TERM": "xterm-256color"},
        encoding="utf-8",
        dimensions=(24, 80),
        timeout=60,
    )


def opened(site: Site) -> pexpect.spawn:
    child = program(site)
    child.expect_exact("kopia 2 dygn sedan")
    return child


def test_the_key_is_out_of_the_process_while_the_copy_is_made(site: Site) -> None:
    child = opened(site)
    try:
        if not memory.readable(child.pid):
            pytest.skip("takes root, and Linux")
        key = {"key": site.raw_key()}
        assert memory.found(child.pid, key)  # or the test sees nothing
        child.send(F9)
        child.expect_exact("Registret är låst.")
        assert memory.found(child.pid, key) == {}
        child.expect_exact("kopia nyss")
        assert len(site.copies()) == 2
    finally:
        child.close(force=True)


def test_leaving_makes_a_copy_and_says_so_in_a_line(site: Site) -> None:
    child = opened(site)
    child.send(CTRL_Q)
    tells_of_a_copy(child, site)


def test_so_does_the_queue_by_prompts(site: Site) -> None:
    tells_of_a_copy(program(site, "ring"), site)


def tells_of_a_copy(child: pexpect.spawn, site: Site) -> None:
    child.expect_exact("Gör en säkerhetskopia … ")
    child.expect_exact([f"klar, i {site.folder}.", "den blir klar i bakgrunden"])
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert len(site.copies()) == 2


def test_a_line_that_drops_makes_none(site: Site) -> None:
    child = opened(site)
    child.kill(15)
    child.expect(pexpect.EOF)
    child.close()
    assert "säkerhetskopia" not in child.before
    assert len(site.copies()) == 1
    assert site.half_made() == []
