"""finsam kontroll, run as the nightly job runs it: what it says, to whom, and how it ends."""

from __future__ import annotations

import json
import shutil
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from finsam_tui.domain.dates import add_months
from finsam_tui.storage import keys, opening
from finsam_tui.storage.keys import Ring

if TYPE_CHECKING:
    from pathlib import Path

    from finsam_tui.storage.register import Register
    from tests.conftest import RunFinsam

TODAY = date.today()  # noqa: DTZ011 - the program's own clock
NAME = "Sekretessia"  # of a participant


def make(folder: Path) -> Path:
    """Return the path of a register that opens with the file `key` beside it."""
    folder.chmod(0o700)
    ring = Ring.new()
    ring.add_service("nattjobb", folder / "key")
    ring.add_recovery()
    with opening.create_register(folder / "r.db", ring, "nattjobb") as register:
        put(register, "association", id=1, name="Förbundet Provinsen")
        put(register, "programme", id="SAM", name="Samordning", type="individual", max_months=12)
        put(register, "staff", id="C1", name="Anna Coach", role="coach")
    return folder / "r.db"


def put(register: Register, table: str, **columns: object) -> None:
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    with register.write() as conn:
        sql = f"INSERT INTO {table} ({names}) VALUES ({marks})"
        conn.execute(sql, tuple(str(v) if isinstance(v, date) else v for v in columns.values()))


def opened(path: Path) -> Register:
    return opening.open_register(path, keys.unlock_key_file(path, path.with_name("key")))


@pytest.fixture
def register(tmp_path: Path) -> Path:
    return make(tmp_path)


@pytest.fixture
def lacking(register: Path) -> Path:
    """A register in which a coach's participant lacks all, and nobody's lacks a call."""
    with opened(register) as found:
        person = {"registration": "person", "first_name": NAME, "birth_date": "1990-01-01"}
        for id in (1, 2, 3):
            put(found, "participant", id=id, sex="woman", **person)
        stays: list[tuple[int, str | None, date, date | None]] = [
            (1, "C1", add_months(TODAY, -13), None),
            (2, None, add_months(TODAY, -20), add_months(TODAY, -7)),
            (3, None, TODAY - timedelta(days=3), None),  # so new that nothing is missing yet
        ]
        for id, staff, start, end in stays:
            put(
                *(found, "enrolment"),
                id=id,
                participant_id=id,
                programme="SAM",
                staff=staff,
                start_date=start,
                end_date=end,
            )
        due = add_months(TODAY, -1)
        put(found, "follow_up", enrolment_id=2, months="6", due_date=due)
    return register


@pytest.fixture
def parting(register: Path) -> Path:
    """A register in which this year's figure of a programme is not that of its calls."""
    with opened(register) as found:
        put(found, "programme", id="RÅD", name="Råd", type="individual", volume=1)
        put(found, "programme_year", programme="RÅD", year=TODAY.year, actual_participants=163)
        day = date(TODAY.year, 1, 1)
        put(found, "advice", programme="RÅD", date=day, caller="individual", count=160)
    return register


def kontroll(run: RunFinsam, path: Path, *more: str) -> tuple[int, str, str]:
    done = run("kontroll", "--db", path, "--key-file", path.with_name("key"), *more)
    return done.returncode, done.stdout, done.stderr


def data(run: RunFinsam, path: Path, *more: str) -> dict[str, Any]:
    _, out, _ = kontroll(run, path, "--format", "json", *more)
    found: dict[str, Any] = json.loads(out)
    return found


def test_a_register_in_order_is_said_to_be(run_finsam: RunFinsam, register: Path) -> None:
    status, out, err = kontroll(run_finsam, register)
    assert (status, err) == (0, "")
    assert out.startswith(f"Förbundet Provinsen, {TODAY.isoformat()}\n\nRegistret är helt.\n")
    assert "Utan aktuell plan: inga\n" in out
    assert out.endswith("Inga summor går isär.\n")


def test_gaps_are_counted_by_coach_and_nobody_is_named(
    run_finsam: RunFinsam, lacking: Path
) -> None:
    status, out, _ = kontroll(run_finsam, lacking)
    assert status == 1
    assert "Utan aktuell plan: 1 (Anna Coach 1)\n" in out
    assert "Försenade uppföljningar: 1 (utan coach 1)\n" in out
    assert NAME not in out
    found = {gap["gap"]: gap["coaches"] for gap in data(run_finsam, lacking)["gaps"]}
    annas, nobodys = [{"coach": "Anna Coach", "count": 1}], [{"coach": None, "count": 1}]
    assert found == {
        "screening": annas,
        "ors_start": annas,
        "ors_closure": [],  # so long ago that it cannot be taken any more
        "plan": annas,
        "overdue": nobodys,
        "time_limit": annas,
    }


