"""The ORS line and the step ladder, and lines of cells: pure, so told character by character."""

from __future__ import annotations

from datetime import date

import pytest
from rich.cells import cell_len
from rich.style import Style

from finsam_tui.storage.measures import OrsPoint, Snapshot
from finsam_tui.tui.widgets.cells import strip, wrapped
from finsam_tui.tui.widgets.chart import POINT, beside, ors_chart, step_ladder
from finsam_tui.tui.widgets.form_lines import fit
from finsam_tui.tui.widgets.page import Line, line

LEVELS = ["Introduktion", "Kom i gång", "Kom i jobb", "Avslut"]


def texts(lines: list[Line]) -> list[str]:
    return ["".join(span.text for span in spans).rstrip() for spans in lines]


def ors(*totals: float) -> list[OrsPoint]:
    return [OrsPoint(n, date(2024, 1 + n, 1), "during", total) for n, total in enumerate(totals)]


def step(level: int, occasion: str = "month", day: date = date(2024, 1, 1)) -> Snapshot:
    return Snapshot(1, occasion, occasion, day, LEVELS[level - 1], level, (), (), None, None)


def test_the_ors_line_rises_over_the_dashed_cut_off() -> None:
    drawn = texts(ors_chart(ors(10, 35), 25, 24, 8))
    assert drawn[0] == "ORS 10,0 → 35,0 (+25,0)"
    assert drawn[1].startswith("40 ")
    assert drawn[3].startswith("25 ╌")
    assert drawn[6] == " 0"
    assert drawn[7] == "   1 jan 2024 1 feb 2024"
    rows = {y: text for y, text in enumerate(drawn) if POINT in text}
    assert len(rows) == 2
    low, high = max(rows), min(rows)
    assert rows[low].index(POINT) < rows[high].index(POINT)
    assert high < 3 < low  # from under the cut-off to over it
    assert any("10,0" in text for text in drawn[1:])
    assert any("35,0" in text for text in drawn[1:])


def test_a_fall_has_a_minus_and_one_point_no_change() -> None:
    assert texts(ors_chart(ors(30, 12.5), 25, 40, 7))[0] == "ORS 30,0 → 12,5 (−17,5)"
    assert texts(ors_chart(ors(18.4), 25, 40, 7))[0] == "ORS 18,4"
    assert texts(ors_chart([], 25, 40, 7)) == ["ORS: inget taget"]


@pytest.mark.parametrize("totals", [(0,), (40,), (0, 40), (40, 0, 40), (25, 25)])
@pytest.mark.parametrize(("width", "height"), [(12, 4), (38, 7), (58, 10)])
def test_the_drawing_keeps_to_its_size(totals: tuple[float, ...], width: int, height: int) -> None:
    drawn = ors_chart(ors(*totals), 28, width, height)
    assert len(drawn) == height
    assert all(cell_len(text) <= width for text in texts(drawn))


def test_the_ladder_shows_where_one_began_and_is() -> None:
    assert texts(step_ladder(LEVELS, [step(1, "start"), step(3)], 40, closed=False)) == [
        "Steg: Introduktion → Kom i jobb",
        "Avslut                ┌──",
        "Kom i jobb         ┌──┘ ● nu",
        "Kom i gång      ┌──┘",
        "Introduktion ───┘ ● start",
    ]


def test_the_ladder_of_what_is_closed_ends_with_the_closure() -> None:
    drawn = texts(step_ladder(LEVELS, [step(2, "start"), step(2, "closure")], 40, closed=True))
    assert drawn[0] == "Steg: Kom i gång"
    assert drawn[3] == "Kom i gång      ┌──┘ ● start, ● avslut"


def test_the_ladder_without_steps_says_so() -> None:
    drawn = texts(step_ladder(LEVELS, [], 40, closed=False))
    assert drawn[0] == "Steg: inte bedömt än"
    assert not any(POINT in text for text in drawn)


def test_two_drawings_stand_side_by_side() -> None:
    assert texts(beside([line("a"), line("bb")], [line("x"), line("y"), line("z")], 4)) == [
        "a   x",
        "bb  y",
        "    z",
    ]


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("Åsa", 5, "Åsa  "),
        ("Åsa Öberg", 5, "Åsa… "),
        ("日本語", 5, "日本…"),
        ("日本語", 4, "日… "),
        ("a\x1b[2Jb", 8, "a\ufffd[2Jb  "),
        ("åsa", 0, ""),
    ],
)
def test_text_is_fitted_to_cells_and_made_safe(text: str, width: int, shown: str) -> None:
    assert fit(text, width) == shown
    assert cell_len(shown) == width


def test_figures_stand_to_the_right() -> None:
    assert fit("7", 3, "right") == "  7"


def test_a_line_takes_nothing_for_markup_and_no_control_character() -> None:
    drawn = strip([("[b]x[/b] \x9b31m\u202e", None)], 20, Style())
    assert drawn.text == "[b]x[/b] \ufffd31m\ufffd" + " " * 6


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("ett två tre", ["ett två", "tre"]),
        ("rad\n\nrad", ["rad", "", "rad"]),
        ("x" * 20, ["x" * 8, "x" * 8, "x" * 4]),
        ("ab " + "x" * 10, ["ab", "x" * 8, "xx"]),
    ],
)
def test_text_is_broken_between_words(text: str, lines: list[str]) -> None:
    assert wrapped(text, 8) == lines
