"""Deltagare and the card: found as one types, opened on record, and acted on with a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tui.walk import walking

if TYPE_CHECKING:
    from finsam_tui.tui.app import FinsamApp
    from tests.storage.rows import Rows


async def test_people_are_found_by_name_and_by_number(rows: Rows, app: FinsamApp) -> None:
    rows.person("Åsa", "Öberg", phone="070-174 06 14")
    rows.person("Kim", "Berg", phone="070-174 06 13")
    async with walking(app) as walk:
        await walk.press("f3")
        assert "2 deltagare" in walk.text
        await walk.press("'åsa'")
        assert "Öberg, Åsa" in walk.text
        assert "Berg, Kim" not in walk.text
        await walk.press("ctrl+u", "'0613'")
        assert "Berg, Kim" in walk.text
        assert "1 deltagare" in walk.text
        await walk.press("'xx'")
        assert "Ingen heter så." in walk.text


async def test_who_is_protected_is_not_recognised_in_the_list(rows: Rows, app: FinsamApp) -> None:
    rows.person("Hemlig", "Person", protection="protected", phone="070-174 06 12")
    async with walking(app) as walk:
        await walk.press("f3")
        assert "Skyddad identitet" in walk.text
        assert "Hemlig" not in walk.text
        assert "070-174" not in walk.text
        await walk.press("enter")  # the card does say, and says that it is protected
        assert "Hemlig Person" in walk.text
        assert "! SKYDDAD FOLKBOKFÖRING" in walk.text


async def test_opening_a_card_is_noted(rows: Rows, app: FinsamApp) -> None:
    person = rows.person("Eva", "Ek")
    async with walking(app) as walk:
        await walk.press("f3", "enter", "escape", "enter")
    noted = rows.register.sql("SELECT user, kind, participant_id FROM access").fetchall()
    assert [tuple(row) for row in noted] == [("sam", "person", person)] * 2


async def test_the_card_tells_who_how_and_what(rows: Rows, app: FinsamApp) -> None:
    enrolment = rows.enrolment(rows.person("Eva", "Ek"), "2023-04-10")
    for date, occasion, total in [("2023-04-20", "start", 18.4), ("2024-02-01", "during", 27.0)]:
        rows.add("ors", enrolment_id=enrolment, date=date, occasion=occasion, total=total)
    for date, occasion, step in [
        ("2023-04-10", "start", "introduction"),
        ("2024-02-01", "month", "getting_going"),
    ]:
        rows.add("assessment", enrolment_id=enrolment, date=date, occasion=occasion, step=step)
    rows.add("note", enrolment_id=enrolment, at="2024-03-01T10:00", text="Första raden\nandra")
    async with walking(app) as walk:
        await walk.press("f3", "enter")
        assert "Eva Ek  född 1990-05-17" in walk.text
        assert "kvinna · 33 år · Kumla · 070-174 06 07" in walk.text
        assert "Sedan 10 apr 2023, 340 dagar · ! till 10 apr 2024" in walk.text
        assert "ORS 18,4 → 27,0 (+8,6)" in walk.text
        assert "╌" in walk.text  # the cut-off
        assert "Steg: Introduktion → Kom i gång" in walk.text
        assert "● nu" in walk.text
        assert "1 mar 2024" in walk.text
        assert "Första raden" in walk.text


async def test_a_key_on_the_card_opens_a_form_about_the_enrolment(
    rows: Rows, app: FinsamApp
) -> None:
    enrolment = rows.enrolment(rows.person("Eva", "Ek"), "2024-01-02")
    async with walking(app) as walk:
        await walk.press("f3", "enter", "n")
        assert "Daganteckning – Eva Ek" in walk.text
        await walk.press("enter", "'Möte.'", "ctrl+s")
        assert walk.place == "Person"
        assert "Möte." in walk.text
    (note,) = rows.register.sql("SELECT enrolment_id, text, staff FROM note")
    assert tuple(note) == (enrolment, "Möte.", "S1")


async def test_an_event_is_opened_and_changed(rows: Rows, app: FinsamApp) -> None:
    enrolment = rows.enrolment(rows.person("Eva", "Ek"), "2024-01-02")
    rows.add("note", enrolment_id=enrolment, at="2024-03-01T10:00", text="Mötte", staff="C1")
    async with walking(app) as walk:
        await walk.press("f3", "enter", "enter", "enter", "' henne'", "ctrl+s")
    (note,) = rows.register.sql("SELECT text, staff, version FROM note")
    assert tuple(note) == ("Mötte henne", "C1", 2)


@pytest.mark.parametrize(
    ("end", "offered", "withheld"),
    [
        (None, ("b Bedöm", "p Plan", "v Våld", "a Avsluta"), ("u Punktinsats",)),
        ("2024-03-01", ("u Punktinsats", "s Stöd"), ("b Bedöm", "p Plan", "a Avsluta")),
    ],
)
async def test_the_card_offers_what_the_enrolment_is_in_a_state_for(
    rows: Rows,
    app: FinsamApp,
    end: str | None,
    offered: tuple[str, ...],
    withheld: tuple[str, ...],
) -> None:
    more = {"end_date": end} if end else {}
    rows.enrolment(rows.person("Eva", "Ek"), "2024-01-02", **more)
    async with walking(app, (120, 40)) as walk:
        await walk.press("f3", "enter")
        for text in offered:
            assert text in walk.text
        for text in withheld:
            assert text not in walk.text
        await walk.press("b" if end else "u")  # and the keys are dead, too
        assert walk.place == "Person"


async def test_another_enrolment_is_taken_in_hand(rows: Rows, app: FinsamApp) -> None:
    person = rows.person("Eva", "Ek")
    rows.enrolment(person, "2022-01-02", end_date="2023-01-02", programme="VAXA")
    rows.enrolment(person, "2024-01-02")
    async with walking(app) as walk:
        await walk.press("f3", "enter")
        assert "Teamet · Cecilia  (inskrivning 1 av 2, e byter)" in walk.text
        await walk.press("e")
        assert "Växa · Cecilia  (inskrivning 2 av 2, e byter)" in walk.text
        assert "Avslutad 2 jan 2023" in walk.text


async def test_a_closure_is_taken_back_at_the_second_press(rows: Rows, app: FinsamApp) -> None:
    rows.enrolment(rows.person("Eva", "Ek"), "2024-01-02", end_date="2024-03-01")
    async with walking(app) as walk:
        await walk.press("f3", "enter", "å")
        assert "Tryck å en gång till" in walk.text
        assert [row[0] for row in rows.register.sql("SELECT end_date FROM enrolment")] == [
            "2024-03-01"
        ]
        await walk.press("å")
        assert "Inskrivningen är öppen igen." in walk.text
    assert [row[0] for row in rows.register.sql("SELECT end_date FROM enrolment")] == [None]


async def test_the_coordinator_opens_a_screening_and_it_is_noted(
    rows: Rows, app: FinsamApp
) -> None:
    enrolment = rows.enrolment(rows.person("Eva", "Ek"), "2024-01-02")
    rows.add("screening", enrolment_id=enrolment, date="2024-01-10", status="declined")
    async with walking(app) as walk:
        await walk.press("f3", "enter")
        assert "våldsscreening" in walk.text
        assert "avböjt" not in walk.text  # what came of it is not on the card
        await walk.press("enter")
        assert walk.place == "FormScreen"
        assert "Våldsscreening" in walk.text
    kinds = rows.register.sql("SELECT kind, detail FROM access ORDER BY id").fetchall()
    assert [tuple(row) for row in kinds] == [
        ("person", None),
        ("screening", f"enrolment {enrolment}"),
    ]


async def test_somebody_elses_coach_sees_no_screening(rows: Rows, app: FinsamApp) -> None:
    rows.change("staff", "S1", role="coach")
    enrolment = rows.enrolment(rows.person("Eva", "Ek"), "2024-01-02", staff="C1")
    rows.add("screening", enrolment_id=enrolment, date="2024-01-10", status="declined")
    async with walking(app, (120, 40)) as walk:
        await walk.press("f3", "enter")
        assert "våldsscreening" not in walk.text
        assert "v Våld" not in walk.text
        await walk.press("v")
        assert walk.place == "Person"
