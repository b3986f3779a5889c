"""F2: from somebody on the phone to a referral, an enrolment or a place in the queue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from finsam_tui.tui.screens.who import prefill
from tests.tui.walk import walking

if TYPE_CHECKING:
    from finsam_tui.tui.app import FinsamApp
    from tests.storage.rows import Rows
    from tests.tui.walk import Walk


async def refer(walk: Walk, outcome: str) -> None:
    """Fill in the referral form: programme, date, party, outcome; and save."""
    await walk.press("1", "enter", "1", outcome, "ctrl+s")


async def test_somebody_in_the_register_is_put_in_the_queue(rows: Rows, app: FinsamApp) -> None:
    rows.person("Kim", "Berg")
    eva = rows.person("Eva", "Ek")
    async with walking(app) as walk:
        await walk.press("f2", "'eva'", "enter")
        assert "Aktualisering – Eva Ek" in walk.text
        await refer(walk, "2")
        assert walk.place == "Waiting"
        assert "Eva Ek" in walk.text
    (row,) = rows.register.sql("SELECT participant_id, programme, party, outcome FROM referral")
    assert tuple(row) == (eva, "SAM", "employment_service", "queue")


async def test_somebody_new_is_registered_and_enrolled_in_one_go(
    rows: Rows, app: FinsamApp
) -> None:
    async with walking(app) as walk:
        await walk.press("f2", "'Åsa Öberg'", "enter")
        assert walk.place == "FormScreen"
        assert "Deltagare" in walk.text
        await walk.press("1", "enter", "enter", "enter", "'900517'", "enter", "1", "ctrl+s")
        assert "Aktualisering – Åsa Öberg" in walk.text
        await refer(walk, "1")
        assert "Inskrivning – Åsa Öberg" in walk.text
        assert "Teamet" in walk.text  # the programme of the referral is known
        await walk.press("ctrl+s")
        assert walk.place == "Person"
        assert "Åsa Öberg" in walk.text
        assert "Teamet · Sam" in walk.text
    (person,) = rows.register.sql("SELECT id, first_name, last_name, birth_date FROM participant")
    assert tuple(person)[1:] == ("Åsa", "Öberg", "1990-05-17")
    (referral,) = rows.register.sql("SELECT id, outcome FROM referral")
    assert referral["outcome"] == "start"
    (enrolment,) = rows.register.sql(
        "SELECT participant_id, referral_id, programme, start_date FROM enrolment"
    )
    assert tuple(enrolment) == (person["id"], referral["id"], "SAM", "2024-03-15")


async def test_a_referral_can_be_about_nobody_yet(rows: Rows, app: FinsamApp) -> None:
    rows.person("Kim", "Berg")
    async with walking(app) as walk:
        await walk.press("f2", "ctrl+o")
        await refer(walk, "4")
        assert walk.place == "Today"
        assert "Aktualisering: sparat." in walk.text
    (row,) = rows.register.sql("SELECT participant_id, outcome FROM referral")
    assert tuple(row) == (None, "advice")


async def test_whoever_waits_is_enrolled_from_the_queue(rows: Rows, app: FinsamApp) -> None:
    eva = rows.person("Eva", "Ek")
    rows.add(
        "referral",
        participant_id=eva,
        programme="VAXA",
        date="2023-10-01",
        party="self",
        outcome="queue",
    )
    async with walking(app) as walk:
        await walk.press("f6")
        assert "! 166" in walk.text
        assert "Cecilia" in walk.text  # who has room
        await walk.press("enter")
        assert "Inskrivning – Eva Ek" in walk.text
        await walk.press("ctrl+s")
        assert "Ingen väntar." in walk.text
    assert [row[0] for row in rows.register.sql("SELECT programme FROM enrolment")] == ["VAXA"]
    assert [row[0] for row in rows.register.sql("SELECT outcome FROM referral")] == ["start"]


async def test_an_advice_call_has_a_key(rows: Rows, app: FinsamApp) -> None:
    async with walking(app) as walk:
        await walk.press("ctrl+r")
        assert "Rådgivande samtal" in walk.text
        await walk.press("enter", "1", "1", "ctrl+s")
        assert "Rådgivande samtal: sparat." in walk.text
    assert [row[1] for row in rows.register.sql("SELECT programme, count FROM advice")] == [1]


@pytest.mark.parametrize(
    ("typed", "raws"),
    [
        ("", {}),
        ("Eva Ek", {"first_name": "Eva", "last_name": "Ek"}),
        ("Ek, Eva", {"first_name": "Eva", "last_name": "Ek"}),
        ("Eva", {"first_name": "Eva"}),
        ("Eva von Ek", {"first_name": "Eva", "last_name": "von Ek"}),
        ("900517-1234", {"personal_id": "900517-1234"}),
        ("070-174 06 07", {"phone": "070-174 06 07"}),
        ("+46 70 174 06 07", {"phone": "+46 70 174 06 07"}),
    ],
)
def test_what_was_searched_for_is_answered_already(typed: str, raws: dict[str, str]) -> None:
    assert prefill(typed) == raws
