"""Records a person's whole way in a real terminal: the keys of the test, the screens as text.

Needs tmux. Run from the development environment: python scripts/walk.py FOLDER
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))

from finsam_tui.storage.register import Register  # noqa: E402 - the project is where we are
from tests.tui.whole_way import SIZE, STEPS, USER, furnish  # noqa: E402

RAW_KEY = bytes(range(32))  # of a register that is gone when the walk is over
PATIENCE = 30.0  # seconds for what a step shows
QUIET = 0.3  # seconds without a change: the screen has settled
_TMUX_KEYS = {"enter": "Enter", "escape": "Escape", "tab": "Tab"}


def show(path: Path, clock: Path) -> int:
    """Open the register at `path` in the house, whose clock is what the file `clock` says."""
    from finsam_tui.tui.app import FinsamApp, run

    def unlock(_: str) -> Register:
        return Register.open(path, user=USER, raw_key=RAW_KEY)

    app = FinsamApp(
        unlock(""),
        path=str(path),
        unlock=lambda _: lambda: unlock(""),
        clock=lambda: datetime.fromisoformat(clock.read_text(encoding="ascii")),
    )
    return run(app)


class Terminal:
    """A terminal of its own with a program in it."""

    def __init__(self, folder: Path, *command: str) -> None:
        self._tmux = (tmux_path(), "-S", str(folder / "tmux"), "-f", "/dev/null")
        width, height = map(str, SIZE)
        self._run("new-session", "-d", "-x", width, "-y", height, *command)

    def _run(self, *words: str) -> str:
        done = subprocess.run([*self._tmux, *words], capture_output=True, check=True)
        return done.stdout.decode()

    def press(self, key: str) -> None:
        """Press a key, or type what is in quotes."""
        if key.startswith("'"):
            self._run("send-keys", "-l", key.strip("'"))
        elif key.startswith("ctrl+"):
            self._run("send-keys", f"C-{key.removeprefix('ctrl+')}")
        else:
            self._run("send-keys", _TMUX_KEYS.get(key, key.upper() if len(key) > 1 else key))
        self.settle()

    def screen(self) -> str:
        """Return what stands on the screen."""
        return self._run("capture-pane", "-p")

    def settle(self) -> str:
        """Wait until the screen changes no more, and return it."""
        before, since = self.screen(), time.monotonic()
        while time.monotonic() - since < QUIET:
            time.sleep(QUIET / 10)
            now = self.screen()
            if now != before:
                before, since = now, time.monotonic()
        return before

    def wait_for(self, text: str) -> str:
        """Return the screen once `text` stands on it."""
        until = time.monotonic() + PATIENCE
        while text not in (shown := self.settle()):
            if time.monotonic() > until:
                raise SystemExit(f"{text!r} never came:\n{shown}")
        return shown

    def close(self) -> None:
        """End the program."""
        self._run("kill-server")


def tmux_path() -> str:
    """Return where tmux is."""
    found = shutil.which("tmux")
    if found is None:
        raise SystemExit("tmux is not installed")
    return found


def record(into: Path, folder: Path) -> None:
    """Walk the whole way in a register in `folder`; write each screen to a file of `into`."""
    path, clock = folder / "register.db", folder / "clock"
    with Register.create(path, user=USER, raw_key=RAW_KEY) as register:
        furnish(register)
    clock.write_text(STEPS[0].at.isoformat(), encoding="ascii")
    terminal = Terminal(folder, sys.executable, __file__, "--show", str(path), str(clock))
    try:
        terminal.wait_for("Idag")
        for number, step in enumerate(STEPS, start=1):
            clock.write_text(step.at.isoformat(), encoding="ascii")
            for key in step.keys:
                terminal.press(key)
            shown = terminal.wait_for(step.shows)
            heading = f"{step.at:%Y-%m-%d %H:%M}  {' '.join(step.keys)}\n{'=' * SIZE[0]}\n"
            (into / f"{number:02}-{step.name}.txt").write_text(heading + shown, encoding="utf-8")
            print(f"{number:02} {step.name}: {len(step.keys)} keys")
    finally:
        terminal.close()


def main() -> int:
    """Record, or be the program that is recorded."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where the screens are written; made if missing")
    parser.add_argument("--show", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("clock", type=Path, nargs="?", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.show:
        return show(args.folder, args.clock)
    args.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="finsam-walk-") as name:
        record(args.folder, Path(name))
    return 0


if __name__ == "__main__":
    sys.exit(main())
