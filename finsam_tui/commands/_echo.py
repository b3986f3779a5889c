"""What is typed before the screen is there is not shown: it may be a passphrase."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def unechoed(terminal: int) -> Iterator[None]:
    """Have a terminal, a file descriptor, show nothing that is typed; as it was afterwards.

    A terminal that has gone away meanwhile is left alone.
    """
    import termios

    before = termios.tcgetattr(terminal)
    silent = [*before]
    silent[3] = before[3] & ~termios.ECHO
    termios.tcsetattr(terminal, termios.TCSANOW, silent)
    try:
        yield
    finally:
        with suppress(termios.error):
            termios.tcsetattr(terminal, termios.TCSANOW, before)
