"""Once hardened, a process leaves neither open files nor dumps of its memory behind."""

from __future__ import annotations

import ctypes
import os
import platform
import resource
import sys
from pathlib import Path

import pytest

from finsam_tui.storage.process import give_back_memory, harden_process
from tests.storage.conftest import start, status_of

PR_GET_DUMPABLE, PR_SET_DUMPABLE = 3, 4
PAGE = resource.getpagesize()


def test_a_hardened_process_keeps_its_secrets() -> None:
    def work() -> None:
        harden_process()
        assert os.umask(0) == 0o077
        assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)

    assert status_of(start(work)) == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux hands dumps to other programs")
def test_a_hardened_process_cannot_be_dumped_or_traced() -> None:
    libc = ctypes.CDLL(None)

    def work() -> None:
        libc.prctl(PR_SET_DUMPABLE, 1)  # another test may have hardened this very process
        assert libc.prctl(PR_GET_DUMPABLE) == 1
        harden_process()
        assert libc.prctl(PR_GET_DUMPABLE) == 0

    assert status_of(start(work)) == 0


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="others give it back themselves")
def test_memory_that_is_free_is_given_back() -> None:
    def held() -> int:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * PAGE

    def work() -> None:
        blocks = [bytes(4000) for _ in range(10_000)]
        above = blocks.pop()
        before = held()
        blocks.clear()
        give_back_memory()
        assert held() < before - 30_000_000
        assert above

    assert status_of(start(work)) == 0
