"""A list of records: a window over a query, drawn line by line, with a filter that is typed.

A DataTable of ten thousand rows takes over a second to fill; this takes as long for a hundred
thousand as for twenty, for it reads the rows it shows and some around them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual.geometry import Region
from textual.reactive import var
from textual.widget import Widget

from finsam_tui.errors import FieldError
from finsam_tui.text import clean, number, plural
from finsam_tui.tui.keys import key
from finsam_tui.tui.messages import Chosen, Filtered, Moved
from finsam_tui.tui.widgets.cells import ground, role, strip
from finsam_tui.tui.widgets.columns import Column, laid_out, row_pieces
from finsam_tui.tui.widgets.form_lines import fit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events
    from textual.binding import BindingType
    from textual.strip import Strip


RowT = TypeVar("RowT")

BLOCK = 50  # rows read at a time
HEAD = 2  # lines above the rows: filter and count, titles
_MARK = "▸ "  # the row in hand, for those who do not see its colour


@dataclass(frozen=True, slots=True)
class Window(Generic[RowT]):
    """A query to look at through the list.

    `fetch(offset, limit)` reads rows, at once and by an index; `first` are those that have been
    read already. Where it has not been `counted` there may be more than `count`.
    """

    count: int
    fetch: Callable[[int, int], Sequence[RowT]]
    first: Sequence[RowT] = ()
    counted: bool = True

    @classmethod
    def of(cls, rows: Sequence[RowT]) -> Window[RowT]:
        """Return a window over rows that are all there."""
        return cls(len(rows), lambda offset, limit: rows[offset : offset + limit], rows)


class RecordList(Widget, Generic[RowT], can_focus=True):
    """The list; `noun` is what it holds, one and many, and `empty` what it says without rows.

    Posts Chosen at Enter and, where `prompt` is not empty, Filtered at each key that is typed.
    """

    BINDING_GROUP_TITLE = "Listor"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "choose", "Öppna", "Öppnar raden", id="list.choose", show=False),
        key("up", "move(-1)", "Upp", "En rad upp", id="list.up", show=False),
        key("down", "move(1)", "Ner", "En rad ner", id="list.down", show=False),
        key("pageup", "page(-1)", "Sida upp", "En sida upp", id="list.page_up", show=False),
        key("pagedown", "page(1)", "Sida ner", "En sida ner", id="list.page_down", show=False),
        key("home", "jump(0)", "Först", "Första raden", id="list.first", show=False),
        key("end", "jump(-1)", "Sist", "Sista raden", id="list.last", show=False),
    ]

    cursor: var[int] = var(0, init=False)

    def __init__(
        self,
        columns: Sequence[Column[RowT]],
        *,
        noun: tuple[str, str],
        empty: str,
        prompt: str = "",
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.columns = columns
        self.noun = noun
        self.empty = empty
        self.prompt = prompt
        self.filter = ""
        self._window: Window[RowT] | None = None
        self._blocks: dict[int, Sequence[RowT]] = {}
        self._top = 0
        self._layout: tuple[int, list[tuple[Column[RowT], int]]] = (-1, [])

    def show(self, window: Window[RowT], *, restart: bool = False) -> None:
        """Look at `window` from now on; the place is kept unless `restart`."""
        self._window = window
        self._blocks.clear()
        if len(window.first) >= min(BLOCK, window.count):
            self._blocks[0] = window.first[:BLOCK]
        self._place(0 if restart else self.cursor)
        self.refresh()
        self.post_message(Moved(self.row))

    @property
    def count(self) -> int:
        """How many rows the query gives."""
        return self._window.count if self._window else 0

    @property
    def row(self) -> RowT | None:
        """The row in hand."""
        return self._row(self.cursor) if self.cursor < self.count else None

    def _row(self, place: int) -> RowT | None:
        block, offset = divmod(place, BLOCK)
        if block not in self._blocks and self._window:
            self._blocks[block] = self._window.fetch(block * BLOCK, BLOCK)
        rows = self._blocks.get(block, ())
        return rows[offset] if offset < len(rows) else None  # deleted since it was counted

    # Moving about

    @property
    def _page(self) -> int:
        return max(1, self.size.height - HEAD)

    def _place(self, cursor: int) -> None:
        self.cursor = max(0, min(cursor, self.count - 1))
        top = min(self._top, self.cursor, max(0, self.count - self._page))
        self._scroll(max(top, self.cursor - self._page + 1))

    def _scroll(self, top: int) -> None:
        if top != self._top:
            self._top = top
            self.refresh()

    def watch_cursor(self, before: int, after: int) -> None:
        """Draw the two rows that look different now."""
        for place in (before, after):
            self.refresh(Region(0, place - self._top + HEAD, self.size.width, 1))
        self.post_message(Moved(self.row))

    def action_move(self, step: int) -> None:
        """Go to a row near by."""
        self._place(self.cursor + step)

    def action_page(self, step: int) -> None:
        """Go a page up or down."""
        self._place(self.cursor + step * self._page)

    def action_jump(self, place: int) -> None:
        """Go to the first row, or the last."""
        self._place(place if place >= 0 else self.count - 1)

    def action_choose(self) -> None:
        """Tell that the row in hand was chosen."""
        if self.row is not None:
            self.post_message(Chosen(self.row))

    def on_resize(self) -> None:
        """Keep the row in hand in sight."""
        self._place(self.cursor)

    def on_click(self, event: events.Click) -> None:
        """Choose the row that was clicked."""
        place = self._top + event.y - HEAD
        if event.y >= HEAD and place < self.count:
            self._place(place)
            self.action_choose()

    def on_mouse_scroll_down(self) -> None:
        """Move with the wheel."""
        self.action_move(3)

    def on_mouse_scroll_up(self) -> None:
        """Move with the wheel."""
        self.action_move(-3)

    # The filter

    def on_key(self, event: events.Key) -> None:
        """Type in the filter; Esc empties it before it means anything else."""
        if not self.prompt:
            return
        if event.is_printable and event.character:
            self._filter(self.filter + event.character)
        elif event.key == "backspace" and self.filter:
            self._filter(self.filter[:-1])
        elif event.key in ("escape", "ctrl+u") and self.filter:
            self._filter("")
        else:
            return
        event.stop()
        event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """Put a pasted name or number in the filter; what cannot be one is left out."""
        if not self.prompt:
            return
        event.stop()
        try:
            self._filter(self.filter + clean(event.text))
        except FieldError:
            self.app.bell()

    def _filter(self, text: str) -> None:
        self.filter = text
        self.refresh(Region(0, 0, self.size.width, 1))
        self.post_message(Filtered(text))

    # Drawing

    def render_line(self, y: int) -> Strip:
        """Draw line `y`: filter and count, titles, or a row."""
        width = self.size.width
        if y == 0:
            return strip([(self._info(width), role(self, "muted"))], width, ground(self))
        laid = self._laid(width - len(_MARK))
        if y == 1:
            return self._row_strip([column.title for column, _ in laid], "titles")
        place = self._top + y - HEAD
        row = self._row(place) if place < self.count else None
        if row is None:
            note = f"  {self.empty}" if y == HEAD and self._window else ""
            return strip([(note, None)], width, ground(self))
        texts = [column.text(row) for column, _ in laid]
        if place != self.cursor:
            return self._row_strip(texts, "")
        return self._row_strip(texts, "cursor" if self.has_focus else "blurred", _MARK)

    def _laid(self, width: int) -> list[tuple[Column[RowT], int]]:
        if width != self._layout[0]:
            self._layout = width, laid_out(self.columns, width)
        return self._layout[1]

    def _row_strip(self, texts: Sequence[str], look: str, mark: str = "  ") -> Strip:
        """Draw a row; one that has a look of its own has no other tones."""
        width = self.size.width
        tones = _no_tone if look else partial(role, self)
        pieces = row_pieces(texts, self._laid(width - len(_MARK)), tones)
        return strip([(mark, None), *pieces], width, ground(self, look))

    def _info(self, width: int) -> str:
        told = self._counted()
        left = f"{self.prompt} {self.filter}▏" if self.filter else self.prompt
        return fit(left, width - len(told) - 1) + " " + told

    def _counted(self) -> str:
        if self._window is None:
            return "läser …"
        last = min(self.count, self._top + self._page)
        shown = f"{number(self._top + 1)}–{number(last)} av " if self.count > self._page else ""
        least = "" if self._window.counted else "minst "
        return shown + least + plural(self.count, *self.noun)


def _no_tone(_tone: str) -> None:
    """Return no style for any tone."""
