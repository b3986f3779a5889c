"""Workbooks made to break the reader, or to fill the memory: refused in a line, nothing changed."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
from contextlib import suppress
from typing import TYPE_CHECKING
from zipfile import ZIP_BZIP2, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finsam_tui.errors import InputError
from finsam_tui.exchange.finding import find
from finsam_tui.exchange.importing import import_files
from finsam_tui.exchange.reading import Unreadable, open_sheet
from finsam_tui.exchange.tables import tables
from tests.conftest import PROJECT
from tests.exchange.books import MAIN, SHEET, STRINGS, STYLES, packed, parts, row, sheet, text
from tests.exchange.conftest import NOW, told

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.exchange.conftest import Desk

HEAD = row(1, "medarbetare_id", "namn", "roll")
ONE = parts({"medarbetare": HEAD + row(2, "C9", "Eva", "coach")})
WHOLE = packed(ONE)
STAFF = next(table for table in tables() if table.name == "medarbetare")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096)  # how an encrypted or old workbook begins
MEMORY = 200 << 20  # bytes of address space that reading may take besides the program
LAUGHS = "".join(
    f'<!ENTITY {after} "{f"&{before};" * 10}">'
    for before, after in zip("abcdefghi", "bcdefghij", strict=True)
)


def changed(name: str, content: str | bytes) -> bytes:
    """Return the sound workbook with other contents in one part."""
    return packed({**ONE, name: content})


def rows(inner: str) -> bytes:
    return changed(SHEET, sheet(HEAD + inner))


def doctype(declared: str, inner: str) -> bytes:
    """Return a workbook whose sheet declares entities."""
    part = sheet(HEAD + row(2, "C9", "&j;", "coach")).replace("&amp;j;", inner)
    return changed(SHEET, f"<!DOCTYPE worksheet [{declared}]>{part}")


def lying(declared: int) -> bytes:
    """Return a workbook whose sheet says that it is so many bytes, in both places that say it."""
    content = bytearray(rows(" " * 20_000_000))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        found = -1
        while (found := content.find(mark, found + 1)) >= 0:
            if struct.unpack_from("<I", content, found + at)[0] > 1_000_000:
                struct.pack_into("<I", content, found + at, declared)
    return bytes(content)


def encrypted() -> bytes:
    content = bytearray(WHOLE)
    content[content.find(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def listed(entries: int) -> bytes:
    """Return a zip that lists so many parts."""
    entry = struct.pack("<4s6H3I5H2I", b"PK\x01\x02", *(20, 20, 0, 0, 0, 33), *([0] * 10))
    entry = entry[:28] + struct.pack("<H", 1) + entry[30:] + b"x"
    size = len(entry) * entries
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, entries % 65536, entries % 65536, size, 0, 0)
    return entry * entries + end


def misplaced() -> bytes:
    """Return a zip whose list says to lie farther on than it does."""
    content = bytearray(WHOLE)
    at = content.rfind(b"PK\x05\x06") + 16
    struct.pack_into("<I", content, at, struct.unpack_from("<I", content, at)[0] + 50)
    return bytes(content)


def twice() -> bytes:
    file = io.BytesIO(WHOLE)
    with ZipFile(file, "a") as package, pytest.warns(UserWarning, match="Duplicate"):
        package.writestr(SHEET, sheet(""))
    return file.getvalue()


def endless() -> bytes:
    """Return a workbook with a part that says it is four gigabytes."""
    content = bytearray(packed({**ONE, "xl/media/x.bin": b""}))
    struct.pack_into("<I", content, content.rfind(b"PK\x01\x02") + 24, 4_000_000_000)
    return bytes(content)


BOOKS: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "a text": lambda: b"medarbetare_id;namn;roll\n",
    "noughts": lambda: bytes(3_000_000),
    "encrypted or old": lambda: OLE,
    "encrypted parts": encrypted,
    "torn": lambda: WHOLE[: len(WHOLE) // 2],
    "without its end": lambda: WHOLE[:-30],
    "a bomb": lambda: rows(" " * 50_000_000),
    "a size of four gigabytes": endless,
    "a size too small": lambda: lying(1000),
    "a size too large": lambda: lying(30_000_000),
    "parts that lie before the file": misplaced,
    "twice the same part": twice,
    "too many parts": lambda: listed(1500),
    "a million parts": lambda: listed(1_000_000),
    "packed in another way": lambda: packed(ONE, ZIP_BZIP2),
    "no workbook": lambda: packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}),
    "no sheet": lambda: packed({n: c for n, c in ONE.items() if n != SHEET}),
    "no list of sheets": lambda: changed("xl/workbook.xml", ""),
    "a list of binary": lambda: changed("xl/workbook.xml", OLE),
    "a page": lambda: changed("xl/workbook.xml", "<html/>"),
    "paths out": lambda: changed(
        "xl/_rels/workbook.xml.rels",
        str(ONE["xl/_rels/workbook.xml.rels"]).replace("worksheets/", "../../../etc/"),
    ),
    "laughs": lambda: doctype(f'<!ENTITY a "ha">{LAUGHS}', "&j;"),
    "an entity": lambda: doctype('<!ENTITY j "Eva">', "&j;"),
    "an entity from outside": lambda: doctype('<!ENTITY j SYSTEM "file:///etc/passwd">', "&j;"),
    "half an element": lambda: changed(SHEET, sheet(HEAD)[:-20]),
    "two roots": lambda: changed(SHEET, sheet(HEAD) + "<x/>"),
    "a tag without end": lambda: roomy(SHEET, sheet(f'{HEAD}<row r="x{"y" * 9_000_000}"/>')),
    "a cell without end": lambda: roomy(
        SHEET, sheet(HEAD + row(2, "C9", "x" * 9_000_000, "coach"))
    ),
    "far to the right": lambda: rows('<row r="2"><c r="XFD2"><v>1</v></c></row>'),
    "farther still": lambda: rows('<row r="2"><c r="ZZZZZZZ2"><v>1</v></c></row>'),
    "no such cell": lambda: rows('<row r="2"><c r="2A"><v>1</v></c></row>'),
    "a row too far down": lambda: rows('<row r="1048577"><c><v>1</v></c></row>'),
    "a row of many digits": lambda: rows(f'<row r="{"9" * 6000}"><c><v>1</v></c></row>'),
    "a row again": lambda: rows(row(3, "C8", "Eva", "coach") + row(3, "C7", "Eva", "coach")),
    "no row": lambda: rows('<row r="x"/>'),
    "a text that is not there": lambda: rows(row(2, '<c t="s"><v>7</v></c>')),
    "a text before all": lambda: rows(row(2, '<c t="s"><v>-1</v></c>')),
    "no number": lambda: rows(row(2, "C9", "<c><v>abc</v></c>", "coach")),
    "not a number": lambda: rows(row(2, "C9", "<c><v>NaN</v></c>", "coach")),
    "no style": lambda: rows(row(2, "C9", '<c s="7"><v>1</v></c>', "coach")),
    "an unknown type": lambda: rows(row(2, "C9", '<c t="\u202e"><v>1</v></c>', "coach")),
    "a cell of many columns": lambda: roomy(
        SHEET, sheet(f"{HEAD}<row r='2'>{'<c><v>1</v></c>' * 200_000}</row>")
    ),
    "no number of a format": lambda: changed(
        STYLES, '<styleSheet><numFmts><numFmt numFmtId="x"/></numFmts></styleSheet>'
    ),
    "another dialect": lambda: packed(
        {
            name: str(part).replace("schemas.openxmlformats.org", "purl.oclc.org/ooxml")
            for name, part in ONE.items()
        }
    ),
    "a sheet listed twice": lambda: changed(
        "xl/workbook.xml",
        str(ONE["xl/workbook.xml"]).replace(
            "</sheets>", '<sheet name="B" sheetId="2" r:id="r1"/></sheets>'
        ),
    ),
    "a style named and not there": lambda: changed(
        STYLES,
        f"<styleSheet xmlns='{MAIN}'><cellStyles><cellStyle name='x' xfId='7'/></cellStyles>"
        "</styleSheet>",
    ),
    "a format without end": lambda: changed(
        STYLES,
        str(ONE[STYLES]).replace("<numFmts>", f'<numFmts><numFmt formatCode="{"[" * 999}"/>'),
    ),
    "a password without end": lambda: changed(
        SHEET,
        sheet(HEAD).replace("</work", f'<sheetProtection password="{"x" * 200_000}"/></work'),
    ),
    "more styles than can be": lambda: roomy(
        STYLES, f"<styleSheet xmlns='{MAIN}'><fonts>{'<font/>' * 400_000}</fonts></styleSheet>"
    ),
    "a text that steers": lambda: rows(row(2, "C9", "_x001B_]0;x_x0007_", "coach")),
    "a text that turns": lambda: rows(row(2, "C9", "a\u202eb", "coach")),
    "texts torn": lambda: changed(STRINGS, "<sst><si><t>x"),
}


def refused(desk: Desk, content: bytes) -> list[str]:
    """Return the lines that say why a workbook is refused; nothing is changed."""
    path = desk.folder / "bok.xlsx"
    path.write_bytes(content)
    before = desk.everything()
    try:
        report = import_files(desk.register, [path], now=NOW)
    except InputError as error:
        lines = [str(error)]
    else:
        lines = told(report)
    assert desk.everything() == before
    assert all(line.isprintable() and len(line) < 300 for line in lines)
    return lines


WHY = {  # where it is not that the workbook is damaged
    "encrypted or old": "låst med lösenord eller sparad i ett äldre format",
    "a bomb": "orimligt stor",
    "a size of four gigabytes": "orimligt stor",
    "a size too large": "orimligt stor",
    "twice the same part": "två delar med samma namn",
    "too many parts": "fler än 1 000 delar",
    "laughs": "skriven på ett annat sätt",
    "an entity": "skriven på ett annat sätt",
    "an entity from outside": "skriven på ett annat sätt",
    "more styles than can be": "orimligt stor",
    "packed in another way": "packad på ett annat sätt",
    "a tag without end": "skriven på ett annat sätt",
    "a format without end": "skriven på ett annat sätt",
    "a password without end": "skriven på ett annat sätt",
    "an unknown type": "inget värde som går att läsa",
    "a cell without end": "Cellen är längre än 100 000 tecken",
    "far to the right": "till höger om den 1 000:e kolumnen",
    "a cell of many columns": "till höger om den 1 000:e kolumnen",
    "a text that steers": "otillåtet tecken (U+001B)",
    "a text that turns": "otillåtet tecken (U+202E)",
}


@pytest.mark.parametrize("kind", BOOKS)
def test_odd_workbooks(desk: Desk, capfd: pytest.CaptureFixture[str], kind: str) -> None:
    (line,) = refused(desk, BOOKS[kind]())
    assert capfd.readouterr() == ("", "")
    assert line.startswith("bok.xlsx")
    assert WHY.get(kind, "skadad") in line


def test_the_workbook_that_the_odd_ones_are_made_of_is_sound(desk: Desk) -> None:
    (desk.folder / "bok.xlsx").write_bytes(WHOLE)
    assert told(import_files(desk.register, [desk.folder / "bok.xlsx"], now=NOW)) == []


def roomy(name: str, content: str) -> bytes:
    """Return a workbook that is a small file no more, so that all of it is read."""
    return packed({**ONE, "docProps/x.bin": os.urandom(200_000), name: content})


SHARED = '<c t="s"><v>0</v></c>'
LARGE: dict[str, Callable[[], bytes]] = {  # what another reader makes an array, or many texts, of
    "two corners": lambda: rows(row(1 << 20, "C8", "Eva", "coach")),
    "a long text again and again": lambda: packed(
        {
            **ONE,
            STRINGS: f"<sst xmlns='{MAIN}'><si><t>_x000D_{'x' * 32_000}</t></si></sst>",
            SHEET: sheet(HEAD + "".join(row(n, *[SHARED] * 3) for n in range(2, 10_000))),
        }
    ),
    "elements in each other": lambda: roomy(
        SHEET, sheet(HEAD + "<x>" * 100_000 + "</x>" * 100_000)
    ),
    "rows of nothing": lambda: roomy(SHEET, sheet(HEAD + "<row><c/></row>" * 100_000)),
}
READ = """
import resource, sys, pathlib
from finsam_tui.exchange.finding import find
from finsam_tui.exchange.reading import open_sheet
from finsam_tui.exchange.tables import tables
table = next(table for table in tables() if table.name == "medarbetare")
used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + int(sys.argv[2]),) * 2)
found, _ = find([pathlib.Path(sys.argv[1])], ignore_unknown=False)
sheet = open_sheet(found["medarbetare"], table, ignore_unknown=False)
print(sum(len(chunk.rows) for chunk in sheet.chunks()))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the limit counts from what is in use")
@pytest.mark.parametrize("kind", LARGE)
def test_memory_does_not_grow_with_what_a_workbook_unpacks_to(desk: Desk, kind: str) -> None:
    path = desk.folder / "bok.xlsx"
    path.write_bytes(LARGE[kind]())
    arguments = [sys.executable, "-c", READ, str(path), str(MEMORY)]
    done = subprocess.run(arguments, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


LINKS: dict[str, Callable[[Desk], object]] = {
    "to itself": lambda desk: (desk.folder / "bok.xlsx").symlink_to("bok.xlsx"),
    "to a device": lambda desk: (desk.folder / "bok.xlsx").symlink_to("/dev/zero"),
    "to nothing": lambda desk: (desk.folder / "bok.xlsx").symlink_to("finns/inte"),
    "a pipe": lambda desk: os.mkfifo(desk.folder / "bok.xlsx"),
}


@pytest.mark.parametrize("odd", LINKS)
def test_odd_places(desk: Desk, odd: str) -> None:
    LINKS[odd](desk)
    with pytest.raises(InputError, match=r"bok\.xlsx (finns inte|är ingen vanlig fil)"):
        import_files(desk.register, [desk.folder / "bok.xlsx"], now=NOW)


@pytest.mark.parametrize("escape", ["_x0000_Fel", "_xD83D_"])
def test_what_no_text_can_hold_stays_escaped(desk: Desk, escape: str) -> None:
    (desk.folder / "bok.xlsx").write_bytes(rows(row(2, "C9", text(escape), "coach")))
    assert told(import_files(desk.register, [desk.folder / "bok.xlsx"], now=NOW)) == []
    assert desk.one("SELECT name FROM staff") == escape


def test_names_of_sheets_cannot_steer_a_terminal(desk: Desk) -> None:
    (line,) = refused(desk, packed(parts({"\u202emedarbetare\u2066": HEAD})))
    assert "\ufffd" in line


def test_what_else_a_workbook_holds_is_not_looked_at(desk: Desk) -> None:
    more: dict[str, str | bytes] = {
        "xl/vbaProject.bin": OLE,
        "xl/externalLinks/externalLink1.xml": "<x",
        "docProps/app.xml": "<",
    }
    relations = str(ONE["xl/_rels/workbook.xml.rels"]).replace(
        "</Rel",
        '<Relationship Id="e" Type="x/externalLinkPath" TargetMode="External"'
        ' Target="file:///etc/passwd"/></Rel',
    )
    path = desk.folder / "bok.xlsx"
    path.write_bytes(packed({**ONE, **more, "xl/_rels/workbook.xml.rels": relations}))
    assert told(import_files(desk.register, [path], now=NOW)) == []
    assert desk.one("SELECT name FROM staff") == "Eva"


@settings(max_examples=150)
@given(part=st.sampled_from(["", *ONE]), place=st.integers(0, 1 << 12), to=st.binary(max_size=3))
def test_whatever_is_changed_it_is_read_or_told(
    tmp_path_factory: pytest.TempPathFactory, part: str, place: int, to: bytes
) -> None:
    old = ONE[part] if part else WHOLE
    content = old.encode() if isinstance(old, str) else old
    place %= len(content)
    new = content[:place] + to + content[place + 1 :]
    path = tmp_path_factory.getbasetemp() / "bok.xlsx"
    path.write_bytes(packed({**ONE, part: new}) if part else new)
    with suppress(InputError, Unreadable):
        found, _ = find([path], ignore_unknown=True)
        opened = open_sheet(found["medarbetare"], STAFF, ignore_unknown=True)
        assert sum(len(chunk.rows) + len(chunk.faults) for chunk in opened.chunks()) <= 2


def test_another_coding_is_read_as_what_it_is(desk: Desk) -> None:
    path = desk.folder / "bok.xlsx"
    path.write_bytes(changed(SHEET, str(ONE[SHEET]).replace("Eva", "Åsa").encode("utf-16")))
    assert told(import_files(desk.register, [path], now=NOW)) == []
    assert desk.one("SELECT name FROM staff") == "Åsa"
