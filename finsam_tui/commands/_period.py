"""The options by which a command is told its period: --year, or --from and --to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.commands._arguments import parsed
from finsam_tui.domain import periods

if TYPE_CHECKING:
    import argparse
    from datetime import date

    from finsam_tui.domain.periods import Period

_OPTIONS = (
    ("--year", "ÅR", "kalenderåret; annars det här året hittills"),
    ("--from", "DATUM", "periodens första dag"),
    ("--to", "DATUM", "periodens sista dag"),
)


def configure(parser: argparse._ActionsContainer) -> None:
    """Add the options to a parser, or a group of one."""
    for flag, value, text in _OPTIONS:
        parser.add_argument(flag, metavar=value, help=text)


def asked(args: argparse.Namespace) -> bool:
    """Return whether any of them was given."""
    return any(text is not None for text in _texts(args))


def period(args: argparse.Namespace, today: date) -> Period:
    """Return the period that is meant, this year where none was given; raises UsageError."""
    year, first, last = _texts(args)
    return parsed(lambda: periods.parse(year, first, last, today))


def _texts(args: argparse.Namespace) -> tuple[str | None, str | None, str | None]:
    return args.year, getattr(args, "from"), args.to
