"""The workbook: figures are numbers, texts are texts, and it is set up to be read and printed."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_tui.errors import UsageError
from finsam_tui.report import Report, build, catalogue, charting
from finsam_tui.report.model import (
    HIDDEN,
    Base,
    Chart,
    Column,
    Hidden,
    Passage,
    Row,
    Section,
    Table,
)
from finsam_tui.report.render.as_xlsx import render_xlsx, sheet_names
from finsam_tui.text import safe
from tests.report.conftest import TODAY, YEAR
from tests.report.test_render import HOSTILE, hostile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.cell.cell import Cell as SheetCell
    from openpyxl.cell.cell import MergedCell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from finsam_tui.report.model import Cell
    from finsam_tui.storage.register import Register

FORMULAS = ('=HYPERLINK("http://x")', "=1+1", "+1", "-1", "@x", "Bra!A1", "_x0041_", "<&>\"'")
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
GROUP = Column("group", "", "text")
RANGE = re.compile(r"\$([A-Z]+)\$(\d+)(?::\$([A-Z]+)\$(\d+))?")


def opened(content: bytes) -> Workbook:
    return openpyxl.load_workbook(BytesIO(content))


def only(section: Section, report: Report) -> Worksheet:
    """Return the sheet of a report's only section."""
    _, sheet = opened(render_xlsx(report._replace(sections=(section,)))).worksheets
    return sheet


def a_section(*rows: Row, total: Row | None = None) -> Section:
    table = Table("t", (GROUP, Column("count", "Antal")), rows, total=total)
    return Section("x", "Avsnitt", "Regel.", Base(), (table,))


def xml(parts: ZipFile, name: str) -> ET.Element:
    return ET.fromstring(parts.read(name))  # noqa: S314 - our own


def lines(sheet: Worksheet) -> Iterator[tuple[SheetCell | MergedCell, ...]]:
    yield from sheet.iter_rows()


def expected(cell: Cell, column: Column) -> str | float | None:
    if isinstance(cell, Hidden):
        return ".."
    if isinstance(cell, str) or cell is None:
        return cell or None
    return round(cell / 100, 3) if column.kind == "share" else cell


def rows_of(table: Table) -> list[Row]:
    return [*table.rows, *([table.total] if table.total else [])]


@pytest.mark.parametrize("id", catalogue.REPORTS)
def test_every_figure_is_a_number_of_its_kind(demo: Register, id: str) -> None:
    report = build(demo, id, YEAR, today=TODAY)
    _, *sheets = opened(render_xlsx(report)).worksheets
    for section, sheet in zip(report.sections, sheets, strict=True):
        written = lines(sheet)
        for table in section.tables:
            for row in rows_of(table):
                wanted = [expected(*pair) for pair in zip(row.cells, table.columns, strict=True)]
                found = next(
                    cells
                    for cells in written
                    if [cell.value for cell in cells[: len(wanted)]] == wanted
                )
                for cell, column in zip(found, table.columns, strict=False):
                    if isinstance(cell.value, (int, float)):
                        assert_shown(cell, column)


def assert_shown(cell: SheetCell | MergedCell, column: Column) -> None:
    """Assert that a number is shown as the report shows it."""
    assert cell.data_type == "n"
    if column.kind == "share":
        assert cell.number_format == "0.0 %"
    else:
        _, _, decimals = cell.number_format.partition("#,##0")
        assert decimals in ("", ".0", ".00")
        if column.decimals is not None:
            assert len(decimals.removeprefix(".")) == column.decimals
        else:
            assert f"{cell.value:.{len(decimals.removeprefix('.'))}f}" == f"{cell.value}"


def test_what_is_hidden_is_told_from_what_is_missing(oversikt: Report) -> None:
    made = a_section(Row("a", ("A", HIDDEN)), Row("b", ("B", None)), Row("c", ("C", 0)))
    values = {cells[0].value: cells[1].value for cells in lines(only(made, oversikt))}
    assert (values["A"], values["B"], values["C"]) == ("..", None, 0)


def test_a_rare_row_of_noughts_is_there(oversikt: Report) -> None:
    made = a_section(Row("a", ("Sällan", 0), rare=True))
    assert "Sällan" in [cells[0].value for cells in lines(only(made, oversikt))]


