"""Tables and columns in the words of the forms, for those who read what is held on a person."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from finsam_tui.forms import catalogue
from finsam_tui.forms.instrument import ITEM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from finsam_tui.forms.codes import Codes
    from finsam_tui.forms.field import Field
    from finsam_tui.forms.form import Form, Part

# What no form asks.
_TITLES = {"attempt": "Samtalsförsök"}
_LABELS = {
    "ref": "Id i inläst fil",
    "referral_id": "Aktualisering",
    "due_date": "Ska ringas",
    "exposed": "Utsatt enligt svaren",
    "any_yes": "Ja på någon fråga",
    "kinds": "Utsatt för",
    "occasion": "Tillfälle",
    "months": "Månader efter avslut",
    "slot": "Nyckel",
    "active": "Arbetar kvar",
    "extent": "Omfattning, procent",
    "item": "Fråga",
    "answer": "Svar",
    "key": "Kodens nyckel",
    "sort": "Plats i listan",
}
# A table whose columns are asked in another one's form.
_ASKED_IN = {"attempt": ("follow_up", "note")}
_YES_NO = {"exposed", "any_yes"}
_LISTS = {"occasion": "occasion", "months": "follow_up_months"}


def title(table: str) -> str:
    """Return what a row of a table is called: "Deltagare", "Läge, försörjning"."""
    if table in _TITLES:
        return _TITLES[table]
    own = [form for form in _forms() if form.table == table]
    if own:
        return min(own, key=lambda form: form.id != table).title
    return next(_values_titles(table), table)


def label(table: str, column: str) -> str:
    """Return a column's label, its name where nothing is known of it."""
    field = _fields(table).get(column)
    return field.label if field else _LABELS.get(column, column)


def shown(table: str, column: str, value: Any, codes: Codes) -> str:  # noqa: ANN401 - any cell
    """Return a stored value as its form shows it."""
    field = _fields(table).get(column)
    if value is None:
        return "–"
    if column in _YES_NO:
        return "ja" if int(value) else "nej"
    if column == "kinds":
        return kinds(str(value))
    if field is None:
        return codes.label(_LISTS.get(column, ""), str(value))
    if field.several:
        return codes.label(field.codes, str(value))
    return field.show(_typed(field, value), codes)


def answer(table: str, item: str, key: str, codes: Codes) -> tuple[str, str]:
    """Return an instrument's item and its answer in words."""
    field = _items(table).get(ITEM + item)
    return (field.label, codes.label(field.codes, key)) if field else (item, key)


def kinds(stored: str) -> str:
    """Return in words what a screening found somebody exposed to: "psykiskt våld, fysiskt våld"."""
    items = _items("screening_answer")
    labels = [items[ITEM + key].label if ITEM + key in items else key for key in stored.split("|")]
    return ", ".join(label.rpartition(": ")[2] for label in labels)


def _typed(field: Field, value: Any) -> Any:  # noqa: ANN401 - any cell
    """Return a value that the audit has kept as text as what it was."""
    if isinstance(value, str) and field.kind in {"integer", "yes_no"}:
        return int(value)
    if isinstance(value, str) and field.kind == "decimal":
        return float(value)
    return value


def _forms() -> Iterator[Form]:
    return map(catalogue.form, catalogue.names())


def _parts() -> Iterator[tuple[Form, Part]]:
    return ((form, part) for form in _forms() for part in form.parts)


@cache
def _fields(table: str) -> dict[str, Field]:
    """Return column → field, of a table or of the table of a field's values."""
    asked = _ASKED_IN.get(table, (table,))
    found: dict[str, Field] = {}
    for form, part in sorted(_parts(), key=lambda each: each[0].id != table):
        own = form.table == part.table and part.table in asked and not part.instrument
        for field in part.fields:
            if field.values_table == table or (own and not field.several):
                found.setdefault(field.name, field)
    return found


@cache
def _items(table: str) -> dict[str, Field]:
    return {f.name: f for _, p in _parts() if p.instrument and p.table == table for f in p.fields}


def _values_titles(table: str) -> Iterator[str]:
    for form, part in _parts():
        if part.instrument and part.table == table:
            yield f"{form.title}, svar"
        for field in part.fields:
            if field.values_table == table:
                yield f"{title(part.table)}, {field.label.lower()}"
