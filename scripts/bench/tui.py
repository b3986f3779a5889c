"""Measures the full-screen program over a real pseudo-terminal and prints JSON.

Start-up to the first work list of an encrypted register with some 500 calls to make, memory, keys
in forms, and the filter of the people's list: next to the smallest Textual programs that do the
same, the two taking turns in one run, since only ratios within a run mean anything. A key's `first`
is when the screen begins to answer, `settled` when it has, `cpu` the work done; `missed` are keys
that nothing came of.

Run from the development environment: python scripts/bench/tui.py [--runs N]
[--large-register PATH KEY]; the latter is made once with `finsam demo --no-tui --size 100000
--keep PATH --key-file KEY`.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from measured import compared, demo, figures, opened
from terminal import QUIET, Answer, terminal

from finsam_tui.storage import calls, keys, opening

if TYPE_CHECKING:
    from collections.abc import Sequence

PLAIN = (sys.executable, "-I", str(Path(__file__).with_name("plain_textual.py")))
READY = b"READY"
FIRST_CALL = b"Samtal "  # how the first lines of the work list begin
AWAKE = 1.0  # seconds of silence: what is loaded after the first list is there
PEOPLE = 5_000

F3, F5, CTRL_R, ENTER, RUB_OUT = b"\x1bOR", b"\x1b[15~", b"\x12", b"\r", b"\x7f"
TAB, BACK, HOME, END = b"\t", b"\x1b[Z", b"\x1b[1;5H", b"\x1b[1;5F"
WORDS = ("andersson", "åsa ek", "zzzz")  # to look for among the people


class Form(NamedTuple):
    """How a form is opened, what it says then, and what is done in it to be timed.

    `fields` is how many are gone past, there and back; `text` how many Shift+Tab it is from the
    row that saves to a field to type in, 0 where there is none.
    """

    open: Sequence[bytes]
    shown: str
    fields: int
    text: int


def forms(number: str) -> dict[str, Form]:
    """Return a short form and the longest; `number` is the personal number of somebody enrolled."""
    card = (F3, *(digit.encode() for digit in number), ENTER)
    asked = (TAB, b"j", b"1", b"j", b"3", b"1")  # until the questions of the screening are open
    return {
        "advice": Form((CTRL_R,), "Rådgivande samtal", 4, 2),
        "follow_up": Form((F5, b"1"), "Samtycker till", 12, 1),
        "closure": Form((*card, b"a"), "Avslutsanledning", 14, 0),
        "screening": Form((*card, b"v", *asked), "Pågående fara", 14, 2),
    }


def told(pairs: Sequence[tuple[Answer | None, Answer | None]]) -> dict[str, object]:
    """Return the figures of keys that both programs were given."""
    sides = [[side for side in sides if side] for sides in zip(*pairs, strict=True)]
    ours, theirs = sides
    return {
        name: compared(
            [getattr(a, name) for a in ours], [getattr(a, name) for a in theirs], "inputs"
        )
        for name in Answer._fields
    }


def start_up(finsam: Sequence[str], runs: int) -> dict[str, object]:
    """Start both in turn until the first screen can be used; memory when they have come to rest."""
    figure: dict[str, tuple[list[float], list[float]]] = {
        name: ([], []) for name in ("ready_ms", "cpu_ms", "memory_mib")
    }
    for turn in range(runs + 1):
        rests = turn % 5 == 0
        for side, (command, mark) in enumerate(((finsam, FIRST_CALL), ((*PLAIN, "hello"), READY))):
            with terminal(*command) as screen:
                taken, worked = screen.until(mark), screen.cpu()
                screen.settle(AWAKE if rests else QUIET)
                if turn:  # the first one warms up
                    figure["ready_ms"][side].append(taken)
                    figure["cpu_ms"][side].append(worked)
                if rests:
                    figure["memory_mib"][side].append(screen.memory())
    return {name: compared(*sides, "hello") for name, sides in figure.items()}


def in_form(finsam: Sequence[str], form: Form, rounds: int) -> dict[str, object]:
    """Move and type in a form of ours and in three plain inputs, a key here and a key there."""
    moves = ([TAB] * form.fields + [BACK] * form.fields) * rounds
    with terminal(*finsam) as ours, terminal(*PLAIN, "inputs") as theirs:
        ours.until(FIRST_CALL)
        theirs.until(READY)
        ours.settle(AWAKE)
        ours.go(form.open, form.shown)
        ours.go((HOME,))
        ours.missed = 0  # a form opened at its first field has nowhere to go
        done = {"moving_ms": told([(ours.key(key), theirs.key(key)) for key in moves])}
        if form.text:
            ours.go((END, *[BACK] * form.text))
            letters = [b"a"] * (20 * rounds)
            done["typing_ms"] = told([(ours.key(key), theirs.key(key)) for key in letters])
        return {**done, "missed": {"finsam": ours.missed, "inputs": theirs.missed}}


def people_filter(finsam: Sequence[str]) -> dict[str, object]:
    """Type words into the filter of the people's list and take them away, a key at a time."""
    answers = []
    with terminal(*finsam) as screen:
        screen.until(FIRST_CALL)
        screen.settle(AWAKE)
        screen.go((F3,), "Deltagare")
        for word in WORDS:
            pressed = [*(letter.encode() for letter in word), *[RUB_OUT] * len(word)]
            answers += [answer for key in pressed if (answer := screen.key(key))]
        figure = {name: figures([getattr(a, name) for a in answers]) for name in Answer._fields}
        return {**figure, "missed": screen.missed}


def looked_up(path: Path, key: Path) -> tuple[str, int]:
    """Return the personal number of somebody enrolled and unprotected, and how many calls wait."""
    with opening.open_register(path, keys.unlock_key_file(path, key)) as register:
        found = register.sql(
            "SELECT min(personal_id) FROM participant"
            " JOIN enrolment ON participant_id = participant.id"
            " WHERE end_date IS NULL AND protection = 'none'"
        ).fetchall()
        waiting = calls.call_counts(register, datetime.now())  # noqa: DTZ005 - as the team's clock
    return found[0][0], waiting.total


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15, help="starts of each program")
    parser.add_argument("--rounds", type=int, default=2, help="times through each form")
    parser.add_argument("--large-register", type=Path, nargs=2, metavar=("PATH", "KEY"))
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        path, key = Path(name) / "demo.db", Path(name) / "demo.key"
        demo(path, key, PEOPLE)
        number, waiting = looked_up(path, key)
        finsam = opened(path, key)
        started = start_up(finsam, args.runs)
        filtered = {str(PEOPLE): people_filter(finsam)}
        filled = {name: in_form(finsam, form, args.rounds) for name, form in forms(number).items()}
    if args.large_register:
        filtered["large"] = people_filter(opened(*args.large_register))
    done = {"calls": waiting, **started, "filter_ms": filtered, "forms": filled}
    print(json.dumps(done, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
