"""What a report says outside its tables, the same in every form: its title, its base, its texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from finsam_tui.report import telling
from finsam_tui.report.model import Column, Hidden
from finsam_tui.text import plural, safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from finsam_tui.report.charting import Drawn
    from finsam_tui.report.model import Base, Cell, Report, Row, Section, Table

_COUNT = Column("count", "")
_SEXES = {"women": "kvinnor", "men": "män", "other": "annat eller okänt"}
_BULLET = "- "


class Piece(NamedTuple):
    """A part of a text: the lines of a paragraph, or the items of a list."""

    items: tuple[str, ...]
    bullets: bool


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
    enrolments = _amount(figures["enrolments"], "inskrivning", "inskrivningar")
    told = f"Underlag: {enrolments}, {_amount(figures['unique'], 'unik person', 'unika personer')}"
    if named := ", ".join(
        f"{_bare(figures[sex])} {word}" for sex, word in _SEXES.items() if figures[sex]
    ):
        told += f" ({named})"
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


def named(drawn: Drawn, section: Section) -> Drawn:
    """Return a chart titled by what it draws, where it is called only what its section is."""
    if drawn.title != safe(section.title) or len(drawn.series) > 1:
        return drawn
    return drawn._replace(title=drawn.series[0].name or drawn.title)


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
        if open_ and found[-1].bullets is bullets:
            found[-1] = Piece((*found[-1].items, more), bullets)
        elif open_ and line.startswith("  "):  # an item that goes on
            *items, last = found[-1].items
            found[-1] = Piece((*items, f"{last} {more}"), bullets=True)
        else:
            found.append(Piece((more,), bullets))
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
