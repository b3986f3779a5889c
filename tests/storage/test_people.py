"""The list of people: filtered as one types, in the order of names, nobody protected in sight."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from finsam_tui.domain.personal_id import test_number as made_up
from finsam_tui.storage.people import PersonRow, people, people_count
from tests.storage.rows import Rows

if TYPE_CHECKING:
    from finsam_tui.storage.register import Register

TODAY = date(2024, 5, 15)
NUMBER = made_up(date(1990, 5, 17), 984)


@pytest.fixture
def rows(register: Register) -> Rows:
    rows = Rows(register)
    rows.association()
    return rows


def found(register: Register, text: str = "", *, limit: int = 50, offset: int = 0) -> list[int]:
    page = people(register, text, TODAY, limit=limit, offset=offset)
    return [row.participant_id for row in page]


def test_everybody_stands_in_the_order_of_names_and_the_hidden_last(rows: Rows) -> None:
    hidden, anonymous = rows.person("Ada", "Ask", protection="protected"), rows.anonymous()
    berg, ask, ask_bo = (
        rows.person("Al", "Berg"),
        rows.person("Eva", "Ask"),
        rows.person("Bo", "Ask"),
    )
    assert found(rows.register) == [ask_bo, ask, berg, anonymous, hidden]
    assert people_count(rows.register, "", TODAY) == 5


def test_a_filter_wants_every_word(rows: Rows) -> None:
    asa = rows.person("Åsa", "Lind-Berg", phone="070-174 06 11", personal_id=NUMBER)
    eva = rows.person("Eva", "Lindén", phone="+46 8 465 004 11")
    wanted = {
        "lin": [asa, eva],
        "LIND å": [asa],
        "berg": [asa],
        "4061": [asa],
        "070-174 06": [asa],
        "08-465": [eva],
        f"{NUMBER[:8]}-{NUMBER[8:]}": [asa],
        NUMBER[2:]: [asa],
        "ind": [],
        "eva berg": [],
        "%": [asa, eva],
    }
    assert {text: found(rows.register, text) for text in wanted} == wanted
    assert {text: people_count(rows.register, text, TODAY) for text in wanted} == {
        text: len(ids) for text, ids in wanted.items()
    }


def test_pages_follow_one_another(rows: Rows) -> None:
    ids = [rows.person("Eva", f"Ek{letter}") for letter in "abcde"]
    pages = [found(rows.register, "eva", limit=2, offset=offset) for offset in (0, 2, 4)]
    assert pages == [ids[:2], ids[2:4], ids[4:]]


@pytest.mark.parametrize("protection", ["marked", "protected"])
def test_who_is_protected_is_not_recognised(rows: Rows, protection: str) -> None:
    id = rows.person("Ada", "Ask", personal_id=NUMBER, protection=protection)
    for text in ("ada", "ask", NUMBER[:10], NUMBER[-4:], "0701740607", "kumla"):
        assert found(rows.register, text) == []
    (row,) = people(rows.register, "skyddad", TODAY, limit=5)
    assert row == PersonRow(
        participant_id=id,
        name="Skyddad identitet",
        birth_year=None,
        age=None,
        phone=None,
        municipality=None,
        programmes=(),
        coach=None,
        status="new",
    )


def test_the_whole_number_finds_also_who_is_protected(rows: Rows) -> None:
    id = rows.person("Ada", "Ask", personal_id=NUMBER, protection="protected")
    for text in (NUMBER, NUMBER[2:], f"{NUMBER[:8]}-{NUMBER[8:]}"):
        assert found(rows.register, text) == [id]
        assert people_count(rows.register, text, TODAY) == 1


def test_who_is_anonymous_has_a_number_for_a_name(rows: Rows) -> None:
    id = rows.anonymous()
    (row,) = people(rows.register, "anonym", TODAY, limit=5)
    assert (row.name, row.participant_id) == (f"Anonym {id}", id)


def test_a_row_tells_programmes_coach_and_age(rows: Rows) -> None:
    id = rows.person("Eva", "Ek", birth_date="1990-05-16")
    rows.enrolment(id, "2020-01-01", end_date="2020-06-30", staff="C2")
    rows.enrolment(id, "2024-01-01", staff="C1")
    rows.enrolment(id, "2024-02-01", staff="C2", programme="VAXA")
    (row,) = people(rows.register, "", TODAY, limit=5)
    assert row == PersonRow(
        participant_id=id,
        name="Ek, Eva",
        birth_year=1990,
        age=33,
        phone="070-174 06 07",
        municipality="Kumla",
        programmes=("Växa", "Teamet"),
        coach="Cesar",
        status="enrolled",
    )


def test_the_status_is_enrolled_before_queue_before_closed(rows: Rows) -> None:
    def refer(person: int, outcome: str) -> None:
        rows.add(
            "referral",
            participant_id=person,
            programme="SAM",
            date="2024-01-01",
            party="self",
            outcome=outcome,
        )

    names = ("Aa", "Bb", "Cc", "Dd", "Ee")
    enrolled, queue, again, closed, refused = (rows.person("Eva", name) for name in names)
    rows.enrolment(enrolled, "2024-01-01")
    for person in (again, closed):
        rows.enrolment(person, "2020-01-01", end_date="2020-02-01")
    for person in (enrolled, queue, again):
        refer(person, "queue")
    refer(refused, "non_start")
    page = people(rows.register, "", TODAY, limit=5)
    assert [row.status for row in page] == ["enrolled", "queue", "queue", "closed", "new"]


def test_a_missing_name_is_told(rows: Rows) -> None:
    rows.person(first=None, last=None)  # type: ignore[arg-type] # as an old file may have it
    rows.person(first=None, last="Ek")  # type: ignore[arg-type]
    page = people(rows.register, "", TODAY, limit=5)
    assert [row.name for row in page] == ["Namn saknas", "Ek"]
