"""Underlag: what the year's report needs is listed, added and changed by keys alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tui.walk import walking

if TYPE_CHECKING:
    from finsam_tui.tui.app import FinsamApp
    from tests.storage.rows import Rows


def stored(rows: Rows, sql: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in rows.register.sql(sql)]


def to(words: str) -> tuple[str, ...]:
    """Return the keys that lead to a list."""
    return ("ctrl+p", f"'underlag {words}'", "down", "enter")


async def test_a_budget_is_added(rows: Rows, app: FinsamApp) -> None:
    async with walking(app) as walk:
        await walk.press(*to("budget"))
        assert "Det finns inga än. n lägger till en." in walk.text
        await walk.press("n", "1", "'2023'", "enter", "'100'", "enter", "enter", "'1311000'")
        await walk.press("enter", "'1051782,22'", "ctrl+s")
        assert walk.place == "Records"
        assert "100 deltagare, 1 311 000 kr; utfall 1 051 782 kr" in walk.text
    assert stored(
        rows,
        "SELECT programme, year, budget_participants, actual_participants, budget_amount,"
        " actual_amount FROM programme_year",
    ) == [("SAM", 2023, 100, None, 1311000.0, 1051782.22)]


async def test_a_budget_is_changed(rows: Rows, app: FinsamApp) -> None:
    rows.add("programme_year", programme="SAM", year=2022, budget_participants=90)
    rows.add("programme_year", programme="SAM", year=2023, budget_participants=100)
    async with walking(app) as walk:
        await walk.press(*to("budget"), "down", "enter")
        assert "2022" in walk.text
        await walk.press("tab", "tab", "backspace", "backspace", "'85'", "ctrl+s")
    found = "SELECT year, budget_participants, version FROM programme_year ORDER BY year"
    assert stored(rows, found) == [(2022, 85, 2), (2023, 100, 1)]


async def test_the_same_budget_again_is_refused_in_words(rows: Rows, app: FinsamApp) -> None:
    rows.add("programme_year", programme="SAM", year=2023)
    async with walking(app) as walk:
        await walk.press(*to("budget"), "n", "1", "'2023'", "ctrl+s")
        assert "Insatsen har redan uppgifter om året" in walk.text
    assert len(stored(rows, "SELECT id FROM programme_year")) == 1


async def test_a_goal_of_the_association_is_added(rows: Rows, app: FinsamApp) -> None:
    async with walking(app) as walk:
        await walk.press(*to("mål"), "n", "enter", "'2024'", "enter", "'nytta'", "enter")
        await walk.press("enter", "'75'", "ctrl+s")
        assert "Hela förbundet        stödet är till nytta: minst 75" in walk.text
    assert stored(rows, "SELECT programme, year, measure, direction, target FROM goal") == [
        (None, 2024, "useful", "at_least", 75.0)
    ]


async def test_a_pile_of_questionnaires_begins_where_the_last_one_did(
    rows: Rows, app: FinsamApp
) -> None:
    rows.add("questionnaire", programme="VAXA", occasion="closure", year=2023, sex="woman")
    async with walking(app) as walk:
        await walk.press(*to("enkäter"), "n", "tab", "tab", "tab", "2", "1", "2", "ctrl+s")
    assert stored(rows, "SELECT programme, occasion, year, sex FROM questionnaire") == [
        ("VAXA", "closure", 2023, "woman"),
        ("VAXA", "closure", 2023, "man"),
    ]
    assert stored(
        rows,
        "SELECT item, answer FROM questionnaire_answer WHERE questionnaire_id = 2 ORDER BY item",
    ) == [("readier", "no"), ("useful", "yes")]


LISTED = [
    (
        "strukturinsatser",
        "structural_event",
        {"programme": "SAM", "date": "2023-11-29", "attendees": 65, "comment": "Mässa\nmer"},
        "65 deltagare: Mässa",
    ),
    ("strukturinsatser", "structural_event", {"programme": "SAM"}, "utan datum, – deltagare"),
    (
        "andras siffror",
        "comparison",
        {"year": 2023, "level": "county", "name": "Sjölän", "participants": 1200},
        "Sjölän (län), 1 200 deltagare",
    ),
]


@pytest.mark.parametrize("listed", LISTED, ids=lambda listed: listed[3])
async def test_what_is_stored_is_listed_and_opened(
    rows: Rows, app: FinsamApp, listed: tuple[str, str, dict[str, object], str]
) -> None:
    words, table, columns, shown = listed
    rows.add(table, **columns)
    async with walking(app) as walk:
        await walk.press(*to(words))
        assert shown in walk.text
        await walk.press("enter")
        assert walk.place == "FormScreen"
        await walk.press("escape")
        assert walk.place == "Records"


async def test_hostile_text_in_a_list_is_only_text(rows: Rows, app: FinsamApp) -> None:
    rows.add("comparison", year=2023, level="county", name="[b]x[/b] [@click=app.quit]")
    async with walking(app) as walk:
        await walk.press(*to("andras siffror"))
        assert "[b]x[/b] [@click=app.quit]" in walk.text
