"""What is answered at once is answered without loading anything that takes time."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.conftest import PROJECT

HEAVY = {
    "docx",
    "openpyxl",
    "questionary",
    "rich",
    "sqlcipher3",
    "sqlite_utils",
    "textual",
    "xlsxwriter",
}


def loaded_by(*arguments: str) -> set[str]:
    """Return the names of all modules loaded once finsam has answered `arguments`."""
    code = (
        "import sys; from finsam_tui.cli import main; main(sys.argv[1:]);"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", code, *arguments],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stderr.split())


@pytest.mark.parametrize("argument", ["--version", "--help"])
def test_the_quick_answers_load_nothing_heavy(argument: str) -> None:
    assert not loaded_by(argument) & {*HEAVY, "argparse", "re", "sqlite3", "typing"}


def test_a_command_that_is_refused_loads_no_front_end_and_no_driver() -> None:
    assert not loaded_by("finns-inte") & HEAVY


def test_what_a_command_loaded_is_not_looked_through_as_it_ends() -> None:
    code = (
        "import atexit, gc; atexit.register(lambda: print(gc.get_freeze_count()));"
        "from finsam_tui.cli import main; main(['finns-inte'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    assert int(done.stdout) > 0


def test_the_measure_sees_what_is_loaded() -> None:
    assert "argparse" in loaded_by("finns-inte")
