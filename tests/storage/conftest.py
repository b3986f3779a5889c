"""Registers that live for one test, and child processes that can be killed."""

from __future__ import annotations

import os
import signal
import sys
import traceback
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests import backups
from tests.register import KEY, empty_register

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from finsam_tui.storage.register import Register

RAW_KEY = KEY
CHEAP, PASSPHRASE = backups.QUICK, backups.PASSPHRASE


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a register can be made: in a folder that is its owner's alone."""
    return tmp_path / "register.db"


@pytest.fixture
def register(path: Path) -> Iterator[Register]:
    with empty_register(path, user="anna") as register:
        yield register


@dataclass(frozen=True)
class Founded:
    """A register with a slot of each kind: PASSPHRASE, `service_file` and `code` open it."""

    path: Path
    service_file: Path
    code: str


@pytest.fixture
def founded(tmp_path: Path) -> Founded:
    site = backups.Site(tmp_path)
    with site.opened() as register:
        note(register, "före")
    return Founded(site.path, site.service, site.code)


def note(register: Register, value: str) -> None:
    """Write a row that a test can look for."""
    with register.write() as conn:
        conn.execute("INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)", (value, value))


def notes(register: Register) -> list[str]:
    return [value for (value,) in register.sql("SELECT value FROM setting ORDER BY key")]


def start(work: Callable[[], object]) -> int:
    """Run `work` in a child process and return its pid; no connection may be open meanwhile."""
    with warnings.catch_warnings():
        # Another test's idle threads are no danger to a child that never uses them.
        warnings.simplefilter("ignore", DeprecationWarning)
        pid = os.fork()
    if pid:
        return pid
    try:
        work()
    except BaseException:  # noqa: BLE001 - a child never returns into pytest
        traceback.print_exc()
        sys.stderr.flush()
        os._exit(1)
    os._exit(0)


def status_of(pid: int) -> int:
    """Wait for a child and return its exit status, negative for the signal that killed it."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    assert status_of(pid) == -signal.SIGKILL
