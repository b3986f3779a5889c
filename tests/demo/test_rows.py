"""What is made up keeps every rule that what is typed must keep, and belongs to nobody."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import TYPE_CHECKING

import pytest

from finsam_tui.demo import people
from finsam_tui.demo.data import read
from finsam_tui.demo.generate import batches
from finsam_tui.demo.rows import Participant
from finsam_tui.domain.follow_up import FINAL
from finsam_tui.forms import catalogue
from finsam_tui.storage import follow_ups, records, session
from finsam_tui.storage.target import Target
from tests.demo.conftest import NOW, built

if TYPE_CHECKING:
    from pathlib import Path

    from finsam_tui.forms.field import Value, Values
    from finsam_tui.storage.register import Register

# Form → its records, but for those that no form has seen: calls not made yet, and closures without
# a word on ORS, which came from an older register. Of the codes, those of which all is asked.
RECORDS = {
    "association": "association",
    "municipality": "municipality",
    "programme": "programme",
    "staff": "staff",
    "participant": "participant",
    "referral": "referral",
    "advice": "advice",
    "enrolment": "enrolment",
    "assessment": "assessment WHERE occasion = 'month'",
    "ors": "ors",
    "screening": "screening",
    "plan": "plan",
    "note": "note",
    "extension": "extension",
    "support": "enrolment",
    "closure": "enrolment WHERE end_date IS NOT NULL"
    " AND id IN (SELECT enrolment_id FROM ors WHERE occasion = 'closure')",
    "follow_up": "follow_up WHERE outcome IS NOT NULL",
    "aftercare": "aftercare",
    "programme_year": "programme_year",
    "goal": "goal",
    "structural_event": "structural_event",
    "questionnaire": "questionnaire",
    "comparison": "comparison",
    "report_text": "report_text",
    "code": "code WHERE list = 'result'",
}


def moment(register: Register, form: str, record_id: object) -> datetime:
    """Return when a record was written: a callback was ahead of the call, and may be past now."""
    if form != "follow_up":
        return NOW
    sql = "SELECT max(at) FROM attempt WHERE follow_up_id = ?"
    (row,) = register.sql(sql, (record_id,)).fetchall()
    return datetime.fromisoformat(row[0])


def given(values: Values) -> dict[str, Value]:
    return {name: value for name, value in values.items() if value is not None}


def test_every_form_is_tried() -> None:
    assert set(RECORDS) == set(catalogue.names())


@pytest.mark.parametrize("name", RECORDS)
def test_the_forms_read_back_what_was_made_without_a_fault(demo: Register, name: str) -> None:
    form = catalogue.form(name)
    ids = [key for (key,) in demo.sql(f"SELECT id FROM {RECORDS[name]} ORDER BY id")]
    assert ids
    for key in ids[:: max(1, len(ids) // 150)]:
        context = session.context(demo, Target(name, record_id=key), moment(demo, name, key))
        values = records.load(demo, form, key).values
        reading = form.read(form.show(values, context), context)
        assert reading.faults == []
        if values.get("outcome") == "no_consent":
            values["consent"] = None  # what was said, not an answer that was asked for
        assert given(reading.values) == given(values)


def test_every_closed_enrolment_has_its_calls_on_the_right_days(large: Register) -> None:
    with large.write() as conn:
        assert follow_ups.schedule(conn) == 0


def test_a_follow_up_tells_of_its_last_attempt(large: Register) -> None:
    rows = large.sql(
        "SELECT f.outcome, f.date, f.callback_at, a.outcome, substr(a.at, 1, 10), a.callback_at"
        " FROM follow_up AS f LEFT JOIN attempt AS a ON a.id = (SELECT id FROM attempt"
        " WHERE follow_up_id = f.id ORDER BY at DESC LIMIT 1)"
    ).fetchall()
    assert {tuple(row)[:3] == tuple(row)[3:] for row in rows} == {True}


def test_nobody_is_called_after_a_final_outcome(large: Register) -> None:
    final = ", ".join(f"'{outcome}'" for outcome in FINAL)
    (row,) = large.sql(
        f"SELECT count(*) FROM attempt AS a JOIN attempt AS b ON b.follow_up_id = a.follow_up_id"
        f" AND b.at > a.at WHERE a.outcome IN ({final})"
    ).fetchall()
    assert row[0] == 0


def test_nothing_has_happened_yet_that_is_to_come(large: Register) -> None:
    today = NOW.date().isoformat()
    for table, column in [
        *(("referral", "date"), ("advice", "date"), ("enrolment", "start_date")),
        *(("enrolment", "end_date"), ("assessment", "date"), ("ors", "date"), ("plan", "date")),
        *(("screening", "date"), ("extension", "date"), ("follow_up", "date")),
        *(("aftercare", "date"), ("note", "at"), ("attempt", "at")),
        ("structural_event", "date"),
    ]:
        (row,) = large.sql(f"SELECT max({column}) FROM {table}").fetchall()
        assert row[0][:10] <= today, (table, column)


def test_nothing_happens_outside_the_enrolment(large: Register) -> None:
    for table, column in [
        *(("ors", "date"), ("plan", "date"), ("screening", "date"), ("note", "at")),
        ("assessment WHERE occasion = 'month'", "date"),
    ]:
        (row,) = large.sql(
            f"SELECT count(*) FROM (SELECT enrolment_id, {column} AS at FROM {table}) AS x"
            " JOIN enrolment AS e ON e.id = x.enrolment_id"
            " WHERE substr(at, 1, 10) NOT BETWEEN e.start_date AND coalesce(e.end_date, '9')"
        ).fetchall()
        assert row[0] == 0, table


def test_all_that_refers_to_something_finds_it(large: Register) -> None:
    assert large.sql("PRAGMA foreign_key_check").fetchall() == []
    assert large.sql("PRAGMA integrity_check").fetchall()[0][0] == "ok"


def test_the_audit_has_an_entry_for_every_row(demo: Register) -> None:
    for table in (
        *("participant", "note", "follow_up", "attempt", "programme", "questionnaire"),
        *("programme_year", "goal", "structural_event", "comparison", "report_text"),
    ):
        noted = demo.sql(
            "SELECT sum(CASE WHEN last_row_id IS NULL THEN 1"
            " ELSE CAST(last_row_id AS INTEGER) - CAST(row_id AS INTEGER) + 1 END), max(user)"
            " FROM audit WHERE table_name = ?",
            (table,),
        ).fetchall()
        rows = demo.sql(f"SELECT count(*) FROM {table}").fetchall()
        assert tuple(noted[0]) == (rows[0][0], "demo")


def test_numbers_are_those_that_nobody_is_given(large: Register) -> None:
    sql = "SELECT personal_id FROM participant WHERE personal_id IS NOT NULL"
    numbers = [number for (number,) in large.sql(sql)]
    assert len(numbers) > 1900
    assert {int(number[8:11]) for number in numbers} <= set(range(980, 999))


# What PTS has set aside for fiction, as first and last number.
FICTION = [
    ("0701740605", "0701740699"),
    ("0313900600", "0313900699"),
    ("0406280400", "0406280499"),
    ("0846500400", "0846500499"),
]


def test_telephone_numbers_are_those_set_aside_for_fiction(large: Register) -> None:
    phones = [row[0] for row in large.sql("SELECT phone FROM participant WHERE phone IS NOT NULL")]
    plain = {re.sub(r"\D", "", phone) for phone in phones}
    assert len(plain) > 100
    assert [p for p in plain if not any(low <= p <= high for low, high in FICTION)] == []


def test_names_are_many() -> None:
    groups = read("names")["group"]
    women = {name for group in groups for names in group["women"].values() for name in names}
    men = {name for group in groups for names in group["men"].values() for name in names}
    last = {name for group in groups for name in group["last"]}
    assert min(len(women), len(men), len(last)) >= 150
    assert any(set("åäö") & set(name.lower()) for name in last)


def test_notes_are_written_in_office_hours_and_rarely_repeat(large: Register) -> None:
    rows = large.sql("SELECT at, text FROM note").fetchall()
    assert all(time(8) <= datetime.fromisoformat(at).time() < time(17) for at, _ in rows)
    assert len({text for _, text in rows}) > len(rows) / 5


@pytest.mark.parametrize("size", [1, 7, 60, 181])
def test_any_size_is_made_a_block_at_a_time(size: int) -> None:
    made = [len(batch[Participant]) for batch in batches(size=size, seed=1, now=NOW)]
    assert sum(made) == size
    assert max(made) <= 180


def test_where_all_numbers_are_given_a_birth_date_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people, "_FIRST_SERIAL", 998)  # none is left for men
    with built(tmp_path, size=60) as register:
        rows = register.sql("SELECT sex, personal_id, birth_date FROM participant")
        known = [tuple(row) for row in rows if row["birth_date"]]
        assert {bool(number) for sex, number, _ in known if sex == "man"} == {False}
        assert any(number for _, number, _ in known)


def test_the_same_seed_size_and_moment_make_the_same_rows() -> None:
    def made(seed: int) -> list[object]:
        return list(batches(size=70, seed=seed, now=NOW))

    assert made(5) == made(5)
    assert made(5) != made(6)
