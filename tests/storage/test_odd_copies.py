"""Manifests and copies made to break the reader: each is refused in a line, and nothing is left.

Whoever may write to the folder of copies, or has a public key to wrap for, can make them.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import signal
import tarfile
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pyrage
import pytest
from pyrage.x25519 import Identity

from finsam_tui.cli import main
from finsam_tui.errors import CopyError, UsageError
from finsam_tui.storage import age, backup, copies, last_copy, manifest, sealed
from tests.backups import Site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SECONDS = 60  # the reader hangs


@pytest.fixture(autouse=True)
def _in_time() -> Iterator[None]:
    def late(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(SECONDS)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, Path, dict[Path, bytes]]:
    """Return a register that a coordinator opens, its copy, and what is in the copy's files."""
    site = Site(tmp_path_factory.mktemp("site"))
    with site.opened() as register, register.write() as conn:
        conn.execute(
            "INSERT INTO staff (id, name, role, slot) VALUES ('S', 'S', 'coordinator', 'natt')"
        )
    copy = site.back_up().path
    kept = (copy, copies.keys_of(copy), manifest.path_of(copy))
    return site, copy, {path: path.read_bytes() for path in kept}


@pytest.fixture
def site(origin: tuple[Site, Path, dict[Path, bytes]]) -> Iterator[Site]:
    yield origin[0]
    for path, content in origin[2].items():
        put(path, lambda path, content=content: path.write_bytes(content))  # type: ignore[misc]
        path.chmod(0o600)


@pytest.fixture
def copy(site: Site, origin: tuple[Site, Path, dict[Path, bytes]]) -> Path:
    del site
    return origin[1]


def put(path: Path, make: Callable[[Path], object]) -> None:
    """Have `make` put something in the place of a file."""
    with suppress(FileNotFoundError):
        path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
    make(path)


def sparse(path: Path) -> None:
    path.write_bytes(b"")
    os.truncate(path, 5 << 30)


PLACES: dict[str, Callable[[Path], object]] = {
    "a pipe": lambda path: os.mkfifo(path, 0o600),
    "a folder": lambda path: path.mkdir(0o700),
    "a link to itself": lambda path: path.symlink_to(path.name),
    "a link to nothing": lambda path: path.symlink_to("finns-inte"),
    "a link to a device": lambda path: path.symlink_to("/dev/zero"),
    "five gigabytes": sparse,
}

NO_MANIFESTS = [
    *(b"", b"null", b"7", b'"x"', b"[]", b"{}", b"{", b"\xff\xfe", bytes(range(256)) * 40),
    *(b"[" * 900_000, b'{"finsam_copy":' + b"[" * 400_000, b'{"a":' * 100_000, b'{"a": "\0"}'),
    *(b'{"finsam_copy": ' + odd + b"}" for odd in (b"9" * 100_000, b"NaN", b'"1"', b"[]", b"true")),
]

# Changes of a manifest, with its sum: what makes of it one that cannot be read.
BROKEN: list[dict[str, Any]] = [
    *({"counts": {"note": odd}} for odd in (float("inf"), "x", None)),
    *({"counts": []}, {"counts": "x"}, {"counts": 7}),
    *({"schema": odd} for odd in (float("nan"), float("-inf"), "x", None)),
    *({"copy": odd} for odd in ({}, {"bytes": "x", "sha256": "y"}, {"bytes": 1})),
    *({"copy": None}, {"keys": [1]}, {"keys": "x"}),
    *({"keys": odd} for odd in ({"bytes": float("inf"), "sha256": ""}, {"a": 1})),
    *({"audit": [1]}, {"erased": 7}, {"doubts": 7}, {"finsam_copy": 99}, {"finsam_copy": 10**400}),
]

# … and one that can, and is not what the register's key has sealed.
FORGED: list[dict[str, Any]] = [
    *({"seal": odd} for odd in ("", "åäö", "\ud800", None, 7, "0" * 64)),
    *({"doubts": ["\x1b]0;x\x07", "shrunk:\x9b31m\u202e"]}, {"made": "\ud800"}, {"schema": -1}),
    *({"counts": {"participant": 10**4000}}, {"counts": {"\ud800": 1}}, {"audit": {"audit": 7}}),
    *({"register": "\ud800"}, {"erased": {"\x1b": 1}}, {"finsam": "\x1b[2J" * 10_000}),
]


def changed(copy: Path, change: dict[str, Any]) -> None:
    """Change a manifest and its sum."""
    path = manifest.path_of(copy)
    told = json.loads(path.read_bytes()) | change
    told.pop("sum")
    told["sum"] = sealed.sum_of(told)  # whoever can write it can sum it up
    path.write_text(json.dumps(told))


@pytest.mark.parametrize("content", NO_MANIFESTS, ids=range(len(NO_MANIFESTS)))
def test_what_is_no_manifest_is_refused(copy: Path, content: bytes) -> None:
    manifest.path_of(copy).write_bytes(content)
    with pytest.raises(CopyError, match="är skadat"):
        manifest.read(copy)


