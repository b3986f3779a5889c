"""The report command: what it prints where, and what it says of what is not there to ask for."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import pexpect
import pytest

from finsam_tui.commands.rapport import SMALL, columns, in_colour
from finsam_tui.report import catalogue
from finsam_tui.report.hiding import EXTERNAL
from finsam_tui.report.render.formats import FORMATS
from tests.conftest import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

PLAIN = {key: value for key, value in os.environ.items() if key not in ("COLUMNS", "NO_COLOR")}
# How a file of each format begins.
BEGINS = {
    "text": "Samordningsförbundet ".encode(),
    "json": b"{",
    "csv": b"\xef\xbb\xbf",
    "md": b"# SUS ",
    "html": b"<!doctype html>",
    "svg": b"<?xml ",
    "xlsx": b"PK",
    "docx": b"PK",
}
UNUSED = {
    *("jinja2", "rich", "textual", "questionary", "sqlite_utils", "prompt_toolkit"),
    *("argon2", "pyrage", "concurrent", "dataclasses", "difflib", "inspect", "logging"),
    *("secrets", "shutil", "socket", "subprocess", "tempfile", "tokenize", "tomllib"),
}


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return the options that open a small register of this year."""
    folder = tmp_path_factory.mktemp("register")
    folder.chmod(0o700)
    options = [str(folder / "register.db"), "--key-file", str(folder / "key")]
    done = rapport("demo", "--no-tui", "--size", "12", "--keep", *options)
    assert done.returncode == 0
    return ["--db", *options]


def rapport(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "finsam_tui", *arguments],
        cwd=PROJECT,
        env=PLAIN | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_pipe_gets_this_years_plain_page(register: list[str]) -> None:
    done = rapport("rapport", *register)
    assert (done.returncode, done.stderr) == (0, "")
    first, *lines = done.stdout.splitlines()
    assert first.startswith("Samordningsförbundet ")
    assert first.endswith(f"Översikt {date.today().year}, hittills")  # noqa: DTZ011
    assert "\x1b" not in done.stdout
    assert max(map(len, lines)) == 80


def test_a_pipe_is_as_wide_as_columns_says(register: list[str]) -> None:
    lines = rapport("rapport", *register, COLUMNS="100").stdout.splitlines()
    assert max(map(len, lines)) == 100


def test_a_terminal_gets_colour_and_a_dumb_one_none(register: list[str]) -> None:
    def shown(**environment: str) -> str:
        python = shlex.quote(sys.executable)  # its folder may have a blank in its name
        page: str = pexpect.run(
            f"{python} -m finsam_tui rapport oversikt sex {' '.join(register)}",
            cwd=str(PROJECT),
            env=PLAIN | {"TERM": "xterm"} | environment,
            encoding="utf-8",
        )
        return page

    assert "\x1b[1m" in shown()
    for environment in ({"TERM": "dumb"}, {"NO_COLOR": "1"}):
        page = shown(**environment)
        assert "Kön" in page
        assert "\x1b" not in page


@pytest.mark.parametrize(
    ("env", "terminal", "width"),
    [
        ({}, None, 80),
        ({}, 120, 100),
        ({}, 72, 72),
        ({}, 0, 80),
        ({"COLUMNS": "90"}, 120, 90),
        ({"COLUMNS": "90"}, None, 90),
        ({"COLUMNS": "7"}, None, 40),
        ({"COLUMNS": "bred"}, 72, 72),
        ({"COLUMNS": "0"}, None, 80),
    ],
)
def test_the_width_of_the_paper(env: dict[str, str], terminal: int | None, width: int) -> None:
    assert columns(env, terminal) == width


@pytest.mark.parametrize(
    ("env", "terminal", "coloured"),
    [
        ({"TERM": "xterm"}, 80, True),
        ({"TERM": "xterm"}, None, False),
        ({"TERM": "dumb"}, 80, False),
        ({"TERM": "xterm", "NO_COLOR": "1"}, 80, False),
        ({"TERM": "xterm", "NO_COLOR": ""}, 80, True),
    ],
)
def test_when_there_is_colour(env: dict[str, str], terminal: int | None, coloured: bool) -> None:  # noqa: FBT001
    assert in_colour(env, terminal) is coloured


def test_sections_are_chosen_and_json_is_json(register: list[str]) -> None:
    done = rapport("rapport", "oversikt", "sex", "steps", "--format", "json", *register)
    data = json.loads(done.stdout)
    assert [section["id"] for section in data["sections"]] == ["sex", "steps"]


