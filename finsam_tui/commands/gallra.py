"""`finsam gallra`: what is past its retention time; erased only when that is asked for."""

from __future__ import annotations

import json
import re
import sys
from datetime import date
from typing import TYPE_CHECKING, Any

from finsam_tui.commands import _participant
from finsam_tui.commands._register import open_register
from finsam_tui.domain import retention
from finsam_tui.errors import FieldError, FinsamError, UsageError
from finsam_tui.text import DASH, clean, number, plural

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from finsam_tui.commands._arguments import Parser
    from finsam_tui.domain.retention import Rule
    from finsam_tui.storage.erasure import Due
    from finsam_tui.storage.register import Register

_LONGEST = 200
_NUMBER = re.compile(r"\d{6}[-+ ]?\d{4}")
_SHOWN = 10  # ids in text; JSON has them all
_WIDTH = 36
_IDS = {"person": "deltagare", "unstarted": "deltagare", "answers": "våldsscreening"}


class BrokenOff(FinsamError):
    """Ctrl+C amid an erasure: what has been done is whole, and the rest is left for the next."""

    exit_code = 130


def configure(parser: Parser) -> None:
    """Add whether it is done, why, and how long things are kept."""
    parser.add_argument("--apply", action="store_true", help="gallra; annars visas bara vad")
    parser.add_argument("--reason", metavar="TEXT", help="skälet, som noteras; inga namn")
    parser.add_argument(
        "--keep",
        metavar="SORT=MÅNADER",
        action="append",
        default=[],
        help="spara en sort så länge (deltagare, ej-start, svar eller utkast; aldrig: gallras ej; "
        "svar=0: bara utfallet sparas)",
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="annars text")


def run(args: argparse.Namespace) -> int:
    """Tell what is due, or erase it and tell what was; 1 if something is due and still there."""
    from finsam_tui.storage import erasure

    chosen = [_parse(text) for text in args.keep]
    reason = _reason(args)
    today = date.today()  # noqa: DTZ011 - dates are local, as the team writes them
    with open_register(args) as register:
        _participant.coordinators_only(register, services=not (chosen or reason))
        for rule, value in chosen:
            erasure.choose(register, rule, value)
        found = _erased(register, today, reason) if reason else erasure.due(register, today)
    told = _as_json if args.format == "json" else _as_text
    sys.stdout.write(told(found, erased=bool(reason)))
    return 1 if not reason and any(due.ids for due in found) else 0


def _erased(register: Register, today: date, reason: str) -> tuple[Due, ...]:
    from finsam_tui.storage import erasure

    try:
        return erasure.apply(register, today, reason)
    except KeyboardInterrupt:
        raise BrokenOff(
            "avbrutet; det som hann gallras är borta i sin helhet, resten är orört. Kör samma "
            "kommando igen: det tar resten och skriver om filen."
        ) from None


def _parse(text: str) -> tuple[Rule, str]:
    try:
        return retention.parse(text)
    except FieldError as error:
        raise UsageError(f"--keep: {error}") from None


def _reason(args: argparse.Namespace) -> str:
    """Return why something is erased, "" where nothing is to be; raises UsageError."""
    if not args.apply and args.reason is None:
        return ""
    if not args.apply or not (args.reason or "").strip():
        raise UsageError("--apply och --reason hör ihop: det som gallras noteras med sitt skäl.")
    try:
        reason = clean(args.reason)
    except FieldError as error:
        raise UsageError(f"--reason: {error}") from None
    if len(reason) > _LONGEST or _NUMBER.search(reason):
        raise UsageError(
            f"--reason ska ha högst {_LONGEST} tecken, och inga namn eller personnummer: det står "
            "kvar när resten är borta."
        )
    return reason


def _as_text(found: Sequence[Due], *, erased: bool) -> str:
    lines = [
        "Gallrat:" if erased else "Att gallra:",
        *(line for due in found for line in _due(due)),
    ]
    if erased:
        lines += ["", "Borta ur registret. Kopior från tidigare har det kvar tills de roteras ut;"]
        lines += ["läggs en tillbaka gallras samma uppgifter igen."]
    elif any(due.ids for due in found):
        lines += ["", "Inget är gallrat. Skriv först ut de årsrapporter som behöver uppgifterna,"]
        lines += ["och kör sedan: finsam gallra --apply --reason SKÄL"]
    return "".join(f"{line}\n" for line in lines)


def _due(due: Due) -> Iterator[str]:
    count = DASH if due.months is None else number(len(due.ids))
    yield f"  {due.rule.title:{_WIDTH}}{count:>7}"
    yield f"    {_since(due)}"
    if due.ids and due.rule.kind in _IDS:
        shown = ", ".join(map(str, due.ids[:_SHOWN]))
        yield f"    {_IDS[due.rule.kind]} {shown}{' …' if len(due.ids) > _SHOWN else ''}"


def _since(due: Due) -> str:
    if due.months is None:
        return "gallras aldrig"
    if not due.months:
        return "sparas inte"
    return (
        f"{plural(due.months, 'månad', 'månader')} efter {due.rule.since}, alltså före {due.cutoff}"
    )


def _as_json(found: Sequence[Due], *, erased: bool) -> str:
    told: dict[str, Any] = {
        "erased": erased,
        "kinds": [
            {
                "kind": due.rule.kind,
                "months": due.months,
                "before": due.cutoff.isoformat() if due.cutoff and due.months else None,
                "count": len(due.ids),
                "ids": list(due.ids),
            }
            for due in found
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"
