"""`finsam ring`: the call queue by prompts, for slow lines, screen readers and dumb terminals."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from typing import TYPE_CHECKING

from finsam_tui.commands._register import open_register
from finsam_tui.errors import UsageError

if TYPE_CHECKING:
    import argparse

    from finsam_tui.commands._arguments import Parser


def configure(parser: Parser) -> None:
    """Add how much the terminal is asked for."""
    parser.add_argument(
        "--plain", action="store_true", help="rena rader utan styrkoder, även i en full terminal"
    )


def run(args: argparse.Namespace) -> int:
    """Go through the queue; raises UsageError where there is no terminal to ask in."""
    if not sys.stdin.isatty():
        raise UsageError("finsam ring frågar i en terminal, och här finns ingen; kör den i en.")
    with open_register(args) as register:
        from finsam_tui.prompts.lines import conversation
        from finsam_tui.prompts.ring import ring
        from finsam_tui.prompts.saving import Desk

        lines = conversation(os.environ, plain=args.plain)
        ring(Desk(lines, register, datetime.now))
    return 0
