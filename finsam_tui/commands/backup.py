"""`finsam backup`: a verified copy of the register, and for monitoring how old the last one is.

Every run ends with one line of JSON on stdout; what somebody has to do is said on stderr. The exit
status is 1 when a copy was made but something speaks against letting older ones go.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from finsam_tui.commands._register import register_path, unlock
from finsam_tui.commands._signals import ended_by_signals
from finsam_tui.crash import explain
from finsam_tui.domain.copies import DRIFT
from finsam_tui.errors import CopyError, UsageError
from finsam_tui.storage import backup, last_copy, place
from finsam_tui.text import number, safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyrage.x25519 import Recipient

    from finsam_tui.commands._arguments import Parser
    from finsam_tui.storage.backup import Done

_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
_ENOUGH = 2  # recipients: one identity can be lost

# The kind of a doubt → what is told of it; a kind names what it is about after a colon.
_DOUBTS = {
    "clock": "en kopia är från framtiden; rätta klockan, eller flytta undan kopian",
    "shrunk": "tabellen {0} har mist över en femtedel av sina rader; är det meningen, kör om med "
    "--allow-shrink",
    "broken": "tabellen {0} har rader som hör till något som inte finns; se finsam kontroll",
    "unaudited": "spårningen {0} saknas i registret; se finsam kontroll",
}


def configure(parser: Parser) -> None:
    """Add where copies lie, for whom they are wrapped, and what monitoring asks."""
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        metavar="KATALOG",
        help="där kopiorna ligger (annars där den senaste lades)",
    )
    parser.add_argument(
        "--recipient",
        action="append",
        default=[],
        metavar="AGE",
        help="publik nyckel från age-keygen, som kopian ska gå att läsa med; ange minst två",
    )
    parser.add_argument(
        "--recipients-file", type=Path, metavar="FIL", help="publika nycklar, en på varje rad"
    )
    parser.add_argument(
        "--allow-shrink", action="store_true", help="det är meningen att rader är borta"
    )
    parser.add_argument(
        "--status", action="store_true", help="gör ingen kopia, säg hur gammal den senaste är"
    )
    parser.add_argument(
        "--max-age",
        type=_age,
        default=timedelta(hours=26),
        metavar="TID",
        help="hur gammal den får vara, som 26h (det vanliga), 90m eller 2d",
    )


def run(args: argparse.Namespace) -> int:
    """Make a copy, or tell of the last one; raises as those do, when it has told."""
    register = register_path(args)
    last = last_copy.read(register)
    folder = args.folder or (last and last.folder)
    if folder is None:
        raise UsageError("ange katalogen där kopiorna ska ligga.")
    folder = folder.expanduser().absolute()
    try:
        if args.status:
            return _status(folder, args.max_age)
        with ended_by_signals():
            return _back_up(args, register, folder)
    except Exception as error:
        reason, status = explain(error)
        _print({"result": "failed", "status": status, "reason": reason})
        raise


def _back_up(args: argparse.Namespace, register: Path, folder: Path) -> int:
    to = _recipients(args)
    place.check_register(register)  # before a passphrase is asked for in vain
    unlocked = unlock(register, args.key_file)
    started = time.monotonic()
    try:
        order = backup.Order(folder, to, args.allow_shrink)
        done = backup.back_up(register, unlocked, order, datetime.now(UTC))
    finally:
        unlocked.wipe()
    warnings = list(_warnings(done))
    _print(
        {
            "result": "look" if warnings else "done",
            "status": int(bool(warnings)),
            "copy": str(done.path),
            "made": done.manifest.made,
            "bytes": done.manifest.copy.bytes,
            "sha256": done.manifest.copy.sha256,
            "rows": sum(done.manifest.contents.counts.values()),
            "recipients": len(to),
            "removed": list(done.removed),
            "doubts": list(done.manifest.doubts),
            "odd": list(done.odd),
            "astray": done.astray,
            "seconds": round(time.monotonic() - started, 2),
        }
    )
    if to and len(to) < _ENOUGH:
        _warn("kopian har bara en mottagare, och är borta med den; ange minst två.")
    for warning in warnings:
        _warn(warning)
    return int(bool(warnings))


def _recipients(args: argparse.Namespace) -> list[Recipient]:
    keys = list(_public_keys(args))
    if not keys:
        return []
    from finsam_tui.storage import age

    return age.recipients(keys)


def _public_keys(args: argparse.Namespace) -> Iterator[str]:
    yield from args.recipient
    if args.recipients_file:
        try:
            lines = args.recipients_file.read_text("utf-8", "replace").splitlines()
        except OSError as error:
            raise UsageError(f"{args.recipients_file} går inte att läsa.") from error
        yield from (line.strip() for line in lines if line.strip() and line[0] != "#")


def _warnings(done: Done) -> Iterator[str]:
    for doubt in done.manifest.doubts:
        kind, _, what = doubt.partition(":")
        yield f"{_DOUBTS[kind].format(what)}. Kopian är gjord, men inga äldre togs bort."
    if done.astray:
        yield (
            f"den förra kopian lades i {done.path.parent}, men där finns den inte; är rätt disk "
            "ansluten? Kopian är gjord."
        )
    if done.odd:
        odd = ", ".join(done.odd)
        yield f"det ligger kopior i katalogen som inte är hela: {odd}; flytta undan dem."


def _status(folder: Path, max_age: timedelta) -> int:
    """Tell of the newest whole copy, in words only where there is none, or none fresh enough."""
    there = folder.is_dir()
    last = backup.latest(folder) if there else None
    if last is None:
        _print({"result": "none", "status": CopyError.exit_code, "folder": str(folder)})
        _warn(
            f"det finns ingen hel kopia i {folder}; kör finsam backup."
            if there
            else f"det går inte att nå {folder}; är disken ansluten?"
        )
        return CopyError.exit_code
    old = datetime.now(UTC) - last.made
    wrong = _wrong(old, max_age)
    status = CopyError.exit_code if wrong else 0
    told: dict[str, Any] = {
        "result": "old" if wrong else "fresh",
        "status": status,
        "copy": str(last.path),
        "made": last.made.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "age_hours": _hours(old),
        "max_age_hours": _hours(max_age),
        "doubts": list(map(safe, last.manifest.doubts)) if last.manifest else [],
    }
    _print(told)
    if wrong:
        _warn(f"den senaste hela kopian är {wrong}.")
    return status


def _wrong(old: timedelta, max_age: timedelta) -> str:
    """Return what is wrong with a copy being so old, and what to do; "" if nothing is."""
    if old < -DRIFT:
        return "från framtiden; rätta klockan, eller flytta undan kopian"
    if old > max_age:
        return f"{number(_hours(old))} timmar gammal; se varför säkerhetskopieringen inte har gått"
    return ""


def _hours(age: timedelta) -> float:
    return round(age.total_seconds() / 3600, 1)


def _age(text: str) -> timedelta:
    match = re.fullmatch(r"([1-9]\d{0,3})([mhd])", text)
    if not match:
        raise argparse.ArgumentTypeError("ska skrivas som 26h, 90m eller 2d")
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


def _print(told: dict[str, Any]) -> None:
    print(json.dumps(told, ensure_ascii=False), flush=True)


def _warn(text: str) -> None:
    print(f"finsam: {text}", file=sys.stderr)
