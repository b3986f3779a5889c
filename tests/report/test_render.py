"""The report as text and JSON: fits the paper, is plain where it must be, keeps to its lines."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finsam_tui.domain.periods import Period
from finsam_tui.report import Report, build
from finsam_tui.report.model import (
    Base,
    Column,
    Filter,
    Parting,
    Passage,
    Row,
    Section,
    Table,
    Told,
)
from finsam_tui.report.render.as_json import render_json
from finsam_tui.report.render.lines import width, wrap
from finsam_tui.report.render.plain import render_text, rich_text
from tests.report.conftest import TODAY, YEAR

if TYPE_CHECKING:
    from finsam_tui.storage.register import Register

ESCAPES = re.compile(r"\x1b\[[\d;]*m")
HOSTILE = (
    "[bold]Kumla[/]",
    "[/]",
    "\x1b]0;ny titel\x07Kumla",
    "Kumla\r\nHallsberg",
    "\u202eåxaL",
    "名前がとても長い自治体の名前",
    "e\u0301" * 30,
    "Ö" * 80,
    "a/b-c " * 20,
)


def hostile(text: str) -> Report:
    """Return a report in which everything that people name is called `text`."""
    columns = (
        Column("group", "", "text"),
        Column("count", text),
        Column("share", "Andel", "share"),
    )
    rows = (Row("1", (text, 3, 100.0)), Row("2", (text, None, None), depth=1))
    made = Section(
        id="x",
        title=text,
        rule=text,
        base=Base(3, 3, 1, 1, 1, 4),
        tables=(Table("x", columns, rows, title=text, total=Row("all", (text, 3, None))),),
        sentences=(Told("{group}: {count}", "x", "1"),),
        notes=(text,),
        warnings=(Parting(text, 1, text, 2, text),),
        texts=(Passage("purpose", text, text),),
    )
    return Report(
        id="x",
        title="Översikt",
        association=text,
        period=YEAR,
        today=TODAY,
        sections=(made, made._replace(id="y")),
        filters=(Filter("programme", "Insats", "1", text),),
        headlines=("x",),
    )


@pytest.mark.parametrize("columns", [32, 40, 79, 80, 100])
@pytest.mark.parametrize("text", HOSTILE)
def test_names_cannot_leave_their_lines(text: str, columns: int) -> None:
    page = render_text(hostile(text), columns)
    assert all(line.isprintable() or "\u0301" in line for line in page.splitlines())
    assert not {"\x1b", "\r", "\x07", "\u202e"} & set(page)
    figures = [line for line in page.splitlines() if "100,0 %" in line]
    assert figures


@pytest.mark.parametrize("text", ["[bold]Kumla[/]", "[/]", "[link=x]"])
def test_markup_in_a_name_is_a_name(text: str) -> None:
    coloured = render_text(hostile(text), 80, colour=True)
    assert ESCAPES.sub("", coloured).count(text) == render_text(hostile(text), 80).count(text) > 0


def test_colour_changes_nothing_but_the_colour(oversikt: Report) -> None:
    coloured, plain = (render_text(oversikt, 80, colour=colour) for colour in (True, False))
    assert "\x1b" in coloured
    assert "\x1b" not in plain
    lines = [line.rstrip() for line in ESCAPES.sub("", coloured).splitlines()]
    assert lines == plain.splitlines()
    rich = rich_text(oversikt, 80).plain.splitlines()
    assert [line.rstrip() for line in rich] == plain.splitlines()


@pytest.mark.parametrize("columns", [40, 60, 77, 78, 80, 100])
def test_no_line_is_wider_than_the_paper(oversikt: Report, columns: int) -> None:
    assert max(map(len, render_text(oversikt, columns).splitlines())) <= columns


@pytest.mark.parametrize("columns", [60, 80])
def test_narrow_paper_or_wide_has_the_same_figures(oversikt: Report, columns: int) -> None:
    page = render_text(oversikt, columns)
    for figure in ("145", "85", "43,4 %", "66,0 %", "276", "82,8 %", "71,4 %", "95,8 %", "RCI 5"):
        assert figure in page
    for made in oversikt.sections:
        assert made.title in page
        assert made.rule.split(".")[0].split()[0] in page


def test_a_single_section_prints_its_base_and_its_sentences(sydnarke: Register) -> None:
    report = build(sydnarke, "oversikt", YEAR, today=TODAY, sections=["steps"])
    page = render_text(report, 80)
    assert [section.id for section in report.sections] == ["steps"]
    assert "Underlag: 100 inskrivningar (60 kvinnor, 40 män), 100 unika personer." in page
    assert "Av 100 avslutade och mätta har 66 (66,0 %) gjort en positiv stegförflyttning." in page
    assert "Deltagare" not in page


def test_a_year_under_way_says_so(sydnarke: Register) -> None:
    page = render_text(build(sydnarke, "oversikt", Period.year(2025), today=TODAY), 80)
    assert "Översikt 2025, hittills" in page.splitlines()[0]


def test_an_empty_year_says_so_and_prints_no_rows_of_noughts(sydnarke: Register) -> None:
    page = render_text(build(sydnarke, "oversikt", Period.year(2019), today=TODAY), 80)
    assert "Ingen i urvalet var inskriven 2019" in page
    assert "Kumla" not in page


def test_the_busiest_demo_still_fits_on_a_page_and_a_line(demo: Register) -> None:
    page = render_text(build(demo, "oversikt", YEAR, today=TODAY), 80).splitlines()
    assert len(page) <= 66
    assert max(map(len, page)) <= 80


BASE = ("enrolments", "unique", "women", "men", "other", "anonymous")
SHAPE = {
    "report": str,
    "association": str,
    "period": {"from": str, "to": str},
    "filters": dict,
    "sections": [
        {
            "id": str,
            "title": str,
            "rule": str,
            "base": dict.fromkeys(BASE, int),
            "tables": [{"id": str, "columns": [str], "rows": [[(str, int, float, type(None))]]}],
            "texts": [{"part": str, "title": str, "text": str}],
            "sentences": [str],
            "notes": [str],
            "warnings": [str],
        }
    ],
}


def assert_shape(data: Any, shape: Any) -> None:  # noqa: ANN401 - what JSON is made of
    if isinstance(shape, dict):
        assert set(data) - {"total"} == set(shape)
        for key, inner in shape.items():
            assert_shape(data[key], inner)
    elif isinstance(shape, list):
        for item in data:
            assert_shape(item, shape[0])
    else:
        assert isinstance(data, shape)
        assert not isinstance(data, bool)


def test_json_has_the_shape_that_is_promised(oversikt: Report) -> None:
    text = render_json(oversikt)
    data = json.loads(text)
    assert text.endswith("}\n")
    assert_shape(data, SHAPE)
    assert data["report"] == "oversikt"
    assert data["association"] == "Samordningsförbundet Sydnärke"
    assert data["period"] == {"from": "2024-01-01", "to": "2024-12-31"}
    assert data["filters"] == {"programme": "SAM"}
    assert [section["id"] for section in data["sections"]] == [
        *("participants", "sex", "municipality", "referrers", "steps", "programme_time"),
        *("violence", "ors", "followup", "gaps"),
    ]
    for section in data["sections"]:
        for table in section["tables"]:
            assert {len(row) for row in table["rows"]} <= {len(table["columns"])}


def test_json_rows_are_the_table_with_a_name_that_lasts(oversikt: Report) -> None:
    (sex,) = [s for s in json.loads(render_json(oversikt))["sections"] if s["id"] == "sex"]
    assert sex["tables"] == [
        {
            "id": "sex",
            "columns": ["group", "count", "share", "unique", "key"],
            "rows": [
                ["Kvinnor", 87, 60.0, 87, "woman"],
                ["Män", 58, 40.0, 58, "man"],
                ["Annat", 0, 0.0, 0, "other"],
                ["Uppgift saknas", 0, None, 0, "unknown"],
            ],
        }
    ]
    assert sex["base"] == dict(zip(BASE, (145, 145, 87, 58, 0, 0), strict=True))


@given(st.text(alphabet="aå -/%1234567890名e\u0301", max_size=60), st.integers(6, 40))
def test_wrapping_keeps_every_character_and_the_width(text: str, columns: int) -> None:
    lines = wrap(text, columns, indent=" ")
    assert max(map(width, lines)) <= columns
    assert "".join("".join(lines).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("Kartläggning/myndighetsstöd", 16, ["Kartläggning/", " myndighetsstöd"]),
        ("andel 66,0 % av 1 234", 12, ["andel 66,0 %", " av 1 234"]),
        ("", 10, [""]),
    ],
)
def test_wrapping_breaks_where_a_reader_would(text: str, columns: int, lines: list[str]) -> None:
    assert wrap(text, columns, indent=" ") == lines
