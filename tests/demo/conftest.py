"""Made-up registers to look into."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from finsam_tui.demo.build import build
from finsam_tui.storage.register import Register

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = datetime(2025, 11, 22, 14, 7)
KEY = bytes(range(32))


def built(
    folder: Path, *, now: datetime = NOW, size: int = 180, seed: int = 1, years: int = 4
) -> Register:
    """Return a register with the demo in it."""
    folder.chmod(0o700)
    register = Register.create(folder / "demo.db", user="demo", raw_key=KEY)
    build(register, now=now, size=size, seed=seed, years=years)
    return register


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """The demo as it comes."""
    with built(tmp_path_factory.mktemp("demo")) as register:
        yield register


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """A demo of 2 000 participants, enough to count shares in."""
    with built(tmp_path_factory.mktemp("large"), size=2000) as register:
        yield register
