"""`finsam nyckel`: who can open the register, and how to give, take back and renew the keys."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from finsam_tui.commands._register import (
    ask_opening,
    ask_passphrase,
    ask_secret,
    register_path,
)
from finsam_tui.errors import InputError, UsageError
from finsam_tui.storage import attempts, keys, opening, place, rotation, staff_keys
from finsam_tui.storage.founding import add_paper
from finsam_tui.text import safe

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

    from finsam_tui.commands._arguments import Parser
    from finsam_tui.storage.keys import Ring, Unlocked
    from finsam_tui.storage.register import Register
    from finsam_tui.storage.slots import Kind, Slot

    Opener = Callable[[], Unlocked]

KINDS: dict[Kind, str] = {
    "person": "person",
    "recovery": "återställningskod",
    "service": "tjänst",
}
HEADINGS = ("namn", "sort", "skapad")


def configure(parser: Parser) -> None:
    """Add the verbs."""
    verbs = parser.add_subparsers(metavar="VERB", required=True)

    add = verbs.add_parser("add", help="ge en person, en tjänst eller ett papper en nyckel")
    add.add_argument("name", nargs="?", metavar="NAMN", help="personens eller tjänstens namn")
    add.add_argument("--staff", metavar="ID", help="medarbetaren som personen är i registret")
    kind = add.add_mutually_exclusive_group()
    kind.add_argument("--service", metavar="NY", type=Path, help="ny fil för en tjänsts nyckel")
    kind.add_argument("--recovery", action="store_true", help="visa en ny återställningskod")
    kind.add_argument(
        "--recovery-file", metavar="NY", type=Path, help="ny fil för en återställningskod"
    )
    add.set_defaults(verb=_add)

    verbs.add_parser("list", help="visa nycklarna, aldrig det hemliga").set_defaults(verb=_list)

    remove = verbs.add_parser("remove", help="ta bort en nyckel och kryptera om registret")
    remove.add_argument("name", metavar="NAMN", help="nyckelns namn, som list visar det")
    remove.set_defaults(verb=_remove)

    recover = verbs.add_parser("recover", help="välj ny lösenfras med återställningskoden")
    recover.add_argument("name", nargs="?", metavar="NAMN", help="vem den nya lösenfrasen är för")
    recover.set_defaults(verb=_recover)

    rotate = verbs.add_parser("rotate", help="kryptera om registret; alla behåller sina nycklar")
    rotate.set_defaults(verb=_rotate)


def run(args: argparse.Namespace) -> int:
    """Do what the verb says; raises the RegisterErrors of a register that is not there."""
    path = register_path(args)
    place.check_register(path)
    args.verb(args, path)
    return 0


def _list(_args: argparse.Namespace, path: Path) -> None:
    slots = keys.list_slots(path)
    rows = [HEADINGS, *((safe(s.name), KINDS[s.kind], safe(s.created)) for s in slots)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        print("  ".join(cells).rstrip())
    if (failed := attempts.read(path)).times:
        print(f"\n{failed}.")


def _add(args: argparse.Namespace, path: Path) -> None:
    if args.recovery or args.recovery_file:
        _add_paper(args, path)
    elif args.name is None:
        raise UsageError("ange namnet på den som ska få en nyckel.")
    elif args.service:
        _add_service(args, path)
    else:
        _add_person(args, path)


def _add_paper(args: argparse.Namespace, path: Path) -> None:
    if args.name or args.staff:
        raise UsageError("en återställningskod hör inte till någon; ange inget namn.")
    if args.recovery and not sys.stdin.isatty():
        raise UsageError("ingen terminal att fråga i; ange --recovery-file NY.")
    with _keeping(args, path) as (register, ring):
        if args.recovery_file:
            add_paper(ring, args.recovery_file)
        else:
            _shown(ring.add_recovery())
        staff_keys.note(register, "ny återställningskod")
    print("Återställningskoden gäller. Ta bort en gammal med finsam nyckel remove.")


def _shown(code: str) -> None:
    """Show a code and have it proved; the change is undone where that is broken off."""
    from finsam_tui.prompts import passphrases
    from finsam_tui.prompts.lines import conversation

    try:
        passphrases.prove_code(conversation(os.environ), code)
    except EOFError:
        raise KeyboardInterrupt from None


def _add_service(args: argparse.Namespace, path: Path) -> None:
    if args.staff:
        raise UsageError("en tjänst är ingen medarbetare; ta bort --staff.")
    with _keeping(args, path) as (register, ring):
        ring.add_service(args.name, args.service)
        staff_keys.note(register, f"ny tjänstenyckel: {args.name.strip()}")
    print(f"Nyckeln ligger i {args.service}; bara ägaren kan läsa den.")


def _add_person(args: argparse.Namespace, path: Path) -> None:
    if not sys.stdin.isatty():
        raise UsageError("ingen terminal att fråga i; ge en tjänst en nyckel med --service NY.")
    with _unlocked(_opener(args, path), path) as unlocked:
        name = args.name.strip() if args.staff else _slot_of(path, unlocked, args.name.strip())
        own = name == unlocked.slot.name and unlocked.slot.kind == "person"
        if not own or args.staff:
            _check_keeper(path, unlocked)
        if not own and any(s.name == name for s in keys.list_slots(path)):
            raise InputError(
                "det finns redan en nyckel för den som heter så; den som glömt sin lösenfras "
                "väljer en ny med finsam nyckel recover."
            )
        _give(path, unlocked, name, args.staff)


def _recover(args: argparse.Namespace, path: Path) -> None:
    name = args.name.strip() if args.name else _only_person(path)
    by_code = partial(keys.unlock_recovery, path)
    code, opened = ask_opening("Återställningskod: ", "", by_code)
    opened.wipe()
    with _unlocked(partial(by_code, code), path) as unlocked:
        _give(path, unlocked, _slot_of(path, unlocked, name), None)
    print("Återställningskoden gäller fortfarande; lägg tillbaka den där den var.")


def _give(path: Path, unlocked: Unlocked, name: str, staff: str | None) -> None:
    """Give a person a passphrase, and the staff record that goes with it."""
    from finsam_tui.prompts import passphrases
    from finsam_tui.prompts.lines import conversation

    with opening.open_register(path, unlocked) as register:
        staff = staff or staff_keys.match(register, name)
        if staff:
            staff_keys.check(register, staff, name)
        unseen = partial(ask_secret, option="--service NY")
        passphrase = passphrases.new_passphrase(conversation(os.environ), unseen)
        with keys.changing(path, unlocked) as ring:
            renewed = name in {slot.name for slot in ring.content.slots}
            ring.add_person(name, passphrase)
            staff_keys.note(register, f"{'ny lösenfras' if renewed else 'ny nyckel'}: {name}")
        if staff:
            staff_keys.link(register, staff, name)
    print("Lösenfrasen gäller." if staff else f"Lösenfrasen gäller. {_UNKNOWN}")


_UNKNOWN = (
    "Personen är ingen medarbetare i registret än: lägg till personen på skärmen (Ctrl+P, "
    "medarbetare), och låt sedan personen själv köra finsam nyckel add med sitt namn."
)


def _slot_of(path: Path, unlocked: Unlocked, name: str) -> str:
    with opening.open_register(path, unlocked) as register:
        return staff_keys.slot_of(register, name)


def _only_person(path: Path) -> str:
    persons = [s.name for s in keys.list_slots(path) if s.kind == "person"]
    if len(persons) != 1:
        raise UsageError("ange namnet på den som ska få en ny lösenfras.")
    return persons[0]


def _remove(args: argparse.Namespace, path: Path) -> None:
    opener = _opener(args, path)
    with _unlocked(opener, path) as unlocked:
        _check_keeper(path, unlocked)
        slot = _leaving(args.name, path, unlocked)
        rotation.remove(path, unlocked, slot.id)
    with _unlocked(opener, path) as unlocked, opening.open_register(path, unlocked) as register:
        staff_keys.unlink(register, slot.name)
        staff_keys.note(register, f"borttagen nyckel: {slot.name}")
    print("Nyckeln är borttagen och registret krypterat på nytt. Gör en ny säkerhetskopia.")


def _leaving(name: str, path: Path, unlocked: Unlocked) -> Slot:
    """Return the slot to take away; raises InputError where it must stay."""
    slots = keys.list_slots(path)
    found = [s for s in slots if name in (s.id, s.name)]
    if not found:
        raise InputError("det finns ingen sådan nyckel; finsam nyckel list visar dem som finns.")
    if found == [s for s in slots if s.kind == "person"]:
        raise InputError("den sista personens nyckel får inte tas bort; ge först en annan en.")
    if found[0].id == unlocked.slot.id:
        raise InputError("du kan inte ta bort nyckeln du låser upp med; lås upp med en annan.")
    return found[0]


def _rotate(args: argparse.Namespace, path: Path) -> None:
    opener = _opener(args, path)
    with _unlocked(opener, path) as unlocked:
        _check_keeper(path, unlocked)
        rotation.rotate(path, unlocked)
    with _unlocked(opener, path) as unlocked, opening.open_register(path, unlocked) as register:
        staff_keys.note(register, "registret krypterat på nytt")
    print("Registret är krypterat på nytt; alla nycklar gäller. Gör en ny säkerhetskopia.")


@contextmanager
def _keeping(args: argparse.Namespace, path: Path) -> Iterator[tuple[Register, Ring]]:
    """Open the register and its ring of keys for somebody who may change who has one."""
    with _unlocked(_opener(args, path), path) as unlocked:
        _check_keeper(path, unlocked)
        with (
            opening.open_register(path, unlocked) as register,
            keys.changing(path, unlocked) as ring,
        ):
            yield register, ring


def _check_keeper(path: Path, unlocked: Unlocked) -> None:
    with opening.open_register(path, unlocked) as register:
        staff_keys.check_keeper(register, [slot.name for slot in keys.list_slots(path)])


def _opener(args: argparse.Namespace, path: Path) -> Opener:
    """Return what unlocks the register, again if need be; a passphrase is asked for at once."""
    if args.key_file:
        return partial(keys.unlock_key_file, path, Path(args.key_file))
    by_passphrase = partial(keys.unlock_passphrase, path)
    passphrase, opened = ask_passphrase(by_passphrase)
    opened.wipe()
    return partial(by_passphrase, passphrase)


@contextmanager
def _unlocked(opener: Opener, path: Path) -> Iterator[Unlocked]:
    """Unlock, and finish a rotation that was cut short first: opening the register does it."""
    unlocked = opener()
    try:
        if unlocked.pending:
            opening.open_register(path, unlocked).close()
            unlocked.wipe()
            unlocked = opener()
        yield unlocked
    finally:
        unlocked.wipe()
