"""The forms that a report is put out in: what each is called, how its file ends, what writes it.

What writes a form is loaded when the form is asked for.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from finsam_tui.report.model import Report

DEFAULT = "text"


class Format(NamedTuple):
    """A form of output; `writer` is a module beside this one and its function of a report.

    A `binary` one is nothing for a terminal. The others are UTF-8.
    """

    title: str
    suffix: str
    writer: tuple[str, str]
    binary: bool = False

    def content(self, report: Report) -> bytes:
        """Return the report as the bytes of a file."""
        module, function = self.writer
        write: Callable[[Report], str | bytes] = getattr(
            importlib.import_module(f"{__package__}.{module}"), function
        )
        made = write(report)
        return made.encode() if isinstance(made, str) else made


FORMATS = {
    "text": Format("Text för skärm och skrivare", ".txt", ("plain", "render_pages")),
    "json": Format("JSON för andra program", ".json", ("as_json", "render_json")),
    "csv": Format("CSV, tabellerna en efter en", ".csv", ("as_csv", "render_csv")),
    "md": Format("Markdown", ".md", ("as_md", "render_md")),
    "html": Format("Webbsida i en enda fil", ".html", ("as_html", "render_html")),
    "svg": Format("Bara diagrammen", ".svg", ("as_svg", "render_svg")),
    "xlsx": Format("Excel, ett blad per avsnitt", ".xlsx", ("as_xlsx", "render_xlsx"), binary=True),
    "docx": Format("Word", ".docx", ("as_docx", "render_docx"), binary=True),
}


def by_suffix(suffix: str) -> str | None:
    """Return the format whose files end in `suffix`, text where it is empty, None of others."""
    if not suffix:
        return DEFAULT
    return next((name for name, f in FORMATS.items() if f.suffix == suffix.lower()), None)
