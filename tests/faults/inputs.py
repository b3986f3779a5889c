"""Attacks at every way in: each field, typed and pasted, each cell of files and of workbooks.

What is let in is harmless to show, and is what was said to be let in; what is not is told in words
that are harmless, too.
"""

from __future__ import annotations

import csv
import io
import re
from contextlib import closing
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from finsam_tui.errors import FieldError
from finsam_tui.exchange.cells import Reader, Refusal
from finsam_tui.exchange.importing import import_files
from finsam_tui.exchange.tables import tables
from finsam_tui.forms.field import Context
from finsam_tui.prompts import questions
from finsam_tui.storage.register import Register
from finsam_tui.text import safe
from finsam_tui.tui.widgets.form_picture import Title, picture
from finsam_tui.tui.widgets.form_state import FormState
from tests.exchange import books
from tests.faults.attacks import attacks
from tests.faults.trials import Count
from tests.forms.verdicts import CODES, CONTEXT, every_field
from tests.register import KEY
from tests.test_verdicts import alone

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from random import Random

    from finsam_tui.exchange.importing import Report
    from finsam_tui.exchange.tables import Column, Table
    from finsam_tui.forms.codes import Codes
    from finsam_tui.forms.field import Field

    Rows = list[list[str]]

TYPED = ("text", "long_text")
NOW = datetime(2024, 12, 31, 12)
LINKS = {"participant_id": "D1", "referral_id": "A1", "enrolment_id": "I1"}
# What a row has besides its obligatory columns, for the rules to be content.
BESIDES = {
    "deltagare": {"registrering": "person", "födelsedatum": "1990-01-01"},
    "aktualiseringar": {"utfall": "rådgivning"},
    "inskrivningar": {"slut": "2024-06-30"},
    "ors": {"summa": "20"},
    "våld": {"status": "besvarat"},
    "uppföljningar": {"månader": "6", "utfall": "svarade"},
}
# And where it is this column that is attacked.
WHERE = {"varför": {"status": "ej tillfälle", "instrument": "", "hänvisad": ""}}
RULED = ("slag",)  # columns of text that the answers beside it rule
FIRST = {
    "kommuner": "kod;namn\nK1;Kumla\n",
    "insatser": "insats_id;namn;typ;uppföljning_månader\nSAM;Teamet;individ;6|18\n",
    "medarbetare": "medarbetare_id;namn;roll\nC1;Karin;coach\n",
    "deltagare": "deltagare_id;registrering;födelsedatum;kön\nD1;person;1980-01-01;kvinna\n",
    "aktualiseringar": "aktualisering_id;deltagare_id;insats_id;datum;part;utfall\n"
    "A1;D1;SAM;2022-12-01;Egen;start\n",
    "inskrivningar": "inskrivning_id;deltagare_id;insats_id;start;slut\n"
    "I1;D1;SAM;2023-01-01;2024-06-30\n",
}
# What XML cannot hold, or a spreadsheet would take for an escape.
_NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
AT_ONCE = 40  # rows of a file: as many as there are years
FEW = 40  # of the columns, for fewer attacks than that


def fields(_folder: Path, times: int, random: Random) -> Count:
    """Answer every field of every form with so many attacks."""
    count = Count()
    found = attacks(times, random)
    for form, field in every_field():
        for attack in found:
            count.tried += 1
            wrong = _answered(field, attack.text)
            count.lost += [f"{form}.{field.name} {each}" for each in wrong]
    count.more["fields"] = len(every_field())
    return count


def _answered(field: Field, raw: str) -> Iterator[str]:
    """Yield what is wrong with how an answer is taken: parsed, asked for in lines, pasted."""
    try:
        value = field.parse(raw, CONTEXT)
    except FieldError as error:
        said = str(error)
        if safe(said) != said:
            yield f"is refused with {said!r}"
    else:
        if isinstance(value, str) and safe(value, multiline=field.kind == "long_text") != value:
            yield f"lets in {value!r}"
    questions.ask(field, CODES).read(raw)
    state = FormState(alone(field), CONTEXT, {})
    state.paste(raw)
    drawn = "".join(line.text for line in picture(state, Title(raw, raw), 80, 24).lines)
    if safe(drawn) != drawn:
        yield f"draws {drawn!r}"


def cells(folder: Path, times: int, random: Random) -> Count:
    """Import every column of every table with so many attacks in it."""
    count, found = Count(), [attack.text for attack in attacks(times, random)]
    folder.chmod(0o700)
    with closing(Register.create(folder / "r.db", user="anna", raw_key=KEY)) as register:
        desk = _Desk(register, folder / "filer", count)
        for name, text in FIRST.items():
            rows = list(csv.reader(io.StringIO(text), delimiter=";"))
            assert desk.take(name, rows).faults.shown == []
        columns = [(table, column) for table in tables() for column in table.columns]
        columns = random.sample(columns, FEW) if times < AT_ONCE else columns
        for table, column in columns:
            desk.attack(table, column, found)
    count.more["columns"] = len(columns)
    return count


