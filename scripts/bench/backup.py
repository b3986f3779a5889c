"""Measures a verified `finsam backup` next to `cp` and fsync of the same register; prints JSON.

`finsam` is the whole command, with starting, unlocking and rotation; `seconds` what it tells of the
job alone; `age` is the command for two recipients. `hmac` is what one keyed digest of every page
takes in C, the least that a look at whether encrypted pages are as written can cost: SQLCipher does
it for the copy three times. The programs take turns, since only ratios
within a run mean anything; the load of the machine before and after is told.

Run from the development environment: python scripts/bench/backup.py [--size N] [--runs N]
"""

from __future__ import annotations

import argparse
import hmac
import json
import os
import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

from measured import demo, environment, figures, opened
from pyrage.x25519 import Identity

PAGE = 8192


def copied(path: Path, target: Path) -> float:
    """Return how many seconds a plain copy takes until it is on the disk."""
    target.unlink(missing_ok=True)
    started = time.perf_counter()
    shutil.copyfile(path, target)
    handle = os.open(target, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)
    return time.perf_counter() - started


def digested(path: Path) -> float:
    """Return how many seconds a keyed digest of every page takes."""
    content = path.read_bytes()
    pages = [content[place : place + PAGE] for place in range(0, len(content), PAGE)]
    started = time.perf_counter()
    for page in pages:
        hmac.digest(b"k" * 32, page, "sha256")
    return time.perf_counter() - started


def backed_up(command: list[str]) -> tuple[float, float]:
    """Return the seconds of a command, and those that it tells of the job."""
    started = time.perf_counter()
    done = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment()
    )
    return time.perf_counter() - started, float(json.loads(done.stdout)["seconds"])


def compared(taken: list[float], base: list[float]) -> dict[str, float]:
    """Return the figures of a series, with the ratio of its median to that of plain copies."""
    return {"ratio": round(statistics.median(taken) / statistics.median(base), 2), **figures(taken)}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=24_000, help="participants: about 100 MB")
    parser.add_argument("--runs", type=int, default=9)
    args = parser.parse_args()
    to = [f"--recipient={Identity.generate().to_public()}" for _ in range(2)]
    found: dict[str, list[float]] = {"cp + fsync": [], "finsam": [], "seconds": []}
    found |= {"age": [], "hmac": []}
    load = [os.getloadavg()[0]]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path, key = folder / "register.db", folder / "key"
        demo(path, key, args.size)
        size = path.stat().st_size
        command = [*opened(path, key), "backup", str(folder / "copies")]
        backed_up(command)  # to warm up
        for _ in range(args.runs):
            found["cp + fsync"].append(copied(path, folder / "plain"))
            taken, job = backed_up(command)
            found["finsam"].append(taken)
            found["seconds"].append(job)
            found["age"].append(backed_up([*command, *to])[0])
            found["hmac"].append(digested(path))
    load.append(os.getloadavg()[0])
    base = found["cp + fsync"]
    told = {what: compared(taken, base) for what, taken in found.items()}
    print(json.dumps({"megabytes": size // 1_000_000, "load": load, "unit": "s", **told}, indent=1))


if __name__ == "__main__":
    main()
