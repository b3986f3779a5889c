"""`finsam nyckel`: keys given, shown, taken back and renewed; the last way in is never lost."""

from __future__ import annotations

import os
import stat
import sys
from typing import TYPE_CHECKING

import pexpect
import pytest

from finsam_tui.cli import main
from finsam_tui.errors import CopyError, WrongKey
from finsam_tui.storage import driver, key_file, keys, opening, slots
from finsam_tui.storage.founding import Foundation, found
from tests.conftest import PROJECT
from tests.register import NOW, Office

if TYPE_CHECKING:
    from pathlib import Path

    from finsam_tui.forms.field import Values

PASSPHRASE = "sju små båtar på ån"
ANOTHER = "fyra ord om gröna hästar"
QUICK = slots.Cost(passes=1, memory=8 * 1024, lanes=1)


class Keyed:
    """A register that Anna made, with a recovery code and a key file for jobs."""

    def __init__(self, folder: Path) -> None:
        self.path, self.job = folder / "r.db", folder / "job"
        ring = keys.Ring.new()
        self.code = ring.add_recovery()
        ring.add_person("Anna Ek", PASSPHRASE, QUICK)
        ring.add_service("jobb", self.job)
        staff: tuple[Values, ...] = tuple(
            {"id": id, "name": name, "role": "coach"}
            for id, name in (("C1", "Anna Ek"), ("C2", "Bo Ek"), ("C3", "Cia Ek"))
        )
        foundation = Foundation({"name": "Förbundet Provinsen"}, staff=staff, founder="C1")
        found(self.path, ring, "Anna Ek", foundation, NOW)

    def run(self, *arguments: str | Path) -> int:
        """Run a verb with the job's key, without a terminal."""
        words = ("nyckel", *arguments, "--db", self.path, "--key-file", self.job)
        return main([str(word) for word in words])

    def talk(self, *arguments: str | Path) -> pexpect.spawn:
        """Run a verb in a terminal; the passphrase is asked for where there is no --key-file."""
        words = ("nyckel", *arguments, "--db", self.path)
        return pexpect.spawn(
            sys.executable,
            ["-m", "finsam_tui", *map(str, words)],
            cwd=str(PROJECT),
            env={**os.environ, "TERM": "dumb"},
            encoding="utf-8",
            timeout=20,
        )

    def names(self) -> set[str]:
        return {slot.name for slot in keys.list_slots(self.path)}

    def slot_of(self, staff: str) -> object:
        unlocked = keys.unlock_key_file(self.path, self.job)
        with opening.open_register(self.path, unlocked) as register:
            return Office(register).row("SELECT slot FROM staff WHERE id = ?", staff)["slot"]

    def give(self, name: str, passphrase: str) -> None:
        """Give somebody a key, as the coordinator may."""
        unlocked = keys.unlock_key_file(self.path, self.job)
        with keys.changing(self.path, unlocked) as ring:
            ring.add_person(name, passphrase, QUICK)

    def sql(self, text: str) -> list[tuple[object, ...]]:
        """Read or change the register, past everything that may be asked first."""
        unlocked = keys.unlock_key_file(self.path, self.job)
        with opening.open_register(self.path, unlocked) as register, register.write() as conn:
            return [tuple(row) for row in conn.execute(text).fetchall()]

    def opens(self, passphrase: str) -> str:
        """Return the name of the slot that a passphrase opens."""
        unlocked = keys.unlock_passphrase(self.path, passphrase)
        with opening.open_register(self.path, unlocked) as register:
            return register.user


@pytest.fixture
def keyed(tmp_path: Path) -> Keyed:
    tmp_path.chmod(0o700)
    return Keyed(tmp_path)


def say(child: pexpect.spawn, question: str, line: str) -> None:
    child.expect_exact(question)
    child.send(f"{line}\r")


def choose(child: pexpect.spawn, passphrase: str) -> None:
    say(child, "Ny lösenfras: ", passphrase)
    say(child, "Samma en gång till: ", passphrase)


