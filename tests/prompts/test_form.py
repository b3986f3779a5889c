"""The way through a form by prompts: on, back, again, the same as before, and until all is well."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from finsam_tui.forms import catalogue
from finsam_tui.prompts.form import Walk, yes
from tests.forms.verdicts import CONTEXT
from tests.prompts.talk import Script

if TYPE_CHECKING:
    from collections.abc import Mapping

    from finsam_tui.forms.field import Value

CLOSED = replace(
    CONTEXT,
    facts={"end_date": "2023-09-15", "positive_step": 0},
    previous={
        "step": "getting_to_work",
        "livelihood": ("wage",),
        "occupation": (("studies", 50), ("none", None)),
    },
)
DONE = ""  # the Enter that says all is well


class Kept:
    """The drafts that were kept: the latest answers and the field in hand then."""

    def __init__(self) -> None:
        self.raws: Mapping[str, str] = {}
        self.fields: list[str] = []

    def __call__(self, raws: Mapping[str, str], field: str) -> None:
        self.raws = dict(raws)
        self.fields.append(field)


def given(values: Mapping[str, Value] | None) -> dict[str, Value]:
    """Return what was answered, the rest left out."""
    assert values is not None
    return {name: value for name, value in values.items() if value is not None}


def test_enter_takes_what_stands_there_or_goes_past() -> None:
    raws = {"at": "2024-03-14 10:00", "text": "Stabil närvaro"}
    values = Walk(Script("", "", "", DONE), catalogue.form("note"), CONTEXT, raws).values()
    assert given(values) == {"at": "2024-03-14T10:00", "text": "Stabil närvaro"}


def test_a_required_answer_is_asked_for_until_it_is_there() -> None:
    script = Script("", "Åsa", "", DONE)
    values = Walk(script, catalogue.form("association"), CONTEXT).values()
    assert given(values) == {"name": "Åsa"}
    assert "! Förbundets namn måste anges." in script.said


def test_less_than_goes_back_and_the_answer_stands_there() -> None:
    script = Script("Fel", "<", "Rätt", "Örebro", DONE)
    values = Walk(script, catalogue.form("association"), CONTEXT).values()
    assert given(values) == {"name": "Rätt", "county": "Örebro"}
    assert "Förbundets namn * [Fel]:" in script.said


def test_what_is_no_answer_at_the_end_saves_nothing() -> None:
    script = Script("Namn", "Örebro", "q", "n", "<", "Örnsköldsvik", DONE)
    values = Walk(script, catalogue.form("association"), CONTEXT).values()
    assert given(values) == {"name": "Namn", "county": "Örnsköldsvik"}
    assert script.said.count("! Svara med Enter eller <.") == 2


def test_less_than_at_the_end_goes_back_to_the_last_question() -> None:
    script = Script("Namn", "Örebo", "<", "Örebro", DONE)
    values = Walk(script, catalogue.form("association"), CONTEXT).values()
    assert given(values)["county"] == "Örebro"


def test_less_than_at_the_first_question_leaves_the_form() -> None:
    walk = Walk(Script("<"), catalogue.form("association"), CONTEXT)
    assert walk.values() is None
    assert not walk.answered


def test_a_dash_empties_an_answer() -> None:
    raws = {"name": "Namn", "county": "Örebro"}
    values = Walk(Script("", "-", DONE), catalogue.form("association"), CONTEXT, raws).values()
    assert given(values) == {"name": "Namn"}


def test_a_question_mark_shows_the_help_and_the_answers() -> None:
    script = Script("?", "<")
    Walk(script, catalogue.form("referral"), CONTEXT, only=("outcome",)).values()
    assert catalogue.form("referral").by_name["outcome"].help in script.said
    assert script.said.count("  2 kö\n") == 2  # once when the question came, once more now


def test_what_is_asked_follows_from_the_answers() -> None:
    script = Script("4", "+1 9", "", "", DONE)
    values = Walk(script, catalogue.form("follow_up"), CLOSED).values()
    assert given(values) == {
        "outcome": "call_back",
        "callback_at": "2024-03-16T09:00",
        "date": "2024-03-15",
    }
    assert "  = lör 16 mars 2024 09:00" in script.said


def test_a_narrowed_list_offers_what_belongs_to_the_party() -> None:
    script = Script("1", "", "Region", "2", "2", "", "", DONE)
    values = Walk(script, catalogue.form("referral"), CONTEXT).values()
    assert given(values)["unit"] == "psychiatry"
    assert "LSS" not in script.said


def test_equals_takes_the_earlier_answers_and_goes_past_them() -> None:
    script = Script("1", "", "", "=", "", "j", "n", "4", "", "", DONE)
    values = given(Walk(script, catalogue.form("follow_up"), CLOSED).values())
    for name, value in CLOSED.previous.items():
        assert values[name] == value
    assert values["own_livelihood"] == 1
    assert "Steg (= Kom i jobb):" in script.said
    assert "  Sysselsättning: studier:50 | ingen" in script.said


def test_equals_keeps_what_has_been_answered_since() -> None:
    script = Script("=", "", "j", "n", "", "", "", DONE)
    raws = {"outcome": "svarade", "date": "2024-03-15", "consent": "ja", "livelihood": "a-kassa"}
    walk = Walk(script, catalogue.form("follow_up"), CLOSED, raws, place="step")
    values = given(walk.values())
    assert (values["step"], values["livelihood"]) == ("getting_to_work", ("unemployment_benefit",))


def test_equals_without_an_earlier_answer_says_so() -> None:
    script = Script("=", "<")
    Walk(script, catalogue.form("assessment"), CONTEXT, place="step", only=("step",)).values()
    assert "! Det finns inget tidigare svar att ta." in script.said


def test_equals_is_a_text_where_nothing_can_be_repeated() -> None:
    values = Walk(Script("=", "", DONE), catalogue.form("association"), CONTEXT).values()
    assert given(values) == {"name": "="}


def test_a_long_text_goes_on_over_lines_and_the_last_one_ends_it() -> None:
    raws = {"at": "2024-03-14 10:00"}
    script = Script("Stabil närvaro\\", "på två rader", "", DONE)
    walk = Walk(script, catalogue.form("note"), CONTEXT, raws, place="text")
    assert given(walk.values())["text"] == "Stabil närvaro\npå två rader"


def test_faults_across_answers_are_told_and_only_those_asked_again() -> None:
    raws = {"end_date": "2024-01-31", "closure_reason": "utskrivning", "individually": "7,4"}
    context = replace(CONTEXT, facts={"start_date": "2024-02-01"})
    script = Script("2024-02-29", "5", "5", "5", DONE)
    walk = Walk(script, catalogue.form("closure"), context, raws, place="")
    first = script.said
    values = given(walk.values())
    assert first == ""
    assert (values["end_date"], values["overall"]) == ("2024-02-29", 5.0)
    assert "! Slutdatum: Avslutsdatumet är före inskrivningens start 2024-02-01." in script.said
    assert script.said.count("Ange alla fyra poängen") == 4  # at Nära twice: told, then asked
    assert "Avslutsanledning" not in script.said


def test_a_question_is_answered_with_yes_and_then_let_be() -> None:
    raws = {"programme": "SAM", "start_date": "2024-03-15"}
    context = replace(CONTEXT, facts={"birth_date": "1950-01-01"})
    script = Script("kanske", "j", "<", "", DONE)
    walk = Walk(script, catalogue.form("enrolment"), context, raws, place="")
    assert walk.values() is not None
    assert script.said.count("Startdatum: Deltagaren är 74 år vid start") == 2  # the slip, too
    assert "! Svara j eller n." in script.said


def test_no_to_a_question_goes_to_its_field() -> None:
    raws = {"programme": "SAM", "start_date": "2042-03-15"}
    script = Script("n", "2024-03-15", DONE)
    walk = Walk(script, catalogue.form("enrolment"), CONTEXT, raws, place="")
    assert given(walk.values())["start_date"] == "2024-03-15"


def test_every_answer_is_kept_with_the_field_that_comes_next() -> None:
    kept = Kept()
    walk = Walk(Script("1", "i", "<"), catalogue.form("follow_up"), CLOSED, {}, keep=kept)
    with pytest.raises(EOFError):
        walk.values()
    assert kept.raws == {"outcome": "svarade", "date": "2024-03-15"}
    assert kept.fields == ["date", "consent", "date"]


def test_a_draft_is_gone_on_with_at_its_field() -> None:
    raws = {"outcome": "svarade", "date": "2024-03-15"}
    script = Script()
    walk = Walk(script, catalogue.form("follow_up"), CLOSED, raws, place="consent")
    with pytest.raises(EOFError):
        walk.values()
    assert script.said.startswith("Samtycker till uppföljning: ")


@pytest.mark.parametrize("place", ["finns-inte", "callback_at"])
def test_a_draft_at_a_field_that_is_not_asked_begins_at_the_first(place: str) -> None:
    walk = Walk(Script(), catalogue.form("follow_up"), CLOSED, {}, place=place)
    assert walk.place == "outcome"


def test_a_relative_answer_is_kept_as_the_day_it_meant() -> None:
    kept = Kept()
    walk = Walk(Script("1", "-3"), catalogue.form("follow_up"), CLOSED, {}, keep=kept)
    with pytest.raises(EOFError):
        walk.values()
    assert kept.raws["date"] == "2024-03-12"


@pytest.mark.parametrize(("typed", "said"), [("J", True), ("nej", False)])
def test_yes_or_no(typed: str, said: bool) -> None:  # noqa: FBT001
    assert yes(Script("", "kanske", typed), "Säkert?") == said
