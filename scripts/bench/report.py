"""Measures `finsam rapport` as a process of its own, next to `python -c pass`, and prints JSON.

The overview of all programmes this year, of a demo register: as text, as JSON, and as text for an
association a twentieth the size, which is what starting and unlocking take. The programs take turns
in one run, since only ratios within a run mean anything. Bytecode is kept, as once installed.

Run from the development environment: python scripts/bench/report.py [--size N] [--runs N]
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FINSAM = [sys.executable, "-m", "finsam_tui"]
BARE = "python -c pass"


def register(folder: Path, size: int) -> list[str]:
    """Make a demo register of `size` participants; return the options that open it."""
    path, key = str(folder / f"{size}.db"), str(folder / f"{size}.key")
    made = ["demo", "--no-tui", "--size", str(size), "--keep", path, "--key-file", key]
    subprocess.run([*FINSAM, *made], check=True, stdout=subprocess.DEVNULL)
    return ["--db", path, "--key-file", key]


def milliseconds(command: list[str], env: dict[str, str]) -> float:
    """Return how long a command takes from start to end."""
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=env)
    return (time.perf_counter() - started) * 1000


def figures(times: list[float], bare: list[float]) -> dict[str, float]:
    """Return the figures of one command, its ratio that of the medians."""
    return {
        "ratio": round(statistics.median(times) / statistics.median(bare), 2),
        "median": round(statistics.median(times), 1),
        "min": round(min(times), 1),
        "max": round(max(times), 1),
        "n": len(times),
    }


def measure(commands: dict[str, list[str]], runs: int, folder: Path) -> dict[str, list[float]]:
    """Run all commands in turn, `runs` times after one to warm up; return their times."""
    env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    env["PYTHONPYCACHEPREFIX"] = str(folder / "bytecode")
    times: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(runs + 1):
        for name, command in commands.items():
            taken = milliseconds(command, env)
            if turn:
                times[name].append(taken)
    return times


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=4_000, help="participants")
    parser.add_argument("--runs", type=int, default=21, help="runs of each command")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o700)
        large, small = register(folder, args.size), register(folder, args.size // 20)
        commands = {
            BARE: [sys.executable, "-c", "pass"],
            "text": [*FINSAM, "rapport", *large],
            "json": [*FINSAM, "rapport", "--format", "json", *large],
            "small": [*FINSAM, "rapport", *small],
        }
        times = measure(commands, args.runs, folder)
    told = {name: figures(taken, times[BARE]) for name, taken in times.items()}
    print(json.dumps({"participants": args.size, "unit": "ms", **told}, indent=1))


if __name__ == "__main__":
    main()
