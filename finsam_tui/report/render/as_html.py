"""A report as one web page that needs nothing else: for the screen, dark or light, and for paper.

It has no script and fetches nothing, and says so to the browser: only its own style sheet is let
in, by its digest. What people have written is escaped by the template.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from finsam_tui.report.render import words
from finsam_tui.report.render.as_svg import inline
from finsam_tui.report.render.page import sections
from finsam_tui.text import safe

if TYPE_CHECKING:
    from markupsafe import Markup

    from finsam_tui.report.model import Report, Row, Table
    from finsam_tui.report.render.words import Charted

_FOLDER = Path(__file__).parent / "html"
_MANY = 8  # columns: a table of as many is set small
_WORD, _NAME = 14, 26  # characters of a word or a date, and of the name of a text, kept on a line
_SHORT = 26  # rows that are kept on one printed page


def render_html(report: Report) -> str:
    """Return the report as a web page."""
    import base64
    import hashlib

    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    pages = Environment(
        autoescape=True,
        loader=FileSystemLoader(_FOLDER),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    title = words.title(report)
    style = _style(f"{safe(report.association)}  ·  {title}")
    digest = hashlib.sha256(style.encode()).digest()
    return pages.get_template("report.html").render(
        report=report,
        sections=sections(report),
        title=title,
        style=Markup(style),  # noqa: S704 - our own, and what is put into it is escaped
        digest=base64.b64encode(digest).decode(),
        words=words,
        clean=safe,
        prose_of=_prose_of,
        look_of=_look_of,
        look_of_table=_look_of_table,
        heads=_heads,
        drawing=_drawing,
    )


def _style(running: str) -> str:
    """Return the style sheet, with the line that stands at the foot of each printed page."""
    sheet = (_FOLDER / "report.css").read_text(encoding="utf-8")
    return f'{sheet}:root {{ --running: "{_escaped(running)}"; }}\n'


def _escaped(text: str) -> str:
    """Return `text` as a string of a style sheet has it."""
    return "".join(c if c.isascii() and c.isalnum() else f"\\{ord(c):06x}" for c in text)


def _prose_of(table: Table) -> list[bool]:
    """Return which columns hold texts."""
    return [words.is_prose(table, place) for place in range(len(table.columns))]


def _look_of_table(table: Table, prose: list[bool]) -> str:
    """Return the classes of a table after what it holds and how large it is, after a blank each."""
    looks = {
        "texts" if any(prose[1:]) else "figures": True,
        "many": len(table.columns) >= _MANY,
        "short": len(words.shown_rows(table)) <= _SHORT,
    }
    return "".join(f" {name}" for name, has in looks.items() if has)


def _look_of(prose: list[bool], place: int, text: str, row: Row) -> Markup:
    """Return the class attribute of a cell, after a blank; nothing where it needs none."""
    from markupsafe import Markup

    looks = {
        "part": place == 0 and row.depth,
        "prose": place and prose[place],
        "word": _is_kept(prose, place, text),
    }
    names = " ".join(name for name, has in looks.items() if has)
    return Markup(' class="{}"').format(names) if names else Markup()


def _is_kept(prose: list[bool], place: int, text: str) -> bool:
    """Return whether a text is not broken: a word, or what a text beside it is called."""
    if place == 0 and len(text) <= _NAME and any(prose[1:]):
        return True
    return prose[place] and len(text) <= _WORD and " " not in text


def _heads(table: Table) -> bool:
    """Return whether any column has a heading."""
    return any(column.label for column in table.columns)


def _drawing(charted: Charted, id: str) -> Markup:
    from markupsafe import Markup

    return Markup(inline(charted, id))  # noqa: S704 - written by ElementTree, which escapes
