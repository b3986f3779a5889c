"""What there is to do today: every kind appears when it should, and goes away when it is done."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from finsam_tui.domain.dates import add_months
from finsam_tui.storage.today import KINDS, Item, Kind, call_items, today
from tests.storage.rows import Rows

if TYPE_CHECKING:
    from finsam_tui.storage.register import Register

NOW = datetime(2024, 5, 15, 13, 0)
DAY = NOW.date()


@pytest.fixture
def rows(register: Register) -> Rows:
    rows = Rows(register)
    rows.association()
    rows.change("staff", "S1", slot=register.user)  # a coordinator sees all there is to do
    return rows


def ago(days: int) -> str:
    return (DAY - timedelta(days=days)).isoformat()


def items(rows: Rows, kind: Kind, *, now: datetime = NOW, staff: str | None = None) -> list[Item]:
    found = today(rows.register, now, staff=staff)
    chosen = [item for item in found.items if item.kind == kind]
    assert found.counts[kind] == len(chosen)
    return chosen


def test_nothing_to_do_in_an_empty_register(rows: Rows) -> None:
    found = today(rows.register, NOW)
    assert found.items == ()
    assert found.counts == dict.fromkeys(KINDS, 0)


def test_a_well_kept_enrolment_asks_for_nothing(rows: Rows) -> None:
    enrolment = rows.enrolment(rows.person(), ago(60))
    rows.complete(enrolment, ago(30))
    assert today(rows.register, NOW).items == ()


@pytest.mark.parametrize("kind", ["gap_screening", "gap_ors_start", "gap_plan"])
def test_what_is_to_be_there_at_the_start_is_asked_for_after_two_weeks(
    rows: Rows, kind: Kind
) -> None:
    rows.enrolment(rows.person(), ago(13))
    assert items(rows, kind) == []
    (item,) = items(rows, kind, now=NOW + timedelta(days=1))
    assert (item.name, item.programme, item.coach) == ("Eva Ek", "Teamet", "Cecilia")
    assert (item.day, item.days, item.overdue) == (date.fromisoformat(ago(13)), 14, True)
    assert item.text.endswith("inskriven 14 dagar")
    assert (item.participant_id, item.enrolment_id) == (1, 1)


@pytest.mark.parametrize("status", ["answered", "declined"])
def test_a_screening_that_was_answered_or_declined_is_done(rows: Rows, status: str) -> None:
    enrolment = rows.enrolment(rows.person(), ago(60))
    rows.add("screening", enrolment_id=enrolment, date=ago(50), status=status)
    assert items(rows, "gap_screening") == []


def test_a_screening_without_an_occasion_comes_back_on_its_new_date(rows: Rows) -> None:
    enrolment = rows.enrolment(rows.person(), ago(60))
    missed = {"enrolment_id": enrolment, "status": "no_occasion"}
    rows.add("screening", **missed, date=ago(50), new_date=ago(20))
    rows.add("screening", **missed, date=ago(20), new_date=ago(-1))
    assert items(rows, "gap_screening") == []
    (item,) = items(rows, "gap_screening", now=NOW + timedelta(days=1))
    assert item.text == "Våldsscreening: nytt tillfälle 16 maj 2024"


def test_a_new_enrolment_with_a_missed_screening_waits_for_the_new_date_too(rows: Rows) -> None:
    enrolment = rows.enrolment(rows.person(), ago(5))
    missed = {"enrolment_id": enrolment, "status": "no_occasion"}
    rows.add("screening", **missed, date=ago(4), new_date=ago(0))
    assert len(items(rows, "gap_screening")) == 1


def test_what_the_screening_said_is_in_no_list(rows: Rows) -> None:
    enrolment = rows.enrolment(rows.person(), ago(60))
    before = today(rows.register, NOW)
    answers = {"status": "answered", "exposed": 1, "any_yes": 1, "ongoing": 1}
    rows.add("screening", enrolment_id=enrolment, date=ago(50), **answers)
    after = today(rows.register, NOW)
    assert set(after.items) < set(before.items)


def test_an_ors_that_was_not_taken_for_a_reason_is_no_gap(rows: Rows) -> None:
    enrolment = rows.enrolment(rows.person(), ago(60))
    occasion = {"enrolment_id": enrolment, "occasion": "start", "date": ago(60)}
    rows.add("ors", **occasion, not_taken="declined")
    assert items(rows, "gap_ors_start") == []


def test_an_ors_at_closure_is_asked_for_while_it_can_be_taken(rows: Rows) -> None:
    person = rows.person()
    rows.enrolment(person, ago(400), end_date=ago(91))
    recent = rows.enrolment(person, ago(90), end_date=ago(90), staff="C2")
    (item,) = items(rows, "gap_ors_closure")
    assert (item.enrolment_id, item.coach, item.days) == (recent, "Cesar", 90)
    rows.add("ors", enrolment_id=recent, occasion="start", date=ago(90), total=20)
    assert len(items(rows, "gap_ors_closure")) == 1
    rows.add("ors", enrolment_id=recent, occasion="closure", date=ago(90), total=24)
    assert items(rows, "gap_ors_closure") == []


def test_a_plan_is_current_until_its_review_and_the_latest_plan_decides(rows: Rows) -> None:
    enrolment = rows.enrolment(rows.person(), ago(300))
    plan = {"enrolment_id": enrolment, "goal": "Praktik"}
    rows.add("plan", **plan, date=ago(200))
    assert items(rows, "gap_plan") == []
    latest = rows.add("plan", **plan, date=ago(100), review_date=ago(0))
    assert items(rows, "gap_plan") == []
    rows.change("plan", latest, review_date=ago(1))
    (item,) = items(rows, "gap_plan")
    assert item.text == "Planen skulle revideras 14 maj 2024"


def test_an_assessment_is_missing_after_45_days(rows: Rows) -> None:
    enrolment = rows.enrolment(rows.person(), ago(100))
    rows.add("assessment", enrolment_id=enrolment, occasion="start", date=ago(100))
    rows.add("assessment", enrolment_id=enrolment, occasion="month", date=ago(45))
    assert items(rows, "gap_assessment") == []
    (item,) = items(rows, "gap_assessment", now=NOW + timedelta(days=1))
    assert (item.text, item.days) == ("Ingen bedömning på 46 dagar", 46)


def test_without_any_assessment_the_start_counts(rows: Rows) -> None:
    rows.enrolment(rows.person(), ago(45))
    assert items(rows, "gap_assessment") == []
    assert len(items(rows, "gap_assessment", now=NOW + timedelta(days=1))) == 1


@pytest.mark.parametrize(
    ("start", "extended", "ends"),
    [
        ("2023-06-14", (), "2024-06-14"),
        ("2023-05-14", (), "2024-05-14"),
        ("2022-05-15", (6, 6), "2024-05-15"),
        ("2023-06-15", (), None),  # thirty-one days ahead
        ("2023-05-14", (2,), None),
    ],
)
def test_a_time_limit_is_told_thirty_days_ahead(
    rows: Rows, start: str, extended: tuple[int, ...], ends: str | None
) -> None:
    enrolment = rows.enrolment(rows.person(), start)
    for months in extended:
        rows.add("extension", enrolment_id=enrolment, date=start, months=months)
    found = items(rows, "time_limit")
    assert [item.day.isoformat() for item in found] == ([ends] if ends else [])
    assert all(item.overdue == (item.day < DAY) for item in found)


@pytest.mark.parametrize(
    ("start", "months"),
    [
        *(("2023-08-31", 6), ("2022-08-31", 6), ("2023-08-29", 6), ("2023-08-28", 6)),
        *(("2024-02-29", 12), ("2023-12-31", 2), ("2023-03-31", 13), ("2022-12-30", 2)),
    ],
)
def test_the_limit_is_the_same_to_sql_as_to_the_calendar(
    rows: Rows, start: str, months: int
) -> None:
    """Also where it falls on a day that its month lacks, or the horizon does."""
    rows.change("programme", "SAM", max_months=months)
    rows.enrolment(rows.person(), start)
    limit = add_months(date.fromisoformat(start), months)
    for away in range(25, 36):
        then = datetime.combine(limit - timedelta(days=away), NOW.time())
        assert len(items(rows, "time_limit", now=then)) == (away <= 30)


def test_without_a_limit_nobody_runs_over(rows: Rows) -> None:
    rows.enrolment(rows.person(), "2010-01-01", programme="VAXA")
    assert items(rows, "time_limit") == []


def test_an_enrolment_that_has_not_begun_lacks_nothing(rows: Rows) -> None:
    rows.change("programme", "SAM", max_months=1)
    rows.enrolment(rows.person(), ago(-1))
    assert today(rows.register, NOW).items == ()


def test_closed_enrolments_lack_nothing(rows: Rows) -> None:
    rows.enrolment(rows.person(), "2010-01-01", end_date="2012-01-01")
    assert today(rows.register, NOW).items == ()


def test_the_queue_tells_how_long_and_from_whom(rows: Rows) -> None:
    columns = {"programme": "SAM", "party": "region", "unit": "psychiatry", "outcome": "queue"}
    rows.add("referral", participant_id=rows.person(), date=ago(120), **columns)
    rows.add("referral", date=ago(119), **columns)
    rows.add("referral", date=ago(500), **{**columns, "outcome": "start"})
    first, second = items(rows, "waiting")
    assert first.text == "Väntar sedan 120 dagar, från Region, psykiatri"
    assert (first.overdue, second.overdue) == (True, False)
    assert (first.referral_id, first.participant_id) == (1, 1)
    assert (second.name, second.participant_id) == ("Utan person", None)


def test_kinds_come_by_weight_and_the_oldest_first(rows: Rows) -> None:
    person = rows.person()
    rows.add(
        "referral",
        participant_id=person,
        programme="SAM",
        date=ago(10),
        party="self",
        outcome="queue",
    )
    rows.enrolment(person, ago(100))
    rows.enrolment(rows.person("Ann", "Al"), ago(200))
    rows.call("2024-06-01")
    rows.call("2024-05-01")
    rows.call("2024-05-01", outcome="call_back", callback_at="2024-05-15T12:00")
    found = today(rows.register, NOW).items
    assert [item.kind for item in found] == [
        *("callback", "call_overdue", "call_due"),
        *("gap_screening", "gap_screening", "gap_ors_start", "gap_ors_start"),
        *("gap_plan", "gap_plan", "gap_assessment", "gap_assessment", "waiting"),
    ]
    assert [item.days for item in found if item.kind == "gap_plan"] == [200, 100]


def test_the_limit_is_a_kinds_own_and_the_counts_are_whole(rows: Rows) -> None:
    for n in range(3):
        rows.enrolment(rows.person(), ago(20 + n))
        rows.call("2024-05-01")
    found = today(rows.register, NOW, limit=2)
    for kind in ("call_overdue", "gap_screening", "gap_plan", "gap_ors_start"):
        assert sum(item.kind == kind for item in found.items) == 2
        assert found.counts[kind] == 3


def test_a_coach_has_their_own_and_the_queue_is_nobodys(rows: Rows) -> None:
    rows.enrolment(rows.person("Ett", "A"), ago(100), staff="C1")
    rows.enrolment(rows.person("Två", "B"), ago(100), staff="C2")
    rows.call("2024-05-01", staff="C1")
    rows.enrolment(rows.person(), ago(100), end_date=ago(5), staff="C1")
    rows.add("referral", programme="SAM", date=ago(10), party="self", outcome="queue")
    found = today(rows.register, NOW, staff="C2")
    assert {item.name for item in found.items} == {"Två B"}
    assert found.counts["waiting"] == found.counts["call_overdue"] == 0
    assert found.counts["gap_ors_closure"] == 0


def test_nobody_protected_is_named(rows: Rows) -> None:
    rows.enrolment(rows.person("Ada", "Ask", protection="protected"), ago(100))
    anonymous = rows.anonymous()
    rows.enrolment(anonymous, ago(100))
    names = {item.name for item in today(rows.register, NOW).items}
    assert names == {"Skyddad identitet", f"Anonym {anonymous}"}


@pytest.mark.parametrize(
    ("columns", "text"),
    [
        ({"due": "2024-06-01"}, "Samtal 6 månader: ring senast 1 aug 2024"),
        ({"due": "2024-05-01"}, "Samtal 6 månader: ring senast 1 jul 2024"),
        ({"due": "2024-01-31"}, "Samtal 6 månader: efter tiden, som gick ut 31 mar 2024"),
        (
            {"due": "2024-05-01", "outcome": "call_back", "callback_at": "2024-05-15T12:30"},
            "Samtal 6 månader: ring åter kl. 12:30",
        ),
        (
            {"due": "2024-05-01", "outcome": "call_back", "callback_at": "2024-05-14T09:00"},
            "Samtal 6 månader: ring åter 14 maj 2024 kl. 09:00",
        ),
        (
            {"due": "2024-05-01", "outcome": "number_changed"},
            "Samtal 6 månader: behöver nytt nummer",
        ),
    ],
)
def test_a_call_says_when(rows: Rows, columns: dict[str, str], text: str) -> None:
    rows.call(**columns)  # type: ignore[arg-type] # text all of it
    assert [item.text for item in call_items(rows.register, NOW, limit=5)] == [text]


@pytest.mark.parametrize(("at", "overdue"), [("2024-05-15", False), ("2024-05-14", True)])
def test_a_call_asked_for_on_a_day_gone_by_should_have_been_made(
    rows: Rows, at: str, *, overdue: bool
) -> None:
    rows.call("2024-05-01", outcome="call_back", callback_at=f"{at}T09:00")
    assert [item.overdue for item in call_items(rows.register, NOW, limit=5)] == [overdue]
