"""A copy made by a process of its own: it gets the key, and the register may be closed."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from finsam_tui.errors import Locked
from finsam_tui.storage import copies, last_copy
from finsam_tui.storage.copier import Copying
from tests import memory
from tests.backups import Site, flip

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 60.0


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path)
    site.folder.mkdir(mode=0o700)
    return site


def outcome(site: Site, folder: Path | None = None) -> str | None:
    """Return what a copy that was begun tells in the end; the register is closed meanwhile."""
    with site.opened() as register:
        copying = Copying(register, folder or site.folder)
    return copying.ended(PATIENCE)


def test_the_copy_is_whole_and_noted(site: Site) -> None:
    site.note("ett")
    assert outcome(site) == ""
    (copy,) = site.copies()
    assert site.notes(copy) == ["ett"]
    last = last_copy.read(site.path)
    assert last is not None
    assert (last.folder, last.name) == (site.folder, copy.name)
    assert site.half_made() == []


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_the_key_and_the_name_are_in_no_argument_and_the_terminal_is_left_alone(
    site: Site,
) -> None:
    raw_key = site.raw_key()
    with site.opened() as register:
        copying = Copying(register, site.folder)
        pid = copying._child.pid  # noqa: SLF001 - to look at it from outside
        while not (shown := Path(f"/proc/{pid}/cmdline").read_bytes()):
            assert copying.ended() is None  # it has only just become another program
        if memory.readable(pid):
            shown += Path(f"/proc/{pid}/environ").read_bytes()
    assert b"copier" in shown
    assert not {part for part in (raw_key, raw_key.hex().encode(), b"natt") if part in shown}
    assert os.getsid(pid) == pid
    assert copying.ended(PATIENCE) == ""


def test_another_job_at_work_is_nothing_wrong(site: Site) -> None:
    with copies.job(site.folder):
        assert outcome(site) == ""
    assert site.copies() == []


@pytest.fixture
def unplugged(site: Site) -> Iterator[Path]:
    """Return where copies went, of a disk that is gone: an empty folder at most is left."""
    site.back_up()
    away = site.folder.rename(site.folder.with_name("borta"))
    yield site.folder
    assert [p.suffix for p in away.iterdir() if p.name.startswith("finsam-")].count(".db") == 1


@pytest.mark.parametrize("mounted", [False, True])
def test_a_disk_that_is_not_there_is_told_and_nothing_is_put_in_its_place(
    site: Site, unplugged: Path, *, mounted: bool
) -> None:
    if mounted:
        unplugged.mkdir(mode=0o700)
    said = outcome(site)
    assert said == f"det går inte att nå {unplugged}; anslut disken, så görs en kopia nästa gång."
    assert not list(unplugged.glob("*")) if mounted else not unplugged.exists()


def test_a_folder_that_others_get_at_is_told(site: Site) -> None:
    site.folder.chmod(0o755)
    said = outcome(site)
    assert said is not None
    assert "chmod 700" in said


def test_damage_is_told_and_leaves_nothing_half_made(site: Site) -> None:
    site.people(200)  # who lie last in the file, where no opening looks
    flip(site.path, site.path.stat().st_size - 100)
    said = outcome(site)
    assert said is not None
    assert "skadat" in said
    assert site.copies() == []
    assert site.half_made() == []


def test_doubts_are_told(site: Site) -> None:
    site.people(10)
    site.back_up()
    site.people(2)
    said = outcome(site)
    assert said is not None
    assert "kopian är gjord, men något måste ses över" in said


def test_a_killed_process_is_told(site: Site) -> None:
    with site.opened() as register:
        copying = Copying(register, site.folder)
    os.kill(copying._child.pid, 9)  # noqa: SLF001 - what a machine short of memory does
    said = copying.ended(PATIENCE)
    assert said is not None
    assert "avbröts" in said


def test_a_closed_register_has_no_key_to_lend(site: Site) -> None:
    with site.opened() as register:
        pass
    with pytest.raises(Locked):
        register.lend_key(bytes)
