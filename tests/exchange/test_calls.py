"""Closures in a file bring about the calls, as closures on the screen do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.exchange.conftest import ONE, Desk

if TYPE_CHECKING:
    import pytest

START = "inskrivning_id;deltagare_id;insats_id;start;slut\n"
CALLS = "SELECT months, due_date, outcome, version FROM follow_up ORDER BY id"


def test_a_closure_schedules_the_calls_of_its_programme(desk: Desk) -> None:
    assert desk.take({**ONE}).scheduled == 2
    assert desk.rows(CALLS) == [("18", "2025-06-30", None, 1), ("6", "2024-06-30", None, 1)]
    assert desk.rows("SELECT row_id, last_row_id FROM audit WHERE table_name = 'follow_up'") == [
        ("1", "2")
    ]


def test_moving_a_closure_moves_the_calls_not_made(one: Desk) -> None:
    one.take(uppföljningar="inskrivning_id;månader;datum;utfall\nI1;6;2024-07-01;svarade\n")
    report = one.take(inskrivningar=START + "I1;D1;SAM;2023-01-01;2023-08-31\n")
    assert report.scheduled == 1
    assert one.rows(CALLS) == [("18", "2025-02-28", None, 2), ("6", "2024-06-30", "answered", 2)]


def test_opening_an_enrolment_again_takes_away_the_calls_not_made(one: Desk) -> None:
    assert one.take(inskrivningar=START + "I1;D1;SAM;2023-01-01;\n").scheduled == 2
    assert one.rows(CALLS) == []


def test_calls_of_a_file_are_kept_even_outside_the_programme(one: Desk) -> None:
    one.take(
        uppföljningar="inskrivning_id;månader;datum;utfall;samtycke\nI1;24;2026-01-09;ej svar;ja\n"
    )
    assert one.rows("SELECT due_date, outcome, consent FROM follow_up WHERE months = '24'") == [
        ("2025-12-31", "no_answer", 1)
    ]


def test_the_anonymous_are_not_phoned(desk: Desk) -> None:
    anonymous = "deltagare_id;registrering;kön\nD1;anonym;okänt\n"
    assert desk.take({**ONE, "deltagare": anonymous}).scheduled == 0


def test_a_programme_that_phones_later_adds_calls(one: Desk) -> None:
    report = one.take(
        insatser="insats_id;namn;typ;uppföljning_månader\nSAM;Samordningsteamet;individ;6|18|24\n"
    )
    assert report.scheduled == 1


def test_blocks_of_enrolments_are_as_one(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("finsam_tui.storage.follow_ups._BLOCK", 2)
    people = "deltagare_id;registrering;födelsedatum;kön\n"
    many = range(1, 8)
    desk.take(
        {
            **ONE,
            "deltagare": people + "".join(f"D{n};person;1990-01-01;man\n" for n in many),
            "inskrivningar": START
            + "".join(f"I{n};D{n};SAM;2023-01-01;2023-02-01\n" for n in many),
        }
    )
    assert desk.one("SELECT count(*) FROM follow_up") == 14
    opened = START + "I7;D7;SAM;2023-01-01;\nI8;D1;SAM;2023-01-01;2023-03-01\n"
    assert desk.take(inskrivningar=opened).scheduled == 4
    # Ids of calls taken away are not used again by those added with them.
    assert desk.rows(
        "SELECT row_id, last_row_id FROM audit WHERE table_name = 'follow_up' AND action = 'insert'"
    ) == [("1", "14"), ("15", "16")]
