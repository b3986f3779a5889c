"""The smallest Textual programs that the benchmarks compare with: a hello, and three inputs."""

from __future__ import annotations

import sys

from textual.app import App, ComposeResult
from textual.widgets import Footer, Header, Input, Label


class Hello(App[None]):
    """Says that it is there."""

    def compose(self) -> ComposeResult:
        """Show one line."""
        yield Label("READY")


class Inputs(App[None]):
    """Three fields to type in."""

    def compose(self) -> ComposeResult:
        """Show a header, the fields and a footer."""
        yield Header()
        yield Label("READY")
        for _ in range(3):
            field = Input()
            field.cursor_blink = False  # a blink is not the answer to a key
            yield field
        yield Footer()


if __name__ == "__main__":
    {"hello": Hello, "inputs": Inputs}[sys.argv[1]]().run()
