"""The call queue: who is in it, in which order, and what the caller sees."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from finsam_tui.domain.follow_up import FINAL
from finsam_tui.errors import InputError
from finsam_tui.storage.call_card import call_card
from finsam_tui.storage.calls import CallCounts, call_counts, calls, next_call
from tests.storage.rows import Rows

if TYPE_CHECKING:
    from finsam_tui.storage.register import Register

NOW = datetime(2024, 5, 15, 13, 0)  # the calls in their window are due 15 March to 15 June


@pytest.fixture
def rows(register: Register) -> Rows:
    rows = Rows(register)
    rows.association()
    return rows


def queue(register: Register, *, staff: str | None = None, now: datetime = NOW) -> list[int]:
    return [call.follow_up_id for call in calls(register, now, staff=staff, limit=50)]


def test_callbacks_at_their_time_then_the_window_that_closes_soonest_then_the_late(
    rows: Rows,
) -> None:
    changed = rows.call("2024-04-01", outcome="number_changed", date="2024-05-01")
    tried = rows.call("2024-03-16", outcome="no_answer", date="2024-05-15")
    late, later = rows.call("2024-01-10"), rows.call("2024-03-14")
    ahead, overdue, first = (rows.call(day) for day in ("2024-06-15", "2024-04-01", "2024-03-15"))
    promised: dict[str, Any] = {"outcome": "call_back", "date": "2024-05-14"}
    noon = rows.call("2024-06-01", callback_at="2024-05-15T12:00", **promised)
    now = rows.call("2024-06-01", callback_at="2024-05-15T13:00", **promised)

    order = [noon, now, first, overdue, ahead, later, late, tried, changed]
    assert queue(rows.register) == order
    states = [call.state for call in calls(rows.register, NOW, limit=9)]
    assert states == [
        *("callback", "callback", "overdue", "overdue", "due", "late", "late"),
        *("overdue", "overdue"),
    ]


def test_not_yet_due_promised_for_later_finished_and_anonymous_are_not_called(rows: Rows) -> None:
    rows.call("2024-06-16")
    rows.call("2024-05-01", outcome="call_back", callback_at="2024-05-15T13:01", date="2024-05-10")
    for outcome in sorted(FINAL):
        rows.call("2024-05-01", outcome=outcome, date="2024-05-02")
    rows.call("2024-05-01", person=rows.anonymous())
    assert queue(rows.register) == []
    assert call_counts(rows.register, NOW).total == 0


def test_nobody_is_phoned_about_a_time_long_past(rows: Rows) -> None:
    rows.call("2023-09-14")
    rows.call("2023-09-14", outcome="number_changed", date="2023-10-01")
    kept = rows.call("2023-09-15", outcome="no_answer", date="2023-10-01")
    assert queue(rows.register) == [kept]
    assert call_counts(rows.register, NOW) == CallCounts(callback=0, due=0, overdue=0, late=1)


def test_a_call_of_an_enrolment_that_was_opened_again_waits(rows: Rows) -> None:
    rows.call("2024-05-01", outcome="no_answer", date="2024-05-02")
    rows.change("enrolment", 1, end_date=None)
    assert queue(rows.register) == []
    assert call_counts(rows.register, NOW).total == 0
    with pytest.raises(InputError):
        call_card(rows.register, 1, NOW.date())


def test_a_callback_that_was_never_timed_is_a_call_like_others(rows: Rows) -> None:
    call = rows.call("2024-05-01", outcome="call_back", date="2024-05-02")
    assert queue(rows.register) == [call]
    assert call_counts(rows.register, NOW) == CallCounts(callback=0, due=0, overdue=1, late=0)


def test_a_coach_sees_their_own(rows: Rows) -> None:
    own, other = rows.call("2024-05-01", staff="C1"), rows.call("2024-05-02", staff="C2")
    nobodys = rows.call("2024-05-03", staff=None)
    assert queue(rows.register, staff="C1") == [own]
    assert queue(rows.register) == [own, other, nobodys]
    assert call_counts(rows.register, NOW, staff="C2").total == 1


def test_pages_follow_one_another(rows: Rows) -> None:
    for day in ("2024-05-01", "2024-01-01", "2024-05-02", "2024-01-02", "2024-05-03"):
        rows.call(day)
    pages = [calls(rows.register, NOW, limit=2, offset=offset) for offset in (0, 2, 4)]
    together = [call.follow_up_id for page in pages for call in page]
    assert together == queue(rows.register) == [1, 3, 5, 4, 2]


def test_the_counts_are_those_of_the_queue(rows: Rows) -> None:
    for day in ("2024-01-01", "2024-03-15", "2024-05-14", "2024-05-15", "2024-06-15"):
        rows.call(day)
    rows.call("2024-01-01", outcome="number_changed")
    rows.call("2025-01-01", outcome="call_back", callback_at="2024-05-15T09:00")
    counts = call_counts(rows.register, NOW)
    assert counts == CallCounts(callback=1, due=2, overdue=2, late=2)
    assert counts.total == len(queue(rows.register))


def test_the_next_call_is_the_first_that_was_not_passed_over(rows: Rows) -> None:
    first, second = rows.call("2024-05-01"), rows.call("2024-05-02")
    found = [next_call(rows.register, NOW, skipped=ids) for ids in ((), {first}, {first, second})]
    assert [call and call.follow_up_id for call in found] == [first, second, None]


def test_whom_nobody_reached_today_comes_back_tomorrow(rows: Rows) -> None:
    first, second = rows.call("2024-05-01"), rows.call("2024-05-02")
    rows.change("follow_up", first, outcome="no_answer", date="2024-05-15")
    assert queue(rows.register) == [second, first]
    assert queue(rows.register, now=datetime(2024, 5, 16, 8, 0)) == [first, second]


def test_a_call_in_the_list_tells_what_the_list_needs(rows: Rows) -> None:
    person = rows.person("Åsa", "Öberg", interpreter=1)
    id = rows.call("2024-05-01", person=person, outcome="no_answer", date="2024-05-02")
    rows.add("attempt", follow_up_id=id, at="2024-05-02T09:15", outcome="no_answer")
    (call,) = calls(rows.register, NOW, limit=1)
    assert (call.name, call.phone, call.programme, call.coach) == (
        *("Åsa Öberg", "070-174 06 07"),
        *("Teamet", "Cecilia"),
    )
    assert (call.months, call.due, call.closes) == (6, date(2024, 5, 1), date(2024, 7, 1))
    assert (call.attempts, call.last_outcome, call.tried) == (1, "ej svar", date(2024, 5, 2))
    assert call.interpreter
    assert not call.needs_number


def test_without_a_phone_number_or_when_it_changed_a_number_is_needed(rows: Rows) -> None:
    rows.call("2024-05-01", person=rows.person(phone=None))
    rows.call("2024-05-02", outcome="number_changed", date="2024-05-03")
    rows.call("2024-05-03", person=rows.person(protection="protected"))
    needs = [call.needs_number for call in calls(rows.register, NOW, limit=3)]
    assert needs == [True, False, True]


def test_a_list_tells_neither_name_nor_number_of_the_protected_but_the_card_does(
    rows: Rows,
) -> None:
    id = rows.call("2024-05-01", person=rows.person("Hemlig", "Hansson", protection="marked"))
    (call,) = calls(rows.register, NOW, limit=1)
    assert (call.name, call.phone) == ("Skyddad identitet", None)
    card = call_card(rows.register, id, NOW.date())
    assert (card.name, card.phone) == ("Hemlig Hansson", "070-174 06 07")
    assert card.protection == "sekretessmarkering"


def test_the_card_tells_how_it_ended(rows: Rows) -> None:
    id = rows.call("2024-05-01")
    rows.change("enrolment", 1, closure_reason="discharge", ordinary_service="employment_service")
    rows.add("enrolment_result", enrolment_id=1, result="care_support")
    rows.add("plan", enrolment_id=1, date="2022-02-01", goal="Gammalt mål")
    rows.add("plan", enrolment_id=1, date="2022-09-01", goal="Praktik på lager")
    start = {"occasion": "start", "date": "2022-01-10", "step": "introduction"}
    rows.add("assessment", enrolment_id=1, **start)
    closure = {"occasion": "closure", "date": "2023-01-10", "step": "getting_to_work", "hours": 20}
    rows.add("assessment", enrolment_id=1, responsible="social_insurance", **closure)
    rows.add("assessment_livelihood", assessment_id=2, livelihood="wage")
    rows.add("assessment_livelihood", assessment_id=2, livelihood="unemployment_benefit")
    rows.add("assessment_occupation", assessment_id=2, occupation="studies", extent=50)
    rows.add("assessment_occupation", assessment_id=2, occupation="job_seeking")

    card = call_card(rows.register, id, NOW.date())
    assert (card.closure_reason, card.results) == ("utskrivning", ("stöd till vård",))
    assert (card.enrolled, card.closed) == (date(2022, 1, 10), date(2023, 1, 10))
    assert card.ordinary_service == "AF"
    assert card.goal == "Praktik på lager"
    assert card.start
    assert card.closure
    assert (card.start.step, card.start.level) == ("Introduktion", 1)
    assert (card.closure.step, card.closure.hours) == ("Kom i jobb", 20)
    assert card.closure.livelihood == ("a-kassa", "lön")
    assert card.closure.occupation == ("studier 50 %", "aktivt arbetssökande")
    assert card.closure.responsible == "Försäkringskassan"
    assert card.positive_step


def test_the_card_tells_what_was_tried_and_whether_it_is_late(rows: Rows) -> None:
    id = rows.call("2024-05-01", outcome="call_back", callback_at="2024-05-15T12:30")
    for at, outcome in (("2024-05-02T09:15", "no_answer"), ("2024-05-03T10:00", "call_back")):
        rows.add("attempt", follow_up_id=id, at=at, outcome=outcome, staff="C2")
    card = call_card(rows.register, id, NOW.date())
    tried = [(attempt.outcome, attempt.by) for attempt in card.attempts]
    assert tried == [("ring åter", "Cesar"), ("ej svar", "Cesar")]
    assert card.callback_at == datetime(2024, 5, 15, 12, 30)
    assert (card.due, card.closes, card.late) == (date(2024, 5, 1), date(2024, 7, 1), False)
    assert call_card(rows.register, id, date(2024, 7, 2)).late


@pytest.mark.parametrize(
    ("steps", "result", "positive"),
    [
        (("introduction", "introduction"), None, False),
        (("introduction", "getting_going"), None, True),
        (("getting_going", "introduction"), "employment", True),
        ((None, "closure"), None, False),
        ((None, None), "moved", False),
        ((None, None), "studies", True),
    ],
)
def test_a_positive_step_is_up_the_ladder_or_a_result_that_counts(
    rows: Rows, steps: tuple[str | None, str | None], result: str | None, *, positive: bool
) -> None:
    id = rows.call("2024-05-01")
    for occasion, step in zip(("start", "closure"), steps, strict=True):
        columns = {"occasion": occasion, "date": "2022-01-10", "step": step}
        rows.add("assessment", enrolment_id=1, **columns)
    if result:
        rows.add("enrolment_result", enrolment_id=1, result=result)
    assert call_card(rows.register, id, NOW.date()).positive_step is positive


def test_the_call_knows_nothing_of_the_violence_screening(rows: Rows) -> None:
    id = rows.call("2024-05-01")
    before = call_card(rows.register, id, NOW.date())
    answers = {"status": "answered", "exposed": 1, "any_yes": 1, "referred_to": "Kvinnojouren"}
    rows.add("screening", enrolment_id=1, date="2022-02-01", **answers)
    assert call_card(rows.register, id, NOW.date()) == before


def test_a_call_that_is_gone_is_told(register: Register) -> None:
    with pytest.raises(InputError, match="finns inte längre"):
        call_card(register, 404, NOW.date())
