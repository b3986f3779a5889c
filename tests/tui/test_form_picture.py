"""What a form looks like, as plain text: all that matters must show without colours."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

from finsam_tui.forms import catalogue
from finsam_tui.forms.codes import Code, Codes, default_codes
from finsam_tui.forms.field import Context, Field, Kind
from finsam_tui.tui.widgets.form_picture import Title, picture
from finsam_tui.tui.widgets.form_state import FormState
from finsam_tui.tui.widgets.form_words import hint, shown
from tests.tui.form_app import AT_CLOSURE, NOW, TODAY, call_context, context, state, type_in

GOLDEN = Path(__file__).with_name("golden")


def lines(form: FormState, width: int = 80, height: int = 22, subtitle: str = "") -> list[str]:
    title = Title(form.form.title, subtitle)
    return [line.text.rstrip() for line in picture(form, title, width, height).lines]


def test_a_call_on_the_smallest_screen() -> None:
    form = FormState(catalogue.form("follow_up"), call_context())
    type_in(form, "1", "enter", "enter")
    shown = "\n".join(lines(form, subtitle="Anna Andersson")) + "\n"
    assert shown == (GOLDEN / "follow_up_80x22.txt").read_text(encoding="utf-8")


def test_a_long_list_on_the_smallest_screen() -> None:
    form = state("closure", previous=AT_CLOSURE)
    type_in(form, "enter", "1", "'4'", "space", "'sfi'", "enter", "'s'", "right")
    shown = "\n".join(lines(form, subtitle="Anna Andersson")) + "\n"
    assert shown == (GOLDEN / "closure_80x22.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("size", [(80, 22), (120, 38), (60, 14), (24, 7), (5, 2), (1, 1)])
@pytest.mark.parametrize("name", catalogue.names())
def test_nothing_is_wider_or_taller_than_the_screen(name: str, size: tuple[int, int]) -> None:
    form = FormState(catalogue.form(name), call_context())
    form.finish()  # so that there are faults to show
    for field in [*form.answers.visible, None]:
        form.go(field.name if field else "")
        shown = picture(form, Title(form.form.title, "Anna"), *size)
        assert len(shown.lines) <= size[1]
        if size[0] >= 24:
            assert max(cell_len(line.text.rstrip()) for line in shown.lines) <= size[0]
        if size[1] >= 14:
            held = field.name if field else ""
            assert any(line.field == held and line.text.strip() for line in shown.lines)


def test_the_keys_of_every_question_of_a_call_fit_on_the_smallest_screen() -> None:
    form = FormState(catalogue.form("follow_up"), call_context())
    type_in(form, "1", "enter", "enter")
    for field in form.answers.visible:
        form.go(field.name)
        assert hint(form) in "\n".join(lines(form))


def test_the_field_in_hand_is_seen_whole_while_there_is_room() -> None:
    form = FormState(catalogue.form("screening"), context())
    type_in(form, "enter", "j", "1", "j", "3", "enter")
    top = 0
    for _ in range(7):
        shown = picture(form, Title(""), 80, 12, top)
        top = shown.top
        held = [
            line.text for line in shown.lines if form.hand and line.field == form.hand.field.name
        ]
        assert held[0].startswith("▸")
        assert "3 vill inte svara" in held[-1]
        form.press("1", "1")


def test_the_only_answer_of_a_list_has_one_number() -> None:
    form = FormState(catalogue.form("screening"), context())
    type_in(form, "enter", "j", "1", "j", "3")
    assert any(line.strip().startswith("1 svarar ·") for line in lines(form))


def test_a_fault_is_told_in_words_with_a_mark() -> None:
    form = state("advice")
    form.finish()
    assert "▸! Insats *" in "\n".join(lines(form))
    assert any(line.endswith("! Insats måste anges.") for line in lines(form))
    assert any("── 2 fel ──" in line for line in lines(form))


def test_what_is_picked_has_a_sign() -> None:
    form = FormState(catalogue.form("follow_up"), call_context())
    type_in(form, "2", "up", "right")
    text = "\n".join(lines(form))
    assert "▸ 1 svarade" in text
    assert " ✓2 ej svar" in text


def test_dates_and_moments_are_said_in_full() -> None:
    form = FormState(catalogue.form("follow_up"), call_context())
    type_in(form, "4", "'+1 9'")
    assert any(line.endswith("+1 9   tis 17 mars 2026 09:00") for line in lines(form))
    form.press("enter")
    assert any(line.endswith("2026-03-17 09:00  tis 17 mars 2026") for line in lines(form))


def test_millimetres_and_the_sum_of_the_four_are_said_while_typing() -> None:
    form = state("ors")
    type_in(form, "enter", "enter", "'74'", "enter", "'5,3'", "enter", "'61'", "enter", "'22'")
    text = "\n".join(lines(form))
    assert "22   22 mm = 2,2" in text
    assert "Individuellt        7,4" in text
    assert "Summa               21,0 räknas ut" in text


def test_a_number_is_said_in_twelve_digits_with_what_it_tells() -> None:
    form = state("participant")
    type_in(form, "enter", "'920717-9871'")
    assert any("19920717-9871, man" in line for line in lines(form))
    form.press("enter")
    assert any("1992-07-17 räknas ut" in line for line in lines(form))


def test_steps_stand_as_a_ladder() -> None:
    form = state("assessment")
    form.press("enter")
    row = next(line for line in lines(form) if "Introduktion" in line)
    assert " ".join(row.split()) == ("1 Introduktion → 2 Kom i gång → 3 Kom i jobb → 4 Avslut")


def test_a_question_stands_in_the_foot() -> None:
    form = state(
        "advice", {"date": "2026-04-01", "programme": "SAM", "caller": "vård", "count": "1"}
    )
    form.finish()
    assert any("Är det rätt? (j/n)" in line for line in lines(form))
    assert "j ja, spara ändå" in lines(form)[-1]


def test_a_list_of_hundreds_says_how_many_more_there_are() -> None:
    many = [Code("municipality", str(i), f"Kommun {i:03}", i) for i in range(1, 291)]
    form = FormState(
        catalogue.form("participant"), Context(Codes([*default_codes(), *many]), TODAY, NOW)
    )
    form.go("municipality")
    assert any("val till; skriv bokstäver" in line for line in lines(form))
    type_in(form, "'29'")
    text = "\n".join(lines(form))
    assert "290 Kommun 290" in text
    assert "val till" not in text
    type_in(form, "ctrl+u", "left")
    assert any("▸ 290 Kommun 290" in line for line in lines(form))


def test_stored_text_cannot_steer_the_terminal() -> None:
    hostile = {"first_name": "[bold]\x1b[31mA\u202e", "last_name": "B\x07"}
    form = state("participant", {"registration": "person", **hostile})
    for name in ("registration", "first_name"):
        form.go(name)
        text = "\n".join(lines(form, subtitle="\x1b]0;x"))
        assert "[bold]\N{REPLACEMENT CHARACTER}[31mA\N{REPLACEMENT CHARACTER}" in text
        assert not set(text) & set("\x1b\x07\u202e")


def test_a_long_text_shows_the_lines_around_the_cursor() -> None:
    form = state("note")
    form.go("text")
    for number in range(40):
        type_in(form, f"'rad {number}'", "ctrl+j")
    shown = picture(form, Title(""), 80, 22)
    assert "rad 39" in "\n".join(line.text for line in shown.lines)
    assert "rad 12" not in "\n".join(line.text for line in shown.lines)
    assert shown.cursor is not None
    form.press("enter")
    assert any(line.split()[-3:] == ["rad", "0", "…"] for line in lines(form))


def test_the_end_of_a_long_line_is_seen_while_typing() -> None:
    form = state("referral", {"programme": "SAM"})
    form.go("hours")
    type_in(form, "'" + "1" * 100 + "2'")
    shown = picture(form, Title(""), 80, 22)
    assert any(line.text.rstrip().endswith("12") for line in shown.lines if line.field == "hours")
    assert shown.cursor is not None
    assert shown.cursor[0] < 80


@pytest.mark.parametrize("kind", ["choices", "long_text", "text"])
def test_an_answer_is_shown_on_one_line_whatever_is_in_it(kind: Kind) -> None:
    field = Field("f", "F", kind, values_table="f")
    said = shown(field, "a\tb\x1b[2J\nc\td")
    assert said.isprintable()
    assert said.startswith("a")
