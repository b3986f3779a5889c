"""What is exported is imported as what it was: by the same register, and by an empty one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_tui import report
from finsam_tui.domain.periods import Period
from finsam_tui.report.filters import Filters
from finsam_tui.report.render.as_json import render_json
from finsam_tui.storage import kept_answers
from finsam_tui.storage.target import Target
from finsam_tui.text import no_formula, quoted, unquoted
from tests.exchange.exports import (
    a_year,
    be,
    contents,
    export,
    fresh,
    load,
    rows,
    typed_in,
    unchanged,
)
from tests.register import Office, make_office

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from finsam_tui.storage.register import Register
    from tests.exchange.conftest import Desk


@pytest.fixture
def full(desk: Desk) -> Desk:
    return a_year(desk)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = make_office(tmp_path)
    with office.register:
        yield office


def annual_report(register: Register) -> str:
    year = Period(date(2024, 1, 1), date(2024, 12, 31))
    return render_json(report.build(register, "arsrapport", year, Filters(), today=year.last))


def test_an_import_of_an_export_changes_nothing(full: Desk, tmp_path: Path) -> None:
    assert export(full.register, tmp_path / "ut") == []
    before = full.everything()
    assert unchanged(load(full.register, tmp_path / "ut"))
    assert full.everything() == before
    written = {file.stem: len(rows(file)) - 1 for file in (tmp_path / "ut").iterdir()}
    assert written["deltagare"] == full.one("SELECT count(*) FROM participant")
    assert written["våld"] == full.one("SELECT count(*) FROM screening")
    assert "anteckningar" not in written  # which has no rows


def test_an_empty_register_takes_all_of_it(full: Desk, tmp_path: Path) -> None:
    export(full.register, tmp_path / "ut")
    with fresh(tmp_path / "annat") as other:
        load(other, tmp_path / "ut")
        be(other, "S1")
        export(other, tmp_path / "ut2")
        found = annual_report(other)
    assert contents(tmp_path / "ut2") == contents(tmp_path / "ut")
    assert annual_report(full.register) == found


def test_spreadsheets_get_their_mark_and_readers_swedish(full: Desk, tmp_path: Path) -> None:
    export(full.register, tmp_path / "ut")
    assert (tmp_path / "ut" / "ors.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert rows(tmp_path / "ut" / "ors.csv")[0].startswith("inskrivning_id;tillfälle;datum;")
    assert ";start;2" in rows(tmp_path / "ut" / "ors.csv")[1]


def test_a_code_of_ones_own_goes_by_its_name(full: Desk, tmp_path: Path) -> None:
    with full.register.write() as conn:
        conn.execute(
            "INSERT INTO code (list, key, label) VALUES ('result', 'own_lara', 'Lära känna')"
        )
        conn.execute(
            "UPDATE enrolment_result SET result = 'own_lara'"
            " WHERE result = (SELECT min(result) FROM enrolment_result)"
        )
    export(full.register, tmp_path / "ut")
    told = {line.partition(";")[2] for line in rows(tmp_path / "ut" / "resultat.csv")}
    assert "Lära känna" in told
    assert "own_lara" not in told
    assert unchanged(load(full.register, tmp_path / "ut"))


def test_what_was_typed_in_by_hand_is_found_again(office: Office, tmp_path: Path) -> None:
    typed_in(office)
    export(office.register, tmp_path / "ut")
    before = office.rows("SELECT * FROM audit")
    assert unchanged(load(office.register, tmp_path / "ut"))
    assert office.rows("SELECT * FROM audit") == before
    assert office.row("SELECT ref FROM participant") == {"ref": None}
    file = tmp_path / "ut" / "deltagare.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("Öberg", "Öst"), encoding="utf-8")
    changed = {t.table: t.changed for t in load(office.register, tmp_path / "ut").tallies}
    assert sum(changed.values()) == changed["deltagare"] == 1
    assert office.row("SELECT last_name FROM participant") == {"last_name": "Öst"}


def test_a_number_given_again_is_somebody_else(office: Office, tmp_path: Path) -> None:
    typed_in(office)
    with office.register.write() as conn:  # as it was some time ago
        conn.execute("UPDATE audit SET at = '2024-01-01T00:00:00Z'")
    export(office.register, tmp_path / "ut")
    for kept in tmp_path.joinpath("ut").iterdir():
        if kept.stem != "deltagare":
            kept.unlink()
    with office.register.write() as conn:
        for table in ("ors", "assessment", "enrolment", "referral", "participant"):
            conn.execute(f"DELETE FROM {table}")
    office.save(Target("participant"), registration="anonym", sex="kvinna", protection="nej")
    (tally,) = load(office.register, tmp_path / "ut").tallies
    assert (tally.new, tally.changed) == (1, 0)
    assert office.rows("SELECT id, last_name FROM participant ORDER BY id") == [
        {"id": 1, "last_name": None},
        {"id": 2, "last_name": "Öberg"},
    ]


def test_another_registers_people_are_not_taken_for_ones_own(
    office: Office, tmp_path: Path
) -> None:
    typed_in(office)
    export(office.register, tmp_path / "ut")
    (tmp_path / "annat").mkdir()
    other = make_office(tmp_path / "annat")
    with other.register:
        # A copy made for the test has the secrets of the register it is a copy of.
        with other.register.write() as conn:
            conn.execute("UPDATE secret SET secret = randomblob(32) WHERE purpose = 'identity'")
        other.save(Target("participant"), registration="anonym", sex="kvinna", protection="nej")
        new = {t.table: t.new for t in load(other.register, tmp_path / "ut").tallies}
        assert (new["deltagare"], new["inskrivningar"]) == (1, 1)
        assert other.row("SELECT participant_id FROM enrolment") == {"participant_id": 2}
        assert unchanged(load(other.register, tmp_path / "ut"))


def test_who_has_left_is_gone_there_too(full: Desk, tmp_path: Path) -> None:
    with full.register.write() as conn:
        conn.execute("UPDATE staff SET active = 0 WHERE id = 'C4'")
    export(full.register, tmp_path / "ut")
    assert unchanged(load(full.register, tmp_path / "ut"))
    with fresh(tmp_path / "annat") as other:
        load(other, tmp_path / "ut")
        gone = other.sql("SELECT id FROM staff WHERE active = 0").fetchall()
        assert [tuple(row) for row in gone] == [("C4",)]


def test_a_changed_label_is_of_no_consequence(full: Desk, tmp_path: Path) -> None:
    export(full.register, tmp_path / "ut")
    with full.register.write() as conn:
        conn.execute("UPDATE code SET label = 'Kvinnor' WHERE list = 'sex' AND key = 'woman'")
        conn.execute("UPDATE code SET label = 'x|y' WHERE list = 'livelihood'")
    assert unchanged(load(full.register, tmp_path / "ut"))
    export(full.register, tmp_path / "ut2")
    assert contents(tmp_path / "ut2") == contents(tmp_path / "ut")


def test_a_code_whose_label_means_another_is_written_by_its_key(full: Desk, tmp_path: Path) -> None:
    with full.register.write() as conn:
        conn.execute("UPDATE code SET label = 'man' WHERE list = 'sex' AND key = 'woman'")
        conn.execute("UPDATE code SET label = 'kvinna' WHERE list = 'sex' AND key = 'man'")
    export(full.register, tmp_path / "ut")
    assert ";woman;" in (tmp_path / "ut" / "deltagare.csv").read_text(encoding="utf-8")
    assert unchanged(load(full.register, tmp_path / "ut"))


def test_an_outcome_without_its_answers_survives(full: Desk, tmp_path: Path) -> None:
    sql = "SELECT status, exposed, any_yes, kinds FROM screening ORDER BY id"
    found = full.rows(sql)
    kept_answers.set_kept(full.register, keep=False)
    with full.register.write() as conn:
        conn.execute("DELETE FROM screening_answer")
    export(full.register, tmp_path / "ut")
    assert ";svar;" not in rows(tmp_path / "ut" / "våld.csv")[0]
    with fresh(tmp_path / "annat") as other:
        load(other, tmp_path / "ut")
        assert [tuple(row) for row in other.sql(sql)] == found
    assert len({row[3] for row in found}) > 1


@given(st.text(alphabet="'=+-@a 1\t\n＝", max_size=8))  # noqa: RUF001 - a wide sign that some take
def test_a_quoted_text_comes_back_and_is_no_formula(text: str) -> None:
    assert unquoted(quoted(text)) == text
    assert no_formula(quoted(text)) == quoted(text)


HOSTILE = ("=1+1", "'=1+1", "''@a", "'så", "<r>x</r>", '"; "', "_x0041_", "a\n=b", "+46;70|'")


@pytest.mark.parametrize("name", ["ut", "ut.xlsx"])
def test_hostile_texts_are_texts_and_come_back(office: Office, tmp_path: Path, name: str) -> None:
    _, stay = typed_in(office)
    for minute, text in enumerate(HOSTILE):
        at = f"2024-01-09 10:{minute:02}"
        office.save(Target("note", owner_id=stay), at=at, text=text)
    export(office.register, tmp_path / name)
    assert unchanged(load(office.register, tmp_path / name))