def ended(child: pexpect.spawn) -> tuple[int, str]:
    child.expect(pexpect.EOF)
    child.close()
    return int(child.exitstatus), str(child.before)


def test_the_list_names_every_key_and_no_secret(
    keyed: Keyed, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["nyckel", "list", "--db", str(keyed.path)]) == 0
    said = capsys.readouterr().out
    for words in (("Anna Ek", "person"), ("jobb", "tjänst"), ("återställningskod 1", "återst")):
        assert any(all(word in line for word in words) for line in said.splitlines())
    secret = keyed.job.read_text().split()[2]
    for slot in keys.list_slots(keyed.path):
        for hidden in (secret, slot.salt.hex(), slot.public.hex(), keyed.code):
            assert hidden not in said


def test_a_person_gets_a_passphrase_and_is_the_colleague_of_that_name(keyed: Keyed) -> None:
    child = keyed.talk("add", "Bo Ek")
    say(child, "Lösenfras: ", PASSPHRASE)
    choose(child, ANOTHER)
    status, said = ended(child)
    assert status == 0
    assert ANOTHER not in said
    assert keyed.opens(ANOTHER) == "Bo Ek"
    assert keyed.slot_of("C2") == "Bo Ek"
    assert keyed.opens(PASSPHRASE) == "Anna Ek"


def test_a_person_of_another_name_is_told_who_it_is(keyed: Keyed) -> None:
    child = keyed.talk("add", "bosse", "--staff", "C2", "--key-file", keyed.job)
    choose(child, ANOTHER)
    assert ended(child)[0] == 0
    assert keyed.slot_of("C2") == "bosse"


def test_a_person_who_is_no_colleague_is_pointed_out(keyed: Keyed) -> None:
    child = keyed.talk("add", "Dan Ek", "--key-file", keyed.job)
    choose(child, ANOTHER)
    status, said = ended(child)
    assert status == 0
    assert "ingen medarbetare i registret än" in said
    keyed.sql("INSERT INTO staff (id, name, role) VALUES ('DE', 'Dan Ek', 'coach')")
    child = keyed.talk("add", "Dan Ek")
    say(child, "Lösenfras: ", ANOTHER)
    choose(child, PASSPHRASE + "!")
    assert ended(child)[0] == 0
    assert keyed.slot_of("DE") == "Dan Ek"


@pytest.mark.parametrize(("staff", "said"), [("C9", "ingen sådan"), ("C1", "har redan en nyckel")])
def test_a_colleague_who_cannot_be_it_is_refused_before_a_passphrase(
    keyed: Keyed, staff: str, said: str
) -> None:
    child = keyed.talk("add", "Dan Ek", "--staff", staff, "--key-file", keyed.job)
    status, error = ended(child)
    assert status == 3
    assert said in error
    assert "Dan Ek" not in keyed.names()


def test_nobody_takes_over_the_name_of_another(keyed: Keyed) -> None:
    child = keyed.talk("add", "Anna Ek", "--key-file", keyed.job)
    status, said = ended(child)
    assert status == 3
    assert "finsam nyckel recover" in said
    assert keyed.opens(PASSPHRASE) == "Anna Ek"


def test_one_changes_ones_own_passphrase(keyed: Keyed) -> None:
    child = keyed.talk("add", "Anna Ek")
    say(child, "Lösenfras: ", PASSPHRASE)
    choose(child, ANOTHER)
    assert ended(child)[0] == 0
    assert keyed.opens(ANOTHER) == "Anna Ek"
    with pytest.raises(WrongKey):
        keyed.opens(PASSPHRASE)


def test_ctrl_c_amid_a_new_passphrase_changes_nothing(keyed: Keyed) -> None:
    before = key_file.path_of(keyed.path).read_bytes()
    child = keyed.talk("add", "Bo Ek", "--key-file", keyed.job)
    child.expect_exact("Ny lösenfras: ")
    child.sendintr()
    assert ended(child)[0] == 130
    assert key_file.path_of(keyed.path).read_bytes() == before


