"""What a report is: sections, and the tables, sentences and warnings that a section prints.

Every output, on screen, on paper or in a file, is made from these and from nothing else, so that no
two of them can part. They are named tuples, for a report is a program that runs for a tenth of a
second, and a data class takes five times as long to define.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from finsam_tui.domain.periods import Period

Cell = str | int | float | None  # None: there is no figure
Kind = Literal["text", "count", "share", "number"]


class Column(NamedTuple):
    """A column: `key` names it in files, `label` on screen.

    Shares are per cent with one decimal; numbers have `decimals`, or as many as they need.
    """

    key: str
    label: str
    kind: Kind = "count"
    decimals: int | None = None


class Row(NamedTuple):
    """A line of a table; `key` is a name for it that no change of labels touches.

    `depth` is 1 for a part of the row above. A `rare` row is left out on paper when all it holds
    is noughts; files always have it.
    """

    key: str
    cells: tuple[Cell, ...]
    depth: int = 0
    rare: bool = False


class Table(NamedTuple):
    """Rows under columns. `total` is no sum made afterwards: it is counted, and checked."""

    id: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    title: str = ""
    total: Row | None = None


class Base(NamedTuple):
    """Whom the figures of a section count.

    `enrolments` are those of registered persons, and women, men and other (which holds unknown) add
    up to them; `unique` are the persons; `anonymous` are enrolments beside them, counted in totals.
    """

    enrolments: int = 0
    unique: int = 0
    women: int = 0
    men: int = 0
    other: int = 0
    anonymous: int = 0


class Section(NamedTuple):
    """A part of a report: its rule says in words whom it counts, its base how many they are.

    A sentence tells a main figure, with its number and base; a warning says where figures part.
    """

    id: str
    title: str
    rule: str
    base: Base
    tables: tuple[Table, ...]
    sentences: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


class Filter(NamedTuple):
    """What the report is narrowed to: `value` is an id or key, `label` what it is called."""

    key: str
    title: str
    value: str
    label: str


class Report(NamedTuple):
    """A whole report, or the sections of it that were asked for.

    One with `headlines` is a single page in two columns where the paper is wide enough, headed by
    the first sentence of those sections. `empty` says that nobody was enrolled in the period, and
    when somebody was.
    """

    id: str
    title: str
    association: str
    period: Period
    today: date
    sections: tuple[Section, ...]
    filters: tuple[Filter, ...] = ()
    headlines: tuple[str, ...] = ()
    empty: str = ""
