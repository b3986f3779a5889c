"""A person's card and timeline, what was measured, and who may open a screening."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from finsam_tui.domain.personal_id import test_number as made_up
from finsam_tui.errors import InputError
from finsam_tui.storage.access import screening_allowed
from finsam_tui.storage.access_log import log_access
from finsam_tui.storage.measures import OrsPoint, ors_series, snapshots, steps
from finsam_tui.storage.person import person
from finsam_tui.storage.timeline import timeline
from finsam_tui.storage.waiting import Capacity, capacity, waiting, waiting_count
from tests.storage.rows import Rows

if TYPE_CHECKING:
    from finsam_tui.storage.register import Register

TODAY = date(2024, 5, 15)


@pytest.fixture
def rows(register: Register) -> Rows:
    rows = Rows(register)
    rows.association()
    return rows


def a_whole_way(rows: Rows) -> int:
    """Give a person one of everything, and return the enrolment."""
    id = rows.person("Åsa", "Öberg")
    rows.add(
        "referral",
        participant_id=id,
        programme="SAM",
        date="2023-01-10",
        party="region",
        unit="psychiatry",
        outcome="start",
    )
    enrolment = rows.enrolment(id, "2023-02-01", assignment="work_training")
    own = {"enrolment_id": enrolment}
    start = {"occasion": "start", "step": "introduction", "hours": 5}
    rows.add("assessment", **own, date="2023-02-01", responsible="region_only", **start)
    rows.add("ors", **own, date="2023-02-02", occasion="start", total=18.8)
    rows.add("ors", **own, date="2023-04-02", occasion="during", not_taken="not_able")
    answers = {"status": "answered", "exposed": 1, "any_yes": 1, "referred_to": "Kvinnojouren"}
    rows.add("screening", **own, date="2023-02-03", **answers)
    rows.add("plan", **own, date="2023-02-04", goal="Praktik", review_date="2023-05-04")
    rows.add("note", **own, at="2023-02-05T14:30", staff="C2", text="Ringde.\nInget svar.")
    rows.add("extension", **own, date="2024-01-01", months=2, livelihood="wage", reason="praktik")
    closure = {"occasion": "closure", "step": "getting_to_work"}
    rows.add("assessment", **own, date="2024-03-01", **closure)
    rows.add("ors", **own, date="2024-03-01", occasion="closure", total=24.0)
    rows.change("enrolment", enrolment, end_date="2024-03-01", closure_reason="discharge")
    rows.add("enrolment_result", enrolment_id=enrolment, result="studies")
    rows.add("enrolment_support", enrolment_id=enrolment, support="housing")
    answered = {"outcome": "answered", "date": "2024-05-10", "kept_step": "kept"}
    rows.add("follow_up", **own, months="6", due_date="2024-05-01", **answered)
    rows.add("follow_up", **own, months="18", due_date="2025-09-01")
    back = {"outcome": "call_back", "callback_at": "2024-05-10T09:00", "staff": "C1"}
    rows.add("attempt", follow_up_id=1, at="2024-05-09T10:00", **back)
    rows.add("aftercare", **own, date="2024-04-10", minutes=45, purpose="cv", result="klart")
    return enrolment


def test_the_card_has_the_persons_own_data(rows: Rows) -> None:
    number = made_up(date(1990, 5, 17), 984)
    id = rows.person("Åsa", "Öberg", personal_id=number, interpreter=1, protection="marked")
    card = person(rows.register, id, TODAY)
    assert (card.name, card.personal_id) == ("Åsa Öberg", f"{number[:8]}-{number[8:]}")
    assert (card.birth_date, card.age, card.sex) == (date(1990, 5, 17), 33, "kvinna")
    assert (card.municipality, card.phone, card.interpreter) == ("Kumla", "070-174 06 07", True)
    assert card.protection == "sekretessmarkering"
    assert not card.anonymous


def test_the_card_of_somebody_anonymous_has_a_number_for_a_name(rows: Rows) -> None:
    id = rows.anonymous()
    card = person(rows.register, id, TODAY)
    assert (card.name, card.anonymous, card.age, card.protection) == (
        *(f"Anonym {id}", True),
        *(None, None),
    )


def test_nobody_is_told(register: Register) -> None:
    with pytest.raises(InputError, match="finns inte längre"):
        person(register, 404, TODAY)


def test_the_card_has_the_enrolments_with_their_time(rows: Rows) -> None:
    closed = a_whole_way(rows)
    ongoing = rows.enrolment(1, "2024-05-01", staff="C2", programme="VAXA")
    latest, earlier = person(rows.register, 1, TODAY).enrolments
    assert (latest.enrolment_id, latest.days, latest.end, latest.limit) == (ongoing, 14, None, None)
    assert (earlier.enrolment_id, earlier.days) == (closed, 394)
    assert earlier.limit == date(2024, 4, 1)
    assert (earlier.programme, earlier.coach, earlier.assignment) == (
        *("Teamet", "Cecilia"),
        "arbetsträning",
    )
    assert earlier.closure_reason == "utskrivning"
    assert earlier.results == ("studier",)
    assert earlier.support == ("bostad",)


def test_the_card_has_the_referrals(rows: Rows) -> None:
    a_whole_way(rows)
    (referral,) = person(rows.register, 1, TODAY).referrals
    assert (referral.date, referral.programme) == (date(2023, 1, 10), "Teamet")
    assert (referral.referrer, referral.outcome_label) == ("Region, psykiatri", "start")


def test_the_timeline_tells_everything_the_latest_first(rows: Rows) -> None:
    a_whole_way(rows)
    told = [
        f"{event.date} {event.time or ''} {event.kind}: {event.text}"
        for event in timeline(rows.register, 1)
    ]
    assert told == [
        "2025-09-01  follow_up: uppföljning 18 månader: att ringa",
        "2024-05-10  follow_up: uppföljning 6 månader: svarade, behållit",
        "2024-05-09 10:00 attempt: samtal 6 månader: ring åter, 10 maj 2024 kl. 09:00, av Cecilia",
        "2024-04-10  aftercare: punktinsats: cv, 45 min, klart",
        "2024-03-01  assessment: bedömning avslut: Kom i jobb",
        "2024-03-01  closure: avslut i Teamet efter 394 dagar: utskrivning; resultat: studier",
        "2024-03-01  ors: ORS avslut: 24,0",
        "2024-01-01  extension: förlängning 2 månader: lön, praktik",
        "2023-04-02  ors: ORS under: ej taget, orkade inte",
        "2023-02-05 14:30 note: anteckning av Cesar: Ringde.\nInget svar.",
        "2023-02-04  plan: individuell plan (revideras 4 maj 2023): Praktik",
        "2023-02-02  ors: ORS start: 18,8",
        "2023-02-01  assessment: bedömning start: Introduktion, Endast regionen, 5 tim/vecka",
        "2023-02-01  enrolment: inskriven i Teamet: arbetsträning, Cecilia",
        "2023-01-10  referral: aktualiserad till Teamet: start",
    ]


def test_an_event_leads_to_its_record(rows: Rows) -> None:
    enrolment = a_whole_way(rows)
    rows.add("note", enrolment_id=enrolment, at="2024-05-14T08:00", text="Hej")
    events = {event.text: event for event in timeline(rows.register, 1)}
    note = events["anteckning: Hej"]
    assert (note.table, note.id, note.enrolment_id, note.programme) == (
        *("note", 2),
        *(enrolment, "Teamet"),
    )
    assert not events["uppföljning 18 månader: att ringa"].done
    assert all(event.done for event in events.values() if event.kind != "follow_up")
    referral = events["aktualiserad till Teamet: start"]
    assert (referral.table, referral.enrolment_id) == ("referral", None)


def test_a_screening_is_in_the_timeline_for_those_who_may_and_then_its_date_alone(
    rows: Rows,
) -> None:
    a_whole_way(rows)
    assert all(event.kind != "screening" for event in timeline(rows.register, 1))
    seen = timeline(rows.register, 1, screening_visible=True)
    (event,) = [event for event in seen if event.kind == "screening"]
    assert (event.date, event.text) == (date(2023, 2, 3), "våldsscreening")


def test_nobody_elses_events_are_told(rows: Rows) -> None:
    a_whole_way(rows)
    assert timeline(rows.register, rows.person("Eva", "Ek")) == []


def test_what_was_measured_is_in_the_order_of_time(rows: Rows) -> None:
    enrolment = a_whole_way(rows)
    rows.add("assessment", enrolment_id=enrolment, occasion="month", date="2023-03-01")
    shots = snapshots(rows.register, enrolment)
    assert [shot.occasion for shot in shots] == ["start", "month", "closure"]
    assert [shot.level for shot in steps(rows.register, enrolment)] == [1, 3]
    assert ors_series(rows.register, enrolment) == [
        OrsPoint(1, date(2023, 2, 2), "start", 18.8),
        OrsPoint(3, date(2024, 3, 1), "avslut", 24.0),
    ]


@pytest.mark.parametrize(
    ("staff", "allowed"),
    [("C1", True), ("S1", True), ("C2", False), ("B1", False), ("X", False), (None, False)],
)
def test_a_screening_is_for_its_own_coach_and_the_coordinator(
    rows: Rows, staff: str | None, *, allowed: bool
) -> None:
    rows.add("staff", id="B1", name="Britt", role="manager")
    enrolment = rows.enrolment(rows.person(), "2024-01-01", staff="C1")
    assert screening_allowed(rows.register, staff, enrolment) is allowed


@pytest.mark.parametrize("staff", ["C1", "S1"])
def test_who_has_left_may_open_no_screening(rows: Rows, staff: str) -> None:
    enrolment = rows.enrolment(rows.person(), "2024-01-01", staff="C1")
    rows.change("staff", staff, active=0)
    assert not screening_allowed(rows.register, staff, enrolment)


def test_an_enrolment_without_a_coach_is_the_coordinators(rows: Rows) -> None:
    enrolment = rows.enrolment(rows.person(), "2024-01-01", staff=None)
    assert screening_allowed(rows.register, "S1", enrolment)
    assert not screening_allowed(rows.register, None, enrolment)
    assert not screening_allowed(rows.register, "S1", 404)


def test_an_opened_card_is_logged(rows: Rows) -> None:
    log_access(rows.register, "screening", 7, "enrolment 3")
    (entry,) = rows.register.sql("SELECT user, kind, participant_id, detail, at FROM access")
    assert tuple(entry)[:4] == ("anna", "screening", 7, "enrolment 3")
    assert entry["at"].endswith("Z")


def test_the_waiting_list_has_the_longest_wait_first(rows: Rows) -> None:
    columns = {"programme": "SAM", "party": "self", "outcome": "queue"}
    for day, first in (("2024-05-01", "Ada"), ("2024-01-16", "Bo"), ("2024-01-17", "Cia")):
        rows.add("referral", participant_id=rows.person(first), date=day, **columns)
    queue = waiting(rows.register, TODAY)
    assert [(row.name, row.days, row.too_long) for row in queue] == [
        ("Bo Ek", 120, True),
        ("Cia Ek", 119, False),
        ("Ada Ek", 14, False),
    ]
    assert waiting_count(rows.register) == 3
    (page,) = waiting(rows.register, TODAY, limit=1, offset=1)
    assert (page.name, page.referrer, page.programme) == ("Cia Ek", "Egen", "Teamet")


def test_an_empty_waiting_list_has_nobody(rows: Rows) -> None:
    assert waiting(rows.register, TODAY) == []
    assert waiting_count(rows.register) == 0


def test_the_capacity_counts_open_enrolments_and_their_persons(rows: Rows) -> None:
    id = rows.person()
    rows.enrolment(id, "2024-01-01")
    rows.enrolment(id, "2024-01-01", programme="VAXA")
    rows.enrolment(rows.person(), "2024-01-01", end_date="2024-02-01")
    rows.change("staff", "C2", active=0)
    rows.add("staff", id="M1", name="Mia", role="manager")
    assert capacity(rows.register) == [
        Capacity("C1", "Cecilia", "coach", enrolments=2, participants=1),
        Capacity("S1", "Sam", "samordnare", enrolments=0, participants=0),
    ]
