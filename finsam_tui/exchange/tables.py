"""The exchange format, version 1: each table declared once, in tables.toml, for both directions.

A column is a field of a form wherever it can be: the field's `import_name` is the heading, and
`Field.parse` and `Field.show` are how its cells are read and written. What is left are ids, which
tie the tables of a file together, and the few columns that a form sets by itself.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from finsam_tui.forms import catalogue
from finsam_tui.forms.field import Field

if TYPE_CHECKING:
    from collections.abc import Mapping

# value: a column of the row itself. id: the file's own name for the row. link: the id of a row of
# another table. several: rows in a table of values. answers: an instrument's items, a row each.
# nth: which one it is of those with its key, stored nowhere.
Role = Literal["value", "id", "link", "several", "answers", "nth"]

ID_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table of the format; its heading is the field's `import_name`."""

    field: Field
    required: bool = False
    role: Role = "value"
    links_to: str = ""  # the name of the table whose id a link holds
    empty: str = ""  # what an empty cell stands for
    instrument: str = ""  # whose answers these are, where no other column tells

    @property
    def heading(self) -> str:
        """The heading in the file."""
        return self.field.import_name

    @property
    def name(self) -> str:
        """The column in the register, or the field of several values."""
        return self.field.name


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the format and what it is in the register.

    tables.toml tells what each of its fields means.
    """

    name: str
    table: str
    forms: tuple[str, ...]
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    also: str = ""
    only_for: tuple[str, str] = ("", "")
    once: bool = True
    whole: bool = False
    unique: tuple[str, ...] = ()
    derived: tuple[str, ...] = ()
    strict: tuple[str, ...] = ()

    @property
    def found_by(self) -> tuple[str, ...]:
        """The columns of the key that an index begins with, and that no row leaves empty."""
        second = next((c.required for c in self.columns if c.name in self.key[1:2]), False)
        return self.key[:2] if second and self.key[0] != "enrolment_id" else self.key[:1]

    @property
    def links(self) -> tuple[Column, ...]:
        """The columns that hold ids of other tables."""
        return tuple(c for c in self.columns if c.role == "link")

    @property
    def own_id(self) -> Column | None:
        """The column with the file's own id of the row, where the table has one."""
        return next((c for c in self.columns if c.role == "id"), None)


# Heading of an id → the table it is the id of, the column that links to it.
_IDS = {
    "deltagare_id": ("deltagare", "participant_id"),
    "aktualisering_id": ("aktualiseringar", "referral_id"),
    "inskrivning_id": ("inskrivningar", "enrolment_id"),
}
# What an empty cell of an optional column stands for, where the register must know.
_EMPTY = {
    ("insatser", "volym"): "nej",
    ("medarbetare", "arbetar_kvar"): "ja",
    ("deltagare", "skydd"): "nej",
    ("rådgivning", "antal"): "1",
    ("mål", "riktning"): "minst",
}
# Columns that the forms set by themselves.
_ANSWERS = Field("answers", "Svar", "text", length=1000)
_NTH = Field("nth", "Ordning", "integer", minimum=1, maximum=99)
_SET = {
    "lägen": {
        "tillfälle": Field("occasion", "Tillfälle", "choice", codes="occasion"),
        "ordning": _NTH,
    },
    "ors": {"ordning": _NTH},
    "uppföljningar": {"månader": Field("months", "Månader", "choice", codes="follow_up_months")},
    # What a screening found stays where its answers do not; where they are, it follows from them.
    "våld": {
        "svar": _ANSWERS,
        "utsatt": Field("exposed", "Utsatt", "yes_no"),
        "något_ja": Field("any_yes", "Ja på någon fråga", "yes_no"),
        "slag": Field("kinds", "Utsatt för", "text", length=60),
        "ordning": _NTH,
    },
    "enkäter": {"svar": _ANSWERS},
}


# Whose answers a table holds, where no column tells: the form asks for one instrument's.
_OWN_INSTRUMENT = {"enkäter": "nns-exempel"}


def _fields(name: str, forms: tuple[str, ...]) -> dict[str, Field]:
    """Return heading → field, for the forms' own fields and those that they set."""
    fields = {
        f.import_name: f
        for form in forms
        for f in catalogue.form(form).parts[0].fields
        if f.import_name
    }
    made = {h: replace(f, import_name=h) for h, f in _SET.get(name, {}).items()}
    return {**fields, **made}


def _column(name: str, word: str, fields: Mapping[str, Field], *, whole: bool) -> Column:
    """Return the column for a heading, which has a star where it is required."""
    heading = word.removesuffix("*")
    required = word.endswith("*")
    if heading in _IDS:
        table, link = _IDS[heading]
        own = table == name
        field = Field("ref" if own else link, heading, "text", length=ID_LENGTH)
        field = replace(field, import_name=heading)
        return Column(field, required, "id" if own else "link", "" if own else table)
    field = fields[heading]
    if whole:  # one value a row, in the file as in the register
        return Column(replace(field, kind="choice", values_table=""), required)
    if field is fields.get("svar"):
        return Column(field, required, "answers", instrument=_OWN_INSTRUMENT.get(name, ""))
    role: Role = "several" if field.several else "nth" if field.name == "nth" else "value"
    return Column(field, required, role, empty=_EMPTY.get((name, heading), ""))


def _table(entry: dict[str, Any]) -> Table:
    """Return the table declared by one entry of tables.toml; its lists become tuples."""
    given: dict[str, Any] = {
        key: tuple(v) if isinstance(v, list) else v for key, v in entry.items()
    }
    name, words = given["name"], given.pop("columns").split()
    fields = _fields(name, given["forms"])
    whole = given.get("whole", False)
    columns = tuple(_column(name, word, fields, whole=whole) for word in words)
    return Table(columns=columns, **given)


@cache
def tables() -> tuple[Table, ...]:
    """Return the tables, each after those that its links lead to."""
    text = Path(__file__).with_name("tables.toml").read_text(encoding="utf-8")
    return tuple(_table(entry) for entry in tomllib.loads(text)["table"])
