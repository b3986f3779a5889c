"""Measures every section and report of a year of a register the size of Sweden, and prints JSON.

The register is the demo with 700 000 participants over 20 years, made once in FOLDER: that takes
ten minutes and 4 GB. A section is made over a connection of its own, so nothing is left of the one
before but what the machine keeps of the file. Whole reports are processes of their own, from start
to printed JSON, with their peak of memory. So is the annual report of an association of 4 000, in
turn with `python -c pass`. Beside each stands its goal and whether it is met.

Run from the development environment:
python scripts/bench/reports.py FOLDER [--year Y] [--runs N] [--only REPORT] [--size N]
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from measured import compared, demo, environment, figures, opened

from finsam_tui import report
from finsam_tui.domain.periods import Period
from finsam_tui.report.catalogue import REPORTS
from finsam_tui.storage import keys, opening

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

SIZE, YEARS = 700_000, 20
SMALL, SMALL_YEARS = 4_000, 4
TODAY = date.today()  # noqa: DTZ011 - dates are local, as the team writes them

# Goals: of medians in milliseconds, and of peaks in MB.
SECTION, WHOLE, MEMORY, ASSOCIATION = 500, 10_000, 200, 2_000

Run = tuple[float, float]  # milliseconds and the peak of resident memory in MB


def register(folder: Path, size: int, years: int) -> tuple[Path, Path]:
    """Return a demo register of so many people over so many years, and its key; made if need be."""
    path, key = folder / f"{size}.db", folder / f"{size}.key"
    if not path.exists():
        demo(path, key, size, years)
    return path, key


def sections(
    path: Path, key: Path, year: int, wanted: Collection[str], runs: int
) -> Iterator[tuple[str, list[float]]]:
    """Yield each section as REPORT/SECTION with the milliseconds that making it took, each run."""
    unlocked = keys.unlock_key_file(path, key)
    for name in wanted:
        for section in REPORTS[name].ids:
            taken = []
            for _ in range(runs):
                with opening.open_register(path, unlocked) as source:
                    started = time.perf_counter()
                    report.build(source, name, Period.year(year), today=TODAY, sections=[section])
                    taken.append((time.perf_counter() - started) * 1000)
            yield f"{name}/{section}", taken


def run(command: list[str]) -> Run:
    """Run a command and return what it took."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment())
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    unit = 1 if sys.platform == "darwin" else 1024
    return (time.perf_counter() - started) * 1000, usage.ru_maxrss * unit / 1_000_000


def command(path: Path, key: Path, name: str, year: int) -> list[str]:
    """Return the command that prints a report as JSON."""
    return [*opened(path, key), "rapport", name, "--year", str(year), "--format", "json"]


def told(taken: list[float], goal: float) -> dict[str, object]:
    """Return the figures of a series of milliseconds, and whether their median is within a goal."""
    found = figures(taken)
    return {**found, "goal": goal, "met": found["median"] <= goal}


def processes(runs: list[Run], goal: float) -> dict[str, object]:
    """Return the same of processes, with the highest of their peaks of memory."""
    peak = round(max(megabytes for _, megabytes in runs))
    found = told([milliseconds for milliseconds, _ in runs], goal)
    return {**found, "peak_mb": peak, "memory_met": peak <= MEMORY}


def association(folder: Path, year: int, runs: int) -> dict[str, object]:
    """Return the figures of a whole annual report, in turn with a Python that does nothing."""
    ours = command(*register(folder, SMALL, SMALL_YEARS), "arsrapport", year)
    bare = [sys.executable, "-c", "pass"]
    turns = [(run(ours), run(bare)) for _ in range(runs + 1)][1:]  # the first warms up
    whole, base = ([run[0] for run in series] for series in zip(*turns, strict=True))
    ratios = compared(whole, base, "python -c pass")
    return {**ratios, "finsam": processes([one for one, _ in turns], ASSOCIATION)}


def main() -> None:
    """Measure all and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where the registers are, or are to be")
    parser.add_argument("--year", type=int, default=TODAY.year - 1)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", choices=tuple(REPORTS), action="append")
    parser.add_argument("--size", type=int, default=SIZE, help="participants")
    args = parser.parse_args()
    args.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path, key = register(args.folder, args.size, YEARS)
    wanted = args.only or tuple(REPORTS)
    # The processes first: as one begins it counts the memory of this one as its own.
    whole = {
        name: [run(command(path, key, name, args.year)) for _ in range(args.runs)]
        for name in wanted
    }
    found = {
        "participants": args.size,
        "year": args.year,
        "load": round(os.getloadavg()[0], 1),
        "unit": "ms",
        "association": association(args.folder, args.year, args.runs),
        "reports": {name: processes(runs, WHOLE) for name, runs in whole.items()},
        "sections": {
            name: told(taken, SECTION)
            for name, taken in sections(path, key, args.year, wanted, args.runs)
        },
    }
    print(json.dumps(found, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
