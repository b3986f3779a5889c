"""The document: the tables that a reader sees, charts to edit, and parts that hang together."""

from __future__ import annotations

import posixpath
from io import BytesIO
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from finsam_tui.report import Report, build, catalogue
from finsam_tui.report.model import HIDDEN, Base, Chart, Column, Passage, Row, Section, Table
from finsam_tui.report.render import words
from finsam_tui.report.render.as_docx import render_docx
from finsam_tui.text import safe
from tests.report.conftest import TODAY, YEAR
from tests.report.test_render import HOSTILE, hostile
from tests.report.test_xlsx import FORMULAS, expected

if TYPE_CHECKING:
    from docx.document import Document

    from finsam_tui.report.render.words import Charted
    from finsam_tui.storage.register import Register

GROUP = Column("group", "", "text")
RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
# What the parts of a chart may hold, in the order that Word wants them in.
ORDER = {
    "c:chartSpace": "date1904 lang roundedCorners AlternateContent style clrMapOvr pivotSource "
    "protection chart spPr txPr externalData printSettings userShapes extLst",
    "c:chart": "title autoTitleDeleted pivotFmts view3D floor sideWall backWall plotArea legend "
    "plotVisOnly dispBlanksAs showDLblsOverMax extLst",
    "c:title": "tx layout overlay spPr txPr extLst",
    "c:legend": "legendPos legendEntry layout overlay spPr txPr extLst",
    "c:barChart": "barDir grouping varyColors ser dLbls gapWidth overlap serLines axId extLst",
    "c:ser": "idx order tx spPr invertIfNegative pictureOptions dPt dLbls trendline errBars cat "
    "val shape extLst",
    "c:dLbls": "dLbl delete numFmt spPr txPr dLblPos showLegendKey showVal showCatName "
    "showSerName showPercent showBubbleSize separator showLeaderLines extLst",
    "c:catAx": "axId scaling delete axPos majorGridlines minorGridlines title numFmt "
    "majorTickMark minorTickMark tickLblPos spPr txPr crossAx crosses crossesAt auto lblAlgn "
    "lblOffset noMultiLvlLbl extLst",
    "c:valAx": "axId scaling delete axPos majorGridlines minorGridlines title numFmt "
    "majorTickMark minorTickMark tickLblPos spPr txPr crossAx crosses crossesAt crossBetween "
    "majorUnit minorUnit dispUnits extLst",
}
# What Word takes for yes where a chart does not say no.
SAID = {
    "c:chartSpace": {"c:roundedCorners"},
    "c:chart": {"c:autoTitleDeleted"},
    "c:title": {"c:overlay"},
    "c:legend": {"c:overlay"},
    "c:barChart": {"c:varyColors"},
    "c:ser": {"c:invertIfNegative"},
    "c:catAx": {"c:delete"},
    "c:valAx": {"c:delete"},
    "c:dLbls": {"c:showLegendKey", "c:showCatName", "c:showSerName", "c:showPercent"},
}


def opened(content: bytes) -> Document:
    return docx.Document(BytesIO(content))


def xml(content: bytes, name: str) -> ET.Element:
    with ZipFile(BytesIO(content)) as parts:
        return ET.fromstring(parts.read(name))  # noqa: S314 - our own


def texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def a_section(*rows: Row, total: Row | None = None, column: str = "Antal") -> Section:
    table = Table("t", (GROUP, Column("count", column)), rows, total=total)
    return Section("x", "Avsnitt", "Regel.", Base(), (table,))


def of_one(report: Report, section: Section) -> bytes:
    return render_docx(report._replace(sections=(section,)))


@pytest.mark.parametrize("id", catalogue.REPORTS)
def test_every_section_says_and_shows_what_it_has(demo: Register, id: str) -> None:
    report = build(demo, id, YEAR, today=TODAY)
    document = opened(render_docx(report))
    tables = iter(document.tables)
    told = texts(document)
    for section in report.sections:
        assert section.title in told
        assert safe(section.rule) in told
        assert {*words.sentences(section), *words.notes(section)} <= set(told)
        assert not section.base.of or words.base(section.base) in told
        for table in filter(words.shown_rows, section.tables):
            made = next(tables)
            wanted = [*words.shown_rows(table), *words.totals(table)]
            rows = [[cell.text for cell in row.cells] for row in made.rows][-len(wanted) :]
            assert rows == [list(map(words.cell, row.cells, table.columns)) for row in wanted]
    assert next(tables, None) is None


