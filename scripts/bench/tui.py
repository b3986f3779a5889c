"""Measures the full-screen program over a real pseudo-terminal and prints JSON.

Start-up to the first work list (an encrypted register with 500 due calls), keys in a form, the
filter of the people's list, and memory: each next to the smallest Textual program that does the
same, the two taking turns in one run, since only ratios within a run mean anything.

Run from the development environment: python scripts/bench/tui.py [--runs N]
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import pty
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from dataclasses import dataclass
from pathlib import Path

PLAIN = Path(__file__).with_name("plain_textual.py")
READY = b"READY"
ROWS, COLUMNS = 40, 120
PATIENCE = 30.0  # seconds before a program is given up
QUIET = 0.05  # seconds without output: the screen has settled


@dataclass
class Screen:
    """A program in a pseudo-terminal."""

    pid: int
    fd: int
    started: float

    @classmethod
    def start(cls, *command: str) -> Screen:
        """Run a command at 120×40."""
        started = time.perf_counter()
        pid, fd = pty.fork()
        if pid == 0:
            os.environ.update(TERM="xterm-256color", COLUMNS=str(COLUMNS), LINES=str(ROWS))
            os.execvp(command[0], command)  # noqa: S606 - our own program
        fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        return cls(pid, fd, started)

    def until(self, text: bytes) -> float:
        """Return milliseconds from the start until `text` has been written."""
        seen = b""
        while text not in seen:
            if not select.select([self.fd], [], [], PATIENCE)[0]:
                raise SystemExit(f"{text!r} never came")
            seen = seen[-4096:] + os.read(self.fd, 65536)
        return (time.perf_counter() - self.started) * 1000

    def settle(self) -> None:
        """Read until nothing more is written for a while."""
        while select.select([self.fd], [], [], QUIET)[0]:
            os.read(self.fd, 65536)

    def key(self, key: bytes) -> float:
        """Return milliseconds from a key until the screen answers with its first byte."""
        self.settle()
        sent = time.perf_counter()
        os.write(self.fd, key)
        if not select.select([self.fd], [], [], PATIENCE)[0]:
            raise SystemExit(f"nothing answered {key!r}")
        answered = (time.perf_counter() - sent) * 1000
        self.settle()
        return answered

    def memory(self) -> float:
        """Return the resident memory in MiB."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="utf-8")
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024

    def stop(self) -> None:
        """End the program."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)


def figures(values: list[float]) -> dict[str, float]:
    """Return median, 95th percentile, spread and n, in the unit of the values."""
    ordered = sorted(values)
    return {
        "median": round(statistics.median(ordered), 2),
        "p95": round(ordered[int(0.95 * (len(ordered) - 1))], 2),
        "min": round(ordered[0], 2),
        "max": round(ordered[-1], 2),
        "n": len(ordered),
    }


def compared(ours: list[float], theirs: list[float]) -> dict[str, object]:
    """Return both programs' figures and the ratio of their medians."""
    ratio = statistics.median(ours) / statistics.median(theirs)
    return {"finsam": figures(ours), "textual": figures(theirs), "ratio": round(ratio, 2)}


def start_up(finsam: list[str], runs: int) -> dict[str, object]:
    """Start both in turn until the first screen can be used; memory a moment later."""
    times: tuple[list[float], list[float]] = ([], [])
    memory: tuple[list[float], list[float]] = ([], [])
    plain = [sys.executable, str(PLAIN), "hello"]
    for _ in range(runs):
        for index, (command, mark) in enumerate(((finsam, b"Idag"), (plain, READY))):
            screen = Screen.start(*command)
            times[index].append(screen.until(mark))
            screen.settle()
            memory[index].append(screen.memory())
            screen.stop()
    return {"ready_ms": compared(*times), "memory_mib": compared(*memory)}


def keys(finsam: list[str], typed: list[bytes], to_form: list[bytes]) -> dict[str, object]:
    """Type the same keys into a form of ours and into three plain inputs."""
    ours, theirs = Screen.start(*finsam), Screen.start(sys.executable, str(PLAIN), "inputs")
    ours.until(b"Idag")
    theirs.until(READY)
    for key in to_form:
        ours.key(key)
    pairs = [(ours.key(key), theirs.key(key)) for key in typed]
    ours.stop()
    theirs.stop()
    return compared([a for a, _ in pairs], [b for _, b in pairs])


def people_filter(finsam: list[str], words: list[str]) -> dict[str, float]:
    """Type words into the filter of the people's list, a key at a time."""
    screen = Screen.start(*finsam)
    screen.until(b"Idag")
    screen.key(b"\x1bOR")  # F3
    times = []
    for word in words:
        times += [screen.key(char.encode()) for char in word]
        for _ in word:
            screen.key(b"\x7f")
    screen.stop()
    return figures(times)


def register(folder: Path, size: int) -> list[str]:
    """Make a demo register of so many participants; return the command that opens it."""
    path, key = folder / f"{size}.db", folder / f"{size}.key"
    made = ["demo", "--no-tui", "--size", str(size), "--keep", str(path), "--key-file", str(key)]
    status = os.spawnv(os.P_WAIT, sys.executable, [sys.executable, "-m", "finsam_tui", *made])  # noqa: S606
    if status:
        raise SystemExit(status)
    return [sys.executable, "-m", "finsam_tui", "--db", str(path), "--key-file", str(key)]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15, help="starts of each program")
    parser.add_argument("--large", type=int, default=100_000, help="people in the large register")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o700)
        small = register(folder, 5_000)
        words = ["andersson", "åsa ek", "zzzz"]
        told = {
            **start_up(small, args.runs),
            "key_ms": keys(small, [b"a", b"b", b"\t"] * 60, [b"\x1bOQ", b"\r"]),
            "filter_ms": {"5000": people_filter(small, words)},
        }
        if args.large:
            large = register(folder, args.large)
            told["filter_ms"][str(args.large)] = people_filter(large, words)
    print(json.dumps(told, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