class _Desk:
    """Imports files made of attacks, and looks at what is said and stored."""

    def __init__(self, register: Register, folder: Path, count: Count) -> None:
        self._register, self._folder, self._count = register, folder, count
        self._in_book = False
        folder.mkdir()

    def take(self, name: str, rows: Rows, *, dry_run: bool = False) -> Report:
        path = self._folder / (f"{name}.xlsx" if self._in_book else f"{name}.csv")
        path.write_bytes(_book(name, rows) if self._in_book else _csv(rows))
        return import_files(self._register, [path], now=NOW, dry_run=dry_run)

    def attack(self, table: Table, column: Column, found: Sequence[str]) -> None:
        """Put all attacks in a column: all of them to be refused, then those that are let in.

        Every other column is in a workbook.
        """
        self._in_book = not self._in_book
        self._count.tried += len(found)
        place = f"{table.name}.{column.heading}"
        for odd in (True, False):  # one that is no text at all spoils its file for the others
            some = [text for text in found if _is_odd(text) is odd]
            if some:
                rows = self._rows(table, column, some)
                self._told(place, self.take(table.name, rows, dry_run=True))
        if column.field.kind in TYPED and column.role == "value" and column.heading not in RULED:
            self._store(place, table, column, self._let_in(column, found))

    def _told(self, place: str, report: Report) -> None:
        lines = [str(fault) for fault in (*report.faults.shown, *report.questions.shown)]
        self._count.lost += [f"{place}: is told {ln!r}" for ln in lines if safe(ln) != ln]

    def _let_in(self, column: Column, found: Sequence[str]) -> list[str]:
        reader = Reader(column, Context(self._codes, NOW.date(), NOW, entry=False))
        read = zip(found, reader.read(found), strict=True)
        return [raw for raw, value in read if value is not None and not isinstance(value, Refusal)]

    @property
    def _codes(self) -> Codes:
        return self._register.codes

    def _store(self, place: str, table: Table, column: Column, texts: Sequence[str]) -> None:
        """Import texts that the field takes; each is stored, and harmless."""
        once = 1 if not table.key or table.name == "uppföljningar" else AT_ONCE
        for start in range(0, len(texts), once):
            some = texts[start : start + once]
            report = self.take(table.name, self._rows(table, column, some))
            self._told(place, report)
            if report.faults.count and not _same(report):
                self._count.lost.append(f"{place}: {report.faults.shown[0].message}")
        sql = f"SELECT {column.name} FROM {table.table} WHERE {column.name} IS NOT NULL"
        multiline = column.field.kind == "long_text"
        stored = [str(text) for (text,) in self._register.sql(sql).fetchall()]
        self._count.lost += [
            f"{place}: holds {text!r}" for text in stored if safe(text, multiline=multiline) != text
        ]
        if texts and not any("ond" in text for text in stored):
            self._count.lost.append(f"{place}: nothing of it is stored")

    def _rows(self, table: Table, column: Column, texts: Sequence[str]) -> Rows:
        """Return a row for each text below the headings, otherwise as short as can be."""
        besides = BESIDES.get(table.name, {}) | WHERE.get(column.heading, {})
        wanted = {*besides, column.heading}
        columns = [c for c in table.columns if c.required or c.heading in wanted]
        rows = [
            [
                text
                if c is column
                else besides.get(c.heading, self._usual(table, c, number, column.heading))
                for c in columns
            ]
            for number, text in enumerate(texts)
        ]
        return [[c.heading for c in columns], *rows]

    def _usual(self, table: Table, column: Column, number: int, attacked: str) -> str:
        if column.name in LINKS:
            return LINKS[column.name]
        options = self._codes.options(column.field.codes)
        if options and column.field.kind in ("choice", "choices", "extents"):
            return options[0].label
        day = (date(2024, 7, 1) + timedelta(days=number)).isoformat()
        usual = {"date": day, "moment": f"{day} 10:00", "yes_no": "ja", "decimal": "1"}
        if column.field.kind == "integer":
            return str(2000 + number if column.name == "year" else int(column.field.minimum or 1))
        named = f"N{number}" if column.name in table.key else f"N{number} {attacked}"
        return usual.get(column.field.kind, named)


def _csv(rows: Rows) -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=";").writerows(rows)
    return file.getvalue().encode("utf-8", "surrogatepass")


def _book(name: str, rows: Rows) -> bytes:
    """Return a workbook with one sheet; what XML cannot hold is escaped, as spreadsheets do."""
    escaped = [[_NOT_XML.sub(_escape, cell) for cell in row] for row in rows]
    sheet = "".join(books.row(n, *map(books.text, row)) for n, row in enumerate(escaped, start=1))
    return books.packed(books.parts({name: sheet}))


def _escape(match: re.Match[str]) -> str:
    return f"_x{ord(match[0]):04X}_"


def _is_odd(text: str) -> bool:
    """Return whether a text makes a file of it no text: half a pair, or a nought."""
    return "\0" in text or text.encode("utf-8", "ignore") != text.encode("utf-8", "surrogatepass")


def _same(report: Report) -> bool:
    """Return whether the faults are only that two attacks come to the same name."""
    return all("redan" in fault.message for fault in report.faults.shown)
