"""A report as a Word document: a draft of the year's report, with tables and charts to edit."""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from finsam_tui.report.render import page, words
from finsam_tui.report.render._docx_chart import chart_element
from finsam_tui.report.render._docx_contents import Heading, contents
from finsam_tui.report.render._docx_paper import LYING, STANDING, Block, fill, set_paper
from finsam_tui.report.render._docx_table import is_wide, table_element
from finsam_tui.report.render._docx_xml import on_new_page, paragraph, run
from finsam_tui.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docx.document import Document

    from finsam_tui.report.model import Passage, Report, Section, Table
    from finsam_tui.report.render._docx_xml import Element
    from finsam_tui.report.render.words import Charted

_LOOKS = Path(__file__).with_name("word")
# What the library's own empty document has that is of no use, or tells of another program.
_FOREIGN = ("stylesWithEffects", "customXml", "thumbnail", "extended-properties")
_LONGEST = 255  # characters of a property
_STAMP = (1980, 1, 1, 0, 0, 0)  # the time of every part, so that equal reports are equal files


def render_docx(report: Report) -> bytes:
    """Return the report as the bytes of a document, the same for the same report."""
    document = _blank(report)
    draft = _Draft(document, report)
    sections = [draft.block(section) for section in page.sections(report)]
    title = Block(wide=False, parts=list(_title_page(report, draft.headings)))
    if len(draft.headings) > 1:
        on_new_page(sections[0].parts[0])
    elif sections:
        title = title._replace(wide=sections[0].wide)
    fill(document, (title, *sections))
    return _stored(document)


def _blank(report: Report) -> Document:
    """Return a document with nothing in it but its looks, its paper and whose it is."""
    from docx import Document
    from docx.oxml import parse_xml

    document = Document()
    own = {
        "styles": document.styles.element,
        "numbering": document.part.numbering_part.element,
        "settings": document.settings.element,
    }
    for name, element in own.items():
        element[:] = parse_xml((_LOOKS / f"{name}.xml").read_bytes())[:]
    for relations in (document.part.rels, document.part.package.rels):
        for id in [id for id, of in relations.items() if of.reltype.endswith(_FOREIGN)]:
            del relations[id]
    set_paper(document, report)
    _set_properties(document, report)
    return document


def _set_properties(document: Document, report: Report) -> None:
    properties = document.core_properties
    properties.title = words.title(report)[:_LONGEST]
    properties.author = properties.last_modified_by = safe(report.association)[:_LONGEST]
    properties.created = properties.modified = datetime.combine(report.today, time())
    properties.comments = ""
    properties.language = "sv-SE"


def _title_page(report: Report, headings: Sequence[Heading]) -> Iterator[Element]:
    """Yield whose report it is, of what and when, and its contents where there are several."""
    yield paragraph("Subtitle", run(safe(report.association)))
    yield paragraph("Title", run(words.title(report)))
    yield paragraph("Subtitle", run(words.narrowed(report)))
    yield paragraph("Subtitle", run(words.made(report).capitalize()))
    if report.empty:
        yield paragraph("Varning", run(safe(report.empty)))
    if report.suppressed:
        yield paragraph("Notering", run(words.suppressed(report)))
    if len(headings) > 1:
        yield contents(headings)
        yield paragraph("Tabellslut")  # for the field to end in


class _Draft:
    """Makes the sections one after the other; `headings` are those made so far."""

    def __init__(self, document: Document, report: Report) -> None:
        self.headings: list[Heading] = []
        self._document, self._report = document, report
        self._charts = count(1)

    def block(self, section: Section) -> Block:
        """Return a section."""
        wide = any(map(is_wide, section.tables))
        return Block(wide, list(self._section(section, LYING if wide else STANDING)))

    def _section(self, section: Section, room: int) -> Iterator[Element]:
        """Yield a section: whom it counts, what it says, its tables, charts and texts."""
        yield self._heading(section.title, 1)
        if section.rule:
            yield paragraph("Regel", run(safe(section.rule), "Emphasis"))
        if section.base.of:
            yield paragraph("Regel", run(words.base(section.base)))
        for sentence in words.sentences(section):
            yield paragraph("Normal", run(sentence), keep=bool(section.tables))
        for table, charts in words.illustrated(section):
            yield from self._table(table, charts, room)
        for passage in section.texts:
            yield from self._passage(section, passage)
        for note in words.notes(section):
            yield paragraph("Notering", run(note))
        for warning in words.warnings(self._report, section):
            yield paragraph("Varning", run(warning))

    def _heading(self, text: str, level: int) -> Element:
        made = Heading(safe(text), level, len(self.headings) + 1)
        self.headings.append(made)
        return made.element

    def _table(self, table: Table, charts: Sequence[Charted], room: int) -> Iterator[Element]:
        """Yield a table below its title, and its charts; nothing where it has no rows to show."""
        if not words.shown_rows(table):
            return
        if table.title:
            yield paragraph("Tabellrubrik", run(words.cell(table.title, table.columns[0])))
        yield table_element(table, room)
        yield paragraph("Tabellslut")  # two tables with nothing between them would be one
        for chart in charts:
            yield chart_element(self._document, chart.drawn, chart.kind, next(self._charts))

    def _passage(self, section: Section, passage: Passage) -> Iterator[Element]:
        """Yield a text below its title, unless the section itself is called that."""
        if passage.title != section.title:
            yield self._heading(passage.title, 2)
        for piece in words.pieces(passage.text):
            if piece.bullets:
                yield from (paragraph("ListBullet", run(item)) for item in piece.items)
            else:
                yield paragraph("Normal", run("\n".join(piece.items)))


def _stored(document: Document) -> bytes:
    """Return the document as the bytes of a file."""
    saved, made = BytesIO(), BytesIO()
    document.save(saved)
    with ZipFile(saved) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(ZipInfo(name, _STAMP), old.read(name), ZIP_DEFLATED)
    return made.getvalue()
