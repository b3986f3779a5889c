"""What a report says outside its tables, the same in every form: its title, its base, its texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from finsam_tui.report import charting, telling
from finsam_tui.report.model import Column, Hidden
from finsam_tui.text import plural, safe

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal

    from finsam_tui.report.charting import Drawn
    from finsam_tui.report.model import Base, Cell, Chart, Report, Row, Section, Table

_COUNT = Column("count", "")
_SEXES = {
    "women": ("kvinna", "kvinnor"),
    "men": ("man", "män"),
    "other": ("annat eller okänt", "annat eller okänt"),
}
_ENROLMENT = ("inskrivning", "inskrivningar")
_COUNTED = {"non_started": ("aktualisering", "aktualiseringar")}  # a base of no enrolments
_BULLET = "- "


class Charted(NamedTuple):
    """A chart with its figures, how it is drawn, and a title where its table says less."""

    drawn: Drawn
    kind: Literal["bars", "columns"]
    title: str


class Piece(NamedTuple):
    """A part of a text: the lines of a paragraph, or the items of a list.

    One that is `close` follows right below the part before.
    """

    items: tuple[str, ...]
    bullets: bool
    close: bool = False


def title(report: Report) -> str:
    """Return the title with its period; one that has not ended says so."""
    so_far = ", hittills" if report.today < report.period.last else ""
    return safe(f"{report.title} {report.period.label}{so_far}")


def narrowed(report: Report) -> str:
    """Return what the report is narrowed to."""
    return safe("; ".join(f"{f.title}: {f.label}" for f in report.filters) or "Alla insatser")


def made(report: Report) -> str:
    """Return when the report was made."""
    return f"framtagen {report.today.isoformat()}"


def suppressed(report: Report) -> str:
    """Return what is hidden in the report; nothing where all is shown."""
    if not report.suppressed:
        return ""
    return (
        f"Antal under {report.suppressed}, och de tal som de går att räkna ut ur, visas inte: "
        f"där står {telling.HIDDEN_MARK}"
    )


def base(counted: Base) -> str:
    """Return whom a section counts: enrolments and persons, never one for the other."""
    figures = counted.figures
    enrolments = _amount(figures["enrolments"], *_COUNTED.get(counted.of, _ENROLMENT))
    sexes = [_amount(figures[sex], *names) for sex, names in _SEXES.items() if figures[sex]]
    named = f" ({', '.join(sexes)})" if sexes else ""  # they add up to what they stand beside
    persons = _amount(figures["unique"], "unik person", "unika personer")
    told = f"Underlag: {enrolments}{named}, {persons}"
    if figures["anonymous"]:
        told += f"; därtill {_amount(figures['anonymous'], 'anonym', 'anonyma')}"
    return f"{told}."


def short_base(counted: Base) -> str:
    """Return enrolments and persons in a few words."""
    figures = counted.figures
    return f"{_bare(figures['enrolments'])} inskr., {_bare(figures['unique'])} unika"


def warnings(report: Report, section: Section) -> tuple[str, ...]:
    """Return the warnings of a section, without figures where some are hidden."""
    told = telling.warnings(section, hidden=bool(report.suppressed))
    return tuple(f"OBS: {safe(warning)}" for warning in told)


def cell(value: Cell, column: Column) -> str:
    """Return a cell as it is read, on one line: 1 234, 12,3 %, – where there is no figure."""
    shown = telling.shown(value, column)
    return shown if shown.isprintable() else " ".join(safe(shown, multiline=True).split())


def illustrated(section: Section) -> Iterator[tuple[Table, list[Charted]]]:
    """Yield the tables of a section, each with the charts of it that have something to draw."""
    for table in section.tables:
        charts = (chart for chart in section.charts if chart.table == table.id)
        drawn = ((chart, charting.drawn(section, chart)) for chart in charts)
        yield table, [_charted(made, chart, table, section) for chart, made in drawn if made]


def _charted(drawn: Drawn, chart: Chart, table: Table, section: Section) -> Charted:
    """Return a chart, called by what it draws where it has no name but that of its section."""
    if drawn.title == safe(section.title) and len(drawn.series) == 1:
        drawn = drawn._replace(title=drawn.series[0].name or drawn.title)
    said = {safe(section.title), safe(table.title)}
    return Charted(drawn, chart.kind, "" if drawn.title in said else drawn.title)


def is_prose(table: Table, place: int) -> bool:
    """Return whether the column at `place` holds texts, which are read from the left."""
    return table.columns[place].kind == "text" and (
        place == 0 or any(isinstance(row.cells[place], str) for row in table.rows)
    )


def shown_rows(table: Table) -> list[Row]:
    """Return the rows to show to readers: rare ones of noughts are left out."""
    return [row for row in table.rows if not (row.rare and not any(row.cells[1:]))]


def totals(table: Table) -> tuple[Row, ...]:
    """Return the total as none or one row."""
    return (table.total,) if table.total else ()


def pieces(text: str) -> list[Piece]:
    """Return a text as paragraphs and lists: a line that begins with "- " is an item of a list."""
    found: list[Piece] = []
    open_ = False  # whether the next line may go on with the last piece
    for line in safe(text, multiline=True).expandtabs(1).splitlines():
        item = line.strip()
        bullets = item.startswith(_BULLET)
        if not item:
            open_ = False
            continue
        more = item.removeprefix(_BULLET).strip()
        last = found[-1] if open_ else Piece((), not bullets)
        if last.bullets is bullets:
            found[-1] = last._replace(items=(*last.items, more))
        elif last.items and line.startswith("  ") and not bullets:  # an item that goes on
            found[-1] = last._replace(items=(*last.items[:-1], f"{last.items[-1]} {more}"))
        else:
            found.append(Piece((more,), bullets, close=open_))
        open_ = True
    return found


def _amount(figure: int | Hidden, one: str, many: str) -> str:
    return (
        f"{telling.HIDDEN_MARK} {many}" if isinstance(figure, Hidden) else plural(figure, one, many)
    )


def _bare(figure: int | Hidden) -> str:
    return telling.shown(figure, _COUNT)


def sentences(section: Section) -> Iterator[str]:
    """Yield what the section says of its main figures."""
    yield from map(safe, telling.sentences(section))


def notes(section: Section) -> Iterator[str]:
    """Yield what there is to know of its figures."""
    yield from map(safe, telling.notes(section))
