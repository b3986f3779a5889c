"""`finsam incident`: whose data a copy held, for the report that is due within 72 hours."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from finsam_tui.commands import _participant, _trail
from finsam_tui.commands._register import register_path, unlock
from finsam_tui.errors import CopyError, RegisterError
from finsam_tui.storage import access_log, copies, files, opening, wording
from finsam_tui.text import number, plural, safe

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from finsam_tui.commands._arguments import Parser
    from finsam_tui.storage.inventory import Inventory
    from finsam_tui.storage.keys import Unlocked


def configure(parser: Parser) -> None:
    """Add which copy, and where the list goes."""
    parser.add_argument("copy", metavar="KOPIA", type=Path, help="registerfilen eller kopian")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="annars text")
    parser.add_argument("-o", "--output", metavar="FIL", type=Path, help="skriv till en ny fil")


def run(args: argparse.Namespace) -> int:
    """List what the copy held; raises CopyError where it does not open."""
    from finsam_tui.storage import inventory

    copy, register = args.copy.expanduser().absolute(), register_path(args)
    if not copy.is_file():  # before a passphrase is asked for in vain
        raise CopyError(f"det finns ingen kopia {copy}; kontrollera sökvägen.")
    unlocked = unlock(copy if copies.keys_of(copy).exists() else register, args.key_file)
    try:
        with inventory.opened(copy, unlocked) as opened:
            _participant.coordinators_only(opened)
            found = inventory.inventory(opened)
        _note(register, unlocked, len(found.participants))
    finally:
        unlocked.wipe()
    text = _as_json(found) if args.format == "json" else _as_text(found)
    if args.output is None:
        sys.stdout.write(text)
    else:
        files.new_private(args.output, text.encode())
    return 0


def _note(path: Path, unlocked: Unlocked, count: int) -> None:
    """Note the reading in the register in use, unless that is what was lost."""
    try:
        with opening.open_register(path, unlocked) as register:
            detail = plural(count, "deltagare", "deltagare")
            access_log.log_access(register, "copy", detail=detail)
    except RegisterError:
        print("Det gick inte att notera läsningen i registret.", file=sys.stderr)


def _as_text(found: Inventory) -> str:
    lines = [f"Innehållet i kopian av registret för {safe(found.association) or 'okänt förbund'}"]
    if found.first:
        lines.append(f"Tidigaste uppgift: {found.first}")
    if found.changed:
        lines.append(f"Senaste ändring: {_trail.local(found.changed)}")
    lines += ["", "Sorter av uppgifter, med antal poster och deltagare", *_kinds(found)]
    lines += ["", f"{plural(len(found.participants), 'deltagare', 'deltagare')}"]
    for whom in found.participants:
        born = f"  född {whom.birth_date}" if whom.birth_date else ""
        mark = "  ** skyddade uppgifter" if whom.protected else ""
        lines.append(f"  {whom.id:>7}  {safe(whom.name)}{born}{mark}")
    return "".join(f"{line}\n" for line in lines)


def _kinds(found: Inventory) -> Iterator[str]:
    titles = [wording.title(kind.table) for kind in found.kinds]
    width = max(map(len, titles), default=0)
    for title, kind in zip(titles, found.kinds, strict=True):
        yield f"  {title:{width}}{number(kind.rows):>9}{number(kind.participants):>9}"


def _as_json(found: Inventory) -> str:
    told: dict[str, Any] = {
        "association": safe(found.association),
        "first": found.first,
        "changed": found.changed,
        "kinds": [{**k._asdict(), "title": wording.title(k.table)} for k in found.kinds],
        "participants": [{**w._asdict(), "name": safe(w.name)} for w in found.participants],
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"
