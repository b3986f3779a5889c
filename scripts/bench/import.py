"""Measures `finsam import` of one big file next to `sqlite3 .import` of the same, and prints JSON.

`sqlite3` reads the file into a bare table of text, in clear. finsam checks every cell and rule,
looks up what each row belongs to, and writes it to an encrypted register with all its keys and
indexes; a row of `lägen` is at least three rows there. Then the same file is imported once more,
which changes nothing. The two programs take turns, since only ratios within a run mean anything.

Run from the development environment: python scripts/bench/import.py [--rows N] [--runs N]
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FINSAM = [sys.executable, "-m", "finsam_tui"]
FIRST = date(2005, 1, 1)
STEPS = ("Introduktion", "Kom i gång", "Kom i jobb", "")
LIVELIHOODS = ("lön", "a-kassa", "aktivitetsstöd|försörjningsstöd", "sjukersättning")
OCCUPATIONS = ("ingen", "studier", "studier:50", "aktivt arbetssökande")
PARTIES = ("Försäkringskassan", "Arbetsförmedlingen", "Endast regionen", "")
TABLES = ("lägen", "deltagare", "resultat")


def write(path: Path, heading: str, rows: Iterable[Iterable[object]]) -> None:
    """Write a file of the exchange format."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(heading.split())
        writer.writerows(rows)


def people(count: int) -> Iterator[tuple[object, ...]]:
    """Yield rows of deltagare."""
    for n in range(count):
        born = date(1960, 1, 1) + timedelta(days=n % 16_000)
        sex = ("kvinna", "man")[n % 2]
        names = (f"Åsa{n % 977}", f"Öberg{n % 9_973}")
        yield (f"D{n:07}", "person", *names, born, sex, "Kumla", f"070-17406{5 + n % 95:02}", "nej")


def states(count: int) -> Iterator[tuple[object, ...]]:
    """Yield rows of lägen, four for each enrolment."""
    occasions = (("start", 0), ("månad", 60), ("avslut", 300), ("6", 480))
    for n in range(count):
        enrolment, place = divmod(n, 4)
        occasion, days = occasions[place]
        day = FIRST + timedelta(days=enrolment % 4_000 + days)
        pick = (enrolment * 7 + place * 3) % 4
        yield (
            *(f"I{enrolment:07}", occasion, day, STEPS[pick], LIVELIHOODS[pick - 1]),
            *(OCCUPATIONS[pick - 2], PARTIES[pick - 3], n % 41),
        )


def put_files(folder: Path, name: str, rows: int) -> list[Path]:
    """Write the table `name` with that many rows; return the files that it builds upon."""
    write(folder / "kommuner.csv", "kod namn", [("1881", "Kumla")])
    write(folder / "insatser.csv", "insats_id namn typ", [("SAM", "Samordningsteamet", "individ")])
    needed = [folder / "kommuner.csv", folder / "insatser.csv"]
    owners = rows // 4 + 1
    heading = "deltagare_id registrering förnamn efternamn födelsedatum kön kommun telefon tolk"
    write(folder / "deltagare.csv", heading, people(rows if name == "deltagare" else owners))
    if name == "deltagare":
        return needed
    write(
        folder / "inskrivningar.csv",
        "inskrivning_id deltagare_id insats_id start slut",
        (
            (f"I{n:07}", f"D{n:07}", "SAM", start, start + timedelta(days=300))
            for n in range(owners)
            for start in [FIRST + timedelta(days=n % 4_000)]
        ),
    )
    if name == "lägen":
        heading = "inskrivning_id tillfälle datum steg försörjning sysselsättning"
        write(folder / "lägen.csv", f"{heading} ansvarig_part timmar", states(rows))
    else:
        results = ("studier", "anställning", "flytt", "KAA")
        found = ((f"I{n // 4:07}", results[n % 4]) for n in range(rows))
        write(folder / "resultat.csv", "inskrivning_id resultat", found)
    return [*needed, folder / "deltagare.csv", folder / "inskrivningar.csv"]


class Register:
    """A register to import into, and the state it goes back to before every run."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "register.db"
        self._key = folder / "key"
        self._kept = folder / "kept"
        made = ("init", "--no-input", "--association", "Mätning", "--db", self.path)
        keys = ("--key-file", self._key, "--recovery-file", folder / "recovery")
        command = [*FINSAM, *map(str, (*made, *keys))]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    def keep(self) -> None:
        """Remember what is in the register now."""
        shutil.copyfile(self.path, self._kept)

    def restore(self) -> None:
        """Go back to what was kept."""
        for suffix in ("-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        shutil.copyfile(self._kept, self.path)

    def command(self, *files: Path) -> list[str]:
        """Return the command that imports files."""
        options = ("--db", str(self.path), "--key-file", str(self._key))
        return [*FINSAM, "import", *options, *map(str, files)]


def run(command: list[str]) -> tuple[float, float]:
    """Run a command; return its seconds and its peak of resident memory in MB."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    unit = 1 if sys.platform == "darwin" else 1024
    return time.perf_counter() - started, usage.ru_maxrss * unit / 1_000_000


def bare(folder: Path, path: Path) -> list[str] | None:
    """Return the command with which `sqlite3` imports a file, if it is there."""
    program = shutil.which("sqlite3")
    if program is None:
        return None
    (folder / "bare.db").unlink(missing_ok=True)
    settings = ("-cmd", ".mode csv", "-cmd", ".separator ;")
    return [program, str(folder / "bare.db"), *settings, f".import '{path}' t"]


def figures(taken: list[tuple[float, float]], base: list[float]) -> dict[str, object]:
    """Return the figures of one program, its ratio that of the medians."""
    times = [seconds for seconds, _ in taken]
    return {
        "ratio": round(statistics.median(times) / statistics.median(base), 2) if base else None,
        "median": round(statistics.median(times), 2),
        "min": round(min(times), 2),
        "max": round(max(times), 2),
        "peak_mb": round(max(megabytes for _, megabytes in taken)),
        "n": len(taken),
    }


def measure(folder: Path, name: str, rows: int, runs: int) -> dict[str, object]:
    """Import one big file `runs` times, in turn with `sqlite3`; return all figures."""
    needed = put_files(folder, name, rows)
    register = Register(folder)
    run(register.command(*needed))
    register.keep()
    path = folder / f"{name}.csv"
    found: dict[str, list[tuple[float, float]]] = {"sqlite3": [], "first": [], "again": []}
    for _ in range(runs):
        register.restore()
        command = bare(folder, path)
        if command:
            found["sqlite3"].append(run(command))
        found["first"].append(run(register.command(path)))
        found["again"].append(run(register.command(path)))
    base = [seconds for seconds, _ in found["sqlite3"]]
    return {what: figures(taken, base) for what, taken in found.items() if taken}


def main() -> None:
    """Measure every table and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=700_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--table", choices=TABLES, action="append")
    args = parser.parse_args()
    found: dict[str, object] = {"rows": args.rows, "unit": "s"}
    for name in args.table or TABLES:
        with tempfile.TemporaryDirectory() as made:
            folder = Path(made)
            found[name] = measure(folder, name, args.rows, args.runs)
    print(json.dumps(found, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
