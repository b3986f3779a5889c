"""Every surface as each role sees it: lists, search, cards, calls, drafts, reports, the palette."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pytest

from finsam_tui import report
from finsam_tui.domain.periods import Period
from finsam_tui.domain.personal_id import test_number as made_up
from finsam_tui.prompts.ring import ring
from finsam_tui.prompts.saving import Desk
from finsam_tui.storage import drafts
from finsam_tui.storage.access import PROTECTED, READS
from finsam_tui.storage.drafts import Draft
from finsam_tui.storage.register import Register
from finsam_tui.storage.target import Target
from finsam_tui.tui.app import FinsamApp
from finsam_tui.tui.sentence import sentence
from tests.prompts.talk import Script
from tests.tui.conftest import NOW, RAW_KEY
from tests.tui.walk import walking

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.storage.rows import Rows

NUMBER = made_up(date(1990, 5, 17), 984)
SECRET = ("Disa", "Hemlig", "070-174 06 99", NUMBER[-4:])
OWN, OTHER, COORDINATOR, MANAGER = "own", "other", "sam", "chef"
ROLES = [OWN, OTHER, COORDINATOR, MANAGER]


@dataclass
class House:
    """The register of one person with a screening and one protected, and the app of any role."""

    rows: Rows
    open_as: Callable[[str], FinsamApp]
    enrolment: int
    screening: int
    call: int


@pytest.fixture
def house(rows: Rows, path: Path) -> Iterator[House]:
    rows.change("staff", "C1", slot=OWN)
    rows.change("staff", "C2", slot=OTHER)
    rows.add("staff", id="M1", name="Mona", role="manager", slot=MANAGER)
    eva = rows.enrolment(rows.person("Eva", "Ek"), "2024-01-02")
    missing = rows.enrolment(rows.person("Bo", "Ask"), "2024-01-02")
    rows.add("note", enrolment_id=missing, at="2024-03-01T10:00", text="Mötte honom")
    answered = {"status": "answered", "exposed": 1, "any_yes": 1, "referred_to": "Kvinnojouren"}
    screening = rows.add("screening", enrolment_id=eva, date="2024-02-01", **answered)
    disa = rows.person(
        *("Disa", "Hemlig"),
        protection="marked",
        phone="070-174 06 99",
        personal_id=NUMBER,
    )
    call = rows.call("2024-03-20", person=disa)
    apps: list[FinsamApp] = []

    def open_as(slot: str) -> FinsamApp:
        held = Register.open(path, user=slot, raw_key=RAW_KEY)
        apps.append(FinsamApp(held, path=str(path), clock=lambda: NOW))
        return apps[-1]

    yield House(rows, open_as, eva, screening, call)
    for app in apps:
        app.release()


def hides(text: str) -> bool:
    return not any(word in text for word in SECRET)


@pytest.mark.parametrize("slot", ROLES)
async def test_no_list_or_search_names_who_is_protected(house: House, slot: str) -> None:
    async with walking(house.open_as(slot), (140, 40)) as walk:
        assert "Skyddad identitet" in walk.text
        assert hides(walk.text)
        await walk.press("f3", "'Hemlig'")
        assert "Ingen" in walk.text
        await walk.press("ctrl+u", "f3", f"'{NUMBER}'")
        assert "Skyddad identitet" in walk.text
        assert hides(walk.text.replace(NUMBER, ""))
        await walk.press("f6")
        assert hides(walk.text)


@pytest.mark.parametrize("slot", ROLES)
async def test_the_card_and_call_of_who_is_protected_are_for_coach_and_coordinator(
    house: House, slot: str
) -> None:
    async with walking(house.open_as(slot), (140, 40)) as walk:
        await walk.press("f3", f"'{NUMBER}'", "enter")
        if slot in (OWN, COORDINATOR):
            assert walk.place == "Person"
            assert "Disa Hemlig" in walk.text
        else:
            assert walk.place == "People"
            told = READS if slot == MANAGER else PROTECTED
            assert f"! {sentence(told)}" in walk.text
        await walk.press("f5")
        if slot in (OWN, COORDINATOR):
            assert walk.place == "CallScreen"
            assert "070-174 06 99" in walk.text
        else:
            assert hides(walk.text.replace(NUMBER, ""))
            told = READS if slot == MANAGER else "Inga samtal att ringa just nu."
            assert sentence(told) in walk.text
    opened = house.rows.register.sql("SELECT DISTINCT user FROM access").fetchall()
    assert [user for (user,) in opened] == ([slot] if slot in (OWN, COORDINATOR) else [])


@pytest.mark.parametrize("slot", ROLES)
async def test_a_screening_is_known_and_opened_by_coach_and_coordinator_alone(
    house: House, slot: str
) -> None:
    mine = slot in (OWN, COORDINATOR)
    async with walking(house.open_as(slot), (140, 50)) as walk:
        assert ("Ingen våldsscreening" in walk.text) == mine
        await walk.press("f3", "'Ek'", "enter")
        if slot == MANAGER:
            assert walk.place == "People"
            return
        assert ("våldsscreening" in walk.text) == mine
        assert ("V Våld" in walk.text.replace("v Våld", "V Våld")) == mine
        assert "Kvinnojouren" not in walk.text
        await walk.press("v")
        assert (walk.place == "FormScreen") == mine
    sql = "SELECT user FROM access WHERE kind = 'screening'"
    assert [u for (u,) in house.rows.register.sql(sql)] == ([slot] if mine else [])


async def test_a_lacking_screening_opened_from_the_list_is_in_the_log(house: House) -> None:
    async with walking(house.open_as(OWN), (140, 50)) as walk:
        await walk.press("'våldsscreening'", "enter")
        assert "Våldsscreening – Bo Ask" in walk.text
    sql = "SELECT user FROM access WHERE kind = 'screening'"
    assert [u for (u,) in house.rows.register.sql(sql)] == [OWN]


async def test_a_draft_of_a_screening_has_no_name_in_the_list_and_goes_with_the_right_to_it(
    house: House,
) -> None:
    target = Target("screening", record_id=house.screening, version=1)
    for slot in (OWN, OTHER):
        with house.open_as(slot).register as register:
            drafts.keep(register, Draft(target, {"why": "x"}, "why", "2024-03-14T10:00:00"))
    async with walking(house.open_as(OWN), (140, 50)) as walk:
        assert "Fortsätt: ett formulär, utkast 14/03" in walk.text
    async with walking(house.open_as(OTHER), (140, 50)) as walk:
        assert "Fortsätt" not in walk.text


@pytest.mark.parametrize(
    "keys",
    [
        ("f2",),
        ("f5",),
        ("ctrl+r",),
        ("f3", "'Ek'", "enter"),
        ("enter",),  # on what there is to do
        ("right",),
        ("ctrl+p", "'Underlag: Mål'", "down", "enter", "n"),
    ],
)
async def test_a_reader_is_told_before_anything_can_be_typed(
    house: House, keys: tuple[str, ...]
) -> None:
    before = list(house.rows.register.sql("SELECT count(*) FROM audit").fetchall()[0])
    async with walking(house.open_as(MANAGER), (140, 50)) as walk:
        await walk.press(*keys)
        assert walk.place not in ("FormScreen", "CallScreen", "Person", "Who")
        assert f"! {sentence(READS)}" in walk.text
    assert list(house.rows.register.sql("SELECT count(*) FROM audit").fetchall()[0]) == before


@pytest.mark.parametrize("slot", ROLES)
async def test_what_is_the_coordinators_is_offered_to_them_alone(house: House, slot: str) -> None:
    async with walking(house.open_as(slot), (100, 90)) as walk:
        await walk.press("ctrl+p")
        offered = [
            words in walk.text
            for words in ("Förbundet: Medarbetare", "Förbundet: Namn", "Lås efter", "spara svaren")
        ]
    assert set(offered) == {slot == COORDINATOR}


async def test_anybody_may_add_colleagues_until_a_coordinator_has_a_key(house: House) -> None:
    house.rows.change("staff", "S1", slot=None)
    async with walking(house.open_as(OWN), (100, 90)) as walk:
        await walk.press("ctrl+p")
        assert "Förbundet: Medarbetare" in walk.text
        assert "Lås efter" not in walk.text


async def test_a_reader_has_lists_and_reports(house: House) -> None:
    async with walking(house.open_as(MANAGER), (140, 50)) as walk:
        assert "att göra" in walk.text
        await walk.press("f3")
        assert "Ek, Eva" in walk.text
        await walk.press("f7")
        assert "Översikt" in walk.text


@pytest.mark.parametrize("slot", ROLES)
def test_the_list_of_persons_names_nobody_who_is_protected(house: House, slot: str) -> None:
    register = house.open_as(slot).register
    made = report.build(register, "personlista", Period.year(2024), today=NOW.date())
    cells = repr(made)
    assert "Eva" in cells
    assert hides(cells)
    assert "Kvinnojouren" not in cells


@pytest.mark.parametrize("slot", ROLES)
def test_the_prompts_call_who_is_protected_for_coach_and_coordinator(
    house: House, slot: str
) -> None:
    script = Script("q")
    desk = Desk(script, house.open_as(slot).register, lambda: NOW)
    if slot == MANAGER:
        with pytest.raises(Exception, match="chef"):
            ring(desk)
        assert script.said == ""
        return
    ring(desk)
    assert ("Disa Hemlig" in script.said) == (slot in (OWN, COORDINATOR))
    assert hides(script.said) == (slot == OTHER)
