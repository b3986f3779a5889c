"""A report as text: plain for paper, pipes and files, coloured for a terminal that has colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.report.render.page import report_lines

if TYPE_CHECKING:
    from rich.text import Text

    from finsam_tui.report.model import Report
    from finsam_tui.report.render.lines import Style

PAPER = 80  # columns of a page, a pipe or a file

# What a style looks like: never by colour alone.
LOOKS: dict[Style, str] = {
    "title": "bold",
    "heading": "bold cyan",
    "column": "italic",
    "total": "bold",
    "faint": "dim",
    "warning": "bold yellow",
}


def render_text(report: Report, width: int, *, colour: bool = False) -> str:
    """Return the report as text `width` columns wide, ending in a newline."""
    if colour:
        return _coloured(rich_text(report, width))
    lines = report_lines(report, width)
    return "".join(f"{line.text.rstrip()}\n" for line in lines)


def rich_text(report: Report, width: int) -> Text:
    """Return the report as rich text, for a screen of `width` columns."""
    from rich.text import Text

    text = Text(no_wrap=True)
    for line in report_lines(report, width):
        for span in line.spans:
            text.append(span.text, LOOKS.get(span.style))
        text.append("\n")
    return text


def _coloured(text: Text) -> str:
    """Return `text` coded with the terminal's own sixteen colours, which fit its background."""
    from rich.console import Console

    console = Console(force_terminal=True, color_system="standard", width=1_000_000, record=False)
    with console.capture() as captured:
        console.print(text, end="", crop=False, soft_wrap=True)
    return captured.get()
