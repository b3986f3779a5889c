"""The screen of a form, with real keys: what is saved, kept, asked and chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.binding import Binding
from textual.widgets import Static

from finsam_tui.errors import Conflict, ReadOnly
from finsam_tui.forms.form import Fault, Refused
from finsam_tui.tui.handbook import page
from finsam_tui.tui.screens.conflict import ConflictScreen
from finsam_tui.tui.screens.form import FormScreen, Left, Saved, TheirsTaken
from finsam_tui.tui.widgets.form_state import MOVES
from finsam_tui.tui.widgets.line_editors import NEW_LINE
from tests.tui.form_app import AT_CLOSURE, FormApp, call_context, context

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.strip import Strip

    from finsam_tui.forms.field import Value

ADVICE = {"date": "2026-03-16", "programme": "Samordningsteamet", "caller": "vård", "count": "1"}


async def run(app: FormApp, *keys: str, size: tuple[int, int] = (80, 24)) -> None:
    async with app.run_test(size=size) as pilot:
        await pilot.press(*keys)
        await pilot.pause()


# How many keys a call takes


async def test_an_answered_call_with_nothing_changed_takes_twelve_keys() -> None:
    app = FormApp("follow_up", call_context())
    keys = ["1", "enter", "enter", "=", "1", "enter", "n", "n", "4", "j", "ctrl+s"]
    assert len(keys) <= 12
    await run(app, *keys)
    assert app.results == [Saved(1)]
    assert {name: app.saved[0][name] for name in AT_CLOSURE} == AT_CLOSURE
    told = {name: app.saved[0][name] for name in ("outcome", "consent", "kept_step", "usefulness")}
    assert told == {"outcome": "answered", "consent": 1, "kept_step": "kept", "usefulness": 4}
    assert (app.saved[0]["own_livelihood"], app.saved[0]["readier"]) == (0, 1)


async def test_the_same_call_can_be_saved_on_the_last_row() -> None:
    app = FormApp("follow_up", call_context())
    keys = ["1", "enter", "enter", "=", "1", "enter", "n", "n", "4", "j", "enter", "enter"]
    assert len(keys) <= 12
    await run(app, *keys)
    assert app.results == [Saved(1)]


async def test_nobody_answering_takes_two_keys() -> None:
    app = FormApp("follow_up", call_context())
    await run(app, "2", "ctrl+s")
    assert (app.saved[0]["outcome"], app.saved[0]["date"]) == ("no_answer", "2026-03-16")


async def test_a_callback_takes_six_keys() -> None:
    app = FormApp("follow_up", call_context())
    await run(app, "4", "+", "1", "space", "9", "ctrl+s")
    assert app.saved[0]["callback_at"] == "2026-03-17T09:00"


# Saving


async def test_a_swedish_text_is_saved_as_it_was_typed() -> None:
    app = FormApp("note")
    await run(app, "enter", *"Åäö é", "ctrl+j", "x", "ctrl+s")
    assert app.saved[0]["text"] == "Åäö é\nx"


async def test_enter_twice_on_the_save_row_saves_once() -> None:
    app = FormApp("advice", raws=ADVICE)
    await run(app, "ctrl+end", "enter", "enter")
    assert (app.results, len(app.saved)) == ([Saved(1)], 1)


async def test_saving_stops_at_the_first_fault() -> None:
    app = FormApp("advice")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+s")
        assert any("! Insats måste anges." in line for line in app.lines)
        await pilot.press("1", "2", "ctrl+s")
    assert app.saved[0]["caller"] == "health_care"


async def test_a_question_is_answered_with_one_key() -> None:
    app = FormApp("advice", raws=ADVICE | {"date": "2026-04-01"})
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+s")
        assert any("Är det rätt? (j/n)" in line for line in app.lines)
        await pilot.press("enter", "ctrl+s")
        assert app.saved == []
        await pilot.press("n", "i", "ctrl+s")
    assert app.saved[0]["date"] == "2026-03-16"


async def test_a_question_answered_yes_saves() -> None:
    app = FormApp("advice", raws=ADVICE | {"date": "2026-04-01"})
    await run(app, "ctrl+s", "j")
    assert app.saved[0]["date"] == "2026-04-01"


async def test_a_save_that_fails_is_told_and_the_form_stays() -> None:
    def refuse(_values: Mapping[str, Value], _over: Conflict | None) -> object:
        raise ReadOnly("Registret kan inte skrivas.")

    app = FormApp("advice", raws=ADVICE, save=refuse)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert any("! Registret kan inte skrivas." in line for line in app.lines)
        assert app.results == []


async def test_what_only_the_register_refuses_is_told_at_its_field() -> None:
    def refuse(_values: Mapping[str, Value], _over: Conflict | None) -> object:
        raise Refused([Fault("caller", "Det går inte.")])

    app = FormApp("advice", raws=ADVICE, save=refuse)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert any("! Det går inte." in line for line in app.lines)
        assert app.form.state.hand is not None
        assert app.form.state.hand.field.name == "caller"
        assert app.results == []


# Drafts


async def test_every_key_is_kept_as_it_is_typed() -> None:
    app = FormApp("note")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "h")
        assert app.kept[-1][0]["text"] == "h"
        assert app.kept[-1][1] == "text"
        await pilot.press("e", "j")
        assert app.kept[-1][0]["text"] == "hej"
        count = len(app.kept)
        await pilot.press("left", "right", "f7")
        assert len(app.kept) == count  # nothing new to keep


async def test_half_typed_letters_of_a_choice_are_kept_too() -> None:
    app = FormApp("follow_up", call_context())
    await run(app, "b", "y")
    assert app.kept[-1][0]["outcome"] == "by"


async def test_moving_on_in_a_draft_keeps_the_place() -> None:
    app = FormApp("note")
    await run(app, "enter", "h", "tab")
    assert app.kept[-1][1] == "staff"


async def test_nothing_is_kept_of_what_nobody_typed() -> None:
    app = FormApp("note")
    await run(app, "tab", "tab", "tab", "escape")
    assert (app.kept, app.results) == ([], [Left(kept=False)])


async def test_a_draft_is_not_kept_again_after_it_is_saved() -> None:
    app = FormApp("advice", raws=ADVICE)
    async with app.run_test(size=(80, 24)) as pilot:
        app.form.view.state.go("referred_to")
        await pilot.press("x", "ctrl+s", "y")
        await pilot.pause()
    assert app.saved[0]["referred_to"] == "x"
    assert app.kept[-1][0]["referred_to"] == "x"


async def test_escape_leaves_with_the_draft() -> None:
    app = FormApp("note")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "h", "escape")
        await pilot.pause()
        assert app.results == [Left(kept=True)]
        assert app.kept[-1] == ({"at": "2026-03-16 09:00", "staff": "Ulla Ek", "text": "h"}, "text")


async def test_escape_without_drafts_needs_a_second_one() -> None:
    app = FormApp("note", drafts=False)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "h", "escape")
        assert app.results == []
        assert any("Esc en gång till" in line for line in app.lines)
        await pilot.press("e", "escape")
        assert app.results == []  # typing on is a change of mind
        await pilot.press("escape")
        await pilot.pause()
        assert app.results == [Left(kept=False)]


async def test_a_draft_is_taken_up_where_it_was_left() -> None:
    raws = {"at": "2026-03-16 09:00", "staff": "Ulla Ek", "text": "he"}
    app = FormApp("note", raws=raws, field="text", resumed=True)
    await run(app, "j", "ctrl+s")
    assert app.saved[0]["text"] == "hej"


async def test_a_draft_is_thrown_away_when_asked_for_twice() -> None:
    app = FormApp("note", raws={"text": "fel person"}, field="text", resumed=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert any("fortsätter på ett utkast. Ctrl+X" in line for line in app.lines)
        await pilot.press("ctrl+x", "e", "ctrl+x")
        await pilot.pause()
        assert app.results == []  # typing on is a change of mind
        assert any("Ctrl+X en gång till" in line for line in app.lines)
        await pilot.press("ctrl+x")
        await pilot.pause()
        assert app.results == [Left(kept=False)]


async def test_a_draft_that_cannot_be_kept_is_told() -> None:
    app = FormApp("note")

    def refuse(_raws: object, _field: str) -> None:
        raise ReadOnly("Registret kan inte skrivas.")

    app.form._keep_raws = refuse  # noqa: SLF001 - a disk that has just become full
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "h")
        await pilot.pause()
        assert any("! Registret kan inte skrivas." in line for line in app.lines)


# Paste and mouse


async def test_pasted_control_characters_are_refused_in_words() -> None:
    from textual.events import Paste

    app = FormApp("note")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        app.post_message(Paste("hej\x1b[2J"))
        await pilot.pause()
        assert any("! Texten har ett otillåtet tecken" in line for line in app.lines)
        app.post_message(Paste("ett\r\ntvå"))
        await pilot.pause()
        await pilot.press("ctrl+s")
    assert app.saved[0]["text"] == "ett\ntvå"


async def test_a_field_can_be_clicked() -> None:
    app = FormApp("participant")
    async with app.run_test(size=(80, 24)) as pilot:
        row = next(y for y, line in enumerate(app.lines) if "Efternamn" in line)
        await pilot.click("FormView", offset=(5, row))
        await pilot.press("x")
        assert app.form.state.live()["last_name"] == "x"


# Two people at once


class Clash:
    """A store whose record somebody else has changed since it was read."""

    def __init__(self) -> None:
        self.tries: list[Conflict | None] = []
        self.conflict = Conflict(
            "Posten har ändrats.",
            table="advice",
            id=7,
            theirs={"version": 2, "caller": "relative", "count": 1, "referred_to": "AF"},
            by="Bo Berg",
            at="2026-03-16T08:00:00+00:00",
        )

    def save(self, _values: Mapping[str, Value], over: Conflict | None) -> object:
        self.tries.append(over)
        if over is None:
            raise self.conflict
        return 7


async def test_a_conflict_shows_both_versions_field_by_field() -> None:
    clash = Clash()
    app = FormApp("advice", raws=ADVICE, save=clash.save)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+s")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, ConflictScreen)
        text = "\n".join(str(part.content) for part in screen.query(Static))
        assert "Bo Berg" in text
        assert "Vem ringde\n  mina:       vård\n  den andras: anhörig" in text
        assert "Hänvisad till\n  mina:       –\n  den andras: AF" in text
        assert "Antal" not in text  # it is the same


async def test_a_conflict_with_nobody_known_is_shown_all_the_same() -> None:
    clash = Clash()
    clash.conflict.by = clash.conflict.at = ""
    clash.conflict.theirs = {"version": 2}
    app = FormApp("advice", raws=ADVICE, save=clash.save)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+s")
        await pilot.pause()
        text = "\n".join(str(part.content) for part in app.screen.query(Static))
        assert "någon annan" in text
        assert "Fälten i formuläret är lika" in text


@pytest.mark.parametrize(
    ("key", "results", "tries"),
    [("1", [Saved(7)], 2), ("2", [TheirsTaken()], 1), ("escape", [], 1)],
)
async def test_a_conflict_is_settled_by_choice(key: str, results: list[object], tries: int) -> None:
    clash = Clash()
    app = FormApp("advice", raws=ADVICE, save=clash.save)
    await run(app, "ctrl+s", "enter", key)
    assert app.results == results
    assert clash.tries == [None, clash.conflict][:tries]


async def test_going_back_from_a_conflict_says_that_nothing_is_saved() -> None:
    app = FormApp("advice", raws=ADVICE, save=Clash().save)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+s", "escape")
        await pilot.pause()
        assert any("! Inget är sparat" in line for line in app.lines)
        await pilot.press("up")
        assert app.screen is app.form


# On screen


@pytest.mark.parametrize("theme", ["mörk", "ljus", "hög kontrast"])
async def test_what_the_widget_shows_is_the_picture(theme: str) -> None:
    app = FormApp("follow_up", call_context())
    app.theme = theme
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("1", "enter", "enter")
        view = app.form.view
        for y, line in enumerate(app.lines):
            assert view.render_line(y).text.rstrip() == line.rstrip()
        assert view.size.height == 22  # the keys below take two lines


async def test_a_key_repaints_only_the_lines_it_changes() -> None:
    app = FormApp("note")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter", "h")
        view = app.form.view
        await pilot.pause()
        painted: list[int] = []
        render = view.render_line

        def noted(y: int) -> Strip:
            painted.append(y)
            return render(y)

        view.render_line = noted  # type: ignore[method-assign]
        await pilot.press("e")
        await pilot.pause()
        assert painted == [2]


async def test_a_narrow_and_a_wide_terminal_show_the_field_in_hand() -> None:
    app = FormApp("closure", context(previous=AT_CLOSURE))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("enter", "1")
        assert any("förstärkt samverkan (AF–FK) +" in line for line in app.lines)
        await pilot.resize_terminal(60, 16)
        await pilot.pause()
        assert any(line.startswith("▸  Resultat") for line in app.lines)


async def test_every_binding_has_an_id_and_a_tooltip() -> None:
    app = FormApp("note")
    for screen in (app.form, ConflictScreen):
        for binding in screen.BINDINGS:
            assert not isinstance(binding, tuple)
            assert binding.id
            assert binding.tooltip


def test_the_handbook_tells_every_key_of_a_form() -> None:
    words = {"pagedown": "PgDn", "pageup": "PgUp", "up": "↑", "down": "↓", "shift": "Skift"}
    words |= {"left": "←", "right": "→", "backspace": "backsteg"}
    text = page(FormScreen.page).lower()
    for key in [*MOVES, *NEW_LINE, "left", "right", "backspace", "ctrl+w", "ctrl+u", "ctrl+k"]:
        told = "+".join(words.get(part, part) for part in key.split("+"))
        assert told.lower() in text, key
    for binding in FormScreen.BINDINGS:
        assert isinstance(binding, Binding)
        assert binding.key.replace("escape", "esc") in text
