"""Colleagues, programmes and municipalities: added, changed, stopped, and by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from finsam_tui.errors import Conflict, NotAllowed
from finsam_tui.forms.form import Refused
from finsam_tui.storage import access, association, lists, session, verbs
from finsam_tui.storage.register import Register
from finsam_tui.storage.target import Target
from tests.register import KEY, NOW, Office, make_office

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from finsam_tui.forms.form import Reading
    from finsam_tui.storage.target import Id

TODAY = NOW.date()
NEW = {
    "staff": {"id": "CI", "name": "Cia Sol", "role": "chef"},
    "programme": {"id": "VAXA", "name": "Växa", "months": "6 | 18"},
    "municipality": {"id": "1882", "name": "Askersund", "share": "20,5"},
}
# What another record has already; the name of a colleague is only asked about.
TAKEN = [
    ("staff", {"id": "be"}, "id"),
    ("programme", {"id": "sam"}, "id"),
    ("programme", {"name": "samordningsteamet"}, "name"),
    ("municipality", {"id": "1881"}, "id"),
    ("municipality", {"name": "KUMLA"}, "name"),
]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office where Anna, who has unlocked it, is the coordinator, and Bo a coach."""
    with make_office(tmp_path).register as made, made.write() as conn:
        conn.execute("UPDATE staff SET role = 'coordinator'")
        conn.execute("INSERT INTO staff (id, name, role) VALUES ('BE', 'Bo Ek', 'coach')")
        conn.execute("INSERT INTO staff (id, name, role) VALUES ('DA', 'Dan Al', 'coach')")
    with Register.open(made.path, user="anna", raw_key=KEY) as register:
        yield Office(register)


def filled_in(office: Office, target: Target, raws: dict[str, str]) -> Reading:
    """Return what the form reads, opened as the user sees it and with `raws` typed into it."""
    context = session.context(office.register, target, NOW)
    begun = session.begin(office.register, target, context)
    form = access.open_form(office.register, target)
    return form.read({**begun.raws, **raws}, context)


def save(office: Office, target: Target, **raws: str) -> Id:
    context = session.context(office.register, target, NOW)
    reading = filled_in(office, target, raws)
    return verbs.save_form(office.register, target, reading.values, context)


def enrol(office: Office, staff: str, *, closed: bool = False) -> None:
    """Put in somebody's enrolment; where it is closed, with a call to make."""
    with office.register.write() as conn:
        person = conn.execute(
            "INSERT INTO participant (registration, birth_date, sex)"
            " VALUES ('person', '1990-01-01', 'man')"
        ).lastrowid
        enrolment = conn.execute(
            "INSERT INTO enrolment (participant_id, programme, staff, start_date, end_date)"
            " VALUES (?, 'SAM', ?, '2023-01-10', ?)",
            (person, staff, "2023-08-10" if closed else None),
        ).lastrowid
        if closed:
            conn.execute(
                "INSERT INTO follow_up (enrolment_id, months, due_date)"
                " VALUES (?, '6', '2024-02-10'), (?, '18', '2025-02-10')",
                (enrolment, enrolment),
            )


def told(office: Office, form: str) -> dict[Id, str]:
    found = lists.lines(office.register, form, TODAY, limit=9)
    return {line.record_id: line.told for line in found}


@pytest.mark.parametrize("form", NEW)
def test_what_is_added_is_listed_and_its_id_stays(office: Office, form: str) -> None:
    saved = save(office, Target(form), **NEW[form])
    assert saved == NEW[form]["id"]
    assert lists.count(office.register, form) == len(told(office, form))
    target = office.shown(form, saved)
    assert "id" not in access.open_form(office.register, target).by_name
    assert save(office, target, id="OTHER", name="Annat namn") == saved
    assert office.rows(f"SELECT name, version FROM {form} WHERE id = ?", saved) == [
        {"name": "Annat namn", "version": 2}
    ]
    context = session.context(office.register, target, NOW)
    forced = {**filled_in(office, target, {}).values, "id": "OTHER"}
    verbs.save_form(office.register, office.shown(form, saved), forced, context)
    assert office.rows(f"SELECT 1 FROM {form} WHERE id = 'OTHER'") == []


@pytest.mark.parametrize("form", NEW)
def test_each_change_is_in_the_log(office: Office, form: str) -> None:
    saved = save(office, Target(form), **NEW[form])
    save(office, office.shown(form, saved), name="Annat namn")
    logged = "SELECT user, action FROM audit WHERE table_name = ? AND row_id = ? ORDER BY id"
    assert [tuple(row.values()) for row in office.rows(logged, form, saved)] == [
        ("anna", "insert"),
        ("anna", "update"),
    ]


