"""The paper of a document: A4, standing, or lying for what is wide; pages numbered at the foot."""

from __future__ import annotations

from copy import deepcopy
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from finsam_tui.report.render import words
from finsam_tui.report.render._docx_xml import field, paragraph, run
from finsam_tui.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docx.document import Document

    from finsam_tui.report.model import Report
    from finsam_tui.report.render._docx_xml import Element

# Twentieths of a point: A4, and what is left of it between the margins.
_SHORT, _LONG, _MARGIN = 11906, 16838, 1418
STANDING, LYING = _SHORT - 2 * _MARGIN, _LONG - 2 * _MARGIN


class Block(NamedTuple):
    """What stands together, a paragraph last; `wide` is what has no room on paper that stands."""

    wide: bool
    parts: list[Element]


def set_paper(document: Document, report: Report) -> None:
    """Set the size of the paper, and whose report it is at the foot of all pages but the first."""
    from docx.shared import Twips

    (paper,) = document.sections
    paper.page_width, paper.page_height = Twips(_SHORT), Twips(_LONG)
    margin = Twips(_MARGIN)
    paper.left_margin = paper.right_margin = paper.top_margin = paper.bottom_margin = margin
    paper.different_first_page_header_footer = True
    paper.footer.is_linked_to_previous = False
    whose = f"{safe(report.association)} · {words.title(report)}\tSida "
    pages = (run(whose), field("PAGE"), run(" av "), field("NUMPAGES"))
    paper.footer.part.element[:] = [paragraph("Footer", *pages)]


def fill(document: Document, blocks: Iterable[Block]) -> None:
    """Fill the document, the wide blocks on paper that lies."""
    paper = document.element.body[-1]
    groups = [
        Block(wide, [part for block in group for part in block.parts])
        for wide, group in groupby(blocks, key=lambda block: block.wide)
    ]
    for number, (wide, parts) in enumerate(groups, 1):
        for part in parts:
            paper.addprevious(part)
        last = number == len(groups)
        of_group = paper if last else deepcopy(paper)
        if wide:
            _lay(of_group)
        if number > 1:
            of_group.remove(of_group.titlePg)  # only the first page of all is a title
        if not last:
            parts[-1][0].append(of_group)


def _lay(paper: Element) -> None:
    from docx.oxml.ns import qn

    size = paper.find(qn("w:pgSz"))
    for name, value in (("w", _LONG), ("h", _SHORT), ("orient", "landscape")):
        size.set(qn(f"w:{name}"), str(value))
