"""What ended a command, told in one line: what to do about it, never what the data was.

Python's own traceback prints messages and, in Textual, local variables: here those are people.
"""

from __future__ import annotations

import errno
import os
import sys
import zlib
from typing import TYPE_CHECKING

from finsam_tui.errors import CopyError, FieldError, FinsamError, InputError
from finsam_tui.text import safe

if TYPE_CHECKING:
    from types import TracebackType

EXIT_CODE = 70  # EX_SOFTWARE of sysexits.h; 1 would tell a nightly job that the work was done

_REASONS = {
    errno.EACCES: "åtkomst nekas",
    errno.EDQUOT: "din del av disken är full",
    errno.EISDIR: "det är en katalog",
    errno.ENAMETOOLONG: "namnet är för långt",
    errno.ENOENT: "den finns inte",
    errno.ENOSPC: "disken är full",
    errno.ENOTDIR: "en del av sökvägen är ingen katalog",
    errno.EROFS: "disken är skrivskyddad",
}


def explain(error: BaseException, *, verbose: bool = False) -> tuple[str, int]:
    """Return the Swedish line for `error` and the exit status; its type and place if `verbose`."""
    if isinstance(error, FinsamError):
        line, status = str(error), error.exit_code
    elif isinstance(error, FieldError):
        line, status = str(error), InputError.exit_code
    elif isinstance(error, OSError) and error.errno is not None:
        line, status = _disk(error), CopyError.exit_code
    else:
        line, status = _fault(error), EXIT_CODE
    detail = f" [{_origin(error.__cause__ or error)}]" if verbose else ""
    return safe(line) + detail, status


def _disk(error: OSError) -> str:
    """Return the line for a file that could not be read or written; the register rolls back."""
    file = f"filen {os.fsdecode(error.filename)}" if error.filename else "filen eller utskriften"
    reason = _REASONS.get(error.errno or 0, error.strerror)
    return f"{file} gick inte att läsa eller skriva: {reason}. Registret är oskadat."


def _fault(error: BaseException) -> str:
    """Return the line for a fault in the program; the same fault has the same id everywhere."""
    return (
        f"fel {zlib.crc32(_origin(error).encode()):08X} i programmet, inget halvgjort sparades; "
        "anmäl felets nummer till den som sköter finsam (--verbose visar var det uppstod)."
    )


def hold_tongue(*, verbose: bool) -> None:
    """Have faults that surface outside `main` told by `explain` too: in threads, exits, hooks."""
    import threading

    def tell(error: BaseException | None) -> None:
        if error is not None and sys.stderr is not None:
            sys.stderr.write(f"finsam: {explain(error, verbose=verbose)[0]}\n")

    def hook(_: type[BaseException], error: BaseException, __: TracebackType | None) -> None:
        tell(error)

    sys.excepthook = hook
    sys.unraisablehook = lambda unraisable: tell(unraisable.exc_value)
    threading.excepthook = lambda args: tell(args.exc_value)


def _origin(error: BaseException) -> str:
    """Return "ValueError i finsam_tui.forms.field:33": the innermost frame that is ours, if any."""
    place = ""
    traceback = error.__traceback__
    while traceback is not None:
        name = traceback.tb_frame.f_globals.get("__name__", "?")
        if not place or name.startswith("finsam_tui"):
            place = f"{name}:{traceback.tb_lineno}"
        traceback = traceback.tb_next
    return f"{type(error).__name__} i {place or '?'}"
