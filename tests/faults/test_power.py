"""A power cut amid the writing back of the log leaves half pages that are whole in the log."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from finsam_tui.storage import integrity, key_file, place
from tests.backups import Site

if TYPE_CHECKING:
    from pathlib import Path


def cut_amid_writing_back(site: Site, to: Path) -> int:
    """Give the register and its log to another folder, as a cut leaves them; return half pages."""
    cut = to / site.path.name
    to.mkdir(mode=0o700)
    with site.opened() as register, register.clone() as reader:
        site.note("i loggen")
        before = site.path.read_bytes()
        shutil.copy(site.path.with_name(site.path.name + "-wal"), cut.with_name(cut.name + "-wal"))
        register.sql("PRAGMA wal_checkpoint").fetchall()
        assert reader.sql("SELECT 1").fetchone()
        after = site.path.read_bytes()
    halves = 0
    content = bytearray(before)
    for start in range(0, len(before), place.PAGE):
        middle, end = start + place.PAGE // 2, start + place.PAGE
        halves += before[start:end] != after[start:end]
        content[start:middle] = after[start:middle]
    cut.touch(0o600)
    cut.write_bytes(content)
    shutil.copy(key_file.path_of(site.path), key_file.path_of(cut))
    site.path = cut
    return halves


def test_a_control_takes_it_for_whole(tmp_path: Path) -> None:
    site = Site(tmp_path / "plats")
    assert cut_amid_writing_back(site, tmp_path / "efter") > 1
    with site.opened() as register:
        assert integrity.check(register).whole
    assert site.notes() == ["i loggen"]


def test_a_backup_is_made_of_it_while_somebody_works(tmp_path: Path) -> None:
    site = Site(tmp_path / "plats")
    assert cut_amid_writing_back(site, tmp_path / "efter") > 1
    with site.opened():
        copy = site.back_up().path
    site.note("senare")
    site.restore(copy)
    assert site.notes() == ["i loggen"]
