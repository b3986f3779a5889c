"""A report as text: plain for paper, pipes and files, coloured for a terminal that has colours."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from finsam_tui.report.render.page import LEAST, PAGE, in_columns, report_lines
from finsam_tui.report.render.pages import report_pages

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.text import Text

    from finsam_tui.report.model import Report
    from finsam_tui.report.render.lines import Line, Style

PAPER = 80  # columns of a page, a pipe or a file

# What a style looks like: never by colour alone.
LOOKS: dict[Style, str] = {
    "title": "bold",
    "heading": "bold cyan",
    "column": "italic",
    "total": "bold",
    "faint": "dim",
    "warning": "bold yellow",
    "bar": "cyan",
}
_PAGE_BREAK = "\f"

# What stands for a character that the coding of the output does not have.
_SUBSTITUTES = {
    **dict.fromkeys("█▉▊▋▌", "#"),
    **dict.fromkeys("▏▎▍", " "),
    **dict(zip("─–−•…≥≤→×’”éåäöÅÄÖ", "---*.><>x'\"eaaoAAO", strict=True)),
}


def render_text(report: Report, width: int, *, colour: bool = False) -> str:
    """Return the report as text `width` columns wide, ending in a newline."""
    if colour:
        return _coloured(rich_text(report, width))
    return _plain(report_lines(report, width))


def render_pages(report: Report, width: int = PAPER) -> str:
    """Return the report as text for a printer: in pages where it is longer than one."""
    lines = report_lines(report, width)
    if len(lines) <= PAGE or in_columns(report, width):
        return _plain(lines)
    return _PAGE_BREAK.join(map(_plain, report_pages(report, max(width, LEAST))))


def coded(text: str, encoding: str) -> str:
    """Return `text` with substitutes for what `encoding` does not have."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(map(partial(_coded, encoding=encoding), text))
    return text


def _coded(char: str, encoding: str) -> str:
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return _SUBSTITUTES.get(char, "?")
    return char


def rich_text(report: Report, width: int) -> Text:
    """Return the report as rich text, for a screen of `width` columns."""
    from rich.text import Text

    text = Text(no_wrap=True)
    for line in report_lines(report, width):
        for span in line.spans:
            text.append(span.text, LOOKS.get(span.style))
        text.append("\n")
    return text


def _plain(lines: Iterable[Line]) -> str:
    return "".join(f"{line.text.rstrip()}\n" for line in lines)


def _coloured(text: Text) -> str:
    """Return `text` coded with the terminal's own sixteen colours, which fit its background."""
    from rich.console import Console

    console = Console(force_terminal=True, color_system="standard", width=1_000_000, record=False)
    with console.capture() as captured:
        console.print(text, end="", crop=False, soft_wrap=True)
    return captured.get()
