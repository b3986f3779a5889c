"""A report for those outside: no small count in it, and none that a careful reader can work out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from finsam_tui.domain.shares import share
from finsam_tui.report import Report, build, catalogue, telling
from finsam_tui.report.counting import (
    Name,
    base_names,
    counts,
    name_of,
    names_of,
    rows_of,
    sums,
)
from finsam_tui.report.hiding import hide
from finsam_tui.report.model import HIDDEN, Base, Column, Hidden, Row, Section, Table, Told
from finsam_tui.report.render.as_json import render_json
from finsam_tui.report.render.plain import render_text
from tests.report.conftest import TODAY, YEAR, cells, section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from finsam_tui.domain.suppression import Sum
    from finsam_tui.storage.register import Register

LEAST = 5


@pytest.fixture(scope="module", params=[r for r in catalogue.REPORTS if r != "personlista"])
def report(request: pytest.FixtureRequest, demo: Register) -> Report:
    return build(demo, request.param, YEAR, today=TODAY)


def shown_counts(report: Report) -> dict[Name, int]:
    """Return what a reader of the report sees."""
    seen: dict[Name, int] = {}
    for part in report.sections:
        for figure, name in base_names(part.base).items():
            if figure not in part.base.hidden:
                seen[name] = getattr(part.base, figure)
        for table in part.tables:
            for row in rows_of(table):
                for place, name in names_of(part, table, row):
                    value = row.cells[place]
                    assert isinstance(value, int)
                    seen[name] = value
    return seen


class Reader:
    """Somebody who knows all sums, and narrows down what is hidden until nothing more follows."""

    def __init__(self, seen: dict[Name, int], ties: list[Sum]) -> None:
        names = {name for each in ties for name in each.names}
        self.low = {name: seen.get(name, 1) for name in names}
        self.high = {name: seen.get(name, 10**6) for name in names}
        self.ties = ties

    def run(self) -> dict[Name, int]:
        """Return the counts that can have but one value."""
        while sum(self._narrowed(each) for each in self.ties):
            pass
        return {name: low for name, low in self.low.items() if low == self.high[name]}

    def _narrowed(self, each: Sum) -> bool:
        low, high = self.low, self.high
        before = [(low[n], high[n]) for n in each.names]
        whole, parts = each.whole, each.parts
        low[whole] = max(low[whole], sum(low[p] for p in parts))
        high[whole] = min(high[whole], sum(high[p] for p in parts))
        for part in parts:
            others_high = sum(high[p] for p in parts) - high[part]
            others_low = sum(low[p] for p in parts) - low[part]
            low[part] = max(low[part], low[whole] - others_high)
            high[part] = min(high[part], high[whole] - others_low)
        return before != [(low[n], high[n]) for n in each.names]


def test_no_small_count_is_left(report: Report) -> None:
    left = shown_counts(hide(report, LEAST))
    assert {name: count for name, count in left.items() if 0 < count < LEAST} == {}


def test_what_is_hidden_does_not_follow_from_what_is_shown(report: Report) -> None:
    known = {count.name: count.value for count in counts(report.sections)}
    ties = list(sums(report.sections, known))
    seen = shown_counts(hide(report, LEAST))
    found = Reader(seen, ties).run()
    assert set(found) - set(seen) == set()


def test_no_share_is_left_of_a_count_that_is_hidden(report: Report) -> None:
    for part in hide(report, LEAST).sections:
        for table in part.tables:
            keys = [column.key for column in table.columns]
            for row in rows_of(table):
                for cell, column in zip(row.cells, table.columns, strict=True):
                    of = [row.cells[keys.index(key)] for key in column.made_of if key in keys]
                    if any(isinstance(source, Hidden) for source in of):
                        assert cell is None or isinstance(cell, Hidden)


def test_what_is_shown_is_as_it_was(report: Report) -> None:
    hidden = hide(report, LEAST)
    for before, after in zip(report.sections, hidden.sections, strict=True):
        tables = {table.id: table for table in before.tables}
        for table in after.tables:
            for one, other in zip(rows_of(tables[table.id]), rows_of(table), strict=True):
                pairs = zip(one.cells, other.cells, strict=True)
                assert all(b == a or isinstance(a, Hidden) for b, a in pairs)


def test_a_large_least_hides_nearly_all_and_one_nothing(demo: Register) -> None:
    whole = build(demo, "oversikt", YEAR, today=TODAY)
    assert shown_counts(hide(whole, 1)) == shown_counts(whole)
    assert set(shown_counts(hide(whole, 100_000)).values()) == {0}


def made(*rows: tuple[str, int], told: str = "") -> Report:
    """Return a report of one table that adds, of the population `closed`."""
    total = sum(count for _, count in rows)
    lines = tuple(Row(key, (key, count, share(count, total))) for key, count in rows)
    columns = (
        Column("group", "", "text"),
        Column("count", "Antal"),
        Column("share", "Andel", "share", made_of=("count",)),
    )
    table = Table("x", columns, lines, of="closed", by="reason", adds=True)
    part = Section(
        id="x",
        title="X",
        rule="Avslutade.",
        base=Base(total, total, total, 0, 0, 0, "closed"),
        tables=(table,),
        sentences=(Told(told, "x", rows[0][0]),),
    )
    return Report("x", "X", "Förbundet", YEAR, TODAY, (part,))


def test_a_sentence_about_a_hidden_count_is_not_told() -> None:
    report = hide(made(("a", 3), ("b", 20), ("c", 8), told="{count} av {base.enrolments}."), LEAST)
    assert [row["count"] for row in cells(report, "x").values()] == [HIDDEN, 20, HIDDEN]
    assert [row["share"] for row in cells(report, "x").values()] == [HIDDEN, 64.5, HIDDEN]
    assert telling.sentences(section(report, "x")) == ()
    told = hide(made(("a", 9), ("b", 20), told="{count} av {base.enrolments}."), LEAST)
    assert telling.sentences(section(told, "x")) == ("9 av 29.",)


def test_hidden_is_two_dots_on_paper_and_null_in_json() -> None:
    report = hide(made(("a", 3), ("b", 20), ("c", 8)), LEAST)
    page = render_text(report, 80)
    assert ".." in page
    assert "antal under 5" in page
    (part,) = json.loads(render_json(report))["sections"]
    assert part["tables"][0]["rows"][0] == ["a", None, None, "a"]


def test_a_base_too_small_to_show_takes_every_share_with_it() -> None:
    report = hide(made(("a", 3), ("b", 0)), LEAST)
    base = section(report, "x").base
    assert base.figures["enrolments"] is base.figures["women"] is HIDDEN
    assert (base.enrolments, base.women) == (0, 0)
    assert [row["share"] for row in cells(report, "x").values()] == [HIDDEN, HIDDEN]


def test_a_table_of_cases_stays_inside() -> None:
    report = made(("a", 9), ("b", 20), told="{count}")
    part = report.sections[0]
    cases = part._replace(tables=(part.tables[0]._replace(cases=True),))
    after = hide(report._replace(sections=(cases,)), LEAST).sections[0]
    assert after.tables == ()
    assert after.sentences == ()
    assert "enskilda ärenden" in str(after.notes)


def test_the_same_count_has_the_same_name_wherever_it_is_printed(demo: Register) -> None:
    def names() -> Iterator[Name]:
        whole = build(demo, "oversikt", YEAR, today=TODAY)
        for part in whole.sections:
            for table in part.tables:
                if table.id == "sex":
                    for row in table.rows:
                        yield name_of(part, table, row, table.columns[1])
            yield from base_names(part.base).values()

    found = list(names())
    assert found.count(Name("participated", frozenset({"sex=woman"}))) > 1
