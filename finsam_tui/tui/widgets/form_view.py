"""The widget that draws a whole form, with one live editor for the field in hand.

It turns keys into answers by a `FormState` and the state into lines by `picture`; a key repaints
only the lines that it changed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.geometry import Offset, Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from finsam_tui.text import safe
from finsam_tui.tui.sentence import sentence
from finsam_tui.tui.widgets.form_picture import Picture, Title, picture
from finsam_tui.tui.widgets.form_state import Act, FormState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual import events

    from finsam_tui.forms.field import Value
    from finsam_tui.forms.form import Fault
    from finsam_tui.tui.widgets.form_lines import Line

# Told of the answers and the field in hand whenever one of them has changed, before it is seen.
Changed = Callable[["Mapping[str, str]", str], None]


class FormView(Widget, can_focus=True):
    """A form on screen."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *("form--title", "form--heading", "form--rule", "form--help", "form--question"),
        *("form--mark", "form--label", "form--label-now", "form--fault", "form--dim"),
        *("form--value", "form--typed", "form--fresh", "form--cursor"),
        *("form--option", "form--picked", "form--marked"),
    }

    @dataclass
    class Submitted(Message):
        """All answers can be saved."""

        values: Mapping[str, Value]

    def __init__(
        self, state: FormState, title: str = "", subtitle: str = "", *, changed: Changed
    ) -> None:
        super().__init__()
        self.state = state
        self._changed = changed
        self._touched = False  # ever: that an answer was taken back is kept, too
        self._title = Title(title or state.form.title, subtitle)
        self.picture = Picture((), 0, None)
        self._kept = (state.live(), "")

    # Keys

    def on_key(self, event: events.Key) -> None:
        """Give the state every key that it has a use for; the rest are bindings."""
        act = self.state.press(event.key, event.character if event.is_printable else None)
        if act is Act.IGNORED:
            return
        event.stop()
        event.prevent_default()
        if act is Act.SAVE:
            self.submit()
        else:
            self.redraw()

    def on_paste(self, event: events.Paste) -> None:
        """Take pasted text into the field in hand."""
        event.stop()
        self.state.paste(event.text)
        self.redraw()

    def on_click(self, event: events.Click) -> None:
        """Take the field that was clicked in hand."""
        lines = self.picture.lines
        if event.y < len(lines) and lines[event.y].field and not self.state.question:
            self.state.go(lines[event.y].field)
            self.redraw()

    def submit(self) -> None:
        """Commit what is being typed, and send the form off if there is nothing left to say."""
        values = None if self.state.question else self.state.finish()
        self.redraw()  # first, so that what was committed is kept before it is sent
        if values is not None:
            self.post_message(self.Submitted(values))

    def tell(self, message: str) -> None:
        """Say something in the foot of the form until the next key."""
        self.state.message = sentence(message)
        self.redraw()

    def refuse(self, faults: Sequence[Fault]) -> None:
        """Show what only the register could tell is wrong."""
        self.state.refuse(faults)
        self.redraw()

    # Drawing

    def redraw(self) -> None:
        """Draw anew the lines that have changed, and tell if an answer has."""
        before, size = self.picture, self.size
        now = self.picture = picture(self.state, self._title, size.width, size.height, before.top)
        rows = [y for y, line in enumerate(now.lines) if before.lines[y : y + 1] != (line,)]
        if rows:
            self.refresh(*(Region(0, y, size.width, 1) for y in rows))
        if now.cursor and self.has_focus:
            self.app.cursor_position = self.content_region.offset + Offset(*now.cursor)
        self._tell_changed()

    def _tell_changed(self) -> None:
        hand = self.state.hand
        kept = (self.state.live(), hand.field.name if hand else "")
        self._touched = self._touched or self.state.touched
        if kept != self._kept and self._touched:
            self._kept = kept
            self._changed(*kept)  # at once, for what has been seen on the screen is never lost

    def render_line(self, y: int) -> Strip:
        """Return a line of the picture in its colours."""
        lines = self.picture.lines
        return self._strip(lines[y]) if y < len(lines) else Strip.blank(self.size.width)

    def _strip(self, line: Line) -> Strip:
        style = self.get_component_rich_style
        strip = Strip([Segment(safe(text), style(role)) for text, role in line.spans])
        # The ground of an answer is that of the widget, whose own style is worked out at each use.
        return strip.adjust_cell_length(self.size.width, style("form--value"))

    def on_resize(self) -> None:
        """Draw for the new size."""
        self.redraw()
        self.refresh()
