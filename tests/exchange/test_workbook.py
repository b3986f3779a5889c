"""A workbook is read as the same tables in CSV files would be; what its cells lack is told."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation

from finsam_tui.errors import InputError
from finsam_tui.exchange.importing import import_files
from tests.exchange.books import (
    MAIN,
    SHEET,
    figure,
    of_csv,
    of_folder,
    packed,
    parts,
    row,
    text,
    written,
)
from tests.exchange.conftest import NOW, ONE, SYDNARKE, Desk, told
from tests.register import empty_register

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from finsam_tui.exchange.importing import Report

PEOPLE: list[object] = [
    "deltagare_id",
    "registrering",
    "personnummer",
    "födelsedatum",
    "kön",
    "kommun",
]
NOUGHTS = "Excel har gjort ett tal av det, och då faller nollor i början bort"


def load(desk: Desk, content: bytes, *, dry_run: bool = False, ignore: bool = False) -> Report:
    path = desk.folder / "bok.xlsx"
    path.write_bytes(content)
    return import_files(desk.register, [path], now=NOW, dry_run=dry_run, ignore_unknown=ignore)


def refused(desk: Desk, content: bytes) -> str:
    """Return why a workbook is refused before anything of it is read."""
    before = desk.everything()
    with pytest.raises(InputError) as error:
        load(desk, content)
    assert desk.everything() == before
    return str(error.value)


def faults(desk: Desk, content: bytes) -> list[str]:
    """Return the faults of a workbook's cells; nothing is changed."""
    before = desk.everything()
    report = load(desk, content)
    assert desk.everything() == before
    return told(report)


