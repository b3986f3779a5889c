"""Where only the outcome of a violence screening is kept, no answer stands anywhere."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from finsam_tui.domain.periods import Period
from finsam_tui.errors import NotAllowed
from finsam_tui.forms.form import Refused
from finsam_tui.report import build
from finsam_tui.storage import access, audit, drafts, erasure, kept_answers, session, verbs
from finsam_tui.storage.drafts import Draft
from finsam_tui.storage.target import Target
from tests.register import NOW, Office, make_office

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ASKED = {"alone": "ja", "interpreter": "behövs inte", "informed": "ja", "status": "besvarat"}
ASKED |= {"date": "i", "instrument": "vald-7", "ongoing": "nej", "referred_to": "Kvinnojouren"}
YES = {"1", "3", "4"}  # exposed to psychological and sexual violence, and has done it to others
OUTCOME = "SELECT status, exposed, any_yes, kinds, ongoing, referred_to FROM screening"
FOUND = {
    "status": "answered",
    "exposed": 1,
    "any_yes": 1,
    "kinds": "1|3",
    "ongoing": 0,
    "referred_to": "Kvinnojouren",
}
ALI = {"registration": "person", "birth_date": "1992-07-17", "sex": "man", "protection": "nej"}


def answers(yes: set[str] = YES) -> dict[str, str]:
    return {f"item_{n}": "ja" if str(n) in yes else "nej" for n in range(1, 8)}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office with an enrolment, 1, at work by its coach."""
    office = make_office(tmp_path)
    office.save(Target("participant"), **ALI, first_name="Ali", last_name="Öberg")
    start = {"step": "Introduktion", "livelihood": "a-kassa", "hours": "2"}
    target = Target("enrolment", owner_id=1)
    office.save(target, programme="SAM", staff="C1", start_date="i", **start)
    yield office
    office.register.close()


def only_outcome(office: Office) -> int:
    """Choose so as the coordinator, and be the coach again; return what is left to erase."""
    role = "UPDATE staff SET role = ?, version = version + 1"
    with office.register.write() as conn:
        conn.execute(role, ("coordinator",))
    left = kept_answers.choose(office.register, keep=False)
    with office.register.write() as conn:
        conn.execute(role, ("coach",))
    return left


def traces(office: Office) -> list[dict[str, object]]:
    """Return all that is said of answers: rows, the audit's values, drafts."""
    found = office.rows("SELECT item, answer FROM screening_answer")
    found += office.rows(
        "SELECT column_name, old, new FROM audit_value JOIN audit ON audit.id = audit_id"
        " WHERE table_name = 'screening_answer'"
    )
    return found + office.rows("SELECT answers FROM draft")


def test_a_saved_screening_tells_what_it_found_and_no_answer(office: Office) -> None:
    assert only_outcome(office) == 0
    target = Target("screening", owner_id=1)
    drafts.keep(office.register, Draft(target, answers(), "item_7", NOW.isoformat()))
    screening = office.save(target, **ASKED, **answers())
    assert office.row(OUTCOME) == FOUND
    assert traces(office) == []
    office.save(office.shown("screening", screening), **ASKED, **answers({"2"}))
    assert office.row(OUTCOME) == FOUND | {"kinds": "2"}
    assert traces(office) == []


def test_the_figures_are_the_same_either_way(office: Office) -> None:
    told = []
    for keep in (True, False):
        if not keep:
            only_outcome(office)
        target = Target("screening", owner_id=1) if keep else office.shown("screening", 1)
        office.save(target, **ASKED, **answers())
        assert bool(traces(office)) is keep
        year, today = Period.year(2024), date(2024, 12, 31)
        section = build(office.register, "arsrapport", year, today=today, sections=["violence"])
        told.append(section.sections[0])
    assert told[0] == told[1]
    exposed = next(table for table in told[0].tables if table.id == "exposed")
    assert exposed.total
    assert exposed.total.cells[1] == exposed.total.cells[3] == 1


def test_an_outcome_opens_with_words_and_stays_where_no_question_is_answered(
    office: Office,
) -> None:
    only_outcome(office)
    screening = office.save(Target("screening", owner_id=1), **ASKED, **answers())
    target = office.shown("screening", screening)
    form = access.open_form(office.register, target)
    assert "Utfall: utsatt för psykiskt våld, sexuellt våld." in form.intro
    assert "sparas inte fråga för fråga" in form.intro
    context = session.context(office.register, target, NOW)
    begun = session.begin(office.register, target, context)
    reading = form.read({**begun.raws, "ongoing": "ja"}, context)
    assert reading.faults == []
    verbs.save_form(office.register, target, reading.values, context)
    assert office.row(OUTCOME) == FOUND | {"ongoing": 1}
    some = form.read({**begun.raws, "item_2": "ja"}, context)
    assert [fault.field for fault in some.refusals] == ["item_1"]
    with pytest.raises(Refused):
        verbs.save_form(office.register, target, some.values, context)


def test_a_new_screening_says_what_is_not_kept_and_asks_every_question(office: Office) -> None:
    only_outcome(office)
    form = access.open_form(office.register, Target("screening", owner_id=1))
    assert "bara utfallet" in form.intro
    assert form.by_name["item_1"].required


def test_answers_from_before_are_due_at_once_and_erased_with_their_traces(office: Office) -> None:
    office.save(Target("screening", owner_id=1), **ASKED, **answers())
    assert len(traces(office)) > 7
    assert only_outcome(office) == 1
    (noted,) = office.rows("SELECT user, detail FROM access WHERE kind = 'retention'")
    assert noted == {"user": "anna", "detail": "answers 0"}
    due = {found.rule.kind: found.ids for found in erasure.due(office.register, date(2024, 1, 1))}
    assert due["answers"] == (1,)
    erasure.apply(office.register, date(2024, 1, 10), "Förbundet sparar bara utfallet")
    assert traces(office) == []
    assert office.row(OUTCOME) == FOUND
    assert list(audit.verify(office.register.conn)) == []


def test_answers_from_before_go_when_their_screening_is_saved_again(office: Office) -> None:
    screening = office.save(Target("screening", owner_id=1), **ASKED, **answers())
    only_outcome(office)
    office.save(office.shown("screening", screening), **ASKED, **answers({"2"}))
    assert traces(office) == []
    assert office.row(OUTCOME)["kinds"] == "2"
    assert office.row("SELECT kind, reason FROM erasure")["reason"] == kept_answers.REASON
    assert list(audit.verify(office.register.conn)) == []


def test_the_usual_time_comes_back_with_the_answers(office: Office) -> None:
    only_outcome(office)
    kept_answers.set_kept(office.register, keep=True)
    office.save(Target("screening", owner_id=1), **ASKED, **answers())
    assert len(office.rows("SELECT * FROM screening_answer")) == 7
    assert erasure.choices(office.register) == {"retention_answers": "24"}


def test_a_coach_does_not_choose(office: Office) -> None:
    with pytest.raises(NotAllowed):
        kept_answers.choose(office.register, keep=False)
    assert kept_answers.kept(office.register.conn)
