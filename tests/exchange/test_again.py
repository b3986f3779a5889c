"""Importing again: what is there is found by its id or its key, and only changes are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from finsam_tui.storage import kept_answers
from tests.exchange.conftest import Desk, told

if TYPE_CHECKING:
    from finsam_tui.exchange.importing import Report

PERSON = "deltagare_id;registrering;förnamn;efternamn;födelsedatum;kön;tolk\n"
STATE = "inskrivning_id;tillfälle;datum;steg;försörjning;sysselsättning;timmar\n"


def tally(report: Report) -> tuple[int, int, int, int]:
    """Return new, changed, unchanged and removed of a report of one table."""
    (only,) = report.tallies
    return only.new, only.changed, only.unchanged, only.removed


def test_only_what_changed_is_written(one: Desk) -> None:
    rows = "D1;person;Eva;Ek;1990-01-01;kvinna;nej\nD2;person;Bo;Ask;1980-01-01;man;nej\n"
    one.take(deltagare=PERSON + rows)
    report = one.take(deltagare=PERSON + rows.replace("Ask", "Öst"))
    assert tally(report) == (0, 1, 1, 0)
    assert one.rows("SELECT ref, version, last_name FROM participant") == [
        ("D1", 2, "Ek"),
        ("D2", 2, "Öst"),
    ]
    assert " ost bo " in str(one.one("SELECT search_key FROM participant WHERE ref = 'D2'"))
    last = one.one("SELECT max(id) FROM audit")
    assert one.rows(f"SELECT action, table_name, row_id FROM audit WHERE id = {last}") == [
        ("update", "participant", "2")
    ]
    assert one.rows(f"SELECT column_name, old, new FROM audit_value WHERE audit_id = {last}") == [
        ("last_name", "Ask", "Öst")
    ]


def test_a_column_that_the_file_lacks_stays_as_it_was(one: Desk) -> None:
    one.take(deltagare=PERSON + "D1;person;Eva;Ek;1990-01-01;kvinna;ja\n")
    report = one.take(deltagare="deltagare_id;registrering;kön\nD1;person;kvinna\n")
    assert tally(report) == (0, 0, 1, 0)
    report = one.take(deltagare="deltagare_id;registrering;kön;efternamn\nD1;person;kvinna;Öst\n")
    assert tally(report) == (0, 1, 0, 0)
    assert one.rows("SELECT first_name, last_name, birth_date FROM participant") == [
        ("Eva", "Öst", "1990-01-01")
    ]
    assert " ost eva " in str(one.one("SELECT search_key FROM participant"))


def test_protection_that_the_file_leaves_out_still_hides_the_name(one: Desk) -> None:
    heading = PERSON.replace("tolk", "skydd")
    one.take(deltagare=heading + "D1;person;Eva;Ek;1990-01-01;kvinna;skyddad folkbokföring\n")
    one.take(deltagare=PERSON + "D1;person;Eva;Ask;1990-01-01;kvinna;nej\n")
    assert one.one("SELECT protection FROM participant") == "protected"
    assert "ask" not in str(one.one("SELECT search_key FROM participant"))
    one.take(deltagare=PERSON + "D2;person;Bo;Ask;1990-01-01;man;nej\n")
    assert " ask bo " in str(one.one("SELECT search_key FROM participant WHERE ref = 'D2'"))


def test_an_empty_cell_empties(one: Desk) -> None:
    one.take(deltagare=PERSON + "D1;person;Eva;Ek;1990-01-01;kvinna;ja\n")
    one.take(deltagare=PERSON + "D1;person;Eva;Ek;1990-01-01;kvinna;\n")
    assert one.one("SELECT interpreter FROM participant") is None


def test_rules_see_what_the_register_has_of_a_row(one: Desk) -> None:
    report = one.load(deltagare="deltagare_id;registrering;kön;födelsedatum\nD1;person;kvinna;\n")
    assert report.faults.count == 1  # there is no number to know her by either
    one.take(deltagare="deltagare_id;registrering;kön\nD1;person;man\n")


def test_a_state_is_known_by_its_occasion_and_a_monthly_one_by_its_date(one: Desk) -> None:
    first = STATE + "I1;start;2023-01-01;Introduktion;lön;;\nI1;månad;2023-02-01;;;;5\n"
    assert tally(one.take(lägen=first)) == (2, 0, 0, 0)
    again = STATE + "I1;månad;2023-03-01;;;;6\nI1;start;2023-01-02;Kom i gång;lön;;\n"
    assert tally(one.take(lägen=again)) == (1, 1, 0, 0)
    assert one.rows("SELECT id, occasion, date, step, version FROM assessment ORDER BY id") == [
        (1, "start", "2023-01-02", "getting_going", 2),
        (2, "month", "2023-02-01", None, 1),
        (3, "month", "2023-03-01", None, 1),
    ]


def test_several_values_are_compared_as_a_set(one: Desk) -> None:
    one.take(lägen=STATE + "I1;start;2023-01-01;;lön|a-kassa;studier:50|ingen;\n")
    report = one.take(lägen=STATE + "I1;start;2023-01-01;;a-kassa|lön;ingen|studier:50;\n")
    assert tally(report) == (0, 0, 1, 0)
    before = one.one("SELECT max(id) FROM audit")
    report = one.take(lägen=STATE + "I1;start;2023-01-01;;a-kassa|lön;studier:75;\n")
    assert tally(report) == (0, 1, 0, 0)
    assert one.rows("SELECT occupation, extent FROM assessment_occupation") == [("studies", 75)]
    assert one.one("SELECT version FROM assessment") == 2
    changes = one.rows(
        "SELECT action, table_name, row_id, column_name, old, new FROM audit"
        " LEFT JOIN audit_value ON audit_id = id"
        f" WHERE id > {before} ORDER BY id, column_name"
    )
    assert [change for change in changes if change[0] != "delete"] == [
        ("insert", "assessment_occupation", "1", "extent", None, "75"),
        ("insert", "assessment_occupation", "1", "occupation", None, "studies"),
        ("update", "assessment", "1", None, None, None),
    ]
    assert {change[4] for change in changes if change[0] == "delete"} == {"studies", "50", "none"}


@pytest.mark.parametrize(
    ("table", "contents"),
    [
        ("rådgivning", "datum;insats_id;vem\n" + "2024-01-01;SAM;vård\n" * 3),
        ("planer", "inskrivning_id;datum;mål\nI1;2023-02-01;a\nI1;2023-02-01;b\n"),
        ("anteckningar", "inskrivning_id;tid;text\n" + "I1;2023-02-01 10:00;a\n" * 2),
        ("förlängningar", "inskrivning_id;datum;månader\n" + "I1;2023-02-01;3\n" * 2),
        ("punktinsatser", "inskrivning_id;datum;minuter\n" + "I1;2024-02-01;30\n" * 2),
        ("ors", "inskrivning_id;tillfälle;datum;ej_taget\nI1;start;2023-01-01;avböjde\n"),
        ("ors", "inskrivning_id;tillfälle;datum;summa\nI1;start;2023-01-01;24,6\n"),
        (
            "våld",
            (
                "inskrivning_id;datum;status;instrument;svar\n"
                "I1;2023-02-01;besvarat;vald-7;1:ja|2:nej|3:nej|4:nej|5:nej|6:nej|7:nej\n"
                "I1;2023-03-01;avböjt;;\n"
            ),
        ),
        (
            "uppföljningar",
            (
                "inskrivning_id;månader;utfall;datum;vidare_steg\n"
                "I1;24;svarade;2026-01-01;påbörjat studier|utredning gjord\n"
            ),
        ),
        ("aktualiseringar", "aktualisering_id;insats_id;datum;part;utfall\nA;SAM;i;Egen;kö\n"),
    ],
)
def test_rows_without_ids_are_found_again(one: Desk, table: str, contents: str) -> None:
    new, *_ = tally(one.take({table: contents}))
    assert new == contents.count("\n") - 1
    before = one.everything()
    assert tally(one.take({table: contents})) == (0, 0, new, 0)
    assert one.everything() == before


def test_one_more_of_the_same_is_new(one: Desk) -> None:
    calls = "datum;insats_id;vem\n" + "2024-01-01;SAM;vård\n" * 2
    one.take(rådgivning=calls)
    assert tally(one.take(rådgivning=calls + "2024-01-01;SAM;vård\n")) == (1, 0, 2, 0)


def test_rows_keyed_in_by_hand_are_found_by_their_key(one: Desk) -> None:
    with one.register.write() as conn:
        conn.execute("INSERT INTO plan (enrolment_id, date, goal) VALUES (1, '2023-02-01', 'a')")
    report = one.take(planer="inskrivning_id;datum;mål\nI1;2023-02-01;b\nI1;2023-02-01;c\n")
    assert tally(report) == (1, 1, 0, 0)
    assert one.rows("SELECT id, goal, version FROM plan") == [(1, "b", 2), (2, "c", 1)]


def test_a_set_is_what_the_file_has_of_an_enrolment(one: Desk) -> None:
    one.take(
        inskrivningar="inskrivning_id;deltagare_id;insats_id;start;slut\n"
        "I2;D1;SAM;2024-01-01;2024-02-01\n",
        resultat="inskrivning_id;resultat\nI1;studier\nI2;flytt\nI1;avbröt\n",
    )
    version = one.one("SELECT version FROM enrolment WHERE ref = 'I1'")
    report = one.take(resultat="inskrivning_id;resultat\nI1;anställning\nI1;studier\nI1;studier\n")
    assert tally(report) == (1, 0, 2, 1)
    assert one.rows(
        "SELECT ref, result FROM enrolment_result JOIN enrolment ON id = enrolment_id ORDER BY 1, 2"
    ) == [("I1", "employment"), ("I1", "studies"), ("I2", "moved")]
    assert one.one("SELECT version FROM enrolment WHERE ref = 'I1'") != version
    before = one.everything()
    one.take(resultat="inskrivning_id;resultat\nI1;anställning\nI1;studier\n")
    assert one.everything() == before


def test_closing_one_enrolment_makes_room_for_the_next(one: Desk) -> None:
    start = "inskrivning_id;deltagare_id;insats_id;start;slut\n"
    one.take(inskrivningar=start + "I2;D1;SAM;2024-01-01;\n")
    report = one.load(inskrivningar=start + "I3;D1;SAM;2024-03-01;\n")
    assert len(told(report)) == 1
    one.take(inskrivningar=start + "I3;D1;SAM;2024-03-01;\nI2;D1;SAM;2024-01-01;2024-02-01\n")
    assert one.rows("SELECT ref FROM enrolment WHERE end_date IS NULL") == [("I3",)]
    one.take(inskrivningar=start + "I2;D1;SAM;2024-01-01;\nI3;D1;SAM;2024-03-01;2024-04-01\n")
    assert one.rows("SELECT ref FROM enrolment WHERE end_date IS NULL") == [("I2",)]


def test_flags_stay_where_the_answers_are_not_kept(one: Desk) -> None:
    with one.register.write() as conn:
        conn.execute(
            "INSERT INTO screening (enrolment_id, date, status, instrument, exposed, any_yes)"
            " VALUES (1, '2023-02-01', 'answered', 'vald-7', 1, 1)"
        )
    start = "inskrivning_id;datum;status;instrument;svar\n"
    assert tally(one.take(våld=start + "I1;2023-02-01;besvarat;vald-7;\n")) == (0, 0, 1, 0)
    one.take(våld=start + "I1;2023-02-01;avböjt;;\n")
    assert one.rows("SELECT status, exposed, any_yes FROM screening") == [("declined", None, None)]


def test_answers_that_are_not_kept_are_read_for_their_outcome_alone(one: Desk) -> None:
    start = "inskrivning_id;datum;status;instrument;svar\n"
    answered = "1:{}|2:nej|3:nej|4:ja|5:nej|6:nej|7:nej"
    before, after = (
        f"{start}I1;2023-02-01;besvarat;vald-7;{answered.format(said)}\n" for said in ("nej", "ja")
    )
    one.take(våld=before)
    kept_answers.set_kept(one.register, keep=False)
    assert tally(one.take(våld=before)) == (0, 0, 1, 0)
    assert tally(one.take(våld=after)) == (0, 1, 0, 0)
    one.take(våld=f"{after}I1;2023-02-02;besvarat;vald-7;{answered.format('ja')}\n")
    outcome = ("answered", 1, 1, "1")
    sql = "SELECT status, exposed, any_yes, kinds FROM screening"
    assert one.rows(sql) == [outcome, outcome]
    assert one.rows("SELECT * FROM screening_answer") == []
    assert one.rows(
        "SELECT old, new FROM audit_value JOIN audit ON audit.id = audit_id"
        " WHERE table_name = 'screening_answer'"
    ) == []  # fmt: skip


def test_a_file_of_many_chunks_is_as_one(one: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("finsam_tui.exchange.reading.CHUNK", 3)
    days = [f"2023-{month:02}-{day:02}" for month in range(1, 13) for day in (1, 11, 21)]
    rows = [f"I1;månad;{day};;lön;studier:{n};{n}" for n, day in enumerate(days, start=1)]
    assert tally(one.take(lägen=STATE + "\n".join(rows))) == (36, 0, 0, 0)
    assert tally(one.take(lägen=STATE + "\n".join(reversed(rows)))) == (0, 0, 36, 0)
    twice = one.load(lägen=STATE + "\n".join([*rows, rows[0]]))
    assert [fault.row for fault in twice.faults.shown] == [38]
    assert one.one("SELECT count(*) FROM assessment_occupation") == 36


def test_unchanged_rows_are_checked_again_when_what_they_belong_to_has_changed(one: Desk) -> None:
    files: dict[str, str | bytes] = {
        "inskrivningar": "inskrivning_id;deltagare_id;insats_id;start;slut\n"
        "I1;D1;SAM;2023-01-01;2023-12-31\n",
        "lägen": "inskrivning_id;tillfälle;datum\nI1;start;2023-01-01\n",
        "punktinsatser": "inskrivning_id;datum;månader_efter\nI1;2024-03-31;\n",
    }
    one.take(files)
    assert one.one("SELECT months_after FROM aftercare") == 3
    moved = str(files["inskrivningar"]).replace("2023-01-01", "2023-02-01")
    assert told(one.load({**files, "inskrivningar": moved})) == [
        "lägen.csv rad 2, datum: datum. Datumet är före inskrivningens start 2023-02-01."
    ]
    closed = str(files["inskrivningar"]).replace("2023-12-31", "2023-10-31")
    one.take({**files, "inskrivningar": closed})
    assert one.one("SELECT months_after FROM aftercare") == 5
