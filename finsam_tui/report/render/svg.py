"""Draws a chart as SVG: bars that lie or columns that stand, each with its figure, and an axis.

Colours are those of the style sheet around the picture, by class: `s1` … `s6` for the series,
`grid` for the lines across, `faint` for the figures of the axis. Without one, those below hold.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple
from xml.etree.ElementTree import Element, SubElement

from finsam_tui.report import telling
from finsam_tui.report.render.measure import broken, text_width

if TYPE_CHECKING:
    from typing import Literal

    from finsam_tui.report.charting import Drawn

WIDTH = 680
SERIES = ("#1f6f78", "#b8741a", "#5b5f97", "#8a4f7d", "#6c7a36", "#6b7280")
GRID = "#8a94a0"

_TEXT, _SMALL = 13, 12  # pixels
_LEADING = 17
_BAR, _BETWEEN, _APART = 17, 2, 11  # a bar, what parts two of a label, and two labels
_LABELS_MOST = 0.38  # of the width
_TICKS = 4
_HIGH = 220  # the tallest column
_WIDEST = 64  # a column
_FULL = 0.76  # of what a label has, its columns take
_LABEL_LINES = 3
_GAP = 8
_LEGEND = 30
_MARK = 12  # the side of a square in the legend


class Picture(NamedTuple):
    """A drawn chart: `group` is WIDTH wide and `height` high, its corner at 0, 0."""

    group: Element
    height: float


class _Slot(NamedTuple):
    """What a label of a chart of columns has: where it begins, and how wide it and a column are."""

    left: float
    width: float
    column: float


def picture(drawn: Drawn, kind: Literal["bars", "columns"]) -> Picture:
    """Return a chart drawn; columns too narrow for what stands at them are laid down as bars."""
    group = Element("g", {"class": "chart"})
    top = _legend(group, drawn) if len(drawn.series) > 1 else 0.0
    draw = _columns if kind == "columns" and _stands(drawn) else _bars
    return Picture(group, draw(group, drawn, top))


def described(drawn: Drawn) -> str:
    """Return the figures of a chart in words, for those who do not see it."""
    told = []
    for series in drawn.series:
        pairs = zip(drawn.labels, series.values, strict=True)
        figures = ", ".join(f"{label} {_figure(drawn, v)}" for label, v in pairs if v is not None)
        told.append(f"{series.name}: {figures}" if len(drawn.series) > 1 else figures)
    return f"{'; '.join(told)}."


def text(  # noqa: PLR0913 - what a text in a picture has
    parent: Element,
    words: str,
    x: float,
    y: float,
    *,
    anchor: str = "start",
    size: int = _TEXT,
    look: str = "",
) -> None:
    """Add a line of text to a picture, its base line at `y`."""
    given = {"x": _px(x), "y": _px(y), "font-size": str(size), "fill": "currentColor"}
    if anchor != "start":
        given["text-anchor"] = anchor
    if look:
        given["class"] = look
    SubElement(parent, "text", given).text = words


def _legend(group: Element, drawn: Drawn) -> float:
    """Name the series, each beside a square of its colour; return where what is below begins."""
    x, y = 0.0, 0.0
    for place, series in enumerate(drawn.series):
        wide = _MARK + 6 + text_width(series.name, _TEXT) + 22
        if x and x + wide > WIDTH:
            x, y = 0.0, y + _LEADING + 4
        _box(group, place, (x, y + 2, _MARK, _MARK))
        text(group, series.name, x + _MARK + 6, y + _MARK + 1)
        x += wide
    return y + _LEGEND


# Bars that lie


def _bars(group: Element, drawn: Drawn, top: float) -> float:
    """Draw a bar a value, those of a label below each other; return how far down it goes."""
    names = [broken(label, WIDTH * _LABELS_MOST, _TEXT) for label in drawn.labels]
    left = max(text_width(line, _TEXT) for lines in names for line in lines) + _GAP
    scale = (WIDTH - left - _GAP - _widest_figure(drawn)) / drawn.largest
    bars = len(drawn.series) * (_BAR + _BETWEEN) - _BETWEEN
    heights = [max(bars, len(lines) * _LEADING) for lines in names]
    bottom = top + sum(heights) + _APART * len(heights)
    for tick in _ticks(drawn, drawn.largest):
        x = left + tick * scale
        _line(group, (x, top), (x, bottom), "axis" if tick == 0 else "grid")
        shown = _on_axis(drawn, tick)
        text(group, shown, x, bottom + _LEADING, anchor="middle", size=_SMALL, look="faint")
    y = top + _APART / 2
    for place, (lines, high) in enumerate(zip(names, heights, strict=True)):
        first = y + (high - len(lines) * _LEADING) / 2 + _TEXT
        for n, words in enumerate(lines):
            text(group, words, left - _GAP, first + n * _LEADING, anchor="end")
        at = y + (high - bars) / 2
        for n, series in enumerate(drawn.series):
            if (value := series.values[place]) is not None:
                long = max(value, 0) * scale
                _box(group, n, (left, at, long, _BAR))
                text(group, _figure(drawn, value), left + long + 6, at + _BAR - 4)
            at += _BAR + _BETWEEN
        y += high + _APART
    return bottom + _LEADING + 6


def _widest_figure(drawn: Drawn) -> float:
    """Return the room that figures take beyond the longest bar."""
    return max(
        text_width(_figure(drawn, v), _TEXT)
        for series in drawn.series
        for v in series.values
        if v is not None
    )


# Columns that stand


def _columns(group: Element, drawn: Drawn, top: float) -> float:
    """Draw a column a value, those of a label side by side; return how far down it goes."""
    ticks = _ticks(drawn, drawn.largest, beyond=True)
    slot = _slot(drawn)
    base = top + _LEADING + _HIGH
    scale = _HIGH / ticks[-1]
    for tick in ticks:
        y = base - tick * scale
        _line(group, (slot.left, y), (WIDTH, y), "axis" if tick == 0 else "grid")
        at = slot.left - _GAP
        text(group, _on_axis(drawn, tick), at, y + 4, anchor="end", size=_SMALL, look="faint")
    for place, label in enumerate(drawn.labels):
        middle = slot.left + (place + 0.5) * slot.width
        for n, words in enumerate(broken(label, slot.width - _GAP, _TEXT)):
            text(group, words, middle, base + (n + 1) * _LEADING + 2, anchor="middle")
        x = middle - slot.column * len(drawn.series) / 2
        for n, series in enumerate(drawn.series):
            if (value := series.values[place]) is not None:
                high = max(value, 0) * scale
                _box(group, n, (x + 1, base - high, slot.column - 2, high))
                shown = _figure(drawn, value)
                text(
                    group, shown, x + slot.column / 2, base - high - 5, anchor="middle", size=_SMALL
                )
            x += slot.column
    return base + _LEADING * _label_lines(drawn, slot) + 10


def _slot(drawn: Drawn) -> _Slot:
    ticks = _ticks(drawn, drawn.largest, beyond=True)
    left = max(text_width(_on_axis(drawn, tick), _SMALL) for tick in ticks) + _GAP
    wide = (WIDTH - left) / len(drawn.labels)
    return _Slot(left, wide, min(_WIDEST, wide * _FULL / len(drawn.series)))


def _stands(drawn: Drawn) -> bool:
    """Return whether figures have room above columns, and labels below them."""
    slot = _slot(drawn)
    lone = len(drawn.series) == 1
    room = slot.width - _GAP if lone else slot.column - 1
    figures = (
        text_width(_figure(drawn, v), _SMALL)
        for s in drawn.series
        for v in s.values
        if v is not None
    )
    words = (text_width(word, _TEXT) for label in drawn.labels for word in label.split())
    return (
        max(figures) <= room
        and max(words, default=0) <= slot.width - _GAP
        and _label_lines(drawn, slot) <= _LABEL_LINES
    )


def _label_lines(drawn: Drawn, slot: _Slot) -> int:
    return max(len(broken(label, slot.width - _GAP, _TEXT)) for label in drawn.labels)


# What both have


def _ticks(drawn: Drawn, largest: float, *, beyond: bool = False) -> list[float]:
    """Return round figures for the axis, from 0 up to the largest, or to the first `beyond` it."""
    step = _round_step(largest / _TICKS)
    if drawn.column.kind == "count":
        step = max(step, 1)
    count = largest / step
    last = math.ceil(count - 1e-9) if beyond else math.floor(count + 1e-9)
    return [n * step for n in range(last + 1)]


def _round_step(least: float) -> float:
    """Return 1, 2 or 5, or one of these times a power of ten, that is not below `least`."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(power * n for n in (1, 2, 5, 10) if power * n >= least * (1 - 1e-9))