def test_a_limit_that_is_to_come_is_no_gap_yet(run_finsam: RunFinsam, lacking: Path) -> None:
    with opened(lacking) as found, found.write() as conn:
        start = add_months(TODAY, -12) + timedelta(days=5)
        conn.execute("UPDATE enrolment SET start_date = ? WHERE id = 1", (start.isoformat(),))
    (limit,) = [g for g in data(run_finsam, lacking)["gaps"] if g["gap"] == "time_limit"]
    assert limit["count"] == 0


def test_sums_that_part_are_told_with_both_figures(run_finsam: RunFinsam, parting: Path) -> None:
    status, out, _ = kontroll(run_finsam, parting)
    assert status == 1
    assert "Summor som går isär\n" in out
    told = [s for s in data(run_finsam, parting)["sums"] if s["report"] == "maluppfyllelse"]
    assert told == [
        {
            "year": TODAY.year,
            "report": "maluppfyllelse",
            "section": "programmes",
            "figures": [163, 160],
            "rules": ["angivet på insatsens år", "registrerade samtal"],
            "text": "Deltagare i Råd: 163 (angivet på insatsens år) men 160 (registrerade samtal).",
        }
    ]


def test_another_year_has_its_own_sums(run_finsam: RunFinsam, parting: Path) -> None:
    assert kontroll(run_finsam, parting, "--year", str(TODAY.year))[0] == 1
    assert kontroll(run_finsam, parting, "--year", str(TODAY.year - 1))[0] == 0


def test_the_year_before_is_looked_at_unasked(run_finsam: RunFinsam, parting: Path) -> None:
    with opened(parting) as found, found.write() as conn:
        conn.execute("UPDATE programme_year SET year = year - 1")
        conn.execute("UPDATE advice SET date = ?", (f"{TODAY.year - 1}-12-31",))
    assert {told["year"] for told in data(run_finsam, parting)["sums"]} == {TODAY.year - 1}


@pytest.mark.parametrize("place", [0.4, 0.6, 0.95])
def test_a_changed_byte_is_found(run_finsam: RunFinsam, lacking: Path, place: float) -> None:
    """Wherever it lies, in pages that no report reads, too."""
    contents = bytearray(lacking.read_bytes())
    contents[int(len(contents) * place)] ^= 1
    lacking.write_bytes(contents)
    status, out, err = kontroll(run_finsam, lacking)
    assert (status, out) == (4, "")
    assert err.count("\n") == 1
    assert f"{lacking} är skadat" in err
    assert "säkerhetskopian" in err


def test_a_cut_off_copy_is_found(run_finsam: RunFinsam, lacking: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    shutil.copy(lacking, copy)
    shutil.copy(lacking.with_name("r.db.nycklar"), tmp_path / "copy.db.nycklar")
    with copy.open("r+b") as file:
        file.truncate(copy.stat().st_size // 2 // 4096 * 4096)
    status, out, err = kontroll(run_finsam, copy)
    assert (status, out) == (4, "")
    assert "skadat" in err
    assert kontroll(run_finsam, lacking)[0] == 1


def test_a_link_to_nobody_is_told_of(run_finsam: RunFinsam, lacking: Path) -> None:
    with opened(lacking) as found:
        found.sql("PRAGMA foreign_keys = OFF")
        with found.write() as conn:
            conn.execute("DELETE FROM participant WHERE id = 3")
    status, out, _ = kontroll(run_finsam, lacking)
    assert status == 1
    assert "Tabellen enrolment: 1 rad hör till något som inte finns.\n" in out
    found = data(run_finsam, lacking)["integrity"]
    assert (found["broken"], found["unaudited"]) == ({"enrolment": 1}, [])
    assert found["log"]["whole"] is True


def test_a_broken_log_is_told_of(run_finsam: RunFinsam, register: Path) -> None:
    with opened(register) as found:
        found.sql("UPDATE audit SET user = 'kim' WHERE id = 1")
    status, out, _ = kontroll(run_finsam, register)
    assert status == 1
    assert "Registret är helt.\nLoggen är bruten på 1 ställe:\n" in out
    assert "ändringar, post 1 är ändrad\n" in out


def test_a_register_that_is_not_traced_is_told_of(run_finsam: RunFinsam, register: Path) -> None:
    with opened(register) as found:
        found.sql("DROP TRIGGER audit_note_delete")
    status, out, _ = kontroll(run_finsam, register)
    assert status == 1
    assert "audit_note_delete" in out


@pytest.mark.parametrize("year", ["24", "i år", "1899"])
def test_a_year_that_is_none_is_wrong_use(run_finsam: RunFinsam, register: Path, year: str) -> None:
    status, out, err = kontroll(run_finsam, register, "--year", year)
    assert (status, out) == (2, "")
    assert "fyra siffror" in err


def test_a_register_that_is_not_there(run_finsam: RunFinsam, register: Path) -> None:
    assert kontroll(run_finsam, register.with_name("annat.db"))[0] == 4