def test_the_total_is_bold_under_a_line_and_a_part_is_indented(oversikt: Report) -> None:
    made = a_section(
        Row("a", ("A", 1)), Row("b", ("B", 1), depth=1), total=Row("all", ("Summa", 1))
    )
    found = {cells[0].value: cells for cells in lines(only(made, oversikt))}
    assert [(cell.font.b, cell.border.top.style) for cell in found["Summa"][:2]] == [
        (True, "thin"),
        (True, "thin"),
    ]
    assert (found["A"][0].alignment.indent, found["B"][0].alignment.indent) == (0, 1)
    assert found["A"][1].font.b is False


# Sheets


def test_the_contents_tell_what_the_report_is_and_lead_to_each_sheet(oversikt: Report) -> None:
    book = opened(render_xlsx(oversikt))
    contents = book.worksheets[0]
    texts = [str(cell.value) for cells in lines(contents) for cell in cells if cell.value]
    assert contents.title == "Innehåll"
    assert texts[:2] == ["Samordningsförbundet Sydnärke", "Översikt 2024"]
    assert {"2024-01-01 – 2024-12-31", "Insats: Samordningsteamet", "2025-01-15"} <= set(texts)
    links = {
        str(cell.value): str(cell.hyperlink.location)
        for cells in lines(contents)
        for cell in cells
        if cell.hyperlink
    }
    assert list(links) == [section.title for section in oversikt.sections]
    assert [link.removesuffix("!A1").strip("'") for link in links.values()] == book.sheetnames[1:]


def test_the_contents_say_what_is_hidden(oversikt: Report) -> None:
    contents = opened(render_xlsx(oversikt._replace(suppressed=5))).worksheets[0]
    told = [str(cell.value) for cells in lines(contents) for cell in cells]
    assert [text for text in told if text.startswith("Antal under 5")]


@given(st.lists(st.text(max_size=40), max_size=12))
def test_sheets_have_names_that_excel_allows(titles: list[str]) -> None:
    names = list(sheet_names(titles))
    assert len(names) == len(titles)
    assert len({name.casefold() for name in [*names, "Innehåll", "History"]}) == len(names) + 2
    for name in names:
        assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\'")
        assert name.isprintable() or "\u200d" in name or "\u200c" in name or not name.isascii()


def test_long_titles_that_begin_alike_have_sheets_of_their_own() -> None:
    title = "Uppföljning av deltagare sex månader efter avslut"
    assert list(sheet_names([title, title, "Kön/ålder", "", "history"])) == [
        "Uppföljning av deltagare sex må",
        "Uppföljning av deltagare sex 2",
        "Kön-ålder",
        "Avsnitt",
        "history 2",
    ]


def test_the_heading_of_a_single_table_stays_in_sight_and_on_every_page(oversikt: Report) -> None:
    sheet = only(a_section(Row("a", ("A", 1))), oversikt)
    (head,) = [n for n, cells in enumerate(lines(sheet), 1) if cells[1].value == "Antal"]
    assert sheet.freeze_panes == f"A{head + 1}"
    assert sheet.print_title_rows == f"${head}:${head}"


def test_the_title_stays_in_sight_where_there_are_several_tables(oversikt: Report) -> None:
    made = a_section(Row("a", ("A", 1)))
    sheet = only(made._replace(tables=made.tables * 2), oversikt)
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A2", "$1:$1")


def test_every_sheet_is_set_up_for_paper(oversikt: Report) -> None:
    for sheet in opened(render_xlsx(oversikt)).worksheets:
        assert sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0  # as many as it takes; one is the usual width
        assert sheet.oddHeader
        assert sheet.oddFooter
        assert sheet.oddHeader.left.text == "Samordningsförbundet Sydnärke"
        assert sheet.oddHeader.right.text == "Översikt 2024"
        assert sheet.oddFooter.right.text == "Sida &P av &N"


def test_texts_are_below_the_tables_their_lists_as_lists(oversikt: Report) -> None:
    made = a_section(Row("a", ("A", 1)))._replace(
        texts=(Passage("purpose", "Syfte", "Så här:\n- ett\n- två"),), notes=("Obs anonyma.",)
    )
    texts = [cells[0].value for cells in lines(only(made, oversikt)) if cells[0].value]
    assert texts == ["Avsnitt", "Regel.", "A", "Syfte", "Så här:", "• ett", "• två", "Obs anonyma."]


def test_no_text_is_too_long_for_its_cell(oversikt: Report) -> None:
    made = a_section()._replace(texts=(Passage("purpose", "Syfte", "ord " * 20_000),))
    sheet = only(made, oversikt)
    texts = [str(cells[0].value) for cells in lines(sheet) if cells[0].value]
    assert " ".join(texts).count("ord") == 20_000
    assert max(map(len, texts)) < 32_767
    assert max(each.height or 0 for each in sheet.row_dimensions.values()) <= 409


