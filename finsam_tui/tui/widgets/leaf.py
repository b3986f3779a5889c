"""A page of the handbook in one piece: with a widget for each paragraph it took a second to come.

It is coloured by our themes. Commands are lines of text as they stand in the page, to be copied.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.markdown import CodeBlock, Markdown, MarkdownElement
from rich.padding import Padding
from rich.text import Text
from rich.theme import Theme
from textual.widgets import Static

from finsam_tui.tui.theme import styles

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult


class Leaf(Static):
    """A page, given in Markdown."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._page = _Page(text, hyperlinks=False)

    def render(self) -> _Page:
        """Return the page in the colours of the theme."""
        self._page.theme = _theme(self.app.theme)
        return self._page


class _Commands(CodeBlock):
    """Lines to be typed as they stand."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        del console, options
        yield Padding(Text(str(self.text).rstrip()), (0, 0, 0, 2))


class _Page(Markdown):
    """Markdown that brings its colours along."""

    elements: ClassVar[dict[str, type[MarkdownElement]]] = {
        **Markdown.elements,
        "fence": _Commands,
        "code_block": _Commands,
    }
    theme: Theme

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        with console.use_theme(self.theme):
            yield from super().__rich_console__(console, options)


def _theme(name: str) -> Theme:
    """Return the styles of Markdown in one of our themes."""
    roles = styles(name)
    heading, key, muted = roles["heading"], roles["key"], roles["muted"]
    return Theme(
        {
            **{f"markdown.h{level}": heading for level in range(1, 7)},
            **{f"markdown.{part}": key for part in ("code", "code_block")},
            **{f"markdown.{part}": muted for part in ("item.bullet", "item.number")},
            "markdown.list": roles["ground"],
            "markdown.table.border": muted,
            "markdown.table.header": roles["strong"],
        }
    )
