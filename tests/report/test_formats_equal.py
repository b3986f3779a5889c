"""The figures of every section are the same in every form of output."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from finsam_tui.report import Report, build, catalogue
from finsam_tui.report.hiding import EXTERNAL, hide
from finsam_tui.report.model import HIDDEN
from finsam_tui.report.render.formats import FORMATS
from finsam_tui.report.render.plain import render_pages
from tests.report import reading
from tests.report.conftest import TODAY, YEAR

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from finsam_tui.storage.register import Register

SECTIONS = [(id, name) for id, entry in catalogue.REPORTS.items() for name in entry.ids]
NARROW = (40, 76)  # columns; two columns of sections need more
# How each form is read back, and what it should hold.
READERS: dict[str, Callable[[bytes, Report], Sequence[object]]] = {
    "json": lambda content, _: reading.read_json(content),
    "csv": reading.read_csv,
    "xlsx": reading.read_xlsx,
    "md": lambda content, _: reading.read_md(content),
    "html": lambda content, _: reading.read_html(content),
    "docx": reading.read_docx,
}
WANTED: dict[str, Callable[[Report], Sequence[object]]] = {
    "json": reading.in_files,
    "csv": reading.in_files,
    "xlsx": reading.in_sheets,
    "md": reading.on_paper,
    "html": reading.on_paper,
    "docx": reading.on_paper,
}


class Made:
    """The reports, each made, written and read once, whatever tests ask for it."""

    def __init__(self, register: Register) -> None:
        self._made = cache(lambda id: build(register, id, YEAR, today=TODAY))
        self.read = cache(self._read)
        self.lines = cache(self._lines)

    def report(self, id: str) -> Report:
        return self._made(id)

    def _read(self, id: str, form: str) -> Sequence[object]:
        """Return what a form of a report holds, section by section."""
        report = self.report(id)
        return READERS[form](FORMATS[form].content(report), report)

    def _lines(self, id: str, columns: int) -> list[list[str]]:
        """Return the lines of each section of a report as pages of text."""
        report = self.report(id)._replace(headlines=())
        return reading.text_sections(render_pages(report, columns).encode(), report)


@pytest.fixture(scope="session")
def made(demo: Register) -> Made:
    return Made(demo)


@pytest.mark.parametrize("form", READERS)
@pytest.mark.parametrize(("id", "name"), SECTIONS)
def test_a_form_holds_the_figures_of_the_section(made: Made, id: str, name: str, form: str) -> None:
    read, wanted = made.read(id, form), WANTED[form](made.report(id))
    place = catalogue.REPORTS[id].ids.index(name)
    assert len(read) == len(wanted)
    assert read[place] == wanted[place]


@pytest.mark.parametrize("columns", [*NARROW, 100])
@pytest.mark.parametrize(("id", "name"), SECTIONS)
def test_pages_of_text_hold_the_figures_of_the_section(
    made: Made, id: str, name: str, columns: int
) -> None:
    place = catalogue.REPORTS[id].ids.index(name)
    lines = made.lines(id, columns)[place]
    assert reading.unread(lines, made.report(id).sections[place]) == []


@pytest.mark.parametrize(("id", "name"), SECTIONS)
def test_a_section_by_itself_is_the_one_of_the_whole_report(
    demo: Register, made: Made, id: str, name: str
) -> None:
    (alone,) = build(demo, id, YEAR, today=TODAY, sections=[name]).sections
    place = catalogue.REPORTS[id].ids.index(name)
    assert alone.tables == made.report(id).sections[place].tables


@pytest.mark.parametrize("form", READERS)
def test_a_form_hides_what_the_report_hides(made: Made, form: str) -> None:
    report = hide(made.report("sus"), EXTERNAL)
    assert HIDDEN in [c for s in report.sections for t in s.tables for r in t.rows for c in r.cells]
    assert READERS[form](FORMATS[form].content(report), report) == WANTED[form](report)


def test_pages_of_text_hide_what_the_report_hides(made: Made) -> None:
    report = hide(made.report("sus"), EXTERNAL)
    lines = reading.text_sections(render_pages(report).encode(), report)
    for section, own in zip(report.sections, lines, strict=True):
        assert reading.unread(own, section) == []


def test_every_section_of_figures_has_figures_here(made: Made) -> None:
    """Else the tests above would compare nothing with nothing."""
    empty = {
        (id, section.id)
        for id in catalogue.REPORTS
        for section in made.report(id).sections
        if not any(reading.paper_rows(table) for table in section.tables)
    }
    assert empty == {("arsrapport", "organisation"), ("arsrapport", "deviations")}