def test_a_section_that_is_longer_than_a_sheet_is_refused(oversikt: Report) -> None:
    made = a_section(*[Row("a", ("A", 1))] * 1_048_576)
    with pytest.raises(UsageError, match="välj --format csv"):
        render_xlsx(oversikt._replace(sections=(made,)))


# Charts


def cells_at(sheet: Worksheet, formula: str) -> list[object]:
    """Return the values of the cells that a formula of a chart names."""
    found: list[object] = []
    for column, first, _, last in RANGE.findall(formula):
        found += [
            sheet[f"{column}{row}"].value for row in range(int(first), int(last or first) + 1)
        ]
    return found


@pytest.mark.parametrize("id", ["arsrapport", "sus", "helarsrapport"])
def test_charts_are_drawn_from_the_cells_of_their_table(demo: Register, id: str) -> None:
    report = build(demo, id, YEAR, today=TODAY)
    content = render_xlsx(report)
    book = opened(content)
    wanted = [
        (sheet, drawn)
        for section, sheet in zip(report.sections, book.worksheets[1:], strict=True)
        for table in section.tables
        for chart in section.charts
        if chart.table == table.id and (drawn := charting.drawn(section, chart))
    ]
    assert wanted
    with ZipFile(BytesIO(content)) as parts:
        charts = [name for name in parts.namelist() if name.startswith("xl/charts/chart")]
        roots = [xml(parts, f"xl/charts/chart{n}.xml") for n in range(1, len(charts) + 1)]
    for root, (sheet, drawn) in zip(roots, wanted, strict=True):
        read = [
            [
                cells_at(sheet, str(series.findtext(f"{C}{part}//{C}f")))
                for part in ("tx", "cat", "val")
            ]
            for series in root.iter(f"{C}ser")
        ]
        assert [(name, tuple(labels)) for [name], labels, _ in read] == [
            (series.name or None, drawn.labels) for series in drawn.series
        ]
        for (_, _, values), series in zip(read, drawn.series, strict=True):
            assert values == [expected(value, drawn.column) for value in series.values]


def test_a_hidden_figure_has_no_label_in_its_chart(oversikt: Report) -> None:
    made = a_section(Row("a", ("A", 7)), Row("b", ("B", HIDDEN)), Row("missing", ("C", 2)))
    report = oversikt._replace(sections=(made._replace(charts=(Chart("t", ("count",)),)),))
    with ZipFile(BytesIO(render_xlsx(report))) as parts:
        root = xml(parts, "xl/charts/chart1.xml")
    (silenced,) = root.iter(f"{C}dLbl")
    assert [part.get("val") for part in silenced] == ["1", "1"]  # the second, deleted
    assert [str(f.text) for f in root.iter(f"{C}f")][1:] == [
        "'Avsnitt'!$A$5:$A$6",
        "'Avsnitt'!$B$5:$B$6",
    ]


# Texts


@pytest.mark.parametrize("text", [*HOSTILE, *FORMULAS])
def test_names_are_texts_and_nothing_else(text: str) -> None:
    report = hostile(text)
    charts = (Chart("x", ("count",), title=text),)
    made = render_xlsx(
        report._replace(sections=tuple(s._replace(charts=charts) for s in report.sections))
    )
    values = [
        cell.value
        for sheet in opened(made).worksheets
        for cells in lines(sheet)
        for cell in cells
        if isinstance(cell.value, str)
    ]
    assert not [value for value in values if value.startswith(("=", "+", "-", "@", "\t", "\r"))]
    shown = " ".join(safe(text, multiline=True).split())
    assert shown in [" ".join(value.removeprefix("'").split()) for value in values]
    with ZipFile(BytesIO(made)) as parts:
        for name in parts.namelist():
            tags = {element.tag for element in xml(parts, name).iter()}
            assert not [tag for tag in tags if tag.endswith("}f") and C not in tag]
            content = parts.read(name).decode()
            assert 'TargetMode="External"' not in content
            assert not {"\x1b", "\x07", "\u202e"} & set(content)


def test_the_same_report_is_the_same_file_and_says_nothing_of_who_made_it(oversikt: Report) -> None:
    content = render_xlsx(oversikt)
    assert render_xlsx(oversikt) == content
    properties = opened(content).properties
    assert properties.creator == properties.lastModifiedBy == "Samordningsförbundet Sydnärke"
    assert properties.created is not None
    assert properties.created.date() == TODAY
    with ZipFile(BytesIO(content)) as parts:
        assert {entry.date_time[0] for entry in parts.infolist()} == {1980}
