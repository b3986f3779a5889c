"""Workbooks to import: written by a library, or part by part as nobody would."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
STYLES = "xl/styles.xml"


def written(sheets: Mapping[str, Iterable[Sequence[object]]]) -> bytes:
    """Return a workbook with these rows, as a library writes it."""
    book = Workbook()
    del book[book.sheetnames[0]]
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def of_csv(files: Mapping[str, str]) -> dict[str, list[list[str]]]:
    """Return the rows of CSV texts, by the names of their tables."""
    return {
        name: list(csv.reader(io.StringIO(text), delimiter=";")) for name, text in files.items()
    }


def of_folder(folder: Path) -> dict[str, list[list[str]]]:
    """Return the rows of a folder's CSV files."""
    return of_csv({path.stem: path.read_text("utf-8-sig") for path in sorted(folder.glob("*.csv"))})


def row(number: int, *cells: str) -> str:
    """Return a row of cells that are XML already; a text alone becomes a cell of its own."""
    inner = "".join(cell if cell.startswith("<c") else text(cell) for cell in cells)
    return f'<row r="{number}">{inner}</row>'


def text(value: str) -> str:
    """Return a cell with a text in it."""
    return f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>'


def figure(value: str, style: int = 0) -> str:
    """Return a cell with a figure in it."""
    return f'<c s="{style}"><v>{value}</v></c>'


def parts(
    sheets: Mapping[str, str],
    *,
    formats: Sequence[str] = (),
    strings: Sequence[str] = (),
    settings: str = "",
    states: Mapping[str, str] | None = None,
) -> dict[str, str | bytes]:
    """Return the parts of a workbook whose sheets are title → rows.

    Style N + 1 shows cells with `formats[N]`; `strings` are XML; `states` is title → how hidden.
    """
    titles = list(enumerate(sheets, start=1))
    state = {title: f'state="{state}"' for title, state in (states or {}).items()}
    listed = "".join(
        f'<sheet name={quoteattr(title)} sheetId="{n}" {state.get(title, "")} r:id="r{n}"/>'
        for n, title in titles
    )
    relations = [(f"r{n}", "worksheet", f"worksheets/sheet{n}.xml") for n, _ in titles]
    relations += [("t", "sharedStrings", "/xl/sharedStrings.xml"), ("s", "styles", "styles.xml")]
    codes = "".join(
        f'<numFmt numFmtId="{200 + n}" formatCode={quoteattr(code)}/>'
        for n, code in enumerate(formats)
    )
    styles = "".join(f'<xf numFmtId="{200 + n}"/>' for n in range(len(formats)))
    kinds = [("xl/workbook.xml", "sheet.main"), (STRINGS, "sharedStrings")]
    overrides = "".join(
        f'<Override PartName="/{part}" ContentType="{_KIND}.{kind}+xml"/>' for part, kind in kinds
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}">{overrides}</Types>',
        "_rels/.rels": _relations([("r1", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{_DOCUMENT}">'
        f"<workbookPr {settings}/><sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _relations(relations),
        STRINGS: f'<sst xmlns="{MAIN}">{"".join(strings)}</sst>',
        STYLES: f'<styleSheet xmlns="{MAIN}"><numFmts>{codes}</numFmts>'
        f'<cellXfs><xf numFmtId="0"/>{styles}</cellXfs></styleSheet>',
        **{f"xl/worksheets/sheet{n}.xml": sheet(sheets[title]) for n, title in titles},
    }


def sheet(rows: str) -> str:
    """Return the part of a sheet with these rows."""
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def packed(contents: Mapping[str, str | bytes], method: int = ZIP_DEFLATED) -> bytes:
    """Return a zip of parts."""
    file = io.BytesIO()
    with ZipFile(file, "w", method) as package:
        for name, content in contents.items():
            package.writestr(name, content)
    return file.getvalue()


def _relations(relations: Iterable[tuple[str, str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="{id}" Type="{_DOCUMENT}/{kind}" Target="{target}"/>'
        for id, kind, target in relations
    )
    return f'<Relationships xmlns="{_PACKAGE}">{listed}</Relationships>'
