"""`finsam demo`: a made-up association to look at, gone on exit unless it is kept.

Nothing of it is left after Ctrl+C, a closed terminal or a `kill`; after `kill -9` the folder is,
encrypted with a key that nobody has.
"""

from __future__ import annotations

import argparse
import secrets
import sys
import tempfile
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from finsam_tui.commands._signals import ended_by_signals
from finsam_tui.demo.association import YEARS
from finsam_tui.demo.build import SEED, SIZE, build
from finsam_tui.errors import UsageError
from finsam_tui.storage import key_file, keys
from finsam_tui.storage.opening import create_register
from finsam_tui.storage.register import Register
from finsam_tui.text import number

if TYPE_CHECKING:
    from collections.abc import Callable

    from finsam_tui.commands._arguments import Parser

USER = "demo"  # the association's coordinator: see the slot in association.toml
LARGEST = 1_000_000
MOST_YEARS = 20


def configure(parser: Parser) -> None:
    """Add how large it is, and whether it is kept."""
    parser.add_argument(
        "--size", type=_size, default=SIZE, metavar="ANTAL", help=f"deltagare (annars {SIZE})"
    )
    parser.add_argument(
        "--seed", type=int, default=SEED, metavar="TAL", help="ett annat tal ger andra personer"
    )
    parser.add_argument(
        "--years",
        type=_years,
        default=YEARS,
        metavar="ANTAL",
        help=f"hur många år förbundet har funnits (annars {YEARS})",
    )
    parser.add_argument(
        "--keep",
        type=Path,
        metavar="FIL",
        help="behåll registret här; --key-file är då nyckelfilen som görs till det",
    )
    parser.add_argument("--no-tui", action="store_true", help="bygg bara registret, öppna det inte")


def run(args: argparse.Namespace) -> int:
    """Build it, open it and, unless it is kept, remove it; raises UsageError for odd options."""
    if bool(args.keep) != bool(args.key_file):
        raise UsageError("--keep och --key-file hör ihop: registret och nyckeln till det.")
    if not args.no_tui and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("ingen terminal att visa demon i; ange --no-tui för att bara bygga den.")
    with ended_by_signals():
        if args.keep:
            return _kept(args)
        with tempfile.TemporaryDirectory(prefix="finsam-demo-") as folder:
            return _passing(args, Path(folder).resolve() / "demo.db")


def _size(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:9]) <= LARGEST):
        raise argparse.ArgumentTypeError(f"ska vara ett antal från 1 till {number(LARGEST)}")
    return int(text)


def _years(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and YEARS <= int(text[:9]) <= MOST_YEARS):
        raise argparse.ArgumentTypeError(f"ska vara ett antal från {YEARS} till {MOST_YEARS}")
    return int(text)


def _passing(args: argparse.Namespace, path: Path) -> int:
    """Use a register with a key that nobody is told; the folder is removed by the caller."""
    raw_key = secrets.token_bytes(keys.RAW_BYTES)
    with Register.create(path, user=USER, raw_key=raw_key) as register:
        _fill(register, args)
        if args.no_tui:
            print(f"Demon med {number(args.size)} deltagare gick att bygga, och är borttagen.")
            return 0
        # There is no passphrase, so any will do after the screen has been locked.
        return _show(register, lambda _: partial(Register.open, path, user=USER, raw_key=raw_key))


def _kept(args: argparse.Namespace) -> int:
    """Use a register that stays, with its key file; neither is left where making it fails."""
    path, own_key = args.keep.expanduser().resolve(), Path(args.key_file).expanduser()
    ring = keys.Ring.new()
    ring.add_service(USER, own_key)
    ring.add_recovery()  # no register is without; nobody is told the code, for none is needed
    with create_register(path, ring, USER) as register:
        try:
            _fill(register, args)
        except BaseException:
            register.close()
            ring.undo()
            _remove(path)
            raise
        if args.no_tui:
            print(f"Demon med {number(args.size)} deltagare finns i {path}.")
            print(f"Öppna den med: finsam --db {path} --key-file {own_key}")
            return 0
        return _show(register, lambda _: lambda: _reopened(path, own_key))


def _fill(register: Register, args: argparse.Namespace) -> None:
    now = datetime.now().replace(second=0, microsecond=0)  # noqa: DTZ005 - as the team's clock
    build(register, now=now, size=args.size, seed=args.seed, years=args.years)


def _show(register: Register, unlock: Callable[[str], Callable[[], Register]]) -> int:
    from finsam_tui.tui.app import FinsamApp, run

    app = FinsamApp(register, path=str(register.path), unlock=unlock)
    app.by_enter = True
    with ended_by_signals(app.hang_up):
        return run(app)


def _reopened(path: Path, own_key: Path) -> Register:
    from finsam_tui.storage.opening import open_register

    unlocked = keys.unlock_key_file(path, own_key)
    try:
        return open_register(path, unlocked)
    finally:
        unlocked.wipe()


def _remove(path: Path) -> None:
    key_file.path_of(path).unlink(missing_ok=True)
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
