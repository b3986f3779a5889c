"""The long run: every trial many times, one line of JSON each; the exit status is 1 for any loss.

scripts/soak [--times N] [--seed S] [TEST…]
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.conftest import PROJECT
from tests.faults import (
    clocks,
    disks,
    exports,
    harms,
    inputs,
    kills,
    places,
    power,
    reports,
    snapshots,
    terminals,
)
from tests.faults.trials import Count, Trial, Unavailable

BACKUPS = [f"tests/faults/test_backup_{name}.py" for name in ("kill", "flips", "places")]
OF_ONE = 4  # killed jobs that the gate tries, of which the long run is a multiple


def backups(folder: Path, times: int, random: Random) -> Count:
    """Run the tests of the nightly job's faults so many times as long as the gate does."""
    count, factor = Count(), max(1, times // OF_ONE)
    settings = {"FINSAM_FAULTS": str(factor), "FINSAM_SEED": str(random.randrange(1 << 30))}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-s",
        f"--basetemp={folder / 'pytest'}",
        *BACKUPS,
    ]
    ran = subprocess.run(
        command, cwd=PROJECT, env=os.environ | settings, capture_output=True, text=True, check=False
    )
    for what, tried, lost in re.findall(r"([\w ]+): (\d+) tried, (\d+) lost", ran.stdout):
        before = count.more.get(what, 0)
        count.more[what] = int(tried) + (before if isinstance(before, int) else 0)
        count.tried += int(tried)
        if lost != "0":
            count.lost.append(f"{what}: {lost}")
    if ran.returncode:
        count.lost.append(ran.stdout[-2000:])
    return count


class Planned(NamedTuple):
    """A trial, how often the gate tries it, and how often the long run."""

    trial: Trial
    gate: int
    long: int


TRIALS = {
    "killed_writers": Planned(kills.killed_writers, 4, 400),
    "killed_crowds": Planned(kills.killed_crowds, 1, 40),
    "crowd": Planned(kills.crowd, 2, 40),
    "copied_crowds": Planned(snapshots.copied_crowds, 2, 200),
    "power_full": Planned(power.with_full, 40, 2000),
    "power_normal": Planned(power.with_normal, 20, 400),
    "no_pages_left": Planned(disks.no_pages_left, 2, 100),
    "full_file_systems": Planned(disks.full_file_systems, 2, 60),
    "interrupted_exports": Planned(exports.interrupted, 12, 600),
    "harms": Planned(harms.harms, 2, 60),
    "hung_up_forms": Planned(terminals.hung_up_forms, 1, 40),
    "dropped_forms": Planned(terminals.dropped_forms, 1, 40),
    "hostile_fields": Planned(inputs.fields, 12, 1000),
    "hostile_cells": Planned(inputs.cells, 24, 1000),
    "hostile_reports": Planned(reports.reports, 24, 1000),
    "hostile_exports": Planned(exports.attacked, 24, 1000),
    "hostile_commands": Planned(places.commands, 24, 1000),
    "clock_and_copies": Planned(clocks.copies, 10, 200),
    "clock_and_saves": Planned(clocks.saves, 4, 100),
}
# What takes too long for the gate, or is in it by other names.
LONG = {
    "killed_forms": Planned(terminals.killed_forms, 0, 100),
    "hostile_screens": Planned(places.screens, 0, 1000),
    "busy_office": Planned(kills.busy_office, 0, 10),
    "backups": Planned(backups, 0, 40),
}


def main() -> int:
    """Run the trials that are named, or all, and tell of each as it ends."""
    every = TRIALS | LONG
    parser = argparse.ArgumentParser(prog="scripts/soak", description=__doc__)
    parser.add_argument("--times", type=int, help="tries of each, instead of its own number")
    parser.add_argument("--seed", type=int, default=1, help="another number makes other tries")
    parser.add_argument("test", nargs="*", metavar="TEST", help=", ".join(every))
    args = parser.parse_args()
    if unknown := set(args.test) - set(every):
        parser.error(f"there is no {', '.join(sorted(unknown))}")
    lost = 0
    for name in args.test or every:
        lost += _run(name, every[name].trial, args.times or every[name].long, args.seed)
    return 1 if lost else 0


def _run(name: str, trial: Trial, times: int, seed: int) -> int:
    """Run a trial, print its line and, on stderr, what was lost; return how much that was."""
    began = time.monotonic()
    told: dict[str, object] = {"test": name, "seed": seed}
    with tempfile.TemporaryDirectory(prefix="finsam-soak-") as folder:
        try:
            count = trial(Path(folder), times, seeded(name, seed))
            told |= {"tried": count.tried, "lost": len(count.lost), **count.more}
        except Unavailable as reason:
            count = Count()
            told |= {"tried": 0, "lost": 0, "skipped": str(reason)}
        except Exception as error:  # noqa: BLE001 - the others are to be run
            count = Count(lost=[repr(error)])
            told |= {"tried": 0, "lost": 1}
    told["seconds"] = round(time.monotonic() - began, 1)
    print(json.dumps(told, ensure_ascii=False), flush=True)  # noqa: T201 - its output
    for line in count.lost:
        print(f"{name}: {line}", file=sys.stderr, flush=True)  # noqa: T201 - as above
    return len(count.lost)


def seeded(name: str, seed: int) -> Random:
    """Return the chance that a trial goes by, the same for the same seed."""
    return Random(f"{name} {seed}")  # noqa: S311 - not for secrets


if __name__ == "__main__":
    sys.exit(main())
