"""A chart of a workbook: drawn from its cells, so that it can be edited where it lands."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from finsam_tui.report.render._xlsx_cells import number_format
from finsam_tui.report.render.svg import GRID, SERIES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.chart import Chart

    from finsam_tui.report.charting import Drawn, Series

    Kind = Literal["bars", "columns"]

_FONT = {"name": "Calibri", "size": 9, "color": "#404040"}
_GRID = {"visible": True, "line": {"color": "#E3E3E3", "width": 0.5}}
_TITLE_FONT = {"name": "Calibri", "size": 11, "bold": True, "color": "#202020"}
_MOST_TOLD = 24  # figures written over columns; more would lie on each other
_BAR, _GAP, _FRAME = 15, 9, 90  # pixels: a bar, what parts two groups, title and axis
_COLUMNS_HIGH = 290
WIDTH = 500  # pixels


class Source(NamedTuple):
    """Where a series lies: its sheet, the rows of its values, its column, the row of its name.

    The labels of its values are in the first column.
    """

    sheet: str
    rows: Sequence[int]
    column: int
    head: int


def add_chart(book: Workbook, drawn: Drawn, kind: Kind, sources: Sequence[Source]) -> Chart:
    """Return a chart of the book whose series lie where `sources` say, in their order."""
    chart = book.add_chart({"type": "bar" if kind == "bars" else "column"})
    figures = number_format(drawn.largest, drawn.column)
    told = kind == "bars" or len(drawn.labels) * len(drawn.series) <= _MOST_TOLD
    for place, (series, source) in enumerate(zip(drawn.series, sources, strict=True)):
        chart.add_series(
            {
                "name": [source.sheet, source.head, source.column] if series.name else "",
                "categories": _range(source, 0),
                "values": _range(source, source.column),
                "fill": {"color": SERIES[place % len(SERIES)]},
                "gap": 45,
                **({"data_labels": _labels(series, figures)} if told else {}),
            }
        )
    _dress(chart, drawn, kind, told=told)
    return chart


def height(drawn: Drawn, kind: Kind) -> int:
    """Return how many pixels high a chart has to be."""
    if kind == "columns":
        return _COLUMNS_HIGH
    return _FRAME + len(drawn.labels) * (_BAR * len(drawn.series) + _GAP)


def _range(source: Source, column: int) -> str:
    """Return the cells of a column as a formula names them; rows left out part them."""
    from xlsxwriter.utility import xl_range_abs

    cells = (xl_range_abs(first, column, last, column) for first, last in _runs(source.rows))
    named = [f"'{source.sheet}'!{part}" for part in cells]
    return f"={named[0]}" if len(named) == 1 else f"=({','.join(named)})"


def _runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last of each run of rows that follow on each other."""
    for _, run in groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0]):
        found = [row for _, row in run]
        yield found[0], found[-1]


def _labels(series: Series, figures: str) -> dict[str, Any]:
    """Return how figures stand at their bars; where there is none, or it is hidden, none does."""
    custom = [{"delete": True} if value is None else None for value in series.values]
    kept = {"custom": custom} if any(custom) else {}
    return {"value": True, "num_format": figures, "font": _FONT, **kept}


def _dress(chart: Chart, drawn: Drawn, kind: Kind, *, told: bool) -> None:
    """Give a chart its title, axes and legend; figures that are told need no axis."""
    # A title such as Bra!A1 would be taken for the cell it names.
    title = drawn.title.replace("!", "!\N{WORD JOINER}")
    chart.set_title({"name": title, "name_font": _TITLE_FONT, "overlay": False})
    groups = {
        "num_font": _FONT,
        "line": {"color": GRID},
        "major_tick_mark": "none",
        "label_position": "low",  # beside bars below nought, not on them
    }
    values = {
        "num_format": "0 %" if drawn.column.kind == "share" else "#,##0",
        "num_font": _FONT,
        "visible": not told,
        "major_gridlines": {} if told else _GRID,
        "line": {"none": True},
    }
    if kind == "bars":
        # From the top down, as the rows of the table.
        chart.set_y_axis({**groups, "reverse": True, "crossing": "max"})
        chart.set_x_axis(values)
    else:
        chart.set_x_axis(groups)
        chart.set_y_axis(values)
    one = len(drawn.series) == 1
    chart.set_legend({"none": True} if one else {"position": "bottom", "font": _FONT})
    chart.set_chartarea({"border": {"none": True}})
