"""Idag: what is to be done, found, and done with Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.storage import drafts
from finsam_tui.storage.target import Target
from finsam_tui.tui.screens.today import Today
from tests.tui.walk import walking

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest

    from finsam_tui.tui.app import FinsamApp
    from finsam_tui.tui.screens.today import Line
    from tests.storage.rows import Rows


async def test_the_work_list_stands_there_from_the_start(rows: Rows, app: FinsamApp) -> None:
    rows.call("2024-03-20", person=rows.person("Åsa", "Öberg"))
    rows.enrolment(rows.person("Eva", "Ek"), "2024-01-02")
    async with walking(app) as walk:
        assert walk.place == "Today"
        assert "Samtal 6 månader: ring senast 20 maj 2024" in walk.text
        assert "Ingen våldsscreening, inskriven 73 dagar" in walk.text
        assert "1 samtal · 0 tidsgränser · 4 luckor" in walk.text
        assert "Sam  fre 15 mars 2024" in walk.text


async def test_it_is_narrowed_as_one_types_with_swedish_letters(rows: Rows, app: FinsamApp) -> None:
    rows.call("2024-03-20", person=rows.person("Åsa", "Öberg"))
    rows.call("2024-03-21", person=rows.person("Kim", "Berg"))
    async with walking(app) as walk:
        await walk.press("'öberg'")
        assert "Åsa Öberg" in walk.text
        assert "Kim Berg" not in walk.text
        await walk.press("escape")
        assert "Kim Berg" in walk.text


async def test_enter_on_a_gap_opens_the_form_that_mends_it(rows: Rows, app: FinsamApp) -> None:
    enrolment = rows.enrolment(rows.person("Eva", "Ek"), "2024-01-02")
    async with walking(app) as walk:
        await walk.press("'plan'", "enter")
        assert walk.place == "FormScreen"
        assert "Individuell plan – Eva Ek" in walk.text
        await walk.press("enter", "'Praktik'", "ctrl+s")
        assert walk.place == "Today"
        assert "Individuell plan: sparat." in walk.text
    (plan,) = rows.register.sql("SELECT enrolment_id, goal FROM plan")
    assert tuple(plan) == (enrolment, "Praktik")


async def test_a_form_that_was_left_is_the_first_thing_to_go_on_with(
    rows: Rows, app: FinsamApp
) -> None:
    enrolment = rows.enrolment(rows.person("Eva", "Ek"), "2024-01-02")
    async with walking(app) as walk:
        await walk.press("'plan'", "enter", "enter", "'Prak'", "escape", "escape")
        assert "Utkastet är sparat; du kan fortsätta från Idag." in walk.text
        assert "» Fortsätt: Individuell plan, utkast 15/03 kl. 09:00" in walk.text
        await walk.press("home", "enter", "'tik'", "ctrl+s")
        assert "Fortsätt" not in walk.text
    assert [row["goal"] for row in rows.register.sql("SELECT goal FROM plan")] == ["Praktik"]
    assert drafts.find(rows.register, Target("plan", owner_id=enrolment)) is None


async def test_no_line_moves_away_under_the_hand(
    rows: Rows, app: FinsamApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows.call("2024-03-20", person=rows.person("Åsa", "Öberg"))
    rows.enrolment(rows.person("Eva", "Ek"), "2024-01-02")
    shown: list[list[str]] = []
    show = Today._show  # noqa: SLF001 - what the list was given, each time

    def seen(today: Today, lines: Sequence[Line]) -> None:
        shown.append([line.text for line in lines])
        show(today, lines)

    async with walking(app) as walk:
        await walk.press("'plan'", "enter", "enter", "'Prak'", "escape")
        monkeypatch.setattr(Today, "_show", seen)
        await walk.press("f4")
    calls, everything = shown
    assert len(calls) == 2
    assert everything[:2] == calls


async def test_a_coach_sees_all_or_what_is_her_own(rows: Rows, app: FinsamApp) -> None:
    rows.enrolment(rows.person("Eva", "Ek"), "2024-01-02", staff="S1")
    rows.enrolment(rows.person("Kim", "Berg"), "2024-01-02", staff="C1")
    async with walking(app) as walk:
        assert "Kim Berg" in walk.text
        await walk.press("tab")
        assert "Idag, mina" in walk.text
        assert "Kim Berg" not in walk.text
        assert "Eva Ek" in walk.text


async def test_nothing_to_do_is_said(app: FinsamApp) -> None:
    async with walking(app) as walk:
        assert "Inget att göra just nu." in walk.text