@pytest.mark.parametrize(("form", "raws", "field"), TAKEN)
def test_what_another_has_is_refused_at_the_field(
    office: Office, form: str, raws: dict[str, str], field: str
) -> None:
    new = {**NEW[form], **raws}
    (refused,) = filled_in(office, Target(form), new).refusals
    assert (refused.field, refused.message) == (field, "Finns redan; välj ett annat.")
    with pytest.raises(Refused):
        save(office, Target(form), **new)


@pytest.mark.parametrize("id", ["två ord", "a:b", "a;b", "a|b", "a,b"])
def test_a_new_id_is_one_word(office: Office, id: str) -> None:
    for form, raws in NEW.items():
        refused = filled_in(office, Target(form), {**raws, "id": id}).refusals
        assert [fault.field for fault in refused] == ["id"]


def test_two_colleagues_may_share_a_name_if_that_is_meant(office: Office) -> None:
    reading = filled_in(office, Target("staff"), {**NEW["staff"], "name": "bo ek"})
    assert ([q.field for q in reading.questions], reading.refusals) == (["name"], [])
    assert filled_in(office, office.shown("staff", "BE"), {"role": "chef"}).faults == []


def test_two_who_change_the_same_colleague_are_told(office: Office) -> None:
    first = office.shown("staff", "BE")
    save(office, first, name="Bo Ekh")
    with pytest.raises(Conflict):
        save(office, first, name="Bo Eek")


def test_who_has_stopped_is_not_offered_but_stays_in_what_is_done(office: Office) -> None:
    enrol(office, "BE")
    save(office, office.shown("staff", "BE"), active="nej")
    offered = [code.key for code in office.register.codes.options("staff")]
    assert sorted(offered) == ["C1", "DA"]
    assert office.register.codes.label("staff", "BE") == "Bo Ek"
    assert office.row("SELECT staff FROM enrolment") == {"staff": "BE"}
    save(office, office.shown("staff", "BE"), active="ja")
    assert "BE" in {code.key for code in office.register.codes.options("staff")}


def test_the_new_coach_gets_the_open_enrolments_and_the_log_tells(office: Office) -> None:
    for staff, closed in (("BE", False), ("BE", False), ("BE", True), ("C1", False)):
        enrol(office, staff, closed=closed)
    target = office.shown("staff", "BE")
    (asked,) = filled_in(office, target, {"active": "nej"}).questions
    assert "2 öppna inskrivningar" in asked.message
    save(office, target, active="nej", successor="Dan Al")
    found = office.rows("SELECT staff, version FROM enrolment ORDER BY id")
    assert [tuple(row.values()) for row in found] == [
        ("DA", 2),
        ("DA", 2),
        ("BE", 1),
        ("C1", 1),
    ]
    logged = "SELECT row_id FROM audit WHERE table_name = 'enrolment' AND action = 'update'"
    assert [row["row_id"] for row in office.rows(logged)] == ["1", "2"]
    assert told(office, "staff")["DA"] == "coach, ingen nyckel, 2 inskrivna"
    assert told(office, "staff")["BE"] == "coach, har slutat, 2 samtal"


def test_nobody_is_given_what_the_one_who_stops_was_to_leave(office: Office) -> None:
    enrol(office, "BE")
    save(office, office.shown("staff", "DA"), active="nej")
    for successor in ("Bo Ek", "Dan Al"):
        raws = {"active": "nej", "successor": successor}
        refused = filled_in(office, office.shown("staff", "BE"), raws).refusals
        assert [fault.field for fault in refused] == ["successor"]
    save(office, office.shown("staff", "BE"), active="ja", successor="Dan Al")  # asked no more
    assert office.row("SELECT staff FROM enrolment") == {"staff": "BE"}


def test_what_is_left_behind_is_told_with_the_way_to_take_the_key(office: Office) -> None:
    enrol(office, "BE")
    enrol(office, "BE", closed=True)
    with office.register.write() as conn:
        conn.execute("UPDATE staff SET slot = 'Bo Ek' WHERE id = 'BE'")
    assert association.left_behind(office.register, "BE", TODAY) == ""
    save(office, office.shown("staff", "BE"), active="nej")
    left = association.left_behind(office.register, "BE", TODAY)
    assert "1 öppen inskrivning" in left
    assert "2 samtal att ringa" in left
    assert left.endswith("finsam nyckel remove 'Bo Ek'")
    assert told(office, "staff")["BE"] == ("coach, har slutat, nyckeln kvar, 1 inskriven, 2 samtal")


