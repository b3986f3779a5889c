"""`finsam export` as people and scripts run it: what it says, where, and how it ends."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import RunFinsam


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """Return the options that open a small register as its coordinator."""
    folder = tmp_path_factory.mktemp("register")
    folder.chmod(0o700)
    options = (str(folder / "register.db"), "--key-file", str(folder / "key"))
    finsam = (sys.executable, "-m", "finsam_tui")
    subprocess.run(
        [*finsam, "demo", "--no-tui", "--size", "12", "--keep", *options],
        cwd=PROJECT,
        check=True,
        capture_output=True,
    )
    return ("--db", *options)


def test_it_tells_what_it_wrote_and_that_it_is_plain(
    run_finsam: RunFinsam, register: tuple[str, ...], tmp_path: Path
) -> None:
    done = run_finsam("export", tmp_path / "ut", *register)
    assert done.returncode == 0
    table = dict(line.split() for line in done.stdout.splitlines())
    assert (table["tabell"], table["deltagare"], table["förbund"]) == ("rader", "12", "1")
    assert {path.stem for path in (tmp_path / "ut").iterdir()} == {*table} - {"tabell"}
    assert done.stderr.splitlines()[-1].startswith("Det som skrevs är inte krypterat")
    assert (tmp_path / "ut").stat().st_mode & 0o777 == 0o700
    again = run_finsam("import", "--dry-run", tmp_path / "ut", *register)
    assert again.returncode == 0
    told = [line.split()[1:] for line in again.stdout.splitlines()[1:-1]]
    assert [[row[0], "0", "0", row[0], "0"] for row in told] == told
    logged = json.loads(run_finsam("logg", "--format", "json", *register).stdout)
    details = [entry.get("detail") for entry in logged["entries"] if entry["log"] == "access"]
    assert "export csv" in details


def test_a_workbook_and_nobody_in_it(
    run_finsam: RunFinsam, register: tuple[str, ...], tmp_path: Path
) -> None:
    done = run_finsam("export", "--anonymous", tmp_path / "ut.xlsx", *register)
    assert done.returncode == 0
    assert "medarbetare" not in done.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["ut.xlsx"]
    refused = run_finsam("export", "--anonymous", tmp_path / "ut.xlsx", *register)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "finns redan" in refused.stderr
    before = (tmp_path / "ut.xlsx").read_bytes()
    again = run_finsam("export", "--anonymous", "--force", tmp_path / "ut.xlsx", *register)
    assert again.returncode == 0
    assert (tmp_path / "ut.xlsx").read_bytes() != before  # the ids are others


@pytest.mark.parametrize(
    ("name", "status", "line"),
    [
        ("ut.csv", 2, "en fil som slutar på .xlsx"),
        ("finns/inte", 5, "katalogen finns inte"),
        ("finns/inte.xlsx", 5, "katalogen finns inte"),
    ],
)
def test_what_it_cannot_write_is_one_line(  # noqa: PLR0913, PLR0917 - a case
    run_finsam: RunFinsam,
    register: tuple[str, ...],
    tmp_path: Path,
    name: str,
    status: int,
    line: str,
) -> None:
    done = run_finsam("export", tmp_path / name, *register)
    assert (done.returncode, done.stdout) == (status, "")
    assert line in done.stderr
    assert done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []
