"""How a form reads its answers: what is asked, what is refused, what is stored."""

from __future__ import annotations

from dataclasses import replace

import pytest

from finsam_tui.forms import catalogue
from finsam_tui.forms.field import KINDS, Field
from finsam_tui.forms.kinds import PARSERS, SHOWERS
from tests.forms.verdicts import CODES, CONTEXT, every_field, verdicts

FIELDS = every_field()
MEANT = 3  # a shorter raw may stand in any sentence
NAMES = [f"{form}.{field.name}" for form, field in FIELDS]


def messages(form: str, raws: dict[str, str], **facts: str | int | tuple[str, ...]) -> set[str]:
    context = replace(CONTEXT, facts=facts)
    return {fault.message for fault in catalogue.form(form).read(raws, context).faults}


def test_every_kind_can_be_read_and_shown() -> None:
    assert set(PARSERS) == set(SHOWERS) == set(KINDS)


@pytest.mark.parametrize(("form", "field"), FIELDS, ids=NAMES)
def test_what_a_field_shows_it_reads_back(form: str, field: Field) -> None:
    accepted = [v for v in verdicts(field) if v.refusal is None and v.value is not None]
    assert accepted, f"{form}.{field.name}: the battery has no answer that it takes"
    for verdict in accepted:
        shown = field.show(verdict.value, CODES)
        assert field.parse(shown, CONTEXT) == verdict.value


@pytest.mark.parametrize(("form", "field"), FIELDS, ids=NAMES)
def test_no_refusal_repeats_what_was_typed(form: str, field: Field) -> None:
    for verdict in verdicts(field):
        if verdict.refusal and len(verdict.raw) > MEANT and verdict.raw != "personnummer":
            assert verdict.raw not in verdict.refusal, form


def test_every_field_of_a_list_names_a_list_that_exists() -> None:
    for form, field in FIELDS:
        if field.kind in ("choice", "choices", "extents"):
            assert field.codes in CODES, f"{form}.{field.name}"


def test_a_hidden_field_is_not_read_and_not_required() -> None:
    raws = {"registration": "anonym", "sex": "kvinna", "first_name": "Ada", "protection": "nej"}
    reading = catalogue.form("participant").read(raws, CONTEXT)
    assert reading.faults == []
    assert reading.values["first_name"] is None


def test_a_person_needs_a_number_or_a_birth_date() -> None:
    raws = {"registration": "person", "first_name": "A", "last_name": "B", "sex": "man"}
    needs = "Ange personnummer, samordningsnummer eller födelsedatum."
    assert needs in messages("participant", raws)
    assert needs not in messages("participant", {**raws, "birth_date": "1990-01-01"})


def test_sex_against_the_number_is_a_question() -> None:
    raws = {"registration": "person", "personal_id": "19920717-9871", "sex": "kvinna"}
    names = {"first_name": "A", "last_name": "B", "protection": "nej"}
    reading = catalogue.form("participant").read({**raws, **names}, CONTEXT)
    assert reading.refusals == []
    assert [fault.field for fault in reading.questions] == ["sex"]


def test_a_non_start_has_reason_and_hours() -> None:
    raws = {"programme": "SAM", "date": "i", "party": "Egen", "outcome": "ej start"}
    assert len(messages("referral", raws)) == 2
    assert messages("referral", {**raws, "reason": "sjukdom", "hours": "2,47"}) == set()


def test_a_unit_is_one_of_its_party() -> None:
    raws = {"programme": "SAM", "date": "i", "party": "Region", "outcome": "kö"}
    assert messages("referral", {**raws, "unit": "psykiatri"}) == set()
    assert messages("referral", {**raws, "unit": "socialtjänst"}) != set()


def test_a_second_open_enrolment_in_a_programme_is_refused() -> None:
    raws = {"programme": "SAM", "start_date": "i"}
    assert messages("enrolment", raws, open_programmes=("CIC",)) == set()
    assert messages("enrolment", raws, open_programmes=("SAM",)) != set()


@pytest.mark.parametrize(("birth", "asked"), [("2008-03-15", False), ("2008-03-16", True)])
def test_outside_working_age_is_a_question(birth: str, asked: bool) -> None:  # noqa: FBT001
    raws = {"programme": "SAM", "start_date": "2024-03-15"}
    assert bool(messages("enrolment", raws, birth_date=birth)) == asked


def test_no_closure_before_start() -> None:
    raws = {"end_date": "2024-01-31", "closure_reason": "utskrivning", "not_taken": "glömdes"}
    assert messages("closure", raws, start_date="2024-01-31") == set()
    assert messages("closure", raws, start_date="2024-02-01") != set()


def test_a_closure_has_ors_or_a_reason_for_none() -> None:
    raws = {"end_date": "2024-01-31", "closure_reason": "utskrivning"}
    assert messages("closure", raws) == {"Ange poäng, eller varför ORS inte togs."}
    assert messages("closure", {**raws, "total": "21,3"}) == set()
    assert messages("closure", {**raws, "individually": "7,4"}) == {
        "Ange alla fyra poängen, eller bara summan."
    }


def test_four_scores_and_a_total_must_agree() -> None:
    scores = dict.fromkeys(("individually", "close", "socially", "overall"), "5,0")
    raws = {"occasion": "start", "date": "i", **scores}
    assert messages("ors", {**raws, "total": "20"}) == set()
    assert messages("ors", {**raws, "total": "21"}) == {
        "Summan av de fyra är 20,0; rätta eller töm fältet."
    }
    assert messages("ors", {**raws, "not_taken": "glömdes"}) != set()


def test_no_violence_question_without_the_safety_routine() -> None:
    form = catalogue.form("screening")

    def asked(**raws: str) -> set[str]:
        values = form.read({"date": "i", **raws}, CONTEXT).values
        return {field.name for field in form.visible(values, CONTEXT)}

    answered = {"status": "besvarat", "instrument": "vald-7"}
    safe = {"alone": "ja", "interpreter": "behövs inte", "informed": "ja"}
    assert "item_1" in asked(**safe, **answered)
    assert "item_1" not in asked(alone="nej", **answered)
    assert "status" not in asked(alone="ja", interpreter="tolk saknas")
    reading = form.read({"date": "i", "alone": "nej", "new_date": "+14"}, CONTEXT)
    assert reading.faults == []
    assert reading.values["status"] == "no_occasion"


def test_declined_is_not_a_no() -> None:
    raws = {"date": "i", "alone": "ja", "interpreter": "behövs inte", "informed": "ja"}
    reading = catalogue.form("screening").read({**raws, "status": "avböjt"}, CONTEXT)
    assert reading.faults == []
    assert reading.values["item_1"] is None


def test_no_follow_up_before_closure() -> None:
    raws = {"outcome": "ej svar", "date": "2024-03-15"}
    assert messages("follow_up", raws, end_date="2024-03-15") == set()
    assert messages("follow_up", raws, end_date="2024-03-16") != set()
    assert messages("follow_up", raws) == {"Inskrivningen är inte avslutad."}


def test_a_callback_has_a_time_to_come() -> None:
    raws = {"outcome": "ring åter", "date": "i"}
    end = "2023-09-15"
    assert messages("follow_up", raws, end_date=end) != set()
    assert messages("follow_up", {**raws, "callback_at": "9:59"}, end_date=end) != set()
    assert messages("follow_up", {**raws, "callback_at": "10:01"}, end_date=end) == set()


def test_the_kept_step_is_asked_only_of_those_who_had_one() -> None:
    form = catalogue.form("follow_up")
    for positive in (0, 1):
        context = replace(CONTEXT, facts={"end_date": "2023-09-15", "positive_step": positive})
        values = form.read({"outcome": "svarade"}, context).values
        names = {field.name for field in form.visible(values, context)}
        assert ("kept_step" in names) == bool(positive)


def test_millimetres_are_read_as_centimetres_with_one_decimal() -> None:
    individually = catalogue.form("ors").by_name["individually"]
    assert [individually.parse(raw, CONTEXT) for raw in ("7,4", "7.4", "74", "10", "100")] == [
        *(7.4, 7.4, 7.4, 10.0, 10.0)
    ]