def test_a_period_and_filters(register: list[str]) -> None:
    names = json.loads(
        rapport("rapport", "oversikt", "municipality", "--format", "json", *register).stdout
    )["sections"][0]["tables"][0]["rows"]
    done = rapport(
        *("rapport", "--from", "2024-01-01", "--to", "31/3 2024", "--sex", "kvinna"),
        *("--municipality", names[0][0], "--coach", "saknas", "--format", "json", *register),
    )
    data = json.loads(done.stdout)
    assert data["period"] == {"from": "2024-01-01", "to": "2024-03-31"}
    assert data["filters"] == {"sex": "woman", "municipality": names[0][-1], "coach": None}


def test_a_year_without_data_says_so(register: list[str]) -> None:
    done = rapport("rapport", "--year", "1999", *register)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Ingen i urvalet var inskriven 1999" in done.stdout


def test_a_file_is_whole_private_and_not_written_over(register: list[str], tmp_path: Path) -> None:
    path = tmp_path / "oversikt.txt"
    assert rapport("rapport", *register, "-o", path).returncode == 0
    assert path.stat().st_mode & 0o777 == 0o600
    page = path.read_text(encoding="utf-8")
    assert page.endswith("\n")
    assert "Deltagare" in page

    path.write_text("mitt", encoding="utf-8")
    done = rapport("rapport", *register, "-o", path)
    assert done.returncode == 2
    assert "finns redan" in done.stderr
    assert "--force" in done.stderr
    assert path.read_text(encoding="utf-8") == "mitt"

    assert rapport("rapport", *register, "-o", path, "--force", COLUMNS="50").returncode == 0
    assert path.read_text(encoding="utf-8") == page
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_a_file_that_cannot_be_written_is_5(register: list[str], tmp_path: Path) -> None:
    done = rapport("rapport", *register, "-o", tmp_path / "saknas" / "rapport.txt")
    assert done.returncode == 5
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["oversigt"], "rapporten finns inte. Menade du oversikt eller personlista?"),
        (
            ["oversikt", "municipalitet"],
            "avsnittet finns inte i oversikt. Menade du municipality?",
        ),
        (["--from", "2024-12-31", "--to", "2024-01-01"], "perioden slutar före sin början"),
        (["--year", "24"], "året skrivs med fyra siffror"),
        (["--year", "2024", "--from", "2024-01-01"], "ange antingen --year eller --from och --to"),
        (["--to", "31/2 2024"], "datumet finns inte"),
        (["--programme", "zzz"], "--programme: insats finns inte. Välj bland: "),
        (["--format", "pdf"], "--format ska vara text, json, csv, md, html"),
        (["-o", "rapport.pdf"], "filens ändelse är inget format; välj ett med --format"),
        (["oversikt", "livelihood"], "avsnittet finns inte i oversikt. Det finns i sus."),
        (["arsrapport", "staf"], "avsnittet finns inte i arsrapport. Menade du staff"),
        (["--age-bands", "30-15"], "en åldersgrupp slutar före sin början"),
        (["--age-bands", "15-29,20-40"], "åldersgrupperna ska komma i ordning"),
        (["--age-bands", "alla"], "åldrarna skrivs som 15-29,30-44,60-"),
        (["--month-bands", "0"], "månaderna i en grupp är ett heltal från 1 till 60"),
        (["--suppress", "0"], "--suppress ska vara ett heltal från 1 till 99"),
        (["--suppress", "100"], "--suppress ska vara ett heltal från 1 till 99"),
        (["--suppress", "få"], "--suppress ska vara ett heltal från 1 till 99"),
        (["personlista", "--external"], "personlista pekar ut personer"),
        (["oversikt", "--format", "svg"], "rapporten oversikt har inga diagram"),
        (["sus", "livelihood_flow", "--format", "svg"], "inget diagram att rita; det finns i "),
        (["--sex", "20050101-9999"], "--sex: kön finns inte."),
    ],
)
def test_wrong_use_is_2_and_names_what_is_near(
    register: list[str], arguments: list[str], told: str
) -> None:
    done = rapport("rapport", *arguments, *register)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "9999" not in done.stderr


def test_the_list_names_reports_sections_and_formats_and_needs_no_register() -> None:
    done = rapport("rapport", "--list", FINSAM_DB="/saknas.db")
    assert done.returncode == 0
    lines = [tuple(line.split(maxsplit=1)) for line in done.stdout.splitlines()]
    assert lines[:2] == [("oversikt", "Översikt"), ("participants", "Deltagare")]
    named = [name for name, _ in lines]
    for id, entry in catalogue.REPORTS.items():
        at = named.index(id)
        assert tuple(named[at + 1 : at + 1 + len(entry.ids)]) == entry.ids
    assert named[-len(FORMATS) :] == list(FORMATS)


