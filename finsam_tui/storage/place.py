"""Tells whether a register may lie where it lies: private, local, whole and writable.

What is not so is refused with the reason, before the register is touched. The mount table and the
check of access are arguments, so that tests can hand in others.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from finsam_tui.errors import Damaged, InputError, NetworkFolder, ReadOnly, RegisterMissing
from finsam_tui.storage.files import refuse_loose

if TYPE_CHECKING:
    from collections.abc import Callable

    Access = Callable[[Path, int], bool]

PAGE = 4096

# WAL needs memory and locks that all its users share; a remote file system gives neither.
_NETWORK = frozenset(
    {
        *("9p", "afpfs", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "gfs2", "glusterfs"),
        *("gpfs", "lustre", "ncpfs", "nfs", "nfs4", "ocfs2", "orangefs", "prl_fs", "smb2", "smb3"),
        *("smbfs", "vboxsf", "virtiofs", "webdav"),
    }
)
# A file system in user space is taken for a remote one (sshfs, rclone, s3fs), except these.
_LOCAL_FUSE = frozenset(
    {"fuse.cryfs", "fuse.encfs", "fuse.fuse-overlayfs", "fuse.gocryptfs", "fuse.ntfs-3g"}
)
_SYNCED = (
    *("box sync", "cloudstorage", "com~apple~clouddocs", "dropbox", "google drive", "googledrive"),
    *("icloud", "icloud drive", "iclouddrive", "jottacloud", "megasync", "mobile documents"),
    *("nextcloud", "onedrive", "owncloud", "pcloud", "seafile", "sharepoint", "syncthing"),
)
_MOUNTS = Path("/proc/self/mounts")


def check_register(path: Path, mounts: str | None = None, access: Access = os.access) -> None:
    """Raise the RegisterError that tells why the register at `path` must not be opened.

    `mounts` is a mount table like /proc/mounts (None: that of this system, where it has one);
    `access` is like os.access.
    """
    if not path.is_file():
        raise RegisterMissing(
            f"det finns inget register på {path}; kontrollera --db, eller gör ett med finsam init."
        )
    status = path.stat()
    check_folder(path.resolve().parent, mounts, access)
    refuse_loose(path, status)
    # access(2) knows of read-only mounts and immutable files too, and of root.
    if not access(path, os.R_OK | os.W_OK):
        raise ReadOnly(f"du får inte läsa och skriva registret {path}; det ska ägas av dig.")
    if not status.st_size or (status.st_size % PAGE and not _has_wal(path)):
        raise Damaged(f"registret {path} är avhugget; lägg tillbaka den senaste säkerhetskopian.")


def log_of(register: Path) -> Path:
    """Return the path of the log that waits to be written back to a register at a path."""
    return register.with_name(register.name + "-wal")


def make_folder(folder: Path) -> None:
    """Make the folder of a new register, its owner's alone, and check it.

    One that is there is checked only; raises InputError where none can be made.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"katalogen {folder} går inte att göra; välj en annan plats.") from error
    check_folder(folder)


def refuse_existing(path: Path) -> None:
    """Raise InputError where a new register would take the place of a file."""
    if path.exists():
        raise InputError(f"det finns redan en fil på {path}; välj en annan plats.")


def check_folder(folder: Path, mounts: str | None = None, access: Access = os.access) -> None:
    """Raise the RegisterError that tells why no register may lie in `folder`."""
    kind = file_system(folder, _system_mounts() if mounts is None else mounts)
    if _is_network(kind):
        raise NetworkFolder(
            f"{folder} ligger på ett nätverksfilsystem ({kind}), där registret kan gå sönder; "
            "flytta det till en lokal disk."
        )
    if name := _synced(folder):
        raise NetworkFolder(
            f"{folder} ligger i en synkroniserad mapp ({name}), där registret kan gå sönder och "
            "spridas; flytta det därifrån."
        )
    refuse_loose(folder, folder.stat())
    if not access(folder, os.W_OK | os.X_OK):
        raise ReadOnly(f"du får inte skriva i katalogen {folder}; registret behöver det.")


def file_system(folder: Path, mounts: str) -> str:
    """Return the type of file system that `folder`, a real path, lies on; "" when not known."""
    inside = _with_slash(str(folder))
    longest, kind = 0, ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:  # noqa: PLR2004 - device, folder, type
            continue
        place = _with_slash(_unescape(fields[1]))
        # As long as another: mounted over it, and later in the table.
        if inside.startswith(place) and len(place) >= longest:
            longest, kind = len(place), fields[2]
    return kind


def _with_slash(folder: str) -> str:
    return folder.rstrip("/") + "/"


def _unescape(name: str) -> str:
    """Return a name of the mount table as it is: there, a blank is a backslash and 040."""
    if "\\" not in name:
        return name
    return os.fsdecode(
        name.encode("utf-8", "surrogateescape").decode("unicode_escape").encode("latin-1")
    )


def _is_network(kind: str) -> bool:
    return kind in _NETWORK or (kind.partition(".")[0] == "fuse" and kind not in _LOCAL_FUSE)


def _synced(folder: Path) -> str:
    """Return the part of the path that a synchronising program has named; "" if none."""
    for part in folder.parts:
        name = part.casefold()
        for program in _SYNCED:
            rest = name.removeprefix(program)
            # "OneDrive - Förbundet" and "Dropbox (Privat)", but not "dropboxar".
            if rest != name and not rest[:1].isalnum():
                return part
    return ""


def _system_mounts() -> str:
    try:
        return _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""  # not Linux


def _has_wal(path: Path) -> bool:
    """Whether a log waits to be written back: a kill amid that can leave the last page short."""
    try:
        return log_of(path).stat().st_size > 0
    except OSError:
        return False
