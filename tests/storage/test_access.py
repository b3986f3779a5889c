"""Who may see and change what: coach, coordinator, manager, somebody who left, and nobody known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from finsam_tui.errors import NotAllowed
from finsam_tui.forms import catalogue
from finsam_tui.storage import access, records, session, verbs
from finsam_tui.storage.register import Register
from finsam_tui.storage.target import Target
from tests.register import KEY, NOW, Office, make_office

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Key slot → the staff record that goes with it; "key" has none.
ROLES = {
    "anna": ("C1", "coach", 1),  # the enrolments' own coach
    "bo": ("C2", "coach", 1),
    "sam": ("S1", "coordinator", 1),
    "chef": ("M1", "manager", 1),
    "gone": ("G1", "coordinator", 0),
}
SAFE = {"alone": "ja", "interpreter": "behövs inte", "informed": "ja", "status": "besvarat"}
ANSWERS = {f"item_{i}": "ja" if i == 4 else "nej" for i in range(1, 8)}
INFLICTED = {"item_4", "item_5", "item_6"}


class Roles:
    """A register with a screening of an open and one of a protected person, as anybody sees it."""

    def __init__(self, office: Office) -> None:
        self.path, self._office = office.register.path, office
        with office.register.write() as conn:
            for slot, (id, role, active) in ROLES.items():
                conn.execute(
                    "INSERT INTO staff (id, name, role, slot, active) VALUES (?, ?, ?, ?, ?)"
                    " ON CONFLICT (id) DO NOTHING",
                    (id, f"{slot} {role}", role, slot, active),
                )
        self.open = self._person("Eva", "")
        self.protected = self._person("Disa", "sekretessmarkering")
        self.enrolment = self._enrolment(self.open)
        self.kept = self._enrolment(self.protected)
        answers = {**SAFE, **ANSWERS, "instrument": "vald-7", "date": "i"}
        self.screening = office.save(Target("screening", self.enrolment), **answers)

    def _person(self, name: str, protection: str) -> int:
        raws = {"first_name": name, "last_name": "Ek", "birth_date": "1990-05-17", "sex": "kvinna"}
        return self._office.save(
            *(Target("participant"),),
            registration="person",
            protection=protection or "nej",
            interpreter="nej",
            **raws,
        )

    def _enrolment(self, person: int) -> int:
        raws = {"programme": "SAM", "start_date": "i", "staff": "Anna Coach"}
        return self._office.save(Target("enrolment", person), **raws)

    def as_(self, slot: str) -> Register:
        return Register.open(self.path, user=slot, raw_key=KEY)

    def logged(self, kind: str) -> list[tuple[str, int]]:
        sql = "SELECT user, participant_id FROM access WHERE kind = ? ORDER BY id"
        return [(row["user"], row["participant_id"]) for row in self._office.rows(sql, kind)]  # type: ignore[misc] # as the schema has them


@pytest.fixture
def roles(tmp_path: Path) -> Iterator[Roles]:
    office = make_office(tmp_path)
    with office.register:
        yield Roles(office)


def allowed(roles: Roles, slot: str) -> dict[str, bool]:
    with roles.as_(slot) as register:
        forms = {
            "note": Target("note", roles.enrolment),
            "screening": Target("screening", record_id=roles.screening),
            "new screening": Target("screening", roles.enrolment),
            "protected": Target("note", roles.kept),
            "protected person": Target("participant", record_id=roles.protected),
            "goal": Target("goal"),
        }
        return {name: access.may_open(register, target) for name, target in forms.items()}


@pytest.mark.parametrize(
    ("slot", "wanted"),
    [
        ("anna", "note screening new screening protected protected person goal"),
        ("sam", "note screening new screening protected protected person goal"),
        ("bo", "note goal"),
        ("chef", ""),
        ("gone", ""),
        ("key", "note goal"),
    ],
)
def test_each_role_opens_what_is_its_own(roles: Roles, slot: str, wanted: str) -> None:
    found = allowed(roles, slot)
    assert " ".join(name for name, may in found.items() if may) == wanted


@pytest.mark.parametrize("slot", ["bo", "chef", "gone", "key"])
def test_what_may_not_be_opened_cannot_be_saved_or_read(roles: Roles, slot: str) -> None:
    target = Target("screening", record_id=roles.screening)
    with roles.as_(slot) as register, pytest.raises(NotAllowed):
        access.open_form(register, target)
    with roles.as_(slot) as register, pytest.raises(NotAllowed):
        Office(register, NOW).save(target, **SAFE, **ANSWERS, instrument="vald-7", date="i")
    with roles.as_(slot) as register, pytest.raises(NotAllowed):
        access.open_person(register, roles.protected)
    assert roles.logged("screening") == roles.logged("person") == []


def test_a_reader_reopens_nothing(roles: Roles) -> None:
    with roles.as_("chef") as register, pytest.raises(NotAllowed, match="chef"):
        verbs.reopen(register, roles.enrolment)


def test_each_opening_is_in_the_log(roles: Roles) -> None:
    for slot in ("anna", "sam"):
        with roles.as_(slot) as register:
            access.open_form(register, Target("screening", record_id=roles.screening))
            access.open_form(register, Target("note", roles.enrolment))
            access.open_person(register, roles.protected)
    assert roles.logged("screening") == [("anna", roles.open), ("sam", roles.open)]
    assert roles.logged("person") == [("anna", roles.protected), ("sam", roles.protected)]


def test_what_the_person_did_to_others_is_for_the_coach_alone_and_survives_a_save(
    roles: Roles,
) -> None:
    target = Target("screening", record_id=roles.screening)
    with roles.as_("anna") as register:
        assert set(access.open_form(register, target).by_name) >= INFLICTED
    with roles.as_("sam") as register:
        form = access.open_form(register, target)
        assert not INFLICTED & set(form.by_name)
        context = session.context(register, target, NOW)
        stored = records.load(register, catalogue.form("screening"), roles.screening)
        assert not INFLICTED & set(form.show(stored.values, context))
        office = Office(register, NOW)
        seen = {f"item_{i}": "nej" for i in (1, 2, 3, 7)}
        hidden = dict.fromkeys(INFLICTED, "nej")  # whatever a front end may make of them
        office.save(target, **SAFE, **seen, **hidden, instrument="vald-7", date="i")
        rows = office.rows("SELECT item, answer FROM screening_answer ORDER BY item")
    assert {str(row["item"]): row["answer"] for row in rows}["4"] == "yes"
    assert len(rows) == 7


def test_a_screening_that_turns_out_declined_keeps_no_answers(roles: Roles) -> None:
    target = Target("screening", record_id=roles.screening)
    for slot in ("sam", "anna"):
        with roles.as_(slot) as register:
            office = Office(register, NOW)
            office.save(target, **{**SAFE, "status": "avböjt"}, date="i")
            assert office.rows("SELECT * FROM screening_answer") == []
            assert office.row("SELECT exposed, any_yes FROM screening") == {
                "exposed": None,
                "any_yes": None,
            }


def test_who_is_protected_and_has_no_coach_is_taken_in_by_any(roles: Roles) -> None:
    with roles.as_("bo") as register:
        assert not access.may_open(register, Target("enrolment", roles.protected))
        with register.write() as conn:
            conn.execute("UPDATE enrolment SET staff = NULL")
        assert access.may_open(register, Target("enrolment", roles.protected))
