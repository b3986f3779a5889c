"""The few pieces of WordprocessingML that a report is made of; texts are escaped where set."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

    Element = BaseOxmlElement


def el(tag: str, *children: Element, **values: str | int) -> Element:
    """Return an element such as w:tab with its attributes, which are of the w namespace, too."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(tag)
    for name, value in values.items():
        made.set(qn(f"w:{name}"), str(value))
    for child in children:
        made.append(child)
    return made


def run(text: str, style: str = "") -> Element:
    """Return a run of text, its line breaks and tabs kept, in a style of characters."""
    made = el("w:r")
    made.text = text
    if style:
        made.insert(0, el("w:rPr", el("w:rStyle", val=style)))
    return made


def paragraph(style: str, *content: Element, keep: bool = False) -> Element:
    """Return a paragraph in a style, named by its id, `keep` on the page of the next one."""
    properties = el("w:pPr", el("w:pStyle", val=style))
    if keep:
        properties.append(el("w:keepNext"))
    return el("w:p", properties, *content)


def on_new_page(made: Element) -> None:
    """Let a paragraph begin a page."""
    made[0].insert(1, el("w:pageBreakBefore"))


def field(instruction: str) -> Element:
    """Return a field that the word processor fills in, such as the number of a page."""
    return el("w:fldSimple", run("1"), instr=instruction)
