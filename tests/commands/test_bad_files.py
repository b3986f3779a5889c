"""Files made to break the reader: each is refused in one line, at once, with the right status."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from finsam_tui.storage import key_file, sealed
from tests.conftest import PROJECT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SECONDS = 60  # the reader hangs, or grows with what it is given
MEMORY = 1 << 30  # bytes of address space: a gigabyte is more than any of this needs
HEAD = b"medarbetare_id;namn;roll\n"


def limited(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run finsam with little memory."""
    return subprocess.run(
        [sys.executable, "-m", "finsam_tui", *map(str, arguments)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
        stdin=subprocess.DEVNULL,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
    )


def refused(status: int, *arguments: str | Path) -> str:
    """Return the one line that is told of an input that is refused with `status`."""
    done = limited(*arguments)
    told = done.stderr.splitlines()
    assert (done.returncode, done.stdout) == (status, ""), done.stderr
    assert told[-1].startswith("finsam: ")
    assert "i programmet" not in done.stderr
    return told[0]


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("register")
    folder.chmod(0o700)
    path, own = folder / "r.db", folder / "r.key"
    made = limited("demo", "--no-tui", "--size", "5", "--keep", path, "--key-file", own)
    assert made.returncode == 0, made.stderr
    return path, own


def put(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    path.chmod(0o600)


def sparse(path: Path) -> None:
    put(path, b"")
    os.truncate(path, 5 << 30)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


ODD: dict[str, Callable[[Path], object]] = {
    "a pipe": lambda path: os.mkfifo(path, 0o600),
    "a folder": lambda path: path.mkdir(0o700),
    "a link to itself": lambda path: path.symlink_to(path.name),
    "a link to a device": device,
    "five gigabytes": sparse,
    "brackets": lambda path: put(path, b"[" * 200_000),
    "a huge number": lambda path: put(path, b'{"finsam_key_file": ' + b"9" * 100_000 + b"}"),
    "noise": lambda path: put(path, bytes(range(256)) * 40),
    "nothing": lambda path: put(path, b""),
}


@pytest.mark.parametrize("odd", ODD)
def test_odd_key_files(odd: str, register: tuple[Path, Path], tmp_path: Path) -> None:
    path, own = register
    ODD[odd](tmp_path / "odd")
    refused(4, "kontroll", "--db", path, "--key-file", tmp_path / "odd")
    keys = key_file.path_of(path)
    saved = keys.rename(tmp_path / "saved")
    try:
        ODD[odd](keys)
        refused(4, "kontroll", "--db", path, "--key-file", own)
        refused(4, "nyckel", "list", "--db", path)
    finally:
        keys.rmdir() if keys.is_dir() and not keys.is_symlink() else keys.unlink()
        saved.rename(keys)


@pytest.mark.parametrize(
    "cost", [[3, 2**31, 4], [10**9, 65536, 4], [3, 65536, 10**6], [-1, -1, -1], [1, 1, 1]]
)
def test_a_slot_that_asks_for_absurd_work(cost: list[int], register: tuple[Path, Path]) -> None:
    path, own = register
    keys = key_file.path_of(path)
    saved = keys.read_bytes()
    content = json.loads(saved)
    slot = {**content["slots"][0], "kind": "person", "name": "ond", "id": "x", "argon2id": cost}
    content["slots"].append(slot)
    content.pop("sum")
    content["sum"] = sealed.sum_of(content)  # whoever can write it can sum it up
    try:
        put(keys, json.dumps(content).encode())
        assert "är skadad" in refused(4, "kontroll", "--db", path, "--key-file", own)
    finally:
        put(keys, saved)


@pytest.mark.parametrize("odd", [name for name in ODD if name != "five gigabytes"])
def test_odd_registers(odd: str, register: tuple[Path, Path], tmp_path: Path) -> None:
    ODD[odd](tmp_path / "odd.db")
    own = register[1]
    (tmp_path / "odd.db.nycklar").write_bytes(key_file.path_of(register[0]).read_bytes())
    (tmp_path / "odd.db.nycklar").chmod(0o600)
    refused(4, "kontroll", "--db", tmp_path / "odd.db", "--key-file", own)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (HEAD + b"C1;" + b"x" * 3_000_000 + b";coach\n", "Raden är för lång för att vara CSV."),
        (HEAD + b"C1;a\0b;coach\n", "inte text"),
        (HEAD[:-1] + b";".join(b"k%d" % n for n in range(100_000)) + b"\n", "fler än 1 000 kol"),
        (b";" * 1_000_000 + b"\n", "fler än 1 000 kolumner"),
        (b"namn;" * 200_000 + b"\n", "fler än 1 000 kolumner"),
        (HEAD + b'C1;"a;coach\n' + b"C2;b;coach\n" * 100_000, "En cell är längre än"),
        (HEAD + b'C1;"a;coach\nC2;b;coach\n', "Citattecknen går inte ihop"),
        (b'"' + HEAD + b"C2;b;coach\n" * 100_000, "Citattecknen går inte ihop"),
        (b"", "Filen är tom"),
    ],
    ids=["cell", "nul", "columns", "delimiters", "same", "unclosed", "torn", "heading", "empty"],
)
def test_odd_tables(content: bytes, told: str, register: tuple[Path, Path], tmp_path: Path) -> None:
    path, own = register
    (tmp_path / "medarbetare.csv").write_bytes(content)
    assert told in refused(3, "import", tmp_path, "--db", path, "--key-file", own)


@pytest.mark.parametrize("odd", ["a pipe", "a link to itself", "a link to a device"])
def test_odd_places_of_a_table(odd: str, register: tuple[Path, Path], tmp_path: Path) -> None:
    path, own = register
    ODD[odd](tmp_path / "medarbetare.csv")
    opened = ("--db", path, "--key-file", own)
    refused(3, "import", tmp_path / "medarbetare.csv", *opened)
    refused(3, "import", tmp_path, *opened)
