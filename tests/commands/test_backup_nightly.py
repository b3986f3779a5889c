"""scripts/nightly-backup and the systemd service: a job that tells somebody when it goes wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from finsam_tui.commands import _arguments
from tests.backups import Site
from tests.conftest import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = PROJECT / "scripts" / "nightly-backup"
UNITS = PROJECT / "scripts" / "systemd"


class Night:
    """Runs the script on a register, with a log and an alarm that notes what it is told."""

    def __init__(self, folder: Path) -> None:
        self.site = Site(folder / "plats")
        self.log, self._alarm, self._alarmed = folder / "logg", folder / "larm", folder / "larmat"
        self._finsam = folder / "finsam"
        self._program(self._finsam, f'cd "{PROJECT}" && exec "{sys.executable}" -m finsam_tui "$@"')
        self._program(self._alarm, f'echo "$1: $(cat)" >>"{self._alarmed}"')

    def _program(self, path: Path, does: str) -> None:
        path.write_text(f"#!/bin/sh\n{does}\n")
        path.chmod(0o700)

    def run(self, *arguments: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
        settings = {"FINSAM": self._finsam, "FINSAM_LOG": self.log, "FINSAM_ALERT": self._alarm}
        by = ("--db", self.site.path, "--key-file", self.site.service)
        return subprocess.run(
            [SCRIPT, *arguments, *by],
            env={"PATH": os.environ["PATH"], **{k: str(v) for k, v in settings.items()}, **more},
            capture_output=True,
            text=True,
            check=False,
        )

    @property
    def alarmed(self) -> list[str]:
        return self._alarmed.read_text().splitlines() if self._alarmed.exists() else []


@pytest.fixture
def night(tmp_path: Path) -> Night:
    return Night(tmp_path)


def test_a_good_night_leaves_a_line_in_the_log_and_alarms_nobody(night: Night) -> None:
    done = night.run(night.site.folder)
    assert (done.returncode, done.stderr, night.alarmed) == (0, "", [])
    (line,) = night.log.read_text().splitlines()
    assert line == done.stdout.strip()
    _, status, told = line.split(" ", 2)
    assert status == "status=0"
    assert json.loads(told)["copy"] == str(night.site.copies()[0])


def test_a_bad_night_ends_with_its_status_and_alarms_with_the_line(night: Night) -> None:
    night.site.folder.write_bytes(b"")
    done = night.run(night.site.folder)
    assert done.returncode == 5
    assert done.stderr.startswith("finsam: ")
    assert night.alarmed == [f"5: {done.stdout.strip()}"]


def test_a_copy_with_doubts_alarms_too(night: Night) -> None:
    night.site.people(10)
    night.run(night.site.folder)
    night.site.people(1)
    assert night.run(night.site.folder).returncode == 1
    assert [line[:2] for line in night.alarmed] == ["1:"]


@pytest.mark.parametrize("wrong", ["/finns/inte", "/bin/false"])
def test_a_program_that_is_not_there_alarms(night: Night, wrong: str) -> None:
    assert night.run(night.site.folder, FINSAM=wrong).returncode != 0
    assert len(night.alarmed) == 1


def test_a_broken_alarm_and_a_log_that_cannot_be_written_hide_nothing(night: Night) -> None:
    night.site.folder.write_bytes(b"")
    done = night.run(night.site.folder, FINSAM_ALERT="/finns/inte", FINSAM_LOG="/finns/inte/logg")
    assert done.returncode == 5
    assert "larmet" in done.stderr
    assert "loggen" in done.stderr


def test_the_service_runs_a_command_that_there_is() -> None:
    lines = (UNITS / "finsam-backup.service").read_text().splitlines()
    (command,) = (line.partition("=")[2] for line in lines if line.startswith("ExecStart="))
    program, *arguments = command.split()
    assert program == "/usr/local/bin/finsam"
    module, options = _arguments.read(arguments)
    assert module.__name__ == "finsam_tui.commands.backup"  # type: ignore[attr-defined]
    for folder in (str(options.folder), options.db.rpartition("/")[0]):
        assert any(line.startswith("ReadWritePaths=") and folder in line for line in lines)
