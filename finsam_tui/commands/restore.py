"""`finsam restore`: a register out of a copy, verified before it takes anything's place."""

from __future__ import annotations

import sys
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from finsam_tui.commands._register import ask_opening, ask_passphrase, register_path, unlock
from finsam_tui.commands._signals import ended_by_signals
from finsam_tui.errors import UsageError
from finsam_tui.storage import age, files, keys, restore
from finsam_tui.storage.process import forget
from finsam_tui.text import number, safe

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from finsam_tui.commands._arguments import Parser
    from finsam_tui.storage.keys import Unlocked
    from finsam_tui.storage.restore import Restored

_CODE_LIMIT = 1000  # bytes of a file with a recovery code
# The kind of a doubt, as `finsam backup` tells of it → what was so then.
_DOUBTS = {
    "clock": "klockan gick fel",
    "shrunk": "tabellen {0} hade mist rader",
    "broken": "tabellen {0} hade brutna kopplingar",
    "unaudited": "spårningen {0} saknades",
}


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

    opener = _Opener(args)
    with ended_by_signals(), closing(opener):
        done = restore.restore(copy, to, opener.unlock, datetime.now(UTC), identities=by)
    told = done.manifest
    made = datetime.fromisoformat(told.made).astimezone()
    print(f"Registret i {to} är kopian från {made:%Y-%m-%d %H:%M}, läst och hel.")
    print(f"Deltagare i kopian: {number(told.contents.counts.get('participant', 0))}.")
    if done.erased:
        print(f"Gallrade sedan dess, och därför borta igen: {number(done.erased)}.")
    if done.kept:
        print(f"Det som låg där finns kvar som {done.kept}; ta bort det när allt stämmer.")
    warnings = list(_warnings(done))
    for warning in warnings:
        print(f"finsam: {warning}", file=sys.stderr)
    return int(bool(warnings))


def _warnings(done: Restored) -> Iterator[str]:
    if done.manifest.doubts:
        doubts = ", ".join(map(_doubted, done.manifest.doubts))
        yield f"när kopian gjordes fanns frågetecken: {doubts}; kör finsam kontroll."
    if done.another:
        yield "det som låg där var ett annat register än kopians; se efter att kopian är rätt."
    for path in done.unread:
        yield f"vad som gallrats sedan kopian gick inte att läsa i {path}; kör finsam gallra."


def _doubted(doubt: str) -> str:
    kind, _, what = doubt.partition(":")
    return safe(_DOUBTS[kind].format(what) if kind in _DOUBTS else doubt)


class _Opener:
    """Opens key slots with what the options name or with what is answered, asked for once."""

    def __init__(self, args: argparse.Namespace) -> None:
        self._args = args
        self._secret = ""

    def unlock(self, path: Path) -> Unlocked:
        """Open a slot of the register or copy at a path; raises as the functions of `keys`."""
        if self._args.key_file:
            return unlock(path, self._args.key_file)
        by_code = self._args.recovery or self._args.recovery_file
        opens = partial(keys.unlock_recovery if by_code else keys.unlock_passphrase, path)
        if self._args.recovery_file and not self._secret:
            raw = files.read_private(self._args.recovery_file, _CODE_LIMIT)
            self._secret = raw.decode("ascii", "replace").strip()
        if self._secret:
            return opens(self._secret)
        if by_code:
            code = "Återställningskod: ", "--recovery-file FIL"
            self._secret, unlocked = ask_opening(*code, opens)
        else:
            self._secret, unlocked = ask_passphrase(opens)
        return unlocked

    def close(self) -> None:
        """Forget what was answered."""
        forget(self._secret)
