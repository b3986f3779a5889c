"""The association's own codes: what can be changed, what cannot, and what the log says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from finsam_tui.commands._trail import line
from finsam_tui.errors import Conflict, FieldError, InputError, NotAllowed
from finsam_tui.forms import catalogue
from finsam_tui.forms.code_rules import NEEDED, WHOLE, needed
from finsam_tui.forms.codes import Code, Codes, default_codes
from finsam_tui.forms.form import Refused
from finsam_tui.storage import own_codes, session, verbs
from finsam_tui.storage.own_codes import key_of
from finsam_tui.storage.register import Register
from finsam_tui.storage.target import Target
from finsam_tui.storage.trail import events
from tests import codes
from tests.register import KEY, make_office

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Register]:
    """A register that Anna, its coordinator, has unlocked; Bo is a coach."""
    with make_office(tmp_path).register as register:
        with register.write() as conn:
            conn.execute("UPDATE staff SET role = 'coordinator'")
            conn.execute("INSERT INTO staff VALUES ('BE', 'Bo Ek', 'coach', 'bo', 1, 1)")
        yield register


def rows(register: Register, sql: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in register.sql(sql)]


def offered(register: Register, name: str) -> list[str]:
    return [code.key for code in register.codes.options(name)]


def assess(register: Register, step: str) -> None:
    with register.write() as conn:
        person = conn.execute(
            "INSERT INTO participant (registration, birth_date, sex)"
            " VALUES ('person', '1990-01-01', 'man')"
        ).lastrowid
        enrolment = conn.execute(
            "INSERT INTO enrolment (participant_id, programme, start_date)"
            " VALUES (?, 'SAM', '2023-01-10')",
            (person,),
        ).lastrowid
        conn.execute(
            "INSERT INTO assessment (enrolment_id, occasion, date, step)"
            " VALUES (?, 'start', '2023-01-10', ?)",
            (enrolment, step),
        )


def test_what_is_needed_is_there_and_its_list_may_be_changed() -> None:
    shipped = {(code.list, code.key) for code in default_codes()}
    lists = {code.key for code in default_codes() if code.list == own_codes.LISTS}
    assert {(name, key) for name, keys in NEEDED.items() for key in keys} <= shipped
    assert {*NEEDED, *WHOLE} <= lists <= {name for name, _ in shipped}
    asked = {
        field.codes for form in map(catalogue.form, catalogue.names()) for field in form.fields
    }
    assert lists <= asked


def test_a_new_code_is_last_is_offered_and_is_in_the_log(office: Register) -> None:
    key = codes.add(office, "non_start_reason", "Flyttat, till annat län")
    assert key == "own_flyttat_till_annat_lan"
    assert offered(office, "non_start_reason")[-1] == key
    assert rows(office, "SELECT user, action FROM audit WHERE table_name = 'code'") == [
        ("anna", "insert")
    ]
    codes.change(office, "non_start_reason", key, label="Flyttat")
    told = [line(event) for event in events(office.conn) if event.table == "code"]
    assert [each.rpartition("(")[2] for each in told] == ["Flyttat)", "Flyttat): Namn"]
    assert rows(office, f"SELECT label, version FROM code WHERE key = '{key}'") == [("Flyttat", 2)]
    noted = "SELECT column_name, old, new FROM audit_value ORDER BY audit_id DESC LIMIT 1"
    assert rows(office, noted) == [("label", "Flyttat, till annat län", "Flyttat")]


@pytest.mark.parametrize(
    ("label", "taken", "key"),
    [
        ("Annat", [], "own_annat"),
        ("Annat", ["own_annat", "own_annat_2"], "own_annat_3"),
        ("ÅÄÖ – stöd (vård)", [], "own_aao_stod_vard"),
        ("работа", [], "own_kod"),
        ("a" * 60, [], "own_" + "a" * 50),
    ],
)
def test_a_key_is_made_of_the_label_and_is_free(label: str, taken: list[str], key: str) -> None:
    assert key_of(label, taken) == key


@pytest.mark.parametrize("label", ["STUDIER", "a|b", "a:b", "a;b", "3 månader", "– annat", ""])
def test_a_label_is_new_and_plain(office: Register, label: str) -> None:
    assert codes.refused(office, Target("code"), list="result", label=label) == ["label"]
    other = codes.shown(office, "result", "employment")
    assert codes.refused(office, other, label=label) == ["label"]


def test_the_label_of_a_hidden_code_is_free_and_means_the_new_one(office: Register) -> None:
    codes.change(office, "result", "youth_follow_up", active="nej")
    key = codes.add(office, "result", "KAA")
    assert office.codes.find("result", "kaa").key == key
    again = codes.shown(office, "result", "youth_follow_up")
    assert codes.refused(office, again, active="ja") == ["label"]


def test_two_parties_may_have_a_unit_of_the_same_name(office: Register) -> None:
    codes.add(office, "referrer_unit", "Arena familj", parent="Region")
    same = {"list": "referrer_unit", "label": "annan", "parent": "Kommun"}
    assert codes.refused(office, Target("code"), **same) == ["label"]
    assert codes.refused(office, Target("code"), **{**same, "parent": ""}) == ["parent"]


def test_a_new_party_has_units_that_are_asked_for(office: Register) -> None:
    form, party = catalogue.form("referral"), codes.add(office, "referrer_party", "Kriminalvården")
    values = {"party": party}
    asked = [
        f.name for f in form.visible(values, session.context(office, Target("referral"), codes.NOW))
    ]
    assert "unit" not in asked
    unit = codes.add(office, "referrer_unit", "frivården", parent="kriminalvården")
    context = session.context(office, Target("referral"), codes.NOW)
    assert "unit" in [f.name for f in form.visible(values, context)]
    assert form.parse("unit", "frivården", values, context) == unit


def test_a_unit_that_has_referred_stays_with_its_party(office: Register) -> None:
    target = codes.shown(office, "referrer_unit", "psychiatry")
    assert codes.refused(office, target, parent="Kommun") == []
    with office.write() as conn:
        conn.execute(
            "INSERT INTO referral (programme, date, party, unit, outcome)"
            " VALUES ('SAM', '2023-01-01', 'region', 'psychiatry', 'start')"
        )
    assert codes.refused(office, target, parent="Kommun") == ["parent"]
    assert codes.refused(office, target, label="psyk") == []


def test_what_the_program_goes_by_is_called_otherwise_and_stays(office: Register) -> None:
    for name, key in [("occupation", "work"), ("call_outcome", "answered"), ("kept_step", "lost")]:
        target = codes.shown(office, name, key)
        assert codes.refused(office, target, active="nej") == ["active"]
        codes.change(office, name, key, label="eget ord")
        assert office.codes.label(name, key) == "eget ord"
    for name in WHOLE:
        assert codes.refused(office, Target("code"), list=name, label="nytt") == ["list"]


@pytest.mark.parametrize("name", ["yes_no", "registration", "code_list", "measure"])
def test_a_list_of_the_program_is_not_added_to(office: Register, name: str) -> None:
    assert codes.refused(office, Target("code"), list=name, label="nytt") == ["list"]
    assert name not in {line.record_id for line in own_codes.overview(office)}


def test_a_list_keeps_something_to_choose(office: Register) -> None:
    shown = offered(office, "support")
    for key in shown[1:]:
        codes.change(office, "support", key, active="nej")
    assert codes.refused(office, codes.shown(office, "support", shown[0]), active="nej") == [
        "active"
    ]
    (told,) = [line for line in own_codes.overview(office) if line.record_id == "support"]
    assert (told.first, told.told) == ("1", f"{len(shown) - 1} används inte")


def test_a_code_stays_in_its_list(office: Register) -> None:
    target = codes.shown(office, "support", "legal")
    assert codes.refused(office, target, list="resultat") == ["list"]


def levels(register: Register) -> list[tuple[object, ...]]:
    sql = "SELECT key, level FROM code WHERE list = 'step' ORDER BY sort"
    return rows(register, sql)


def test_a_step_goes_in_between_and_the_others_keep_their_order(office: Register) -> None:
    new = codes.add(office, "step", "Arbetsträning", level="3")
    assert levels(office) == [
        ("introduction", 1),
        ("getting_going", 2),
        (new, 3),
        ("getting_to_work", 4),
        ("closure", 5),
    ]
    codes.change(office, "step", new, level="5")
    assert [key for key, _ in levels(office)][-2:] == ["closure", new]
    assert [level for _, level in levels(office)] == [1, 2, 3, 4, 5]
    beyond = codes.read(office, codes.shown(office, "step", new), level="6")
    assert [fault.message for fault in beyond.refusals] == [
        "Trappan har 5 steg med det här; välj 1–5."
    ]


def test_moving_a_step_that_somebody_has_stood_on_is_asked_about(office: Register) -> None:
    target = codes.shown(office, "step", "getting_going")
    assert codes.read(office, target, level="1").questions == []
    assess(office, "getting_going")
    (asked,) = codes.read(office, target, level="1").questions
    assert (asked.field, "Alla år räknas om" in asked.message) == ("level", True)
    assert codes.read(office, target, label="Igång").questions == []


def test_a_ladder_has_two_steps_at_least(office: Register) -> None:
    for key in ("introduction", "getting_going"):
        codes.change(office, "step", key, active="nej")
    assert codes.refused(office, codes.shown(office, "step", "closure"), active="nej") == ["active"]


def test_who_has_an_old_ladder_in_hand_does_not_put_it_back(office: Register) -> None:
    target = codes.shown(office, "step", "closure")
    values = codes.read(office, target, label="Klar").values
    codes.add(office, "step", "Praktik", level="1")
    with pytest.raises(Conflict):
        verbs.save_form(office, target, values, session.context(office, target, codes.NOW))
    assert ("closure", 5) in levels(office)


def test_codes_change_places_within_their_party(office: Register) -> None:
    def units() -> list[str]:
        return [code.key for code in office.codes.options("referrer_unit", "region")]

    before = units()
    target = codes.shown(office, "referrer_unit", before[1])
    assert verbs.move_code(office, target.record_id, -1)
    assert units() == [before[1], before[0], *before[2:]]
    assert not verbs.move_code(office, target.record_id, -1)
    assert verbs.move_code(office, target.record_id, 1)
    assert units() == before
    assert codes.shown(office, "referrer_unit", before[1]).version == 1
    with pytest.raises(InputError, match="formulär"):
        verbs.move_code(office, codes.shown(office, "step", "closure").record_id, -1)


def test_two_at_the_same_code_are_told(office: Register) -> None:
    target = codes.shown(office, "result", "employment")
    values = codes.read(office, target, label="jobb").values
    codes.change(office, "result", "employment", label="arbete")
    with pytest.raises(Conflict):
        verbs.save_form(office, target, values, session.context(office, target, codes.NOW))


def test_two_who_add_the_same_label_at_once_make_one(office: Register) -> None:
    raws = {"list": "result", "label": "praktik"}
    values = codes.read(office, Target("code"), **raws).values
    context = session.context(office, Target("code"), codes.NOW)
    codes.add(office, "result", "Praktik")
    with pytest.raises(Refused, match="Finns redan"):
        verbs.save_form(office, Target("code"), values, context)


def test_a_coach_changes_none_and_sees_what_was_changed(office: Register) -> None:
    with Register.open(office.path, user="bo", raw_key=KEY) as register:
        assert register.codes.label("result", "employment") == "anställning"
        values = codes.read(office, Target("code"), list="result", label="nytt").values
        with pytest.raises(NotAllowed):
            verbs.save_form(
                register, Target("code"), values, session.context(office, Target("code"), codes.NOW)
            )
        with pytest.raises(NotAllowed):
            verbs.move_code(register, codes.shown(office, "result", "employment").record_id, 1)
        codes.change(office, "result", "employment", label="jobb")
        assert register.codes.label("result", "employment") == "jobb"
        assert register.codes.find("result", "anställning").key == "employment"


def test_what_is_offered_goes_before_what_is_not() -> None:
    lists = Codes([Code("l", "old", "Ord", active=False), Code("l", "new", "ord")])
    assert lists.find("l", "ord").key == "new"
    with pytest.raises(FieldError):
        lists.find("l", "annat")


def test_a_hidden_code_stands_in_what_is_answered(office: Register) -> None:
    assess(office, "introduction")
    codes.change(office, "step", "introduction", active="nej")
    assert not needed("step", "introduction")
    form = catalogue.form("assessment")
    stored = session.begin(
        office,
        Target("assessment", record_id=1),
        session.context(office, Target("assessment"), codes.NOW),
    )
    assert stored.raws["step"] == "Introduktion"
    assert form.read(stored.raws, session.context(office, stored.target, codes.NOW)).faults == []
