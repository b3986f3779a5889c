"""A chart as lines of text: bars of block characters, the figure at the end of each."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from finsam_tui.report import telling
from finsam_tui.report.render.lines import Line, Span, left, line, width, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from finsam_tui.report.charting import Drawn
    from finsam_tui.report.render.words import Charted

_EIGHTHS = "▏▎▍▌▋▊▉"
_FULL = "█"
_MOST = 64  # columns
_NAME_MOST = 3  # names take at most a third of a line


def chart_lines(charted: Charted, columns: int) -> Iterator[Line]:
    """Yield a chart on paper `columns` wide: a bar a line; several of a label below each other."""
    columns, drawn = min(columns, _MOST), charted.drawn
    if charted.title:
        yield from (line(part, "column") for part in wrap(charted.title, columns))
    named = [series.name if len(drawn.series) > 1 else "" for series in drawn.series]
    names, kinds = (_widest(texts, columns) for texts in (drawn.labels, named))
    figures = [[_figure(drawn, value) for value in series.values] for series in drawn.series]
    longest = max(width(text) for texts in figures for text in texts)
    room = max(columns - names - kinds - bool(kinds) - longest - 2, 1)
    for place, label in enumerate(drawn.labels):
        bars = [
            (name, bar)
            for series, of, texts in zip(drawn.series, named, figures, strict=True)
            for name, bar in zip_longest(
                wrap(of, max(kinds, 1)), [_bar(drawn, series.values[place], texts[place], room)]
            )
        ]
        label_lines = wrap(label, names)
        for n in range(max(len(label_lines), len(bars))):
            of, bar = bars[n] if n < len(bars) else ("", ())
            beside = f"{left(of or '', kinds)} " if kinds else ""
            name = label_lines[n] if n < len(label_lines) else ""
            yield Line((Span(f"{left(name, names)} {beside}"), *(bar or ())))


def _widest(texts: Sequence[str], columns: int) -> int:
    """Return the width that names get: a third of the line, or a half for the sake of a word."""
    words = max((width(word) for text in texts for word in text.split()), default=0)
    most = max(columns // _NAME_MOST, min(words, columns // 2))
    return min(max(map(width, texts)), most)


def _figure(drawn: Drawn, value: float | None) -> str:
    """Return a value as it is read; nothing where there is none to show."""
    return "" if value is None else telling.shown(value, drawn.column)


def _bar(drawn: Drawn, value: float | None, figure: str, room: int) -> tuple[Span, ...]:
    """Return a bar with its figure; the largest value takes all the room."""
    eighths = round(8 * room * max(value or 0, 0) / drawn.largest)
    if value and value > 0:
        eighths = max(eighths, 1)
    full, rest = divmod(eighths, 8)
    bar = _FULL * full + (_EIGHTHS[rest - 1] if rest else "")
    return (Span(bar, "bar"), Span(f" {figure}" if bar else figure))
