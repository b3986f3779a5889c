"""What is hidden cannot be worked out: a solver tries every table that could be behind it."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finsam_tui.domain.suppression import Sum, hide

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    Counts = dict[Hashable, int]

Grid = list[list[int]]


def cross(grid: Grid) -> tuple[Counts, list[Sum]]:
    """Return the counts and sums of a table with totals at the right and below."""
    rows, columns = range(len(grid)), range(len(grid[0]))
    counts: Counts = {(r, c): grid[r][c] for r in rows for c in columns}
    counts |= {(r, "all"): sum(grid[r]) for r in rows}
    counts |= {("all", c): sum(grid[r][c] for r in rows) for c in columns}
    counts["all", "all"] = sum(map(sum, grid))
    sums = [Sum((r, "all"), tuple((r, c) for c in columns)) for r in [*rows, "all"]]
    sums += [Sum(("all", c), tuple((r, c) for r in rows)) for c in [*columns, "all"]]
    return counts, sums


def solutions(
    counts: Counts, sums: Sequence[Sum], hidden: Sequence[Hashable], most: int
) -> Iterator[Counts]:
    """Yield every way to fill in the hidden counts, none of them a nought, that the sums allow."""
    tied = [s for s in sums if any(n in hidden for n in s.names)]

    def fits(known: Counts, each: Sum) -> bool:
        if each.whole not in known:
            return True
        parts = [known[part] for part in each.parts if part in known]
        missing = len(each.parts) - len(parts)
        return missing <= known[each.whole] - sum(parts) <= missing * most

    def fill(known: Counts, left: Sequence[Hashable]) -> Iterator[Counts]:
        if not left:
            yield known
            return
        name, *rest = left
        for value in range(1, most + 1):
            tried = known | {name: value}
            if all(fits(tried, each) for each in tied if name in each.names):
                yield from fill(tried, rest)

    yield from fill({n: c for n, c in counts.items() if n not in hidden}, list(hidden))


def assert_safe(counts: Counts, sums: Sequence[Sum], hidden: set[Hashable]) -> None:
    """Fail where a hidden count has the same value in every solution."""
    order = sorted(hidden, key=str)
    seen: dict[Hashable, set[int]] = {name: set() for name in order}
    most = max(counts[name] for name in order) + 2 if order else 0
    for solution in solutions(counts, sums, order, most):
        for name in order:
            seen[name].add(solution[name])
        if all(len(values) > 1 for values in seen.values()):
            return
    assert not {name for name, values in seen.items() if len(values) < 2}


GRIDS = st.tuples(st.integers(2, 4), st.integers(2, 3)).flatmap(
    lambda size: st.lists(
        st.lists(st.sampled_from([0, 1, 2, 3, 4, 5, 7, 9]), min_size=size[1], max_size=size[1]),
        min_size=size[0],
        max_size=size[0],
    )
)


@settings(max_examples=150, deadline=None)
@given(grid=GRIDS, least=st.integers(2, 5))
def test_no_hidden_count_can_be_worked_out(grid: Grid, least: int) -> None:
    counts, sums = cross(grid)
    hidden = hide(counts, sums, least)
    assert {name for name, count in counts.items() if 0 < count < least} <= hidden
    assert not {name for name in hidden if counts[name] == 0}
    assert_safe(counts, sums, hidden)


def test_nothing_is_hidden_where_nothing_is_small() -> None:
    assert hide(*cross([[5, 6], [0, 9]]), least=5) == set()


def test_one_small_count_takes_three_others_of_a_cross_table_with_it() -> None:
    counts, sums = cross([[2, 20, 30], [40, 15, 60], [70, 80, 90]])
    hidden = hide(counts, sums, least=5)
    assert hidden == {(0, 0), (0, 1), (1, 0), (1, 1)}


def test_the_smallest_of_those_that_will_do_is_hidden() -> None:
    counts: Counts = {"all": 100, "a": 3, "b": 50, "c": 7, "d": 40, "e": 0}
    assert hide(counts, [Sum("all", ("a", "b", "c", "d", "e"))], least=5) == {"a", "c"}


def test_two_ones_with_a_known_sum_are_not_safe_with_each_other() -> None:
    counts: Counts = {"all": 12, "a": 1, "b": 1, "c": 10}
    assert hide(counts, [Sum("all", ("a", "b", "c"))], least=5) == {"a", "b", "c"}


def test_where_there_are_but_noughts_beside_it_the_total_goes() -> None:
    counts: Counts = {"all": 3, "a": 3, "b": 0}
    assert hide(counts, [Sum("all", ("a", "b"))], least=5) == {"all", "a"}


def test_a_total_that_another_table_shows_is_followed_there() -> None:
    counts: Counts = {"all": 30, "a": 3, "b": 27, "women": 27, "men": 3}
    sums = [Sum("all", ("a", "b")), Sum("all", ("women", "men"))]
    assert hide(counts, sums, least=5) == {"a", "b", "women", "men"}


def test_those_left_over_are_protected_though_nobody_prints_them() -> None:
    counts: Counts = {"measured": 24, "kept": 23, "lost": 1}
    sums = [Sum("measured", ("kept", "lost"))]
    assert hide(counts, sums, least=5, unshown={"lost"}) == {"kept"}
    even: Counts = {"measured": 24, "kept": 12, "lost": 12}
    assert hide(even, sums, least=5, unshown={"lost"}) == set()


def test_persons_go_with_their_enrolments() -> None:
    counts: Counts = {"all": 40, "a": 3, "b": 37, "persons of b": 36}
    sums = [Sum("all", ("a", "b"))]
    hidden = hide(counts, sums, least=5, together={"b": ["persons of b"]})
    assert hidden == {"a", "b", "persons of b"}


@pytest.mark.parametrize("grid", list(product([[0, 1], [1, 1], [1, 4]], repeat=2)))
def test_small_totals_end_in_hiding_all_but_noughts(grid: tuple[list[int], list[int]]) -> None:
    counts, sums = cross(list(grid))
    hidden = hide(counts, sums, least=5)
    assert_safe(counts, sums, hidden)
