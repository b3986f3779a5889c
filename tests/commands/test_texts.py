"""`finsam rapport --edit`: the year's texts in an editor, all of them taken in or none."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from typing import Any

import pexpect
import pytest

from finsam_tui.storage import keys, opening
from tests.commands.test_rapport import rapport
from tests.conftest import PROJECT

YEAR = ("--year", "2024")


@pytest.fixture
def options(tmp_path: Path) -> list[str]:
    """Return the options that open a register with an association and nobody in it."""
    tmp_path.chmod(0o700)
    path, key = str(tmp_path / "register.db"), str(tmp_path / "key")
    made = ("init", "--no-input", "--association", "Fyrsjöarna", "--db", path, "--key-file", key)
    assert rapport(*made, "--recovery-file", str(tmp_path / "recovery")).returncode == 0
    return ["--db", path, "--key-file", key]


def edit(options: list[str], editor: str, *what: str, tmp: Path) -> tuple[int, str]:
    """Run --edit in a terminal with a shell script for an editor; return status and output."""
    script = tmp / "editor"
    script.write_text(f"#!/bin/sh\n{editor}\n", encoding="utf-8")
    script.chmod(0o700)
    child = pexpect.spawn(
        sys.executable,
        ["-m", "finsam_tui", "rapport", *what, "--edit", *YEAR, *options],
        cwd=str(PROJECT),
        env={**os.environ, "EDITOR": shlex.quote(str(script)), "VISUAL": "", "COLUMNS": "300"},
        encoding="utf-8",
        timeout=60,
        dimensions=(24, 300),
    )
    output: str = child.read()
    child.close()
    return child.exitstatus or 0, " ".join(output.split())


def texts(options: list[str]) -> list[tuple[Any, ...]]:
    path, key = Path(options[1]), Path(options[3])
    unlocked = keys.unlock_key_file(path, key)
    with opening.open_register(path, unlocked) as register:
        sql = "SELECT year, part, text, version FROM report_text ORDER BY id"
        return [tuple(row) for row in register.sql(sql)]


def test_a_text_is_written_changed_and_left(options: list[str], tmp_path: Path) -> None:
    status, told = edit(
        options,
        "printf 'Vi stod utan lokal.\\n' >> \"$1\"",
        "arsrapport",
        "deviations",
        tmp=tmp_path,
    )
    assert (status, told) == (0, "1 text sparades för 2024.")
    assert texts(options) == [(2024, "deviations", "Vi stod utan lokal.", 1)]

    status, told = edit(
        options, 'sed -i "s/utan lokal/ute/" "$1"', "arsrapport", "deviations", tmp=tmp_path
    )
    assert (status, told) == (0, "1 text sparades för 2024.")
    assert texts(options) == [(2024, "deviations", "Vi stod ute.", 2)]

    status, told = edit(options, "true", "arsrapport", tmp=tmp_path)
    assert (status, told) == (0, "Inget ändrades, och inget sparades.")
    assert len(texts(options)) == 1


def test_all_texts_of_the_report_stand_in_one_file(options: list[str], tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    edit(options, f'cp "$1" {shlex.quote(str(seen))}; stat -c %a "$1" >> {shlex.quote(str(seen))}',
         "arsrapport", tmp=tmp_path)  # fmt: skip
    page = seen.read_text(encoding="utf-8")
    assert "=== purpose (syfte och mål) ===" in page
    assert "=== deviations (avvikelser) ===" in page
    assert page.splitlines()[-1] == "600"


def test_what_cannot_be_taken_in_is_kept_where_one_is_told(
    options: list[str], tmp_path: Path
) -> None:
    spoil = "printf 'Ny text\\n' > \"$1\""
    status, told = edit(options, spoil, "arsrapport", "deviations", tmp=tmp_path)
    assert status == 3
    assert "raderna med === är ändrade; de ska stå som de stod; inget sparades." in told
    file = told.partition("finns i ")[2].rstrip(".")
    assert "Ny text" in PROJECT.joinpath(file).read_text(encoding="utf-8")
    PROJECT.joinpath(file).unlink()
    PROJECT.joinpath(file).parent.rmdir()
    assert texts(options) == []

    status, told = edit(
        options, "printf 'a\\033[2Jb\\n' >> \"$1\"", "arsrapport", "deviations", tmp=tmp_path
    )
    assert status == 3
    assert "otillåtet tecken (U+001B)" in told
    file = told.partition("finns i ")[2].rstrip(".")
    PROJECT.joinpath(file).unlink()
    PROJECT.joinpath(file).parent.rmdir()
    assert texts(options) == []


def test_an_editor_that_fails_saves_nothing(options: list[str], tmp_path: Path) -> None:
    status, told = edit(options, "exit 1", "arsrapport", "deviations", tmp=tmp_path)
    assert (status, told) == (
        3,
        "finsam: redigeraren avslutades med fel; inget sparades.",
    )


def test_a_section_without_texts_names_those_that_have(options: list[str]) -> None:
    done = rapport("rapport", "oversikt", "--edit", *options)
    assert done.returncode == 2
    assert "oversikt har inga texter" in done.stderr
    done = rapport("rapport", "arsrapport", "deviations", "--edit", *options)
    assert done.returncode == 2
    assert "--edit behöver en terminal" in done.stderr
