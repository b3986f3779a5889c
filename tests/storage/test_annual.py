"""Budgets, goals, days, questionnaires, others' figures and texts, as the forms store them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from finsam_tui.errors import Conflict
from finsam_tui.forms import catalogue
from finsam_tui.forms.form import Refused
from finsam_tui.storage import records, session
from finsam_tui.storage.target import Target
from tests.register import Office, make_office

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

YEAR = {"programme": "SAM", "year": "2023"}
ONE_OF_A_KIND = {
    "programme_year": YEAR,
    "goal": {
        "year": "2023",
        "measure": "stödet är till nytta",
        "direction": "minst",
        "target": "75",
    },
    "comparison": {"year": "2023", "level": "förbund", "name": "Samordningsförbundet Sjöbygden"},
    "report_text": {"year": "2023", "part": "personalen", "text": "Fyra coacher."},
}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = make_office(tmp_path)
    with office.register.write() as conn:
        conn.execute(
            "INSERT INTO programme (id, name, type, volume)"
            " VALUES ('LARA', 'Lära', 'structural', 0), ('RÅD', 'Rådgivning', 'individual', 1)"
        )
    yield office
    office.register.close()


def test_a_budget_is_kept_to_the_ore(office: Office) -> None:
    office.save(
        Target("programme_year"),
        **YEAR,
        budget_participants="100",
        budget_amount="1 311 000",
        actual_amount="1 051 782,22",
        fulfilment="Mycket god",
    )
    stored = office.row("SELECT * FROM programme_year")
    assert (stored["year"], stored["budget_participants"]) == (2023, 100)
    assert (stored["budget_amount"], stored["actual_amount"]) == (1311000.0, 1051782.22)


def test_a_year_is_shown_as_it_is_typed(office: Office) -> None:
    saved = office.save(Target("programme_year"), **YEAR, budget_participants="1200")
    target = office.shown("programme_year", saved)
    context = session.context(office.register, target, office.now)
    raws = session.begin(office.register, target, context).raws
    assert (raws["year"], raws["budget_participants"]) == ("2023", "1 200")


@pytest.mark.parametrize("programme", ["LARA", "RÅD"])
def test_participants_without_persons_are_counted_by_hand(office: Office, programme: str) -> None:
    office.save(
        Target("programme_year"), programme=programme, year="2023", actual_participants="163"
    )
    assert office.row("SELECT actual_participants FROM programme_year") == {
        "actual_participants": 163
    }


def test_participants_with_enrolments_are_not(office: Office) -> None:
    target = Target("programme_year")
    context = session.context(office.register, target, office.now)
    raws = {**YEAR, "actual_participants": "163"}
    reading = catalogue.form("programme_year").read(raws, context)
    assert [fault.field for fault in reading.refusals] == ["actual_participants"]


@pytest.mark.parametrize("form", ONE_OF_A_KIND)
def test_there_is_one_of_a_kind(office: Office, form: str) -> None:
    saved = office.save(Target(form), **ONE_OF_A_KIND[form])
    with pytest.raises(Refused, match=r"finns redan|har redan"):
        office.save(Target(form), **ONE_OF_A_KIND[form])
    office.save(Target(form), **{**ONE_OF_A_KIND[form], "year": "2024"})
    office.save(office.shown(form, saved), **ONE_OF_A_KIND[form])
    with pytest.raises(Refused):
        office.save(office.shown(form, saved), **{**ONE_OF_A_KIND[form], "year": "2024"})
    assert len(office.rows(f"SELECT * FROM {form}")) == 2


@pytest.mark.parametrize("form", ["goal", "report_text"])
def test_a_programme_has_its_own_beside_the_associations(office: Office, form: str) -> None:
    office.save(Target(form), **ONE_OF_A_KIND[form])
    office.save(Target(form), **ONE_OF_A_KIND[form], programme="SAM")
    kept = office.rows(f"SELECT programme FROM {form} ORDER BY id")
    assert [row["programme"] for row in kept] == [None, "SAM"]


def test_a_questionnaire_keeps_the_answers_that_are_on_it(office: Office) -> None:
    came = {"programme": "SAM", "occasion": "avslut", "year": "2023", "sex": "kvinna"}
    saved = office.save(Target("questionnaire"), **came, item_useful="ja", item_plan="vet ej")
    answers = "SELECT item, answer FROM questionnaire_answer ORDER BY item"
    assert [tuple(row.values()) for row in office.rows(answers)] == [
        ("plan", "no_answer"),
        ("useful", "yes"),
    ]
    shown = office.shown("questionnaire", saved)
    office.save(shown, **came, item_useful="nej")
    assert [tuple(row.values()) for row in office.rows(answers)] == [("useful", "no")]
    assert office.row("SELECT version FROM questionnaire") == {"version": 2}
    with pytest.raises(Conflict):
        office.save(shown, **came, item_useful="ja")


def test_a_questionnaire_leads_to_nobody(office: Office) -> None:
    columns = {str(row["name"]) for row in office.rows("PRAGMA table_xinfo(questionnaire)")}
    assert not {name for name in columns if "participant" in name or "enrolment" in name}
    assert "date" not in columns


def test_a_day_for_the_staff_is_stored(office: Office) -> None:
    saved = office.save(
        Target("structural_event"),
        programme="LARA",
        date="2023-11-29",
        attendees="65",
        lecturers="5",
        exhibitors="16",
    )
    form = catalogue.form("structural_event")
    assert records.load(office.register, form, saved).values == {
        "programme": "LARA",
        "date": "2023-11-29",
        "attendees": 65,
        "lecturers": 5,
        "exhibitors": 16,
        "comment": None,
    }
