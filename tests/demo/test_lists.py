"""Whatever day it is, every list has something in it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from finsam_tui.domain.dates import add_months
from finsam_tui.storage import calls
from finsam_tui.storage.today import KINDS, today
from tests.demo.conftest import NOW, built

if TYPE_CHECKING:
    from pathlib import Path

    from finsam_tui.storage.register import Register

# A Saturday; the first minutes of a year, before a leap day's end, a month's end, the last minutes.
MOMENTS = [
    NOW,
    datetime(2024, 1, 1, 0, 20),
    datetime(2024, 2, 29, 8, 0),
    datetime(2025, 8, 31, 12, 0),
    datetime(2026, 12, 31, 23, 50),
]


def count(register: Register, sql: str, **params: object) -> int:
    (row,) = register.sql(f"SELECT count(*) FROM {sql}", params).fetchall()
    return int(row[0])


@pytest.mark.parametrize("now", MOMENTS, ids=str)
@pytest.mark.parametrize("seed", [1, 2])
def test_today_has_something_of_every_kind(tmp_path: Path, now: datetime, seed: int) -> None:
    with built(tmp_path, now=now, seed=seed) as register:
        counts = today(register, now).counts
        assert [kind for kind in KINDS if not counts[kind]] == []
        soon = today(register, now + timedelta(hours=2)).counts
        assert soon["callback"] > counts["callback"], "somebody is to be called within two hours"
        later = today(register, now + timedelta(days=8)).counts
        assert later["callback"] > soon["callback"], "and somebody on another day"


def test_the_waiting_list_has_five_to_fifteen_and_some_have_waited_long(demo: Register) -> None:
    assert 5 <= count(demo, "referral WHERE outcome = 'queue'") <= 15
    long_ago = add_months(NOW.date(), -4).isoformat()
    assert count(demo, "referral WHERE outcome = 'queue' AND date < :day", day=long_ago) >= 3


def test_calls_have_a_history(demo: Register) -> None:
    assert count(demo, "follow_up WHERE outcome = 'number_changed'") >= 1
    assert count(demo, "(SELECT 1 FROM attempt GROUP BY follow_up_id HAVING count(*) > 1)") >= 5
    queue = calls.calls(demo, NOW, limit=200)
    assert {call.state for call in queue} == {"callback", "due", "overdue", "late"}
    assert any(call.attempts for call in queue)
    assert any(not call.attempts for call in queue)


@pytest.mark.parametrize(
    "rows",
    [
        "advice",
        "aftercare",
        "enrolment_support",
        "extension",
        "note",
        "participant WHERE registration = 'anonymous'",
        "referral WHERE outcome = 'non_start' AND reason IS NOT NULL AND hours > 0",
        "referral WHERE outcome = 'advice'",
        "screening WHERE status = 'declined'",
        "screening WHERE status = 'no_occasion'",
        "follow_up WHERE outcome = 'answered' AND wants_support = 1",
        "follow_up_further_step",
        "ors WHERE occasion = 'closure' AND total IS NOT NULL",
        "ors WHERE occasion = 'closure' AND not_taken IS NOT NULL",
        "programme WHERE end_date < '2025-11-22'",
        "programme WHERE type = 'structural' AND volume = 1",
    ],
)
def test_there_are(demo: Register, rows: str) -> None:
    assert count(demo, rows) >= 1


def test_three_individual_programmes_have_participants_and_one_has_ended(demo: Register) -> None:
    found = demo.sql(
        "SELECT programme.id, end_date FROM programme WHERE id IN (SELECT programme FROM enrolment)"
    ).fetchall()
    assert len(found) == 3
    assert sum(end is not None for _, end in found) == 1


def test_the_team_has_a_coordinator_four_coaches_and_a_manager(demo: Register) -> None:
    roles = [role for (role,) in demo.sql("SELECT role FROM staff ORDER BY role")]
    assert roles == ["coach"] * 4 + ["coordinator", "manager"]


def test_exactly_one_has_a_protected_identity(demo: Register) -> None:
    assert count(demo, "participant WHERE protection <> 'none'") == 1


def test_in_a_larger_register_more_have(large: Register) -> None:
    assert count(large, "participant WHERE protection <> 'none'") >= 2000 // 180
