"""The house on a register that lives for one test, opened by Sam, the coordinator."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from finsam_tui.errors import WrongKey
from finsam_tui.storage.register import Register
from finsam_tui.tui.app import FinsamApp
from tests.register import KEY, empty_register
from tests.storage.rows import Rows
from tests.tui.quiet import hurry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NOW = datetime(2024, 3, 15, 9, 0)
RAW_KEY = KEY
PASSPHRASE = "rätt häst batteri klammer"

hurry()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "register.db"


@pytest.fixture
def register(path: Path) -> Iterator[Register]:
    with empty_register(path, user="sam") as register:
        yield register


@pytest.fixture
def rows(register: Register) -> Rows:
    """The association of `Rows`, whose coordinator is who unlocked the register."""
    rows = Rows(register)
    rows.association()
    rows.change("staff", "S1", slot="sam")
    return rows


@pytest.fixture
def unlock(path: Path) -> Callable[[str], Callable[[], Register]]:
    def unlock(passphrase: str) -> Callable[[], Register]:
        if passphrase != PASSPHRASE:
            raise WrongKey("lösenfrasen stämmer inte; skriv om den.")
        return lambda: Register.open(path, user="sam", raw_key=RAW_KEY)

    return unlock


@pytest.fixture
def app(
    rows: Rows, path: Path, unlock: Callable[[str], Callable[[], Register]]
) -> Iterator[FinsamApp]:
    """The app with a connection of its own; `rows` looks at what it has stored."""
    del rows  # they are there before the app is
    held = Register.open(path, user="sam", raw_key=RAW_KEY)
    app = FinsamApp(held, path=str(path), unlock=unlock, clock=lambda: NOW)
    yield app
    app.release()
