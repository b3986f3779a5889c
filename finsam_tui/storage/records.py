"""Reads and writes the record of any form: the one place where fields become columns.

A form's first part is the record itself; the others are rows that belong to the same enrolment (or,
for an instrument's items, to the record). Fields with several values are rows in a table of their
own. Nothing here knows a particular form: what saving one brings about is told in `verbs`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from finsam_tui.errors import Conflict, InputError
from finsam_tui.forms import catalogue
from finsam_tui.forms.derived import derive
from finsam_tui.forms.form import holds
from finsam_tui.forms.instrument import ITEM
from finsam_tui.storage import kept_answers
from finsam_tui.storage.driver import database

if TYPE_CHECKING:
    from collections.abc import Mapping

    from finsam_tui.forms.field import Context, Extents, Field, Value, Values
    from finsam_tui.forms.form import Form, Part
    from finsam_tui.storage.driver import Connection
    from finsam_tui.storage.register import Register
    from finsam_tui.storage.target import Id, Target


@dataclass(frozen=True, slots=True)
class Record:
    """A stored record as its form sees it. `version` counts its changes."""

    version: int
    values: dict[str, Value]


def load(register: Register, form: Form, record_id: Id) -> Record:
    """Return the record with the values of every field; raise InputError where there is none."""
    return _record(register.conn, form, _existing(register.conn, form, record_id))


def write(conn: Connection, target: Target, values: Values, context: Context) -> Id:
    """Insert or update a form's record with all its rows; return its id.

    Inside a write transaction. Raises Conflict where the record is no longer at `target.version`,
    which counts the changes of all its rows.
    """
    form = catalogue.form(target.form)
    main = form.parts[0]
    record_id = target.record_id
    if record_id:
        row = _existing(conn, form, record_id)
        if target.version is not None and row["version"] != target.version:
            raise _conflict(conn, form, record_id, row)
        changed = _update(conn, main, row, values, context)
        if _write_parts(conn, form, row, values, context) and not changed:
            _step(conn, main, row)
    else:
        owner = {f"{form.owner}_id": target.owner_id} if form.owner and target.owner_id else {}
        record_id = _insert(conn, main, owner, values, context)
        _write_parts(conn, form, _existing(conn, form, record_id), values, context)
    return record_id


def _record(conn: Connection, form: Form, row: Mapping[str, Value]) -> Record:
    values = _values(conn, form.parts[0], row)
    for part in form.parts[1:]:
        if part.instrument:
            values |= _items(conn, form, part, cast("Id", row["id"]))
        elif (found := _row(conn, part.table, _place(form, part, row))) is not None:
            values |= _values(conn, part, found)
    return Record(cast("int", row["version"]), values)


def _write_parts(
    conn: Connection, form: Form, row: Mapping[str, Value], values: Values, context: Context
) -> bool:
    """Write the rows that belong to the record `row`; return whether anything changed."""
    changed = False
    for part in form.parts[1:]:
        if not part.instrument and not holds(part.when, values, context.facts):
            continue
        if part.instrument:
            if kept_answers.kept(conn, part.table):
                changed |= _write_items(conn, form, part, cast("Id", row["id"]), values)
        else:
            changed |= _write_part(conn, part, _place(form, part, row), values, context)
    return changed


def _write_part(
    conn: Connection, part: Part, place: Mapping[str, Value], values: Values, context: Context
) -> bool:
    """Write a part's row: the one already at its place, or a new one."""
    fixed = {name: _constant(text, values) for name, text in part.constants.items()}
    fixed = {name: value for name, value in {**fixed, **place}.items() if value is not None}
    found = _row(conn, part.table, place)
    if found is not None:
        return _update(conn, part, found, {**values, **fixed}, context)
    given = any(values.get(f.name) is not None for f in part.fields)
    if given:
        _insert(conn, part, fixed, values, context)
    return given


def _place(form: Form, part: Part, row: Mapping[str, Value]) -> dict[str, Value]:
    """Return the columns that find a part's row: its enrolment and its occasion."""
    enrolment = row["id"] if form.table == "enrolment" else row["enrolment_id"]
    occasion = _constant(part.constants["occasion"], row)
    return {"enrolment_id": enrolment, "occasion": occasion}


def _constant(text: str, values: Mapping[str, Value]) -> Value:
    return values.get(text[1:]) if text.startswith("$") else text


def _insert(
    conn: Connection, part: Part, fixed: Mapping[str, Value], values: Values, context: Context
) -> Id:
    columns = {**_constants(part), **_columns(part, values, context), **fixed}
    given = {name: value for name, value in columns.items() if value is not None}
    record_id = cast("int", database(conn).table(part.table).insert(given).last_pk)
    if "id" in given:
        record_id = cast("int", given["id"])
    _write_several(conn, part, record_id, values)
    return record_id


def _constants(part: Part) -> dict[str, Value]:
    return {name: text for name, text in part.constants.items() if not text.startswith("$")}


