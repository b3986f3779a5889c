"""A line out, a line in: edited with questionary where the terminal can, else as it stands.

A dumb terminal gets no control codes: the line is then edited by the terminal driver, which echoes
at once however slow the line is. questionary asks even such a terminal to move its cursor, as it
starts prompt_toolkit's application without the check that prompt_toolkit itself would make.
"""

from __future__ import annotations

import asyncio
import io
import math
import select
import shutil
import sys
import textwrap
from functools import partial
from typing import TYPE_CHECKING, Protocol, TextIO

from finsam_tui.storage.lock_time import elapsed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from prompt_toolkit.application import Application
    from prompt_toolkit.input import Input
    from prompt_toolkit.output import Output

DUMB = ("", "dumb", "unknown")
# What a terminal driver passes on of one line, the line break included, in bytes. It throws the
# rest away without a word; macOS has the smaller limit.
LONGEST = 4096 if sys.platform == "linux" else 1024
LOOK = 1.0  # seconds between two looks at whether anybody is there
_CLEARED = "\x1b[H\x1b[2J\x1b[3J"  # the screen, and what has rolled out of it


class Left(Exception):
    """Nobody goes on answering; `typed` is what the answer began with, where that is known."""

    def __init__(self, typed: str = "") -> None:
        super().__init__()
        self.typed = typed


class Idle(Left):
    """A question has stood for as long as the register may stand open."""


class HungUp(Left):
    """The terminal is gone, or somebody ends the process: with this exit status."""

    def __init__(self, typed: str, status: int) -> None:
        super().__init__(typed)
        self.status = status


class Lines(Protocol):
    """A conversation by lines.

    `patience` is how many seconds a question waits for a key, or for a line where only lines are
    seen: for ever, unless told otherwise.
    """

    patience: float

    def tell(self, text: str = "") -> None:
        """Write a line, or several."""

    def ask(self, prompt: str, typed: str = "") -> str:
        """Return the line answered to `prompt`; `typed` may be offered to go on with.

        Raises KeyboardInterrupt at Ctrl+C, EOFError at Ctrl+D or when the terminal is gone, and
        Idle when the patience is at an end.
        """

    def clear(self) -> None:
        """Take away what has been shown, as far as the terminal lets."""

    def hang_up(self, status: int) -> None:
        """Have the question at hand raise HungUp; for an event loop to call."""


class PlainLines:
    """Lines without any control code."""

    patience = math.inf

    def __init__(
        self,
        source: TextIO,
        sink: TextIO,
        longest: int = LONGEST,
        elapsed: Callable[[], float] = elapsed,
    ) -> None:
        self._source, self._sink, self._longest = source, sink, longest
        self._elapsed = elapsed
        if isinstance(source, io.TextIOWrapper):
            # A key of another alphabet is then refused by the field, in words.
            source.reconfigure(errors="surrogateescape")

    def tell(self, text: str = "") -> None:
        """Write a line, or several."""
        _print(text, self._sink)

    def ask(self, prompt: str, typed: str = "") -> str:  # noqa: ARG002 - nothing can be edited
        """Return the line answered to `prompt`."""
        while True:
            self._sink.write(f"{prompt} ")
            self._sink.flush()
            line = self._read()
            if len(line.encode("utf-8", "surrogateescape")) < self._longest:
                return line.removesuffix("\n")
            self.tell("Raden är längre än terminalen tar emot; skriv den i flera delar.")

    def clear(self) -> None:
        """Let what has been shown roll out of the screen."""
        self.tell("\n" * shutil.get_terminal_size().lines)

    def hang_up(self, status: int) -> None:
        """No event loop runs here: the signal itself ends the reading."""

    def _read(self) -> str:
        try:
            self._wait()
            line = self._source.readline()
        except KeyboardInterrupt:
            self.tell()
            raise
        if not line:
            self.tell()
            raise EOFError
        return line

    def _wait(self) -> None:
        """Return when there is a line; one that comes too late, after a sleep, is left unread."""
        began = self._elapsed()
        while self.patience < math.inf:
            ready = select.select([self._source], [], [], LOOK)[0]
            if self._elapsed() - began >= self.patience:
                raise Idle
            if ready:
                return


class EditedLines:
    """Lines that can be edited with the arrow keys and pasted into."""

    patience = math.inf

    def __init__(
        self,
        sink: TextIO,
        source: Input | None = None,
        screen: Output | None = None,
        elapsed: Callable[[], float] = elapsed,
    ) -> None:
        """Ask by `source` and `screen`; None is the terminal that `sink` writes to."""
        self._sink, self._source, self._screen = sink, source, screen
        self._elapsed = elapsed
        self._asking: Application[str] | None = None

    def tell(self, text: str = "") -> None:
        """Write a line, or several."""
        _print(text, self._sink)

    def ask(self, prompt: str, typed: str = "") -> str:
        """Return the line answered to `prompt`, with `typed` there from the start."""
        import questionary

        question = questionary.text(
            prompt,
            default=typed,
            qmark="",
            input=self._source,
            output=self._screen or _screen(self._sink),
        )
        self._asking = question.application
        self._asking.pre_run_callables.append(partial(self._watch, self._asking))
        try:
            return str(question.unsafe_ask())
        finally:
            self._asking = None

    def clear(self) -> None:
        """Clear the screen."""
        self._sink.write(_CLEARED)
        self._sink.flush()

    def hang_up(self, status: int) -> None:
        """Have the question at hand raise HungUp; for an event loop to call."""
        if self._asking:
            _leave(self._asking, HungUp(self._asking.current_buffer.text, status))

    def _watch(self, asking: Application[str]) -> None:
        """Have a question raise Idle when there has been no key for too long; in its loop."""
        touched = self._elapsed()

        def look(*, key: bool = False) -> None:
            nonlocal touched
            if self._elapsed() - touched >= self.patience:
                _leave(asking, Idle(asking.current_buffer.text))
            elif key:
                touched = self._elapsed()

        async def keep_looking() -> None:
            while True:
                await asyncio.sleep(LOOK)
                look()

        asking.key_processor.before_key_press += lambda _: look(key=True)
        asking.create_background_task(keep_looking())


def _print(text: str, sink: TextIO) -> None:
    """Write lines, broken between words where a terminal would break them anywhere."""
    if sink.isatty():
        fit = textwrap.TextWrapper(
            shutil.get_terminal_size().columns,
            replace_whitespace=False,
            break_long_words=False,
            break_on_hyphens=False,
        )
        text = "\n".join(fit.fill(line) for line in text.split("\n"))
    print(text, file=sink, flush=True)


def _leave(asking: Application[str], left: Left) -> None:
    if asking.future and not asking.future.done():
        asking.exit(exception=left)


def _screen(sink: TextIO) -> Output:
    """Return the terminal, never asked where its cursor is: a slow line answers too late."""
    import os

    from prompt_toolkit.output.vt100 import Vt100_Output

    screen = Vt100_Output.from_pty(sink, term=os.environ.get("TERM"))
    screen.enable_cpr = False
    return screen


def conversation(environment: Mapping[str, str], *, plain: bool = False) -> Lines:
    """Return the conversation that the process's terminal is good for; `plain` asks for little."""
    if plain or environment.get("TERM", "") in DUMB or not sys.stdout.isatty():
        return PlainLines(sys.stdin, sys.stdout)
    return EditedLines(sys.stdout)
