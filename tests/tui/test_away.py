"""Nobody at the keys, a line that drops: the register locks, the key is gone, drafts are kept."""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pexpect
import pytest

from finsam_tui.errors import NotAllowed
from finsam_tui.storage import drafts, kept_answers, keys, lock_time, opening
from finsam_tui.storage.register import Register
from finsam_tui.storage.slots import Cost
from finsam_tui.storage.target import Target
from finsam_tui.tui.app import FinsamApp
from tests import memory
from tests.conftest import PROJECT
from tests.tui.conftest import NOW, RAW_KEY
from tests.tui.walk import walking

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.storage.rows import Rows

MINUTE = 60.0
CHEAP = Cost(passes=1, memory=8 * 1024, lanes=1)
PASSPHRASE = "sju små båtar på ån"
F9 = "\x1b[20~"
PASTE = "\x1b[200~{}\x1b[201~"
PROGRAM = ["-m", "finsam_tui"]


class Clock:
    """Seconds that pass when the test says so."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Watched:
    """The app, and the clock that it locks by."""

    app: FinsamApp
    clock: Clock


@pytest.fixture
def watched(
    rows: Rows, path: Path, unlock: Callable[[str], Callable[[], Register]]
) -> Iterator[Watched]:
    rows.enrolment(rows.person("Eva", "Ek"), "2024-01-02")
    held, clock = Register.open(path, user="sam", raw_key=RAW_KEY), Clock()
    app = FinsamApp(held, path=str(path), unlock=unlock, clock=lambda: NOW, elapsed=clock)
    yield Watched(app, clock)
    app.release()


async def test_it_locks_after_five_minutes_without_a_key(watched: Watched) -> None:
    async with walking(watched.app) as walk:
        await walk.press("f3", "enter", "n", "enter", "'Mötte'")
        watched.clock.now = 5 * MINUTE - 1
        watched.app.lock_if_idle()
        assert walk.place == "FormScreen"
        watched.clock.now = 5 * MINUTE
        watched.app.lock_if_idle()
        await walk.settle()
        assert walk.place == "Unlock"
        assert watched.app.locked
        assert "Registret låstes, för ingen rörde tangenterna." in walk.text
        assert "Eva" not in walk.text


async def test_each_key_puts_it_off(watched: Watched) -> None:
    async with walking(watched.app) as walk:
        for minute in range(4, 40, 4):
            watched.clock.now = minute * MINUTE
            await walk.press("down")
            watched.app.lock_if_idle()
            assert not watched.app.locked


async def test_a_key_after_a_night_asleep_sees_nothing(watched: Watched) -> None:
    async with walking(watched.app) as walk:
        watched.clock.now = 600 * MINUTE
        await walk.press("f3")  # before the timer has come round
        assert walk.place == "Unlock"
        assert "Ek" not in walk.text


async def test_the_hidden_screen_locks_too(watched: Watched) -> None:
    async with walking(watched.app) as walk:
        await walk.press("f8")
        watched.clock.now = 5 * MINUTE
        watched.app.lock_if_idle()
        await walk.settle()
        assert walk.place == "Unlock"


async def test_the_coordinator_chooses_the_minutes_in_the_palette(
    watched: Watched, rows: Rows
) -> None:
    async with walking(watched.app, (120, 40)) as walk:
        await walk.press("ctrl+p", "'lås efter 15'", "down", "enter")
        assert "Registret låses efter 15 minuter" in walk.text
        assert lock_time.minutes(rows.register) == 15
        watched.clock.now = 14 * MINUTE
        watched.app.lock_if_idle()
        assert not watched.app.locked
        watched.clock.now = 16 * MINUTE
        watched.app.lock_if_idle()
        assert watched.app.locked


async def test_the_coordinator_chooses_in_the_palette_that_only_outcomes_are_kept(
    watched: Watched, rows: Rows
) -> None:
    enrolment = rows.enrolment(rows.person(), "2024-01-02")
    screening = rows.add("screening", enrolment_id=enrolment, date="2024-01-03", status="answered")
    rows.add("screening_answer", screening_id=screening, item="1", answer="yes")
    async with walking(watched.app, (120, 40)) as walk:
        await walk.press("ctrl+p", "'bara utfallet'", "down", "enter")
        assert "sparas bara våldsscreeningens utfall" in walk.text
        assert "1 tidigare screening har kvar sina svar" in walk.text
        assert not kept_answers.kept(rows.register.conn)
        await walk.press("ctrl+p", "'svaren fråga'", "down", "enter")
        assert kept_answers.kept(rows.register.conn)


async def test_others_do_not(rows: Rows) -> None:
    for role in ("coach", "manager"):
        rows.change("staff", "S1", role=role)
        with pytest.raises(NotAllowed):
            lock_time.choose(rows.register, 30)
    rows.add("setting", key="lock_minutes", value="99999")
    assert lock_time.minutes(rows.register) == lock_time.USUAL


# The real program in a terminal


@dataclass
class Door:
    """A register that a passphrase opens; `secrets` are what must not stay in memory."""

    path: Path
    secrets: dict[str, bytes]

    def open(self, until: str = "att göra", *, paste: bool = False) -> pexpect.spawn:
        child = pexpect.spawn(
            sys.executable,
            [*PROGRAM, "--db", str(self.path)],
            cwd=str(PROJECT),
            env={**os.environ, "TERM": "xterm-256color"},
            encoding="utf-8",
            dimensions=(24, 80),
            timeout=60,
        )
        child.expect_exact("tryck Enter:")
        # What is pasted passes through other hands than what fingers type.
        for part in [PASTE.format(PASSPHRASE)] if paste else PASSPHRASE:
            child.send(part)
            child.expect_exact("•")
        child.send("\r")
        child.expect_exact(until)
        return child


@pytest.fixture
def door(tmp_path: Path) -> Door:
    ring, path = keys.Ring.new(), tmp_path / "register.db"
    ring.add_recovery()
    ring.add_person("anna", PASSPHRASE, CHEAP)
    key = bytes(ring.raw_keys[1])
    with opening.create_register(path, ring, "anna") as register, register.write() as conn:
        conn.execute(
            "INSERT INTO staff (id, name, role, slot) VALUES ('C1', 'Anna', 'coach', 'anna')"
        )
    words = {coding: PASSPHRASE.encode(coding) for coding in ("utf-8", "latin-1", "utf-16-le")}
    return Door(path, {"key": key, "hex": key.hex().encode(), **words})


@pytest.mark.parametrize("paste", [False, True], ids=["typed", "pasted"])
def test_once_locked_the_key_and_the_passphrase_are_out_of_the_process(
    door: Door, *, paste: bool
) -> None:
    child = door.open(paste=paste)
    try:
        if not memory.readable(child.pid):
            pytest.skip("takes root, and Linux")
        assert "key" in memory.found(child.pid, door.secrets)  # or the test sees nothing
        child.send(F9)
        child.expect_exact("Registret är låst.")
        assert memory.found(child.pid, door.secrets) == {}
    finally:
        child.close(force=True)


@pytest.mark.parametrize("way", ["hangup", "term"])
def test_a_line_that_drops_ends_the_program_and_keeps_the_draft(door: Door, way: str) -> None:
    child = door.open()
    child.send("\x1bOQ")
    child.expect_exact("Ny aktualisering: vem")
    child.send("\x0e")
    child.expect_exact("Deltagare")
    child.send("\r\rhalvskrivet")
    child.expect_exact("halvskrivet")
    pid = child.pid
    if way == "term":
        child.kill(signal.SIGTERM)
        child.expect(pexpect.EOF)
    else:
        os.close(child.child_fd)  # what a dropped ssh line does to its terminal
    _, status = os.waitpid(pid, 0)
    number = signal.SIGTERM if way == "term" else signal.SIGHUP
    assert os.waitstatus_to_exitcode(status) in (128 + number, -number)
    with opening.open_register(door.path, keys.unlock_passphrase(door.path, PASSPHRASE)) as found:
        draft = drafts.find(found, Target("participant"))
    assert draft is not None
    assert "halvskrivet" in draft.raws.values()


def test_wrong_passphrases_are_told_to_the_next_who_gets_in(door: Door) -> None:
    wrong = pexpect.spawn(
        sys.executable,
        [*PROGRAM, "ring", "--plain", "--db", str(door.path)],
        cwd=str(PROJECT),
        encoding="utf-8",
        timeout=60,
    )
    wrong.expect_exact("Lösenfras: ")
    wrong.sendline("inte den rätta")
    wrong.expect_exact("Lösenfras: ")
    wrong.sendeof()
    wrong.expect(pexpect.EOF)
    child = door.open(until="! 1 misslyckat försök att låsa upp sedan ")
    child.close(force=True)


SLEEPER = """
import sys
from itertools import count
from finsam_tui.storage.register import Register
from finsam_tui.tui.app import FinsamApp, run
from pathlib import Path
leaps = count(0, 400)
register = Register.open(Path(sys.argv[1]), user="sam", raw_key=bytes(range(32)))
run(FinsamApp(register, elapsed=lambda: float(next(leaps))))
"""


def test_the_timer_of_a_real_program_comes_round(rows: Rows, path: Path) -> None:
    rows.person("Eva", "Ek")
    child = pexpect.spawn(
        sys.executable, ["-c", SLEEPER, str(path)], cwd=str(PROJECT), timeout=60, encoding="utf-8"
    )
    child.expect_exact("Registret är låst.")
    child.close(force=True)
