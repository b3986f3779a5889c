"""The register that a command works on: found, unlocked without a passphrase in sight, opened."""

from __future__ import annotations

import getpass
import os
import sys
import warnings
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from finsam_tui.errors import RegisterMissing, UsageError, WrongKey
from finsam_tui.settings import default_register
from finsam_tui.storage import attempts, keys, opening, place
from finsam_tui.storage.process import forget

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from finsam_tui.storage.keys import Unlocked
    from finsam_tui.storage.register import Register

    Opens = Callable[[str], Unlocked]

TRIES = 3  # as many as cost no waiting


def register_path(args: argparse.Namespace) -> Path:
    """Return where the register is, or is to be: --db, else FINSAM_DB, else the data folder."""
    path = Path(args.db or default_register(os.environ, sys.platform))
    try:
        return path.expanduser().resolve()
    except (OSError, RuntimeError):  # links that lead to each other, a user without a home
        raise RegisterMissing(f"det finns inget register på {path}; kontrollera --db.") from None


def open_register(args: argparse.Namespace) -> Register:
    """Return the register, opened with --key-file or a passphrase asked for in the terminal.

    Raises UsageError where there is neither, and the RegisterErrors of a register that is missing,
    damaged, in the wrong place or locked with another key.
    """
    path = register_path(args)
    place.check_register(path)  # before a passphrase is asked for in vain
    unlocked = unlock(path, args.key_file)
    try:
        register = opening.open_register(path, unlocked)
    finally:
        unlocked.wipe()
    for failed in () if args.key_file else attempts.settle(register):
        print(f"finsam: {failed}.", file=sys.stderr)
    return register


def unlock(path: Path, key_file: str | None) -> Unlocked:
    """Return the slot that a service's key file or a passphrase asked for opens; raises as above.

    systemd lets a service at a key file in its folder of credentials in a way of its own.
    """
    if key_file:
        guarded = os.environ.get("CREDENTIALS_DIRECTORY", "")
        return keys.unlock_key_file(path, Path(key_file), guarded)
    passphrase, unlocked = ask_passphrase(partial(keys.unlock_passphrase, path))
    forget(passphrase)
    return unlocked


def ask_passphrase(opens: Opens) -> tuple[str, Unlocked]:
    """Return the passphrase that is typed and opens, and what it opens; raises as `ask_opening`."""
    return ask_opening("Lösenfras: ", "--key-file FIL", opens)


def ask_opening(prompt: str, option: str, opens: Opens, tries: int = TRIES) -> tuple[str, Unlocked]:
    """Return the secret that is typed at `prompt` and opens, and what it opens.

    What does not is told and asked for again: who goes on typing after a command that has ended
    leaves the secret in the shell's history. Raises as `ask_secret` and `opens`, and the last
    WrongKey of so many tries.
    """
    secret = ask_secret(prompt, option)
    try:
        return secret, opens(secret)
    except WrongKey as error:
        forget(secret)
        if tries == 1:
            raise
        print(f"finsam: {error}", file=sys.stderr)
    return ask_opening(prompt, option, opens, tries - 1)


def ask_secret(prompt: str, option: str) -> str:
    """Return what is typed at `prompt` without echo.

    `option` is what answers without a terminal, "" where nothing does.

    Raises UsageError where there is no terminal, where it cannot be kept from showing what is
    typed, or where nothing is typed.
    """
    instead = f"ange {option}" if option else "kör kommandot i en annan terminal"
    if not sys.stdin.isatty():
        raise UsageError(f"ingen terminal att fråga i; {instead}.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", getpass.GetPassWarning)
            secret = getpass.getpass(prompt)
    except getpass.GetPassWarning:
        raise UsageError(f"terminalen kan inte dölja det som skrivs; {instead}.") from None
    except EOFError:
        secret = ""
    if not secret:
        raise UsageError(f"inget svar gavs; kör igen{f', eller {instead}' if option else ''}.")
    return secret
