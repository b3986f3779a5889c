"""Every way a CSV file can be written, and every way it can be broken."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

import pytest

from finsam_tui.exchange.csv_file import CsvFile
from finsam_tui.exchange.reading import Unreadable, open_sheet
from finsam_tui.exchange.tables import tables

if TYPE_CHECKING:
    from pathlib import Path

    from finsam_tui.exchange import reading

TEXT = "kod;namn;andel\n1881;Kumla;40,5\n1860;Laxå;10\n"


def sheet(path: Path, *, ignore_unknown: bool = False) -> reading.Sheet:
    table = next(table for table in tables() if table.name == "kommuner")
    return open_sheet(CsvFile(path), table, ignore_unknown=ignore_unknown)


def read(tmp_path: Path, contents: str | bytes, *, size: int = 2) -> list[tuple[str, ...]]:
    """Return the rows as (row number, cells…); fails at any fault."""
    path = tmp_path / "kommuner.csv"
    path.write_bytes(contents if isinstance(contents, bytes) else contents.encode())
    rows: list[tuple[str, ...]] = []
    for chunk in sheet(path).chunks(size):
        assert chunk.faults == []
        if chunk.rows:
            cells = zip(*chunk.cells, strict=True)
            rows += [(str(n), *c) for n, c in zip(chunk.rows, cells, strict=True)]
    return rows


def faults(tmp_path: Path, contents: str | bytes, *, ignore_unknown: bool = False) -> list[str]:
    """Return the faults told of a file."""
    path = tmp_path / "kommuner.csv"
    path.write_bytes(contents if isinstance(contents, bytes) else contents.encode())
    try:
        opened = sheet(path, ignore_unknown=ignore_unknown)
    except Unreadable as error:
        return [str(fault) for fault in error.faults]
    return [str(fault) for chunk in opened.chunks() for fault in chunk.faults]


EXPECTED = [("2", "1881", "Kumla", "40,5"), ("3", "1860", "Laxå", "10")]


@pytest.mark.parametrize(
    "contents",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("cp1252"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        TEXT.replace(",", ".").replace(";", ",").replace("40.5", '"40,5"').encode(),
        TEXT.replace(";", "\t").encode(),
        TEXT.rstrip().encode(),
        TEXT.replace("kod;namn", '"Kod";  NAMN ').encode(),
        TEXT.replace("\n", ";\n").encode(),
    ],
    ids=[
        *("UTF-8", "BOM", "Windows-1252", "CRLF", "CR", "comma", "tab", "no last line break"),
        *("quoted and capital headings", "an empty last column"),
    ],
)
def test_codings_delimiters_and_line_ends_are_found_out(tmp_path: Path, contents: bytes) -> None:
    assert read(tmp_path, contents) == EXPECTED


def test_columns_come_in_any_order_and_accents_are_nothing(tmp_path: Path) -> None:
    table = next(table for table in tables() if table.name == "deltagare")
    path = tmp_path / "deltagare.csv"
    path.write_text("KON;FODELSEDATUM;Deltagare_ID;registrering\nkvinna;1990-01-01;D1;person\n")
    opened = open_sheet(CsvFile(path), table, ignore_unknown=False)
    assert [column.heading for column in opened.columns] == [
        *("kön", "födelsedatum", "deltagare_id", "registrering")
    ]


def test_quotes_hold_delimiters_quotes_and_line_breaks(tmp_path: Path) -> None:
    rows = read(tmp_path, 'kod;namn\n1;"a;b"\n2;"a""b"\n3;"a\r\nb"\n4;a"b\n')
    assert rows == [("2", "1", "a;b"), ("3", "2", 'a"b'), ("4", "3", "a\r\nb"), ("5", "4", 'a"b')]


def test_empty_rows_are_passed_over_and_counted(tmp_path: Path) -> None:
    assert read(tmp_path, "kod;namn\n\n1;Kumla\n;\n  ; \n2;Laxå\n\n") == [
        ("3", "1", "Kumla"),
        ("6", "2", "Laxå"),
    ]


def test_headings_alone_are_a_table_without_rows(tmp_path: Path) -> None:
    assert read(tmp_path, "kod;namn\n") == []


@pytest.mark.parametrize(
    ("contents", "told"),
    [
        ("", "kommuner.csv: Filen är tom; den första raden ska vara rubriker."),
        ("\n1;2\n", "kommuner.csv: Filen är tom; den första raden ska vara rubriker."),
        (
            "kod;nam\n1;2\n",
            (
                "kommuner.csv rad 1: Okänd kolumn ”nam”. Menades namn? "
                "--ignore-unknown hoppar över okända kolumner."
            ),
        ),
        (
            "1881;Kumla;40\n1860;Laxå;10\n",
            (
                "kommuner.csv rad 1: Den första raden är inga rubriker; "
                "skriv dem överst: kod, namn, andel."
            ),
        ),
        ("kod;andel\n1;2\n", "kommuner.csv rad 1: Kolumner saknas: namn."),
        (
            '"kod" x;namn\n1;2\n',
            (
                "kommuner.csv rad 1: Citattecknen går inte ihop; "
                "raden och resten av filen kan inte läsas."
            ),
        ),
        ("kod;namn;Namn\n1;2;3\n", "kommuner.csv rad 1: Rubriken ”namn” finns två gånger."),
        ("kod;;namn\n1;2;3\n", "kommuner.csv rad 1: Kolumn 2 har ingen rubrik."),
        ("kod;namn\n1;2\n3\n", "kommuner.csv rad 3: Raden har 1 celler, men det finns 2 rubriker."),
        (
            "kod;namn\n1;2;3\n",
            "kommuner.csv rad 2: Raden har 3 celler, men det finns 2 rubriker.",
        ),
        (
            'kod;namn\n1;2\n3;"abc\n4;5\n',
            (
                "kommuner.csv rad 3: Citattecknen går inte ihop; "
                "raden och resten av filen kan inte läsas."
            ),
        ),
        (
            'kod;namn\n1;"a"b\n',
            (
                "kommuner.csv rad 2: Citattecknen går inte ihop; "
                "raden och resten av filen kan inte läsas."
            ),
        ),
        (
            "kod;namn\n1;Kumla\n2;La\0xå\n",
            "kommuner.csv rad 3: Filen är inte text i UTF-8; spara om den som CSV UTF-8.",
        ),
        (
            TEXT.encode("utf-16"),
            "kommuner.csv rad 1: Filen är inte text i UTF-8; spara om den som CSV UTF-8.",
        ),
        (
            TEXT.encode() + "3;Örebro;\n".encode("cp1252"),
            (
                "kommuner.csv: Filen är varken UTF-8 eller Windows-1252 rakt igenom; "
                "spara om den som UTF-8."
            ),
        ),
        (
            b"kod;namn\n1;a\x81b\n",
            (
                "kommuner.csv: Filen är varken UTF-8 eller Windows-1252 rakt igenom; "
                "spara om den som UTF-8."
            ),
        ),
        (
            "kod;namn\n1;" + "a" * 100_001 + "\n",
            "kommuner.csv rad 2: En cell är längre än 100 000 tecken; saknas ett citattecken?",
        ),
    ],
)
def test_a_broken_file_is_told_by_its_line(
    tmp_path: Path, contents: str | bytes, told: str
) -> None:
    assert told in faults(tmp_path, contents)


def test_a_line_without_end_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    assert faults(tmp_path, b"kod;namn\n1;" + b"a" * 3_000_000) == [
        "kommuner.csv rad 2: Raden är för lång för att vara CSV."
    ]


def test_rows_before_a_broken_one_are_read(tmp_path: Path) -> None:
    path = tmp_path / "kommuner.csv"
    path.write_text('kod;namn\n1;a\n2;b\n3;"c\n')
    chunks = list(sheet(path).chunks(2))
    assert [chunk.rows for chunk in chunks] == [[2, 3], []]
    assert [fault.row for chunk in chunks for fault in chunk.faults] == [4]


def test_unknown_columns_can_be_ignored_but_not_missing_ones(tmp_path: Path) -> None:
    assert faults(tmp_path, "kod;namn;x;y\n1;2;3;4\n", ignore_unknown=True) == []
    assert faults(tmp_path, "kod;x;y\n1;2;3\n", ignore_unknown=True) == [
        "kommuner.csv rad 1: Kolumner saknas: namn."
    ]


def test_an_unknown_heading_is_not_repeated_at_length(tmp_path: Path) -> None:
    (told, *_) = faults(tmp_path, "kod;namn;" + "x" * 500 + "\n1;2;3\n")
    assert len(told) < 200