def test_a_service_gets_a_key_of_its_own(keyed: Keyed, tmp_path: Path) -> None:
    assert keyed.run("add", "natt", "--service", tmp_path / "natt") == 0
    assert stat.S_IMODE((tmp_path / "natt").stat().st_mode) == 0o600
    with opening.open_register(
        keyed.path, keys.unlock_key_file(keyed.path, tmp_path / "natt")
    ) as register:
        assert register.user == "natt"


@pytest.mark.parametrize("flag", ["--service", "--recovery-file"])
def test_a_file_that_exists_is_left_alone(keyed: Keyed, tmp_path: Path, flag: str) -> None:
    (tmp_path / "kvar").write_text("kvar")
    name = ["natt"] if flag == "--service" else []
    before = keyed.names()
    assert keyed.run("add", *name, flag, tmp_path / "kvar") == 3
    assert (tmp_path / "kvar").read_text() == "kvar"
    assert keyed.names() == before


def test_a_key_that_cannot_be_noted_leaves_no_file(
    keyed: Keyed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise CopyError("disken är full")

    monkeypatch.setattr(key_file, "save", full)
    assert keyed.run("add", "natt", "--service", tmp_path / "natt") == 5
    assert keyed.run("add", "--recovery-file", tmp_path / "kod") == 5
    assert not (tmp_path / "natt").exists()
    assert not (tmp_path / "kod").exists()


def test_a_new_recovery_code_is_proved_before_it_counts(keyed: Keyed) -> None:
    child = keyed.talk("add", "--recovery", "--key-file", keyed.job)
    child.expect(r"bara nu:\s+((?:[0-9A-Z]{5}\s+){8})Skriv")
    groups = child.match[1].split()
    child.expect(r"Grupp \d av 8:")
    child.sendintr()
    assert ended(child)[0] == 130
    with pytest.raises(WrongKey):
        keys.unlock_recovery(keyed.path, "-".join(groups))


def test_a_new_recovery_code_can_be_put_in_a_file(keyed: Keyed, tmp_path: Path) -> None:
    assert keyed.run("add", "--recovery-file", tmp_path / "kod") == 0
    assert keyed.run("remove", "återställningskod 1") == 0
    keys.unlock_recovery(keyed.path, (tmp_path / "kod").read_text()).wipe()
    with pytest.raises(WrongKey):
        keys.unlock_recovery(keyed.path, keyed.code)


@pytest.mark.parametrize(
    "arguments",
    [
        ("add",),
        ("add", "Bo Ek"),
        ("add", "--recovery"),
        ("add", "Bo Ek", "--recovery-file", "/tmp/finns-inte/kod"),  # noqa: S108 - never made
        ("add", "natt", "--service", "/tmp/finns-inte/natt", "--staff", "C2"),  # noqa: S108
        ("recover",),
        ("rota",),
        (),
    ],
)
def test_wrong_use_is_told_in_one_line(
    keyed: Keyed, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    before = key_file.path_of(keyed.path).read_bytes()
    assert keyed.run(*arguments) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert key_file.path_of(keyed.path).read_bytes() == before


def test_without_a_terminal_the_option_that_answers_is_named(
    keyed: Keyed, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["nyckel", "rotate", "--db", str(keyed.path)]) == 2
    assert "--key-file" in capsys.readouterr().err


def test_a_removed_person_is_out_and_the_others_are_not(keyed: Keyed) -> None:
    child = keyed.talk("add", "Bo Ek", "--key-file", keyed.job)
    choose(child, ANOTHER)
    assert ended(child)[0] == 0
    kept = keys.unlock_passphrase(keyed.path, ANOTHER).raw_keys[1]
    raw_key = bytes(kept)
    assert keyed.run("remove", "Bo Ek") == 0
    assert "Bo Ek" not in keyed.names()
    assert keyed.slot_of("C2") is None
    with pytest.raises(WrongKey):
        keyed.opens(ANOTHER)
    with driver.explained(keyed.path):
        assert not driver.opens(keyed.path, raw_key)  # nor with what was kept of it
    assert keyed.opens(PASSPHRASE) == "Anna Ek"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Anna Ek", "sista personens nyckel"),
        ("återställningskod 1", "enda återställningskoden"),
        ("jobb", "nyckeln du låser upp med"),
        ("ingen", "ingen sådan nyckel"),
    ],
)
def test_what_must_stay_stays(
    keyed: Keyed, capsys: pytest.CaptureFixture[str], name: str, said: str
) -> None:
    before = key_file.path_of(keyed.path).read_bytes()
    assert keyed.run("remove", name) == 3
    assert said in capsys.readouterr().err
    assert key_file.path_of(keyed.path).read_bytes() == before


