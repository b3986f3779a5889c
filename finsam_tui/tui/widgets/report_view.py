"""A report on the screen: its lines, scrolled, and the list of what can be shown of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.widget import Widget

from finsam_tui.report.render.page import report_lines
from finsam_tui.text import plural
from finsam_tui.tui.keys import key
from finsam_tui.tui.messages import Chosen
from finsam_tui.tui.widgets.cells import strip
from finsam_tui.tui.widgets.page import Page, line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style
    from textual import events
    from textual.binding import BindingType
    from textual.strip import Strip

    from finsam_tui.report import Report
    from finsam_tui.report.render.lines import Line

_WHEEL = 3  # lines


class ReportView(Widget, can_focus=True):
    """Draws a report as it is printed, for the width that there is."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *("report--title", "report--heading", "report--column", "report--total"),
        *("report--faint", "report--warning", "report--bar"),
    }
    BINDING_GROUP_TITLE = "Rapportens text"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("up", "scroll(-1)", "Upp", "En rad upp", id="report.up", show=False),
        key("down", "scroll(1)", "Ner", "En rad ner", id="report.down", show=False),
        key("pageup", "page(-1)", "Sida upp", "En sida upp", id="report.page_up", show=False),
        key("pagedown", "page(1)", "Sida ner", "En sida ner", id="report.page_down", show=False),
        key("home", "top", "Början", "Rapportens början", id="report.first", show=False),
        key("end", "bottom", "Slutet", "Rapportens slut", id="report.last", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._report: Report | None = None
        self._lines: Sequence[Line] = ()
        self._top = 0

    def show(self, report: Report, *, restart: bool) -> None:
        """Show a report from now on; the place in it is kept unless `restart`."""
        self._report = report
        self._top = 0 if restart else self._top
        self._lay_out()

    def on_resize(self) -> None:
        """Lay the lines out for the new size."""
        self._lay_out()

    def _lay_out(self) -> None:
        if self._report and self.size.width > 2:  # noqa: PLR2004 - the margins
            self._lines = report_lines(self._report, self.size.width - 2)
        self.action_scroll(0)
        self.refresh()

    # Moving about

    @property
    def _room(self) -> int:
        """How many lines are shown at a time; one tells how many there are below."""
        return max(1, self.size.height - 1)

    def action_scroll(self, step: int) -> None:
        """Go some lines down, or up."""
        top = max(0, min(self._top + step, len(self._lines) - self._room))
        if top != self._top:
            self._top = top
            self.refresh()

    def action_page(self, step: int) -> None:
        """Go a page down or up, with a line of the one before in sight."""
        self.action_scroll(step * max(1, self._room - 1))

    def action_top(self) -> None:
        """Go to the beginning."""
        self.action_scroll(-self._top)

    def action_bottom(self) -> None:
        """Go to the end."""
        self.action_scroll(len(self._lines))

    def on_mouse_scroll_down(self) -> None:
        """Move with the wheel."""
        self.action_scroll(_WHEEL)

    def on_mouse_scroll_up(self) -> None:
        """Move with the wheel."""
        self.action_scroll(-_WHEEL)

    # Drawing

    def render_line(self, y: int) -> Strip:
        """Draw a line, or how much there is below the last one."""
        width, place = self.size.width, self._top + y
        below = len(self._lines) - self._top - self._room
        if y >= self._room:
            more = f" ↓ {plural(below, 'rad', 'rader')} till" if below > 0 else ""
            return strip([(more, self._style("faint"))], width, self.rich_style)
        spans = self._lines[place].spans if place < len(self._lines) else ()
        pieces = [(span.text, self._style(span.style)) for span in spans]
        return strip([(" ", None), *pieces], width, self.rich_style)

    def _style(self, name: str) -> Style | None:
        return self.get_component_rich_style(f"report--{name}", partial=True) if name else None


class Parts(Page):
    """A list of names, one of them in hand; tells Chosen with the place of one that is clicked."""

    def show_names(self, names: Sequence[str], hand: int) -> None:
        """Show these names from now on, as many as there is room for around the one in hand."""
        room = self.size.height or len(names)
        self._first = max(0, min(hand - room // 2, len(names) - room))
        self.show(
            [
                line(f"{'▸' if place == hand else ' '} {name}", "strong" if place == hand else "")
                for place, name in enumerate(names)
                if place >= self._first
            ]
        )

    def on_click(self, event: events.Click) -> None:
        """Tell which was clicked."""
        if event.y < len(self._lines):
            self.post_message(Chosen(self._first + event.y))
