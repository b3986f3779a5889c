"""Names that look like commands are names, on every screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.tui.walk import walking

if TYPE_CHECKING:
    from finsam_tui.tui.app import FinsamApp
    from tests.storage.rows import Rows

FIRST, LAST = "[@click=quit]E", "[/x]"


async def test_a_name_with_markup_is_shown_as_it_stands(rows: Rows, app: FinsamApp) -> None:
    person = rows.person(FIRST, LAST)
    enrolment = rows.enrolment(person, "2024-01-02")
    rows.add("note", enrolment_id=enrolment, at="2024-03-01T10:00", text=f"{FIRST}\n{LAST}")
    rows.call("2024-03-20", person=person)
    rows.add(
        "referral",
        participant_id=person,
        programme="VAXA",
        date="2024-03-01",
        party="self",
        outcome="queue",
    )
    async with walking(app, (140, 40)) as walk:
        assert f"{FIRST} {LAST}" in walk.text
        await walk.press("f3")
        assert f"{LAST}, {FIRST}" in walk.text
        await walk.press("enter")
        assert f"{FIRST} {LAST}" in walk.text
        assert f"anteckning: {FIRST}" in walk.text
        await walk.press("n")
        assert f"Daganteckning – {FIRST} {LAST}" in walk.text
        await walk.press("f6")
        assert f"{FIRST} {LAST}" in walk.text
        await walk.press("f2")
        assert f"{LAST}, {FIRST}" in walk.text
        await walk.press("f5")
        assert FIRST in walk.text
    assert app.is_running is False


async def test_what_is_typed_as_a_filter_is_no_markup(app: FinsamApp) -> None:
    async with walking(app) as walk:
        await walk.press("f3")
        await walk.pilot.press("left_square_bracket", "slash", "x", "right_square_bracket")
        await walk.settle()
        assert "[/x]▏" in walk.text
