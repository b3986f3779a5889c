"""`finsam restore`: a register out of a copy, verified before it takes anything's place."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from finsam_tui.commands._register import ask_secret, register_path, unlock
from finsam_tui.commands._signals import ended_by_signals
from finsam_tui.errors import UsageError
from finsam_tui.storage import age, files, keys, restore
from finsam_tui.text import number

if TYPE_CHECKING:
    import argparse

    from finsam_tui.commands._arguments import Parser
    from finsam_tui.storage.keys import Unlocked

_CODE_LIMIT = 1000  # bytes of a file with a recovery code


def configure(parser: Parser) -> None:
    """Add the copy, where the register is to be, and what opens it."""
    parser.add_argument("copy", type=Path, metavar="KOPIA", help="finsam-….db eller .tar.age")
    parser.add_argument(
        "--to", type=Path, metavar="FIL", help="där registret ska ligga (annars som --db)"
    )
    parser.add_argument(
        "--identity", type=Path, metavar="FIL", help="från age-keygen, för en kopia som .tar.age"
    )
    code = parser.add_mutually_exclusive_group()
    code.add_argument(
        "--recovery", action="store_true", help="lås upp med återställningskoden, som efterfrågas"
    )
    code.add_argument(
        "--recovery-file", type=Path, metavar="FIL", help="lås upp med koden i en fil, för skript"
    )


def run(args: argparse.Namespace) -> int:
    """Restore and tell what lies where; raises as `restore.restore` does, with nothing changed."""
    to = args.to.expanduser() if args.to else register_path(args)
    copy = args.copy.expanduser().absolute()
    if args.key_file and (args.recovery or args.recovery_file):
        raise UsageError("--key-file går inte ihop med en återställningskod; ange det ena.")
    by = age.identities(args.identity) if args.identity else []

    def opened(path: Path) -> Unlocked:
        return _unlock(args, path)

    with ended_by_signals():
        done = restore.restore(copy, to, opened, datetime.now(UTC), identities=by)
    told, doubts = done.manifest, done.manifest.doubts
    made = datetime.fromisoformat(told.made).astimezone()
    print(f"Registret i {to} är kopian från {made:%Y-%m-%d %H:%M}, läst och hel.")
    print(f"Deltagare: {number(told.counts.get('participant', 0))}.")
    if done.kept:
        print(f"Det som låg där finns kvar som {done.kept}; ta bort det när allt stämmer.")
    if doubts:
        print(
            f"finsam: kopian gjordes med frågetecken ({', '.join(doubts)}); kör finsam kontroll.",
            file=sys.stderr,
        )
    return int(bool(doubts))


def _unlock(args: argparse.Namespace, path: Path) -> Unlocked:
    """Open a slot of the copy, with what the options name or with what is answered."""
    if args.recovery_file:
        raw = files.read_private(args.recovery_file, _CODE_LIMIT)
        return keys.unlock_recovery(path, raw.decode("ascii", "replace").strip())
    if args.recovery:
        return keys.unlock_recovery(path, ask_secret("Återställningskod: ", "--recovery-file FIL"))
    return unlock(path, args.key_file)
