"""A chart in Word that can be edited there: its drawing, and the workbook its figures lie in."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

from finsam_tui.report.render import _xlsx_cells as cells
from finsam_tui.report.render._docx_xml import el, paragraph
from finsam_tui.report.render._xlsx_chart import Source, add_chart, height
from finsam_tui.report.render.svg import described

if TYPE_CHECKING:
    from docx.document import Document

    from finsam_tui.report.charting import Drawn
    from finsam_tui.report.render._docx_xml import Element
    from finsam_tui.report.render._xlsx_chart import Kind

_SHEET = "Diagram"
_EMU = 9525  # of a pixel
_WIDTH = 590  # pixels
_SWEDISH = "sv-SE"
_DRAWING = """
<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
  xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
  xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
  xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"
  xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
  <w:drawing>
    <wp:inline distT="0" distB="0" distL="0" distR="0">
      <wp:extent cx="0" cy="0"/>
      <wp:docPr id="0" name=""/>
      <wp:cNvGraphicFramePr/>
      <a:graphic>
        <a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">
          <c:chart r:id=""/>
        </a:graphicData>
      </a:graphic>
    </wp:inline>
  </w:drawing>
</w:r>
"""
_EXTERNAL = """
<c:externalData xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"
  xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="{id}">
  <c:autoUpdate val="0"/>
</c:externalData>
"""

# What a chart does not have: the part of it, and what may follow what says so there.
_NOT = (
    ("c:chartSpace", "c:roundedCorners", "c:chart"),
    ("c:title c:legend", "c:overlay", "c:spPr c:txPr"),
    ("c:chart", "c:autoTitleDeleted", "c:plotArea"),
    ("c:barChart", "c:varyColors", "c:ser"),
    ("c:ser", "c:invertIfNegative", "c:dLbls c:cat"),
    ("c:catAx c:valAx", "c:delete", "c:axPos"),
    ("c:dLbls", "c:showLegendKey", "c:showVal"),
    ("c:dLbls", "c:showCatName", ""),
    ("c:dLbls", "c:showSerName", ""),
    ("c:dLbls", "c:showPercent", ""),
    ("c:dLbls", "c:showBubbleSize", ""),
)


def chart_element(document: Document, drawn: Drawn, kind: Kind, number: int) -> Element:
    """Return a paragraph with a chart, whose parts are now in the document; `number` is its own."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    made = parse_xml(_DRAWING)
    extent = made.find(f".//{qn('wp:extent')}")
    extent.set("cx", str(_WIDTH * _EMU))
    extent.set("cy", str(height(drawn, kind) * _EMU))
    named = made.find(f".//{qn('wp:docPr')}")
    named.set("id", str(number))
    named.set("name", f"Diagram {number}")
    named.set("descr", described(drawn))
    made.find(f".//{qn('c:chart')}").set(qn("r:id"), _add(document, drawn, kind, number))
    return paragraph("Diagram", made)


def _add(document: Document, drawn: Drawn, kind: Kind, number: int) -> str:
    """Add the parts of a chart to the document, and return what relates it to them."""
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part, XmlPart
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    package = document.part.package
    workbook = _workbook(document, drawn, kind)
    with ZipFile(BytesIO(workbook)) as parts:
        drawing = parse_xml(parts.read("xl/charts/chart1.xml"))
    name = PackURI(f"/word/embeddings/Microsoft_Excel_Sheet{number}.xlsx")
    book = Part(name, CONTENT_TYPE.SML_SHEET, workbook, package)
    name = PackURI(f"/word/charts/chart{number}.xml")
    chart = XmlPart(name, CONTENT_TYPE.DML_CHART, drawing, package)
    # How to print the sheet that it was on; nothing may follow what stands there now but shapes.
    drawing.remove(drawing.find(qn("c:printSettings")))
    drawing.append(parse_xml(_EXTERNAL.format(id=chart.relate_to(book, RELATIONSHIP_TYPE.PACKAGE))))
    _make_plain(drawing)
    return document.part.relate_to(chart, RELATIONSHIP_TYPE.CHART)


def _make_plain(drawing: Element) -> None:
    """Say no to what Word, unlike Excel, takes for yes where not told; say that it is Swedish."""
    from docx.oxml.ns import qn

    for parent, child, before in _NOT:
        for place in drawing.iter(*(qn(tag) for tag in parent.split())):
            if place.find(qn(child)) is None:
                no = el(child)
                no.set("val", "0")
                later = [tag for tag in before.split() if place.find(qn(tag)) is not None]
                (place.find(qn(later[0])).addprevious if later else place.append)(no)
    drawing.find(qn("c:lang")).set("val", _SWEDISH)
    for text in drawing.iter(qn("a:rPr"), qn("a:endParaRPr")):
        text.set("lang", _SWEDISH)


def _workbook(document: Document, drawn: Drawn, kind: Kind) -> bytes:
    """Return a workbook with the figures of a chart, and the chart."""
    from xlsxwriter import Workbook

    made = BytesIO()
    with Workbook(made, cells.OPTIONS) as book:
        book.set_properties({"created": document.core_properties.created})
        sheet = book.add_worksheet(_SHEET)
        look = cells.Looks(book).of(
            {"num_format": cells.number_format(drawn.largest, drawn.column)}
        )
        for row, label in enumerate(drawn.labels, 1):
            sheet.write_string(row, 0, cells.plain(label))
        for column, series in enumerate(drawn.series, 1):
            sheet.write_string(0, column, cells.plain(series.name))
            for row, value in enumerate(series.values, 1):
                cells.put(sheet, (row, column), value, drawn.column, look)
        rows = range(1, len(drawn.labels) + 1)
        sources = [Source(_SHEET, rows, column, 0) for column in range(1, len(drawn.series) + 1)]
        sheet.insert_chart(0, len(drawn.series) + 2, add_chart(book, drawn, kind, sources))
    return made.getvalue()
