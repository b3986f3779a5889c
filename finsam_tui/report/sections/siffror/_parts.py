"""A table for all programmes and one for each of them, mostly by home municipality."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from finsam_tui.report.model import Row, Table
from finsam_tui.report.sections._common import ALL, MISSING_KEY, MISSING_LABEL
from finsam_tui.text import alphabetic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from finsam_tui.forms.codes import Codes
    from finsam_tui.report.model import Cell, Column
    from finsam_tui.report.scope import Record

    Figures = Counter[str]  # by the name of their column in the query
    ByPlace = Mapping[str | None, Figures]  # by municipality, or none
    Cells = Callable[[str, Figures], tuple[Cell, ...]]  # of a row's key and figures

WHOLE = None  # stands for all programmes


class Part(NamedTuple):
    """All programmes, or one of them."""

    programme: str | None
    title: str

    def id(self, name: str) -> str:
        """Return the id of its table."""
        return name if self.programme is WHOLE else f"{name}_{self.programme}"

    def narrowed(self, columns: Iterable[Column]) -> tuple[Column, ...]:
        """Return the columns as those of its table, whose figures are of its programme."""
        if self.programme is WHOLE:
            return tuple(columns)
        within = f"programme={self.programme}"
        return tuple(
            c if c.kind == "text" else c._replace(within=(*c.within, within)) for c in columns
        )


class Place(NamedTuple):
    """A municipality; one that is not the association's `own` is a place to stay."""

    key: str
    name: str
    own: bool


def programme_names(codes: Codes, found: Iterable[str | None]) -> dict[str, str]:
    """Return id → name of the programmes found, by name; WHOLE is none of them."""
    names = {key: codes.label("programme", key) for key in found if key is not WHOLE}
    return dict(sorted(names.items(), key=lambda named: alphabetic(named[1])))


def parts(codes: Codes, found: Iterable[str | None]) -> tuple[Part, ...]:
    """Return the whole, and each of the programmes found where they are more than one."""
    names = programme_names(codes, found)
    if len(names) == 1:
        return (Part(WHOLE, *names.values()),)
    return (Part(WHOLE, "Alla insatser"), *(Part(key, name) for key, name in names.items()))


def places(rows: Sequence[Record]) -> tuple[Place, ...]:
    """Return the municipalities by name, the association's own before places to stay.

    Its own have a share of its population; where none has one, all are its own.
    """
    shared = any(row["share"] is not None for row in rows)
    found = [Place(r["id"], r["name"], r["share"] is not None or not shared) for r in rows]
    return tuple(sorted(found, key=lambda place: (not place.own, alphabetic(place.name))))


def by_place(rows: Iterable[Record], *columns: str) -> dict[str | None, dict[str | None, Figures]]:
    """Return programme → municipality → the sums of `columns`; WHOLE is all programmes."""
    found: dict[str | None, dict[str | None, Figures]] = {WHOLE: {}}
    for row in rows:
        for programme in (WHOLE, row["programme"]):
            homes = found.setdefault(programme, {})
            homes.setdefault(row["municipality"], Counter()).update(
                {column: row[column] for column in columns}
            )
    return found


def added(counts: ByPlace) -> Figures:
    """Return the figures of all places together."""
    return sum(counts.values(), Counter())


def place_table(  # noqa: PLR0913 - what tells one such table from another
    part: Part,
    name: str,
    columns: Iterable[Column],
    counts: ByPlace,
    homes: Iterable[Place],
    *,
    cells: Cells,
    of: str,
) -> Table:
    """Return the table of a part: a row a municipality, one for those without, and the total."""
    lines = [
        Row(
            home.key,
            (home.name, *cells(home.key, counts.get(home.key, Counter()))),
            rare=not home.own,
        )
        for home in homes
    ]
    unknown = cells(MISSING_KEY, counts.get(None, Counter()))
    return Table(
        id=part.id(name),
        columns=part.narrowed(columns),
        rows=(*lines, Row(MISSING_KEY, (MISSING_LABEL, *unknown), rare=True)),
        title=part.title,
        total=Row(ALL, ("Summa", *cells(ALL, added(counts)))),
        of=of,
        by="municipality",
        adds=True,
    )
