"""A read that is done in time is answered; one that is not is given up, and nothing else is."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import pytest

from finsam_tui.storage.budget import within
from finsam_tui.storage.driver import OperationalError

if TYPE_CHECKING:
    from finsam_tui.storage.register import Register

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


def scan(register: Register) -> object:
    return register.sql(ENDLESS).fetchall()


def test_what_is_quick_is_answered(register: Register) -> None:
    def one(register: Register) -> int:
        return len(register.sql("SELECT 1").fetchall())

    assert within(60, register, one) == 1


def test_what_takes_longer_is_given_up_and_the_register_goes_on(register: Register) -> None:
    ticks = count()
    assert within(5, register, scan, clock=lambda: next(ticks)) is None
    assert next(ticks) == 7  # the clock was at 0 at the start, and 6 was too late
    assert register.sql("SELECT 1").fetchall()


def test_a_fault_of_the_statement_is_no_matter_of_time(register: Register) -> None:
    with pytest.raises(OperationalError):
        within(60, register, lambda register: register.sql("SELECT nothing FROM nowhere"))
