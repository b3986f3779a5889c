"""The exchange format, version 1: each table described once, for reading and for writing.

A column is a field of a form wherever it can be: the field's `import_name` is the heading, and
`Field.parse` and `Field.show` are how its cells are read and written. What is left are ids, which
tie the tables of a file together, and the few columns that a form sets by itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from finsam_tui.forms import catalogue
from finsam_tui.forms.field import Field

if TYPE_CHECKING:
    from collections.abc import Mapping

# value: a column of the row itself. id: the file's own name for the row. link: the id of a row of
# another table. several: rows in a table of values. answers: an instrument's items, a row each.
Role = Literal["value", "id", "link", "several", "answers"]

ID_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table of the format; its heading is the field's `import_name`."""

    field: Field
    required: bool = False
    role: Role = "value"
    links_to: str = ""  # the name of the table whose id a link holds
    empty: str = ""  # what an empty cell stands for

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

    `key` are the columns that tell which row of the register a row of the file is; for rows of
    `only_for` (a column and its value), `also` belongs to it, too. `once`: the file holds a key
    once (no key: one row in all); otherwise the n-th row with a key is the n-th in the register.
    `whole`: the rows of an owner are all there is of them: what the file leaves out goes.
    """

    name: str
    table: str
    forms: tuple[str, ...]
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    also: str = ""
    only_for: tuple[str, str] = ("", "")
    once: bool = True
    whole: bool = False
    unique: tuple[str, ...] = ()  # columns whose values no two rows share
    derived: tuple[str, ...] = ()  # columns that no cell holds, see forms.derived
    strict: frozenset[str] = frozenset()  # fields that are empty unless the form asks them

    @property
    def found_by(self) -> tuple[str, ...]:
        """The columns of the key that an index begins with."""
        return self.key[:1] if self.key[:1] == ("enrolment_id",) else self.key[:2]

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
_EMPTY = {"volym": "nej", "skydd": "nej", "antal": "1"}
# Columns that the forms set by themselves.
_SET = {
    "lägen": {"tillfälle": Field("occasion", "Tillfälle", "choice", codes="occasion")},
    "uppföljningar": {"månader": Field("months", "Månader", "choice", codes="follow_up_months")},
    "våld": {"svar": Field("answers", "Svar", "text", length=1000)},
}


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
    role: Role = "several" if field.several else "answers" if heading == "svar" else "value"
    return Column(field, required, role, empty=_EMPTY.get(heading, ""))


def _table(
    name: str,
    table: str,
    forms: str,
    headings: str,
    *,
    key: str,
    **more: Any,  # noqa: ANN401 - the further fields of Table
) -> Table:
    form_ids = tuple(forms.split())
    fields = _fields(name, form_ids)
    whole = bool(more.get("whole"))
    keys = tuple(key.split())
    columns = tuple(_column(name, word, fields, whole=whole) for word in headings.split())
    return Table(name, table, form_ids, columns, keys, **more)


@cache
def tables() -> tuple[Table, ...]:
    """Return the tables, each after those that its links lead to."""
    return (
        _table("förbund", "association", "association", "namn* län", key=""),
        _table(
            "kommuner", "municipality", "municipality", "kod* namn* andel",
            key="id", unique=("name",),
        ),
        _table(
            "insatser", "programme", "programme",
            "insats_id* namn* typ* volym start slut uppföljning_månader maxtid_månader"
            " kostnadsgrupp parter syfte målgrupp mål",
            key="id", unique=("name",),
        ),
        _table("medarbetare", "staff", "staff", "medarbetare_id* namn* roll*", key="id"),
        _table(
            "deltagare", "participant", "participant",
            "deltagare_id* registrering* personnummer förnamn efternamn födelsedatum kön* kommun"
            " telefon tolk skydd",
            key="ref", unique=("personal_id",), derived=("search_key", "birth_date"),
            strict=frozenset({"personal_id", "first_name", "last_name", "birth_date", "phone"}),
        ),
        _table(
            "aktualiseringar", "referral", "referral",
            "aktualisering_id* deltagare_id insats_id* datum* part* enhet utfall* orsak timmar"
            " kommentar",
            key="ref",
        ),
        _table(
            "rådgivning", "advice", "advice", "datum* insats_id* vem* hänvisad_till antal",
            key="programme date caller referred_to count", once=False,
        ),
        _table(
            "inskrivningar", "enrolment", "enrolment closure",
            "inskrivning_id* deltagare_id* insats_id* medarbetare_id aktualisering_id uppdrag"
            " start* utbildning tid_i_försörjning slut avslutsanledning ordinarie_insats"
            " förstärkt_samarbete",
            key="ref",
        ),
        _table(
            "lägen", "assessment", "assessment",
            "inskrivning_id* tillfälle* datum* steg försörjning sysselsättning ansvarig_part"
            " timmar",
            key="enrolment_id occasion", also="date", only_for=("occasion", "month"),
        ),
        _table(
            "resultat", "enrolment_result", "closure", "inskrivning_id* resultat*",
            key="enrolment_id result", whole=True,
        ),
        _table(
            "stöd", "enrolment_support", "support", "inskrivning_id* kategori*",
            key="enrolment_id support", whole=True,
        ),
        _table(
            "ors", "ors", "ors",
            "inskrivning_id* tillfälle* datum* individuellt nära socialt allmänt summa ej_taget",
            key="enrolment_id occasion date", derived=("total",),
        ),
        _table(
            "våld", "screening", "screening",
            "inskrivning_id* datum* status* instrument svar pågående hänvisad",
            key="enrolment_id date", derived=("exposed", "any_yes"),
            strict=frozenset({"instrument", "ongoing", "referred_to"}),
        ),
        _table(
            "uppföljningar", "follow_up", "follow_up",
            "inskrivning_id* månader* samtycke datum utfall steget vidare_steg egen_försörjning"
            " nytta redo önskar_stöd kommentar",
            key="enrolment_id months", derived=("due_date",),
        ),
        _table(
            "förlängningar", "extension", "extension",
            "inskrivning_id* datum* månader* försörjning orsak",
            key="enrolment_id date", once=False,
        ),
        _table(
            "punktinsatser", "aftercare", "aftercare",
            "inskrivning_id* datum* månader_efter syfte minuter kommentar resultat",
            key="enrolment_id date", once=False, derived=("months_after",),
        ),
        _table(
            "planer", "plan", "plan", "inskrivning_id* datum* mål revideras",
            key="enrolment_id date", once=False,
        ),
        _table(
            "anteckningar", "note", "note", "inskrivning_id* tid* medarbetare_id text*",
            key="enrolment_id at", once=False,
        ),
    )  # fmt: skip


# Tables of the format whose data finsam has no place for yet.
TO_COME = ("insatsår", "enkäter", "mål", "strukturinsatser", "jämförelser")
