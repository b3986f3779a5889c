"""A line out, a line in: edited with questionary where the terminal can, else as it stands.

A dumb terminal gets no control codes: the line is then edited by the terminal driver, which echoes
at once however slow the line is. questionary asks even such a terminal to move its cursor, as it
starts prompt_toolkit's application without the check that prompt_toolkit itself would make.
"""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING, Protocol, TextIO

if TYPE_CHECKING:
    from collections.abc import Mapping

    from prompt_toolkit.input import Input
    from prompt_toolkit.output import Output

DUMB = ("", "dumb", "unknown")
# What a terminal driver passes on of one line, the line break included, in bytes. It throws the
# rest away without a word; macOS has the smaller limit.
LONGEST = 4096 if sys.platform == "linux" else 1024


class Lines(Protocol):
    """A conversation by lines."""

    def tell(self, text: str = "") -> None:
        """Write a line, or several."""

    def ask(self, prompt: str, typed: str = "") -> str:
        """Return the line answered to `prompt`; `typed` may be offered to go on with.

        Raises KeyboardInterrupt at Ctrl+C and EOFError at Ctrl+D or when the terminal is gone.
        """


class PlainLines:
    """Lines without any control code."""

    def __init__(self, source: TextIO, sink: TextIO, longest: int = LONGEST) -> None:
        self._source, self._sink, self._longest = source, sink, longest
        if isinstance(source, io.TextIOWrapper):
            # A key of another alphabet is then refused by the field, in words.
            source.reconfigure(errors="surrogateescape")

    def tell(self, text: str = "") -> None:
        """Write a line, or several."""
        print(text, file=self._sink, flush=True)

    def ask(self, prompt: str, typed: str = "") -> str:  # noqa: ARG002 - nothing can be edited
        """Return the line answered to `prompt`."""
        while True:
            self._sink.write(f"{prompt} ")
            self._sink.flush()
            line = self._read()
            if len(line.encode("utf-8", "surrogateescape")) < self._longest:
                return line.removesuffix("\n")
            self.tell("Raden är längre än terminalen tar emot; skriv den i flera delar.")

    def _read(self) -> str:
        try:
            line = self._source.readline()
        except KeyboardInterrupt:
            self.tell()
            raise
        if not line:
            self.tell()
            raise EOFError
        return line


class EditedLines:
    """Lines that can be edited with the arrow keys and pasted into."""

    def __init__(
        self, sink: TextIO, source: Input | None = None, screen: Output | None = None
    ) -> None:
        """Ask by `source` and `screen`; None is the terminal that `sink` writes to."""
        self._sink, self._source, self._screen = sink, source, screen

    def tell(self, text: str = "") -> None:
        """Write a line, or several."""
        print(text, file=self._sink, flush=True)

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
        return str(question.unsafe_ask())


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
