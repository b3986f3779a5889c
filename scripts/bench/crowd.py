"""Measures how long a save takes while others save in the same register; prints JSON.

So many processes, each with a connection of its own, save a daily note as a coach does: the form is
read, checked and stored in one transaction. At an `even` pace each saves once a second, at moments
of its own; `flat_out` each begins the next as soon as the last is stored. Milliseconds.

Run from the development environment: python scripts/bench/crowd.py [--processes N] [--seconds N]
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from measured import demo, figures

from finsam_tui.forms import catalogue
from finsam_tui.storage import keys, opening, session, verbs
from finsam_tui.storage.target import Target

if TYPE_CHECKING:
    from multiprocessing.queues import Queue
    from multiprocessing.synchronize import Barrier

    from finsam_tui.storage.register import Register

EVEN = 1.0  # seconds from one save of a process to its next


def saved(register: Register, owner: int) -> float:
    """Return how many milliseconds the saving of a note takes."""
    target, now = Target("note", owner), datetime.now()  # noqa: DTZ005 - as the screens have it
    started = time.perf_counter()
    context = session.context(register, target, now)
    raws = {**catalogue.form("note").defaults(context), "text": "Ringde, inget svar."}
    reading = catalogue.form("note").read(raws, context)
    verbs.save_form(register, target, reading.values, context)
    return (time.perf_counter() - started) * 1000


def work(  # noqa: PLR0913, PLR0917 - a process is told all at once
    path: Path, key: Path, seconds: float, pace: float, ready: Barrier, told: Queue[list[float]]
) -> None:
    """Save for so many seconds at a pace, 0 for none, and tell how long each save took."""
    unlocked = keys.unlock_key_file(path, key)
    taken: list[float] = []
    with opening.open_register(path, unlocked) as register:
        (owner,) = register.sql("SELECT min(id) FROM enrolment").fetchall()[0]
        saved(register, owner)  # to warm up
        ready.wait()
        due = time.monotonic() + random.random() * pace  # noqa: S311 - no secret
        end = time.monotonic() + seconds
        while due < end:
            time.sleep(max(0.0, due - time.monotonic()))
            taken.append(saved(register, owner))
            due = max(due + pace, time.monotonic())
    told.put(taken)


def crowd(path: Path, key: Path, processes: int, seconds: float, pace: float) -> dict[str, float]:
    """Return the figures of all saves of so many processes."""
    spawn = multiprocessing.get_context("spawn")
    ready, told = spawn.Barrier(processes), spawn.Queue()
    arguments = (path, key, seconds, pace, ready, told)
    crew = [spawn.Process(target=work, args=arguments) for _ in range(processes)]
    for each in crew:
        each.start()
    taken = [value for _ in crew for value in told.get()]
    for each in crew:
        each.join()
    return figures(taken)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--processes", type=int, default=15)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--size", type=int, default=400, help="participants of the register")
    args = parser.parse_args()
    load = [os.getloadavg()[0]]
    with tempfile.TemporaryDirectory() as name:
        path, key = Path(name) / "register.db", Path(name) / "key"
        demo(path, key, args.size)
        even = crowd(path, key, args.processes, args.seconds, EVEN)
        flat_out = crowd(path, key, args.processes, args.seconds, 0.0)
    load.append(os.getloadavg()[0])
    told = {"processes": args.processes, "unit": "ms", "load": load}
    print(json.dumps({**told, "even": even, "flat_out": flat_out}, indent=1))


if __name__ == "__main__":
    main()
