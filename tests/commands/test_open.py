"""`finsam` alone, in a real terminal: what is typed too early is taken, and shown nowhere."""

from __future__ import annotations

import os
import sys
import termios
from typing import TYPE_CHECKING

import pexpect

from finsam_tui.commands._echo import unechoed
from tests.backups import PASSPHRASE, Site
from tests.conftest import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

CTRL_Q = "\x11"


def echoes(terminal: int) -> bool:
    return bool(termios.tcgetattr(terminal)[3] & termios.ECHO)


def test_a_terminal_shows_nothing_and_is_as_it_was_afterwards() -> None:
    ours, theirs = os.openpty()
    before = termios.tcgetattr(theirs)
    with unechoed(theirs):
        assert not echoes(theirs)
        os.write(ours, b"hemligt\n")
        assert os.read(theirs, 100) == b"hemligt\n"
    assert termios.tcgetattr(theirs) == before
    os.write(theirs, b"!")
    assert os.read(ours, 100) == b"!"  # and nothing before it
    os.close(ours)
    os.close(theirs)


def test_a_passphrase_typed_too_early_opens_and_is_not_shown(tmp_path: Path) -> None:
    site = Site(tmp_path)
    child = pexpect.spawn(
        sys.executable,
        ["-m", "finsam_tui", "--db", str(site.path)],
        cwd=str(PROJECT),
        env={**os.environ, "TERM": "xterm-256color"},
        encoding="utf-8",
        dimensions=(24, 80),
        timeout=60,
    )
    assert child.waitnoecho()
    child.send(f"{PASSPHRASE}\r")
    child.expect_exact("Idag")
    child.send(CTRL_Q)
    shown = str(child.before)
    child.expect(pexpect.EOF)
    assert PASSPHRASE not in shown + str(child.before)
    child.close()
    assert child.exitstatus == 0
