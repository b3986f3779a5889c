"""The cells of a workbook: figures are numbers, texts never formulas, each look is made once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.report.model import Hidden
from finsam_tui.report.render import words
from finsam_tui.report.telling import HIDDEN_MARK
from finsam_tui.text import no_formula, number, safe

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from finsam_tui.report.model import Cell, Column

    Look = dict[str, str | bool | float]

OPTIONS = {  # nothing is written to disk, and a text is a text
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}

HEADING: Look = {"bold": True, "font_size": 16, "font_color": "#17626B"}
STRONG: Look = {"bold": True}
SUBHEADING: Look = {"bold": True, "font_size": 12, "font_color": "#17626B"}
FAINT: Look = {"font_color": "#56616C", "font_size": 10}
WARNING: Look = {"bold": True, "font_color": "#8A4B00"}
LINK: Look = {"font_color": "#17626B", "underline": 1}
COLUMN: Look = {"bold": True, "text_wrap": True, "bottom": 1, "bg_color": "#E8F0F1"}
TOTAL: Look = {"bold": True, "top": 1}
LEFT: Look = {"align": "left"}
RIGHT: Look = {"align": "right"}
WRAPPED: Look = {"text_wrap": True}
TOP: Look = {"valign": "top"}
HEADING_HEIGHT, ROW_HEIGHT = 24, 15.5  # points

# In a file a comma stands for what the reader's own computer puts between thousands.
_WHOLE = "#,##0"
_SHARE = "0.0 %"
_PERCENT = 100


class Looks:
    """The formats of a workbook by their properties."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[frozenset[tuple[str, str | bool | float]], Format] = {}

    def of(self, *looks: Look) -> Format:
        """Return the format with the properties of all these, the last of them first in rank."""
        properties: Look = {"valign": "vcenter"}
        for look in looks:
            properties |= look
        key = frozenset(properties.items())
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]


def plain(text: str) -> str:
    """Return a text as a cell may hold it: one that a program could take for a formula is quoted.

    The cell is a text in any case; the quote keeps it one when it is copied out of the workbook.
    """
    return no_formula(safe(text))


def stored(figure: float, column: Column) -> float:
    """Return a figure as a cell holds it: 12.3 per cent is 0.123."""
    # Rounded, for a hundredth of a tenth is seldom what the division gives.
    return round(figure / _PERCENT, 3) if column.kind == "share" else figure


def kind(cell: Cell, column: Column) -> Look:
    """Return how a cell is shown as what it is: a text broken into lines, a number as such."""
    return WRAPPED if isinstance(cell, str) else {"num_format": number_format(cell, column)}


def number_format(cell: Cell, column: Column) -> str:
    """Return how a figure is shown: a share as per cent, else with the decimals it has."""
    if column.kind == "share":
        return _SHARE
    decimals = column.decimals
    if decimals is None:
        written = number(cell) if isinstance(cell, (int, float)) else ""
        decimals = len(written.partition(",")[2])
    return f"{_WHOLE}.{'0' * decimals}" if decimals else _WHOLE


def put(sheet: Worksheet, at: tuple[int, int], cell: Cell, column: Column, look: Format) -> None:
    """Write a cell of a table: a number, a text, `..` where hidden, empty where there is none."""
    if cell is None or cell == "":
        sheet.write_blank(*at, None, look)
    elif isinstance(cell, Hidden):
        sheet.write_string(*at, HIDDEN_MARK, look)
    elif isinstance(cell, str):
        sheet.write_string(*at, plain(words.cell(cell, column)), look)
    else:
        sheet.write_number(*at, stored(cell, column), look)
