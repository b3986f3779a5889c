"""`finsam ring`: the call queue by prompts, for slow lines, screen readers and dumb terminals."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from finsam_tui.commands._copies import copies_of, see_through
from finsam_tui.commands._register import open_register, register_path
from finsam_tui.commands._signals import ended_by_signals
from finsam_tui.errors import Locked, TooSoon, UsageError, WrongKey
from finsam_tui.settings import config_folder

if TYPE_CHECKING:
    import argparse

    from finsam_tui.commands._arguments import Parser
    from finsam_tui.prompts.lines import Lines
    from finsam_tui.storage.register import Register

TRIES = 3  # empty answers in a row before it is taken that nobody is there


def configure(parser: Parser) -> None:
    """Add how much the terminal is asked for."""
    parser.add_argument(
        "--plain", action="store_true", help="rena rader utan styrkoder, även i en full terminal"
    )


def run(args: argparse.Namespace) -> int:
    """Go through the queue; raises UsageError where there is no terminal to ask in."""
    if not sys.stdin.isatty():
        raise UsageError("finsam ring frågar i en terminal, och här finns ingen; kör den i en.")
    folder = args.config or config_folder(os.environ, sys.platform)
    copies = copies_of(register_path(args), folder)
    register = open_register(args)
    from finsam_tui.prompts.lines import HungUp, conversation
    from finsam_tui.prompts.ring import ring
    from finsam_tui.prompts.saving import Desk

    lines = conversation(os.environ, plain=args.plain)
    desk = Desk(lines, register, datetime.now, partial(_reopened, args, lines), copies.begin)
    try:
        with ended_by_signals(lines.hang_up):
            ring(desk)
            desk.leave()
    except HungUp as left:
        return left.status
    finally:
        desk.register.close()
    see_through(copies)
    return 0


def _reopened(args: argparse.Namespace, lines: Lines) -> Register:
    """Return the register, opened anew by whoever is there; raises Locked when nobody is."""
    if args.key_file:
        lines.ask("Enter öppnar det igen:")
    for _ in range(TRIES):
        with suppress(UsageError):  # nothing was typed
            return _opened(args, lines)
    raise Locked("registret är låst; kör finsam ring igen. Utkastet finns kvar.")


def _opened(args: argparse.Namespace, lines: Lines) -> Register:
    while True:
        try:
            return open_register(args)
        except (WrongKey, TooSoon) as error:
            lines.tell(f"! {error}")
