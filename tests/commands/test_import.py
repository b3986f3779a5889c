"""`finsam import` as a script runs it: what it prints, and the status it ends with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from finsam_tui.storage import keys, opening
from tests.exchange.books import of_csv, written
from tests.exchange.conftest import ONE, SYDNARKE

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

    from tests.conftest import RunFinsam


class Job:
    """A script with a key of its own, and a folder of files to import."""

    def __init__(self, run: RunFinsam, folder: Path) -> None:
        self._run = run
        self._register = folder / "r.db"
        self._key = folder / "key"
        self.files = folder / "filer"
        self.files.mkdir()

    def found(self) -> None:
        """Make the register."""
        ring = keys.Ring.new()
        ring.add_service("natt", self._key)
        ring.add_recovery()
        opening.create_register(self._register, ring, "natt").close()

    def put(self, files: dict[str, str]) -> None:
        """Write files to import."""
        for name, contents in files.items():
            (self.files / f"{name}.csv").write_text(contents, encoding="utf-8")

    def load(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        """Run the command on the folder, or on what is given."""
        common = ("--db", self._register, "--key-file", self._key)
        return self._run("import", *common, *(arguments or (self.files,)))


@pytest.fixture
def job(run_finsam: RunFinsam, tmp_path: Path) -> Job:
    job = Job(run_finsam, tmp_path)
    job.found()
    return job


def table(output: str) -> dict[str, list[str]]:
    """Return the first word of each line → the others."""
    return {words[0]: words[1:] for line in output.splitlines() if (words := line.split())}


def test_it_tells_what_became_of_each_table(job: Job) -> None:
    first = job.load(SYDNARKE)
    assert (first.returncode, first.stderr) == (0, "")
    assert table(first.stdout)["tabell"] == ["rader", "nya", "ändrade", "oförändrade", "borttagna"]
    assert table(first.stdout)["deltagare"] == ["154", "154", "0", "0", "0"]
    assert "Uppföljningssamtal planerade, flyttade eller borttagna: 165." in first.stdout
    again = job.load(SYDNARKE)
    assert table(again.stdout)["deltagare"] == ["154", "0", "0", "154", "0"]
    assert "Uppföljningssamtal" not in again.stdout


def test_faults_end_with_3_and_change_nothing(job: Job) -> None:
    job.put({**ONE, "lägen": "inskrivning_id;tillfälle;datum\nI1;start;förra året\n"})
    done = job.load()
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.splitlines() == [
        (
            "lägen.csv rad 2, datum: text, 10 tecken. Det går inte att läsa som ett datum. "
            "Skriv till exempel 2024-03-15, 15/3, 150324, i (i dag), -3 eller +6m."
        ),
        "finsam: 1 fel i 1 tabell; ingenting har ändrats. Rätta och läs in igen.",
    ]
    job.put({"lägen": "inskrivning_id;tillfälle;datum\nI1;start;2023-01-01\n"})
    assert table(job.load().stdout)["deltagare"] == ["1", "1", "0", "0", "0"]


def test_a_workbook_is_told_of_by_its_sheets(job: Job) -> None:
    path = job.files / "bok.xlsx"
    path.write_bytes(written(of_csv(ONE)))
    assert table(job.load(path).stdout)["deltagare"] == ["1", "1", "0", "0", "0"]
    path.write_bytes(written({"LÄGEN": [["inskrivning_id", "tillfälle", "datum"], ["I1", 6, 99]]}))
    done = job.load(path)
    assert (done.returncode, done.stdout) == (3, "")
    fault, last = done.stderr.splitlines()
    assert fault.startswith("bok.xlsx blad LÄGEN rad 2, datum: Cellen är ett tal")
    assert last.startswith("finsam: 1 fel i 1 tabell; ingenting har ändrats.")


def test_a_dry_run_ends_with_1_where_there_are_faults(job: Job) -> None:
    job.put({**ONE, "medarbetare": "medarbetare_id;namn;roll\nC1;Karin;vaktmästare\n"})
    done = job.load(job.files, "--dry-run")
    assert done.returncode == 1
    assert "Provkörning: ingenting har ändrats." in done.stdout
    assert done.stderr.startswith("medarbetare.csv rad 2, roll: text, 11 tecken. Välj ett av: ")


def test_a_dry_run_without_faults_ends_with_0_and_changes_nothing(job: Job) -> None:
    job.put(dict(ONE))
    for _ in range(2):
        done = job.load("--dry-run", job.files)
        assert (done.returncode, done.stderr) == (0, "")
        assert table(done.stdout)["deltagare"] == ["1", "1", "0", "0", "0"]


def test_more_than_fifty_faults_are_counted(job: Job) -> None:
    job.put({"kommuner": "kod;namn\n" + "".join(f"{n};\n" for n in range(1, 61))})
    done = job.load()
    lines = done.stderr.splitlines()
    assert (len(lines), lines[50]) == (52, "… och 10 till.")
    assert lines[51].startswith("finsam: 60 fel; ingenting har ändrats.")


@pytest.mark.parametrize(
    ("name", "status", "line"),
    [
        ("saknas", 3, "finns inte."),
        ("bok.xlsx", 3, "bok.xlsx är ingen arbetsbok, eller skadad; "),
        ("bok.xls", 3, "bok.xls är en arbetsbok av ett slag som inte läses; "),
        ("annat.csv", 3, "annat.csv är ingen tabell i formatet."),
    ],
)
def test_what_it_cannot_read_is_one_line(job: Job, name: str, status: int, line: str) -> None:
    if "." in name:
        (job.files / name).touch()
    done = job.load(job.files / name)
    assert (done.returncode, done.stdout) == (status, "")
    assert line in done.stderr
    assert done.stderr.count("\n") == 1


def test_unknown_columns_and_files_can_be_ignored(job: Job) -> None:
    job.put({"kommuner": "kod;namn;färg\n1;Kumla;röd\n", "annat": "a;b\n"})
    done = job.load(job.files, "--ignore-unknown")
    assert done.returncode == 0
    assert "Hoppade över: annat.csv." in done.stdout


def test_what_may_be_wrong_is_told_and_taken(job: Job) -> None:
    job.put(dict(ONE))
    job.put(
        {
            "deltagare": "deltagare_id;registrering;personnummer;kön\n"
            "D1;person;19920717-9871;kvinna\n"
        }
    )
    done = job.load()
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-2:] == [
        "Att se över (inläst som det står):",
        (
            "deltagare.csv rad 2, kön: text, 6 tecken. "
            "Könet stämmer inte med personnumret. Är det ändå rätt?"
        ),
    ]
