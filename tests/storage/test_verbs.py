"""What saving a form brings about, looked up in the stored rows."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from finsam_tui.errors import Conflict, InputError
from finsam_tui.forms import catalogue
from finsam_tui.forms.form import Refused
from finsam_tui.storage import drafts, records, session, verbs
from finsam_tui.storage.drafts import Draft
from finsam_tui.storage.register import Register
from finsam_tui.storage.target import Target
from tests.register import KEY, NOW, Office, make_office

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ALI = {
    "registration": "person",
    "personal_id": "19920717-9871",
    "sex": "man",
    "first_name": "Ali",
    "last_name": "Öberg",
    "protection": "nej",
}
CLOSURE = {
    "end_date": "2024-08-31",
    "closure_reason": "utskrivning",
    "result": "studier|anställning",
    "step": "Kom i jobb",
    "livelihood": "lön",
    "occupation": "studier:50",
    "total": "24,3",
}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = make_office(tmp_path)
    yield office
    office.register.close()


def enrol(office: Office) -> int:
    person = office.save(Target("participant"), **ALI)
    start = {"step": "Introduktion", "livelihood": "a-kassa | försörjningsstöd", "hours": "2"}
    target = Target("enrolment", owner_id=person)
    return office.save(target, programme="SAM", staff="C1", start_date="i", **start)


def close(office: Office, enrolment: int, **raws: str) -> None:
    office.save(office.shown("closure", enrolment), **{**CLOSURE, **raws})


def test_a_number_gives_the_birth_date_and_can_be_searched(office: Office) -> None:
    office.save(Target("participant"), **ALI)
    stored = office.row("SELECT * FROM participant")
    assert (stored["personal_id"], stored["birth_date"]) == ("199207179871", "1992-07-17")
    assert "oberg" in str(stored["search_key"])


def test_the_same_number_twice_is_refused(office: Office) -> None:
    office.save(Target("participant"), **ALI)
    with pytest.raises(Refused, match="finns redan"):
        office.save(Target("participant"), **ALI)


def test_an_enrolment_has_its_start_assessment(office: Office) -> None:
    enrolment = enrol(office)
    stored = office.row("SELECT * FROM assessment")
    assert (stored["enrolment_id"], stored["occasion"]) == (enrolment, "start")
    assert (stored["date"], stored["step"], stored["hours"]) == ("2024-01-10", "introduction", 2)
    kept = office.rows("SELECT livelihood FROM assessment_livelihood ORDER BY rowid")
    assert [row["livelihood"] for row in kept] == ["unemployment_benefit", "income_support"]


def test_enrolling_takes_the_referral_off_the_waiting_list(office: Office) -> None:
    person = office.save(Target("participant"), **ALI)
    asked = {"programme": "SAM", "date": "2023-09-01", "party": "Region", "unit": "psykiatri"}
    referral = office.save(Target("referral", owner_id=person), **asked, outcome="kö")
    office.save(Target("enrolment", owner_id=person), programme="SAM", start_date="i")
    assert office.row("SELECT outcome FROM referral")["outcome"] == "start"
    assert office.row("SELECT referral_id FROM enrolment")["referral_id"] == referral


def test_a_second_open_enrolment_is_refused_by_the_register(office: Office) -> None:
    enrol(office)
    target = Target("enrolment", owner_id=1)
    blind = session.context(office.register, Target("enrolment", owner_id=99), NOW)
    values = catalogue.form("enrolment").read({"programme": "SAM", "start_date": "i"}, blind).values
    with pytest.raises(Refused, match="redan inskriven"):
        verbs.save_form(office.register, target, values, blind)


def test_closing_stores_assessment_ors_and_results_and_schedules_the_calls(office: Office) -> None:
    enrolment = enrol(office)
    office.now = datetime(2024, 9, 1, 9, 0)
    close(office, enrolment)
    assert office.row("SELECT total FROM ors WHERE occasion = 'closure'")["total"] == 24.3
    at_closure = office.row("SELECT * FROM assessment WHERE occasion = 'closure'")
    assert (at_closure["date"], at_closure["step"]) == ("2024-08-31", "getting_to_work")
    results = office.rows("SELECT result FROM enrolment_result ORDER BY result")
    assert [row["result"] for row in results] == ["employment", "studies"]
    calls = office.rows("SELECT months, due_date FROM follow_up ORDER BY due_date")
    assert [tuple(row.values()) for row in calls] == [("6", "2025-02-28"), ("18", "2026-02-28")]


def test_moving_the_closure_moves_undone_calls_and_keeps_done_ones(office: Office) -> None:
    enrolment = enrol(office)
    office.now = datetime(2025, 3, 1, 9, 0)
    close(office, enrolment)
    six = office.row("SELECT id FROM follow_up WHERE months = '6'")["id"]
    office.save(Target("follow_up", record_id=int(str(six))), outcome="avböjer", date="i")
    close(office, enrolment, end_date="2024-09-30")
    calls = office.rows("SELECT months, due_date FROM follow_up ORDER BY due_date")
    assert [tuple(row.values()) for row in calls] == [("6", "2025-02-28"), ("18", "2026-03-30")]


def test_reopening_takes_undone_calls_away_and_a_new_closure_brings_them(office: Office) -> None:
    enrolment = enrol(office)
    office.now = datetime(2025, 3, 1, 9, 0)
    close(office, enrolment)
    verbs.reopen(office.register, enrolment)
    assert office.rows("SELECT * FROM follow_up") == []
    assert office.row("SELECT end_date FROM enrolment")["end_date"] is None
    with pytest.raises(InputError):
        verbs.reopen(office.register, enrolment)
    close(office, enrolment)
    assert len(office.rows("SELECT * FROM follow_up")) == 2
    assert len(office.rows("SELECT * FROM assessment WHERE occasion = 'closure'")) == 1


def test_an_anonymous_participant_is_never_called(office: Office) -> None:
    raws = {"registration": "anonym", "sex": "okänt", "protection": "skyddad folkbokföring"}
    person = office.save(Target("participant"), **raws)
    start = Target("enrolment", owner_id=person)
    enrolment = office.save(start, programme="SAM", start_date="i")
    office.now = datetime(2024, 9, 1, 9, 0)
    close(office, enrolment)
    assert office.rows("SELECT * FROM follow_up") == []


def test_every_call_is_an_attempt_and_the_answer_an_assessment(office: Office) -> None:
    enrolment = enrol(office)
    office.now = datetime(2024, 9, 1, 9, 0)
    close(office, enrolment)
    call = Target("follow_up", record_id=1)
    months = office.row("SELECT months FROM follow_up WHERE id = 1")["months"]
    office.now = datetime(2025, 2, 28, 10, 0)
    office.save(call, outcome="ej svar", date="i")
    office.now += timedelta(days=1)
    answers = {"consent": "ja", "step": "Kom i jobb", "livelihood": "lön", "kept_step": "behållit"}
    given = {"own_livelihood": "ja", "wants_support": "nej", "usefulness": "5", "readier": "ja"}
    office.save(call, outcome="svarade", date="i", **answers, **given)
    assert [r["outcome"] for r in office.rows("SELECT outcome FROM attempt ORDER BY id")] == [
        *("no_answer", "answered")
    ]
    stored = office.row("SELECT * FROM follow_up WHERE id = 1")
    assert (stored["date"], stored["usefulness"], stored["consent"]) == ("2025-03-01", 5, 1)
    later = office.row("SELECT * FROM assessment WHERE occasion = ?", months)
    assert (later["date"], later["step"]) == ("2025-03-01", "getting_to_work")


def test_correcting_a_done_call_corrects_its_attempt_and_adds_none(office: Office) -> None:
    enrolment = enrol(office)
    office.now = datetime(2025, 3, 1, 9, 0)
    close(office, enrolment)
    office.save(Target("follow_up", record_id=1), outcome="avböjer", date="i")
    office.save(office.shown("follow_up", 1), outcome="ej samtycke", date="i")
    assert office.row("SELECT outcome FROM attempt")["outcome"] == "no_consent"


def test_no_consent_is_an_answer_about_consent(office: Office) -> None:
    enrolment = enrol(office)
    office.now = datetime(2025, 3, 1, 9, 0)
    close(office, enrolment)
    office.save(Target("follow_up", record_id=1), outcome="ej samtycke", date="i")
    assert office.row("SELECT consent FROM follow_up WHERE id = 1")["consent"] == 0


def test_a_screening_keeps_its_answers_and_what_follows_from_them(office: Office) -> None:
    enrolment = enrol(office)
    asked = {"alone": "ja", "interpreter": "behövs inte", "informed": "ja", "status": "besvarat"}
    answers = {f"item_{n}": "ja" if n == 7 else "nej" for n in range(1, 8)}
    target = Target("screening", owner_id=enrolment)
    office.save(target, date="i", instrument="vald-7", **asked, **answers)
    stored = office.row("SELECT exposed, any_yes FROM screening")
    assert (stored["exposed"], stored["any_yes"]) == (0, 1)
    assert len(office.rows("SELECT * FROM screening_answer WHERE answer = 'no'")) == 6


def test_the_second_of_two_editors_sees_both_and_nothing_is_lost(
    office: Office, tmp_path: Path
) -> None:
    enrolment = enrol(office)
    plan = office.save(Target("plan", owner_id=enrolment), date="i", goal="Stabil närvaro")
    mine = office.shown("plan", plan)
    with Register.open(tmp_path / "register.db", user="bo", raw_key=KEY) as theirs:
        other = Office(theirs)
        other.save(other.shown("plan", plan), date="i", goal="Deras mål")
    with pytest.raises(Conflict) as caught:
        office.save(mine, date="i", goal="Mitt mål")
    assert caught.value.theirs["goal"] == "Deras mål"
    assert caught.value.by == "bo"
    assert office.row("SELECT goal FROM plan")["goal"] == "Deras mål"
    office.save(office.shown("plan", plan), date="i", goal="Mitt mål")
    assert office.row("SELECT goal, version FROM plan") == {"goal": "Mitt mål", "version": 3}


def test_a_change_of_the_assessment_alone_is_a_conflict_too(office: Office) -> None:
    enrolment = enrol(office)
    close(office, enrolment)
    mine = office.shown("closure", enrolment)
    close(office, enrolment, step="Kom i gång")
    with pytest.raises(Conflict) as caught:
        office.save(mine, **CLOSURE)
    assert caught.value.theirs["step"] == "getting_going"


def test_saving_without_a_change_writes_nothing(office: Office) -> None:
    enrolment = enrol(office)
    raws = {"date": "2024-01-10", "goal": "Stabil närvaro"}
    plan = office.save(Target("plan", owner_id=enrolment), **raws)
    before = office.row("SELECT COUNT(*) AS n FROM audit")["n"]
    office.save(office.shown("plan", plan), **raws)
    assert office.row("SELECT version FROM plan")["version"] == 1
    assert office.row("SELECT COUNT(*) AS n FROM audit")["n"] == before


def test_the_audit_tells_who_changed_what(office: Office) -> None:
    enrolment = enrol(office)
    plan = office.save(Target("plan", owner_id=enrolment), date="i", goal="Ett")
    office.save(office.shown("plan", plan), date="i", goal="Två")
    told = office.row(
        "SELECT a.user, v.old, v.new FROM audit AS a JOIN audit_value AS v ON v.audit_id = a.id"
        " WHERE a.table_name = 'plan' AND v.column_name = 'goal'"
    )
    assert told == {"user": "anna", "old": "Ett", "new": "Två"}


def test_a_draft_is_kept_by_user_and_record_and_gone_at_the_save(office: Office) -> None:
    enrolment = enrol(office)
    target = Target("note", owner_id=enrolment)
    for text in ("Hej", "Hej på"):
        drafts.keep(office.register, Draft(target, {"text": text}, "text", "2024-01-10T09:00:00"))
    found = drafts.find(office.register, target)
    assert found is not None
    assert (found.raws, found.field) == ({"text": "Hej på"}, "text")
    assert drafts.find(office.register, Target("note", owner_id=99)) is None
    office.save(target, at="9:00", text="Hej på dig")
    assert drafts.all_of(office.register) == []


_ANSWERS: dict[str, dict[str, str]] = {
    "participant": {**ALI, "personal_id": "19990224-9888", "sex": "kvinna", "phone": "070-1740605"},
    "referral": {"programme": "SAM", "date": "i", "party": "Egen", "unit": "egen", "outcome": "kö"},
    "advice": {"date": "i", "programme": "SAM", "caller": "vård", "count": "2"},
    "assessment": {"date": "i", "step": "Kom i gång", "occupation": "studier:50|ingen"},
    "ors": {"occasion": "under", "date": "i", "total": "21,3"},
    "screening": {"date": "i", "alone": "nej", "why": "anhörig med", "new_date": "+7"},
    "plan": {"date": "i", "goal": "Gå till\nbiblioteket", "review_date": "+3m"},
    "note": {"at": "2024-01-09 14:30", "text": "Ringde.\n\nSågs.", "staff": "Anna Coach"},
    "extension": {"date": "i", "months": "3", "livelihood": "lön", "reason": "Behöver tid"},
    "support": {"support": "bostad | god man"},
    "closure": {**CLOSURE, "end_date": "2024-01-10"},
    "municipality": {"id": "1882", "name": "Askersund", "share": "20,5"},
    "programme": {
        "id": "CIC",
        "name": "Ciceron",
        "type": "individ",
        "volume": "nej",
        "months": "6 | 24",
    },
    "staff": {"id": "S1", "name": "Bo", "role": "samordnare"},
}


@pytest.mark.parametrize("form", _ANSWERS)
def test_what_is_saved_is_loaded(form: str, office: Office) -> None:
    enrolment = enrol(office)
    target = Target(form, owner_id=enrolment if catalogue.form(form).owner else 0)
    if form in ("closure", "support"):
        target = office.shown(form, enrolment)
    context = session.context(office.register, target, office.now)
    read = catalogue.form(form).read(_ANSWERS[form], context)
    assert read.refusals == []
    saved = verbs.save_form(office.register, target, read.values, context)
    loaded = records.load(office.register, catalogue.form(form), saved)
    assert {n: v for n, v in loaded.values.items() if v is not None} == {
        **{n: v for n, v in read.values.items() if v is not None},
        **{
            n: v
            for n, v in loaded.values.items()
            if n in ("birth_date", "total", "staff", "active")
        },
    }


def test_the_next_attempt_begins_without_the_last_ones_outcome_but_with_its_comment(
    office: Office,
) -> None:
    enrolment = enrol(office)
    office.now = datetime(2025, 3, 1, 9, 0)
    close(office, enrolment)
    call = Target("follow_up", record_id=1)
    office.save(call, outcome="ej svar", date="i", comment="Jobbar natt")
    begun = session.begin(office.register, call, session.context(office.register, call, office.now))
    assert begun.new
    assert begun.raws["comment"] == "Jobbar natt"
    assert "outcome" not in begun.raws
    assert begun.target.version == 2