@pytest.mark.parametrize("change", BROKEN, ids=str)
def test_a_manifest_of_wrong_kinds_is_refused(
    site: Site, copy: Path, change: dict[str, Any]
) -> None:
    changed(copy, change)
    with pytest.raises(CopyError, match=r"skadat|nyare finsam"):
        manifest.read(copy)
    assert backup.latest(site.folder) is None


@pytest.mark.parametrize("cut", [0.1, 0.5, 0.99])
def test_a_manifest_that_was_cut_off_is_refused(copy: Path, cut: float) -> None:
    path = manifest.path_of(copy)
    os.truncate(path, int(path.stat().st_size * cut))
    with pytest.raises(CopyError, match="är skadat"):
        manifest.read(copy)


@pytest.mark.parametrize("change", FORGED, ids=range(len(FORGED)))
def test_a_manifest_that_the_key_has_not_sealed_is_never_restored(
    site: Site, copy: Path, tmp_path: Path, change: dict[str, Any]
) -> None:
    changed(copy, change)
    with pytest.raises(CopyError, match="ändrat av något annat än finsam"):
        site.restore(copy, tmp_path / "ny.db")
    assert list(tmp_path.iterdir()) == []


# The commands


@pytest.fixture
def finsam(
    site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    """Run a command; return its status and what it told, on one line of stderr at most."""
    tmp_path.chmod(0o700)

    def run(*words: str | Path) -> tuple[int, str]:
        key = [] if "--status" in words else ["--db", site.path, "--key-file", site.service]
        status = main([str(word) for word in (*words, *key)])
        out, err = capsys.readouterr()
        assert err.count("\n") == (0 if status in {0, 1} else 1), err
        assert not [c for c in out + err if (c < " " and c != "\n") or c in "\x7f\x9b\u202e"]
        assert not list(site.folder.glob(".incident*"))
        return status, out + err

    return run


def all_of(finsam: Callable[..., tuple[int, str]], copy: Path, to: Path) -> list[int]:
    """Return how restore, incident, backup --status and logg end."""
    words: list[tuple[str | Path, ...]] = [
        ("restore", copy, "--to", to),
        ("incident", copy),
        ("backup", "--status", "--max-age=9999d", copy.parent),
        ("logg", "--since", "+1"),
    ]
    return [finsam(*each)[0] for each in words]


@pytest.mark.parametrize("odd", PLACES)
def test_odd_things_in_the_place_of_a_manifest(
    odd: str, copy: Path, tmp_path: Path, finsam: Callable[..., tuple[int, str]]
) -> None:
    put(manifest.path_of(copy), PLACES[odd])
    assert all_of(finsam, copy, tmp_path / "ny" / "r.db") == [5, 0, 5, 0]
    assert list((tmp_path / "ny").iterdir()) == []


@pytest.mark.parametrize("odd", PLACES)
def test_odd_things_in_the_place_of_a_copy(
    odd: str, copy: Path, tmp_path: Path, finsam: Callable[..., tuple[int, str]]
) -> None:
    put(copy, PLACES[odd])
    if odd == "five gigabytes":
        os.truncate(copy, 1 << 20)  # the incident's own copy is of whatever size the file is
    assert all_of(finsam, copy, tmp_path / "ny" / "r.db") == [5, 5, 5, 0]
    assert list((tmp_path / "ny").iterdir()) == []


@pytest.mark.parametrize("odd", PLACES)
def test_odd_things_in_the_place_of_a_copys_keys(
    odd: str, copy: Path, tmp_path: Path, finsam: Callable[..., tuple[int, str]]
) -> None:
    put(copies.keys_of(copy), PLACES[odd])
    incident = 0 if odd in {"a link to itself", "a link to nothing"} else 4  # by the register's own
    assert all_of(finsam, copy, tmp_path / "ny" / "r.db") == [5, incident, 5, 0]
    assert list((tmp_path / "ny").iterdir()) == []


def test_forged_doubts_and_odd_names_do_not_reach_the_terminal(
    copy: Path, tmp_path: Path, finsam: Callable[..., tuple[int, str]]
) -> None:
    changed(copy, FORGED[6])
    assert finsam("backup", "--status", "--max-age=9999d", copy.parent)[0] == 0
    for name in ("a\x1b]0;x\x07.db", "a\u202eb.db", "a\nb.db", "a\x9bm.db", "\udcff.db"):
        assert finsam("restore", copy.with_name(name), "--to", tmp_path / "ny.db")[0] == 5
        assert finsam("incident", copy.with_name(name))[0] == 5


def test_an_odd_note_beside_the_register_is_none(
    site: Site, finsam: Callable[..., tuple[int, str]]
) -> None:
    note = last_copy.note_of(site.path)
    before = note.read_bytes()
    for odd in (PLACES["a pipe"], PLACES["a folder"], lambda path: path.write_bytes(b"[" * 9000)):
        put(note, odd)
        assert finsam("logg", "--since", "+1")[0] == 0
        assert finsam("backup")[0] == 2
    put(note, lambda path: path.write_bytes(before))
    note.chmod(0o600)


# What is wrapped


def head(kind: bytes, size: int, name: str = "x") -> bytes:
    member = tarfile.TarInfo(name)
    member.type, member.size, member.linkname = kind, size, "/etc/passwd"
    return member.tobuf(tarfile.GNU_FORMAT)


FILE = head(tarfile.REGTYPE, 1) + b"1".ljust(512, b"\0")
ARCHIVES = {
    "nothing": b"",
    "an end": bytes(1024),
    "noise": bytes(range(256)) * 8,
    "one file": FILE,
    "three files": FILE * 3,
    "a link": FILE + head(tarfile.SYMTYPE, 0),
    "a hard link": FILE + head(tarfile.LNKTYPE, 0),
    "a device": head(tarfile.CHRTYPE, 0) + FILE,
    "a folder": head(tarfile.DIRTYPE, 0) + FILE,
    "a pipe": head(tarfile.FIFOTYPE, 0) + FILE,
    "less than it says": FILE + head(tarfile.REGTYPE, 8 << 40),
    "less than nothing": FILE + head(tarfile.REGTYPE, -1),
    "sparse": FILE + head(tarfile.GNUTYPE_SPARSE, 8 << 30),
    "a long name": head(tarfile.GNUTYPE_LONGNAME, 3 << 30),
    "long names in each other": head(tarfile.GNUTYPE_LONGNAME, 10) * 20_000,
    "an extended head": head(tarfile.XHDTYPE, 3 << 30),
    "packed": gzip.compress(FILE * 2),
    "a torn head": FILE + FILE[:100],
}


@pytest.fixture
def identity() -> Identity:
    return Identity.generate()


@pytest.mark.parametrize("content", ARCHIVES.values(), ids=ARCHIVES)
def test_odd_archives(content: bytes, identity: Identity, tmp_path: Path) -> None:
    wrapped = tmp_path / "finsam-20240101T000000Z.tar.age"
    wrapped.write_bytes(pyrage.encrypt(content, [identity.to_public()]))
    (tmp_path / "in").mkdir()
    paths = [tmp_path / "in" / name for name in ("a", "b")]
    with pytest.raises(CopyError, match="håller inte det den ska"):
        age.unwrap(wrapped, paths, [identity])
    assert {path.name for path in (tmp_path / "in").iterdir()} <= {"a", "b"}


def test_no_name_in_an_archive_is_a_place(identity: Identity, tmp_path: Path) -> None:
    wrapped, inside = tmp_path / "x.tar.age", tmp_path / "in"
    inside.mkdir()
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.GNU_FORMAT) as tar:
        for name in ("../../ut", str(tmp_path / "ut")):
            member = tarfile.TarInfo(name)
            member.size = 3
            tar.addfile(member, io.BytesIO(b"ett"))
    wrapped.write_bytes(pyrage.encrypt(packed.getvalue(), [identity.to_public()]))
    age.unwrap(wrapped, [inside / "a", inside / "b"], [identity])
    assert [path.read_bytes() for path in sorted(inside.iterdir())] == [b"ett", b"ett"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "x.tar.age"]


