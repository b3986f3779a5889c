"""A register lies where it is private, local, whole and writable, or it is not opened."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from finsam_tui.errors import (
    Damaged,
    InputError,
    LooseMode,
    NetworkFolder,
    ReadOnly,
    RegisterError,
    RegisterMissing,
)
from finsam_tui.storage import place
from finsam_tui.storage.place import check_folder, check_register, file_system

MOUNTS = r"""sysfs /sys sysfs rw,nosuid 0 0
/dev/vda / ext4 rw,relatime 0 0
server:/export /home nfs4 rw 0 0
/dev/vdb /home/lokal xfs rw 0 0
//server/delat /mnt/Delad\040mapp\040åäö cifs rw 0 0
anna@server: /mnt/ssh fuse.sshfs rw 0 0
crypt /mnt/krypt fuse.gocryptfs rw 0 0
C:\134 /mnt/c 9p rw 0 0
/dev/vdc /mnt/usb fuseblk rw 0 0
/dev/vdd /mnt/skymd ext4 rw 0 0
remote: /mnt/skymd fuse rw 0 0
"""


@pytest.fixture
def file(path: Path) -> Path:
    path.write_bytes(bytes(place.PAGE))
    path.chmod(0o600)
    return path


def test_a_private_local_file_is_let_through(file: Path) -> None:
    check_register(file)


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/", "ext4"),
        ("/var/lib/finsam", "ext4"),
        ("/home", "nfs4"),
        ("/home/anna/finsam", "nfs4"),
        ("/home/lokal/anna", "xfs"),
        ("/home/lokalt", "nfs4"),
        ("/mnt/Delad mapp åäö/a", "cifs"),
        ("/mnt/ssh", "fuse.sshfs"),
        ("/mnt/c/Users", "9p"),
        ("/mnt/skymd", "fuse"),  # what is mounted over hides what was there
    ],
)
def test_the_file_system_is_that_of_the_nearest_mount(folder: str, kind: str) -> None:
    assert file_system(Path(folder), MOUNTS) == kind


def test_without_a_mount_table_the_file_system_is_not_known() -> None:
    assert file_system(Path("/home"), "") == ""


def test_the_systems_own_mount_table_is_read(tmp_path: Path) -> None:
    if Path("/proc/self/mounts").exists():
        assert file_system(tmp_path, place._system_mounts())  # noqa: SLF001


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "fuse"])
def test_a_network_file_system_is_refused_by_name(file: Path, kind: str) -> None:
    mounts = f"/dev/vda / ext4 rw 0 0\nx {file.parent} {kind} rw 0 0\n"
    with pytest.raises(NetworkFolder, match=f"{kind}.*flytta"):
        check_register(file, mounts)


@pytest.mark.parametrize("kind", ["ext4", "xfs", "btrfs", "fuse.gocryptfs", "fuseblk", "tmpfs"])
def test_a_local_file_system_is_let_through(file: Path, kind: str) -> None:
    check_register(file, f"x {file.parent} {kind} rw 0 0\n")


def test_a_link_does_not_hide_where_the_file_lies(file: Path, tmp_path: Path) -> None:
    far = tmp_path / "nfs"
    far.mkdir(mode=0o700)
    file = file.rename(far / file.name)
    link = tmp_path / "länk.db"
    link.symlink_to(file)
    with pytest.raises(NetworkFolder):
        check_register(link, f"x {far} nfs rw 0 0\n")


@pytest.mark.parametrize(
    "name",
    [
        "Dropbox",
        "Dropbox (Privat)",
        "OneDrive",
        "OneDrive - Samordningsförbundet Sydnärke",
        "Nextcloud",
        "nextcloud-2/finsam",
        "iCloud Drive",
        "Mobile Documents/com~apple~CloudDocs",
        "Google Drive",
        "GoogleDrive-anna@example.se",
        "CloudStorage/OneDrive-Shared",
    ],
)
def test_a_synchronised_folder_is_refused_by_name(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir(parents=True, mode=0o700)
    with pytest.raises(NetworkFolder, match="synkroniserad mapp"):
        check_folder(folder)


@pytest.mark.parametrize("name", ["dropboxar", "Boxning", "moln", "onedriver"])
def test_a_folder_of_another_name_is_let_through(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir(mode=0o700)
    check_folder(folder)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666, 0o610])
def test_a_file_that_others_get_at_is_refused(file: Path, mode: int) -> None:
    file.chmod(mode)
    with pytest.raises(LooseMode, match="chmod 600"):
        check_register(file)


@pytest.mark.parametrize("mode", [0o750, 0o705, 0o755, 0o777])
def test_a_folder_that_others_get_into_is_refused(file: Path, mode: int) -> None:
    file.parent.chmod(mode)
    with pytest.raises(LooseMode, match="chmod 700"):
        check_register(file)


def test_a_missing_file_is_told_with_what_to_do(path: Path) -> None:
    with pytest.raises(RegisterMissing, match="finsam init"):
        check_register(path)


def test_a_folder_is_no_register(tmp_path: Path) -> None:
    with pytest.raises(RegisterMissing):
        check_register(tmp_path)


@pytest.mark.parametrize("denied", [os.R_OK | os.W_OK, os.W_OK | os.X_OK])
def test_a_file_or_folder_without_access_is_refused(file: Path, denied: int) -> None:
    with pytest.raises(ReadOnly, match="du får inte"):
        check_register(file, access=lambda _, wanted: wanted != denied)


@pytest.mark.parametrize("size", [0, 1, place.PAGE - 1, 2 * place.PAGE + 1])
def test_a_file_cut_short_is_refused(file: Path, size: int) -> None:
    file.write_bytes(bytes(size))
    with pytest.raises(Damaged, match=r"avhugget.*säkerhetskopian"):
        check_register(file)


def test_a_file_whose_log_waits_may_be_short_of_a_page(file: Path) -> None:
    file.write_bytes(bytes(place.PAGE + 100))
    file.with_name(file.name + "-wal").write_bytes(b"log")
    check_register(file)


def test_every_reason_has_its_own_error_and_exit_status_4() -> None:
    reasons = {Damaged, LooseMode, NetworkFolder, ReadOnly, RegisterMissing}
    assert {reason.exit_code for reason in reasons} == {4}
    assert all(reason.__base__ is RegisterError for reason in reasons)


def test_a_folder_is_made_private(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    place.make_folder(folder)
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_folder_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    with pytest.raises(LooseMode):
        place.make_folder(tmp_path)
    assert tmp_path.stat().st_mode & 0o777 == 0o755


def test_a_folder_that_cannot_be_made_is_told(file: Path) -> None:
    with pytest.raises(InputError, match="går inte att göra"):
        place.make_folder(file / "under")
