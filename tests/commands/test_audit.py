"""finsam logg, person, incident and gallra: what each says, to whom, and how it ends."""

from __future__ import annotations

import json
import re
import shutil
import stat
import sys
import time
from datetime import date
from typing import TYPE_CHECKING, Any

import pexpect
import pytest

from finsam_tui.cli import main
from finsam_tui.errors import WrongKey
from finsam_tui.storage import access_log, attempts, audit, keys, opening
from finsam_tui.storage.keys import Ring
from tests.conftest import PROJECT
from tests.storage.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from finsam_tui.storage.register import Register
    from tests.conftest import RunFinsam

    # What was written to stdout and to stderr, and the exit status.
    Finsam = Callable[..., tuple[int, str, str]]

PERSONAL_ID = "199005179800"
HOSTILE = "Eva\x1b]0;x\x07"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a register with people in it that opens for a coordinator, a coach and a job."""
    tmp_path.chmod(0o700)
    ring = Ring.new()
    for name in ("samordnare", "coach", "jobb"):
        ring.add_service(name, tmp_path / name)
    ring.add_recovery()
    with opening.create_register(tmp_path / "r.db", ring, "samordnare") as register:
        fill(Rows(register))
    return tmp_path / "r.db"


def fill(rows: Rows) -> None:
    """Put in Eva (1), with a screening; Maj (2), long gone; and Kim (3), protected."""
    rows.association()
    rows.add("association", id=1, name="Förbundet Provinsen")
    rows.change("staff", "S1", slot="samordnare")
    rows.change("staff", "C2", slot="coach")
    eva = rows.person("Eva", "Ek", personal_id=PERSONAL_ID)
    stay = rows.enrolment(eva, "2024-01-10")
    note = rows.add("note", enrolment_id=stay, at="2024-02-01T10:00", staff="C1", text="Första")
    rows.change("note", note, text="Andra\nraden", version=2)
    rows.change("participant", eva, phone="070-174 06 08", version=2)
    screening = rows.add(
        *("screening",), enrolment_id=stay, date=str(date.today()), status="answered",  # noqa: DTZ011
        instrument="vald-7", exposed=1, any_yes=1,
    )  # fmt: skip
    for item in ("1", "4"):
        rows.add("screening_answer", screening_id=screening, item=item, answer="yes")
    maj = rows.person("Maj", "Gran")
    rows.enrolment(maj, "2010-01-10", end_date="2011-01-10")
    rows.enrolment(rows.person("Kim", "Hemlig", protection="protected"), "2024-01-10")
    access_log.log_access(rows.register, "person", eva)


@pytest.fixture
def finsam(run_finsam: RunFinsam, path: Path) -> Finsam:
    def run(*arguments: str | Path, who: str = "samordnare") -> tuple[int, str, str]:
        done = run_finsam(*arguments, "--db", path, "--key-file", path.with_name(who))
        return done.returncode, done.stdout, done.stderr

    return run


def opened(path: Path, who: str = "samordnare") -> Register:
    return opening.open_register(path, keys.unlock_key_file(path, path.with_name(who)))


def meddle(path: Path, sql: str) -> None:
    with opened(path) as register:
        register.conn.execute(sql)


def told(finsam: Finsam, *arguments: str | Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(finsam(*arguments, "--format", "json")[1])
    return found


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines()]


# logg


def test_wrong_passphrases_stand_in_the_log_or_beside_it(finsam: Finsam, path: Path) -> None:
    with pytest.raises(WrongKey):
        keys.unlock_recovery(path, Ring.new().add_recovery())
    waiting = finsam("logg", who="jobb")[1]
    assert "Inte i loggen än: 1 misslyckat försök att låsa upp sedan " in waiting
    assert told(finsam, "logg")["failed_unlocks"] == 1
    with opened(path) as register:
        attempts.settle(register)
    noted = finsam("logg")[1]
    assert "samordnare        fick veta (1 misslyckat försök att låsa upp sedan " in noted
    assert "samordnare        låste upp registret" in noted
    assert "Inte i loggen" not in noted


def test_the_log_tells_who_did_what_newest_last_and_no_value(finsam: Finsam) -> None:
    status, out, err = finsam("logg")
    assert (status, err) == (0, "")
    done = [line.split("  ")[-1] for line in out.splitlines()]
    assert "ändrade Daganteckning 1: Anteckning" in done
    assert "ändrade Deltagare 1: Telefon" in done
    assert done[-4:-2] == ["öppnade kortet för deltagare 1", "läste loggen"]
    assert done[-2].startswith("Loggen är hel: ")
    assert done[-1] == "Det finns ingen säkerhetskopia att jämföra loggen med."
    assert not {"Ek", "Andra", "070-174"} & set(out.split())


def test_the_log_of_one_person_leaves_the_others_out(finsam: Finsam) -> None:
    entries = told(finsam, "logg", "--person", "2")["entries"]
    rows = [(e["table"], e["rows"][0]) for e in entries if e["log"] == "audit"]
    assert rows == [("participant", "2"), ("enrolment", "2")]


def test_the_log_since_a_day(finsam: Finsam, path: Path) -> None:
    with opened(path) as register:
        before = register.sql("SELECT count(*) FROM access").fetchall()[0][0]
    assert len(told(finsam, "logg", "--since", "i")["entries"]) > before
    assert told(finsam, "logg", "--since", "+1")["entries"] == []
    assert finsam("logg", "--since", "nyss")[0] == 2


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE audit SET user = 'kim' WHERE id = 9", "ändringar, post 9 är ändrad"),
        ("DELETE FROM access WHERE id = 1", "öppningar, post 1 är borttagen"),
        (
            "UPDATE audit_value SET old = 'x' WHERE column_name = 'phone'",
            "är ändrade eller borttagna",
        ),
    ],
)
def test_a_broken_log_ends_with_1_and_names_the_entry(
    finsam: Finsam, path: Path, sql: str, said: str
) -> None:
    meddle(path, sql)
    status, out, _ = finsam("logg")
    assert status == 1
    assert "Loggen är bruten på 1 ställe:" in out
    assert said in out
    assert told(finsam, "logg", "--person", "2")["whole"] is False


def test_a_log_written_anew_since_the_last_copy_is_told(finsam: Finsam, path: Path) -> None:
    assert finsam("backup", path.parent / "kopior")[0] == 0
    status, out, _ = finsam("logg")
    assert status == 0
    assert out.splitlines()[-1].startswith(f"Den stämmer med 1 kopia i {path.parent / 'kopior'}, ")
    with opened(path) as register:
        register.conn.execute("UPDATE audit SET user = 'kim' WHERE id = 9")
        register.conn.execute("DELETE FROM seal")
        audit.seal(register.conn, dict.fromkeys(audit.LOGS, 0))
    for command in ("logg", "kontroll"):
        status, out, err = finsam(command)
        assert (status, err) == (1, "")
        assert "Loggen är hel: " in out
        assert "Loggen är omskriven eller avkortad" in out
        assert re.search(r"\n +finsam-\d{8}T\d{6}Z\.db gjordes: ändringar\n", out)
        assert "utred vem som har haft tillgång" in " ".join(out.split())
    found = told(finsam, "logg")
    assert (found["whole"], found["faults"]) == (False, [])
    assert [cut["logs"] for cut in found["copies"]["cut"]] == [["audit"]]
    assert told(finsam, "kontroll")["integrity"]["log"]["copies"]["cut"] == found["copies"]["cut"]


def test_copies_out_of_reach_are_told(finsam: Finsam, path: Path) -> None:
    finsam("backup", path.parent / "kopior")
    shutil.rmtree(path.parent / "kopior")
    status, out, _ = finsam("logg")
    assert status == 0
    assert "går inte att nå, så loggen är inte jämförd med dem." in out
    assert told(finsam, "logg")["copies"]["compared"] is None


def test_a_register_without_the_key_of_its_logs_is_damaged(finsam: Finsam, path: Path) -> None:
    meddle(path, "DELETE FROM secret")
    for command in ("logg", "kontroll"):
        status, out, err = finsam(command)
        assert (status, out, err.count("\n")) == (4, "", 1)
        assert "spårningens nyckel är borta" in err


def test_the_log_is_for_the_coordinator_and_the_nightly_job(finsam: Finsam) -> None:
    assert finsam("logg", who="jobb")[0] == 0
    status, out, err = finsam("logg", who="coach")
    assert (status, out) == (3, "")
    assert "samordnaren" in err


def test_control_characters_do_not_reach_the_terminal(finsam: Finsam, path: Path) -> None:
    with opened(path) as register:
        access_log.log_access(register, "report", detail=HOSTILE)
    out = finsam("logg")[1]
    assert "\x1b" not in out
    assert "\x07" not in out


# person


def test_all_that_is_held_is_told_in_the_words_of_the_forms(finsam: Finsam) -> None:
    status, out, err = finsam("person", "1")
    assert (status, err) == (0, "")
    found = lines(out)
    for line in (
        "Personnummer: 19900517-9800",
        "Efternamn: Ek",
        "Kön: kvinna",
        "Telefon: 070-174 06 08",
        "Insats: Teamet",
        "Anteckning: Andra",
        "raden",
        "Våldsscreening 1",
        "Telefon: 070-174 06 07 → 070-174 06 08",
    ):
        assert line in found, line
    assert any(line.endswith("öppnade kortet för deltagare 1") for line in found)
    assert "Gran" not in out


def test_an_answer_that_was_taken_back_is_told_with_its_question(
    finsam: Finsam, path: Path
) -> None:
    with opened(path) as register, register.write() as conn:
        conn.execute("DELETE FROM screening_answer WHERE item <> '1'")
        conn.execute("UPDATE screening_answer SET answer = 'no'")
        conn.execute("DELETE FROM screening_answer")
        conn.execute("UPDATE enrolment SET staff = 'S1', version = version + 1 WHERE id = 1")
    found = lines(finsam("person", "1")[1])
    assert "Utsatt: psykiskt våld: nej" in found


def test_every_column_of_every_table_about_people_has_a_label(finsam: Finsam) -> None:
    made = told(finsam, "person", "1")
    assert {record["table"] for record in made["records"]} >= {"participant", "enrolment", "note"}
    for record in made["records"]:
        assert not set(record["values"]) & set(record["told"]), record["table"]


def test_the_coachs_own_answers_are_left_out_and_that_is_told(finsam: Finsam) -> None:
    made = told(finsam, "person", "1")
    items = [r["values"]["item"] for r in made["records"] if r["table"] == "screening_answer"]
    assert items == ["1"]
    assert made["withheld"] == {"screening_answer": 1}
    assert not [e for e in made["history"] if e["table"] == "screening_answer"]
    assert "bara deltagarens coach får se" in finsam("person", "1")[1]


def test_somebody_elses_coach_gets_no_screening(finsam: Finsam) -> None:
    _, out, _ = finsam("person", "1", "--format", "json", who="coach")
    made = json.loads(out)
    assert made["withheld"] == {"screening": 1, "screening_answer": 2}
    assert not [r for r in made["records"] if r["table"].startswith("screening")]
    assert not [e for e in made["history"] if e["table"].startswith("screening")]


def test_a_protected_persons_data_are_not_for_another_coach(finsam: Finsam) -> None:
    assert "Efternamn: Hemlig" in lines(finsam("person", "3")[1])
    status, out, err = finsam("person", "3", who="coach")
    assert (status, out) == (3, "")
    assert "Hemlig" not in err


@pytest.mark.parametrize("typed", [PERSONAL_ID, "900517-9800", "19900517-9800", "Eva"])
def test_a_personal_number_is_never_an_argument(finsam: Finsam, typed: str) -> None:
    for command in (("person", typed), ("logg", "--person", typed)):
        status, out, err = finsam(*command)
        assert (status, out) == (2, "")
        assert "aldrig stå på kommandoraden" in err
        assert typed not in err


def test_a_personal_number_is_typed_and_not_shown(path: Path) -> None:
    options = ["--db", str(path), "--key-file", str(path.with_name("samordnare"))]
    arguments = ["-m", "finsam_tui", "person", *options]
    child = pexpect.spawn(sys.executable, arguments, cwd=str(PROJECT), encoding="utf-8", timeout=60)
    child.expect("Personnummer: ")
    child.sendline("900517-9800")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert "Registerutdrag för deltagare 1" in child.before
    assert "900517-9800\r\n" not in child.before.split("Registerutdrag")[0]


def test_a_file_is_its_owners_alone_and_noted(finsam: Finsam, path: Path, tmp_path: Path) -> None:
    file = tmp_path / "utdrag.txt"
    status, out, err = finsam("person", "1", "-o", file)
    assert (status, out) == (0, "")
    assert "inte krypterad" in err
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "Efternamn: Ek" in file.read_text(encoding="utf-8")
    with opened(path) as register:
        noted = register.sql("SELECT user, kind, participant_id FROM access ORDER BY id DESC")
        assert tuple(noted.fetchall()[0]) == ("samordnare", "export", 1)
    assert finsam("person", "1", "-o", file)[0] == 3


def test_nobody_is_told_of_who_is_not_there(finsam: Finsam) -> None:
    assert finsam("person", "77")[0] == 3


# incident


def test_a_copy_tells_whose_data_it_held(finsam: Finsam, path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "stulen.db"
    with opened(path) as register:
        register.sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        shutil.copy(path, copy)
        Rows(register).person("Ny", "Senare")
    before = copy.read_bytes()
    status, out, err = finsam("incident", copy)
    assert (status, err) == (0, "")
    assert "Förbundet Provinsen" in out
    assert "Tidigaste uppgift: 2010-01-10" in out
    assert ["1", "Eva", "Ek", "född", "1990-05-17"] in [line.split() for line in out.splitlines()]
    assert "Skyddad identitet  ** skyddade uppgifter" in out
    assert "Hemlig" not in out
    assert "Senare" not in out
    assert copy.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".incident")] == []
    with opened(path) as register:
        noted = register.sql("SELECT kind, detail FROM access ORDER BY id DESC").fetchall()[0]
        assert tuple(noted) == ("copy", "3 deltagare")


def test_a_copy_on_a_disk_that_is_not_to_be_written_is_read_elsewhere(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    evidence, elsewhere = tmp_path / "bevis", tmp_path / "tillfälligt"
    for folder in (evidence, elsewhere):
        folder.mkdir(mode=0o700)
    with opened(path) as register:
        register.sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        shutil.copy(path, evidence / "stulen.db")
    monkeypatch.setattr("tempfile.tempdir", str(elsewhere))
    monkeypatch.setattr("os.access", lambda *_: False)  # root may write where modes say no
    before = evidence.stat().st_mtime_ns
    by = ("--db", str(path), "--key-file", str(path.with_name("samordnare")))
    assert main(["incident", str(evidence / "stulen.db"), *by]) == 0
    assert evidence.stat().st_mtime_ns == before
    assert list(elsewhere.iterdir()) == []


def test_the_kinds_of_data_are_counted(finsam: Finsam, path: Path) -> None:
    found = told(finsam, "incident", path)
    kinds = {k["table"]: (k["rows"], k["participants"]) for k in found["kinds"]}
    assert kinds == {
        "participant": (3, 3),
        "enrolment": (3, 3),
        "note": (1, 1),
        "screening": (1, 1),
        "screening_answer": (2, 1),
    }


def test_a_copy_is_not_for_coaches_nor_for_another_key(
    finsam: Finsam, path: Path, tmp_path: Path
) -> None:
    assert finsam("incident", path, who="coach")[0] == 3
    other = tmp_path / "annan.db"
    other.write_bytes(bytes(8192))
    other.chmod(0o600)
    status, out, err = finsam("incident", other)
    assert (status, out) == (5, "")
    assert "öppnas inte av nyckeln" in err
    assert finsam("incident", tmp_path / "ingen.db")[0] == 5


# gallra


def test_a_dry_run_counts_and_erases_nothing(finsam: Finsam, path: Path) -> None:
    status, out, err = finsam("gallra", who="jobb")
    assert (status, err) == (1, "")
    assert "Deltagare, med allt om dem" in out
    assert "deltagare 2\n" in out
    assert "Inget är gallrat" in out
    assert not {"Maj", "Gran"} & set(out.split())
    with opened(path) as register:
        assert register.sql("SELECT count(*) FROM participant").fetchall()[0][0] == 3


def test_what_is_due_is_erased_with_a_reason(finsam: Finsam, path: Path) -> None:
    status, out, err = finsam("gallra", "--apply", "--reason", "årlig gallring")
    assert (status, err) == (0, "")
    assert out.startswith("Gallrat:\n")
    with opened(path) as register:
        left = register.sql("SELECT id FROM participant").fetchall()
        assert [id for (id,) in left] == [1, 3]
        assert list(audit.verify(register.conn)) == []
    assert "gallrade: Deltagare, med allt om dem; skäl: årlig gallring" in finsam("logg")[1]
    kinds = {k["kind"]: k["count"] for k in told(finsam, "gallra")["kinds"]}
    assert kinds == {"person": 0, "unstarted": 0, "answers": 0, "draft": 0}
    assert finsam("gallra")[0] == 0


def test_ctrl_c_amid_an_erasure_says_what_is_left(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def ctrl_c(_: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(time, "sleep", ctrl_c)
    key = path.with_name("samordnare")
    words = ["gallra", "--apply", "--reason", "x", "--db", str(path), "--key-file", str(key)]
    assert main(words) == 130
    assert "det som hann gallras är borta i sin helhet" in capsys.readouterr().err
    assert main(words) == 0


@pytest.mark.parametrize(
    "options",
    [
        ("--apply",),
        ("--reason", "utan apply"),
        ("--apply", "--reason", " "),
        ("--apply", "--reason", f"för {PERSONAL_ID[2:8]}-{PERSONAL_ID[8:]}"),
        ("--apply", "--reason", "x" * 201),
        ("--keep", "deltagare=0"),
        ("--keep", "allt=12"),
        ("--keep", "svar"),
    ],
)
def test_wrong_use_erases_nothing(finsam: Finsam, path: Path, options: tuple[str, ...]) -> None:
    status, out, _ = finsam("gallra", *options)
    assert (status, out) == (2, "")
    with opened(path) as register:
        assert register.sql("SELECT count(*) FROM erasure").fetchall()[0][0] == 0


@pytest.mark.parametrize("who", ["jobb", "coach"])
def test_only_the_coordinator_erases(finsam: Finsam, path: Path, who: str) -> None:
    for options in (("--apply", "--reason", "x"), ("--keep", "deltagare=aldrig")):
        assert finsam("gallra", *options, who=who)[0] == 3
    with opened(path) as register:
        assert register.sql("SELECT count(*) FROM participant").fetchall()[0][0] == 3


def test_a_kind_is_kept_as_long_as_the_association_says(finsam: Finsam) -> None:
    status, out, _ = finsam("gallra", "--keep", "deltagare=aldrig")
    assert status == 0
    assert "gallras aldrig" in out
    _, out, _ = finsam("gallra", "--keep", "utkast=1")
    assert "    1 månad efter sista ändringen" in out
    assert max(map(len, out.splitlines())) <= 80


# rapport


def test_a_report_is_noted_with_what_it_was(finsam: Finsam, path: Path, tmp_path: Path) -> None:
    finsam("rapport", "oversikt", "--year", "2024")
    finsam("rapport", "personlista", "--year", "2024", "-o", tmp_path / "lista.csv")
    with opened(path) as register:
        noted = register.sql("SELECT kind, detail FROM access ORDER BY id DESC LIMIT 2").fetchall()
    assert [tuple(row) for row in noted] == [
        ("export", "personlista 2024-01-01–2024-12-31 csv"),
        ("report", "oversikt 2024-01-01–2024-12-31 text"),
    ]
