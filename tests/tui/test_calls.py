"""The calls: how few keys they take, what is stored of them, and how one leads to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tui.walk import walking

if TYPE_CHECKING:
    from finsam_tui.tui.app import FinsamApp
    from tests.storage.rows import Rows

# What was noted of the person at closure, in the order of the form; and as "=" repeats it.
AT_CLOSURE = {"step": "getting_to_work", "responsible": "employment_service", "hours": 20}
ANSWERED = "F5 1 Enter Enter = 1 Enter n n 4 j Ctrl+S"
UNREACHABLE = "F5 2 Ctrl+S"


def closed(rows: Rows, first: str, last: str, due: str = "2024-03-20", **more: object) -> int:
    """Somebody who took a step up and is to be called six months after; returns the call."""
    call = rows.call(due, person=rows.person(first, last, **more))
    enrolment = enrolment_of(rows, call)
    start = {"occasion": "start", "date": "2022-01-10", "step": "introduction"}
    rows.add("assessment", enrolment_id=enrolment, **start)
    closure = {"occasion": "closure", "date": "2023-01-10", **AT_CLOSURE}
    at_closure = rows.add("assessment", enrolment_id=enrolment, **closure)
    rows.add("assessment_livelihood", assessment_id=at_closure, livelihood="wage")
    rows.add("assessment_occupation", assessment_id=at_closure, occupation="studies", extent=50)
    rows.add("plan", enrolment_id=enrolment, date="2022-02-01", goal="Ett jobb på deltid")
    return call


def enrolment_of(rows: Rows, call: int) -> object:
    return one(rows, "SELECT enrolment_id FROM follow_up WHERE id = ?", call)["enrolment_id"]


def keys(written: str) -> list[str]:
    """Return keys by the names that tests press, from those that are printed on them."""
    names = {"=": "equals_sign", "+": "plus"}
    return [names.get(key, key.lower()) for key in written.split(" ")]


def one(rows: Rows, sql: str, *given: object) -> dict[str, object]:
    """Return the only row of a query, as column → value."""
    (found,) = rows.register.sql(sql, given)
    return dict(found)


# How many keys a call takes, from the work list to the next call


async def test_an_answered_call_with_nothing_changed_takes_twelve_keys(
    rows: Rows, app: FinsamApp
) -> None:
    call = closed(rows, "Eva", "Ek")
    closed(rows, "Kim", "Berg", "2024-03-21")
    pressed = keys(ANSWERED)
    assert len(pressed) == 12
    async with walking(app) as walk:
        await walk.press(*pressed)
        assert walk.place == "CallScreen"
        assert "Kim Berg" in walk.text
        assert "Sparat: svarade. Nästa samtal" in walk.text
    done = one(rows, "SELECT * FROM follow_up WHERE id = ?", call)
    told = ("outcome", "date", "consent", "kept_step", "usefulness")
    assert [done[name] for name in told] == ["answered", "2024-03-15", 1, "kept", 4]
    assert [done[name] for name in ("own_livelihood", "wants_support", "readier")] == [0, 0, 1]
    attempt = one(rows, "SELECT * FROM attempt")
    known = ("follow_up_id", "at", "outcome", "staff")
    assert [attempt[name] for name in known] == [call, "2024-03-15T09:00", "answered", "S1"]
    after = one(rows, "SELECT * FROM assessment WHERE occasion = '6'")
    assert (after["enrolment_id"], after["date"]) == (done["enrolment_id"], "2024-03-15")
    assert {name: after[name] for name in AT_CLOSURE} == AT_CLOSURE
    livelihood = one(
        rows, "SELECT * FROM assessment_livelihood WHERE assessment_id = ?", after["id"]
    )
    occupation = one(
        rows, "SELECT * FROM assessment_occupation WHERE assessment_id = ?", after["id"]
    )
    assert (livelihood["livelihood"], occupation["occupation"]) == ("wage", "studies")
    assert occupation["extent"] == 50


async def test_nobody_answering_takes_three_keys(rows: Rows, app: FinsamApp) -> None:
    call = closed(rows, "Eva", "Ek")
    pressed = keys(UNREACHABLE)
    assert len(pressed) == 3
    async with walking(app) as walk:
        await walk.press(*pressed)
        assert walk.place == "Today"
        assert "Sparat: ej svar. Inga fler samtal att ringa just nu." in walk.text
    assert one(rows, "SELECT outcome FROM follow_up WHERE id = ?", call) == {"outcome": "no_answer"}
    assert one(rows, "SELECT count(*) AS n FROM attempt") == {"n": 1}
    assert one(rows, "SELECT count(*) AS n FROM assessment WHERE occasion = '6'") == {"n": 0}


async def test_a_callback_takes_six_keys(rows: Rows, app: FinsamApp) -> None:
    call = closed(rows, "Eva", "Ek")
    pressed = keys("F5 4 1 4 Ctrl+S")
    assert len(pressed) <= 6
    async with walking(app) as walk:
        await walk.press(*pressed)
    stored = one(rows, "SELECT outcome, callback_at FROM follow_up WHERE id = ?", call)
    assert stored == {"outcome": "call_back", "callback_at": "2024-03-15T14:00"}
    attempt = one(rows, "SELECT outcome, callback_at FROM attempt")
    assert attempt == {"outcome": "call_back", "callback_at": "2024-03-15T14:00"}


# From one to the next


async def test_enter_in_the_work_list_opens_the_call(rows: Rows, app: FinsamApp) -> None:
    closed(rows, "Eva", "Ek")
    async with walking(app) as walk:
        await walk.press("'eva'", "enter")
        assert walk.place == "CallScreen"
        await walk.press("2", "ctrl+s")
        assert walk.place == "Today"
    opened = one(rows, "SELECT user, kind, participant_id FROM access")
    assert opened == {"user": "sam", "kind": "person", "participant_id": 1}


async def test_f5_passes_a_call_by_and_comes_to_the_end(rows: Rows, app: FinsamApp) -> None:
    for last in ("Ek", "Berg", "Dal"):
        closed(rows, "Eva", last)
    async with walking(app) as walk:
        seen = []
        for _ in range(3):
            await walk.press("f5")
            seen.append(walk.text.split()[1])
        assert seen == ["Ek", "Berg", "Dal"]
        await walk.press("f5")
        assert walk.place == "Today"
        assert "Inga fler samtal att ringa just nu." in walk.text
        await walk.press("f5")
        assert "Eva Ek" in walk.text
    assert one(rows, "SELECT count(*) AS n FROM attempt") == {"n": 0}


async def test_whom_nobody_reached_is_not_offered_again_in_one_sitting(
    rows: Rows, app: FinsamApp
) -> None:
    closed(rows, "Eva", "Ek")
    closed(rows, "Kim", "Berg")
    async with walking(app) as walk:
        await walk.press("f5", "2", "ctrl+s", "2", "ctrl+s")
        assert walk.place == "Today"
    assert one(rows, "SELECT count(*) AS n FROM attempt") == {"n": 2}


async def test_esc_keeps_the_call_as_a_draft_to_go_on_with(rows: Rows, app: FinsamApp) -> None:
    closed(rows, "Eva", "Ek")
    async with walking(app) as walk:
        await walk.press("f5", "1", "enter", "enter", "2", "escape")
        assert walk.place == "Today"
        await walk.press("home", "enter")
        assert walk.place == "CallScreen"
        assert "Kom i gång" in walk.text
        assert "Ett jobb på deltid" in walk.text


async def test_other_places_lie_on_top_of_a_call_and_f5_comes_back(
    rows: Rows, app: FinsamApp
) -> None:
    closed(rows, "Eva", "Ek")
    closed(rows, "Kim", "Berg")
    async with walking(app) as walk:
        await walk.press("f5", "1", "ctrl+o")
        assert walk.place == "Person"
        await walk.press("f3")
        assert walk.place == "People"
        await walk.press("f5")
        assert walk.place == "CallScreen"
        assert "Eva Ek" in walk.text
        assert "svarade" in walk.text


async def test_one_s_own_calls_are_called_where_the_list_shows_one_s_own(
    rows: Rows, app: FinsamApp
) -> None:
    rows.call("2024-03-18", person=rows.person("Kim", "Berg"))
    rows.call("2024-03-20", person=rows.person("Eva", "Ek"), staff="S1")
    async with walking(app) as walk:
        await walk.press("tab", "f5")
        assert "Eva Ek" in walk.text


# Afterwards


@pytest.mark.parametrize("key", ["ctrl+s", "escape"])
async def test_who_wants_support_is_given_it_and_then_the_next_is_called(
    key: str, rows: Rows, app: FinsamApp
) -> None:
    call = closed(rows, "Eva", "Ek")
    closed(rows, "Kim", "Berg", "2024-03-21")
    wants = keys("F5 1 Enter Enter = 1 Enter n j 4 j Ctrl+S")
    async with walking(app) as walk:
        await walk.press(*wants)
        assert "Punktinsats – Eva Ek, som önskade stöd" in walk.text
        await walk.press(key)
        assert walk.place == "CallScreen"
        assert "Kim Berg" in walk.text
    made = [tuple(row) for row in rows.register.sql("SELECT enrolment_id, date FROM aftercare")]
    enrolment = enrolment_of(rows, call)
    assert made == ([(enrolment, "2024-03-15")] if key == "ctrl+s" else [])


# What one needs to know


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_card_tells_what_one_needs_and_nothing_of_violence(
    size: tuple[int, int], rows: Rows, app: FinsamApp
) -> None:
    call = closed(rows, "Eva", "Ek", interpreter=1)
    enrolment = enrolment_of(rows, call)
    screening = {
        "date": "2022-02-01",
        "status": "answered",
        "exposed": 1,
        "referred_to": "Kvinnojour",
    }
    rows.add("screening", enrolment_id=enrolment, **screening)
    rows.add("attempt", follow_up_id=call, at="2024-03-14T10:20", outcome="no_answer", staff="C1")
    async with walking(app, size) as walk:
        await walk.press("f5")
        text = " ".join(walk.text.split())
        for told in (
            "Eva Ek",
            "070-174 06 07",
            "6 månader efter avslut",
            "10 jan",
            "Introduktion → Kom i jobb",
            "(positiv)",
            "lön",
            "studier",
            "Arbetsförmedlingen",
            "Ett jobb på deltid",
            "Tolk behövs",
            "1 försök",
            "14 mar 2024 10:20 ej svar",
        ):
            assert told in text
        assert "våld" not in text.lower()
        assert "Kvinnojour" not in text