def test_a_table_has_its_head_on_every_page_and_no_row_cut_in_two(oversikt: Report) -> None:
    made = a_section(Row("a", ("A", 1)), Row("b", ("B", 2), depth=1), total=Row("all", ("S", 3)))
    document = opened(of_one(oversikt, made))
    (table,) = document.tables
    head, *body = table.rows
    lines = list(document.element.body.iter(qn("w:tr")))
    assert [len(list(line.iter(qn("w:tblHeader")))) for line in lines] == [1, 0, 0, 0]
    assert [len(list(line.iter(qn("w:cantSplit")))) for line in lines] == [1, 1, 1, 1]
    assert [cell.text for cell in head.cells] == ["", "Antal"]
    styles = [[cell.paragraphs[0].style for cell in row.cells] for row in body]
    assert {tuple(style.name for style in row if style) for row in styles} == {
        ("Tabelltext", "Tabellsiffra")
    }
    indents = [row.cells[0].paragraphs[0].paragraph_format.left_indent for row in body]
    assert [bool(indent) for indent in indents] == [False, True, False]
    (look,) = document.element.body.iter(qn("w:tblLook"))
    assert (look.get(qn("w:firstRow")), look.get(qn("w:lastRow"))) == ("1", "1")
    assert table.style is not None
    assert table.style.name == "Rapporttabell"


def test_rare_rows_of_noughts_and_tables_without_rows_are_left_out(oversikt: Report) -> None:
    made = a_section(Row("a", ("A", HIDDEN)), Row("b", ("B", 0), rare=True))
    empty = a_section().tables
    (table,) = opened(of_one(oversikt, made._replace(tables=made.tables + empty))).tables
    assert [[cell.text for cell in row.cells] for row in table.rows[1:]] == [["A", ".."]]


def test_what_is_wide_lies_and_the_rest_stands(demo: Register, oversikt: Report) -> None:
    listed = opened(render_docx(build(demo, "personlista", YEAR, today=TODAY)))
    assert [paper.orientation for paper in listed.sections] == [1]
    wide = a_section(Row("a", ("A", 1)), column="Ett" * 40)
    narrow = a_section(Row("a", ("A", 1)))
    report = oversikt._replace(sections=(narrow, wide, wide, narrow))
    papers = opened(render_docx(report)).sections
    assert [paper.orientation for paper in papers] == [0, 1, 0]
    assert [paper.different_first_page_header_footer for paper in papers] == [True, False, False]
    for paper in papers:
        size = (paper.page_width or 0, paper.page_height or 0)
        assert [round(side / 36_000) for side in sorted(size)] == [210, 297]


# Charts


def charts_of(report: Report) -> list[Charted]:
    return [c for s in report.sections for _, charts in words.illustrated(s) for c in charts]


@pytest.mark.parametrize("id", ["arsrapport", "sus", "helarsrapport"])
def test_charts_hold_the_figures_in_their_picture_and_their_workbook(
    demo: Register, id: str
) -> None:
    report = build(demo, id, YEAR, today=TODAY)
    content = render_docx(report)
    assert charts_of(report)
    for number, (drawn, *_) in enumerate(charts_of(report), 1):
        root = xml(content, f"word/charts/chart{number}.xml")
        wanted = [
            (series.name, drawn.labels, [expected(v, drawn.column) for v in series.values])
            for series in drawn.series
        ]
        assert [
            (
                series.findtext(f"{qn('c:tx')}//{qn('c:v')}", ""),
                tuple(v.text for v in series.findall(f"{qn('c:cat')}//{qn('c:v')}")),
                cached(series),
            )
            for series in root.iter(qn("c:ser"))
        ] == wanted
        with ZipFile(BytesIO(content)) as parts:
            book = BytesIO(parts.read(f"word/embeddings/Microsoft_Excel_Sheet{number}.xlsx"))
        heads, *rows = openpyxl.load_workbook(book).worksheets[0].iter_rows(values_only=True)
        assert [
            (name or "", tuple(row[0] for row in rows), [row[n] for row in rows])
            for n, name in enumerate(heads[1:], 1)
        ] == wanted


