"""The command line: every way in and out of finsam, and the exit status it ends with.

argv is looked at before anything is imported, so `--version` and `--help` cost no more than
Python itself. Any other command loads what it needs and nothing else.

Exit status: that of the command (0 done, 1 done but look), of a FinsamError (2 to 5), 5 when a file
or the disk failed, 130 when interrupted, 141 when the reader of a pipe went away, 70 at a fault in
the program itself.
"""

from __future__ import annotations

import atexit
import gc
import io
import os
import sys

from finsam_tui import __version__

TYPE_CHECKING = False  # typing itself takes longer to load than `finsam --version` may
if TYPE_CHECKING:
    from collections.abc import Sequence

INTERRUPTED = 130
NO_READER = 141  # what a shell sees of a program that SIGPIPE ended
_MANY = 10_000  # new objects before garbage is looked for


def main(argv: Sequence[str] | None = None) -> int:
    """Do what `argv` asks (the arguments of the process when None) and return the exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    verbose = "--verbose" in arguments
    _open_closed()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal without å shows ?, and goes on
    try:
        status = _answer_at_once(arguments)
        if status is None:
            status = _run(arguments, verbose=verbose)
    except SystemExit as done:  # argparse has shown a command's help
        status = int(done.code or 0)
    except BrokenPipeError:
        status = NO_READER
    except KeyboardInterrupt:
        status = INTERRUPTED
        _tell("avbrutet; inget halvgjort sparades.")
    except Exception as error:  # noqa: BLE001 - the outermost frame: no traceback leaves it
        status = _fail(error, verbose=verbose)
    return _flush(status, verbose=verbose)


def _open_closed() -> None:
    """Give a standard stream that the caller closed somewhere to go, and its number to no file."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            handle = os.open(os.devnull, os.O_RDWR)  # the lowest number that is free: this one
            setattr(sys, name, open(handle, "w" if number else "r", encoding="utf-8"))  # noqa: PTH123, SIM115 - for good


def _answer_at_once(arguments: list[str]) -> int | None:
    """Answer what needs no imports; None when a command has to be run."""
    if arguments[:1] in (["--version"], ["-V"]):
        print(f"finsam {__version__}")
        return 0
    if arguments[:1] in (["--help"], ["-h"]):
        from finsam_tui.commands import overview

        print(overview())
        return 0
    return None


def _run(arguments: list[str], *, verbose: bool) -> int:
    """Run the command that `arguments` names, with all options read."""
    _leave_garbage()
    from finsam_tui import crash
    from finsam_tui.commands import _arguments
    from finsam_tui.storage.process import harden_process

    harden_process()
    crash.hold_tongue(verbose=verbose)
    command, options = _arguments.read(arguments)
    return command.run(options)


def _leave_garbage() -> None:
    """Look for garbage less often, and not at the exit: memory goes with the process anyway.

    What a command loads is no garbage, and looking through it takes a tenth of a short one's time.
    """
    gc.set_threshold(_MANY)
    atexit.register(gc.freeze)


def _fail(error: Exception, *, verbose: bool) -> int:
    """Tell `error` in one line on stderr and return its exit status."""
    from finsam_tui import crash

    message, status = crash.explain(error, verbose=verbose)
    _tell(message)
    return status


def _tell(message: str) -> None:
    from contextlib import suppress

    with suppress(OSError):  # nobody to tell; the exit status still says it
        print(f"finsam: {message}", file=sys.stderr)


def _flush(status: int, *, verbose: bool) -> int:
    """Write out what stdout still holds: what fails here would fail in Python's own exit, loudly.

    SIGPIPE stays ignored, as Python has it: its default ends the process wherever it is, with
    temporary files left behind.
    """
    try:
        sys.stdout.flush()
    except OSError as error:
        # Python flushes once more when it exits; give that somewhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            return NO_READER
        return status or _fail(error, verbose=verbose)
    return status
