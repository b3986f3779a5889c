"""What a report is: sections, and the tables, charts, sentences and warnings that a section prints.

Every output, on screen, on paper or in a file, is made from these and from nothing else, so that no
two of them can part. They are named tuples, for a report is a program that runs for a tenth of a
second, and a data class takes five times as long to define.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from finsam_tui.domain.periods import Period


class Hidden:
    """What stands in the place of a figure that could point at somebody."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "HIDDEN"


HIDDEN: Final = Hidden()

Cell = str | int | float | Hidden | None  # None: there is no figure
Kind = Literal["text", "count", "share", "number"]


class Column(NamedTuple):
    """A column: `key` names it in files, `label` on screen.

    Shares are per cent with one decimal; numbers have `decimals`, or as many as they need. A text
    column may hold numbers, too.

    The rest says what its figures are of, so that sums can be checked and small cells hidden.
    `within` narrows the table's population ("sex=woman"), `of` is another population than the
    table's. A figure that is the sum of other columns names them in `parts`; one that is worked out
    from others (a share, a mean, a change) names those in `made_of`: a share of the table's total
    names the counts it is a share of, a share of another column both, part first. Where its rows
    are told apart by something else than the table's, such as the step at closure beside that at
    start, it says so in `by`.
    """

    key: str
    label: str
    kind: Kind = "count"
    decimals: int | None = None
    within: tuple[str, ...] = ()
    of: str = ""
    parts: tuple[str, ...] = ()
    made_of: tuple[str, ...] = ()
    by: str = ""


class Row(NamedTuple):
    """A line of a table; `key` is a name for it that no change of labels touches.

    `depth` is 1 for a part of the row above. A `rare` row is left out on paper when all it holds
    is noughts; files always have it. Where the rows of a table are of different people, a row says
    itself whom it counts: the population `of`, narrowed to `within`. What is made of other cells is
    then hidden with that count, wherever it is printed. `within` alone narrows the table's.
    """

    key: str
    cells: tuple[Cell, ...]
    depth: int = 0
    rare: bool = False
    of: str = ""
    within: tuple[str, ...] = ()


class Table(NamedTuple):
    """Rows under columns. `total` is no sum made afterwards: it is counted, and checked.

    `of` names the population that the counts are of (one of `scope.POPULATIONS`, or any word that
    the sections counting the same people share), `by` what the rows tell apart: a row with key
    "1881" by "municipality" counts those of the population with municipality=1881. Where the rows
    exclude each other and leave nobody out, the table `adds`: the rows of depth 0 make the total,
    those of depth 1 the row above them. A table of `cases` has a row for each person or
    event, and stays inside the association.
    """

    id: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    title: str = ""
    total: Row | None = None
    of: str = ""
    by: str = ""
    adds: bool = False
    cases: bool = False


class Chart(NamedTuple):
    """A picture of some columns of a table: `bars` lie, a line a row; `columns` stand in groups.

    Rows about what is missing, and the total, are not drawn.
    """

    table: str
    columns: tuple[str, ...]
    kind: Literal["bars", "columns"] = "bars"
    title: str = ""


class Told(NamedTuple):
    """A sentence made of the cells of a table, and therefore never at odds with it.

    In `words`, {column} is a cell of the row, {row.column} one of another row of the table,
    {table.row.column} one of another table, {base.women} a figure of the section's base.
    {column|avslutad|avslutade} puts the word that goes with the number after it. `telling.tell`
    writes it out; a sentence with a figure that is hidden, or missing, is not told.
    """

    words: str
    table: str
    row: str = "all"


class Parting(NamedTuple):
    """Two figures that should be the same and are not; each with the rule it is counted by."""

    what: str
    figure: float
    rule: str
    other: float
    other_rule: str


class Passage(NamedTuple):
    """A text that somebody has written for the report; `part` is its code."""

    part: str
    title: str
    text: str


class Base(NamedTuple):
    """Whom the figures of a section count: the population `of`.

    `enrolments` are those of registered persons, and women, men and other (which holds unknown) add
    up to them; `unique` are the persons; `anonymous` are enrolments beside them, counted in totals.
    What is `hidden` because it could point at somebody is 0 here; `figures` tells the two apart.
    """

    enrolments: int = 0
    unique: int = 0
    women: int = 0
    men: int = 0
    other: int = 0
    anonymous: int = 0
    of: str = ""
    hidden: tuple[str, ...] = ()

    @property
    def figures(self) -> dict[str, int | Hidden]:
        """The figures by name."""
        names = ("enrolments", "unique", "women", "men", "other", "anonymous")
        return {n: HIDDEN if n in self.hidden else getattr(self, n) for n in names}


class Section(NamedTuple):
    """A part of a report: its rule says in words whom it counts, its base how many they are.

    A sentence tells a main figure, with its number and base; a warning says where figures part.
    A section about no people, such as one of texts alone, has an empty base, `of` nobody.
    """

    id: str
    title: str
    rule: str
    base: Base
    tables: tuple[Table, ...] = ()
    sentences: tuple[Told, ...] = ()
    notes: tuple[str | Told, ...] = ()
    warnings: tuple[Parting, ...] = ()
    charts: tuple[Chart, ...] = ()
    texts: tuple[Passage, ...] = ()


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
    when somebody was. `suppressed` is the least count that is shown; 0 where all are.
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
    suppressed: int = 0