MAGIC = b"age-encryption.org/v1\n"


@pytest.mark.parametrize(
    "content",
    [
        *(b"", MAGIC, MAGIC[:7], bytes(range(256)) * 20, MAGIC + b"-> X25519 " + b"A" * 5_000_000),
        MAGIC + b"-> x y\n\n" * 500_000 + b"--- " + b"A" * 43 + b"\n" + bytes(100),
    ],
    ids=range(6),
)
def test_odd_wrappings(content: bytes, identity: Identity, tmp_path: Path) -> None:
    wrapped = tmp_path / "x.tar.age"
    wrapped.write_bytes(content)
    with pytest.raises(CopyError, match="är skadad"):
        age.unwrap(wrapped, [tmp_path / "a"], [identity])
    assert list(tmp_path.iterdir()) == [wrapped]


def test_as_many_recipients_as_may_be_can_read_it(tmp_path: Path) -> None:
    identities = [Identity.generate() for _ in range(101)]
    keys = [str(identity.to_public()) for identity in identities]
    (tmp_path / "a").write_bytes(b"ett")
    age.wrap({"a": tmp_path / "a"}, tmp_path / "x.age", age.recipients(keys[:100]))
    age.unwrap(tmp_path / "x.age", [tmp_path / "b"], identities[99:100])
    assert (tmp_path / "b").read_bytes() == b"ett"
    with pytest.raises(UsageError, match="högst 100"):
        age.recipients(keys)
