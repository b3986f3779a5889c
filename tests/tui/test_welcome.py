"""The first start: no register, and three ways on."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pexpect
import pytest

from finsam_tui.tui.welcome import WelcomeApp
from tests.conftest import PROJECT

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("keys", "command"),
    [
        (["enter"], "demo"),
        (["down", "enter"], "init"),
        (["end", "enter"], ""),
        (["escape"], ""),
        (["ctrl+q"], ""),
    ],
)
async def test_a_way_is_chosen(keys: list[str], command: str) -> None:
    app = WelcomeApp("/hem/register.db")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
    assert app.return_value == command


def test_finsam_alone_without_a_register_says_so_and_leaves_nothing(tmp_path: Path) -> None:
    child = pexpect.spawn(
        sys.executable,
        ["-m", "finsam_tui", "--db", str(tmp_path / "register.db")],
        cwd=str(PROJECT),
        encoding="utf-8",
        dimensions=(24, 80),
        timeout=30,
    )
    child.expect("Det finns inget register")
    child.send("\x11")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert list(tmp_path.iterdir()) == []
