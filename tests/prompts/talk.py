"""Conversations for tests: lines typed beforehand, by plain text or through questionary."""

from __future__ import annotations

import functools
import io
from contextlib import contextmanager
from typing import TYPE_CHECKING

from prompt_toolkit.application import application
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from finsam_tui.prompts.lines import EditedLines, PlainLines

if TYPE_CHECKING:
    from collections.abc import Iterator

PASTE = "\x1b[200~{}\x1b[201~"
EMPTY = "\x15" * 3  # Ctrl+U: what a refused answer left goes, in two lines and the break too
ENDLESS = 1_000_000  # bytes of a line: no terminal driver stands between

# The keys of all modes of editing, the same for every question, are most of what a question costs.
load = functools.cache(application.load_key_bindings)  # type: ignore[attr-defined]
application.load_key_bindings = load  # type: ignore[attr-defined]


class Script(PlainLines):
    """A plain conversation whose answers are known beforehand; `said` is what the screen got."""

    def __init__(self, *answers: str) -> None:
        self._screen = io.StringIO()
        source = io.StringIO("".join(f"{answer}\n" for answer in answers))
        super().__init__(source, self._screen, ENDLESS)

    @property
    def said(self) -> str:
        return self._screen.getvalue()


@contextmanager
def edited(*answers: str) -> Iterator[tuple[EditedLines, io.StringIO]]:
    """Give a conversation through questionary, its answers pasted, and what else was told."""
    told = io.StringIO()
    with create_pipe_input() as source:
        for answer in answers:
            source.send_text(f"{EMPTY}{PASTE.format(answer)}\r" if answer else f"{EMPTY}\r")
        source.send_text(f"{EMPTY}\x04")  # Ctrl+D: a question too many ends in EOFError
        yield EditedLines(told, source, DummyOutput()), told