def cached(series: ET.Element) -> list[float | None]:
    """Return the values that a chart holds for when its workbook is not opened."""
    value = series.find(qn("c:val"))
    assert value is not None
    count = value.find(f".//{qn('c:ptCount')}")
    assert count is not None
    points = {p.get("idx"): p.findtext(qn("c:v")) for p in value.iter(qn("c:pt"))}
    held = [points.get(str(n)) for n in range(int(count.get("val", "")))]
    return [None if text is None else float(text) for text in held]


def test_a_chart_is_as_word_wants_it(demo: Register) -> None:
    report = build(demo, "sus", YEAR, today=TODAY)
    content = render_docx(report)
    for number in range(1, len(charts_of(report)) + 1):
        root = xml(content, f"word/charts/chart{number}.xml")
        for tag, order in ORDER.items():
            for part in root.iter(qn(tag)):
                names = [child.tag.rpartition("}")[2] for child in part]
                assert names == sorted(names, key=order.split().index)
                assert {qn(said) for said in SAID.get(tag, ())} <= {child.tag for child in part}
        data = root.find(qn("c:externalData"))
        assert data is not None
        assert data.get(qn("r:id")) == "rId1"
        assert [(part.tag, part.get("val")) for part in data] == [(qn("c:autoUpdate"), "0")]


def test_a_chart_is_told_to_those_who_do_not_see_it(oversikt: Report) -> None:
    made = a_section(Row("a", ("Kumla & co", 7)), Row("b", ("Laxå", 3)))
    chart = Chart("t", ("count",))
    content = of_one(oversikt, made._replace(charts=(chart, chart)))
    named = list(xml(content, "word/document.xml").iter(qn("wp:docPr")))
    assert [(each.get("id"), each.get("name")) for each in named] == [
        ("1", "Diagram 1"),
        ("2", "Diagram 2"),
    ]
    assert named[0].get("descr") == "Kumla & co 7, Laxå 3."


# The whole


def test_headings_and_contents_follow_the_report(oversikt: Report) -> None:
    passages = (Passage("purpose", "Syfte", "Text."), Passage("x", "Avsnitt", "Mer."))
    made = a_section(Row("a", ("A", 1)))._replace(texts=passages)
    document = opened(render_docx(oversikt._replace(sections=(made, made._replace(title="Två")))))
    headings = [
        (paragraph.style.name, paragraph.text)
        for paragraph in document.paragraphs
        if paragraph.style and str(paragraph.style.name).startswith("Heading")
    ]
    assert headings == [
        *(("Heading 1", "Avsnitt"), ("Heading 2", "Syfte")),
        *(("Heading 1", "Två"), ("Heading 2", "Syfte"), ("Heading 2", "Avsnitt")),
    ]
    body = document.element.body
    links = list(body.iter(qn("w:hyperlink")))
    assert ["".join(t.text for t in link.iter(qn("w:t"))) for link in links] == [
        text for _, text in headings
    ]
    marks = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    assert {link.get(qn("w:anchor")) for link in links} == marks
    assert [e.text for e in body.iter(qn("w:instrText"))] == [r'TOC \o "1-2" \h \z \u']
    bounds = [e.get(qn("w:fldCharType")) for e in body.iter(qn("w:fldChar"))]
    assert bounds == ["begin", "separate", "end"]
    assert document.settings.element.find(qn("w:updateFields")).get(qn("w:val")) == "true"


