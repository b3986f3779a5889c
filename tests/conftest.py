"""What every test may ask for."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import hypothesis
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = Path(__file__).resolve().parent.parent

# A shell has a job in the background ignore Ctrl+C, and what that starts inherits it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# How long one example may take says more about the machine than about the code.
hypothesis.settings.register_profile("finsam", deadline=None)
hypothesis.settings.load_profile("finsam")


class RunFinsam(Protocol):
    """Run finsam as its own process and return what it said and how it ended."""

    def __call__(
        self, *arguments: str | Path, stdin: str = ""
    ) -> subprocess.CompletedProcess[str]: ...


@pytest.fixture
def run_finsam() -> RunFinsam:
    def run(*arguments: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "finsam_tui", *arguments],
            cwd=PROJECT,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


@pytest.fixture(autouse=True)
def _hooks_restored() -> Iterator[None]:
    """Give back the hooks and the umask that a command run inside the test process has replaced."""
    hooks = sys.excepthook, sys.unraisablehook, threading.excepthook
    mask = os.umask(0o077)
    os.umask(mask)
    yield
    os.umask(mask)
    sys.excepthook, sys.unraisablehook, threading.excepthook = hooks
