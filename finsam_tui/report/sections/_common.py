"""What the sections have in common: labels of codes, tables of shares, texts, the check of sums."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from finsam_tui.domain.shares import share
from finsam_tui.report.model import Column, Parting, Passage, Row, Table
from finsam_tui.text import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from finsam_tui.forms.codes import Codes
    from finsam_tui.report.model import Base, Cell
    from finsam_tui.report.scope import Record, Rows, Scope

T = TypeVar("T")

MISSING_KEY = "missing"
MISSING_LABEL = "Uppgift saknas"
ALL = "all"

GROUP = Column("group", "", "text")
COUNT = Column("count", "Antal")
SHARE = Column("share", "Andel", "share", made_of=("count",))

# The columns of a table by sex; "other" holds unknown, as in a base.
SEXES = {"women": "woman", "men": "man", "other": "other"}
WOMEN = Column("women", "Kvinnor", within=("sex=woman",))
MEN = Column("men", "Män", within=("sex=man",))
OTHER = Column("other", "Annat", within=("sex=other",))
BY_SEX = (GROUP, WOMEN, MEN, OTHER, COUNT._replace(parts=tuple(SEXES)), SHARE)


class Counts(NamedTuple):
    """Enrolments by sex."""

    women: int = 0
    men: int = 0
    other: int = 0

    @property
    def all(self) -> int:
        """Those of every sex."""
        return sum(self)

    def __add__(self, more: Counts) -> Counts:  # type: ignore[override] # adds, does not append
        return Counts(*(one + other for one, other in zip(self, more, strict=True)))


def capital(text: str) -> str:
    """Return `text` as the first words of a line."""
    return text[:1].upper() + text[1:]


def label(codes: Codes, list_name: str, key: str | None) -> str:
    """Return what a row about a code is called."""
    return MISSING_LABEL if key is None else capital(codes.label(list_name, key))


def place(codes: Codes, list_name: str, key: str | None) -> tuple[bool, int, str]:
    """Return where a code stands among those of its list; what is missing comes last."""
    code = codes.get(list_name, key) if key is not None else None
    return key is None, code.sort if code else 0, key or ""


def some(*items: T | None) -> tuple[T, ...]:
    """Return the items there are; an empty one is none."""
    return tuple(item for item in items if item)


def missing(*cells: Cell) -> Row:
    """Return the row of those without an answer, who are in no share."""
    return Row(MISSING_KEY, (MISSING_LABEL, *cells), rare=True)


def by_sex(rows: Iterable[Record], key: str, count: str = "enrolments") -> dict[str | None, Counts]:
    """Return value of column `key` → counts by sex; each row has a sex and a `count`."""
    found: dict[str | None, Counts] = {}
    for row in rows:
        column = {"woman": "women", "man": "men"}.get(row["sex"], "other")
        more = Counts(**{column: row[count]})
        found[row[key]] = found.get(row[key], Counts()) + more
    return found


def sex_table(  # noqa: PLR0913 - what tells one such table from another
    id: str,
    counts: Mapping[str | None, Counts],
    names: Mapping[str, str],
    *,
    of: str,
    by: str,
    title: str = "",
    rare: bool = False,
) -> Table:
    """Return how those counted are shared out over `names` (key → label), by sex.

    The rows exclude each other. The key None counts those without an answer: they have a row of
    their own and are in no share. The column for other sexes is there where it counts anybody. Keys
    that are not in `names` raise KeyError; `rare` leaves out rows of noughts on paper.
    """
    unknown = counts.get(None, Counts())
    known = sum(c.all for key, c in counts.items() if key is not None)
    total = sum(counts.values(), Counts())
    if unexpected := set(counts) - {None, *names}:
        raise KeyError(*unexpected)
    rows = [
        Row(key, (name, *(c := counts.get(key, Counts())), c.all, share(c.all, known)), rare=rare)
        for key, name in names.items()
    ]
    lines = [*rows, missing(*unknown, unknown.all, None)]
    all_ = Row(ALL, ("Summa", *total, total.all, share(known, known)))
    table = Table(id, BY_SEX, tuple(lines), title=title, total=all_, of=of, by=by, adds=True)
    return table if total.other else without(table, "other")


def without(table: Table, *columns: str) -> Table:
    """Return a table without some of its columns."""
    kept = [n for n, column in enumerate(table.columns) if column.key not in columns]

    def cut(row: Row) -> Row:
        return row._replace(cells=tuple(row.cells[n] for n in kept))

    heads = (table.columns[n] for n in kept)
    return table._replace(
        columns=tuple(
            h._replace(parts=tuple(p for p in h.parts if p not in columns)) for h in heads
        ),
        rows=tuple(map(cut, table.rows)),
        total=cut(table.total) if table.total else None,
    )


def code_names(codes: Codes, list_name: str, used: Iterable[str | None] = ()) -> dict[str, str]:
    """Return key → label of a list's codes in their order, those no longer offered if `used`."""
    keys = {code.key for code in codes.options(list_name)} | {key for key in used if key}
    ordered = sorted(keys, key=lambda key: place(codes, list_name, key))
    return {key: label(codes, list_name, key) for key in ordered}


def change(before: int, after: int) -> tuple[int, float | None]:
    """Return the change and the change in per cent of what was before."""
    return after - before, share(after - before, before)


def check(counts: Iterable[int], base: Base, what: str, rule: str = "") -> tuple[Parting, ...]:
    """Return a warning where the counts of a table do not add up to the base of the section."""
    total = sum(counts)
    if total == base.enrolments:
        return ()
    return (Parting(what, total, rule or "summan av raderna", base.enrolments, "underlaget"),)


def texts(
    rows: Rows, scope: Scope, *parts: str, programme: str | None = None
) -> tuple[tuple[Passage, ...], tuple[str, ...]]:
    """Return the year's texts of these parts, in order, and notes on those not yet written.

    The rows are those of report_texts; the texts of one `programme`, else those of the programme
    the report is narrowed to, else the association's own.
    """
    programme = programme or scope.filters.programme or None
    year = scope.period.last.year
    passages, notes = [], []
    for part in parts:
        title = label(scope.codes, "report_part", part)
        found = _latest(rows["report_texts"], part, programme)
        if found is not None and found["year"] == year:
            passages.append(Passage(part, title, found["text"]))
        else:
            start = f"; den för {found['year']} är en början" if found is not None else ""
            notes.append(f"{title}: ingen text för {year} ännu{start}.")
    return tuple(passages), tuple(notes)


def _latest(rows: Sequence[Record], part: str, programme: str | None) -> Record | None:
    """Return the latest text of a part there is, this year's or an earlier one."""
    of_it = [row for row in rows if row["part"] == part and row["programme"] == programme]
    return max(of_it, key=lambda row: int(row["year"]), default=None)


def everybody(base: Base) -> int:
    """Return the enrolments of a base with those of anonymous participants."""
    return base.enrolments + base.anonymous


def amount(value: float | None) -> str | None:
    """Return kronor as people write them, "1 051 782,22 kr"; None of none."""
    if value is None:
        return None
    return f"{number(value, 0 if value == int(value) else 2)} kr"