def test_a_single_section_is_there_to_paste_and_has_no_contents(oversikt: Report) -> None:
    document = opened(of_one(oversikt, a_section(Row("a", ("A", 1)))))
    assert not list(document.element.body.iter(qn("w:sdt")))
    assert texts(document)[:3] == [
        "Samordningsförbundet Sydnärke",
        "Översikt 2024",
        "Insats: Samordningsteamet",
    ]


def test_texts_are_paragraphs_and_their_lists_are_lists(oversikt: Report) -> None:
    made = a_section()._replace(texts=(Passage("x", "Syfte", "En rad\noch en.\n\n- ett\n- två"),))
    document = opened(of_one(oversikt, made))
    assert [(p.style.name, p.text) for p in document.paragraphs[-3:] if p.style] == [
        ("Normal", "En rad\noch en."),
        ("List Bullet", "ett"),
        ("List Bullet", "två"),
    ]


def test_an_empty_report_and_a_hidden_figure_say_so(oversikt: Report) -> None:
    document = opened(render_docx(oversikt._replace(empty="Ingen var inskriven.", suppressed=5)))
    assert "Ingen var inskriven." in texts(document)
    assert [text for text in texts(document) if text.startswith("Antal under 5")]


def test_the_document_is_swedish_and_its_pages_are_numbered(oversikt: Report) -> None:
    content = render_docx(oversikt)
    languages = {e.get(qn("w:val")) for e in xml(content, "word/styles.xml").iter(qn("w:lang"))}
    assert languages == {"sv-SE"}
    (paper,) = opened(content).sections
    (foot,) = paper.footer.paragraphs
    assert foot.text.startswith("Samordningsförbundet Sydnärke · Översikt 2024\tSida ")
    fields = [e.get(qn("w:instr")) for e in paper.footer.part.element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_every_style_that_is_used_is_there(demo: Register) -> None:
    content = render_docx(build(demo, "arsrapport", YEAR, today=TODAY))
    there = {e.get(qn("w:styleId")) for e in xml(content, "word/styles.xml").iter(qn("w:style"))}
    used = {
        element.get(qn("w:val"))
        for tag in ("w:pStyle", "w:rStyle", "w:tblStyle")
        for element in xml(content, "word/document.xml").iter(qn(tag))
    }
    assert used <= there
    assert {"Heading1", "Regel", "Emphasis", "Rapporttabell", "Diagram", "ListBullet"} <= used


def test_the_same_report_is_the_same_file_and_says_nothing_of_who_made_it(
    oversikt: Report,
) -> None:
    content = render_docx(oversikt)
    assert render_docx(oversikt) == content
    known = opened(content).core_properties
    assert known.title == "Översikt 2024"
    assert known.author == known.last_modified_by == "Samordningsförbundet Sydnärke"
    assert known.created is not None
    assert known.created.date() == TODAY
    with ZipFile(BytesIO(content)) as parts:
        names = parts.namelist()
        assert {entry.date_time[0] for entry in parts.infolist()} == {1980}
    assert not [name for name in names if "app.xml" in name or "custom" in name or "thumb" in name]


@pytest.mark.parametrize("text", [*HOSTILE, *FORMULAS])
def test_names_are_texts_and_every_part_is_whole(text: str) -> None:
    report = hostile(text)
    charts = (Chart("x", ("count",), title=text),)
    content = render_docx(
        report._replace(sections=tuple(s._replace(charts=charts) for s in report.sections))
    )
    assert safe(text) in texts(opened(content))
    with ZipFile(BytesIO(content)) as parts:
        assert parts.testzip() is None
        names = set(parts.namelist())
        for name in names:
            if name.endswith((".xml", ".rels")):
                xml(content, name)
                assert not {"\x1b", "\x07", "\u202e"} & set(parts.read(name).decode())
    for name in names:
        if name.endswith(".rels"):
            folder = posixpath.dirname(posixpath.dirname(name))
            for relation in xml(content, name).iter(f"{RELATIONS}Relationship"):
                assert relation.get("TargetMode") is None
                target = posixpath.normpath(posixpath.join(folder, relation.get("Target", "")))
                assert target.lstrip("/") in names
