"""A form filled in by keys, without a screen."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finsam_tui.forms import catalogue
from finsam_tui.forms.field import KINDS
from finsam_tui.tui.widgets.form_editors import EDITORS
from finsam_tui.tui.widgets.form_picture import Title, picture
from finsam_tui.tui.widgets.form_state import Act, FormState
from tests.tui.form_app import AT_CLOSURE, CLOSED, call_context, context, state, type_in


def call() -> FormState:
    return FormState(catalogue.form("follow_up"), call_context())


def in_hand(form: FormState) -> str:
    return form.hand.field.name if form.hand else "save"


def call_after(*keys: str) -> FormState:
    form = call()
    type_in(form, *keys)
    return form


def asked(form: FormState) -> str:
    return form.question.message if form.question else ""


def test_every_kind_of_field_has_an_editor() -> None:
    assert set(EDITORS) == set(KINDS)


def test_the_state_of_a_form_does_not_load_textual() -> None:
    program = "import sys, finsam_tui.tui.widgets.form_picture; sys.exit('textual' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


# One key an answer


def test_a_digit_answers_a_short_list_and_goes_on() -> None:
    form = call()
    form.press("2", "2")
    assert form.answers.values["outcome"] == "no_answer"
    assert in_hand(form) == "date"


def test_a_digit_that_is_no_option_does_nothing() -> None:
    form = call()
    form.press("9", "9")
    assert (in_hand(form), form.live()["outcome"]) == ("outcome", "")


def test_letters_narrow_and_enter_takes_the_only_one_left() -> None:
    form = call()
    type_in(form, "'by'", "enter")
    assert form.answers.values["outcome"] == "number_changed"
    assert in_hand(form) == "date"


def test_enter_stays_once_at_letters_that_mean_several() -> None:
    form = state("note")
    form = state("closure")
    type_in(form, "enter", "'utskrivning pga'", "enter")
    assert in_hand(form) == "closure_reason"
    assert form.answers.faults["closure_reason"].startswith("Välj ett av:")
    form.press("enter")  # nobody is trapped
    assert in_hand(form) == "result"
    assert "closure_reason" in form.answers.faults


def test_a_label_that_begins_another_is_taken_when_typed_out() -> None:
    form = state("closure")
    type_in(form, "enter", "'utskrivning'", "enter")
    assert form.answers.values["closure_reason"] == "discharge"


def test_a_long_list_takes_a_number_and_enter() -> None:
    form = state("enrolment")
    type_in(form, "1", "enter", "enter", "enter", "enter", "'11'")
    assert in_hand(form) == "public_support_time"
    form.press("enter")
    assert form.answers.values["public_support_time"] == "not_applicable"


def test_arrows_mark_an_option_and_enter_takes_it() -> None:
    form = call()
    type_in(form, "right", "right", "left", "enter")
    assert form.answers.values["outcome"] == "answered"


def test_enter_on_an_unanswered_list_answers_nothing() -> None:
    form = call()
    form.press("enter")
    assert (in_hand(form), form.answers.values["outcome"]) == ("date", None)


def test_a_blank_is_no_answer() -> None:
    form = call()
    type_in(form, "1", "up", "space")
    assert form.live()["outcome"] == "svarade"


def test_backspace_empties_a_choice() -> None:
    form = call()
    type_in(form, "1", "up", "backspace", "enter")
    assert form.answers.values["outcome"] is None


def test_j_and_n_answer_yes_and_no() -> None:
    form = state("programme")
    form.go("volume")
    form.press("j", "j")
    assert form.answers.values["volume"] == 1
    assert in_hand(form) == "start_date"


def test_typing_nej_in_full_answers_one_question() -> None:
    form = call()
    type_in(form, "1", "enter", "enter", "=")
    form.go("own_livelihood")
    type_in(form, "'nej'")
    assert form.answers.values["own_livelihood"] == 0
    assert form.answers.values["wants_support"] is None
    type_in(form, "'nej'")
    assert form.answers.values["wants_support"] == 0


def test_two_quick_answers_are_two() -> None:
    form = call()
    form.press("1", "1")
    form.go("own_livelihood")
    type_in(form, "n", "j")
    assert (form.answers.values["own_livelihood"], form.answers.values["wants_support"]) == (0, 1)


def test_a_scale_takes_one_digit() -> None:
    form = call()
    form.press("1", "1")
    form.go("usefulness")
    form.press("7", "7")
    assert in_hand(form) == "usefulness"
    form.press("4", "4")
    assert form.answers.values["usefulness"] == 4
    assert in_hand(form) == "readier"


def test_a_list_of_numbers_is_answered_by_what_it_says() -> None:
    form = state("programme")
    form.go("months")
    type_in(form, "ctrl+u", "'18'", "enter", "enter")
    assert form.answers.values["months"] == ("18",)


# Several answers


def test_digits_pick_and_drop_several_and_enter_goes_on() -> None:
    form = state("assessment")
    form.go("occupation")
    type_in(form, "3", "1", "3", "4")
    assert in_hand(form) == "occupation"
    form.press("enter")
    assert form.answers.values["occupation"] == (("work", None), ("job_seeking", None))
    assert in_hand(form) == "responsible"


def test_a_colon_gives_the_option_just_picked_its_extent() -> None:
    form = state("assessment")
    form.go("occupation")
    type_in(form, "3", "':50'", "enter", "enter")
    assert form.answers.values["occupation"] == (("studies", 50),)


def test_an_option_can_be_typed_with_its_extent() -> None:
    form = state("assessment")
    form.go("occupation")
    type_in(form, "'stud:25'", "enter", "1", "enter")
    assert form.answers.values["occupation"] == (("work", None), ("studies", 25))


def test_an_extent_beyond_full_time_is_refused_in_words() -> None:
    form = state("assessment")
    form.go("occupation")
    type_in(form, "3", "':101'", "enter", "enter")
    assert in_hand(form) == "occupation"
    assert "procent" in form.answers.faults["occupation"]


def test_many_options_are_picked_by_number_or_letters_and_a_blank_or_enter() -> None:
    form = state("assessment")
    form.go("livelihood")
    type_in(form, "'12'", "space", "'a-k'", "enter", "'akti'", "right", "space", "'fören'", "enter")
    # "fören" means nothing: it stays to be mended, and is refused rather than lost
    assert in_hand(form) == "livelihood"
    type_in(form, "ctrl+u", "enter")
    taken = ("unemployment_benefit", "activity_compensation", "no_public")
    assert form.answers.values["livelihood"] == taken


def test_what_is_picked_is_not_dropped_by_letters_that_could_mean_another() -> None:
    form = state("closure")
    form.go("result")
    type_in(form, "'sfi'", "enter", "'stu'", "enter")
    assert form.live()["result"] == "studier SFI | stu"  # two begin so


def test_leaving_with_letters_adds_what_they_mean_and_never_drops_it() -> None:
    form = state("assessment", {"livelihood": "lön"})
    form.go("livelihood")
    type_in(form, "'lön'", "tab")
    assert form.answers.values["livelihood"] == ("wage",)


def test_an_answer_that_the_list_no_longer_offers_can_stay() -> None:
    form = state("assessment", {"livelihood": "lön | a-kassa"})
    form.go("livelihood")
    type_in(form, "enter")
    assert form.live()["livelihood"] == "a-kassa | lön"


# Typed answers


def test_a_date_is_written_in_full_when_it_is_left() -> None:
    form = call()
    type_in(form, "enter", "'-3'", "enter")
    assert form.live()["date"] == "2026-03-13"


def test_a_moment_is_written_in_full_for_it_means_another_tomorrow() -> None:
    form = call()
    type_in(form, "4", "'+1 9'", "enter")
    assert form.live()["callback_at"] == "2026-03-17 09:00"


def test_enter_stays_once_at_what_cannot_be_read_and_tab_never_does() -> None:
    form = call()
    type_in(form, "enter", "'32/1'", "enter")
    assert in_hand(form) == "date"
    assert "Datumet finns inte" in form.answers.faults["date"]
    type_in(form, "'x'")
    assert "date" not in form.answers.faults  # it is being mended
    form.press("tab")
    assert in_hand(form) == "comment"
    assert form.live()["date"] == "32/1x"
    assert "date" in form.answers.faults


def test_a_text_takes_new_lines_and_enter_leaves_it() -> None:
    form = state("note")
    form.go("text")
    type_in(form, "'ett'", "ctrl+j", "'två'", "shift+enter", "alt+enter", "'tre'", "enter")
    assert form.answers.values["text"] == "ett\ntvå\n\ntre"
    assert in_hand(form) == "staff"


def test_up_and_down_move_in_a_text_before_they_leave_it() -> None:
    form = state("note", {"text": "ett\ntvå"})
    form.go("text")
    type_in(form, "up", "'x'", "down", "'y'")
    assert form.live()["text"] == "ettx\ntvåy"
    form.press("down")
    assert in_hand(form) == "staff"


def test_pasted_text_is_cleaned() -> None:
    form = state("participant")
    form.go("first_name")
    form.paste("  A\u030asa\u200b \n")
    assert form.live()["first_name"] == "Åsa"


@pytest.mark.parametrize("text", ["\x1b[2Jx", "a\u202eb", "a\nb", "\ud800", "x" * 20_001])
def test_pasted_text_that_may_not_be_kept_is_refused_in_words(text: str) -> None:
    form = state("participant")
    form.go("first_name")
    form.paste(text)
    assert form.live()["first_name"] == ""
    assert form.answers.faults["first_name"].startswith("Texten")


# The earlier occasion


def test_one_key_repeats_the_whole_run_and_goes_past_it() -> None:
    form = call()
    type_in(form, "1", "enter", "enter", "=")
    assert {name: form.answers.values[name] for name in AT_CLOSURE} == AT_CLOSURE
    assert in_hand(form) == "kept_step"


def test_what_was_answered_already_is_not_repeated_over() -> None:
    form = call()
    form.press("1", "1")
    form.go("hours")
    type_in(form, "'5'", "tab")
    form.go("step")
    form.press("=", "=")
    assert form.answers.values["hours"] == 5
    assert form.answers.values["responsible"] == "municipality"
    assert in_hand(form) == "kept_step"


def test_repeating_from_the_middle_takes_the_rest_of_the_run() -> None:
    form = call()
    form.press("1", "1")
    form.go("step")
    type_in(form, "3", "=")
    assert form.answers.values["step"] == "getting_to_work"
    assert form.answers.values["livelihood"] == AT_CLOSURE["livelihood"]


def test_an_equals_sign_in_a_text_is_a_character() -> None:
    form = state("note")
    form.go("text")
    type_in(form, "'a=b'")
    assert form.live()["text"] == "a=b"


def test_there_may_be_nothing_to_repeat() -> None:
    form = state("assessment")
    type_in(form, "enter", "=")
    assert in_hand(form) == "step"
    assert form.message == "Det finns inget tidigare svar att ta."


# Fields come and go


def test_a_changed_mind_brings_back_what_was_answered() -> None:
    form = call()
    form.press("1", "1")
    form.go("usefulness")
    form.press("5", "5")
    form.go("outcome")
    form.press("2", "2")
    assert "usefulness" not in [f.name for f in form.answers.visible]
    assert form.answers.values["usefulness"] is None
    form.go("outcome")
    form.press("1", "1")
    assert form.answers.values["usefulness"] == 5


def test_moves() -> None:
    form = state("participant")
    for key, name in (
        ("up", "registration"),
        ("down", "personal_id"),
        ("shift+tab", "registration"),
        ("pagedown", "interpreter"),
        ("pageup", "registration"),
        ("ctrl+end", "save"),
        ("tab", "save"),
        ("up", "protection"),
        ("ctrl+home", "registration"),
    ):
        form.press(key)
        assert in_hand(form) == name, key


# Saving


def test_saving_goes_to_the_first_fault() -> None:
    form = state("advice")
    assert form.finish() is None
    assert in_hand(form) == "programme"
    assert list(form.answers.faults) == ["programme", "caller"]
    form.press("1", "1")
    assert list(form.answers.faults) == ["caller"]  # mended, and the other still told


def test_the_text_in_hand_is_saved_too() -> None:
    form = state("note")
    form.go("text")
    type_in(form, "'hej'")
    values = form.finish()
    assert values is not None
    assert values["text"] == "hej"


def test_questions_come_one_at_a_time_and_are_asked_once() -> None:
    raws = {"personal_id": "19920717-9871", "first_name": "A", "last_name": "B"}
    raws |= {"registration": "person", "protection": "nej", "sex": "kvinna"}
    form = state("participant", raws | {"birth_date": "1992-07-18"})
    assert form.finish() is None
    assert asked(form).startswith("Könet")
    assert in_hand(form) == "sex"
    assert form.press("x", "x") is Act.DONE
    assert form.press("enter") is Act.DONE
    assert asked(form).startswith("Könet")  # only j and n answer
    assert form.press("f1") is Act.IGNORED
    assert form.press("j", "j") is Act.SAVE
    assert form.finish() is None
    assert asked(form).startswith("Födelsedatumet")
    assert form.press("n", "n") is Act.DONE
    assert asked(form) == ""
    assert in_hand(form) == "birth_date"
    type_in(form, "'920717'")
    assert form.finish() is not None


def test_enter_saves_on_the_last_row_only() -> None:
    form = call()
    form.press("ctrl+end")
    assert in_hand(form) == "save"
    assert form.press("enter") is Act.SAVE
    assert form.press("x", "x") is Act.IGNORED


def test_only_what_was_typed_counts_as_touched() -> None:
    assert not call_after("enter", "enter", "up").touched
    assert call_after("enter", "enter", "up", "'x'").touched
    assert call_after("enter", "x", "backspace").touched  # the date that stood there is gone
    assert not call_after("enter", "x", "backspace", "i", "enter").touched  # and here again


def test_a_default_is_replaced_by_typing_and_emptied_by_one_backspace() -> None:
    assert call_after("enter", "3").live()["date"] == "3"
    assert call_after("enter", "backspace").live()["date"] == ""
    assert call_after("enter", "left", "right", "3").live()["date"] == "2026-03-163"


def test_a_draft_goes_on_where_it_was_left() -> None:
    form = FormState(
        catalogue.form("follow_up"),
        call_context(),
        {"outcome": "ring åter", "callback_at": "+1 "},
        field="callback_at",
        resumed=True,
    )
    assert form.touched
    type_in(form, "'9'", "enter")
    assert form.answers.values["callback_at"] == "2026-03-17T09:00"


def test_a_half_typed_choice_goes_on_where_it_was_left() -> None:
    form = FormState(
        catalogue.form("follow_up"), call_context(), {"outcome": "b"}, field="outcome", resumed=True
    )
    type_in(form, "'yt'", "enter")
    assert form.answers.values["outcome"] == "number_changed"


# Whatever is typed

KEYS = st.sampled_from(
    [
        *("enter", "tab", "shift+tab", "up", "down", "left", "right", "backspace", "delete"),
        *("home", "end", "ctrl+u", "ctrl+w", "ctrl+j", "ctrl+k", "pagedown", "pageup"),
        *("ctrl+home", "ctrl+end", "f1", "escape"),
        *"0123456789abcdefghijklmnopqrstuvwxyzåäö+-/:=|;, .%",
    ]
)


@settings(max_examples=20, deadline=None)
@pytest.mark.parametrize("name", catalogue.names())
@given(keys=st.lists(KEYS, max_size=40), size=st.sampled_from([(80, 17), (120, 40), (20, 3)]))
def test_no_form_falls_for_any_keys(name: str, keys: list[str], size: tuple[int, int]) -> None:
    known = context(facts=CLOSED, previous=AT_CLOSURE)
    form = FormState(catalogue.form(name), known)
    for key in keys:
        form.press(key, key if len(key) == 1 else None)
        lines = picture(form, Title("t"), *size).lines
        assert len(lines) <= size[1]
        draft = FormState(catalogue.form(name), known, form.live(), resumed=True)
        for field, raw in form.live().items():
            assert draft.live()[field].strip() == raw.strip()
    form.finish()


@settings(max_examples=20, deadline=None)
@pytest.mark.parametrize("kind", KINDS)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_no_kind_falls_for_any_text(kind: str, text: str) -> None:
    form, field = next(
        (form, field)
        for form in map(state, catalogue.names())
        for field in form.answers.visible
        if field.kind == kind
    )
    form = FormState(form.form, call_context(), {**form.answers.raws, field.name: text})
    form.go(field.name)
    picture(form, Title("t"), 80, 20)
    form.paste(text)
    picture(form, Title("t"), 80, 20)
    form.press("enter")
    form.finish()
    picture(form, Title("t"), 80, 20)


@pytest.mark.parametrize(
    "text",
    ["9" * 400, "1e400", "²", "٣", "-5", "+9999m", "29/2", "24:60", ":50", "studier:²", "x" * 9000],
)
@pytest.mark.parametrize("name", catalogue.names())
def test_no_field_falls_for_odd_text(name: str, text: str) -> None:
    form = FormState(catalogue.form(name), call_context(), dict.fromkeys(_names(name), text))
    for field in form.answers.visible:
        form.go(field.name)
        form.press("enter")
        assert bool(form.answers.faults.get(field.name)) == bool(
            form.answers.refusal(field, form.live()[field.name])
        )
    form.finish()


def _names(name: str) -> list[str]:
    return [field.name for field in catalogue.form(name).fields]
