"""Whatever the register holds, a terminal is told nothing that it is not told by a tame one."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

import pexpect
import pytest

from finsam_tui.storage import keys, opening
from tests.conftest import PROJECT
from tests.tui import hostile
from tests.tui.terminal_codes import functions

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# Every screen of the house is among those that the walk has seen.
SCREENS = {
    *("Today", "People", "Person", "Waiting", "Who", "Report", "Records", "Help", "Hidden"),
    *("Unlock", "FormScreen", "CallScreen", "CommandPalette"),
}
MARK = "ond"


class Sent(NamedTuple):
    """What went to the terminal, and the screens that were seen."""

    text: str
    seen: frozenset[str]


@pytest.fixture(scope="module")
def registers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Path]]:
    """Return "tame" and "hostile" → a register and its key file: the same rows, other words."""
    made = {}
    for name, words in (("tame", hostile.tame), ("hostile", hostile.hostile)):
        folder = tmp_path_factory.mktemp(name)
        folder.chmod(0o700)
        made[name] = _made(folder, words)
    return made


def _made(folder: Path, words: Callable[[int], str]) -> tuple[Path, Path]:
    path, key_file = folder / "demo.db", folder / "demo.key"
    made = ["demo", "--no-tui", "--size", "60", "--keep", str(path), "--key-file", str(key_file)]
    subprocess.run([sys.executable, "-m", "finsam_tui", *made], cwd=PROJECT, check=True)
    with opening.open_register(path, keys.unlock_key_file(path, key_file)) as register:
        changed = hostile.fill(register, words)
    assert sum(count > 0 for count in changed.values()) > 20, changed
    rows = "".join(f"{words(n)};{words(n)};{words(n)}\n" for n in range(len(hostile.ATTACKS)))
    (folder / "medarbetare.csv").write_text(
        f"medarbetare_id;namn;roll\n{rows}", encoding="utf-8", errors="replace", newline=""
    )
    head = f"medarbetare_id;{words(0)};{words(11)};namn;roll\n"
    (folder / "deltagare.csv").write_text(head, encoding="utf-8", newline="")
    return path, key_file


def sent(register: tuple[Path, Path], way: str, term: str) -> Sent:
    """Go one way through a register in a terminal."""
    path, key_file = register
    child = pexpect.spawn(
        sys.executable,
        ["-m", "tests.tui.hostile_walk", str(path), str(key_file), way],
        cwd=str(PROJECT),
        env={**os.environ, "TERM": term, "COLUMNS": "110", "LINES": "60"},
        encoding="utf-8",
        dimensions=(60, 110),
        timeout=240,
    )
    child.expect(pexpect.EOF)
    text = str(child.before)
    child.close()
    assert child.exitstatus == 0, text[-3000:]
    seen = path.with_suffix(".seen")
    return Sent(text, frozenset(seen.read_text().split()) if seen.exists() else frozenset())


@pytest.mark.parametrize("way", ["screens", "commands"])
def test_nothing_stored_steers_the_terminal(
    registers: dict[str, tuple[Path, Path]], way: str
) -> None:
    harmless, attacked = (sent(registers[n], way, "xterm-256color") for n in ("tame", "hostile"))
    assert MARK in attacked.text
    assert functions(attacked.text) - functions(harmless.text) == set()
    assert "Traceback" not in attacked.text
    if way == "screens":
        assert attacked.seen >= SCREENS
        assert harmless.seen >= SCREENS


@pytest.mark.parametrize("term", ["dumb", "xterm-256color"])
def test_the_prompts_pass_nothing_on(registers: dict[str, tuple[Path, Path]], term: str) -> None:
    said = {}
    for name, (path, key_file) in registers.items():
        child = pexpect.spawn(
            sys.executable,
            ["-m", "finsam_tui", "ring", "--db", str(path), "--key-file", str(key_file)],
            cwd=str(PROJECT),
            env={**os.environ, "TERM": term},
            encoding="utf-8",
            dimensions=(40, 110),
            timeout=60,
        )
        text = ""
        for answer in ("s", "s", "", "?", "<", "q"):
            child.expect(":")
            text += child.before
            child.send(f"{answer}\r")
        child.send("q\r")
        child.expect([pexpect.EOF, "sparade"])
        said[name] = text + child.before
        child.close(force=True)
    assert MARK in said["hostile"]
    assert functions(said["hostile"]) - functions(said["tame"]) == set()


def test_the_measure_sees_each_attack() -> None:
    steering = [a for a in hostile.ATTACKS if functions(a)]
    assert len(steering) >= 12
    assert functions(hostile.ATTACKS[1]) == {"] string 52"}
    assert functions(hostile.ATTACKS[5]) == {"CSI ?1000h", "CSI ?1049l", "CSI ?2004l"}
    assert functions("åäö – 👩‍👩‍👧‍👦\x1b[1;31m") == {"CSI m"}