def _update(
    conn: Connection, part: Part, old: Mapping[str, Value], values: Values, context: Context
) -> bool:
    record_id = cast("Id", old["id"])
    columns = _columns(part, values, context)
    columns |= {n: values[n] for n in part.constants if values.get(n) is not None}
    changed = {name: value for name, value in columns.items() if value != old.get(name)}
    several = _write_several(conn, part, record_id, values)
    if changed or several:
        _step(conn, part, old, changed)
    return bool(changed) or several


def _step(
    conn: Connection, part: Part, old: Mapping[str, Value], new: Mapping[str, Value] | None = None
) -> None:
    """Write a row's new columns, and that it has changed once more."""
    counted = {**(new or {}), "version": cast("int", old["version"]) + 1}
    database(conn).table(part.table).update(cast("Id", old["id"]), counted)


def _columns(part: Part, values: Values, context: Context) -> dict[str, Value]:
    """Return a part's columns: one a field, and those that follow from the answers."""
    single = {f.name: values.get(f.name) for f in part.fields if f.stored and not f.several}
    return {**single, **derive(part.table, values, context)}


def _write_several(conn: Connection, part: Part, record_id: Id, values: Values) -> bool:
    """Write the rows of fields with several values; return whether anything changed."""
    changed = False
    for f in part.fields:
        if not f.several:
            continue
        new = _pairs(f, values.get(f.name))
        old = _pairs(f, _several(conn, part, f, record_id))
        if new == old:
            continue
        changed = True
        owner = f"{part.table}_id"
        conn.execute(f"DELETE FROM {f.values_table} WHERE {owner} = ?", (record_id,))
        rows = [{owner: record_id, f.name: key, **extra} for key, extra in new.items()]
        database(conn).table(f.values_table).insert_all(rows)
    return changed


def _pairs(field: Field, value: Value) -> dict[str, dict[str, Value]]:
    """Return key → further columns of the rows that hold a field's values."""
    if field.kind == "extents":
        return {key: {"extent": extent} for key, extent in cast("Extents", value or ())}
    return {key: {} for key in cast("tuple[str, ...]", value or ())}


def _write_items(conn: Connection, form: Form, part: Part, record_id: Id, values: Values) -> bool:
    if _items(conn, form, part, record_id) == {f.name: values.get(f.name) for f in part.fields}:
        return False
    owner = f"{form.table}_id"
    conn.execute(f"DELETE FROM {part.table} WHERE {owner} = ?", (record_id,))
    rows = [
        {owner: record_id, "item": f.name.removeprefix(ITEM), "answer": values[f.name]}
        for f in part.fields
        if values.get(f.name) is not None
    ]
    database(conn).table(part.table).insert_all(rows)
    return True


def _items(conn: Connection, form: Form, part: Part, record_id: Id) -> dict[str, Value]:
    sql = f"SELECT item, answer FROM {part.table} WHERE {form.table}_id = ?"
    given = {ITEM + item: answer for item, answer in conn.execute(sql, (record_id,))}
    return {f.name: given.get(f.name) for f in part.fields}


def _values(conn: Connection, part: Part, row: Mapping[str, Value]) -> dict[str, Value]:
    record_id = cast("Id", row["id"])
    return {
        f.name: _several(conn, part, f, record_id) if f.several else row[f.name]
        for f in part.fields
        if f.stored
    }


def _several(conn: Connection, part: Part, field: Field, record_id: Id) -> Value:
    column = f"{field.name}, extent" if field.kind == "extents" else field.name
    sql = f"SELECT {column} FROM {field.values_table} WHERE {part.table}_id = ? ORDER BY rowid"
    rows = conn.execute(sql, (record_id,)).fetchall()
    if field.kind == "extents":
        return tuple((key, extent) for key, extent in rows) or None
    return tuple(key for (key,) in rows) or None


def _existing(conn: Connection, form: Form, record_id: Id) -> dict[str, Value]:
    row = _row(conn, form.table, {"id": record_id})
    if row is None:
        raise InputError(f"{form.title} finns inte längre; någon har tagit bort den.")
    return row


def _row(conn: Connection, table: str, where: Mapping[str, Value]) -> dict[str, Value] | None:
    """Return the stored row as column → value. Names come from the forms, never from input."""
    wanted = " AND ".join(f"{name} = ?" for name in where)
    cursor = conn.execute(f"SELECT * FROM {table} WHERE {wanted}", tuple(where.values()))
    found = cursor.fetchone()
    if found is None:
        return None
    return dict(zip((str(d[0]) for d in cursor.description), tuple(found), strict=True))


def _conflict(conn: Connection, form: Form, record_id: Id, row: Mapping[str, Value]) -> Conflict:
    last = conn.execute(
        "SELECT user, at FROM audit WHERE table_name = ? AND row_id = ? ORDER BY id DESC LIMIT 1",
        (form.table, str(record_id)),
    ).fetchone()
    by, at = (str(last[0]), str(last[1])) if last else ("", "")
    return Conflict(
        f"{form.title} har ändrats av någon annan medan du skrev; inget är sparat än.",
        table=form.table,
        id=record_id,
        theirs={**_record(conn, form, row).values, "version": row["version"]},
        by=by,
        at=at,
    )
