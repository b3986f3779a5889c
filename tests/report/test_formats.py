"""Each form of output by itself: what it looks like, and that nothing typed in gets out of hand."""

from __future__ import annotations

import base64
import csv
import hashlib
import re
import subprocess
import sys
from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from finsam_tui.errors import UsageError
from finsam_tui.report import Report, build
from finsam_tui.report.model import HIDDEN, Chart, Column, Row, Table
from finsam_tui.report.render import svg
from finsam_tui.report.render.as_csv import render_csv
from finsam_tui.report.render.as_html import render_html
from finsam_tui.report.render.as_md import render_md
from finsam_tui.report.render.as_svg import render_svg, with_charts
from finsam_tui.report.render.formats import FORMATS, by_suffix
from finsam_tui.report.render.plain import coded, render_text
from finsam_tui.report.render.words import pieces
from finsam_tui.text import safe
from tests.conftest import PROJECT
from tests.report.conftest import TODAY, YEAR
from tests.report.test_render import HOSTILE, hostile

if TYPE_CHECKING:
    from finsam_tui.report.model import Cell
    from finsam_tui.storage.register import Register

MARKUP = (
    *HOSTILE,
    "<script>alert(1)</script>",
    "</style><b>fet</b>",
    '"><img src=x onerror=alert(1)>',
    "a | b \\| c `d` *e* _f_ ~g~ [h](i) ![j](k) # l",
    "# rubrik",
    "- punkt",
    "1. lista",
    '=HYPERLINK("http://x")',
    "+46 19",
    "-1",
    "@SUM(A1)",
    "&lt; &amp; &#60;",
    "{{ 7 * 7 }}{% raw %}",
    "]]>",
    "\\00003c",
)
SVG = "{http://www.w3.org/2000/svg}"
GROUP = Column("group", "", "text")


def charted(*cells: tuple[Cell, ...], kind: str = "bars", labels: tuple[str, ...] = ()) -> Report:
    """Return a report with one chart, of columns `a`, `b` … with these cells."""
    names = labels or tuple(f"Rad {n}" for n in range(len(cells)))
    keys = "abcdefgh"[: len(cells[0])]
    rows = tuple(
        Row(str(n), (name, *row)) for n, (name, row) in enumerate(zip(names, cells, strict=True))
    )
    table = Table("t", (GROUP, *(Column(key, key.upper()) for key in keys)), rows)
    chart = Chart("t", tuple(keys), "columns" if kind == "columns" else "bars", title="Bild")
    made = hostile("Kumla")
    section = made.sections[0]._replace(tables=(table,), charts=(chart,), sentences=())
    return made._replace(sections=(section,), headlines=())


# All forms


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("text", MARKUP)
def test_any_form_takes_any_text(text: str, form: str) -> None:
    made = hostile(text)
    chart = Chart("x", ("count",), title=text)
    sections = tuple(section._replace(charts=(chart,)) for section in made.sections)
    content = FORMATS[form].content(made._replace(sections=sections))
    assert content
    if not FORMATS[form].binary:
        assert not {"\x1b", "\x07", "\u202e"} & set(content.decode())


def test_a_suffix_names_its_form() -> None:
    assert {by_suffix(form.suffix.upper()) for form in FORMATS.values()} == set(FORMATS)
    assert by_suffix("") == "text"
    assert by_suffix(".pdf") is None


def test_the_list_of_forms_loads_none_of_them() -> None:
    code = "import sys, finsam_tui.commands.rapport; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    assert not {"jinja2", "xlsxwriter", "docx", "lxml", "rich", "xml"} & set(done.stdout.split())


# CSV


def test_csv_is_what_a_swedish_spreadsheet_opens(oversikt: Report) -> None:
    text = render_csv(oversikt)
    assert text.startswith("\ufeffparticipants;")
    assert "\r\nMän;58;40;58;man\r\n" in text
    assert "\r\nKumla;63;43,4;40;1881\r\n" in text


