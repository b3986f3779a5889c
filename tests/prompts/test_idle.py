"""Nobody answers: the register is closed, the screen cleared, and the call goes on where it was."""

from __future__ import annotations

import io
import os
import signal
import sys
from itertools import count
from typing import TYPE_CHECKING

import pexpect
import pytest
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from finsam_tui.errors import Locked, NotAllowed
from finsam_tui.prompts import lines as module
from finsam_tui.prompts.lines import EditedLines, Idle, PlainLines
from finsam_tui.prompts.ring import ring
from finsam_tui.prompts.saving import Desk
from finsam_tui.storage import drafts, keys, opening
from finsam_tui.storage.register import Register
from tests import memory
from tests.conftest import PROJECT
from tests.prompts.talk import Script
from tests.prompts.test_program import PASSPHRASE, Phoning
from tests.prompts.test_ring import call, closed
from tests.register import KEY, Office, make_office

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

GONE = "(borta)"  # an answer that does not come; what stands before it has been typed


class Absent(Script):
    """A conversation with somebody who leaves now and then."""

    def ask(self, prompt: str, typed: str = "") -> str:
        answer = super().ask(prompt, typed)
        if answer.endswith(GONE):
            raise Idle(answer.removesuffix(GONE))
        return answer

    def _wait(self) -> None:
        """What is known beforehand comes at once."""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = make_office(tmp_path)
    yield office
    office.register.close()


def sit(office: Office, *answers: str, then: str = "anna") -> tuple[Desk, Absent]:
    """Sit down at a register that `then` opens again when it has been locked."""
    script, held = Absent(*answers), office.register

    def reopen() -> Register:
        with pytest.raises(Locked):
            _ = held.conn  # the key is gone before anybody is asked for it
        office.register = Register.open(held.path, user=then, raw_key=KEY)
        return office.register

    return Desk(script, office.register, lambda: office.now, reopen), script


def test_a_call_goes_on_at_the_question_where_nobody_answered(office: Office) -> None:
    follow_up = closed(office, "Eva")
    begun = ["", "2", "", f"ringer på tis{GONE}"]
    desk, script = sit(office, *begun, "ringer på tisdag", "")
    ring(desk)
    assert (call(office, follow_up)["outcome"], call(office, follow_up)["comment"]) == (
        *("no_answer", "ringer på tisdag"),
    )
    before, _, after = script.said.partition("Registret låstes")
    assert "Samtalets utfall" in before
    assert "Samtalets utfall" not in after
    assert "[ringer på tis]" in after
    assert "utkast" not in after
    assert after.count("Eva Ek") == 1
    assert "1 samtal sparat." in after
    assert drafts.all_of(office.register) == []


def test_the_register_is_seen_off_as_it_is_locked(office: Office) -> None:
    closed(office, "Eva")
    desk, _ = sit(office, GONE, "q")
    seen: list[str] = []
    desk.leaving = lambda register: seen.append(register.one("report_register")["name"])
    ring(desk)
    assert len(seen) == 1  # open still, and so with its key


def test_a_card_that_nobody_looked_at_is_shown_again(office: Office) -> None:
    first, second = closed(office, "Eva"), closed(office, "Bo")
    desk, script = sit(office, "s", GONE, "", "2", "", "", "", "q")
    ring(desk)
    assert script.said.partition("Registret låstes")[2].count("Bo Ek") == 1
    assert [call(office, each)["outcome"] for each in (first, second)] == [None, "no_answer"]


def test_another_who_opens_it_begins_a_round_of_their_own(office: Office) -> None:
    follow_up = closed(office, "Eva")
    desk, script = sit(office, "", f"2{GONE}", "q", then="bo")
    ring(desk)
    after = script.said.partition("Registret låstes")[2]
    assert "1 samtal att ringa." in after
    assert "Enter frågorna" in after  # the card, and not the first one's answers
    assert call(office, follow_up)["outcome"] is None
    with Register.open(office.register.path, user="anna", raw_key=KEY) as register:
        (draft,) = drafts.all_of(register)
    assert (draft.target.record_id, draft.raws["outcome"]) == (follow_up, "2")


def test_a_manager_who_opens_it_goes_no_further(office: Office) -> None:
    closed(office, "Eva")
    with office.register.write() as conn:
        conn.execute("INSERT INTO staff (id, name, role, slot) VALUES ('B', 'B', 'manager', 'b')")
    with pytest.raises(NotAllowed):
        ring(sit(office, "", f"2{GONE}", then="b")[0])


# How a question finds out


@pytest.fixture
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOOK", 0.001)


def leaps(*moments: float) -> Callable[[], float]:
    """Return a clock that stands at each moment once, and from then on at the last of them."""
    left = list(moments)
    return lambda: left.pop(0) if len(left) > 1 else left[0]


