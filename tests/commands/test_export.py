"""`finsam export` as people and scripts run it: what it says, where, and how it ends."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from tests.backups import Site
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


def test_the_screenings_of_a_year_are_a_file(
    run_finsam: RunFinsam, register: tuple[str, ...], tmp_path: Path
) -> None:
    words = ("--screenings", "--from", "2020-01-01", *register)
    rows = ""
    for name in ("våld.csv", "våld.xlsx"):
        done = run_finsam("export", tmp_path / name, *words)
        assert done.returncode == 0
        (heading, (name_, rows)) = (line.split() for line in done.stdout.splitlines())
        assert (heading, name_) == (["tabell", "rader"], "våldsscreeningar")
        unasked, few, plain = done.stderr.splitlines()
        assert "ange --inflicted" in unasked
        assert few.startswith(f"{rows} av {rows} rader gäller en månad och ett kön")
        assert "inte krypterat" in plain
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600
    lines = (tmp_path / "våld.csv").read_text(encoding="utf-8-sig").splitlines()
    sheet = load_workbook(tmp_path / "våld.xlsx").active
    assert sheet is not None
    assert len(lines) == sheet.max_row == int(rows) + 1
    assert [cell.value for cell in sheet[1]] == lines[0].split(";")
    again = run_finsam("export", tmp_path / "våld.csv", *words)
    assert (again.returncode, "finns redan" in again.stderr) == (2, True)
    assert run_finsam("export", tmp_path / "våld.csv", "--force", *words).returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["våld.csv", "våld.xlsx"]
    logged = json.loads(run_finsam("logg", "--format", "json", *register).stdout)
    details = [entry.get("detail") or "" for entry in logged["entries"]]
    assert any(d.startswith("export csv --screenings 2020-01-01–") for d in details)


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("--screenings", "ut"), "slutar på .csv eller .xlsx"),
        (("--screenings", "--anonymous", "ut.csv"), "ta bort --anonymous"),
        (("--screenings", "--year", "2024", "--to", "2024-05-01", "ut.csv"), "antingen --year"),
        (("--year", "2024", "ut"), "hör till --screenings"),
        (("--inflicted", "ut"), "hör till --screenings"),
    ],
)
def test_what_does_not_go_together_is_one_line(
    run_finsam: RunFinsam, tmp_path: Path, words: tuple[str, ...], line: str
) -> None:
    done = run_finsam("export", *words[:-1], tmp_path / words[-1], "--db", tmp_path / "ingen.db")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert line in done.stderr


def test_a_service_takes_no_screenings(tmp_path: Path, run_finsam: RunFinsam) -> None:
    site = Site(tmp_path / "register")
    keyed = ("--db", site.path, "--key-file", site.service)
    done = run_finsam("export", "--screenings", tmp_path / "ut.csv", *keyed)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (3, "", 1)
    assert "exporterar samordnaren" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["register"]


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
