"""The real program in a pseudo-terminal: what it asks, what bytes it sends, what it stores."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import closing
from datetime import datetime, time
from typing import TYPE_CHECKING

import pexpect
import pytest

from finsam_tui.domain.dates import add_months
from finsam_tui.storage import drafts, keys, opening
from finsam_tui.storage.founding import Foundation, found
from finsam_tui.storage.slots import Cost
from finsam_tui.storage.target import Target
from tests.conftest import PROJECT
from tests.register import Office

if TYPE_CHECKING:
    from pathlib import Path

    from finsam_tui.forms.field import Values
    from finsam_tui.storage.register import Register

PASSPHRASE = "sju små båtar på ån"
QUICK = Cost(passes=1, memory=8 * 1024, lanes=1)
ESCAPE = "\x1b"
WHERE = "\x1b[6n"  # "where is your cursor?", which a slow line answers too late

NOW = datetime.now()  # noqa: DTZ005 - the program's own clock, local like it
TERMS = ["dumb", "xterm-256color"]


def program(term: str, *arguments: str | Path) -> pexpect.spawn:
    return pexpect.spawn(
        sys.executable,
        ["-m", "finsam_tui", *map(str, arguments)],
        cwd=str(PROJECT),
        env={**os.environ, "TERM": term, "COLUMNS": "80", "LINES": "24"},
        encoding="utf-8",
        timeout=20,
        dimensions=(24, 80),
        echo=True,
    )


class Talk:
    """A conversation with the program; `said` is every byte that it has sent."""

    def __init__(self, term: str, *arguments: str | Path) -> None:
        self.child = program(term, *arguments)
        self.said = ""

    def answer(self, question: str, line: str) -> None:
        """Answer a question when it comes; everything before it must have come by then."""
        self.child.expect_exact(question)
        self.said += self.child.before + self.child.after
        self.child.send(f"{line}\r")

    def press(self, question: str, key: str) -> None:
        self.child.expect_exact(question)
        self.said += self.child.before + self.child.after
        self.child.send(key)

    def end(self) -> int:
        """Return the exit status, once it has ended by itself."""
        self.child.expect(pexpect.EOF)
        self.said += self.child.before
        self.child.close()
        return int(self.child.exitstatus)


def interview(talk: Talk) -> None:
    """Answer all that `finsam init` asks, up to the recovery code."""
    talk.answer("Förbundets namn *:", "Förbundet Provinsen")
    talk.answer("Län:", "Örebro")
    talk.answer("Enter godtar", "")
    talk.answer("Lägga till en kommun?", "j")
    talk.answer("Kommunkod *:", "1881")
    talk.answer("Namn *:", "Kumla")
    talk.answer("Andel av befolkningen, %:", "140")
    talk.answer("Andel av befolkningen, %:", "\x1540,5")  # Ctrl+U takes away what was refused
    talk.answer("Enter godtar", "")
    talk.answer("Lägga till en kommun till?", "n")
    talk.answer("Lägga till en insats?", "j")
    talk.answer("Kortnamn *:", "SAM")
    talk.answer("Namn *:", "Samordningsteamet")
    talk.answer("månader [6|18]:", "6")
    talk.answer("Längsta tid, månader:", "12")
    talk.answer("Enter godtar", "")
    talk.answer("Lägga till en insats till?", "n")
    talk.answer("Kortnamn *:", "C1")
    talk.answer("Namn *:", "Anna Ek")
    talk.answer("Roll * [samordnare]:", "")
    talk.answer("Enter godtar", "")
    talk.answer("Lägga till en medarbetare till?", "n")
    talk.answer("Spara svaren, och inte bara utfallet?", "n")


def passphrases(talk: Talk) -> None:
    """Type a passphrase that is too short, one that differs, and one that is taken."""
    talk.answer("Ny lösenfras: ", "kort")
    talk.answer("Ny lösenfras: ", PASSPHRASE)
    talk.answer("Samma en gång till: ", "något helt annat")
    talk.answer("Ny lösenfras: ", PASSPHRASE)
    talk.answer("Samma en gång till: ", PASSPHRASE)


def code_of(talk: Talk) -> list[str]:
    """Return the groups of the recovery code that is on the screen."""
    talk.child.expect(r"bara nu:\s+((?:[0-9A-Z]{5}\s+){8})Skriv")
    talk.said += talk.child.before + talk.child.after
    groups: list[str] = talk.child.match[1].split()
    return groups


def prove(talk: Talk, groups: list[str]) -> None:
    """Type back the groups that are asked for, the first one wrong to begin with."""
    first = asked_group(talk, "[1-8]")
    talk.child.send("0000\r")
    talk.child.expect("En grupp har 5 tecken")
    asked_group(talk, first)
    talk.child.send("00000\r")
    talk.child.expect(rf"grupp {first} i återställningskoden är felskriven")
    asked_group(talk, first)
    talk.child.send(f"{groups[int(first) - 1].lower()}\r")
    second = asked_group(talk, f"[^{first}]")  # an edited line is drawn more than once
    talk.child.send(f"{groups[int(second) - 1]}\r")


def asked_group(talk: Talk, number: str) -> str:
    """Wait until a group is asked for, and return its number."""
    talk.child.expect(rf"Grupp ({number}) av 8:")
    talk.said += talk.child.before + talk.child.after
    return str(talk.child.match[1])


def opened(path: Path, passphrase: str = PASSPHRASE) -> Register:
    return opening.open_register(path, keys.unlock_passphrase(path, passphrase))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    tmp_path.chmod(0o700)
    return tmp_path


@pytest.mark.parametrize("term", TERMS)
def test_a_register_is_made_by_answering(folder: Path, term: str) -> None:
    path = folder / "ny" / "register.db"
    talk = Talk(term, "init", "--db", path)
    interview(talk)
    passphrases(talk)
    groups = code_of(talk)
    prove(talk, groups)
    assert talk.end() == 0
    assert PASSPHRASE not in talk.said
    assert "minst 12 tecken" in talk.said
    assert WHERE not in talk.said
    assert "WARNING" not in talk.said
    if term == "dumb":
        assert ESCAPE not in talk.said
    modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in path.parent.iterdir()}
    assert modes == {"register.db": 0o600, "register.db.nycklar": 0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    keys.unlock_recovery(path, "-".join(groups)).wipe()
    with opened(path) as register:
        office = Office(register)
        assert office.row("SELECT name, county FROM association") == {
            "name": "Förbundet Provinsen",
            "county": "Örebro",
        }
        assert office.row("SELECT id, name, share FROM municipality")["share"] == 40.5
        assert office.row("SELECT max_months FROM programme") == {"max_months": 12}
        assert office.row("SELECT months FROM programme_follow_up") == {"months": "6"}
        assert office.row("SELECT slot, role FROM staff") == {
            "slot": "Anna Ek",
            "role": "coordinator",
        }


@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["ctrl-c", "ctrl-d"])
def test_breaking_off_before_the_end_makes_nothing(folder: Path, key: str) -> None:
    talk = Talk("dumb", "init", "--db", folder / "r.db")
    interview(talk)
    passphrases(talk)
    talk.press("Grupp", key)
    assert talk.end() == 130
    assert list(folder.iterdir()) == []
    assert "Traceback" not in talk.said


def test_an_existing_register_is_refused_before_anything_is_asked(folder: Path) -> None:
    (folder / "r.db").write_bytes(b"kvar")
    talk = Talk("dumb", "init", "--db", folder / "r.db")
    assert talk.end() == 3
    assert "det finns redan en fil" in talk.said
    assert "Förbundets namn" not in talk.said
    assert (folder / "r.db").read_bytes() == b"kvar"


class Phoning:
    """A register in which somebody is to be phoned today, and the key file that opens it."""

    def __init__(self, folder: Path) -> None:
        self.path, self.key = folder / "r.db", folder / "key"
        ring = keys.Ring.new()
        ring.add_recovery()
        ring.add_person("Anna Ek", PASSPHRASE, QUICK)
        ring.add_service("test", self.key)
        programme: Values = {"id": "SAM", "name": "Teamet", "type": "individual", "months": ("6",)}
        foundation = Foundation({"name": "Förbundet Provinsen"}, programmes=(programme,))
        found(self.path, ring, "Anna Ek", foundation, NOW)
        office = self.office()
        with closing(office.register):
            self._fill(office)

    def _fill(self, office: Office) -> None:
        office.now = datetime.combine(add_months(NOW.date(), -9), time(9))
        who = {"registration": "person", "birth_date": "1990-01-01", "sex": "kvinna"}
        names = {"first_name": "Eva", "last_name": "Ek", "protection": "nej"}
        person = office.save(Target("participant"), **who, **names)
        enrolment = office.save(Target("enrolment", person), programme="SAM", start_date="i")
        office.now = datetime.combine(add_months(NOW.date(), -6), time(9))
        office.save(
            Target("closure", record_id=enrolment),
            end_date="i",
            closure_reason="utskrivning",
            step="Kom i jobb",
            livelihood="lön",
            not_taken="glömdes",
        )

    def talk(self, term: str) -> Talk:
        return Talk(term, "ring", "--db", self.path, "--key-file", self.key)

    def office(self) -> Office:
        return Office(opening.open_register(self.path, keys.unlock_key_file(self.path, self.key)))


@pytest.mark.parametrize("term", TERMS)
def test_a_call_is_made_over_lines(folder: Path, term: str) -> None:
    register = Phoning(folder)
    talk = register.talk(term)
    talk.answer("Enter frågorna", "")
    talk.answer("Samtalets utfall *:", "sva")
    talk.answer("Datum", "")
    talk.answer("Samtycker", "")
    talk.answer("Steg (= Kom i jobb):", "=")
    talk.answer("Fler steg", "")
    talk.answer("Egen försörjning:", "j")
    talk.answer("Önskar stöd:", "n")
    talk.answer("Nytta av insatsen, 1–5:", "5")
    talk.answer("Mer redo", "j")
    talk.answer("Kommentar:", "Trivs på jobbet, åäö")
    talk.answer("Enter godtar", "")
    assert talk.end() == 0
    assert WHERE not in talk.said
    if term == "dumb":
        assert ESCAPE not in talk.said
    assert "1 samtal sparat." in talk.said
    office = register.office()
    with closing(office.register):
        saved = office.row("SELECT outcome, usefulness, comment FROM follow_up")
        assert saved == {"outcome": "answered", "usefulness": 5, "comment": "Trivs på jobbet, åäö"}
        step = office.row("SELECT step FROM assessment WHERE occasion = '6'")
        assert step == {"step": "getting_to_work"}


def test_ctrl_c_keeps_the_draft_and_the_next_start_goes_on(folder: Path) -> None:
    register = Phoning(folder)
    talk = register.talk("dumb")
    talk.answer("Enter frågorna", "")
    talk.answer("Samtalets utfall *:", "ring")
    talk.press("Ring åter:", "+1 \x03")
    assert talk.end() == 130
    assert "svaren finns kvar som utkast" in talk.said
    office = register.office()
    with closing(office.register):
        (draft,) = drafts.all_of(office.register)
        assert (draft.field, draft.raws["outcome"]) == ("callback_at", "ring åter")
    talk = register.talk("dumb")
    talk.answer("Enter frågorna", "")
    talk.answer("Fortsätta med det? (j/n)", "j")
    talk.answer("Ring åter:", "+1 9")
    talk.answer("Datum", "")
    talk.answer("Kommentar:", "")
    talk.answer("Enter godtar", "")
    assert talk.end() == 0
    office = register.office()
    with closing(office.register):
        assert office.row("SELECT outcome FROM follow_up") == {"outcome": "call_back"}
        assert drafts.all_of(office.register) == []


def test_a_killed_program_loses_no_answer(folder: Path) -> None:
    register = Phoning(folder)
    talk = register.talk("dumb")
    talk.answer("Enter frågorna", "")
    talk.answer("Samtalets utfall *:", "1")
    talk.answer("Datum", "")
    talk.press("Samtycker", "")
    talk.child.kill(9)
    talk.child.wait()
    office = register.office()
    with closing(office.register):
        (draft,) = drafts.all_of(office.register)
        assert draft.field == "consent"
        assert draft.raws["outcome"] == "svarade"


def test_the_passphrase_opens_the_queue(folder: Path) -> None:
    register = Phoning(folder)
    talk = Talk("dumb", "ring", "--db", register.path)
    talk.answer("Lösenfras: ", PASSPHRASE)
    talk.answer("Enter frågorna", "q")
    assert talk.end() == 0
    assert PASSPHRASE not in talk.said
