"""Förbundet: the coordinator adds, renames and stops by keys alone, and is told what is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.storage import drafts
from finsam_tui.storage.target import Target
from tests.tui.walk import walking

if TYPE_CHECKING:
    from finsam_tui.tui.app import FinsamApp
    from tests.storage.rows import Rows


def stored(rows: Rows, sql: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in rows.register.sql(sql)]


def to(words: str) -> tuple[str, ...]:
    """Return the keys that lead to a list."""
    return ("ctrl+p", f"'{words}'", "down", "enter")


async def test_a_new_coach_is_added_and_then_offered(rows: Rows, app: FinsamApp) -> None:
    async with walking(app) as walk:
        await walk.press(*to("medarbetare"))
        assert "Sam                     samordnare, nyckel" in walk.text
        await walk.press("n", "'C1'", "enter", "'Disa Berg'", "ctrl+s")
        assert "Finns redan; välj ett annat." in walk.text
        await walk.press("ctrl+u", "'DB'", "ctrl+s")
        assert walk.place == "Association"
        assert "Disa Berg               coach, ingen nyckel" in walk.text
        await walk.press("f3")
    assert stored(rows, "SELECT name, role, active, slot FROM staff WHERE id = 'DB'") == [
        ("Disa Berg", "coach", 1, None)
    ]
    assert "Disa Berg" in [code.label for code in rows.register.codes.options("staff")]


async def test_a_name_is_mended_and_the_id_cannot_be(rows: Rows, app: FinsamApp) -> None:
    async with walking(app) as walk:
        await walk.press(*to("medarbetare"), "down", "down", "enter")
        assert "Medarbetare – Sam" in walk.text
        assert "Kortnamn S1, som inte ändras" in walk.text
        await walk.press("ctrl+u", "'Samira'", "ctrl+s")
        assert "Samira  fre 15 mars 2024" in walk.text  # who is working, at the top
    assert stored(rows, "SELECT id, name, version FROM staff WHERE slot = 'sam'") == [
        ("S1", "Samira", 2)
    ]


async def test_a_coach_stops_and_another_takes_over(rows: Rows, app: FinsamApp) -> None:
    rows.change("staff", "C1", slot="cecilia")
    first = rows.enrolment(rows.person(), "2024-01-02")
    rows.call("2024-03-20")
    async with walking(app) as walk:
        await walk.press(*to("medarbetare"))
        assert "coach, nyckel, 1 inskriven, 1 samtal" in walk.text
        await walk.press("enter", "tab", "tab", "n", "ctrl+s")
        assert "1 öppen inskrivning får ingen ny coach. Är det rätt? (j/n)" in walk.text
        await walk.press("n", "'cesar'", "enter", "ctrl+s")
        assert "coach, har slutat, nyckeln kvar, 1 samtal" in walk.text
        assert "finsam nyckel remove cecilia" in walk.text
        assert "öppen inskrivning" not in walk.text
    assert stored(rows, "SELECT active FROM staff WHERE id = 'C1'") == [(0,)]
    assert stored(rows, f"SELECT staff FROM enrolment WHERE id = {first}") == [("C2",)]


async def test_that_a_manager_is_to_be_coach_is_asked_about(rows: Rows, app: FinsamApp) -> None:
    asked = "En chef öppnar inga kort och formulär. Är det rätt? (j/n)"
    rows.change("staff", "C2", role="manager")
    first = rows.enrolment(rows.person(), "2024-01-02")
    async with walking(app) as walk:
        await walk.press(*to("medarbetare"), "enter", "tab", "3", "ctrl+s")
        assert asked in walk.text
        await walk.press("n", "1", "n", "'cesar'", "enter", "ctrl+s")
        assert asked in walk.text
        await walk.press("n", "ctrl+u", "'sam'", "enter", "ctrl+s")
        assert "coach, har slutat" in walk.text
    assert stored(rows, f"SELECT staff FROM enrolment WHERE id = {first}") == [("S1",)]


async def test_the_coach_who_has_stopped_stays_in_an_old_form_and_is_in_no_new_one(
    rows: Rows, app: FinsamApp
) -> None:
    rows.enrolment(rows.person(), "2024-01-02")
    rows.change("staff", "C1", active=0)
    async with walking(app) as walk:
        await walk.press("f3", "enter", "i")
        assert "Inskrivning" in walk.text
        assert "Cecilia" not in walk.text
        await walk.press("escape", "end", "enter")
        assert "Cecilia" in walk.text


async def test_the_last_coordinator_is_told_why_not(rows: Rows, app: FinsamApp) -> None:
    async with walking(app) as walk:
        await walk.press(*to("medarbetare"), "down", "down", "enter", "tab", "tab", "n", "ctrl+s")
        assert "Den sista samordnaren; ge först någon annan rollen" in walk.text
    assert stored(rows, "SELECT role, active FROM staff WHERE id = 'S1'") == [("coordinator", 1)]


async def test_a_programme_begins_with_its_follow_ups(rows: Rows, app: FinsamApp) -> None:
    async with walking(app) as walk:
        await walk.press(*to("insatser"), "n", "'UNG'", "enter", "'Ung kraft'", "enter")
        await walk.press("enter", "enter", "'2024-03-01'", "enter", "enter", "'24'", "ctrl+s")
        assert "Ung kraft" in walk.text
    assert stored(rows, "SELECT name, type, start_date FROM programme WHERE id = 'UNG'") == [
        ("Ung kraft", "individual", "2024-03-01")
    ]
    months = "SELECT months FROM programme_follow_up WHERE programme_id = 'UNG'"
    assert {months for (months,) in stored(rows, months)} == {"6", "18", "24"}


async def test_a_programme_that_ends_with_somebody_in_it_asks(rows: Rows, app: FinsamApp) -> None:
    rows.enrolment(rows.person(), "2024-01-02")
    async with walking(app) as walk:
        await walk.press(*to("insatser"))
        assert "individ, 1 inskriven" in walk.text
        await walk.press("enter", "tab", "tab", "tab", "tab", "'2024-03-15'", "ctrl+s")
        assert "Insatsen har 1 öppen inskrivning kvar. Är det rätt? (j/n)" in walk.text
        await walk.press("j")
        assert "individ, 1 inskriven, till 15 mar 2024" in walk.text


async def test_a_municipality_is_added_and_changed(rows: Rows, app: FinsamApp) -> None:
    async with walking(app) as walk:
        await walk.press(*to("kommuner"), "n", "'0480'", "enter", "'Nyköping'", "ctrl+s")
        await walk.press("down", "enter", "tab", "'20,5'", "ctrl+s")
        assert "Nyköping                20,5 %" in walk.text
    assert stored(rows, "SELECT id, name, share FROM municipality WHERE version = 2") == [
        ("0480", "Nyköping", 20.5)
    ]


async def test_the_association_is_renamed(rows: Rows, app: FinsamApp) -> None:
    rows.add("association", id=1, name="Förbundet")
    async with walking(app) as walk:
        await walk.press(*to("namn och län"), "ctrl+u", "'Förbundet Väst'", "ctrl+s")
        assert "Förbund: sparat." in walk.text
    assert stored(rows, "SELECT name, version FROM association") == [("Förbundet Väst", 2)]


async def test_a_change_half_made_is_gone_on_with(rows: Rows, app: FinsamApp) -> None:
    async with walking(app) as walk:
        await walk.press(*to("medarbetare"), "enter", "' Sol'", "escape")
        assert drafts.find(rows.register, Target("staff", record_id="C1")) is not None
        await walk.press("f4")
        assert "Fortsätt: Medarbetare" in walk.text
        await walk.press("enter")
        assert "Kortnamn C1, som inte ändras" in walk.text
        await walk.press("ctrl+s")
    assert stored(rows, "SELECT name FROM staff WHERE id = 'C1'") == [("Cecilia Sol",)]


async def test_hostile_names_are_only_text(rows: Rows, app: FinsamApp) -> None:
    rows.change("staff", "C1", name="[b]x[/b] [@click=app.quit]")
    async with walking(app) as walk:
        await walk.press(*to("medarbetare"))
        assert "[b]x[/b] [@click=app.…" in walk.text
        await walk.press("end", "enter")
        assert "[b]x[/b] [@click=app.quit]" in walk.text
