"""The contents of a document: a field that Word fills with pages, and the headings until then."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from finsam_tui.report.render._docx_xml import el, paragraph, run

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from finsam_tui.report.render._docx_xml import Element

_TITLE = "Innehåll"
_FIELD = r'TOC \o "1-2" \h \z \u'


class Heading(NamedTuple):
    """A heading: what it says, its level, and its number among all of them."""

    text: str
    level: int
    number: int

    @property
    def mark(self) -> str:
        """The name of the place it stands at."""
        return f"_Toc{self.number:08}"

    @property
    def element(self) -> Element:
        """The heading as it stands above its text."""
        id = self.number
        start, end = el("w:bookmarkStart", id=id, name=self.mark), el("w:bookmarkEnd", id=id)
        return paragraph(f"Heading{self.level}", start, run(self.text), end)


def contents(headings: Sequence[Heading]) -> Element:
    """Return the contents: a link to each heading."""
    gallery = el(
        "w:docPartObj",
        el("w:docPartGallery", val="Table of Contents"),
        el("w:docPartUnique"),
    )
    title = paragraph("TOCHeading", run(_TITLE))
    return el("w:sdt", el("w:sdtPr", gallery), el("w:sdtContent", title, *_field(headings)))


def _field(headings: Sequence[Heading]) -> Iterator[Element]:
    """Yield a paragraph a heading, the field around them all."""
    what = el("w:instrText")
    what.text = _FIELD
    begin = (_bound("begin"), el("w:r", what), _bound("separate"))
    for place, heading in enumerate(headings):
        link = el("w:hyperlink", run(heading.text), anchor=heading.mark, history=1)
        yield paragraph(f"TOC{heading.level}", *(() if place else begin), link)
    yield paragraph("Normal", _bound("end"))


def _bound(kind: str) -> Element:
    return el("w:r", el("w:fldChar", fldCharType=kind))
