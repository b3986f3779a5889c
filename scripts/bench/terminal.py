"""A program in a pseudo-terminal of its own: its keys, how long it takes to answer, its memory.

Every wait has an end, so that a program that stops answering spoils its own figures and no more.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from measured import environment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROWS, COLUMNS = 40, 120
STARTED = 20.0  # seconds a program has for its first screen
PATIENCE = 2.0  # seconds a key has to change something, and the screen to come to rest
QUIET = 0.1  # seconds without output: the screen has settled


class Answer(NamedTuple):
    """What a key took, in milliseconds: to the first byte, and to the last before the screen stood.

    That it was the last is known only QUIET later, which is not counted. `cpu` is what the program
    itself was at work in all, which other programs on the machine do not lengthen.
    """

    first: float
    settled: float
    cpu: float


@dataclass
class Terminal:
    """A program that runs. `missed` are the keys that changed nothing."""

    pid: int
    fd: int
    started: float
    missed: int = 0
    tail: bytes = field(default=b"", repr=False)  # the end of what it wrote

    def _read(self, wait: float) -> bool:
        """Read what comes within so many seconds; return whether anything did."""
        if not select.select([self.fd], [], [], max(0.0, wait))[0]:
            return False
        try:
            self.tail = (self.tail + os.read(self.fd, 65536))[-65536:]
        except OSError:  # it has ended
            raise SystemExit(f"the program ended; it last wrote {self.tail[-2000:]!r}") from None
        return True

    def until(self, text: bytes, patience: float = STARTED) -> float:
        """Return milliseconds from the start until `text` has been written."""
        end = time.perf_counter() + patience
        while text not in self.tail:
            if not self._read(end - time.perf_counter()):
                raise SystemExit(f"{text!r} never came; the last was {self.tail[-500:]!r}")
        return (time.perf_counter() - self.started) * 1000

    def settle(self, quiet: float = QUIET) -> float:
        """Read until nothing is written for a while; return when something last was."""
        last = time.perf_counter()
        end = last + PATIENCE
        while time.perf_counter() < end and self._read(quiet):
            last = time.perf_counter()
        return last

    def key(self, key: bytes) -> Answer | None:
        """Press a key and wait for the screen to settle; None where nothing came of it."""
        while self._read(0):
            pass
        worked, sent = self.cpu(), time.perf_counter()
        os.write(self.fd, key)
        if not self._read(PATIENCE):
            self.missed += 1
            return None
        first = time.perf_counter()
        settled = max(first, self.settle())
        return Answer((first - sent) * 1000, (settled - sent) * 1000, self.cpu() - worked)

    def go(self, keys: Sequence[bytes], shown: str = "") -> None:
        """Press keys that open screens, which show a text on the way."""
        self.tail = b""
        for key in keys:
            self.key(key)
            self.settle(3 * QUIET)
        if shown:
            self.until(shown.encode(), PATIENCE)

    def cpu(self) -> float:
        """Return for how many milliseconds its threads have run."""
        threads = Path(f"/proc/{self.pid}/task").glob("*/schedstat")
        return sum(int(thread.read_text(encoding="ascii").split()[0]) for thread in threads) / 1e6

    def memory(self) -> float:
        """Return the resident memory in MiB."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="utf-8")
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024


@contextmanager
def terminal(*command: str) -> Iterator[Terminal]:
    """Run a command at 120×40, for as long as it is looked at."""
    started = time.perf_counter()
    pid, fd = pty.fork()
    if pid == 0:
        given = environment(TERM="xterm-256color", COLUMNS=str(COLUMNS), LINES=str(ROWS))
        os.execvpe(command[0], command, given)  # noqa: S606 - our own program
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    try:
        yield Terminal(pid, fd, started)
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(fd)
