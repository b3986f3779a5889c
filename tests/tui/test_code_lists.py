"""Kodlistor: the coordinator adds, renames, orders and hides codes by keys alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.storage.target import Target
from tests.tui.walk import walking

if TYPE_CHECKING:
    from finsam_tui.tui.app import FinsamApp
    from tests.storage.rows import Rows

LISTS = ("ctrl+p", "'kodlistor'", "down", "enter")
RESULTS = (*LISTS, "end", "up", "up", "up", "up", "enter")
STEPS = (*LISTS, *["down"] * 10, "enter")


def stored(rows: Rows, sql: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in rows.register.sql(sql)]


async def test_a_result_is_added_moved_and_counted(rows: Rows, app: FinsamApp) -> None:
    async with walking(app) as walk:
        await walk.press(*RESULTS)
        assert "Förbundet" not in walk.text
        assert "Kodlistor: resultat" in walk.text
        await walk.press("n", "'studier'", "ctrl+s")
        assert "Finns redan i listan; välj ett annat." in walk.text
        await walk.press("ctrl+u", "'praktik i butik'", "ctrl+s")
        await walk.press("end", "u", "u")
        assert "▸ 22  praktik i butik" in walk.text
        await walk.press("enter", "tab", "j", "ctrl+s")
        assert "Positiva steg räknas om för alla år, också de redovisade. Är det rätt?" in walk.text
        await walk.press("j")
        assert "▸ 22  praktik i butik                           positivt steg" in walk.text
    own = "FROM code WHERE list = 'result' AND key LIKE 'own%'"
    assert stored(rows, f"SELECT key, label, sort, positive, active, version {own}") == [
        ("own_praktik_i_butik", "praktik i butik", 22, 1, 1, 2)
    ]
    assert rows.register.codes.options("result")[-1].key == "parental_leave"


async def test_a_step_is_put_in_between(rows: Rows, app: FinsamApp) -> None:
    async with walking(app) as walk:
        await walk.press(*STEPS, "n", "'Arbetsträning'", "enter")
        assert "gäller alla år, också" in walk.text
        assert "Plats på trappan    5" in walk.text
        await walk.press("ctrl+u", "'3'", "ctrl+s")
        assert "3   Arbetsträning" in walk.text
        await walk.press("u")
        assert "Platsen på trappan ändras i stegets formulär: Enter." in walk.text
    assert stored(rows, "SELECT label, level FROM code WHERE list = 'step' ORDER BY sort") == [
        ("Introduktion", 1),
        ("Kom i gång", 2),
        ("Arbetsträning", 3),
        ("Kom i jobb", 4),
        ("Avslut", 5),
    ]


async def test_a_code_is_hidden_and_a_needed_one_is_not(rows: Rows, app: FinsamApp) -> None:
    async with walking(app) as walk:
        await walk.press(*RESULTS, "enter", "tab", "tab", "n", "ctrl+s")
        assert "används inte, positivt steg" in walk.text
        await walk.press("escape")
        assert "▸ 22     resultat                            1 används inte" in walk.text
        await walk.press(*["down"] * 2, "enter", "enter", "tab", "n", "ctrl+s")
        assert "Rapporterna räknar med just den här; den kan byta namn." in walk.text
    assert stored(rows, "SELECT list, key FROM code WHERE active = 0") == [
        ("result", "job_seeking")
    ]


async def test_what_is_begun_in_one_list_is_not_gone_on_with_in_another(
    rows: Rows, app: FinsamApp
) -> None:
    async with walking(app) as walk:
        await walk.press(*RESULTS, "n", "'praktik'", "escape", "escape")
        await walk.press("down", "enter", "n")
        assert "ordinarie insatser efter avslut" in walk.text
        assert "praktik" not in walk.text
        await walk.press("escape", "f4", "'kod'", "enter")
        assert "Du fortsätter på ett utkast. Ctrl+X slänger det." in walk.text
        await walk.press("ctrl+x", "ctrl+x")
    assert stored(rows, "SELECT count(*) FROM draft") == [(0,)]


async def test_no_list_is_added(rows: Rows, app: FinsamApp) -> None:
    async with walking(app) as walk:
        await walk.press(*LISTS, "n")
        assert walk.place == "CodeLists"
    assert stored(rows, "SELECT count(*) FROM draft") == [(0,)]


async def test_a_long_list_with_a_hidden_code_is_answered_in_a_form(
    rows: Rows, app: FinsamApp
) -> None:
    """25 reasons: those with two digits are picked by them, and the hidden one is not offered."""
    for number in range(10, 28):
        letter = chr(ord("a") + number - 10)
        key = f"own_{letter}"
        rows.add("code", list="non_start_reason", key=key, label=f"skäl {letter}", sort=number)
    rows.change("code", hidden(rows), active=0)
    async with walking(app) as walk:
        known = {"programme": "Teamet", "party": "Egen", "outcome": "ej start", "hours": "1"}
        app.open_form(Target("referral"), raws=known, field="reason")
        await walk.settle()
        assert "24 skäl r" in walk.text
        assert "uteblivna besök" not in walk.text
        await walk.press("2", "4", "enter", "ctrl+s")
    assert stored(rows, "SELECT reason FROM referral") == [("own_r",)]


def hidden(rows: Rows) -> int:
    sql = "SELECT id FROM code WHERE list = 'non_start_reason' AND key = 'missed_visits'"
    return int(str(stored(rows, sql)[0][0]))


async def test_a_coach_is_offered_no_lists(rows: Rows, app: FinsamApp) -> None:
    rows.change("staff", "C1", slot="other", role="coordinator")
    rows.change("staff", "S1", role="coach")
    async with walking(app) as walk:
        await walk.press("ctrl+p", "'kodlistor'")
        assert "Inget att göra heter så." in walk.text
