"""Every report in every form of output, of a register in which every text is an attack."""

from __future__ import annotations

import itertools
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING

from finsam_tui.domain.periods import Period
from finsam_tui.errors import UsageError
from finsam_tui.report import Report, build, catalogue
from finsam_tui.report.render.formats import FORMATS
from finsam_tui.report.render.plain import coded, render_text
from tests.faults import hostile, outputs
from tests.faults.hostile import Passes, Shown
from tests.faults.trials import Count

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from random import Random

    from finsam_tui.report.model import Row, Section, Table
    from finsam_tui.storage.register import Register

AT_ONCE = 40  # attacks that a pass shows on most surfaces; of fewer, only some reports are made
FORMS = [*FORMATS, "colour", "ascii"]
FEW = 4
TAME = ("snäll!A1", "lång " * 40, "rad\nrad\n- punkt\n- punkt\n\nrad")
YEAR, TODAY = Period.year(2024), date(2025, 1, 15)
ALLOWED = {
    "text": outputs.PAGES,
    "colour": outputs.COLOURS,
    "ascii": outputs.LINES,
    "csv": {"U+0009", "U+000A", "U+000D"},  # inside a text of several lines, and at its end
}


def reports(folder: Path, times: int, random: Random) -> Count:
    """Make every report of so many attacks: as the register gives it, and with all else named so.

    The second has attacks in place of the names and titles that finsam itself gives, too.
    """
    count, few = Count(), times < AT_ONCE
    names = random.sample([*catalogue.REPORTS], 1) if few else [*catalogue.REPORTS]
    forms = random.sample(FORMS, FEW) if few else FORMS
    shown = Shown(count)
    with closing(hostile.make(folder / "förbund", programmes=5 if few else 50)) as register:
        hostile.fill(register, lambda number: f"snäll{number}")
        tame = _parts(register, names, forms)
        attacks = Passes(times, random)
        others = attacks.texts()
        for _ in attacks.fill(register, 1 + times // AT_ONCE):
            for made in _reports(register, names):
                for each in (made, _renamed(made, others)):
                    _take(shown, each, tame)
    shown.tell(times)
    return count


def _reports(register: Register, names: Iterable[str]) -> Iterator[Report]:
    for name in names:
        yield build(register, name, YEAR, today=TODAY)


def _content(made: Report, form: str) -> bytes:
    """Return the report in a form of output, in a terminal's colours, or without å."""
    if form == "colour":
        return render_text(made, 100, colour=True).encode()
    if form == "ascii":
        return coded(render_text(made, 60), "ascii").encode()
    try:
        return FORMATS[form].content(made)
    except UsageError:  # no chart to draw
        assert form == "svg"
        return b"<svg/>"


def _parts(register: Register, names: Iterable[str], forms: Iterable[str]) -> dict[str, set[str]]:
    """Return what each form is made of where every text is tame."""
    found = {form: {*ALLOWED.get(form, ())} for form in forms}
    for made in _reports(register, names):
        tame = (itertools.repeat(text) for text in TAME)
        for each in (made, *(_renamed(made, texts) for texts in tame)):
            for form, known in found.items():
                known.update(outputs.parts(form, _content(each, form)))
    for form, seen in found.items():
        control = {part for part in seen if part.startswith(("U+", "CSI", "ESC"))}
        assert control <= ALLOWED.get(form, outputs.LINES), (form, control)
    return found


def _take(shown: Shown, made: Report, tame: dict[str, set[str]]) -> None:
    for form, known in tame.items():
        content = _content(made, form)
        wrong = outputs.faults(form, content, known)
        shown.take(f"{made.id} {form}", outputs.marks(form, content), wrong)


def _renamed(made: Report, texts: Iterator[str]) -> Report:
    """Return a report with another text in every place of one."""
    return made._replace(
        association=next(texts),
        filters=tuple(f._replace(label=next(texts)) for f in made.filters),
        sections=tuple(_section(section, texts) for section in made.sections),
    )


def _section(section: Section, texts: Iterator[str]) -> Section:
    return section._replace(
        title=next(texts),
        rule=next(texts),
        tables=tuple(_table(table, texts) for table in section.tables),
        texts=tuple(p._replace(title=next(texts), text=next(texts)) for p in section.texts),
        charts=tuple(chart._replace(title=next(texts)) for chart in section.charts),
    )


def _table(table: Table, texts: Iterator[str]) -> Table:
    return table._replace(
        title=next(texts),
        columns=tuple(column._replace(label=next(texts)) for column in table.columns),
        rows=tuple(_row(row, texts) for row in table.rows),
    )


def _row(row: Row, texts: Iterator[str]) -> Row:
    cells = tuple(next(texts) if isinstance(cell, str) else cell for cell in row.cells)
    return row._replace(cells=cells)
