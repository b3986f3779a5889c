"""Screenings for the national compilation count as the report does, and tell of nobody."""

from __future__ import annotations

import csv
import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from finsam_tui import report
from finsam_tui.errors import NotAllowed
from finsam_tui.exchange import export_files, screenings
from finsam_tui.storage import export_rights, kept_answers
from tests.exchange.exports import a_year, be
from tests.report.conftest import TODAY, YEAR, cells

if TYPE_CHECKING:
    from pathlib import Path

    from finsam_tui.storage.register import Register
    from tests.exchange.conftest import Desk

SEVEN = 7
COLUMNS = "enrolment_id, date, status, exposed, any_yes, kinds"
YES, NO = "'2024-09-03', 'answered', 1, 1, '2'", "'2024-09-04', 'declined', NULL, NULL, NULL"


# Rows: an enrolment of the year that nobody has been asked in.
UNASKED = (
    "SELECT id FROM enrolment WHERE start_date LIKE '2024%'"
    " AND id NOT IN (SELECT enrolment_id FROM screening) ORDER BY id LIMIT 1"
)
OF = "SELECT {} FROM enrolment JOIN screening ON enrolment.id = enrolment_id WHERE {}"
NAMES = ("personal_id", "first_name", "last_name", "phone")
NOBODY = ", ".join(["registration = 'anonymous'", *(f"{name} = NULL" for name in NAMES)])


@pytest.fixture
def year(desk: Desk) -> Desk:
    """A desk with a year whose coordinator is at work, and screenings of all sorts in it."""
    a_year(desk)
    first, other = (OF.format("enrolment.id", f"screening.id = {id_}") for id_ in (1, 3))
    man, nobody = (OF.format("participant_id", f"screening.date = '2024-0{m}-03'") for m in (6, 7))
    with desk.register.write() as conn:
        for whose, values in (
            (first, "'2023-12-30', 'no_occasion', NULL, NULL, NULL"),
            (first, "'2025-01-03', 'answered', 0, 0, NULL"),
            (other, "'2024-12-30', 'declined', NULL, NULL, NULL"),
            (UNASKED, "'2024-05-03', 'declined', NULL, NULL, NULL"),
            (UNASKED, "'2024-05-04', 'no_occasion', NULL, NULL, NULL"),
            (OF.format("enrolment.id", "screening.date = '2024-05-04'"), NO),
            (UNASKED, "'2024-05-05', 'answered', NULL, NULL, NULL"),
            (UNASKED, "'2024-06-03', 'answered', 0, 1, NULL"),
            (OF.format("enrolment.id", "screening.date = '2024-06-03'"), YES),
            (UNASKED, "'2024-07-03', 'answered', 1, 1, '1|3'"),
        ):
            conn.execute(f"INSERT INTO screening ({COLUMNS}) SELECT id, {values} FROM ({whose})")
        conn.execute(f"UPDATE participant SET sex = 'other' WHERE id IN ({man})")
        conn.execute(f"UPDATE participant SET {NOBODY} WHERE id IN ({nobody})")
        conn.execute("UPDATE screening SET referred_to = 'Hemligt', child_at_harm = 1 WHERE id = 1")
        conn.execute("UPDATE screening SET why = 'Hemligt' WHERE status = 'no_occasion'")
    return desk


def compiled(register: Register, path: Path, *, inflicted: bool = False) -> list[dict[str, str]]:
    """Return the rows of the file that the command writes, heading → cell."""
    with register.one_state(room=False):
        made = screenings.compiled(register, YEAR, inflicted=inflicted)
    with export_files.csv_file(path) as put:
        put(made.sheet)
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=";"))


def figures(rows: list[dict[str, str]]) -> dict[str, tuple[int, int]]:
    """Return how many have told of being exposed, and how many were, by sex."""
    told = Counter(row["kön"] for row in rows if row["utsatt"])
    exposed = Counter(row["kön"] for row in rows if row["utsatt"] == "ja")
    return {sex: (told[sex], exposed[sex]) for sex in told}


