"""How a command comes by the register: a key file for scripts, a passphrase in a terminal."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pexpect
import pytest

from finsam_tui.storage.keys import Ring
from finsam_tui.storage.opening import create_register
from finsam_tui.storage.slots import Cost
from tests.conftest import PROJECT
from tests.probe import in_process

if TYPE_CHECKING:
    from pathlib import Path

PASSPHRASE = "sju små båtar på ån"
OPEN = (
    "from finsam_tui.commands._register import open_register; register = open_register(args);"
    "print('öppet för', register.user); register.close()"
)
QUICK = Cost(passes=1, memory=8 * 1024, lanes=1)


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the path of a register that opens for a person and, with `key` beside it, a job."""
    folder = tmp_path_factory.mktemp("register")
    folder.chmod(0o700)
    ring = Ring.new()
    ring.add_person("Kim Ek", PASSPHRASE, QUICK)
    ring.add_service("nattjobb", folder / "key")
    ring.add_recovery()
    create_register(folder / "r.db", ring, "Kim Ek").close()
    return folder / "r.db"


def run(*arguments: str | Path, **environment: str) -> tuple[int, str, str]:
    """Run a command that opens the register, without a terminal; status, stdout, stderr."""
    done = subprocess.run(
        in_process(OPEN, *arguments),
        cwd=PROJECT,
        env=os.environ | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def terminal(register: Path) -> pexpect.spawn:
    """Return a terminal in which the same command has asked for the passphrase."""
    program, *arguments = in_process(OPEN, "--db", register)
    child = pexpect.spawn(program, arguments, cwd=str(PROJECT), encoding="utf-8", timeout=60)
    child.expect("Lösenfras: ")
    return child


def ended(child: pexpect.spawn) -> tuple[int, str]:
    """Return the exit status and what was said since the question."""
    child.expect(pexpect.EOF)
    child.close()
    return child.exitstatus, child.before.strip()


def test_a_key_file_opens_without_a_question(register: Path) -> None:
    arguments = ("--db", register, "--key-file", register.with_name("key"))
    assert run(*arguments) == (0, "öppet för nattjobb\n", "")


def test_the_environment_tells_where_the_register_is(register: Path) -> None:
    status, said, _ = run("--key-file", register.with_name("key"), FINSAM_DB=str(register))
    assert (status, said) == (0, "öppet för nattjobb\n")


def test_without_a_terminal_the_option_that_answers_is_named(register: Path) -> None:
    message = "finsam: ingen terminal att fråga i; ange --key-file FIL.\n"
    assert run("--db", register) == (2, "", message)


def test_a_missing_register_is_told_before_anything_is_asked(tmp_path: Path) -> None:
    status, said, error = run("--db", tmp_path / "finns-inte.db")
    assert (status, said) == (4, "")
    assert "finsam init" in error


def test_the_passphrase_opens_and_is_not_echoed(register: Path) -> None:
    child = terminal(register)
    child.sendline(PASSPHRASE)
    assert ended(child) == (0, "öppet för Kim Ek")


def test_a_slip_is_typed_again_at_the_same_command(register: Path) -> None:
    child = terminal(register)
    child.sendline("fel fras helt och hållet")
    child.expect("Lösenfras: ")
    child.sendline(PASSPHRASE)
    assert ended(child)[0] == 0


def test_a_third_wrong_passphrase_ends_with_4_and_none_is_repeated(register: Path) -> None:
    child = terminal(register)
    told = ""
    for _ in range(2):
        child.sendline("fel fras helt och hållet")
        child.expect("Lösenfras: ")
        told += child.before
    child.sendline("fel fras helt och hållet")
    status, said = ended(child)
    assert status == 4
    assert said.startswith("finsam: lösenfrasen stämmer inte")
    assert told.count("lösenfrasen stämmer inte") == 2
    assert "fel fras" not in told + said


@pytest.mark.parametrize("key", ["\r", "\x04"], ids=["enter", "ctrl-d"])
def test_no_answer_is_wrong_use(register: Path, key: str) -> None:
    child = terminal(register)
    child.send(key)
    assert ended(child) == (2, "finsam: inget svar gavs; kör igen, eller ange --key-file FIL.")


def test_ctrl_c_at_the_question_ends_with_130(register: Path) -> None:
    child = terminal(register)
    child.sendintr()
    assert ended(child)[0] == 130
