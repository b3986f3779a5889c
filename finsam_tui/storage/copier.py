"""Has a copy of the register made by a process of its own, so that this one can let its key go.

The key goes through a pipe and is never in arguments, environment or a file. The other process is
guarded like this one, has no terminal, looks for the folder of copies before it takes the key, and
has it until the copy is made, at most for `LONGEST`.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from finsam_tui import crash
from finsam_tui.errors import Busy, CopyError
from finsam_tui.storage import last_copy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finsam_tui.storage.keys import Unlocked
    from finsam_tui.storage.register import Register

LONGEST = 900  # seconds; a share that is gone may never answer
_BEHIND = 10  # how much the others' work goes before this: the niceness of a process
_ROOT = Path(__file__).resolve().parents[2]  # where the package lies
_BROKEN_OFF = "säkerhetskopieringen avbröts; kör finsam backup."


class Copying:
    """A copy that is being made in `folder`."""

    def __init__(self, register: Register, folder: Path) -> None:
        """Begin; the register may be closed as soon as this returns. Raises OSError, Locked."""
        self.folder = folder
        self._child = subprocess.Popen(  # noqa: S603 - the interpreter and a module of our own
            [sys.executable, "-m", __name__, str(register.path), str(folder)],
            cwd=_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            start_new_session=True,  # neither Ctrl+C nor a closed terminal ends it
        )
        pipe = self._child.stdin
        assert pipe is not None  # noqa: S101 - it was asked for
        try:
            with pipe:
                register.lend_key(pipe.write)
                pipe.write(register.user.encode("utf-8"))
        except BaseException:
            with self._child:
                self._child.kill()
            raise

    def ended(self, seconds: float = 0.0) -> str | None:
        """Return what went wrong, "" if nothing did, or None if it still goes on after `seconds`.

        To be asked until it is no longer None. That another makes a copy there just now is nothing
        wrong.
        """
        try:
            status = self._child.wait(seconds)
        except subprocess.TimeoutExpired:
            return None
        pipe = self._child.stdout
        assert pipe is not None  # noqa: S101 - it was asked for
        with pipe:
            said = pipe.read().decode("utf-8", "replace")
        return said or (_BROKEN_OFF if status else "")


def main(arguments: Sequence[str]) -> int:
    """Copy the register at a path to a folder, the key and its slot's name on standard input.

    Prints what somebody has to know, and nothing where all is well.
    """
    from finsam_tui.storage.process import harden_process

    harden_process()
    crash.hold_tongue(verbose=False)
    signal.alarm(LONGEST)
    os.nice(_BEHIND)
    register, folder = map(Path, arguments)
    try:
        _refuse_gone(register, folder)
        with open(0, "rb", buffering=0, closefd=False) as pipe:
            said, status = _copy(register, folder, pipe), 0
    except Busy:
        return 0
    except Exception as error:  # noqa: BLE001 - told in a line, as at every outermost frame
        said, status = crash.explain(error)
    sys.stdout.buffer.write(said.encode("utf-8", "replace"))
    sys.stdout.flush()
    return status


def _refuse_gone(register: Path, folder: Path) -> None:
    """Raise CopyError where the folder is not there, or not that which the last copy was put in."""
    if not folder.is_dir() or last_copy.is_astray(register, folder):
        raise CopyError(
            f"det går inte att nå {folder}; anslut disken, så görs en kopia nästa gång."
        )


def _copy(register: Path, folder: Path, pipe: BinaryIO) -> str:
    from finsam_tui.storage import backup

    unlocked = _unlocked(register, pipe)
    try:
        done = backup.back_up(register, unlocked, backup.Order(folder), datetime.now(UTC))
    finally:
        unlocked.wipe()
    if done.manifest.doubts:
        return "kopian är gjord, men något måste ses över; kör finsam backup, som säger vad."
    return ""


def _unlocked(register: Path, pipe: BinaryIO) -> Unlocked:
    """Return what the pipe gives as if a slot had been opened; raises Damaged, InputError."""
    from finsam_tui.storage import key_file, keys

    raw_key = bytearray(keys.RAW_BYTES)
    if pipe.readinto(raw_key) != len(raw_key):  # type: ignore[attr-defined] # it is not buffered
        raise CopyError(_BROKEN_OFF)
    content = key_file.load(register)
    slot = content.find(pipe.read().decode("utf-8"))
    return keys.Unlocked(slot, {content.current: raw_key}, pending=content.next is not None)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