def test_what_is_counted_in_the_file_is_what_the_report_says(year: Desk, tmp_path: Path) -> None:
    rows = compiled(year.register, tmp_path / "v.csv", inflicted=True)
    made = report.build(year.register, "arsrapport", YEAR, today=TODAY, sections=["violence"])
    counted = [row for row in rows if row["räknas"] == "ja"]
    assert len(counted) < len(rows)
    status = {
        name: int(str(row["count"])) for name, row in cells(made, "violence", "status").items()
    }
    found = Counter(row["status"] for row in counted)
    assert (found["besvarat"], found["avböjt"], found["ej tillfälle"]) == (
        *(status["answered"], status["declined"], status["no_occasion"]),
    )
    by_sex = {
        sex: (row["told"], row["exposed"])
        for sex, row in cells(made, "violence", "exposed").items()
    }
    assert figures(counted) == {
        "kvinna": by_sex["woman"],
        "man": by_sex["man"],
        "annat eller okänt": by_sex["other"],
    }
    any_yes = sum(row["något_ja"] == "ja" for row in counted)
    assert any_yes == cells(made, "violence", "any_yes")["any_yes"]["count"]


def test_there_is_a_row_a_screening_but_of_the_anonymous(year: Desk, tmp_path: Path) -> None:
    rows = compiled(year.register, tmp_path / "v.csv")
    of_the_year = (
        "SELECT count(*) FROM screening JOIN enrolment ON enrolment.id = enrolment_id"
        " WHERE start_date LIKE '2024%'"
    )
    assert len(rows) == int(str(year.one(of_the_year))) - 1
    of_one = [row for row in rows if row["månad"] in {"2023-12", "2025-01"}]
    assert {row["räknas"] for row in of_one} == {"nej"}


def test_nothing_in_a_row_tells_who_it_is_of(year: Desk, tmp_path: Path) -> None:
    rows = compiled(year.register, tmp_path / "v.csv", inflicted=True)
    association = str(year.one("SELECT name FROM association"))
    known = {"", association, "vald-7", "1", "ja", "nej", "vill inte svara"}
    known |= {"besvarat", "avböjt", "ej tillfälle", "kvinna", "man", "annat eller okänt"}
    left = {cell for row in rows for name, cell in row.items() if name != "slag"} - known
    assert [cell for cell in left if not re.fullmatch(r"20\d\d-\d\d", cell)] == []
    kinds = {kind for row in rows for kind in row["slag"].split(", ")}
    assert kinds <= {"", "psykiskt våld", "fysiskt våld", "sexuellt våld"}
    (told,) = [row for row in rows if row["barn_far_illa"] == "ja"]
    assert told["hänvisning_noterad"] == "ja"
    again = compiled(year.register, tmp_path / "v2.csv", inflicted=True)
    assert again != rows
    assert sorted(map(str, again)) == sorted(map(str, rows))


def test_what_somebody_has_done_leaves_only_where_it_is_asked_for(
    year: Desk, tmp_path: Path
) -> None:
    (row, *_), (full, *_) = (
        compiled(year.register, tmp_path / f"{inflicted}.csv", inflicted=inflicted)
        for inflicted in (False, True)
    )
    items = [name for name in full if name.startswith("vald-7.")]
    assert len(items) == SEVEN
    assert set(full) - set(row) == {"något_ja", *(name for name in items if "Har utsatt" in name)}


def test_where_only_the_outcome_is_kept_the_answers_are_empty(year: Desk, tmp_path: Path) -> None:
    before = figures(compiled(year.register, tmp_path / "v.csv"))
    with year.register.write() as conn:
        ids = [id_ for (id_,) in conn.execute("SELECT id FROM screening").fetchall()]
        kept_answers.erase(conn, ids)
    rows = compiled(year.register, tmp_path / "v2.csv")
    assert {row[name] for row in rows for name in row if name.startswith("vald-7.")} == {""}
    assert figures(rows) == before
    assert "psykiskt våld" in {row["slag"] for row in rows}


def test_only_who_sees_everybodys_screenings_may(year: Desk) -> None:
    with year.register.write() as conn:
        conn.execute("INSERT INTO staff (id, name, role) VALUES ('B1', 'Bo', 'manager')")
    export_rights.refuse_compilation(year.register)
    for staff in ("C1", "B1", "ingen"):  # the last is a service
        be(year.register, staff)
        with pytest.raises(NotAllowed, match="exporterar samordnaren"):
            export_rights.refuse_compilation(year.register)


def test_rows_with_few_like_them_are_counted(year: Desk) -> None:
    made = screenings.compiled(year.register, YEAR, inflicted=False)
    alone = Counter(row[1:3] for row in made.rows)
    assert made.few(2) == sum(count == 1 for count in alone.values()) > 0
    assert made.few(1) == 0
