"""Hides what could point at somebody in a report that leaves the association.

Small counts go, and so many others that no small one can be worked out from any table, base,
sentence or share of the report (`domain.suppression` decides which). Tables of single cases are
left out whole. What is not done is to compare with other reports: the same figures for two choices
of people can be subtracted from each other.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from finsam_tui.domain import suppression
from finsam_tui.domain.suppression import Sum
from finsam_tui.report import counting
from finsam_tui.report.counting import Name
from finsam_tui.report.model import HIDDEN, Base
from finsam_tui.text import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from finsam_tui.report.model import Cell, Column, Report, Row, Section, Table

EXTERNAL = 5  # the least count shown to those outside

_UNIQUE = ".unique"
_EXTREMES = frozenset({"lowest", "highest", "shortest", "longest", "min", "max"})


def hide(report: Report, least: int) -> Report:
    """Return the report without counts from 1 to `least` - 1, nor what would give them away."""
    sections = tuple(map(_without_cases, report.sections))
    known: dict[Name, int] = {}
    for count in counting.counts(sections):
        known.setdefault(count.name, count.value)
    sums = list(counting.sums(sections, known))
    left_over = dict(_left_over(sections))
    known |= {name: value for name, (value, _) in left_over.items()}
    sums += [each for _, each in left_over.values()]
    hidden = suppression.hide(known, sums, least, unshown=left_over, together=_together(known))
    names = frozenset(name for name in hidden if isinstance(name, Name))
    return report._replace(
        sections=tuple(_hidden(section, names, least) for section in sections), suppressed=least
    )


def _without_cases(section: Section) -> Section:
    """Return a section without its tables of single cases, and what is said of them."""
    kept = tuple(table for table in section.tables if not table.cases)
    gone = {table.id for table in section.tables} - {table.id for table in kept}
    if not gone:
        return section
    left_out = plural(len(gone), "tabell", "tabeller")
    return section._replace(
        tables=kept,
        sentences=tuple(told for told in section.sentences if told.table not in gone),
        notes=(
            *(n for n in section.notes if isinstance(n, str) or n.table not in gone),
            f"{left_out} över enskilda ärenden är utelämnad.",
        ),
        charts=tuple(chart for chart in section.charts if chart.table not in gone),
    )


def _left_over(sections: Sequence[Section]) -> Iterator[tuple[Name, tuple[int, Sum]]]:
    """Yield who is in the whole of a share but not in its part: nobody prints them."""
    for section in sections:
        for table in section.tables:
            for column in table.columns:
                if len(column.made_of) == 2:  # noqa: PLR2004 - part and whole
                    for row in counting.rows_of(table):
                        if column.kind == "share" or row.of:
                            yield from _complement(section, table, row, column)


def _complement(
    section: Section, table: Table, row: Row, column: Column
) -> Iterator[tuple[Name, tuple[int, Sum]]]:
    keys = [c.key for c in table.columns]
    part, whole = (keys.index(key) for key in column.made_of)
    some, all_ = row.cells[part], row.cells[whole]
    if isinstance(some, int) and isinstance(all_, int) and some <= all_:
        names = [counting.name_of(section, table, row, table.columns[n]) for n in (part, whole)]
        rest = Name(f"{names[1].of} - {names[0].of}", names[0].facts | {f"not {column.key}"})
        yield rest, (all_ - some, Sum(names[1], (names[0], rest)))


def _together(known: dict[Name, int]) -> dict[Name, list[Name]]:
    """Return who is hidden with whom: persons with their enrolments, whose number is near."""
    pairs: dict[Name, list[Name]] = defaultdict(list)
    for name in known:
        if name.of.endswith(_UNIQUE):
            enrolments = Name(name.of.removesuffix(_UNIQUE), name.facts)
            if enrolments in known:
                pairs[name].append(enrolments)
                pairs[enrolments].append(name)
    return pairs


def _hidden(section: Section, names: frozenset[Name], least: int) -> Section:
    tables = tuple(_table(section, table, names) for table in section.tables)
    base = _base(section.base, names)
    notes = section.notes
    if base.hidden or tables != section.tables:
        notes = (*notes, f".. är dolt: antal under {least}, och det som skulle avslöja dem.")
    return section._replace(base=base, tables=tables, notes=notes)


def _base(base: Base, names: frozenset[Name]) -> Base:
    of = counting.base_names(base)
    hidden = tuple(figure for figure, name in of.items() if name in names)
    enrolments, unique, women, men, other, anonymous = (
        0 if figure in hidden else getattr(base, figure) for figure in base.figures
    )
    return Base(enrolments, unique, women, men, other, anonymous, base.of, hidden)


class _Gone(NamedTuple):
    """Which cells of a table are hidden: (row key, column key) of those that are counts."""

    cells: frozenset[tuple[str, str]]
    total: str


def _table(section: Section, table: Table, names: frozenset[Name]) -> Table:
    gone = _Gone(
        frozenset(
            (row.key, table.columns[place].key)
            for row in counting.rows_of(table)
            for place, name in counting.names_of(section, table, row)
            if name in names
        ),
        table.total.key if table.total else "",
    )
    base_gone = not table.total and Name(table.of) in names

    def cut(row: Row) -> Row:
        pairs = zip(row.cells, table.columns, strict=True)
        own_gone = bool(row.of) and Name(row.of, frozenset(row.within)) in names
        cells = (
            HIDDEN
            if own_gone and column.made_of and c is not None
            else _cell(c, column, row, gone, base_gone=base_gone)
            for c, column in pairs
        )
        return row._replace(cells=tuple(cells))

    return table._replace(
        rows=tuple(map(cut, table.rows)), total=cut(table.total) if table.total else None
    )


def _cell(cell: Cell, column: Column, row: Row, gone: _Gone, *, base_gone: bool) -> Cell:
    """Return the cell, or HIDDEN where it is hidden or would tell one that is."""
    if cell is None:
        return None
    if (row.key, column.key) in gone.cells or column.key in _EXTREMES:
        return HIDDEN
    if any((row.key, source) in gone.cells for source in column.made_of):
        return HIDDEN
    if column.kind == "share" and len(column.made_of) == 1:
        # A share of the table's total: with it, and the count, the total could be worked out.
        of_total = [(key, column.made_of[0]) for key in (gone.total, "missing")]
        if base_gone or any(place in gone.cells for place in of_total):
            return HIDDEN
    return cell
