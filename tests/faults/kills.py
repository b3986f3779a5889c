"""Writers killed at any moment, many at once and one by one: what they were told is there, is."""

from __future__ import annotations

import json
import os
import select
import time
from contextlib import contextmanager
from functools import partial
from statistics import quantiles
from typing import TYPE_CHECKING

from tests.faults import work
from tests.faults.trials import Count
from tests.storage.conftest import kill, start, status_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from random import Random

CROWD = 15
A_REGISTER = 10  # tries in one register
NAME = "register.db"
LONGEST = 20  # steps before a kill
STEP = 0.01  # seconds, more than a step takes
BUSY = 2.0  # seconds at most between the saves of somebody who is working fast


def killed_writers(folder: Path, times: int, random: Random) -> Count:
    """Kill writers one after another, in one register, each amid a step."""
    count = Count()
    for number in range(times):
        path = _register(folder, number)
        name = f"Skrivare {number}"
        with acknowledging(path, name) as (child, acknowledged):
            told = sum(
                1 for _ in zip(range(random.randint(1, LONGEST)), acknowledged, strict=False)
            )
            time.sleep(random.uniform(0, STEP))  # the moment is what is tried
            kill(child)
            told += sum(1 for _ in acknowledged)
        count.tried += 1
        count.lost += work.faults(path, name, told, told + 1)
    return count


def killed_crowds(folder: Path, times: int, random: Random) -> Count:
    """Kill five writers at once, while they wait for each other."""
    count = Count()
    for number in range(times):
        path = _register(folder, number)
        names = [f"Skrivare {number} {n}" for n in range(5)]
        pipes = [os.pipe() for _ in names]
        children = [
            start(partial(_write, path, n, p)) for n, (_, p) in zip(names, pipes, strict=True)
        ]
        for _, writer in pipes:
            os.close(writer)
        select.select([pipes[random.randrange(5)][0]], [], [])
        time.sleep(random.uniform(0, 10 * STEP))
        for child in random.sample(children, 5):
            kill(child)
        for name, (reader, _) in zip(names, pipes, strict=True):
            told = sum(1 for _ in _read(reader))
            os.close(reader)
            count.lost += work.faults(path, name, told, told + 1)
        count.tried += len(names)
    return count


def _register(folder: Path, number: int) -> Path:
    """Return the register of a try, a new one for every few: all of it is read each time."""
    place = folder / str(number // A_REGISTER)
    return place / NAME if place.exists() else work.make(place)


@contextmanager
def acknowledging(path: Path, name: str) -> Iterator[tuple[int, Iterator[bytes]]]:
    """Give a child that writes until it is killed, and a byte for each step it has done."""
    reader, writer = os.pipe()
    child = start(partial(_write, path, name, writer))
    os.close(writer)
    try:
        yield child, _read(reader)
    finally:
        os.close(reader)


def _read(reader: int) -> Iterator[bytes]:
    while byte := os.read(reader, 1):
        yield byte


def _write(path: Path, name: str, out: int) -> None:
    with work.opened(path, name) as register:
        writer = work.Writer(register, name)
        while True:
            writer.step()
            os.write(out, b".")


def crowd(folder: Path, times: int, random: Random) -> Count:
    """Have 15 processes save as fast as they can, all of them all the time."""
    return _crowd(folder, times, random, pause=0)


def busy_office(folder: Path, times: int, random: Random) -> Count:
    """Have 15 processes save a form every second or so, as people do who work fast."""
    return _crowd(folder, times, random, pause=BUSY)


def _crowd(folder: Path, times: int, random: Random, pause: float) -> Count:
    path, count = work.make(folder), Count()
    _write_one(path)  # so that what a program loads once is not measured
    names = [f"Skrivare {n}" for n in range(CROWD)]
    seeds = [random.random() for _ in names]
    children = [
        start(partial(_timed, path, name, times, pause * seed))
        for name, seed in zip(names, seeds, strict=True)
    ]
    failed = sum(status_of(child) != 0 for child in children)
    if failed:
        count.lost.append(f"{failed} processes failed")
    steps = times * work.STEPS
    taken = list[float]()
    for name in names:
        count.lost += work.faults(path, name, steps, steps)
        told = folder / f"{name}.json"
        taken += json.loads(told.read_text("ascii")) if told.exists() else []
    count.tried = CROWD * steps
    count.more = _times(taken) if len(taken) > 1 else {}
    return count


def _write_one(path: Path) -> None:
    with work.opened(path, "Först") as register:
        writer = work.Writer(register, "Först")
        for _ in range(work.STEPS):
            writer.step()


def _timed(path: Path, name: str, people: int, pause: float) -> None:
    """Write so many people, and note how long each step took, in seconds."""
    taken = list[float]()
    with work.opened(path, name) as register:
        writer = work.Writer(register, name)
        for _ in range(people * work.STEPS):
            time.sleep(pause)  # as a person's, so that not all write in the same moment
            began = time.monotonic()
            writer.step()
            taken.append(time.monotonic() - began)
    (path.parent / f"{name}.json").write_text(json.dumps(taken), encoding="ascii")


def _times(taken: list[float]) -> dict[str, object]:
    parts = quantiles(taken, n=20, method="inclusive")
    told = {"p50_ms": parts[9], "p95_ms": parts[18], "max_ms": max(taken)}
    return {name: round(1000 * seconds, 1) for name, seconds in told.items()}
