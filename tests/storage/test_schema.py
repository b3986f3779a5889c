"""schema.sql is the truth: it equals the migrations, holds every field, refuses what forms do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from finsam_tui.errors import FieldError
from finsam_tui.forms import catalogue
from finsam_tui.storage import audit_triggers, code_lists, driver, migrations
from tests.forms.verdicts import CONTEXT, OWN_LISTS, every_field, verdicts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from finsam_tui.forms.field import Field, Value
    from finsam_tui.forms.form import Form, Part
    from finsam_tui.storage.driver import Connection

SCHEMA = Path(__file__).parents[2] / "schema.sql"
FIELDS = every_field()


@pytest.fixture(scope="module")
def conn() -> Iterator[Connection]:
    conn = driver.memory()
    driver.run_script(conn, migrations.schema_sql())
    code_lists.install(conn)
    ids = {code.list: code.key for code in OWN_LISTS}
    conn.execute("INSERT INTO municipality (id, name) VALUES (?, 'Kumla')", (ids["municipality"],))
    conn.execute("INSERT INTO programme (id, name, type) VALUES (?, 'S', 'individual')", ("SAM",))
    conn.execute("INSERT INTO staff (id, name, role) VALUES (?, 'Coach Ett', 'coach')", ("C1",))
    conn.execute(
        "INSERT INTO participant (id, registration, birth_date, sex)"
        " VALUES (1, 'person', '1990-01-01', 'man')"
    )
    conn.execute(
        "INSERT INTO enrolment (id, participant_id, programme, start_date, end_date)"
        " VALUES (1, 1, 'SAM', '2020-01-01', '2020-06-30')"
    )
    yield conn
    conn.close()


def test_the_audit_triggers_are_those_of_the_tables(conn: Connection) -> None:
    written = SCHEMA.read_text(encoding="utf-8").partition(audit_triggers.MARK)[2].strip()
    assert written == audit_triggers.triggers(conn).strip(), (
        "run python -m finsam_tui.storage.audit_triggers"
    )


def test_every_table_is_strict(conn: Connection) -> None:
    listed = conn.execute("PRAGMA table_list").fetchall()
    loose = [row["name"] for row in listed if row["type"] == "table" and not row["strict"]]
    assert [name for name in loose if not name.startswith("sqlite_")] == []


def parts() -> list[tuple[Form, Part]]:
    return [(form, part) for form in map(catalogue.form, catalogue.names()) for part in form.parts]


def test_every_field_has_a_column(conn: Connection) -> None:
    for form, part in parts():
        if part.instrument:
            continue
        columns = {row["name"] for row in conn.execute(f"PRAGMA table_info({part.table})")}
        for field in part.fields:
            if not field.stored:
                assert not field.import_name
            elif field.several:
                rows = conn.execute(f"PRAGMA table_info({field.values_table})")
                own = {row["name"] for row in rows}
                assert {f"{part.table}_id", field.name} <= own, f"{form.id}.{field.name}"
            else:
                assert field.name in columns, f"{form.id}.{field.name}"


def table_of(form: str, field: Field) -> str:
    owner = next(p for p in catalogue.form(form).parts if field in p.fields)
    return field.values_table or owner.table


def refusal(conn: Connection, table: str, column: str, value: Value) -> str | None:
    """Return what the table says of `value` in a row that is otherwise as it should be."""
    row: dict[str, Value] = {**_SOUND.get(table, {}), column: value}
    conn.execute("SAVEPOINT attempt")
    try:
        conn.execute("PRAGMA defer_foreign_keys = OFF")
        names, marks = ", ".join(row), ", ".join("?" * len(row))
        conn.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(row.values()))
    except driver.IntegrityError as error:
        return str(error)
    finally:
        conn.execute("ROLLBACK TO attempt")
        conn.execute("RELEASE attempt")
    return None


# What a row of each table needs besides the column that is tried.
_SOUND: dict[str, dict[str, Value]] = {
    "association": {"id": 1, "name": "F"},
    "municipality": {"id": "1", "name": "K"},
    "programme": {"id": "P", "name": "P", "type": "individual"},
    "staff": {"id": "S", "name": "S", "role": "coach"},
    "participant": {"registration": "person", "birth_date": "1990-01-01", "sex": "man"},
    "referral": {"programme": "SAM", "date": "2024-01-01", "party": "self", "outcome": "queue"},
    "advice": {"date": "2024-01-01", "programme": "SAM", "caller": "relative"},
    "enrolment": {
        "participant_id": 1,
        "programme": "SAM",
        "start_date": "1901-01-01",
        "end_date": "2100-12-31",
    },
    "assessment": {"enrolment_id": 1, "occasion": "month", "date": "2024-01-01"},
    "ors": {"enrolment_id": 1, "occasion": "during", "date": "2024-01-01", "total": 20.0},
    "screening": {"enrolment_id": 1, "date": "2024-01-01", "status": "no_occasion"},
    "plan": {"enrolment_id": 1, "date": "2024-01-01"},
    "note": {"enrolment_id": 1, "at": "2024-01-01T10:00", "text": "a"},
    "extension": {"enrolment_id": 1, "date": "2024-01-01", "months": 3},
    "follow_up": {
        "enrolment_id": 1,
        "months": "6",
        "due_date": "2024-01-01",
        "outcome": "answered",
    },
    "aftercare": {"enrolment_id": 1, "date": "2024-01-01"},
    "programme_year": {"programme": "SAM", "year": 2024},
    "goal": {"year": 2024, "measure": "useful", "target": 75.0},
    "structural_event": {"programme": "SAM"},
    "questionnaire": {"programme": "SAM", "occasion": "closure", "year": 2024},
    "comparison": {"year": 2024, "level": "county", "name": "L"},
    "report_text": {"year": 2024, "part": "staff", "text": "a"},
}


def loosened(raw: str, field: Field) -> Value:
    """Return a refused answer as a front end without checks would hand it to the table."""
    text = raw.strip()
    if field.kind in ("integer", "decimal", "yes_no"):
        try:
            number = float(text.replace(",", "."))
        except ValueError:
            return text
        if number != number:  # noqa: PLR0124 - SQLite has no NaN, it stores NULL
            return text
        return int(number) if number.is_integer() and field.kind != "decimal" else number
    return text


def wrong_in_spelling(field: Field, value: Value) -> bool:
    """Return whether only the spelling of a number is refused, which a table does not see: 1e3."""
    try:
        return isinstance(value, float) and field.parse(f"{value:f}", CONTEXT) == value
    except FieldError:
        return False


SIMPLE = [
    (form, f) for form, f in FIELDS if table_of(form, f) in _SOUND and f.stored and not f.several
]


@pytest.mark.parametrize(("form", "field"), SIMPLE, ids=[f"{n}.{f.name}" for n, f in SIMPLE])
def test_the_table_gives_the_verdict_of_the_field(
    conn: Connection, form: str, field: Field
) -> None:
    table = table_of(form, field)
    for verdict in verdicts(field):
        if verdict.refusal is None:
            if verdict.value is not None and not across_columns(field, verdict.value):
                said = refusal(conn, table, field.name, verdict.value)
                assert said is None, (verdict.raw[:40], said)
        elif "\x00" not in verdict.raw:  # SQL text ends at NUL
            value = loosened(verdict.raw, field)
            if wrong_in_spelling(field, value):
                continue
            assert refusal(conn, table, field.name, value), verdict.raw[:40]


def across_columns(field: Field, value: Value) -> bool:
    """Return whether a rule across columns stands against the value in an otherwise sound row."""
    if field.name == "registration":
        return value == "anonymous"  # has no birth date
    return field.name == "not_taken"  # stands instead of a total