@pytest.mark.usefixtures("_soon")
def test_an_edited_line_is_given_up_with_what_was_typed() -> None:
    with create_pipe_input() as source:
        moments = count()  # every look at the clock is a second later
        source.send_text("Ring")
        lines = EditedLines(io.StringIO(), source, DummyOutput(), lambda: float(next(moments)))
        lines.patience = 60
        with pytest.raises(Idle) as idle:
            lines.ask("Text:")
    assert idle.value.typed == "Ring"


def test_a_key_after_a_night_asleep_is_not_taken() -> None:
    with create_pipe_input() as source:
        source.send_text("\r")
        lines = EditedLines(io.StringIO(), source, DummyOutput(), leaps(0, 30_000))
        lines.patience = 60
        with pytest.raises(Idle):
            lines.ask("Text:", "stod där")


@pytest.mark.usefixtures("_soon")
@pytest.mark.parametrize("late", [False, True])
def test_a_plain_line_that_does_not_come_in_time_is_not_taken(*, late: bool) -> None:
    reader, writer = os.pipe()
    with os.fdopen(reader, encoding="utf-8") as source:
        os.write(writer, b"svar\n" * late)
        lines = PlainLines(source, io.StringIO(), elapsed=leaps(0, 30_000))
        lines.patience = 60
        with pytest.raises(Idle):
            lines.ask("Text:")
        os.close(writer)


# The real program in a terminal

# Seconds are the bytes of a file, so that the test says when they pass.
PROGRAM = """
import os, sys, time
time.clock_gettime = lambda _: float(os.stat(sys.argv[1]).st_size)
from finsam_tui.cli import main
sys.exit(main(["ring", "--db", sys.argv[2]]))
"""


def program(register: Phoning, term: str) -> pexpect.spawn:
    """Start it in a terminal, and unlock the register."""
    clock = register.path.with_name("clock")
    clock.write_bytes(b"")
    child = pexpect.spawn(
        sys.executable,
        ["-c", PROGRAM, str(clock), str(register.path)],
        cwd=str(PROJECT),
        env={**os.environ, "TERM": term},
        encoding="utf-8",
        timeout=20,
    )
    answer(child, "Lösenfras: ", PASSPHRASE)
    return child


def answer(child: pexpect.spawn, question: str, line: str) -> None:
    child.expect_exact(question)
    child.send(f"{line}\r")


def begun(register: Phoning) -> tuple[str, dict[str, str]]:
    """Return the field of the draft, and the answers in it."""
    unlocked = keys.unlock_passphrase(register.path, PASSPHRASE)
    with opening.open_register(register.path, unlocked) as opened:
        (draft,) = drafts.all_of(opened)
        return draft.field, dict(draft.raws)


@pytest.mark.parametrize("term", ["dumb", "xterm-256color"])
def test_a_call_left_alone_is_locked_and_gone_on_with(tmp_path: Path, term: str) -> None:
    tmp_path.chmod(0o700)
    register = Phoning(tmp_path)
    raw_key = bytes(keys.unlock_key_file(register.path, register.key).raw_keys[1])
    secrets = {"key": raw_key, "hex": raw_key.hex().encode()}
    child = program(register, term)
    answer(child, "Enter frågorna", "")
    answer(child, "Samtalets utfall *:", "1")
    child.expect_exact("Datum")
    if memory.readable(child.pid):
        assert "key" in memory.found(child.pid, secrets)  # or the test sees nothing
    register.path.with_name("clock").write_bytes(bytes(300))
    child.expect_exact("Registret låstes")
    assert ("\x1b[2J" in child.before) == (term != "dumb")
    assert ("\x1b" in child.before) == (term != "dumb")
    child.expect_exact("Lösenfras: ")
    if memory.readable(child.pid):
        assert memory.found(child.pid, secrets) == {}
    child.send("fel\r")
    answer(child, "Lösenfras: ", PASSPHRASE)
    answer(child, "Datum", "")
    assert "Samtalets utfall" not in child.before
    child.expect_exact("Samtycker")
    child.close(force=True)
    field, raws = begun(register)
    assert (field, raws["outcome"]) == ("consent", "svarade")


def test_a_line_that_drops_keeps_what_was_half_typed(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    register = Phoning(tmp_path)
    child = program(register, "xterm-256color")
    answer(child, "Enter frågorna", "")
    answer(child, "Samtalets utfall *:", "2")
    answer(child, "Datum", "")
    child.expect_exact("Kommentar")
    child.send("ringer på tis")
    child.expect_exact("ringer på tis")
    child.kill(signal.SIGHUP)
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 128 + signal.SIGHUP
    assert begun(register)[1]["comment"] == "ringer på tis"
