"""Figures that should be the same are compared wherever they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from finsam_tui.report import build, catalogue, telling
from finsam_tui.report.checks import compared
from finsam_tui.report.model import Base, Column, Row, Section, Table
from tests.report.conftest import TODAY, YEAR

if TYPE_CHECKING:
    from finsam_tui.storage.register import Register

COLUMNS = (Column("group", "", "text"), Column("count", "Antal"))


def made(id: str, count: int, base: Base, *, of: str = "closed", by: str = "sex") -> Section:
    table = Table(id, COLUMNS, (Row("woman", ("Kvinnor", count)),), of=of, by=by)
    return Section(id=id, title=id.title(), rule=f"Regel {id}.", base=base, tables=(table,))


def test_two_sections_that_part_both_say_so_with_both_figures_and_rules() -> None:
    base = Base(9, 9, 7, 2, 0, 0, "closed")
    one, other = compared([made("a", 7, base), made("b", 6, base)])
    assert telling.warnings(one) == (
        "underlaget: 7 (A: Regel a) men 6 (Kvinnor, Antal i B: Regel b).",
    )
    assert telling.warnings(other) == (
        "Kvinnor, Antal: 6 (B: Regel b) men 7 (underlaget i A: Regel a).",
    )


def test_what_is_counted_of_others_is_not_compared() -> None:
    base = Base(9, 9, 7, 2, 0, 0, "closed")
    sections = [made("a", 7, base), made("b", 6, base, of="started"), made("c", 5, base, by="age")]
    assert [telling.warnings(section) for section in compared(sections)] == [(), (), ()]


def test_a_population_is_what_its_parts_make() -> None:
    sections = [
        made("a", 1, Base(9, 9, 9, 0, 0, 0, "participated"), of=""),
        made("b", 1, Base(5, 5, 5, 0, 0, 0, "closed"), of=""),
        made("c", 1, Base(3, 3, 3, 0, 0, 0, "ongoing"), of=""),
    ]
    told = [telling.warnings(section) for section in compared(sections)]
    assert [bool(warnings) for warnings in told] == [True, True, False]
    assert "9 (A: Regel a) men 8" in told[0][0]


def test_without_figures_a_warning_still_says_what_parts() -> None:
    base = Base(9, 9, 7, 2, 0, 0, "closed")
    one, _ = compared([made("a", 7, base), made("b", 6, base)])
    (warning,) = telling.warnings(one, hidden=True)
    assert "går isär" in warning
    assert "7" not in warning


@pytest.mark.parametrize("report", catalogue.REPORTS)
@pytest.mark.parametrize("year", [2022, 2024])
def test_in_a_register_in_order_nothing_parts(demo: Register, report: str, year: int) -> None:
    made = build(demo, report, type(YEAR).year(year), today=TODAY)
    assert [telling.warnings(section) for section in made.sections if section.warnings] == []
