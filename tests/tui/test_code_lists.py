"""Kodlistor: the coordinator adds, renames, orders and hides codes by keys alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
