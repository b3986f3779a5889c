"""Measures `finsam --version`, from the checkout and as installed, and prints JSON.

Next to `python -c pass`, the programs taking turns in one run, since only ratios within a run mean
anything. Run from the development environment: python scripts/bench/start.py [--runs N]
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time

from measured import ENTRY, INSTALLED, environment, figures

BARE = "python -c pass"
COMMANDS = {
    BARE: (sys.executable, "-c", "pass"),
    "entry": (*ENTRY, "--version"),
    "installed": (INSTALLED, "--version"),
}


def milliseconds(command: tuple[str, ...]) -> float:
    """Return how long a command takes from start to end."""
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment())
    return (time.perf_counter() - started) * 1000


def main() -> None:
    """Run all in turn, after one turn to warm up, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=41, help="runs of each command")
    runs = parser.parse_args().runs
    turns = [{name: milliseconds(c) for name, c in COMMANDS.items()} for _ in range(runs + 1)][1:]
    times = {name: [turn[name] for turn in turns] for name in COMMANDS}
    bare = statistics.median(times[BARE])
    told = {
        name: {"ratio": round(statistics.median(taken) / bare, 2), **figures(taken)}
        for name, taken in times.items()
    }
    print(json.dumps({"unit": "ms", **told}, indent=1))


if __name__ == "__main__":
    main()
