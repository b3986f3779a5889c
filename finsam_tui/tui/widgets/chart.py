"""Drawings in characters: the line of ORS totals with its cut-off, and the step ladder.

Pure: the same values and size give the same lines. All that a drawing tells stands in words too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from finsam_tui.domain.ors import TOTAL_MAX
from finsam_tui.text import number, short_date
from finsam_tui.tui.widgets.form_lines import fit
from finsam_tui.tui.widgets.page import Line, Span, line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from finsam_tui.storage.measures import OrsPoint, Snapshot

POINT, DASH = "●", "╌"
_AXIS = 3  # cells for the figures at the left
_DOTS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))  # of a braille cell, by column
_BLANK_BRAILLE = 0x2800


def ors_chart(points: Sequence[OrsPoint], cut_off: float, width: int, height: int) -> list[Line]:
    """Return the totals over time on `height` lines: heading, drawing, dates."""
    heading = line(fit(_ors_words(points), width), "heading")
    rows = height - 2
    if not points:
        return [heading]
    if rows < 2:  # noqa: PLR2004 - less is no line
        return [heading]
    plot = width - _AXIS
    xs = _places(points, plot)
    cells = _line_cells(points, xs, plot, rows)
    cut_row = _row(cut_off, rows)
    for x in range(plot):
        cells[cut_row][x] = cells[cut_row][x] if cells[cut_row][x] != " " else DASH
    for x, point in zip(xs, points, strict=True):
        cells[_row(point.total, rows)][x] = POINT
    _label(cells, xs[-1], points[-1], rows)
    if len(points) > 1:
        _label(cells, xs[0], points[0], rows)
    axis = {0: str(TOTAL_MAX), cut_row: number(cut_off), rows - 1: "0"}
    drawn: list[Line] = [
        (Span(f"{axis.get(y, ''):>2} ", "muted"), Span("".join(row))) for y, row in enumerate(cells)
    ]
    return [heading, *drawn, line(" " * _AXIS + _dates(points, plot), "muted")]


def _ors_words(points: Sequence[OrsPoint]) -> str:
    if not points:
        return "ORS: inget taget"
    first, last = points[0].total, points[-1].total
    if len(points) == 1:
        return f"ORS {number(first, 1)}"
    change = f"{'+' if last >= first else '−'}{number(abs(last - first), 1)}"
    return f"ORS {number(first, 1)} → {number(last, 1)} ({change})"


def _places(points: Sequence[OrsPoint], width: int) -> list[int]:
    """Return the column of each point, by its date."""
    first, last = points[0].date, points[-1].date
    days = (last - first).days or 1
    return [round((point.date - first).days / days * (width - 1)) for point in points]


def _row(total: float, rows: int) -> int:
    return min(rows - 1, int((1 - total / TOTAL_MAX) * rows))


def _line_cells(
    points: Sequence[OrsPoint], xs: Sequence[int], width: int, rows: int
) -> list[list[str]]:
    """Return the cells with a line from point to point, in braille dots: 2 × 4 a cell."""
    dots = [[0] * width for _ in range(rows)]
    for (x0, a), (x1, b) in zip(
        zip(xs, points, strict=True), list(zip(xs, points, strict=True))[1:], strict=False
    ):
        steps = max(1, 2 * (x1 - x0))
        for step in range(steps + 1):
            total = a.total + (b.total - a.total) * step / steps
            y = min(4 * rows - 1, int((1 - total / TOTAL_MAX) * 4 * rows))
            x = min(2 * width - 1, 2 * x0 + step)
            dots[y // 4][x // 2] |= _DOTS[x % 2][y % 4]
    return [[chr(_BLANK_BRAILLE + d) if d else " " for d in row] for row in dots]


def _label(cells: list[list[str]], x: int, point: OrsPoint, rows: int) -> None:
    """Write the total above its point, or below where there is no room."""
    text = number(point.total, 1)
    row = _row(point.total, rows)
    row = row - 1 if row > 0 else row + 1
    start = max(0, min(x - len(text) // 2, len(cells[0]) - len(text)))
    if 0 <= row < rows:
        cells[row][start : start + len(text)] = text


def _dates(points: Sequence[OrsPoint], width: int) -> str:
    first, last = short_date(points[0].date), short_date(points[-1].date)
    if len(points) == 1 or len(first) + len(last) + 1 > width:
        return first if len(first) <= width else ""
    return first + " " * (width - len(first) - len(last)) + last


def step_ladder(
    levels: Sequence[str], steps: Sequence[Snapshot], width: int, *, closed: bool
) -> list[Line]:
    """Return the ladder, its highest step first, with where one began and where one is.

    `levels` are the labels from the lowest; `steps` the assessments that told one, in time order.
    """
    heading = line(fit(_step_words(steps), width), "heading")
    label = max((cell_len(text) for text in levels), default=0)
    marks: dict[int, list[str]] = {}
    for name, shot in _ends(steps, closed=closed):
        marks.setdefault(shot.level or 0, []).append(f"{POINT} {name}")
    rows: list[Line] = [heading]
    for level in range(len(levels), 0, -1):
        stair = (
            "   " * (level - 1)
            + ("───" if level == 1 else "┌──")
            + ("┘" if level < len(levels) else "")
        )
        now = bool(steps) and steps[-1].level == level
        rows.append(
            (
                Span(fit(levels[level - 1], label) + " ", "strong" if now else ""),
                Span(stair, "muted"),
                Span(f" {', '.join(marks.get(level, []))}", "strong" if now else ""),
            )
        )
    return rows


def _ends(steps: Sequence[Snapshot], *, closed: bool) -> list[tuple[str, Snapshot]]:
    """Return the first step and the last one, under their names."""
    if not steps:
        return []
    last = "avslut" if closed and steps[-1].occasion == "closure" else "nu"
    if len(steps) == 1:
        return [("start" if steps[0].occasion == "start" else last, steps[0])]
    return [("start", steps[0]), (last, steps[-1])]


def _step_words(steps: Sequence[Snapshot]) -> str:
    if not steps:
        return "Steg: inte bedömt än"
    if len(steps) == 1 or steps[0].level == steps[-1].level:
        return f"Steg: {steps[-1].step}"
    return f"Steg: {steps[0].step} → {steps[-1].step}"


def beside(left: Sequence[Line], right: Sequence[Line], left_width: int) -> list[Line]:
    """Return two drawings side by side, the left one `left_width` cells wide."""
    rows = max(len(left), len(right))
    empty: Line = ()
    joined: list[Line] = []
    for y in range(rows):
        one = left[y] if y < len(left) else empty
        other = right[y] if y < len(right) else empty
        gap = left_width - sum(cell_len(span.text) for span in one)
        joined.append((*one, Span(" " * max(0, gap)), *other))
    return joined
