"""Wrong keys, newer registers, places that cannot be written to: a line, the right exit status."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from finsam_tui.storage import key_file
from tests.backups import Site, contents_of, flip
from tests.faults.disks import file_system
from tests.faults.harms import ran
from tests.faults.trials import Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

READING = (["kontroll"], ["rapport", "oversikt"], ["backup", "KOPIOR"], ["nyckel", "rotate"])


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path / "plats")


def said(site: Site, words: list[str], by: Path | None = None) -> tuple[int, str]:
    """Run a command on the register; all it says is one line, and its exit status comes with it."""
    named = [str(site.folder) if word == "KOPIOR" else word for word in words]
    key = ["--db", str(site.path), "--key-file", str(by or site.service)]
    status, text = ran([*named, *key])
    assert text.startswith("finsam: ")
    assert text.count("\n") == 1, text
    return status, text


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Let nobody write in a folder; to root that takes a file system of its own."""
    if os.geteuid() != 0:
        folder.chmod(0o500)
        try:
            yield
        finally:
            folder.chmod(0o700)
        return
    kept = shutil.copytree(folder, folder.with_name("undan"))
    try:
        with file_system(folder, "16m"):
            shutil.copytree(kept, folder, dirs_exist_ok=True)
            mount = shutil.which("mount") or ""
            subprocess.run([mount, "-o", "remount,ro", folder], check=True)
            yield
    except Unavailable as reason:
        pytest.skip(str(reason))


@pytest.mark.parametrize("words", READING)
def test_the_key_of_another_register_opens_nothing(
    site: Site, tmp_path: Path, words: list[str]
) -> None:
    other, before = Site(tmp_path / "annan", stranger=True), contents_of(site.path.parent)
    status, text = said(site, words, other.service)
    assert (status, "hör inte till registret" in text) == (4, True), text
    assert contents_of(site.path.parent) == before


@pytest.mark.parametrize("words", READING)
def test_the_key_file_of_another_register_opens_nothing(
    site: Site, tmp_path: Path, words: list[str]
) -> None:
    other = Site(tmp_path / "annan", stranger=True)
    shutil.copy(key_file.path_of(other.path), key_file.path_of(site.path))
    before = contents_of(site.path.parent)
    status, text = said(site, words, other.service)
    assert (status, "skadat" in text) == (4, True), text
    assert contents_of(site.path.parent).items() >= before.items()


@pytest.mark.parametrize("words", READING)
def test_a_damaged_beginning_is_told_as_damage(site: Site, words: list[str]) -> None:
    flip(site.path, 100)
    status, text = said(site, words)
    assert (status, "skadat" in text) == (4, True), text


@pytest.mark.parametrize("words", READING[:3])
def test_a_newer_register_says_which_program_it_takes(site: Site, words: list[str]) -> None:
    site.sql(site.path, "PRAGMA user_version = 999")
    before = contents_of(site.path.parent)
    status, text = said(site, words)
    assert (status, "schemaversion 999" in text, "nyare finsam" in text) == (4, True, True), text
    assert contents_of(site.path.parent).items() >= before.items()


@pytest.mark.parametrize("words", READING)
def test_a_read_only_place_is_told_and_left(site: Site, words: list[str]) -> None:
    with read_only(site.path.parent):
        before = contents_of(site.path.parent)
        status, text = said(site, words)
        assert status in {4, 5}, text
        assert "skriv" in text
        assert contents_of(site.path.parent) == before


def test_a_report_that_cannot_be_written_is_told(site: Site, tmp_path: Path) -> None:
    to = tmp_path / "rapporter"
    to.mkdir()
    with read_only(to):
        status, text = said(site, ["rapport", "oversikt", "-o", str(to / "rapport.html")])
        assert (status, "skriv" in text) == (5, True), text
        assert list(to.iterdir()) == []
