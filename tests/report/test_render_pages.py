"""Pages for a printer: heads, numbers, contents, where a page is turned; lists, wide tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from finsam_tui.report import Report, build, catalogue
from finsam_tui.report.model import Base, Column, Passage, Row, Section, Table
from finsam_tui.report.render.page import PAGE
from finsam_tui.report.render.plain import render_pages, render_text
from tests.report.conftest import TODAY, YEAR

if TYPE_CHECKING:
    from finsam_tui.storage.register import Register

RULED = re.compile(r"^(.+) ─+$")
NARROW = 40
GROUP = Column("group", "", "text")


def report(*sections: Section) -> Report:
    return Report("x", "Rapport", "Förbundet", YEAR, TODAY, sections)


def section(id: str, *tables: Table, text: str = "") -> Section:
    texts = (Passage("purpose", "Text", text),) if text else ()
    base = Base(3, 3, 2, 1, 0, 0, "participated")
    return Section(id, f"Avsnitt {id}", "Regel.", base, tables=tables, texts=texts)


def table(rows: int, title: str = "") -> Table:
    lines = tuple(Row(str(n), (f"Rad {n}", n)) for n in range(rows))
    return Table("t", (GROUP, Column("count", "Antal")), lines, title=title)


def pages(made: Report, columns: int = 80) -> list[list[str]]:
    return [page.splitlines() for page in render_pages(made, columns).split("\f")]


@pytest.mark.parametrize("columns", [NARROW, 80, 100])
@pytest.mark.parametrize("id", [id for id in catalogue.REPORTS if id != catalogue.DEFAULT])
def test_every_page_is_headed_numbered_and_no_longer_than_paper(
    demo: Register, id: str, columns: int
) -> None:
    made = build(demo, id, YEAR, today=TODAY)
    found = pages(made, columns)
    assert len(found) > 1
    for number, page in enumerate(found, 1):
        assert len(page) <= PAGE
        assert max(map(len, page)) <= columns
        assert made.title.split()[0] in " ".join(page[:2])
        assert "Samordningsförb" in page[0] or columns == NARROW
        assert f"sida {number} av {len(found)}" in " ".join(page[:5])


@pytest.mark.parametrize("id", [id for id in catalogue.REPORTS if id != catalogue.DEFAULT])
def test_pages_hold_what_there_is_without_pages_and_no_more(demo: Register, id: str) -> None:
    made = build(demo, id, YEAR, today=TODAY)
    on_pages = [line for page in pages(made) for line in page if line]
    at = 0
    for line in (line for line in render_text(made, 80).splitlines()[2:] if line):
        at = on_pages.index(line, at)
    assert "\f" not in render_text(made, 80)


@pytest.mark.parametrize("id", ["arsrapport", "sus", "siffror", "helarsrapport"])
def test_the_contents_tell_the_page_of_each_section(demo: Register, id: str) -> None:
    made = build(demo, id, YEAR, today=TODAY)
    found = pages(made)
    told = [re.fullmatch(r"(.+?) \.+ +(\d+)", line) for line in found[0]]
    contents = [(match[1], int(match[2])) for match in told if match]
    assert [title for title, _ in contents] == [section.title for section in made.sections]
    for title, number in contents:
        heads = [line for line in found[number - 1] if line.startswith(f"{title} ─")]
        assert len(heads) == 1


def test_few_sections_need_no_contents() -> None:
    assert "Innehåll" not in render_pages(report(*(section(str(n), table(20)) for n in range(6))))
    assert "Innehåll" in render_pages(report(*(section(str(n), table(20)) for n in range(7))))


def test_what_fits_on_a_page_is_not_numbered() -> None:
    made = report(section("1", table(9)), section("2", table(9)))
    assert render_pages(made) == render_text(made, 80)
    assert "sida" not in render_pages(made)


@pytest.mark.parametrize("rows", range(30, 56))
def test_a_heading_is_on_the_page_of_what_it_is_of(rows: int) -> None:
    made = report(
        section("1", table(rows)), section("2", table(4)), section("3", text="Ord. " * 90)
    )
    for page in pages(made):
        for n, line in enumerate(page):
            if line.startswith("Avsnitt"):
                assert any(re.match(r"Rad|Ord", below) for below in page[n:])


@pytest.mark.parametrize("rows", range(2, 50, 3))
def test_a_table_that_fits_on_a_page_is_not_cut(rows: int) -> None:
    made = report(section("1", table(20)), section("2", table(rows, "Tabell")))
    (page,) = [page for page in pages(made) if "Tabell" in page]
    at = page.index("Tabell")
    assert [line.split()[1] for line in page[at + 2 : at + 2 + rows]] == list(map(str, range(rows)))


def test_a_table_longer_than_a_page_has_its_head_on_each() -> None:
    first, *more = pages(report(section("1", table(150, "Lång"))))
    assert len(more) == 2
    assert all(page[3:5] == ["Lång", " " * 59 + "Antal"] for page in more)
    rows = [line for page in (first, *more) for line in page if line.startswith("Rad")]
    assert len(rows) == 150


def test_a_long_text_goes_on_on_the_next_page() -> None:
    text = "\n".join(f"Mening {n}." for n in range(200))
    found = pages(report(section("1", text=text)))
    assert len(found) > 3
    assert [line for page in found for line in page if line.startswith("Mening")] == text.split(
        "\n"
    )
    assert all(len(page) == PAGE for page in found[:-1])


def wide(count: int) -> Table:
    columns = (GROUP, *(Column(f"c{n}", f"Kommun {n}") for n in range(count)))
    rows = tuple(Row(str(r), (f"Part {r}", *range(100 * r, 100 * r + count))) for r in range(3))
    return Table("wide", columns, rows, title="Korstabell")


@pytest.mark.parametrize("columns", [40, 60, 80, 100])
def test_a_table_too_wide_for_the_paper_goes_on_below_with_its_labels(columns: int) -> None:
    lines = render_text(report(section("1", wide(26))), columns).splitlines()
    assert max(map(len, lines)) <= columns
    for row in range(3):
        parts = [line.split()[2:] for line in lines if line.startswith(f"Part {row}")]
        assert len(parts) > 1
        assert [int(f) for part in parts for f in part] == list(range(100 * row, 100 * row + 26))
    assert sum(line.startswith("Korstabell") for line in lines) == lines.count("Korstabell") + (
        lines.count("Korstabell, forts.")
    )


def listed(*rows: tuple[str, int, str, str]) -> Table:
    columns = (
        Column("date", "Datum", "text"),
        Column("months", "Månader"),
        Column("why", "Orsak", "text"),
        Column("what", "Kommentar", "text"),
    )
    return Table("list", columns, tuple(Row(str(n), row) for n, row in enumerate(rows)))


def test_texts_in_a_table_are_broken_inside_their_column() -> None:
    made = report(
        section(
            "1",
            listed(
                ("2024-03-01", 3, "Behöver mer tid för arbetsträning " * 2, "Kort"),
                ("2024-05-12", 12, "Väntar på utredning", "En lång\nkommentar " * 3),
            ),
        )
    )
    lines = render_text(made, 80).splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("Datum"))
    places = [lines[at].index(head) for head in ("Orsak", "Kommentar")]
    first, second = (n for n, line in enumerate(lines) if line.startswith("2024-"))
    assert [lines[n].split()[1] for n in (first, second)] == ["3", "12"]
    for rows, begins in ((lines[first:second], places[0]), (lines[second:], places[1])):
        cell = " ".join(" ".join(line[begins:].split()) for line in rows).split()
        assert cell[:2] in (["Behöver", "mer"], ["En", "lång"])
    assert " ".join(line[places[0] : places[1]].strip() for line in lines[first:second]) == (
        "Behöver mer tid för arbetsträning Behöver mer tid för arbetsträning"
    )


def test_a_list_too_wide_for_the_paper_keeps_its_rows_together() -> None:
    row = ("2024-03-01", 3, "arbetsträningsplats", "samordningsteamet")
    lines = render_text(report(section("1", listed(row, row))), 40).splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("2024-"))
    assert lines[at].split() == ["2024-03-01", "3", "arbetsträningsplats"]
    assert lines[at + 1].split() == ["samordningsteamet"]
    assert lines[at + 2] == lines[at]
    assert [line.split() for line in lines[at - 2 : at]] == [
        ["Datum", "Månader", "Orsak"],
        ["Kommentar"],
    ]
