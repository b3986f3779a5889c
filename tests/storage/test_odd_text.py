"""Bytes in a column of text that are no text: the register is damaged, and says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from finsam_tui.errors import Damaged

if TYPE_CHECKING:
    from finsam_tui.storage.register import Register

NO_TEXT = {"half a pair": "61EDA08062", "overlong": "C0AF", "cut off": "61C3", "no start": "80"}


@pytest.mark.parametrize("odd", NO_TEXT)
def test_a_text_that_is_none_is_damage(register: Register, odd: str) -> None:
    sql = f"INSERT INTO setting (key, value) VALUES ('a', CAST(x'{NO_TEXT[odd]}' AS TEXT))"
    with register.write() as conn:
        conn.execute(sql)
    with pytest.raises(Damaged, match="skadat"):
        register.sql("SELECT value FROM setting").fetchall()
    with pytest.raises(Damaged, match="skadat"):
        list(register.sql("SELECT value FROM setting"))
