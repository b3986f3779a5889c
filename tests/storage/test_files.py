"""A private file is written whole or not at all, and read only while it is private."""

from __future__ import annotations

import os
import resource
import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from finsam_tui.errors import CopyError, InputError, LooseMode, RegisterMissing
from finsam_tui.storage import files
from tests.storage.conftest import start, status_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def full_disk(size: int) -> Iterator[None]:
    """Let no file grow beyond `size` bytes: what a full disk looks like, for any user."""
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


@pytest.mark.parametrize("write", [files.new_private, files.replace_private])
def test_what_is_written_is_the_owners_alone(tmp_path: Path, write: object) -> None:
    assert callable(write)
    usual = os.umask(0)
    try:
        write(tmp_path / "fil", b"innehall")
    finally:
        os.umask(usual)
    assert stat.S_IMODE((tmp_path / "fil").stat().st_mode) == 0o600
    assert files.read_private(tmp_path / "fil", 100) == b"innehall"
    assert names(tmp_path) == ["fil"]


def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "fil"
    files.replace_private(path, b"gammal")
    with full_disk(1000), pytest.raises(CopyError, match="inget har ändrats"):
        files.replace_private(path, b"x" * 2000)
    assert path.read_bytes() == b"gammal"
    assert names(tmp_path) == ["fil"]


def test_a_full_disk_leaves_no_new_file(tmp_path: Path) -> None:
    with full_disk(1000), pytest.raises(CopyError):
        files.new_private(tmp_path / "fil", b"x" * 2000)
    assert names(tmp_path) == []


def test_what_a_killed_program_left_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "fil.part").write_bytes(b"halv")
    files.replace_private(tmp_path / "fil", b"hel")
    assert names(tmp_path) == ["fil"]


def test_the_content_is_on_the_disk_before_its_name_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "fil"
    path.write_bytes(b"gammal")
    synced: list[tuple[bool, bytes]] = []
    sync = os.fsync

    def watched(handle: int) -> None:
        synced.append((stat.S_ISDIR(os.fstat(handle).st_mode), path.read_bytes()))
        sync(handle)

    monkeypatch.setattr(os, "fsync", watched)
    files.replace_private(path, b"ny")
    assert synced == [(False, b"gammal"), (True, b"ny")]


def test_a_new_file_takes_nobodys_place(tmp_path: Path) -> None:
    path = tmp_path / "fil"
    path.write_bytes(b"gammal")
    with pytest.raises(InputError, match="finns redan"):
        files.new_private(path, b"ny")
    assert path.read_bytes() == b"gammal"


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("saknas/fil", "katalogen finns inte"),
        ("text/fil", "en del av sökvägen är ingen katalog"),
        ("å" * 200, "namnet är för långt"),
    ],
)
def test_a_place_where_no_file_can_be_is_told(tmp_path: Path, where: str, said: str) -> None:
    (tmp_path / "text").write_bytes(b"")
    with pytest.raises(CopyError, match=said):
        files.new_private(tmp_path / where, b"")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o620])
def test_a_file_that_others_get_at_is_not_read(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "fil"
    path.write_bytes(b"hemlig")
    path.chmod(mode)
    with pytest.raises(LooseMode, match="chmod 600"):
        files.read_private(path, 100)


@pytest.mark.parametrize("mode", [0o600, 0o400])
def test_a_file_of_the_owners_is_read(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "fil"
    path.write_bytes(b"hemlig")
    path.chmod(mode)
    assert files.read_private(path, 3) == b"hem"


def test_in_a_guarded_folder_a_group_may_read_and_nobody_else(tmp_path: Path) -> None:
    path = tmp_path / "fil"
    path.write_bytes(b"hemlig")
    path.chmod(0o440)
    assert files.read_private(path, 100, str(tmp_path)) == b"hemlig"
    with pytest.raises(LooseMode):
        files.read_private(path, 100, str(tmp_path.parent))
    path.chmod(0o444)
    with pytest.raises(LooseMode):
        files.read_private(path, 100, str(tmp_path))


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(RegisterMissing, match=r"nyckelfilen .* saknas"):
        files.read_private(tmp_path / "saknas", 100)


def test_a_named_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "rör", 0o600)
    with pytest.raises(RegisterMissing, match="är ingen fil"):
        files.read_private(tmp_path / "rör", 100)


def test_a_folder_has_one_changer_at_a_time(tmp_path: Path) -> None:
    counter = tmp_path / "räknare"
    counter.write_text("0", encoding="ascii")

    def count() -> None:
        for _ in range(50):
            with files.folder_lock(tmp_path):
                counter.write_text(str(int(counter.read_text("ascii")) + 1), encoding="ascii")

    children = [start(count) for _ in range(4)]
    assert [status_of(child) for child in children] == [0] * 4
    assert counter.read_text("ascii") == "200"
