"""The data of a real association's year: what is in the files is in the register, once."""

from __future__ import annotations

import pytest

from finsam_tui.exchange.importing import import_files
from tests.exchange.conftest import NOW, SYDNARKE, Desk, told

ROWS = {
    "association": 1,
    "municipality": 4,
    "programme": 2,
    "programme_follow_up": 3,
    "staff": 5,
    "participant": 154,
    "referral": 154,
    "advice": 85,
    "enrolment": 154,
    "enrolment_result": 100,
    "enrolment_support": 71,
    "assessment": 254,
    "ors": 145,
    "screening": 29,
    "screening_answer": 29 * 7,
    "plan": 145,
}


def load(desk: Desk, *, dry_run: bool = False) -> int:
    report = import_files(desk.register, [SYDNARKE], now=NOW, dry_run=dry_run)
    assert told(report) == []
    return report.scheduled


@pytest.fixture
def full(desk: Desk) -> Desk:
    load(desk)
    return desk


def test_every_row_is_in_its_table(full: Desk) -> None:
    counts = {table: full.one(f"SELECT count(*) FROM {table}") for table in ROWS}
    assert counts == ROWS


def test_nothing_needs_a_second_look(desk: Desk) -> None:
    report = import_files(desk.register, [SYDNARKE], now=NOW)
    assert (report.questions.count, report.passed) == (0, [])
    assert sum(tally.new for tally in report.tallies) == 1338


def test_the_closures_schedule_the_calls_that_the_file_does_not_have(full: Desk) -> None:
    # 100 closed at SAM (6 and 18 months); of the 35 calls made some have no final outcome
    assert full.one("SELECT count(*) FROM enrolment WHERE end_date IS NOT NULL") == 100
    assert full.rows("SELECT months, count(*) FROM follow_up GROUP BY months") == [
        ("18", 100),
        ("6", 100),
    ]
    made = full.rows("SELECT outcome, count(*) FROM follow_up GROUP BY outcome ORDER BY 2 DESC, 1")
    assert made == [
        (None, 165),
        ("answered", 25),
        ("declined", 4),
        ("no_answer", 3),
        ("number_changed", 3),
    ]


def test_what_follows_from_a_row_is_stored_with_it(full: Desk) -> None:
    key = str(full.one("SELECT search_key FROM participant WHERE ref = 'D001'"))
    assert " oberg ali 199207179871 0701740600 " in key
    assert full.rows("SELECT status, count(*), sum(exposed), sum(any_yes) FROM screening") == [
        ("answered", 29, 24, 24)
    ]
    assert full.one("SELECT count(*) FROM ors WHERE total IS NULL") == 0
    assert full.one("SELECT due_date FROM follow_up WHERE enrolment_id = 1 AND months = '6'") == (
        "2024-08-17"
    )


def test_a_second_import_changes_nothing(full: Desk) -> None:
    before = full.everything()
    assert load(full) == 0
    assert full.everything() == before


def test_a_dry_run_tells_the_same_and_changes_nothing(desk: Desk) -> None:
    before = desk.everything()
    assert load(desk, dry_run=True) == 165
    assert desk.everything() == before
    assert load(desk) == 165


def test_the_audit_notes_a_run_of_rows_as_one(full: Desk) -> None:
    notes = full.rows(
        "SELECT user, action, row_id, last_row_id FROM audit WHERE table_name = 'participant'"
    )
    assert notes == [("anna", "insert", "1", "154")]
    assert full.rows(
        "SELECT row_id, last_row_id FROM audit WHERE table_name = 'staff' ORDER BY id"
    ) == [(name, None) for name in ("S1", "C1", "C2", "C3", "C4")]


def test_the_audit_triggers_are_back_afterwards(full: Desk) -> None:
    with full.register.write() as conn:
        conn.execute("INSERT INTO staff (id, name, role) VALUES ('C9', 'Eva', 'coach')")
    assert full.rows("SELECT action, row_id FROM audit ORDER BY id DESC LIMIT 1") == [
        ("insert", "C9")
    ]
