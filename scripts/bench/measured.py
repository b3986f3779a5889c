"""What the benchmarks share: figures of a series, the demo registers, the commands to time."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from pathlib import Path

# As scripts/start runs it: neither the current folder nor the environment decides which code runs.
ENTRY = (
    sys.executable,
    "-I",
    "-c",
    "import sys; from finsam_tui.cli import main; sys.exit(main())",
)
INSTALLED = str(Path(sys.executable).with_name("finsam"))


def environment(**extra: str) -> dict[str, str]:
    """Return the environment of a program to be timed: bytecode is kept, as once installed."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, **extra}


def figures(values: list[float]) -> dict[str, float]:
    """Return median, 95th percentile, spread and n, in the unit of the values."""
    if not values:
        return {"n": 0}
    ordered = sorted(values)
    return {
        "median": round(statistics.median(ordered), 2),
        "p95": round(ordered[int(0.95 * (len(ordered) - 1) + 0.5)], 2),
        "min": round(ordered[0], 2),
        "max": round(ordered[-1], 2),
        "n": len(ordered),
    }


def compared(ours: list[float], theirs: list[float], name: str) -> dict[str, object]:
    """Return the figures of finsam and of the program `name`, and the ratio of their medians."""
    told: dict[str, object] = {"finsam": figures(ours), name: figures(theirs)}
    if ours and theirs:
        told["ratio"] = round(statistics.median(ours) / statistics.median(theirs), 2)
    return told


def opened(path: Path, key: Path) -> list[str]:
    """Return the command that opens a register with its key file."""
    return [*ENTRY, "--db", str(path), "--key-file", str(key)]


def demo(path: Path, key: Path, size: int, years: int = 4) -> None:
    """Make a demo register of so many participants over so many years, and its key file."""
    made = ["demo", "--no-tui", "--size", str(size), "--years", str(years)]
    made += ["--keep", str(path), "--key-file", str(key)]
    subprocess.run([*ENTRY, *made], check=True, stdout=subprocess.DEVNULL, env=environment())