def test_csv_tells_what_is_missing_from_what_is_hidden() -> None:
    rows = list(csv.reader(render_csv(charted((None, HIDDEN))).splitlines(), delimiter=";"))
    assert rows[2] == ["Rad 0", "", "..", "0"]


@pytest.mark.parametrize("text", MARKUP)
def test_csv_has_no_formula_but_numbers_stay_numbers(text: str) -> None:
    cells = [
        cell
        for row in csv.reader(
            render_csv(charted((-5, 1.5), labels=(text,))).splitlines(keepends=True), delimiter=";"
        )
        for cell in row
    ]
    assert {"-5", "1,5"} <= set(cells)
    assert not [c for c in cells if c.startswith(("=", "+", "-", "@", "\t", "\r")) and c != "-5"]
    assert safe(text, multiline=True) in [cell.removeprefix("'") for cell in cells]


# Markdown


@pytest.mark.parametrize("text", MARKUP)
def test_markdown_shows_a_text_as_it_was_typed(text: str) -> None:
    tokens = MarkdownIt("commonmark").enable("table").parse(render_md(hostile(text)))
    heads = [t for before, t in pairwise(tokens) if before.type == "td_open"]
    assert len(heads) == 2 * 3 * 3  # sections, rows with the total, columns
    shown = " ".join(safe(text, multiline=True).split())
    labels = ["".join(part.content for part in head.children or ()) for head in heads[::3]]
    assert [" ".join(label.split()) for label in labels] == [shown] * 6
    kinds = {part.type for token in tokens for part in token.children or ()}
    assert kinds <= {"text", "strong_open", "strong_close", "em_open", "em_close", "hardbreak"}
    assert {t.tag for t in tokens if t.type == "heading_open"} <= {"h1", "h2", "h3"}
    assert not [t for t in tokens if t.type in {"html_block", "fence", "code_block", "hr"}]


def test_markdown_has_figures_to_the_right(oversikt: Report) -> None:
    assert "\n|  | Antal | Andel | Unika |\n| :--- | ---: | ---: | ---: |\n" in render_md(oversikt)


# The web page


