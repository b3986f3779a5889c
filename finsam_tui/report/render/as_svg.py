"""The charts of a report below each other in one SVG file, which follows a dark or light screen."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, tostring

from finsam_tui.errors import UsageError
from finsam_tui.report.render import svg, words
from finsam_tui.report.render.measure import broken
from finsam_tui.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from finsam_tui.report.model import Report, Section
    from finsam_tui.report.render.words import Charted

_FONT = "'Segoe UI', 'Helvetica Neue', 'Liberation Sans', Arial, system-ui, sans-serif"
_MARGIN = 28
_HEAD, _TITLE, _APART = 30, 26, 36  # pixels: the report's title, a chart's, between two charts
_STYLE = """
svg { color-scheme: light dark; color: #1c2731; background: #fff; }
.title { font-weight: 600; }
.faint { fill-opacity: .75; }
@media (prefers-color-scheme: dark) {
svg { color: #e4e9ee; background: #15191e; }
.paper { fill: #15191e; }
.s1 { fill: #5fb3bb; } .s2 { fill: #e0a458; } .s3 { fill: #9ea3e6; }
.s4 { fill: #d29ac6; } .s5 { fill: #b6c47f; } .s6 { fill: #a3adb8; }
}
"""


def charts(section: Section) -> Iterator[Charted]:
    """Yield the charts of a section in which there is something to draw."""
    for _, found in words.illustrated(section):
        yield from found


def with_charts(report: Report) -> list[str]:
    """Return the ids of the sections that have charts with something to draw."""
    return [section.id for section in report.sections if any(charts(section))]


def inline(charted: Charted, id: str) -> str:
    """Return a chart as an element of a web page, whose style sheet colours it; `id` names it."""
    made = svg.picture(charted.drawn, charted.kind)
    root = _root(made.height, charted.drawn.title, svg.described(charted.drawn), id)
    root.append(made.group)
    return tostring(root, encoding="unicode")


def render_svg(report: Report) -> str:
    """Return all charts of a report as a document; raises UsageError where there is none."""
    found = [
        (_told(section, each), each) for section in report.sections for each in charts(section)
    ]
    if not found:
        raise UsageError("här finns inget diagram att rita; välj ett annat format.")
    body = Element("g", {"transform": f"translate({_MARGIN} {_MARGIN})"})
    svg.text(body, f"{safe(report.association)}: {words.title(report)}", 0, 12, look="faint")
    y = float(_HEAD)
    for told, charted in found:
        for line in broken(told, svg.WIDTH, 16):
            svg.text(body, line, 0, y + 16, size=16, look="title")
            y += _TITLE
        made = svg.picture(charted.drawn, charted.kind)
        made.group.set("transform", f"translate(0 {y})")
        body.append(made.group)
        y += made.height + _APART
    described = " ".join(f"{told}: {svg.described(each.drawn)}" for told, each in found)
    root = _root(y + 2 * _MARGIN - _APART, words.title(report), described, "charts", _MARGIN)
    SubElement(root, "style").text = _STYLE
    SubElement(root, "rect", {"class": "paper", "width": "100%", "height": "100%", "fill": "#fff"})
    root.append(body)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _told(section: Section, charted: Charted) -> str:
    """Return what stands above a chart: its section's title, and its own where that says more."""
    title = safe(section.title)
    return title if charted.drawn.title == title else f"{title}: {charted.drawn.title}"


def _root(height: float, title: str, described: str, id: str, margin: int = 0) -> Element:
    wide = svg.WIDTH + 2 * margin
    root = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {wide} {height:.0f}",
            "width": str(wide),
            "height": f"{height:.0f}",
            "role": "img",
            "aria-labelledby": f"{id}-title {id}-desc",
            "font-family": _FONT,
            "font-size": "13",
            "color": "#1c2731",
        },
    )
    SubElement(root, "title", {"id": f"{id}-title"}).text = title
    SubElement(root, "desc", {"id": f"{id}-desc"}).text = described
    return root
