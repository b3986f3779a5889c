"""scripts/start and scripts/check: installed once, then at once; redone when anything has changed.

A stand-in for Python notes what it is asked to do, so nothing is installed here.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.conftest import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

PYTHON = """#!/bin/sh
case "$*" in
-V) echo "Python $VERSION" ;;
*version_info*) exit "${TOO_OLD:-0}" ;;
*ensurepip*) exit "${NO_VENV:-0}" ;;
"-m venv "*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" && cp "$0" "$3/bin/lint-imports" ;;
"-m pip "*) echo pip >>"$LOG" && exit "${PIP:-0}" ;;
"-m compileall "*) ;;
*) for word; do printf '<%s>' "$word"; done >>"$LOG"; echo >>"$LOG"; exit "${STATUS:-0}" ;;
esac
"""


class Checkout:
    """A checkout in a folder with a blank in its name, and a PATH where Python is the stand-in."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "min finsam"
        self.log = folder / "log"
        self.bin = folder / "bin"
        self.bin.mkdir()
        for tool in ("cat", "cp", "dirname", "mkdir", "rm", "sh"):
            (self.bin / tool).symlink_to(shutil.which(tool) or tool)
        shutil.copytree(PROJECT / "scripts", self.root / "scripts")
        shutil.copy(PROJECT / "pyproject.toml", self.root)
        self.add_python("python3.12")

    def add_python(self, name: str) -> None:
        (self.bin / name).write_text(PYTHON)
        (self.bin / name).chmod(0o755)

    def run(self, script: str, *arguments: str, **settings: str) -> tuple[int, list[str], str]:
        """Return exit status, what Python was asked to do, and stderr."""
        self.log.write_text("")
        environment = {"PATH": str(self.bin), "LOG": str(self.log), "VERSION": "3.12.1"}
        done = subprocess.run(
            [self.root / "scripts" / script, *arguments],
            cwd="/",
            env=environment | settings,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, self.log.read_text().splitlines(), done.stderr


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def test_the_first_start_installs_and_opens_the_demo(checkout: Checkout) -> None:
    status, done, said = checkout.run("start")
    assert status == 0
    assert done[0] == "pip"
    assert done[1].endswith("<demo>")
    assert "en gång" in said


def test_the_second_start_installs_nothing_and_says_nothing(checkout: Checkout) -> None:
    checkout.run("start")
    status, done, said = checkout.run("start", PIP="1")
    assert (status, len(done), said) == (0, 1, "")


def test_arguments_go_to_finsam_as_they_stand_and_its_status_comes_back(checkout: Checkout) -> None:
    status, done, _ = checkout.run("start", "rapport", "--programme", "Ett Två", "", STATUS="3")
    assert status == 3
    assert done[-1].endswith("<rapport><--programme><Ett Två><>")


def test_an_interrupted_install_is_redone(checkout: Checkout) -> None:
    status, done, said = checkout.run("start", PIP="1")
    assert (status, done) == (1, ["pip"])
    assert "kör igen" in said
    assert checkout.run("start")[1][0] == "pip"


def test_a_changed_project_is_installed_anew(checkout: Checkout) -> None:
    checkout.run("start")
    with (checkout.root / "pyproject.toml").open("a") as file:
        file.write("# changed\n")
    assert checkout.run("start")[1][0] == "pip"
    assert checkout.run("start")[1][0] != "pip"


def test_another_python_is_installed_for_anew(checkout: Checkout) -> None:
    checkout.run("start")
    assert checkout.run("start", VERSION="3.13.0")[1][0] == "pip"


def test_a_moved_checkout_is_installed_anew(checkout: Checkout, tmp_path: Path) -> None:
    checkout.run("start")
    checkout.root = checkout.root.rename(tmp_path / "flyttad")
    assert checkout.run("start")[1][0] == "pip"


@pytest.mark.parametrize(
    ("settings", "advice"),
    [
        ({"TOO_OLD": "1"}, "hittar ingen Python 3.11 eller senare"),
        ({"NO_VENV": "1"}, "python3.12 saknar modulen venv"),
    ],
)
def test_without_a_python_that_will_do_one_line_says_what_to_install(
    checkout: Checkout, settings: dict[str, str], advice: str
) -> None:
    status, done, said = checkout.run("start", **settings)
    assert (status, done) == (1, [])
    assert said.startswith(f"finsam: {advice}")
    assert said.count("\n") == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_checkout_that_cannot_be_written_to_names_another_way(checkout: Checkout) -> None:
    checkout.root.chmod(0o555)
    status, _, said = checkout.run("start")
    checkout.root.chmod(0o755)
    assert status == 1
    assert "pipx install" in said


def test_the_gate_runs_every_step_in_order(checkout: Checkout) -> None:
    status, done, _ = checkout.run("check")
    assert status == 0
    steps = [
        "<ruff><format><--check>",
        "<ruff><check>",
        "<mypy>",
        "",
        "<pytest><-n><auto><--dist><worksteal>",
    ]
    assert done == ["pip", *(f"<-m>{step}" if step else "" for step in steps)]


def test_the_gate_stops_at_the_first_step_that_fails_with_its_status(checkout: Checkout) -> None:
    status, done, _ = checkout.run("check", STATUS="4")
    assert (status, len(done)) == (4, 2)


def test_start_and_gate_have_environments_of_their_own(checkout: Checkout) -> None:
    checkout.run("start")
    assert checkout.run("check")[1][0] == "pip"
    assert checkout.run("start")[1][0] != "pip"