class _Page(HTMLParser):
    """Collects what a page has in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.style = ""
        self._open = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open = tag

    def handle_data(self, data: str) -> None:
        if self._open == "style":
            self.style += data

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        self._open = ""

    def each(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


@pytest.mark.parametrize("text", MARKUP)
def test_a_page_fetches_and_runs_nothing(text: str) -> None:
    made = hostile(text)
    section = made.sections[0]._replace(charts=(Chart("x", ("count",), title=text),))
    page = _Page(render_html(made._replace(sections=(section,))))
    names = {tag for tag, _ in page.tags}
    assert not names & {"script", "img", "link", "iframe", "object", "form", "b", "base"}
    loose = {"src", "style", "srcset", "action", "onerror", "onload"}
    assert not [tag for tag, attrs in page.tags if loose & set(attrs)]
    assert all((attrs["href"] or "").startswith("#") for attrs in page.each("a"))
    assert "url(" not in page.style
    assert "@import" not in page.style
    assert names >= {"svg", "table", "h1", "h2"}


def test_a_page_lets_in_its_own_style_and_nothing_else(oversikt: Report) -> None:
    page = _Page(render_html(oversikt))
    (policy,) = [m["content"] for m in page.each("meta") if "http-equiv" in m]
    digest = base64.b64encode(hashlib.sha256(page.style.encode()).digest()).decode()
    assert policy is not None
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}'")
    assert "unsafe" not in policy


def test_a_page_can_be_read_aloud(sydnarke: Register) -> None:
    page = _Page(render_html(build(sydnarke, "sus", YEAR, today=TODAY)))
    assert page.each("html") == [{"lang": "sv"}]
    assert {th.get("scope") for th in page.each("th")} == {"row", "col"}
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert {(a["href"] or "")[1:] for a in page.each("a")} <= set(ids)
    for picture in page.each("svg"):
        assert picture["role"] == "img"
        assert set((picture["aria-labelledby"] or "").split()) <= set(ids)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG has it, from 1 to 21."""

    def light(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_texts_and_bars_stand_out_in_dark_and_in_light(oversikt: Report) -> None:
    style = _Page(render_html(oversikt)).style
    day, night = (
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", part))
        for part in style.split("@media print")[0].split("@media screen")
    )
    assert set(day) == set(night)
    for looks in (day, night):
        for text in ("ink", "soft", "accent"):
            assert contrast(looks[text], looks["paper"]) >= 4.5
            assert contrast(looks[text], looks["shade"]) >= 4.5
        assert contrast(looks["alarm"], looks["alarm-shade"]) >= 4.5
    dark = re.findall(r"\.s\d \{ fill: (#[0-9a-f]{6})", style)
    assert len(dark) == len(svg.SERIES)
    assert all(contrast(colour, night["paper"]) >= 3 for colour in dark)
    assert all(contrast(colour, day["paper"]) >= 3 for colour in svg.SERIES)


# Pictures


def boxes(report: Report, look: str = "s1") -> list[dict[str, float]]:
    """Return the bars of a series as the picture has them, without its square in the legend."""
    root = ET.fromstring(render_svg(report))  # noqa: S314 - our own
    found = [rect.attrib for rect in root.iter(f"{SVG}rect") if rect.get("class") == look]
    sides = ("x", "y", "width", "height")
    made = [{side: float(box[side]) for side in sides} for box in found]
    return [box for box in made if (box["width"], box["height"]) != (12, 12)]


def texts(report: Report) -> list[str]:
    root = ET.fromstring(render_svg(report))  # noqa: S314 - our own
    return [text.text or "" for text in root.iter(f"{SVG}text")]


def test_bars_are_as_long_as_their_figures() -> None:
    report = charted((10, 40), (25, 0), (None, 5))
    first, second = boxes(report), boxes(report, "s2")
    scale = second[0]["width"] / 40
    assert [round(box["width"] / scale, 1) for box in first] == [10, 25]
    assert [round(box["width"] / scale, 1) for box in second] == [40, 0, 5]
    assert max(box["x"] + box["width"] for box in [*first, *second]) < svg.WIDTH
    assert {"A", "B", "Rad 0", "Rad 2", "10", "40", "25", "0", "5"} <= set(texts(report))


def test_columns_are_as_high_as_their_figures_and_stand_on_the_axis() -> None:
    report = charted((1000,), (250,), (1,), kind="columns")
    made = boxes(report)
    scale = made[0]["height"] / 1000
    assert [round(box["height"] / scale) for box in made[:2]] == [1000, 250]
    assert len({round(box["y"] + box["height"], 1) for box in made}) == 1
    assert {"1 000", "250", "1"} <= set(texts(report))


def test_columns_without_room_for_their_labels_lie_down() -> None:
    long = tuple(f"Utskrivning på grund av anledning {n}" for n in range(9))
    made = boxes(charted(*((n + 1,) for n in range(9)), kind="columns", labels=long))
    assert len({box["x"] for box in made}) == 1
    assert len({box["y"] for box in made}) == 9


def test_nothing_is_drawn_of_what_is_hidden() -> None:
    report = charted((HIDDEN,), (8,))
    assert len(boxes(report)) == 1
    assert "Rad 0" in texts(report)


def test_a_picture_says_in_words_what_it_shows() -> None:
    root = ET.fromstring(render_svg(charted((10, 40), (25, None))))  # noqa: S314 - our own
    (told,) = [node.text for node in root.iter(f"{SVG}desc")]
    assert told == "Kumla: Bild: A: Rad 0 10, Rad 1 25; B: Rad 0 40."


@given(
    st.lists(st.one_of(st.none(), st.integers(0, 10**6)), min_size=1, max_size=12),
    st.sampled_from(["bars", "columns"]),
    st.text(alphabet="aåW -/名1", max_size=70),
)
def test_pictures_keep_to_their_paper(values: list[int | None], kind: str, label: str) -> None:
    report = charted(*((v,) for v in values), kind=kind, labels=(label,) * len(values))
    if not any(values):
        with pytest.raises(UsageError, match="inget diagram"):
            render_svg(report)
        return
    root = ET.fromstring(render_svg(report))  # noqa: S314 - our own
    assert len(boxes(report)) == sum(value is not None for value in values)
    for box in boxes(report):
        assert 0 <= box["x"] <= box["x"] + box["width"] <= svg.WIDTH
        assert 0 <= box["y"] <= box["y"] + box["height"] <= float(root.attrib["height"])


def test_the_sections_with_charts_are_known(demo: Register) -> None:
    report = build(demo, "sus", YEAR, today=TODAY)
    assert "age" in with_charts(report)
    root = ET.fromstring(render_svg(report))  # noqa: S314 - our own
    assert len([g for g in root.iter(f"{SVG}g") if g.get("class") == "chart"]) >= len(
        with_charts(report)
    )


# Charts and texts on pages of text


def test_a_chart_in_text_has_bars_of_the_length_of_its_figures() -> None:
    lines = render_text(charted((13,), (52,), (0,), (HIDDEN,), (1,)), 80).splitlines()
    *_, title = (n for n, line in enumerate(lines) if line == "Bild")
    short, long, none, hidden, least = (line.split() for line in lines[title + 1 : title + 6])
    assert (short[-1], long[-1]) == ("13", "52")
    assert abs(len(long[2]) - 4 * len(short[2])) <= 4
    assert len(long[2]) == 64 - len("Rad 0  52")
    assert none == ["Rad", "2", "0"]
    assert hidden == ["Rad", "3"]
    assert least[-1] == "1"


def test_a_chart_of_several_series_names_each_bar() -> None:
    lines = render_text(charted((10, 40), (25, 0)), 80).splitlines()
    *_, title = (n for n, line in enumerate(lines) if line == "Bild")
    named = [re.split(r"[█▏▎▍▌▋▊▉]+", line) for line in lines[title + 1 : title + 5]]
    assert [part[0].split() for part in named] == [
        *(["Rad", "0", "A"], ["B"], ["Rad", "1", "A"], ["B", "0"])
    ]
    assert [part[-1].split()[-1] for part in named] == ["10", "40", "25", "0"]


@pytest.mark.parametrize(("coding", "marks"), [("ascii", "#-"), ("latin-1", "#-"), ("utf-8", "█─")])
def test_text_is_fit_for_the_coding_of_the_output(coding: str, marks: str) -> None:
    text = coded(render_text(charted((10,), (40,)), 80), coding)
    assert text.encode(coding)
    assert set(marks) <= set(text)
    assert ("Ö" in text) is (coding != "ascii")
    assert max(map(len, text.splitlines())) == 80


def test_a_text_is_paragraphs_and_lists() -> None:
    text = (
        "Ett stycke\npå två rader.\n\nVi gör:\n- det ena,\n  som är långt\n- det andra\nSlut.\n\n\n"
    )
    found = [(piece.items, piece.bullets, piece.close) for piece in pieces(text)]
    assert found == [
        (("Ett stycke", "på två rader."), False, False),
        (("Vi gör:",), False, False),
        (("det ena, som är långt", "det andra"), True, True),
        (("Slut.",), False, True),
    ]


@given(st.text(alphabet="a- \n\t", max_size=40))
def test_no_word_of_a_text_is_lost(text: str) -> None:
    kept = "".join("".join(item.split()) for piece in pieces(text) for item in piece.items)
    assert kept.count("a") == text.count("a")
