"""Files made to break the reader, or to reach past it: refused in a line, nothing changed."""

from __future__ import annotations

import io
import os
import zipfile
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from finsam_tui.errors import InputError
from tests.exchange.conftest import ONE, told

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.exchange.conftest import Desk

HEAD = b"medarbetare_id;namn;roll\n"
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha">'
    + b"".join(
        b'<!ENTITY %c "%s">' % (after, b"&%c;" % before * 10)
        for before, after in zip(b"abcdefghi", b"bcdefghij", strict=True)
    )
    + b']><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b"<sheetData><row><c><v>&j;</v></c></row></sheetData></worksheet>"
)
OUTSIDE = b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet>&x;</worksheet>'
ROWS = b"<worksheet><sheetData>" + b"<row><c/></row>" * 100_000 + b"</sheetData></worksheet>"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096)  # how an encrypted or old workbook begins


def workbook(names: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with closing(zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)) as book:
        for name, content in names.items():
            book.writestr(name, content)
    return file.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
BOOKS: dict[str, bytes] = {
    "bomb": workbook({SHEET: bytes(200_000_000)}),
    "laughs": workbook({SHEET: LAUGHS}),
    "entity": workbook({SHEET: OUTSIDE}),
    "macro": workbook({"xl/vbaProject.bin": OLE, SHEET: ROWS}),
    "rows": workbook({SHEET: ROWS}),
    "columns": workbook({SHEET: b"<worksheet><row>" + b"<c/>" * 1_000_000 + b"</row></worksheet>"}),
    "paths": workbook({"../../../tmp/ut.xml": ROWS, "/etc/passwd": b"x"}),
    "torn": workbook({SHEET: ROWS})[:500],
    "encrypted": OLE,
}


def refused(desk: Desk) -> list[str]:
    """Return the lines that say why the files of the desk are refused; nothing is changed."""
    before = desk.everything()
    try:
        report = desk.load()
    except InputError as error:
        lines = [str(error)]
    else:
        assert report.faults.count > 0
        lines = told(report)
    assert desk.everything() == before
    assert all(line.isprintable() and len(line) < 500 for line in lines)
    return lines


@pytest.mark.parametrize("kind", BOOKS)
def test_a_workbook_in_disguise_is_no_text(desk: Desk, kind: str) -> None:
    desk.write({"medarbetare": BOOKS[kind]})
    (line,) = refused(desk)
    assert "inte text" in line


PEOPLE = b"deltagare_id;registrering;personnummer;f\xc3\xb6delsedatum;k\xc3\xb6n\n"
ODD: dict[str, tuple[str, bytes]] = {
    "a cell of ten megabytes": ("medarbetare", HEAD + b'C1;"' + b"x\n" * 5_000_000 + b'";coach\n'),
    "noughts": ("medarbetare", HEAD + bytes(3_000_000)),
    "utf-16": ("medarbetare", HEAD.decode().encode("utf-16")),
    "utf-32": ("medarbetare", HEAD.decode().encode("utf-32")),
    "two codings": ("medarbetare", HEAD + b"C1;\xc3\xa5sa;coach\nC2;\xe5sa;coach\n"),
    "half a pair": ("medarbetare", HEAD + b"C1;\xed\xa0\x80\x81;coach\n"),
    "a mark alone": ("medarbetare", b"\xef\xbb\xbf"),
    "xml": ("medarbetare", LAUGHS),
    "no heading": ("medarbetare", b"C1;Anna;coach"),
    "more cells": ("medarbetare", HEAD + b"C1;Anna;coach" + b";x" * 100_000 + b"\n"),
    "quotes": ("medarbetare", HEAD + b'"' * 99_999 + b"\n"),
    "a control character": ("medarbetare", HEAD + b"C1;\x1b]52;c;aaa\x07;coach\n"),
    "digits for a date": ("deltagare", PEOPLE + b"D1;person;;" + b"9" * 90_000 + b";man\n"),
    "digits for a number": ("kommuner", b"kod;namn;andel\n1;Kumla;" + b"9" * 90_000 + b"\n"),
    "digits for a person": ("deltagare", PEOPLE + b"D1;person;" + b"1" * 90_000 + b";;man\n"),
    "a million answers": (
        "våld",
        b"inskrivning_id;datum;status;instrument;svar\nI1;2023-02-01;besvarat;vald-7;"
        + b"1:ja|" * 19_000
        + b"\n",
    ),
    "livelihoods without end": (
        "lägen",
        "inskrivning_id;tillfälle;datum;försörjning;sysselsättning\n".encode()
        + b"I1;start;2023-02-01;"
        + b"x|" * 49_000
        + b";"
        + b"studier:1|" * 9_000
        + b"x\n",
    ),
    "dates of no calendar": ("deltagare", PEOPLE + b"D1;person;;0000-00-00;man\n"),
    "digits of another script": (
        "deltagare",
        PEOPLE + "D1;person;;\u0662\u0660\u0662\u0664-\u0660\u0661-01;man\n".encode(),
    ),
}


@pytest.mark.parametrize("odd", ODD)
def test_odd_tables(one: Desk, odd: str) -> None:
    name, content = ODD[odd]
    one.write({name: content})
    assert refused(one)


LINKS: dict[str, Callable[[Desk], object]] = {
    "to itself": lambda desk: (desk.folder / "ors.csv").symlink_to("ors.csv"),
    "to a device": lambda desk: (desk.folder / "ors.csv").symlink_to("/dev/zero"),
    "to nothing": lambda desk: (desk.folder / "ors.csv").symlink_to("finns/inte"),
    "a pipe": lambda desk: os.mkfifo(desk.folder / "ors.csv"),
    "a folder": lambda desk: (desk.folder / "ors.csv").mkdir(),
}


@pytest.mark.parametrize("odd", LINKS)
def test_odd_places(desk: Desk, odd: str) -> None:
    LINKS[odd](desk)
    assert refused(desk)


def test_a_name_of_a_file_cannot_steer_a_terminal(one: Desk) -> None:
    one.write(dict(ONE))
    (one.folder / "\x1b]0;TITEL\x07\u202e.csv").write_bytes(HEAD)
    (line,) = refused(one)
    assert "\ufffd" in line


def test_letters_spelled_too_long_are_not_what_they_hide(one: Desk) -> None:
    one.take(medarbetare=HEAD + b"C9;\xc0\xaf\xc0\xbc;coach\n")
    assert one.rows("SELECT name FROM staff WHERE id = 'C9'") == [("À¯À¼",)]


def test_a_mac_of_old_ends_its_lines_with_a_return(one: Desk) -> None:
    one.take(medarbetare=HEAD.replace(b"\n", b"\r") + b"C9;Anna;coach\r")
    assert one.rows("SELECT name FROM staff WHERE id = 'C9'") == [("Anna",)]
