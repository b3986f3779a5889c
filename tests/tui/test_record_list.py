"""The list: a window over a query that reads little, shows what fits and says where one is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import App

from finsam_tui.tui.theme import THEMES
from finsam_tui.tui.widgets.columns import Column
from finsam_tui.tui.widgets.record_list import BLOCK, RecordList, Window

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.pilot import Pilot

    from finsam_tui.tui.messages import Chosen, Filtered

MANY = 100_000


class Listing(App[None]):
    """A list of the numbers from 0, and what it told."""

    CSS_PATH = "../../finsam_tui/tui/styles/house.tcss"

    def __init__(self, count: int = MANY, prompt: str = "") -> None:
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name
        self.read: list[tuple[int, int]] = []
        self.chosen: list[int] = []
        self.typed: list[str] = []
        self.list = RecordList[int](
            [
                Column("Nr", str, width=8, align="right"),
                Column("Namn", lambda number: f"Åke {number} " + "lång " * 20),
                Column("Bred", lambda _: "bred", width=4, from_width=100),
            ],
            noun=("rad", "rader"),
            empty="Inga.",
            prompt=prompt,
        )
        self.count = count

    def compose(self) -> ComposeResult:
        yield self.list

    def on_mount(self) -> None:
        self.list.show(Window(self.count, self.fetch))

    def fetch(self, offset: int, limit: int) -> Sequence[int]:
        self.read.append((offset, limit))
        return range(offset, min(offset + limit, self.count))

    def on_chosen(self, event: Chosen) -> None:
        self.chosen.append(event.row)

    def on_filtered(self, event: Filtered) -> None:
        self.typed.append(event.text)

    @property
    def lines(self) -> list[str]:
        """What the list shows, line by line."""
        height = self.list.size.height
        return [self.list.render_line(y).text.rstrip() for y in range(height)]


async def press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause()


async def test_only_what_is_seen_is_read() -> None:
    app = Listing()
    async with app.run_test(size=(80, 24)) as pilot:
        assert app.lines[0].endswith("1–22 av 100 000 rader")
        assert app.lines[2].startswith("▸        0  Åke 0")
        assert app.read == [(0, BLOCK)]
        await press(pilot, "end")
        assert app.lines[-1].startswith(f"▸    {MANY - 1}")
        assert app.lines[0].endswith("99 979–100 000 av 100 000 rader")
        assert sum(limit for _, limit in app.read) <= 3 * BLOCK


async def test_the_keys_move_the_mark_and_the_page() -> None:
    app = Listing()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "down", "down", "pagedown", "up", "enter")
        assert app.chosen == [23]
        await press(pilot, "home", "up", "enter")
        assert app.chosen == [23, 0]


async def test_lines_fill_the_width_and_no_more() -> None:
    for width in (40, 80, 120):
        app = Listing()
        async with app.run_test(size=(width, 24)):
            assert all(app.list.render_line(y).cell_length == width for y in range(24))
            assert ("Bred" in app.lines[1]) == (width >= 100)
            assert "…" in app.lines[2]


async def test_a_list_that_shrinks_keeps_the_mark_inside() -> None:
    app = Listing(30)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "end")
        app.list.show(Window.of(range(3)))
        await press(pilot, "enter")
        assert app.chosen == [2]
        app.list.show(Window.of(()))
        await press(pilot, "enter", "down", "end", "pageup")
        assert app.chosen == [2]
        assert "Inga." in app.lines[2]
        assert app.lines[0].endswith("0 rader")


async def test_a_row_that_is_gone_since_it_was_counted_is_blank() -> None:
    app = Listing(5)
    async with app.run_test(size=(80, 24)):
        app.list.show(Window(9, app.fetch))
        assert app.lines[6].split()[0] == "4"
        assert app.lines[7] == ""


async def test_letters_go_to_the_filter_and_escape_empties_it() -> None:
    app = Listing(prompt="Sök:")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "å", "s", "a", "space", "ö", "backspace")
        assert app.typed == ["å", "ås", "åsa", "åsa ", "åsa ö", "åsa "]
        assert app.lines[0].startswith("Sök: åsa ▏")
        await press(pilot, "escape")
        assert app.typed[-1] == ""


async def test_without_a_filter_letters_are_left_to_the_screen() -> None:
    app = Listing()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "a")
        assert app.typed == []


async def test_a_click_chooses_and_the_wheel_moves() -> None:
    app = Listing()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.click(RecordList, offset=(5, 4))
        await pilot.pause()
        assert app.chosen == [2]
        await pilot.click(RecordList, offset=(5, 1))  # the titles
        assert app.chosen == [2]
