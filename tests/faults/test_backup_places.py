"""A full disk and a read-only one, real ones where there may be: no bad copy, nothing harmed."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from finsam_tui.errors import CopyError, FinsamError
from tests.backups import Site, nights
from tests.faults.counting import chance, times, told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOUNT, UNMOUNT = shutil.which("mount"), shutil.which("umount")
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a file system")


def mounted(*arguments: str | Path) -> bool:
    return MOUNT is not None and not subprocess.run([MOUNT, *arguments], check=False).returncode


@contextmanager
def disk(at: Path, size: int) -> Iterator[Path]:
    """Give a file system of so many bytes; skips the test where none may be mounted."""
    at.mkdir(exist_ok=True)
    if not (UNMOUNT and mounted("-t", "tmpfs", "-o", f"size={size},mode=700", "tmpfs", at)):
        pytest.skip("no file system may be mounted here")
    try:
        yield at
    finally:
        subprocess.run([UNMOUNT, at], check=True)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path / "plats")
    site.note("kopierat")
    return site


@needs_root
def test_a_full_disk_leaves_no_bad_copy_and_an_unharmed_register(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As if something else had filled the disk after it was looked at.
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("", (), {"free": 1 << 40}))
    size, random = site.path.stat().st_size, chance()
    tried, lost = 0, list[str]()
    for _ in range(times(8)):
        room = random.randrange(4096, size)
        with disk(tmp_path / "disk", room) as folder:
            site.folder = folder / "kopior"
            tried += 1
            try:
                site.back_up()
                lost.append(f"a copy of {size} bytes on a disk of {room}")
            except CopyError:
                lost += [*site.half_made(), *(c.name for c in site.copies())]
        if site.notes() != ["kopierat"]:
            lost.append("the register has lost a note")
    told("full disks under a copy", tried, lost)


@needs_root
def test_a_full_disk_under_a_restore_leaves_what_was_there(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("", (), {"free": 1 << 40}))
    copy, random = site.back_up().path, chance()
    size = site.path.stat().st_size
    tried, lost = 0, list[str]()
    for _ in range(times(5)):
        with disk(tmp_path / "disk", random.randrange(8192, size)) as folder:
            tried += 1
            try:
                site.restore(copy, folder / "register.db")
                lost.append("a register larger than its disk")
            except CopyError:
                lost += [p.name for p in folder.iterdir()]
    told("full disks under a restore", tried, lost)


@needs_root
def test_a_read_only_disk_is_told_and_its_copies_can_be_put_back(
    site: Site, tmp_path: Path
) -> None:
    with disk(tmp_path / "disk", 64 << 20) as folder:
        site.folder = folder / "kopior"
        copy = site.back_up().path
        site.note("senare")
        assert mounted("-o", "remount,ro", folder)
        with pytest.raises(CopyError, match="skrivskyddad"):
            site.back_up(nights(2)[1])
        site.restore(copy)
    assert site.notes() == ["kopierat"]


@needs_root
def test_no_register_is_put_on_a_read_only_disk(site: Site, tmp_path: Path) -> None:
    copy = site.back_up().path
    with disk(tmp_path / "disk", 64 << 20) as folder:
        assert mounted("-o", "remount,ro", folder)
        with pytest.raises(FinsamError):
            site.restore(copy, folder / "register.db")
        assert list(folder.iterdir()) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_to_is_told(site: Site) -> None:
    site.back_up()
    site.folder.chmod(0o500)
    with pytest.raises(CopyError, match="inte rätt att skriva"):
        site.back_up(nights(2)[1])
    site.folder.chmod(0o700)
    assert len(site.copies()) == 1
