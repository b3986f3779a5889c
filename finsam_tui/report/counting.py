"""What every count of a report is of, so that the same figure is known wherever it is printed.

A count has a name: the population it is of and the facts it is narrowed to. Women who closed are
("closed", {"sex=woman"}) as a row of one table, a column of another, or a figure of a base. What no
section names is a figure of its own. From the names follow the sums that tie the counts together.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from finsam_tui.domain.suppression import Sum

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from finsam_tui.report.model import Base, Column, Row, Section, Table

# Populations that make up another one: whoever took part had started before, or started now.
_MADE_OF = {"participated": (("closed", "ongoing"), ("carried", "started"))}
_COUNTING = ("count", "text")  # a text column has counts among its words
_SEXES = {"women": "woman", "men": "man", "other": "other"}


class Name(NamedTuple):
    """What a count is of; one that is its own has its place in the report for a population."""

    of: str
    facts: frozenset[str] = frozenset()


class Count(NamedTuple):
    """A count as it is printed: its name, its value, and where it stands."""

    name: Name
    value: int
    section: str
    where: str  # what a reader calls the place


def names_of(section: Section, table: Table, row: Row) -> Iterator[tuple[int, Name]]:
    """Yield the place and name of each count in a row."""
    for place, (cell, column) in enumerate(zip(row.cells, table.columns, strict=True)):
        if isinstance(cell, int) and column.kind in _COUNTING:
            yield place, name_of(section, table, row, column)


def name_of(section: Section, table: Table, row: Row, column: Column) -> Name:
    """Return the name of the count in a column of a row."""
    if row.of:
        return Name(column.of or row.of, frozenset((*row.within, *column.within)))
    of = column.of or table.of
    if not of:
        return Name(f"{section.id}/{table.id}/{row.key}/{column.key}")
    facts = frozenset((*row.within, *column.within))
    apart = row is not table.total and not row.within
    return Name(of, facts | {f"{column.by or table.by}={row.key}"} if apart else facts)


def base_names(base: Base) -> dict[str, Name]:
    """Return figure → name of a base; none of an empty one."""
    if not base.of:
        return {}
    sexes = {figure: Name(base.of, frozenset({f"sex={sex}"})) for figure, sex in _SEXES.items()}
    return {
        "enrolments": Name(base.of),
        **sexes,
        "unique": Name(f"{base.of}.unique"),
        "anonymous": Name(f"{base.of}.anonymous"),
    }


def rows_of(table: Table) -> tuple[Row, ...]:
    """Return the rows of a table, its total the last."""
    return (*table.rows, *((table.total,) if table.total else ()))


def counts(sections: Iterable[Section]) -> Iterator[Count]:
    """Yield every count that the sections print; a list of single cases has none."""
    for section in sections:
        for figure, name in base_names(section.base).items():
            yield Count(name, getattr(section.base, figure), section.title, "underlaget")
        for table in section.tables:
            if table.cases:
                continue
            for row in rows_of(table):
                for place, name in names_of(section, table, row):
                    where = f"{row.cells[0]}, {table.columns[place].label}".rstrip(", ")
                    value = row.cells[place]
                    assert isinstance(value, int)  # noqa: S101 - names_of
                    yield Count(name, value, section.title, where)


def sums(sections: Iterable[Section], known: dict[Name, int]) -> Iterator[Sum]:
    """Yield the sums that tie the counts together, those that are not true left out.

    A cell without a figure adds nothing.
    """
    for whole, parts in _all_sums(sections, known):
        there = tuple(part for part in parts if part in known)
        if there and known.get(whole) == sum(known[part] for part in there):
            yield Sum(whole, there)


def _all_sums(sections: Iterable[Section], known: dict[Name, int]) -> Iterator[Sum]:
    yield from _shared_out(known)
    for section in sections:
        names = base_names(section.base)
        if names:
            yield Sum(names["enrolments"], tuple(names[sex] for sex in _SEXES))
        for table in section.tables:
            yield from _of_rows(section, table)
            yield from _of_columns(section, table)
    yield from populations(known)


def _shared_out(known: Collection[Name]) -> Iterator[Sum]:
    """Yield what the values of a fact make, wherever each of them is printed.

    Where they leave somebody out, or count somebody twice, the sum is not true and `sums` drops it.
    """
    values: dict[tuple[Name, str], list[Name]] = defaultdict(list)
    for name in known:
        for fact in name.facts:
            what, value, _ = fact.partition("=")
            if value:
                values[Name(name.of, name.facts - {fact}), what].append(name)
    for (whole, _), parts in values.items():
        yield Sum(whole, tuple(parts))


def populations(known: Collection[Name]) -> Iterator[Sum]:
    """Yield what populations make together, of names that are all known."""
    for name in known:
        for parts in _MADE_OF.get(name.of, ()):
            names = tuple(Name(part, name.facts) for part in parts)
            if all(part in known for part in names):
                yield Sum(name, names)


def _of_rows(section: Section, table: Table) -> Iterator[Sum]:
    """Yield what the rows of an adding table make: its total, and the rows that have parts."""
    if not table.adds:
        return
    for column in table.columns:
        if column.kind == "count":
            yield from _down(section, table, column)


def _down(section: Section, table: Table, column: Column) -> Iterator[Sum]:
    groups: list[tuple[Row, list[Row]]] = []
    for row in table.rows:
        if row.depth == 0:
            groups.append((row, []))
        elif groups and row.depth == 1:
            groups[-1][1].append(row)

    def name(row: Row) -> Name:
        return name_of(section, table, row, column)

    whole = (
        name(table.total) if table.total else Name(column.of or table.of, frozenset(column.within))
    )
    yield Sum(whole, tuple(name(row) for row, _ in groups))
    for row, parts in groups:
        if parts:
            yield Sum(name(row), tuple(map(name, parts)))


def _of_columns(section: Section, table: Table) -> Iterator[Sum]:
    """Yield what the columns of each row make together."""
    columns = {column.key: column for column in table.columns}
    for column in table.columns:
        parts = [columns[key] for key in column.parts if key in columns]
        if parts:
            for row in rows_of(table):
                whole, *names = (name_of(section, table, row, c) for c in (column, *parts))
                yield Sum(whole, tuple(names))