def _on_axis(drawn: Drawn, tick: float) -> str:
    """Return a round figure without decimals that say nothing."""
    whole = int(tick) if tick == int(tick) else round(tick, 6)
    shown = telling.shown(whole, drawn.column._replace(kind="count", decimals=None))
    return f"{shown} %" if drawn.column.kind == "share" else shown


def _figure(drawn: Drawn, value: float) -> str:
    return telling.shown(value, drawn.column)


def _box(parent: Element, series: int, box: tuple[float, float, float, float]) -> None:
    """Add a box in the colour of a series: where it begins, how wide and how high it is."""
    place = series % len(SERIES)
    sides = zip(("x", "y", "width", "height"), box, strict=True)
    given = {name: _px(value) for name, value in sides}
    SubElement(
        parent, "rect", {**given, "class": f"s{place + 1}", "fill": SERIES[place], "rx": "1.5"}
    )


def _line(parent: Element, start: tuple[float, float], end: tuple[float, float], look: str) -> None:
    ends = zip(("x1", "y1", "x2", "y2"), (*start, *end), strict=True)
    given = {name: _px(value) for name, value in ends}
    faint = {"stroke-opacity": "0.3"} if look == "grid" else {}
    SubElement(parent, "line", {**given, "class": look, "stroke": GRID, **faint})


def _px(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