def test_the_recovery_code_gives_a_new_passphrase(keyed: Keyed) -> None:
    child = keyed.talk("recover")
    say(child, "Återställningskod: ", keyed.code.lower().replace("-", " "))
    choose(child, ANOTHER)
    status, said = ended(child)
    assert status == 0
    assert keyed.code not in said
    assert "--staff" not in said  # she is in the register, and works under this key
    assert keyed.opens(ANOTHER) == "Anna Ek"
    assert keyed.slot_of("C1") == "Anna Ek"
    with pytest.raises(WrongKey):
        keyed.opens(PASSPHRASE)


def test_a_mistyped_recovery_code_changes_nothing(keyed: Keyed) -> None:
    child = keyed.talk("recover", "Anna Ek")
    for _ in range(3):
        say(child, "Återställningskod: ", "0" * 40)
    status, said = ended(child)
    assert status == 4
    assert "grupp" in said
    assert keyed.opens(PASSPHRASE) == "Anna Ek"


def test_a_rotation_keeps_everybody_and_changes_the_key(keyed: Keyed) -> None:
    before = bytes(keys.unlock_key_file(keyed.path, keyed.job).raw_keys[1])
    assert keyed.run("rotate") == 0
    assert not driver.opens(keyed.path, before)
    assert keyed.opens(PASSPHRASE) == "Anna Ek"
    keys.unlock_recovery(keyed.path, keyed.code).wipe()


def cut_short(keyed: Keyed) -> None:
    """Leave the key file as a rotation does that was killed before the register was encrypted."""
    unlocked = keys.unlock_key_file(keyed.path, keyed.job)
    raw_key = bytearray(32)
    both = key_file.load(keyed.path).with_next(raw_key)
    key_file.save(keyed.path, both, {**unlocked.raw_keys, 2: raw_key})


@pytest.mark.parametrize("verb", ["add", "remove", "rotate"])
def test_a_rotation_cut_short_is_put_right_by_the_next_change(
    keyed: Keyed, tmp_path: Path, verb: str
) -> None:
    keyed.run("add", "natt", "--service", tmp_path / "natt")
    cut_short(keyed)
    arguments = {
        "add": ("add", "dag", "--service", tmp_path / "dag"),
        "remove": ("remove", "natt"),
        "rotate": ("rotate",),
    }
    assert keyed.run(*arguments[verb]) == 0
    assert key_file.load(keyed.path).next is None
    assert keyed.opens(PASSPHRASE) == "Anna Ek"


def test_an_open_register_is_not_rotated(keyed: Keyed, capsys: pytest.CaptureFixture[str]) -> None:
    with opening.open_register(keyed.path, keys.unlock_key_file(keyed.path, keyed.job)):
        assert keyed.run("rotate") == 4
    assert "öppet på fler håll" in capsys.readouterr().err
    assert keyed.opens(PASSPHRASE) == "Anna Ek"


# Who may


@pytest.fixture
def led(keyed: Keyed) -> Keyed:
    """The same register, where Anna is the coordinator and Bo a coach with a key of his own."""
    keyed.give("Bo Ek", ANOTHER)
    keyed.sql("UPDATE staff SET role = 'coordinator', version = 2 WHERE id = 'C1'")
    keyed.sql("UPDATE staff SET slot = 'Bo Ek', version = 2 WHERE id = 'C2'")
    return keyed


