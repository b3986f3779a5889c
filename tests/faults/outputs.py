"""What must not be in a report put out, whatever is in the register, form by form.

`marks` is all text that a reader of the form sees; `faults` is what is wrong with it. What a page
or a document is made of is compared with that of a tame one (`parts`): no text adds to it.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import lxml.html  # type: ignore[import-untyped]
from markdown_it import MarkdownIt
from openpyxl import load_workbook

from tests.tui.terminal_codes import functions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LINES = {"U+000A"}
PAGES = {*LINES, "U+000C"}  # a page begins
COLOURS = {*LINES, "CSI m"}
BEGINS = "a cell begins"
# What a spreadsheet works out, or may: some take wide signs, too, and pass over blanks.
_WORKED_OUT = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")  # noqa: RUF001 - these very signs
_NUMBER = re.compile(r"-?\d+(,\d+)?")
_LINK = re.compile(r"(?<!\\)://|(?<!\\)@|www\.", re.IGNORECASE)
_CELL = r"('[^'\[\]]+'|\w+)!\$[A-Z]+\$\d+(:\$[A-Z]+\$\d+)?"
_CELLS = re.compile(rf"{_CELL}|\({_CELL}(,{_CELL})*\)")
_MARKDOWN = {
    *("text", "softbreak", "hardbreak", "inline", "strong_open", "strong_close", "em_open"),
    *("em_close", "heading_open", "heading_close", "paragraph_open", "paragraph_close"),
    *("blockquote_open", "blockquote_close", "bullet_list_open", "bullet_list_close"),
    *("list_item_open", "list_item_close", "table_open", "table_close", "thead_open"),
    *("thead_close", "tbody_open", "tbody_close", "tr_open", "tr_close", "th_open", "th_close"),
    *("td_open", "td_close"),
}
# What a reader follows or fetches, and what of it leads elsewhere or runs.
_LEADING = {"href", "src", "srcset", "action", "data", "style", "target", "background", "cite"}
_DANGER = re.compile(r"^\s*\w+:(?!\w*[;}]|\s)|//|url\(|expression", re.IGNORECASE)


def faults(form: str, content: bytes, tame: set[str]) -> Iterator[str]:
    """Yield what is wrong with a report; `tame` is what parts such a one may have."""
    yield from sorted(parts(form, content) - tame)
    yield from _CHECKS.get(form, _nothing)(content)


def parts(form: str, content: bytes) -> set[str]:
    """Return what a report is made of: control functions, elements with their attributes."""
    if form in ("xlsx", "docx"):
        return _packed(content)
    text = content.decode()
    found = functions(text.removeprefix("\ufeff"))
    if form == "html":
        found |= {part for each in lxml.html.document_fromstring(text).iter() for part in _of(each)}
    if form == "svg":
        found |= {part for each in ET.fromstring(text).iter() for part in _of(each)}  # noqa: S314
    return found


def marks(form: str, content: bytes) -> str:
    """Return all text that there is to read."""
    if form not in ("xlsx", "docx"):
        return content.decode().replace("\n", "").replace("\\", "")
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        named = [package.read(name).decode() for name in package.namelist() if _is_xml(name)]
    return "".join(named)


def _of(element: ET.Element) -> Iterator[str]:
    """Yield an element and its attributes, with what these may not hold told apart."""
    tag = str(element.tag)
    yield f"<{tag}>"
    for name, value in element.attrib.items():
        yield f"<{tag} {name}>"
        if name.rpartition("}")[2].lower() in _LEADING and _DANGER.search(value):
            yield f"<{tag} {name}={value[:40]!r}>"
        yield from (f"{code} in <{tag} {name}>" for code in functions(value) - LINES)
    yield from (f"{code} in <{tag}>" for code in functions(element.text or "") - LINES)


def _packed(content: bytes) -> set[str]:
    """Return the elements of all parts of a package, where links lead, and fields."""
    found: set[str] = set()
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            if not _is_xml(name):
                found.add(f"{name.rpartition('.')[2]} file")
                continue
            kind = re.sub(r"\d+", "", name)
            for element in ET.fromstring(package.read(name)).iter():  # noqa: S314
                found |= {f"{kind}: {part}" for part in _of(element)}
                found |= {f"{kind}: {part}" for part in _leading_out(element)}
    return found


def _leading_out(element: ET.Element) -> Iterator[str]:
    """Yield what of an element reaches outside, or is worked out by who opens it."""
    tag = str(element.tag)
    if tag.endswith("}Relationship"):
        yield f"mode {element.get('TargetMode')}"
        yield f"type {element.get('Type')}"
    for name, value in element.attrib.items():
        if name.endswith("}instr"):
            yield f"field {value}"
    if tag.endswith("}f") and not _CELLS.fullmatch(element.text or ""):
        yield f"formula {element.text}"
    if tag.endswith("}instrText"):
        yield f"field {element.text}"


def _is_xml(name: str) -> bool:
    return name.endswith((".xml", ".rels"))


def _nothing(_content: bytes) -> Iterator[str]:
    yield from ()


def _csv(content: bytes) -> Iterator[str]:
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    for row in rows:
        for cell in row:
            if _WORKED_OUT.match(cell) and not _NUMBER.fullmatch(cell):
                yield f"{BEGINS} {cell[:20]!r}"


def _xlsx(content: bytes) -> Iterator[str]:
    book = load_workbook(io.BytesIO(content))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    yield f"a formula {str(cell.value)[:20]!r}"
                elif isinstance(cell.value, str) and _WORKED_OUT.match(cell.value):
                    yield f"{BEGINS} {cell.value[:20]!r}"
                if cell.hyperlink and (cell.hyperlink.target or not cell.hyperlink.location):
                    yield f"a link to {cell.hyperlink.target}"
    if book.defined_names:
        yield "names are defined"


def _json(content: bytes) -> Iterator[str]:
    def strings(value: object) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            yield from (text for pair in value.items() for each in pair for text in strings(each))
        elif isinstance(value, list):
            yield from (text for each in value for text in strings(each))

    for text in strings(json.loads(content)):
        yield from (f"{code} in a string" for code in functions(text) - LINES - {"U+0009"})


def _markdown(content: bytes) -> Iterator[str]:
    text = content.decode()
    for found in _LINK.finditer(text):
        yield f"a reader makes a link of {text[found.start() - 10 : found.end() + 10]!r}"
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(text)
    inside = [part for token in tokens for part in token.children or ()]
    kinds = {token.type for token in (*tokens, *inside)} - _MARKDOWN
    yield from (f"a {kind}" for kind in sorted(kinds))


_CHECKS: dict[str, Callable[[bytes], Iterator[str]]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "json": _json,
    "md": _markdown,
}