@pytest.mark.parametrize("form", FORMATS)
def test_the_suffix_of_a_file_decides_its_format(
    register: list[str], tmp_path: Path, form: str
) -> None:
    path = tmp_path / f"rapport{FORMATS[form].suffix.upper()}"
    done = rapport("rapport", "sus", "participants", "sex", *register, "-o", path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    content = path.read_bytes()
    assert content.startswith(BEGINS[form])
    assert path.stat().st_mode & 0o777 == 0o600


def test_who_saves_a_file_is_told_that_it_is_not_encrypted(
    register: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "r.csv"
    shown = pexpect.run(
        f"{shlex.quote(sys.executable)} -m finsam_tui rapport {' '.join(register)} -o {path}",
        cwd=str(PROJECT),
        env=PLAIN | {"TERM": "xterm"},
        encoding="utf-8",
    )
    assert path.exists()
    assert "Filen är inte krypterad" in shown


def test_format_goes_before_the_suffix(register: list[str], tmp_path: Path) -> None:
    path = tmp_path / "rapport.txt"
    assert rapport("rapport", *register, "--format", "html", "-o", path).returncode == 0
    assert path.read_bytes().startswith(b"<!doctype html>")


@pytest.mark.parametrize("form", ["csv", "xlsx", "html"])
def test_a_pipe_takes_any_format(register: list[str], form: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "finsam_tui", "rapport", "sus", "sex", "--format", form, *register],
        cwd=PROJECT,
        env=PLAIN | {"PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(BEGINS[form])


def test_a_workbook_is_nothing_for_a_terminal(register: list[str]) -> None:
    shown = pexpect.run(
        f"{shlex.quote(sys.executable)} -m finsam_tui rapport --format xlsx {' '.join(register)}",
        cwd=str(PROJECT),
        env=PLAIN | {"TERM": "xterm"},
        encoding="utf-8",
    )
    assert "xlsx går inte att visa i en terminal; ange en fil med -o." in shown
    assert len(shown.splitlines()) == 1


def test_a_long_report_is_pages_in_a_pipe_and_none_in_a_terminal(register: list[str]) -> None:
    piped = rapport("rapport", "sus", *register).stdout
    assert "\f" in piped
    assert "Innehåll" in piped
    shown = pexpect.run(
        f"{shlex.quote(sys.executable)} -m finsam_tui rapport sus {' '.join(register)}",
        cwd=str(PROJECT),
        env=PLAIN | {"TERM": "xterm"},
        encoding="utf-8",
    )
    assert "Åldersfördelning" in shown
    assert not {"\f", "Innehåll"} & {*shown, *shown.split()}


def test_an_old_terminal_gets_letters_it_has(register: list[str]) -> None:
    done = rapport("rapport", "sus", "age", *register, PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Aldersfordelning -----" in done.stdout
    assert "##" in done.stdout


def test_bands_of_ages_and_months_are_the_readers(register: list[str]) -> None:
    def rows(section: str, *options: str) -> list[str]:
        arguments = ("rapport", "sus", section, "--format", "json", *options, *register)
        made = json.loads(rapport(*arguments).stdout)["sections"][0]["tables"][0]
        return [row[-1] for row in made["rows"]]

    ages = rows("age", "--age-bands", "15-24,25-64,65-")
    assert [key for key in ages if key[0].isdecimal()] == ["15-24", "25-64", "65-"]
    months = rows("programme_time", "--month-bands", "7", "--from", "2000-01-01")
    assert months[:2] == ["1-7", "8-14"]


def test_what_leaves_the_association_has_no_small_counts(register: list[str]) -> None:
    def counts(*options: str) -> list[int]:
        done = rapport("rapport", "sus", "age", "--format", "json", *options, *register)
        sections = json.loads(done.stdout)["sections"]
        rows = [row for s in sections for table in s["tables"] for row in table["rows"]]
        return [cell for row in rows for cell in row if isinstance(cell, int)]

    assert {1, 2, 3, 4} & set(counts())
    assert not {1, 2, 3, 4} & set(counts("--external"))
    assert not {1, 2} & set(counts("--suppress", "3"))
    page = rapport("rapport", "sus", "age", "--external", *register).stdout
    assert "Antal under 5" in page
    assert ".." in page


def test_the_least_count_for_those_outside_is_the_same_everywhere() -> None:
    assert SMALL == EXTERNAL


def test_a_register_that_is_not_there_is_4() -> None:
    assert rapport("rapport", FINSAM_DB="/saknas.db").returncode == 4


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_report_for_a_pipe_loads_nothing_that_takes_time(register: list[str], form: str) -> None:
    code = (
        "import sys; from finsam_tui.cli import main; main(sys.argv[1:]);"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "rapport", "--format", form, *register],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(done.stderr.split())
    assert not UNUSED & loaded
    assert "sqlcipher3" in loaded
    assert ("finsam_tui.report.render.plain" in loaded) == (form == "text")
