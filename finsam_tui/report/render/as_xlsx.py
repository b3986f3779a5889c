"""A report as an Excel workbook: a sheet of contents, then one a section, figures as numbers."""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from typing import TYPE_CHECKING

from finsam_tui.errors import UsageError
from finsam_tui.report.render import _xlsx_cells as cells
from finsam_tui.report.render import words
from finsam_tui.report.render._xlsx_cells import Looks
from finsam_tui.report.render._xlsx_sheet import LETTER, Sheet
from finsam_tui.report.render.lines import wrap
from finsam_tui.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from xlsxwriter.worksheet import Worksheet

    from finsam_tui.report.model import Report, Section
    from finsam_tui.report.render._xlsx_cells import Look

CONTENTS = "Innehåll"
_RESERVED = "history"  # Excel keeps this name for itself
_LONGEST = 31  # UTF-16 characters in the name of a sheet
_UNNAMEABLE = str.maketrans({**dict.fromkeys("[]:*?/\\", "-"), "'": "’"})
_NAMED, _TOLD = 44, 70  # characters of the columns of the contents
_A4 = 9
_MOST_ROWS = 1_040_000  # of tables; Excel has some thousand more for all else
_HEADED = 100  # of the 255 characters there may be in a header


def render_xlsx(report: Report) -> bytes:
    """Return the report as the bytes of a workbook, the same for the same report.

    Raises UsageError where a sheet would have to be longer than Excel has them.
    """
    from xlsxwriter import Workbook

    if any(sum(len(table.rows) for table in s.tables) > _MOST_ROWS for s in report.sections):
        raise UsageError("Ett avsnitt har fler rader än ett Excelblad rymmer; välj --format csv.")
    made = BytesIO()
    with Workbook(made, cells.OPTIONS) as book:
        book.set_properties(
            {
                "title": words.title(report),
                "author": safe(report.association),
                "created": datetime.combine(report.today, time()),
            }
        )
        looks = Looks(book)
        names = list(sheet_names(section.title for section in report.sections))
        contents = book.add_worksheet(CONTENTS)
        _contents(contents, looks, report, names)
        _for_print(contents, report, wide=False)
        for name, section in zip(names, report.sections, strict=True):
            sheet = Sheet(book, looks, name, section.tables)
            heads = _section(sheet, report, section)
            charts_beside = bool(section.charts) and not sheet.wide
            _for_print(sheet.sheet, report, wide=sheet.lies or charts_beside)
            head = heads[0] if len(heads) == 1 else 0
            sheet.sheet.repeat_rows(head)
            sheet.sheet.freeze_panes(head + 1, 0)
    return made.getvalue()


def sheet_names(titles: Iterable[str]) -> Iterator[str]:
    """Yield a name for a sheet of each title: short enough, allowed, and no other's."""
    taken = {CONTENTS.casefold(), _RESERVED}
    for title in titles:
        wanted = safe(title).translate(_UNNAMEABLE).strip() or "Avsnitt"
        name, place = _cut(wanted, _LONGEST), 1
        while name.casefold() in taken:
            place += 1
            name = _cut(wanted, _LONGEST - len(f" {place}")) + f" {place}"
        taken.add(name.casefold())
        yield name


def _cut(text: str, most: int) -> str:
    return text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore").strip()


def _contents(sheet: Worksheet, looks: Looks, report: Report, names: Sequence[str]) -> None:
    """Write what the report is, and a link to the sheet of each section with its main figure."""
    sheet.set_column(0, 0, _NAMED)
    sheet.set_column(1, 1, _TOLD)
    sheet.set_row(1, cells.HEADING_HEIGHT)
    sheet.write_string(0, 0, cells.plain(report.association), looks.of(cells.STRONG))
    sheet.write_string(1, 0, cells.plain(words.title(report)), looks.of(cells.HEADING))
    period = report.period
    told = {
        "Period": f"{period.first.isoformat()} – {period.last.isoformat()}",
        "Urval": words.narrowed(report),
        "Framtagen": report.today.isoformat(),
        "Dolda tal": words.suppressed(report),
        "Obs": report.empty,
    }
    row = 3
    for name, text in told.items():
        if text:
            sheet.write_string(row, 0, name, looks.of(cells.FAINT))
            sheet.write_string(row, 1, cells.plain(text), looks.of(cells.WRAPPED))
            row += 1
    row += 1
    for column, head in enumerate(("Avsnitt", "I korthet")):
        sheet.write_string(row, column, head, looks.of(cells.COLUMN))
    for section, name in zip(report.sections, names, strict=True):
        row += 1
        title = cells.plain(section.title)
        sheet.write_url(row, 0, f"internal:'{name}'!A1", looks.of(cells.LINK, cells.TOP), title)
        first = next(words.sentences(section), "")
        sheet.write_string(row, 1, cells.plain(first), looks.of(cells.WRAPPED))
        sheet.set_row(row, cells.ROW_HEIGHT * len(wrap(first, round(LETTER * _TOLD))))


def _section(sheet: Sheet, report: Report, section: Section) -> list[int]:
    """Write a section, and return the rows of the headings of its tables."""
    sheet.heading(section.title)
    for text, look in _above(section):
        sheet.text(text, look)
    heads = []
    for table in section.tables:
        heads.append(head := sheet.table(table))
        for chart in section.charts:
            if chart.table == table.id:
                sheet.chart(section, chart, table, head)
    sheet.below()
    for text, look in _below(report, section):
        sheet.text(text, look)
    return heads


def _above(section: Section) -> Iterator[tuple[str, Look]]:
    """Yield what stands above the tables."""
    if section.rule:
        yield section.rule, cells.FAINT
    if section.base.of:
        yield words.base(section.base), cells.FAINT
    for sentence in words.sentences(section):
        yield sentence, {}


def _below(report: Report, section: Section) -> Iterator[tuple[str, Look]]:
    """Yield what stands below the tables."""
    for passage in section.texts:
        if passage.title != section.title:
            yield passage.title, cells.SUBHEADING
        for piece in words.pieces(passage.text):
            for item in piece.items:
                yield f"• {item}" if piece.bullets else item, {}
    for note in words.notes(section):
        yield note, cells.FAINT
    for warning in words.warnings(report, section):
        yield warning, cells.WARNING


def _for_print(sheet: Worksheet, report: Report, *, wide: bool) -> None:
    """Set a sheet up for paper: as wide as a page, headed by whose report it is."""
    association = safe(report.association)[:_HEADED].replace("&", "&&")
    sheet.hide_gridlines(2)
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    if wide:
        sheet.set_landscape()
    sheet.set_header(f"&L{association}&R{words.title(report)}")
    sheet.set_footer(f"&LFramtagen {report.today.isoformat()}&RSida &P av &N")