@pytest.mark.parametrize("raws", [{"active": "nej"}, {"role": "coach"}])
def test_the_last_coordinator_with_a_key_stays(office: Office, raws: dict[str, str]) -> None:
    with office.register.write() as conn:
        conn.execute("UPDATE staff SET role = 'coordinator' WHERE id = 'DA'")
    (field,) = raws
    refused = filled_in(office, office.shown("staff", "C1"), raws).refusals
    assert [fault.field for fault in refused] == [field]  # for Dan has no key
    with office.register.write() as conn:
        conn.execute("UPDATE staff SET slot = 'dan' WHERE id = 'DA'")
    save(office, office.shown("staff", "C1"), **raws)
    with Register.open(office.register.path, user="dan", raw_key=KEY) as register:
        last = Office(register)
        assert [
            fault.field for fault in filled_in(last, last.shown("staff", "DA"), raws).refusals
        ] == [field]


def test_two_who_leave_at_once_do_not_leave_the_register_without(office: Office) -> None:
    with office.register.write() as conn:
        conn.execute("UPDATE staff SET role = 'coordinator', slot = 'dan' WHERE id = 'DA'")
    values = filled_in(office, office.shown("staff", "C1"), {"active": "nej"}).values
    context = session.context(office.register, office.shown("staff", "C1"), NOW)
    with Register.open(office.register.path, user="dan", raw_key=KEY) as register:
        save(Office(register), office.shown("staff", "DA"), role="coach")
    with pytest.raises(Refused, match="sista samordnaren"):
        verbs.save_form(office.register, office.shown("staff", "C1"), values, context)


def test_a_programme_that_is_over_while_some_are_in_it_is_asked_about(office: Office) -> None:
    enrol(office, "BE")
    target = office.shown("programme", "SAM")
    over, ahead = {"end_date": "2024-01-10"}, {"end_date": "2024-01-11"}
    (asked,) = filled_in(office, target, over).questions
    assert (asked.field, "1 öppen inskrivning" in asked.message) == ("end_date", True)
    assert filled_in(office, target, ahead).faults == []
    save(office, target, **over)
    assert told(office, "programme") == {"SAM": "individ, 1 inskriven, till 10 jan 2024"}


def test_a_further_follow_up_is_planned_for_those_who_have_left(office: Office) -> None:
    enrol(office, "BE", closed=True)
    save(office, office.shown("programme", "SAM"), months="6 | 18 | 24")
    planned = "SELECT months, due_date FROM follow_up ORDER BY due_date"
    assert [tuple(row.values()) for row in office.rows(planned)] == [
        ("6", "2024-02-10"),
        ("18", "2025-02-10"),
        ("24", "2025-08-10"),
    ]
    save(office, office.shown("programme", "SAM"), months="6")
    assert len(office.rows(planned)) == 3


@pytest.mark.parametrize("form", association.FORMS)
@pytest.mark.parametrize(
    ("role", "active", "may"),
    [
        ("coordinator", 1, True),
        ("coordinator", 0, False),
        ("coach", 1, False),
        ("manager", 1, False),
    ],
)
def test_only_coordinators_change_what_the_association_is(
    office: Office, form: str, role: str, active: int, *, may: bool
) -> None:
    with office.register.write() as conn:
        given = (role, active)
        conn.execute("UPDATE staff SET slot = 'bo', role = ?, active = ? WHERE id = 'BE'", given)
    with Register.open(office.register.path, user="bo", raw_key=KEY) as register:
        assert access.may_open(register, Target(form)) is may
        if not may:
            with pytest.raises(NotAllowed):
                verbs.save_form(
                    register, Target(form), {}, session.context(register, Target(form), NOW)
                )


def test_anybody_may_as_long_as_no_coordinator_has_a_key(office: Office) -> None:
    with Register.open(office.register.path, user="skript", raw_key=KEY) as register:
        assert not access.may_open(register, Target("staff"))
        with office.register.write() as conn:
            conn.execute("UPDATE staff SET slot = NULL")
        assert access.may_open(register, Target("staff"))


def test_the_association_is_renamed(office: Office) -> None:
    save(office, office.shown("association", 1), name="Förbundet Väst", county="Västra län")
    assert office.row("SELECT name, county, version FROM association") == {
        "name": "Förbundet Väst",
        "county": "Västra län",
        "version": 2,
    }
