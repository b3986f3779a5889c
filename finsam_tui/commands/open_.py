"""`finsam` alone: the register on screen, or a way to one where there is none yet."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from finsam_tui.commands._copies import copies_of, see_through
from finsam_tui.commands._echo import unechoed
from finsam_tui.commands._register import open_register, register_path
from finsam_tui.commands._signals import ended_by_signals
from finsam_tui.errors import UsageError
from finsam_tui.settings import config_folder, keep_colours, read_colours
from finsam_tui.storage import keys, opening, place
from finsam_tui.storage.process import harden_process

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from finsam_tui.commands._arguments import Parser
    from finsam_tui.storage.keys import Unlocked
    from finsam_tui.storage.register import Register


def configure(_parser: Parser) -> None:
    """It has no options but those of every command."""


def run(args: argparse.Namespace) -> int:
    """Show the register; raises the RegisterErrors of one that cannot be opened."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("ingen terminal att visa registret i; finsam --help visar vad som finns.")
    path = register_path(args)
    if not path.exists():
        return _welcome(path, args)
    harden_process()
    place.check_register(path)  # before a passphrase is asked for in vain
    with unechoed(sys.stdin.fileno()):
        return _show(path, args)


def _show(path: Path, args: argparse.Namespace) -> int:
    from finsam_tui.tui.app import FinsamApp, run

    folder = args.config or config_folder(os.environ, sys.platform)
    colours, copies = read_colours(folder), copies_of(path, folder)
    if args.key_file:
        unlock = partial(_by_key_file, path, Path(args.key_file))
        app = FinsamApp(open_register(args), path=str(path), unlock=unlock)
        app.by_enter = True
    else:
        app = FinsamApp(path=str(path), unlock=partial(_by_passphrase, path))
    app.keep_colours = partial(keep_colours, folder)
    if colours in app.available_themes:
        app.theme = colours
    app.copies = copies
    with ended_by_signals(app.hang_up):
        status = run(app)
        if not status:
            see_through(copies)
    return status


def _welcome(path: Path, args: argparse.Namespace) -> int:
    """Ask what to do without a register, and hand over to the command that does it."""
    from finsam_tui.commands import _arguments
    from finsam_tui.tui.welcome import WelcomeApp

    choice = WelcomeApp(str(path)).finish()
    if not choice:
        return 0
    given = [
        option
        for name in ("db", "config")
        if getattr(args, name)
        for option in (f"--{name}", getattr(args, name))
    ]
    command, options = _arguments.read([choice, *(given if choice == "init" else [])])
    status = command.run(options)
    return run(args) if choice == "init" and status == 0 and path.exists() else status


def _by_passphrase(path: Path, passphrase: str) -> Callable[[], Register]:
    return partial(_open, path, keys.unlock_passphrase(path, passphrase))


def _by_key_file(path: Path, key_file: Path, _passphrase: str) -> Callable[[], Register]:
    return partial(_open, path, keys.unlock_key_file(path, key_file))


def _open(path: Path, unlocked: Unlocked) -> Register:
    try:
        return opening.open_register(path, unlocked)
    finally:
        unlocked.wipe()