@pytest.mark.parametrize(
    "arguments",
    [
        ("add", "natt", "--service", "NY"),
        ("add", "--recovery-file", "NY"),
        ("remove", "Bo Ek"),
        ("rotate",),
    ],
)
def test_a_service_gives_and_takes_nothing_where_there_is_a_coordinator(
    led: Keyed, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    before = key_file.path_of(led.path).read_bytes()
    new = tmp_path / "ny"
    assert led.run(*(new if word == "NY" else word for word in arguments)) == 3
    assert "nycklarna sköter samordnaren" in capsys.readouterr().err
    assert key_file.path_of(led.path).read_bytes() == before
    assert not new.exists()
    assert led.sql("SELECT * FROM access WHERE kind = 'key'") == []


@pytest.mark.parametrize("arguments", [("add", "Cia Ek"), ("add", "Bo Ek", "--staff", "C3")])
def test_a_coach_gives_nobody_a_key_nor_takes_anothers_place(
    led: Keyed, arguments: tuple[str, ...]
) -> None:
    child = led.talk(*arguments)
    say(child, "Lösenfras: ", ANOTHER)
    status, said = ended(child)
    assert status == 3
    assert "nycklarna sköter samordnaren" in said
    assert "Cia Ek" not in led.names()
    assert led.slot_of("C3") is None


def test_a_coach_changes_the_own_passphrase(led: Keyed) -> None:
    child = led.talk("add", "Bo Ek")
    say(child, "Lösenfras: ", ANOTHER)
    choose(child, "en helt ny rad med ord")
    assert ended(child)[0] == 0
    assert led.opens("en helt ny rad med ord") == "Bo Ek"
    assert led.sql("SELECT user, detail FROM access WHERE kind = 'key'") == [
        ("Bo Ek", "ny lösenfras: Bo Ek")
    ]


@pytest.mark.parametrize(
    ("arguments", "question"), [(("add",), "Lösenfras: "), (("recover",), "Återställningskod: ")]
)
def test_who_has_got_another_name_keeps_the_key(
    led: Keyed, arguments: tuple[str, ...], question: str
) -> None:
    led.sql("UPDATE staff SET name = 'Bo Lund', version = 3 WHERE id = 'C2'")
    before = led.names()
    child = led.talk(*arguments, "Bo Lund")
    say(child, question, ANOTHER if arguments == ("add",) else led.code)
    choose(child, "en helt ny rad med ord")
    status, said = ended(child)
    assert status == 0
    assert "ingen medarbetare" not in said
    assert led.names() == before
    assert led.opens("en helt ny rad med ord") == "Bo Ek"


def test_the_coordinator_gives_and_takes_and_the_log_tells(led: Keyed, tmp_path: Path) -> None:
    for arguments in (
        ("add", "natt", "--service", tmp_path / "natt"),
        ("add", "--recovery-file", tmp_path / "kod"),
        ("remove", "Bo Ek"),
        ("rotate",),
    ):
        child = led.talk(*arguments)
        say(child, "Lösenfras: ", PASSPHRASE)
        assert ended(child)[0] == 0
    assert led.names() == {
        *("Anna Ek", "jobb", "natt", "återställningskod 1", "återställningskod 2")
    }
    assert led.sql("SELECT user, detail FROM access WHERE kind = 'key' ORDER BY id") == [
        ("Anna Ek", "ny tjänstenyckel: natt"),
        ("Anna Ek", "ny återställningskod"),
        ("Anna Ek", "borttagen nyckel: Bo Ek"),
        ("Anna Ek", "registret krypterat på nytt"),
    ]


def test_the_list_tells_of_wrong_passphrases(
    keyed: Keyed, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(WrongKey):
        keyed.opens("inte den rätta frasen")
    main(["nyckel", "list", "--db", str(keyed.path)])
    assert "1 misslyckat försök att låsa upp sedan " in capsys.readouterr().out
