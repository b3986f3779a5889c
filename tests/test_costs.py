"""What a participant costs, with the costs that report 001 prints of 2019."""

from __future__ import annotations

import pytest

from finsam_tui.domain.costs import Cost, Pool, pools
from tests.report.seeds import mal_2019


def one(amount: float | None, participants: int) -> Pool:
    (pool,) = pools([Cost("SAM", None, amount, participants)])
    return pool


def test_programmes_of_a_pool_share_its_cost() -> None:
    reception, coaching = pools(
        [
            Cost("MT", "mottagning", 1_051_782.22, 125),
            Cost("CT", "coaching", 1_827_866.48, 120),
            Cost("VMT", "Mottagning", None, 11),
            Cost("VCT", "coaching", 1_372_605, 11),
            Cost("RAD", "mottagning", None, 163),
        ]
    )
    assert [cost.programme for cost in reception.costs] == ["MT", "VMT", "RAD"]
    assert (reception.amount, reception.participants, reception.each) == (1_051_782.22, 299, 3_518)
    assert (coaching.amount, coaching.participants, coaching.each) == (3_200_471.48, 131, 24_431)


def test_programmes_without_a_pool_share_nothing() -> None:
    found = pools([Cost("A", None, 10, 1), Cost("B", None, 20, 1), Cost("C", "A", 30, 1)])
    assert [pool.each for pool in found] == [10, 20, 30]


@pytest.mark.parametrize(
    ("amount", "participants", "each"),
    [(None, 3, None), (900, 0, None), (0, 3, 0), (2.5, 1, 3), (90_091, 37, 2_435)],
)
def test_a_cost_that_is_not_known_or_is_nobodys(
    amount: float | None, participants: int, each: float | None
) -> None:
    assert one(amount, participants).each == each


@pytest.mark.parametrize(("day", "printed"), [("DAG", 1_000), ("MASSA", 483)])
def test_001_divides_what_the_county_paid(day: str, printed: int) -> None:
    """Not the association's own share, which is what a register holds."""
    assert one(*mal_2019.COUNTY[day]).each == printed