def data(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows of all tables but the log, which tells when."""
    return {
        n: rows
        for n, rows in desk.everything().items()
        if n != "seal" and not n.startswith("audit")
    }


def test_a_workbook_gives_the_same_register_as_a_folder(desk: Desk, tmp_path: Path) -> None:
    import_files(desk.register, [SYDNARKE], now=NOW)
    (tmp_path / "andra").mkdir()
    with empty_register(tmp_path / "andra.db", user="anna") as register:
        other = Desk(register, tmp_path / "andra")
        assert told(load(other, written(of_folder(SYDNARKE)))) == []
        assert data(other) == data(desk)


def test_a_second_import_and_a_dry_run_change_nothing(one: Desk) -> None:
    before = one.everything()
    book = written(of_csv(ONE))
    report = load(one, book)
    assert [(t.new, t.changed, t.unchanged) for t in report.tallies] == [(0, 0, 1)] * 5
    more = written(of_csv({"medarbetare": "medarbetare_id;namn;roll\nC2;Eva;coach\n"}))
    assert [t.new for t in load(one, more, dry_run=True).tallies] == [1]
    assert one.everything() == before


def test_cells_of_every_type_are_what_they_show(desk: Desk) -> None:
    desk.take({**ONE, "kommuner": "kod;namn\n1881;Kumla\n0114;Väsby\n"})
    head: list[object] = [
        "inskrivning_id",
        "deltagare_id",
        "insats_id",
        "start",
        "slut",
        "förstärkt_samarbete",
    ]
    extended: list[object] = ["inskrivning_id", "tid", "text"]
    scores: list[object] = [
        "inskrivning_id",
        "tillfälle",
        "datum",
        "individuellt",
        "nära",
        "socialt",
        "allmänt",
    ]
    book: dict[str, list[list[object]]] = {
        "Deltagare": [
            PEOPLE,
            ["D7", "person", 199207179871, None, "man", 1881],
            ["D8", "anonym", None, None, "kvinna", "0114"],
        ],
        "INSKRIVNINGAR": [head, ["I7", "D7", "SAM", date(2023, 2, 1), datetime(2023, 9, 30), True]],
        "anteckningar": [extended, ["I7", datetime(2023, 2, 2, 9, 5), 2.50]],
        "Ors": [scores, ["I7", "start", "2023-02-01", 1.1 + 2.2, 5, 6.0, "7,3"]],
    }
    assert told(load(desk, written(book))) == []
    assert desk.rows("SELECT personal_id, municipality FROM participant WHERE id > 1") == [
        ("199207179871", "1881"),
        (None, "0114"),
    ]
    assert desk.rows("SELECT start_date, end_date FROM enrolment WHERE ref = 'I7'") == [
        ("2023-02-01", "2023-09-30")
    ]
    assert desk.rows("SELECT at, text FROM note") == [("2023-02-02T09:05", "2,5")]
    assert desk.rows("SELECT individually, overall FROM ors") == [(3.3, 7.3)]


@pytest.mark.parametrize(
    ("format_", "value", "read"),
    [
        ("General", "1.0", "1"),
        ("General", "0.30000000000000004", "0,3"),
        ("General", "1.98001012389E11", "198001012389"),
        ("General", "1E-3", "0,001"),
        ("General", "-0.0", "0"),
        ("0", "2.5", "2,5"),
        ("0.0%", "0.145", "14,5"),
        ("[Red]0%", "1", "100"),
        ("0000", "114", "0114"),
        ('"kr" 0', "114", "114"),
        ("000000\\-0000", "101012384", "010101-2384"),
        ("000000-0000", "199001012384", "19900101-2384"),
        ("yyyy\\-mm\\-dd", "45352", "2024-03-01"),
        ("[$-41D]d mmmm yyyy;@", "45352", "2024-03-01"),
        ("yyyy-mm-dd hh:mm", "45352.41666666667", "2024-03-01 10:00"),
        ("mmm", "45352", "2024-03-01"),
        ("hh:mm", "0.4166666", "10:00"),
        ("[h]:mm", "1.5", "36:00"),
        ('0 "dagar"', "5", "5"),
        ("yyyy-mm-dd", "1", "1900-01-01"),
        ("yyyy-mm-dd", "61", "1900-03-01"),
    ],
)
def test_figures_are_read_as_they_are_shown(
    desk: Desk, format_: str, value: str, read: str
) -> None:
    rows = row(1, "medarbetare_id", "namn", "roll") + row(2, "C1", figure(value, 1), "coach")
    load(desk, packed(parts({"medarbetare": rows}, formats=[format_])))
    assert desk.one("SELECT name FROM staff") == read


def test_dates_of_an_old_mac_are_counted_from_1904(one: Desk) -> None:
    rows = row(1, "inskrivning_id", "datum", "mål") + row(2, "I1", figure("43890", 1), "Jobb")
    book = parts({"planer": rows}, formats=["d/m/yy"], settings='date1904="1"')
    assert told(load(one, packed(book))) == []
    assert one.one("SELECT date FROM plan") == "2024-03-01"


def test_dates_may_be_written_out(one: Desk) -> None:
    days = ["2024-03-01", "2024-03-02T00:00:00", "2024-03-03T00:00:00.000", "2024-03-04T00:00:00Z"]
    cells = [f'<c t="d"><v>{day}</v></c>' for day in days]
    rows = row(1, "inskrivning_id", "datum", "mål")
    rows += "".join(row(n, "I1", cell, "Jobb") for n, cell in enumerate(cells, start=2))
    assert told(load(one, packed(parts({"planer": rows})))) == []
    assert one.rows("SELECT date FROM plan ORDER BY date") == [(day[:10],) for day in days]


def test_texts_are_put_together_from_their_runs_and_escapes(desk: Desk) -> None:
    shared = (
        "<si><r><t>An</t></r><r><rPr/><t>na</t></r><rPh sb='0' eb='2'><t>アンナ</t></rPh></si>",
        "<si><t>medarbetare_id</t></si>",
    )
    rows = row(1, '<c t="s"><v>1</v></c>', "namn", "roll")
    rows += row(2, "C1", '<c t="s"><v>0</v></c>', "coach")
    rows += row(3, "C2", '<c t="str"><f>"E"&amp;"va"</f><v>Eva</v></c>', "coach")
    rows += row(4, "C3", text("Ada_x005F_x0042_"), "coach")
    load(desk, packed(parts({"medarbetare": rows}, strings=shared)))
    assert desk.rows("SELECT name FROM staff ORDER BY id") == [("Anna",), ("Eva",), ("Ada_x0042_",)]


def test_rows_and_cells_may_be_left_out(desk: Desk) -> None:
    rows = row(1, "medarbetare_id", "namn", "roll", "", "")
    rows += '<row r="5"><c r="C5" t="inlineStr"><is><t>coach</t></is></c>'
    rows += '<c r="A5"><v>7</v></c><c r="B5" t="inlineStr"><is><t>Eva</t></is></c></row>'
    rows += row(9, '<c s="0"/>') + '<row r="1048576"/>'
    assert told(load(desk, packed(parts({"medarbetare": rows})))) == []
    assert desk.rows("SELECT id, name, role FROM staff") == [("7", "Eva", "coach")]


def test_prefixes_before_every_name_are_nothing(desk: Desk) -> None:
    sheet = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row><x:c t="inlineStr"><x:is>'
        "<x:t>namn</x:t></x:is></x:c></x:row><x:row><x:c t='str'><x:v>Sydnärke</x:v></x:c></x:row>"
        "</x:sheetData></x:worksheet>"
    )
    load(desk, packed({**parts({"förbund": ""}), SHEET: sheet}))
    assert desk.one("SELECT name FROM association") == "Sydnärke"


CELLS: dict[str, tuple[str, str, str]] = {
    "an error": ("kön", '<c t="e"><v>#N/A</v></c>', "Cellen visar felet #SAKNAS!; rätta formeln"),
    "an error of its own": ("kön", '<c t="e"><v>\u202e</v></c>', "Cellen visar ett fel; rätta"),
    "a formula not worked out": ("kön", "<c><f>1+1</f><v></v></c>", "inget uträknat värde"),
    "beyond numbers": ("kommun", "<c><v>1e999</v></c>", "inget värde som går att läsa"),
    "a code without its nought": ("kommun", figure("114"), NOUGHTS),
    "a phone number": ("telefon", figure("701740600"), NOUGHTS),
    "a personal number": ("personnummer", figure("101012384"), NOUGHTS),
    "a day as a number": ("födelsedatum", figure("32874"), "visas inte som ett datum"),
    "a day before all": ("födelsedatum", figure("-5", 1), "ett datum som inte finns"),
    "a day after all": ("födelsedatum", figure("99999999", 1), "ett datum som inte finns"),
    "a figure made a date": ("tolk", figure("45352", 1), "datum. Välj ett av"),
}


@pytest.mark.parametrize("kind", CELLS)
def test_a_cell_without_a_value_is_told_with_its_sheet(one: Desk, kind: str) -> None:
    heading, cell, message = CELLS[kind]
    rest = {"deltagare_id": "D7", "registrering": "person", "kön": "man"}
    rest |= {"födelsedatum": "1990-01-01", heading: cell}
    rows = row(1, *rest) + row(3, *rest.values())
    (line,) = faults(one, packed(parts({"deltagare": rows}, formats=["yyyy-mm-dd"])))
    assert line.startswith(f"bok.xlsx blad deltagare rad 3, {heading}: ")
    assert message in line


def test_an_error_in_an_id_is_told_once(one: Desk) -> None:
    heads = row(1, "deltagare_id", "registrering", "kön", "födelsedatum")
    rows = heads + row(2, '<c t="e"><v>#REF!</v></c>', "person", "man", "1990-01-01")
    (line,) = faults(one, packed(parts({"deltagare": rows})))
    assert "#REFERENS!" in line


SHEETS: dict[str, tuple[Mapping[str, str], str]] = {
    "empty": ({"medarbetare": ""}, "bok.xlsx blad medarbetare: Bladet är tomt"),
    "a title above": (
        {"medarbetare": row(1, "Personal 2024") + row(2, "medarbetare_id", "namn", "roll")},
        "bok.xlsx blad medarbetare rad 1: Den första raden är inga rubriker",
    ),
    "an empty row above": (
        {"medarbetare": row(2, "medarbetare_id", "namn", "roll")},
        "bok.xlsx blad medarbetare rad 1: Den första raden är inga rubriker",
    ),
    "an error above": (
        {"medarbetare": row(1, "medarbetare_id", "namn", '<c t="e"><v>#NAME?</v></c>')},
        "bok.xlsx blad medarbetare rad 1: Cellen visar felet #NAMN?",
    ),
    "an unknown column": (
        {"medarbetare": row(1, "medarbetare_id", "namn", "roll", "lön")},
        "Okänd kolumn ”lon”",
    ),
    "something beside": (
        {"medarbetare": row(1, "medarbetare_id", "namn", "roll") + row(2, *"abcd")},
        "bok.xlsx blad medarbetare rad 2: Raden har 4 celler, men det finns 3 rubriker.",
    ),
}


@pytest.mark.parametrize("kind", SHEETS)
def test_a_sheet_that_is_no_table_is_told(desk: Desk, kind: str) -> None:
    sheets, message = SHEETS[kind]
    (line,) = faults(desk, packed(parts(sheets)))
    assert message in line


STAFF = of_csv({"medarbetare": "medarbetare_id;namn;roll\nC1;Karin;coach\n"})


def test_unknown_sheets_are_refused_or_passed_over(desk: Desk) -> None:
    book = written({**STAFF, "Xyz": [["x"]], "deltagere": [["x"]]})
    assert refused(desk, book) == (
        "bok.xlsx blad Xyz är ingen tabell i formatet. "
        "--ignore-unknown hoppar över okända filer och blad."
    )
    report = load(desk, book, ignore=True)
    assert report.passed == ["bok.xlsx blad Xyz", "bok.xlsx blad deltagere"]
    assert "menades deltagare?" in refused(desk, written({"deltagere": [["x"]]}))


def test_empty_and_hidden_sheets_that_are_no_tables_are_passed_over(desk: Desk) -> None:
    rows = row(1, "medarbetare_id", "namn", "roll") + row(2, "C1", "Karin", "coach")
    sheets = {"medarbetare": rows, "Blad2": "", "Listor": row(1, "coach")}
    report = load(desk, packed(parts(sheets, states={"Listor": "veryHidden"})))
    assert report.passed == ["bok.xlsx blad Blad2", "bok.xlsx blad Listor"]
    assert desk.one("SELECT count(*) FROM staff") == 1


def test_what_else_a_spreadsheet_puts_beside_the_cells_is_nothing(desk: Desk) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "medarbetare"
    sheet.append(["medarbetare_id", "namn", "roll"])
    sheet.append(["C1", "Karin", "coach"])
    sheet.append(["C2", "Eva"])
    sheet.merge_cells("C2:C3")
    sheet["B2"].comment = Comment("Ny", "anna")
    sheet["B3"].hyperlink = "https://example.org"
    sheet.auto_filter.ref = "A1:C3"
    sheet.protection.set_password("hemlig")
    sheet.add_data_validation(DataValidation(type="list", formula1='"coach"', sqref="C2:C9"))
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=1, min_row=1))
    book.create_chartsheet("Diagram").add_chart(chart)
    file = io.BytesIO()
    book.save(file)
    assert faults(desk, file.getvalue()) == [
        "bok.xlsx blad medarbetare rad 3, roll: tom cell. Roll måste anges."
    ]


def test_a_hidden_table_is_neither_read_nor_passed_over(desk: Desk) -> None:
    rows = row(1, "medarbetare_id", "namn", "roll")
    book = packed(parts({"medarbetare": rows}, states={"medarbetare": "hidden"}))
    assert refused(desk, book).endswith("är dolt; visa bladet, eller ta bort det.")


def test_a_table_twice_is_refused(desk: Desk) -> None:
    line = refused(desk, written({**STAFF, "MEDARBETARE ": STAFF["medarbetare"]}))
    assert line.startswith("tabellen medarbetare finns två gånger: ")
    desk.write({"medarbetare": "medarbetare_id;namn;roll\n"})
    (desk.folder / "bok.xlsx").write_bytes(written(STAFF))
    both = [desk.folder, desk.folder / "bok.xlsx"]
    with pytest.raises(InputError, match=r"medarbetare\.csv och .*bok\.xlsx blad medarbetare"):
        import_files(desk.register, both, now=NOW)


def test_a_workbook_without_a_table_is_refused(desk: Desk) -> None:
    assert "det finns ingen tabell att läsa in" in refused(desk, written({"Blad1": []}))
