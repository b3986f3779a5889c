"""The named statements: SQL that other databases read too, served by indexes, discreet in lists."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from finsam_tui.domain.follow_up import FINAL
from finsam_tui.storage import register as storage

if TYPE_CHECKING:
    from finsam_tui.storage.register import Register

FOLDER = Path(storage.__file__).parent / "queries"
QUERIES = {path.stem: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.sql")}
PARTS = {path.stem: path.read_text(encoding="utf-8") for path in FOLDER.glob("parts/*.sql")}
ELSEWHERE_UNKNOWN = ("julianday", "strftime", "json", "group_concat", "glob", "ifnull", "date(")

# The lists and cards, and what they may read from one end to the other: an index that holds only
# what is wanted, the names in their order until the page is full, or a table of a few rows.
SCANS: dict[str, set[str]] = {
    "people": {"participant USING COVERING INDEX participant_search"},
    "people_count": {"participant USING COVERING INDEX participant_search"},
    "calls": {"participant USING COVERING INDEX participant_anonymous"},
    "calls_count": {
        "participant USING COVERING INDEX participant_anonymous",
        "follow_up USING COVERING INDEX follow_up_own",
    },
    "gaps": set(),
    "waiting": set(),
    "waiting_count": set(),
    "capacity": {"staff USING INDEX sqlite_autoindex_staff_1"},
    "person": set(),
    "person_enrolments": set(),
    "person_referrals": set(),
    "person_values": set(),
    "ors_series": set(),
    "snapshots": set(),
    "call_card": set(),
    "attempts": set(),
    "access_rights": set(),
    "timeline": set(),
}
# The tables that grow with what happens, many rows a year.
HAPPENED = (
    *("participant", "referral", "advice", "enrolment", "enrolment_result", "enrolment_support"),
    *("assessment", "assessment_livelihood", "assessment_occupation", "ors", "screening", "plan"),
    *("note", "extension", "follow_up", "follow_up_further_step", "attempt", "aftercare"),
)
LISTS = ("people", "calls", "gaps", "waiting")


def plan(register: Register, name: str) -> list[str]:
    sql = storage.query(name)
    given = dict.fromkeys(re.findall(r":(\w+)", sql)) | {"limit": 50, "offset": 0, "most": 50}
    return [row["detail"] for row in register.sql(f"EXPLAIN QUERY PLAN {sql}", given)]


def marks(sql: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", sql))


def bare(sql: str) -> str:
    """Return `sql` without its comments, and with one space where there are several."""
    return " ".join(re.sub(r"--.*", "", sql).split())


def tables(register: Register) -> set[str]:
    rows = register.sql("SELECT name FROM sqlite_master WHERE type = 'table'")
    return {name for (name,) in rows}


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_a_statement_begins_by_saying_what_a_row_is(name: str) -> None:
    assert re.match(r"-- One row: \S.*\n", QUERIES[name])


@pytest.mark.parametrize("name", sorted(PARTS))
def test_a_part_says_what_it_is_and_stands_in_more_than_one_statement(name: str) -> None:
    assert re.match(r"-- (A condition|Rows|A value): \S.*\n", PARTS[name])
    assert sum(name in marks(text) for text in (*QUERIES.values(), *PARTS.values())) > 1


@pytest.mark.parametrize("name", sorted(PARTS))
def test_nothing_writes_out_what_a_part_says(name: str) -> None:
    said = bare(PARTS[name])
    others = {**QUERIES, **{other: text for other, text in PARTS.items() if other != name}}
    assert [other for other, text in others.items() if said in bare(text)] == []


@pytest.mark.parametrize("name", sorted(PARTS))
def test_a_condition_can_stand_beside_others(name: str) -> None:
    outside, inner = bare(PARTS[name]), None
    while outside != inner:
        outside, inner = re.sub(r"\([^()]*\)", "", outside), outside
    assert " OR " not in outside


def test_a_part_of_a_part_is_whole() -> None:
    assert [name for text in PARTS.values() for name in marks(text) if marks(PARTS[name])] == []


def test_a_part_stands_where_its_name_is() -> None:
    sql = storage.query("report_results")
    assert "{" not in sql
    assert bare(PARTS["chosen_person"]) in bare(sql)


def test_there_is_no_statement_with_a_part_that_is_not_there() -> None:
    assert {name for text in (*QUERIES.values(), *PARTS.values()) for name in marks(text)} == {
        *PARTS
    }
    with pytest.raises(FileNotFoundError, match=r"parts/nowhere\.sql"):
        storage.query("parts/nowhere")


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_a_statement_keeps_to_the_sql_that_databases_share(name: str) -> None:
    sql = bare(storage.query(name)).lower()
    assert [word for word in ELSEWHERE_UNKNOWN if re.search(rf"\b{re.escape(word)}", sql)] == []


@pytest.mark.parametrize("name", sorted(SCANS))
def test_no_list_reads_a_table_from_end_to_end(register: Register, name: str) -> None:
    known = tables(register)
    scans = {
        line.removeprefix("SCAN ")
        for line in plan(register, name)
        if line.startswith("SCAN ") and line.split()[1] in known
    }
    assert scans == SCANS[name]


@pytest.mark.parametrize("name", sorted(name for name in QUERIES if name.startswith("report_")))
def test_no_report_reads_a_table_of_what_happened_from_end_to_end(
    register: Register, name: str
) -> None:
    named = re.findall(r"\b(?:FROM|JOIN) (\w+)(?: AS (\w+))?", storage.query(name))
    short = {alias or table for table, alias in named if table in HAPPENED}
    short -= {alias for table, alias in named if table not in HAPPENED}  # a choice of their rows
    scans = [line for line in plan(register, name) if line.startswith("SCAN ")]
    # Whole, but small: the index of the anonymous.
    large = [line for line in scans if not line.endswith("INDEX participant_anonymous")]
    assert [line for line in large if line.split()[1] in short] == []


@pytest.mark.parametrize(
    ("name", "index"),
    [
        ("calls", "follow_up_callback (callback_at<?)"),
        ("calls", "follow_up_open (due_date>? AND due_date<?)"),
        ("calls", "enrolment_staff (staff=? AND end_date>?)"),
        ("calls", "follow_up_own (enrolment_id=?)"),
        ("calls_count", "follow_up_own (enrolment_id=?)"),
        ("gaps", "enrolment_ongoing (start_date<?)"),
        ("gaps", "enrolment_staff (staff=? AND end_date=?)"),
        ("gaps", "enrolment_end (end_date>? AND end_date<?)"),
        ("waiting", "referral_outcome (outcome=?)"),
        ("report_population", "enrolment_end (end_date>?)"),
        ("report_population", "enrolment_ongoing (start_date<?)"),
        ("report_took_part", "enrolment_end (end_date>?)"),
        ("report_took_part", "enrolment_ongoing (start_date<?)"),
        ("report_started", "enrolment_start (start_date>? AND start_date<?)"),
        ("report_ended", "enrolment_end (end_date>? AND end_date<?)"),
        ("report_closed", "enrolment_end (end_date>? AND end_date<?)"),
        ("report_sus_age", "enrolment_start (start_date>? AND start_date<?)"),
        ("report_followup", "follow_up_due (due_date>? AND due_date<?)"),
        ("report_answered", "assessment_occasion (occasion=? AND enrolment_id=?)"),
        ("report_programme_years", "advice_date (date>? AND date<?)"),
    ],
)
def test_a_list_finds_its_rows_by_an_index(register: Register, name: str, index: str) -> None:
    assert any(line.endswith(f"INDEX {index}") for line in plan(register, name))


@pytest.mark.parametrize("name", LISTS)
def test_a_list_takes_names_from_the_view_that_hides_the_protected(name: str) -> None:
    sql = storage.query(name)
    assert "listed.name" in sql or "listed.sorted_name" in sql
    assert not re.search(r"first_name|last_name|participant\.phone|participant\.birth", sql)


@pytest.mark.parametrize("name", ["call_card", "calls", "snapshots", "attempts", "people"])
def test_neither_calls_nor_people_read_the_violence_screening(name: str) -> None:
    assert "screening" not in bare(storage.query(name))


def test_a_call_is_open_until_an_outcome_that_is_final(register: Register) -> None:
    with register.write() as conn:
        conn.execute("INSERT INTO programme (id, name, type) VALUES ('P', 'P', 'individual')")
        conn.execute("INSERT INTO participant (registration, sex) VALUES ('anonymous', 'woman')")
        for outcome in (None, *(code.key for code in register.codes.options("call_outcome"))):
            conn.execute(
                "INSERT INTO enrolment (participant_id, programme, start_date, end_date)"
                " VALUES (1, 'P', '2024-01-01', '2024-02-01')"
            )
            conn.execute(
                "INSERT INTO follow_up (enrolment_id, months, due_date, outcome)"
                " VALUES (last_insert_rowid(), '6', '2024-08-01', ?)",
                (outcome,),
            )
    done = register.sql("SELECT outcome FROM follow_up WHERE is_open = 0")
    assert {outcome for (outcome,) in done} == FINAL
