"""The main job, end to end, by keyboard alone at 80×24: from F2 to the call at 18 months."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from finsam_tui.storage.register import Register
from finsam_tui.tui.app import FinsamApp
from tests.tui.conftest import RAW_KEY
from tests.tui.walk import walking
from tests.tui.whole_way import SIZE, STEPS, USER, furnish

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

# A query → its rows once the way has been walked.
STORED: dict[str, list[tuple[object, ...]]] = {
    "SELECT first_name, last_name, personal_id, birth_date, sex, municipality, phone"
    " FROM participant": [
        ("Åsa", "Öberg", "199005179826", "1990-05-17", "woman", "1881", "070-174 06 07")
    ],
    "SELECT participant_id, programme, date, party, outcome FROM referral": [
        (1, "SAM", "2024-03-15", "employment_service", "start")
    ],
    "SELECT participant_id, referral_id, programme, staff, assignment, start_date, education,"
    " public_support_time FROM enrolment": [
        (1, 1, "SAM", "S1", "mapping", "2024-03-15", "upper_secondary", "y3")
    ],
    "SELECT end_date, closure_reason, ordinary_service, enhanced_cooperation FROM enrolment": [
        ("2024-11-15", "discharge", "none", 0)
    ],
    "SELECT date, alone, interpreter, informed, status, exposed, ongoing, child_at_harm"
    " FROM screening": [("2024-03-15", 1, "not_needed", 1, "answered", 0, 0, 0)],
    "SELECT count(*), min(answer), max(answer) FROM screening_answer": [(7, "no", "no")],
    "SELECT occasion, date, individually, close, socially, overall, total FROM ors ORDER BY date": [
        ("start", "2024-03-15", 4.1, 5.0, 3.2, 4.0, 16.3),
        ("closure", "2024-11-15", 7.5, 8.0, 6.5, 7.0, 29.0),
    ],
    "SELECT date, goal, review_date FROM plan": [
        ("2024-03-15", "Arbetsträning på halvtid", "2024-06-15")
    ],
    "SELECT at, text, staff FROM note": [
        ("2024-03-15T09:00", "Första mötet. Åsa vill börja i liten skala.", "S1")
    ],
    "SELECT result FROM enrolment_result": [("employment",)],
    "SELECT occasion, date, step, responsible, hours,"
    " (SELECT livelihood FROM assessment_livelihood WHERE assessment_id = assessment.id),"
    " (SELECT occupation FROM assessment_occupation WHERE assessment_id = assessment.id)"
    " FROM assessment ORDER BY date": [
        ("start", "2024-03-15", "introduction", "income_support", 5, "income_support", "none"),
        ("month", "2024-04-15", "getting_going", "income_support", 5, "income_support", "none"),
        ("closure", "2024-11-15", "getting_to_work", "none", 20, "wage", "work"),
        ("6", "2025-05-16", "getting_to_work", "none", 20, "wage", "work"),
        ("18", "2026-05-15", "getting_to_work", "none", 20, "wage", "work"),
    ],
    "SELECT months, due_date, date, outcome, consent, kept_step, own_livelihood, wants_support,"
    " usefulness, readier FROM follow_up ORDER BY due_date": [
        ("6", "2025-05-15", "2025-05-16", "answered", 1, "kept", 0, 0, 4, 1),
        ("18", "2026-05-15", "2026-05-15", "answered", 1, "kept", 0, 0, 4, 1),
    ],
    "SELECT at, outcome, staff FROM attempt ORDER BY at": [
        ("2025-05-16T09:10", "answered", "S1"),
        ("2026-05-15T13:20", "answered", "S1"),
    ],
    "SELECT count(*) FROM draft": [(0,)],
    "SELECT DISTINCT user FROM audit WHERE table_name = 'follow_up'": [(USER,)],
}


@pytest.fixture
def now() -> list[datetime]:
    """What the clock says: the last one."""
    return [STEPS[0].at]


@pytest.fixture
def team(register: Register, path: Path, now: list[datetime]) -> Iterator[FinsamApp]:
    """The app on an empty register with a programme, and a clock that the test moves."""
    furnish(register)
    held = Register.open(path, user=USER, raw_key=RAW_KEY)
    app = FinsamApp(held, path=str(path), clock=lambda: now[-1])
    yield app
    app.release()


async def test_one_person_s_whole_way(
    team: FinsamApp, register: Register, now: list[datetime]
) -> None:
    async with walking(team, SIZE) as walk:
        for step in STEPS:
            now.append(step.at)
            await walk.press(*step.keys)
            assert step.shows in walk.text, step.name
    for query, rows in STORED.items():
        assert [tuple(row) for row in register.sql(query)] == rows
